"""Which little words never stand side by side: counted in good prose, for `publish/lint/lists/clashes.txt`.

`python -m tests.clashes FILE …` reads novels as plain text, paragraphs parted by blank lines, and prints the
table. A pair is in it where it stands in none of them, though both words are so common that it would stand
there `EXPECTED` times if words fell as they liked. Ten million words are enough that most of what is left
has a reason in grammar; what may meet where one clause ends within another is left out all the same.
"""

import re
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

EXPECTED = 100
COMMON = 1500
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a text by twos, in small letters, where only a space parts them."""
    for first, second in pairwise(_WORD.finditer(text)):
        if text[first.end() : second.start()] == " " and (second[0].islower() or second[0] == "I"):
            yield first[0].lower(), second[0].lower()


def _is_made_of_verb(first: str, second: str) -> bool:
    """Tell whether the second may be said of a thing as well, though rarely: *the made bed*."""
    return first == "the" and second in _PARTICIPLES


_PARTICIPLES = frozenset("asked brought called found get heard looked made passed put set taken told".split())


_AT_END = frozenset("in of to at with for by on upon from through about".split())
_GOES_ON = frozenset(
    "are is was were had have has must can could would should may might did does do seemed looked came "
    "come began said asked went if but though and as when which be".split()
)
_TURNED = frozenset("i he she we they you".split())
_AFTER_TURN = frozenset("into upon if as back away down him them two face all well good great".split())


def _ends_clause(first: str, second: str) -> bool:
    """Tell whether a clause may end between them: *all he asked for was*, *what care I if*."""
    return (first in _AT_END and second in _GOES_ON) or (first in _TURNED and second in _AFTER_TURN)


def table(texts: Iterable[str]) -> Mapping[str, list[str]]:
    """Give the words that never follow each word, though both are common."""
    words, met = Counter[str](), Counter[tuple[str, str]]()
    for text in texts:
        words.update(word.lower() for word in _WORD.findall(text) if word.islower() or word == "I")
        met.update(_pairs(text))
    total = met.total()
    common = [word for word, _ in words.most_common(COMMON)]
    never = defaultdict(list)
    for first in common:
        for second in common:
            if words[first] * words[second] < EXPECTED * total:
                break
            left_out = first == second or _is_made_of_verb(first, second) or _ends_clause(first, second)
            if (first, second) not in met and not left_out:
                never[first].append(second)
    return never


def main(paths: Iterable[str]) -> None:
    """Print the table as the module has it."""
    for first, seconds in sorted(table(Path(path).read_text("utf-8") for path in paths).items()):
        print(textwrap.fill(f"{first}: {' '.join(sorted(seconds))}", 108, subsequent_indent="  "))


if __name__ == "__main__":
    main(sys.argv[1:])
