"""The manuscript cut at its headings: what is furniture, what is a heading, what text stands below it."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from publish.config import BookConfig
from publish.diagnostic import Severity
from publish.document import ROLES
from publish.normalize import contents, contentscheck, furniture, outline, titlepage
from publish.normalize.authors import TitlePage
from publish.normalize.furniture import Sure
from publish.normalize.ledger import Ledger
from publish.normalize.outline import Head, baretitles, dates, displayed, namedparts
from publish.normalize.passages.wrapping import Row
from publish.normalize.reading import Reading
from publish.normalize.sheet import FILE_GAP, Sheet, words_folded
from publish.normalize.sites import boilerplate, edgelines, edges, posts
from publish.normalize.words import almanac
from publish.places import decision


class Section(Struct, frozen=True):
    """One heading, or the text before the first one, and the rows of text below it."""

    head: Head | None
    rows: tuple[Row, ...]
    date: str = ""
    """ISO date that furniture beside the text states, perhaps without a year."""


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
    """Find furniture, title page and headings, log what leaves the text and cut the rest.

    Headings show where posts begin and end, and so what a site prints there; without that others may show.
    """
    sure = furniture.sure(sheet, ledger)
    signs = furniture.signs(sheet, sure)
    reading = Reading(
        sheet,
        dropped=(sure.lines | signs).keys(),
        counters=sure.counters,
        contents=frozenset(map(words_folded, sure.titles)),
        beacons=posts.beacons(signs),
        common=cache(lambda: edgelines.common_lines(sheet, sure.paged)),
    )
    page = _wanted(sheet, _page(reading, sure, signs, book), ledger)
    heads = outline.find(reading, page.lines())
    found = edges.furniture(
        sheet, _spans(heads), signs | furniture.doubled(sheet, _spans(heads), sure), sure.lines
    )
    posted = furniture.at_edges(sheet, found, signs)
    known = reading.dropped, reading.beacons
    reading = replace(reading, dropped=(sure.lines | posted).keys(), beacons=posts.beacons(posted))
    if (reading.dropped, reading.beacons) != known:
        heads = outline.find(reading, page.lines())
        posted |= furniture.free(sheet, furniture.doubled(sheet, _spans(heads), sure))
    possible = outline.possible_titles(reading, page.lines(), heads)
    _report_titles(sheet, possible, ledger)
    doubts = edges.in_doubt(sheet, _spans(heads), posted | sure.lines, found, sited=bool(posted))
    _report_doubts(sheet, doubts, ledger)
    furniture.report_lone(sheet, {i: what for i, what in posted.items() if i not in sure.told}, heads, ledger)
    posted |= furniture.stated(sheet)
    dropped = furniture.taken_out(sheet, sure, posted, ledger)
    dropped |= _title_page(sheet, page, _repeated(sheet, page, sure.facts, book), ledger)
    own_list = {i for i, what in sure.listed.items() if what == contents.WHAT and i in dropped}
    contentscheck.compare(sheet, own_list, heads, ledger)

    def gone(kind: str) -> tuple[int, ...]:
        return tuple(index for index, what in posted.items() if what == kind and index in dropped)

    return Outline(
        tuple(_sections(sheet, heads, dropped, set(sure.paged))),
        page,
        tuple(sure.titles),
        sure.facts,
        credits=gone(posts.CREDIT),
        rights=gone(posts.RIGHTS),
        posted=tuple(sorted(posts.beacons(posted))),
        asked=bool(possible),
    )


def _spans(heads: Sequence[Head]) -> list[tuple[int, int]]:
    """Give the first line of each heading and the first line after it."""
    return [(head.first, head.lines[-1] + 1) for head in heads]


def _page(reading: Reading, sure: Sure, signs: dict[int, str], book: BookConfig) -> TitlePage:
    """Read the title page, of which no line is the title of a chapter or the day of an entry."""
    sheet = reading.sheet
    author = book.author if isinstance(book.author, str) else " ".join(book.author[:1])
    names = (
        book.title or _stated(sheet, sure.facts, "title"),
        author or _stated(sheet, sure.facts, "author"),
    )
    names = names if any(names) else _of_properties(sheet, sure.lines)
    entries = [sheet.texts[at] for index in dates.titles(sheet) for at in (index, index + 1)]
    free = [at for at in range(len(sheet.texts)) if at not in reading.dropped]
    entries += [*dates.first_entry(reading, free), *displayed.first_title(sheet, free)]
    # Who signs a piece may have signed the book above it.
    for title, by in baretitles.signed(reading).items():
        entries += sheet.texts[
            title : by + (by == min(sheet.alike(words_folded(sheet.texts[by])), default=by))
        ]
    entries += [sheet.texts[at] for at in (*namedparts.instalments(sheet), *outline.at_top(reading))]
    known = sure.lines | signs | dict.fromkeys(sheet.decided, "")
    return titlepage.read(sheet, known, names, [*_below_list(sheet, sure), *entries])


def _below_list(sheet: Sheet, sure: Sure) -> list[str]:
    """Give the titles of the contents list without that of the book itself, named for one of its stories.

    Above the list it names the book, where it stands below the list again.
    """
    first = min(sure.listed, default=0)
    above = {words_folded(sheet.texts[index]) for index in range(min(first, _TOP))}
    below = {at for name in above for at in sheet.alike(name) if at > first and at not in sure.listed}
    book = above.intersection(words_folded(sheet.texts[at]) for at in below)
    return [title for title in sure.titles if words_folded(title) not in book]


_TOP = 40
"""Lines above a contents list among which the book's title stands."""


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
        day=None if page.day in refused else page.day,
        subtitle=tuple(index for index in page.subtitle if index not in refused),
        others=tuple(index for index in page.others if index not in refused),
        repeated=tuple(index for index in page.repeated if index not in refused),
        makers=tuple(named for named in page.makers if named[0] not in refused),
    )


