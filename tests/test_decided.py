"""Small and odd manuscripts: what evidence decides is certain, all else keeps its order and says so."""

import pytest

from publish.document import heading_text, walk_divisions
from tests.test_undecided import TITLES, check_decided, check_undecided, made, manuscript, prose, reading

BOOK = "Tales\n\nby Ada Marsh\n\n\n"
DAYS = ("May 9, 2021", "April 2, 2021", "March 3, 2021", "January 9, 2021")


def posts(apart: str) -> list[str]:
    return [f"{title}{apart}{day}" for title, day in zip(TITLES, DAYS, strict=False)]


DECIDED: dict[str, tuple[list[str], list[int]]] = {
    "one chapter": (["Chapter 1"], [0]),
    "one chapter of many": (["Chapter 7"], [0]),
    "two chapters": (["Chapter 1", "Chapter 2"], [0, 1]),
    "two chapters, newest first": (["Chapter 2", "Chapter 1"], [1, 0]),
    "prologue and chapter": (["Prologue", "Chapter 1"], [0, 1]),
    "prologue and chapter, newest first": (["Chapter 1", "Prologue"], [1, 0]),
    "chapter and epilogue": (["Chapter 1", "Epilogue"], [0, 1]),
    "from nought": (["Chapter 0", "Chapter 1", "Chapter 2"], [0, 1, 2]),
    "from nought, bare and newest first": (["3", "2", "1", "0"], [3, 2, 1, 0]),
    "an excerpt": (["Chapter 17", "Chapter 18", "Chapter 19", "Chapter 20"], [0, 1, 2, 3]),
    "an excerpt, shuffled": (["Chapter 19", "Chapter 17", "Chapter 20", "Chapter 18"], [1, 3, 0, 2]),
    "numbers are missing": (["Chapter 1", "Chapter 2", "Chapter 5", "Chapter 9"], [0, 1, 2, 3]),
    "missing, newest first": (["Chapter 9", "Chapter 5", "Chapter 2", "Chapter 1"], [3, 2, 1, 0]),
    "two drafts": (["Chapter 1", "Chapter 2", "Chapter 2", "Chapter 3", "Chapter 4"], [0, 1, 2, 3, 4]),
    "named drafts": (["Chapter 1", "Chapter 2 (draft)", "Chapter 2 (revised)", "Chapter 3"], [0, 1, 2, 3]),
    "pieces": (["Chapter 2, Part 2", "Chapter 3", "Chapter 1", "Chapter 2, Part 1"], [2, 3, 0, 1]),
    "a range": (["Chapters 4 to 6", "Chapter 3", "Chapter 7", "Chapters 1 & 2"], [3, 1, 0, 2]),
    "ordinals": (["Drittes Kapitel", "Erstes Kapitel", "Zweites Kapitel"], [1, 2, 0]),
    "dated posts": (posts("\n"), [3, 2, 1, 0]),
    "dates apart from titles": (posts("\n\n"), [3, 2, 1, 0]),
    "marked posts with dates": ([f"# {post}" for post in posts("\n\n")], [3, 2, 1, 0]),
    "Greek numerals": (["Κεφάλαιο γ΄", "Κεφάλαιο α΄", "Κεφάλαιο β΄"], [1, 2, 0]),
}


@pytest.mark.parametrize("case", DECIDED)
def test_evidence_decides(case: str) -> None:
    headings, wanted = DECIDED[case]
    check_decided(manuscript(headings, "" if headings[0][0] in "#3" else BOOK), wanted)


