"""What sites of no known language print round their posts goes by its structure; the author's own stays."""

import pytest

from publish.document import heading_text, walk_divisions
from tests.test_furniture import CHAPTERS, Edge, lines_of, made, nothing, prose, text_of

LABELS = ["Zvorbak", "Kirpu melnok", "Ostra vindel"]
PLEA = "Zvorbak melnok tarpu vindel ostrak, kirpu zelmat forn balduk mirsel!"
"""In no language at all."""


def titled(n: int) -> str:
    return f"Chapter {n}: The {('Lamp', 'Rope', 'Gate')[n % 3]} of {n}"


def site(top: Edge = nothing, bottom: Edge = nothing, blank: str = "\n\n") -> str:
    chapters = [[titled(n), *top(n), *prose(n), *bottom(n)] for n in range(1, CHAPTERS + 1)]
    return blank.join(line for chapter in chapters for line in chapter) + "\n"


def arrows(n: int) -> list[str]:
    back = [f"« {titled(n - 1)}"] if n > 1 else []
    return [*LABELS, " | ".join([*back, "Melnok", *([f"{titled(n + 1)} »"] if n < CHAPTERS else [])])]


def words(n: int) -> list[str]:
    back = [f"Tarpuk: {titled(n - 1)}"] if n > 1 else []
    return [*LABELS, *back, *([f"Zelmat: {titled(n + 1)}"] if n < CHAPTERS else [])]


def others(n: int) -> list[str]:
    some = [titled((n + step) % CHAPTERS + 1) for step in (2, 4, 6)]
    return ["Zvorbak", *(line for one in some for line in (one, f"{n}. 5. 2021", "Kirpu melnok"))]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("newest", [False, True])
def test_what_dates_a_post_above_its_heading_leaves_the_text(gap: str, newest: bool) -> None:
    told = [f"Zvorbak {n} maj 2021 ak elvik | {n % 3 or 'Ne'} melnok" for n in range(1, CHAPTERS + 1)]
    chapters = ["\n\n".join([f"{said}{gap}{titled(n)}", *prose(n)]) for n, said in enumerate(told, start=1)]
    normalized = made("\n\n".join(chapters[::-1] if newest else chapters) + "\n")
    assert [heading_text(one) for one in normalized.book.divisions] == [
        titled(n) for n in range(1, CHAPTERS + 1)
    ]
    assert "Zvorbak" not in text_of(normalized)


def test_the_heads_of_posts_in_a_forum_are_no_chapters_but_show_who_else_writes() -> None:
    heads = [f"#{n}\nelvik77\nOstra: 41{n}\n2019-10-0{n}, 21:14" for n in (1, 2, 4)]
    told = ["\n\n".join([head, titled(n), *prose(n)]) for n, head in enumerate(heads, start=1)]
    told.insert(2, "#3\ndenka_k\n2019-10-03, 07:14\n\nWhat a lamp!")
    normalized = made("\n\n".join(told) + "\n")
    assert [heading_text(one) for one in normalized.book.divisions] == [titled(n) for n in (1, 2, 3)]
    assert "elvik77" not in text_of(normalized)
    assert "denka_k" in text_of(normalized)


def test_numbers_and_days_that_are_all_the_headings_stay() -> None:
    written = ["\n\n".join([f"#{n}\n2019-10-0{n}", *prose(n)]) for n in range(1, CHAPTERS + 1)]
    assert len(made("\n\n".join(written) + "\n").book.divisions) == CHAPTERS


def test_what_a_site_counts_in_words_leaves_the_text_and_what_is_told_stays() -> None:
    said = ["2 years 40 days", "5K run", "12 boats and 3 oars"]
    chapters = [
        "\n\n".join([titled(n), f"{n}.8K reads  39{n} votes  {n} comments", *prose(n)]) for n in (1, 2)
    ]
    found = lines_of(made("\n\n".join([*chapters, *said, *prose(3)]) + "\n"))
    assert not [text for text in found if "votes" in text]
    assert set(said) <= set(found)


NAMES = ("Elvik", "Otmar", "Denka", "Yaglur", "Kuzvin")


