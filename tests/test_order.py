"""Reading order: known books, brought into disorder and put in order again."""

import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from publish.document import DivisionKind as Kind
from publish.normalize.lines.headings import parse
from publish.normalize.order import Holder, Item, Solution, fingerprint, solve


def item(heading: str, *, date: str | None = None, part: int | None = None, text: str = "") -> Item:
    """An item as its heading says; `part` names a part that stands alone before it."""
    alone = (Holder(Kind.PART, part, alone=True),) if part else ()
    found = parse(heading)
    sketch = fingerprint(text)
    if found is None:
        return Item(
            kind=None, holders=alone, title=heading.lower(), heading=heading, date=date, fingerprint=sketch
        )
    *outer, leaf = found.components
    named = tuple(Holder(part.kind, part.numbers[0]) for part in outer if part.kind)
    title = heading[slice(*leaf.title)].lower() if leaf.title else ""
    return Item(
        kind=leaf.kind,
        numbers=leaf.numbers,
        holders=alone + named,
        title=title,
        heading=heading,
        sequel=found.sequel,
        date=date,
        fingerprint=sketch,
    )


def chapters(numbers: Iterable[int]) -> list[Item]:
    return [item(f"Chapter {number}") for number in numbers]


def order(solution: Solution) -> list[int]:
    return [placed.item for placed in solution.placed]


def check(file: Sequence[Item], reading: Sequence[int]) -> Solution:
    """The order is found, and it is certain."""
    solution = solve(file)
    assert order(solution) == list(reading)
    assert not solution.uncertain
    return solution


def parts(solution: Solution) -> list[tuple[int | None, bool] | None]:
    """Number of the innermost container of each item, and whether it is inferred."""
    return [
        (placed.containers[-1].number, placed.containers[-1].inferred) if placed.containers else None
        for placed in solution.placed
    ]


def test_serial_newest_first_with_an_unnamed_part() -> None:
    file = [
        item("Chapter V-Withdrawals"),
        item("Chapters II, III, and IV-Opposition"),
        item("Part IV; Chapter I-Two worlds"),
        item("Chapter XIV-The parting"),
        item("Chapter XIII-Defeated"),
        item("Chapter XII-Where does it end?"),
        item("Chapter XI-Help arrives"),
    ]
    solution = check(file, [6, 5, 4, 3, 2, 1, 0])
    assert parts(solution) == [(3, True)] * 4 + [(4, False)] * 3
    assert solution.placed[4].containers[-1].named_by == (2,)
    assert [(gap.kind, gap.numbers) for gap in solution.gaps] == [
        (Kind.PART, (1, 2)),
        (Kind.CHAPTER, tuple(range(1, 11))),
    ]
    assert [parts(solve(file, infer_parts=False))[at] for at in (0, 4)] == [None, (4, False)]


@pytest.mark.parametrize(
    ("file", "reading"),
    [
        ([1], [0]),
        ([1, 2, 3, 4], [0, 1, 2, 3]),
        ([5, 6, 7, 8], [0, 1, 2, 3]),
        ([2, 1], [1, 0]),
        ([9, 7, 4, 2], [3, 2, 1, 0]),
        ([4, 5, 6, 7, 1, 2, 3], [4, 5, 6, 0, 1, 2, 3]),
        ([3, 2, 1, 7, 6, 5, 4], [2, 1, 0, 6, 5, 4, 3]),
        ([1, 2, 4, 3, 5], [0, 1, 3, 2, 4]),
        ([8, 7, 6, 4, 3, 2, 1, 5], [6, 5, 4, 3, 7, 2, 1, 0]),
        ([5, 2, 8, 1, 7, 3, 6, 4], [3, 1, 5, 7, 0, 6, 4, 2]),
    ],
)
def test_numbers_decide(file: list[int], reading: list[int]) -> None:
    check(chapters(file), reading)


@pytest.mark.parametrize("label", ["Rozdział", "Kapittel", "Část"])
def test_numbers_decide_whatever_letters_the_label_has(label: str) -> None:
    check([item(f"{label} {number}") for number in (2, 1, 3)], [1, 0, 2])


def test_two_unnamed_runs_stay_as_they_are() -> None:
    solution = check(chapters([*range(1, 11), *range(1, 13)]), range(22))
    assert solution.restarts == (10,)
    assert set(parts(solution)) == {None}


