"""The grammar of one heading line: label, number, separator, title."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from publish.document import DivisionKind


class Form(StrEnum):
    """How much the form alone says that a line is a heading."""

    LABELLED = "labelled"
    """A word for a division with its number: "Chapter XI", "PART TWO"."""
    NAMED = "named"
    """A word that is a division by itself: "Prologue", "Acknowledgments"."""
    NUMBERED = "numbered"
    """A number, perhaps with a title: "XIV.", "12. The Storm"; whether it is a heading its neighbours must show."""


class Component(Struct, frozen=True):
    """One division that a heading names."""

    kind: DivisionKind | None
    """None for a bare number."""
    numbers: tuple[int, ...]
    numeral: Literal["roman", "arabic", "words", ""]
    """The form of the (first) number."""
    label: tuple[int, int]
    """Range of the words that name kind and number: "Chapter XI"; empty where there are none."""
    title: tuple[int, int] | None


class Heading(Struct, frozen=True):
    """What a heading line says."""

    components: tuple[Component, ...]
    """Outermost first; the last is the division that the text below belongs to."""
    form: Form
    sequel: int = 0
    """2 for "(continued)", k for "(part k of m)"; 0 otherwise."""


def parse(text: str) -> Heading | None:
    """Read one heading; None where the line is a sentence or anything else. Linear time."""
    raise NotImplementedError
