"""The list of the pages of print, made from the marks that stand in the finished text."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from publish import xhtml
from publish.epub.documents import ContentFile


class PageTarget(Struct, frozen=True):
    """One line of the page list."""

    label: str
    file: str
    id: str


_MARK = re.compile(r'<span id="([^"]+)" epub:type="pagebreak" role="doc-pagebreak" aria-label="([^"]+)">')


def page_targets(files: Iterable[ContentFile]) -> tuple[PageTarget, ...]:
    """Give the marks in finished files, in reading order."""
    return tuple(
        PageTarget(match[2], file.name, match[1]) for file in files for match in _MARK.finditer(file.text)
    )


def page_list(targets: Sequence[PageTarget], title: str) -> str:
    """Give the page list as a `nav` that is not shown; its lines hold numbers alone, as readers expect."""
    items = "".join(
        f'<li><a href="{target.file}#{target.id}">{target.label}</a></li>\n' for target in targets
    )
    label = xhtml.escape(title)
    return (
        f'<nav id="page-list" epub:type="page-list" role="doc-pagelist" aria-label="{label}" hidden="hidden">'
        f"\n<ol>\n{items}</ol>\n</nav>"
    )
