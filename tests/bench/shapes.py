"""Books of unusual shape or kind: very many chapters, very many pictures, a document of a word processor."""

import random
from html import escape
from pathlib import Path

from tests.bench import novels
from tests.office import docx, p, r

CHAPTERS, PICTURES = 1_000, 400
_SIDE = (1200, 1600)
"""Pixels of a picture, of which each is another."""
_HEAD = "---\ntitle: The War and the Winter\nauthor: Ada Marsh\nlanguage: en\n---\n"


def many_chapters(folder: Path) -> Path:
    """Write a book of a thousand chapters, three paragraphs each."""
    words = novels.VOCABULARY.split()
    dice = random.Random(CHAPTERS)
    text = [_HEAD]
    for number in range(1, CHAPTERS + 1):
        text.append(f"\n# Chapter {number}\n")
        text += (f"\n{' '.join(dice.choices(words, k=150)).capitalize()}.\n" for _ in range(3))
    path = folder / "chapters.md"
    path.write_text("".join(text), "utf-8")
    return path


def document(folder: Path, size: int) -> Path:
    """Write a novel of some `size` characters as a DOCX, each typed line a run as pandoc has it."""
    parts: list[str] = []
    for paragraph in novels.raw(size).split("\n\n"):
        lines = [escape(line) for line in paragraph.split("\n") if line.strip()]
        heading = len(lines) == 1 and lines[0].isupper()
        if lines:
            runs = [run for line in lines for run in (r(line), r(" "))][:-1]
            parts.append(p(*runs, style="berschrift1" if heading else ""))
    path = folder / "novel.docx"
    path.write_bytes(docx("".join(parts)))
    return path


def many_pictures(folder: Path) -> Path:
    """Write a book of four hundred photographs, ten to a chapter, some 150 MB of them."""
    from PIL import Image

    text = [_HEAD]
    for number in range(PICTURES):
        name = f"picture-{number}.jpg"
        noise = Image.effect_noise((_SIDE[0] // 4, _SIDE[1] // 4), 40 + number % 60)
        noise.resize(_SIDE).convert("RGB").save(folder / name, quality=90)
        heading = f"\n# Chapter {number // 10 + 1}\n" if number % 10 == 0 else ""
        text.append(f"{heading}\nThe river was high that year.\n\n![Photograph {number}]({name})\n")
    path = folder / "pictures.md"
    path.write_text("".join(text), "utf-8")
    return path
