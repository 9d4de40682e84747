"""What sites and pages print round a text goes, in any language; what only looks like it stays."""

import random
import textwrap
from collections.abc import Callable, Sequence

import pytest

from publish import config, markdown
from publish.config import Config, Refusal
from publish.document import SceneBreak, block_prose, heading_text, walk_divisions
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.reading import made_of, read_one

WORDS = (
    "lantern harbour morning letter window winter station captain garden silence remembered answered Anna "
    "and the carefully river kitchen Jonas photograph evening shoulder promise weather doorway sister "
    "Paris market"
)
CHAPTERS = 9
Edge = Callable[[int], Sequence[str]]
"""Lines that stand at one edge of the chapter with this number."""


def nothing(_: int) -> Sequence[str]:
    return ()


def prose(chapter: int, paragraphs: int = 4) -> list[str]:
    dice = random.Random(chapter)
    return [
        " ".join(" ".join(dice.choices(WORDS.split(), k=11)).capitalize() + "." for _ in range(3))
        for _ in range(paragraphs)
    ]


def made(text: str, *refused: Refusal) -> Normalized:
    return made_of(text, config=Config(refuse=refused))


def posts(top: Edge = nothing, bottom: Edge = nothing, foot: Sequence[str] = (), blank: str = "\n\n") -> str:
    chapters = [blank.join([f"Chapter {n}", *top(n), *prose(n), *bottom(n)]) for n in range(1, CHAPTERS + 1)]
    return "\n\n\n".join(chapters) + blank + blank.join(foot) + "\n"


