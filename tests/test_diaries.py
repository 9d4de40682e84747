"""Entries that are dated by their author: the days order them, as far as a story may be told by its days."""

from collections.abc import Sequence

import pytest

from publish.document import heading_text
from publish.normalize.order.clock import Clock, orders
from publish.normalize.words import almanac
from tests.reading import made_of
from tests.test_undecided import check_decided, check_undecided, headings, made, manuscript, prose, reading

TOP = "Journal\n\nby Ada Marsh\n\n\n"
DIARIES = {
    "en": "Monday, 3 May 1897|Tuesday, 4 May 1897|Thursday, 6 May 1897|Sunday, 9 May 1897|1 June 1897|"
    "12 June 1897",
    "us": "May 3, 1897|May 4th, 1897|May 6|May 9, 1897|June 1, 1897|June 12",
    "century": "3 May 1597|4 May 1597|6 May 1597|1 June 1597|30 December 1597|2 January 1598",
    "de": "Montag, 3. Mai 1897|Dienstag, den 4. Mai 1897|6. Mai 1897|Den 9. Mai 1897|1. Juni 1897|"
    "12. Juni 1897",
    "fr": "Lundi 3 mai 1897|Le mardi 4 mai 1897|6 mai 1897|Dimanche, 9 mai|1er juin 1897|12 juin 1897",
    "es": "Lunes, 3 de mayo de 1897|4 de mayo|6 de mayo de 1897|9 de mayo|1 de junio de 1897|12 de junio",
    "ru": "3 мая 1897|4 мая 1897 г.|6 мая|Воскресенье, 9 мая 1897|1 июня 1897|12 июня 1897",
    "pl": "3 maja 1897|4 maja 1897 r.|6 maja|9 maja 1897|1 czerwca 1897|12 czerwca 1897",
    "places": "Bistritz, 3 May 1897|4 May. London|6 May, evening|9 May, Castle Hill|1 June 1897|12 June 1897",
    "figures": "1897-05-03|1897-05-04|1897-05-06|1897-05-09|1897-06-01|1897-06-12",
    "dots": "03.05.1897|04.05.1897|06.05.1897|09.05.1897|01.06.1897|12.06.1897",
    "months and feasts": "12 June 1961|3 September 1961|Christmas Eve, 1961|1963|August 1970|Summer 1971",
    "years and what they brought": "1911: Salt|1913: Rye|1914: Smoke|1919: Rain|1923: Peat|1930: Eel",
    "years": "1961|1963|1964|1970|1971|1999",
    "Monate": "12. Juni 1961|3. September 1961|Heiligabend 1961|1963|August 1970|Silvester 1970",
    "months of years counted from March": "December 1660|January 1660–61|February 1660/61|March 1660-61|"
    "April 1661|January 1661–62",
    "no year": "3 May|4 May|6 May|9 May|1 June|12 June",
    "in capitals": "MAY 7TH|JUNE 3RD|SEPTEMBER 15TH|DECEMBER 22ND|JANUARY 1ST|APRIL 18TH",
    "turn of a year": "29 November|3 December|30 December|2 January|4 January|1 March",
}


def diary(days: Sequence[str], order: Sequence[int]) -> str:
    return manuscript([days[at] for at in order], TOP)


@pytest.mark.parametrize("days", [row.split("|") for row in DIARIES.values()], ids=DIARIES)
def test_a_diary_is_in_order_or_newest_first(days: list[str]) -> None:
    check_decided(diary(days, range(6)), range(6))
    check_decided(diary(days, range(5, -1, -1)), range(5, -1, -1))


def test_a_day_may_be_printed_twice_and_stand_in_a_list() -> None:
    days = ["3 May", "4 May", "5 May", "6 May", "9 May", "1 June", "12 June"]
    text = manuscript([f"{day}\n\n{day}" for day in days], TOP)
    assert headings(made(text)) == days
    listed = "".join(f"{day} ........ {page}\n" for page, day in enumerate(days, 3))
    assert headings(made(manuscript(days, f"{TOP}Contents\n\n{listed}\n\n"))) == days