def test_unnamed_runs_in_each_others_midst_stay_and_are_in_doubt() -> None:
    solution = solve(chapters([1, 2, 1, 2, 3, 3]))
    assert order(solution) == list(range(6))
    assert solution.uncertain


def test_parts_turned_and_moved() -> None:
    inside = ["Chapter 3", "Chapter 2", "Part 1; Chapter 1", "Chapter 3", "Chapter 2", "Part 2; Chapter 1"]
    check([item(heading) for heading in inside], [2, 1, 0, 5, 4, 3])
    moved = ["Part 2; Chapter 1", "Chapter 2", "Chapter 3", "Part 1; Chapter 1", "Chapter 2", "Chapter 3"]
    check([item(heading) for heading in moved], [3, 4, 5, 0, 1, 2])


def test_parts_that_neighbours_imply() -> None:
    before = [*chapters([1, 2, 3]), item("Part II; Chapter 1"), *chapters([2, 3])]
    assert parts(check(before, range(6))) == [(1, True)] * 3 + [(2, False)] * 3
    between = [item("Part I; Chapter 1"), *chapters([2, 1, 2]), item("Part III; Chapter 1"), *chapters([2])]
    assert parts(check(between, range(6))) == [(1, False)] * 2 + [(2, True)] * 2 + [(3, False)] * 2


def test_headings_of_parts_that_stand_alone() -> None:
    file = [item("Chapter 1", part=1), *chapters([2, 3]), item("Chapter 1", part=2), *chapters([2, 3, 4])]
    assert parts(check(file, range(7))) == [(1, False)] * 3 + [(2, False)] * 4
    titles = [item("Home", part=1), item("The sea"), item("Night", part=2), item("Moon")]
    check(titles, range(4))


@pytest.mark.parametrize(
    ("first", "above", "below"),
    [
        (2, [3, 2, 1], [3, 2, 1]),
        (1, [3, 2, 1], [3, 2, 1]),
        (2, [6, 5, 4], [3, 2, 1]),
        (1, [3, 2, 1], [6, 5, 4]),
    ],
)
def test_headings_of_parts_above_chapters_newest_first(
    first: int, above: list[int], below: list[int]
) -> None:
    file = [
        item(f"Chapter {number}", part=part if place == 0 else None)
        for part, block in ((first, above), (3 - first, below))
        for place, number in enumerate(block)
    ]
    reading = [5, 4, 3, 2, 1, 0] if first == 2 else [2, 1, 0, 5, 4, 3]
    assert parts(check(file, reading)) == [(1, False)] * 3 + [(2, False)] * 3


def test_no_part_is_inferred_in_an_order_that_nothing_decides() -> None:
    solution = solve(
        [item(f"Chapter {number}", part=part) for number, part in ((3, 1), (2, 2), (3, None), (1, None))]
    )
    assert solution.uncertain
    assert not any(container.inferred for placed in solution.placed for container in placed.containers)


def test_numbering_that_goes_on_through_the_parts() -> None:
    file = [item("Part 1; Chapter 1"), *chapters([2, 3]), item("Part 2; Chapter 4"), *chapters([5, 6])]
    mixed = random.Random(3).sample(range(6), 6)
    solution = check([file[at] for at in mixed], [mixed.index(at) for at in range(6)])
    assert parts(solution) == [(1, False)] * 3 + [(2, False)] * 3
    assert solution.gaps == ()


def test_pieces_without_numbers_stay_beside_their_neighbours() -> None:
    book = [item("Preface"), item("Prologue"), *chapters([1, 2]), item("Interlude"), *chapters([3, 4, 5, 6])]
    book.append(item("Epilogue"))
    count = len(book)
    check(book, range(count))
    check(book[::-1], range(count)[::-1])
    check(book[4:] + book[:4], [*range(count - 4, count), *range(count - 4)])


def test_convention_places_the_ends_of_a_shuffled_book() -> None:
    book = [item("Preface"), *chapters(range(1, 9)), item("Epilogue")]
    mixed = random.Random(5).sample(range(10), 10)
    check([book[at] for at in mixed], [mixed.index(at) for at in range(10)])


