"""Lines with which a site leads from post to post: next and previous, lists of posts, labels of its own.

No word of them is known. They hold the whole title of another post, which stands elsewhere as a line of its
own, behind arrows, strokes or words that are the same from post to post; or they are such a title, and no
text follows it before the next one.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from publish.document import CONTAINERS, DivisionKind
from publish.draft import STRONG_OFF
from publish.normalize.lines import headings
from publish.normalize.lines.headings import Heading
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_full, ends_sentence
from publish.normalize.passages.broken import bare
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites.printedtwice import DOUBLED
from publish.normalize.words.almanac import begins_dated, undated
from publish.patterns import lazily

LINK = "Link to another post."
HEAD = "Head of a post in a forum."
DATED = "Date and counts of a web page."
_LONGEST = 220
_LONGEST_TITLE = 120
_ARROWS = "←→«»‹›<>⟵⟶"
_PARTS = lazily(rf"\s*[|·•\t]\s*|\s{{3,}}|\s*[{_ARROWS}]+\s*|:\s+|\s[–—-]\s")
_POINTS = lazily(rf"[|·•\t{_ARROWS}]")
_MARKS = "“”„‘’‚«»\"'…¿¡( "
"""What may stand before a title where it is named."""
_LEAST = 3
"""Lines of one manner, or titles without text, that show what a site does."""
_SIGNS = (*"|·•←→«»‹›<>⟵⟶", ": ", "   ", " – ", " — ", " - ", f":{STRONG_OFF}")
"""One of these is in each line that holds a title and other words."""
_PROSE = 60
"""Letters of a line that is text and no label."""
_REACH = 4
"""Half the lines below a title among which its text begins."""
_MOST_BESIDE = 6
"""Words beside the titles that a line links to."""


def links(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give the lines that lead to other posts; `taken` are lines that are known to be no text."""
    titles = _Titles(sheet, taken)
    manners: dict[str, dict[int, tuple[str, ...]]] = {}
    told = ((sheet.file[at], line.attributes) for at, line in enumerate(sheet.lines) if line.attributes)
    posted = {file for file, attributes in told if _STATED & dict(attributes).keys()}
    for index in sorted(sheet.holding(_SIGNS)):
        text = sheet.texts[index]
        if (
            index in taken
            or len(text) > _LONGEST
            or (sheet.marked(index) and not _is_post(sheet, index, posted))
        ):
            continue
        text = bare(text)
        said = _said(text, titles)
        if said:
            manners.setdefault(said[0], {})[index] = said[1]
    return {
        index: LINK
        for lines in manners.values()
        if len(lines) >= _LEAST and len({title for some in lines.values() for title in some}) >= _LEAST
        for index in lines
    }


_STATED = {"posted", "link"}
"""What headings say of themselves that begin posts."""


def _is_post(sheet: Sheet, index: int, posted: Collection[int]) -> bool:
    """Tell whether a line is a paragraph of a post, whose markup says no more of it."""
    line = sheet.lines[index]
    return sheet.file[index] in posted and not (line.heading_level or line.is_told)


