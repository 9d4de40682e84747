"""From drafts to a book, with every repair logged and every doubt reported.

The passes, in their order: characters are repaired line by line; marks of printed pages are read, and notes
taken to their references; furniture leaves the text and headings are found; the lines of each section become
paragraphs, verse, letters and scene breaks, and typography is applied; the sections are put in reading order
and become divisions.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from publish.config import SPEECH, Config, OrderConfig, Refusal
from publish.diagnostic import Diagnostic
from publish.document import Book, Division, DivisionKind
from publish.draft import Draft
from publish.garbage import forgotten, unsought
from publish.normalize import (
    bookfacts,
    decimals,
    decisions,
    divisions,
    filefacts,
    filenames,
    findings,
    firstparagraph,
    front,
    links,
    order,
    pagemarks,
    pieces,
    placements,
    putback,
    sections,
    setaside,
    sheet,
    text,
    tree,
    typesetting,
)
from publish.normalize.divisions import Leaf
from publish.normalize.ledger import Ledger
from publish.normalize.order import Solution
from publish.normalize.outline import displayed
from publish.normalize.passages import cast, notes, spacing
from publish.normalize.result import Normalized, ReadAs
from publish.normalize.sites import printedtwice
from publish.source import Change, Run, Source, Span


@unsought()
def normalize(drafts: Sequence[Draft], sources: Sequence[Source], config: Config) -> Normalized:
    """Make one book of the drafts, which follow each other in their order; `sources` holds all they stand in.

    Never fails for what the text holds: the worst case is one division and a finding.
    """
    drafts = filefacts.settled(drafts)
    by_key = {source.key: source for source in sources}
    first = {draft.source: _first(draft) for draft in reversed(drafts)}
    files = [(source, first.get(source.key, 0)) for source in sources]
    stated = (Refusal(rule=rule, text=passage.text) for draft in drafts for rule, passage in draft.refused)
    ledger = Ledger((*config.refuse, *stated), files)
    drafts = [putback.as_refused(draft, by_key, ledger) for draft in drafts]
    opened = spacing.single(firstparagraph.parted(sheet.gather(drafts, ledger)))
    lines, bodies = notes.read(pagemarks.read(opened, ledger), ledger)
    lines, unplaced = decisions.settle(lines, config.decide, files)
    set_off = displayed.shown(lines, ledger)
    lines = decimals.shown(set_off)
    counted = lines is not set_off
    outline = sections.cut(lines, ledger, config.book)
    lines.settle()
    forgotten(lists=False)
    language = bookfacts.language_for(config.book, lines, outline).value
    setting = typesetting.Setting(lines, language, ledger, bodies, outline.sections)
    blocks = text.blocks(outline.sections, lines, setting)
    if not all(draft.repaired for draft in drafts):
        blocks = cast.with_speakers(blocks, ledger.reads, decisions.starts(lines, SPEECH))
    found = divisions.leaves(outline.sections, blocks, lines, setting)
    found = pieces.parted(found, outline, lines, config.order.copies)
    found = links.followed(found, outline.sections, lines)
    paths = [by_key[draft.source].path for draft in drafts]
    found = filenames.placed(found, paths, listed=bool(config.manuscript.files))
    found = decimals.levelled(found) if counted else found
    kept = bool(drafts) and all(draft.order_kept for draft in drafts)
    found, solution = _in_order(found, outline, config.order, ledger, keep=kept or counted)
    solution = findings.swallowed(solution, found, lines, ledger)
    if divisions.as_in_file(solution, found):
        findings.below_the_last(found, lines, ledger)
    solution = placements.held_to_letters(order.counted(solution) if counted else solution, found)
    told = all(draft.marked for draft in drafts) and divisions.levelled(found)
    by_level = kept or counted or (told and divisions.as_in_file(solution, found))
    metadata = bookfacts.metadata(config.book, lines, outline, sources, setting.finish_title)
    book = Book(metadata, _divisions(found, solution, setting, ledger, by_level=by_level))
    if lines.lines:
        places = findings.Places(lines, found, [_lines_of(section) for section in outline.sections])
        asked = bookfacts.asked(lines, outline)
        _report(solution, found, places, book, ledger)
        findings.metadata(metadata, places.top(), asked, ledger)
        findings.headings_again(outline.sections, lines, book, ledger)
        findings.notes_to_readers(outline.sections, ledger)
    setting.leave_out_notes()
    findings.encodings(sources, ledger)
    refused = findings.stated(ledger.refused(book), drafts, len(config.refuse))
    findings.unplaced(refused[len(config.refuse) :], drafts, ledger)
    unplaced += findings.unplaced_pins(config, refused, solution, found)
    return Normalized(
        book=book,
        sources=by_key,
        changes=_sorted_changes(ledger, sources),
        diagnostics=_sorted_diagnostics(ledger, sources),
        order=placements.account(book, found, solution, kept=kept, asked=outline.asked and not kept),
        readings=_sorted_readings(ledger, sources),
        refused=refused,
        unplaced=tuple(unplaced),
    )


def _in_order(
    found: list[Leaf], outline: sections.Outline, pins: OrderConfig, ledger: Ledger, *, keep: bool
) -> tuple[list[Leaf], Solution]:
    """Put the leaves in order, once more where that shows that some are no pieces of their own."""

    def solved(leaves: Sequence[Leaf]) -> Solution:
        return divisions.solve(
            leaves,
            _order(pins, ledger),
            outline.contents,
            keep=keep,
            may_copy=lambda heading: not ledger.refuses_heading("STR010", heading),
        )

    solution = solved(found)
    for mended in (pieces.rejoined, divisions.turned):
        fewer = mended(found, solution)
        if len(fewer) < len(found):
            found, solution = fewer, solved(fewer)
    return found, solution


def _divisions(
    found: Sequence[Leaf], solution: Solution, setting: typesetting.Setting, ledger: Ledger, *, by_level: bool
) -> tuple[Division, ...]:
    """Give the divisions of the book, nested by the levels of their headings or as the order has them."""
    if by_level:
        return _alone(tree.by_level(found))

    def again(run: Run) -> bool:
        return ledger.refuses_any(printedtwice.HEADING_AGAIN, [run])

    made = tree.build(found, solution, again, setting.language)
    return _alone(tree.with_ids(front.named(made, setting.desk)))


def _first(draft: Draft) -> int:
    """Give where the text of a file begins, its front matter left out."""
    span = draft.lines[0].run.span(0, 0) if draft.lines and draft.metadata else None
    return span.start if span else 0


def _order(pins: OrderConfig, ledger: Ledger) -> OrderConfig:
    """Give the pins of the order; who refuses every new order, or every inferred part, pins that too."""
    return replace(
        pins,
        keep=pins.keep or ledger.refuses_everywhere("STR003"),
        infer_parts=pins.infer_parts and not ledger.refuses_everywhere("STR017"),
    )


def _alone(made: tuple[Division, ...]) -> tuple[Division, ...]:
    """Make a manuscript without any heading one story, not an untitled section."""
    if len(made) == 1 and not made[0].label and not made[0].title and made[0].kind is DivisionKind.SECTION:
        return tree.with_ids((replace(made[0], kind=DivisionKind.STORY),))
    return made


def _report(
    solution: Solution, found: Sequence[Leaf], places: findings.Places, book: Book, ledger: Ledger
) -> None:
    findings.order(solution, found, places, book.metadata.language.value, ledger)
    setaside.copies(solution, found, places, ledger)
    findings.empty_divisions(book.divisions, ledger)


def _lines_of(section: sections.Section) -> list[int]:
    """Give all lines of a section, those of its heading first."""
    head = list(section.head.lines) if section.head else []
    return head + [row.index for row in section.rows]


def _sorted_changes(ledger: Ledger, sources: Sequence[Source]) -> tuple[Change, ...]:
    rank = {source.key: number for number, source in enumerate(sources)}
    return tuple(sorted(ledger.changes, key=lambda change: (*_place(rank, change.span), change.why)))


def _sorted_readings(ledger: Ledger, sources: Sequence[Source]) -> tuple[ReadAs, ...]:
    """Give the readings; of two of one passage, verse and the close of a letter, the last counts."""
    rank = {source.key: number for number, source in enumerate(sources)}
    last = {item.span: item for item in ledger.readings}
    return tuple(sorted(last.values(), key=lambda item: (_place(rank, item.span), item.rule)))


def _sorted_diagnostics(ledger: Ledger, sources: Sequence[Source]) -> tuple[Diagnostic, ...]:
    rank = {source.key: number for number, source in enumerate(sources)}
    return tuple(sorted(ledger.diagnostics, key=lambda finding: (_place(rank, finding.span), finding.code)))


def _place(rank: dict[int, int], span: Span) -> tuple[int, int, int]:
    return rank.get(span.source, 0), span.start, span.end