UNDECIDED: dict[str, list[str]] = {
    "two titles": ["# The Lamp", "# Salt"],
    "titles round one number": ["# The Lamp", "# Chapter 1", "# Salt", "# Rain"],
    "a late second draft": [f"Chapter {number}" for number in (1, 2, 3, 4, 2)],
    "drafts apart": [f"Chapter {number}" for number in (3, 2, 1, 2, 4)],
    "two books in turn": [f"Chapter {number}" for number in (1, 1, 2, 2, 3, 3)],
    "wild numbers": [f"Chapter {number}" for number in (9, 40, 9, 3, 40, 3)],
    "interludes in a shuffle": ["Chapter 3", "Interlude", "Chapter 1", "Chapter 5", "Chapter 2", "Chapter 4"],
    "two prefaces' places": ["# Introduction", "# Wind", "# Preface", "# Rain"],
    "two days": ["# The Lamp\n\n9 May", "# Salt\n\n1 May", "# Rain\n\n9 June"],
    "a look back": ["1 June 2003", "2 June 2003", "9 May 1944", "3 June 2003", "4 June 2003"],
    "weekdays": ["# Wednesday", "# Monday", "# Friday", "# Tuesday"],
    "letters": ["# Letter to Anna", "# Letter to Jonas", "# Letter to the Captain"],
    "parts of no number": ["# The Sea\n\n## Salt", "## Rain", "# The Land\n\n## Wind", "## Snow"],
}  # fmt: skip


@pytest.mark.parametrize("case", UNDECIDED)
def test_nothing_decides(case: str) -> None:
    headings = UNDECIDED[case]
    if case == "interludes in a shuffle":
        normalized = made(manuscript(headings))
        assert normalized.order.uncertain
        return
    check_undecided(manuscript(headings, BOOK if headings[0][0] != "#" else ""))


def test_titles_that_are_only_asked_about_are_in_doubt() -> None:
    chapters = "\n\n".join(
        f"{title}\n\n{prose(at)}\n\n{prose(at + 5)}" for at, title in enumerate(TITLES[:5])
    )
    normalized = made(f"Doors\n\nby Ada Marsh\n\n{prose(9)}\n\n{chapters}\n")
    assert normalized.order.uncertain
    assert [finding.code for finding in normalized.diagnostics if finding.code == "STR030"]


def test_both_drafts_stay_and_are_told() -> None:
    normalized = made(manuscript(DECIDED["two drafts"][0], BOOK))
    assert reading(normalized) == [0, 1, 2, 3, 4]
    assert [f.severity.name for f in normalized.diagnostics if f.code == "STR002"] == ["WARNING"]
    assert "STR010" not in [finding.code for finding in normalized.diagnostics]


def test_a_gap_is_told_and_no_doubt() -> None:
    normalized = made(manuscript(DECIDED["numbers are missing"][0], BOOK))
    told = [finding.message for finding in normalized.diagnostics if finding.code == "STR001"]
    assert told == [
        "Chapters 3 and 4 are missing from the manuscript.",
        "Chapters 6, 7 and 8 are missing from the manuscript.",
    ]


def test_the_title_of_the_first_post_is_not_the_books() -> None:
    normalized = made(manuscript(posts("\n")))
    found = [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]
    assert found == TITLES[3::-1]
    assert normalized.book.metadata.title.value not in (*TITLES, *DAYS)


@pytest.mark.parametrize(
    ("goes_on", "ends"),
    [("To be continued…", "The End"), ("Fortsetzung folgt.", "Ende"), ("Следующая лодка уходит", "")],
)
def test_what_pieces_say_of_their_place_settles_what_is_open(goes_on: str, ends: str) -> None:
    """Two halves may follow each other either way; what stands below the last chapter tells which way."""
    numbers = (4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3)
    check_undecided(manuscript([f"Chapter {number}" for number in numbers]))
    chapters = [
        f"Chapter {number}\n\n{prose(at)}\n\n{ends if at == 8 else goes_on}"
        for at, number in enumerate(numbers)
    ]
    normalized = made("\n\n\n".join(chapters) + "\n")
    assert reading(normalized)[-1] == 8
    assert not normalized.order.uncertain


def test_cues_order_no_titles() -> None:
    chapters = [
        f"# {title}\n\n{prose(at)}\n\n{'The End' if at == 0 else 'To be continued'}"
        for at, title in enumerate(TITLES[:5])
    ]
    check_undecided("\n\n".join(chapters) + "\n")