def dated(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give the dated lines that a site prints right above the numbered headings of its posts, at least three.

    They begin with the same word, hold some more beside the date, and most show whose they are by strokes or
    by furniture above them: "Publicerad 14 maj 2021 av siv | 3 kommentarer". A place and a day do not.
    """
    alike: dict[str, list[int]] = {}
    for index in sorted(sheet.holding(_CENTURIES).difference(taken)):
        if _is_dated(sheet, index, taken) and headings.is_labelled(sheet.texts[index + 1]):
            alike.setdefault(words_folded(sheet.texts[index]).partition(" ")[0], []).append(index)
    return {index: DATED for lines in alike.values() if _are_sites(sheet, lines, taken) for index in lines}


_CENTURIES = ("19", "20")
_WORD = re.compile(r"[^\W\d_]+")


def _is_dated(sheet: Sheet, index: int, taken: Collection[int]) -> bool:
    text, line = sheet.texts[index], sheet.lines[index]
    if len(text) > _LONGEST_TITLE or ends_full(text) or sheet.marked(index) or index + 1 >= len(sheet.texts):
        return False
    apart = line.blanks_above or sheet.first_of_file(index) or index - 1 in taken
    told = undated(text, "")
    return bool(apart) and told != text and len(_WORD.findall(told)) >= _LEAST


def _are_sites(sheet: Sheet, lines: Sequence[int], taken: Collection[int]) -> bool:
    shown = sum(index - 1 in taken or _POINTS.search(sheet.texts[index]) is not None for index in lines)
    return len(lines) >= _LEAST and shown * 2 > len(lines)


def numbered(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give the heads of a forum's posts: "#3", who wrote it, the day, in lines that touch; at least three.

    So authors may head chapters too: something else must name chapters by label and number. Where posts name
    their writers, those of others than the one who wrote most keep their heads, which tell them apart.
    """
    numbers = [i for i in sorted(sheet.holding("#")) if _NUMBER_OF_POST.fullmatch(sheet.texts[i])]
    free = [index for index in numbers if index not in taken and not sheet.marked(index)]
    heads = [head for index in free if (head := _head(sheet, index))]
    if len({sheet.texts[head[0]] for head in heads}) < _LEAST or len(heads) * 2 <= len(free):
        return {}
    apart = {index for head in heads for index in head}
    writers = Counter(sheet.texts[head[1]] for head in heads)
    most = writers.most_common(1)[0]
    own = [
        head for head in heads if most[1] < _TWICE or len(head) == _TWICE or sheet.texts[head[1]] == most[0]
    ]
    texts = (text for index, text in enumerate(sheet.texts) if index not in apart and headings.may_open(text))
    labelled = {text for text in texts if len(text) <= _LONGEST_TITLE and headings.is_labelled(text)}
    return {index: HEAD for head in own for index in head} if len(labelled) >= _TWICE else {}


_NUMBER_OF_POST = re.compile(r"#\d{1,4}")


def _head(sheet: Sheet, index: int) -> range | None:
    """Give the lines from the number of a post to its day; None where a line apart stands between."""
    for below in range(index + 1, min(index + 2 * _REACH, len(sheet.texts))):
        if sheet.lines[below].blanks_above or len(sheet.texts[below]) > _PROSE:
            return None
        if begins_dated(sheet.texts[below]):
            return range(index, below + 1)
    return None


class _Titles:
    """The lines that may be headings with label or number; each is read when it is asked for."""

    def __init__(self, sheet: Sheet, taken: Collection[int]) -> None:
        self._sheet = sheet
        self._taken = taken
        self._known: dict[str, set[str]] = {}
        self._read: dict[int, bool] = {}

    def hold(self, index: int) -> bool:
        """Tell whether a line may be such a heading."""
        if index not in self._read:
            self._read[index] = self._is_heading(index)
        return self._read[index]

    def _is_heading(self, index: int) -> bool:
        text = self._sheet.texts[index]
        if index in self._taken or len(text) > _LONGEST_TITLE or not headings.may_open(text):
            return False
        return not _POINTS.search(text) and headings.parse(text) is not None

    def have(self, words: str) -> bool:
        """Tell whether such a heading has these folded words."""
        # "Chapter 7" is like all other chapters but for its number: they are read once, together.
        likeness = _NUMBER_OR_GAP.sub("", words)
        if likeness not in self._known:
            like = filter(self.hold, self._sheet.alike(words))
            self._known[likeness] = {words_folded(self._sheet.texts[index]) for index in like}
        return words in self._known[likeness]

    def coming_back(self) -> dict[str, list[int]]:
        """Give those that may stand again, by their words."""
        found: dict[str, list[int]] = {}
        for index in filter(self.hold, self._sheet.coming_back(_TWICE, {})):
            found.setdefault(words_folded(self._sheet.texts[index]), []).append(index)
        return found


_TWICE = 2
_NUMBER_OR_GAP = re.compile(r"[\d #]+")


def _said(text: str, titles: _Titles) -> tuple[str, tuple[str, ...]] | None:
    """Give what a line says beside the titles of posts that it names, and these; None where it names none.

    A title may itself hold the sign that parts others from what stands before them.
    """
    parts = [part for part in _PARTS.split(text) if part]
    opens = [headings.may_open(part.lstrip(_MARKS)) for part in parts]
    if not any(opens):
        return None
    named: list[str] = []
    beside: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -1) if opens[at] else ()
        end = next((end for end in ends if titles.have(words_folded(" ".join(parts[at:end])))), 0)
        (named if end else beside).append(" ".join(parts[at : end or at + 1]))
        at = end or at + 1
    if not named:
        return None
    rest = " ".join(words_folded(part) for part in beside)
    led = bool(beside) or _POINTS.search(text) is not None
    if not led or len(rest.split()) > _MOST_BESIDE or any(map(str.isdigit, rest)):
        return None
    return rest, tuple(map(words_folded, named))


