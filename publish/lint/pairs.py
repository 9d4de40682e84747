"""Rules on marks that come in pairs: quotation marks and brackets."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.lint.passages import Passage, Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily


class Finding(Struct, frozen=True):
    """A mark without its partner: the passage, where in it, and under which rule."""

    passage: Passage
    at: int
    code: str


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


_SILENT = Balance((), None, (), starts_closed=False)
_SINGLE_CLOSE = r"(?<=[.,!?…—])’|’(?=[\s.,;:!?…—”)]|\Z)"


class Marks(Struct, frozen=True):
    """The marks that the book's speech opens and closes with."""

    opening: str
    closing: str

    def pattern(self) -> re.Pattern[str]:
        """Give what finds them, and the single marks inside double ones."""
        if self.closing == "’":
            return re.compile(f"‘|{_SINGLE_CLOSE}|[“”]")
        return re.compile(f"[{self.opening}{self.closing}‘]|(?<=[.,!?…—])’")


def balance(text: str, marks: Marks, pattern: re.Pattern[str]) -> Balance:
    """Pair the quotation marks of one passage.

    A mark of the other kind opened inside allows one of the same kind inside it: “He said, ‘Read “Emma”
    first.’” A line of verse may open anew what is open, as a paragraph does.
    """
    stack: list[tuple[str, int]] = []
    reopened: list[int] = []
    unopened: list[int] = []
    first = ""
    for match in pattern.finditer(text):
        mark, at = match[0], match.start()
        first = first or (mark if mark in (marks.opening, marks.closing) else "")
        if mark == marks.opening:
            if stack and stack[-1][0] == marks.opening:
                before = stack.pop()[1]
                reopened += [before] if text[at - 1] != "\n" else []
            stack.append((mark, at))
        elif mark != marks.closing:
            _nest(stack, match, marks.opening)
        elif not _close(stack, marks.opening) and not _is_no_quote(text, at):
            unopened.append(at)
    unclosed = next((at for kind, at in stack if kind == marks.opening), None)
    return Balance(tuple(reopened), unclosed, tuple(unopened), starts_closed=first == marks.closing)


def _nest(stack: list[tuple[str, int]], match: re.Match[str], outer: str) -> None:
    """Follow the marks of quotations inside speech."""
    if match[0] in "‘“" and stack:
        stack.append((match[0], match.start()))
    elif stack and stack[-1][0] != outer:
        stack.pop()


def _close(stack: list[tuple[str, int]], opening: str) -> bool:
    """Close the innermost speech and what stands open inside it; False where none is open."""
    kinds = [kind for kind, _ in stack]
    if opening not in kinds:
        return False
    while stack.pop()[0] != opening:
        pass
    return True


