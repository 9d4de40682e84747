"""Lists beside the contents, made from what stands in the finished text: illustrations, pages of print."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from publish import xhtml
from publish.epub.documents import ContentFile

_FIGURE = re.compile(
    r'<figure id="(?P<id>[^"]+)" class="figure">\n<img src="[^"]*" alt="(?P<alt>[^"]*)"/>\n'
    r'(?:<figcaption>\n(?:<p class="caption">(?P<caption>.*?)</p>\n)?)?',
    re.DOTALL,
)
_REFERENCE = re.compile(r'<a class="noteref".*?</a>')
_TAG = re.compile("<[^>]*>")
_MARK = re.compile(r'<span id="([^"]+)" epub:type="pagebreak" role="doc-pagebreak" aria-label="([^"]+)">')


class Target(Struct, frozen=True):
    """One line of a list; the label is escaped."""

    label: str
    file: str
    id: str


def illustrations(files: Iterable[ContentFile]) -> Iterator[Target]:
    """Give the figures in finished files, in reading order: by caption, or by what they show.

    One that has neither is left out: it would be a line without words.
    """
    for file in files:
        for figure in _FIGURE.finditer(file.text):
            caption = _TAG.sub("", _REFERENCE.sub("", (figure["caption"] or "").replace("<br/>", " ")))
            if title := " ".join(caption.split()) or figure["alt"].strip():
                yield Target(title, file.name, figure["id"])


def list_of_illustrations(shown: Sequence[Target], title: str, *, is_read: bool) -> str:
    """Give the list as a `nav`; where the contents are no page of the book, neither is it."""
    hidden = "" if is_read else ' hidden="hidden"'
    return (
        f'<nav id="loi" class="contents" epub:type="loi" aria-labelledby="loi.heading"{hidden}>\n'
        f'<h2 id="loi.heading">{xhtml.escape(title)}</h2>\n{_lines(shown)}</nav>'
    )


def pages(files: Iterable[ContentFile]) -> tuple[Target, ...]:
    """Give the marks of pages of print in finished files, in reading order."""
    return tuple(Target(mark[2], file.name, mark[1]) for file in files for mark in _MARK.finditer(file.text))


def page_list(targets: Sequence[Target], title: str) -> str:
    """Give the page list as a `nav` that is not shown; its lines hold numbers alone, as readers expect."""
    return (
        f'<nav id="page-list" epub:type="page-list" role="doc-pagelist" aria-label="{xhtml.escape(title)}" '
        f'hidden="hidden">\n{_lines(targets)}</nav>'
    )


def _lines(targets: Sequence[Target]) -> str:
    items = "".join(f'<li><a href="{one.file}#{one.id}">{one.label}</a></li>\n' for one in targets)
    return f"<ol>\n{items}</ol>\n"
