"""How the author writes quotation marks, dashes and dots: consistent habits stand above the language's own.

Typed as print has them, such signs are a choice; typed as a keyboard has them, they call for the signs that
the rest of the manuscript has, and failing those for the signs of the language.
"""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from publish.normalize.words import lexicon
from publish.normalize.words.language import UNDETERMINED
from publish.patterns import lazily

SPEECH_DASH = frozenset("fr es ca pt it ro pl cs sk hu ru uk be bg sr mk el tr sv da nb nn no fi".split())
"""Languages in which a dash at the beginning of a paragraph opens speech."""


class Style(Struct, frozen=True):
    """The quotation marks of a book: those of speech and those of a quotation inside it."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


def _style(outer: str, inner: str) -> Style:
    half, quarter = len(outer) // 2, len(inner) // 2
    return Style(outer[:half], outer[half:], inner[:quarter], inner[quarter:])


_ENGLISH = _style("“”", "‘’")
_BY_LANGUAGE = {
    "en es-419 es-mx es-us pt nl tr": _ENGLISH,
    "de cs sk sl is et lt": _style("„“", "‚‘"),
    "de-ch de-li fr-ch it-ch": _style("«»", "‹›"),
    "fr": _style("«\u202f\u202f»", "“”"),
    "es ca it pt-pt el": _style("«»", "“”"),
    "pl ro": _style("„”", "«»"),
    "hu": _style("„”", "»«"),
    "hr lv": _style("„”", "‚’"),
    "bg": _style("„“", "’’"),
    "da": _style("»«", "›‹"),
    "nb nn no": _style("«»", "‘’"),
    "sv fi": _style("””", "’’"),
    "ru uk be": _style("«»", "„“"),
    "sr": _style("„”", "’’"),
    "mk": _style("„“", "’‘"),
}
STYLES = {UNDETERMINED: _style('""', "''")} | {
    language: style for languages, style in _BY_LANGUAGE.items() for language in languages.split()
}
"""What each language opens and closes with where its author leaves it open.

Sources: Duden D 8 and D 11, Regelwerk § 89; Lexique des règles typographiques en usage à l'Imprimerie
nationale, "Guillemets"; Ortografía de la lengua española 2010, 3.4.8; Serianni, Grammatica italiana, I.224;
Wielki słownik ortograficzny PWN [98]; ČSN 01 6910; Retskrivningsordbogen § 58; Språkrådet (Norwegian);
Svenska skrivregler 2017, 16; Мильчин, Справочник издателя и автора, 3.
"""

_AUTHORS = (
    ("„“", _style("„“", "‚‘")),
    ("„”", _style("„”", "‚’")),
    ("“”", _ENGLISH),
    ("””", _style("””", "’’")),
    ("»«", _style("»«", "›‹")),
    ("»»", _style("»»", "’’")),
    ("«»", _style("«»", "‹›")),
    ("‘’", _style("‘’", "“”")),
)
"""The pairs that authors type, each with what goes inside it if the language does not say."""

_TYPED_PAIR = lazily(
    '(?P<open>[“„»«”])(?:(?<=[\\s(\\[—–―\\ufdd0-\\ufdd4-].)|(?<=^.))[ \xa0\u202f]?(?=[^\\s.,;:!?])[^“„»«”"]*?'
    "(?P<close>[“”»«])(?!\\w)"
)
_TYPED_SINGLE = lazily(r"‘(?:(?<=[\s(—–].)|(?<=^.))[^‘’“”\"]*(?:’\w[^‘’“”\"]*)*[.,;:!?…—]’(?!\w)")
_DASH = lazily(r"(?<=[^\s—–]) (?P<spaced>[–—]) (?=[^\s—–])|(?<=[^\s—–\d])(?P<closed>[–—])(?=[^\s—–\d])")
_DOTS = lazily(r"\.(?:[ \xa0\u202f]\.){2,}|\.{3,}|…")
_SIGNS_OF_DOTS = ("..", ". .", ".\xa0.", ".\u202f.", "…")
_LEADING = lazily(r"'(?<=[^\W\d_,;:.!?—] ')([^\W\d_]+)(?!['’]|[^'’\"]{0,60}[.,;:!?]['’])")
_TRAILING = re.compile(r"([^\W\d_]+)' (?=[^\W\d_])")


class Habits(Struct, frozen=True):
    """What the pass over a paragraph has to know of the whole manuscript."""

    language: str
    """BCP 47."""
    style: Style = _ENGLISH
    dash: str = ""
    """The dash the author types between words, with the spaces round it; empty: the language decides."""
    dots: str = "…"
    """What three dots become: "…", "..." or ". . ." with spaces that do not break."""
    headless: frozenset[str] = frozenset()
    """Words that the manuscript writes with an apostrophe for their lost beginning."""
    tailless: frozenset[str] = frozenset()
    """Words that the manuscript writes with an apostrophe for their lost end."""

    strewn: bool = False
    """No-break spaces stand anywhere between words, as web pages and some programs strew them."""

    def is_common(self, word: str) -> bool:
        """Tell whether a word list has a word as a usual one."""
        return lexicon.count(word, self.language) >= _USUAL

    def is_word(self, word: str) -> bool:
        """Tell whether a word needs no apostrophe to be one; unknown where the language has no word list."""
        return not lexicon.exists(self.language) or lexicon.is_word(word.lower(), self.language)


_USUAL = 2000
"""The count of a word list from which a word is a usual one."""


def of_language(language: str) -> Habits:
    """Give what a language asks for where the author shows no habit."""
    tag = language.replace("_", "-").lower()
    return Habits(language, STYLES.get(tag) or STYLES.get(tag.partition("-")[0], _ENGLISH))


_LEAST = 3
"""So many signs typed as print has them are a habit, if they agree."""
_AGREED = 0.8


def survey(texts: Iterable[str], language: str) -> Habits:
    """Find the habits of a manuscript from all its lines."""
    lines = list(texts)
    odd = [line for line in lines if not line.isascii()]
    own = of_language(language)
    typed = "\n".join(odd)
    whole = "\n".join(lines)
    headless, tailless = _clipped(lines, whole.count('"'), language)
    return Habits(
        language,
        _typed_style(odd, own.style) or own.style,
        _typed_dash(odd),
        _typed_dots(lines, whole, typed),
        headless,
        tailless,
        _strews(odd),
    )


_LONG_WORDS = lazily(r"\xa0(?:(?<=[^\W\d_]{3}\xa0)|(?<=[^\W\d_]{3}[,;:]\xa0))(?=[^\W\d_]{3})")
_STREWN = 0.2
"""Of no-break spaces that fall anywhere half stand between longer words, of those that tie hardly any."""


def _strews(odd: Iterable[str]) -> bool:
    """Tell whether no-break spaces stand where nothing is to be tied."""
    found = [line for line in odd if "\xa0" in line]
    if not found:
        return False
    between = sum(len(_LONG_WORDS.findall(line)) for line in found)
    return between >= max(_LEAST, _STREWN * sum(line.count("\xa0") for line in found))


def style_of(texts: Iterable[str], language: str) -> Style:
    """Find the quotation marks of a manuscript alone: those that its author types, else the language's."""
    own = of_language(language).style
    return _typed_style([text for text in texts if not text.isascii()], own) or own


