"""The notes of the e-book: below the text of their division, or all together at the book's end."""

from collections.abc import Sequence

from publish import standing, xhtml
from publish.document import Division, DivisionKind, Metadata, Text
from publish.epub.documents import ContentFile, Place, page
from publish.patterns import lazily
from publish.source import Run

NOTES = "endnotes.xhtml"
_NOTE = lazily(
    r'<aside class="note" id="([^"]*)" epub:type="footnote" role="doc-footnote">\n([\s\S]*?)\n</aside>\n'
)


def gathered(
    files: Sequence[ContentFile], places: Sequence[Place], metadata: Metadata
) -> tuple[tuple[ContentFile, ...], tuple[Place, ...]]:
    """Give the files of the divisions with all their notes in one more file, and the place of that file.

    References and the ways back lead from file to file; where there is no note all stays as it is.
    """
    kept: list[ContentFile] = []
    sections: list[str] = []
    for file, place in zip(files, places, strict=True):
        notes = _NOTE.findall(file.text)
        text = _NOTE.sub("", file.text)
        for name, _ in notes:
            text = text.replace(f'href="#{name}"', f'href="{NOTES}#{name}"')
        kept.append(ContentFile(file.name, text))
        if notes:
            sections.append(_section(place, notes))
    if not sections:
        return tuple(files), ()
    title = standing.words(metadata.language.value).notes
    content = (
        f'<section id="endnotes" class="endnotes" epub:type="endnotes" role="doc-endnotes" '
        f'aria-labelledby="endnotes.heading">\n<header class="heading" role="presentation">\n'
        f'<h2 id="endnotes.heading"><span class="title" epub:type="title">{title}</span></h2>\n</header>\n'
        f"{''.join(sections)}</section>"
    )
    division = Division(id="endnotes", kind=DivisionKind.NOTES, title=(Text(Run(title)),))
    file = ContentFile(NOTES, page(metadata, title, content, body="backmatter"))
    return (*kept, file), (Place(division, 1, NOTES, NOTES, title),)


def _section(place: Place, notes: Sequence[tuple[str, str]]) -> str:
    """Give the notes of one division below its name."""
    items = ""
    for name, text in notes:
        back = text.replace(f'href="#{name}.ref"', f'href="{place.file}#{name}.ref"')
        items += f'<div class="note" id="{name}" epub:type="endnote">\n{back}\n</div>\n'
    return f'<h3 class="subheading">{xhtml.escape(place.title)}</h3>\n{items}'
