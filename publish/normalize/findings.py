"""What the normalizer tells the author beyond the log of its repairs: order, gaps, facts inferred."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from publish.config import Config
from publish.diagnostic import Severity
from publish.document import (
    ROLE_NAMES,
    ROLES,
    Book,
    Division,
    DivisionKind,
    Metadata,
    Stated,
    heading_text,
    prose,
    walk_divisions,
)
from publish.draft import Draft
from publish.normalize import pieces
from publish.normalize.divisions import Leaf
from publish.normalize.ledger import Ledger
from publish.normalize.lines.headings import Heading
from publish.normalize.order import Container, Gap, Solution
from publish.normalize.order.copies import same_heading
from publish.normalize.order.judging import SILENT
from publish.normalize.pieces import dedicated
from publish.normalize.result import Refused, Unplaced
from publish.normalize.sections import Section
from publish.normalize.sheet import Sheet
from publish.normalize.sites import printedtwice
from publish.normalize.tree import printed_label
from publish.normalize.words.language import UNDETERMINED
from publish.normalize.words.numerals import from_roman, to_roman
from publish.patterns import lazily
from publish.places import decision, toml_text
from publish.readers import legacy
from publish.source import Change, Edit, Run, Source, Span

_IsRoman = Callable[[DivisionKind], bool]
"""Tells whether the manuscript numbers divisions of a kind with roman numerals."""
_KEEP = "[order]\nkeep = true  # as the file has it"


class Places:
    """Where in the author's files the leaves stand."""

    def __init__(self, sheet: Sheet, found: Sequence[Leaf], lines: Sequence[Sequence[int]]) -> None:
        """Keep the sheet, which holds one line at least, and the lines of each of its sections."""
        self._sheet = sheet
        self._found = found
        self._lines = lines

    def top(self) -> Span | None:
        """Give the range of the manuscript's first line."""
        return self._line(0)

    def span(self, item: int) -> Span | None:
        """Give the range of the heading of a leaf, or of its first line where it has none."""
        lines = self._of(item)
        return self._line(lines[0] if lines else 0)

    def runs(self, item: int) -> Iterator[Run]:
        """Give the lines of a leaf, heading and text."""
        return (self._sheet.lines[index].run for index in self._of(item))

    def heading(self, item: int) -> str:
        """Give the heading of a leaf as the file has it."""
        return self._found[item].heading or "the text before the first heading"

    def in_one_document(self, items: Sequence[int]) -> bool:
        """Tell whether markup of one file, which holds no second post, makes the headings of some leaves."""
        heads = [lines[0] for item in items if (lines := self._of(item)) and self._found[item].heading]
        told = [self._sheet.lines[at] for at in heads]
        posts = sum(1 for line in told if line.attributes)
        return (
            len({self._sheet.file[at] for at in heads}) == 1
            and posts <= 1
            and all(line.heading_level for line in told)
        )

    def _of(self, item: int) -> Sequence[int]:
        leaf = self._found[item]
        low, high = leaf.lines
        return [index for index in self._lines[leaf.section] if low <= index < high]

    def _line(self, index: int) -> Span | None:
        run = self._sheet.lines[index].run
        return run.span(0, len(run.text))


def order(solution: Solution, found: Sequence[Leaf], places: Places, language: str, ledger: Ledger) -> None:
    """Report how the order was found and what is missing from it, in a book of this language."""
    if not solution.placed:
        return
    first = min(placed.item for placed in solution.placed)
    if solution.uncertain:
        items = [placed.item for placed in solution.placed]
        kept = "; the file's order is kept" if items == sorted(items) else ""
        message = " ".join((f"The evidence does not decide the order{kept}.", *solution.doubts))
        # Whoever gave headings their style in one document has set them in their order there.
        silent = kept and solution.doubts[:1] and solution.doubts[0].startswith(SILENT)
        told = Severity.INFO if silent and places.in_one_document(items) else Severity.WARNING
        ledger.report("STR018", told, message, places.span(first), _KEEP)
    elif solution.shape not in ("kept", "pinned"):
        ledger.report("STR003", Severity.WARNING, solution.explanation, places.span(first), _KEEP)
    for leaf, lines in dedicated(found):
        said = quoted([line.text for line in lines])
        message = f"{said} reads as the dedication of a book, and stays at the end of “{leaf.heading}”."
        ledger.report("STR018", Severity.INFO, message, lines[0].span(0, len(lines[0])))
    if solution.shape == "reversed":
        _first_of_parts(solution, found, places, ledger)
    _gaps(solution, found, places, ledger)
    _containers(solution, found, places, language, ledger)
    _numbers(solution, places, ledger)
    _merged(found, places, ledger)


