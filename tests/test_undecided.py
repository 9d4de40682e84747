"""Manuscripts whose order nothing decides stay and say so; their twins with evidence are put right."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from publish.config import Config, OrderConfig
from publish.document import block_prose, heading_text, walk_divisions
from publish.normalize.result import Normalized
from tests.reading import made_of

TITLES = [
    "The Lamp", "Salt", "A Door in the Wall", "Harbour Lights", "What the Miller Saw", "Rain",
    "The Long Table", "Under the Bridge", "Nine Letters", "A Quiet House", "The Ferry", "Winter Wheat",
]  # fmt: skip
WORDS = (
    "lantern harbour morning letter window winter station captain garden silence remembered answered "
    "carefully river kitchen neighbour photograph evening shoulder promise weather doorway sister market"
)
PLAIN = Config()


def prose(seed: int) -> str:
    """Three paragraphs that are those of no other chapter."""
    dice = random.Random(seed)
    sentences = [" ".join(dice.choices(WORDS.split(), k=12)).capitalize() + "." for _ in range(9)]
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in (0, 3, 6))


def manuscript(headings: Sequence[str], top: str = "") -> str:
    chapters = [f"{heading}\n\n{prose(at)}" for at, heading in enumerate(headings)]
    return top + "\n\n\n".join(chapters) + "\n"


def made(text: str, config: Config = PLAIN) -> Normalized:
    name = "story.md" if "\n# " in f"\n{text}" else "story.txt"
    return made_of(text, name, config)


def headings(normalized: Normalized) -> list[str]:
    return [heading_text(d) for _, d in walk_divisions(normalized.book.divisions) if d.blocks]


def reading(normalized: Normalized) -> list[int]:
    """The chapters as they stand in the book, each by its place in the file, from 0."""
    known = {prose(at).partition(".")[0]: at for at in range(len(TITLES) * 2)}
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    texts = [run.text for division in divisions for block in division.blocks for run in block_prose(block)]
    return [known[first] for text in texts if (first := text.partition(".")[0]) in known]


def shuffled(count: int, seed: int) -> list[int]:
    """An order that is neither the file's nor its reverse."""
    order = random.Random(seed).sample(range(count), count)
    return order if any(abs(a - b) != 1 for a, b in pairwise(order)) else shuffled(count, seed + 1)


def check_undecided(text: str) -> None:
    normalized = made(text)
    assert normalized.order.uncertain
    assert reading(normalized) == sorted(reading(normalized))
    findings = [finding for finding in normalized.diagnostics if finding.code == "STR018"]
    assert findings
    assert all("[order]" in finding.message for finding in findings)


def check_decided(text: str, wanted: Sequence[int]) -> None:
    normalized = made(text)
    assert reading(normalized) == list(wanted)
    assert not normalized.order.uncertain
    assert "STR018" not in [finding.code for finding in normalized.diagnostics]


def inverse(order: Sequence[int]) -> list[int]:
    return [list(order).index(at) for at in range(len(order))]


SEEDS = range(6)
CHOICES = pytest.mark.parametrize("seed", SEEDS)


def some(seed: int) -> list[str]:
    return random.Random(seed).sample(TITLES, 5 + seed)


@CHOICES
def test_titles_alone_decide_nothing(seed: int) -> None:
    check_undecided(manuscript([f"# {title}" for title in some(seed)]))


@pytest.mark.parametrize("written", ["{}", "{upper}"])
def test_titles_alone_in_plain_text_decide_nothing(written: str) -> None:
    for seed in SEEDS:
        titles = [written.format(title, upper=title.upper()) for title in some(seed)]
        check_undecided(manuscript(titles, "My Book\n\nby A. Writer\n\n\n"))


@pytest.mark.parametrize(
    ("heading", "entry"),
    [
        ("{}", "{}"),
        ("{}", "{at}. {}"),
        ("{}", "* {}"),
        ("{}", "{} ........ {at}"),
        ("# {}", "{}"),
        ("# {}", "{at}. {}"),
        ("# {}", "- [{}](#place-{at})"),
    ],
)
def test_titles_with_a_contents_list(heading: str, entry: str) -> None:
    for seed in SEEDS:
        titles = some(seed)
        order = shuffled(len(titles), seed)
        entries = [entry.format(title, at=at) for at, title in enumerate(titles, 1)]
        contents = "\n".join([heading.format("Contents") + "\n", *entries])
        check_decided(
            manuscript([heading.format(titles[at]) for at in order], contents + "\n\n\n"), inverse(order)
        )


