"""Pictures for WeasyPrint: those of the book and nothing else, from no place but the book."""

from typing import Any

from publish.pictures import FOLDER, Pictures

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
