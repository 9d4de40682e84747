"""Pictures for WeasyPrint: those of the book and nothing else, from no place but the book.

A plate is a picture that fills a page of its own to the edges, and goes on through the bleed.
"""

import re
from collections.abc import Collection
from typing import Any

from publish.pdf.geometry import Geometry
from publish.pictures import FOLDER, Pictures
from publish.stores import KDP
from publish.xhtml import escape

BLEED = KDP.bleed * 72
"""Points beyond the trim at top, bottom and outside; the stores agree on it."""
_PLATE = '<figure class="figure plate">'
_FIGURE = re.compile(r'<figure class="figure">(?=\n<img src="(?P<name>[^"]*)"[^>]*/>\n</figure>)')

_SCHEME = "picture:"


def placed(html: str) -> str:
    """Give XHTML that names its pictures as the fetcher knows them."""
    return html.replace(f'<img src="{FOLDER}', f'<img src="{_SCHEME}{FOLDER}')


def fetcher(pictures: Pictures) -> Any:
    """Give what WeasyPrint asks for the content of an address; it knows the pictures of the book alone."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Plates(URLFetcher):  # type: ignore[misc]
        """Never opens a file or a connection."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - WeasyPrint's own form
            picture = pictures[url.removeprefix(_SCHEME)]
            return URLFetcherResponse(url, picture.load(), {"Content-Type": picture.kind.media_type})

    return Plates()


def with_plates(html: str, names: Collection[str]) -> str:
    """Give XHTML in which the named pictures are plates; those with words below them stay as they are."""
    wanted = {escape(name) for name in names}
    return (
        _FIGURE.sub(lambda match: _PLATE if match["name"] in wanted else match[0], html) if wanted else html
    )


def has_plates(html: str) -> bool:
    """Tell whether XHTML holds a plate."""
    return _PLATE in html


def plate_css(page: Geometry) -> str:
    """Give the rules of plates; what they have at the spine beyond the trim is cut off with the page."""
    width, height = page.trim.width_pt, page.trim.height_pt
    return (
        "@page plate{margin:0}\n"
        f"figure.plate{{page:plate;position:relative;margin:0;width:{width:.3f}pt;height:{height:.3f}pt}}\n"
        f"figure.plate img{{position:absolute;left:{-BLEED}pt;top:{-BLEED}pt;max-width:none;max-height:none;"
        f"width:{width + 2 * BLEED:.3f}pt;height:{height + 2 * BLEED:.3f}pt;object-fit:cover}}\n"
    )
