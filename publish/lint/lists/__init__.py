"""Words that rules look for, and what some rules say, to be mended without code.

A row goes on where lines are set in.
"""

from pathlib import Path


def rows(name: str) -> list[str]:
    """Give the rows of a list; `#` begins a remark."""
    text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
    return [
        row for row in text.replace("/\n  ", "/").replace("\n  ", " ").split("\n") if row and row[0] != "#"
    ]
