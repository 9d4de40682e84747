"""Rules on dashes, hyphens for dashes, and dots."""

import re
from collections.abc import Iterator

from publish.diagnostic import Severity
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily


@text_rule(
    "DSH003",
    examples=(Example("He ran—then stopped—and ran—he fell—he rose—he sat—he lay—he hid—he⟦ — ⟧came."),),
    passes=("He ran—then stopped.", "He ran — then stopped.", "“Yes—” he said. —No."),
)
def dash_spaced_otherwise(reading: Reading) -> Iterator[Hit]:
    """A dash is spaced otherwise than nearly all of the book's dashes.

    Dashes stand close to their words or apart from them, but the same throughout.

    Fix: Space it as the others are.
    Source: The Chicago Manual of Style, 6.85; New Hart's Rules, 4.11.
    """
    found = [
        match
        for match in reading.begun(_DASHES, " —", "—")
        if not reading.text[match.start() - 1].isdigit()  # The year 18—.
    ]
    spaced = [match for match in found if match[0] == " — "]
    closed = len([match for match in found if match[0] == "—"])
    rare = [match for match in found if match[0] in (" —", "— ")]
    if len(spaced) * _NINE_TENTHS <= closed:
        rare += spaced
    elif closed * _NINE_TENTHS <= len(spaced):
        rare += [match for match in found if match[0] == "—"]
    if len(rare) * _NINE_TENTHS <= len(found):
        usual = "close to its words" if closed > len(spaced) else "apart from its words"
        for match in sorted(rare, key=lambda match: match.start()):
            yield Hit(*match.span(), f"The dash does not stand {usual}, as the book’s dashes do.")


_NINE_TENTHS = 8
_DASHES = lazily(r"(?: —|—)(?<=[\w,.;!?] —|.[\w,.;!?]—) ?(?=[^\W\d_])(?!(?:th|st|nd|rd)\b)")
"""Not the number left out of *the —th*."""


@text_rule(
    "DSH005",
    examples=(Example("He ran—then stopped—and ran—he fell—he rose⟦–⟧he sat."),),
    passes=("He ran—then stopped; the London–Paris train, 1914–18.", "He ran – then stopped – and ran."),
)
def dash_of_another_length(reading: Reading) -> Iterator[Hit]:
    """A dash between words is shorter than the book's other dashes, or longer.

    Long dashes (—) in one place and short ones (–) in another look like a difference that is meant.

    Fix: Type the dash that the rest of the book has.
    Source: The Chicago Manual of Style, 6.78 and 6.85.
    """
    long = list(reading.find(re.compile("—"), "—"))
    short = list(reading.find(re.compile(r"–(?<=[a-zà-ÿ,.!?”’]–)(?=[a-zà-ÿ“‘”])| – (?=\D)"), "–"))
    fewer, other = sorted((long, short), key=len)
    if fewer and len(fewer) * _FOUR_FIFTHS <= len(other):
        usual = other[0][0].strip()
        for match in fewer:
            yield Hit(*match.span(), f"The dash is “{match[0].strip()}”; the rest of the book has “{usual}”.")


_FOUR_FIFTHS = 4


@text_rule(
    "DSH004",
    examples=(Example("In the years 1914⟦-⟧18, on pages 12⟦-⟧17.", "In the years 1914–18, on pages 12–17."),),
    passes=("In the years 1914–18.", "Call 555-1234-77.", "On 2024-05-06."),
)
def hyphen_in_range(reading: Reading) -> Iterator[Hit]:
    """A hyphen stands between the two ends of a range of years or pages.

    From a year to a year print has the dash of the length of an n. A book that has hyphens there throughout
    hears of it in notes.

    Fix: Type an en dash (–).
    Source: The Chicago Manual of Style, 6.78.
    """
    found = list(reading.find(_RANGE, "-"))
    for match in found:
        told = f"The hyphen of “{reading.token(match.start())}” stands for “to”."
        severity = Severity.INFO if len(found) > _HABIT else None
        yield Hit(*match.span(), told, "–", "Write an en dash", severity)