@pytest.mark.parametrize(
    ("top", "titles"),
    [
        ("Stories from the Quay\nby A. Writer\n\nContents", ["The last boat", "A letter home", "Fog"]),
        ("Storie dal molo\ndi Ada Rossi\n\nIndice", ["L'ultima barca", "La lettera", "Nebbia"]),
        ("Geschichten von der Mole\nvon Ada Marsch\n\nInhalt", ["Das letzte Boot", "Der Brief", "Nebel"]),
        ("Opowiadania z portu\nAda Nowak\n\nSpis treści", ["Ostatnia łódź", "List do domu", "Mgła"]),
    ],
)
def test_a_contents_list_names_titles_of_any_form_and_their_order(top: str, titles: list[str]) -> None:
    """Short stories under titles in small letters: nothing but the list tells them from the text."""
    stories = [f"{title}\n\n{prose(at)[:90]}.\n\nMore was to come." for at, title in enumerate(titles)]
    listed = "\n".join(titles)
    text = f"{top}\n{listed}\n\n" + "\n\n".join(stories[at] for at in (1, 2, 0)) + "\n"
    normalized = made(text)
    assert [heading.replace("’", "'") for heading in headings(normalized)] == titles
    metadata = normalized.book.metadata
    assert (metadata.title.value, len(metadata.creators)) == (top.partition("\n")[0], 1)
    assert not normalized.order.uncertain
    assert "STR003" in {finding.code for finding in normalized.diagnostics}


def test_a_list_of_the_headings_alone_is_a_contents_list() -> None:
    titles = TITLES[:6]
    order = shuffled(6, 2)
    linked = "\n".join(f"- [{title}](#place)" for title in titles)
    text = manuscript([f"# {titles[at]}" for at in order], linked + "\n\n")
    check_decided(text, inverse(order))
    assert headings(made(text)) == titles


@CHOICES
def test_titles_with_dates(seed: int) -> None:
    titles = some(seed)
    order = shuffled(len(titles), seed)
    dated = [f"# {titles[at]}\n\nPosted on March {at + 1}, 2021" for at in order]
    check_decided(manuscript(dated), inverse(order))


@CHOICES
def test_titles_with_numbers(seed: int) -> None:
    titles = some(seed)
    order = shuffled(len(titles), seed)
    check_decided(manuscript([f"Chapter {at + 1}: {titles[at]}" for at in order]), inverse(order))


def test_two_runs_of_the_same_numbers_interleaved() -> None:
    """Two books' chapters lie among each other: which 2 follows which 1?"""
    for seed in SEEDS:
        numbers = [*range(1, 5 + seed), *range(1, 5 + seed)]
        random.Random(seed).shuffle(numbers)
        check_undecided(manuscript([f"Chapter {number}" for number in numbers]))


@CHOICES
def test_two_runs_with_their_parts(seed: int) -> None:
    book = [f"Part {part}; Chapter {number}" for part in (1, 2) for number in range(1, 5 + seed)]
    order = shuffled(len(book), seed)
    check_decided(manuscript([book[at] for at in order]), inverse(order))


@CHOICES
def test_numbers_decide_against_dates(seed: int) -> None:
    """A chapter may be posted late or again; its number is what the author calls it."""
    count = 6 + seed
    order, days = shuffled(count, seed), shuffled(count, seed + 40)
    pairs = zip(order, days, strict=True)
    dated = [f"# {at + 1}. {TITLES[at]}\n\nPosted on March {day + 1}, 2021" for at, day in pairs]
    check_decided(manuscript(dated), inverse(order))