@pytest.mark.parametrize(
    "row",
    [
        "Monday, 3 May|Tuesday, 4th|Thursday, 6 May|Friday 7|9 May|10 May",
        "Lunes, 3 de mayo|Martes, 4|Jueves, 6 de mayo|Viernes 7|9 de mayo|10 de mayo",
        "Montag, 3. Mai|Dienstag, den 4.|Donnerstag, 6. Mai|Freitag, 7.|9. Mai|10. Mai",
    ],
)
def test_a_day_of_the_week_with_its_number_opens_an_entry_beside_whole_dates(row: str) -> None:
    days = row.split("|")
    text = diary(days, range(6))
    assert headings(made(text)) == days
    check_decided(text, range(6))
    check_decided(diary(days, range(5, -1, -1)), range(5, -1, -1))
    check_undecided(diary(days, [4, 1, 5, 2, 0, 3]))


@pytest.mark.parametrize("language", ["en", "de", "figures", "no year"])
def test_a_shuffled_diary_is_put_in_order(language: str) -> None:
    order = [4, 1, 5, 2, 0, 3]
    check_decided(diary(DIARIES[language].split("|"), order), [order.index(at) for at in range(6)])


@pytest.mark.parametrize(
    "days",
    [
        # Two times in turn, three times in turn, one look back: so novels are told.
        "3 May 1944|1 June 2003|9 May 1944|4 June 2003|1 July 1944|5 June 2003",
        "3 May 1844|1 June 1944|1 July 2003|9 May 1844|4 June 1944|5 July 2003|1 June 1844|6 June 1944",
        "1 June 2003|2 June 2003|9 May 1944|3 June 2003|4 June 2003",
        "3 May|9 June|4 May|10 June|5 May|11 June",
    ],
)
def test_a_story_that_is_told_out_of_time_stays_and_is_reported(days: str) -> None:
    check_undecided(manuscript(days.split("|"), TOP))


def test_entries_of_a_few_words_are_entries_and_no_day_is_the_title_of_the_book() -> None:
    entries = {
        "Monday, 3 January": "Cold. The pipes froze again, and Mr. Abel came with a blow lamp.",
        "Tuesday, 4 January": "No post. I read until two, and then I read on.",
        "Friday, 14 January": "Nothing to report.",
        "Monday, 17 January": "The glove is still there. I have decided not to move it.",
        "Tues., 18 January": "Moved it.",
    }
    normalized = made("\n\n".join(f"{day}\n\n{text}" for day, text in entries.items()))
    assert headings(normalized) == list(entries)
    assert normalized.book.metadata.title.value == "Story"


def test_entries_of_one_day_stand_as_in_the_file_unless_that_is_in_no_order() -> None:
    days = [
        "3 May: Salt",
        "4 May: Rain",
        "4 May: The Door",
        "6 May: Wind",
        "9 May: Ash",
        "9 May: Ice",
        "1 June",
    ]
    check_decided(diary(days, range(7)), range(7))
    check_decided(diary(days, range(6, -1, -1)), range(6, -1, -1))
    assert made(diary(days, [4, 1, 5, 2, 0, 6, 3])).order.uncertain


def test_months_that_come_back_each_year_are_headings_and_a_title_beside_them_is_one() -> None:
    months = [f"{month} {year}" for year in (1914, 1915, 1916) for month in ("January", "May", "August")]
    titles = ["Of the Marsh Family and Its Land", *months]
    found = headings(made(manuscript(titles, TOP)))
    assert found == titles
    dated = manuscript([title.replace("191", "165") for title in titles], TOP)
    first = dated.replace("May 1654\n\n", "May 1654\n\nMay 1st. In the morning to my office, and home\n\n")
    assert headings(made(first)) == [title.replace("191", "165") for title in titles]
    listed = "Contents\n\n" + "\n".join(titles) + "\n\n\n"
    assert headings(made(manuscript(titles, TOP + listed))) == titles


