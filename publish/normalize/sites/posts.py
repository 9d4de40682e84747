"""Furniture of blogs and web pages that its own words or signs betray, whatever stands round it.

A reading time, a copyright line of a photographer, a share button. What no list of words can know is found by
its place and its return, in `edges`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from publish.normalize.lines import frontlines, headings
from publish.normalize.lines.bylines import by_line
from publish.normalize.lines.shape import ends_full, ends_sentence, has_names, is_name
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words.almanac import iso_date, may_be_dated, undated
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import NAMES
from publish.normalize.words.wordlists import patterns, phrases, sections
from publish.patterns import lazily

_TIMES = sections("sites")["times"]
_READING_TIME = lazily(
    rf"\b\d{{1,3}}[\s-]*(?:{_TIMES['minutes']})|^(?:{_TIMES['lead']})\W{{1,4}}\d{{1,3}}\b", re.IGNORECASE
)
_CREDIT = lazily(
    r"^\W*(?:©|\(c\)|ⓒ|copyright\b|[📷📸])"
    rf"|^[_*]{{0,2}}(?:(?:cover|header|featured)\s+)?(?:{patterns('sites', 'pictures')})(?:[’']?s)?"
    r"(?:\s+(?:credits?|source|courtesy|by|via|von|par|de|por|di|du|cedida|gentilmente)\b|\s*[:：©])"
    r"|^fot\.\s(?=(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
_CREDIT_INSIDE = lazily(
    r"\b(?:photo|photograph|image|picture|foto|bild)(?:s|y)?(?:\s+by|\s*[:©])\s*\S+(?:\s\S+){0,4}$"
    r"|^[^\W\d_][^/]{1,40}(?:(?:/|\svia\s)\s?(?:getty images|shutterstock|istock|alamy|afp|reuters|unsplash"
    r"|pexels|pixabay|flickr|wikimedia)(?:\scommons)?\b.{0,20}|/\s?CC[ -]BY[\w .-]{0,12})$",
    re.IGNORECASE,
)
_BRANDS, _BUTTONS, _PICTURE_WORDS = (
    sections("sites")["furniture"][row].split() for row in ("brands", "buttons", "pictures")
)
_BRAND = lazily(rf"\b(?:{'|'.join(map(re.escape, _BRANDS))})\b", re.IGNORECASE)
_PHRASE = lazily(rf"^(?:{patterns('sites', 'phrases')})", re.IGNORECASE)
_BETWEEN_BUTTONS = lazily(r"\s+[·•|/—–-]\s+|\s*[·•|]\s*|\s{2,}")
_BUTTON = lazily(r"[^\s·•|]+")
LONGEST = 100
_MOST_SMALL = 2
_LEAST_TOLD = 3
"""Words; "Photo by the author." has fewer behind its first two."""
_NOTICE = re.compile(r"\W*(?:©|\(c\)|ⓒ|copyright\b)", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+|,\s+")
CREDIT = "Credit of a picture."
RIGHTS = "Notice of rights of a web page."
READING_TIME = "Reading time of a web page."
POSTING = "Posting line of a web page."
COUNTER = "Counter of a web page."


def known(sheet: Sheet, taken: Collection[int], counted: Collection[int] = ()) -> dict[int, str]:
    """Give the lines whose own words say that they are furniture; `counted` are its `counters`."""
    found: dict[int, str] = {}
    unsure: dict[int, str] = {}
    perhaps = _perhaps(sheet)
    for index in sorted({*counted, *perhaps}):
        text = sheet.texts[index]
        if index in taken or not text or len(text) > LONGEST or sheet.lines[index].heading_level:
            continue
        if _goes_on(sheet, index):
            continue
        counter = (index in counted and is_furniture_phrase(text)) or _COUNTS.fullmatch(text)
        what = COUNTER if counter else _HEADS_OF_TEXTS.get(words_folded(text)) or known_by_words(text)
        if what == CREDIT and _is_of_front(sheet, index):
            continue
        # What stands below a picture may well name who took it.
        pictured = sheet.lines[index].image or text.startswith("![")
        if what == CREDIT and (pictured or _is_lettered(sheet, text)):
            continue
        if what and _may_be_told(sheet, index, what):
            unsure[index] = what
        elif what:
            found[index] = what
    _vote(sheet, found, unsure)
    found |= _agreed(sheet, unsure, found)
    found |= _stacked(sheet, perhaps - {*taken})
    found |= _beside_buttons(sheet, found, taken)
    return {i: RIGHTS if what == CREDIT and _claims_all(sheet, i) else what for i, what in found.items()}


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Tell a line of a wrapped paragraph, which the line above it does not end: "pictures by Titian, …"."""
    text = sheet.texts[index]
    long = text[0].islower() and len(text.split()) >= _LEAST_WRAPPED
    touches = long and sheet.lines[index].blanks_above == 0 and index > 0 and not sheet.first_of_file(index)
    return touches and not ends_full(sheet.texts[index - 1])