_RANGE = lazily(
    r"-(?:(?<=[ (][12]\d{3}-)(?=(?:[12]\d{3}|\d\d)\b(?![-\d]))"
    r"|(?=\d)(?:(?<=pages \d\d-)|(?<=pages \d\d\d-)|(?<=pp\. \d\d-)|(?<=pp\. \d\d\d-)))"
)
_HABIT = 24


@text_rule(
    "DSH008",
    examples=(Example("He ran⟦——⟧then stopped, and fell⟦- -⟧then rose."),),
    passes=("He ran—then stopped.", "Count M⸺ came.", "Count M—— came, and Mrs. —— with him."),
)
def dash_doubled(reading: Reading) -> Iterator[Hit]:
    """Two dashes stand in a row between two words.

    One of them is left over, unless a name is left out.

    Fix: Keep one dash.
    Source: Standard Ebooks lint, t-014.
    """
    for match in reading.begun(_TWO_DASHES, "——", "––", "—–", "–—", "- -", "-—", "—-"):
        yield Hit(*match.span(), "Two dashes stand in a row.")


_TWO_DASHES = lazily(
    r"——+(?<=[a-z]——)(?=[a-z])|–[–—]+|—–+|(?:- -|-—|—-)(?<=[a-z]- -|.[a-z]-—|.[a-z]—-)(?=[a-z])"
)


@text_rule(
    "DSH009",
    examples=(Example("“I never said⟦-⟧” he began.", "“I never said—” he began."),),
    passes=("“I never said—” he began.", "The pre-, and the post-war years."),
)
def hyphen_at_break(reading: Reading) -> Iterator[Hit]:
    """Speech is cut short by a hyphen.

    What breaks off, breaks off with a dash.

    Fix: Type a dash.
    Source: The Chicago Manual of Style, 6.87.
    """
    for match in reading.find(re.compile(r"-(?<=[^\W_]-)(?=[”’?!])(?!’[a-z])"), "-”", "-’", "-?", "-!"):
        yield Hit(*match.span(), f"A hyphen ends “{reading.token(match.start())}”.", "—", "Write a dash")


@text_rule(
    "DSH010",
    examples=(Example("He waited⟦……⟧ and left."),),
    passes=("He waited… and left. Then…. Then nothing.",),
)
def dots_too_many(reading: Reading) -> Iterator[Hit]:
    """More dots stand in a row than three and a full stop.

    Readers look for a difference between five dots and three, and there is none.

    Fix: Type three dots.
    Source: The Chicago Manual of Style, 13.50.
    """
    found = list(reading.begun(re.compile(r"…[….]*(?:…|\.\.)|\.{5,}"), "……", "…..", "….…", "....."))
    # A row of full stops alone is an old way of leaving a sentence unfinished, where the book has it often.
    manner = sum("…" not in match[0] for match in found) >= _MANNER
    for match in found:
        told = "The row of dots is longer than three and a full stop."
        severity = Severity.INFO if manner and "…" not in match[0] else None
        yield Hit(*match.span(), told, severity=severity)


_MANNER = 4


@text_rule(
    "DSH011",
    severity=Severity.INFO,
    examples=(Example("He ran⟦,—⟧then he stopped—and ran⟦—,⟧" + "he ran—" * 400 + "he fell."),),
    passes=("He ran—then stopped.", "He ran,—then stopped,—and ran."),
)
def comma_and_dash(reading: Reading) -> Iterator[Hit]:
    """A comma stands beside a dash in a book that has none elsewhere.

    Printers of the nineteenth century set both; today one of them does the work.

    Fix: Delete the sign beside the dash.
    Source: The Chicago Manual of Style, 6.88 (dash with other signs).
    """
    both = list(reading.begun(re.compile(r"[,;]—|—[,;](?<=[a-z]—.)"), ",—", ";—", "—,", "—;"))
    if both and len(both) * _RARE <= reading.text.count("—"):
        for match in both:
            told = f"“{match[0]}” stands where the book has a dash alone."
            yield Hit(*match.span(), told, severity=Severity.WARNING if match[0][0] == "—" else None)


