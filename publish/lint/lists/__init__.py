"""Words that rules look for, and what some rules say, to be mended without code."""

from pathlib import Path

from publish import rows as files


def rows(name: str) -> list[str]:
    """Give the rows of a list."""
    return files.rows(Path(__file__).with_name(f"{name}.txt"))
