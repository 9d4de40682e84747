"""Furniture of blogs and web pages: what a site prints round every post.

A known word or sign says so for some lines (a reading time, a copyright line of a photographer, a share
button). The rest is found by structure: short lines that are no sentences, come back from post to post at its
edges, and stand together with lines that are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from publish.normalize.shape import ends_sentence, is_ornament, is_title_like
from publish.normalize.sheet import Sheet, words_folded

_MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]"
    r"|ene|abr|ago|dic"
    r"|janv|f[eé]vr|avr|juin|juil|ao[uû]t"
    r"|gen|mag|giu|lug|set|ott"
    r"|янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]*\.?"
)
DATE = re.compile(
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day2>\d{{1,2}})\.?\s+(?:de\s+)?(?P<month2>{_MONTH})\s+(?:de\s+)?(?P<year2>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"\b\d{1,3}[\s-]*"
    r"(?:min(?:ute)?s?\.?\s*(?:read|reading|lecture|lesezeit|lettura|leitura|lectura)"
    r"|minutos de lec?i?tura|minutes? de lecture|minuten (?:lesezeit|leestijd)|minuti di lettura|мин)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W*(?:©|\(c\)|ⓒ|copyright\b)"
    r"|^(?:(?:cover|header|featured)\s+)?"
    r"(?:photo(?:graph|s|graph(?:y|ie|ia))?|fotograf(?:ie|ía|ia)|image|picture|illustration"
    r"|foto|bild|abbildung|aufnahme|crédit|imagen|imagem|immagine|фото|bildnachweis|bildquelle)s?"
    r"(?:\s+(?:credits?|source|courtesy|by|von|par|de|por|di|du|cedida|gentilmente)\b|\s*[:©])",
    re.IGNORECASE,
)
_CREDIT_INSIDE = re.compile(
    r"\b(?:photo|photograph|image|picture|foto|bild)(?:s|y)?(?:\s+by|\s*[:©])\s*\S+(?:\s\S+){0,4}$",
    re.IGNORECASE,
)
_BRAND = re.compile(
    r"\b(?:twitter|facebook|whatsapp|pinterest|linkedin|tumblr|reddit|telegram|instagram|mastodon|bluesky"
    r"|patreon|ko-fi"
    r"|wordpress(?:\.com)?|blogger|blogspot|substack|medium\.com|disqus|livejournal|wattpad|rss"
    r"|unsplash|flickr|pexels)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"^(?:share(?: this| on)?\b|click to\b|like(?:\s+loading)?\b|loading\.*$|related\b|reply\b"
    r"|follow(?:ing)?\b|subscribe\b|leave a (?:comment|reply)"
    r"|(?:\d+|one|no) (?:thoughts?|comments?|replies|reply|responses?|claps?|likes?|shares?)\b"
    r"|posted (?:on|in|by|at)\b|published (?:on|in|by)\b"
    r"|filed under\b|tagged\b|tags?:|categor(?:y|ies):?\b|view all posts"
    r"|(?:previous|next|older|newer)(?:\s+(?:post|chapter|page|entry))?s?\W*$|[←→]"
    r"|sign up\b|log in\b|read more\b|continue reading|skip to content"
    r"|advertisements?$|report this ad|about these ads"
    r"|teilen|kommentar|gefällt|veröffentlicht"
    r"|partager|publié|commentaires?\b"
    r"|compartir|publicado"
    r"|condividi|pubblicato"
    r"|опубликовано|поделиться)",
    re.IGNORECASE,
)
_BUTTONS = frozenset(
    "like likes comment comments share shares reply replies tweet pin save follow print email e-mail reblog "
    "repost copy link subscribe report bookmark clap claps upvote downvote embed "
    "teilen gefällt mir kommentar kommentare kommentieren antworten folgen drucken merken "
    "j’aime j'aime partager commenter commentaire commentaires répondre suivre imprimer "
    "me gusta compartir comentar comentario comentarios responder seguir "
    "mi piace condividi commenta commenti rispondi segui "
    "curtir compartilhar comentários "
    "поделиться нравится комментарии комментировать ответить".split()
)
_BETWEEN_BUTTONS = re.compile(r"\s+[·•|/—–-]\s+|\s*[·•|]\s*")
_BUTTON = re.compile(r"[^\s·•|]+")
_QUOTED = re.compile('[“"«„].*[”"»“]$')
_LONGEST = 100
_EDGE = 16


def known(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give the lines whose own words say that they are furniture."""
    found: dict[int, str] = {}
    for index, text in enumerate(sheet.texts):
        if index in taken or not text or len(text) > _LONGEST or sheet.lines[index].heading_level:
            continue
        what = _known(text)
        if what:
            found[index] = what
    return found


