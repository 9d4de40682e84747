"""Errors placed at random in clean prose, each with its place: what the lint is to find.

Every kind is one function: it is given a paragraph and a source of chance and gives the paragraph with one
error in it and the range in which the error lies, or None where the paragraph has no room for it.
"""

import random
import re
from collections.abc import Callable, Mapping

from msgspec import Struct

LEAST = 150
"""Letters of a paragraph that has room for an error."""
Damage = tuple[str, int, int]
"""The paragraph with the error, and where in it that is."""
Kind = Callable[[str, random.Random], Damage | None]


class Seed(Struct, frozen=True):
    """One error: its kind and its range in the manuscript."""

    kind: str
    start: int
    end: int


def _chosen(pattern: str, text: str, dice: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return dice.choice(found) if found else None


def replacing(pattern: str, by: str, *, around: int = 0) -> Kind:
    """Give a kind that replaces one match of a pattern; `by` may name its groups."""

    def damage(text: str, dice: random.Random) -> Damage | None:
        match = _chosen(pattern, text, dice)
        if match is None:
            return None
        new = match.expand(by)
        start, end = match.start(), match.start() + len(new)
        return text[:start] + new + text[match.end() :], start - around, end + around

    return damage


def ending(pattern: str, by: str) -> Kind:
    """Give a kind that replaces the last match of a pattern, told of anywhere in the paragraph."""

    def damage(text: str, _dice: random.Random) -> Damage | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = found[-1]
        new = text[: match.start()] + match.expand(by) + text[match.end() :]
        return new, 0, len(new)

    return damage


WORD = r"(?<=[a-z] )([a-z]{4,})(?= [a-z])"
KINDS: dict[str, Kind] = {
    "doubled word": replacing(r"(?<= )(the|of|and|to|in|a|was|his|with|for) (?=[a-z]{3})", r"\1 \1 "),
    "doubled longer word": replacing(WORD, r"\1 \1"),
    "two spaces": replacing(r"(?<=[a-z]) (?=[a-z])", "  "),
    "space before a sign": replacing(r"(?<=[a-z])([,;.])(?= [A-Za-z])", r" \1"),
    "no space after a stop": replacing(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", "", around=1),
    "no space after a comma": replacing(r"(?<=[a-z]{2},) (?=[a-z]{3})", "", around=1),
    "doubled comma": replacing(r"(?<=[a-z]),(?= )", ",,"),
    "two full stops": replacing(r"(?<=[a-z]{3})\.(?= [A-Z])", ".."),
    "comma and stop": replacing(r"(?<=[a-z]{3}),(?= [a-z])", ",."),
    "closing mark missing": ending(r"(?<=[a-z][,.?!])”(?= [a-z])|(?<=[a-z][.?!])”$", ""),
    "opening mark missing": ending(r"(?<=[a-z][.,] )“(?=[A-Za-z])|^“(?=[A-Z][^“]*”)", ""),
    "opening mark turned": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "”"),
    "closing mark turned": replacing(r"(?<=[a-z][,.?!])”(?= |$)", "“"),
    "straight mark": replacing(r"(?<=[a-z][,.?!])”(?= |$)", '"'),
    "straight apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "'"),
    "apostrophe turned": replacing(r"(?<=[a-z])’(?=(?:t|s|ll|re|ve|d|m)\b)", "‘"),
    "comma of speech missing": replacing(
        r"(?<=[a-z]),”(?= (?:said|cried|replied|asked|he said|she said|I said)\b)", "”", around=1
    ),
    "stop before the tag": replacing(r"(?<=[a-z]),”(?= (?:said|cried|replied|he said|she said) )", ".”"),
    "space inside the marks": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "“ "),
    "no space after the marks": replacing(r"(?<=[a-z][,.?!])” (?=[a-z])", "”"),
    "bracket missing": ending(r"(?<=[a-z] )([a-z]{4,} [a-z]{3,})(?= [a-z])", r"(\1"),
    "control character": replacing(r"(?<=[a-z]{2})(?=[a-z]{2})", "\x07"),
    "zero-width space": replacing(r"(?<=[a-z]{2})(?=[a-z]{2})", "\u200b"),
    "soft hyphen": replacing(r"(?<=[a-z]{3})(?=[a-z]{3})", "\xad"),
    "no-break space run": replacing(r"(?<=[a-z]) (?=[a-z])", "\xa0 "),
    "tab": replacing(r"(?<=[a-z]) (?=[a-z])", "\t"),
    "hyphens for a dash": replacing("(?<=[a-z])—(?=[a-z])", "--"),
    "hyphen for a dash": replacing("(?<=[a-z]{2})—(?=[a-z]{2})", " - "),
    "short dash": replacing("(?<=[a-z])—(?=[a-z])", "–"),
    "spaced dash": replacing("(?<=[a-z])—(?=[a-z])", " — "),
    "three stops": replacing("…", "..."),
    "mojibake apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "â€™"),
    "mojibake mark": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "â€œ"),
    "replacement character": replacing(r"(?<=[a-z]{2})[a-z](?=[a-z]{2})", "\ufffd"),
    "entity": replacing(r"(?<=[a-z]{3}) and (?=[a-z])", " &amp; ", around=0),
    "tag": replacing(WORD, r"<i>\1</i>"),
    "forum tag": replacing(WORD, r"[b]\1[/b]"),
    "placeholder": replacing(WORD, "TK"),
    "placeholder in brackets": replacing(WORD, "[insert name]"),
    "to do": replacing(WORD, "TODO"),
    "three crosses": replacing(WORD, "XXX"),
    "lorem ipsum": replacing(WORD, "lorem ipsum dolor sit amet"),
    "tbe": replacing(r"(?<=[a-z] )the(?= [a-z])", "tbe"),
    "rn for m": replacing(r"\bfrom\b", "frorn"),
    "arid": replacing(r"(?<=[a-z] )and(?= (?:the|he|she|I) )", "arid"),
    "figure for l": replacing(r"(?<=[a-z] )([a-z]*)l(l?[a-z]+)(?= [a-z])", r"\g<1>1\g<2>"),
    "figure for I": replacing(r"(?<=[a-z,] )I(?= (?:was|had|have|am|will|could|should|would)\b)", "1"),
    "swapped letters": replacing(r"(?<=[a-z] )the(?= [a-z])", "teh"),
    "wrong article": replacing(r"(?<=[a-z] )a(?= [bcdfgklmnprst][a-z]{3})", "an"),
    "missing apostrophe": replacing(r"\b(did|could|would|was|had)n’t\b", r"\1nt"),
    "small i": replacing(r"(?<=[a-z,] )I(?= [a-z])", "i"),
    "stray sign": replacing(r"(?<=[a-z]) (?=[a-z])", " | "),
    "stray caret": replacing(r"(?<=[a-z]{2})(?= [a-z])", "^"),
    "foreign letter": replacing(r"(?<=[b-df-z])a(?=[b-df-z])", "\u0430"),
    "note without note": replacing(r"(?<=[a-z]{3}[.,])(?= [A-Za-z])", "[7]"),
    "broken word": replacing(r"(?<= )([a-z]{4})([a-z]{4,})(?= [a-z])", r"\1- \2"),
    "words run together": replacing(r"(?<=[a-z] )(of|to|in|and|for|with) (?=the )", r"\1"),
    "letters in parts": replacing(r"(?<=[a-z])e(?=[a-z])", "e\u0301"),
    "ligature": replacing("fi(?=[a-z])", "\ufb01"),
    "doubled phrase": replacing(r"(?<=[a-z] )(of the|in the|to the|it was|that he|from the) ", r"\1 \1 "),
    "marks doubled": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "““"),
    "final stop missing": ending(r"(?<=[a-z]{3})\.$", ""),
}
"""What is done to a paragraph; the kinds that write a letter otherwise are given below."""