_LEAST_WRAPPED = 5
"""Words; rows of buttons touch each other, too."""


_HEAD, _LONGEST_MENU = 40, 40


def _claims_all(sheet: Sheet, index: int) -> bool:
    """Tell the notice of a text from that of a picture: it reserves all rights, or ends the manuscript."""
    text = sheet.texts[index]
    return frontlines.claims_rights(text) or (
        frontlines.is_notice(text) and index + _LAST >= len(sheet.texts)
    )


_LAST = 3
"""Lines at the end of a manuscript among which the notice of its text stands."""


def _is_lettered(sheet: Sheet, text: str) -> bool:
    """Tell the third of several points, "(c) Of his youth", from a notice, which is made of names.

    The points above it may stand in other chapters.
    """
    if not text.startswith("(c)"):
        return False
    small = sum(word[0].islower() for word in text[len("(c)") :].split())
    return small >= _LEAST_TOLD or any(sheet.texts[at].startswith("(b)") for at in sheet.holding(["(b)"]))


_MINUTES = ("min", "мин", "λεπτ", "dk", "dakika", "perc")
_HEADS_OF_TEXTS = dict.fromkeys(
    phrases("sites", "furniture", "heads"), "What an archive prints above a text."
)
_HINTS = (*_BRANDS, *_PICTURE_WORDS, "19", "20", "cookie", *"·•|")
"""One of these is in each line that `known_by_words` knows, but for reading times and rows of buttons."""


def _perhaps(sheet: Sheet) -> set[int]:
    """Give the lines that `known_by_words` may know, all that it knows among them."""

    def presses(text: str) -> bool:
        return (text if text.isalpha() else "".join(text.split(None, 1)[:1])).lower() in _BUTTONS

    pressed = (lines for first, lines in sheet.firsts.items() if presses(first))
    set_in = (i for i in sheet.firsts.get("", ()) if presses(sheet.texts[i]))
    short = (i for i in sheet.numbered if len(sheet.texts[i]) <= _LONGEST_COUNTS)
    counts = (i for i in short if sheet.texts[i][0].isdigit())
    timed = (i for i in sheet.numbered if _may_be_reading_time(sheet.texts[i]))
    heads = map(sheet.alike, _HEADS_OF_TEXTS)
    return sheet.holding(_HINTS).union(set_in, counts, timed, *pressed, *heads)


_LONGEST_COUNTS = 48


def _is_of_front(sheet: Sheet, index: int) -> bool:
    """Tell a by-line, or the author's own notice on a copyright page before the text, from a credit."""
    text = sheet.texts[index]
    if not frontlines.is_notice(text):
        return index < _HEAD and by_line(text) is not None
    return index < _FRONT and any(map(frontlines.is_stated, sheet.texts[index + 1 : index + 5]))


_FRONT = 60
"""Lines at the head of a manuscript among which its copyright page stands."""


def states_post(text: str) -> bool:
    """Tell a line that says how long a post takes to read, or when it was posted."""
    return known_by_words(text) in (READING_TIME, POSTING)


def _may_be_told(sheet: Sheet, index: int, what: str) -> bool:
    """Tell whether a story may hold such a line, so that its words alone do not make it furniture."""
    text = sheet.texts[index]
    if what == _BUTTON_OR_LINK:
        return not _says_so(text)
    if what == READING_TIME:
        return _is_told_time(text)
    return what == CREDIT and (_is_told_credit(text) or is_caption(text) or _is_quoted(sheet, index))


def _is_told_time(text: str) -> bool:
    """Tell "It was a 5 minute read." from "Reading time: 5 min read."."""
    match = _READING_TIME.search(text)
    before = text[: match.start()].strip() if match else ""
    return ends_full(text) and any(map(str.isalpha, before)) and before[-1] not in ":·•|–—-"


def _is_told_credit(text: str) -> bool:
    """Tell a sentence that begins as credits do, or ends so, from a credit, which is made of names."""
    match = _CREDIT.match(text)
    if match is None:
        inside = _CREDIT_INSIDE.search(text)
        return ends_full(text) or (inside is not None and not has_names(text[inside.start() :]))
    tail = text[match.end() :]
    words = [word for word in tail.split() if any(map(str.isalnum, word))]
    if not ends_full(text) or len(words) < _LEAST_TOLD:
        return False
    return not has_names(tail) or (not _NOTICE.match(text) and _is_told_clause(tail))


