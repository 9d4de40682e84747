"""Rules on the signs and letters where speech and the words that tell who speaks meet."""

from collections.abc import Iterator

from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

SAY = (
    "said|asked|replied|answered|cried|whispered|shouted|exclaimed|returned|muttered|murmured|remarked|added|"
    "observed|continued|repeated|inquired|called|began|declared|demanded"
)
_WHO = r"(?:he|she|I|they|we|the [a-z]+|(?:(?:Mr|Mrs|Miss|Dr)\.? )?[A-Z][a-z]+)"
_TELLING = rf"(?:(?:{SAY}) {_WHO}|(?:he|she|I|they|we|[A-Z][a-z]+) (?:{SAY}))"
_DIVIDED = lazily(rf"” {_TELLING} “(?P<word>[a-z]+)")


@text_rule(
    "QUO022",
    language="en",
    examples=(Example("“Then,” ⟦said she “we⟧ are late.”", "“Then,” said she, “we are late.”"),),
    passes=("“Then,” said she, “we are late.”", "“Yes,” he said. “No.” He called it “late” there."),
)
def comma_missing_after_tag(reading: Reading) -> Iterator[Hit]:
    """No comma stands where speech goes on after the words that tell who speaks.

    They are set between commas where they divide a sentence.

    Fix: Type the comma before the opening mark.
    Source: The Chicago Manual of Style, 6.41.
    """
    for match in reading.begun(_DIVIDED, "” "):
        at = match.start("word") - 2
        told = f"The speech goes on after “{reading.token(at - 1)}” without a comma."
        yield Hit(match.start() + 2, match.end(), told, ",", "Insert a comma", at=(at, at))


_CAPITAL = lazily(
    r",” (?![^“”]* (?:and|then|to|added|but|will|shall|would|had) )"
    rf"[^“”.?!;:—{EDGE}]{{3,60}}, “(?P<word>[A-Z][a-z]+)(?= [a-zI])"
)
_AFTER_STOP = lazily(r"\. “(?<=[a-z]{3}\. “)(?P<word>[a-z]+)(?=,? [a-zI])")


@text_rule(
    "PUN033",
    language="en",
    examples=(Example("“Then,” said she, “⟦We⟧ are late.”", "“Then,” said she, “we are late.”"),),
    passes=("“Then,” said she, “we are late.”", "“Yes,” said she, “Ann is.” “No,” said he. “We are.”"),
)
def capital_in_divided_speech(reading: Reading) -> Iterator[Hit]:
    """Speech goes on in the middle of its sentence, with a capital.

    The words that tell who speaks stand between commas, so that what follows goes on with the sentence.

    Fix: Write the word small, or put a full stop for the comma before the opening mark.
    Source: The Chicago Manual of Style, 13.14.
    """
    for match in reading.begun(_CAPITAL, ",” "):
        word = match["word"]
        if (
            reading.names[word] <= reading.lower[word.lower()] // _TIMES
            and reading.known(word.lower()) > _USUAL
        ):
            start, end = match.span("word")
            told = f"“{word}” has a capital, and the sentence goes on."
            yield Hit(start, end, told, word[0].lower(), "Write it small", at=(start, start + 1))


_TIMES, _USUAL = 10, 10_000
"""A word is no name that is so much oftener small, and no rare one."""


@text_rule(
    "PUN034",
    language="en",
    examples=(Example("“Then,” said she. “⟦we⟧ are late.”", "“Then,” said she. “We are late.”"),),
    passes=("“Then,” said she. “We are late.”", "He read it. “late” was the word."),
)
def speech_after_stop_small(reading: Reading) -> Iterator[Hit]:
    """Speech starts with a small letter after a full stop.

    Either the stop is a comma, or the letter should be large.

    Fix: Write the letter large, or put a comma for the full stop.
    Source: The Chicago Manual of Style, 13.14.
    """
    for match in reading.begun(_AFTER_STOP, ". “"):
        start, end = match.span("word")
        told = f"The speech starts with a small letter after a full stop: “{match['word']}”."
        yield Hit(start, end, told, match["word"][0].upper(), "Write the letter large", at=(start, start + 1))


_AUXILIARY = "do|did|does|are|is|was|were|have|has|had|can|could|will|would|should|shall|am|may|might"
_ASKING = lazily(
    rf"“(?:(?:[Ww]ho|[Ww]hat|[Ww]hy|[Ww]here|[Hh]ow|[Ww]hen|[Ww]hich) (?:{_AUXILIARY})|"
    r"Do|Did|Does|Are|Is|Have|Has|Can|Could|Would|Shall) "
    rf"(?:you|he|she|it|they|we|I|there)\b(?![^.{EDGE}]*[—;:“”])[^.?!,{EDGE}“”]{{3,60}}\.(?=”)|"
    r"“[Ww]h(?:o|at|y|ere) (?:are|is|was) (?:you|he|she|it|they|we|I)\.(?=”)|“[Hh]ow(?: then|, then)\.(?=”)"
)
_ASKED = lazily(
    rf"“(?:(?:[Ww]ho|[Ww]hat|[Ww]hy|[Ww]here|[Hh]ow|[Ww]hen|[Ww]hich) (?:{_AUXILIARY})|"
    r"Do|Did|Does|Are|Is|Have|Has|Can|Could|Would|Shall) (?:you|he|she|it|they|we|I|there)\b"
    rf"[^.?!,—;:{EDGE}“”]{{3,60}},"
    rf"(?=” [A-Za-z]+ (?:asked|inquired|enquired|demanded)\b[^“”{EDGE}]*(?:\. “|{EDGE}))"
)


@text_rule(
    "PUN035",
    language="en",
    examples=(
        Example("“Where have you been all day⟦.⟧” she said.", "“Where have you been all day?” she said."),
        Example("“Where have you been all day⟦,⟧” he asked.", "“Where have you been all day?” he asked."),
    ),
    passes=(
        "“Where have you been?” she said.",
        "“What I have is late.” “Do as I say.”",
        "“Can you tell me the way,” she asked Mr. Brown, “to the sea?” “Do you think,” he asked—“do you?”",
    ),
)
def question_without_mark(reading: Reading) -> Iterator[Hit]:
    """A question in speech ends with a full stop, or with a comma before who asked.

    It begins as only questions do: *Where have you*, *Can he*.

    Fix: Write the question mark, unless the speaker does not really ask.
    Source: The Chicago Manual of Style, 6.68.
    """
    for match in (*reading.begun(_ASKING, "“"), *reading.begun(_ASKED, "“")):
        at = match.end() - 1
        sign = "full stop" if reading.text[at] == "." else "comma"
        yield Hit(at, at + 1, f"A question ends with a {sign}.", "?", "Write a question mark")
