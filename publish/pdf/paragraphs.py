"""What a compositor does to paragraphs by hand and WeasyPrint has no property for."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from html import unescape

from publish import xhtml
from publish.document import Block, Paragraph, Text

_MARKS_BEFORE = re.compile(r"[\s“”‘’\"'«»„‚‹›¡¿\[—–…]*")
_WORD = r"[^\W\d_](?:[\w’'-]*\w)?"
_CLAUSE = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}(?=[,;:.!?—–…])")
_WORDS = re.compile(rf"{_WORD}(?: {_WORD}){{2,3}}(?= )")
_LONG_LEAD = 20
_LEANING = 2
_TAG = re.compile("<[^>]*>")
_LEFT_OVER = 40
"""Characters of the paragraph that must follow a lead-in for it to look like one."""


def lead_in(text: str) -> tuple[str, str]:
    """Give the marks before the first words of a chapter and the words to set in small capitals.

    The words are the first clause where it has two to five words, else the first four, or three where four
    are long. Both are empty where the text is short, odd, all in capitals or in a script that has none.
    """
    before = _MARKS_BEFORE.match(text)
    start = before.end() if before else 0
    match = _CLAUSE.match(text, start) or _WORDS.match(text, start)
    if match is None or len(text) - match.end() < _LEFT_OVER:
        return "", ""
    words = match[0]
    while text[start + len(words)] == " " and _is_too_much(words):
        words = words.rpartition(" ")[0]
    if not any(c.islower() for c in words) or sum(c.isupper() for c in words) > len(words) / 2:
        return "", ""
    return text[:start], words


def _is_too_much(words: str) -> bool:
    """Tell whether the last word should go: one that leans on the next ("a", "of"), or a fourth one."""
    before, _, last = words.rpartition(" ")
    return " " in before and (len(last) <= _LEANING or (len(words) > _LONG_LEAD and before.count(" ") > 1))


def opening(blocks: Sequence[Block]) -> str:
    """Give the blocks of a division, the first words of an opening paragraph in small capitals."""
    html = _with_whole_ends(xhtml.blocks(blocks, heading_level=2))
    # A dash, and the number of a note, begin no line: a dash may only end one.
    html = _CALL.sub("\u2060", _DASH.sub("\u2060", html))
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not first.children or not isinstance(first.children[0], Text):
        return html
    before, words = lead_in(first.children[0].run.text)
    plain = f'<p class="first">{xhtml.escape(before)}{xhtml.escape(words)}'
    if not words or not html.startswith(plain):
        return html
    led = f'<p class="first">{xhtml.escape(before)}<span class="lead-in">{xhtml.escape(words)}</span>'
    return led + html.removeprefix(plain)


_LAST_WORD = re.compile(r"([^<>]) ([^<>\s]+)(?=</p>)")
_UNBROKEN = 6
"""Letters from which on a word may be hyphenated; a shorter one must not stand alone on a line either."""


def _with_whole_ends(html: str) -> str:
    """Keep the last line of a paragraph from being a scrap: a short word, or the tail of a divided one.

    The space stands in the word's span: where all but the space before a span fits into a line, WeasyPrint
    ends the line after its first word.
    """

    def kept(match: re.Match[str]) -> str:
        if sum(character.isalnum() for character in match[2]) < _UNBROKEN:
            return f"{match[1]}\u00a0{match[2]}"
        return f'{match[1]}<span class="whole"> {match[2]}</span>'

    return _LAST_WORD.sub(kept, html)


_LAST_WORDS = 20
"""Characters of a title's last two words that need not be kept together: they fill a line well enough."""
_TITLE = re.compile(r'(<span class="title)("[^>]*>)([^<]*)(?=</span>)')
_LONG_TITLE = 40
"""Characters of a title up to which it stands on one line at full size."""


def whole_end(title: str) -> str:
    """Keep the last word of a long title from standing alone on a line."""
    before, space, last = title.rpartition(" ")
    words = before.split(" ")
    if len(words) < 3 or len(words[-1]) + len(last) >= _LAST_WORDS:  # noqa: PLR2004
        return title
    return f"{before}\u00a0{last}" if space else title


def in_capitals(title: str) -> bool:
    """Tell whether a title was typed in capitals, which a book sets as small ones."""
    return title.isupper() and sum(map(str.isalpha, title)) > 1


def with_whole_titles(html: str) -> str:
    """Let no title of a heading leave one word to its last line; mark those of several lines, or capitals."""

    def kept(match: re.Match[str]) -> str:
        start, rest, title = match.groups()
        names = " long" * (len(title) > _LONG_TITLE) + " capitals" * in_capitals(title)
        return f"{start}{names}{rest}{whole_end(title)}"

    return _TITLE.sub(kept, html)


