"""Markdown is read without loss, and what is written is read back as it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publish import markdown
from publish.document import (
    Block,
    Book,
    Code,
    Creator,
    Division,
    DivisionKind,
    Emphasis,
    Entry,
    Figure,
    Foreign,
    Inline,
    Letter,
    LineBreak,
    List,
    Metadata,
    Note,
    Paragraph,
    Quotation,
    SceneBreak,
    Speaker,
    Stated,
    Strong,
    Subheading,
    Table,
    Text,
    Verse,
    VerseLine,
    heading_text,
    prose,
    same,
)
from publish.draft import Draft, Fence, Line, inlines
from publish.normalize.passages import lists
from publish.normalize.passages.markedblocks import figure, table
from publish.readers.markdown import read
from publish.source import Run, Source
from tests.office import made
from tests.work import is_linear


def draft(text: str) -> Draft:
    return read(source(text))


def source(text: str) -> Source:
    return Source("book.md", text.encode("utf-8", "surrogatepass"), text, "utf-8")


def shown(text: str) -> str:
    """The lines of a draft with the marks made visible, one to a line."""
    return "\n".join(line.run.text for line in draft(text).lines).translate(
        str.maketrans("\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6", "‹›«»/⟨⟩")
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("*one* and _two_", "‹one› and ‹two›"),
        ("**one** and __two__", "«one» and «two»"),
        ("***both***", "‹«both»›"),
        ("*a **b** c*", "‹a «b» c›"),
        ("un*believ*able", "un‹believ›able"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("“*No!*” she said", "“‹No!›” she said"),
        ("*never closed", "*never closed"),
        ("**half*", "*‹half›"),
        ("****four****", "****four****"),
        (r"\*not\* \# \\", r"*not* # \ ".strip()),
        (r"C:\dir\x", r"C:\dir\x"),
        ("[a]{.emphasis}[b]{.strong}", "‹a›«b»"),
        ("[sic] [x](y) ]{.emphasis}", "[sic] [x](y) ]{.emphasis}"),
        ("*a [b* c]{.emphasis}", "*a ‹b* c›"),
        ("one\ntwo  \nthree\\\nfour", "one two/three/four"),
        ("a[]{.break}b", "a/b"),
        ("a\ufdd0b", "ab"),
        ("A star^[A *very* far sun.], seen.", "A star⟨A ‹very› far sun.⟩, seen."),
        ("*So^[or not]*", "‹So⟨or not⟩›"),
        ("^[a ^[b] c]", "⟨a ^[b] c⟩"),
        ("2\\^[x] ^[open", "2^[x] ^[open"),
    ],
)
def test_inline_markup(written: str, read_as: str) -> None:
    assert shown(written) == read_as


@pytest.mark.parametrize("sign", ["***", "* * *", "---", "- - -", "_____"])
def test_scene_break_needs_no_blank_lines(sign: str) -> None:
    """As CommonMark has it; only a row of hyphens below what is like a title makes that a heading."""
    for text in (f"a\n\n{sign}\n\nb", f"It rained.\n{sign}\n\nb", f"a\n\n{sign}\nb"):
        assert [line.scene_break for line in draft(text).lines] == [False, True, False]


def test_heading_states_what_its_words_do_not_say() -> None:
    (line,) = draft('## The *Storm* ## {.inferred kind=chapter numbers="2,3" label="\\u007bx"}').lines
    assert (line.heading_level, line.run.text) == (2, "The \ufdd0Storm\ufdd1")
    stated = {"inferred": "true", "kind": "chapter", "numbers": "2,3", "label": "{x"}
    assert dict(line.attributes) == stated


@pytest.mark.parametrize(
    "text",
    [
        "# C# {not attributes}",
        "# a{.b}",
        "# a {kind=sonnet}",
        "# a {numbers=x}",
        "#hashtag",
        "# a {.b",
        "####### seven",
    ],
)
def test_what_only_looks_like_heading_markup_stays(text: str) -> None:
    kept = text.lstrip("#").strip() if text.startswith("# ") else text
    assert draft(text).lines[0].run.text == kept


def test_letter_with_verse() -> None:
    text = (
        "::: {.letter opening=1 closing=1}\nDear Ada,\n\n::: verse\na\n  b\n\nc\n:::\n\nYours\n:::\n\nafter"
    )
    lines = draft(text).lines
    assert [line.letter_part for line in lines] == ["opening", "body", "body", "body", "closing", ""]
    assert [line.fence for line in lines[:2]] == [Fence.LETTER, Fence.VERSE]
    assert {line.around for line in lines[1:4]} == {((Fence.LETTER, lines[0].fence_id),)}
    assert [(line.indent, line.blanks_above > 0) for line in lines[1:4]] == [
        (0, False),
        (2, False),
        (0, True),
    ]


_CODE = """def main(it):
    x = "it's" -- 1


    if x:
\t   print("a...", `b`)  # --- *done*"""


def _coded(text: str, name: str = "book.md") -> list[str]:
    """The code of a manuscript, that of the Markdown that is written of it held against it."""
    found = made(text.encode(), name).book
    written = markdown.write(found)
    assert same(made(written.encode(), "book.md").book, found)
    assert "verse" not in written
    return [
        prose(block.children).text
        for division in found.divisions
        for block in division.blocks
        if isinstance(block, Code)
    ]


@pytest.mark.parametrize("sign", ["```", "~~~~"])
def test_code_between_rows_of_signs_stays_as_it_is_typed(sign: str) -> None:
    text = f'# Chapter 1\n\nHe typed it.\n\n{sign}python\n{_CODE}\n{sign}\n\nIt "worked".\n'
    assert _coded(text) == [_CODE]


def test_code_set_in_stays_as_it_is_typed() -> None:
    shell = "$ ls 'my file' -- x\ntotal 0\n\n  more..."
    inner = "\n".join(f"    {line}" if line else "" for line in shell.split("\n"))
    prose_ = "It was cold, and nobody came.\n\n" * 6
    assert _coded(f"# Chapter 1\n\n{prose_}{inner}\n\nThen he slept.\n") == [shell]


@pytest.mark.parametrize(
    "around", ["<pre><code>{}</code></pre>", '<pre class="language-x">{}</pre>', "<pre>{}</pre>"]
)
def test_code_of_pages_stays_as_it_is_typed(around: str) -> None:
    page = f"<h1>Chapter 1</h1><p>He typed it.</p>{around.format(_CODE)}<p>It worked.</p>"
    assert _coded(page, "book.html") == [_CODE]


def test_a_poem_in_typed_lines_of_a_page_is_verse() -> None:
    page = "<h1>Chapter 1</h1><p>He read:</p><pre>The ice is thin,\n  the ice is grey;\nI go.</pre><p>So.</p>"
    assert "::: verse" in markdown.write(made(page.encode(), "book.html").book)


