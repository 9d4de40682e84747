"""The lines of the whole manuscript, files one after the other, on which structure is found."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.config import FURNITURE, HEADING, KINDS
from publish.draft import ASIDE, Draft, Fence, Line
from publish.normalize import asides, softends
from publish.normalize.characters import repair
from publish.normalize.ledger import Ledger
from publish.normalize.lines.headings import is_decoration, may_open
from publish.normalize.lines.labels import may_open_with
from publish.normalize.words.numerals import fold
from publish.readers import figures
from publish.source import Span

_LEAST_HEADINGS = 2
FILE_GAP = 4
"""Blank lines that the beginning of a further file counts as."""


class Sheet(Struct, frozen=True, dict=True):
    """All lines that hold text, repaired, in the order of the files."""

    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    """The text of each line, for matching."""
    file: tuple[int, ...]
    """Index of the draft each line comes from."""
    drafts: tuple[Draft, ...]
    decided: dict[int, str] = {}
    """What book.toml says that a line is; see `config.Decision`."""
    formatted: dict[int, Line] = {}
    """Lines that stand here without their formatting, as they were, see `displayed`."""
    labelled: int = 0
    """How many of them name kind and number of a division."""

    @cached_property
    def letters(self) -> list[str]:
        """The letters of the folded words of each line."""
        return _letters_of_all(self.texts)

    @cached_property
    def _alike(self) -> dict[int, list[int]]:
        """Give the lines by a hash of the letters of their words."""
        found: dict[int, list[int]] = {}
        for index, letters in enumerate(self.letters):
            found.setdefault(hash(letters), []).append(index)
        return found

    def settle(self) -> None:
        """Forget how the lines compare: once the headings are found nobody asks, and paragraphs need room."""
        for name in ("letters", "_alike", "firsts", "opening"):
            vars(self).pop(name, None)

    def alike(self, folded: str) -> Sequence[int]:
        """Give the lines that may have these folded words and no others, numbers apart; a few may differ."""
        return self._alike.get(hash(letters_of(folded)), ())

    @cached_property
    def _again(self) -> list[list[int]]:
        return [lines for lines in self._alike.values() if len(lines) > 1]

    def coming_back(self, times: int, otherwise: Mapping[int, str]) -> list[int]:
        """Give the lines of which at least so many may be alike, numbers apart; a few may differ.

        `otherwise` gives the folded words by which some lines are compared instead of their own.
        """
        beside = (line for words in {*otherwise.values()} for line in self.alike(words))
        often = (lines for lines in self._again if len(lines) >= times)
        return sorted({*otherwise, *beside, *(line for lines in often for line in lines)})

    @cached_property
    def _small(self) -> tuple[str, list[int]]:
        """All lines in small letters, one below the other, and where each begins."""
        # Line by line: nearly all are ASCII, which is made small quickly and without more memory.
        lines = [text.replace("\n", " ").lower() for text in self.texts]
        return "\n".join(lines), [0, *accumulate(map((1).__add__, map(len, lines)))]

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands between spaces, in small letters, with the signs that touch it."""
        # All words of a manuscript at once would take more memory than all else.
        words: Counter[str] = Counter()
        whole, starts = self._small
        for start, end in pairwise((*starts[:-1:1_000], len(whole))):
            words.update(whole[start:end].split())
        return words

    @cached_property
    def _vocabulary(self) -> str:
        return " ".join(self.words)

    def indexes(self, texts: Iterable[str]) -> set[int]:
        """Give the lines that read so."""
        wanted = set(texts)
        return {index for index, text in enumerate(self.texts) if text in wanted} if wanted else set()

    def holding(self, words: Iterable[str]) -> set[int]:
        """Give the lines that hold one of some words or signs, which are in small letters.

        So passes learn which few lines concern them, in a fraction of the time that looking at each takes.
        """
        whole, starts = self._small
        found: set[int] = set()
        for word in words:
            if len(word) > 1 and word.isdigit():
                found.update(line for line in self.numbered if word in self.texts[line])
                continue
            at = whole.find(word) if word in self._vocabulary else -1
            while at >= 0:
                line = bisect_right(starts, at) - 1
                found.add(line)
                at = whole.find(word, starts[line + 1])
        return found

    @cached_property
    def numbered(self) -> list[int]:
        """The lines that hold a figure, in their order."""
        return sorted(self.holding(filter(str.isdigit, {*self._vocabulary})))

    @cached_property
    def starts(self) -> dict[int, None]:
        """The first line of each file, in their order."""
        before = (-1, *self.file)
        return dict.fromkeys(at for at, (a, b) in enumerate(zip(before, self.file, strict=False)) if a != b)

    @cached_property
    def firsts(self) -> dict[str, list[int]]:
        """The lines by what stands before their first spaces: of many lines few words, and few such words."""
        firsts = defaultdict[str, list[int]](list)
        for index, text in enumerate(self.texts):
            firsts[text.partition(" ")[0]].append(index)
        return firsts

    def begun(self, words: Collection[str]) -> Iterator[int]:
        """Give the lines that may begin with one of some folded words; a few may begin otherwise."""
        opening = tuple(words)
        for first, letters in zip(self.firsts, _letters_of_all([*self.firsts]), strict=True):
            if letters.startswith(opening) and (letters in words or not first.isalpha()):
                yield from self.firsts[first]

    @cached_property
    def opening(self) -> set[int]:
        """The lines that `headings.parse` may read; most lines begin with a word that opens no heading."""
        opening = set[int]()
        for first, lines in self.firsts.items():
            if (may_open_with if first[:1].isalpha() else may_open)(first):
                opening.update(lines)
            elif is_decoration(first):
                opening.update(index for index in lines if may_open(self.texts[index]))
        return opening

    @cached_property
    def _places(self) -> dict[int, list[tuple[int, int, int]]]:
        """The lines of each source: where each begins and ends, and which it is."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for index, line in enumerate(self.lines):
            if span := line.run.span(0, len(line.run.text)):
                found.setdefault(span.source, []).append((span.start, span.end, index))
        return found

    def line_at(self, span: Span) -> tuple[int, int, int] | None:
        """Give the line in which a place begins, or the one above it, with its own place; None in no file."""
        lines = self._places.get(span.source)
        at = bisect_right(lines, span.start, key=lambda line: line[0]) - 1 if lines else 0
        return lines[max(0, at)] if lines else None

    def is_own(self, index: int) -> bool:
        """Tell whether book.toml says that a line is the author's."""
        return self.decided.get(index, FURNITURE) != FURNITURE

    def is_heading(self, index: int) -> bool:
        """Tell whether book.toml says that a line is a heading."""
        what = self.decided.get(index)
        return what == HEADING or what in KINDS

    def marked(self, index: int) -> bool:
        """Tell whether markup, not white space, gives the structure round a line."""
        return self.drafts[self.file[index]].marked

    @cached_property
    def _headed(self) -> list[bool]:
        """Whether markup says of each line what it is."""
        named = sum(1 for line in self.lines if line.heading_level and not line.furniture)
        told = named >= _LEAST_HEADINGS and named >= self.labelled
        headed = [draft.marked and (told or draft.order_kept or draft.repaired) for draft in self.drafts]
        return [headed[file] or line.is_told for file, line in zip(self.file, self.lines, strict=True)]

    def headed(self, index: int) -> bool:
        """Tell whether markup says which lines are headings, where a line stands.

        It does if it says so of several; a page has one for its title, and formatting for those of chapters.
        Of a picture, a list, a table, a scene break it says what it is anyhow.
        """
        return self._headed[index]

    def kept(self, index: int) -> bool:
        """Tell whether a line stands in a file that publish itself wrote."""
        draft = self.drafts[self.file[index]]
        return draft.order_kept or draft.repaired

    def first_of_file(self, index: int) -> bool:
        """Tell whether a line is the first of its file."""
        return index in self.starts


