"""Rules on marks that come in pairs: quotation marks and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.config import Config
from publish.diagnostic import Diagnostic
from publish.document import walk_divisions
from publish.lint.passages import Passage, Setting, passages
from publish.lint.rule import RULES, Example, Hit, book_rule, diagnostic
from publish.source import Run

if TYPE_CHECKING:
    from publish.normalize.result import Normalized

_LOW = dict.fromkeys(["de", "cs", "sk", "sl", "bg", "lt", "is", "et", "da"], ("„", "“"))
_LOW_HIGH = dict.fromkeys(["pl", "hu", "ro", "hr", "sr", "nl"], ("„", "”"))
_MARKS = _LOW | _LOW_HIGH
_ENGLISH = ("“", "”")
_UNDIRECTED = frozenset({"fi", "sv"})
"""Languages that open and close with the same mark, so that nothing can be said of pairs."""


class Finding(Struct, frozen=True):
    """A mark without its partner: the run, where in it, and under which rule."""

    run: Run
    at: int
    code: str


def _marks(language: str) -> tuple[str, str] | None:
    primary = re.split(r"[-_]", language.lower())[0]
    return None if primary in _UNDIRECTED else _MARKS.get(primary, _ENGLISH)


class Balance(Struct, frozen=True):
    """What one passage leaves over."""

    reopened: tuple[int, ...]
    """Opening marks before which the one at this offset was never closed."""
    unclosed: int | None
    """The outermost opening mark still open at the end."""
    unopened: tuple[int, ...]
    """Closing marks for which nothing was open."""
    starts_closed: bool
    """The first mark is a closing one."""


def balance(text: str, opening: str, closing: str) -> Balance:
    """Pair the double quotation marks of one passage.

    A single quotation mark opened inside allows a double one inside it: “He said, ‘Read “Emma” first.’”
    A line of verse may open anew what is open, as a paragraph does.
    """
    stack: list[tuple[str, int]] = []
    reopened: list[int] = []
    unopened: list[int] = []
    for match in re.finditer(f"[{opening}{closing}‘]|(?<=[.,!?…—])’", text):
        mark, at = match[0], match.start()
        if mark == opening:
            if stack and stack[-1][0] == opening:
                before = stack.pop()[1]
                reopened += [before] if text[at - 1] != "\n" else []
            stack.append((opening, at))
        elif mark != closing:
            _nest(stack, mark, at)
        elif not _close(stack, opening) and not _is_measure(text, at):
            unopened.append(at)
    unclosed = next((at for kind, at in stack if kind == opening), None)
    first = re.search(f"[{opening}{closing}]", text)
    return Balance(tuple(reopened), unclosed, tuple(unopened), bool(first and first[0] == closing))


def _nest(stack: list[tuple[str, int]], mark: str, at: int) -> None:
    """Follow single quotation marks inside double ones."""
    if mark == "‘" and stack:
        stack.append((mark, at))
    elif stack and stack[-1][0] == "‘":
        stack.pop()


def _close(stack: list[tuple[str, int]], opening: str) -> bool:
    """Close the innermost double quotation mark and what stands open inside it; False where none is open."""
    kinds = [kind for kind, _ in stack]
    if opening not in kinds:
        return False
    while stack.pop()[0] != opening:
        pass
    return True


def _is_measure(text: str, at: int) -> bool:
    """Tell whether a closing mark stands for inches (5’ 11”) or "ditto"."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isdigit() or ((not before or before.isspace()) and (not after or after.isspace()))


_TAG = re.compile(
    r"[,?!…—] (?:(?:he|she|I|they|we|[A-Z][a-z]+) (?:said|asked|replied|answered|cried|whispered|shouted)"
    r"|(?:said|asked|replied|cried|whispered|shouted) (?:he|she|I|they|we|the|[A-Z][a-z]+))\b"
)
"""Words that tell who speaks, straight after a sign that usually stands before a closing mark."""
_TAG_WITHIN = 60
"""How far behind the opening mark such words betray a forgotten closing mark; a narrator whose tale runs over
paragraphs soon comes to "he said"."""


class Speech(Struct, frozen=True):
    """A quotation that is still open at the end of its passage."""

    place: int
    passage: Passage
    at: int
    first: bool
    """The speech begins here; False where it comes from the paragraph before."""