def below_the_last(found: Sequence[Leaf], sheet: Sheet, ledger: Ledger) -> None:
    """Ask about lines in the last chapter that may be titles of what closes the book."""
    for line in pieces.below_the_last(found, sheet):
        told = "in the last chapter, as the title of what closes a book would; it is printed as text."
        _ask(line, told, "afterword", sheet, ledger)


def swallowed(solution: Solution, found: Sequence[Leaf], sheet: Sheet, ledger: Ledger) -> Solution:
    """Ask about lines in a file put in another order that may be titles of posts; give the doubt too."""
    for line, leaf in pieces.swallowed(found, sheet) if solution.shape not in ("kept", "pinned") else ():
        told = (
            f"amid “{found[leaf].heading}”, as the title of a post without a number would; the text below it "
            "went where that chapter went."
        )
        _ask(line, told, "chapter", sheet, ledger)
        doubt = f"At “{sheet.texts[line]}” a post of its own may begin; `[[decide]]` says what it is."
        solution = replace(solution, uncertain=True, doubts=(*solution.doubts, doubt))
    return solution


def _ask(line: int, told: str, kind: str, sheet: Sheet, ledger: Ledger) -> None:
    text, span = sheet.texts[line], sheet.lines[line].run.span(0, len(sheet.texts[line]))
    paste = f'{decision(text, kind)}  # or, where it is none, "text"'
    ledger.report("STR030", Severity.WARNING, f"“{text}” stands alone {told}", span, paste)


def _numbers(solution: Solution, places: Places, ledger: Ledger) -> None:
    """Report numbers that are used twice and numbers that begin again."""
    for clash in solution.clashes:
        names = " and ".join(f"“{places.heading(item)}”" for item in clash)
        ledger.report(
            "STR002",
            Severity.WARNING,
            f"One number is used for different texts: {names}.",
            places.span(clash[-1]),
        )
    for item in solution.restarts:
        message = f"The numbers begin again at “{places.heading(item)}”, and no part is named there."
        ledger.report("STR002", Severity.INFO, message, places.span(item))


def _merged(found: Sequence[Leaf], places: Places, ledger: Ledger) -> None:
    """Report headings that stand over several chapters."""
    for item, leaf in enumerate(found):
        if leaf.named and len(leaf.named.numbers) > 1:
            count = len(leaf.named.numbers)
            message = f"“{leaf.heading}” stands over {count} chapters; they stay together."
            ledger.report("STR004", Severity.WARNING, message, places.span(item))


def _gaps(solution: Solution, found: Sequence[Leaf], places: Places, ledger: Ledger) -> None:
    roman = cache(lambda kind: _is_roman(kind, found))
    for gap in solution.gaps:
        message = _missing(gap, solution, found, roman)
        after = gap.after if gap.after is not None else solution.placed[0].item
        if message:
            ledger.report("STR001", Severity.WARNING, message, places.span(after))


def _containers(
    solution: Solution, found: Sequence[Leaf], places: Places, language: str, ledger: Ledger
) -> None:
    seen = set()
    for placed in solution.placed:
        for container in placed.containers:
            if container.inferred and container not in seen:
                seen.add(container)
                label = printed_label(container, found, language)
                message = (
                    f"{label} is never named in the manuscript; it is inferred "
                    f"from its neighbours and begins with “{places.heading(placed.item)}”."
                )
                paste = "[order]\ninfer-parts = false"
                ledger.report("STR017", Severity.WARNING, message, places.span(placed.item), paste)