def gather(drafts: Sequence[Draft], ledger: Ledger) -> Sheet:
    """Repair the characters of every line and put the lines of all drafts in one sheet."""
    for draft in drafts:
        ledger.take(draft.changes, draft.findings)
    drafts = [_present(draft, ledger) for draft in drafts]
    drafts = [softends.joined(draft, ledger) for draft in drafts]
    last = [draft.lines[-1].run.text for draft in drafts if draft.lines]
    texts: list[str] = []
    for draft in drafts:
        texts += [run.text for _, run in draft.metadata]
        texts += [line.run.text for line in draft.lines]
    odd = repair.not_plain(texts)
    passes = repair.passes(repair.survey(texts, odd, last))
    asked = {*odd}
    lines: list[Line] = []
    file: list[int] = []
    for number, draft in enumerate(drafts):
        carried, gone = FILE_GAP if number else 0, 0
        for line in draft.lines:
            text = line.run.text
            plain = text not in asked and not (draft.marked and asides.may_stand_in(text))
            stays = plain and (draft.repaired or text.strip() is text)
            clean = line if stays else _repaired(line, draft, passes, ledger)
            if clean.run.text or clean.attributes:
                above = max(clean.blanks_above, gone) + carried
                lines.append(replace(clean, blanks_above=above) if carried or gone else clean)
                file.append(number)
                carried = gone = 0
            elif draft.marked and (ASIDE in line.run.text or any(map(str.isalnum, line.run.text))):
                # What leaves the text as markup parts no scenes.
                gone = max(gone, clean.blanks_above)
            else:
                carried += clean.blanks_above + 1
    return Sheet(tuple(lines), tuple(line.run.text for line in lines), tuple(file), tuple(drafts))