def _report_doubts(sheet: Sheet, doubts: Sequence[edges.Doubt], ledger: Ledger) -> None:
    for doubt in doubts:
        text = sheet.texts[doubt.line]
        paste = decision(text, "furniture")
        span = sheet.lines[doubt.line].run.span(0, len(text))
        ledger.report("STR020", Severity.INFO, f"“{text}” {doubt.why}: it is kept.", span, paste)


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


def _repeated(sheet: Sheet, page: TitlePage, stated: Mapping[str, int], book: BookConfig) -> set[int]:
    """Give the lines of the title page that repeat book.toml, front matter or a library's header."""
    front = {key for draft in sheet.drafts for key, _ in draft.metadata}
    found = {*page.repeated, *page.others}
    if page.title is not None and (book.title or "title" in front or "title" in stated):
        found.add(page.title)
    given = {code for role, code in ROLES.items() if role in front or getattr(book, role)}
    if front & ROLES.keys() or "author" in stated:
        given.add(ROLES["author"])
    if page.author is not None and ROLES["author"] in given:
        found.add(page.author)
    found.update(line for line, maker in page.makers if maker.role in given)
    if page.day is not None and (book.date or "date" in front):
        found.add(page.day)
    if book.subtitle or "subtitle" in front:
        found.update(page.subtitle)
    return found


def _title_page(sheet: Sheet, page: TitlePage, repeated: Collection[int], ledger: Ledger) -> set[int]:
    """Take the title page out of the text; what it only repeats is logged, and stays where refused."""
    note = "The title or a word of the title page, printed again or by a site."
    return {
        index
        for index in page.lines()
        if index not in repeated or ledger.drop(sheet.lines[index].run, "STR011", note)
    }


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
    texts = [sheet.texts[index] for index in lines if index in dropped]
    dates = (date for read in (almanac.iso_date, almanac.stated) for date in map(read, texts))
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