def test_the_day_of_a_letter_that_an_entry_quotes_is_no_heading() -> None:
    letter = "\n\n“Exeter House, February 10th, 1914.\n\n“Sir, " + "the tide took the wall. " * 9
    months = ["January 1914", "February 1914", "March 1914", "April 1914"]
    text = manuscript(months, TOP).replace("\n\n\nMarch", f"{letter}”\n\n\nMarch")
    assert headings(made(text)) == months
    dated = text.replace("“Exeter House, February 10th, 1914.", "December, 1843.").replace("“Sir, the", "The")
    assert headings(made(dated)) == months


def test_the_line_below_a_title_tells_the_day() -> None:
    titles = ("Salt", "Rain", "The Door")
    days = ("9 May 2021", "4 May 2021", "3 May 2021")
    check_decided(
        manuscript([f"# {title}\n\n*{day}*" for title, day in zip(titles, days, strict=True)]), [2, 1, 0]
    )


def test_numbers_count_and_days_do_not() -> None:
    days = ("9 May 1897", "6 May 1897", "5 May 1897", "4 May 1897")
    numbered = [f"# Chapter {number}\n\nLondon, {day}" for number, day in enumerate(days, 1)]
    check_decided(manuscript(numbered), range(4))
    normalized = made(manuscript([numbered[at] for at in (2, 0, 3, 1)]))
    assert reading(normalized) == [1, 3, 0, 2]
    assert not normalized.order.uncertain


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May 1897 he left the house.", "3 May 1897 he left", "3 March hares", "The 3 May trees",
        "12 men",
        "Chapter 3", "Set 3", "3 May,", "32 May 1897", "May 3 he left",
    ],
)  # fmt: skip
def test_a_line_that_only_holds_a_day_is_none(line: str) -> None:
    assert almanac.stated(line) == ""


def test_dates_of_sites_in_many_forms() -> None:
    lines = (
        "5 min readMay 3, 2021",
        "Lesezeit3. Mai 2021",
        "2021. május 3.",
        "2021年5月3日 投稿",
        "3-May-2021 08:12 am",
        "Päivitetty 3. toukokuuta 2021",
        "3 Mayıs 2021 tarihinde",
        "2021년 5월 3일",
        "03.05.2021",
    )
    assert {almanac.iso_date(line) for line in lines} == {"2021-05-03"}


def test_threads_of_time() -> None:
    def cost(*days: str) -> float:
        clock = Clock()
        return sum(map(clock.cost, days))

    assert cost("1897-05-03", "--05-04", "1898-01-02") == 0
    assert 0 < cost("--12-30", "--01-02") < cost("1897-12-30", "1897-01-02")
    assert cost("2003-05-03", "1944-05-03") < cost("2003-05-03", "2003-05-01")
    assert list(orders(["1898-01-01", "--01-02", "1897-05-03"])) == [[2, 0, 1], [1, 2, 0]]


@pytest.mark.parametrize(
    "row",
    [
        "Act I|Act II|Scene I|Scene II|Scene the Last",
        "ATTO PRIMO|ATTO SECONDO|SCENA PRIMA|SCENA SECONDA|SCENA ULTIMA",
    ],
)
@pytest.mark.parametrize("step", [1, -1])
def test_the_last_scene_of_an_act_closes_that_act(row: str, step: int) -> None:
    first, second, one, two, last = row.split("|")
    scenes = [f"{first}\n\n{one}", two, last, f"{second}\n\n{one}", two, last]
    check_decided(diary(scenes, range(6)[::step]), range(6)[::step])


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("PART ONE", "PART TWO", "3 May 1897|4 May 1897|6 May 1897"),
        ("Erster Teil: Tagebuch", "Zweiter Teil: Briefe", "Montag, 3. Mai 1897|Dienstag, 4. Mai|Freitag, 7."),
        ("PRIMERA PARTE\nDIARIO", "SEGUNDA PARTE\nCARTAS", "Lunes, 3 de mayo|Martes, 4 de mayo|6 de mayo"),
    ],
)
@pytest.mark.parametrize("chapters", [[], ["I. Salt", "II. Rye", "III. Peat"]])
def test_entries_may_stand_in_a_part_beside_one_without_days(
    first: str, second: str, days: str, chapters: list[str]
) -> None:
    entries = days.split("|")
    normalized = made(manuscript([f"{first}\n\n{entries[0]}", *entries[1:], second, *chapters]))
    part, other = normalized.book.divisions
    assert [heading_text(entry) for entry in part.divisions] == entries
    assert len(other.divisions) == len(chapters)
    assert not normalized.order.uncertain


