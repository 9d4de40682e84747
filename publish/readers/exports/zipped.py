"""Exports that are archives of pages: Medium's, Substack's, and the folder of a site."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec.structs import replace

from publish import archives
from publish.diagnostic import PublishError
from publish.draft import LEFT_OUT, Draft, Line, Read
from publish.readers import decode
from publish.readers.exports.posts import Post, draft, syntax_of
from publish.readers.html import page
from publish.source import Edit, Run, Source

_PAGES = (".html", ".htm", ".xhtml")
_HIDDEN = re.compile(r"(?:\A|/)(?:\.[^/]|__MACOSX)")
_POST = re.compile(r"(?:.*/)?posts/(?:(?!posts_index)[^/]+|html/\d+)\.html")
"""A post of Medium or of Tumblr, which lists all of them in a page beside."""
_TABLE = re.compile(r"(?:.*/)?posts\.csv")
_FIELD = re.compile(r'[ \t]*(?:"((?:[^"]|"")*)"|([^,\r\n]*))[ \t]*(,|\r\n|\r|\n|\Z)')


def read(data: bytes, name: str, encoding: str = "") -> Read:
    """Read an archive of pages; raises PublishError for one that has none, is damaged or made to do harm."""
    archive = archives.opened(data, name)
    members = [info.filename for info in archive.infolist() if not info.is_dir()]
    members = [member for member in members if not _HIDDEN.search(member)]
    pages = sorted((member for member in members if member.lower().endswith(_PAGES)), key=_counted)
    if not pages:
        raise PublishError(
            f"{name}: there are no pages in the archive.", "Give an export of a blog, or unpack it."
        )
    size = sum(archive.getinfo(page).file_size for page in pages)
    if size > decode.LARGEST * 4:
        raise PublishError(f"{name}: pages of {size >> 20:,} MB are no book.", "Export fewer of them.")
    table = next((member for member in members if _TABLE.fullmatch(member)), "")
    if table:
        return _substack(_Archive(archive, name, data, encoding), table, pages)
    posts = [member for member in pages if _POST.fullmatch(member)]
    opened = _Archive(archive, name, data, encoding)
    found = [_page(opened.source(member), exported=bool(posts)) for member in posts or pages]
    return Read(tuple(source for source, _ in found), tuple(draft for _, draft in found), data)


def _counted(member: str) -> list[tuple[int, int | str]]:
    """Give the key by which names of files are put in order, 2 before 10."""
    return [
        (0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"(\d{1,18})", member) if part
    ]


class _Archive:
    """An archive whose members are texts."""

    def __init__(self, archive: zipfile.ZipFile, name: str, data: bytes, encoding: str) -> None:
        self.archive = archive
        self.name = name
        self.data = data
        self.encoding = encoding

    def source(self, member: str) -> Source:
        """Give a member as a source."""
        data = archives.member(self.archive, member, self.name)
        told = f"{self.name}, {member}"
        found = decode.decode(data, told, self.encoding or page.encoding(data))
        made = Source(self.name, data, found.text, found.encoding, lossless=found.lossless)
        return made.inside(member, member)


def _page(source: Source, *, exported: bool) -> tuple[Source, Draft]:
    """Give the draft of a page; drafts of Medium are named so."""
    draft = page.read(source, sited=exported or None)
    if exported and PurePosixPath(source.member).name.startswith("draft_"):
        what = f"{LEFT_OUT}a draft."
        lines = (replace(line, furniture=what) for line in draft.lines)
        draft = replace(draft, lines=tuple(lines))
    return source, draft


def _substack(opened: _Archive, table: str, pages: list[str]) -> Read:
    """Read the posts of Substack: a table says what each page, which is named by its number, is."""
    listed = opened.source(table)
    rows = list(_rows(listed))
    by_number = {PurePosixPath(member).name.partition(".")[0]: member for member in pages}
    sources: list[Source] = [listed]
    drafts: list[Draft] = []
    covered: list[Run] = []
    for row in rows:
        member = by_number.get(row["post_id"].text.partition(".")[0]) if "post_id" in row else None
        if member is None:
            continue
        source = opened.source(member)
        post = _post(row, source)
        done = draft(source, [post])
        source.layout = page.layout(source, done.lines)
        lines = _with_subtitle(done.lines, row)
        covered += [post.title, *(line.run for line in lines)]
        drafts.append(replace(done, lines=lines))
        sources.append(source)
    if not drafts:
        message = f"{opened.name}: its table of posts names none of the pages."
        raise PublishError(message, "Export the blog again.")
    drafts[0] = replace(drafts[0], syntax=(*drafts[0].syntax, *syntax_of(listed, covered, ())))
    return Read(tuple(sources), tuple(drafts), opened.data)


def _post(row: dict[str, Run], source: Source) -> Post:
    published = row["is_published"].text.lower() if "is_published" in row else "true"
    kind = row["type"].text if "type" in row else ""
    status = "" if published in ("true", "1", "t") else "a draft"
    return Post(
        title=row.get("title", Run("")),
        content=source.run(),
        posted=row["post_date"].text if "post_date" in row else "",
        status=status or ("a page" if kind == "page" else ""),
    )


def _with_subtitle(lines: tuple[Line, ...], row: dict[str, Run]) -> tuple[Line, ...]:
    """Put the subtitle of a post below its title."""
    subtitle = row.get("subtitle", Run(""))
    if not subtitle.text.strip() or not lines or not lines[0].heading_level:
        return lines
    below = Line(
        run=subtitle.strip(), attributes=(("subtitle", "true"),), heading_level=lines[0].heading_level
    )
    return (lines[0], below, *lines[1:])


def _rows(source: Source) -> Iterator[dict[str, Run]]:
    """Give the rows of a table of values between commas, by the names in its first row."""
    names: list[str] = []
    row: list[Run] = []
    at, whole, text = int(source.text.startswith("\ufeff")), source.run(), source.text
    while at < len(text):
        found = _FIELD.match(text, at)
        if found is None:
            break
        group = 1 if found[1] is not None else 2
        row.append(_unquoted(whole.slice(*found.span(group))))
        at = found.end()
        if found[3] != ",":
            if names:
                yield dict(zip(names, row, strict=False))
            names, row = names or [run.text for run in row], []


def _unquoted(run: Run) -> Run:
    return run.apply([Edit(*match.span(), '"', "") for match in re.finditer('""', run.text)])