def recased(pattern: str, change: Callable[[str], str]) -> Kind:
    def damage(text: str, dice: random.Random) -> Damage | None:
        match = _chosen(pattern, text, dice)
        if match is None:
            return None
        return text[: match.start()] + change(match[0]) + text[match.end() :], match.start(), match.end()

    return damage


KINDS["sentence starts small"] = recased(
    r"(?<=[a-z]{3}\. )(?:The|He|She|It|They|There|This|But|And|When|In)\b", str.lower
)
KINDS["capital after speech"] = recased(
    r"(?<=[a-z],” )(?:he|she)(?= (?:said|cried|asked|replied))", str.capitalize
)
KINDS["two capitals"] = recased(
    r"(?<=\. )(?:The|He|She|This|That|There)(?= )", lambda word: word[:2].upper() + word[2:]
)


def seeded(
    text: str, seed: str, kinds: Mapping[str, Kind] = KINDS, *, each: int = 3, apart: int = 3
) -> tuple[str, list[Seed]]:
    """Give a manuscript with errors of all these kinds, and where they are.

    Each damaged paragraph holds one error, and `apart` paragraphs between two of them none.
    """
    dice = random.Random(seed)
    parts = re.split(r"(\n\n+)", text)
    places = range(2 * apart, len(parts), 2 * (1 + apart))
    room = [at for at in places if len(parts[at]) > LEAST and "\n" not in parts[at]]
    dice.shuffle(room)
    damaged: dict[int, tuple[str, Damage]] = {}
    for kind, damage in [(kind, damage) for kind, damage in kinds.items() for _ in range(each)]:
        for at in room:
            made = damage(parts[at], dice)
            if made and made[0] != parts[at]:
                damaged[at] = (kind, made)
                room.remove(at)
                break
    seeds, length = [], 0
    for at in range(len(parts)):
        if at in damaged:
            kind, (new, start, end) = damaged[at]
            seeds.append(Seed(kind, length + start, length + end))
            parts[at] = new
        length += len(parts[at])
    return "".join(parts), seeds