def test_days_inside_the_chapters_of_a_part_are_text() -> None:
    text = manuscript(["PART ONE\n\nChapter 1", "3 May 1897", "4 May 1897", "6 May 1897", "Chapter 2"])
    (part,) = made(text).book.divisions
    assert [heading_text(chapter) for chapter in part.divisions] == ["Chapter 1", "Chapter 2"]


@pytest.mark.parametrize(
    "days",
    [
        "May 3|May 9|May 14|June 2|June 8|July 1",
        "2021-05-03|2021-05-09|2021-06-02|2021-07-12|2021-12-30|2022-01-04",
    ],
)
def test_a_day_that_closes_each_chapter_dates_it_and_heads_nothing(days: str) -> None:
    closing, order = days.split("|"), [3, 0, 5, 1, 4, 2]
    titles = ["A Door in the Wall", "Salt", "Harbour Lights", "What the Miller Saw", "Rain", "Noon"]
    text = TOP + "\n\n\n".join(f"{titles[at]}\n\n{prose(at)}\n\n{closing[at]}" for at in order)
    normalized = made(text)
    assert headings(normalized) == titles
    assert not normalized.order.uncertain


def test_days_above_wider_white_space_head_entries_where_the_text_begins_with_one() -> None:
    days = ["3 May 1914", "9 May 1914", "2 June 1914", "8 June 1914"]
    assert headings(made(TOP + "\n\n".join(f"{day}\n\n\n{prose(at)}" for at, day in enumerate(days)))) == days


def test_years_above_days_hold_them_and_entries_of_the_same_few_words_are_no_copies() -> None:
    entries = {"1903": ["January 3", "March 17"], "1904": ["January 23", "September 8", "September 9"]}
    told = [
        (f"{year}\n\n" if not at else "") + f"{day}\n\nToothache."
        for year, days in entries.items()
        for at, day in enumerate(days)
    ]
    normalized = made(TOP + "\n\n".join(told) + "\n")
    found = [
        (heading_text(one), [heading_text(day) for day in one.divisions]) for one in normalized.book.divisions
    ]
    assert found == list(entries.items())
    assert not normalized.order.uncertain


ABOVE = """March {n}, 2019|Tuesday, March {n}, 2019|{n}. März 2019|{n}.3.2019|{n}. března 2019
    {n} марта 2019 г.|2019. március {n}.|{n} Mart 2019 Salı|martes, {n} de marzo de 2019|{n} Μαρτίου 2019
    {n} mars 2019|2019-03-{n}"""
NAMES = ["The Lamp", "Snow on the weir", "A Basket", "Old Fenner", "The Watch"]


@pytest.mark.parametrize("step", [1, -1], ids=["oldest first", "newest first"])
@pytest.mark.parametrize("space", ["\n", "\n\n"])
@pytest.mark.parametrize("day", ABOVE.replace("\n    ", "|").split("|"))
def test_days_above_titles_open_the_posts_of_a_blog(day: str, space: str, step: int) -> None:
    days = [day.format(n=11 + 3 * at) for at in range(len(NAMES))]
    posts = [f"{days[at]}{space}{name}\n\n{prose(at)}" for at, name in enumerate(NAMES)]
    book = made(TOP + "\n\n".join(posts[::step]))
    assert headings(book) == [f"{days[at]}: {name}" for at, name in enumerate(NAMES)]
    assert not book.order.uncertain


