"""The corpus as documents of other formats: made by pandoc from a page, or wrapped as blogs export them.

`python -m tests.corpus_formats html html-bold --pattern candide` prints the score of each book in each form.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from tests import corpus
from tests.corpus_floors import Result

TITLE, STYLED, BOLD, CENTRED = "title", "styled", "bold", "centred"
SUFFIXES = {
    "html": ".html",
    "markdown": ".md",
    "commonmark": ".md",
    "gfm": ".md",
    "docx": ".docx",
    "odt": ".odt",
    "epub": ".epub",
}
"""Formats of pandoc, and how their files are called."""


def answer(book: str, words: int = corpus.MAX_WORDS) -> Any:
    """Give what a book of the corpus is, cut to so many words."""
    generator, truth = corpus._module("make_inputs"), corpus._whole(corpus._truth(book), 0, None)
    return generator.cut(truth, words, Random(book)) if words else truth


def page(truth: Any, headings: str = STYLED) -> str:
    """Give a book as a page: `headings` are elements, or paragraphs that are only bold or only centred."""
    blocks: dict[int, list[Any]] = {}
    for block in truth["blocks"]:
        blocks.setdefault(block["div"], []).append(block)
    head = f'<title>{escape(truth["title"])}</title><meta name="author" content="{escape(truth["author"])}">'
    parts = [
        f'<!DOCTYPE html><html lang="{truth["language"]}"><head><meta charset="utf-8">{head}</head><body>'
    ]
    for number, division in enumerate(truth["divisions"]):
        parts += _heading(division, headings)
        parts += map(_block, blocks.get(number, ()))
    return "\n".join([*parts, "</body></html>"])


def _heading(division: Any, headings: str) -> Iterator[str]:
    if not division.get("headed", True):
        return
    said = heading_text(division)
    level = min(6, division["depth"])
    match headings:
        case "bold":
            yield f"<p><strong>{escape(said)}</strong></p>"
        case "centred":
            yield f'<div style="text-align:center"><p>{escape(said)}</p></div>'
        case _:
            yield f"<h{level}>{escape(said)}</h{level}>"
    if division.get("subtitle"):
        yield f"<p><em>{escape(division['subtitle'])}</em></p>"


def heading_text(division: Any) -> str:
    """Give the words of a heading as authors type them: "Chapter IV: The Road"."""
    label = division.get("label") or division["kind"].title()
    number = division.get("ordinal") or division.get("number")
    bare = division["kind"] in ("section", "poem", "story") and not division.get("label")
    said = "" if number is None else str(number) if bare else f"{label} {number}"
    title = division.get("title") or ""
    return f"{said}: {title}" if said and title else said or title or label


def _block(block: Any) -> str:
    if block["kind"] == "scene_break":
        return "<hr>"
    return f"<p>{escape(block['text'], quote=False)}</p>".replace("\n", "<br>\n")


def converted(text: str, to: str) -> bytes:
    """Give a page in another format, made by pandoc."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        command = ["pandoc", "-f", "html", "-t", to, "-s", "-o", str(made)]
        subprocess.run(command, input=text.encode(), check=True, capture_output=True)
        return made.read_bytes()


def scored(name: str, data: bytes, truth: Any) -> Result:
    """Build a file of any format and score the book; `name` is what the file is called."""
    with TemporaryDirectory() as folder:
        path, told = Path(folder) / name, Path(folder) / "answer.json"
        path.write_bytes(data)
        told.write_bytes(msgspec.json.encode(truth))
        job = corpus.Job("formats", path.stem, path.suffix)
        return corpus._scored(job, "", path, told)


def forms(books: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, Result]]:
    """Score books in some forms: a format of pandoc, with "-bold" or "-centred" for its headings."""
    for book in books:
        truth = answer(book)
        for form in wanted:
            to, _, headings = form.partition("-")
            data = converted(page(truth, headings or STYLED), to)
            yield f"{book}.{form}", scored(f"{book}{SUFFIXES[to]}", data, truth)


def main() -> int:
    """Print a line for each book and form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", nargs="+")
    parser.add_argument("--pattern", default="")
    given = parser.parse_args()
    books = [book for book in corpus.books() if re.search(given.pattern, book)]
    for name, result in forms(books, given.forms):
        shown = f"{result.composite} division {result.division} order {result.exact_order} lost {result.lost}"
        print(f"{name:<32} {shown} invented {result.invented} broken {result.broken}", flush=True)
        print(
            *(f"    {what}: {' | '.join(some[:4])}" for what, some in result.examples.items()),
            result.error,
            sep="\n",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
