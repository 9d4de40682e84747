"""Books as an editor has them open: read anew with the texts that are not saved yet."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from publish import build, copydesk, fixes, lint
from publish.build import Manuscript
from publish.diagnostic import Diagnostic, Safety
from publish.normalize.result import Normalized
from publish.source import Source

_LINE_END = re.compile(r"\r\n|\r|\n")
"""The line ends of the protocol; a `Source` may count others."""
_WIDE = "\uffff"


class Ruler:
    """Places in a text as an editor counts them: lines from 0, columns in units of an encoding."""

    def __init__(self, text: str, encoding: str, seen: Callable[[int], int] = lambda offset: offset) -> None:
        """Measure a text; `encoding` is utf-8, utf-16 or utf-32.

        `seen` gives where an offset of the source stands in the text, if that is what people see of it.
        """
        self.text = text
        self.seen = seen
        self.encoding = encoding
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset."""
        offset = self.seen(offset)
        line = bisect_right(self.starts, offset) - 1
        return line, self._units(self.text[self.starts[line] : offset])

    def offset(self, line: int, column: int) -> int:
        """Give the offset of a place; one beyond the end of its line is that end."""
        if line >= len(self.starts):
            return len(self.text)
        at = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        while at < end and column > 0:
            column -= self._units(self.text[at])
            at += 1
        return at

    def _units(self, text: str) -> int:
        if self.encoding == "utf-32":
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(sign > _WIDE for sign in text)


class Checked(Struct, frozen=True):
    """A book as it was when it was looked at last."""

    manuscript: Manuscript
    normalized: Normalized
    found: tuple[Diagnostic, ...]

    @property
    def sources(self) -> dict[int, Source]:
        """Give the files in which findings may lie."""
        return lint.files(self.normalized)

    def source(self, path: Path) -> Source | None:
        """Give the source of a file."""
        wanted = path.resolve()
        return next((item for item in self.sources.values() if Path(item.path).resolve() == wanted), None)

    def at(self, source: Source, start: int, end: int) -> list[Diagnostic]:
        """Give the findings that touch a range of a file."""
        return [
            item
            for item in self.found
            if item.span.source == source.key and item.span.start <= end and start <= item.span.end
        ]


def check(path: Path, texts: Mapping[Path, str]) -> Checked:
    """Look at the book to which a file belongs; `texts` are those of open files, by their resolved paths.

    Raises PublishError where the book cannot be read.
    """
    manuscript = _manuscript(path)
    data = {
        source.key: texts[place].encode("utf-8", "replace")
        for source in manuscript.sources
        if not source.member and (place := Path(source.path).resolve()) in texts
    }
    manuscript = copydesk.with_bytes(manuscript, data, "utf-8")
    normalized = build.assemble(manuscript)
    found = lint.findings(
        normalized, manuscript.config, options=lint.Options(sheet=copydesk.sheet_of(manuscript))
    )
    return Checked(manuscript, normalized, found)


def _manuscript(path: Path) -> Manuscript:
    """Give the book that holds a file; a file that its folder's book leaves out is one by itself."""
    folder = build.book_folder(path)
    if folder is None:
        return build.load([path])
    manuscript = build.load([folder])
    held = [*manuscript.files, folder / build.CONFIG_NAME]
    return manuscript if path.resolve() in [file.resolve() for file in held] else build.load([path])


def all_fixed(checked: Checked, source: Source) -> str:
    """Give the text of a file with all safe fixes, which leave the book as it is."""
    config = checked.manuscript.config
    wish = fixes.Wish(Safety.SAFE, lint.chosen(settings=config.lint), frozenset({source.key}))
    read = copydesk.reader(checked.manuscript, "utf-8")
    return fixes.fix(checked.normalized, config, read, wish).normalized.sources[source.key].text


def page(codes: Sequence[str]) -> str:
    """Give the pages of rules as Markdown."""
    rules = [lint.RULES[code] for code in dict.fromkeys(codes)]
    return "\n\n---\n\n".join(f"**{rule.code}** {rule.name}\n\n{rule.doc}" for rule in rules)
