"""A paragraph set by the rules of typography: what they have to know of the whole manuscript."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

from msgspec.structs import replace

from publish.config import NEW_SCENE
from publish.diagnostic import Severity
from publish.draft import BREAK, NOTE_OFF, NOTE_ON, label_signs
from publish.normalize import asides
from publish.normalize.ledger import Ledger
from publish.normalize.passages import extracts, lists, spacing
from publish.normalize.passages.forms import Desk
from publish.normalize.passages.notes import Bodies
from publish.normalize.passages.wrapping import Row
from publish.normalize.sections import Section
from publish.normalize.setting import dashes, habits, hyphens, quotes, typography
from publish.normalize.setting.bookwords import Words
from publish.normalize.sheet import Sheet
from publish.patterns import lazily
from publish.places import decision
from publish.source import Edit, Piece, Run, join_lines, space_between

_PASSES: tuple[typography.TextPass, ...] = (
    typography.spaces,
    typography.space_before_punctuation,
    dashes.dashes,
    typography.ellipses,
    quotes.quotation_marks,
)


class Setting:
    """What typography has to know of the whole manuscript: its language and its words."""

    def __init__(
        self, sheet: Sheet, language: str, ledger: Ledger, bodies: Bodies, sections: Sequence[Section]
    ) -> None:
        """Prepare for the text of one manuscript; `bodies` are the notes that were taken out of it.

        The furniture, which is in no section, has no part in the author's habits. In a book that publish
        wrote the broken words that stand are those that nothing decided.
        """
        self._sheet = sheet
        self._bodies = bodies
        self._placed: set[tuple[int, int]] = set()
        self._numbered = _counts_on(sections, bodies)
        self.language = language
        self._ledger = ledger
        own = habits.survey((row.text for section in sections for row in section.rows), language)
        self._passes = [typography.by_habits(text_pass, own) for text_pass in _PASSES]
        self._judged = all(draft.repaired for draft in sheet.drafts)

    # What holds the setting is made when it is asked for: kept in it, it would hold the whole manuscript.

    @property
    def desk(self) -> Desk:
        """What is handed on with the text of a section."""
        ledger = self._ledger
        speaks = lambda: self._dashes_speak  # noqa: E731
        scene = lambda run: ledger.apply(run, spacing.break_signed(run.text))  # noqa: E731
        return Desk(self.finish, ledger.reads, ledger.refuses_any, self.unsigned, scene, speaks)

    @property
    def marked_desk(self) -> Desk:
        """What is handed on with that of one whose emphasis markup gave."""
        return replace(self.desk, finish=self.finish_marked)

    @cached_property
    def words(self) -> Words:
        """The book's words; counted only when a broken word has to be mended."""
        return Words(self._sheet.texts, self._sheet.words, self.language)

    @cached_property
    def _dashes_speak(self) -> bool:
        return len(list(islice(filter(extracts.speaks, self._sheet.texts), 2))) > 1

    def finish(self, run: Run, sign: int = 0, /) -> Run:
        """Set one paragraph of plain text; the first `sign` letters begin an entry of a list."""
        return self._with_notes(self.unsigned(run, sign) if sign else run, self._typed)

    def unsigned(self, run: Run, sign: int = 0, /) -> Run:
        """Take the sign off an entry that nothing but its words makes one."""
        return self._ledger.apply(run, [Edit(0, sign, "", lists.RULE, "The book sets the list.")])

    def finish_marked(self, run: Run, sign: int = 0, /) -> Run:
        """Set one paragraph whose emphasis markup gave; the sign of an entry is markup too."""
        return self._with_notes(run.slice(sign, len(run.text)), self._set)

    def report_turn(self, row: Row) -> None:
        """Tell that white space above a line, where a page turns, is not taken for a scene break."""
        if row.index not in self._sheet.decided:
            message = "More blank lines than usual stand above it where a page turns: no scene break is set."
            paste = decision(row.text, NEW_SCENE)
            self._ledger.report("OCR010", Severity.INFO, message, row.line.run.span(0, len(row.text)), paste)

    def finish_title(self, run: Run) -> Run:
        """Set a line of the title page, which has neither emphasis nor notes."""
        return self._set(run)

    def manner(self, sections: Sequence[Section]) -> lists.Manner:
        """Tell what a hyphen before a line means in the manuscript."""
        return lists.manner((section.rows for section in sections), self.language)

    def keeps_sign(self, run: Run) -> bool:
        """Tell whether it is refused that a line is an entry of a list."""
        return self._ledger.concerns(lists.RULE) and self._ledger.refuses(lists.RULE, run)

    def _typed(self, run: Run) -> Run:
        return self._set(self._ledger.apply(run, typography.typed_emphasis(run.text)))

    def _with_notes(self, run: Run, finish: Callable[[Run], Run]) -> Run:
        """Set a paragraph and its notes each by itself: a quotation may go on round a note."""
        if NOTE_ON not in run.text:
            return finish(run)
        bare, given = _without_notes(run)
        given.reverse()
        done = finish(bare)
        parts, start = [], 0
        for mark in re.finditer(NOTE_ON, done.text):
            parts += [done.slice(start, mark.end()), *self._note(done, mark.start(), given, finish)]
            start = mark.end()
        return Run.join([*parts, done.slice(start, len(done.text))])

    def _note(self, run: Run, at: int, given: list[Run], finish: Callable[[Run], Run]) -> Iterator[Run]:
        span = run.span(at, at + 1)
        body = self._bodies.get((span.source, span.start)) if span else None
        if body and span:
            self._placed.add((span.source, span.start))
        paragraphs = (
            [joined(lines) for lines in body.paragraphs]
            if body is not None
            else [given.pop()]
            if given
            else []
        )
        for number, paragraph in enumerate(paragraphs):
            yield Run(BREAK if number else "")
            yield finish(paragraph)
        yield Run(NOTE_OFF)
        if body and span and self._numbered:
            signs = label_signs(body.number)
            yield Run(signs, (Piece(0, span.source, span.start, span.end, exact=False),) if signs else ())

    def leave_out_notes(self) -> None:
        """Log the notes of lines that are left out: they are in no text."""
        for place in self._bodies.keys() - self._placed:
            for lines in self._bodies[place].paragraphs:
                self._ledger.drop(joined(lines), "STR019", "The note of a line that is left out.")

    def lines_apart(self, groups: Iterable[Sequence[Row]]) -> Iterator[Sequence[Row]]:
        """Part the lines of paragraphs again where it is refused that they are joined."""
        for group in groups:
            start = 0
            if self._ledger.concerns("SPC008"):
                ends = [space_between(a.line.run, b.line.run) for a, b in pairwise(group)]
                for at, end in enumerate(ends, 1):
                    if self._ledger.refuses("SPC008", end):
                        yield group[start:at]
                        start = at
            yield group[start:]

    def _set(self, run: Run) -> Run:
        passes = self._passes if self._judged else [self._broken_words, *self._passes]
        run = self._ledger.settle(run, asides.outside_code(run.text, passes))
        self._report_doubtful(run)
        return run

    def _broken_words(self, text: str) -> Iterable[Edit]:
        may = "-" in text or not text.isascii()
        return hyphens.broken_words(text, lambda: self.words) if may else ()

    def _report_doubtful(self, run: Run) -> None:
        for match in hyphens.breaks(run.text):
            if not hyphens.is_suspended(match, self.language):
                message = f"“{match.group()}” may be a word that a line end broke; it stands as it is."
                self._ledger.report("SPC007", Severity.INFO, message, run.span(*match.span()))


