"""The list of illustrations, made from the figures that stand in the finished text."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from publish import standing, xhtml
from publish.epub.documents import ContentFile

_FIGURE = re.compile(
    r'<figure id="(?P<id>[^"]+)" class="figure">\n<img src="[^"]*" alt="(?P<alt>[^"]*)"/>\n'
    r'(?:<figcaption>\n(?:<p class="caption">(?P<caption>.*?)</p>\n)?)?',
    re.DOTALL,
)
_REFERENCE = re.compile(r'<a class="noteref".*?</a>')
_TAG = re.compile("<[^>]*>")


class Illustration(Struct, frozen=True):
    """One line of the list; the title is escaped."""

    title: str
    file: str
    id: str


def illustrations(files: Iterable[ContentFile]) -> tuple[Illustration, ...]:
    """Give the figures in finished files, in reading order: by caption, or by what they show.

    One that has neither is left out: it would be a line without words.
    """
    return tuple(
        Illustration(title, file.name, figure["id"])
        for file in files
        for figure in _FIGURE.finditer(file.text)
        if (title := _title(figure))
    )


def _title(figure: re.Match[str]) -> str:
    caption = _TAG.sub("", _REFERENCE.sub("", (figure["caption"] or "").replace("<br/>", " ")))
    return " ".join(caption.split()) or figure["alt"].strip()


def list_of_illustrations(shown: Sequence[Illustration], language: str, *, is_read: bool) -> str:
    """Give the list as a `nav`; where the contents are no page of the book, neither is it."""
    items = "".join(f'<li><a href="{item.file}#{item.id}">{item.title}</a></li>\n' for item in shown)
    hidden = "" if is_read else ' hidden="hidden"'
    title = xhtml.escape(standing.words(language).illustrations)
    return (
        f'<nav id="loi" class="contents" epub:type="loi" aria-labelledby="loi.heading"{hidden}>\n'
        f'<h2 id="loi.heading">{title}</h2>\n<ol>\n{items}</ol>\n</nav>'
    )
