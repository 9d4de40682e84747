"""Kinds of errors that were written down before the rules that find them were looked at: an honest figure.

`python -m tests.lint_measure --later` measures them beside the others; no floor is held against them.
"""

import random
import re
from collections.abc import Callable

from tests.seeded import WORD, Damage, Kind, ending, recased, replacing

NAME = r"(?<=[a-z,] )[A-Z][a-z]{4,}(?=[ ,])"
Match = re.Match[str]


def changing(pattern: str, change: Callable[[Match, random.Random], str]) -> Kind:
    """Give a kind that writes one match of a pattern otherwise."""

    def damage(text: str, dice: random.Random) -> Damage | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = dice.choice(found)
        new = change(match, dice)
        start = match.start()
        return text[:start] + new + text[match.end() :], start, start + len(new)

    return damage


def _to(forms: str) -> Callable[[Match, random.Random], str]:
    """Write one form of a verb for the other: "go went/see saw"."""
    pairs = dict(pair.split() for pair in forms.split("/"))
    return lambda match, _: match[0].replace(match[1], pairs[match[1]])


_SOUNDS = "s z/z s/i y/y i/c k/ll l/nn n/tt t/rr r/l ll/t tt/n nn/ph f/ie ei"


def _variant(match: Match, dice: random.Random) -> str:
    """Spell a name otherwise that sounds the same."""
    word, forms = match[0], []
    for old, new in (pair.split() for pair in _SOUNDS.split("/")):
        at = word.find(old, 1)
        if at > 0:
            forms.append(word[:at] + new + word[at + len(old) :])
    return dice.choice(forms) if forms else word + "e"


