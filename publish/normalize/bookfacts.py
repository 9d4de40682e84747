"""What the book as a whole is called, who wrote it, when and in which language: stated or inferred."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TypeVar, cast

from msgspec.structs import replace

from publish.config import BookConfig, is_isbn
from publish.document import ROLES, Creator, Metadata, Stated
from publish.draft import BREAK, NOTE_ON, plain
from publish.normalize import filenames
from publish.normalize.lines.bylines import by_line, holder, is_person, names, poster
from publish.normalize.lines.frontlines import title_range
from publish.normalize.sections import Outline
from publish.normalize.setting import typography
from publish.normalize.sheet import Sheet
from publish.normalize.sites import boilerplate
from publish.normalize.words import almanac
from publish.normalize.words.language import UNDETERMINED, beginning, language_of
from publish.patterns import lazily
from publish.source import Run, Source, join_spaced


def metadata(
    config: BookConfig,
    sheet: Sheet,
    outline: Outline,
    sources: Sequence[Source],
    finish: Callable[[Run], Run],
) -> Metadata:
    """Gather the facts; what book.toml says stands above front matter, that above what the text shows.

    `finish` sets title and subtitle as it sets headings; those of book.toml are as they are to be.
    """
    front = {key: run for draft in reversed(sheet.drafts) for key, run in draft.metadata}
    if _signed(front):
        front.pop("subtitle")
    language = language_for(config, sheet, outline)
    lines = list({sheet.texts[line]: line for line in sorted(outline.credits, reverse=True)}.values())[::-1]
    found = Metadata(
        title=_headed(config.title, front.get("title"), finish) or _title(sheet, outline, sources, finish),
        subtitle=_headed(config.subtitle, front.get("subtitle"), finish) or _subtitle(sheet, outline, finish),
        creators=_creators(config, sheet, outline),
        language=language,
        date=_stated_date(config, front) or _date(sheet, outline),
        identifier=_identifier(config, front),
        publisher=_given(config.publisher, front, "publisher"),
        rights=_given(config.rights, front, "rights")
        or next((_from_notice(sheet, line) for line in outline.rights), None),
        description=_given(config.description, front, "description"),
        series=_given(config.series, front, "series"),
        series_number=_given(config.series_number, front, "series-number"),
        certifier=_given(config.certifier, front, "certifier"),
        subjects=tuple(Stated(subject, "book.toml") for subject in config.subjects)
        or tuple(_front_all(sheet, "subject")),
        credits=(
            *_front_all(sheet, "credit"),
            *(_from_line(sheet, i, "a credit beside the text") for i in lines),
        ),
    )
    return without_marks(found)


_Told = TypeVar("_Told")
_LINE_ENDS = re.compile(r"\s*\n\s*")
_PARAGRAPHS = frozenset(("description", "rights"))
"""Facts that may have several lines."""


def without_marks(found: Metadata) -> Metadata:
    """Give the facts as plain text, wherever they come from, so that no mark of a draft gets out.

    What they state is put in words elsewhere too (file names, the package, the title page).
    """
    return replace(
        found,
        **{name: _bare(getattr(found, name), lines=name in _PARAGRAPHS) for name in found.__struct_fields__},
    )


def _bare(told: _Told, *, lines: bool) -> _Told:
    """Give a fact, or each of several, without marks; a line end is a space where there is one line alone."""
    if isinstance(told, tuple):
        return cast("_Told", tuple(_bare(one, lines=lines) for one in told))
    if isinstance(told, Creator):
        name = _bare(told.name, lines=lines)
        return replace(told, name=name, file_as=_text(told.file_as, lines=lines))
    if isinstance(told, Stated):
        value, how = _text(told.value, lines=lines), _text(told.how, lines=False)
        return replace(told, value=value, how=how)
    return told


def _text(text: str, *, lines: bool) -> str:
    bare = plain(text, "\n")
    return bare if lines or "\n" not in bare else _LINE_ENDS.sub(" ", bare).strip()


def language_for(config: BookConfig, sheet: Sheet, outline: Outline) -> Stated:
    """Give the language of the text, which outweighs what a document says of it but for the country.

    What is no tag of a language ("C" of a program that knew none) is not taken over.
    """
    front = {key: run for draft in reversed(sheet.drafts) for key, run in draft.metadata}
    given = _given(config.language, front, "language")
    if given and _TAG.fullmatch(given.value):
        return given
    kept = (sheet.texts[row.index] for section in outline.sections for row in section.rows)
    guess = language_of(beginning(kept))
    hinted = _hinted(sheet, "language")
    if (
        hinted
        and _TAG.fullmatch(hinted.value)
        and (guess.language == UNDETERMINED or hinted.value.lower().startswith(f"{guess.language}-"))
    ):
        return hinted
    ignored = f" “{given.value}”, which is stated, is no language." if given else ""
    return Stated(guess.language, guess.how + ignored, inferred=True)


_TAG = lazily(r"(?:[A-Za-z]{2,8}|[ix](?=-))(?:-[A-Za-z0-9]{1,8})*")
"""What may name a language. Source: RFC 5646, 2.1, as far as stores ask for it."""


def _hinted(sheet: Sheet, key: str) -> Stated | None:
    """Give a fact as the properties of a document name it, which few authors ever look at."""
    found = (run for draft in sheet.drafts for name, run in draft.hints if name == key)
    run = next(found, None)
    if run is None:
        return None
    return Stated(run.text, "the properties of the document.", inferred=True, span=run.span(0, len(run)))


def _given(value: str, front: Mapping[str, Run], key: str) -> Stated | None:
    if value:
        return Stated(value, "book.toml")
    run = front.get(key)
    return _front(run) if run and run.text else None


def _headed(value: str, run: Run | None, finish: Callable[[Run], Run]) -> Stated | None:
    """Give a title that is stated; signs typed for italics are no part of it."""
    if value or not run or not run.text:
        return Stated(value, "book.toml") if value else None
    return replace(_front(run), value=finish(_unsigned(run)).text)


def _from_line(sheet: Sheet, line: int, how: str, place: tuple[int, int] | None = None) -> Stated:
    """Give the fact that a line, or a part of it, states; the whole line is its place."""
    run = sheet.lines[line].run
    text = run.text[slice(*place)] if place else run.text
    return Stated(text, how, inferred=True, span=run.span(0, len(run.text)))


def _from_notice(sheet: Sheet, line: int) -> Stated:
    """Give what a site's notice of rights says, without the links that stand behind it in its row."""
    text = sheet.texts[line]
    row = re.search(r"\s+[|·•]\s", text)
    end = row.start() if row else len(text)
    stop = text.rfind(". ", 0, end) + 1 if row else 0
    return _from_line(sheet, line, "the notice of a web page", (0, stop or end))