def test_back_matter_may_open_a_book() -> None:
    check([item("Acknowledgments"), *chapters([1, 2, 3])], range(4))


def test_an_afterword_does_not_open_a_book() -> None:
    check([item("Afterword"), item("Preface"), *chapters([1, 2, 3, 4])], [1, 2, 3, 4, 5, 0])


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ("Foreword", "Preface", True),
        ("Dedication", "Preface", True),
        ("Preface", "Author's Note", True),
        ("Preface", "Prologue", True),
        ("Preface", "Introduction", False),
        ("Dedication", "Epigraph", False),
    ],
)
def test_custom_orders_front_matter_as_far_as_it_goes(first: str, second: str, sure: bool) -> None:
    file = [*chapters([5, 2]), item(second), *chapters([7, 1, 4]), item(first), *chapters([3, 6])]
    solution = solve(file)
    assert solution.uncertain is not sure
    assert order(solution)[:2] == [6, 2] or not sure


def test_custom_orders_back_matter() -> None:
    names = ["Epilogue", "Afterword", "Appendix A", "Appendix B", "About the Author"]
    book = [*chapters(range(1, 9)), *map(item, names)]
    for seed in range(5):
        mixed = random.Random(seed).sample(range(len(book)), len(book))
        check([book[at] for at in mixed], [mixed.index(at) for at in range(len(book))])


def test_dates_decide_where_there_are_no_numbers() -> None:
    newest = [
        item("Sea", date="2020-03-01"),
        item("Home", date="2020-02-01"),
        item("Hill", date="2020-01-01"),
    ]
    check(newest, [2, 1, 0])
    mixed = [
        item(title, date=f"2020-0{month}-01")
        for title, month in (("Sea", 3), ("Home", 5), ("Hill", 1), ("Sky", 4))
    ]
    check(mixed, [2, 0, 3, 1])


def test_numbers_beat_dates() -> None:
    file = [item(f"Chapter {at}", date=f"2020-0{9 - at}-01") for at in (1, 2, 3, 4)]
    check(file, range(4))


def test_a_contents_list_decides() -> None:
    file = [item(title) for title in ("The Sea", "Home", "The Field", "Night")]
    solution = solve(file, contents=["The Field", "The Sea", "Night", "Home"])
    assert (order(solution), solution.uncertain) == ([2, 0, 3, 1], False)


def test_pieces_of_one_chapter_follow_each_other() -> None:
    file = [item("Chapter 2 (Part 2 of 2)"), *chapters([1, 3]), item("Chapter 2 (Part 1 of 2)")]
    check(file, [1, 3, 0, 2])


@pytest.mark.parametrize(
    "headings",
    [
        ["The Sea", "Home", "The Field", "Night"],
        ["Preface", "A Day", "Wind", "Rain"],
        [f"Chapter {number}" for number in (2, 1, 1, 3, 2, 3, 1, 2, 3)],
        [f"Chapter {number}" for number in (2, 3, 1, 2, 3, 1)],
        [f"Chapter {number}" for number in (1, 4, 5, 3, 7, 8, 1, 2, 3)],
        [f"Chapter {number}" for number in (3, 1, 1, 4, 2, 4, 3)],
        [
            "Part 2; Chapter 1",
            "Chapter 4",
            "Chapter 2",
            "Part 1; Chapter 1",
            "Chapter 3",
            "Chapter 3",
            "Chapter 2",
        ],
    ],
)
def test_what_nothing_decides_stays_and_is_reported(headings: list[str]) -> None:
    solution = solve([item(heading) for heading in headings])
    assert solution.uncertain
    assert any("[order]" in doubt for doubt in solution.doubts)


def test_unnumbered_chapters_keep_the_order_of_the_file() -> None:
    assert order(solve([item(title) for title in ("Night", "Home", "Sea")])) == [0, 1, 2]


def test_an_interlude_in_a_shuffled_book_is_in_doubt() -> None:
    solution = solve([*chapters([3, 1, 5]), item("Interlude"), *chapters([2, 6, 4])])
    assert solution.uncertain
    assert [at for at in order(solution) if at != 3] == [1, 4, 0, 6, 2, 5]