def _present(draft: Draft, ledger: Ledger) -> Draft:
    """Give a draft without the pictures that are not there."""
    absent = [line for line in draft.lines if line.absent]
    for line in absent:
        ledger.take(*figures.left_out(line))
    return replace(draft, lines=tuple(line for line in draft.lines if not line.absent)) if absent else draft


def _repaired(line: Line, draft: Draft, passes: Sequence[repair.BoundPass], ledger: Ledger) -> Line:
    run = line.run
    if draft.marked:
        whole = draft.repaired or line.fence is Fence.CODE
        run = asides.unmarked(ledger.apply(run, asides.edits(run.text, whole=whole)))
    elif not draft.formed:
        run = ledger.apply(run, repair.marks(run.text))
    if not draft.repaired:
        run = ledger.settle(run, asides.outside_code(run.text, passes)).strip()
    return line if run is line.run else replace(line, run=run)


_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}


_SEVERAL_SIGNS = "’“”‘—–…"
"""Signs outside of ASCII that no word holds; most lines have no others."""


def words_folded(text: str) -> str:
    """Give the words of a text without case, accents and punctuation, for comparison."""
    for sign in () if text.isascii() else _SEVERAL_SIGNS:
        text = text.replace(sign, " ")
    folded = fold(text)
    if folded.isascii():
        return " ".join(folded.translate(_ASCII_WORDS).split())
    return " ".join(_WORD.findall(folded))


_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalpha() and chr(code) != "\n"}
_NUMBER = re.compile(r"[\d#][\d#]*")


def letters_of(folded: str) -> str:
    """Give folded words without what parts them and without numbers."""
    return _NUMBER.sub("", folded.replace(" ", ""))


def _letters_of_all(texts: Sequence[str]) -> list[str]:
    """Give the letters of the folded words of each line; those of ASCII are read all at once."""
    whole = "\n".join(texts)
    for sign in _SEVERAL_SIGNS:
        whole = whole.replace(sign, " ")
    lines = whole.split("\n")
    if len(lines) != len(texts):
        lines = [text.replace("\n", " ") for text in texts]
    plain = "\n".join(line for line in lines if line.isascii()).casefold().translate(_NO_LETTERS)
    read = iter(plain.split("\n"))
    return [next(read) if line.isascii() else letters_of(words_folded(line)) for line in lines]
