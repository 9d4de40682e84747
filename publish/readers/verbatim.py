r"""What in Markdown keeps its line ends: code between rows of backticks, lines behind bars, lines set in.

    | The ice is thin,
    |   the ice is grey.

Code has no typography: its lines are marked as written in no language. Lines that are all set in by four
columns or more are code to other programs; in a manuscript they are verse, or, as long as lines of prose, an
extract, unless they have the signs of code or go on with code above them. Where prose is not wrapped, short
lines that begin with capitals are lines, too, though their authors only pressed Enter. A file that is
quoted line by line, as a mail that was answered, is no quotation. A passage that is never closed is none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, pairwise

from msgspec import Struct

from publish.diagnostic import Diagnostic, Severity
from publish.draft import MARK, Fence, Line
from publish.patterns import lazily
from publish.readers import links
from publish.source import Edit, Run, Source, Span

_CODE = re.compile(r"[ ]{0,3}(?P<sign>`{3,}|~{3,})[^`]*")
_COMMENTS = {"<!--": "-->", "%%": "%%", "{--": "--}", "{>>": "<<}"}
"""What begins and ends a comment, or what tracked changes (CriticMarkup) delete."""
_PUT_IN = lazily(r"\{\+\+[ \t]*(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]|\+\+\}[ \t]*(?:[\r\n]|\Z)")
"""Begins or ends paragraphs that tracked changes insert, in a line of its own."""
_BAR = re.compile(r"[ \t]{0,3}\|(?:[ \t]|\Z)")
QUOTED = re.compile(r"[ \t]{0,3}(?:>(?![=_<:;.])[ \t]?)+")
"""Signs that quote a line."""
_TAB = " " * 4
_SET_IN = 4
"""Columns."""
_WRAPPED = 55
"""Columns; lines of prose that a program broke are longer, but for the last."""
_MOST_SET_IN = 3
"""Where more than one line of so many is set in, that is how the author begins paragraphs."""
_LEAST_QUOTED = 300
"""Words; a file of fewer that are all quoted may be an epigraph."""
_WIDEST, _NARROW, _CLOSE, _LONG = 74, 60, 40, 100
"""Columns: a line of verse; one that no margin ends; the close of a letter; prose that nobody wraps."""
_STOPS = re.compile(r"[.!?…][”’\"'»)*_]*\s*\\?\Z")
_STOPS_INSIDE = re.compile(r"[^\W\d_]{3}[.!?…][”’\"'»)]*\s+[“‘\"'«(¿¡–—]*[^\W\d_a-z]")
_NO_TEXT = ("", *"#>|`~:-+*_<[!0123456789")
"""How lines begin that are no text, or may be markup."""
_LEAST_LINED = 4
_CODE_SIGNS = lazily(r"[;{}]\s*\Z|\w\([^()]*\)|\s[=!<>]=?\s|\b[A-Za-z_]\w*=\S|\A\s*(?:#|//|</?\w|\$ )")


Within = tuple[Mapping[int, int] | None, int]
"""Of a paragraph in a quotation: where the signs end that its lines begin with. And the column at which the
text of the entry begins that holds it."""


class InLines(Struct, frozen=True):
    """A paragraph whose lines are lines."""

    fence: Fence
    lines: tuple[tuple[int, int, int], ...]
    """Begin and end of each in the source, and whether a blank line stands above."""
    syntax: tuple[Span, ...]
    indents: tuple[int, ...]
    """Columns by which each is set in."""
    end: int = 0
    """Where the line that closes code ends."""


class Shape:
    """What the whole file says about its lines."""

    def __init__(self, source: Source, skipped: int) -> None:
        """Look at a file whose first `skipped` lines are no text."""
        self._source = source
        self.skipped, self.named = skipped, False
        self.findings: dict[bool, Diagnostic] = {}
        self._unclosed: dict[str, int] = {}

    @cached_property
    def _lines(self) -> list[str]:
        bounds = self._source.line_bounds()[self.skipped :]
        return [line for start, end in bounds if (line := self._source.text[start:end]).strip()]

    @cached_property
    def quoted(self) -> bool:
        """All text is quoted, line by line."""
        if ">" not in self._source.text:
            return False
        lines = [line.lstrip() for line in self._lines if not line.startswith("#")]
        return (
            all(line[:1] == ">" for line in lines)
            and sum(len(line.split()) for line in lines) >= _LEAST_QUOTED
        )

    @cached_property
    def addresses(self) -> dict[str, Run]:
        """The addresses to which the file gives names, by these, folded; of several the first counts."""
        found: dict[str, Run] = {}
        if "]:" not in self._source.text:
            return found
        whole = self._source.run()
        for start, end in self._source.line_bounds()[self.skipped :]:
            if "]:" in (line := self._source.text[start:end]) and (named := links.definition(line)):
                name, (low, high) = named
                found.setdefault(name, whole.slice(start + low, start + high))
        return found

    @cached_property
    def _sets_in(self) -> bool:
        """Paragraphs begin with an indent, or all text has a margin: neither sets a passage off."""
        deep = sum(1 for line in self._lines if _columns(line) >= _SET_IN and not _CODE_SIGNS.search(line))
        return deep * _MOST_SET_IN > len(self._lines)

    @cached_property
    def _wrapped(self) -> tuple[int, int]:
        """Count lines that go on in small letters, as those of wrapped prose, and those nobody wraps."""
        wide = [line for line in self._lines if len(line) >= _CLOSE]
        return sum(map(str.islower, _firsts(wide))), sum(1 for line in wide if len(line) > _LONG)

    @cached_property
    def lined(self) -> bool:
        """Each line is a paragraph, as editors show it that end lines where Markdown joins them.

        No white space parts two lines of text, each ends a sentence, and most hold several.
        """
        bounds = self._source.line_bounds()[self.skipped :]
        lines = [self._source.text[start:end].strip() for start, end in bounds]
        plain = [line[:1] not in _NO_TEXT for line in lines]
        touching = [line for line, below in zip(lines, pairwise(plain), strict=False) if all(below)]
        parted = any(a and not gap and b for a, b, gap in zip(plain, plain[2:], lines[1:], strict=False))
        if len(touching) < _LEAST_LINED or parted:
            return False
        several = sum(1 for line in touching if len(line) > _CLOSE and _STOPS_INSIDE.search(line))
        if several * 4 <= len(touching) or not all(map(_STOPS.search, touching)):
            return False
        message = "Each line is a paragraph; an empty line between two says so everywhere."
        span = Span(self._source.key, *bounds[lines.index(touching[0])])
        self.findings.setdefault(True, Diagnostic("STR042", Severity.INFO, message, span))
        return True

    def ended(self, run: Run, *, quoted: bool) -> Run:
        """Give a paragraph with the ends of its lines stated, where they are no prose."""
        lines = [line.strip() for line in self._source.line_end.split(run.text)]
        widest, firsts = max(map(len, lines)), "".join(_firsts(lines))
        odd = firsts == firsts.swapcase() or any(sign in run.text for sign in "`<|")
        if self.named or not lines[1:] or widest > _WIDEST or odd:
            return run
        small, long = self._wrapped
        if small > long or not (lines[2:] or (long and (quoted or widest <= _CLOSE))):
            return run
        ragged = any(len(line) + 1 + len(below.split()[0]) <= widest for line, below in pairwise(lines))
        stops = sum(1 for line in lines[:-1] if _STOPS.search(line))
        reads = stops * 2 < len(lines) and (ragged or (long > 0 and widest <= _NARROW))
        reads = reads and len(firsts) == len(lines) and not any(map(str.islower, firsts))
        ends = [one.start() for one in self._source.line_end.finditer(run.text)]
        bare = [at for at in ends if not run.text.endswith(("\\", "  "), 0, at)]
        if bare and (reads or (long and lines[2:])) and (span := run.span(0, len(run))):
            how = "kept as typed" if reads else "joined, as Markdown says"
            message = f"Short lines are {how}; a backslash at the end of a line keeps it everywhere."
            self.findings.setdefault(reads, Diagnostic("STR042", Severity.INFO, message, span))
        return run.apply([Edit(at, at, "\\", "") for at in bare if reads])

    def below(self, start: int, *, signed: bool) -> Iterator[str]:
        """Give the lines after a line that ends at an offset, `signed` without the signs that quote them."""
        ends = chain(self._source.line_end.finditer(self._source.text, start), (None,))
        for above, end in pairwise(ends):
            text = self._source.text[above.end() if above else 0 : end.start() if end else None]
            yield text[sign.end() :] if signed and (sign := QUOTED.match(text)) else text

    def comment(self, start: int, text: str) -> int:
        """Give where a comment ends that begins in this line, and nothing follows it; 0 for none."""
        bare = text.lstrip()
        if bare[0] in "{+" and _PUT_IN.match(self._source.text, start + len(text) - len(bare)):
            return start + len(text)
        sign = next((sign for sign in _COMMENTS if bare.startswith(sign)), "")
        if not sign or sign in self._unclosed:
            return 0
        begin = start + len(text) - len(bare) + len(sign)
        again = self._source.text.find(sign, begin) if sign[0] == "{" else -1
        end = self._source.text.find(_COMMENTS[sign], begin, again if again >= 0 else None)
        if end < 0:
            self._unclosed |= {sign: 1} if again < 0 else {}
            return 0
        end += len(_COMMENTS[sign])
        below = self._source.line_end.search(self._source.text, end)
        rest = self._source.text[end : below.start() if below else None]
        return 0 if rest.strip() or MARK.search(self._source.text, start, end) else end

    def code(self, start: int, text: str, quoted: int = 0, column: int = 0) -> InLines | None:
        """Give the code that begins with this line; None where it does not, or nothing closes it.

        All its lines begin with `quoted` signs of quotation, or are set in by as much as a `column`, which
        belongs to the entry of a list.
        """
        opening = _CODE.fullmatch(_margin(column).sub("", text, 1))
        if opening is None:
            return None
        sign, size = opening["sign"][0] + ">" * quoted, len(opening["sign"])
        if size >= self._unclosed.get(sign, size + 1):
            return None
        begin, ends = start + len(text), self._source.line_end.pattern
        prefix = (r"[ \t]{0,3}" + r">[ \t]?" * quoted if quoted else "") + rf"[ \t]{{0,{column}}}"
        closing = re.compile(rf"(?:{ends}){prefix}[ ]{{0,3}}{sign[0]}{{{size},}}[ \t]*(?={ends}|\Z)")
        found = closing.search(self._source.text, begin)
        lines = list(self._verbatim(begin, found.start(), re.compile(prefix))) if found else []
        if found is None or None in lines:
            self._unclosed |= {} if found else {sign: size}
            return None
        if opening[0].strip().strip("~") == "" and self._has_space_inside(begin, found.start()):
            return None
        close = self._source.line_end.match(self._source.text, found.start())
        assert close is not None
        key = self._source.key
        syntax = [Span(key, start, begin), Span(key, close.end(), found.end())]
        kept = tuple((low, high, blanks) for _, low, high, blanks in filter(None, lines) if high > low)
        syntax += [Span(key, line[0], line[1]) for line in lines if line and line[1] > line[0]]
        return InLines(Fence.CODE, kept, tuple(syntax), (0,) * len(kept), found.end())

    def _has_space_inside(self, begin: int, end: int) -> bool:
        """Tell whether white space stands between two rows of signs and the text: they break scenes then."""
        inner = self._source.text[begin:end]
        ends = self._source.line_end.findall(inner[: len(inner) - len(inner.lstrip())])
        return len(ends) > 1 and inner[len(inner.rstrip()) :].strip(" \t") != ""

    def _verbatim(
        self, begin: int, end: int, prefix: re.Pattern[str]
    ) -> Iterator[tuple[int, int, int, int] | None]:
        """Give lines of code: begin, begin of its own signs, end, blank lines above; None for another's."""
        blanks, start = 0, begin
        for match in [*self._source.line_end.finditer(self._source.text, begin, end), None]:
            stop = match.start() if match else end
            own = prefix.match(self._source.text, start, stop)
            if own is None and start > begin:
                yield None
            elif own and self._source.text[own.end() : stop].strip():
                yield start, own.end(), stop, blanks
                blanks = 0
            elif own and start > begin:
                yield start, own.end(), own.end(), 0
                blanks += 1
            start = match.end() if match else end

    def lines(self, place: tuple[int, int], above: Line | None, within: Within) -> InLines | None:
        """Give the lines of a paragraph that keeps them; None for any other, as it stands below a line.

        Of a quotation, or of the entry of a list, only code keeps them.
        """
        signs, column = within
        lines = [((signs or {}).get(low, low), high) for low, high in self._bounds(*place)]
        texts = [self._source.text[slice(*line)] for line in lines]
        bare = signs is None and not column
        if bare and texts[0].lstrip(" \t").startswith("|"):
            return self._barred(lines, texts) if texts[1:] else None
        if any(_columns(text) < _SET_IN + column for text in texts):
            return None
        goes_on = above is not None and above.fence is Fence.CODE and above.indent > 0
        if goes_on or ((not bare or not self._sets_in) and is_code(texts)):
            margins = [len(text) - len(_margin(_SET_IN + column).sub("", text, 1)) for text in texts]
            inner = [(low + margin, high, 0) for (low, high), margin in zip(lines, margins, strict=True)]
            return InLines(Fence.CODE, tuple(inner), (), (_SET_IN,) * len(inner))
        if not bare or self._sets_in or not texts[1:]:
            return None
        if all(len(text.strip()) > _WRAPPED for text in texts[:-1]):
            return InLines(Fence.QUOTATION, ((*place, 0),), (), (0,))
        return self._kept(lines, texts)

    def _bounds(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for match in self._source.line_end.finditer(self._source.text, start, end):
            yield start, match.start()
            start = match.end()
        yield start, end

    @staticmethod
    def _kept(lines: list[tuple[int, int]], texts: list[str]) -> InLines:
        columns = [_columns(text) for text in texts]
        margin = min(columns)
        indents = tuple(own - margin for own in columns)
        return InLines(Fence.VERSE, tuple((*line, 0) for line in lines), (), indents)

    def _barred(self, lines: list[tuple[int, int]], texts: list[str]) -> InLines | None:
        """Give lines behind bars; one without goes on with that above it, and begins with a space."""
        if not all(_BAR.match(text) or text[0] in " \t" for text in texts) or all(
            text.rstrip().endswith("|") and text.strip() != "|" for text in texts
        ):
            return None
        found: list[tuple[int, int, int]] = []
        indents: list[int] = []
        syntax: list[Span] = []
        blanks = 0
        for (start, end), text in zip(lines, texts, strict=True):
            bar = _BAR.match(text)
            if bar is None and found and not blanks:
                found[-1] = (found[-1][0], end, found[-1][2])
                continue
            if bar:
                at = start + text.index("|")
                syntax.append(Span(self._source.key, at, at + 1))
            inner = bar.end() if bar else 0
            if not text[inner:].strip():
                blanks = 1
                continue
            found.append((start + inner, end, blanks))
            indents.append(_columns(text[inner:]))
            blanks = 0
        return InLines(Fence.VERSE, tuple(found), tuple(syntax), tuple(indents)) if found else None


@cache
def _margin(columns: int) -> re.Pattern[str]:
    """Give what sets a line in by so many columns."""
    tabs, rest = divmod(columns, _SET_IN)
    return re.compile(rf"\A(?: {{0,3}}\t| {{4}}){{{tabs}}} {{0,{rest}}}")


_OPENS_CODE = lazily(r"\s*(?:\$ |>>> |#!/|#include\b|<\?\w)")


def is_code(lines: Sequence[str]) -> bool:
    """Tell whether most of some lines have signs of code; a single one must not end as sentences do."""
    if lines and _OPENS_CODE.match(lines[0]):
        return True
    if len(lines) == 1 and lines[0].rstrip()[-1:] in {*'.!?…;,"”'}:
        return False
    return sum(1 for line in lines if _CODE_SIGNS.search(line)) * 2 > len(lines)


def _firsts(lines: Sequence[str]) -> list[str]:
    return [next(filter(str.isalnum, line), "") for line in lines]


def _columns(text: str) -> int:
    return len(text[: len(text) - len(text.lstrip())].replace("\t", _TAB))
