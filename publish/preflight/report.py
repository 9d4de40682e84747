"""What a preflight found, for people and for programs."""

from collections.abc import Iterator, Sequence

from publish.lint import RULES
from publish.preflight.rules import Fault, Preflight

_SHOWN = 6
"""Ranges of pages that are named."""


def as_text(found: Preflight) -> str:
    """Write each rule with whether it is kept, and what breaks it."""
    return "".join(line + "\n" for line in _lines(found))


def _lines(found: Preflight) -> Iterator[str]:
    store = found.store
    told = f"; rules of {store.dated}" if store.source else ""
    yield f"{found.path}: {found.pages:,} page{'s' if found.pages > 1 else ''}, for {store.title}{told}"
    broken = {fault.code for fault in found.faults}
    for code in found.checked:
        yield f"  {code} {'FAIL' if code in broken else 'pass'}  {RULES[code].name}"
        yield from (f"      {_told(fault)}" for fault in found.faults if fault.code == code)
    kept = len(found.checked) - len(broken)
    yield f"{found.path}: {kept} of {len(found.checked)} rules kept"


def _told(fault: Fault) -> str:
    return f"{fault.message} ({_pages(fault.pages)})" if fault.pages else fault.message


def _pages(numbers: Sequence[int]) -> str:
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    shown = ", ".join("–".join(map(str, pair)) for pair in ranges[:_SHOWN])
    more = f" and {len(ranges) - _SHOWN} more places" if len(ranges) > _SHOWN else ""
    return f"page{'s' if len(numbers) > 1 else ''} {shown}{more} of the file"


def as_data(found: Preflight) -> dict[str, object]:
    """Give the same as plain data for JSON."""
    broken = {fault.code for fault in found.faults}
    return {
        "file": found.path,
        "for": found.store.name,
        "source": found.store.source,
        "dated": found.store.dated,
        "pages": found.pages,
        "rules": [
            {"code": code, "name": RULES[code].name, "passed": code not in broken} for code in found.checked
        ],
        "findings": [
            {
                "code": fault.code,
                "severity": RULES[fault.code].severity.name.lower(),
                "message": fault.message,
                "pages": list(fault.pages),
            }
            for fault in found.faults
        ],
    }