_MADE = r"©|/|\||(?:^|\s)(?:by|courtesy|credits?|source)\b"


def is_caption(text: str) -> bool:
    """Tell what a picture shows ("Photo: Granny in the garden") from who made it, or where it is kept.

    In square brackets an author notes where a picture is to stand, in one word too.
    """
    inner = text.strip("[() ]")
    match = _CREDIT.match(inner) if ":" in text else None
    shown = inner[match.end() :].strip() if match and match.group().endswith(":") else ""
    enough = len(shown.split()) >= _LEAST_TOLD or (text[0] == "[" and len(shown.split()) == 1)
    return enough and not (is_name(shown) or _BRAND.search(shown) or re.search(_MADE, shown, re.IGNORECASE))


def _vote(sheet: Sheet, found: dict[int, str], unsure: dict[int, str]) -> None:
    """Let the lines that begin with one word and a colon decide for each other: names, or what is seen.

    "Photo: Aunt Mary" is a caption among captions; "Photo: Museum of the Port" is a credit among credits.
    """
    led: dict[str, tuple[list[int], list[int]]] = {}
    for side, some in enumerate((found, unsure)):
        for index in (i for i, what in some.items() if what == CREDIT and ":" in sheet.texts[i]):
            led.setdefault(sheet.texts[index].partition(":")[0].lower(), ([], []))[side].append(index)
    for credited, shown in led.values():
        if len(credited) >= len(shown) * 2:
            found |= {index: unsure.pop(index) for index in shown}
        elif len(shown) > len(credited):
            unsure |= {index: found.pop(index) for index in credited}


def _is_told_clause(tail: str) -> bool:
    """Tell whether a credit ends in a clause of its own, as in a language that writes nouns with capitals."""
    parts = _CLAUSE.split(tail)
    return len(parts) > 1 and len(parts[-1].split()) > 1 and not has_names(parts[-1])


def _is_quoted(sheet: Sheet, index: int) -> bool:
    """Tell whether a notice that names nobody, or begins with the word itself, was read amid prose.

    A site prints its notice at an edge, where there is a heading or other furniture.
    """
    text = sheet.texts[index]
    if not _NOTICE.match(text) or not (text[0].isalpha() or _YEAR_ALONE.fullmatch(text)):
        return False
    near = [sheet.texts[at] for at in (index - 1, index + 1) if 0 <= at < len(sheet.texts)]
    return len(near) > 1 and all(ends_full(text) for text in near)


_YEAR_ALONE = re.compile(r"\W*(?:c\W+)?[\d\s–-]*\W*", re.IGNORECASE)


def _says_so(text: str) -> bool:
    """Tell whether a line that names a site is a link without a doubt; any telegram may be shared."""
    brands = _BRAND.findall(text.lower())
    pressed = begins_like_furniture(text) or _WINDOW.search(text) is not None
    return len(brands) > 1 or (pressed and brands != ["telegram"])


def _agreed(sheet: Sheet, unsure: Mapping[int, str], found: Collection[int]) -> dict[int, str]:
    """Give the lines in doubt that the manuscript shows to be furniture: they come back, or stand amid some.

    A title, a name or a sentence in a story may hold such words too.
    """
    often = Counter(_alike(sheet.texts[index]) for index in unsure)
    sure = {index for index in unsure if often[_alike(sheet.texts[index])] > _FEW}
    beside = {*found, *sure}
    sure |= {index for index in unsure if index - 1 in beside and index + 1 in beside}
    return {index: unsure[index] for index in sorted(sure)}


def _stacked(sheet: Sheet, perhaps: Collection[int]) -> dict[int, str]:
    """Give the buttons that stand one below the other, a word each, with how many wrote or liked."""
    pressed = {i: match for i in perhaps if (match := _PRESSED.fullmatch(sheet.texts[i]))}
    buttons = sorted(index for index, match in pressed.items() if match["word"].lower() in _BUTTONS)
    found: list[int] = []
    for _, stack in groupby(enumerate(buttons), lambda item: item[1] - item[0]):
        lines = [index for _, index in stack]
        counts = any(pressed[index]["count"] for index in lines)
        touching = not any(sheet.lines[index].blanks_above for index in lines[1:])
        below = sheet.texts[lines[-1] + 1 : lines[-1] + 2]
        edge = touching and (not below or headings.parse(below[0]))
        least = _FEW + (not (counts and touching))
        if len({sheet.texts[index] for index in lines}) == len(lines) >= least and (counts or edge):
            found += lines
    return dict.fromkeys(found, "Buttons of a web page.")


