"""Words that are surely of another language, emphasized or spoken, so that they are read aloud in its voice.

A wrong voice is worse than the book's own. So a run of words is marked only where it holds words that are
among the commonest of one other language, where hardly any word of it is one of the book's own, and where no
third language comes near. Of what nothing emphasizes (a speech, a paragraph, a line of verse) more is asked.
"""

import html
import re
from collections import defaultdict
from collections.abc import Sequence, Set
from functools import cached_property
from itertools import islice

from publish.epub.documents import ContentFile
from publish.epub.languages import inferred
from publish.normalize.words import lexicon
from publish.normalize.words.language import UNDETERMINED, common_words, language_of
from publish.patterns import lazily

_STATED = r'<(?P<tag>span|i|em) (?:class="[^"]*" )?lang="[^"]*"[^>]*>[\s\S]*?</(?P=tag)>'
_RUN = re.compile(rf"{_STATED}|<em>(?P<run>[^<]{{3,400}})</em>")
_SAID = lazily(
    rf"{_STATED}|<(?P<own>head|em|pre)\b[\s\S]*?</(?P=own)>"
    r"|(?<=[“«„‘>—])(?P<said>[^<>“”«»„‘’]+(?:’(?=\w)[^<>“”«»„‘’]+)*)"
)
"""What stands between quotation marks and tags."""
_EMPHASIS = re.compile(r"<em>[\s\S]*?</em>")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_POINTS = ",.;:!?’"
_END = "</p>\n"
_LEAST_WORDS, _LEAST_SAID = 2, 3
_FEW = 4
"""Words up to which one of the commonest words of the language is enough."""
_USUAL = 20_000
"""A word is usual that is met once where the commonest of its language is met so many times."""
_KNOWN = 1_000
"""How often the list of a language has a word that is no accident there."""
_OWN_EMPHASIZED, _OWN_SAID = 3, 4
"""At most one word of so many may be the book's own."""


def with_languages_of_phrases(files: Sequence[ContentFile], language: str) -> tuple[ContentFile, ...]:
    """Give finished XHTML files with the languages of phrases; the book has `language`."""
    judge = _Judge([file.text for file in files], language)
    made = [judge.judged(at) for at in range(len(files))]
    # A list of words is slow to read and large: each is read once, for all that was asked, and not kept.
    judge.met = {tag: lexicon.met(words, tag) for tag, words in judge.asked.items()}
    for at in judge.unsure:
        made[at] = judge.judged(at)
    return tuple(ContentFile(file.name, text) for file, text in zip(files, made, strict=True))