def _known(text: str) -> str:
    if _may_be_reading_time(text) and _READING_TIME.search(text) and len(text.split()) <= 12:
        return "Reading time of a web page."
    if _names_picture(text) and not ends_sentence(text.rstrip(".")) and len(text.split()) <= 14:
        return "Credit of a picture."
    if _is_row_of_buttons(text):
        return "Buttons of a web page."
    if _is_posting_line(text):
        return "Posting line of a web page."
    if _is_button(text):
        return "Button or link of a web page."
    return ""


def _names_picture(text: str) -> bool:
    if _CREDIT.match(text):
        return True
    may = ":" in text or "©" in text or "by" in text.lower()
    return may and _CREDIT_INSIDE.search(text) is not None


def _may_be_reading_time(text: str) -> bool:
    lowered = text.lower()
    return "min" in lowered or "мин" in lowered


def _may_be_dated(text: str) -> bool:
    """Tell whether a line has the beginning of a year, as every date has."""
    return "19" in text or "20" in text


def _is_posting_line(text: str) -> bool:
    return (
        _may_be_dated(text)
        and len(text.split()) <= 12
        and _PHRASE.match(text) is not None
        and DATE.search(text) is not None
    )


def _is_row_of_buttons(text: str) -> bool:
    """Tell a row such as "Like · Comment · Share"."""
    first = _BUTTON.match(text)
    if first is None or first[0].lower() not in _BUTTONS:
        return False
    parts = _BETWEEN_BUTTONS.split(text.lower())
    return len(parts) > 1 and all(word in _BUTTONS for part in parts for word in part.split() or [part])


def _is_button(text: str) -> bool:
    """Tell buttons, which are short and no sentences, from sentences that begin with the same words."""
    words = len(text.split())
    if words > 10 or text[0] in "“\"‘'—" or text[-1] in ",;":
        return False
    if words > 6 and not _PHRASE.match(text):
        return False
    return _BRAND.search(text) is not None and not ends_sentence(re.sub(r"[.:…]+$", "", text))


def iso_date(text: str) -> str:
    """Give the date that a line states, as ISO 8601; empty where there is none."""
    match = DATE.search(text) if _may_be_dated(text) else None
    if not match:
        return ""
    if match.group("iso"):
        return match.group("iso")
    month = _month_number(match.group("month") or match.group("month2"))
    day = int(match.group("day") or match.group("day2"))
    year = int(match.group("year") or match.group("year2"))
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 else ""


_MONTHS = (
    ("jan", "ene", "gen", "янв"),
    ("feb", "fév", "fev", "фев"),
    ("mar", "mär", "мар"),
    ("apr", "abr", "avr", "апр"),
    ("may", "mai", "mag", "май", "мая"),
    ("jun", "juin", "giu", "июн"),
    ("jul", "juil", "lug", "июл"),
    ("aug", "ago", "aoû", "aou", "авг"),
    ("sep", "set", "сен"),
    ("oct", "okt", "ott", "окт"),
    ("nov", "ноя"),
    ("dec", "dez", "dic", "déc", "дек"),
)


