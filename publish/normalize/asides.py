"""Markup that is no part of the book, and code, in which nothing is set.

Readers leave the first between two marks; it is taken out here, so that it stands in the log and the author
may refuse it. It is then printed as it was typed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from publish.draft import ASIDE, CODE, LANGUAGE_OFF, LANGUAGE_ON, language_mark
from publish.patterns import lazily
from publish.source import Edit, Run

LINK, COMMENT, TAG = "STR050", "STR051", "STR052"
_CRITIC = {
    "{--": ("DOC001", "Tracked changes delete it."),
    "{~~": ("DOC001", "Tracked changes delete it."),
    "{>>": ("DOC002", "It is a comment."),
}
"""Begins what CriticMarkup leaves out."""
_ASIDE = re.compile(f"{ASIDE}([^{ASIDE}]*){ASIDE}")
_ADDRESS = re.compile(r"\](?:\(|:)\s*<?([^\s<>]*[^\s<>)])")
_BLOCK = re.compile(r"(?<=\S) \^[A-Za-z0-9][A-Za-z0-9-]{2,39}\Z")
_CODE_ON = language_mark(CODE)
_CODE = re.compile(f"{_CODE_ON}[^{LANGUAGE_ON}{LANGUAGE_OFF}]*{LANGUAGE_OFF}")

_Pass = Callable[[str], Iterable[Edit]]


def may_stand_in(text: str) -> bool:
    """Tell whether a line of plain signs may hold what programs leave out."""
    return "{:" in text or " ^" in text


def edits(text: str, *, whole: bool = False) -> Iterator[Edit]:
    """Take out what stands between marks, and the signs of programs that no code holds.

    `whole` tells that a line is code, or was read before, and has none of these.
    """
    for match in _ASIDE.finditer(text) if ASIDE in text else ():
        inner = match[1]
        if inner.startswith(("<!--", "%%")):
            yield Edit(*match.span(), "", COMMENT)
        elif inner[:3] in _CRITIC:
            yield Edit(*match.span(), "", *_CRITIC[inner[:3]])
        elif inner.startswith(("<", "==", ":::", "]{", "~~", "{==", "{++", "++}")):
            yield Edit(*match.span(), "", TAG)
        else:
            address = _ADDRESS.search(inner)
            told = f"It leads to {address[1]}." if address else ""
            yield Edit(*match.span(), "", LINK, told)
    if not whole and " ^" in text and (name := _BLOCK.search(text)):
        yield Edit(*name.span(), "", TAG, "Obsidian calls the paragraph so.")
    if not whole and ("]" in text or "}" in text) and ASIDE not in text:
        for signs in outside_code(text, [_shortcodes]):
            yield from signs(text)


def _shortcodes(text: str) -> Iterator[Edit]:
    for match in _SHORTCODE.finditer(text):
        yield Edit(*match.span(), "", TAG, _ROUND_CAPTION if "caption" in match[0][:12] else "")


def unmarked(run: Run) -> Run:
    """Give a run without the marks round what is to stay in it."""
    return run.apply([Edit(*match.span(), "", "") for match in re.finditer(ASIDE, run.text)])


_SHORTCODE = lazily(
    r"\[(?:/(?:wp_)?caption|(?:wp_)?caption [a-z_-]{1,24}=[^\[\]\n]{0,500}"
    r"|[a-z][a-z0-9_-]{1,24}(?=[^\]\n]{0,500}\b(?:ids?|src|href|url|link|class|style|target|width|height|size"
    r"|columns|align)=)(?: [a-z_-]{1,24}=\"[^\"\]\n]{0,300}\"){1,20} ?/?)\]"
    r"|\{\{<[^{}\n]{1,300}>\}\}|\{\{%[^{}\n]{1,300}%\}\}|\{%[^{}\n]{1,300}%\}"
    r"|(?:\A[*+-] [^{}\n]{1,40}\s)?\{:toc[^{}\n]{0,40}\}|\{:(?: ?[.#]|[a-z-]+=)[^{}\n]{1,200}\}"
)
"""Signs of WordPress and of programs that make sites: they say an address or a look, or have odd signs.

So do those of kramdown: `{: .lead}`, and `{:toc}` below the entry of a list that stands for the contents.

The games of a story type `[quest name="The Rat" reward="12"]`.
"""
_ROUND_CAPTION = "WordPress has it round a picture and its caption, which stays."


def outside_code(text: str, passes: Sequence[_Pass]) -> Sequence[_Pass]:
    """Give the passes for a text: where it holds code they leave that alone."""
    if text.isascii() or _CODE_ON not in text:
        return passes
    return [_sparing(text_pass) for text_pass in passes]


def _sparing(text_pass: _Pass) -> _Pass:
    def spared(text: str) -> Iterator[Edit]:
        code = [match.span() for match in _CODE.finditer(text)]
        for edit in text_pass(text):
            if not any(start <= edit.start < end or start < edit.end <= end for start, end in code):
                yield edit

    return spared
