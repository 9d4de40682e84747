"""The members of an ODT put together: its text, its styles, its facts."""

from msgspec.structs import replace

from publish import archives
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.draft import Read
from publish.readers.office import lines
from publish.readers.office.elements import Element
from publish.readers.office.facts import hints
from publish.readers.office.odt import Body, all_words
from publish.readers.office.odt_styles import Styles
from publish.readers.office.parts import Package
from publish.readers.office.prose import Scribe
from publish.readers.office.record import Record
from publish.source import Span

_TEXT, _STYLES, _FACTS, _LIST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"


def read(data: bytes, name: str, _encoding: str = "") -> Read:
    """Read an ODT.

    Raises PublishError for what is none, damaged, encrypted or made to do harm.
    """
    package = Package(data, name)
    listed = package.read(_LIST)
    if listed is not None and listed.find("manifest:encryption-data") is not None:
        raise PublishError(f"{name}: the document is encrypted.", "Save it without a password.")
    source = package.source(_TEXT)
    tree = package.tree(source)
    text = tree.find("office:text") if tree else None
    if source is None or tree is None or text is None:
        raise PublishError(f"{name}: there is no text of a word processor in it.", "Save it as .odt again.")
    beside = package.read(_STYLES)
    styles = Styles([root for root in (beside, tree) if root is not None])
    record = Record(source.key, _TEXT, lambda member: archives.member(package.archive, member, name))
    walk = Body(record, Scribe(source), styles)
    _tracked(walk, text)
    paragraphs = list(walk.blocks(text))
    walk.scribe.finish()
    facts = package.source(_FACTS, "properties")
    draft = replace(
        lines.draft(source.key, paragraphs),
        changes=tuple(record.changes),
        findings=tuple(record.findings()),
        hints=hints(facts, package.tree(facts)),
    )
    return Read((source, *([facts] if facts else [])), (draft,), data)


def read_copy(data: bytes, name: str, encoding: str = "") -> Read:
    """Read the ODT that LibreOffice has made of a document, which nothing can be written back into.

    Raises PublishError as `read`, and for anything that is no such copy.
    """
    if not data.startswith(b"PK"):
        raise PublishError(f"{name}: this kind is read through LibreOffice.", "Save it as DOCX or ODT.")
    found = read(data, name, encoding)
    for source in found.sources:
        source.lossless = False
    source, (draft,) = found.sources[0], found.drafts
    message = "The file was read as a copy that LibreOffice made of it; places are those in the copy."
    told = Diagnostic("DOC008", Severity.INFO, message, Span(source.key, 0, 0))
    return replace(found, drafts=(replace(draft, findings=(*draft.findings, told)),))


def _tracked(walk: Body, text: Element) -> None:
    """Note what tracked changes delete, which stands above the text, and what they insert."""
    for region in text.all("text:changed-region"):
        for deletion in region.all("text:deletion"):
            runs = [
                walk.scribe.words(words)
                for paragraph in deletion.all("text:p", "text:h")
                for words in all_words(paragraph)
            ]
            walk.record.deleted(walk.scribe, runs)
            walk.scribe.end(deletion.start, deletion.end)
        if region.find("text:insertion") is not None:
            walk.record.inserted(region)
