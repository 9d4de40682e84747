"""Rules on what is left over: placeholders, markup, notes without partner, text that stands twice."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import compress
from statistics import median

from publish.diagnostic import Severity
from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_PLACEHOLDER = lazily(
    r"TK+(?:TK)*s?(?![\w’])|TODO(?!\w)|FIXME|XXX+(?!\w|[IVX])|\bxxx+(?!\w)|TB[DCA](?!\w)|"
    r"ZZZ+(?!\w)|QQQ+(?!\w)|Page \d+ of \d+|pages? 00+(?!\d)|"
    r"[Ll]orem ipsum|LOREM IPSUM|dolor sit amet|\?\?\?+|[\[(]\?\??[^\])\uffff]{0,60}[\])]|"
    r"[\[<{](?i:insert|add|check|fix|todo|tk|name|date|illustration|scene|missing|placeholder|"
    r"research|describe|expand|rewrite|more|nb|cut|ask|xxx|note to self|citation needed|"
    r"ed|au|author|editor|query)\b"
    r"[^\]>}\uffff]{0,80}[\]>}]|"
    r"\[(?=[a-z])[^\[\]\uffff]{2,60}\?\]|\{[A-Z][a-z]+: [^{}\uffff]{2,80}\}|"
    r"(?:NOTE TO SELF|Note to self|AUTHOR QUERY|EDITOR|QUERY|AQ|AU):[^.?!\uffff]{0,80}"
)
_SIGNS_OF_ONE = (
    "TK/TODO/FIXME/XXX/xxx/TB/Lorem/lorem/LOREM/dolor sit/NOTE TO SELF/Note to self/AUTHOR QUERY/EDITOR:/"
    "QUERY:/AQ:/AU:/ZZZ/QQQ/page 0/pages 0/Page /???/(?/[/</{"
).split("/")


@text_rule(
    "STR016",
    examples=(
        Example("He came from ⟦TK⟧ and ⟦[insert name]⟧ knew it. ⟦Lorem ipsum⟧."),
        Example("The year was ⟦XXX⟧ and ⟦TODO⟧ the rest."),
        Example("He came ⟦[cut this?]⟧ and went. ⟦{Agnes: are you sure?}⟧ ⟦[NB Nora says no]⟧"),
    ),
    passes=(
        "The king Louis XXX was none. He read Psalm XXX.",
        "“What?!” she cried [sic].",
        "Tk is a library.",
    ),
)
def placeholder(reading: Reading) -> Iterator[Hit]:
    """A mark says that something is still to be written.

    *TK*, *TODO*, *XXX* and words in square brackets are notes of an author to themselves.

    Fix: Write what is missing, or delete the mark.
    Source: The usage of editors and programmers; Standard Ebooks lint.
    """
    for match in reading.begun(_PLACEHOLDER, *_SIGNS_OF_ONE):
        before = re.search(
            r"(?<=[a-z,] )(\w+)\.? \Z", reading.text[max(0, match.start() - 30) : match.start()]
        )
        roman = match[0] == "XXX" and (
            (reading.language != "en" and reading.counts["XXIX"] + reading.counts["XXXI"] > 0)
            or reading.setting(match.start()) is Setting.HEADING
            or (before and before[1][0].isupper())
        )
        if not roman and not reading.text[match.start() - 1].isalnum():
            yield Hit(*match.span(), f"“{match[0]}” is a note that something is missing.")


_MARKUP = lazily(
    r"</?[a-zA-Z](?![^<>\s\uffff]{0,64}@[^<>\s\uffff]{1,60}>)[^<>\uffff]{0,120}>|<!--|-->|\[/?(?:b|i|u|url|img|quote|color|size|center|spoiler|caption)(?:=[^\]\uffff]*)?\]|"
    r"\[[a-z][a-z_-]{1,24} [a-z_-]{1,24}=[\"“”'‘’][^\[\]\uffff]{1,400}\]|"
    r"!?\[[^\[\]\uffff]{1,80}\]\([^)\s\uffff]{1,200}\)|(?<!\*)\*\*(?!\*| \*)(?<!\* \*\*)|"
    r"\*{3,}(?=\w)|(?<=\w)\*{3,}|__+(?=\w)|(?<=\w)__+|"
    r"&(?:[a-zA-Z]{2,8}|#\d+);|&(?:nbsp|amp|quot|apos|[lrm]dash|[lr][sd]quo|hellip|#\d{2,5})|\\(?:emph|textit|textbf|chapter|par|ldots)\b|```|\{\\[a-z]+|"
    r"(?<=[\uffff ])#{1,6} (?=\w)|%[2-7][0-9A-F](?<=[a-z,.]...)(?=\w)|\{[+=>~-]{2}|[+=<~-]{2}\}"
)
_CRITIC = ("++}", "==}", "<<}", "~~}", "--}")


@text_rule(
    "STR027",
    examples=(
        Example("He ⟦<b>⟧never⟦</b>⟧ came."),
        Example("He ⟦[i]⟧never⟦[/i]⟧ came, and see ⟦[here](http://a.example)⟧."),
        Example('He came.\n\n⟦[bctt tweet="He came, and he left." username="ada"]⟧'),
    ),
    passes=(
        "He never came; 3 < 5 and 7 > 5.",
        "AT&T; he wrote a_b and [sic].",
        "To: Ann <ann@far-off.example>",
    ),
)
def markup_left(reading: Reading) -> Iterator[Hit]:
    """Markup of a web page or of a markup language stands in the text.

    The reader sees the signs instead of what they were to do.

    Fix: Delete the signs; for italics type *stars* or _lines_ round the words.
    Source: bookloupe, "HTML tag"; Standard Ebooks lint.
    """
    for match in reading.begun(
        _MARKUP, "<", "-->", "[", "![", "**", "__", "&", "\\", "```", "{", "#", "%", *_CRITIC
    ):
        yield Hit(*match.span(), f"“{match[0][:40]}” is markup.")


@text_rule(
    "STR014",
    examples=(Example("He came from Ghent⟦[3]⟧ and meant to go back⟦¹⟧. Nobody⟦[^b]⟧ asked."),),
    passes=("He came from Ghent [3 miles], x² and 5 m³.",),
)
def note_without_partner(reading: Reading) -> Iterator[Hit]:
    """A mark in the text calls a note that the book does not have.

    The note was lost, it stands where it is not known for one, or an earlier mark calls it: a note stands in
    the book once.

    Fix: Type the note below, with the same mark before it, or delete the mark.
    Source: Standard Ebooks lint, t-012 and t-020.
    """
    for match in reading.begun(
        re.compile(
            r"\[(?:\d{1,3}|\^[^\s\[\]^]{1,32})\]|[¹²³⁰⁴-⁹]+(?<=[a-z]{2}[¹²³⁰⁴-⁹]|[a-z.,!?”’][.,;:!?”’][¹²³⁰⁴-⁹])|[†‡]+"
        ),
        *"[¹²³⁴⁵⁶⁷⁸⁹†‡",
    ):
        begins = reading.text.startswith(":", match.end())
        told = "begins a note that no mark calls" if begins else "calls a note, and there is none"
        yield Hit(*match.span(), f"“{match[0]}” {told}.")
    for match in reading.begun(re.compile(r"[.,](?P<mark>\(\d{1,2}\))(?= )"), ".(", ",("):
        yield Hit(*match.span("mark"), f"“{match['mark']}” calls a note, and there is none.")


_LONG_ENOUGH = 80
"""Letters; shorter paragraphs may well stand twice in a book: “No,” he said."""
_TWICE = 2


@text_rule(
    "STR021",
    examples=(
        Example(
            "The house had stood empty for years, and nobody in the village knew at all who owned it now.\n\n"
            "He left.\n\n"
            "⟦The house had stood empty for years, and nobody in the village knew at all who owned it now.⟧"
        ),
    ),
    passes=("He left.\n\nHe left.",),
)
def paragraph_twice(reading: Reading) -> Iterator[Hit]:
    """A paragraph stands twice in the book, word for word.

    Moved text was copied and not cut. Refrains, verse and headings are left alone.

    Fix: Delete one of the two, unless it is meant.
    Source: pptext; the work of copy-editors.
    """
    seen: set[str] = set()
    heads = [" ".join(row[:4]).lower() for row in reading.rows]
    begun = Counter(heads)
    for passage, head in zip(reading.passages, heads, strict=True):
        text = passage.run.text
        if passage.setting not in (Setting.PROSE, Setting.QUOTATION) or len(text) < _LONG_ENOUGH:
            continue
        if begun[head] < _TWICE:
            continue
        key = re.sub(r"\W+", " ", text).lower()
        if key in seen:
            start = reading.place[id(passage)]
            words = " ".join(text.split()[:6])
            yield Hit(start, start + len(text), f"The paragraph that begins “{words} …” has stood before.")
        seen.add(key)


@text_rule(
    "STR026",
    severity=Severity.INFO,
    examples=(Example("See ⟦https://example.com/story⟧ for more."),),
    passes=("See the example for more.",),
)
def web_address(reading: Reading) -> Iterator[Hit]:
    """An address of the web stands in the text.

    It cannot be followed on paper, breaks badly at a line end, and may be gone in a year.

    Fix: Name the page in words, or move the address to a note.
    Source: The Chicago Manual of Style, 7.46 and 14.17.
    """
    for match in reading.find(re.compile(r"(?:https?://|www\.)[^\s\uffff]+(?<![.,;:!?)”’])"), "http", "www."):
        yield Hit(*match.span(), f"“{match[0][:60]}” is an address of the web.")


_NEVER_SHORT = 5
"""Chapters before a length says anything."""
_TIMES, _LOST = 4, 60


@text_rule(
    "STR022",
    severity=Severity.INFO,
    examples=(
        Example(
            "\n\n".join(
                f"Chapter {n}\n\n" + "The house had stood empty for years. " * 60 for n in range(1, 5)
            )
            + "\n\n⟦Chapter 5⟧\n\nHe left.\n\nChapter 6\n\n"
            + "He came back in the end, and it was late. " * 50
        ),
    ),
    passes=("Chapter 1\n\nHe came.\n\nChapter 2\n\nHe left.",),
)
def chapter_of_odd_length(reading: Reading) -> Iterator[Hit]:
    """A chapter is far shorter or far longer than the others.

    Its text may be lost in part, or the heading of the next chapter was not seen. The only one that is of no
    length at all is a warning.

    Fix: Look whether the chapter begins and ends where it should.
    Source: The work of copy-editors.
    """
    chapters = list(reading.headed())
    lengths = [words for _, words in chapters]
    if len(lengths) < _NEVER_SHORT:
        return
    usual = median(lengths)
    for heading, words in chapters:
        if words < min(50, usual / _TIMES) or words > usual * _TIMES * 2:
            start = reading.place[id(heading)]
            told = f"“{heading.run.text}” has {words:,} words; most chapters have about {usual:,.0f}."
            lost = words * _LOST < usual and sum(others * _LOST < usual for others in lengths) == 1
            yield Hit(start, start + len(heading.run.text), told, severity=Severity.WARNING if lost else None)


@text_rule(
    "STR005",
    examples=(
        Example(
            "\n\n".join(
                f"{head}\n\nThe house had stood empty for years, and nobody knew who owned it {n}."
                for n, head in enumerate(
                    ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4", "Chapter 5", "⟦Chapter Six⟧"]
                )
            )
        ),
    ),
    passes=("Chapter 1\n\nHe came.\n\nChapter 2\n\nHe left.",),
)
def numbering_mixed(reading: Reading) -> Iterator[Hit]:
    """A chapter's number is written otherwise than the others'.

    4 in one heading, *Five* in the next and VI in the third: the contents list shows it at a glance.

    Fix: Number all chapters in one way.
    Source: Standard Ebooks lint, on numerals of headings.
    """
    labels = list(reading.labels())
    kinds = [_form(passage.run.text) for passage in labels]
    counts = Counter(kind for kind in kinds if kind)
    if not counts:
        return
    usual, most = counts.most_common(1)[0]
    for passage, kind in zip(labels, kinds, strict=True):
        if kind and kind != usual and counts[kind] * 3 <= most:
            start = reading.place[id(passage)]
            told = f"“{passage.run.text}” is numbered otherwise than most chapters."
            yield Hit(start, start + len(passage.run.text), told)


@text_rule(
    "STR054",
    examples=(
        Example(
            "\n\n".join(
                f"{head}\n\nThe house had stood empty for years, and nobody knew who owned it {n}."
                for n, head in enumerate(
                    "Chapter 1: Gate/Chapter 2: River/Chapter 3: Wall/⟦Chapter 4⟧/Chapter 5: Door/"
                    "Chapter 6: Bridge/Chapter 7: Mill/Chapter 8: Tower".split("/")
                )
            )
        ),
    ),
    passes=("Chapter 1\n\nHe came.\n\nChapter 2\n\nHe left.",),
)
def heading_unlike_others(reading: Reading) -> Iterator[Hit]:
    """A chapter's heading is made otherwise than nearly all others.

    It lacks the title that they have, ends with a full stop, is in capitals alone, or has the title of
    another chapter.

    Fix: Write it as the others are.
    Source: The contents list, in which all of them stand below each other.
    """
    rows = list(reading.numbered())
    titles = [heads[1].run.text if len(heads) > 1 else "" for heads in rows]
    often = Counter(titles)
    twice = {title for title, count in often.items() if title and count > 1}
    odd = [
        ("has no title", [not title for title in titles]),
        ("ends with a full stop", [title.endswith(".") for title in titles]),
        ("is in capitals", [title.isupper() and len(title) > _NEVER_SHORT for title in titles]),
    ]
    if len(twice) == 1:
        first = titles.index(next(iter(twice)))
        odd.append(
            ("has the title of another", [title in twice and at > first for at, title in enumerate(titles)])
        )
    for told, which in odd:
        if sum(which) * _HARDLY <= len(rows):
            for heads in compress(rows, which):
                start = reading.place[id(heads[-1])]
                label = heads[0].run.text
                yield Hit(start, start + len(heads[-1].run.text), f"“{label}” {told}, unlike the others.")


_HARDLY = 8
"""How many chapters there are to each that is odd."""


def _form(label: str) -> str:
    last = label.rsplit(maxsplit=1)[-1].strip(".:") if label.split() else ""
    if last.isdigit():
        return "figures"
    if re.fullmatch("[IVXLC]+", last):
        return "roman"
    return "words" if last.isalpha() and len(label.split()) > 1 else ""