def unpaired(row: list[Passage], opening: str, closing: str) -> Iterator[Finding]:
    """Give the double quotation marks without partner in the passages of a book.

    Speech that runs over several paragraphs opens anew in each and closes in the last; it may also run on
    through verse or a letter set off inside it. Where letters of a passage are lost, its marks may be among
    them: nothing is said of it and of a speech that comes before.
    """
    speech: Speech | None = None
    for place, passage in enumerate(row):
        run = passage.run
        if "\ufffd" in run.text:
            speech = None
            continue
        found = balance(run.text, opening, closing)
        unopened = found.unopened
        if speech:
            opens_anew = run.text.lstrip(" ‘’([—").startswith(opening)
            yield from _judged(speech, place, passage, found, opens_anew=opens_anew)
            unopened = unopened[1:] if found.starts_closed else unopened
            ended = opens_anew or found.starts_closed or passage.setting is Setting.PROSE
            speech = None if ended else speech
        else:
            opens_anew = False
        yield from (Finding(run, at, "QUO003") for at in found.reopened)
        yield from (Finding(run, at, "QUO004") for at in unopened)
        if found.unclosed is not None:
            speech = Speech(place, passage, found.unclosed, first=not opens_anew)
    if speech:
        yield Finding(speech.passage.run, speech.at, "QUO003")


def _judged(
    speech: Speech, place: int, passage: Passage, found: Balance, *, opens_anew: bool
) -> Iterator[Finding]:
    """Tell what the next passage shows about an open quotation: gone on rightly, wrongly, or never closed."""
    lost = Finding(speech.passage.run, speech.at, "QUO003")
    if opens_anew:
        if _is_short_speech(speech, found) or _TAG.search(
            speech.passage.run.text, speech.at, speech.at + _TAG_WITHIN
        ):
            yield lost
    elif found.starts_closed:
        adjoining = speech.place == place - 1 and passage.setting is speech.passage.setting is Setting.PROSE
        if adjoining and len(passage.run.text.split()) > _SIGNATURE_WORDS:
            yield Finding(passage.run, 0, "QUO007")
    elif passage.setting is Setting.PROSE:
        yield lost


def _is_short_speech(speech: Speech, after: Balance) -> bool:
    """Tell whether two short speeches are likelier than one that runs over two paragraphs.

    Of ten novels (950,000 words), 510 paragraphs of speech go on in the next one; 2 of them are this short,
    begin the speech, hold no quotation and are followed by its end. A forgotten mark leaves just that.
    """
    words = speech.passage.run.text[speech.at :]
    short = len(words) < _SPEECH_LETTERS and len(words.split()) <= _SPEECH_WORDS
    alone = speech.first and speech.passage.setting is Setting.PROSE and words.rstrip()[-1:] not in ",:;"
    return alone and short and "‘" not in words and after.unclosed is None


_SPEECH_WORDS, _SPEECH_LETTERS = 60, 600
_SIGNATURE_WORDS = 4
"""A passage that is as short and closes a speech is the signature of a letter read out."""


def _quotations(normalized: Normalized, code: str) -> Iterator[tuple[Run, int]]:
    marks = _marks(normalized.book.metadata.language.value)
    if not marks:
        return
    row = [item for _, division in walk_divisions(normalized.book.divisions) for item in passages(division)]
    for found in unpaired(row, *marks):
        if found.code == code:
            yield found.run, found.at


_NAMED_WORDS = 4
"""How many words of a passage a message names."""


def _words(text: str) -> str:
    words = text.split(maxsplit=_NAMED_WORDS)
    return " ".join(words[:_NAMED_WORDS]) + (" …" if len(words) > _NAMED_WORDS else "")


def _diagnosed(code: str, run: Run, hit: Hit) -> Iterator[Diagnostic]:
    if found := diagnostic(RULES[code], run, hit):
        yield found


