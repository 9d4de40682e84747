"""What a finding is known by when the manuscript has moved on: its rule and the words that stand there.

Neither the file's name nor the line is part of it, and of the words round it only the letters and figures of
the same paragraph, so that a finding stays the same when paragraphs are added or signs mended.
"""

import re
from hashlib import blake2s

from publish.diagnostic import Diagnostic
from publish.places import letters
from publish.source import Source

_PARAGRAPH_END = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_LONGEST = 400
_AROUND = 60
"""Code points of a passage, and on each side of it, that tell it from others."""


def fingerprint(item: Diagnostic, source: Source) -> str:
    """Give 16 hexadecimal digits; two equal passages in equal surroundings have the same."""
    text, start = source.visible.text, source.seen(item.span.start)
    end = min(source.seen(item.span.end), start + _LONGEST)
    parts = (
        _PARAGRAPH_END.split(text[max(0, start - _AROUND) : start])[-1],
        text[start:end],
        _PARAGRAPH_END.split(text[end : end + _AROUND])[0],
    )
    before, within, after = (letters(part) if any(map(str.isalnum, part)) else "" for part in parts)
    told = "\0".join((item.code, before[-24:], within, after[:24]))
    return blake2s(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
