"""Names of divisions for programs: file names and anchors."""

from __future__ import annotations

import re

from msgspec.structs import replace

from publish.document import CONTAINERS, Division, DivisionKind
from publish.normalize.numerals import fold
from publish.source import Run


def with_ids(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Give every division an id made from its kind and number or title, unique in the book."""
    used: set[str] = set()

    def name(division: Division, outer: str) -> Division:
        base = "-".join(part for part in (outer, _own_id(division)) if part)
        chosen, count = base, 2
        while chosen in used:
            chosen, count = f"{base}-{count}", count + 1
        used.add(chosen)
        inner = chosen if division.kind in CONTAINERS else ""
        return replace(
            division, id=chosen, divisions=tuple(name(child, inner) for child in division.divisions)
        )

    return tuple(name(division, "") for division in divisions)


def _own_id(division: Division) -> str:
    if division.numbers:
        numbers = f"{division.numbers[0]}" + (f"-{division.numbers[-1]}" if len(division.numbers) > 1 else "")
        return f"{division.kind.value.replace('_', '-')}-{numbers}"
    words = re.findall(
        "[a-z0-9]+", fold("".join(getattr(part, "run", Run("")).text for part in division.title))
    )
    kind = division.kind.value.replace("_", "-")
    if division.kind in (DivisionKind.CHAPTER, DivisionKind.SECTION, DivisionKind.STORY) and words:
        return "-".join(words)[:40].strip("-")
    return kind
