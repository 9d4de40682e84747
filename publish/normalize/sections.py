"""The manuscript cut at its headings: what is furniture, what is a heading, what text stands below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from publish.config import FURNITURE, BookConfig
from publish.diagnostic import Severity
from publish.document import ROLES
from publish.draft import LEFT_OUT, Line
from publish.normalize import (
    almanac,
    boilerplate,
    contents,
    dates,
    displayed,
    edgelines,
    edges,
    listing,
    mails,
    namedparts,
    outline,
    pages,
    postlinks,
    posts,
    titlepage,
)
from publish.normalize.authors import TitlePage
from publish.normalize.ledger import Ledger
from publish.normalize.outline import Head
from publish.normalize.reading import Reading
from publish.normalize.shape import ends_full
from publish.normalize.sheet import FILE_GAP, Sheet, words_folded
from publish.normalize.subtitles import is_chapter_note
from publish.normalize.wrapping import Row
from publish.places import decision, refusal


class Section(Struct, frozen=True):
    """One heading, or the text before the first one, and the rows of text below it."""

    head: Head | None
    rows: tuple[Row, ...]
    date: str = ""
    """ISO date that furniture beside the text states."""


class Outline(Struct, frozen=True):
    """The whole manuscript, cut."""

    sections: tuple[Section, ...]
    title_page: TitlePage
    contents: tuple[str, ...]
    """Titles of a contents list in the text."""
    stated: dict[str, int]
    """Facts that a library's header states, with their lines."""
    credits: tuple[int, ...]
    """Lines that name a photographer or the like."""
    rights: tuple[int, ...] = ()
    """Lines of a site that claim the rights of the text."""
    asked: bool = False
    """No heading was found, and lines that look like titles were asked about."""
    posted: tuple[int, ...] = ()
    """Lines that a site prints between the heading and the text of a post."""


def cut(sheet: Sheet, ledger: Ledger, book: BookConfig) -> Outline:
    """Find furniture, title page and headings, log what leaves the text and cut the rest."""
    notices = _not_own(sheet, dict(boilerplate.library_notices(sheet)))
    stated = boilerplate.stated_fields(sheet, notices)
    notices |= _not_own(sheet, dict(boilerplate.inserted(sheet, notices)))
    mailed = _not_own(sheet, mails.furniture(sheet))
    counted = edgelines.counters(sheet)
    paged = _not_own(sheet, pages.page_furniture(sheet, notices | mailed | dict.fromkeys(counted, "")))
    listed, titles = contents.contents_list(sheet, notices | mailed | paged)
    listed = _not_own(sheet, _shown(sheet, listed, {}))
    left_out, told = _told(sheet, ledger)
    fixed = notices | mailed | paged | listed | left_out | told | _stated_furniture(sheet)
    signs = _free(sheet, _signs(sheet, fixed, counted))
    author = book.author if isinstance(book.author, str) else " ".join(book.author[:1])
    names = (book.title or _stated(sheet, stated, "title"), author or _stated(sheet, stated, "author"))
    names = names if any(names) else _of_properties(sheet, fixed)
    entries = [sheet.texts[at] for index in dates.titles(sheet) for at in (index, index + 1)]
    reading = _reading(sheet, titles, counted, paged)
    known = replace(reading, dropped=(fixed | signs).keys(), beacons=posts.beacons(signs))
    free = [at for at in range(len(sheet.texts)) if at not in known.dropped]
    entries += [*dates.first_entry(known, free), *displayed.first_title(sheet, free)]
    entries += [sheet.texts[at] for at in (*namedparts.instalments(sheet), *outline.at_top(known))]
    page = titlepage.read(sheet, fixed | signs | dict.fromkeys(sheet.decided, ""), names, [*titles, *entries])
    page = _wanted(sheet, page, ledger)
    heads = outline.find(known, page.lines())
    spans = [(head.first, head.lines[-1] + 1) for head in heads]
    doubled = _doubled(sheet, spans, told)
    at_edges = edges.furniture(sheet, spans, signs | doubled, fixed)
    edged = _not_announced(sheet, at_edges.furniture, signs)
    posted = _free(sheet, _shown(sheet, edged, signs))
    seen = replace(reading, dropped=(fixed | posted).keys(), beacons=posts.beacons(posted))
    if (seen.dropped, seen.beacons) != (known.dropped, known.beacons):
        heads = outline.find(seen, page.lines())
        spans = [(head.first, head.lines[-1] + 1) for head in heads]
        posted |= _free(sheet, _doubled(sheet, spans, told))
    possible = outline.possible_titles(seen, page.lines(), heads)
    _report_titles(sheet, possible, ledger)
    doubts = edges.in_doubt(sheet, spans, posted | fixed, at_edges, sited=bool(posted))
    _report_doubts(sheet, doubts, ledger)
    _report_lone(sheet, _lone(sheet, {i: what for i, what in posted.items() if i not in told}, heads), ledger)
    posted |= _stated_furniture(sheet)
    furniture = (
        ("STR012", notices),
        ("STR041", mailed),
        ("OCR005", paged),
        ("STR013", listed),
        (_LEFT_OUT, left_out),
        ("STR011", told),
        (posts.HEADING_AGAIN, {i: what for i, what in posted.items() if what == posts.DOUBLED}),
        ("STR011", {i: what for i, what in posted.items() if what != posts.DOUBLED}),
    )
    dropped = _logged(sheet, ledger, furniture)
    dropped |= _title_page(sheet, page, _repeated(sheet, page, stated, book), ledger)
    own = {i for i, what in listed.items() if what == contents.WHAT and i in dropped}
    listing.compare(sheet, own, heads, ledger)
    sections = _sections(sheet, heads, dropped, set(paged))
    named, claimed = (
        tuple(index for index, what in posted.items() if what == kind and index in dropped)
        for kind in (posts.CREDIT, posts.RIGHTS)
    )
    top = tuple(sorted(posts.beacons(posted)))
    return Outline(
        tuple(sections),
        page,
        tuple(titles),
        stated,
        credits=named,
        rights=claimed,
        posted=top,
        asked=bool(possible),
    )


