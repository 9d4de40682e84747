"""Parts of words that tell whether a compound keeps its hyphen, by language, from `words/compounds.txt`."""

from publish.normalize.words.wordlists import sections

_ENGLISH = sections("compounds")["english"]
PREFIXES, CLOSED, SECOND_PARTS, ENDS_ONLY, APART_FROM_WORDS = (
    frozenset(_ENGLISH[row].split())
    for row in ("prefixes", "closed", "second_parts", "ends_only", "apart_from_words")
)
"""First parts that keep their hyphen where nothing else decides, and that are written together with what
follows where a dictionary has the whole; second parts before which the hyphen always stays (punkin-headed),
and before which none stands; beginnings that are written together with what dictionaries
list so, and else keep their hyphen."""
ENDS_ABROAD, CLITICS, STRESSED, HYPHENED, CLOSED_CLITICS, PAIRED, CLOSED_ADJECTIVES = (
    {language: frozenset(row.split()) for language, row in sections("compounds")[section].items()}
    for section in (
        "ends_abroad",
        "clitics",
        "stressed",
        "hyphened",
        "closed_clitics",
        "paired",
        "closed_adjectives",
    )
)
"""The same in other languages: ends before which no hyphen stands; what follows its word behind a hyphen, and
of that what no plain word ends with; first parts that keep theirs; pronouns that are written together with
the verb before them; beginnings of words that keep a hyphen between each other; adjectives that do not."""
ALWAYS_HYPHENED = frozenset(
    (first, second)
    for first in ("par", "au", "ci", "là")
    for second in ("dessus", "dessous", "devant", "delà", "derrière")
) | {("quelques", "uns"), ("quelques", "unes"), ("ici", "bas"), ("là", "bas"), ("du", "te")}
"""French, and Romanian; without their hyphen they are no word, or another one (pardessus, an overcoat)."""
OPEN_COMPOUNDS = frozenset(("fr", "es", "it", "pt"))
"""Languages whose compounds of two words mostly keep a hyphen; others close them."""
