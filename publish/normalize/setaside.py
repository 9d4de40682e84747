"""Second copies of chapters: set aside whole, and what the author is told of them."""

import difflib
from collections.abc import Sequence

from publish.diagnostic import Severity
from publish.document import block_lines, block_texts, notes, prose
from publish.normalize import pieces
from publish.normalize.divisions import Leaf
from publish.normalize.findings import Places, quoted
from publish.normalize.ledger import Ledger
from publish.normalize.order import Solution
from publish.places import toml_text


def copies(solution: Solution, found: Sequence[Leaf], places: Places, ledger: Ledger) -> None:
    """Set the copies of chapters that stand twice aside, whole, and report what differs."""
    for copy in solution.copies:
        kept, dropped = found[copy.kept], found[copy.dropped]
        why = copy.why.rstrip(".") + "."
        note = f"Second copy of “{dropped.heading}”, set aside. Of the one kept: {why}"
        lines = (line for block in dropped.blocks for line in block_lines(block))
        noted = (prose(each.children) for line in lines for each in notes(line))
        for run in (*places.runs(copy.dropped), *noted):
            ledger.drop(run, "STR010", note)
        other = f"the other, “{kept.heading}”," if kept.heading != dropped.heading else "the other"
        message = f"“{dropped.heading}” stands twice; this copy is set aside, {other} is kept: {why} "
        message += _difference(kept, dropped)
        for end in filter(None, (pieces.ending(found, copy.kept), pieces.ending(found, copy.dropped))):
            message += f" Only one goes on, with {quoted(_paragraphs(end))}, which stays in the book."
        chosen = 2 if copy.kept < copy.dropped else 1
        paste = f"[order.copies]\n{toml_text(dropped.heading)} = {chosen}  # this copy"
        ledger.report("STR010", Severity.WARNING, message, places.span(copy.dropped), paste)


def _difference(kept: Leaf, dropped: Leaf) -> str:
    a, b = _paragraphs(kept), _paragraphs(dropped)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    changed = [tag for tag in matcher.get_opcodes() if tag[0] != "equal"]
    if not changed:
        return "The two read the same."
    _, low, high, low2, high2 = changed[0]
    texts = [" ".join(a[low:high]), " ".join(b[low2:high2])]
    # What both begin with for long is not what differs.
    pairs = enumerate(zip(*texts, strict=False))
    alike = next((at for at, (one, other) in pairs if one != other), min(map(len, texts))) - _BEFORE
    start = texts[0].rfind(" ", 0, alike) + 1 if alike > 0 else 0
    there, here = (quoted(["…" * (start > 0) + text[start:]]) for text in texts)
    place = f"first: {there} there, {here} here"
    count = sum(max(op[2] - op[1], op[4] - op[3]) for op in changed)
    return f"They differ in {count} paragraph{'' if count == 1 else 's'} ({place})."


_BEFORE = 20


def _paragraphs(leaf: Leaf) -> list[str]:
    return [text for block in leaf.blocks for text in block_texts(block)]