def test_a_passage_never_closed_ends_at_the_next_heading() -> None:
    assert [line.fence for line in draft("::: verse\na\n\n# Two\n\nb").lines] == [
        Fence.VERSE,
        Fence.NONE,
        Fence.NONE,
    ]
    assert [line.run.text for line in draft("a\n\n:::\n\n:::no name\n\nb").lines] == [
        "a",
        ":::",
        ":::no name",
        "b",
    ]


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("title: The Winter", [("title", "The Winter")]),
        ('title: "A \\"B\\" \\u00e9: c"', [("title", 'A "B" é: c')]),
        ("title: 'It''s'", [("title", "It's")]),
        ('author: [Ada, "Bob, Jr."]', [("author", "Ada"), ("author", "Bob, Jr.")]),
        ("author:\n  - Ada\n  - Bob", [("author", "Ada"), ("author", "Bob")]),
        ("author: Ada\nauthor: Bob", [("author", "Ada"), ("author", "Bob")]),
        ("description: >\n  one\n  two", [("description", "one two")]),
        ("order: kept\nTitle: x\n# a comment", [("title", "x")]),
        (
            "lang: en_GB\ntags: sea, ice\nisbn: 978-3-16-148410-0",
            [
                ("language", "en-GB"),
                ("subject", "sea"),
                ("subject", "ice"),
                ("identifier", "urn:isbn:978-3-16-148410-0"),
            ],
        ),
        ("author:\n  - name: Ada\n    role: translator\n  - Bob", [("translator", "Ada"), ("author", "Bob")]),
        ("creator:\n- role: author\n  text: Ada\n  file-as: A", [("author", "Ada"), ("file-as", "A")]),
        ("title:\n- type: main\n  text: A\n- type: subtitle\n  text: B", [("title", "A"), ("subtitle", "B")]),
        ("series:\n  name: Snow\n  number: 2", [("series", "Snow"), ("series-number", "2")]),
    ],
)
def test_front_matter(lines: str, values: list[tuple[str, str]]) -> None:
    found = draft(f"---\n{lines}\n---\ntext")
    assert [(key, value.text) for key, value in found.metadata] == values
    assert [line.run.text for line in found.lines] == ["text"]
    assert found.order_kept == ("order" in lines)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            '+++\ntitle = "A"\ndate = 2021\nauthors = [\n "Ada",\n  "Bob"]\n[extra]\nx = 1\n+++\nIt rained.',
            [
                ("title", "A"),
                ("date", "2021"),
                ("author", "Ada"),
                ("author", "Bob"),
                ("x", "1"),
            ],
        ),
        (
            "% The\n  Ferry\n% Ada; Bob\n% 2021\n\nIt rained.",
            [
                ("title", "The Ferry"),
                ("author", "Ada"),
                ("author", "Bob"),
                ("date", "2021"),
            ],
        ),
        (
            "Title: A\nAuthor: Ada\n    Marsh\nFormat: book\n\nIt rained.",
            [
                ("title", "A"),
                ("author", "Ada Marsh"),
                ("format", "book"),
            ],
        ),
    ],
)
def test_other_forms_of_front_matter(text: str, values: list[tuple[str, str]]) -> None:
    found = draft(text)
    assert [(key, value.text) for key, value in found.metadata] == values
    assert [line.run.text for line in found.lines] == ["It rained."]
    assert_nothing_lost(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nnot closed",
        "+++\na = 1\nno",
        "Title: no end",
        "Author: me\nhe said.\n\nx",
        "%no title",
        "---\nno key\n---",
        "---\n\nWhat: a start\nis this\n---\n",
    ],
)
def test_what_is_not_front_matter_is_text(text: str) -> None:
    found = draft(text)
    assert not found.metadata
    assert_nothing_lost(text)


MARKUP = st.text(st.sampled_from("ab *_#:{}[]^.-\\\n\r\t\f\"'`<|~=1\ufdd0\ufdd1\ufdd4\ufeff"), max_size=80)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "---\n",
            "title: x\n",
            "# ",
            "::: letter\n",
            "::: {.letter opening=1}\n",
            "::: verse\n",
            ":::\n",
            "\n\n",
            "\n",
            "* * *",
            "]{.emphasis}",
            "[",
            "[]{.break}",
            "*",
            "**",
            "_",
            "word",
            " ",
            "\\",
            "{.subheading}",
            '{ornament="#"}',
        ]
    ),
    max_size=30,
).map("".join)


def assert_nothing_lost(text: str) -> None:
    """Every character but white space is copied into one line, or is markup; never both."""
    found = draft(text)
    runs = [*(line.run for line in found.lines), *(value for _, value in found.metadata)]
    count = [0] * len(text)
    for run in runs:
        assert len(run.text) == 0 or run.pieces[0].at == 0
        for piece, following in zip(run.pieces, [*run.pieces[1:], None], strict=True):
            length = (following.at if following else len(run.text)) - piece.at
            if piece.exact:
                assert run.text[piece.at : piece.at + length] == text[piece.start : piece.end]
                for at in range(piece.start, piece.end):
                    count[at] += 1
    for span in found.syntax:
        for at in range(span.start, span.end):
            count[at] += 1
    wrong = [(at, text[at], n) for at, n in enumerate(count) if n > 1 or (n == 0 and text[at].strip())]
    assert not [item for item in wrong if item[1] != "\ufeff"]


@given(MARKUP | FRAGMENTS | st.text(max_size=60))
def test_reading_loses_nothing(text: str) -> None:
    assert_nothing_lost(text)


# --- Writing ---------------------------------------------------------------------------------------------

