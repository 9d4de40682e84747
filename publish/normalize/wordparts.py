"""Parts of words that tell whether a compound keeps its hyphen, by language."""

from __future__ import annotations

PREFIXES = frozenset(
    "mid self ex non anti all half semi well ill cross quasi post pre pro co multi ultra vice then so-called "
    "neo pan twenty thirty forty fifty sixty seventy eighty ninety "
    "step great grand fellow mother father sister brother o’er e’er ne’er o'er e'er ne'er".split()
)
"""First parts that keep their hyphen in English where nothing else decides."""

ALWAYS_HYPHENED = frozenset(
    (first, second)
    for first in ("par", "au", "ci", "là")
    for second in ("dessus", "dessous", "devant", "delà", "derrière")
) | {("quelques", "uns"), ("quelques", "unes"), ("ici", "bas"), ("là", "bas")}
"""French; what they would be without their hyphen is no word, or another one (pardessus, an overcoat)."""
CLOSED = frozenset(
    "be here hence there thence after any every fore grand no over out some there under up where with".split()
)
"""First parts that English writes together with what follows, where a dictionary has the whole."""
SECOND_PARTS = frozenset(
    "headed hearted eyed haired minded looking faced footed handed legged natured tempered coloured colored "
    "bodied blooded witted skinned sighted mannered spirited shaped sized like bred born made".split()
)
"""Second parts before which English keeps the hyphen, whatever stands before: punkin-headed."""
ENDS_ONLY = frozenset(
    "less lessly lessness ness nesses ment ments ful fully fulness hood ford ton ville penny".split()
)
"""Ends before which no hyphen stands."""
APART_FROM_WORDS = frozenset(("re", "over", "under"))
"""Beginnings that are written together with what dictionaries list so, and else keep their hyphen."""
ENDS_ABROAD = {"fr": frozenset(["ment"])}
CLITICS = {
    "fr": frozenset(
        "ce ci elle elles en il ils je la là le les leur lui moi nous on toi tu vous y même mêmes".split()
    ),
    "pt": frozenset("me te se lhe lhes nos vos lo la los las no na".split()),
    "ru": frozenset("то либо нибудь ка таки де за под".split()),
    "cs": frozenset(["li"]),
}
"""What follows its word behind a hyphen: pronouns, particles."""
STRESSED = {"fr": frozenset("elle elles il ils je lui moi nous toi tu vous même mêmes".split())}
"""Of those, the ones that no plain word ends with."""
HYPHENED = {
    "fr": frozenset(
        "demi mi semi ex non sous arrière avant contre grand grands peut vis au là quasi "
        "vingt trente quarante cinquante soixante quatre dix beau belle bien mal saint sainte".split()
    ),
    "pt": frozenset("ex vice bem mal recém guarda pré pós".split()),
    "ru": frozenset("кое по из во полу".split()),
    "de": frozenset(["nicht"]),
}
"""First parts that keep their hyphen in other languages where nothing else decides."""
CLOSED_CLITICS = {
    "es": frozenset("me te se lo la los las le les nos os".split()),
    "it": frozenset("mi ti si lo la li le gli ne ci vi".split()),
}
"""Pronouns that languages write together with the verb before them."""
OPEN_COMPOUNDS = frozenset(("fr", "es", "it", "pt"))
"""Languages whose compounds of two words mostly keep a hyphen; others close them."""
