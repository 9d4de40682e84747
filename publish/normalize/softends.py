"""Lines that mail broke, each with an equals sign at its end (quoted-printable), put together again."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.draft import Draft, Line
from publish.normalize.ledger import Ledger
from publish.source import Edit, Run, join_lines

_LONGEST = 76
"""Mail breaks lines here, or before it where a sign of several letters would not fit (RFC 2045, 6.7)."""
_SHORTEST = 66
_LEAST = 2
_MOSTLY = 0.8


def joined(draft: Draft, ledger: Ledger) -> Draft:
    """Put the lines of a text together that mail broke; a text that mail did not break stays as it is."""
    may = [line for line in draft.lines if line.run.text[-1:] == "="] if not draft.marked else []
    soft = [line for line in may if _is_soft(line)]
    long = [line for line in soft if _SHORTEST <= len(line.run.text) + line.indent <= _LONGEST]
    if len(soft) < _LEAST or len(long) < _MOSTLY * len(soft):
        return draft
    return replace(draft, lines=tuple(_whole(lines, ledger) for lines in _groups(draft.lines)))


def _is_soft(line: Line) -> bool:
    return line.run.text.endswith("=") and not line.run.text.endswith("==")


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the lines, those together that belong to one."""
    group: list[Line] = []
    for line in lines:
        if group and not (_is_soft(group[-1]) and not line.blanks_above):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _whole(lines: list[Line], ledger: Ledger) -> Line:
    if len(lines) == 1:
        return lines[0]
    runs = [_without_sign(line.run, ledger) for line in lines[:-1]]
    # An indent is the space between two words.
    spaced = [below.indent > 0 for below in lines[1:]]
    return replace(lines[0], run=join_lines([*runs, lines[-1].run], spaced))


def _without_sign(run: Run, ledger: Ledger) -> Run:
    end = len(run.text)
    return ledger.apply(run, [Edit(end - 1, end, "", "ENC010", "A line that mail broke (quoted-printable).")])