def test_text_above_the_headings_of_a_file_that_was_turned_round() -> None:
    """A motto stays at the top; a whole piece may be the newest post, its heading lost."""
    for words, sure in ((20, True), (300, False)):
        text = " ".join(story(5).split()[:words])
        top = Item(kind=None, headed=False, fingerprint=fingerprint(text))
        solution = solve([top, *chapters([4, 3, 2, 1])])
        assert (order(solution), solution.uncertain) == ([0, 4, 3, 2, 1], not sure)
        assert not solve([top, *chapters([1, 2, 3, 4])]).uncertain


def test_one_story_is_certain() -> None:
    check([Item(kind=None, headed=False)], [0])
    check([item("Dedication"), item("The Story")], [0, 1])


def test_missing_numbers_are_reported() -> None:
    solution = check(chapters([7, 4, 3, 1]), [3, 2, 1, 0])
    assert [gap.numbers for gap in solution.gaps] == [(2,), (5, 6)]


WORDS = [f"word{number}" for number in range(400)]


def story(seed: int, changed: int = 0) -> str:
    words = random.Random(seed).choices(WORDS, k=300)
    for at in range(changed):
        words[at * 29] = "indeed"
    return " ".join(words)


def test_a_chapter_that_stands_twice_keeps_one_copy() -> None:
    file = [item(f"Chapter {number}", text=story(number)) for number in (1, 2, 2, 3)]
    file[2] = item("Chapter 2", text=story(2, changed=4))
    solution = check(file, [0, 1, 3])
    assert [(copy.kept, copy.dropped) for copy in solution.copies] == [(1, 2)]
    chosen = solve(file, copies={"Chapter 2": 2})
    assert (order(chosen), chosen.copies[0].kept) == ([0, 2, 3], 2)
    dated = [structs.replace(file[at], date=date) for at, date in enumerate(("01", "02", "05", "03"))]
    assert solve(dated).copies[0].kept == 2


@pytest.mark.parametrize(
    ("headings", "kept"),
    [
        (["Chapter 3", "Chapter 2 (corrected)", "Chapter 2", "Chapter 1"], 1),
        (["Chapter 3", "Chapter 2", "Chapter 2 (corrected)", "Chapter 1"], 2),
        (["Kapitel 1", "Kapitel 2", "Kapitel 2 (überarbeitet)", "Kapitel 3"], 2),
        (["Chapter 3", "Chapter 2", "Chapter 2", "Chapter 1"], 1),
        (["Chapter 1", "Chapter 2", "Chapter 2", "Chapter 3"], 1),
    ],
)
def test_of_two_copies_the_mended_or_the_later_posting_stays(headings: list[str], kept: int) -> None:
    texts = [story(9, changed=at) if "2" in heading else story(at + 1) for at, heading in enumerate(headings)]
    solution = solve([item(heading, text=text) for heading, text in zip(headings, texts, strict=True)])
    assert [copy.kept for copy in solution.copies] == [kept]


def test_two_texts_under_one_number_both_stay() -> None:
    file = [item(f"Chapter {number}", text=story(at)) for at, number in enumerate((1, 2, 2, 3))]
    solution = solve(file)
    assert order(solution) == [0, 1, 2, 3]
    assert solution.clashes == ((1, 2),)


def test_pins() -> None:
    file = [item(title) for title in ("The Sea", "Home", "The Field", "Night")]
    pinned = solve(file, sequence=["The Field", "the sea", "Nowhere"])
    assert (order(pinned), pinned.uncertain, pinned.unmatched) == ([2, 3, 0, 1], False, ("Nowhere",))
    kept = solve(chapters([3, 2, 1]), keep=True)
    assert (order(kept), kept.uncertain) == ([0, 1, 2], False)


@st.composite
def books(draw: st.DrawFn) -> tuple[list[Item], bool]:
    """A book in reading order, and whether each heading tells its place by itself."""
    count = draw(st.integers(1, 4))
    each = draw(st.booleans())
    book: list[Item] = []
    for part in range(1, count + 1):
        for number in range(1, draw(st.integers(3, 9)) + 1):
            named = count > 1 and (each or number == 1)
            book.append(item(f"Part {part}; Chapter {number}" if named else f"Chapter {number}"))
    if draw(st.booleans()):
        book.insert(0, item("Preface"))
    if draw(st.booleans()):
        book.append(item("Epilogue"))
    return book, each or count == 1