def listed(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give the titles of other posts that a site lists below a post.

    Each stands elsewhere too, above text of its own; here nothing but labels stands below it, up to the next
    title or far enough. Parts whose heading stands above each of their chapters are none, and what is printed
    twice is no list.
    """
    titles = _Titles(sheet, taken)
    found: dict[int, str] = {}
    named: set[str] = set()
    for title, lines in titles.coming_back().items():
        if (
            len(lines) < _TWICE
            or _holds_others(sheet.texts[lines[0]])
            or any(b - a == 1 for a, b in pairwise(lines))
        ):
            continue
        text = {line: _has_text(sheet, line, titles, taken) for line in lines}
        if list(text.values()).count(True) > 1:
            # The last of a list that touches what else the site prints; its own text follows a title once.
            text |= {line: False for line in lines if line and titles.hold(line - 1)}
        bare = [line for line in lines if text[line] is False and not sheet.marked(line)]
        if len(bare) == len(lines) - 1 and True in text.values():
            found |= dict.fromkeys(bare, LINK)
            named.add(title)
    return found if len(found) >= _LEAST and len(named) >= _LEAST else {}


def _has_text(sheet: Sheet, line: int, titles: _Titles, taken: Collection[int]) -> bool | None:
    """Tell whether text follows a title; None where short sentences do, of which nobody can say."""
    below = range(line + 1, min(line + 1 + 2 * _REACH, len(sheet.texts)))
    speech = 0
    for place, index in enumerate(index for index in below if index not in taken):
        text = sheet.texts[index]
        if titles.hold(index):
            return False
        if ends_full(text):
            return True if len(text) > _PROSE else False if place >= _LABELS and not speech else None
        speech += len(text) >= _SHORTEST_WRAPPED or ends_sentence(text)
        if speech == _WRAPPED:
            return True
    return None if speech > 1 else False


_WRAPPED = 3
"""Long lines, or clauses, that show that text stands there."""
_SHORTEST_WRAPPED = 40
_LABELS = 3
"""Labels that stand below the title of another post, with its date."""


def _holds_others(text: str) -> bool:
    heading = headings.parse(text)
    return heading is not None and heading.components[-1].kind in CONTAINERS


def numbered_again(sheet: Sheet, heads: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Give the labels right below headings that say the same number: a site's beside the author's.

    `heads` are the first line of each heading and the first line after it.
    """
    again: dict[int, str] = {}
    labelled = 0
    for first, body in heads:
        above = headings.parse(sheet.texts[first])
        if above is None or above.form is Form.NAMED or first in again:
            continue
        labelled += 1
        below = headings.parse(sheet.texts[body]) if body < len(sheet.texts) else None
        if below and not sheet.marked(body) and _says_again(above, below):
            again[body] = DOUBLED
    return again if len(again) >= _LEAST and len(again) * 5 >= labelled * 4 else {}


def _says_again(above: Heading, below: Heading) -> bool:
    one, other = above.components[-1], below.components[-1]
    bare = len(below.components) == 1 and not other.title and other.kind in (None, DivisionKind.CHAPTER)
    return bare and one.kind not in CONTAINERS and bool(one.numbers) and one.numbers == other.numbers


_AWAY = lazily(
    r"(?:you (?:may|might|could) also (?:like|enjoy)|(?:related|recommended) (?:posts|stories|articles)"
    r"|report this (?:story|chapter|post)|(?:older|newer|previous|next) (?:posts?|entries|pages?|stories))"
    rf"[\s.…:{_ARROWS}]*|[^\W\d_][\w’' -]{{1,40}}\w ?[»›→⟶>]+",
    re.IGNORECASE,
)
_LONGEST_AWAY = 60
_MOST_AWAY = 8


def closing(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give the lines at the very end of a file that lead away: "Older posts »", "You may also like …".

    With such a line goes what stands below it to the end, if these are titles as a site lists them.
    """
    found: dict[int, str] = {}
    for end in [*sheet.starts, len(sheet.texts)][1:]:
        tail: list[int] = []
        for index in range(end - 1, max(0, end - 1 - _MOST_AWAY), -1):
            text = sheet.texts[index]
            if (
                index in taken
                or sheet.headed(index)
                or len(text) > _LONGEST_AWAY
                or ends_full(text.rstrip("…"))
            ):
                break
            tail.append(index)
            if sheet.lines[index].blanks_above and _AWAY.fullmatch(text.lstrip(_ARROWS + " ")):
                found |= dict.fromkeys(tail, LINK)
    return found
