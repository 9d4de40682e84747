"""Texts of one kind of sign or line only, by the length wanted: what is slow on them is not linear."""

from collections.abc import Callable

PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: '"' * n,
    "apostrophes": lambda n: "'" * n,
    "hyphens": lambda n: "-" * n,
    "dots": lambda n: "." * n,
    "spaced dots": lambda n: ". " * (n // 2),
    "underscores": lambda n: "_" * n,
    "ampersands": lambda n: "&" * n,
    "no-break spaces": lambda n: "\xa0" * n,
    "garbled": lambda n: "â€™" * (n // 3),
    "accents": lambda n: "e" + "\u0301" * n,
    "one word": lambda n: "é" + "x" * n,
    "accents inside": lambda n: "aé" * (n // 2),
    "lost letters": lambda n: "é" * n + " é\ufffdé",
    "one line": lambda n: "She said “no” and 'tis so -- well ... " * (n // 40),
    "quotations": lambda n: "'a " * (n // 3),
    "blank lines": lambda n: "\n" * n,
    "short lines": lambda n: "a\n" * (n // 2),
    "wrapped": lambda n: "the night was long and nobody who had come so far would\n" * (n // 56),
    "headings": lambda n: "".join(
        f"Chapter {i}\n\nHe came in by the door number {i}.\n\n" for i in range(n // 500)
    ),
    "numbers": lambda n: "".join(f"{i}\n\n" for i in range(n // 200)),
    "indents": lambda n: "".join("  " * (i % 4) + "Where the grey hens come\n" for i in range(n // 27)),
    "names": lambda n: "Ada Marsh\n\n" * (n // 11),
    "letters": lambda n: "Dear Ada,\n\nCome.\n\n" * (n // 18),
}