GONE: dict[str, tuple[Edge, Edge, list[str]]] = {
    "next and previous, with arrows": (nothing, arrows, ["Melnok", "«", "»"]),
    "next and previous, with words": (nothing, words, ["Tarpuk", "Zelmat"]),
    "lists of other posts": (nothing, others, ["Kirpu", "2021"]),
    "a site's own numbers": (lambda n: [f"第{n}話"], nothing, ["第"]),
    "what a site counts": (
        lambda n: [f"{n + 2}.{n}K {100 * n + 3} {n + 40}"],
        lambda _: LABELS,
        ["K 1", "K 2", "K 9"],
    ),
    "a plea below the text": (nothing, lambda _: [PLEA, *LABELS], ["Zvorbak"]),
    "a plea below all else": (nothing, lambda _: [*LABELS, PLEA, "Balduk"], ["Zvorbak", "Balduk"]),
    "next and previous, behind a dash": (
        nothing,
        lambda n: [line.replace(": Ch", " – Ch") for line in words(n)],
        ["Tarpuk", "Zelmat"],
    ),
    "who liked it": (
        nothing,
        lambda n: [f"{NAMES[n % 5]}, {NAMES[n % 4]} vek {n + 12} zelmat kirpu", *LABELS],
        ["zelmat", *NAMES],
    ),
    "every chapter below every post": (
        nothing,
        lambda _: ["Zvorbak", *(titled(other) for other in range(1, CHAPTERS + 1)), PLEA, "Ostra vindel"],
        ["Zvorbak", "Ostra"],
    ),
    "which of how many": (lambda n: [f"Melnok {n} ta {CHAPTERS}", *LABELS], nothing, ["Melnok"]),
    "words cut short": (nothing, lambda n: ["Tarpu vindel, zelm. kirp.", *LABELS[: n % 3 + 1]], ["Tarpu"]),
    "pleas in a stack": (nothing, lambda n: [PLEA, f"{PLEA[7:-1]} balduk {n}!", *LABELS], ["Zvorbak"]),
}


@pytest.mark.parametrize("blank", ["\n\n", "\n"], ids=["apart", "touching"])
@pytest.mark.parametrize("case", GONE)
def test_what_a_site_prints_goes_by_its_structure(case: str, blank: str) -> None:
    top, bottom, signs = GONE[case]
    normalized = made(site(top, bottom, blank))
    text = text_of(normalized)
    assert not [sign for sign in signs if sign in text]
    headings = [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]
    assert headings == [titled(n) for n in range(1, CHAPTERS + 1)]
    assert not normalized.order.uncertain
    every = {line for n in range(1, CHAPTERS + 1) for line in prose(n)}
    assert every <= set(text.split("\n"))