LATER: dict[str, Kind] = {
    # encoding
    "moji e acute": replacing(r"(?<=[a-z]{2})e(?=[a-z]{2})", "Ã©"),
    "moji dash": replacing("—", "â€”"),
    "moji dots": replacing(r"(?<=[a-z])\. (?=[A-Z])", "â€¦ "),
    "entity apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "&#8217;"),
    "percent escape": replacing(r"(?<=[a-z]) (?=[a-z])", "%20"),
    "u escape": replacing(r"(?<=[a-z])’(?=[a-z])", r"\\u2019"),
    "quoted printable": replacing(r"(?<=[a-z])’(?=[a-z])", "=E2=80=99"),
    "question apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "?"),
    "literal newline": replacing(r"(?<=[a-z]\.) (?=[A-Z])", r"\\n"),
    # spaces
    "space before ?": replacing(r"(?<=[a-z])\?", " ?"),
    "compound space": replacing(r"(?<= )([a-z]{3,})-([a-z]{3,})", r"\1 -\2"),
    "possessive space": replacing(r"(?<= )([A-Z][a-z]{2,})’s(?= )", r"\1 ’s"),
    "em space": replacing(r"(?<=[a-z]) (?=[a-z])", "\u2003"),
    "t he": replacing(r"(?<= )the(?= [a-z])", "t he"),
    "ha d": replacing(r"(?<= )had(?= [a-z])", "ha d"),
    "article glued": replacing(r"(?<= )a ([b-df-hj-np-tv-z][a-z]{3,})(?= )", r"a\1"),
    # quotes
    "stop outside": replacing(r"(?<=[a-z])\.”(?= |$)", "”."),
    "guillemet": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "«"),
    "two apostrophes": replacing(r"(?:(?<= )|^)“(?=[A-Z])", "''"),
    "two commas open": replacing(r"(?:(?<= )|^)“(?=[A-Z])", ",,"),
    "prime apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "′"),
    "close doubled mixed": replacing(r"(?<=[a-z][,.?!])”(?= |$)", '”"'),
    # dashes and dots
    "tilde dash": replacing(r"(?<=[a-z])—(?=[a-z])", "~"),
    "underscore dash": replacing(r"(?<=[a-z])—(?=[a-z])", "_"),
    "three hyphens": replacing(r"(?<=[a-z])—(?=[a-z])", "---"),
    "hyphen close": replacing("—”", "-”"),
    "dot space dot": replacing(r"(?<=[a-z])\. (?=[A-Z])", ". . "),
    "comma dots": replacing(r"(?<=[a-z]), (?=[a-z])", ",... "),
    # punctuation
    "question lost": changing(
        r"“(?:Who|What|Why|Where|How|Do you|Are you|Have you|Did you|Can you|Will you)\b[^.?!“”—;:]{3,60}\?”",
        lambda m, _: m[0][:-2] + ".”",
    ),
    "comma space comma": replacing(r"(?<=[a-z]), (?=[a-z])", ", , "),
    "end semicolon": ending(r"(?<=[a-z]{3})\.$", ";"),
    "end comma": ending(r"(?<=[a-z]{3})\.$", ","),
    "apostrophe plural": replacing(r"(?<=[a-z] )([a-z]{3,}[b-rt-z])s (?=were|are )", r"\1’s "),
    "possessive lost": replacing(r"(?<= )([A-Z][a-z]{3,})’s(?= [a-z])", r"\1s"),
    "!,": replacing(r"(?<=[a-z])!(?= )", "!,"),
    "?,": replacing(r"(?<=[a-z])\?(?= )", "?,"),
    "tag capital": recased(
        r"(?<=[?!]” )(?:he|she)(?= (?:said|cried|asked|replied|exclaimed|answered|continued|added))",
        str.capitalize,
    ),
    "tag comma lost": replacing(
        r"(?<= )(said|cried|replied|asked) ((?:the )?[A-Za-z]+), “(?=[a-z])", r"\1 \2 “"
    ),
    "capital after tag": recased(r"(?<=, “)[a-z](?=[a-z]+ )", str.upper),
    "small after tag": recased(r"(?<=[a-z]{3}\. “)[A-HJ-Z](?=[a-z]+ )", str.lower),
    "speech starts small": recased(r"^“[A-HJ-Z](?=[a-z]+ )", str.lower),
    # OCR
    "cl for d": replacing(r"(?<= )d(?=[a-z]{3})", "cl"),
    "li for h": replacing(r"(?<= )h(?=[aeio][a-z]{2})", "li"),
    "ii for u": replacing(r"(?<=[a-z])u(?=[a-z]{2})", "ii"),
    "f for s": replacing(r"(?<= )s(?=[a-z]{3})", "f"),
    "c for e": replacing(r"(?<=[a-z])e(?=[a-z]{2})", "c"),
    "tho": replacing(r"(?<=[a-z] )the(?= [a-z])", "tho"),
    "ho was": replacing(r"(?<= )he(?= (?:was|had|said|could|would))", "ho"),
    "1’ll": replacing(r"\bI(?=’)", "1"),
    "fi lost": replacing("fi(?=[a-z]{2})", "f"),
    "g nine": replacing(r"(?<=[a-z])g(?=[a-z])", "9"),
    "dollar s": replacing(r"(?<=[a-z])s(?=[a-z]{2})", "$"),
    "at a": replacing(r"(?<=[a-z])a(?=[a-z]{2})", "@"),
    # small words
    "to lost": replacing(
        r"\b(want|wanted|began|going|ought|able|seemed|used|tried|obliged) to (?=[a-z])", r"\1 "
    ),
    "of lost": replacing(
        r"\b(one|out|instead|sort|kind|part|some|most) of (the|his|her|my|them)\b", r"\1 \2"
    ),
    "the lost": replacing(
        r"\b(in|of|at|to|on) the (house|door|end|world|same|whole|morning|night|room|table|window|fire)\b",
        r"\1 \2",
    ),
    "be lost": replacing(r"\b(will|would|should|must|could|might|may|can) be ", r"\1 "),
    "had lost": replacing(r"\b(he|she|it|they) (?:had|has|have) been\b", r"\1 been"),
    "prep twice": replacing(r"(?<= )(of|in|at|to|from|with) the(?= )", r"\1 for the"),
    "to went": changing(
        r"(?<= to )(go|see|take|make|get|give|know|come)\b",
        _to("go went/see saw/take took/make made/get got/give gave/know knew/come came"),
    ),
    "did knew": changing(
        r"(?:did not|didn’t|could not|couldn’t) (know|see|think|come|take|go|give|make|get)\b",
        _to("go went/see saw/take took/make made/get got/give gave/know knew/come came/think thought"),
    ),
    "had went": changing(
        r"(?:had|has|have) (gone|seen|taken|given|done|begun|written|spoken)\b",
        _to("gone went/seen saw/taken took/given gave/done did/begun began/written wrote/spoken spoke"),
    ),
    "they was": replacing(r"\b([Tt]hey|[Ww]e) were\b", r"\1 was"),
    "he have": replacing(r"\b([Hh]e|[Ss]he|[Ii]t) (?:has)\b", r"\1 have"),
    "this plural": replacing(r"\bthese (?=[a-z]+s\b)", "this "),
    "much many": replacing(r"\bmany (?=[a-z]+s\b)", "much "),
    "phrase glued": changing(
        r"\b(in fact|as well|at least|each other|at all|of course|at last|at once|in front|all right)\b",
        lambda m, _: m[0].replace(" ", ""),
    ),
    "order swap": changing(
        r"(?<= )(?:of|in|to|at|on|from|with) the(?= [a-z])", lambda m, _: " ".join(reversed(m[0].split()))
    ),
    "was is": replacing(r"(?<= )was(?= [a-z])", "was is"),
    "he she": replacing(r"(?<= )he(?= (?:was|had|said|did))", "he she"),
    "and but": replacing(r"(?<=, )but(?= )", "and but"),
    "the were": replacing(r"\bthey (?=were|had|are|did|would|could)", "the "),
    "you own": replacing(r"\byour (?=[a-z]{4,})", "you "),
    "form": replacing(r"\bfrom (?=the|a|his|her|my)\b", "form "),
    "saw was": replacing(r"(?<= )was(?= (?:a|the|in|so|not) )", "saw"),
    "an d": replacing(r"(?<= )and(?= (?:the|he|she|I|then|in) )", "an"),
    "phrase of three": replacing(r"(?<=[a-z] )([a-z]+ [a-z]+ [a-z]{3,}) (?=[a-z])", r"\1 \1 "),
    "a this": replacing(r"(?<= )(this|that) (?=[a-z]{4,} (?:was|is|of))", r"a \1 "),
    # homophones
    "breathe": replacing(r"\b(his|her|my|their) breath\b", r"\1 breathe"),
    "threw": replacing(
        r"\b(went|came|passed|walked|ran|looked|all|way|right|go|pass|get) through\b", r"\1 threw"
    ),
    "peace of": replacing(r"\bpiece of\b", "peace of"),
    "you’re own": replacing(
        r"\byour (?=own|hand|father|mother|head|heart|life|name|house|eyes|brother|sister|friend)", "you’re "
    ),
    "weather": replacing(r"\bwhether (?=he|she|it|they|I|the|you|we)", "weather "),
    "come hear": replacing(r"\b(come|came|right|sit|over|stay|remain|live|stood|back) here\b", r"\1 hear"),
    "he new": replacing(r"\b(he|she|I|they|we|you) knew\b", r"\1 new"),
    "are own": replacing(r"\b(of|in|to|on|for|with) our\b", r"\1 are"),
    "affect": replacing(r"\b(the|an|no|any|its) effect\b", r"\1 affect"),
    "and than": replacing(r"\b(and|but|now|just|since|until) then\b", r"\1 than"),
    # consistency
    "name variant": changing(NAME, _variant),
    "Mr no stop": replacing(r"\b(Mr|Mrs|Dr)\.", r"\1"),
    "our or": replacing(r"\b(hon|col|fav|neighb|hum|lab|harb|endeav|behavi|parl)our", r"\1or"),
    "ize ise": replacing(r"\b(real|recogn|apolog|organ|civil|sympath|critic)iz", r"\1is"),
    "to-day": replacing(r"\b([Tt])o-(day|night|morrow)\b", r"\1o\2"),
    "twenty": replacing(r"(?<=[a-z] )(twenty|thirty|forty|fifty|sixty)(?= [a-z])", "20"),
    "oclock": replacing(r"o’clock", "oclock"),
    # case
    "AND": recased(r"(?<=[a-z] )(?:and|with|from|that|the)(?= [a-z])", str.upper),
    "cap after semicolon": recased(r"(?<=[a-z]; )[a-z](?=[a-z]+ [a-z])", str.upper),
    "month small": recased(
        r"\b(?:January|February|April|June|July|August|September|October|November|December)\b", str.lower
    ),
    "language small": recased(
        r"\b(?:English|French|German|Spanish|Christian|Italian|Latin|Greek)\b", str.lower
    ),
    "i’m": recased(r"\bI’(?:m|ll|ve|d)\b", str.lower),
    "sHe": recased(r"(?<=[a-z] )(?:he|she|it|was|had)(?= [a-z])", lambda w: w[:-1] + w[-1].upper()),
    # letters
    "dotless i": replacing(r"(?<=[a-z])i(?=[a-z])", "ı"),
    "cyrillic e": replacing(r"(?<=[a-z])e(?=[a-z])", "е"),
    "full-width letter": replacing(r"(?<=[a-z])a(?=[a-z])", "ａ"),
    "math italic": replacing(r"(?<=[a-z])n(?=[a-z])", "𝑛"),
    # markup and leftovers
    "backslash apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", r"\\’"),
    "close tag alone": replacing(r"(?<=[a-z])(?= [a-z])", "</i>"),
    "lt gt": replacing(r"(?<=[a-z]) (?=[a-z])", " &lt;br&gt; "),
    "bb open": replacing(WORD, r"[i]\1"),
    "stars spaced": replacing(WORD, r"** \1 **"),
    "par": replacing(r"(?<=[a-z]\.) (?=[A-Z])", r" \\par "),
    "Error bookmark": replacing(r"(?<=[a-z]) (?=[a-z])", " Error! Bookmark not defined. "),
    "critic": replacing(WORD, r"{++\1++}"),
    "[?]": replacing(WORD, r"\1 [?]"),
    "chevrons": replacing(WORD, r"<<\1>>"),
    "ZZZ": replacing(WORD, "ZZZ"),
    "note to self": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " NOTE TO SELF: fix this. "),
    "[ED": replacing(r"(?<=[a-z]) (?=[a-z])", " [Ed: is this right?] "),
    "superscript": replacing(r"(?<=[a-z]{3}[.,])(?= [A-Za-z])", "¹"),
    "dagger": replacing(r"(?<=[a-z]{3}[.,])(?= [A-Za-z])", "†"),
    "caret number": replacing(r"(?<=[a-z]{3}[.,])(?= [A-Za-z])", "^3"),
    "www": replacing(r"(?<=[a-z]) (?=[a-z])", " www.example.com "),
    "page of": replacing(r"(?<=[a-z]) (?=[a-z])", " Page 123 of 400 "),
    "md heading mid": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " ## "),
    # dates
    "weekday wrong": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " It was Monday, 14 March 1895. "),
    "date impossible": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " It was 31 June 1895. "),
    "time impossible": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " It was 25:30. "),
    "ti was": replacing(r"\bit (?=was|is|had)", "ti "),
    "had being": replacing(r"\b(had|has|have) been\b", r"\1 being"),
    "suppose to": replacing(r"\b(supposed|used) to\b", r"suppose to"),
    "off course": replacing(r"\bof course\b", "off course"),
    "to who": replacing(r"\b(to|of|with|from|for) whom\b", r"\1 who"),
    "between he": replacing(r"\bbetween (?:him|them|us)\b", "between he"),
    "comma tight open": replacing(r", “(?=[a-zA-Z])", ",“"),
    "dash comma": replacing("(?<=[a-z])—(?=[a-z])", "—,"),
    "question outside": replacing(r"(?<=[a-z])\?”", r"”?"),
    "bang outside": replacing(r"(?<=[a-z])!”", r"”!"),
    "year with O": replacing(r"(?<=[a-z]) (?=[a-z])", " in 18O5 "),
    "year with comma": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " It was in 1,895. "),
    "Mr..": replacing(r"\bMr\.", "Mr.."),
    "weIl": replacing(r"(?<=[a-z])l(?=[a-z])", "I"),
    "th": replacing(r"(?<=[a-z] )the(?= [a-z])", "th"),
    "he seem": replacing(r"\b(he|she|it) (seem|look|turn|want|ask)ed\b", r"\1 \2"),
    "he don": replacing(r"\b(he|she|it) (?:does|did) not\b", r"\1 do not"),
    "five year": replacing(
        r"\b(two|three|four|five|six|seven|eight|ten) (year|day|hour|minute|mile|month|week)s\b", r"\1 \2"
    ),
    "these house": replacing(
        r"(?<=[a-z] )this (?=house|man|time|way|place|room|night|world|morning|day)", "these "
    ),
    "thin space": replacing(r"(?<=[a-z]) (?=[a-z])", "\u2009"),
    "object char": replacing(r"(?<=[a-z]) (?=[a-z])", " \ufffc"),
    "bullet": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " • "),
    "emoji": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " 🙂 "),
    "brace name": replacing(WORD, "{name}"),
    "page 00": replacing(r"(?<=[a-z]) (?=[a-z])", " (see page 00) "),
    "note (1)": replacing(r"(?<=[a-z]{3}\.)(?= [A-Z])", " (1)"),
    "a plural": replacing(
        r"(?<=[a-z] )the (?=(?:eyes|men|people|hands|words|others|things|stairs|trees|children)\b)", "a "
    ),
    "twice adj": replacing(r"\b(more|most) (?=[a-z]{4,})", r"\1 \1 "),
    "an other": replacing(r"\banother\b", "an other"),
    "no space dash quote": replacing(r"(?<=[a-z][.,?!]” )(?=(?:he|she|I|said))", "—"),
    # by the families of the rules
    "Greek apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "᾽"),
    "letter for apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", "ʼ"),
    "n’t apart": replacing(r"(did|could|would|was|had)n’t", r"\1 n’t"),
    "’S": replacing(r"(?<=[a-z])’s(?= )", "’S"),
    "space on the wrong side": replacing(r"(?<=[a-z]), (?=[a-z])", " ,"),
    "space and two signs": replacing(r"(?<=[a-z]),(?= )", " .,"),
    "comma for apostrophe": replacing(r"(?<=[a-z])’(?=[a-z])", ","),
    "both marks": replacing(r"(?<=[a-z][,.?!])”(?= |$)", "’”"),
    "typed thrice": replacing(r"(?<= )(the|of|my|a|their) (?=[a-z]{3})", r"\1 \1 \1 "),
    "article, comma, article": replacing(r"(?<=[a-z] )(the|my|a|of) (?=[a-z]{3})", r"\1, \1 "),
    "comma after the": replacing(r"(?<=[a-z] )(the|a) (?=[a-z]{3})", r"\1, "),
    "stop after the": replacing(r"(?<=[a-z] )(the|a) (?=[a-z]{3})", r"\1. "),
    "Mr,": replacing(r"\b(Mr|Mrs)\. ", r"\1, "),
    "capital after comma": recased(r"(?<=[a-z]{3}, )(?:and|but|of|with|for|they)(?= [a-z])", str.capitalize),
    "comma for stop": replacing(r"(?<=[a-z]{4})\. (?=(?:The|But|And|There) )", ", "),
    "stop before returned": replacing(r",”(?= (?:exclaimed|returned|observed|answered|added) )", ".”"),
    "eight in word": replacing(r"(?<=[a-z])g(?=[a-z])", "8"),
    "l9l4": replacing(r"(?<=[a-z]) (?=[a-z])", " in l9l4 "),
    "slash for I": replacing(r"(?<=[a-z,] )I(?= [a-z])", "/"),
    "star behind": replacing(r"(?<=[a-z]{2})(?= [a-z])", "*"),
    "lone letter": replacing(r"(?<=[a-z]) (?=[a-z])", " b "),
    "running head": replacing(r"(?<=[a-z]) (?=[a-z])", " 46 THE OLD HOUSE "),
    "page number between": replacing(r"(?<=[a-z]{3}) (?=[a-z]{3})", "\n\n123\n\n"),
    "capitals locked": changing(
        r"(?<=[a-z] )[a-z]{2,} [a-z]{2,} [a-z]{2,}(?= [a-z])", lambda m, _: m[0].upper()
    ),
    "two hyphens apart": replacing("(?<=[a-z])—(?=[a-z])", "- -"),
    "range of years": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " He lived there 1914-18. "),
    "3th": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " It was the 3th of May. "),
    "XIIII": replacing(r"(?<=[a-z]\.) (?=[A-Z])", " It was under Louis XIIII. "),
    "paragraph in single marks": changing(
        r"(?s)^“[A-Z][^“”‘]*”$", lambda m, _: m[0].replace("“", "‘").replace("”", "’")
    ),
}
