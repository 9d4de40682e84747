"""Page numbers and running heads that scans leave in the text, in blocks of their own."""

from itertools import cycle
from textwrap import wrap

import pytest

from publish import lint
from publish.config import Config
from publish.document import heading_text, walk_divisions
from publish.normalize.result import Normalized
from tests.reading import made_of
from tests.test_furniture import prose
from tests.test_hyphens import text_of

SCANS = {
    "English": (
        "CHAPTER I",
        ("A WINTER IN THE FENS.", "THE ROAD TO ELY."),
        "The road lies upon the top of a bank, and on the left hand of it there is the river. It is a thing "
        "to which nobody becomes accustomed, however often he looks down. I walked the first mile upon the "
        "crown of the road, as a man walks upon a roof, and was overtaken by a cart with eels for the town.",
    ),
    "German": (
        "Erstes Kapitel",
        ("Ein Winter im Moor", "Der Weg nach Elbe"),
        "Die Straße liegt auf der Krone eines Dammes, und zur Linken von ihr fließt ein Fluss. Daran gewöhnt "
        "sich niemand, so oft er auch hinuntersieht und sich am Geländer festhält. Ich ging die erste Meile "
        "auf der Krone der Straße, wie man auf einem Dach geht, und wurde von einem Karren eingeholt.",
    ),
    "French": (
        "CHAPITRE PREMIER",
        ("UN HIVER DANS LES MARAIS", "LA ROUTE D’ELY"),
        "La route court sur le haut d’une digue, et à gauche coule une rivière lente. C’est une chose à "
        "laquelle personne ne s’habitue, si souvent que l’on regarde en bas. Je fis la première lieue sur le "
        "milieu de la route, comme on marche sur un toit, et une charrette me rejoignit qui portait du bois.",
    ),
}
WIDTH = 52


def lines_of(text: str, paragraphs: int) -> list[str]:
    """Give the text again and again, each time with other line ends, so that no line comes back."""
    words = text.split()
    some = (
        " ".join(word + ", so" * ((at + n) % 9 == 0) for at, word in enumerate(words))
        for n in range(paragraphs)
    )
    return [line for one in some for line in (*wrap(one.replace(".,", ","), WIDTH), "")]


def scan(language: str, pages: int, *, above: bool, blanks: int, set_in: bool, first: int = 12) -> str:
    """Give the text of some pages, cut amid sentences, with number and head at each page turn."""
    label, heads, text = SCANS[language]
    out, turn, page = [label, "", heads[1], ""], cycle(heads), first
    for count, line in enumerate(lines_of(text, pages), 1):
        out.append(line)
        if count % 7 == 4 and page < first + pages:
            head, number = " " * 12 * set_in + next(turn), " " * 30 * set_in + f"{page}"
            out += [""] * blanks + [number, *[""] * blanks, head][:: 1 if above else -1] + [""] * blanks
            page += 1
    return "\n".join(out) + "\n"


def headings_of(normalized: Normalized) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]


@pytest.mark.parametrize(("blanks", "set_in"), [(0, True), (1, True), (1, False), (2, False)])
@pytest.mark.parametrize("above", [True, False], ids=["number above", "number below"])
@pytest.mark.parametrize("pages", [2, 3, 8])
@pytest.mark.parametrize("language", SCANS)
def test_page_numbers_with_running_heads_are_left_out_and_the_torn_paragraphs_joined(
    language: str, pages: int, above: bool, blanks: int, set_in: bool
) -> None:
    label, heads, text = SCANS[language]
    normalized = made_of(scan(language, pages, above=above, blanks=blanks, set_in=set_in))
    assert headings_of(normalized) == [f"{label}: {heads[1]}"]
    whole = made_of(f"{label}\n\n{heads[1]}\n\n" + "\n".join(lines_of(text, pages)) + "\n")
    assert text_of(normalized) == text_of(whole)
    left = [change.note for change in normalized.changes if change.why == "OCR005"]
    assert sorted(left) == ["Page number."] * pages + ["Running head."] * pages