@book_rule(
    "QUO003",
    "quotation-not-closed",
    examples=(
        Example("⟦“⟧I am late, she said.\n\nNobody answered."),
        Example("He waved. ⟦“⟧Come in, all of you. She looked at him. “Good. We leave at six.”"),
        Example("⟦“⟧Where are you going? he asked.\n\n“Home,” she said."),
        Example("⟦“⟧Do you read your Bible?\n\n“Sometimes.”"),
    ),
    passes=(
        "“I am late,” she said.",
        "“First, as he put it, ‘the house.’\n\n“Then the garden.”\n\nHe fell silent.",
        "“First the house.\n\n“Then the garden.\n\n“Then the wall.”\n\nHe fell silent.",
        "“He told me, ‘Read “Emma” first,’ and I did.”",
    ),
)
def quotation_not_closed(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A double quotation mark opens and is never closed.

    The reader takes the rest of the paragraph for speech. Speech that runs over several paragraphs is no
    fault where each of them opens anew.

    Fix: Type the closing mark where the speech ends; only the author can tell where that is.
    Source: The Chicago Manual of Style, 13.30 (quotations of more than one paragraph); pptext, "smart quote
    scan".
    """
    for run, at in _quotations(normalized, "QUO003"):
        told = (
            f"The quotation that begins {run.text[at]}{_words(run.text[at + 1 : at + 80])} is never closed."
        )
        yield from _diagnosed("QUO003", run, Hit(at, at + 1, told))


@book_rule(
    "QUO004",
    "quotation-not-opened",
    examples=(Example("I am late,⟦”⟧ she said."), Example("“Yes,” he said. No,⟦”⟧ she said.")),
    passes=("“I am late,” she said.", "He was 5’ 11” tall."),
)
def quotation_not_opened(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A double quotation mark closes what was never opened.

    Either the opening mark was forgotten or one mark too many was typed.

    Fix: Type the opening mark where the speech begins, or delete this one.
    Source: Standard Ebooks lint, y-series on unmatched marks.
    """
    for run, at in _quotations(normalized, "QUO004"):
        words = run.text[max(0, at - 60) : at].split()[-_NAMED_WORDS:]
        told = f"Nothing is open that the mark after “{' '.join(words)}” could close."
        yield from _diagnosed("QUO004", run, Hit(at, at + 1, told))


@book_rule(
    "QUO007",
    "continued-speech-not-opened",
    examples=(Example("“First, the house.\n\n⟦Then⟧ the garden,” he said."),),
    passes=("“First, the house.\n\n“Then the garden,” he said.",),
)
def continued_speech_not_opened(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A paragraph continues a speech and does not open with a quotation mark.

    Where speech runs over several paragraphs, each of them opens with the mark, so that the reader knows
    that it goes on.

    Fix: Type the opening mark at the beginning of the paragraph, or close the speech in the one before.
    Source: The Chicago Manual of Style, 13.30.
    """
    for run, _ in _quotations(normalized, "QUO007"):
        first = run.text.split(maxsplit=1)[0]
        told = (
            f"“{_words(run.text[:80])}” continues a speech of the paragraph before and does not open it anew."
        )
        yield from _diagnosed("QUO007", run, Hit(0, len(first), told))


_BRACKETS = {")": "(", "]": "[", "}": "{"}
_ENUMERATION = re.compile(r"(?:^|[\s,;:])\w{1,4}$")
_SMILE = re.compile(r"(?:^|\s)[:;8=]['’^-]?\Z")
_STAGE_DIRECTION = re.compile(r"\[\s*(?:Exit|Exeunt|Enter|Re-enter|Aside|Dies|Sings|Within|Rises)\b", re.I)


def _lone_brackets(row: list[Passage]) -> Iterator[tuple[Run, int]]:
    """Give brackets without partner; a pair may enclose several paragraphs."""
    opened: dict[str, list[tuple[Run, int]]] = {mark: [] for mark in _BRACKETS.values()}
    for passage in row:
        text = passage.run.text
        for match in re.finditer(r"[()\[\]{}]", text):
            mark, at = match[0], match.start()
            before = text[max(0, at - 6) : at]
            if mark in opened and not _SMILE.search(before):
                opened[mark].append((passage.run, at))
            elif mark in _BRACKETS and opened[_BRACKETS[mark]]:
                opened[_BRACKETS[mark]].pop()
            elif mark in _BRACKETS and not _ENUMERATION.search(before) and not _SMILE.search(before):
                yield passage.run, at
    for lone in opened.values():
        yield from ((run, at) for run, at in lone if not _STAGE_DIRECTION.match(run.text, at))


@book_rule(
    "PUN005",
    "bracket-without-partner",
    examples=(
        Example("He was late ⟦(⟧as always, and she knew it."),
        Example("He was late as always⟦)⟧, and she knew it."),
    ),
    passes=(
        "He was late (as always).",
        "Firstly a) the house, b) the garden.",
        "(He was late.\n\nAs always.)",
    ),
)
def bracket_without_partner(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A bracket opens and never closes, or closes and never opened.

    The aside has no end, or no beginning. Letters and numbers of a list, as in a), are left alone.

    Fix: Type the missing bracket, or delete this one.
    Source: gutcheck and bookloupe, "mismatched brackets".
    """
    for _, division in walk_divisions(normalized.book.divisions):
        for run, at in _lone_brackets(list(passages(division))):
            verb = "never opened" if run.text[at] in _BRACKETS else "never closed"
            yield from _diagnosed("PUN005", run, Hit(at, at + 1, f"The bracket “{run.text[at]}” is {verb}."))