def test_numbers_that_contradict_themselves_and_the_dates() -> None:
    """Numbers stand over several texts, and the dates follow neither the numbers nor the file."""
    for seed in SEEDS:
        count = 6 + seed
        dice = random.Random(seed)
        pairs = zip(shuffled(count, seed), shuffled(count, seed + 40), strict=True)
        dated = [(at // 2 + dice.randint(0, 2), f"Posted on March {day + 1}, 2021") for at, day in pairs]
        check_undecided(manuscript([f"# Chapter {number}\n\n{date}" for number, date in dated]))


@CHOICES
def test_numbers_with_dates_that_agree(seed: int) -> None:
    order = shuffled(6 + seed, seed)
    dated = [f"# {at + 1}. {TITLES[at]}\n\nPosted on March {at + 1}, 2021" for at in order]
    check_decided(manuscript(dated), inverse(order))


def test_two_halves_that_may_follow_each_other_either_way() -> None:
    check_undecided(manuscript([f"Chapter {number}" for number in (4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3)]))


def test_the_pin_that_the_finding_names_settles_it() -> None:
    titles = TITLES[:5]
    text = manuscript([f"# {title}" for title in titles])
    wanted = tuple(reversed(titles))
    pinned = made(text, Config(order=OrderConfig(sequence=wanted)))
    assert (headings(pinned), pinned.order.uncertain) == (list(wanted), False)
    kept = made(text, Config(order=OrderConfig(keep=True)))
    assert (headings(kept), kept.order.uncertain) == (titles, False)


def test_numbers_that_neither_begin_nor_go_on() -> None:
    """Turned round, the file would begin with chapter 2 and begin again before another chapter 3."""
    check_undecided(manuscript(["Chapter 3: The Gate", "Chapter 1: Home", "Chapter 3: The Key", "Chapter 2"]))


@pytest.mark.parametrize(
    "line", ["Notes for the Chapter:", "Notes:", "Author's Note:", "Notes", "Summary:", "Chapter Summary"]
)
def test_a_note_announced_below_a_heading_stays_inside_the_chapter(line: str) -> None:
    chapters = [
        f"Chapter {number}\n\n{line}\n\nSorry for the wait!\n\n{prose(at)}"
        for at, number in enumerate((2, 1, 3))
    ]
    normalized = made("\n\n".join(chapters) + "\n")
    assert headings(normalized) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert reading(normalized) == [1, 0, 2]
    first = normalized.book.divisions[0].blocks[0]
    assert "".join(run.text for run in block_prose(first)).rstrip(":") in line.replace("'", "’")


def titled(apart: str, below: str, opening: str = "") -> str:
    """Titles of chapters that nothing but their form shows."""
    chapters = [f"{apart}{title}{below}{prose(at)}\n\n{prose(at + 5)}" for at, title in enumerate(TITLES[:5])]
    return f"Doors\n\nby Ada Marsh{opening}" + "".join(chapters) + "\n"


def test_lines_that_may_be_titles_are_asked_about() -> None:
    normalized = made(titled("\n\n", "\n\n", f"\n\n{prose(9)}"))
    (told,) = [finding for finding in normalized.diagnostics if finding.code == "STR030"]
    assert told.paste is not None
    assert told.paste.count("[[decide]]") == 5


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        (["The Ice House", "The Ferry", "A Man from Stour"], ["Author's Note"]),
        (["Das Eishaus", "Die Fähre"], ["Der letzte Brief", "Nachwort der Übersetzerin"]),
        (["O Relógio de Évora"], ["Última carta", "Nota do autor"]),
    ],
)
def test_stories_beside_one_with_a_known_word_are_asked_about(titles: list[str], named: list[str]) -> None:
    stories = [f"{title}\n\n{prose(at).partition('. ')[0]}." for at, title in enumerate([*titles, *named])]
    normalized = made("\n\n".join(["A Book of Some Doors", *stories]) + "\n")
    assert headings(normalized)[1:] == [name.replace("'", "’") for name in named]
    (told,) = [finding for finding in normalized.diagnostics if finding.code == "STR030"]
    assert told.paste is not None
    assert [line for line in told.paste.splitlines() if "text" in line] == [f'text = "{t}"' for t in titles]


def test_an_order_that_titles_in_doubt_leave_open_is_nowhere_called_sure() -> None:
    found = made(titled("\n\n", "\n\n", f"\n\n{prose(9)}")).order
    assert found.uncertain
    assert [one.confidence for one in found.placements] == [0.3]
    assert "does not decide" in found.placements[0].reasons[0]


def letters(*days: str) -> str:
    """A text that is nothing but letters."""
    written = (f"{day}\n\nDear Tom,\n\n{prose(at)}\n\nYours ever,\nAda" for at, day in enumerate(days))
    return "The Lamp\n\nby Ada Marsh\n\n\n" + "\n\n".join(written) + "\n"


def test_letters_that_do_not_stand_by_their_days_leave_the_order_open_until_it_is_pinned() -> None:
    in_order = ("3 March 1911", "12 April 1911", "1 May 1911")
    assert not made(letters(*in_order)).order.uncertain
    check_undecided(text := letters(in_order[1], in_order[0], in_order[2]))
    (told,) = (one for one in made(text).diagnostics if one.code == "STR018")
    assert "“12 April 1911” stands above “3 March 1911”" in told.message
    kept = made(text, Config(order=OrderConfig(keep=True)))
    assert not kept.order.uncertain