_PRESSED = lazily(r"(?P<count>[(\[]?\d[\d.,]{0,6}[KkMm]?[)\]]? ?)?(?P<word>[^\W\d_]{4,14})(?:\.{3}|…)?")


def _beside_buttons(sheet: Sheet, found: Mapping[int, str], taken: Collection[int]) -> dict[int, str]:
    """Give the lines that begin as buttons do and touch some, line by line: "Share on X" below "Tweet"."""
    more: dict[int, str] = {}
    edge = [index for index, what in found.items() if what not in (CREDIT, RIGHTS)]
    while edge:
        index = edge.pop()
        for near in (index - 1, index + 1):
            if not 0 <= near < len(sheet.texts) or sheet.lines[max(near, index)].blanks_above:
                continue
            free = near not in taken and near not in found and near not in more and not sheet.kept(near)
            text = sheet.texts[near]
            short = len(text.split()) <= _MOST_PRESSED and not ends_full(text)
            if free and short and begins_like_furniture(text):
                more[near] = _BUTTON_OR_LINK
                edge.append(near)
    return more


_FEW = 2
_MOST_BESIDE_TIME = 12
"""Words of a line with a reading time; of the last part of one that says the day as well."""


def _alike(text: str) -> str:
    return re.sub(r"\d+", "#", words_folded(text))


_BUTTON_OR_LINK = "Button or link of a web page."


_COUNTS = lazily(
    r"(?=.*\d[KkMm]\b)(?:\d[\d.,]{0,7}[KkMm]?(?:[ \xa0·•|/]{1,3}\d[\d.,]{0,7}[KkMm]?){2,4}"
    r"|\d[\d.,]{0,7}[KkMm]?[ \xa0][^\W\d_]{3,14}"
    r"(?:[ \xa0·•|/,]{1,3}\d[\d.,]{0,7}[KkMm]?[ \xa0][^\W\d_]{3,14}){1,3})"
)
"""How many have read, voted and written, one of them in thousands: 12.3K 480 53, 5.8K reads 390 votes."""


def known_by_words(text: str) -> str:
    """Give what furniture the words of a line alone say that it is; empty where they do not."""
    if _may_be_reading_time(text) and _READING_TIME.search(text):
        words = len(_BETWEEN_BUTTONS.split(text)[-1].split()) if iso_date(text) else len(text.split())
        if words <= _MOST_BESIDE_TIME:
            return READING_TIME
    if _names_picture(text) and not ends_sentence(text.rstrip(".")) and len(text.split()) <= 14:
        return "" if fold(text) in NAMES else CREDIT
    if _is_row_of_buttons(text) or ("cookie" in text.lower() and _COOKIES.match(text)):
        return "Buttons of a web page."
    if _is_posting_line(text):
        return POSTING
    if _is_button(text):
        return _BUTTON_OR_LINK
    return ""


_COOKIES = lazily(
    r"(?=[^\W\d_]).*?\b(?:this|our|these|diese|unsere|questo|nostro|este|esta|esse|nosso|tento|tyto|ta|nasza|этот"
    r"|наш|onze|deze|ce|cet|notre)\s"
    r"(?:(?:web)?sites?|webseite|web|sito|sitio|página|strona|stránky|сайт)\s(?:\w+\s)?"
    r"(?:us|utili|verwend|benutz|nutz|gebruik|použív|používá|korzyst|wykorzyst|używ|использ)\w*\s"
    r"(?:\w+\s){0,2}\W?cookie",
    re.IGNORECASE,
)
"""A notice of cookies: "This site uses cookies". What people do with cookies on a site is told."""


def _names_picture(text: str) -> bool:
    if _CREDIT.match(text):
        return True
    may = ":" in text or "©" in text or "/" in text or " via " in text or "by" in text.lower()
    return may and _CREDIT_INSIDE.search(text) is not None


def _may_be_reading_time(text: str) -> bool:
    lowered = text.lower()
    return any(sign in lowered for sign in _MINUTES)


def begins_like_furniture(text: str) -> bool:
    """Tell whether a line begins as buttons, links and posting lines do; sentences may begin so too.

    Buttons begin with a capital, or are a word or two; a longer line in small letters is one of verse.
    """
    if text[:1].islower() and len(text.split()) > _MOST_SMALL:
        return False
    return _PHRASE.match(text) is not None


