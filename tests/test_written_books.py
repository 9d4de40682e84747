"""A book that was written as Markdown and is normalized again is the same book."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publish import markdown
from publish.config import Config
from publish.document import (
    Book,
    Division,
    DivisionKind,
    Emphasis,
    Letter,
    LineBreak,
    Metadata,
    Paragraph,
    Quotation,
    Stated,
    Subheading,
    Text,
    Verse,
    VerseLine,
    division_runs,
    heading_text,
    same,
    walk_divisions,
)
from publish.normalize import normalize
from publish.readers.markdown import read
from publish.source import Run
from tests.test_markdown import SCENE_BREAK, several, source

NAMES = st.sampled_from(
    [
        "The Storm",
        "Chapter II",
        "XI",
        "12",
        "Prologue",
        "Part One: Dawn",
        "II, III, and IV",
        "1984",
        "Home (continued)",
        "Part IV; Chapter I: Peace",
        "What? {no}",
        "C#",
        "A *star*",
        "Letter the First",
        "Epilogue: After",
        "[sic]",
    ]
)
SENTENCES = st.sampled_from(
    [
        "It rained.",
        "“Yes,” she said.",
        "Chapter 5",
        "# Not a heading",
        "* * *",
        "::: verse",
        "1912. A year.",
        "My Dear Ada,",
        "Share this",
        "snake_case * star",
        "[x]{.emphasis}",
        "\\",
        "by Ada Marsh",
        "2 August 2021",
    ]
)
PLAIN = st.one_of(
    SENTENCES.map(lambda text: (Text(Run(text)),)),
    st.tuples(SENTENCES, SENTENCES).map(
        lambda two: (Text(Run(two[0] + " ")), Emphasis((Text(Run(two[1])),)))
    ),
    st.tuples(SENTENCES, SENTENCES).map(lambda two: (Text(Run(two[0])), LineBreak(), Text(Run(two[1])))),
)
PLAIN_PARAGRAPH = PLAIN.map(Paragraph)
PLAIN_VERSE = st.lists(
    st.lists(
        st.builds(VerseLine, SENTENCES.map(lambda text: (Text(Run(text)),)), st.integers(0, 3)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    min_size=1,
    max_size=2,
).map(lambda stanzas: Verse(tuple(stanzas)))
PLAIN_BLOCKS = st.lists(
    st.one_of(
        PLAIN_PARAGRAPH,
        SCENE_BREAK,
        PLAIN_VERSE,
        PLAIN.map(Subheading),
        st.builds(
            Letter,
            several(PLAIN_PARAGRAPH),
            st.lists(PLAIN_PARAGRAPH | PLAIN_VERSE | SCENE_BREAK, min_size=1, max_size=3).map(tuple),
            several(PLAIN_PARAGRAPH),
        ),
        st.lists(PLAIN_PARAGRAPH | PLAIN_VERSE, min_size=1, max_size=2).map(
            lambda blocks: Quotation(tuple(blocks))
        ),
    ),
    max_size=3,
).map(tuple)


def divisions(depth: int) -> st.SearchStrategy[tuple[Division, ...]]:
    inner = divisions(depth - 1) if depth else st.just(())
    division = st.builds(
        Division,
        id=st.just(""),
        kind=st.sampled_from(DivisionKind),
        label=st.none() | NAMES.map(Run),
        numbers=st.lists(st.integers(1, 40), max_size=3).map(tuple),
        title=st.just(()) | NAMES.map(lambda name: (Text(Run(name)),)) | PLAIN,
        blocks=PLAIN_BLOCKS,
        divisions=inner,
        inferred=st.booleans(),
    )
    division = division.filter(lambda one: bool(one.label or one.title))
    return st.lists(division, min_size=min(depth, 1), max_size=2).map(tuple)


def without_ids(found: tuple[Division, ...]) -> tuple[Division, ...]:
    return tuple(replace(one, id="", divisions=without_ids(one.divisions)) for one in found)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(divisions(2))
def test_a_book_written_and_normalized_is_the_same_book(tree: tuple[Division, ...]) -> None:
    names = [heading_text(one) for _, one in walk_divisions(tree)]
    texts = ["".join(run.text for run in division_runs(one)) for _, one in walk_divisions(tree)]
    bodies = [text[len(name.replace(": ", "")) :] for name, text in zip(names, texts, strict=True)]
    assume(len(set(names)) == len(names) == len(set(bodies)))
    metadata = Metadata(title=Stated("The Winter", ""), language=Stated("en", ""))
    text = markdown.write(Book(metadata, tree))
    origin = source(text)
    normalized = normalize([read(origin)], [origin], Config())
    assert normalized.changes == (), text
    found = Book(normalized.book.metadata, without_ids(normalized.book.divisions))
    assert same(found, Book(metadata, tree)), text
    assert markdown.write(normalized.book) == text