def _month_number(name: str) -> int:
    folded = name.lower()
    return next(number for number, stems in enumerate(_MONTHS, 1) if folded.startswith(stems))


def round_posts(
    sheet: Sheet, heads: Sequence[tuple[int, int]], certain: Mapping[int, str], gone: Collection[int]
) -> dict[int, str]:
    """Give further furniture at the edges of posts.

    `heads` are the first line of each heading and the first line after it; `certain` is the furniture known
    so far; `gone` are lines that leave the text for other reasons.
    """
    found: dict[int, str] = dict(certain)
    zones = _zones(sheet, heads, gone)
    census = _census(sheet, zones)
    for zone in zones:
        found = _grown(sheet, zone, found, census) | found
    return _elsewhere(sheet, found, {index for first, body in heads for index in range(first, body)}) | found


def _elsewhere(sheet: Sheet, found: Mapping[int, str], headings: Collection[int]) -> dict[int, str]:
    """Give stacks of lines that were furniture at the edges of posts and stand inside one too.

    Text without a heading of its own may follow a post, so that the post's edge is not where a heading
    stands.
    """
    titles = {words_folded(sheet.texts[index]) for index in headings}
    counts = Counter(words_folded(sheet.texts[index]) for index in found)
    often = {text for text, count in counts.items() if count >= _LEAST_POSTS and text not in titles}
    if not often:
        return {}
    known = [
        index not in headings and (index in found or (len(text) <= _LONGEST and words_folded(text) in often))
        for index, text in enumerate(sheet.texts)
    ]
    more: dict[int, str] = {}
    start = 0
    while start < len(known):
        end = start
        while end < len(known) and known[end]:
            end += 1
        if end - start >= _LEAST_STACK:
            more.update(dict.fromkeys(range(start, end), "Repeats at the edge of posts."))
        start = end + 1
    return more


class _Zone(Struct, frozen=True):
    """One edge of a post."""

    lines: tuple[int, ...]
    """From the edge of the post inwards."""
    title: str
    last: bool
    """The end of the manuscript, where a site prints its own foot once."""


def _zones(sheet: Sheet, heads: Sequence[tuple[int, int]], gone: Collection[int]) -> list[_Zone]:
    """Give the upper and the lower edge of every post, in turn."""
    zones: list[_Zone] = []
    total = len(sheet.lines)
    for place, (first, body) in enumerate(heads):
        end = heads[place + 1][0] if place + 1 < len(heads) else total
        title = words_folded(" ".join(sheet.texts[first:body]))
        inside = [index for index in range(body, end) if index not in gone]
        zones.append(_Zone(tuple(inside[:_EDGE]), title, last=False))
        zones.append(_Zone(tuple(reversed(inside[-2 * _EDGE :])), title, last=end == total))
    return zones


class _Seen(Struct, frozen=True):
    """One short line as it compares with the lines of other posts."""

    template: str
    """Folded, with dates, numbers and the post's own title taken out."""
    label: bool
    """No sentence: a button, a name, a count."""
    dated: bool
    """It states a date beside other words."""


def _seen(text: str, title: str) -> _Seen | None:
    """Give a line as a template; None where it is too long, or an ornament."""
    folded = words_folded(DATE.sub(" date ", text) if _may_be_dated(text) else text)
    if len(title) > _SHORTEST_TITLE and title in folded:
        folded = folded.replace(title, "title")
        text = ""
    bare = _QUOTED.sub("", text).strip()
    if len(bare) > _LONGEST or is_ornament(text) or not folded:
        return None
    label = (
        len(bare.split()) <= _MOST_WORDS and not ends_sentence(bare.rstrip(":")) and text[:1] not in "“\"‘'—"
    )
    template = re.sub(r"\d+", "#", folded)
    return _Seen(template, label or not text, "date" in folded.split() and template != "date")


