"""What stands at the end of all posts is never printed unsaid: it leaves the text, or it is asked about."""

import pytest

from publish import lint
from publish.config import Config
from publish.normalize import normalize
from tests.reading import made_of, read_one

TEXTS = """
    The rain fell on the quay, and nobody came. Old Marsh had gone down with a lantern.
    A letter lay on the mat. Its stamp was foreign, and the ink had run.
    They counted the boats twice. One was missing, and it was the blue one.
    Her uncle said nothing all evening. At ten he wound the clock and went up.
    The bell rang at four. By then the smoke stood over the mill like a tree.
""".strip().splitlines()
NAMES = "Tomasz Wiśniewski|Lin Zhao|Ingrid Holm|Anna Marsh|Rui Sá".split("|")
GONE = """
    Image via {}|Pic: {}|📷 {}|📷: {}|Фотография: {}|Φωτογραφία: {}|Fotó: {}|写真：{}|_Photo: {}_
    {}/Getty Images|{} via Flickr (CC BY 2.0)
"""
ASKED = """
    Art by {}|Source: {}|A/N: Thanks for reading, everyone!|Buy me a coffee|{} / CC BY-SA 4.0
    If you enjoy this story, please support me on Patreon!|Beeld van {}|© Wereldmuseum, {}
"""


def posts(line: str) -> str:
    """Give five posts, newest first, that end with a line about one of five people."""
    chapters = (
        f"Chapter {at + 1}\n\n{text.strip()}\n\nSo it went on.\n\n{line.format(name)}\n"
        for at, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True))
    )
    return "\n".join(reversed([*chapters]))


def rows(lines: str) -> list[str]:
    return [line.strip() for line in lines.replace("\n", "|").split("|") if line.strip()]


@pytest.mark.parametrize("line", rows(GONE))
def test_credits_of_many_kinds_leave_the_text(line: str) -> None:
    made = made_of(posts(line))
    assert all(len(division.blocks) == 2 for division in made.book.divisions)
    assert sum(change.why == "STR011" for change in made.changes) == len(NAMES)


@pytest.mark.parametrize("line", rows(ASKED))
def test_what_nothing_else_betrays_is_asked_about(line: str) -> None:
    made = made_of(posts(line))
    gone = all(len(division.blocks) == 2 for division in made.book.divisions)
    assert gone or [item.code for item in made.diagnostics].count("STR020") == 1


@pytest.mark.parametrize("line", ["“Goodnight, {},” said the old man.", "And so to bed.", "{}"])
def test_what_tells_is_not(line: str) -> None:
    made = made_of(posts(line))
    assert all(len(division.blocks) == 3 for division in made.book.divisions)
    asked = [item.code for item in made.diagnostics].count("STR020")
    assert asked == (line == "And so to bed.")


def test_the_end_of_a_story_is_no_credit() -> None:
    text = posts("").replace("So it went on.", "So it went on.\n\nImage via Rui Sá") + "\nTHE END\n"
    source, draft = read_one(text.encode(), "story.txt")
    found = normalize([draft], [source], Config()).diagnostics
    assert not any("THE END" in finding.message for finding in found)


def test_a_half_title_below_a_contents_list_stands_below_no_line_of_a_site() -> None:
    names = ["The Ferry", "The Quay", "The Bell", "The Blue Boat", "The Clock"]
    listed = "\n".join(f"     {at}.  {name} . . . . . . . {at * 9}" for at, name in enumerate(names, 1))
    chapters = "\n\n\n".join(
        f"{at}\n\n{name}\n\n{text.strip()}\n\n{text.strip()}"
        for at, (name, text) in enumerate(zip(names, TEXTS, strict=True), 1)
    )
    opening = (
        f"TO THE READER\n\n{TEXTS[0].strip()}\n\n\n     CONTENTS\n\n{listed}\n\n\n\nTHE BLUE BOAT OF MARSH"
    )
    text = f"THE BLUE BOAT OF MARSH\n\nby Ada Marsh\n\n\n\n{opening}\n\n\n\n{chapters}\n"
    source, draft = read_one(text.encode(), "story.txt")
    assert "STR020" not in {said.code for said in normalize([draft], [source], Config()).diagnostics}


ESSAY = """Le bruit des salines

Par Maëlle Kergoat | Publié le 12 juin 2022

Temps de lecture : 6 minutes

Partager sur Facebook
Partager sur X
Envoyer par e-mail

Il y a, à marée basse, un bruit que personne n’enregistre, et ce n’est pas le vent.

Rien ne reste, disait mon grand-père, qui ne disait jamais rien deux fois de suite.

Abonnez-vous à notre infolettre
Votre adresse e-mail

Articles similaires

La mer vue du train
Éloge de la vase
"""


def test_a_page_loses_its_row_of_buttons_and_is_asked_about_its_foot() -> None:
    made = made_of(ESSAY, "essai.txt")
    assert "Partager" not in repr(made.book.divisions)
    assert "par e-mail" not in repr(made.book.divisions)
    (asked,) = [item for item in made.diagnostics if item.code == "STR020"]
    assert "Abonnez-vous" in asked.message


@pytest.mark.parametrize(
    "text", ["```\n☺ = 1\n```\n", "| a | b |\n|---|---|\n| ☺ | x |\n", "> It was ☺.\n", "So.^[See ☺.]\n"]
)
def test_a_sign_that_the_face_lacks_is_told_wherever_it_stands(text: str) -> None:
    normalized = made_of(f"# One\n\nRain fell on the quay all day.\n\n{text}", "story.md")
    assert [item.code for item in lint.findings(normalized, Config()) if item.code == "PRT001"] == ["PRT001"]
