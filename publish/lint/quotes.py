"""Rules on single quotation marks and apostrophes: turned, spaced, and the signs beside them."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from publish.diagnostic import Severity
from publish.lint.dialogue import SAY
from publish.lint.passages import Setting
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_ELIDED = lazily(
    rf"‘(?P<word>em\b|n’|(?:tis|twas|twere|twill|twould|til|cause)\b|\d0s\b)(?=(?P<rest>[^‘{EDGE}]*))",
    re.IGNORECASE,
)
_CERTAIN = ("em", "n’")
_SINGLE_CLOSE = lazily(r"[.,!?…—]’|’(?=[”.,!?—]|\s*\Z)")


@text_rule(
    "QUO002",
    language="en",
    examples=(
        Example("“⟦‘⟧Tis late,” he said.", "“’Tis late,” he said."),
        Example("Rock ⟦‘⟧n’ roll of the ⟦‘⟧90s.", "Rock ’n’ roll of the ’90s."),
        Example("‘Let ⟦‘⟧em come,’ he said.", "‘Let ’em come,’ he said."),
    ),
    repairs=(Example('"⟦\'⟧Tis late," he said.', "“’Tis late,” he said."),),
    passes=("“’Tis late,” he said.", "‘Tis pity,’ he said, and left.", "“‘Round’ is a word,” he said."),
)
def apostrophe_turned(reading: Reading) -> Iterator[Hit]:
    """An apostrophe at the beginning of a word is turned the wrong way.

    Word processors open a quotation there: *‘tis*, *‘90s*, *rock ‘n’ roll*. What is left out calls for an
    apostrophe. Typed straight, it comes out right in the book.

    Fix: Type the closing mark, which is the apostrophe.
    Source: The Chicago Manual of Style, 6.117.
    """
    for match in reading.find(_ELIDED, "‘"):
        if match["word"].lower() in _CERTAIN or not _SINGLE_CLOSE.search(match["rest"]):
            told = f"“{match['word']}” begins with an opening mark instead of an apostrophe."
            yield Hit(match.start(), match.start() + 1, told, "’", "Turn it into an apostrophe")


@text_rule(
    "QUO017",
    examples=(Example("I don⟦‘⟧t know the boys⟦‘⟧ names.", "I don’t know the boys’ names."),),
    passes=("I don’t know the boys’ names; he said ‘no’ to me.",),
)
def apostrophe_turned_inside(reading: Reading) -> Iterator[Hit]:
    """An opening mark stands in a word, or at its end, where an apostrophe belongs.

    It was typed or converted the wrong way round.

    Fix: Type the closing mark, which is the apostrophe.
    Source: Standard Ebooks lint, y-series on quotes inside words.
    """
    for match in reading.find(re.compile(r"‘(?<=[^\W_]‘)(?=\w|[\s.,;:!?])"), "‘"):
        told = f"The apostrophe of “{reading.token(match.start()).strip('“”.,;:!?')}” is turned."
        yield Hit(*match.span(), told, "’", "Turn it into an apostrophe")


_OPEN_WRONG = lazily(rf"”(?<=[\s{EDGE}—(]”)(?=[\w’…])")
_CLOSED_WRONG = lazily(rf"“(?<=[\w.,!?…—]“)(?=[\s{EDGE}.,;:!?)—])")


@text_rule(
    "QUO006",
    language="en",
    examples=(
        Example("⟦”⟧Yes,⟦“⟧ he said.", "“Yes,” he said."),
        Example("He said ⟦”⟧yes⟦“⟧ and left.", "He said “yes” and left."),
    ),
    passes=("“Yes,” he said. “No”—and he left.", "The „Zeit“ was on the table."),
)
def quotation_mark_turned(reading: Reading) -> Iterator[Hit]:
    """A double quotation mark is turned the wrong way.

    A closing mark opens, or an opening one closes: programs that curl marks guess by what stands before.

    Fix: Turn it round.
    Source: Standard Ebooks lint, t-028; pptext, "smart quote scan".
    """
    if reading.style.opening not in "“‘":
        return
    for pattern, right in ((_OPEN_WRONG, "“"), (_CLOSED_WRONG, "”")):
        for match in reading.find(pattern, "”", "“"):
            if "„" not in reading.text[max(0, match.start() - 80) : match.start()]:
                verb = "opens" if right == "“" else "closes"
                told = f"The mark that {verb} “{reading.token(match.start()).strip('“”')}” is turned."
                yield Hit(*match.span(), told, right, f"Write {right}")


_SPACED_QUOTE = lazily(r"“ +(?=\w)| +(?=”(?!\w))(?<=[\w.,!?…—] )")


@text_rule(
    "QUO011",
    language="en",
    examples=(Example("“⟦ ⟧Yes, he is here,⟦ ⟧” he said.", "“Yes, he is here,” he said."),),
    passes=("“Yes,” he said. “No.”", "“Read this: ‘No.’ ”"),
)
def space_in_quote(reading: Reading) -> Iterator[Hit]:
    """A space stands between a quotation mark and the words it encloses.

    The mark may end up alone at the end of a line, or at the beginning of one.

    Fix: Delete the space.
    Source: Standard Ebooks lint, t-037 and t-038.
    """
    for match in reading.begun(_SPACED_QUOTE, "“ ", " ”"):
        start = match.start() + (match[0][0] == "“")
        told = f"A space parts the quotation mark from “{_beside(reading.text, start, match.end())}”."
        yield Hit(start, match.end(), told, "", "Delete the space")


def _beside(text: str, start: int, end: int) -> str:
    inside = text[end : end + 30] if text[start - 1] == "“" else ""
    words = inside.split() or text[max(0, start - 30) : start].split()[-1:]
    return words[0]


@text_rule(
    "QUO012",
    language="en",
    examples=(Example("“Yes,⟦”⟧he said.⟦“⟧No.”", "“Yes,” he said. “No.”"),),
    passes=("“Yes,” he said—“no.”", "The “B”s and the un“holy”."),
)
def no_space_beside_quote(reading: Reading) -> Iterator[Hit]:
    """No space stands between a quotation mark and the word outside it.

    The speech runs into the words that tell who speaks.

    Fix: Type the space.
    Source: Standard Ebooks lint, y-014 and t-038.
    """
    for match in reading.begun(_TIGHT, "”", "“"):
        at = match.start() if match[0] == "“" else match.end()
        told = f"No space stands beside the quotation mark in “{reading.token(match.start())}”."
        yield Hit(*match.span(), told, " ", "Insert a space", at=(at, at))


_TIGHT = lazily(r"”(?<=[.,!?…\w]”)(?=[^\W\d_]{2})(?!es\b)|“(?<=[.,!?;:]“|\w“)(?=\w)(?<![^\W\d_]{2}“(?=\w+”))")


@text_rule(
    "QUO019",
    examples=(
        Example("⟦““⟧Yes,⟦””⟧ he said.", "“Yes,” he said."),
        Example("“Yes.⟦’”⟧ He rose.", "“Yes.” He rose."),
        Example("It was my mother⟦’’⟧s house.", "It was my mother’s house."),
    ),
    passes=("“Yes,” he said.", "It was my mother’s house. ‘Don’t say “no,”’ he said."),
)
def quotation_mark_doubled(reading: Reading) -> Iterator[Hit]:
    """A double quotation mark is typed twice, or an apostrophe inside a word.

    One of the two is left over.

    Fix: Delete one.
    Source: bookloupe, "double punctuation".
    """
    twice = re.compile("““+|””+|««+|»»+|„„+|’’(?<=[a-z]’’)’*(?=[a-z])")
    for match in reading.begun(twice, "““", "””", "««", "»»", "„„", "’’"):
        yield Hit(*match.span(), f"The mark {match[0][0]} is typed twice.", match[0][0], "Delete one")
    for match in reading.find(
        _APART, "“ “", "” ”", "“\u200a“", "”\u200a”", "“\xa0“", "”\xa0”", "“\u202f“", "”\u202f”"
    ):
        told = f"Two marks {match[0][0]} stand side by side; one of them should be a single mark."
        yield Hit(*match.span(), told)
    for match in reading.find(re.compile("’”(?<=[.,!?]’”)"), "’”"):
        passage, start = reading.at(match.start())
        if "‘" not in passage.run.text and "“" in reading.text[start : match.start()]:
            told = "A single mark closes beside the double one, and none was opened."
            yield Hit(*match.span(), told, "”", "Delete the single mark")


_APART = lazily(r"“[ \u200a\xa0\u202f]“|”[ \u200a\xa0\u202f]”")
_TOLD = (
    rf"(?= (?:(?:he|she|I|they|we) (?:{SAY})\b|"
    rf"(?:{SAY}) (?:he|she|I|they|we|the|his|her|my|[A-Z][a-z]+)\b))"
)


@text_rule(
    "QUO014",
    language="en",
    examples=(Example("“I am ⟦late”⟧ she said.", "“I am late,” she said."),),
    passes=("“I am late,” she said.", "It was the “thing” he said he had seen."),
)
def comma_missing_in_speech(reading: Reading) -> Iterator[Hit]:
    """No sign stands between speech and the words that tell who speaks.

    Speech ends with a comma there, or with a question mark, an exclamation mark or a dash.

    Fix: Type the comma before the closing mark.
    Source: The Chicago Manual of Style, 6.40; bookloupe, "end-quote missing punctuation".
    """
    found = list(_bare_ends(reading))
    told = found[0].message + f" So it is in {len(found) - 1} other places." if len(found) > _WAY else ""
    for number, hit in enumerate(found):
        if not told:
            yield hit
        else:
            yield replace(hit, message=told) if not number else replace(hit, severity=Severity.INFO)


_WAY = 40
"""What a book does so often is its way, and told of once."""


def _bare_ends(reading: Reading) -> Iterator[Hit]:
    for match in reading.find(_BARE_END, "”"):
        text = reading.text
        opened = text.rfind("“", max(0, match.start() - 600), match.start())
        before = text[max(0, opened - 2) : opened].strip()
        if (
            opened >= 0
            and (not before or before[-1] in f"{EDGE}.,:;!?—”")
            and "”" not in text[opened : match.start()]
        ):
            word = re.search(r"\w+\Z", text[max(0, match.start() - 30) : match.start()])
            start = match.start() - len(word[0] if word else "")
            told = f"No sign ends the speech before “{text[match.end() + 1 : match.end() + 20].split()[0]}”."
            yield Hit(start, match.end(), told, ",", "Insert a comma", at=(match.start(), match.start()))


_BARE_END = lazily(rf"”(?<=[a-z]”){_TOLD}")


@text_rule(
    "PUN006",
    language="en",
    examples=(
        Example("“I am late⟦.⟧” she said.", "“I am late,” she said."),
        Example("“I am late⟦.” O⟧ne guest said in disgust.", "“I am late,” one guest said in disgust."),
    ),
    passes=(
        "“I am late,” she said.",
        "“I am late.” She said it softly.",
        "“I saw Mr. X.” He said no more.",
        "“I am late.” He asked. “No.” She said quietly, “Go.”",
        "“He is ill.” Or so she said. “Go.” Nobody replied immediately. “So.” No more was said.",
        "“Go.” She said quietly that she was tired. “Go.” They had said.",
    ),
)
def stop_before_tag(reading: Reading) -> Iterator[Hit]:
    """A full stop ends speech before the words that tell who speaks.

    They belong to the sentence, so a comma stands before them.

    Fix: Write a comma for the full stop.
    Source: The Chicago Manual of Style, 6.40.
    """
    pattern = re.compile(
        rf"\.(?=[”’] (?:(?:he|she|they|we) (?:{SAY})|(?:{SAY}) (?:he|she|the|his|her|[A-Z][a-z]+))\b)"
        r"|\.(?<=[a-z]{3}\.)(?=” [a-z])(?<!etc\.)"
    )
    for match in reading.find(pattern, ".”", ".’"):
        yield Hit(*match.span(), _GOES_ON, ",", "Write a comma")
    for match in reading.begun(_TAG_LARGE, ".” "):
        word = match["word"] or match["came"]
        is_name = word == "I" or reading.names[word] > reading.lower[word.lower()] // 2
        first = "" if is_name else f"” {word[0].lower()}"
        end = match.start() + (len(".” W") if first else 1)
        yield Hit(match.start(), end, _GOES_ON, f",{first}", "Write a comma")


_GOES_ON = "A full stop ends the speech, and the sentence goes on after it."
_NOBODY = "Or So As That Nobody None Nothing Enough No Little Much More Neither Few What It"
"""They begin a sentence of its own: *Or so she said*, *Nobody replied immediately*."""
_TAG_LARGE = lazily(
    rf"\.” (?:(?P<word>(?!(?:{_NOBODY.replace(' ', '|')})\b)[A-Z][a-z]*)"
    r"(?: (?!was|is|were|had)[a-z]+){0,2} (?:said(?:\.| (?:in|with|[a-z]+ly)\b(?! that)[^“”.?!,]*\.)|"
    r"(?:asked|replied|whispered|exclaimed|muttered|murmured|remarked)(?: [a-z]+ly)\.)|"
    r"(?P<came>Came|Said) [^“”.?!]{0,40}\b(?:voice|reply|answer|he|she)\b)(?! “)"
)


@text_rule(
    "PUN007",
    language="en",
    examples=(Example("“I am late,” ⟦She⟧ said.", "“I am late,” she said."),),
    passes=("“I am late,” she said.", "“I am late,” I said. “Late,” Ann said."),
)
def capital_after_comma(reading: Reading) -> Iterator[Hit]:
    """A capital follows speech in the middle of the sentence.

    The words that tell who speaks go on with it, after a comma always, after a question mark where they can
    be nothing else.

    Fix: Write the word small.
    Source: The Chicago Manual of Style, 13.14.
    """
    pattern = re.compile(
        r",[”’] (?P<word>He|She|They|We|It|The|Said|Asked|Replied|Cried)(?= )|"
        rf"[?!][”’] (?P<again>He|She|They|We)(?= (?:{SAY})(?:[.;:—]|,(?! [“‘][A-Z])| [a-z]+ly[.,]))"
    )
    for match in reading.begun(pattern, ",”", ",’", "?”", "?’", "!”", "!’"):
        start, end = match.span("word" if match["word"] else "again")
        word = reading.text[start:end]
        told = f"“{word}” has a capital, and the sentence goes on after the speech."
        yield Hit(start, end, told, word[0].lower(), "Write it small", at=(start, start + 1))


@text_rule(
    "PUN017",
    language="en",
    examples=(
        Example(
            "The door was open.\n\n“⟦where⟧ are you?” he said.",
            "The door was open.\n\n“Where are you?” he said.",
        ),
    ),
    passes=("“Where are you?” he said.", "The word “house” was gone.", "“…where are you?”"),
)
def speech_starts_small(reading: Reading) -> Iterator[Hit]:
    """Speech at the beginning of a paragraph starts with a small letter.

    Speech that begins a paragraph begins a sentence.

    Fix: Write the letter large.
    Source: Standard Ebooks lint, y-series on dialogue.
    """
    for match in reading.find(re.compile(rf"“(?<={EDGE}“)(?P<word>[a-z]\w*)(?!’)"), "“"):
        if reading.setting(match.start()) is Setting.PROSE:
            start, end = match.span("word")
            told = f"The speech starts with a small letter: “{match['word']}”."
            right = match["word"][0].upper()
            yield Hit(start, end, told, right, "Write the letter large", at=(start, start + 1))


@text_rule(
    "QUO008",
    examples=(Example("“I am late,” she said. “Very late.” “Yes.” ⟦«⟧No,⟦»⟧ he said."),),
    passes=("“I am late,” she said.", "« Oui », dit-il. “No.”", "He sat.\n\n‘Late,’ she said.\n\nHe rose."),
)
def quotation_marks_mixed(reading: Reading) -> Iterator[Hit]:
    """Quotation marks of another kind than the book's stand in the text.

    “ ” in one chapter and « » or „ “ in another say the same and look like a difference.

    Fix: Type the marks that the rest of the book has.
    Source: The Chicago Manual of Style, 13.9.
    """
    style = reading.style
    own = {*style.opening, *style.closing, *style.inner_opening, *style.inner_closing}
    odd = [mark for mark in "«»„" if mark not in own]
    usual = max(1, reading.text.count(style.opening[0]))
    found = (
        list(re.finditer(f"[{''.join(odd)}]", reading.text))
        if odd and any(m in reading.text for m in odd)
        else []
    )
    if len(found) * _FOUR < usual * 2:
        for match in found:
            told = f"{match[0]} is not the quotation mark of the rest of the book."
            yield Hit(*match.span(), told)
    if style.opening == "“" in reading.text:
        begun = [match.start() + 1 for match in reading.begun(_SINGLE_SPEECH, f"{EDGE}‘")]
        single = [
            at for at in begun if reading.text[at - 2] in ".?!”" and reading.setting(at) is Setting.PROSE
        ]
        # A language may be set with “ while its book has ‘, or hardly ever anything else.
        for at in single if len(single) < reading.text.count("“") else ():
            yield Hit(at, at + 1, "‘ opens speech; the rest of the book has “.")


_SINGLE_SPEECH = lazily(rf"{EDGE}‘[A-Z][^“”‘{EDGE}]*[,.!?—…]’(?: [^“”{EDGE}]*)?(?={EDGE})")
_FOUR = 2


@text_rule(
    "QUO010",
    severity=Severity.INFO,
    examples=(Example("He was ⟦5’ 11”⟧ tall."),),
    passes=("He was 5′ 11″ tall.", "In the ’90s, “in 1990,” he said."),
)
def quotation_mark_for_prime(reading: Reading) -> Iterator[Hit]:
    """Quotation marks stand for feet and inches.

    Feet, inches and minutes have signs of their own: 5′ 11″.

    Fix: Type the prime (′) and the double prime (″).
    Source: The Chicago Manual of Style, 10.66.
    """
    for number in reading.figures:
        match = _FEET.match(reading.text, max(number.start(), number.end() - 2))
        if match:
            yield Hit(*match.span(), f"“{match[0]}” is written with quotation marks.")


_FEET = re.compile(r"\d{1,2}’ ?\d{1,2}”")


@text_rule(
    "QUO013",
    severity=Severity.INFO,
    examples=(Example("“I am late.⟦” “⟧So am I.”"),),
    passes=("“I am late.”\n\n“So am I.”", "“Yes,” he said. “No.”"),
)
def two_speeches_together(reading: Reading) -> Iterator[Hit]:
    """Two speeches stand in one paragraph with nothing between them.

    Who speaks second begins a paragraph; if it is the same, one pair of marks is enough. Told once for each
    paragraph.

    Fix: Begin a paragraph, or delete the two marks.
    Source: Standard Ebooks lint, y-series on consecutive quotations.
    """
    told = -1
    for match in reading.find(re.compile(r"” “(?<=[.!?]” “)(?=[A-Z])"), "” “"):
        _, paragraph = reading.at(match.start())
        if paragraph != told:
            told = paragraph
            yield Hit(*match.span(), "Two speeches follow each other in one paragraph.")
    for match in reading.begun(_COMMA_BETWEEN, f"{EDGE}“"):
        lost = "Nothing stands between two speeches, the first of which goes on after its comma."
        yield Hit(match.end() - 3, match.end(), lost, severity=Severity.WARNING)


_COMMA_BETWEEN = lazily(rf"{EDGE}“[^“”{EDGE}]*[a-z],” “(?=[A-Z][^“”{EDGE}]*[.!?—]”)")


@text_rule(
    "QUO018",
    examples=(
        Example(
            "“Yes,” he said. “No,” “So,” “Now,” “Then,” “Here,” “There,” “Late,” he read. “Well⟦”,⟧ she said."
        ),
    ),
    passes=("“Yes,” he said.", "“Yes”, he said. “No”, “So”, he read."),
)
def sign_outside_quote(reading: Reading) -> Iterator[Hit]:
    """A comma or full stop stands outside the quotation mark, against the book's own way.

    American books have it inside, others often outside, but one book has one way.

    Fix: Put the sign where the rest of the book has it.
    Source: The Chicago Manual of Style, 6.9; New Hart's Rules, 9.2.3.
    """
    outside = list(reading.find(re.compile(r"”[.,](?<=[a-z]”[.,])"), "”,", "”."))
    inside = reading.text.count(",”") + reading.text.count(".”")
    if len(outside) * _RARE <= inside:
        for match in outside:
            yield Hit(*match.span(), f"“{match[0][1]}” stands outside the quotation mark; elsewhere inside.")
    asked = reading.has("”?") or reading.has("”!")
    for match in reading.begun(_ASKED, f"{EDGE}“") if asked else ():
        at = match.end() - 2
        yield Hit(at, at + 2, f"“{match[1]}” ends the speech and stands outside the quotation mark.")


_ASKED = lazily(rf"{EDGE}“[A-Z][^“”.?!{EDGE}]{{5,200}}[a-z]”([?!])(?= |{EDGE})")


_RARE = 8