def _signs(sheet: Sheet, taken: Mapping[int, str], counted: Collection[int]) -> dict[int, str]:
    """Give the furniture that its own words betray, or those of other posts that it names."""
    known = posts.known(sheet, taken, counted)
    known |= posts.page_head(sheet, taken.keys() | known.keys())
    known |= postlinks.numbered(sheet, taken.keys() | known.keys())
    known |= postlinks.dated(sheet, taken.keys() | known.keys())
    known |= postlinks.links(sheet, taken.keys() | known.keys())
    known |= postlinks.closing(sheet, taken.keys() | known.keys())
    return known | postlinks.listed(sheet, taken.keys() | known.keys())


def _doubled(sheet: Sheet, spans: Sequence[tuple[int, int]], told: Collection[int]) -> dict[int, str]:
    """Give the lines that say a heading again right below it."""
    return posts.doubled_titles(sheet, spans, told) | postlinks.numbered_again(sheet, spans)


def _wanted(sheet: Sheet, page: TitlePage, ledger: Ledger) -> TitlePage:
    """Leave out what the author refuses to have read from the title page; without a title there is none."""
    refused = {
        index
        for index in (page.lines() if ledger.concerns("MET005") else ())
        if ledger.refuses("MET005", sheet.lines[index].run)
    }
    if page.title in refused:
        return TitlePage()
    return replace(
        page,
        author=None if page.author in refused else page.author,
        subtitle=tuple(index for index in page.subtitle if index not in refused),
        others=tuple(index for index in page.others if index not in refused),
        repeated=tuple(index for index in page.repeated if index not in refused),
    )


_LEFT_OUT = "DOC020"


def _told(sheet: Sheet, ledger: Ledger) -> tuple[dict[int, str], dict[int, str]]:
    """Give what markup says is no text: posts that are none of the book's, and furniture.

    Where it is refused to leave out a post its lines are text from the beginning, and its title a heading.
    """
    told = _not_own(sheet, {i: line.furniture for i, line in enumerate(sheet.lines) if line.furniture})
    posts_out = {i: what for i, what in told.items() if what.startswith(LEFT_OUT)}
    left = {i: what for i, what in posts_out.items() if not ledger.refuses(_LEFT_OUT, sheet.lines[i].run)}
    return left, {i: what for i, what in told.items() if i not in posts_out}


def _report_doubts(sheet: Sheet, doubts: Sequence[edges.Doubt], ledger: Ledger) -> None:
    for doubt in doubts:
        text = sheet.texts[doubt.line]
        paste = decision(text, "furniture")
        span = sheet.lines[doubt.line].run.span(0, len(text))
        ledger.report("STR020", Severity.INFO, f"“{text}” {doubt.why}: it is kept.", span, paste)


