"""More kinds of errors to place in clean prose, written down before the rules that find them."""

import random
import re

from tests.seeded import WORD, Damage, Kind, ending, recased, replacing

NAME = r"(?<=[a-z,] )[A-Z][a-z]{5,}(?=[ ,])"


def _again(text: str, dice: random.Random) -> Damage | None:
    """Double a sentence."""
    found = list(re.finditer(r"(?<=[a-z]\. )[A-Z][a-z][^.?!“”‘’]{25,}[a-z]\. (?=[A-Z])", text))
    if not found:
        return None
    match = dice.choice(found)
    return text[: match.end()] + match[0] + text[match.end() :], match.start(), match.end() + len(match[0])


def _name_slip(text: str, dice: random.Random) -> Damage | None:
    """Swap two letters of a name."""
    found = list(re.finditer(NAME, text))
    if not found:
        return None
    match = dice.choice(found)
    at = match.start() + 2
    if text[at] == text[at + 1]:
        return None
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :], match.start(), match.end()


SLIPS: dict[str, Kind] = {
    "have as of": replacing(r"\b(would|should|could|must|might) have(?= [a-z])", r"\1 of"),
    "capital twice": recased(
        r"(?<=[a-z] )(?:the|and|that|with|from)(?= [a-z])", lambda w: w[0] + w[1:2].upper() + w[2:]
    ),
    "capital inside": recased(r"(?<=[a-z] )(?:the|and|that|with|from)(?= [a-z])", str.capitalize),
    "doubled with capital": replacing(r"(?<=\. )(The|He|She|It|But|And) (?=[a-z])", r"\1 \1 "),
    "paragraph starts small": recased(r"^[A-Z](?=[a-z]+ [a-z])", str.lower),
    "mistyped because": replacing(r"\bbecause\b", "becuase"),
    "mistyped their": replacing(r"\btheir\b", "thier"),
    "mistyped which": replacing(r"\bwhich\b", "whcih"),
    "mistyped and": replacing(r"(?<=[a-z] )and(?= [a-z])", "adn"),
    "letter lost": replacing(r"(?<=[a-z] )([a-z]{4})[a-z]([a-z]{3,})(?= [a-z])", r"\1\2"),
    "letter doubled": replacing(
        r"(?<=[a-z] )([a-z]{3})([bdfgmnprst])(?!\2)([aeiou][a-z]{2,})(?= [a-z])", r"\1\2\2\2\3"
    ),
    "letters swapped": replacing(
        r"(?<=[a-z] )([a-z]{3})([a-z])(?!\2)([a-z])([a-z]{2,})(?= [a-z])", r"\1\3\2\4"
    ),
    "hke": replacing(r"\blike\b", "hke"),
    "tlie": replacing(r"(?<=[a-z] )the(?= [a-z])", "tlie"),
    "wbich": replacing(r"\bwh(?=ich|en|at|o)", "wb"),
    "came as carne": replacing(r"\bcame\b", "carne"),
    "vv for w": replacing(r"(?<= )w(?=[a-z]{3})", "vv"),
    "zero for O": replacing(r"(?<=[“ ])O(?=[nhf])|(?<= )o(?=[fn] )", "0"),
    "l for I": replacing(r"(?<=[a-z,] )I(?= (?:was|had|have|am|will|could|should|would)\b)", "l"),
    "figure five in word": replacing(r"(?<=[a-z])s(?=[a-z]{2})", "5"),
    "exclamation for l": replacing(r"(?<=[a-z])l(?=[a-z]{2})", "!"),
    "run together ofthe": replacing(r"(?<=[a-z] )(that|was|were|had) (?=[a-z]{2,} )", r"\1"),
    "word in two": replacing(
        r"(?<=[a-z] )(with|some|to|any|be|every|him|my)(out|thing|gether|one|fore|self)(?= )", r"\1 \2"
    ),
    "question and stop": replacing(r"(?<=[a-z])\?(?= [A-Z])|(?<=[a-z])!(?= [A-Z])", "?."),
    "semicolon comma": replacing(r"(?<=[a-z]);(?= )", ";,"),
    "comma colon": replacing(r"(?<=[a-z]),(?= )", ",:"),
    "full-width comma": replacing(r"(?<=[a-z]),(?= )", "，"),
    "space inside bracket": replacing(WORD, r"( \1)"),
    "closing bracket alone": ending(r"(?<=[a-z] )([a-z]{4,} [a-z]{3,})(?= [a-z])", r"\1)"),
    "space before closing mark": replacing(r"(?<=[a-z][,.?!])”(?= |$)", " ”", around=1),
    "single closing for double": replacing(r"(?<=[a-z][,.?!])”(?= [a-z])", "’"),
    "single opening for double": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "‘"),
    "straight opening": replacing(r"(?:(?<= )|^)“(?=[A-Z])", '"'),
    "comma outside": replacing(r"(?<=[a-z]),”(?= (?:said|cried|replied|he|she|I)\b)", "”,"),
    "speech ends bare": ending(r"(?<=[a-z]{3})[.?!]”$", "”"),
    "no space after speech": replacing(r"(?<=[a-z][.?!])” (?=[A-Z][a-z])", "”", around=1),
    "dash spaced after": replacing(r"(?<=[a-z])—(?=[a-z])", "— ", around=1),
    "dash spaced before": replacing(r"(?<=[a-z])—(?=[a-z])", " —", around=1),
    "apostrophe spaced": replacing(r"(?<=[a-z])’(?=(?:t|s|ll|re|ve|d|m)\b)", " ’", around=1),
    "apostrophe spaced behind": replacing(r"(?<=[a-z])’(?=(?:t|ll|re|ve)\b)", "’ ", around=1),
    "apostrophe twice": replacing(r"(?<=[a-z])’(?=(?:t|s|ll|re|ve|d|m)\b)", "’’"),
    "accent for apostrophe": replacing(r"(?<=[a-z])’(?=(?:t|s|ll|re|ve|d|m)\b)", "`"),
    "missing apostrophe of I": replacing(r"\bI’(?=ve|m|ll)", "I"),
    "a before a vowel": replacing(r"\ban(?= [aei][a-z]{3})", "a"),
    "it's own": replacing(r"\bits(?= (?:own|way|head|place|mouth|feet))", "it’s"),
    "more then": replacing(r"\b(more|less|rather|better|other) than(?= )", r"\1 then"),
    "your going": replacing(r"\b[Yy]ou’re(?= )|(?<=[a-z] )you are(?= [a-z]+ing)", "your"),
    "weekday small": replacing(r"\b(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b", "monday"),
    "name small": recased(NAME, str.lower),
    "name slip": _name_slip,
    "sentence doubled": _again,
    "break tag": replacing(r"(?<=[a-z]) (?=[a-z])", "<br>"),
    "entity without end": replacing(r"(?<=[a-z]) (?=[a-z])", "&nbsp"),
    "TeX": replacing(WORD, r"\\emph{\1}"),
    "star alone": replacing(WORD, r"*\1"),
    "star twice alone": replacing(WORD, r"**\1"),
    "link": replacing(WORD, r"[\1](http://example.com/a)"),
    "greek letter": replacing(r"(?<=[b-df-z])o(?=[b-df-z])", "\u03bf"),
    "cyrillic capital": replacing(r"(?<= )A(?=[a-z])|(?<= )T(?=[a-z])", "\u0422"),
    "comment": replacing(r"(?<=[a-z]) (?=[a-z])", " <!-- check --> "),
    "check me": replacing(WORD, "(?? check)"),
    "page number": replacing(r"(?<=[a-z]) (?=[a-z])", " [123] "),
    "small number in figures": replacing(r"(?<=[a-z] )three(?= [a-z])", "3"),
    "hyphen at line's end": replacing(r"(?<=[a-z] )([a-z]{3,4})([a-z]{4,})(?= [a-z])", r"\1-\2"),
    "not sign": replacing(r"(?<= )([a-z]{4})([a-z]{4,})(?= [a-z])", "\\1¬\\2"),
    "byte order mark": replacing(r"(?<=[a-z]) (?=[a-z])", " \ufeff"),
    "line separator": replacing(r"(?<=[a-z]) (?=[a-z])", "\u2028"),
    "dash doubled": replacing("(?<=[a-z])—(?=[a-z])", "——"),
    "horizontal bar": replacing("(?<=[a-z])—(?=[a-z])", "―"),
    "minus": replacing("(?<=[a-z])—(?=[a-z])", "−"),
    "C1 quote": replacing(r"(?<=[a-z])’(?=[a-z])", "\x92"),
    "low quote": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "„"),
    "prime": replacing(r"(?<=[a-z][,.?!])”(?= |$)", "″"),
    "caps lock": recased(r"(?<=\. )(?:The|He|She|This|That|There)(?= )", str.swapcase),
    "no for know": replacing(r"(?<=not )know(?= (?:what|how|that|the|it|you|him))", "no"),
    "their for there": replacing(r"\bthere (?=was|were|is|are)", "their "),
    "there for their": replacing(r"(?<=of )their(?= [a-z]{4,})", "there"),
    "off for of": replacing(r"(?<=(?:kind|sort) )of(?= (?:the|a|this|that))", "off"),
    "where for were": replacing(r"\b(they|we) were\b", r"\1 where"),
    "owner after article": replacing(r"(?<= )the(?= [a-z]{4})", "the his"),
    "article twice": replacing(r"(?<= )the(?= [a-z]{4})", "a the"),
    "hyphen for dash": replacing(r"(?<=[a-z]{3})—(?=(?:but|and|which|the|she|he|they)\b)", "-"),
    "wrong letter": recased(
        r"\b(?:because|another|himself|nothing|together|thought|without|something)\b",
        lambda word: word[:3] + ("o" if word[3] != "o" else "e") + word[4:],
    ),
    "mistyped until": replacing(r"\buntil\b", "untill"),
    "glued him": replacing(r"(?<= )([a-z]{4,}) (him|them|with|that)(?= )", r"\1\2"),
    "underline alone": replacing(WORD, r"_\1"),
    "xxx": replacing(WORD, "xxx"),
}
