"""Rules on marks that are nearly right: the other level's, apostrophes apart, missing or too many, primes."""

import re
from collections.abc import Iterator
from functools import cache

from publish.lint.passages import Setting
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_CLOSED_SINGLE = lazily(
    rf"“[^“”‘{EDGE}]*?[a-z][,.?!…—](?P<wrong>’)(?= (?:[a-z]|[A-Z][a-z]* [a-z])|{EDGE})"
    rf"(?=[^“”{EDGE}]{{0,600}}[“{EDGE}])"
)
_OPENED_SINGLE = lazily(
    rf"(?<=[\s{EDGE}—])(?P<wrong>‘)(?=[A-Z][^“”‘’{EDGE}]*(?:’[a-z][^“”‘’{EDGE}]*)*[,.?!…—]”)"
)


@text_rule(
    "QUO005",
    language="en",
    examples=(
        Example("“I’ll tell you what,⟦’⟧ he said. “So it is.”", "“I’ll tell you what,” he said. “So it is.”"),
        Example("“Yes.” He rose. ⟦‘⟧I’m late,” he said.", "“Yes.” He rose. “I’m late,” he said."),
    ),
    passes=(
        "“I’ll tell you what,” he said. “He told me, ‘Go,’ and I went.”",
        "“The dogs’ bones are gone,” he said. “It’s the dogs’ fault.”",
        "‘Yes,’ he said. ‘She told me, “Go,” and I went.’",
    ),
)
def mark_of_other_level(reading: Reading) -> Iterator[Hit]:
    """Speech opens with a double mark and closes with a single one, or the other way round.

    One of the two was typed with the other key, or comes from another edition.

    Fix: Type the mark that the other end has.
    Source: The Chicago Manual of Style, 13.30; Standard Ebooks lint, y-series on nested quotations.
    """
    if reading.style.opening != "“" or not reading.has("’"):
        return
    for passage, start in zip(reading.passages, reading.starts, strict=True):
        text = passage.run.text
        if text.count("“") != text.count("”"):
            for pattern, right in ((_CLOSED_SINGLE, "”"), (_OPENED_SINGLE, "“")):
                for match in pattern.finditer(reading.text, start - 1, start + len(text) + 1):
                    told = f"A single mark answers a double one; {right} seems to be meant."
                    yield Hit(*match.span("wrong"), told, right, f"Write {right}")


_APART = lazily(
    r"’(?:(?=(?:s|t|ll|re|ve|d|m)\b)(?<=[a-z] ’)| (?=(?:t|ll|re|ve)\b)(?<=[a-z]’ ))| (?=n’t\b)(?<=[a-z] )"
    r"| (?=clock\b)(?<=o’ )"
)

_ALONE = lazily(r" (?:(?:t|ll|re|ve)(?![\w’])|o’ |(?:’(?:s|t|ll|re|ve|d|m)|n’t)\b)")
"""The rest of a short form, parted from its word by a space."""


@text_rule(
    "QUO016",
    language="en",
    examples=(
        Example("She wasn⟦’ ⟧t at her mother⟦ ’⟧s house.", "She wasn’t at her mother’s house."),
        Example("She was⟦ ⟧n’t there.", "She wasn’t there."),
        Example("It was six o’⟦ ⟧clock.", "It was six o’clock."),
    ),
    passes=("She wasn’t at the boys’ house. “I do not know,” he said, ‘s’ and ‘t’.",),
)
def apostrophe_apart(reading: Reading) -> Iterator[Hit]:
    """A space stands beside the apostrophe of a short form or a possessive.

    The word falls into two, and may be torn apart at a line end.

    Fix: Delete the space.
    Source: pptext, "disjointed contraction".
    """
    if not _ALONE.search(reading.vocabulary):
        return
    often = cache(reading.text.count)
    for match in reading.begun(_APART, "’", " n’t", " clock"):
        start, end = match.start() - (reading.text[match.start() - 1] == " "), match.end()
        joined = "" if match[0] == " " else "’"
        tail = re.match(r"\w+", reading.text[end : end + 3])
        form = reading.text[start:end] + (tail[0] if tail else "")
        manner = form[0] == " " and often(form) > _MANNER
        beside = reading.before(match.start() - 1)
        them = (form == " ’m" and beside != "i") or (form == " ’s" and beside in _BEFORE_HIS)
        if manner or them or reading.text.startswith("t’", end):
            continue  # So the author writes “I counted ’m”, “in ’s head” and “t’ old house”.
        told = f"A space parts “{reading.token(end)}” from its word."
        severity = reading.unless_dialect(start, whole=True)
        yield Hit(start, end, told, joined, "Delete the space", severity)


_MANNER = 4
"""A form that stands apart oftener is how somebody in the book speaks."""
_BEFORE_HIS = frozenset("in of on to at by for with from".split())


@text_rule(
    "QUO021",
    examples=(
        Example("“I am late,⟦″⟧ he said, “and it⟦′⟧s dark.”", "“I am late,” he said, “and it’s dark.”"),
    ),
    passes=("He was 5′ 11″ tall, at 48° 51′ N.",),
)
def prime_for_quotation_mark(reading: Reading) -> Iterator[Hit]:
    """A prime stands for a quotation mark or an apostrophe.

    Primes are signs for feet, inches and minutes; beside letters they are marks that went astray, as are the
    apostrophes of other alphabets.

    Fix: Type the mark.
    Source: The Chicago Manual of Style, 10.66.
    """
    for match in reading.find(re.compile(r"[′″](?<!\d[′″])(?<!\d [′″])|[᾽ʼ](?<=[a-z].)(?=[a-z])"), *"′″᾽ʼ"):
        if reading.setting(match.start()) is Setting.VERSE:
            continue  # The stresses of its feet: By one′, by two′.
        opens = reading.text[match.start() - 1] in f" —({EDGE}" and reading.text[match.end()].isalnum()
        right = "’" if match[0] != "″" else "“" if opens else "”"
        told = f"“{match[0]}” (U+{ord(match[0]):04X}) is no mark; {right} seems to be meant."
        yield Hit(*match.span(), told, right, f"Write {right}")


