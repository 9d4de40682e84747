"""What leaves the text: the furniture of libraries, mail, pages and sites, each line under its rule."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from publish.config import FURNITURE
from publish.diagnostic import Severity
from publish.draft import LEFT_OUT, Line
from publish.normalize import contents, pages
from publish.normalize.ledger import Ledger
from publish.normalize.lines.shape import ends_full
from publish.normalize.outline import Head
from publish.normalize.outline.subtitles import is_chapter_note
from publish.normalize.sheet import Sheet
from publish.normalize.sites import boilerplate, edgelines, mails, pagelines, postlinks, posts, printedtwice
from publish.normalize.sites.edges import Edges
from publish.places import refusal

Lines = dict[int, str]
"""Lines by their index, each with what it is."""
_OTHER_POST, _SITE = "DOC020", "STR011"


class Sure(Struct, frozen=True):
    """The furniture that shows itself, whatever the headings are."""

    notices: Lines
    """Of libraries."""
    mailed: Lines
    paged: Lines
    """Folios and running heads."""
    listed: Lines
    """Contents lists."""
    left_out: Lines
    """Posts of others, as markup says."""
    told: Lines
    """What markup says is a site's."""
    lines: Lines
    """All of these, and what book.toml says is furniture."""
    facts: dict[str, int]
    """Facts that a library's header states, with their lines."""
    counters: set[int]
    """Lines of a number and a word that number no chapter; some are the author's."""
    titles: list[str]
    """Titles of a contents list in the text."""


def sure(sheet: Sheet, ledger: Ledger) -> Sure:
    """Find the furniture of which no heading need be known."""
    notices = _not_own(sheet, dict(boilerplate.library_notices(sheet)))
    facts = boilerplate.stated_fields(sheet, notices)
    notices |= _not_own(sheet, dict(boilerplate.inserted(sheet, notices)))
    mailed = _not_own(sheet, mails.furniture(sheet))
    counters = edgelines.counters(sheet)
    paged = _not_own(sheet, pages.page_furniture(sheet, notices | mailed | dict.fromkeys(counters, "")))
    listed, titles = contents.contents_list(sheet, notices | mailed | paged)
    listed = _not_own(sheet, _shown(sheet, listed, {}))
    left_out, told = _told(sheet, ledger)
    lines = notices | mailed | paged | listed | left_out | told | stated(sheet)
    return Sure(notices, mailed, paged, listed, left_out, told, lines, facts, counters, titles)


def _told(sheet: Sheet, ledger: Ledger) -> tuple[Lines, Lines]:
    """Give what markup says is no text: posts that are none of the book's, and furniture.

    Where it is refused to leave out a post its lines are text from the beginning, and its title a heading.
    """
    told = _not_own(sheet, {i: line.furniture for i, line in enumerate(sheet.lines) if line.furniture})
    posts_out = {i: what for i, what in told.items() if what.startswith(LEFT_OUT)}
    left = {i: what for i, what in posts_out.items() if not ledger.refuses(_OTHER_POST, sheet.lines[i].run)}
    return left, {i: what for i, what in told.items() if i not in posts_out}


def signs(sheet: Sheet, known: Sure) -> Lines:
    """Give the furniture that its own words betray, or those of other posts that it names."""
    found = posts.known(sheet, known.lines, known.counters)
    for others in (
        pagelines.page_head,
        postlinks.numbered,
        postlinks.dated,
        postlinks.links,
        postlinks.closing,
        postlinks.listed,
    ):
        found |= others(sheet, known.lines.keys() | found.keys())
    found |= pagelines.found(sheet, found, known.lines)
    return free(sheet, found)


def doubled(sheet: Sheet, spans: Sequence[tuple[int, int]], known: Sure) -> Lines:
    """Give the lines that say a heading again right below it."""
    return printedtwice.doubled_titles(sheet, spans, known.told) | postlinks.numbered_again(sheet, spans)