class _Judge:
    """What tells the words of the book from those of others."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self.texts = texts
        self.home = language.lower().partition("-")[0]
        words = common_words()
        self.common = {name: some for name, some in words.items() if name != self.home}
        self.usual = words.get(self.home, frozenset())
        self.known = {word for some in self.common.values() for word in some}
        self.plain = set(self.usual - self.known)
        """Words of the book's language that no other has, as far as they were asked for."""
        foreign = self.known - self.usual if self.usual else set[str]()
        self.strange = [
            {at: some for at, part in enumerate(parts) if (some := foreign.intersection(part.split()))}
            for parts in (_bare(text).split(_END) for text in texts)
        ]
        """For each file its paragraphs that have words which other languages often have, with these."""
        found = set().union(*(some for parts in self.strange for some in parts.values()))
        self.telling = {word for word in found if not self.is_usual(word)}
        """Those that are not usual in the book's."""
        self.asked = defaultdict[str, set[str]](set)
        """Words of which the list of a language would tell whether a phrase is in it."""
        self.met: dict[str, dict[str, int]] = {}
        """What the lists tell."""
        self.at, self.here, self.unsure = 0, set[str](), dict[int, None]()
        """The file that is judged, the telling words of its paragraph, files of which lists may tell more."""

    def judged(self, at: int) -> str:
        """Give a file with the languages of its phrases, as far as they are known."""
        self.at, text = at, self.texts[at]
        if "<em>" in text:
            text = _RUN.sub(self._emphasized, text)
        paragraphs = text.split(_END)
        for place, words in self.strange[at].items():
            self.here = self.telling & words
            if self.here:
                paragraphs[place] = _SAID.sub(self._told, paragraphs[place])
        return _END.join(paragraphs)

    @cached_property
    def own(self) -> frozenset[str]:
        """The words that the book uses outside of emphasis, with small letters, those of the markup too."""
        # No word has a space in it, so that each piece between spaces need be read but once.
        pieces = set[str]()
        for text in self.texts:
            pieces.update(_EMPHASIS.sub(" ", text).split())
        return self.usual.union(filter(str.islower, _words(" ".join(pieces))))

    @cached_property
    def least(self) -> float:
        """How often a usual word of the book's language is met in the list of its words."""
        words = self.usual or lexicon.counts(self.home)
        return max((lexicon.count(word, self.home) for word in words), default=0) / _USUAL

    def is_usual(self, word: str) -> bool:
        """Tell a word that is usual in the book's language."""
        return word in self.usual or lexicon.count(word, self.home) > self.least

    def _emphasized(self, match: re.Match[str]) -> str:
        """Give an emphasized run with its language, if it is surely another one."""
        run = match["run"]
        language = self._of_emphasis(_words(html.unescape(run))) if run else ""
        return inferred("em", language, run) if language else match[0]

    def _of_emphasis(self, typed: Sequence[str]) -> str:
        """Give the language of emphasized words (BCP 47), empty where it may be the book's own."""
        words = [word.lower() for word in typed]
        strange = [word for word in words if word not in self.usual]
        # The lists of words are slow to read, and those of the book slow to gather.
        telling = [word for word in strange if word in self.known or not word.isascii()]
        if len(words) < _LEAST_WORDS or not telling:
            return ""
        # A row of words with capitals may be a name: "Los Angeles Times".
        few = len(words) <= _FEW and not all(word[0].isupper() for word in typed)
        least, share = 1 if few else 2, _OWN_EMPHASIZED
        strange = [word for word in strange if not self.is_usual(word)]
        if not self._other(words, {*strange}, least, share) or self.own.issuperset(telling):
            return ""
        return self._surely(words, {word for word in strange if word not in self.own}, least, share)

    def _told(self, match: re.Match[str]) -> str:
        """Give what is said with its language, if it is surely another one."""
        run = (match["said"] or "").strip()
        # One look at its bare words spares nearly every speech a second.
        strange = any(word in run for word in self.here) and not self.here.isdisjoint(_bare(run).split())
        language = self._of_speech(_words(html.unescape(run))) if strange else ""
        if not language:
            return match[0]
        return match[0].replace(run, inferred("span", language, run))

    def _of_speech(self, typed: Sequence[str]) -> str:
        """Give the language of words that nothing emphasizes, empty where it may be the book's own."""
        words = list(map(str.lower, typed))
        # Words that are known tell soonest that a speech is in the book's own language, as nearly all are.
        left = len(words) // _OWN_SAID - sum(map(self.plain.__contains__, words))
        # Names have such words too: "Leonardo da Vinci, Vasco de la Vega".
        if left < 0 or len(words) < _LEAST_SAID or sum(word[0].islower() for word in typed) * 2 < len(words):
            return ""
        # The list of words is slow to read: it is asked for no more than tell.
        others = (word for word in words if word not in self.plain and word not in self.known)
        own = list(islice(filter(self.is_usual, others), left + 1))
        self.plain.update(own)
        if len(own) > left:
            return ""
        return self._surely(words, {word for word in words if not self.is_usual(word)}, 2, _OWN_SAID)

    def _other(self, words: Sequence[str], told: Set[str], least: int, share: int) -> str:
        """Give the other language that words show, of which `told` are not usual, if it is not too few."""
        # Which language it is takes long to tell, and is asked where there may be one.
        owned = sum(1 for word in words if word not in told and word not in self.known)
        if len(self._unknown(told) | told & self.known) < least or owned * share > len(words):
            return ""
        found = language_of(" ".join(words), _LEAST_WORDS).language
        common = self.common.get(found, frozenset())
        owned = sum(1 for word in words if word not in told and word not in common)
        return "" if found in (UNDETERMINED, self.home) or owned * share > len(words) else found

    def _unknown(self, words: Set[str]) -> set[str]:
        return {word for word in words if not lexicon.count(word, self.home)}

    def _surely(self, words: Sequence[str], told: Set[str], least: int, share: int) -> str:
        """Give the other language of words that `least` of them tell, and at most one in `share` belies."""
        found = self._other(words, told, least, share)
        common = self.common.get(found, frozenset())
        least = max(least, 1 + max(len(told & some) for name, some in self.common.items() if name != found))
        hits, others = len(told & common), self._unknown(told) - common
        if found and hits < least <= hits + len(others):
            self.asked[found] |= others
            self.unsure[self.at] = None
            met = self.met.get(found, {})
            hits += sum(1 for word in others if met.get(word, 0) > _KNOWN)
        return found if hits >= least else ""


def _bare(text: str) -> str:
    for point in _POINTS:
        text = text.replace(point, " ")
    return text


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("'", "’"))
