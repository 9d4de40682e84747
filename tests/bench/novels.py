"""Raw text of any length as the archives have it: parts, chapters, wrapped lines, dialogue, straight marks.

Where PUBLISH_SHARED has raw novels their paragraphs are dealt out, else paragraphs are made of random words;
the same text in every run. Four million characters use them up. Then they are dealt out again, shuffled and
broken at another width: no book has all its lines twice, and what comes back is looked at closely.
"""

import random
import re
import textwrap
from functools import cache
from html import escape

from publish.normalize.words.numerals import number_words, to_roman
from tests.corpus import CORPUS

CHAPTER = 9_000
"""Characters; those of War and Peace have as many."""
CHAPTERS = 22
"""In each of its books."""
_WIDTH = 72
_START = re.compile(r"\*\*\* ?START[^\n]*")
_END = re.compile(r"\*\*\* ?END|^End of (?:the )?Project", re.MULTILINE)
_HEADING = re.compile(
    r"\s*(?:chapter|book|part|volume|section|\[|letter \d|\d+$|[ivxl]+\b)|.*gutenberg|\W*the end",
    re.IGNORECASE,
)
_FIRST = 300
"""What is longer than this is the first paragraph of a novel, and no title page."""
VOCABULARY = """
    the a of and to in was that he she they it with as his her on at had for but not from were by said one all
    out up there what when so would could lantern harbour morning letter window winter station captain garden
    silence remembered answered carefully extraordinary understanding photograph neighbour kitchen river
"""


def raw(size: int) -> str:
    """Give a raw novel of some `size` characters."""
    paragraphs, dice = list(_paragraphs()), random.Random(size)
    parts, at, length, chapter = ["THE WAR AND THE WINTER\n\nBy Ada Marsh\n"], 0, 0, 0
    width = _WIDTH
    while length < size:
        if chapter % CHAPTERS == 0:
            book = chapter // CHAPTERS + 1
            parts.append(f"\n\n\nBOOK {number_words(book).upper()}: {1804 + book}\n\n")
        parts.append(f"\n\nCHAPTER {to_roman(chapter % CHAPTERS + 1)}\n")
        chapter += 1
        end = length + CHAPTER
        while length < end:
            if at == len(paragraphs):
                width -= 1
                paragraphs = [textwrap.fill(" ".join(some.split()), width) for some in paragraphs]
                dice.shuffle(paragraphs)
                at = 0
            parts.append(paragraphs[at] + "\n")
            length += len(paragraphs[at]) + 2
            at += 1
    return "\n".join(parts)


def clean(text: str) -> str:
    """Give a raw novel as HTML, in which nothing is left to be found out: headings and paragraphs."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
    rows = [
        f"<h1>{escape(block)}</h1>"
        if _HEADING.match(block) and len(block) < _FIRST
        else f"<p>{escape(block)}</p>"
        for block in blocks
        if block
    ]
    return (
        "<html><head><title>The War and the Winter</title></head><body>" + "\n".join(rows) + "</body></html>"
    )


def origin() -> str:
    """Say what the text is made of."""
    return "paragraphs of raw novels" if _raw_novels() else "paragraphs of random words"


@cache
def _paragraphs() -> tuple[str, ...]:
    return tuple(_raw_novels() or _made_up())


@cache
def _raw_novels() -> tuple[str, ...]:
    found: list[str] = []
    for path in sorted((CORPUS / "inputs" / "raw").glob("*[a-z].txt")):
        # One version of each novel, and those in English, so that the whole is like one book.
        if "." not in path.stem and not path.stem.endswith("-fr"):
            found += _body(path.read_text("utf-8-sig"))
    return tuple(found)


def _body(text: str) -> list[str]:
    start, end = _START.search(text), _END.search(text)
    text = text[start.end() if start else 0 : end.start() if end else len(text)]
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if re.search("[a-z]{3}", part)]
    prose = [part for part in paragraphs if not _HEADING.match(part)]
    first = next(at for at, part in enumerate(prose) if len(part) > _FIRST)
    return prose[first:]


def _made_up() -> list[str]:
    dice = random.Random(1)
    return [textwrap.fill(paragraph(dice), _WIDTH) for _ in range(6_000)]


def paragraph(dice: random.Random) -> str:
    """Give some sentences, one in three of them speech in straight marks."""
    return " ".join(sentence(dice) for _ in range(dice.randint(1, 9)))


def sentence(dice: random.Random) -> str:
    """Give one sentence."""
    words = dice.choices(VOCABULARY.split(), k=dice.randint(6, 18))
    at = dice.randrange(len(words))
    words[at] = dice.choice((words[at], words[at], f"_{words[at]}_", f"{words[at]}--", f"{words[at]},"))
    text = " ".join(words).capitalize() + "."
    return f'"{text}"' if dice.random() < 1 / 3 else text
