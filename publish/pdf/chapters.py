"""Sections composed, several at a time where that pays, and kept for the next time.

What a section comes to hangs on nothing but its text and pictures, the stylesheet, the faces and the page: it
is composed for either side on which it may begin, since only the pages before it tell which. A book that is
made again, in a process that stays, needs only the sections that changed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from msgspec import Struct

from publish.fonts import faces
from publish.pdf import composer, remembered
from publish.pdf.geometry import Geometry

_WORTH_A_POOL = 120_000
"""Characters from which on several processes are faster than one."""
_MOST_WORKERS = 8
_MOST_KEPT = 2_000
_IMAGE = re.compile('<img src="([^"]*)"')
_kept: dict[bytes, Composed | None] = {}
"""By digest of all that a section hangs on, the least recently used first."""


class Task(Struct, frozen=True):
    """A section to be composed."""

    start: str
    """Start tag of its document."""
    body: str
    grows: bool
    """Whether its spreads may be a line longer than a page."""


class Composed(Struct, frozen=True):
    """A section's pages, by the side on which the first of them stands."""

    right: composer.Painting
    left: composer.Painting


class Stored(Struct, frozen=True, array_like=True):
    """A composed section in the cache; without a left side where both are the same, and nothing for None."""

    right: composer.Painting | None
    left: composer.Painting | None

    @classmethod
    def of(cls, made: Composed | None) -> Stored:
        """Give the stored form."""
        if made is None:
            return cls(None, None)
        return cls(made.right, made.left if made.left is not made.right else None)

    def composed(self) -> Composed | None:
        """Give what was stored."""
        return Composed(self.right, self.left or self.right) if self.right else None


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

    def compose(self, tasks: Sequence[Task]) -> list[Composed | None]:
        """Give the pages of each section; None for one that only WeasyPrint can set."""
        keys = [self._key(task) for task in tasks]
        wanting = {key: task for key, task in zip(keys, tasks, strict=True) if key not in _kept}
        for key in [] if self.measured else list(wanting):
            if (known := remembered.recall(key, Stored)) is not None:
                _kept[key] = known.composed()
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

    def _made(self, tasks: Sequence[Task]) -> list[Composed | None]:
        workers = min(len(tasks), _cores(), _MOST_WORKERS)
        forks = "fork" in multiprocessing.get_all_start_methods()
        if workers > 1 and forks and sum(len(task.body) for task in tasks) >= _WORTH_A_POOL:
            try:
                return self._shared(tasks, workers)
            except (BrokenProcessPool, OSError):
                pass  # Where processes cannot be had, or are ended, one does all.
        return [self.made(task) for task in tasks]

    def _shared(self, tasks: Sequence[Task], workers: int) -> list[Composed | None]:
        """Deal the sections out to processes that inherit stylesheet and faces."""
        global _workshop  # noqa: PLW0603  (the processes find it where they forked)
        _workshop = self
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))
        try:
            return list(pool.map(_made_there, tasks))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            _workshop = None

    def made(self, task: Task) -> Composed | None:
        """Compose one section and remember it at once, for a build may be ended at any moment."""
        made = self._composed(task)
        if not self.measured:
            remembered.keep(self._key(task), Stored.of(made))
        return made

    def _composed(self, task: Task) -> Composed | None:
        with _no_collection():
            try:
                read, right, left = self._planned(task, {})
                if low := composer.crowded_out(read, right or [], self.page):
                    read, right, left = self._planned(task, low)
            except composer.Strange:
                return None
            if not right or not left:
                return None
            painter = composer.Painter(self.page)
            painted = [
                composer.paint(read, laid, painter, measured=self.measured)
                for laid in ([right] if left == right else [right, left])
            ]
            return Composed(painted[0], painted[-1])

    def _planned(self, task: Task, low: Mapping[int, float]) -> tuple[Any, Any, Any]:
        """Set a section and give it with its pages for either side; `low` are heights of smaller pictures."""
        read = composer.typeset(composer.read_section(self.press, task.start, task.body, self.page, low))
        right, left = (
            composer.plan(read, self.page.lines, starts_right=side, grows=task.grows)
            for side in (True, False)
        )
        return read, right, left


_workshop: Workshop | None = None


def _made_there(task: Task) -> Composed | None:
    assert _workshop is not None
    return _workshop.made(task)


def _cores() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for garbage once, when a section is done, and not again and again while its boxes pile up."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if was_on:
            gc.enable()