def _first_of_parts(solution: Solution, found: Sequence[Leaf], places: Places, ledger: Ledger) -> None:
    """Tell where a part's heading, if posted by itself, has the next chapter first: numbers go on there."""
    for before, first, after in zip(solution.placed, solution.placed[1:], solution.placed[2:], strict=False):
        three = [found[placed.item].named for placed in (before, first, after)]
        numbers = [named.numbers if named else () for named in three]
        goes_on = all(numbers) and all(below[-1] + 1 == above[0] for below, above in pairwise(numbers))
        top = places.span(first.item)
        parts = [
            part.label.text
            for part, alone in found[first.item].holders
            if alone and part.label and top and (span := part.label.span(0, 1)) and span.start < top.start
        ]
        if goes_on and parts and before.containers != first.containers == after.containers:
            message = (
                f"The file stands newest first. “{parts[-1]}” begins with “{places.heading(first.item)}”, "
                f"above which it stands; had it a post of its own, with “{places.heading(after.item)}”."
            )
            ledger.report("STR003", Severity.WARNING, message, places.span(first.item))


_TO_READERS = lazily(
    r"(?:(?i:a/n|author[’']?s? notes?|notes? (?:de l|d)[’']aut\w+|note (?:de la|du) traduc\w+"
    r"|nota (?:del?|d[ao]|dell)[’' ]\s?(?:aut|scritt)\w+|anmerkung (?:der|des) (?:autor|verfass)\w+"
    r"|opmerking van de (?:schrijver|auteur)\w*|od (?:autora|autorki)|författarens anm\w+)|A ?N)\s*[:.–—-]"
)
"""How authors of serials open what they say to their readers, in the words of many sites."""
_AT_EDGE = 3
"""Rows of a chapter, from either end, where such notes stand."""


def notes_to_readers(sections: Sequence[Section], ledger: Ledger) -> None:
    """Tell of the notes with which the author of a serial greets the readers; they are kept."""
    rows = [
        row
        for section in sections
        if section.head
        for row in dict.fromkeys((*section.rows[:_AT_EDGE], *section.rows[-_AT_EDGE:]))
        if _TO_READERS.match(row.text)
    ]
    if not rows:
        return
    times = f"{len(rows)} notes to the readers stand" if len(rows) > 1 else "A note to the readers stands"
    message = f"{times} at the edges of chapters (“{quoted([rows[0].text]).strip('“”')}”) and in the book."
    texts = dict.fromkeys(row.text for row in rows)
    paste = "\n\n".join(decision(text, "furniture") for text in texts)
    ledger.report("STR048", Severity.INFO, message, rows[0].line.run.span(0, len(rows[0].text)), paste)


def headings_again(sections: Sequence[Section], lines: Sheet, book: Book, ledger: Ledger) -> None:
    """Log what the book does not print of headings: those of parts that have theirs, and signs below them."""
    printed = sorted(
        (piece.source, piece.start)
        for _, division in walk_divisions(book.divisions)
        for run in (division.label, prose(division.title), prose(division.subtitle))
        for piece in (run.pieces if run else ())
    )
    logged = {(change.span.source, change.span.start) for change in ledger.changes if not change.text}
    for section in sections:
        heading = section.head.heading if section.head else None
        again = not section.rows or bool(heading and heading.components[1:])
        if section.head and heading:
            ledger.changes.extend(_signs_below(lines.lines[section.head.first].run, heading))
        for index in section.head.lines if section.head and again else ():
            run = lines.lines[index].run
            span = run.span(0, len(run.text))
            if span is None or not run.text or (span.source, span.start) in logged:
                continue
            at = bisect_left(printed, (span.source, span.start))
            begins = printed[at] if at < len(printed) else (span.source, span.end)
            end = _reaching(run, begins) if begins < (span.source, span.end) else len(run.text)
            if any(map(str.isalnum, run.text[:end])):
                edit = Edit(
                    0,
                    end,
                    "",
                    printedtwice.HEADING_AGAIN,
                    "The heading of this part stands in the book once.",
                )
                ledger.changes.extend(run.changes([edit]))


