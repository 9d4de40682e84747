"""Labels of headings as Chinese, Japanese and Korean have them: "第二十三章", "제23장"."""

import re

from publish.document import DivisionKind
from publish.normalize.words.numerals import Numeral
from publish.patterns import lazily

MAX_RANGE = 60
"""Chapters that one heading counts."""
PREFIX = "第제最"
_LAST = lazily("最[終终][章回話话]")
_HAN_NUMBER = r"(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,7})"
_LABEL = lazily(
    rf"[第제]\s?({_HAN_NUMBER}(?:\s?[、,·&〜～至到–—-]\s?[第제]?\s?{_HAN_NUMBER})*)\s?(部分|[章回話话幕部巻卷節节場场장부권화막])"
    r"|(\d{1,4})\s?([장부권화막])(?!\w)"
)
_HAN_LISTED = re.compile(rf"([^\d〇零一二三四五六七八九十百]*)({_HAN_NUMBER})")
_KINDS = (
    dict.fromkeys(("部", "部分", "부"), DivisionKind.PART)
    | dict.fromkeys("幕막", DivisionKind.ACT)
    | dict.fromkeys("巻卷권", DivisionKind.VOLUME)
    | dict.fromkeys("節节", DivisionKind.SECTION)
    | dict.fromkeys("場场", DivisionKind.SCENE)
)
_HAN = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}


def read(text: str, at: int) -> tuple[DivisionKind, tuple[int, ...], Numeral, int] | None:
    """Give kind, numbers, how these are written and where the label ends; the last chapter has no number."""
    if last := _LAST.match(text, at):
        return DivisionKind.CHAPTER, (), "", last.end()
    match = _LABEL.match(text, at)
    signs = (match[1] or match[3]) if match else ""
    numbers = _han_values(signs)
    if match is None or not numbers:
        return None
    kind = _KINDS.get(match[2] or match[4], DivisionKind.CHAPTER)
    return kind, numbers, "arabic" if signs[0].isdigit() else "words", match.end()


def _han_values(signs: str) -> tuple[int, ...]:
    """Give the numbers of "二十三", "四、五" and "四至六"; none where they do not rise."""
    numbers: list[int] = []
    for link, sign in _HAN_LISTED.findall(signs):
        value = _han_value(sign)
        if not value or (numbers and not numbers[-1] < value <= numbers[-1] + MAX_RANGE):
            return ()
        is_range = numbers and any(one in "〜～至到–—-" for one in link)
        numbers.extend(range(numbers[-1] + 1, value + 1) if is_range else [value])
    return tuple(numbers)


def _han_value(signs: str) -> int:
    """Give the value of a numeral below a thousand: "二十三" is 23, "百五" 105."""
    if signs.isdecimal():
        return int(signs)
    total = unit = 0
    for sign in signs:
        if sign in "十百":
            total, unit = total + (unit or 1) * (10 if sign == "十" else 100), 0
        else:
            unit = unit * 10 + _HAN[sign]
    return total + unit
