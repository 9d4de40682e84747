"""Headings that hold what is counted below them: stories and parts with titles, chapters with sections."""

from collections.abc import Sequence

from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.naming import Named, Parsed
from publish.normalize.sections import Section
from publish.normalize.words import almanac


def titles_above(sections: Sequence[Section], named: list[Parsed]) -> list[Parsed]:
    """Let titles without text of their own, right above a number 1, hold what is counted below them.

    So stories of a collection are divided, parts that have a title only, and an epilogue of chapters. A title
    above the only count of a manuscript holds nothing that needs it; unless others stand amid that count.
    """
    named = _years(sections, named)
    firsts = sum(bool(parts) and parts[0].numbers[:1] == (1,) for parts, _ in named)
    counted = [bool(parts) and bool(parts[0].numbers) for parts, _ in named]
    amid = [
        n for n, held in enumerate(counted[1:]) if held and _is_title(named[n][0]) and not sections[n].rows
    ]
    several = firsts >= _SEVERAL or _SEVERAL <= len(amid) <= sum(counted) // 2
    above = [n for n in range(len(sections) - 1) if _opens_count(n, sections, named, titles=several)]
    stories = _stories(above, sections, named) if above else []
    if not above or not (several or stories):
        return named
    untold = DivisionKind.CHAPTER if stories else DivisionKind.PART
    told = list(named)
    for number in above:
        parts, sequel = named[number]
        told[number] = ((replace(parts[-1], kind=parts[-1].kind or untold, counts=True),), sequel)
    for number in stories:
        parts, sequel = named[number]
        story = replace(parts[-1], kind=untold)
        told[number] = ((story, replace(story, kind=None)), sequel)
    return told


def _years(sections: Sequence[Section], named: list[Parsed]) -> list[Parsed]:
    """Let years without text of their own hold the days below them, which state none."""
    days = [almanac.about(_title(parts)) for parts, _ in named]
    return [
        ((replace(parts[0], kind=DivisionKind.CHAPTER, counts=True),), sequel)
        if day.endswith("-00-00") and not rows.rows and below.startswith("--")
        else (parts, sequel)
        for (parts, sequel), day, below, rows in zip(named, days, [*days[1:], ""], sections, strict=True)
    ]


def _title(parts: Sequence[Named]) -> str:
    """Give the words of a heading that is a title alone."""
    return parts[0].title.text if _is_title(parts) and parts[0].title else ""


_SEVERAL = 2


def _opens_count(number: int, sections: Sequence[Section], named: Sequence[Parsed], *, titles: bool) -> bool:
    """Tell whether a heading without text stands right above a number 1, or one of `titles` above any."""
    parts, follower = named[number][0], named[number + 1][0]
    return (
        len(parts) == 1
        and not sections[number].rows
        and not parts[0].level
        and not parts[0].numbers
        and (parts[0].kind is None or parts[0].kind in _MAY_COUNT)
        and bool(follower)
        and (
            follower[0].numbers[:1] == (1,)
            or (titles and _is_title(parts) and (_is_title(follower) or bool(follower[0].numbers)))
        )
    )


def _is_title(parts: Sequence[Named]) -> bool:
    return len(parts) == 1 and not (parts[0].kind or parts[0].numbers or parts[0].level)


_MAY_COUNT = frozenset({DivisionKind.PROLOGUE, DivisionKind.INTERLUDE, DivisionKind.EPILOGUE})


def _stories(above: Sequence[int], sections: Sequence[Section], named: Sequence[Parsed]) -> list[int]:
    """Give the titles with text that stand beside the first of `above` that has no kind, and not in it.

    They do where no number goes on behind them.
    """
    titled = [number for number in above if named[number][0][0].kind is None]
    if not titled:
        return []
    found: list[int] = []
    last = since = 0
    for number, (parts, _) in enumerate(named):
        if parts and parts[0].numbers:
            if parts[0].numbers[0] == last + 1 and last:
                del found[since:]
            last, since = parts[-1].numbers[-1] if parts[-1].numbers else 0, len(found)
        elif _is_title(parts) and sections[number].rows and number - 1 not in above:
            found.append(number)
    return found


def sections_of_chapters(sections: Sequence[Section], named: list[Parsed]) -> list[Parsed]:
    """Let bare numbers that begin again right behind numbered chapters, all of them, count their sections.

    Behind is above where the file stands newest first. A heading may name both: "Chapter II; I".
    """
    named = _parts_inside(sections, named)
    lasts = [parts[-1] if parts else None for parts, _ in named]
    firsts = [at for at, part in enumerate(lasts) if _is_bare(part) and part and part.numbers[0] == 1]
    within = [at for at in firsts if _is_chapter(named[at][0][-2:-1])]
    apart = [at for at in firsts if at not in within]
    beside = [sum(_is_chapter(lasts[at + way : at + way + 1]) for at in apart) for way in (-1, 1)]
    if len(firsts) < _SEVERAL or max(beside) < len(apart):
        return named
    told: list[Parsed] = []
    for at, (parts, sequel) in enumerate(named):
        if _is_bare(lasts[at]):
            told.append(((*parts[:-1], replace(parts[-1], kind=DivisionKind.SECTION)), sequel))
        elif _is_chapter(parts[-1:]):
            holds = not sections[at].rows and at + 1 in apart
            told.append(((*parts[:-1], replace(parts[-1], kind=DivisionKind.CHAPTER, counts=holds)), sequel))
        else:
            told.append((parts, sequel))
    return told


def _parts_inside(sections: Sequence[Section], named: list[Parsed]) -> list[Parsed]:
    """Let parts count the sections of chapters, if they are marked as deeper and each has text of its own.

    Of a part that holds chapters none stands above it, whatever its level.
    """
    heads = [parts[0] if parts else None for parts, _ in named]
    chapters = [part.level for part in heads if part and _is_chapter([part])]
    inner = [at for at, part in enumerate(heads) if part and part.kind in CONTAINERS]
    levels = [named[at][0][0].level for at in inner if sections[at].rows]
    told = chapters and len(levels) == len(inner) and min(levels, default=0) > max(chapters) > 0
    if not told or not any(map(_is_chapter, ([part] for part in heads[: inner[0]]))):
        return named
    return [
        ((replace(parts[0], kind=DivisionKind.SECTION), *parts[1:]), sequel)
        if at in inner
        else (parts, sequel)
        for at, (parts, sequel) in enumerate(named)
    ]


def _is_bare(part: Named | None) -> bool:
    return part is not None and not (part.kind or part.level or part.title) and len(part.numbers) == 1


def _is_chapter(parts: Sequence[Named | None]) -> bool:
    """Tell whether the one division in a list is a chapter with its number, labelled or titled."""
    part = parts[0] if parts else None
    if part is None or not part.numbers:
        return False
    return part.kind is DivisionKind.CHAPTER or (part.kind is None and part.title is not None)