def _title(sheet: Sheet, outline: Outline, sources: Sequence[Source], finish: Callable[[Run], Run]) -> Stated:
    if "title" in outline.stated:
        line = outline.stated["title"]
        place = boilerplate.field_value(sheet.texts[line])
        return _from_line(sheet, line, "the library's header names it.", place)
    if outline.title_page.title is not None:
        found = _from_line(sheet, outline.title_page.title, "the first line of the manuscript.")
        run = sheet.lines[outline.title_page.title].run
        place = outline.title_page.title_range
        place = place if any(place) else title_range(run.text)
        return replace(found, value=finish(_unsigned(run.slice(*place))).text)
    if hinted := _hinted(sheet, "title"):
        return hinted
    if (head := _one_heading(sheet, outline)) is not None:
        found = _from_line(sheet, head, "the one heading of the first level.")
        return replace(found, value=finish(_unsigned(sheet.lines[head].run)).text)
    path, kind = _folder(sources), "folder"
    if not path:
        path, kind = PurePath("" if sources[0].path.startswith("<") else sources[0].path).stem, "file"
    words = re.sub(r"[\W_]+", " ", filenames.ID.sub("", path)).strip()
    how = f"the name of the {kind}, for want of a title in the text."
    how = how if path else "neither text nor file has one."
    return Stated((words[:1].upper() + words[1:]) or "Untitled", how, inferred=True)


