"""Sections composed, several at a time where that pays, and kept for the next time.

What a section comes to hangs on nothing but its text and pictures, the stylesheet, the faces and the page: it
is composed for either side on which it may begin, since only the pages before it tell which. A book that is
made again, in a process that stays, needs only the sections that changed.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from hashlib import blake2b
from typing import Any

from msgspec import Struct

from publish.fonts import faces
from publish.garbage import unsought
from publish.pdf import composer, remembered
from publish.pdf.composer import hyphens
from publish.pdf.geometry import Geometry

_WORTH_A_POOL = 120_000
"""Characters from which on several processes are faster than one."""
_MOST_WORKERS = 8
_MOST_KEPT = 2_000
_LANGUAGE = re.compile(' lang="([^"]*)"')
_IMAGE = re.compile('<img src="([^"]*)"')
_kept: dict[bytes, Composed] = {}
"""By digest of all that a section hangs on, the least recently used first."""


class Task(Struct, frozen=True):
    """A section to be composed."""

    start: str
    """Start tag of its document."""
    body: str
    grows: bool
    """Whether its spreads may be a line longer than a page."""


class Composed(Struct, frozen=True, array_like=True):
    """A section's pages; none where only WeasyPrint can set it."""

    right: composer.Painting | None = None
    """As they are where the first of them is a right-hand page."""
    left: composer.Painting | None = None
    """Where it is a left-hand one; nothing where they are the same."""

    def from_page(self, number: int) -> composer.Painting | None:
        """Give the pages of which the first has a number."""
        return self.right if number % 2 else self.left or self.right


class Workshop:
    """Composes the sections of one book on one kind of page."""

    def __init__(self, press: Any, page: Geometry, css: str, *, measured: bool = False) -> None:
        """Take the press that applies the stylesheet `css`; `measured` keeps the lines for a report."""
        self.press = press
        self.page = page
        self.measured = measured
        files = [face.path for family in press.families for face in faces(family)]
        held = css, page, measured, [(str(path), remembered.stamp(path)) for path in files]
        self.basis = blake2b(repr(held).encode() + remembered.program()).digest()

    def compose(self, tasks: Sequence[Task]) -> list[Composed]:
        """Give the pages of each section."""
        keys = [self._key(task) for task in tasks]
        wanting = {key: task for key, task in zip(keys, tasks, strict=True) if key not in _kept}
        for key in [] if self.measured else list(wanting):
            if (known := remembered.recall(key, Composed)) is not None:
                _kept[key] = known
                del wanting[key]
        if wanting:
            _kept.update(zip(wanting, self._made(list(wanting.values())), strict=True))
            remembered.tidy()
        found = [_kept.pop(key) for key in dict.fromkeys(keys)]
        _kept.update(zip(dict.fromkeys(keys), found, strict=True))
        composed = [_kept[key] for key in keys]
        for key in list(_kept)[: max(0, len(_kept) - _MOST_KEPT)]:
            del _kept[key]
        return composed

    def _key(self, task: Task) -> bytes:
        text = f"{task.start}\0{task.grows}\0{task.body}".encode("utf-8", "surrogatepass")
        shown = (self.press.pictures[name].digest for name in _IMAGE.findall(task.body))
        return blake2b(b"".join([self.basis, text, *shown]), digest_size=20).digest()

    def _made(self, tasks: Sequence[Task]) -> list[Composed]:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        workers = min(len(tasks), processors or 1, _MOST_WORKERS)
        forks = "fork" in multiprocessing.get_all_start_methods()
        if workers > 1 and forks and sum(len(task.body) for task in tasks) >= _WORTH_A_POOL:
            try:
                return self._shared(tasks, workers)
            except (BrokenProcessPool, OSError):
                pass  # Where processes cannot be had, or are ended, one does all.
        return [self.made(task) for task in tasks]

    def _shared(self, tasks: Sequence[Task], workers: int) -> list[Composed]:
        """Deal the sections out to processes that inherit stylesheet and faces."""
        global _workshop  # noqa: PLW0603  (the processes find it where they forked)
        _workshop = self
        if language := _LANGUAGE.search(tasks[0].start):
            # Each would else read them: half a second for German.
            hyphens.patterns(language[1])
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))
        try:
            return list(pool.map(_made_there, tasks))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            _workshop = None

    def made(self, task: Task) -> Composed:
        """Compose one section and remember it at once, for a build may be ended at any moment."""
        made = self._composed(task)
        if not self.measured:
            remembered.keep(self._key(task), made)
        return made

    def _composed(self, task: Task) -> Composed:
        with unsought(after=True):
            try:
                read, right, left = self._planned(task, {})
                if low := composer.crowded_out(read, right or [], self.page):
                    read, right, left = self._planned(task, low)
            except composer.Strange:
                return Composed()
            if not right or not left:
                return Composed()
            painter = composer.Painter(self.page)
            sides = [right] if left == right else [right, left]
            return Composed(*(composer.paint(read, one, painter, measured=self.measured) for one in sides))

    def _planned(self, task: Task, low: Mapping[int, float]) -> tuple[Any, Any, Any]:
        """Set a section and give it with its pages for either side; `low` are heights of smaller pictures."""
        read = composer.typeset(composer.read_section(self.press, task.start, task.body, self.page, low))
        right, left = (
            composer.plan(read, self.page.lines, starts_right=side, grows=task.grows)
            for side in (True, False)
        )
        return read, right, left


_workshop: Workshop | None = None


def _made_there(task: Task) -> Composed:
    assert _workshop is not None
    return _workshop.made(task)
