"""Words and other data in files beside the code, for whoever knows a language to mend."""

from pathlib import Path


def rows(path: Path) -> list[str]:
    """Give the rows of a file; a line that is set in goes on with the row above, `#` begins a remark."""
    text = path.read_text("utf-8").replace("/\n  ", "/").replace("\n  ", " ")
    return [row for row in text.split("\n") if row and row[0] != "#"]