def is_furniture_phrase(text: str) -> bool:
    """Tell whether a line is a button's words and nothing else."""
    match = _PHRASE.match(text)
    return match is not None and not text[match.end() :].strip(" .:…()#0123456789")


_COUNTED = lazily(r"(?:\d{1,4}\s)?([^\W\d_]{5,})(?:\s?\(\d{1,4}\))?:?")
_HOUR = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2} h \d\d\b")
_REACH_HOUR = 4


def ends_entry(text: str) -> bool:
    """Tell a line of a comment that is none of its words: a day and an hour, the button below it."""
    dated = len(text) <= LONGEST and may_be_dated(text) and undated(text, "") != text
    return (dated and _HOUR.search(text) is not None) or text.lower() in _BUTTONS


def threads_open(sheet: Sheet, found: Collection[int]) -> Iterator[int]:
    """Give lines that count comments ("Comentarios (3)"), with the hour of one right below."""
    for index in sheet.numbered:
        text, below = sheet.texts[index], sheet.texts[index + 1 : index + 1 + _REACH_HOUR]
        match = _COUNTED.fullmatch(text) if len(text) <= _LONGEST_MENU and index not in found else None
        counts = match is not None and match[1].lower() in _BUTTONS and not sheet.kept(index)
        if counts and any(map(_HOUR.search, below)):
            yield index


_MOST_OF_POSTING = 18
"""Words; the day of posting and the day of a change, each with its hour."""


def _is_posting_line(text: str) -> bool:
    return (
        may_be_dated(text)
        and len(text.split()) <= _MOST_OF_POSTING
        and _PHRASE.match(text) is not None
        and undated(text, "") != text
    )


def _is_row_of_buttons(text: str) -> bool:
    """Tell a row such as "Like · Comment · Share" or "Previous Chapter | Home | Next Chapter"."""
    first = _BUTTON.match(text)
    parts = [part.strip(_ARROWS) or part for part in _BETWEEN_BUTTONS.split(text.lower())]
    if first is None or len(parts) == 1:
        return False
    if sum(_LEADS.fullmatch(part) is not None for part in parts) * 2 >= max(len(parts), _LEAST_LEADING):
        return True
    return first[0].lower() in _BUTTONS and all(
        word in _BUTTONS or word.isdigit() for part in parts for word in part.split() or [part]
    )


_ARROWS = " <>«»‹›←→⟵⟶"
_WINDOW = lazily(
    r"(?<=\w) ?\((?=[^()]{0,40}(?:window|fenster|fenêtre|ventana|finestra|janela|venster|fönster|vindu|okn"
    r"|окн|pencere|ablak|ikkuna|παράθυρο))[^().!?]{8,48}\)\Z",
    re.IGNORECASE,
)
"""That a new window opens, as buttons with the name of a site say."""
_MOST_PRESSED = 8


def _is_button(text: str) -> bool:
    """Tell buttons, which are short and no sentences, from sentences that begin with the same words."""
    pressed = _WINDOW.sub("", text)
    if pressed != text and len(pressed.split()) <= _MOST_PRESSED and _BRAND.search(pressed):
        return True
    words = len(text.split())
    if words > 10 or text[0] in "“\"‘'—" or text[-1] in ",;":
        return False
    if not _PHRASE.match(text) and (words > 6 or (words > 1 and ends_full(text))):
        return False
    return _BRAND.search(text) is not None and not ends_sentence(re.sub(r"[.:…]+$", "", text))


_LINKS = sections("sites")["links"]
_WAYS = rf"(?:{_LINKS['before']}|{_LINKS['behind']})"
_LEADS = lazily(
    rf"{_WAYS}(?: (?:{_LINKS['what']}))?|(?:{_LINKS['what']}) {_WAYS}|{_LINKS['menu']}", re.IGNORECASE
)
"""Where one place of a row leads: "next chapter", "capítulo anterior", "home"."""
_LEAST_LEADING = 4
"""Twice the places of a row that must lead somewhere."""


def is_button_alone(text: str) -> bool:
    """Tell the one word of a button, or where one leads: "Share", "Next chapter"."""
    return text.lower() in _BUTTONS or _LEADS.fullmatch(text) is not None


def beacons(signs: Mapping[int, str]) -> set[int]:
    """Give the furniture that stands at the top of a post, below its title."""
    return {
        index for index, what in signs.items() if what.startswith(("Reading time", "Posting line", "Counter"))
    }