def _signs_below(run: Run, heading: Heading) -> Iterator[Change]:
    """Give the signs that set a heading off in a line of markup below it; beside it they say as little."""
    last = heading.components[-1]
    tail = run.text[(last.title or last.label)[1] :]
    wrapped = any(not piece.exact and run.text[piece.at].isspace() for piece in run.pieces)
    if wrapped and tail.strip():
        start = len(run.text) - len(tail.lstrip())
        note = "Signs below a heading set it off, as the book does by itself."
        yield from run.changes([Edit(start, len(run.text), "", "STR052", note)])


def _reaching(run: Run, place: tuple[int, int]) -> int:
    """Give the offset in a run that stands for a place of its file."""
    spans = ((at, run.span(at, at + 1)) for at in range(len(run.text)))
    return next((at for at, span in spans if span and (span.source, span.start) >= place), len(run.text))


def quoted(paragraphs: Sequence[str]) -> str:
    """Give the first words of some paragraphs between marks."""
    text = " ".join(paragraphs)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”" if text else "nothing"


def empty_divisions(divisions: tuple[Division, ...], ledger: Ledger) -> None:
    """Report chapters without text."""
    for _, division in walk_divisions(divisions):
        if not division.blocks and not division.divisions:
            run = division.label or next((part.run for part in division.title if hasattr(part, "run")), None)
            if run:
                message = f"“{heading_text(division)}” has no text."
                paste = f"{decision(heading_text(division), 'text')}  # no heading"
                ledger.report("STR007", Severity.WARNING, message, run.span(0, len(run.text)), paste)


def metadata(facts: Metadata, top: Span | None, asked: Stated | None, ledger: Ledger) -> None:
    """Report facts that are missing and facts that were inferred; `asked` may be the author."""
    if not any(creator.role in (ROLES["author"], ROLES["editor"]) for creator in facts.creators):
        message, place, paste = "No author is named in the manuscript or in book.toml.", top, ""
        if asked:
            message = f"No author is named for certain. “{asked.value}” may be one, and is kept as it stands."
            place, paste = asked.span, f"[book]\nauthor = {toml_text(asked.value)}"
        ledger.report("MET001", Severity.INFO, message, place, paste)
    told = facts.language.value != UNDETERMINED
    if not told:
        message = "Too little of the text tells its language; straight quotation marks stay as typed."
        ledger.report("MET001", Severity.WARNING, message, top, '[book]\nlanguage = "en"')
    named: list[tuple[str, Stated | None]] = [
        ("title", facts.title),
        *((ROLE_NAMES.get(creator.role, "author"), creator.name) for creator in facts.creators),
        ("date", facts.date),
        ("language", facts.language if told else None),
    ]
    for what, stated in named:
        if stated and stated.inferred:
            message = f"The {what} is taken to be “{stated.value}”: {stated.how}"
            ledger.report("MET005", Severity.INFO, message, stated.span or top)


def stated(refused: Sequence[Refused], drafts: Sequence[Draft], first: int) -> tuple[Refused, ...]:
    """Give the refusals with their places in the manuscript; those from `first` on are stated there."""
    texts = [text for draft in drafts for _, text in draft.refused]
    places = [text.span(0, len(text.text)) for text in texts]
    own = [replace(item, at=at) for item, at in zip(refused[first:], places, strict=True)]
    return (*refused[:first], *own)


def unplaced(refused: Sequence[Refused], drafts: Sequence[Draft], ledger: Ledger) -> None:
    """Report refusals in front matter that name a place that the text does not have."""
    stated = [text for draft in drafts for _, text in draft.refused]
    for refusal, text in zip(refused, stated, strict=True):
        if refusal.spans == ():
            ledger.report("CFG001", Severity.WARNING, _nowhere(text.text), text.span(0, len(text)))