_SHORTEST_TITLE = 3
_MOST_WORDS = 10
_LEAST_POSTS = 2
_LEAST_STACK = 3
_MOST_HELD = 2
_MOST_AT_FOOT = 5
_MOST_POSTS = 0.6


class _Census(Struct, frozen=True):
    """In how many posts each template stands at an edge."""

    posts: dict[str, int]
    total: int

    def again(self, seen: _Seen) -> int:
        """Count the posts that have this line."""
        return self.posts.get(seen.template, 0)

    def everywhere(self, seen: _Seen) -> bool:
        """Tell whether one line alone is furniture: it dates posts, or most posts have it."""
        count = self.again(seen)
        if not seen.label or count <= _LEAST_POSTS:
            return False
        return seen.dated or count >= max(4, self.total * _MOST_POSTS)


def _census(sheet: Sheet, zones: Sequence[_Zone]) -> _Census:
    posts: dict[str, set[int]] = {}
    for place, zone in enumerate(zones):
        for index in zone.lines:
            seen = _seen(sheet.texts[index], zone.title)
            if seen:
                posts.setdefault(seen.template, set()).add(place // 2)
    return _Census({template: len(found) for template, found in posts.items()}, len(zones) // 2)


def _grown(sheet: Sheet, zone: _Zone, certain: Mapping[int, str], census: _Census) -> dict[int, str]:
    """Walk from the edge inwards as long as lines can be furniture; take them where they stand together.

    A line that only comes back, like a refrain or an address, is no furniture by itself: known furniture must
    stand in the same stack, or several such lines, or nearly every post must have it.
    """
    stack: list[int] = []
    held: list[int] = []
    signs = repeats = 0
    for index in zone.lines:
        seen = _seen(sheet.texts[index], zone.title)
        if seen is None and index not in certain:
            break
        again = census.again(seen) >= _LEAST_POSTS if seen else False
        label = seen is not None and seen.label
        sign = index in certain or (label and _PHRASE.match(sheet.texts[index]) is not None)
        if sign or (again and label):
            signs += sign or (seen is not None and census.everywhere(seen))
            repeats += again
            stack.extend((*held, index))
            held = []
        elif (again or label) and len(held) < (_MOST_AT_FOOT if zone.last and not stack else _MOST_HELD):
            held.append(index)
        else:
            break
    if not signs and repeats < _LEAST_STACK:
        return {}
    return dict.fromkeys(stack, "Repeats at the edge of posts.")


def doubled_titles(sheet: Sheet, heads: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Give the lines that repeat the heading they follow."""
    found: dict[int, str] = {}
    for first, body in heads:
        title = words_folded(" ".join(sheet.texts[first:body]))
        if body < len(sheet.texts) and title and words_folded(sheet.texts[body]) == title:
            found[body] = "Heading printed twice."
    return found


def common_lines(sheet: Sheet) -> set[int]:
    """Give the short lines that come back through the manuscript, dates and numbers apart; titles do not."""
    places: dict[str, list[int]] = {}
    for index, text in enumerate(sheet.texts):
        seen = _seen(text, "") if len(text) <= _LONGEST else None
        if seen and seen.template.strip("# "):
            places.setdefault(seen.template, []).append(index)
    return {index for found in places.values() if len(found) > _LEAST_POSTS for index in found}


def beacons(signs: Mapping[int, str]) -> set[int]:
    """Give the furniture that stands at the top of a post, below its title."""
    return {index for index, what in signs.items() if what.startswith(("Reading time", "Posting line"))}


def repeats_next(sheet: Sheet, index: int) -> bool:
    """Tell whether the next line repeats a title-like one: exporters print a post's title twice."""
    if index + 1 >= len(sheet.texts) or not is_title_like(sheet.texts[index]):
        return False
    title = words_folded(sheet.texts[index])
    return title != "" and title == words_folded(sheet.texts[index + 1])
