"""The order of the divisions: where each stood, where it stands, how sure that is, and why."""

from collections.abc import Iterator, Sequence

from publish.normalize.result import Normalized, Placement
from publish.places import json_text, toml_text


def as_json(normalized: Normalized) -> str:
    """Write the order as JSON; see OUTPUT.md."""
    names = (
        "position", "source_position", "kind", "label", "numbers", "title", "part", "inferred", "reasons",
    )  # fmt: skip
    divisions = [
        {**{name: getattr(item, name) for name in names}, "confidence": round(item.confidence, 3)}
        for item in normalized.order.placements
    ]
    return json_text({"version": 1, "uncertain": normalized.order.uncertain, "divisions": divisions})


def as_text(normalized: Normalized) -> str:
    """Write the order as a table, with the pins that settle it where it is in doubt."""
    placements = normalized.order.placements
    lines = [f"{'was':>5} {'now':>5}  {'sure':>5}  heading"]
    before: tuple[str, ...] = ()
    for item in placements:
        was = str(item.source_position or "–")
        lines.append(f"{was:>5} {item.position:>5}  {item.confidence:>5.0%}  {_titled(item)}")
        lines += [f"{'':20} {reason}" for reason in item.reasons if reason not in before]
        before = item.reasons
    if normalized.order.uncertain:
        lines += ["", *_settling(placements)]
    return "\n".join(lines) + "\n"


def _titled(item: Placement) -> str:
    title = ": ".join(part for part in (item.label, item.title) if part) or f"({item.kind} without a heading)"
    return f"{title} (inferred)" if item.inferred else title


def _settling(placements: Sequence[Placement]) -> Iterator[str]:
    """Tell what settles the order: the lines of book.toml that pin it as it stands, if it has headings."""
    if not any(item.heading for item in placements):
        yield "The manuscript does not settle this order. It has no headings; to set another, give it some,"
        yield "or name its files in reading order under `[manuscript]` in book.toml: files = […]"
        return
    yield "The manuscript does not settle this order. To settle it, put the headings in their order in"
    yield "the file book.toml in the book's folder:"
    yield ""
    yield "[order]"
    yield "sequence = ["
    for item in placements:
        if item.heading:
            yield f"    {toml_text(item.heading)},"
    yield "]"