_RARE = 200


_ODD_DASH = lazily("[‒―−](?=[^\\W\\d_]|[”’])(?<=[^\\W\\d_][‒―−]|[,.;!?’”][‒―−])")


@text_rule(
    "DSH012",
    examples=(
        Example(
            "He ran—then stopped—and—ran—then⟦―⟧he fell⟦−⟧he rose.",
            "He ran—then stopped—and—ran—then—he fell—he rose.",
        ),
    ),
    passes=("He ran—then stopped; 5 − 3 is 2, and it was −4 out.", "―Yes, he said. ―No."),
)
def sign_like_a_dash(reading: Reading) -> Iterator[Hit]:
    """A sign stands between words that only looks like a dash.

    The minus, the bar and the dash of figures have another length and height than the dash of the book.

    Fix: Type the dash that the rest of the book has.
    Source: The Unicode Standard, 6.2 (dashes and hyphens).
    """
    found = list(reading.find(_ODD_DASH, "‒", "―", "−"))
    usual = "—" if reading.text.count("—") >= reading.text.count("–") else "–"
    if len(found) * _FOUR_FIFTHS <= reading.text.count(usual) * 2:
        for match in found:
            told = f"“{match[0]}” (U+{ord(match[0]):04X}) is no dash."
            yield Hit(*match.span(), told, usual)


@text_rule(
    "DSH013",
    language="en",
    examples=(
        Example("He came to the table⟦-⟧but in vain, and left⟦-⟧she saw it."),
        Example("The tea-house, a tea-house, and one tea⟦—⟧house."),
    ),
    passes=("A good-for-nothing would-be what-not, the so-and-so; he-he! W-what? Bread-and-butter.",),
)
def hyphen_before_clause(reading: Reading) -> Iterator[Hit]:
    """A hyphen joins a word to one that begins a new thought, or a dash parts a compound.

    No compound ends in *but* or *which*: a dash is meant, and the typewriter had none. A compound that the
    book has elsewhere with its hyphen wants it here too.

    Fix: Type a dash, or the hyphen.
    Source: The Chicago Manual of Style, 6.85.
    """
    for match in reading.find(_TIGHT_DASH, "—"):
        before, after = reading.before(match.start()), match["after"]
        if reading.lower[f"{before}-{after}"] >= _OFTEN:
            told = f"The dash after “{before}” seems to stand for a hyphen: “{before}-{after}”."
            yield Hit(match.start(), match.start() + 1, told)
    joined = [
        word for word, count in reading.counts.items() if "-" in word and _ENDS_NO_COMPOUND.fullmatch(word)
    ]
    for match in filter(
        None, (_ENDS_NO_COMPOUND.match(reading.text, word.start()) for word in reading.each(*joined))
    ):
        before, after = match["before"], match["after"]
        if before != after and reading.lower[match[0]] == 1 and not after.startswith(before):
            told = f"The hyphen in “{match[0]}” seems to stand for a dash."
            yield Hit(match.end("before"), match.end("before") + 1, told)


_TIGHT_DASH = lazily(r"—(?<=[a-z]{2}—)(?P<after>[a-z]{3,})(?![\w’—-])")
_OFTEN = 2
_ENDS_NO_COMPOUND = lazily(
    r"(?<![\w’-])(?P<before>[a-z]{3,})-(?P<after>but|and|which|who|he|she|they|it|we|you|a|an|the|if|as|that|"
    r"this|what|when|where|there|then|his|her|my|their|is|was|were|had|has|neither|nor|yet|though|because|"
    r"until|till|while|even|never|always|how|why|probably|perhaps|certainly|indeed|whether|these|those|your|our|"
    r"its|everything|nothing|something|such|only)(?![\w’-])"
)