def _one_heading(sheet: Sheet, outline: Outline) -> int | None:
    """Give the heading under which all others stand, as on a web page, if it says no kind or number."""
    heads = [section.head for section in outline.sections if section.head]
    top = [head for head in heads if sheet.lines[head.first].heading_level <= 1]
    if len(top) != 1 or top[0] is not heads[0] or top[0].heading or len(top[0].lines) > 1:
        return None
    line, text = sheet.lines[top[0].first], sheet.texts[top[0].first]
    return top[0].first if line.heading_level and text and not {NOTE_ON, BREAK} & {*text} else None


def _folder(sources: Sequence[Source]) -> str:
    """Give the name of the folder that holds all of several files; the first of them is but a chapter."""
    if len({source.path for source in sources}) == 1:
        return ""
    above = PurePath(sources[0].path).parents
    held = (one for one in above if all(PurePath(source.path).is_relative_to(one) for source in sources))
    return next((one.name for one in held), "")


def _subtitle(sheet: Sheet, outline: Outline, finish: Callable[[Run], Run]) -> Stated | None:
    lines = outline.title_page.subtitle
    if not lines:
        return None
    runs = [sheet.lines[line].run for line in lines]
    text = finish(_unsigned(join_spaced(runs))).text.strip(" .,:;()")
    first, last = runs[0].span(0, len(runs[0])), runs[-1].span(0, len(runs[-1]))
    span = replace(first, end=last.end) if first and last else None
    where = "between title and author" if outline.title_page.author is not None else "below the title"
    return Stated(text, f"the line {where}.", inferred=True, span=span)


def _creators(config: BookConfig, sheet: Sheet, outline: Outline) -> tuple[Creator, ...]:
    given = tuple(_configured(config))
    front = _front_creators(sheet)
    stated = given + tuple(c for c in front if c.role not in {g.role for g in given})
    # Who translated or edited a book does not answer who wrote it.
    authors = any(c.role == ROLES["author"] for c in stated) or bool(front)
    page = tuple(_on_title_page(sheet, outline, {c.role for c in stated}))
    written = tuple(c for c in page if c.role == ROLES["author"])
    others = tuple(c for c in page if c not in written)
    return stated + others if authors else _found_author(sheet, outline) + written + stated + others


def _on_title_page(sheet: Sheet, outline: Outline, known: Container[str]) -> Iterator[Creator]:
    """Give those whom the title page names beside the author, but for roles that are stated elsewhere."""
    for line, maker in outline.title_page.makers:
        if maker.role not in known:
            stated = _from_line(sheet, line, "the title page names who did that.", maker.place)
            yield Creator(stated, maker.role)


def _configured(config: BookConfig) -> Iterator[Creator]:
    for key, role in ROLES.items():
        value = getattr(config, key)
        for name in (value,) if isinstance(value, str) else value:
            if name:
                yield Creator(Stated(name, "book.toml"), role, config.file_as.get(name, ""))


def asked(sheet: Sheet, outline: Outline) -> Stated | None:
    """Give the name that a line of the title page may say, which stays and is asked about."""
    said = outline.title_page.asked
    return _from_line(sheet, said[0], "it may be the author", said[1]) if said else None


_TOP = 20
"""Lines among which who claims the rights of a book is its author."""