@text_rule(
    "PUN036",
    language="en",
    examples=(
        Example("The ⟦musket’s⟧ were loaded.", "The muskets were loaded."),
        Example("The house was ⟦her’s⟧.", "The house was hers."),
        Example("Two ⟦MP’s⟧ were late.", "Two MPs were late."),
    ),
    passes=("The muskets were loaded. His brother’s was late. What’s the matter? Both NATO’s and his.",),
)
def apostrophe_in_plural(reading: Reading) -> Iterator[Hit]:
    """A plural, or *hers* and its like, is written with an apostrophe.

    *The musket’s were loaded*: what belongs to one thing cannot be several. Old books have *her’s*
    throughout.

    Fix: Delete the apostrophe.
    Source: The Chicago Manual of Style, 7.15.
    """
    olden = list(reading.each("her’s", "their’s", "our’s", "your’s"))
    for match in olden if len(olden) < _NAME else ():
        right = match[0].replace("’", "")
        yield Hit(*match.span(), f"“{right}” has no apostrophe.", right)
    short = [
        word for word in reading.counts if word.endswith("’s") and word[:-2].isupper() and len(word) >= _NAME
    ]
    for match in reading.each(*short):
        if reading.before(match.start() - 1) in _COUNTED and _AFTER_SEVERAL.match(reading.text, match.end()):
            yield Hit(
                *match.span(),
                f"“{match[0]}” is one’s; several have no apostrophe.",
                match[0].replace("’", ""),
            )
    for match in reading.find(_SEVERAL, "’s "):
        owner = _OWNER.search(reading.text[max(0, match.start() - _LONGEST) : match.start()])
        if owner and owner[0] != "let" and f"{owner[0]}s" in reading.listed:
            told = f"“{owner[0]}’s” is one thing’s; “{owner[0]}s” seems to be meant."
            yield Hit(match.start() - len(owner[0]), match.end(), told, f"{owner[0]}s")


_COUNTED = frozenset("two three four five six several many some few these those all other".split())
_AFTER_SEVERAL = lazily(r"[.,;:!?]| (?:were|are|have|had|came|who|in|of|at|on|and|from)\b")
_SEVERAL = re.compile(r"’s(?= (?:were|are|have)\b)")
_OWNER = lazily(r"(?<![\w’'-])[a-z]+\Z")
_LONGEST = 30


@text_rule(
    "PUN037",
    language="en",
    examples=(
        Example(
            "So Weena sat, and Weena ran, so Weena fell, and so Weena slept, on ⟦Weenas⟧ bed. She saw Weena.",
            "So Weena sat, and Weena ran, so Weena fell, and so Weena slept, on Weena’s bed. She saw Weena.",
        ),
    ),
    passes=("So Weena sat, and Weena ran, and Weena fell, so Weena slept. The Weenas slept on.",),
)
def possessive_without_apostrophe(reading: Reading) -> Iterator[Hit]:
    """A name of the book stands with an *s* and without the apostrophe, before what is somebody’s.

    *Weenas bed* for *Weena’s bed*. Families (*the Westons*) are left alone.

    Fix: Type the apostrophe.
    Source: The Chicago Manual of Style, 7.16.
    """
    often = {name for name, count in reading.names.items() if count >= _NAME}
    bare = [f"{name}s" for name in often if 0 < reading.counts[f"{name}s"] <= _FEW]
    bare = [word for word in bare if reading.known(word.lower()) <= _SEVERAL_TOO]  # Not Bells, News, Sundays.
    for match in reading.each(*bare):
        after = _THING.match(reading.text, match.end())
        before = _BEFORE.search(reading.text[max(0, match.start() - 20) : match.start()])
        sure = before or (after and reading.is_owned(after[1]))
        if after and sure and not _NO_THING.fullmatch(after[1]):
            right = f"{match[0][:-1]}’s"
            yield Hit(*match.span(), f"“{match[0]}” lacks its apostrophe.", right)


_NAME, _FEW = 4, 2
_SEVERAL_TOO = 200
_THING = lazily(r" ([a-z]{3,})(?![\w’-])")
_BEFORE = lazily(
    r"(?:\b(?:of|in|to|at|on|with|for|from|by|and|was|is|that|over|under|behind|beside|into|upon|until|till|when|"
    r"as|if|against|near|like|through|about|after|before|than|but)|[.?!,;“]) \Z"
)
_NO_THING = lazily(
    "[a-z]{3,}(?:ed|ly|ent)|came|took|among|forbid|is|are|was|were|had|have|has|and|or|but|of|in|to|at|on|with|for|from|as|who|"
    "that|which|would|could|should|will|did|do|does|may|must|not|nor|than|then|when|where|said|all|by|into|"
    "the|his|her|their|my|our|your|its|never|always|both|themselves|used|live|lived|seem|over|under|about"
)