def unplaced_pins(
    config: Config, refused: Sequence[Refused], solution: Solution, found: Sequence[Leaf]
) -> list[Unplaced]:
    """Give the refusals and the pins of the order in book.toml that find nothing in the manuscript."""
    result = [
        Unplaced(("refuse", number, "text"), _nowhere(refusal.text))
        for number, refusal in enumerate(config.refuse)
        if refused[number].spans == ()
    ]
    result += [
        Unplaced(
            ("order", "sequence", config.order.sequence.index(pin)),
            f"No heading of the manuscript reads “{pin}”, so that this entry orders nothing.",
        )
        for pin in solution.unmatched
    ]
    for heading, number in config.order.copies.items():
        count = sum(same_heading(heading, found[copy.dropped].heading) for copy in solution.copies)
        if not count:
            message = f"No chapter under the heading “{heading}” stands twice; nothing is chosen here."
        elif number > count + 1:
            message = f"“{heading}” stands {count + 1} times; there is no copy {number}."
        else:
            continue
        result.append(Unplaced(("order", "copies", heading), message))
    return result


def _nowhere(text: str) -> str:
    return f"The manuscript nowhere reads “{text.strip()}”, so that nothing is refused here."


def encodings(sources: Sequence[Source], ledger: Ledger) -> None:
    """Report files whose encoding had to be found out."""
    for source in sources:
        if not source.encoding.startswith("utf-"):
            message = (
                f"The file is not UTF-8; it was read as {source.encoding}. If its letters are wrong, name "
                "the right one in book.toml, as `encoding` under `[manuscript]`."
            )
            rival = legacy.rival(source.data, source.encoding)
            message += f" It may as well be {rival}." if rival else ""
            severity = Severity.WARNING if rival else Severity.INFO
            ledger.report("ENC012", severity, message, Span(source.key, 0, min(1, len(source.text))))


# --- Missing numbers -------------------------------------------------------------------------------------


_LONGEST_LIST = 3
"""More numbers than these are told as a range."""


def _missing(gap: Gap, solution: Solution, found: Sequence[Leaf], roman: _IsRoman) -> str:
    """Say which numbers of a gap are missing; empty where all of them stand elsewhere, in a pinned order."""
    present = _present(gap, solution, found)
    numbers = [number for number in gap.numbers if number not in present]
    if not numbers:
        return ""
    noun = gap.kind.value.replace("_", " ").capitalize() + ("" if len(numbers) == 1 else "s")
    within = f" of {gap.within[-1].kind.value} {_printed(gap.within[-1], found, roman)}" if gap.within else ""
    verb = "is" if len(numbers) == 1 else "are"
    told = _told_numbers(numbers, roman=roman(gap.kind))
    return f"{noun} {told}{within} {verb} missing from the manuscript."


def _present(gap: Gap, solution: Solution, found: Sequence[Leaf]) -> set[int]:
    """Give the numbers of this kind that stand anywhere in the same container."""
    numbers: set[int] = set()
    depth = len(gap.within)
    for placed in solution.placed:
        named = found[placed.item].named
        if placed.containers == gap.within and named and (named.kind or DivisionKind.CHAPTER) is gap.kind:
            numbers.update(named.numbers)
        inner = placed.containers[depth : depth + 1]
        if placed.containers[:depth] == gap.within and inner and inner[0].kind is gap.kind:
            numbers.add(inner[0].number or 0)
    return numbers


def _printed(container: Container, found: Sequence[Leaf], roman: _IsRoman) -> str:
    number = container.number or 0
    if not number:
        named = (part for item in container.named_by for part, _ in found[item].holders)
        title = next((part.title.text for part in named if part.title and part.kind is container.kind), "")
        return f"“{title}”"
    return to_roman(number) if roman(container.kind) else str(container.number)


def _told_numbers(numbers: Sequence[int], *, roman: bool) -> str:
    told = [to_roman(number) if roman else str(number) for number in numbers]
    if len(told) > _LONGEST_LIST and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{told[0]} to {told[-1]}"
    return told[0] if len(told) == 1 else ", ".join(told[:-1]) + f" and {told[-1]}"


def _is_roman(kind: DivisionKind, found: Sequence[Leaf]) -> bool:
    """Tell whether the manuscript numbers divisions of a kind with roman numerals."""
    labels = [
        part.label.text
        for leaf in found
        for part in (*(holder for holder, _ in leaf.holders), *([leaf.named] if leaf.named else []))
        if part.label and part.kind in (kind, None) and part.numbers
    ]
    words = [word for label in labels for word in re.findall(r"\b[IVXLC]+\b", label)]
    return bool(words) and all(from_roman(word) for word in words)
