"""The style sheet of a book: who and what is in it, and how it is spelt.

Copy-editors keep such a sheet while they read. This one is made from the book, kept beside it, and held
against it at the next run: the editor may cross out and add, and what deviates is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from publish.config import Config
from publish.lint.kept import Entry, Sheet
from publish.lint.reading import Reading
from publish.normalize.result import Normalized
from publish.patterns import lazily

_LEAST = 3
_TITLES = (
    "Mr|Mrs|Miss|Ms|Dr|Sir|Lady|Lord|Captain|Colonel|Major|Uncle|Aunt|Father|Mother|Count|King|Queen|Prince"
)
_PERSON_BEFORE = re.compile(rf"\b(?:{_TITLES})\.? (?:[A-Z][\w’]+ )?([A-Z][a-zß-ÿ]+)")
_PERSON_AFTER = re.compile(
    r"[”,] (?:said|asked|replied|cried|answered|whispered) ([A-Z][a-zß-ÿ]+)|"
    r"\b([A-Z][a-zß-ÿ]+) (?:said|asked|replied|smiled|nodded|looked|thought|felt|laughed|sat|stood)\b|"
    r"\b([A-Z][a-zß-ÿ]+)’s (?:face|eyes|hand|hands|voice|head|mind|heart|arm)\b"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|from|near|of|towards?|leaving|reached|left) ([A-Z][a-zß-ÿ]+)\b(?! [A-Z]|’s)"
)
_PLACE_AFTER = re.compile(
    r"\b([A-Z][a-zß-ÿ]+ (?:Street|Road|Hill|Lane|House|Hall|Park|Square|Bridge|River))\b"
)
_NO_NAMES = frozenset(
    "January February March April May June July August September October November December Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday God Heaven Lord Sir Madam English French German Latin "
    "Mr Mrs Miss Ms St Uncle Aunt Cousin Count King Queen Prince Princess Street Road Lane "
    "Court Square House Hall "
    "Roman Christian Italian Spanish Russian American European Irish Scotch Greek Jew Jews "
    "Dr The That This There What When Where Christmas Easter Lady Captain Colonel Chapter Part Book".split()
)
_TIME = re.compile(
    r"\b(?:(?:on|next|last|that) (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|"
    r"the (?:next|following|same) (?:day|morning|evening|night|week|year)|"
    r"(?:a|two|three|four|five|six|seven|ten|twelve|some|several|\d+) "
    r"(?:days|weeks|months|years) (?:later|ago|before|after)|"
    r"in (?:1[5-9]|20)\d\d|in (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)|"
    r"(?:at )?(?:Christmas|Easter|midsummer))\b",
    re.IGNORECASE,
)


def extract(normalized: Normalized, config: Config) -> Sheet:
    """Make the style sheet of a book."""
    reading = Reading(normalized, config)
    persons, places = _names(reading)
    metadata = normalized.book.metadata
    return Sheet(
        title=metadata.title.value,
        language=metadata.language.value,
        characters=tuple(_characters(reading, persons)),
        places=tuple(_entries(reading, places)),
        hyphens=tuple(
            _entries(reading, {w: c for w, c in reading.lower.items() if "-" in w and c >= _LEAST})
        ),
        accents=tuple(
            _entries(
                reading, {w: c for w, c in reading.lower.items() if not w.isascii() and w.isalpha() and c > 1}
            )
        ),
        timeline=tuple(_timeline(reading)),
        style=_style(reading),
    )


def _names(reading: Reading) -> tuple[dict[str, int], dict[str, int]]:
    """Tell persons from places by what stands beside the names: titles and speech, or prepositions."""
    person: Counter[str] = Counter()
    for pattern in (_PERSON_BEFORE, _PERSON_AFTER):
        person.update(next(filter(None, match.groups())) for match in pattern.finditer(reading.text))
    place: Counter[str] = Counter()
    for pattern in (_PLACE_BEFORE, _PLACE_AFTER):
        place.update(match[1] for match in pattern.finditer(reading.text))
    compound = Counter({name.split()[0]: count for name, count in place.items() if " " in name})
    persons, places = {}, {}
    for name in {*person, *place}:
        count = reading.counts[name] + reading.counts[f"{name}’s"] or place[name]
        inside = reading.names.get(name, 0) or place[name]
        small = reading.counts[name.lower()]
        if count < _LEAST or name in _NO_NAMES or not inside or small > count:
            continue
        if name in compound and compound[name] * 2 >= count:
            continue  # Baker, of Baker Street alone.
        if person[name] * 2 >= place[name]:
            persons[name] = count
        elif place[name] * _LEAST >= count or " " in name:
            places[name] = count
    return persons, places


_FULL = lazily(rf"(?:(?:{_TITLES})\.? )?[A-Z][a-zß-ÿ]+(?: [A-Z][a-zß-ÿ]+)*")
_OTHER_FORMS = 3


def _characters(reading: Reading, persons: Mapping[str, int]) -> Iterator[Entry]:
    """Give each person with the fuller names the book has: *Holmes*, also *Sherlock Holmes* and *Mr. Holmes*.

    A name that stands nearly always in one fuller name has no row of its own.
    """
    titles = frozenset(_TITLES.split("|"))
    full = Counter(match[0] for match in _FULL.finditer(reading.text) if " " in match[0])
    forms: dict[str, list[tuple[int, str]]] = {}
    first: Counter[str] = Counter()
    for form, count in full.items():
        words = [word for word in form.replace(".", "").split() if word not in titles]
        if count > 1 and words and all(word in persons for word in words):
            forms.setdefault(words[-1], []).append((count, form))
            first.update(dict.fromkeys(words[:-1], count))
    for entry in _entries(reading, persons):
        others = sorted(forms.get(entry.name, []), reverse=True)[:_OTHER_FORMS]
        if first[entry.name] * 5 < entry.count * 4:
            yield replace(entry, also=tuple(form for _, form in others))


def _entries(reading: Reading, counts: Mapping[str, int]) -> Iterator[Entry]:
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Entry(name, count, _first(reading, name))


def _first(reading: Reading, name: str) -> str:
    match = re.search(rf"\b{re.escape(name)}\b", reading.text, re.IGNORECASE if name.islower() else 0)
    return _where(reading, match.start()) if match else ""


def _where(reading: Reading, offset: int) -> str:
    passage, start = reading.at(offset)
    span = passage.run.span(offset - start, offset - start)
    if span is None:
        return ""
    source = reading.normalized.sources[span.source]
    return source.where(span.start).rpartition(", " if source.in_paragraphs else ":")[0]


def _timeline(reading: Reading) -> Iterator[Entry]:
    for match in _TIME.finditer(reading.text):
        yield Entry(match[0], 1, _where(reading, match.start()))


def _style(reading: Reading) -> dict[str, str]:
    text = reading.text
    closed, spaced = len(re.findall(r"\w—\w", text)), len(re.findall(" [—–] ", text))
    serial = len(re.findall(r"[a-z]+, [a-z]+, and [a-z]+[.;]", text))
    bare = len(re.findall(r"[a-z]+, [a-z]+ and [a-z]+[.;]", text))
    return {
        "quotation marks": f"{reading.style.opening}…{reading.style.closing}",
        "dashes": "close to the words" if closed >= spaced else "apart from the words",
        "comma before “and”": "yes" if serial > bare else "no",
    }


_HEADINGS = (
    ("characters", "Characters"),
    ("places", "Places"),
    ("hyphens", "Words with hyphens"),
    ("accents", "Words with accents"),
    ("timeline", "Time"),
)


_HEAD = ["| | times | first |", "|---|---:|---|"]


def as_markdown(sheet: Sheet) -> str:
    """Write a style sheet for reading and for notes by hand."""
    lines = [f"# Style sheet: {sheet.title}", ""]
    lines += [f"- {name}: {value}" for name, value in sheet.style.items()]
    for field, heading in _HEADINGS:
        entries: tuple[Entry, ...] = getattr(sheet, field)
        if entries:
            also = any(entry.also for entry in entries)
            lines += ["", f"## {heading}", ""]
            lines += ["| | times | first | also |", "|---|---:|---|---|"] if also else _HEAD
            for entry in entries:
                others = f" {', '.join(entry.also)} |" if also else ""
                lines.append(f"| {entry.name} | {entry.count} | {entry.first} |{others}")
    return "\n".join(lines) + "\n"


def changes(old: Sheet, new: Sheet) -> list[str]:
    """Tell what a new sheet has that the kept one has not, and the other way round; one sentence each."""
    told = []
    for field, heading in _HEADINGS[:-1]:
        before = {entry.name for entry in getattr(old, field)}
        after = {entry.name for entry in getattr(new, field)}
        told += [f"{heading}: “{name}” is new." for name in sorted(after - before)]
        told += [f"{heading}: “{name}” is gone." for name in sorted(before - after)]
    told += [
        f"Style: {name} was “{old.style[name]}” and is “{value}”."
        for name, value in new.style.items()
        if name in old.style and old.style[name] != value
    ]
    return told
