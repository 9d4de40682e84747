"""The log of everything the normalizer does, and the author's right to refuse it."""

from collections.abc import Callable, Iterable, Sequence

from publish.config import Refusal
from publish.diagnostic import Diagnostic, Severity
from publish.source import Change, Edit, Run, Span

_ROUNDS = 5


class Ledger:
    """Collects changes and findings; every edit of the author's text passes through here."""

    def __init__(self, refusals: Sequence[Refusal] = ()) -> None:
        """Begin an empty log under the given refusals."""
        self._refusals = refusals
        self.changes: list[Change] = []
        self.diagnostics: list[Diagnostic] = []

    def apply(self, run: Run, edits: Iterable[Edit]) -> Run:
        """Make those edits that are not refused and log them."""
        wanted = list(edits)
        if not wanted:
            return run
        if self._refusals:
            wanted = [edit for edit in wanted if not self._refused_edit(run.text, edit)]
        wanted = _apart(wanted)
        self.changes.extend(run.changes(wanted))
        return run.apply(wanted)

    def settle(self, run: Run, passes: Sequence[Callable[[str], Iterable[Edit]]]) -> Run:
        """Make the edits of all passes, one after the other, and again until they find nothing more.

        One repair may uncover what another mends: a control character read as a letter completes a garbled
        one.
        """
        for _ in range(_ROUNDS):
            before = run.text
            for text_pass in passes:
                run = self.apply(run, text_pass(run.text))
            if run.text == before:
                break
        return run

    def drop(self, run: Run, why: str, note: str) -> bool:
        """Take a passage out of the text; False, and nothing done, where that is refused."""
        if self.refuses(why, run.text):
            return False
        self.changes.extend(Change(span, "", exact, why, note) for span, exact in _stretches(run))
        return True

    def refuses(self, why: str, text: str) -> bool:
        """Tell whether a repair of this passage is refused."""
        return any(
            why.startswith(refusal.rule)
            and (not refusal.text or refusal.text in text or text in refusal.text)
            for refusal in self._refusals
        )

    def report(self, code: str, severity: Severity, message: str, span: Span | None) -> None:
        """Add a finding that changes nothing."""
        if span:
            self.diagnostics.append(Diagnostic(code, severity, message, span))

    def _refused_edit(self, text: str, edit: Edit) -> bool:
        return any(
            edit.why.startswith(refusal.rule)
            and (not refusal.text or refusal.text in _window(text, edit, len(refusal.text)))
            for refusal in self._refusals
        )


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Give the edits in order of place, without those that overlap an earlier one."""
    apart: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart


def _window(text: str, edit: Edit, reach: int) -> str:
    """Give the text round an edit in which a passage of length `reach` that touches the edit must lie."""
    return text[max(0, edit.start - reach + 1) : edit.end + reach - 1] or text[edit.start : edit.end]


def _stretches(run: Run) -> list[tuple[Span, bool]]:
    """Give the source ranges of a run, one for each source it comes from in one go."""
    found: list[tuple[Span, bool]] = []
    for piece in run.pieces:
        span = Span(piece.source, piece.start, piece.end)
        if found and found[-1][0].source == span.source and found[-1][0].end <= span.start:
            last, exact = found.pop()
            found.append((Span(span.source, last.start, span.end), exact and piece.exact))
        else:
            found.append((span, piece.exact))
    return found