def _lone(sheet: Sheet, posted: Mapping[int, str], heads: Sequence[Head]) -> Iterator[int]:
    """Give the furniture between two paragraphs that is the only one of its kind: no site prints it once.

    The credit of a picture is: it stands where the picture stood.
    """
    kinds = Counter(posted.values())
    apart = {line for head in heads for line in head.lines} | posted.keys()
    for index, what in posted.items():
        beside = index - 1, index + 1
        inside = (
            kinds[what] == 1
            and what != posts.CREDIT
            and index + 1 < len(sheet.texts)
            and not sheet.first_of_file(index)
        )
        if inside and not any(at in apart or sheet.first_of_file(at) for at in beside):
            above, below = (sheet.texts[at] for at in beside)
            if ends_full(above.rstrip(_CLOSING)) and len(above) > _SENTENCE < len(below):
                yield index


_CLOSING = "”\"’'»“"
_SENTENCE = 40
"""Characters; a shorter line may be furniture itself."""


def _report_lone(sheet: Sheet, lines: Iterable[int], ledger: Ledger) -> None:
    for index in lines:
        text, run = sheet.texts[index], sheet.lines[index].run
        if not ledger.refuses("STR011", run):
            message = f"“{text}” stands alone between two paragraphs, reads as a site's, and is left out."
            ledger.report(
                "STR053", Severity.WARNING, message, run.span(0, len(text)), refusal("STR011", text)
            )


def _report_titles(sheet: Sheet, lines: Sequence[int], ledger: Ledger) -> None:
    """Ask about lines that look like the titles of chapters where no heading was found."""
    if not lines:
        return
    titles = [sheet.texts[index] for index in lines]
    shown = ", ".join(f"“{title}”" for title in titles[:3])
    message = (
        f"No heading of a chapter was found, but {len(lines)} lines look like titles of chapters ({shown}"
        f"{', …' if len(titles) > 3 else ''}); they are printed as text. If they are headings, say so in "
        "book.toml."
    )
    paste = "\n\n".join(decision(title, "chapter") for title in titles)
    span = sheet.lines[lines[0]].run.span(0, len(titles[0]))
    ledger.report("STR030", Severity.WARNING, message, span, paste)


def _free(sheet: Sheet, found: dict[int, str]) -> dict[int, str]:
    """Leave out what stands in files that publish itself wrote: they hold no furniture."""
    return {
        i: what for i, what in _not_own(sheet, found).items() if not sheet.drafts[sheet.file[i]].order_kept
    }


_BUTTON = 3
"""Places at which the same picture stands where it is a site's and not the author's."""


def _shown(sheet: Sheet, found: dict[int, str], signs: Collection[int]) -> dict[int, str]:
    """Leave out pictures and tables, which are alike wherever the author numbers them.

    A site's own pictures stay in: those whose words say so (`signs`), and a file that comes back.
    """
    files = Counter(line.image.text for line in sheet.lines if line.image)

    def is_shown(line: Line) -> bool:
        return bool(line.columns) or (line.image is not None and files[line.image.text] < _BUTTON)

    return {i: what for i, what in found.items() if i in signs or not is_shown(sheet.lines[i])}


def _not_announced(sheet: Sheet, found: dict[int, str], signs: Collection[int]) -> dict[int, str]:
    """Leave out lines that announce a note of the author's: they come back as often as there are notes."""
    return {i: what for i, what in found.items() if i in signs or not is_chapter_note(sheet.texts[i])}


def _not_own(sheet: Sheet, found: dict[int, str]) -> dict[int, str]:
    """Leave out lines of which book.toml says that they are the author's."""
    return {i: what for i, what in found.items() if not sheet.is_own(i)} if sheet.decided else found


def _stated_furniture(sheet: Sheet) -> dict[int, str]:
    return {i: "book.toml says so." for i, what in sheet.decided.items() if what == FURNITURE}


def _stated(sheet: Sheet, stated: Mapping[str, int], fact: str) -> str:
    if fact not in stated:
        return ""
    text = sheet.texts[stated[fact]]
    start, end = boilerplate.field_value(text)
    return text[start:end]