def _found_author(sheet: Sheet, outline: Outline) -> tuple[Creator, ...]:
    page = outline.title_page
    if "author" in outline.stated:
        line = outline.stated["author"]
        place = boilerplate.field_value(sheet.texts[line])
        return (Creator(_from_line(sheet, line, "the library's header names the author.", place)),)
    if page.author is not None:
        stated = _from_line(sheet, page.author, "the line below the title.", page.author_range)
        return tuple(Creator(replace(stated, value=name)) for name in names(stated.value))
    if hinted := _hinted(sheet, "author"):
        return (Creator(hinted),)
    posted = (0, 0) if page.date is None else poster(sheet.texts[page.date])
    if page.date is not None and any(posted):
        return (Creator(_from_line(sheet, page.date, "the line that says when it was posted.", posted)),)
    claims = ((line, holder(sheet.texts[line])) for line in range(min(_TOP, len(sheet.texts))))
    claimed = next(((line, place) for line, place in claims if any(place)), None)
    return (
        (Creator(_from_line(sheet, claimed[0], "the line that claims the rights.", claimed[1])),)
        if claimed
        else ()
    )


def _signed(front: Mapping[str, Run]) -> Stated | None:
    """Give the author where what stands as a subtitle says "by" and a name, and nothing else names one."""
    run = front.get("subtitle")
    place = by_line(run.text) if run and "author" not in front else None
    if run is None or place is None or not is_person(run.text[slice(*place)]):
        return None
    return replace(_front(run), value=run.text[slice(*place)])


def _front_creators(sheet: Sheet) -> tuple[Creator, ...]:
    """Give the creators that front matter names; `file-as` belongs to the one before it."""
    found: list[Creator] = []
    if signed := _signed({key: run for draft in reversed(sheet.drafts) for key, run in draft.metadata}):
        found.append(Creator(signed))
    for key, run in (item for draft in sheet.drafts for item in draft.metadata):
        if key in ROLES and not any(one.name.value == run.text and one.role == ROLES[key] for one in found):
            found.append(Creator(_front(run), ROLES[key]))
        elif key == "file-as" and found:
            found[-1] = replace(found[-1], file_as=run.text)
    return tuple(found)


def _front_all(sheet: Sheet, wanted: str) -> Iterator[Stated]:
    return (_front(run) for draft in sheet.drafts for key, run in draft.metadata if key == wanted)


def _front(run: Run) -> Stated:
    return Stated(run.text, "front matter", span=run.span(0, len(run.text)))


def _unsigned(run: Run) -> Run:
    """Give a title without the signs that are typed for italics."""
    signs = sorted(typography.typed_emphasis(run.text), key=lambda sign: sign.start)
    return run.apply([replace(sign, text="") for sign in signs])


_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=[T\s]|\Z)")


def _stated_date(config: BookConfig, front: Mapping[str, Run]) -> Stated | None:
    """Give the date of publication as stores take it, without the time of day."""
    stated = _given(config.date, front, "date")
    if stated is None or config.date:
        return stated
    found = _ISO.match(stated.value)
    return replace(stated, value=found[0] if found else almanac.iso_date(stated.value) or stated.value)


def _date(sheet: Sheet, outline: Outline) -> Stated | None:
    line = outline.title_page.day
    if line is None and len(outline.sections) == 1:
        line = outline.title_page.date
    if line is None:
        return None
    run = sheet.lines[line].run
    span = run.span(0, len(run.text))
    day = almanac.iso_date(run.text) or almanac.about(run.text).replace("-00", "")
    return Stated(day, f"the line “{run.text}”.", inferred=True, span=span)


_ISBN = re.compile("97[89][0-9 -]+")


def _identifier(config: BookConfig, front: Mapping[str, Run]) -> Stated | None:
    if config.isbn:
        return Stated("urn:isbn:" + config.isbn.replace(" ", "-"), "book.toml")
    stated = _given(config.identifier, front, "identifier")
    if stated and _ISBN.fullmatch(stated.value) and is_isbn(stated.value):
        return replace(stated, value="urn:isbn:" + stated.value.replace(" ", "-"))
    return stated
