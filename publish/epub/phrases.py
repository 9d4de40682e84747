"""Emphasized words that are surely of another language, so that they are read aloud in its voice.

A wrong voice is worse than the book's own. So a run of two words and more is marked only where it holds words
that are among the commonest of one other language, where hardly any word of it is one of the book's own, and
where no third language comes near.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cached_property

from publish.epub.documents import ContentFile
from publish.normalize import lexicon
from publish.normalize.language import UNDETERMINED, common_words, language_of

_STATED = r'<(?P<tag>span|i|em) (?:class="[^"]*" )?lang="[^"]*"[^>]*>[\s\S]*?</(?P=tag)>'
_RUN = re.compile(rf"{_STATED}|<em>(?P<run>[^<]{{3,400}})</em>")
_EMPHASIS = re.compile(r"<em>[\s\S]*?</em>")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_LEAST_WORDS = 2
_FEW = 4
"""Words up to which one of the commonest words of the language is enough."""
_USUAL = 20_000
"""A word is usual that is met once where the commonest of its language is met so many times."""
_KNOWN = 1_000
"""How often the list of a language has a word that is no accident there."""
_OWN_SHARE = 3
"""At most one word of so many may be the book's own."""


def with_languages_of_phrases(files: Sequence[ContentFile], language: str) -> tuple[ContentFile, ...]:
    """Give finished XHTML files with the language of emphasized phrases; the book has `language`."""
    if not any("<em>" in file.text for file in files):
        return tuple(files)
    told = _Judge([file.text for file in files], language).told
    return tuple(ContentFile(file.name, _RUN.sub(told, file.text)) for file in files)


class _Judge:
    """What tells the words of the book from those of others."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self.texts = texts
        self.home = language.lower().partition("-")[0]
        self.common = {name: words for name, words in common_words().items() if name != self.home}
        self.known = {word for words in self.common.values() for word in words}

    @cached_property
    def own(self) -> frozenset[str]:
        """The words that the book uses outside of emphasis, with small letters, those of the markup too."""
        bare = " ".join(_EMPHASIS.sub(" ", text) for text in self.texts)
        # No word has a space in it, so that each piece between spaces need be read but once.
        used = {word for word in set(_words(" ".join({*bare.split()}))) if word.islower()}
        return common_words().get(self.home, frozenset()) | used

    @cached_property
    def least(self) -> float:
        """How often a usual word of the book's language is met in the list of its words."""
        words = common_words().get(self.home) or lexicon.counts(self.home)
        return max((lexicon.count(word, self.home) for word in words), default=0) / _USUAL

    def is_own(self, word: str) -> bool:
        """Tell a word that the book uses elsewhere, or that is usual in its language."""
        return word in self.own or lexicon.count(word, self.home) > self.least

    def is_of(self, word: str, language: str) -> bool:
        """Tell a word that is usual in another language, and that the book's own does not have at all."""
        return not lexicon.count(word, self.home) and lexicon.count(word, language) > _KNOWN

    def told(self, match: re.Match[str]) -> str:
        """Give an emphasized run with its language, if it is surely another one."""
        run = match["run"]
        language = self.language(html.unescape(run)) if run else ""
        if not language:
            return match[0]
        return f'<em lang="{language}" xml:lang="{language}">{run}</em>'

    def language(self, run: str) -> str:
        """Give the language of a run (BCP 47), empty where it may be the book's own."""
        typed = _words(run)
        words = [word.lower() for word in typed]
        if len(words) < _LEAST_WORDS:
            return ""
        # The list of words is slow to read, so that the book's own words are asked first.
        telling = self.known | {word for word in words if not word.isascii()}
        if not any(word in telling and word not in self.own for word in words):
            return ""
        strange = [word for word in words if not self.is_own(word)]
        found = language_of(run).language
        hits = sum(1 for word in strange if word in self.common.get(found, ()) or self.is_of(word, found))
        shared = sum(1 for word in words if word not in strange and word in self.common.get(found, ()))
        owned = len(words) - len(strange) - shared
        # A row of words with capitals may be a name: "Los Angeles Times".
        few = len(words) <= _FEW and not all(word[0].isupper() for word in typed)
        sure = hits >= (1 if few else 2) and owned * _OWN_SHARE <= len(words)
        return found if sure and found not in (self.home, UNDETERMINED) else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("'", "’"))
