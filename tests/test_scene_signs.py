"""Scenes end where a line between two paragraphs has nothing but signs, whatever they are, or says so."""

import pytest

from publish.document import SceneBreak
from publish.normalize.result import Normalized
from tests.reading import made_of

SIGNS = """
    *** | * * * | # | ~~~ | • • • | ◊ | ◊◊◊ | ❦ | oOo | oOoOo | -x- | +++ | ===== | _____ | . . . | °°°
    ※ | ✂ | // |    ><><>< | -o0o- | ~*~*~*~ | ^^^ | ───────
    ━━━━ | ✦ ✦ ✦ | ~oOo~ | ---ooOoo--- | --o-- | -------x------- | 〜〜〜 | ◆◇◆ | □
"""
WORDS = (
    "[scene break] | (break) | ~TIME SKIP~ | TIME SKIP | *** Zeitsprung *** | [changement de scène] | <hr>"
    " | - Zeitsprung -"
)
NONE = (
    "… | “…” | No. | Time skip | Break | 🌊 | > | — No. | Oh! | ??? | (…) | 1914 | “Break!” | ‘Time skip.’"
    " | ^_^ | — Ellipse ! | « Ellipse. » | – Stacco. | ® | * Break"
)
PROSE = (
    "The rain fell on the quay all day, and nobody came to the window to look at it.",
    "By four the bell had rung, and the smoke stood over the mill like a tree in winter.",
)


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.replace("\n", "|").split("|") if cell.strip()]


def read(sign: str, name: str) -> Normalized:
    text = f"{PROSE[0]}\n\n{PROSE[1]}\n\n{sign}\n\n{PROSE[1]}\n\n{PROSE[0]}\n"
    return made_of(text, name)


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
@pytest.mark.parametrize("sign", cells(SIGNS))
def test_a_line_of_signs_ends_a_scene(sign: str, name: str) -> None:
    made = read(sign, name)
    (division,) = made.book.divisions
    assert [isinstance(block, SceneBreak) for block in division.blocks] == [False, False, True, False, False]
    assert not made.changes


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
@pytest.mark.parametrize("words", cells(WORDS))
def test_words_that_say_so_become_a_sign_and_are_logged(words: str, name: str) -> None:
    made = read(words, name)
    (division,) = made.book.divisions
    assert isinstance(division.blocks[2], SceneBreak)
    assert words == "<hr>" or [change.why for change in made.changes] == ["STR056"]


@pytest.mark.parametrize("line", cells(NONE))
def test_other_short_lines_are_text(line: str) -> None:
    (division,) = read(line, "story.txt").book.divisions
    assert not any(isinstance(block, SceneBreak) for block in division.blocks)
