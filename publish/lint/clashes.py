"""The rule on little words that cannot stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule

_NEVER = """
a: about after again all am an any are as at away before but by came could did don’t eyes for has have her
  here him himself his how i if into is it its know looked make may men might must my never no now of on
  only or other our out over own say see shall should some such than that the their them then these they
  this those though up upon us we were when where which who with without would you your
all: him
am: was
an: and at for had he her his in is it my not of that the to was with
and: or than thing world
any: a
are: it was
as: and be been but or which
at: are be been but had have of said they were would
be: have him
because: and
been: is it
began: of
but: and
by: be but had have of
could: had was
don’t: a of the to
every: to
few: the
for: are been said up
from: be but by for have he is she was with
got: and
great: i
had: are be could is man were will would
has: was
have: be he which
he: are him if into man she their them they time we which you
her: been him me them
his: an been but have he her him if into it me my no out she some their them there they this up we you your
i: all away back day down eyes face good great he him himself house how if into its life man men our she
  them they those two upon us way we where which
if: and as had is was
in: am are been can come did do down go has have into know made may own said say see should way went
into: he in of to
is: are be been had have them was were would
it: man
its: a and i in of the to
let: and
like: was
made: i
make: i
me: him
my: an and are as at be been but by for from had have he her him his i in is it me of on out she that the
  them they this to was we were when which with would you
never: and
new: the
no: a as at had her his in is not of was
not: are were would
of: am asked away be been began came can come did do don’t found get got have heard if into know left looked
  make may must off own put same saw say see seemed she should tell they though through told we well went
on: be have said
one: him me my
or: and
our: a and i in of that the to
own: of
quite: and
said: have him
shall: to
she: all her i it me my this which
sir: the
some: his it
tell: and
that: am
the: about again against all alone along also always am among an and another answered any anything are away
  be because been began believe between both came cannot come could cried did do does done don’t each enough
  every everything find for from gave give go got had has have he hear her here herself him himself his if
  in indeed into is it its knew know let may me must my myself nothing of on or our out own perhaps sat say
  says see seemed shall should since sir some soon speak stood such take tell than that their them there
  these they think this those though through together took towards upon us was we went were when whether who
  whom with without would you your
their: a and as had he his i in it of that the to was with you
they: as he her him i
this: him me
those: a
though: and
through: of
to: am asked away began came can could did done has heard into looked made may must off once out over said
  same seemed shall should though through way well went were
too: a i
upon: i of
very: a and he his i in it of that the to was
was: am are be been do has have if see were will
we: he her his i it you
were: be have
what: as not
which: him me
with: be been could have i if out said they up we were
without: of
would: had him me was
you: him them
your: and as had he his i in it of that the to was with you
"""
"""Words, each with those that never follow it in five million words of good prose; see `tests.clashes`."""
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
    "little-words-clash",
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
    found = [at for at, pair in enumerate(pairwise(reading.small)) if pair in clashes]
    found = [at for at in found if _stands(reading, at)]
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