def _is_no_quote(text: str, at: int) -> bool:
    """Tell whether a closing mark stands for inches (5’ 11”), "ditto", or a letter left out (the dogs’)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "’" and (before.isalpha() or not before.strip()):
        return True
    return before.isdigit() or ((not before or before.isspace()) and (not after or after.isspace()))


_TAG = lazily(
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


def unpaired(row: Sequence[Passage], marks: Marks) -> Iterator[Finding]:
    """Give the quotation marks without partner in the passages of a book.

    Speech that runs over several paragraphs opens anew in each and closes in the last; it may also run on
    through verse or a letter set off inside it. Where letters of a passage are lost, its marks may be among
    them: nothing is said of it and of a speech that comes before.
    """
    pattern = marks.pattern()
    speech: Speech | None = None
    for place, passage in enumerate(row):
        text = _as_meant(passage.run.text, marks)
        if "\ufffd" in text:
            speech = None
            continue
        found = _SILENT if _is_paired(text, marks) else balance(text, marks, pattern)
        unopened = found.unopened
        opens_anew = False
        if speech and marks.opening == "«" and text.startswith(_TURN):
            # A dialogue opens with its first speech and closes with its last; dashes begin those between.
            speech = speech if not unopened else None
            unopened = unopened[1:]
        elif speech:
            opens_anew = text.lstrip(" ‘’“([—").startswith(marks.opening) or text.startswith(marks.opening)
            yield from _judged(speech, (row, place), found, opens_anew=opens_anew)
            unopened = unopened[1:] if found.starts_closed else unopened
            ended = opens_anew or found.starts_closed or _is_prose(row, place)
            speech = None if ended else speech
        yield from (Finding(passage, at, "QUO003") for at in found.reopened)
        yield from (Finding(passage, at, "QUO004") for at in unopened)
        if found.unclosed is not None:
            speech = Speech(place, passage, found.unclosed, first=not opens_anew)
    if speech:
        yield Finding(speech.passage, speech.at, "QUO003")


_TURN = ("—", "–", "- ")
_EVERY_MARK = lazily("[“”‘«»„]")


def _is_paired(text: str, marks: Marks) -> bool:
    """Tell whether double marks open and close in turn, with no others between: nothing is to be judged."""
    if marks.closing == "’":
        return "‘" not in text and "’" not in text
    found = "".join(_EVERY_MARK.findall(text))
    return found == (marks.opening + marks.closing) * (len(found) // 2)


_TURNED = lazily(r"”(?=[\w’])(?<![\w.,;:!?…—”’]”)|“(?![\w‘’])(?<=[\w.,!?…—]“)")


def _as_meant(text: str, marks: Marks) -> str:
    """Give a text with the double marks the right way round that are turned: QUO006 tells of those.

    Where “ closes, as in German, or ” opens, as in Swedish, neither is turned.
    """
    if marks.opening == "«" and text.startswith("»"):
        return f"«{text[1:]}"  # A paragraph that goes on with what is quoted.
    if marks.opening not in "“‘" or ("”" not in text and "“" not in text):
        return text
    return _TURNED.sub(lambda match: "“" if match[0] == "”" else "”", text)


def _is_prose(row: Sequence[Passage], place: int) -> bool:
    """Tell prose from a line that may belong to the verse before or after it."""
    return all(item.setting is not Setting.VERSE for item in row[max(0, place - 1) : place + 2]) and (
        row[place].setting is Setting.PROSE and "\n" not in row[place].run.text
    )


def _judged(
    speech: Speech, at: tuple[Sequence[Passage], int], found: Balance, *, opens_anew: bool
) -> Iterator[Finding]:
    """Tell what the next passage shows about an open quotation: gone on rightly, wrongly, or never closed."""
    row, place = at
    passage = row[place]
    lost = Finding(speech.passage, speech.at, "QUO003")
    if opens_anew:
        led_to = speech.at == 0 and speech.place > 0 and row[speech.place - 1].run.text[-1:] in ":—"
        short = not led_to and _is_short_speech(speech, found) and not _goes_on(speech, passage)
        if short or _TAG.search(speech.passage.run.text, speech.at, speech.at + _TAG_WITHIN):
            yield lost
    elif found.starts_closed:
        adjoining = speech.place == place - 1 and _is_prose(row, place) and _is_prose(row, speech.place)
        if adjoining and len(passage.run.text.split()) > _SIGNATURE_WORDS:
            yield Finding(passage, 0, "QUO007")
    elif _is_prose(row, place):
        yield lost


def _is_short_speech(speech: Speech, after: Balance) -> bool:
    """Tell whether two short speeches are likelier than one that runs over two paragraphs.

    Of ten novels (950,000 words), 510 paragraphs of speech go on in the next one; 2 of them are this short,
    begin the speech, hold no quotation and are followed by its end. A forgotten mark leaves just that.
    """
    words = speech.passage.run.text[speech.at :]
    short = len(words) < _SPEECH_LETTERS and len(words.split()) <= _SPEECH_WORDS
    dated = words[1:2].isdigit()  # “25 September.
    alone = (
        speech.first
        and not dated
        and speech.passage.setting is Setting.PROSE
        and words.rstrip()[-1:] not in ",:;"
    )
    return alone and short and "‘" not in words[1:] and after.unclosed is None


def _goes_on(speech: Speech, after: Passage) -> bool:
    """Tell whether a long paragraph goes on with a speech of some length: nobody is said to speak in it.

    Of 60 short speeches that go on, 30 are followed so, and of 20 with a reply, one.
    """
    words, text = speech.passage.run.text[speech.at :], after.run.text
    long = words.count(" ") >= _SOME_WORDS and text.count(" ") >= _LONG_WORDS
    return long and not _TAGGED.search(text, 0, _TAG_WITHIN * 3)


_SOME_WORDS, _LONG_WORDS = 20, 30
_TAGGED = lazily(r"[,?!—][”’] (?:said|he|she|I|they|[A-Z]|the \w+|\w+ed )")
_SPEECH_WORDS, _SPEECH_LETTERS = 60, 600
_SIGNATURE_WORDS = 4
"""A passage that is as short and closes a speech is the signature of a letter read out."""


def quotations(reading: Reading, code: str) -> Iterator[tuple[Passage, int]]:
    """Give the marks without partner that one rule tells of; they are looked for once for all three."""
    style = reading.style
    marks = Marks(style.opening[0], style.closing[-1])
    if marks.opening == marks.closing:
        return  # Nothing can be said of pairs where one mark opens and closes.
    if reading.unpaired is None:
        row = [passage for chapter in reading.chapters for passage in chapter]
        reading.unpaired = [
            (item.code, item.passage, item.at)
            for item in unpaired(row, marks)
            if not reading.is_line(item.passage)
        ]
    yield from ((passage, at) for found, passage, at in reading.unpaired if found == code)


_NAMED_WORDS = 4
"""How many words of a passage a message names."""


def _words(text: str) -> str:
    words = text.split(maxsplit=_NAMED_WORDS)
    return " ".join(words[:_NAMED_WORDS]) + (" …" if len(words) > _NAMED_WORDS else "")


@text_rule(
    "QUO003",
    examples=(
        Example("⟦“I am late, she said.⟧\n\nNobody answered."),
        Example("He waved. ⟦“Come in, all of you. She looked at him. “⟧Good. We leave at six.”"),
        Example("⟦“Where are you going? he asked.⟧\n\n“Home,” she said."),
        Example("⟦“Do you read your Bible?⟧\n\n“Sometimes.”"),
        Example("‘I am late,’ she said. ‘So late.’\n\n⟦‘Go on, he said.⟧\n\n‘Yes.’ ‘No.’"),
    ),
    passes=(
        "“I am late,” she said.",
        "“First, as he put it, ‘the house.’\n\n“Then the garden.”\n\nHe fell silent.",
        "“First the house.\n\n“Then the garden.\n\n“Then the wall.”\n\nHe fell silent.",
        "“He told me, ‘Read “Emma” first,’ and I did.”",
        "‘The dogs’ bones are gone,’ he said. ‘Don’t go,’ she said. ‘No.’",
        "« Tu viens, dit-il à sa mère.\n\n— Oui, dit-elle, et elle sortit.\n\n— Bien. » Il était tard, "
        "et la rue était vide. « Oui. » « Non. »",
        "„Es ist spät“, sagte sie, und er ging. „Ja.“\n\nDer Hund war nicht da. „Wann?“ – „Im Herbst.“",
    ),
)
def quotation_not_closed(reading: Reading) -> Iterator[Hit]:
    """A quotation mark opens and is never closed.

    The reader takes the rest of the paragraph for speech: it is marked up to where it ends or opens anew.
    Speech that runs over several paragraphs is no fault where each of them opens anew. Which marks open and
    close is seen from the manuscript itself.

    Fix: Type the closing mark where the speech ends; only the author can tell where that is.
    Source: The Chicago Manual of Style, 13.30 (quotations of more than one paragraph); pptext, "smart quote
    scan".
    """
    for passage, at in quotations(reading, "QUO003"):
        text = passage.run.text
        start = reading.place[id(passage)]
        again = text.find(text[at], at + 1)
        told = f"The quotation that begins {text[at]}{_words(text[at + 1 : at + 80])} is never closed."
        yield Hit(start + at, start + (again + 1 or len(text.rstrip())), told)


@text_rule(
    "QUO004",
    examples=(Example("⟦I am late,”⟧ she said."), Example("“Yes,” ⟦he said. No,”⟧ she said.")),
    passes=("“I am late,” she said.", "He was 5’ 11” tall."),
)
def quotation_not_opened(reading: Reading) -> Iterator[Hit]:
    """A quotation mark closes what was never opened.

    Either the opening mark was forgotten or one mark too many was typed.

    Fix: Type the opening mark where the speech begins, or delete this one.
    Source: Standard Ebooks lint, y-series on unmatched marks.
    """
    for passage, at in quotations(reading, "QUO004"):
        start, text = reading.place[id(passage)], passage.run.text
        begin = text.rfind(text[at], 0, at) + 1
        begin += len(text[begin:at]) - len(text[begin:at].lstrip())
        words = text[max(0, at - 60) : at].split()[-_NAMED_WORDS:]
        told = f"Nothing is open that the mark after “{' '.join(words)}” could close."
        yield Hit(start + begin, start + at + 1, told)


@text_rule(
    "QUO007",
    examples=(Example("“First, the house.\n\n⟦Then⟧ the garden,” he said."),),
    passes=("“First, the house.\n\n“Then the garden,” he said.",),
)
def continued_speech_not_opened(reading: Reading) -> Iterator[Hit]:
    """A paragraph continues a speech and does not open with a quotation mark.

    Where speech runs over several paragraphs, each of them opens with the mark, so that the reader knows
    that it goes on.

    Fix: Type the opening mark at the beginning of the paragraph, or close the speech in the one before.
    Source: The Chicago Manual of Style, 13.30.
    """
    for passage, _ in quotations(reading, "QUO007"):
        text, start = passage.run.text, reading.place[id(passage)]
        told = f"“{_words(text[:80])}” continues a speech of the paragraph before and does not open it anew."
        yield Hit(start, start + len(text.split(maxsplit=1)[0]), told)


@text_rule(
    "QUO015",
    examples=(Example("“He told me, ⟦‘⟧Read it first, and I did.”"),),
    passes=(
        "“He told me, ‘Read it first,’ and I did.”",
        "“He told me, ‘Read it first.\n\n“‘Then come,’ and I did.”",
    ),
)
def inner_quotation_not_closed(reading: Reading) -> Iterator[Hit]:
    """A quotation inside speech opens and is never closed.

    The reader does not know who is speaking when it goes on.

    Fix: Type the closing mark where the inner quotation ends.
    Source: pptext, "smart quote scan".
    """
    if reading.style.opening != "“":
        return
    for passage, start in zip(reading.passages, reading.starts, strict=True):
        if "‘" not in passage.run.text or passage.setting is Setting.VERSE or "\n" in passage.run.text:
            continue
        edge = start + len(passage.run.text)
        opened: list[int] = []
        for match in _INNER.finditer(reading.text, start, edge + 1):
            opened = [*opened, match.start()] if match[0] == "‘" else []
        for at in _left_open(reading.text, opened, edge):
            yield Hit(at, at + 1, "The quotation inside the speech is never closed.")


def _left_open(text: str, opened: Sequence[int], edge: int) -> Iterator[int]:
    """Give the opening marks of a passage that ends open, unless the next one goes on with the quotation."""
    for number, at in enumerate(opened):
        inside = text[at:edge]
        last = number == len(opened) - 1 and inside.count("”") <= inside.count("“")
        if not (last and _OPENS_INNER.match(text, edge + 1)):
            yield at


_OPENS_INNER = re.compile(r"“?\s?‘")
_INNER = lazily(r"‘|[.,;:!?…—\w]’(?!\w)|’(?=[\s.,;:!?…—”])")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_ENUMERATION = lazily(r"(?:^|[\s,;:])(?:[a-zA-Z]|\d{1,3}|[ivx]{1,4}|[IVX]{1,4})$")
_SMILE = lazily(r"(?:^|\s)[:;8=]['’^-]?\Z")
_STAGE_DIRECTION = lazily(r"\[\s*(?:Exit|Exeunt|Enter|Re-enter|Aside|Dies|Sings|Within|Rises)\b", re.I)
_Place = tuple[Passage, int]


def _lone_brackets(row: Sequence[Passage]) -> Iterator[_Place]:
    """Give brackets without partner; a pair may enclose several paragraphs."""
    opened: dict[str, list[_Place]] = {mark: [] for mark in _BRACKETS.values()}
    for passage in row:
        text = passage.run.text
        for match in re.finditer(r"[()\[\]{}]", text):
            mark, at = match[0], match.start()
            before = text[max(0, at - 6) : at]
            if mark in opened and not _SMILE.search(before):
                opened[mark].append((passage, at))
            elif mark in _BRACKETS and opened[_BRACKETS[mark]]:
                opened[_BRACKETS[mark]].pop()
            elif mark == "}" and text[at + 1 : at + 2] == text[at - 1 : at] == " ":
                continue  # It gathers the lines of a list.
            elif mark in _BRACKETS and not _ENUMERATION.search(before) and not _SMILE.search(before):
                yield passage, at
    for lone in opened.values():
        yield from ((passage, at) for passage, at in lone if not _STAGE_DIRECTION.match(passage.run.text, at))


@text_rule(
    "PUN005",
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
def bracket_without_partner(reading: Reading) -> Iterator[Hit]:
    """A bracket opens and never closes, or closes and never opened.

    The aside has no end, or no beginning. Letters and numbers of a list, as in a), are left alone.

    Fix: Type the missing bracket, or delete this one.
    Source: gutcheck and bookloupe, "mismatched brackets".
    """
    for chapter in reading.chapters:
        for passage, at in _lone_brackets(chapter):
            mark = passage.run.text[at]
            start = reading.place[id(passage)] + at
            verb = "never opened" if mark in _BRACKETS else "never closed"
            yield Hit(start, start + 1, f"The bracket “{mark}” is {verb}.")