MOTTO = "Fiat justitia, ruat caelum."
OWN = "And the river remembered the harbour, and the harbour remembered the river."
KEPT: dict[str, tuple[Edge, Edge, str, int]] = {
    "a motto above furniture": (nothing, lambda _: [MOTTO, *LABELS], MOTTO, 9),
    "a closing sentence above furniture": (nothing, lambda _: [OWN, *LABELS], OWN, 9),
    "an epigraph below furniture": (lambda n: [f"{n} min read", OWN], nothing, OWN, 9),
    "the end": (nothing, lambda n: ["THE END"] if n == CHAPTERS else ["* * *"], "THE END", 1),
    "to be continued": (nothing, lambda _: ["To be continued."], "To be continued.", 9),
    "datelines": (lambda n: [f"Paris, May {n}, 1912"], lambda _: LABELS[:1], "Paris, May 3, 1912", 1),
    "letters that end alike": (
        lambda _: ["Dear sister,"],
        lambda _: ["Your loving brother,", "Jonas", *LABELS],
        "Jonas",
        9,
    ),
    "who tells the chapter": (lambda n: [("Anna", "Jonas")[n % 2]], lambda _: LABELS, "Anna", 4),
    "a plea of the author's": (nothing, lambda _: [f"{OWN[:-1]}!"], f"{OWN[:-1]}!", 9),
    "numbers of verses": (lambda n: [f"{n} {n + 1} {n + 2}"] if n < 4 else [], nothing, "3 4 5", 1),
    "a chapter named in the text": (
        nothing,
        lambda n: [f"Anna: {titled(n + 1)}"] if n in (2, 5) else [],
        f"Anna: {titled(3)}",
        1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_what_the_author_repeats_stays(case: str) -> None:
    top, bottom, line, times = KEPT[case]
    lines = [one for found in lines_of(made(site(top, bottom))) for one in found.split("\n")]
    assert lines.count(line) == times


def test_parts_above_their_chapters_are_no_links() -> None:
    text = "\n\n".join(
        line
        for n in range(1, CHAPTERS + 1)
        for line in (f"Part {(n - 1) // 3 + 1}", f"Chapter {n}", *prose(n))
    )
    found = [heading_text(division) for _, division in walk_divisions(made(text).book.divisions)]
    assert found == [
        line
        for n in range(1, CHAPTERS + 1)
        for line in ([f"Part {n // 3 + 1}"] if n % 3 == 1 else []) + [f"Chapter {n}"]
    ]


@pytest.mark.parametrize("form", ["Chapter {n}: The Gate", "Chapter {n}", "{n}. The Gate", "Hoofdstuk {n}"])
def test_where_no_line_is_blank_headings_are_found_all_the_same(form: str) -> None:
    lines = [line for n in range(1, 6) for line in (form.format(n=n), *prose(n))]
    found = [heading_text(division) for _, division in walk_divisions(made("\n".join(lines)).book.divisions)]
    assert len(found) == 5


def test_a_sentence_in_doubt_is_told() -> None:
    normalized = made(site(bottom=lambda _: [OWN, *LABELS]))
    told = [item.message for item in normalized.diagnostics if item.code == "STR020"]
    assert told == [f"“{OWN}” stands the same beside the furniture of 9 posts: it is kept."]


FEET = {
    "English": ["Previous Chapter | Next Chapter", "3 Comments", "Powered by WordPress"],
    "Swedish": ["Föregående | Hem | Nästa", "3 kommentarer", "Publicerad 12 mars 2016"],
    "German": ["Vorheriges Kapitel · Nächstes Kapitel", "7 Kommentare", "Läuft mit WordPress"],
    "Spanish": ["Capítulo anterior | Índice | Capítulo siguiente", "2 comentarios", "Publicado 3 mayo 2016"],
    "French": ["Chapitre précédent | Chapitre suivant", "5 commentaires", "Propulsé par WordPress"],
    "Polish": ["Poprzedni rozdział | Następny rozdział", "4 komentarze", "Opublikowano 12 maja 2016"],
}  # fmt: skip


@pytest.mark.parametrize("language", FEET)
def test_what_leads_and_counts_below_posts_leaves_the_text(language: str) -> None:
    text = text_of(made(site(bottom=lambda _: FEET[language])))
    assert not [line for line in FEET[language] if line in text]


def test_a_row_of_things_in_a_story_stays() -> None:
    text = text_of(made(site(bottom=lambda n: [f"Salt | Rye | Peat {n}"] if n == 2 else [])))
    assert "Salt | Rye | Peat 2" in text


def test_the_notice_of_a_site_claims_the_rights_of_the_text_and_is_no_credit() -> None:
    found = made(site() + "\n© 2021 Ada Marsh. All rights reserved.\n\nPowered by WordPress\n")
    rights = found.book.metadata.rights
    assert rights is not None
    assert rights.value == "© 2021 Ada Marsh. All rights reserved."
    assert not found.book.metadata.credits
    assert "rights reserved" not in text_of(found)


@pytest.mark.parametrize("form", ["Seite {} von 14", "Page {} of 14", "- Strona {} z 14 -", "p. {}/14"])
def test_a_page_of_so_many_is_a_page_also_between_whole_paragraphs(form: str) -> None:
    text = text_of(made(site(bottom=lambda n: [form.format(n + 2)] if n < 3 else [])))
    assert form.format(3) not in text
    assert form.format(4) not in text
