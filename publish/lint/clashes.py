"""The rule on little words that cannot stand side by side."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import compress, count, pairwise

from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule

_NEVER = """
a: about after again all am an any are at away before came did don’t eyes for has her here him himself his
  how i if into it its know looked make men my never of on only other our out over own see such than that
  the their them then these they this those though up upon us we when where which who with without you your
all: him
am: was
an: and at for had he her his in is my not of that the to was with
and: or than thing
are: it was
as: and or which
at: been they
be: have
because: and
began: of
but: and
could: had was
don’t: a of to
every: to
for: been
from: for he she with
had: are be could is man were will
has: was
have: be which
he: man she they time we you
her: him me them
his: an been have her him if it me my out some their them they up you your
i: day eyes he himself house how its life man men our she they those us way we where which
if: and had is was
in: am been down go know say see
into: he in of to
is: are be been have them was were would
it: man
its: a and i in of the to
my: an and are as at be been but by for from had have he her him his in is it me of on out that the them
  they this to was we were when which with would you
never: and
new: the
no: as at had her his in of
not: are were would
of: am away been don’t found get got heard know left make off own put same saw say see tell they through
  told we
one: him me
or: and
our: a and i in of that the to
quite: and
said: have him
she: me my this which
sir: the
some: his
the: about again against all alone along also am among an and another answered any are away be because been
  began believe between came cannot come could cried did do does done don’t each enough every for from gave
  give go got had has have hear her here herself him himself his if in indeed into is it its knew know let
  may me must my myself nothing of on or our out perhaps sat say says seemed shall should since sir some
  soon speak stood such take tell than that their them there these they think this those though through
  together took towards upon us was we went were who whom with without would you your
their: a and as had he his i in it of that the to was with you
they: he her
this: him me
though: and
to: am away done heard into off out same shall through way well
upon: i
very: and he his i in it of that the to was
was: am are be been do has have see were will
we: he i you
were: be have
which: him me
with: been out up we
without: of
would: had him was
your: as had he his in it of that the to was with you
"""
"""Words, each with those that hardly ever follow it in ten million words of prose; see `tests.clashes`."""
_MANNER = 3
"""A pair that a book has so often is the way somebody talks."""


@cache
def _clashes() -> frozenset[tuple[str, str]]:
    found = set()
    first = ""
    for word in _NEVER.split():
        if word.endswith(":"):
            first = word[:-1]
        else:
            found.add((first, word))
    return frozenset(found)


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