def test_a_dedication_at_the_end_of_a_chapter_stays_there_and_is_told() -> None:
    dedication = "To\nJohn Marsh,\nwho kept the ferry,\nthis book is inscribed by his daughter."
    above = f"Chapter 1\n\n{prose(1)}"
    below = f"Chapter 2\n\n{prose(2)}"
    (told,) = (
        one for one in made(f"{above}\n\n{dedication}\n\n\n{below}").diagnostics if one.code == "STR018"
    )
    assert told.message.startswith("“To John Marsh, who kept the ferry, this book is inscribed")
    assert "stays at the end of “Chapter 1”" in told.message
    for text in (
        f"{above}\n\nTo\nJohn Marsh,\nwho kept the ferry,\nhe was inscrutable.\n\n\n{below}",
        f"{above}\n\n\n{below}\n\n{dedication}",
    ):
        assert "STR018" not in {one.code for one in made(text).diagnostics}


def test_titles_set_off_on_both_sides_are_headings() -> None:
    normalized = made(titled("\n\n\n", "\n\n\n"))
    assert headings(normalized) == TITLES[:5]
    assert normalized.order.uncertain


def test_titles_between_paragraphs_are_headings_where_the_text_begins_with_one() -> None:
    normalized = made(titled("\n\n", "\n\n"))
    assert headings(normalized) == TITLES[:5]
    assert normalized.order.uncertain


def test_an_order_that_doubts_keep_does_not_speak_of_a_pin() -> None:
    normalized = made(manuscript([f"Chapter {number}" for number in (1, 2, 2, 4)]))
    assert not any("book.toml" in why for place in normalized.order.placements for why in place.reasons)


def test_the_heading_of_a_part_without_chapters_has_its_place() -> None:
    normalized = made(f"Book 34\n\nBook 4\n\nChapter 1\n\n{prose(1)}\n")
    found = [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]
    assert sorted(found) == ["Book 34", "Book 4", "Chapter 1"]
    assert all(finding.message.rstrip()[-1] == "." for finding in normalized.diagnostics)


@pytest.mark.parametrize(
    "chapters",
    [
        ["Chapter 1: The Ferry", "2. The Island", "Chapter 3: The Sheep", "Chapter 4: The Return"],
        ["Chapitre I : Le bac", "2. L’île", "3. Les moutons", "Chapitre IV : Le retour"],
        ["1. Kapitel", "Zwei", "3. Kapitel", "4. Kapitel"],
        ["1. Bac", "2. Île", "3. Mouton", "4. École", "V. Retour", "6. Carte"],
    ],
)
def test_a_chapter_numbered_otherwise_than_its_neighbours_fills_the_gap_between_them(
    chapters: list[str],
) -> None:
    for order in (range(len(chapters)), range(len(chapters) - 1, -1, -1)):
        normalized = made(manuscript([chapters[at] for at in order]).replace("\n\n\n", "\n\n"))
        assert len(headings(normalized)) == len(chapters)
        assert "STR001" not in [finding.code for finding in normalized.diagnostics]


def test_a_number_between_chapters_that_miss_none_divides_nothing() -> None:
    normalized = made(
        manuscript(["Chapter 1", "2. The Island", "Chapter 2", "Chapter 3"]).replace("\n\n\n", "\n\n")
    )
    assert headings(normalized) == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_where_a_part_begins_is_told_if_its_heading_may_be_a_post_of_its_own() -> None:
    def told(headings: Sequence[str]) -> bool:
        return any("a post of its own" in found.message for found in made(manuscript(headings)).diagnostics)

    assert told(["6. Snow", "5. Fire", "4. Bread", "PART TWO\n\n3. Wells", "2. Hens", "1. Rain"])
    assert not told(["3. Snow", "2. Fire", "1. Bread", "PART TWO\n\n3. Wells", "2. Hens", "1. Rain"])
    assert not told(
        ["PART TWO\n\n6. Snow", "5. Fire", "4. Bread", "PART ONE\n\n3. Wells", "2. Hens", "1. Rain"]
    )


def test_a_dedication_above_the_preface_of_a_file_whose_halves_were_exchanged_opens_the_book() -> None:
    chapters = [f"Chapter {n}\n\n{prose(n)}" for n in range(1, 9)]
    front = "To\nCarrie and Irene Miner\n\nIn memory of affections old and true"
    late = [*chapters[5:-1], f"{chapters[-1]}\n\n{front}"]
    text = "\n\n\n".join([*late, f"Introduction\n\n{prose(90)}", *chapters[:5]])
    normalized = made(f"The Lamp\n\nby Ada Marsh\n\n\n{text}\n")
    assert not normalized.order.uncertain
    opening = [block for division in normalized.book.divisions[:2] for block in division.blocks]
    texts = [run.text for block in opening for run in block_prose(block)]
    assert "In memory of affections old and true" in texts
