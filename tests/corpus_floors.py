"""What a manuscript of the corpus must come out as, by the kind of its damage."""

from collections.abc import Iterator, Sequence

from msgspec import Struct


class Result(Struct, frozen=True, kw_only=True):
    """What was measured on one manuscript; None where a measure does not apply."""

    name: str
    family: str
    recipe: str
    key: str = ""
    """Fingerprint of package, scorer, manuscript and answer."""
    error: str = ""
    uncertain: bool | None = None
    composite: float | None = None
    division: float | None = None
    """F1 of the divisions, kind, number, title and text."""
    exact_order: bool | None = None
    lost: int | None = None
    invented: int | None = None
    rejoined: float | None = None
    """Share of the words broken at a hyphen that are whole again; None where no word was broken."""
    breaks: int = 0
    recall: float | None = None
    """Share of the words found, beyond what the best possible reading of the file would find."""
    cer: float | None = None
    """Character error rate."""
    mojibake: int | None = None
    paragraphs: float | None = None
    scenes: float | None = None
    quotes: float | None = None
    dashes: float | None = None
    ellipses: float | None = None
    furniture: int | None = None
    broken: int | None = None
    """Promises that hold for every manuscript and do not hold for this one."""
    examples: dict[str, list[str]] = {}


class Floor(Struct, frozen=True):
    """One bound: the measure must reach `least` and not exceed `most`."""

    measure: str
    least: float = 0.0
    most: float = 1.0


_ORDER = (Floor("exact_order", 1), Floor("division", 0.98))
FLOORS: dict[str, tuple[Floor, ...]] = {
    # Chapters brought into disorder: every one is put in order.
    "order": _ORDER,
    # Damaged characters: all of them mended, not one other touched.
    "enc": (Floor("mojibake", most=0), Floor("cer", most=0), Floor("division", 0.98)),
    # Lines, paragraphs, scene breaks and typed marks.
    "lay": (
        Floor("paragraphs", 0.995),
        Floor("scenes", 0.98),
        Floor("quotes", 0.998),
        Floor("dashes", 0.998),
        Floor("ellipses", 0.998),
        Floor("division", 0.98),
    ),
    # What blogs, programs and page layouts leave in a text: all of it goes, nothing else does.
    "fur": (Floor("furniture", most=0), Floor("division", 0.98)),
    # Everything at once.
    "mix": (*_ORDER, Floor("composite", 0.98)),
    # Files of an archive as they are; their wording differs from the edition that they are held against.
    "raw": (
        Floor("division", 0.98),
        Floor("recall", -0.002),
        Floor("paragraphs", 0.985),
        Floor("quotes", 0.99),
    ),
    # Whole books without damage: no letter changes.
    "clean": (*_ORDER, Floor("cer", most=0)),
    # Authors' own files.
    "real": (*_ORDER, Floor("composite", 0.98)),
}
_PROMISES = Floor("broken", most=0)
_WORDS = (Floor("lost", most=0), Floor("invented", most=0))
"""No word is lost and none invented, whatever the damage."""
_BROKEN_WORDS = (Floor("rejoined", 0.99),)
"""Where words were broken at a hyphen, each one left broken is a word lost and two invented."""
EXCEPTIONS: dict[str, tuple[Floor, ...]] = {
    # Letters behind a replacement character are unknown, and so is the end of a file cut short.
    "enc-fffd": (),
    "enc-trunc": (Floor("mojibake", most=0),),
    # Quotes and dashes were typed straight: which way some turn cannot be told.
    "enc-filecp437": (Floor("mojibake", most=0), Floor("cer", most=0.0005), Floor("division", 0.98)),
}
_UNRECOVERABLE = frozenset({"enc-fffd", "enc-trunc"})
_MOST_UNCERTAIN = 1 / 20


def floors(result: Result) -> tuple[Floor, ...]:
    """Give the bounds for one manuscript."""
    own = EXCEPTIONS.get(result.recipe, FLOORS[result.family])
    if result.recipe in _UNRECOVERABLE:
        return own
    if not result.breaks:
        return own + _WORDS
    twice = Floor("invented", most=2 * (result.breaks // 100))
    return own + _BROKEN_WORDS + (Floor("lost", most=result.breaks // 100), twice)


def missed(result: Result) -> list[str]:
    """Say which bounds one manuscript misses."""
    if result.error:
        return [result.error.strip().replace("\n", " | ")]
    failed = []
    for floor in (*floors(result), _PROMISES):
        value = getattr(result, floor.measure)
        if value is not None and not floor.least <= value <= floor.most:
            bound = f"≥ {floor.least:g}" if value < floor.least else f"≤ {floor.most:g}"
            failed.append(f"{floor.measure} {value:g} (must be {bound})")
    return failed


def silently_wrong(results: Sequence[Result]) -> Iterator[str]:
    """Name the manuscripts whose order is wrong and which do not say so."""
    for result in results:
        if result.family in ("order", "mix", "real") and result.exact_order is False and not result.uncertain:
            yield f"{result.name}: wrong, and not reported as uncertain"


def too_often_uncertain(results: Sequence[Result]) -> Iterator[str]:
    """Say so where more of the manuscripts in disorder are uncertain than may be."""
    ordered = [result for result in results if result.family in ("order", "mix") and not result.error]
    doubtful = [result.name for result in ordered if result.uncertain]
    if len(doubtful) > _MOST_UNCERTAIN * len(ordered):
        yield f"{len(doubtful)} of {len(ordered)} orders are uncertain: {', '.join(doubtful)}"