_LONG = re.compile(r'<span class="title long[^>]*>([^<]*)(?=</span>)')
_EASE = 1.08
"""By how much wider than reckoned a title may come out and yet have the lines that were reckoned."""


def with_even_titles(html: str, most: float) -> str:
    """Let the lines of a long title be of like length; `most` is how many of its characters fill a line."""
    return with_even_lines(html, ((title, most) for title in _LONG.findall(html)))


def with_even_lines(html: str, titles: Iterable[tuple[str, float]]) -> str:
    """Let the lines of titles be of like length, each given with how many of its characters fill one."""
    for title, most in titles:
        share = 100 * _EASE * _least(unescape(title).split(" "), most) / most
        end = f">{title}</"
        html = html.replace(end, f' style="max-width:{share:.0f}%"{end}', 1)
    return html


def _least(words: Sequence[str], most: float) -> int:
    """Give the least length of line in which words take no more lines than in the longest."""
    lines = _lines(words, most)
    return next((wide for wide in range(1, int(most)) if _lines(words, wide) == lines), int(most))


def _lines(words: Sequence[str], wide: float) -> int:
    lines, left = 1, wide
    for word in words:
        if len(word) > wide:
            return 0
        if len(word) > left:
            lines, left = lines + 1, wide
        left -= len(word) + 1
    return lines


_CODE = re.compile(r'(<pre class="code")(><code>)([^<]*(?:<(?!/code>)[^<]*)*)(?=</code></pre>)')
_MONO, _USUAL, _LEAST = 0.6, 0.8, 0.64
"""Width of a letter of code in its size; its usual and its least size in that of a text that is not large."""
_INSET = 3.5
"""Space beside code, in sizes of the text."""


def with_fitted_code(html: str, wide: float, *, large: bool) -> str:
    """Set code with lines too long for it across the column, so many sizes of the text wide, and smaller.

    A line that is still too long is turned over between words, further in than it begins. In `large` print
    code is as large as the text.
    """
    usual, least = (1.0, 1.0) if large else (_USUAL, _LEAST)

    def fitted(match: re.Match[str]) -> str:
        lines = [unescape(_TAG.sub("", line)) for line in match[3].split("\n")]
        longest = _MONO * max(map(len, lines))
        if longest * usual <= wide - _INSET:
            return match[0]
        size = min(usual, max(least, wide / longest))
        most = int(wide / (_MONO * size))
        text = match[3] if "<" in match[3] else "\n".join(_turned(line, most) for line in lines)
        return f'{match[1]} style="font-size:{size:.3f}rem;margin-left:0;margin-right:0"{match[2]}{text}'

    return _CODE.sub(fitted, html) if "<pre" in html else html


def _turned(line: str, most: int) -> str:
    further = " " * min(len(line) - len(line.lstrip()) + 4, most // 2)
    parts = textwrap.wrap(
        line,
        most,
        subsequent_indent=further,
        expand_tabs=False,
        replace_whitespace=False,
        break_on_hyphens=False,
    )
    return xhtml.escape("\n".join(parts) if len(line) > most else line)


_DASH = re.compile(r"(?<=[^\s<>“‘(\[])(?=—)")


_CALL = re.compile(r'(?<=[^\s>])(?=<span class="note)')


_UNBREAKABLE = re.compile("(<[^>]*>)|([^\\s<>&;/—–…\u2010-\u2014\u200b\u2e80-\U0010ffff-]{60,})")
_STEP = 24


def with_breakable_words(html: str) -> str:
    """Let a run of sixty signs and more without any space break anywhere, so that it stays on the page.

    WeasyPrint's own way (`overflow-wrap`) takes minutes for a run of fifty thousand. Scripts that need no
    spaces are left alone.
    """

    def broken(match: re.Match[str]) -> str:
        word = match[2] or ""
        return match[1] or "\u200b".join(word[at : at + _STEP] for at in range(0, len(word), _STEP))

    return _UNBREAKABLE.sub(broken, html)


_NOTE = re.compile(r'(<span class="note[^>]*)>([^<]*(?:<(?!/?span)[^<]*)*)(?=</span>)')


def with_whole_notes(html: str, most: int) -> str:
    """Let notes of more characters stand in the text: WeasyPrint parts none, and loses what has no room."""

    def kept(match: re.Match[str]) -> str:
        long = len(match[2]) > most
        return (
            f'{match[1]} style="float:none;display:block;margin:1rlh 1.75rem">{match[2]}'
            if long
            else match[0]
        )

    return _NOTE.sub(kept, html) if 'class="note' in html else html
