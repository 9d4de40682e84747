"""Thirty manuscripts, made by dice, of which nothing tells the order: each stays as it is, and says so."""

import random
import textwrap
from collections.abc import Callable, Iterator

import pytest

from tests.test_undecided import TITLES, headings, made, prose, reading, shuffled

FOREIGN = {
    "de": ["Die Lampe", "Der Müller", "Regen im August", "Das lange Haus", "Die Fähre", "Winterweizen"],
    "fr": ["La lampe", "Le meunier", "Pluie d’août", "La longue maison", "Le bac", "Neuf lettres"],
    "es": ["La lámpara", "El molinero", "Lluvia de agosto", "La casa larga", "La barca", "Nueve cartas"],
    "ru": ["Лампа", "Мельник", "Августовский дождь", "Длинный дом", "Паром", "Девять писем"],
}
NAMES = ["Anna", "Jonas", "the Captain", "My Sister", "Mrs. Bell", "Nobody"]
TOP = "Tales\n\nby Ada Marsh"
Layout = Callable[[list[str]], str]


def apart(titles: list[str]) -> str:
    return TOP + "".join(f"\n\n\n{title}\n\n{prose(at)}" for at, title in enumerate(titles)) + "\n"


def on_both_sides(titles: list[str]) -> str:
    return TOP + "".join(f"\n\n\n\n{title}\n\n\n{prose(at)}" for at, title in enumerate(titles)) + "\n"


def between(titles: list[str]) -> str:
    return TOP + "".join(f"\n\n{title}\n\n{prose(at)}" for at, title in enumerate(titles)) + "\n"


def touching(titles: list[str]) -> str:
    texts = (prose(at).replace("\n\n", "\n") for at in range(len(titles)))
    return TOP + "".join(f"\n\n{title}\n{text}" for title, text in zip(titles, texts, strict=True)) + "\n"


def wrapped(titles: list[str]) -> str:
    return "\n".join(line and textwrap.fill(line, 64) for line in apart(titles).split("\n")) + "\n"


def capitals(titles: list[str]) -> str:
    return apart([title.upper() for title in titles])


def marked(titles: list[str]) -> str:
    return "\n\n".join(f"# {title}\n\n{prose(at)}" for at, title in enumerate(titles)) + "\n"


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout for layout in (apart, on_both_sides, between, touching, wrapped, capitals, marked)
}


def dealt(dice: random.Random, runs: list[list[str]]) -> list[str]:
    """Several runs of headings, each shuffled, dealt into each other."""
    headings = [heading for run in runs for heading in run]
    dice.shuffle(headings)
    return headings


def titled(dice: random.Random) -> Iterator[tuple[str, str]]:
    for name, layout in LAYOUTS.items():
        yield f"titles, {name}", layout(dice.sample(TITLES, dice.randint(5, 9)))
    for language, titles in FOREIGN.items():
        for name in ("apart", "marked"):
            yield f"titles in {language}, {name}", LAYOUTS[name](dice.sample(titles, 5))


def numbered(dice: random.Random) -> Iterator[tuple[str, str]]:
    for seed in range(3):
        chapters = [f"Chapter {number}" for number in range(1, 6 + seed)]
        yield f"two parts that nothing names {seed}", apart(dealt(dice, [chapters, chapters[: 4 + seed]]))
    for seed, label in enumerate(("Chapter {}", "{}", "Kapitel {}")):
        numbers = [label.format(number) for number in (1, 1, 2, 2, 3, 3, 4, 4)]
        yield f"two books in turn {seed}", apart(numbers)
    for seed in range(3):
        some = dice.sample(TITLES, 6)
        some[2 + seed] = "Chapter 1"
        yield f"titles round one number {seed}", marked(some)
    for seed in range(3):
        wild = [f"Chapter {number}" for number in (9, 40, 9, 3, 40, 3)]
        yield f"wild numbers {seed}", apart([wild[at] for at in shuffled(6, seed)])


def named(dice: random.Random) -> Iterator[tuple[str, str]]:
    for name in ("apart", "marked"):
        letters = [f"Letter to {one}" for one in dice.sample(NAMES, 5)]
        yield f"letters without numbers, {name}", LAYOUTS[name](letters)
    days = dice.sample(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], 5)
    yield "weekdays", marked(days)


DICE = random.Random(20261122)
MADE = dict([*titled(DICE), *numbered(DICE), *named(DICE)])


def test_there_are_thirty() -> None:
    assert len(MADE) >= 30


@pytest.mark.parametrize("case", MADE)
def test_the_order_stays_and_is_reported(case: str) -> None:
    normalized = made(MADE[case])
    assert normalized.order.uncertain
    assert reading(normalized) == sorted(reading(normalized))
    told = [one for one in normalized.diagnostics if one.code in ("STR018", "STR030")]
    assert told
    assert all("book.toml" in one.message or "[order]" in one.message for one in told)


def test_the_persons_of_a_play_stand_behind_its_preface() -> None:
    acts = [f"Act {act}\n\n{prose(at)}" for at, act in enumerate(("I", "II", "III"))]
    written = (f"Persons in the Play\n\n{prose(7)}", acts[2], f"Preface\n\n{prose(8)}", acts[0], acts[1])
    normalized = made("Doors\n\nby Ada Marsh\n\n\n" + "\n\n\n".join(written) + "\n")
    assert headings(normalized) == ["Preface", "Persons in the Play", "Act I", "Act II", "Act III"]
    assert not normalized.order.uncertain
