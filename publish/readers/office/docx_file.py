"""The members of a DOCX put together: main text, notes, styles, comments, facts."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from publish import archives
from publish.diagnostic import PublishError
from publish.draft import Draft, Read
from publish.readers.office import lines
from publish.readers.office.docx import Body
from publish.readers.office.docx_styles import Styles, numbering_of
from publish.readers.office.elements import Element, Words
from publish.readers.office.facts import hints
from publish.readers.office.parts import Package
from publish.readers.office.prose import Scribe, joined
from publish.readers.office.record import Record
from publish.source import Run, Source

_NOTES = {"footnotes": "w:footnote", "endnotes": "w:endnote"}
_NO_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read(data: bytes, name: str, _encoding: str = "") -> Read:
    """Read a DOCX or DOCM; macros are never looked at.

    Raises PublishError for what is none, damaged, encrypted or made to do harm.
    """
    package = Package(data, name)
    found = _Document(package, package.related("", "officeDocument"))
    core = package.source(package.related("", "core-properties"), "properties")
    return Read(
        (*found.sources, *([core] if core else [])),
        (replace(found.draft(), hints=hints(core, package.tree(core))),),
        data,
    )


class _Document:
    """A document while its members are read."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        source = package.source(main)
        tree = package.tree(source)
        body = tree.find("w:body") if tree else None
        if source is None or body is None:
            message = f"{package.name}: there is no text of a word processor in it."
            raise PublishError(message, "Save it as .docx again.")
        self.body = body
        self.sources = [source]
        self.records: list[Record] = []
        self.styles = Styles(package.read(package.related(main, "styles")))
        self.numbering = numbering_of(package.read(package.related(main, "numbering")))
        self.main = self._text(source)
        self.notes = [walk for kind in _NOTES if (walk := self._noted(package.related(main, kind), kind))]
        self._commented(package.source(package.related(main, "comments"), "comments"))

    def _text(self, source: Source) -> Body:
        record = Record(source.key, source.member, self._load)
        self.records.append(record)
        walk = Body(record, Scribe(source, wrapped=True), self.styles, self.numbering)
        walk.pictures = self.package.relations(source.member)
        return walk

    def _load(self, member: str) -> bytes:
        return archives.member(self.package.archive, member, self.package.name)

    def _noted(self, member: str, kind: str) -> Body | None:
        """Read the notes of a kind."""
        source = self.package.source(member, kind)
        if source is None:
            return None
        self.sources.append(source)
        walk = self._text(source)
        self.main.notes |= dict(_notes(walk, self.package.tree(source), kind))
        return walk

    def _commented(self, source: Source | None) -> None:
        """Note all comments as left out."""
        root = self.package.tree(source)
        if source is None or root is None:
            return
        self.sources.append(source)
        walk = self._text(source)
        for comment in root.all("w:comment"):
            runs = list(_words(walk.scribe, comment.all("w:t")))
            walk.scribe.end(comment.start, comment.end)
            walk.record.comment(walk.scribe, runs, comment.get("author"))
        walk.scribe.finish()

    def draft(self) -> Draft:
        """Give the draft of the whole."""
        paragraphs = joined(self.main.blocks(self.body))
        self.main.scribe.finish()
        for walk in self.notes:
            for run in self.main.notes.values():
                walk.record.unplaced(walk.scribe, run)
            walk.scribe.finish()
        return replace(
            lines.draft(self.sources[0].key, paragraphs),
            changes=tuple(change for record in self.records for change in record.changes),
            findings=tuple(item for record in self.records for item in record.findings()),
        )


def _notes(walk: Body, root: Element | None, kind: str) -> Iterator[tuple[tuple[str, str], Run]]:
    """Give the notes of a member by the kind of their reference and their number."""
    for note in root.all(_NOTES[kind]) if root else ():
        if note.get("type") in _NO_NOTES:
            continue
        run = walk.record.note(joined(walk.blocks(note)), walk.scribe, note)
        yield (kind.removesuffix("s"), note.get("id")), run


def _words(scribe: Scribe, elements: Iterable[Element]) -> Iterator[Run]:
    for element in elements:
        yield from (scribe.words(words) for words in element.children if isinstance(words, Words))