def _counts_on(sections: Sequence[Section], bodies: Bodies) -> bool:
    """Tell whether the author's numbers of notes are others than those from 1 in each section."""
    for section in sections if bodies else ():
        marks = (
            row.line.run.span(mark.start(), mark.end())
            for row in section.rows
            for mark in re.finditer(NOTE_ON, row.line.run.text)
        )
        placed = (bodies.get((span.source, span.start)) for span in marks if span)
        if any(body.number not in ("", f"{at}") for at, body in enumerate(filter(None, placed), 1)):
            return True
    return False


def _without_notes(run: Run) -> tuple[Run, list[Run]]:
    """Take the notes that markup gives out of a paragraph, the mark at each reference left in it."""
    notes: list[Run] = []
    parts, start = [], 0
    for note in _NOTE.finditer(run.text):
        parts.append(run.slice(start, note.start() + 1))
        notes.append(run.slice(*note.span("text")))
        start = note.end()
    return Run.join([*parts, run.slice(start, len(run.text))]), notes


_NOTE = lazily(f"{NOTE_ON}(?P<text>[^{NOTE_ON}{NOTE_OFF}]*){NOTE_OFF}")


def joined(runs: Sequence[Run]) -> Run:
    """Put the lines of a paragraph together; a dash at a line end takes no space, as inside a line.

    A longer row stands for a word or for letters, "the ----shire", and is parted from what it does not touch.
    """
    return join_lines(
        runs,
        [
            (a.text[-1:] not in "—-" and b.text[:1] not in "—-") or _is_spaced(a.text, b.text)
            for a, b in pairwise(runs)
        ],
    )


def _is_spaced(before: str, after: str) -> bool:
    closed = before.endswith(_DASHES) and not before.endswith(_LEFT_OUT) and before.rstrip("—-")[-1:].strip()
    opened = after.startswith(_DASHES) and not after.startswith(_LEFT_OUT)
    return not closed and not (opened and after.lstrip("—-")[:1].strip())


_DASHES = ("—", "--")
_LEFT_OUT = ("——", "----")
