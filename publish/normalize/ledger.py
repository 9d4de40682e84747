"""The log of everything the normalizer does, and the author's right to refuse it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from publish.config import Refusal
from publish.diagnostic import Diagnostic, Severity
from publish.document import Book, division_runs, walk_divisions
from publish.draft import plain
from publish.normalize.result import ReadAs, Refused
from publish.places import Body, Place, letters
from publish.source import Change, Edit, Run, Span

_ROUNDS = 5


class Ledger:
    """Collects changes and findings; every edit of the author's text passes through here."""

    def __init__(self, refusals: Sequence[Refusal] = (), bodies: Sequence[Body] = ()) -> None:
        """Begin an empty log under the given refusals of repairs in these files."""
        self._refusals = [
            (refusal.rule, Place(refusal.text, bodies) if refusal.text.strip() else None)
            for refusal in refusals
        ]
        self._used: set[int] = set()
        self._kept: dict[int, set[int]] = {}
        self.changes: list[Change] = []
        self.diagnostics: list[Diagnostic] = []
        self.readings: list[ReadAs] = []

    def apply(self, run: Run, edits: Iterable[Edit]) -> Run:
        """Make those edits that are not refused and log them."""
        wanted = list(edits)
        if not wanted:
            return run
        if self._refusals:
            wanted = self._not_refused(run, wanted)
        return run.apply(_apart(wanted), self.changes)

    def settle(self, run: Run, passes: Sequence[Callable[[str], Iterable[Edit]]]) -> Run:
        """Make the edits of all passes, one after the other, and again until all find nothing more.

        One repair may uncover what another mends: a control character read as a letter completes a garbled
        one.
        """
        quiet, text, all_of_them = 0, run.text, len(passes)
        for _ in range(_ROUNDS):
            for text_pass in passes:
                if quiet == all_of_them:
                    return run
                quiet += 1
                # Most passes find nothing, and say so by giving nothing to go through.
                if found := text_pass(text):
                    run = self.apply(run, found)
                    if run.text != text:
                        quiet, text = 0, run.text
        return run

    def drop(self, run: Run, why: str, note: str) -> bool:
        """Take a passage out of the text; False, and nothing done, where that is refused.

        One of signs and figures alone then stays as it is typed; in words all else is set as everywhere.
        """
        if self.refuses(why, run):
            if not any(map(str.isalpha, run.text)):
                self._keep(span for span, _ in _stretches(run))
            return False
        self.changes.extend(Change(span, "", exact, why, note) for span, exact in _stretches(run))
        return True

    def reads(self, why: str, runs: Sequence[Run]) -> bool:
        """Read passages as more than paragraphs, and note it; False where that is refused at any of them."""
        if self.refuses_any(why, runs):
            return False
        spans = [span for run in runs for span, _ in _stretches(run)]
        if spans:
            last = max(span.end for span in spans if span.source == spans[0].source)
            self.readings.append(ReadAs(why, Span(spans[0].source, spans[0].start, last)))
        return True

    def refuses_any(self, why: str, runs: Sequence[Run]) -> bool:
        """Tell whether a repair or a reading is refused at one of some passages."""
        return self.concerns(why) and max((self.refuses(why, run) for run in runs), default=False)

    def refuses(self, why: str, run: Run) -> bool:
        """Tell whether a repair that touches this passage is refused."""
        span = run.span(0, len(run.text))
        return self._any(why, lambda place: _touched(place, span) if place.in_files else _met(place, run))

    def refuses_heading(self, why: str, heading: str) -> bool:
        """Tell whether something that concerns a whole division is refused, by a word of its heading."""
        named = letters(heading)
        return self._any(why, lambda place: letters(place.quote) in named or named in letters(place.quote))

    def concerns(self, why: str) -> bool:
        """Tell whether a rule is refused anywhere."""
        return any(why.startswith(rule) for rule, _ in self._refusals)

    def refuses_everywhere(self, why: str) -> bool:
        """Tell whether a rule is refused for the whole book."""
        return self._any(why, lambda _: False)

    def _any(self, why: str, concerns: Callable[[Place], bool]) -> bool:
        """Tell whether a rule is refused everywhere or at a place that is concerned, and note by what."""
        found = {
            number
            for number, (rule, place) in enumerate(self._refusals)
            if why.startswith(rule) and (place is None or concerns(place))
        }
        self._used |= found
        return bool(found)

    def report(self, code: str, severity: Severity, message: str, span: Span | None, paste: str = "") -> None:
        """Add a finding that changes nothing; `paste` are lines of book.toml that settle it."""
        if span:
            self.diagnostics.append(Diagnostic(code, severity, plain(message), span, paste=plain(paste)))

    def take(self, changes: Iterable[Change], findings: Iterable[Diagnostic]) -> None:
        """Add what the reader of a file left out, and what it found."""
        self.changes.extend(changes)
        self.diagnostics.extend(findings)

    def refused(self, book: Book) -> tuple[Refused, ...]:
        """Give all refusals with their places, also those that stand in the finished book alone."""
        lost = [place for _, place in self._refusals if place and not place.spans]
        if lost:
            for _, division in walk_divisions(book.divisions):
                for run in division_runs(division):
                    for place in lost:
                        _met(place, run)
        return tuple(
            Refused(rule, None if place is None else tuple(place.spans), number in self._used)
            for number, (rule, place) in enumerate(self._refusals)
        )

    def _not_refused(self, run: Run, edits: list[Edit]) -> list[Edit]:
        codes = {edit.why for edit in edits}
        for number, (rule, place) in enumerate(self._refusals):
            if any(code.startswith(rule) for code in codes):
                concerned = [edit for edit in edits if edit.why.startswith(rule)]
                refused = set(_within(place, run, concerned))
                self._used.update([number] if refused else [])
                self._keep(filter(None, (run.span(edit.start, edit.end) for edit in refused)))
                edits = [edit for edit in edits if edit not in refused]
        return [edit for edit in edits if not self._stays(run.span(edit.start, edit.end))]

    def _keep(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self._kept.setdefault(span.source, set()).update(range(span.start, span.end))

    def _stays(self, span: Span | None) -> bool:
        """Tell whether a repair of a place was refused: no other rule repairs it either."""
        kept = self._kept.get(span.source) if span else None
        return bool(kept and span and not kept.isdisjoint(range(span.start, span.end)))


def _within(place: Place | None, run: Run, edits: Sequence[Edit]) -> list[Edit]:
    """Give those edits of a run that touch a place; None is everywhere."""
    if place is None:
        return list(edits)
    if place.in_files:
        return [edit for edit in edits if _touched(place, run.span(edit.start, edit.end))]
    if _met(place, run):
        return [edit for edit in edits if _overlaps(place, run.text, edit.start, edit.end)]
    edits = _apart(edits)
    mended = run.apply(edits)
    if not _met(place, mended):
        return []
    shift, found = 0, []
    for edit in edits:
        start = edit.start + shift
        if _overlaps(place, mended.text, start, start + len(edit.text)):
            found.append(edit)
        shift += len(edit.text) - (edit.end - edit.start)
    return found


def _touched(place: Place, span: Span | None) -> bool:
    return span is not None and place.touches(span)


def _met(place: Place, run: Run) -> bool:
    """Look for a passage that is quoted as it reads after repair, and note where it stands."""
    found = list(place.matches(run.text))
    for start, end in found:
        if span := run.span(start, end):
            place.spans.append(span)
    return bool(found)


def _overlaps(place: Place, text: str, start: int, end: int) -> bool:
    return any(
        (low < end and start < high) or low <= start == end <= high for low, high in place.matches(text)
    )


def _apart(edits: Sequence[Edit]) -> Sequence[Edit]:
    """Give the edits in order of place, without those that overlap an earlier one."""
    if len(edits) == 1 or all(a.end <= b.start and a.start < b.start for a, b in pairwise(edits)):
        return edits
    apart: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart


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