def _of_properties(sheet: Sheet, taken: Collection[int]) -> tuple[str, str]:
    """Give title and author as the properties of a document name them, if its first line is that title.

    Few authors ever look at their properties, which are often those of the document it was made of.
    """
    hints = dict(reversed(sheet.drafts[0].hints)) if sheet.drafts else {}
    first = next((index for index in range(len(sheet.texts)) if index not in taken), None)
    title = hints["title"].text if "title" in hints else ""
    if first is None or not title or words_folded(sheet.texts[first]) != words_folded(title):
        return "", ""
    return title, hints["author"].text if "author" in hints else ""


def _reading(
    sheet: Sheet, titles: Sequence[str], counted: Collection[int], paged: Collection[int]
) -> Reading:
    """Gather what is known before any furniture is."""
    return Reading(
        sheet,
        dropped=(),
        counters=counted,
        contents=frozenset(words_folded(title) for title in titles),
        common=cache(lambda: edgelines.common_lines(sheet, paged)),
    )


def _repeated(sheet: Sheet, page: TitlePage, stated: Mapping[str, int], book: BookConfig) -> set[int]:
    """Give the lines of the title page that repeat book.toml, front matter or a library's header."""
    front = {key for draft in sheet.drafts for key, _ in draft.metadata}
    found = {*page.repeated, *page.others}
    if page.title is not None and (book.title or "title" in front or "title" in stated):
        found.add(page.title)
    if page.author is not None and (book.author or front & ROLES.keys() or "author" in stated):
        found.add(page.author)
    if book.subtitle or "subtitle" in front:
        found.update(page.subtitle)
    return found


def _title_page(sheet: Sheet, page: TitlePage, repeated: Collection[int], ledger: Ledger) -> set[int]:
    """Take the title page out of the text; what it only repeats is logged, and stays where refused."""
    note = "The title or a word of the title page, printed again."
    return {
        index
        for index in page.lines()
        if index not in repeated or ledger.drop(sheet.lines[index].run, "STR011", note)
    }


def _logged(sheet: Sheet, ledger: Ledger, furniture: Sequence[tuple[str, Mapping[int, str]]]) -> set[int]:
    """Take furniture out of the text, but for what the author refuses to lose.

    `furniture` gives, under each rule code, lines and what they are; the first code that names a line counts,
    so that what is refused under one is not done under another.
    """
    named: dict[int, tuple[str, str]] = {}
    for code, found in reversed(furniture):
        named |= {index: (code, what) for index, what in found.items()}
    return {index for index, said in sorted(named.items()) if ledger.drop(sheet.lines[index].run, *said)}


def _sections(sheet: Sheet, heads: Sequence[Head], dropped: set[int], turns: set[int]) -> list[Section]:
    starts = [head.first for head in heads]
    bounds = [*starts, len(sheet.lines)]
    found: list[Section] = []
    first = bounds[0]
    opening = _rows(sheet, range(first), dropped, turns)
    if opening or not heads:
        found.append(Section(None, opening, _date(sheet, range(first), dropped) if not heads else ""))
    for head, start, end in zip(heads, starts, bounds[1:], strict=True):
        body = range(start, end)
        rows = _rows(sheet, body, dropped | set(head.lines), turns)
        found.append(Section(head, rows, _date(sheet, body, dropped)))
    return found


def _date(sheet: Sheet, lines: range, dropped: set[int]) -> str:
    stated = dict(sheet.lines[lines.start].attributes).get("posted", "") if lines else ""
    if stated:
        return stated
    dates = (almanac.iso_date(sheet.texts[index]) for index in lines if index in dropped)
    return next((date for date in dates if date), "")


def _rows(sheet: Sheet, lines: range, left_out: set[int], turns: set[int]) -> tuple[Row, ...]:
    rows: list[Row] = []
    gap, turned = 0, False
    starts, formatted = sheet.starts, sheet.formatted
    for index in lines:
        line = formatted[index] if index in formatted else sheet.lines[index]
        above = FILE_GAP if index in starts and rows else line.blanks_above
        gap = above if above > gap else gap
        if index in left_out:
            turned = turned or index in turns
            continue
        turned = turned or (line.page_break and bool(rows))
        opens = line.page_break and bool(rows) and not turns
        rows.append(Row.of(index, line, gap if rows else 0, turned=turned, opens=opens))
        gap, turned = 0, False
    return tuple(rows)
