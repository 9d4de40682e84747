"""Words of many languages that passes look for: the files in `words`, for whoever knows a language to mend.

A row is `name: words`, the words parted by spaces, phrases by commas, patterns by strokes; a line that begins
with spaces goes on with the row above it. `[name]` begins a section, `#` a remark.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def sections(name: str) -> dict[str, dict[str, str]]:
    """Give the rows of each section of a file, by their names."""
    found: dict[str, dict[str, str]] = {}
    rows: dict[str, str] = {}
    key = ""
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").split("\n"):
        if line.startswith("  "):
            rows[key] += line[2 if rows[key].endswith("|") else 1 :]
        elif line.startswith("["):
            rows = found[line[1:-1]] = {}
        elif line and line[0] != "#":
            key, _, rows[key] = line.partition(": ")
    return found


def phrases(name: str, section: str, row: str) -> list[str]:
    """Give the phrases of a row."""
    return sections(name)[section][row].split(", ")


def patterns(name: str, section: str) -> str:
    """Give the patterns of all rows of a section as one."""
    return "|".join(sections(name)[section].values())
