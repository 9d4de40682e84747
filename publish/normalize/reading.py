"""What is known about the lines of a manuscript while headings are looked for."""

from collections.abc import Callable, Collection
from functools import cached_property

from msgspec import Struct

from publish.normalize.sheet import Sheet, words_folded

_LEAST_LINES = 12
_FEW = 25
"""One line in so many may stand below white space where paragraphs touch each other."""


_TOP = 9
"""Blank lines that the top of a page or of a file counts as."""
_LONGEST_LISTED = 200
_WIDEST = 130
"""Columns of a line that ends where a screen ended."""
_WIDEST_WRAPPED = 75
"""Characters."""


class Reading(Struct, frozen=True, dict=True):
    """What is known about the sheet when headings are looked for."""

    sheet: Sheet
    dropped: Collection[int]
    """Lines that are furniture."""
    contents: frozenset[str] = frozenset()
    """Folded titles of a contents list."""
    beacons: Collection[int] = ()
    """Lines of furniture that stand at the top of a post."""
    counters: Collection[int] = ()
    """Lines of a number and a word that number no chapter."""
    common: Callable[[], Collection[int]] = tuple
    """Gives the lines that come back through the manuscript, and so are no titles; few books ask for them."""

    @cached_property
    def in_whole_lines(self) -> bool:
        """Whether most of the text stands in lines that are whole paragraphs."""
        long = sum(len(text) for text in self.sheet.texts if len(text) > _WIDEST_WRAPPED)
        return 2 * long > sum(map(len, self.sheet.texts))

    def is_listed(self, index: int) -> bool:
        """Tell whether the contents list has a line among its titles, which may have any form."""
        text = self.sheet.texts[index]
        return bool(self.contents) and len(text) <= _LONGEST_LISTED and words_folded(text) in self.contents

    def after(self, index: int) -> int | None:
        """Give the next line that is text."""
        dropped, starts = self.dropped, self.sheet.starts
        for following in range(index + 1, len(self.sheet.lines)):
            if following not in dropped:
                return None if following in starts else following
        return None

    def gap(self, index: int) -> int:
        """Give the blank lines above, furniture between seen through."""
        return self.gaps[index]

    @cached_property
    def closed_up(self) -> bool:
        """Whether paragraphs touch each other nearly everywhere, so that white space sets nothing off."""
        lines = self.sheet.lines
        apart = sum(line.blanks_above > 0 for line in lines)
        return len(lines) >= _LEAST_LINES and apart * _FEW <= len(lines)

    @cached_property
    def width(self) -> int:
        """Characters of the widest lines, a few apart that stick out; 0 where lines are whole paragraphs."""
        widths = sorted(map(len, self.sheet.texts))
        widest = widths[len(widths) * 9 // 10] if widths else 0
        return widest if widest <= _WIDEST else 0

    @cached_property
    def unwrapped(self) -> bool:
        """Whether paragraphs are typed in one line each: many are longer than any screen is wide."""
        texts = self.sheet.texts
        return sum(len(text) > _WIDEST for text in texts) * _FEW >= len(texts)

    @cached_property
    def gaps(self) -> list[int]:
        """The blank lines above each line, for who asks of all of them."""
        gaps = [_TOP if line.page_break else line.blanks_above for line in self.sheet.lines]
        for index in self.sheet.starts:
            gaps[index] = _TOP
        starts = {*self.sheet.starts, len(gaps)}
        following, top, above = -1, False, 0
        for index in sorted(self.dropped):
            beside = index == following
            following = index + 1
            top = index in starts or (beside and top)
            above = max(above if beside else 1, self.sheet.lines[index].blanks_above)
            if following not in starts and not self.sheet.lines[following].page_break:
                gaps[following] = _TOP if top else max(gaps[following], above)
        return gaps
