"""The barcode of a book: its ISBN as EAN-13, with a price as the add-on of five figures (ISO/IEC 15420)."""

from collections.abc import Iterator
from itertools import groupby

from publish.diagnostic import PublishError

_LEFT = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
"""Odd parity; the even one is its complement read backwards, the right half its complement."""
_PARITIES = "LLLLLL LLGLGG LLGGLG LLGGGL LGLLGG LGGLLG LGGGLL LGLGLG LGLGGL LGGLGL".split()
_ADDED = "GGLLL GLGLL GLLGL GLLLG LGGLL LLGGL LLLGG LGLGL LGLLG LLGLG".split()
MODULES, ADDED_MODULES, APART = 95, 47, 9
"""Widths, and the light space between them, in modules."""
_PRICE_DIGITS = 5

Bar = tuple[int, int]
"""First module and width."""


def ean13(digits: str) -> list[Bar]:
    """Give the bars of a number of 13 figures, in modules from the left edge of the first."""
    parities = _PARITIES[int(digits[0])]
    left = "".join(_code(digit, parity) for digit, parity in zip(digits[1:7], parities, strict=True))
    right = "".join(_code(digit, "R") for digit in digits[7:])
    return list(_bars(f"101{left}01010{right}101"))


def ean5(digits: str) -> list[Bar]:
    """Give the bars of an add-on of five figures."""
    weighted = sum(int(digit) * (9 if at % 2 else 3) for at, digit in enumerate(digits))
    parities = _ADDED[weighted % 10]
    codes = [_code(digit, parity) for digit, parity in zip(digits, parities, strict=True)]
    return list(_bars("1011" + "01".join(codes)))


def thirteen(isbn: str) -> str:
    """Give an ISBN as its 13 figures, also one of ten."""
    figures = "".join(sign for sign in isbn if sign.isdigit() or sign in "Xx")
    if len(figures) == 13:  # noqa: PLR2004
        return figures
    core = "978" + figures[:9]
    check = -sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(core)) % 10
    return f"{core}{check}"


def check_price(price: str) -> None:
    """Raise PublishError for what is no add-on: the currency's figure and the price in four, as 51299."""
    if price and not (price.isascii() and price.isdigit() and len(price) == _PRICE_DIGITS):
        raise PublishError(
            f"“{price}” is no price for a barcode.",
            "Write five figures: 5 for US dollars, then the cents (51299 is $12.99); 90000 is no price.",
        )


def _code(digit: str, kind: str) -> str:
    odd = _LEFT[int(digit)]
    other = odd.translate({48: "1", 49: "0"})
    return {"L": odd, "R": other, "G": other[::-1]}[kind]


def _bars(pattern: str) -> Iterator[Bar]:
    at = 0
    for sign, run in groupby(pattern):
        width = len(list(run))
        if sign == "1":
            yield at, width
        at += width
