"""Notes below the text of their division, each with the way there and back."""

import re

from publish.xhtml import escape

_PLAIN = r"(?:(?!</?span)[\s\S])*"
_NOTE = re.compile(
    r'<span class="note(?: numbered" data-number="(\d+))?">'
    rf"((?:(?!</?span)[\s\S]|<span[^>]*>{_PLAIN}</span>)*)</span>"
)
"""A note; in it stand marks of pages and words in other languages, with no span inside."""


def with_notes_below(html: str, division: str) -> str:
    """Give finished XHTML with a reference for each note, and the notes below, each with the way back.

    Reading systems show such a note in a window of its own. `division` is the id that the ids begin with.
    """
    notes: list[tuple[str, str]] = []

    def referred(match: re.Match[str]) -> str:
        name = f"{escape(division)}.note-{len(notes) + 1}"
        number = match[1] or f"{len(notes) + 1}"
        notes.append((number, match[2]))
        # Apple's reader opens its window for these two types alone, on the reference and on the note.
        return (
            f'<a class="noteref" id="{name}.ref" href="#{name}" epub:type="noteref" role="doc-noteref">'
            f"{number}</a>"
        )

    html = _NOTE.sub(referred, html)
    return html + "".join(
        _note_below(f"{escape(division)}.note-{n}", *note) for n, note in enumerate(notes, 1)
    )


def _note_below(name: str, number: str, note: str) -> str:
    # The way back stands first: where it ends a note, Kindle's window runs on into the next one. It is the
    # number, since Kobo's faces have no arrow that turns back.
    back = f'<a class="backlink" href="#{name}.ref" epub:type="backlink" role="doc-backlink">{number}</a>'
    return (
        f'<aside class="note" id="{name}" epub:type="footnote" role="doc-footnote">\n'
        f"<p>{back} {note}</p>\n</aside>\n"
    )