def test_many_pages_that_all_end_with_a_sentence_have_no_numbers_for_headings() -> None:
    label, heads, text = SCANS["English"]
    turns = zip(range(12, 20), cycle(heads), strict=False)
    body = "".join(f"{' '.join(text.split()[at:]).capitalize()}\n\n{at}\n\n{head}\n\n" for at, head in turns)
    normalized = made_of(f"{label}\n\n{heads[1]}\n\n{body}He slept.\n")
    assert headings_of(normalized) == [f"{label}: {heads[1]}"]


def test_a_number_amid_a_sentence_is_kept_and_told_where_one_page_shows_it() -> None:
    text = scan("English", 1, above=True, blanks=1, set_in=True)
    normalized = made_of(text)
    assert "12" in text_of(normalized)
    found = lint.findings(normalized, Config(), select=["OCR011"])
    assert [text[item.span.start : item.span.end] for item in found if item.span] == ["12"]


@pytest.mark.parametrize("first", [1, 12])
@pytest.mark.parametrize("verse", [False, True])
def test_chapters_that_are_numbered_and_bear_the_names_of_two_who_tell_are_chapters(
    first: int, verse: bool
) -> None:
    """A number above a name that comes back is no page number where no wrapped sentence goes on across it."""
    words = SCANS["English"][2].lower().replace(".", "").replace(",", "").split()
    chapters = []
    for number, name in zip(range(first, first + 8), cycle(["ANNA", "BEN"]), strict=False):
        some = [*words[number:], *words[:number], *words[3:]]
        lines = [" ".join(some[at : at + 6]) for at in range(0, 84, 6)]
        told = "\n".join(lines) if verse else f"{' '.join(some).capitalize()}."
        chapters.append(f"{number}\n\n{name}\n\n{told}\n\n\n")
    normalized = made_of("".join(chapters))
    assert len(headings_of(normalized)) == 8
    assert not [change for change in normalized.changes if change.why == "OCR005"]


def test_headings_of_parts_at_page_turns_are_no_running_heads() -> None:
    """Six parts count their chapters anew, and pages end right below four of the headings."""
    lines: list[str] = []
    page = 1
    for part in range(1, 7):
        lines += ["", "", f"PART {'I' * part if part < 4 else ['IV', 'V', 'VI'][part - 4]}."]
        for chapter in ("I.", "II.", "III.", "IV."):
            lines += ["", "", f"CHAPTER {chapter}"]
            if chapter == "III.":
                page += 1
                lines += [f"·{page}·", "THE ROAD TO ELY", ""]
            else:
                lines.append("")
            body = wrap(prose(page)[0], WIDTH)
            page += 1
            lines += [*body[:3], f"·{page}·", "THE ROAD TO ELY", *body[3:]]
    found = [heading_text(one) for _, one in walk_divisions(made_of("\n".join(lines)).book.divisions)]
    assert sum("CHAPTER III" in one for one in found) == 6


def paged(turns: list[str]) -> Normalized:
    """A book of three chapters with a page turn after each ten lines, one of them right below a heading."""
    lines = [line for line in lines_of(SCANS["English"][2], 18) if line]
    for number in (1, 2, 3):
        lines[(number - 1) * 40 : (number - 1) * 40] = ["", "", f"Chapter {number}", ""]
    lines.insert(lines.index("Chapter 2") + 1, "")
    full = [at for at, line in enumerate(lines) if line]
    turning = range(full.index(lines.index("Chapter 2")) % 10, len(full), 10)
    for place, turn in list(zip(turning, turns, strict=False))[::-1]:
        lines.insert(full[place] + 1, turn)
    return made_of("\n".join(lines) + "\n")


def test_bare_numbers_that_take_turns_with_counted_pages_are_folios() -> None:
    turns = [str(at) if at % 3 else f"Page {at} of 90" for at in range(4, 16)]
    made = paged(turns)
    assert headings_of(made) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert not any(f" {at} " in f" {text_of(made)} " for at in range(4, 16))


def test_chapters_with_the_numbers_of_counted_pages_are_chapters() -> None:
    """Each page has its line, and chapters of a page each count with them."""
    lines = lines_of(SCANS["English"][2], 6)
    out = [line for at in range(1, 8) for line in (f"Page {at} of 90", "", str(at), "", *lines[:-1], "")]
    assert headings_of(made_of("\n".join(out) + "\n")) == [str(at) for at in range(1, 8)]
