"""House styles: one folder each, with the stylesheets of both editions."""

from pathlib import Path

from publish.diagnostic import PublishError


def read(style: str, name: str) -> str:
    """Give a stylesheet of a house style, e.g. `read("classic", "epub.css")`.

    Raises PublishError where there is no such style.
    """
    package = Path(__file__).parent
    # An installed package carries the folder as data; a checkout has it beside the package.
    folders = [package / "data" / "styles", package.parent / "styles"]
    for folder in folders:
        path = folder / style / name
        if style.isidentifier() and path.is_file():
            return path.read_text(encoding="utf-8")
    known = sorted({path.parent.name for folder in folders for path in folder.glob(f"*/{name}")})
    raise PublishError(f"There is no house style “{style}”.", f"Known styles: {', '.join(known)}.")