def test_places_and_greetings_below_days_begin_letters() -> None:
    letters = [f"{day} May 1897\n\nDear Tom,\n\n{prose(day)}\n\nYour Ada" for day in (3, 4, 6)]
    assert "Dear Tom" not in "".join(headings(made(TOP + "\n\n".join(letters))))


@pytest.mark.parametrize(
    "names", ["Το φανάρι|Το κλειδί|Χιόνι|Ο Μανώλης", "La lanterne|La clef|Neige|Le panier"]
)
def test_titles_in_small_letters_stand_above_their_days(names: str) -> None:
    posts = [f"{name}\n\n{11 + at} mars 2019\n\n{prose(at)}" for at, name in enumerate(names.split("|"))]
    assert headings(made(TOP + "\n\n".join(posts[::-1]))) == names.split("|")


@pytest.mark.parametrize("top", ["Journal\n\nOdile Garnier", "Journal\n\nby Ada Marsh"])
def test_few_words_that_end_the_entries_of_a_diary_are_no_titles_of_the_next(top: str) -> None:
    ends = "Rien|Couchée tard|Il pleut|Toujours rien|Froid".split("|")
    entries = [f"{3 + at} mai 1914\n\n{prose(at)}\n\n{end}" for at, end in enumerate(ends)]
    assert headings(made("\n\n".join([top, *entries]))) == [f"{3 + at} mai 1914" for at in range(5)]


@pytest.mark.parametrize("title", ["Lock Keeping", "My Ferry", "Mein Tagebuch", "THE LOCK"])
@pytest.mark.parametrize("step", [1, -1], ids=["oldest first", "newest first"])
@pytest.mark.parametrize(
    "days",
    [
        [f"{day} March 2019" for day in range(9, 14)],
        [f"March {day}, 2019" for day in range(9, 14)],
        [f"June {day}, 2019" for day in range(1, 4)],
        [f"June {day}, {name}" for day, name in enumerate(["Monday", "Tuesday", "Wednesday"], 1)],
        [f"{day}. März 2019" for day in range(9, 14)],
        ["March 1963", "April 1963", "May 1963"],
        ["1963", "1964", "1966"],
    ],
    ids=str,
)
def test_two_words_above_a_day_are_the_title_and_days_that_count_on_are_days(
    days: list[str], step: int, title: str
) -> None:
    entries = [f"{day}\n\n{prose(at)}" for at, day in enumerate(days)]
    book = made("\n\n".join([title, *entries[::step]]))
    assert book.book.metadata.title.value == title
    assert not book.book.metadata.creators
    assert headings(book) == days
    assert not any(division.numbers for division in book.book.divisions)


def test_a_day_that_is_a_title_has_its_author_above() -> None:
    chapters = [f"Chapter {number}\n\n{prose(number)}" for number in (1, 2, 3)]
    book = made("\n\n".join(["Ada Marsh", "4 May 1998", *chapters]))
    assert book.book.metadata.title.value == "4 May 1998"


@pytest.mark.parametrize("days", ["3 May 2019|4 May 2019|6 May 2019", "3. Mai|4. Mai|6. Mai"])
def test_entries_take_their_sections_along(days: str) -> None:
    entries = [
        f"## {day}\n\n{prose(at)}\n\n### Reeds {at}\n\n{prose(at + 10)}\n\n### Mud {at}\n\n{prose(at + 20)}"
        for at, day in enumerate(days.split("|"))
    ]
    book = made_of("\n\n".join(["# Lock Keeping", *entries[::-1]]), "lock.md")
    assert not book.order.uncertain
    below = [[day, f"Reeds {at}", f"Mud {at}"] for at, day in enumerate(days.split("|"))]
    assert headings(book) == [name for names in below for name in names]


def test_what_few_headings_have_is_not_denied() -> None:
    names = ["The Heron", "4 May 2019", "The Weir", "The Mill", "The Ford", "Reeds"]
    told = made(manuscript(names, TOP)).diagnostics
    [doubt] = [found.message for found in told if found.code == "STR018"]
    assert "few have a number, a date" in doubt