def _agreed(found: Counter[str]) -> str:
    """Give what most of the signs are, if they are enough and agree."""
    total = sum(found.values())
    best, count = found.most_common(1)[0] if found else ("", 0)
    return best if count >= max(_LEAST, _AGREED * total) else ""


def _typed_style(lines: list[str], own: Style) -> Style | None:
    found: Counter[str] = Counter()
    closed = 0
    for line in lines:
        for match in _TYPED_PAIR.finditer(line) if any(map(line.__contains__, "“„»«”")) else ():
            found[match["open"] + match["close"]] += 1
            closed += line[match.end("open")] not in " \xa0\u202f"
        if "‘" in line:
            found["‘’"] += len(_TYPED_SINGLE.findall(line))
    pair = _agreed(+found)
    if pair == own.opening[0] + own.closing[-1]:
        spaced = len(own.opening) > 1
        return own if not spaced or closed * 2 < found[pair] else _style("«»", "“”")
    return dict(_AUTHORS).get(pair)


def _typed_dash(lines: list[str]) -> str:
    found: Counter[str] = Counter()
    for line in lines:
        for match in _DASH.finditer(line) if "—" in line or "–" in line else ():
            found[f" {match['spaced']} " if match["spaced"] else match["closed"]] += 1
    dash = _agreed(found)
    return dash if dash != "–" else ""


_QUOTES = lazily("[“”„«»]")


def _typed_dots(lines: list[str], whole: str, typed: str) -> str:
    """Tell how dots are to stand.

    They become an ellipsis, which cannot be torn. Not so where the author spaces them throughout; where most
    runs of the manuscript are longer, and an ellipsis beside them would be a second manner; and where other
    signs are typed as print has them throughout, so that the three points are a choice.
    """
    # One sign is found much sooner than several.
    signs = [sign for sign in _SIGNS_OF_DOTS if all(map(whole.__contains__, sign)) and sign in whole]
    dotted = {at for sign in signs for at, line in enumerate(lines) if sign in line}
    runs = Counter(run for at in sorted(dotted) for run in _DOTS.findall(lines[at]))
    total = sum(runs.values())
    kinds = Counter[str]()
    for run, count in runs.items():
        kinds["…" if run == "…" else "..." if run[1] == "." else ". . ."] += count
    if kinds["…"] or total < _LEAST:
        return "…"
    if kinds[". . ."] >= _AGREED * total:
        return ". . ."
    longer = sum(count for run, count in runs.items() if run.startswith(".....") or run == "....")
    printed = len(_QUOTES.findall(typed)) + typed.count("—")
    keyed = whole.count('"') + whole.count("--") + whole.count(" - ")
    chosen = total >= _MANY and printed >= _MANY and not keyed
    return "..." if kinds["..."] == total and (chosen or longer * 2 > total) else "…"


_MANY = 10
_VERY_COMMON = 100_000
"""The word list met "the" and "and" oftener than this: they begin quotations, and are not clipped."""


def _clipped(lines: list[str], double: int, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Find the words that the manuscript clips again and again; only where speech stands in double marks."""
    leading = Counter(word.lower() for line in lines if " '" in line for word in _LEADING.findall(line))
    trailing = Counter(word.lower() for line in lines if "' " in line for word in _TRAILING.findall(line))
    if double < _LEAST or double < sum(leading.values()):
        return frozenset(), frozenset()
    return (
        frozenset(word for word in _often(leading) if lexicon.count(word, language) < _VERY_COMMON),
        frozenset(word for word in _often(trailing) if not word.endswith("s")),
    )


def _often(words: Counter[str]) -> frozenset[str]:
    return frozenset(word for word, count in words.items() if count >= _LEAST)
