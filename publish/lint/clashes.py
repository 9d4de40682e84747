"""The rule on little words that cannot stand side by side."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import compress, count, pairwise

from publish.lint.lists import rows
from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule

_MANNER = 3
"""A pair that a book has so often is the way somebody talks."""


@cache
def _clashes() -> frozenset[tuple[str, str]]:
    pairs = (row.partition(": ") for row in rows("clashes"))
    return frozenset((first, word) for first, _, words in pairs for word in words.split())


@text_rule(
    "PUN031",
    language="en",
    examples=(
        Example("He opened ⟦the his⟧ door."),
        Example("He sat ⟦the in⟧ corner, and ⟦the were⟧ late, ⟦and than⟧ he slept."),
    ),
    passes=("The A and the B. “His!” the man said. The way it was to the end, of which he knew.",),
)
def little_words_clash(reading: Reading) -> Iterator[Hit]:
    """Two little words stand side by side that no sentence has so.

    What is left where a phrase was changed (*the his door*), where a word is missing between them, or where
    one is mistyped (*the were late*). In verse, in dialect, and where a book has them again and again, it is
    a note or nothing.

    Fix: Delete one of them, or write what is missing.
    Source: Counted in novels; bookloupe, "query unusual word pairs".
    """
    clashes = _clashes()
    met = compress(count(), map(clashes.__contains__, pairwise(reading.small)))
    found = [at for at in met if _stands(reading, at)]
    times = Counter((reading.small[at], reading.small[at + 1]) for at in found)
    for at in found:
        if times[reading.small[at], reading.small[at + 1]] < _MANNER:
            start, end = reading.span(at)[0], reading.span(at + 1)[1]
            told = f"“{reading.text[start:end]}” can hardly stand so."
            yield Hit(start, end, told, severity=reading.unless_dialect(start))


def _stands(reading: Reading, at: int) -> bool:
    """Tell whether nothing but a space parts the two, and neither is cut short or a name."""
    first, second = reading.words[at], reading.words[at + 1]
    if first == "A" or not (second.islower() or second == "I"):
        return False
    (start, middle), (again, end) = reading.span(at), reading.span(at + 1)
    plain = reading.text[middle:again] == " " and reading.text[start - 1] not in "’'-"
    return plain and reading.text[end] not in "’'⸺" and reading.setting(start) is not Setting.VERSE
