"""Books of unusual shape: very many chapters, very many pictures."""

from __future__ import annotations

import random
from pathlib import Path

from tests.bench import novels

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
