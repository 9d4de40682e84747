"""Rules on the signs and letters where speech and the words that tell who speaks meet."""

from collections.abc import Iterator

from publish.diagnostic import Severity
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


_CALLED = ("sir", "madam", "ma’am", "comrade", "gentlemen")
_DEAR = frozenset("dear dears friend friends lord lady boy girl child love son darling man".split())
_TURNED_TO = frozenset("yes oh indeed thanks sorry goodbye listen".split())
_GREETED = frozenset("morning evening night afternoon".split())
_MORE = "me well please hush you it him them us now here there right again course too so hello that"
_CLAUSE_ENDS = _TURNED_TO | _GREETED | frozenset(_MORE.split())
"""Before *sir* these end a clause as well."""
_THANKING = frozenset("thank bless assure believe".split())
"""Behind others a clause goes on with *my*: *give me my child*, *last night my son*, *to please my boy*."""
_DOERS = frozenset("i he she we they you it".split())
_MANNER = 4
_WITH_COMMA = (", sir", ", madam", ", my ", "“Yes, ", "“No, ")
"""What a book has far oftener that does set the comma."""


@text_rule(
    "PUN039",
    language="en",
    examples=(
        Example(
            "“Thank you⟦ sir⟧,” he said. “Good night⟦ my dear⟧.”",
            "“Thank you, sir,” he said. “Good night, my dear.”",
        ),
        Example("“⟦Yes⟧ I know,” he said.", "“Yes, I know,” he said."),
    ),
    passes=(
        "“Thank you, sir,” he said. “That is my boy. No man knows it. Yes, I do.” He told me my lord.",
        "“Give me my child! Last night my son, who is six, fell ill. I did it to please my friends.”",
    ),
)
def address_without_comma(reading: Reading) -> Iterator[Hit]:
    """No comma stands before who is spoken to, or after *yes* or *no*.

    *Thank you sir*, *Yes I know*. Where people in the book talk so again and again it is a note.

    Fix: Type the comma.
    Source: The Chicago Manual of Style, 6.53 (direct address) and 6.34 (yes and no).
    """
    found = list(_addresses(reading))
    right = sum(map(reading.text.count, _WITH_COMMA))
    for at, span in found:
        usual = len(found) * _MANNER <= right + _MANNER
        severity = reading.unless_dialect(at, whole=True) if usual else Severity.INFO
        word = reading.text[slice(*span)].strip()
        told = f"A comma belongs {'before' if at == span[0] else 'behind'} “{word}”."
        yield Hit(*span, told, ",", "Insert a comma", severity, at=(at, at))


def _addresses(reading: Reading) -> Iterator[tuple[int, tuple[int, int]]]:
    """Give where a comma is missing, and what is to be marked."""
    small, text = reading.small, reading.text
    called = [(at, at) for word in _CALLED for at in reading.places(word) if small[at - 1] in _CLAUSE_ENDS]
    mine = [at for at in reading.places("my") if at + 1 < len(small) and small[at + 1] in _DEAR]
    for at in mine:
        greeted = small[at - 2] == "good" and small[at - 1] in _GREETED
        if greeted or small[at - 1] in _TURNED_TO or small[at - 2] in _THANKING:
            called.append((at, at + 1))
    for first, last in called:
        start, (begin, end) = reading.span(first - 1)[1], (reading.span(first)[0], reading.span(last)[1])
        plain = text[start:begin] == " " and text[end] in ".?!,;”" and reading.in_speech(begin)
        if plain and (small[first] != "comrade" or small[first - 1] != "that"):
            yield start, (start, end)
    for at in (*reading.places("Yes"), *reading.places("No")):
        if at + 1 < len(small) and small[at + 1] in _DOERS:
            start, end = reading.span(at)
            if text[start - 1] == "“" and text[slice(*reading.between(at))] == " ":
                yield end, (start, end)


_SAYS = lazily(r" says(?=[,.])")
_TAGGING = lazily(r"”(?: (?:he|she|[A-Z][a-z]+))?\Z")
_TENSE = 50


@text_rule(
    "PUN040",
    language="en",
    examples=(
        Example(
            "“Go,” he said. " * 50 + "“Go,” she ⟦says⟧, and he went.",
            "“Go,” he said. " * 50 + "“Go,” she said, and he went.",
        ),
    ),
    passes=("“Go,” he says. “Go,” she said. “Go,” she says.",),
)
def tag_in_other_tense(reading: Reading) -> Iterator[Hit]:
    """One speaker *says*, where all others of the book *said*.

    The tense slipped, or the passage was once told in the present.

    Fix: Write *said*.
    Source: The work of copy-editors.
    """
    found = [
        match
        for match in reading.begun(_SAYS, " says,", " says.")
        if _TAGGING.search(reading.text[max(0, match.start() - 20) : match.start()])
    ]
    if len(found) * _TENSE <= reading.lower["said"]:
        for match in found:
            yield Hit(match.start() + 1, match.end(), "The others of the book “said”.", "said")