def at_edges(sheet: Sheet, found: Edges, signs: Collection[int]) -> Lines:
    """Give the furniture at the edges of posts, `signs` among it, that is none of the author's.

    Pictures and tables are alike wherever the author numbers them, and lines that announce a note come back
    as often as there are notes.
    """
    own = {
        i: what for i, what in found.furniture.items() if i in signs or not is_chapter_note(sheet.texts[i])
    }
    return free(sheet, _shown(sheet, own, signs))


def free(sheet: Sheet, found: Lines) -> Lines:
    """Leave out what stands in files that publish itself wrote: they hold no furniture."""
    return {
        i: what for i, what in _not_own(sheet, found).items() if not sheet.drafts[sheet.file[i]].order_kept
    }


_BUTTON = 3
"""Places at which the same picture stands where it is a site's and not the author's."""


def _shown(sheet: Sheet, found: Lines, signs: Collection[int]) -> Lines:
    """Leave out pictures and tables, but for what words betray (`signs`), and a picture that comes back."""
    files = Counter(line.image.text for line in sheet.lines if line.image)

    def is_shown(line: Line) -> bool:
        return bool(line.columns) or (line.image is not None and files[line.image.text] < _BUTTON)

    return {i: what for i, what in found.items() if i in signs or not is_shown(sheet.lines[i])}


def _not_own(sheet: Sheet, found: Lines) -> Lines:
    """Leave out lines of which book.toml says that they are the author's."""
    return {i: what for i, what in found.items() if not sheet.is_own(i)} if sheet.decided else found


def stated(sheet: Sheet) -> Lines:
    """Give the lines of which book.toml says that they are furniture."""
    return {i: "book.toml says so." for i, what in sheet.decided.items() if what == FURNITURE}


def taken_out(sheet: Sheet, known: Sure, posted: Lines, ledger: Ledger) -> set[int]:
    """Log what leaves the text and give its lines, but for what the author refuses to lose.

    The first rule that names a line counts, so that what is refused under it is not done under another.
    """
    rules = (
        ("STR012", known.notices),
        ("STR041", known.mailed),
        ("OCR005", known.paged),
        ("STR013", known.listed),
        (_OTHER_POST, known.left_out),
        (_SITE, known.told),
        (printedtwice.HEADING_AGAIN, {i: what for i, what in posted.items() if what == printedtwice.DOUBLED}),
        (_SITE, posted),
    )
    named: dict[int, tuple[str, str]] = {}
    for code, found in reversed(rules):
        named |= {index: (code, what) for index, what in found.items()}
    return {index for index, said in sorted(named.items()) if ledger.drop(sheet.lines[index].run, *said)}


def report_lone(sheet: Sheet, posted: Mapping[int, str], heads: Sequence[Head], ledger: Ledger) -> None:
    """Ask about the furniture between two paragraphs that is the only one of its kind."""
    for index in _lone(sheet, posted, heads):
        text, run = sheet.texts[index], sheet.lines[index].run
        if not ledger.refuses(_SITE, run):
            message = f"“{text}” stands alone between two paragraphs, reads as a site's, and is left out."
            span, paste = run.span(0, len(text)), refusal(_SITE, text)
            ledger.report("STR053", Severity.WARNING, message, span, paste)


def _lone(sheet: Sheet, posted: Mapping[int, str], heads: Sequence[Head]) -> Iterator[int]:
    """Give that furniture: no site prints it once. The credit of a picture stands where the picture stood."""
    kinds = Counter(posted.values())
    apart = {line for head in heads for line in head.lines} | posted.keys()
    for index, what in posted.items():
        above, below = index - 1, index + 1
        alone = kinds[what] == 1 and what != posts.CREDIT and below < len(sheet.texts)
        if not alone or any(map(sheet.first_of_file, (above, index, below))) or {above, below} & apart:
            continue
        before, after = sheet.texts[above], sheet.texts[below]
        if ends_full(before) and len(before) > _SENTENCE < len(after):
            yield index


_SENTENCE = 40
"""Characters; a shorter line may be furniture itself."""
