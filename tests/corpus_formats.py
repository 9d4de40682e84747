"""The corpus as documents of other formats: made by pandoc or LibreOffice, or wrapped as blogs export them.

`python -m tests.corpus_formats docx odt-bold office:docx --pattern candide` prints the score of each book in
each form and ends with 1 where one falls below the floor.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import msgspec
from msgspec import Struct

from publish.build import conversion
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
    "rtf": ".rtf",
    "doc": ".doc",
}
"""Formats of pandoc, and how their files are called."""


LEAST, LEAST_UNSTYLED = 0.98, 0.96
"""Composites below which no book may fall, with headings that are styled and with others."""


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
    import pypandoc

    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        command = [pypandoc.get_pandoc_path(), "-f", "html", "-t", to, "-s", "-o", str(made)]
        subprocess.run(command, input=text.encode(), check=True, capture_output=True)
        return made.read_bytes()


def by_office(text: str, to: str) -> bytes:
    """Give a page in another format, made by LibreOffice; FileNotFoundError where it is not installed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(text, "utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [conversion.program() or "soffice", profile, "--headless", "--infilter=HTML (StarWriter)"]
        command += ["--convert-to", to, "--outdir", name, str(folder / "page.html")]
        subprocess.run(command, check=True, capture_output=True)
        return (folder / f"page.{to}").read_bytes()


def scored(name: str, data: bytes, truth: Any) -> Result:
    """Build a file of any format and score the book; `name` is what the file is called."""
    with TemporaryDirectory() as folder:
        path, told = Path(folder) / name, Path(folder) / "answer.json"
        path.write_bytes(data)
        told.write_bytes(msgspec.json.encode(truth))
        job = corpus.Job("formats", path.stem, path.suffix)
        return corpus._scored(job, "", path, told)


# --- Blogs -----------------------------------------------------------------------------------------------


class Posted(Struct, frozen=True):
    """One post: its title, its day, and its lines by kind, as the generator of the corpus has them."""

    title: str
    day: str
    lines: tuple[tuple[str, str], ...]


def blog(book: str, recipe: str, seed: str = "") -> tuple[list[Posted], Any]:
    """Give a messy manuscript of the corpus as posts, the newest first, and its answer.

    Posts were written in reading order, a week apart. What stands above the first of them is no post.
    """
    generator = corpus._module("make_inputs")
    held: list[list[tuple[str, str]]] = []

    def kept(_made: Any, out: list[tuple[str, str]]) -> str:
        held.append(out)
        return ""

    left = ("chars", "bytes", "newline", "order")
    truth = corpus._truth(book)
    # Where no number comes back each is told from the others without the name of what holds it.
    parts = {"parts": "each"} if generator.restarts(corpus._whole(truth, 0, None)) else {}
    settings = {key: value for key, value in generator.BY[recipe].items() if key not in left}
    with (
        mock.patch.object(generator.Make, "lay", kept),
        mock.patch.object(generator.Make, "encode", return_value=b""),
        mock.patch.dict(generator.SEEDS, open=seed or generator.SEEDS["open"]),
    ):
        made = generator.Make(
            truth,
            parts | settings | {"order": "reversed"},
            "open",
            corpus.MAX_WORDS,
        )
        side = made.run()[1]
    return list(_posts(held[0])), side


def _posts(out: Sequence[tuple[str, str]]) -> Iterator[Posted]:
    heads = [at for at, (kind, _) in enumerate(out) if kind == "head"]
    for place, (start, end) in enumerate(pairwise([*heads, len(out)])):
        day = date(2015, 1, 1) + timedelta(weeks=len(heads) - place)
        yield Posted(out[start][1].strip().replace("\n", ": "), day.isoformat(), tuple(out[start + 1 : end]))


def _content(post: Posted) -> str:
    return "\n".join(_paragraph(kind, text) for kind, text in post.lines if kind != "raw")


def _paragraph(kind: str, text: str) -> str:
    said = "&nbsp;" if kind == "sb" and not text else escape(text, quote=False)
    return f"<p>{said}</p>".replace("\n", "<br>\n")


_ITEM = """<item><title>{title}</title><pubDate>Thu, 01 Jan 2015 00:00:00 +0000</pubDate>
<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_date><![CDATA[{day} 09:00:00]]></wp:post_date>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"""
_ARTICLE = """<article class="post"><header><h2><a href="/p">{title}</a></h2><p>Postet am <time
datetime="{day}T09:00:00+01:00">{day}</time> von <a href="/a">Ada</a></p></header>{text}
<div class="sharedaddy"><ul><li><a href="/t">Teilen</a></li></ul></div></article>"""
_PAGE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Mein Blog</title>
<script>x()</script></head><body><header class="site-header"><a href="/">Mein Blog</a><nav><ul>
<li><a href="/1">Start</a></li><li><a href="/2">Wer ich bin</a></li></ul></nav></header><main>{posts}</main>
<aside class="sidebar"><h2>Neueste Beiträge</h2><ul><li><a href="/3">Noch einer</a></li></ul></aside>
<footer>Stolz präsentiert</footer></body></html>"""


def wrapped(posts: Sequence[Posted], form: str) -> bytes:
    """Give posts as an export of WordPress ("wxr") or as a saved page ("page")."""
    shape = _ITEM if form == "wxr" else _ARTICLE
    items = (shape.format(title=escape(post.title), day=post.day, text=_content(post)) for post in posts)
    if form == "wxr":
        return f"<rss><channel><title>Blog</title>{''.join(items)}</channel></rss>".encode()
    return _PAGE.format(posts="".join(items)).encode()


def blogs(chosen: Sequence[tuple[str, str]], wanted: Sequence[str]) -> Iterator[tuple[str, Result]]:
    """Score messy manuscripts as blogs."""
    for book, recipe in chosen:
        posts, side = blog(book, recipe)
        for form in wanted:
            name = f"{book}.{recipe}.{form}"
            yield name, scored(f"{name}{'.xml' if form == 'wxr' else '.html'}", wrapped(posts, form), side)


def forms(books: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, Result]]:
    """Score books in some forms: a format of pandoc, with "-bold" or "-centred" for its headings.

    "office:" before it has LibreOffice make it.
    """
    for book in books:
        truth = answer(book)
        for form in wanted:
            by, _, kind = form.rpartition(":")
            to, _, headings = kind.partition("-")
            make = by_office if by else converted
            data = make(page(truth, headings or STYLED), to)
            yield f"{book}.{form}", scored(f"{book}{SUFFIXES[to]}", data, truth)


def main() -> int:
    """Print a line for each book and form; 1 where one that is no blog falls below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", nargs="+")
    parser.add_argument("--pattern", default="")
    given = parser.parse_args()
    short = 0
    books = [book for book in corpus.books() if re.search(given.pattern, book)]
    wrappers = [form for form in given.forms if form in ("wxr", "page")]
    messy = (
        [(b, r) for b, r in corpus._chosen("suite", "") if re.match("order|mix|fur", r)] if wrappers else []
    )
    messy = [(b, r) for b, r in messy if re.search(given.pattern, f"{b}.{r}")]
    made = blogs(messy, wrappers) if wrappers else forms(books, given.forms)
    for name, result in made:
        shown = f"{result.composite} division {result.division} order {result.exact_order} lost {result.lost}"
        shown += f" uncertain {result.uncertain}"
        print(f"{name:<32} {shown} invented {result.invented} broken {result.broken}", flush=True)
        print(
            *(f"    {what}: {' | '.join(some[:4])}" for what, some in result.examples.items()),
            result.error,
            sep="\n",
        )
        floor = LEAST_UNSTYLED if name.endswith(("-bold", "-centred")) else LEAST
        short += not wrappers and bool(
            result.error or result.lost or result.broken or (result.composite or 0) < floor
        )
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main())