@settings(max_examples=150, deadline=None)
@given(books(), st.sampled_from(["kept", "reversed", "shuffled"]), st.randoms(use_true_random=False))
def test_any_numbered_book_is_put_in_order(
    known: tuple[list[Item], bool], how: str, chance: random.Random
) -> None:
    book, by_itself = known
    file = list(range(len(book)))
    if how == "reversed" or (how == "shuffled" and not by_itself):
        file.reverse()
    elif how == "shuffled":
        chance.shuffle(file)
        # Chapters that stand all in one direction were not moved, and what stands amid them stays there.
        numbered = [at for at in file if book[at].numbers]
        assume(numbered not in (sorted(numbered), sorted(numbered, reverse=True)))
    check([book[at] for at in file], [file.index(at) for at in range(len(book))])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Preface", "Interlude", "Home", "Part 2; Chapter 1", "Letter 2", "Epilogue", "Part 3"]
        )
        | st.integers(1, 9).map("Chapter {}".format),
        max_size=14,
    )
)
def test_no_piece_is_lost_or_doubled(headings: list[str]) -> None:
    file = [item(heading) for heading in headings]
    solution = solve(file)
    assert sorted(order(solution)) == list(range(len(file)))
    assert all(0 <= placed.confidence <= 1 and placed.reasons for placed in solution.placed)
    assert bool(solution.doubts) == solution.uncertain


@given(st.integers(2, 40))
def test_what_is_in_order_comes_out_untouched(count: int) -> None:
    book = chapters(range(1, count))
    again = solve([book[at] for at in order(solve(book))])
    assert (order(again), again.shape) == (list(range(count - 1)), "kept")


def test_what_custom_puts_at_an_end_tells_where_a_turned_file_was_cut() -> None:
    file = [*chapters((4, 5, 6, 7)), item("Finale"), item("Prelude"), *chapters((1, 2, 3))]
    check(file, [5, 6, 7, 8, 0, 1, 2, 3, 4])
    check([*chapters((4, 5, 6, 7)), item("Sequel"), *chapters((1, 2, 3))], [5, 6, 7, 0, 1, 2, 3, 4])


def test_a_prelude_amidst_the_chapters_stays_there() -> None:
    check([*chapters((1, 2, 3)), item("Prelude"), *chapters((4, 5, 6))], range(7))


def test_what_follows_front_matter_belongs_to_it_wherever_the_file_begins() -> None:
    front = [item("Introduction"), item("Youth"), item("Office"), item("Dedication")]
    check([*chapters(range(1, 9)), *front], [8, 9, 10, 11, *range(8)])
    check([*chapters(range(5, 9)), *front, *chapters(range(1, 5))], [*range(4, 12), *range(4)])


def test_a_piece_of_unknown_kind_between_the_last_and_the_first_chapter_leaves_a_doubt() -> None:
    for name in ("Inscription", "The Lamp Room"):
        assert solve([*chapters((4, 5, 6, 7)), item(name), item("Preface"), *chapters((1, 2, 3))]).uncertain


def test_front_matter_above_a_second_count_may_be_the_beginning_of_the_book() -> None:
    counts = [*chapters(range(1, 6)), item("Preface"), *chapters(range(1, 6))]
    assert solve(counts).uncertain
    check([item("Foreword"), *counts], range(12))


def test_the_file_of_a_book_is_not_turned_round_together_with_its_thanks() -> None:
    check([*chapters((3, 2, 1)), item("Acknowledgments")], [2, 1, 0, 3])
    check([*chapters((3, 2, 1)), item("Epilogue"), item("Acknowledgments")], [2, 1, 0, 3, 4])
    check([item("Acknowledgments"), *chapters((1, 2, 3))], range(4))


def test_sections_without_numbers_stand_in_order_where_all_chapters_do() -> None:
    sections = ["Causes", "Effects", "Breeds", "Selection"]
    book = [one for number in range(1, 6) for one in (item(f"Chapter {number}"), *map(item, sections))]
    check(book, range(25))
    assert solve(book[::-1]).uncertain
    assert solve([*book[5:15], *book[:5], *book[15:]]).uncertain