WORDS = (
    st.text(
        st.characters(codec="utf-8", categories=["L", "P", "S", "N"])
        | st.sampled_from("aab *_#:{}[]^()\\-.`~<>&|+=!’“”1"),
        min_size=1,
        max_size=12,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def _inlines(depth: int) -> st.SearchStrategy[tuple[Inline, ...]]:
    leaf = WORDS.map(lambda text: Text(Run(text)))
    node: st.SearchStrategy[Inline] = leaf
    if depth:
        inner = _inlines(depth - 1)
        note = inner.map(_without_notes).filter(bool).map(_note)
        node = (
            leaf | inner.map(Emphasis) | inner.map(_loud) | inner.map(_foreign) | st.just(LineBreak()) | note
        )
    return st.lists(node, min_size=1, max_size=5).map(_canonical).filter(bool)


def _loud(children: tuple[Inline, ...]) -> Inline:
    """Words in bold, or the name of who speaks."""
    return Speaker(children) if len(children) % 2 else Strong(children)


def _foreign(children: tuple[Inline, ...]) -> Foreign:
    return Foreign("grc-Latn", children)


def _note(children: tuple[Inline, ...]) -> Note:
    """Some notes have their author's number."""
    return Note(children, Run("12") if len(children) % 2 else None)


def _without_notes(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A note holds no note."""
    plain: list[Inline] = []
    for node in nodes:
        if isinstance(node, Emphasis | Strong | Foreign | Speaker):
            inner = _without_notes(node.children)
            plain += [replace(node, children=inner)] if inner else []
        elif not isinstance(node, Note):
            plain.append(node)
    return _canonical(plain)


def _canonical(nodes: list[Inline]) -> tuple[Inline, ...]:
    """Texts that touch are one text; a node without text is none."""
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(Run(found[-1].run.text + node.run.text))
        else:
            found.append(node)
    return tuple(found)


_DEEP = _inlines(3)


@st.composite
def _some_inlines(draw: st.DrawFn) -> tuple[Inline, ...]:
    """The description of what holds this strategy would be too long, but for its name."""
    return draw(_DEEP)


INLINES = _some_inlines()
PARAGRAPH = INLINES.map(Paragraph)
VERSE = st.lists(
    st.lists(st.builds(VerseLine, INLINES, st.integers(0, 4)), min_size=1, max_size=3).map(tuple),
    min_size=1,
    max_size=3,
).map(lambda stanzas: Verse(tuple(stanzas)))


@st.composite
def lists_of(draw: st.DrawFn, *, innermost: bool = False) -> List:
    entries = []
    for _ in range(draw(st.integers(2, 3))):
        more = PARAGRAPH if innermost else PARAGRAPH | lists_of(innermost=True)
        entries.append(Entry((draw(PARAGRAPH), *draw(st.lists(more, max_size=2)))))
    return List(tuple(entries), draw(st.none() | st.integers(0, 2000)))


LIST = lists_of()
SCENE_BREAK = st.builds(SceneBreak, st.none() | st.sampled_from(["***", "---", "#", "⁂", "* * *"]).map(Run))


def several(strategy: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


FIGURE = st.builds(
    Figure,
    st.sampled_from(["map.jpg", "images/the map.png", "map (2).svg"]).map(Run),
    (st.just("") | WORDS).map(Run),
    st.just(()) | INLINES,
    st.just(()) | INLINES,
)
CELL = st.just(()) | INLINES
TABLE = st.sampled_from(["-", "lr", "-c-"]).flatmap(
    lambda columns: st.builds(
        Table,
        st.just(columns),
        st.tuples(*[CELL] * len(columns)),
        st.lists(st.tuples(*[CELL] * len(columns)), max_size=3).map(tuple),
    )
)
# Deferred, or every strategy made of it would be written out at length in each message.
INSIDE: st.SearchStrategy[Any] = st.deferred(
    lambda: PARAGRAPH | VERSE | SCENE_BREAK | LIST | FIGURE | TABLE | QUOTATION
)
LETTER = st.builds(Letter, several(PARAGRAPH), several(INSIDE), several(PARAGRAPH)).filter(
    lambda letter: bool(letter.opening or letter.body or letter.closing)
)
QUOTATION: st.SearchStrategy[Any] = st.lists(INSIDE, min_size=1, max_size=3).map(
    lambda blocks: Quotation(tuple(blocks))
)
BLOCK = TABLE | LIST | PARAGRAPH | SCENE_BREAK | VERSE | LETTER | QUOTATION | INLINES.map(Subheading) | FIGURE


def book(*blocks: Block) -> Book:
    division = Division(id="story", kind=DivisionKind.STORY, blocks=blocks)
    return Book(Metadata(title=Stated("T", ""), language=Stated("en", "")), (division,))


def _passage(line: Line) -> tuple[Fence, int]:
    """Give the outermost passage that holds a line."""
    return (*line.around, (line.fence, line.fence_id))[0]


def blocks_of(lines: tuple[Line, ...]) -> Iterator[Block]:
    """Put the lines of one division together again, as far as markup says everything."""
    groups: list[list[Line]] = []
    for line in lines:
        passage = _passage(line)
        touching = groups and line.depth and groups[-1][0].depth
        if (passage[1] or touching) and groups and passage == _passage(groups[-1][0]):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        if group[0].depth and not _passage(group[0])[1]:
            yield from lists.blocks([lists.marked(line) for line in group], _as_it_is)
        else:
            yield _block(group)


def _as_it_is(run: Run, sign: int = 0, /) -> Run:
    return run.slice(sign, len(run))


def _block(group: list[Line]) -> Block:
    first = group[0]
    kind, _ = _passage(first)
    if kind:
        return _held(kind, group)
    if first.image:
        return figure(first, _as_it_is)
    if first.columns:
        return table(first, _as_it_is)
    if first.scene_break:
        return SceneBreak(Run(first.run.text) if first.run.text else None)
    children = inlines(first.run)
    return Subheading(children) if first.subheading else Paragraph(children)


def _held(kind: Fence, group: list[Line]) -> Verse | Quotation | Letter:
    """Give the passage that holds some lines."""
    if kind is Fence.VERSE:
        stanzas: list[list[VerseLine]] = []
        for line in group:
            if not stanzas or line.blanks_above:
                stanzas.append([])
            stanzas[-1].append(VerseLine(inlines(line.run), line.indent // 2))
        return Verse(tuple(map(tuple, stanzas)))
    if kind is Fence.QUOTATION:
        inner: Any = tuple(blocks_of(tuple(map(_strip, group))))
        return Quotation(inner)
    parts: list[Any] = [
        tuple(blocks_of(tuple(_strip(line) for line in group if line.letter_part == name)))
        for name in ("opening", "body", "closing")
    ]
    return Letter(*parts)


def _strip(line: Line) -> Line:
    if line.around:
        return replace(line, around=line.around[1:])
    return replace(line, fence=Fence.NONE, fence_id=0)


@settings(max_examples=40)
@given(st.lists(BLOCK, min_size=1, max_size=6))
def test_what_is_written_is_read_back(blocks: list[Block]) -> None:
    text = markdown.write(book(*blocks))
    assert same(book(*blocks_of(draft(text).lines)), book(*blocks)), text


@given(st.text(min_size=1, max_size=30))
def test_every_value_of_the_front_matter_is_read_back(value: str) -> None:
    metadata = Metadata(
        title=Stated(value, ""), creators=(Creator(Stated(value, "")),), language=Stated("en", "")
    )
    found = draft(markdown.write(Book(metadata, ())))
    assert [(key, run.text) for key, run in found.metadata][:2] == [("title", value), ("author", value)]


@pytest.mark.parametrize(
    ("blocks", "written"),
    [
        (Paragraph((Text(Run("She ")), Emphasis((Text(Run("ran")),)), Text(Run(".")))), "She *ran*."),
        (Paragraph((Text(Run("“")), Emphasis((Text(Run("No!")),)), Text(Run("” he")))), "“*No!*” he"),
        (Paragraph((Text(Run("1912. A year")),)), "1912\\. A year"),
        (Paragraph((Text(Run("- Yes")), LineBreak(), Text(Run("# No")))), "\\- Yes\\\n\\# No"),
        (Paragraph((Emphasis((Text(Run("a")),)), Strong((Text(Run("b")),)))), "*a*[b]{.strong}"),
        (SceneBreak(), "* * * {.blank}"),
    ],
)
def test_what_is_written_is_pleasant_to_read(blocks: Block, written: str) -> None:
    assert markdown.write(book(blocks)).split("---\n\n")[1] == written + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "_",
        "[",
        "]",
        "\\",
        "*a ",
        "a* ",
        "**a ",
        "*a* ",
        "[a]{.emphasis}",
        "{",
        "# {",
        " ",
        "\n",
        "***\n\n",
        "::: verse\n",
        ":::\n",
        "- ",
        "*a **b ",
        "_a_b",
        "a**b*c_",
        "x \n",
        '{a="',
        "::: ",
        "]{.strong}",
        "[]{.break}",
        "<!--",
        "<i></b>",
        "`a",
        "[a](x.y",
        "[a](b(",
        "[[a]]",
        "| a\n",
        "a\n===\n",
        "~~~\n",
    ],
)
def test_time_is_linear(text: str) -> None:
    assert is_linear(lambda size: draft(text * (size // len(text))), 10_000)


def test_a_line_of_signs_ends_a_quotation() -> None:
    lines = draft("# One\n\n> quoted words\n---\nMore text.\n").lines
    assert [(line.fence, line.scene_break) for line in lines[1:]] == [
        (Fence.QUOTATION, False),
        (Fence.NONE, True),
        (Fence.NONE, False),
    ]


def test_callouts_of_obsidian_are_quotations_with_their_title() -> None:
    text = (
        "# Rain\n\nIt rained.\n\n> [!note]- The weather\n> It rained on.\n> Nobody came.\n\n"
        "> [!quote]\n> All rivers run to the sea.\n\nHe went home.\n"
    )
    written = markdown.write(made(text.encode(), "book.md").book)
    assert "::: quotation\n**The weather**\n\nIt rained on. Nobody came.\n:::" in written
    assert "::: quotation\nAll rivers run to the sea.\n:::" in written


@pytest.mark.parametrize("names", ['{style="text-align:center"}', "center", "{.text-center .large}"])
def test_what_a_div_centres_is_set_off_as_titles_are(names: str) -> None:
    names_of = ("Chapter 1", "Chapter 2", "Marta, in Continuation", "Chapter 3", "Chapter 4")
    chapters = "".join(
        f"::: {names}\n{name}\n:::\n\n"
        + "".join(
            f"In the year {1800 + 9 * at + year} the ferry lay on the bank all winter.\n\n"
            for year in range(9)
        )
        for at, name in enumerate(names_of)
    )
    found = made(f"---\ntitle: Rain\n---\n\n{chapters}".encode(), "rain.md").book.divisions
    assert [heading_text(division) for division in found] == list(names_of)


def test_a_div_that_says_nothing_parts_no_scenes() -> None:
    said = "The ferry lay on the near bank all winter, and nobody had asked it to; so it stayed there.\n\n"
    text = f"# Chapter 1\n\n{said}::: {{.wide}}\n{said[:-1]}:::\n\n{said * 2}"
    (found,) = made(text.encode(), "rain.md").book.divisions
    assert [type(block) for block in found.blocks] == [Paragraph] * 4


@pytest.mark.parametrize(
    "stated", ["", "{#map .wide width=50%}", '{width=50% fig-align="center"}', "{: .lead}"]
)
def test_how_a_picture_is_to_look_is_markup_also_right_below_a_heading(stated: str) -> None:
    said = "The ferry lay on the near bank all winter, and nobody had asked it to."
    (found,) = made(f"# Chapter 1\n\n![A map](a.png){stated}\n\n{said}".encode(), "rain.md").book.divisions
    assert heading_text(found) == "Chapter 1"
    assert [type(block) for block in found.blocks] == [Figure, Paragraph]
    assert prose(found.blocks[1].children).text == said  # type: ignore[union-attr]


def test_words_that_are_stated_of_a_picture_are_not_lost() -> None:
    (found,) = made(b'# Chapter 1\n\nIt rained.\n\n![A](a.png){fig-alt="A ferry"}', "rain.md").book.divisions
    assert "A ferry" in prose(found.blocks[1].children).text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("It rained. {: .lead}", "It rained."),
        ("It rained.\n{: #wet .lead}", "It rained."),
        ("It rained. ^block-1", "It rained."),
        ("{{% notice %}}It rained.{{% /notice %}}", "It rained."),
        ("Two ^ and {: here.", "Two ^ and {: here."),
    ],
)
def test_marks_of_programs_for_sites_and_notes_leave_the_text(typed: str, read_as: str) -> None:
    (found,) = made(f"# Chapter 1\n\nIt was wet.\n\n{typed}".encode(), "rain.md").book.divisions
    assert prose(found.blocks[1].children).text == read_as  # type: ignore[union-attr]


def test_keys_of_several_words_are_of_the_head_of_multimarkdown() -> None:
    text = b"Title: The Ferry\nBase Header Level: 2\nAuthor: Ada Quill\n\n# Chapter 1\n\nIt was wet."
    facts = made(text, "rain.md").book.metadata
    assert (facts.title.value, facts.creators[0].name.value) == ("The Ferry", "Ada Quill")