def pages(furniture: Callable[[int], str], lines: int = 11, paragraphs: int = 40) -> str:
    """One long chapter, wrapped, with a page's end after every eleven lines of text."""
    rows: list[str] = ["Chapter 1", ""]
    for paragraph in prose(1, paragraphs):
        rows += [*textwrap.wrap(paragraph, 66), ""]
    for page in range(len(rows) // lines, 0, -1):
        rows.insert(page * lines, furniture(page))
    return "\n".join(rows)


def lines_of(normalized: Normalized) -> list[str]:
    found: list[str] = []
    for _, division in walk_divisions(normalized.book.divisions):
        found.append(heading_text(division))
        found += [run.text for block in division.blocks for run in block_prose(block)]
    return found


def text_of(normalized: Normalized) -> str:
    return "\n".join(lines_of(normalized))


ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
CREDITS = ("Zdjęcie: zbiory własne", "Rys. Halina Dąb", "Okładka Z. Żuraw")
MONTHS = ("leden", "únor", "březen", "duben", "květen", "červen", "srpen", "září", "říjen")
FILLED = "sůl kámen vítr mlha déšť sníh led písek hlína tráva".split()
STACK = ("Sdílet s přáteli", "Předchozí díl", "Přihlásit se k odběru")
GONE: dict[str, tuple[str, tuple[str, ...]]] = {
    "credits above the text": (posts(top=lambda n: [CREDITS[n % 3]]), CREDITS),
    "credits above and below": (
        posts(top=lambda n: [CREDITS[n % 3]][: n % 4], bottom=lambda n: [CREDITS[n * 2 % 3]][: n % 2]),
        CREDITS,
    ),
    "a credit that stands once": (
        posts(top=lambda n: ["Ur författarens samling" if n == 4 else CREDITS[n % 2]]),
        (*CREDITS[:2], "Ur författarens samling"),
    ),
    "dates in a language that is not known": (
        posts(top=lambda n: [f"{n}. {MONTHS[n - 1]} 2021 zveřejnila Božka"]),
        ("zveřejnila",),
    ),
    "times beside credits": (
        posts(top=lambda n: [f"{n} {MONTHS[n - 1]} 2021 o 21:1{n}", CREDITS[n % 3]]),
        ("21:1", *CREDITS),
    ),
    "buttons, and a foot that stands once": (
        posts(bottom=lambda _: STACK, foot=["Tema Semplice. Gestore antico.", "Příspěvky (Atom)"]),
        (*STACK, "Gestore", "Atom"),
    ),
    "buttons of one post": (
        posts(bottom=lambda n: ["Share this:", "Follow us on Twitter", "Loading..."] if n == 4 else STACK),
        ("Share this", "Twitter", "Loading"),
    ),
    "close lines": (posts(top=lambda n: [CREDITS[n % 3]], bottom=lambda _: STACK, blank="\n"), STACK),
    "comments on the post's own title": (
        posts(bottom=lambda n: [f"4 reacties op “Chapter {n}”", "Prachtig, ga zo door!", "Antwoord"]),
        ("reacties", "Prachtig", "Antwoord"),
    ),
    "folios with a bar": (pages(lambda p: f"{p + 8} |"), ("|",)),
    "folios with a word of any language": (pages(lambda p: f"fl. {p + 8}"), ("fl.",)),
    "folios between blank lines": (pages(lambda p: f"\n{p + 8}\n"), ("\n9\n", "\n10\n", "9 ", " 11 ")),
    "folios of a preface": (pages(lambda p: f"\n{ROMAN[p]}\n", paragraphs=12), ("\nii\n", " ii ")),
    "folios beside running heads": (
        pages(lambda p: f"{p + 8}  THE FERRY" if p % 2 else f"WATER  {p + 8}"),
        ("FERRY", "WATER"),
    ),
    "running heads alone": (pages(lambda p: "THE FERRY" if p % 2 else "ADA MARSH"), ("FERRY", "MARSH")),
    "counters of comments": (
        posts(top=lambda n: [f"Posted on May {n}, 2021 by Ada", f"{n + 3} Comments"]),
        ("Posted on", "Comments"),
    ),
    "credits with a full stop": (
        posts(top=lambda n: ["Photo by Jane Doe on Unsplash.", "5 min read."] if n == 3 else []),
        ("Jane Doe", "min read"),
    ),
    "dates that end in a full stop": (
        posts(top=lambda n: [f"Közzétéve: 2021. május {n}."]),
        ("Közzétéve",),
    ),
    "dates of signs": (posts(top=lambda n: [f"2021年5月{n}日 投稿"]), ("投稿",)),
    "counts of pages": (pages(lambda p: f"Page {p + 8} of 412"), ("412",)),
    "rows that a site fills in": (
        posts(bottom=lambda n: [f"Zveřejněno v Román, Moře | Štítky: {FILLED[n]}, lampa | {n} kusů"]),
        ("Zveřejněno", "Štítky"),
    ),
    "lists that a site fills in, beside buttons": (
        posts(bottom=lambda n: [f"Štítky: lampa, {FILLED[n]}", *STACK]),
        ("Štítky", *STACK),
    ),
    "buttons that open a window": (
        posts(
            bottom=lambda n: [
                f"Klikněte a sdílejte na {site} (Otevře se v novém okně)"
                for site in ("Facebook", "Twitter")[: 1 + n % 2]
            ]
        ),
        ("Facebook", "Twitter"),
    ),
}


@pytest.mark.parametrize("case", GONE)
def test_furniture_goes_whatever_its_words(case: str) -> None:
    manuscript, gone = GONE[case]
    normalized = made(manuscript)
    text = f"\n{text_of(normalized)}\n"
    assert [words for words in gone if words in text] == []
    wanted = [words for n in range(1, CHAPTERS + 1) for words in prose(n)]
    if "fl." not in manuscript and "Chapter 2" in manuscript:
        assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize("case", ["folios with a bar", "folios between blank lines", "running heads alone"])
def test_a_paragraph_that_a_page_cuts_is_whole(case: str) -> None:
    text = text_of(made(GONE[case][0]))
    assert [words for words in prose(1, 40) if words not in text] == []


def test_what_is_taken_for_furniture_can_be_kept() -> None:
    normalized = made(GONE["credits above the text"][0], Refusal(rule="STR011", text=CREDITS[1]))
    assert text_of(normalized).count(CREDITS[1]) == 3
    assert CREDITS[0] not in text_of(normalized)


NAMES = ("Anna", "Jonas")
TELLERS = ("Mina", "Lucy")
ABOUT_TELLERS = "In the evening the diary lay before Mina, and the letter before Lucy."
TOLD = (
    "It was a 5 minute read.",
    "It was 5 min read, he joked, and closed the book.",
    "Photo by Ada, the label said, and nothing more.",
    "Photo by the door: a woman in a hat.",
    "Image: a bridge in fog. He turned it over.",
    "© nobody, he laughed.",
    "Copyright is theft, he said.",
    "Copyright 1912 by Ada",
    "Bild: Ein Haus am See, sagte er leise.",
    "She held the picture by its edge.",
)


def told(*lines: str) -> str:
    """Chapters with one of the lines each amid their prose."""
    chapters: list[str] = []
    for n, line in enumerate(lines, 1):
        text = prose(n)
        chapters.append("\n\n".join([f"Chapter {n}", *text[:2], line, *text[2:]]))
    return "\n\n\n".join(chapters) + "\n"


WRAPPED = (
    "They became, as we look at it with the eyes of such men, by their many\npictures by Titian, judges of "
    "them at once. I had rather\nshare this on Facebook than with nobody, and went on."
)
REFRAIN = "And the river remembered the harbour"
KEPT: dict[str, tuple[str, dict[str, int]]] = {
    "the teller's name": (
        posts(top=lambda n: [NAMES[n % 2]]),
        {f"Chapter {n}: {NAMES[n % 2]}": 1 for n in range(1, 10)},
    ),
    "the teller's name above credits": (
        posts(top=lambda n: [NAMES[n % 2], CREDITS[n % 3]]),
        {"Anna": 4, "Jonas": 5},
    ),
    "the teller's name, always one": (posts(top=lambda _: ["Anna"]), {"Anna": 9}),
    "whose diary it is, below the posting line": (
        posts(
            top=lambda n: [
                f"Posted on May {n}, 2021",
                *CREDITS[: n % 2],
                f"{TELLERS[n % 2]}’s diary—continued",
            ],
            bottom=lambda _: [ABOUT_TELLERS],
        ),
        {"Mina’s diary—continued": 4, "Lucy’s diary—continued": 5},
    ),
    "whose diary it is, where others have a credit": (
        posts(
            top=lambda n: ["The evening with Mina"] if n % 3 else [CREDITS[n % 2]],
            bottom=lambda _: [ABOUT_TELLERS],
        ),
        {"The evening with Mina": 6},
    ),
    "who is quoted above credits": (
        posts(
            top=lambda n: [CREDITS[n % 3]],
            bottom=lambda n: ["Kepler, in his Harmonies" if n == 1 else "", CREDITS[n % 2]],
        ),
        {"Kepler, in his Harmonies": 1},
    ),
    "what the author of a log notes at its head, and rows of a game": (
        posts(
            top=lambda n: [f"Počasí: vítr, {FILLED[n]}"],
            bottom=lambda n: [f"Winter {FILLED[n]} | harbour | window"],
        ),
        {f"Chapter 3: Počasí: vítr, {FILLED[3]}": 1, f"Winter {FILLED[5]} | harbour | window": 1},
    ),
    "lines of wrapped prose that begin as credits and buttons do": (
        posts().replace(prose(3)[1], WRAPPED),
        dict.fromkeys(WRAPPED.split("\n"), 1),
    ),
    "days": (posts(top=lambda n: [f"Morning {n}"]), {f"Morning {n}": 1 for n in range(1, 10)}),
    "places with a year": (
        posts(top=lambda n: [f"Paris, {n} May 1943"]),
        {f"Paris, {n} May 1943": 1 for n in range(1, 10)},
    ),
    "a refrain": (posts(bottom=lambda n: [REFRAIN][: n % 2]), {REFRAIN: 5}),
    "a chorus of several lines": (
        posts(
            bottom=lambda _: ["Remembered river", "Silence, harbour, silence", "The winter and the weather"]
        ),
        {"Remembered river": 9, "Silence, harbour, silence": 9, "The winter and the weather": 9},
    ),
    "a refrain above buttons": (posts(bottom=lambda _: [REFRAIN, *STACK]), {REFRAIN: 9}),
    "a paragraph that comes back": (
        posts(bottom=lambda _: ["Nothing else happened."]),
        {"Nothing else happened.": 9},
    ),
    "letters": (
        posts(
            top=lambda _: ["To Mrs. Orlofsky, England", "Dear sister,"],
            bottom=lambda _: ["Your loving brother,", "Robert Walton"],
        ),
        {"To Mrs. Orlofsky, England": 9, "Robert Walton": 9},
    ),
    "words of buttons that are spoken": (
        posts(bottom=lambda _: ["“Share this,” said the banner.", "Reply to my letter, she wrote."]),
        {"“Share this,” said the banner.": 9, "Reply to my letter, she wrote.": 9},
    ),
    "verse that begins as buttons do": (
        posts(bottom=lambda n: ["Follow me", "Share the silence, answered", "Follow"] if n == 4 else []),
        {"Follow me": 1, "Share the silence, answered": 1, "Follow": 1},
    ),
    "a line that begins as buttons do, where there are buttons": (
        posts(bottom=lambda n: ["Follow the river and the winter"] if n == 4 else STACK),
        {"Follow the river and the winter": 1},
    ),
    "a refrain that begins as buttons do": (
        posts(bottom=lambda _: ["Follow the river and the winter"]),
        {"Follow the river and the winter": 9},
    ),
    "a telegram": (
        posts(bottom=lambda n: ["Reply by telegram", "Anna"] if n == 4 else []),
        {"Reply by telegram": 1},
    ),
    "rules that are counted": (
        posts(bottom=lambda n: [f"Promise {n}", "Answered carefully."]),
        {f"Promise {n}": 1 for n in range(1, 10)},
    ),
    "titles that name a site": (
        "\n\n\n".join(
            "\n\n".join([f"Chapter {n}", title, *prose(n)])
            for n, title in enumerate(("The Ferry", "Instagram Girl", "Twitter", "The Captain"), 1)
        ),
        {"Chapter 2: Instagram Girl": 1, "Chapter 3: Twitter": 1},
    ),
    "a chorus of strange words below a few chapters": (
        posts(bottom=lambda n: ["Tra-la-lee, tra-la-lay"][: n % 3 == 0]),
        {"Tra-la-lee, tra-la-lay": 3},
    ),
    "sentences of the story that begin as credits do": (
        told(*TOLD),
        dict.fromkeys(TOLD, 1),
    ),
    "what the author of a diary counts": (
        posts(top=lambda n: [f"May {n}, 1912", f"{n + 3} letter"]),
        {f"{n} letter": 1 for n in range(4, 13)},
    ),
    "chapters that begin pages": (
        "\f".join(f"{n}\n\n" + "\n\n".join(prose(n)) + "\n\n" for n in range(1, 10)),
        {str(n): 1 for n in range(1, 10)},
    ),
}


@pytest.mark.parametrize("case", KEPT)
def test_what_only_looks_like_furniture_stays(case: str) -> None:
    manuscript, kept = KEPT[case]
    found = lines_of(made(manuscript))
    counts = {line: sum(line in some.split("\n") for some in found) for line in kept}
    assert counts == kept


def test_a_line_in_doubt_is_kept_and_told() -> None:
    """Whether a line of the text's own words beside credits is a site's, its author says."""
    text = posts(top=lambda n: [CREDITS[n % 3], *["Photograph and the letter"][: n % 4 == 0]])
    normalized = made(text)
    assert text_of(normalized).count("Photograph and the letter") == 2
    told = [item for item in normalized.diagnostics if item.code == "STR020"]
    assert [(item.message.split(" stands")[0], "4 posts" in item.message) for item in told] == [
        ("“Photograph and the letter”", False)
    ]
    source, draft = read_one(text.encode(), "story.txt")
    said = normalize([draft], [source], config.load(told[0].paste.encode(), "book.toml"))
    assert "Photograph and the letter" not in text_of(said)


REPEATED = {
    "a chorus of strange words": lambda: posts(bottom=lambda n: ["Tra-la-lee, tra-la-lay"][: n < 6]),
    "a motto in Latin": lambda: posts(top=lambda _: ["Memento mori"]),
    "an epigraph with its source": lambda: posts(top=lambda _: ["Sic transit gloria", "— Thomas à Kempis"]),
    "a chorus of several strange lines": lambda: posts(
        bottom=lambda n: ["Heigh ho, the wind", "Hey nonny nonny", "Hey down a down"] if n < 5 else []
    ),
    "a closing word": lambda: posts(bottom=lambda _: ["Ende gut, alles gut"]),
    "a signature": lambda: posts(bottom=lambda n: ["Zbigniew"][: n % 2]),
}


@pytest.mark.parametrize("case", REPEATED)
def test_one_line_that_comes_back_is_kept_and_told(case: str) -> None:
    """However strange its words: nothing else of the manuscript says that a site printed it."""
    text = REPEATED[case]()
    normalized = made(text)
    lost = [line for line in text.split("\n") if line and line not in text_of(normalized)]
    assert lost == []
    assert [change for change in normalized.changes if change.why == "STR011"] == []
    assert "STR020" in [finding.code for finding in normalized.diagnostics]


def test_a_place_and_a_day_above_each_chapter_are_the_authors() -> None:
    normalized = made(posts(top=lambda n: [f"Göteborg, {n} maj 1943"]))
    assert all(f"Göteborg, {n} maj 1943" in text_of(normalized) for n in range(1, 10))


def test_a_credit_that_stands_once_below_a_post_is_kept_and_told() -> None:
    """Nothing tells it from a motto in a foreign language but its author."""
    text = posts(top=lambda n: [CREDITS[n % 3]], bottom=lambda n: ["Arkivet, Göteborg"][: n == 5])
    normalized = made(text)
    assert "Arkivet, Göteborg" in text_of(normalized)
    assert [item.message.split(" stands")[0] for item in normalized.diagnostics if item.code == "STR020"] == [
        "“Arkivet, Göteborg”"
    ]


def test_scenes_that_every_act_has_are_no_running_heads() -> None:
    """Verse above has no stop, the name of a blogger below begins small."""
    scenes = ("Scene I", "Scene II", "Scene III")
    heads = [
        [f"Act {act}", "", scenes[0]] if scene == scenes[0] else [scene]
        for act in ("I", "II", "III", "IV")
        for scene in scenes
    ]
    written = [
        "\n".join(
            [*head, "", f"emberlark wrote on May {n}, 2021", "", *prose(n), "", "No stop at the end of it\n"]
        )
        for n, head in enumerate(heads, 1)
    ]
    normalized = made("\n\n".join(written) + "\n")
    found = [division.numbers for _, division in walk_divisions(normalized.book.divisions)]
    assert found == [number for act in range(1, 5) for number in ((act,), (1,), (2,), (3,))]
    assert not [change for change in normalized.changes if "Scene" in change.note]


def test_a_line_that_counts_to_two_by_itself_is_no_folio() -> None:
    cut = "He had remembered the harbour and\n(3 comments | Leave a comment)\nthe river in the evening."
    normalized = made(posts(bottom=lambda n: ["Page 1 of 2"] if n == 2 else [cut] if n == 5 else []))
    assert not [change for change in normalized.changes if change.why == "OCR005"]


def test_a_credit_below_a_dated_line_is_no_title_of_one_chapter() -> None:
    tops = [[f"Zveřejnila Božka {n}. {MONTHS[n - 1]} 2021"] for n in range(1, 10)]
    text = posts(top=lambda n: [*tops[n - 1], *["Rys. Halina Dąb"][: n == 5]], blank="\n")
    found = [heading_text(d) for _, d in walk_divisions(made(text).book.divisions)]
    assert found == [f"Chapter {n}" for n in range(1, 10)]


def test_a_name_that_an_exporter_prints_twice_is_one_heading() -> None:
    front = "\n\n".join(["Explanatory", "Explanatory", "19 min readMar 1, 2019\n" + prose(0)[0]])
    normalized = made(front + "\n\n\n" + posts(top=lambda n: [f"{n} min readMar {n}, 2019"]))
    found = [heading_text(d) for _, d in walk_divisions(normalized.book.divisions)]
    assert found == ["Explanatory", *(f"Chapter {n}" for n in range(1, 10))]
    assert text_of(normalized).count("Explanatory") == 1


def test_a_running_head_inside_a_contents_list_is_no_title_of_it() -> None:
    """The title page keeps the title that the running heads repeat."""
    entries = [f"CHAPTER {n}. {'.' * 40} {n * 9}" for n in range(1, 9)]
    listed = ["Contents", *entries[:5], "page 2", "HARBOUR LIGHTS", *entries[5:]]
    body = "\n\n".join(f"CHAPTER {n}.\n\n{words}" for n, words in enumerate(map(_paged, range(1, 9)), 1))
    normalized = made("\n".join(["Harbour Lights", "", "by Ada Marsh", "", *listed, "", "", body]) + "\n")
    assert normalized.book.metadata.title.value == "Harbour Lights"
    assert "HARBOUR" not in text_of(normalized)


@pytest.mark.parametrize(
    "dedication",
    ["To Waldo and Mildred Averill", "Für Grete und Ottokar", "À Ysabeau Delcourt", "To the captain"],
)
def test_a_dedication_between_the_lines_of_a_site_stays(dedication: str) -> None:
    """It is all that its post holds; what comes back goes, though it begins alike."""
    foot = ["Share this:", "Click to share on Facebook (Opens in new window)", "To Top"]
    written = [
        "18 min readJan 16, 2022",
        "Image: Wikimedia Commons",
        dedication,
        "© Nils Berg Photography",
        *foot,
    ]
    normalized = made(posts(top=lambda n: [CREDITS[n % 3]], bottom=lambda _: foot, foot=written, blank="\n"))
    assert dedication in text_of(normalized)
    assert not any(line in text_of(normalized) for line in (*foot, "Wikimedia", "Nils Berg"))


def _paged(chapter: int) -> str:
    """A chapter with the end of a page in the middle of a sentence."""
    rows = textwrap.wrap(" ".join(prose(chapter, 3)), 66)
    middle = next(at for at in range(5, len(rows)) if rows[at][0].islower() and rows[at - 1][-1] != ".")
    return "\n".join([*rows[:middle], f"page {chapter + 2}", "HARBOUR LIGHTS", *rows[middle:]])


def test_titles_between_the_lines_of_a_site_are_chapters() -> None:
    """No counter is a chapter's number or a page's, and no title between furniture goes with it."""
    titles = ("The Kitchen", "The Attic", "The Cellar", "The Garden", "Rain", "What the Dog Knew", "Noon")
    days = range(20, 20 - len(titles), -1)
    written = [
        "\n".join([title, f"Posted on May {day}, 2021 by Ada Marsh", f"{at + 3} Comments", "", "", *body])
        for at, (title, day) in enumerate(zip(titles, days, strict=True))
        for body in [["\n\n".join([*prose(at), "Leave a comment"])]]
    ]
    normalized = made("\n\n".join(["Tales from the Yard", *written]) + "\n")
    found = [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]
    assert found == list(reversed(titles))
    assert "omment" not in text_of(normalized)
    assert all(words in text_of(normalized) for at in range(len(titles)) for words in prose(at))


def test_heads_of_facing_pages_vouch_for_each_other() -> None:
    """Sentences go on across the heads of the left pages alone."""
    text = ["Chapter 1"]
    for number in range(1, 11):
        above, below = prose(number, 2)
        head = f"THE FERRY        {number}" if number % 2 else f"{number}        ADA MARSH"
        text += (
            [above, head, below] if number % 2 else [f"{above} They went, as", head, f"before, home. {below}"]
        )
    printed = text_of(made("\n\n".join(text)))
    assert "MARSH" not in printed
    assert "THE FERRY" not in printed


def test_a_word_goes_on_across_a_head_with_blank_lines_round_it() -> None:
    """The heads have the number on their outer sides; two on each side are enough, with the same words."""
    pages = (
        "Chapter 1\n\nThey went down to the ferry that morning, though the wind had turned, and it was rai-",
        "12                THE LAST FERRY",
        "ning harder than before when the bell rang. The boat lay at the pier, and the captain,",
        "THE LAST FERRY                13",
        "who had seen them, took his pipe out of his mouth and waited for them to come on Thurs-",
        "14                THE LAST FERRY",
        "day, as they had said. Then the rain left off.\n\nChapter 2\n\nNobody had answered his let-",
        "THE LAST FERRY                15",
        "ter by noon.",
    )
    printed = text_of(made("\n\n".join(pages) + "\n"))
    assert "FERRY" not in printed
    assert "raining harder" in printed
    assert "come on Thursday, as" in printed
    assert "his letter by noon" in printed


def test_blank_lines_round_a_running_head_break_no_scene() -> None:
    """Paragraphs begin set in here, without blank lines; some end at the foot of a page."""
    rows = ["Chapter 1", ""]
    for paragraph in prose(1, 24):
        rows += textwrap.wrap(paragraph, 66, initial_indent="   ")
    ends = [at for at, row in enumerate(rows) if row.startswith("   ")]
    rows[ends[18] : ends[18]] = ["", ""]
    turns = [ends[3], ends[7], *(at + 2 for at in ends[9:17:2]), ends[20] + 2]
    for number, at in reversed(list(enumerate(turns, 30))):
        head = f"{number}          THE FERRY" if number % 2 else f"THE FERRY          {number}"
        rows[at:at] = ["", head, ""]
    normalized = made("\n".join(rows) + "\n")
    blocks = [block for division in normalized.book.divisions for block in division.blocks]
    assert sum(isinstance(block, SceneBreak) for block in blocks) == 1
    assert "FERRY" not in text_of(normalized)


@pytest.mark.parametrize("within", [False, True], ids=["nowhere else", "within a page too"])
def test_white_space_at_the_foot_of_a_page_breaks_a_scene_where_others_do(within: bool) -> None:
    pages = [f"\f{n}      THE FERRY\n\n" + "\n\n".join(prose(n, 3)) + "\n\n" for n in range(4, 14)]
    pages[4] += "\n"
    if within:
        pages[7] = pages[7].replace(prose(11)[1], f"\n{prose(11)[1]}")
    normalized = made(f"The Ferry\n\nby Ada Marsh\n\nChapter 1\n\n{prose(1)[0]}\n\n{''.join(pages)}")
    blocks = [block for division in normalized.book.divisions for block in division.blocks]
    assert sum(isinstance(block, SceneBreak) for block in blocks) == (2 if within else 0)
    told = [item.paste for item in normalized.diagnostics if item.code == "OCR010"]
    assert [prose(9)[0] in paste for paste in told] == ([] if within else [True])


def test_a_contents_list_with_pages_goes_whole() -> None:
    """So do its heads, a preface in roman figures, titles that run over, counts that begin again."""
    titles = ("The Widow", "The Old Mint", "The Master of the Mint", "The Roof", "The Storm", "The Toll")
    entries = [f"{n:>8}. {title:<30}{n * 14:>5}" for n, title in enumerate(titles, 1)]
    entries.insert(3, "EPOCH THE SECOND, 1715.")
    entries[2] += "\n          and of the House"
    listed = "\n".join(["CHAP.                                     PAGE", "    PREFACE       vii", *entries])
    chapters = [f"CHAPTER {n}. {title}.\n\n" + "\n\n".join(prose(n)) for n, title in enumerate(titles, 1)]
    text = "\n\n\n".join(["The Old Toll\n\nby Ada Marsh", f"CONTENTS.\n\n{listed}", *chapters])
    found = lines_of(made(f"{text}\n"))
    assert [
        line for line in found if "PAGE" in line or "EPOCH" in line or "House" in line or "vii" in line
    ] == []
    assert [words for n in range(1, 7) for words in prose(n) if words not in found] == []


def test_a_title_far_from_a_rising_number_is_a_running_head_also_where_no_sentence_is_cut() -> None:
    pages = (
        "THE WEIGHING ROOM\n\n1\n\nACT ONE\n\nA post office.\n\nANN. You are late. Put it on the scale.",
        "2                THE WEIGHING ROOM\n\nBEN. It is heavier than it was. It is.\n\nANN. So it is.",
        "3                THE WEIGHING ROOM\n\nBEN. I did not open it.\n\nACT TWO\n\nThe yard, later.",
    )
    book = made("\n\n".join(pages)).book
    assert [heading_text(at) for at in book.divisions if heading_text(at)] == ["ACT ONE", "ACT TWO"]
    table = "Salt\n\nSalt      40\nSalt      41\nSalt      42"
    assert "Salt\n41" in text_of(
        made(f"The Ledger\n\nWe kept it for years.\n\n{table}\n\nThen we went home.")
    )


def test_a_title_far_from_a_rising_number_is_a_running_head_on_pages_of_one_paragraph_too() -> None:
    pages = "\n\n".join(f"\f{number}      THE FERRY\n\n{prose(number)[0]}" for number in range(4, 9))
    printed = text_of(made(f"THE FERRY\n\nby Ada Marsh\n\nCHAPTER ONE\n\n{prose(1)[0]}\n\n{pages}\n"))
    assert "FERRY" not in printed
    assert all(prose(number)[0] in printed for number in range(4, 9))


def test_a_sentence_that_a_page_cuts_at_the_top_of_a_chapter_is_no_title() -> None:
    halves = [(paragraph[:70].strip(), paragraph.lower()) for paragraph in prose(1, 5)]
    turns = (f"\n\n{number}\n\n\fADA MARSH\n\n" for number in range(7, 12))
    cut = "\n\n".join(turn.join(both) for turn, both in zip(turns, halves, strict=True))
    normalized = made(f"The Ferry\n\nby Ada Marsh\n\nCHAPTER ONE\n\n{cut}\n")
    assert [heading_text(at) for at in normalized.book.divisions] == ["CHAPTER ONE"]
    assert " ".join(halves[0]) in text_of(normalized)


def test_talk_at_the_top_of_a_file_is_no_header_of_a_mail() -> None:
    talk = (
        "Anna: We meet at 10:15, as always.\nBen: I will be there.\nAnna: Bring the rope.\nBen: And oars.\n"
    )
    assert "meet at 10:15" in text_of(made(f"{talk}\n{chr(10).join(prose(1))}\n"))


def test_lines_above_the_posting_lines_of_any_site_are_titles() -> None:
    """Three posts, newest first, with no other heading; dated comments with little text are no posts."""
    days = (("De laatste pont", "14 maart"), ("Hoog water", "2 februari"), ("Het huis", "11 januari"))
    written = []
    for number, (title, day) in enumerate(days):
        comment = f"Piet zegt:\n15 maart 2021 om 09:1{number}\nMooi!"
        top = f"{title}\nGeplaatst op {day} 2021 door Janneke"
        written.append("\n\n".join([top, *prose(number), comment]))
    normalized = made("\n\n".join(["Op de dijk\nEen blog over het water", *written]) + "\n")
    found = [heading_text(division) for division in normalized.book.divisions]
    assert [title for title in found if title] == ["Het huis", "Hoog water", "De laatste pont"]
    assert not normalized.order.uncertain


TAILS = (
    ["You may also like…", "The Harbour Cats", "Ten Poems for Winter"],
    ["Report this story"],
    ["Older posts »"],
    ["« Older posts", "Newer posts »"],
    ["Äldre inlägg →"],
)


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("step", [1, -1])
def test_what_a_site_prints_once_below_the_last_post_goes(tail: list[str], step: int) -> None:
    chapters = ["\n\n".join([f"Chapter {n}", *prose(n)]) for n in range(1, 7)][::step]
    normalized = made("\n\n\n".join([*chapters, "\n\n".join(tail)]) + "\n")
    assert not {*tail} & {*lines_of(normalized)}
    assert [change.why for change in normalized.changes if change.why == "STR011"] == ["STR011"] * len(tail)


@pytest.mark.parametrize(
    "last", ["And he went home", "Follow the river down", "« Oui, dit-il. Partons »", "Next"]
)
def test_the_last_line_of_a_book_is_no_link(last: str) -> None:
    text = "\n\n\n".join("\n\n".join([f"Chapter {n}", *prose(n)]) for n in range(1, 7))
    assert last in lines_of(made(f"{text}\n\n{last}\n"))


def test_the_stamp_of_a_forum_is_no_heading_beside_one() -> None:
    sent = [["writer", f"Posts: {100 + n}", f"#{n}  Posted: {n} May 2021, 10:1{n}"] for n in range(1, 7)]
    texts = ["\n\n".join(["\n".join(top), f"Chapter {n}", *prose(n)]) for n, top in enumerate(sent, 1)]
    found = [heading_text(d) for _, d in walk_divisions(made("\n\n\n".join(texts)).book.divisions)]
    assert found == [f"Chapter {n}" for n in range(1, 7)]


def test_the_title_of_a_story_below_what_closes_a_post_heads_what_is_counted_below_it() -> None:
    foot = ["Share this:", "Click to share on Facebook (Opens in new window)", "Leave a comment"]
    stories = ("The Long Field", "Nine Letters", "A Quiet House")
    written = [
        "\n\n".join([*([f"{title}\n\n"] if n == 1 else []), f"{n}", *prose(at * 9 + n), *foot])
        for at, title in enumerate(stories)
        for n in (1, 2, 3)
    ]
    found = made("Doors\n\nby Ada Marsh\n\n\n" + "\n\n".join(written) + "\n").book.divisions
    assert [heading_text(division) for division in found] == [*stories]


def test_the_number_of_a_section_above_that_of_a_page_is_no_running_head() -> None:
    """Three sections II begin where a page ends, four elsewhere."""
    parts = [
        f"Part {part}\n\n\n"
        + "\n\n\n".join(
            f"{n}\n" + (f"{page}\n" if n == "II" and part <= 3 else "\n") + _paged(page)
            for page, n in enumerate(("I", "II", "III"), part * 3)
        )
        for part in range(1, 8)
    ]
    normalized = made("\n\n\n".join(parts) + "\n")
    found = [division.numbers for _, division in walk_divisions(normalized.book.divisions)]
    assert found.count((2,)) == 1 + 7
    assert "HARBOUR" not in text_of(normalized)


@pytest.mark.parametrize("line", ["The Argument", "Argomento"])
def test_what_announces_the_argument_of_each_book_stays(line: str) -> None:
    normalized = made(posts(top=lambda n: ["5 min read", CREDITS[n % 3], line]))
    assert text_of(normalized).count(line) == CHAPTERS


def test_the_third_of_several_points_is_no_credit_where_the_others_are_elsewhere() -> None:
    point = "(c) Recollections of the Captain’s Youth before he became a Monk"
    assert point in text_of(made(posts(top=lambda n: [point] if n == 2 else [])))


def test_a_dedication_that_touches_the_contents_list_is_none_of_its_entries() -> None:
    listed = "\n".join(["Contents", "", *(f"Chapter {n}" for n in range(1, CHAPTERS + 1)), "To My Mother"])
    assert "To My Mother" in text_of(made(f"Doors\n\nby Ada Marsh\n\n\n{listed}\n\n\n{posts()}"))


HEADS = {
    "the way to the page": "Startseite > Feuilleton > Essay",
    "a menu": "Skip to main content\n\nTHE REVIEW\n\nHome\nEssays\nSign in\n\nHome › Essays › Places",
    "a notice of cookies": "Nous utilisons des cookies pour mesurer notre audience.\n\nAccueil > Idées",
}
BELOW_HEAD = "Par Édith Vauquelin\n\nLesezeit: 6 Min.\n\nTeilen  Merken  Drucken"


@pytest.mark.parametrize("case", HEADS)
def test_what_a_page_prints_above_the_title_of_its_text_goes(case: str) -> None:
    essay = "\n\n".join(prose(1))
    found = made(f"{HEADS[case]}\n\nOn the Uses of a Wall\n\n{BELOW_HEAD}\n\n{essay}\n")
    assert found.book.metadata.title.value == "On the Uses of a Wall"
    assert [creator.name.value for creator in found.book.metadata.creators] == ["Édith Vauquelin"]
    assert lines_of(found)[-len(prose(1)) :] == prose(1)
    assert not any(line in text_of(found) for line in HEADS[case].split("\n") if line)


@pytest.mark.parametrize("below", ["Írta: Édith Vauquelin", "Édith Vauquelin"])
@pytest.mark.parametrize("menu", ["", "Menú\nPortada\nIniciar sesión\n\n"])
def test_a_way_to_the_page_that_ends_with_the_title_is_none(menu: str, below: str) -> None:
    way = "Etusivu » Blogi » A Wall\n\n"
    found = made(f"{way}{menu}A Wall\n\n{below}\n\n" + "\n\n".join(prose(1)))
    assert found.book.metadata.title.value == "A Wall"
    assert [creator.name.value for creator in found.book.metadata.creators] == ["Édith Vauquelin"]
    assert lines_of(found)[-len(prose(1)) :] == prose(1)
    under = made(f"A Wall\n\nby Ada Marsh\n\n{way}Chapter 1\n\n" + "\n\n".join(prose(1)))
    assert way.strip() not in text_of(under)


@pytest.mark.parametrize(
    "credit", ["Foto’s: Atelier De Zuil", "fot. Atelier Zuil / Stock", "Kuva: Atelier Zuil"]
)
def test_a_credit_that_comes_back_is_one_in_any_language(credit: str) -> None:
    assert credit not in text_of(
        made("\n\n".join(f"Chapter {n}\n\n{prose(n)[0]}\n\n{credit}" for n in range(1, 5)))
    )


def test_lines_above_a_title_page_without_a_sign_of_a_site_stay() -> None:
    text = "For Anna\n\nwho waited\n\nOn the Uses of a Wall\n\nby Ada Marsh\n\n" + "\n\n".join(prose(1))
    assert not [change for change in made(text).changes if change.why == "STR011"]


@pytest.mark.parametrize("line", ["Twitter (the year that we left it)", "Instagram (a love story)"])
def test_brackets_behind_the_name_of_a_site_are_no_button(line: str) -> None:
    assert line in text_of(made("Chapter 1\n\n" + "\n\n".join([prose(1)[0], line, *prose(1)[1:]])))


@pytest.mark.parametrize(
    "title", ["The Fortune Cookie", "Following the Drum", "Light / Dark", "Home › Books\n\nThe Lamp"]
)
def test_a_title_above_its_subtitle_is_no_head_of_a_page(title: str) -> None:
    found = made(f"{title}\n\nThree Winters\n\nby Ada Marsh\n\n" + "\n\n".join(prose(1)))
    assert found.book.metadata.title.value == title.rpartition("\n")[2]


def test_a_row_of_links_is_no_part_of_the_rights() -> None:
    row = "© 2022 The Review. All rights reserved. Privacy | Terms | Contact"
    rights = made(posts(foot=[row])).book.metadata.rights
    assert rights
    assert rights.value == "© 2022 The Review. All rights reserved."


def test_titles_that_stand_once_among_posts_whose_titles_stand_twice_divide_no_book() -> None:
    posts = [
        f"Chapter {n}\nChapter {n}\n\n{prose(n)[0]}\n\nThe Road to {place}\n\n{prose(n + 20)[0]}\n"
        for n, place in zip(range(5, 0, -1), ("Ghent", "Riga", "Turin", "Oporto", "Bergen"), strict=True)
    ]
    normalized = made("Doors\n\nby Ada Marsh\n\n\n" + "\n\n".join(posts))
    found = [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]
    assert found == [f"Chapter {n}" for n in range(1, 6)]
    assert "The Road to Ghent" in text_of(normalized)


@pytest.mark.parametrize(
    "line", ["She baked cookies for the men on this site until they loved her.", "No cookie for our sites."]
)
def test_cookies_on_a_site_may_be_eaten(line: str) -> None:
    first, *rest = prose(1)
    assert line in lines_of(made("\n\n".join(["Doors", "by Ada Marsh", "", first, line, *rest])))


@pytest.mark.parametrize(
    "notice", ["This site uses cookies.", "Diese Website verwendet Cookies", "Ta strona używa plików cookie."]
)
def test_a_notice_of_cookies_goes(notice: str) -> None:
    first, *rest = prose(1)
    assert notice not in text_of(made("\n\n".join(["Doors", "by Ada Marsh", "", first, notice, *rest])))


def test_a_posting_line_that_counts_one_goes_with_those_that_count_more() -> None:
    rows = ["4 commenti", "2 commenti", "1 commento", "9 commenti", "3 commenti"]
    told = "".join(
        f"\n\nCapitolo {at + 1}\n\n{10 + at} marzo 2021 · {row} · Condividi su Facebook\n\n"
        + "\n\n".join(prose(at))
        for at, row in enumerate(rows)
    )
    assert "Condividi" not in text_of(made(f"Il faro\n\nda Elena Ricci{told}\n"))


PHOTOS = ("© Atelier Ulme", "Aufnahme: Sven Birk", "© Nordlicht Bildstelle")
SHARED = ("Teilen mit:", "Klick, um dies einem Freund zu schicken", "Gefällt mir")


def photo(chapter: int) -> Sequence[str]:
    return [f"Veröffentlicht am {chapter}. Mai 2021", *([PHOTOS[chapter % 3]] if chapter % 4 else [])]


def test_a_name_that_signs_one_chapter_above_a_site_s_buttons_stays() -> None:
    shared = ["Share this:", "Like Loading...", "Related", "Posted in Uncategorized", "Leave a comment"]
    text = posts(photo, lambda n: [*(["Edmund Vaughan"] if n == 1 else [PHOTOS[n % 3]]), *shared])
    text = text.replace("\n\n\nChapter 3", "\n\nWe share this harbour.\n\n\nChapter 3")
    assert "Edmund Vaughan" in lines_of(made(text))
    assert not any(line in text_of(made(text)) for line in (*PHOTOS, *shared))


@pytest.mark.parametrize("told", ["Contributed by Oriel Kestrel", "Supplied by Mr. Kestrel, Notary"])
def test_who_tells_a_chapter_stays_among_credits_where_the_text_names_him(told: str) -> None:
    named = {5: [told], 7: [told.replace("Kestrel", "Marsh")]}
    text = posts(lambda n: [*photo(n), *named.get(n, []), PHOTOS[0]], lambda _: SHARED)
    for name in ("Oriel Kestrel", "Mr. Kestrel", "Mr. Marsh"):
        seen = f"We saw the notary {name} and asked {name} for it."
        text = text.replace("\n\n\nChapter 3", f"\n\n{seen}\n\n\nChapter 3")
    assert [line for line in lines_of(made(text)) if line[:5] == told[:5]] == [*named[5], *named[7]]


def test_what_stands_alone_between_the_lines_of_a_site_is_the_text_of_its_post() -> None:
    written = posts(photo, lambda _: SHARED)
    part = "\n\n".join(["The Second Notebook", *photo(2), "Copied out by Mathilde Orne", *SHARED])
    text = written.replace("Chapter 5\n", f"{part}\n\n\nChapter 5\n")
    assert "Copied out by Mathilde Orne" in lines_of(made(text))


def test_a_list_that_begins_with_the_persons_ends_where_they_are_listed() -> None:
    acts = [f"Act {n}" for n in ("I", "II", "III")]
    front = ["The Persons", "Anna, a Pilot", "Jonas, her Brother", "", "", "Where It Happens", ""]
    front += [f"{act}: the Harbour by Night." for act in acts]
    listed = "\n".join(["Contents", "", "The Persons", "Where It Happens", *acts])
    text = "\n\n\n".join([listed, "\n".join(front), *(f"{act}\n\n" + "\n\n".join(prose(1)) for act in acts)])
    assert "Anna, a Pilot" in text_of(made(f"Tides\n\nby Ada Marsh\n\n{text}"))
    assert text_of(made(f"Tides\n\nby Ada Marsh\n\n{text}")).count("the Harbour by Night.") == len(acts)


@pytest.mark.parametrize("counted", ["3 thoughts on “Chapter 4”", "Ein Gedanke zu „Chapter 4“"])
def test_what_counts_thoughts_on_a_post_by_its_title_opens_what_readers_wrote(counted: str) -> None:
    readers = [counted, "What a ferry! More, please.", "Answer this", "Ines Okafor says:", "The end is near."]
    text = posts(photo, lambda n: [*SHARED, *(readers if n == 4 else [])])
    assert not any(line in lines_of(made(text)) for line in readers)
    assert len(lines_of(made(text))) == CHAPTERS * 5
    alone = posts(bottom=lambda n: ["What we called “Chapter 4”", "It was true."] if n == 4 else [])
    assert "What we called “Chapter 4”" in lines_of(made(alone))


def test_labels_that_stand_in_both_parts_are_no_links_to_other_posts() -> None:
    """Wrapped speeches below them end in short lines, as labels below a link to another post do."""
    speech = [
        "“You came late,” said the miller to the man who",
        "had come down from the ford in that",
        "rain.",
        "",
    ]
    speech += ["“I did.”", "", "He sat down.", ""]
    told = "\n".join(textwrap.wrap(" ".join(prose(1)), 60))
    out = []
    for part in (1, 2):
        out += ["", "", f"Part {part}", ""]
        for number in range(1, 7):
            own = speech if (number + part) % 2 else told.split("\n")[:4]
            out += [
                "",
                f"Chapter {number}",
                f"The {'Ford Mill Goose Rain Salt Home'.split()[number - 1]} {part}",
                "",
            ]
            out += [*own, *told.split("\n"), ""]
    divisions = made("\n".join(out)).book.divisions
    assert [len(part.divisions) for part in divisions] == [6, 6]


SLOVAK = "januára februára marca apríla mája júna júla augusta septembra".split()
SHARED = ("Zdieľať na sieti", "Poslať známym", "Vytlačiť stránku")


def sent(n: int) -> str:
    """The line with the day above the ninth to the first chapter of a serial, newest first."""
    return f"{29 - n}. {SLOVAK[9 - n]} 2021 • {n + 4} minút čítania"


def test_what_a_post_without_a_heading_holds_is_the_author_s() -> None:
    """Its posting line shows where it begins; what stands below was furniture of the post above."""
    chapters = posts(lambda n: [sent(n)], lambda _: SHARED).split("\n\n\n")[::-1]
    motto = "\n\n".join(["1. januára 2020 • 4 minút čítania", "Optima dies prima fugit", "Vergil", *SHARED])
    foot = "Píšem v noci a učím cez deň.\n\nStránka používa cookies\n\nSúhlasím"
    found = lines_of(made("\n\n\n".join(["The Lamp\n\nby Ada Marsh", *chapters, motto]) + f"\n\n{foot}\n"))
    assert {"Optima dies prima fugit", "Vergil"} <= {*found}
    assert not {*SHARED, sent(1), sent(9)} & {*found}


@pytest.mark.parametrize("own", [False, True])
def test_a_day_alone_where_others_have_a_posting_line_is_one(own: bool) -> None:
    """An author's own days are of other years, or stand beside the site's."""
    day = "14. júna 1897" if own else "14. júna 2021"
    found = lines_of(made(posts(lambda n: [sent(n) if n % 3 else day], nothing)))
    assert (day in found) is own
    assert sent(1) not in found


@pytest.mark.parametrize(("kinds", "gone"), [("Rajz Forrás Fotó Kép", True), ("Hely", False)])
def test_captions_in_a_strange_language_open_with_other_words(kinds: str, gone: bool) -> None:
    names = "Tóth Bence|családi album|Kovács Réka|saját|Nagy Emese".split("|")
    some = kinds.split()
    top = [f"{some[n % len(some)]}: {names[n % 5]}" for n in range(CHAPTERS + 1)]
    found = lines_of(made(posts(lambda n: [f"Írta: toll, 2021. június {n}.", *([top[n]] if n % 3 else [])])))
    assert any(line in found for line in top) is not gone


def test_who_is_quoted_at_the_end_of_a_part_stays() -> None:
    def bottom(n: int) -> Sequence[str]:
        return ["Tempore crevit amor, et quae fuit.”", "Ovidius"] if n == 4 else SHARED[n % 3 :]

    assert "Ovidius" in lines_of(made(posts(bottom=bottom)))


def test_a_labelled_heading_printed_twice_above_a_credit_is_one() -> None:
    shown = ("Zdroj: archív", "Kresba: Ota", "Foto: Iva")
    some = [
        f"Chapter {n}-{t}" for n, t in enumerate("Ford Mill! Goose Dr. Rain Salt Home Fair Tin".split(), 1)
    ]
    text = "\n\n".join("\n".join([head, head, shown[n % 3], *prose(n)]) for n, head in enumerate(some))
    divisions = made(f"{text}\n").book.divisions
    assert [heading_text(one) for one in divisions] == [head.replace("-", ": ") for head in some]


@pytest.mark.parametrize(
    "above", ["![](art/lamp.png)", "* * * {blank=true}", "|a|b|\n|-|-|\n|c|d|", "```\nx\n```"]
)
def test_what_holds_no_words_stands_above_a_name_at_the_end_of_a_part(above: str) -> None:
    text = posts(bottom=lambda n: [above, "Ovidius"] if n == 4 else SHARED[n % 3 :]).replace(
        "Chapter", "# Chapter"
    )
    assert "Ovidius" in lines_of(made_of(text, "story.md"))


def test_a_row_that_a_site_fills_in_may_end_with_an_arrow_and_a_caption_ends_no_title() -> None:
    ends = ["Filed under: Serials | {} Comments »", "Filed under Fiction, Fog | {} Comments »"]
    for row in ends:
        rows = [[row.format(n)] for n in range(CHAPTERS + 1)]
        assert "Comments" not in " ".join(lines_of(made(posts(bottom=rows.__getitem__))))
    text = posts().replace("Chapter 4\n\n", "Chapter 4: The Miller Goes to Market\nFonte: archivio\n\n")
    assert "Chapter 4: The Miller Goes to Market" in lines_of(made(text))


@pytest.mark.parametrize(
    ("stack", "gone"),
    [
        ("Teilen\nDrucken\n12 Kommentare", True),
        ("Share\n12 comments", True),
        ("Partager\nCommenter\nSuivre", True),
        ("Share\n\nPrint\n\n12 comments", True),
        ("Share\nPrint", False),
        ("Share\n\nPrint\n\nFollow", False),
        ("Follow me\nshare\nand comment", False),
    ],
)
def test_buttons_one_below_the_other_leave_a_text_that_has_them_once(stack: str, gone: bool) -> None:
    text = "\n\n".join(["Chapter 2", *prose(1), stack, "Chapter 1", *prose(2)])
    assert (stack.rsplit(maxsplit=1)[-1] not in markdown.write(made_of(text).book)) is gone


@pytest.mark.parametrize("shown", ["9 min readAug 24, 2023", "Photo by Jonas Eik on Unsplash", "12 läst"])
def test_a_title_without_a_label_printed_twice_above_a_line_of_a_site(shown: str) -> None:
    some = ["To the Hesitating Reader", *(f"Chapter {n}" for n in range(1, 7))]
    text = "\n\n".join("\n".join([head, head, shown, *prose(n)]) for n, head in enumerate(some))
    assert [
        heading_text(one) for one in made(f"The Lamp\n\nby Ada Marsh\n\n\n{text}\n").book.divisions
    ] == some
