"""In which language a manuscript is written: its script, its letters and its commonest words say so."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from math import sqrt

from msgspec import Struct

from publish.normalize.words import lexicon
from publish.normalize.words.wordlists import sections
from publish.patterns import lazily

UNDETERMINED = "und"
"""What BCP 47 has for a language that nobody can tell."""
_OF_SCRIPT = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "HEBREW": "he", "ARABIC": "ar", "THAI": "th",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "CJK": "zh",
}  # fmt: skip
"""Languages told by their script alone, as far as books of any number are written in it."""
_SCRIPTS = (
    ("HIRAGANA", "\u3041-\u3096"), ("KATAKANA", "\u30a1-\u30fa"), ("HANGUL", "\uac00-\ud7a3"),
    ("HEBREW", "\u05d0-\u05ea"), ("ARABIC", "\u0620-\u064a"), ("THAI", "\u0e01-\u0e4e"),
    ("GEORGIAN", "\u10d0-\u10fa"), ("ARMENIAN", "\u0531-\u0587"), ("CJK", "\u4e00-\u9fff"),
)  # fmt: skip
_STRANGE = lazily("[\u0531-\u10fa\u3041-\ud7a3]")
"""Wide ranges take long to compile, and most texts have nothing of them."""

_WORD = lazily(r"[^\W\d_]+(?:[’'·-][^\W\d_]+)*")
_SAMPLE = 60_000
_LEAST_SHARE = 0.04
"""Of a long text hardly less are the commonest words of its language."""
_LONG = 50
"""Words from which on shares mean something."""
_LEAST = 0.7
"""A word that no other language has, or two that few have, or a word with letters of its own."""
_LEAD = 0.4
"""So much more than for the next language; less is chance in a short text."""
_FOREIGN = 0.7
"""What a letter speaks against a language that does not write it."""
_NAME = 0.25
"""What letters of words with a capital count for: they may be names from anywhere."""
_LATIN = "\u0370"
"""Below stand the letters of Latin script."""
_PLAIN_WORD = 0.12
"""What a word without odd letters speaks against languages that write few such."""
_FEW_PLAIN_WORDS = frozenset("pl cs sk hu vi is lt lv tr".split())
_LISTED = {"en": 2000, "ru": 1}
"""Languages whose word lists settle what else stays open, and what count there makes a word a usual one."""
_MOSTLY = 0.75
_SEVERAL = 3


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Give the commonest words of each language."""
    return {language: frozenset(some.split()) for language, some in sections("languages")["words"].items()}


class Guess(Struct, frozen=True):
    """The language of a text and why it is thought to be that."""

    language: str
    """BCP 47; `und` where the text does not tell."""
    how: str


def beginning(lines: Iterable[str]) -> str:
    """Give so much of a text, line by line, as `language_of` looks at."""
    some: list[str] = []
    length = 0
    for line in lines:
        some.append(line)
        length += len(line) + 1
        if length > _SAMPLE:
            break
    return "\n".join(some)


@lru_cache(maxsize=1)
def language_of(text: str, least: int = _SEVERAL) -> Guess:
    """Give the language that script, letters and the commonest words of a text show; of few words none."""
    sample = text[:_SAMPLE].replace("'", "’")
    if strange := _by_script(sample):
        return Guess(strange, "its script.")
    words = _WORD.findall(sample)
    if len(words) < least and sample.isascii():
        # "Hi" is a word of Welsh, too.
        return Guess(UNDETERMINED, "too few words tell it.")
    scores = _scores(Counter(words), sample)
    ranked = sorted(scores, key=lambda language: -scores[language])
    best, lead = ranked[0], scores[ranked[0]] - scores[ranked[1]]
    share = _share([word.lower() for word in words], common_words()[best])
    if share > _LEAST_SHARE if len(words) >= _LONG else scores[best] >= _LEAST and lead >= _LEAD:
        part = f" make up {share:.0%} of the text" if len(words) >= _LONG else " say so"
        shown = f"its commonest words{part}." if share else "its letters."
        return Guess(best, shown)
    for language, usual in _LISTED.items():
        if _is_listed({word.lower() for word in words}, language, usual):
            return Guess(language, "a list of its words has nearly all of the text’s.")
    return Guess(UNDETERMINED, "too little of the text tells it.")


def _by_script(sample: str) -> str:
    plain = all(sign < "\u0531" or "\u10fa" < sign < "\u3041" or sign > "\ud7a3" for sign in {*sample})
    strange = () if plain else _STRANGE.findall(sample)
    if not strange or len(strange) * 3 < len(re.findall(r"[^\W\d_]", sample)):
        return ""
    found = Counter({name: len(re.findall(f"[{letters}]", sample)) for name, letters in _SCRIPTS})
    if found["HIRAGANA"] + found["KATAKANA"] > found["HANGUL"]:
        return "ja"
    return _OF_SCRIPT[found.most_common(1)[0][0]]


def _share(words: list[str], some: Iterable[str]) -> float:
    known = set(some)
    return sum(word in known for word in words) / len(words) if words else 0.0


def _is_listed(words: set[str], language: str, usual: int) -> bool:
    own = {word for word in words if word.isascii() == (language == "en")}
    asked = own if len(own) >= _SEVERAL else ()
    known = sum(lexicon.count(word, language) >= usual for word in asked)
    return known >= max(_SEVERAL, _MOSTLY * len(own)) and len(own) * 2 > len(words)


@cache
def _weights() -> dict[str, tuple[dict[str, float], dict[str, float]]]:
    """Give what words, and letters, speak for each language: less where other languages have them too."""
    words = common_words()
    letters = {language: set(some) for language, some in sections("languages")["letters"].items()}
    words_shared = Counter(word for some in words.values() for word in some)
    letters_shared = Counter(letter for some in letters.values() for letter in some)
    return {
        language: (
            {word: 1 / sqrt(words_shared[word]) for word in words[language]},
            # English borrows letters and has none of its own.
            {c: (language != "en") / sqrt(letters_shared[c]) for c in letters[language]},
        )
        for language in words
    }


def _scores(words: Counter[str], sample: str) -> dict[str, float]:
    odd = {word: [c for c in word.lower() if c > "\x7f" and c not in "’·"] for word in words}
    signs = [sign for sign in "¿¡·" if sign in sample]
    listed = frozenset[str]().union(*common_words().values())
    telling = [(word, count) for word, count in words.items() if odd[word] or word.lower() in listed]
    found = {}
    for language, (known, alphabet) in _weights().items():
        score = sum(alphabet.get(sign, 0.0) for sign in signs)
        for word, count in telling:
            score += count * _word_score(word, odd[word], known, alphabet)
        if language in _FEW_PLAIN_WORDS:
            score -= _PLAIN_WORD * sum(count for word, count in words.items() if not odd[word])
        found[language] = score
    return found


def _word_score(word: str, odd: list[str], known: dict[str, float], alphabet: dict[str, float]) -> float:
    weight = known.get(word.lower(), 0.0)
    if not odd or (weight and odd[0] < _LATIN):
        return weight
    letters = [alphabet.get(letter, -_FOREIGN) for letter in odd]
    if odd[0] > _LATIN:
        return max(weight, *letters) if min(letters) > 0 else -1.0
    return max(-1.0, min(1.0, sum(letters))) * (_NAME if word[0].isupper() else 1.0)
