"""Rules on the markup of Markdown that a book has no use for, and that leaves its text."""

from publish.lint.rule import Example, mirror

_HEAD = "---\ntitle: The House\nauthor: Jane Roe\nlanguage: en\n---\n\n"
_P = "The house had stood empty for years, and nobody in the village knew who owned it now.\n\n"
mirror(
    "STR050",
    "link",
    """Words are a link to a page, or to a place in the book.

    The words stay. The address is left out of the book, where it could not be followed on paper and may be
    gone in a year; it is kept in the log. If readers are to have it, write it in a note.

    Fix: Nothing needs doing.
    Source: CommonMark 0.31, 6.3; The Chicago Manual of Style, 14.17.
    """,
    examples=(Example(_HEAD + _P + "She read ⟦[⟧the paper⟦](https://example.org/paper)⟧ twice.\n"),),
    passes=(_HEAD + _P + "She read [the paper](as she called it) twice.\n",),
)
mirror(
    "STR051",
    "comment",
    """A comment stands in the file: `<!-- -->`, or `%% %%` as Obsidian has it.

    It is the author's note to himself. It is left out of the book and kept in the log.

    Fix: Nothing needs doing.
    Source: CommonMark 0.31, 6.6.
    """,
    examples=(Example(_HEAD + _P + "⟦<!-- Who owns it? -->⟧\n\nShe read it twice.\n"),),
    passes=(_HEAD + _P + "She wrote “<!” and left.\n",),
)
mirror(
    "STR052",
    "markup-dropped",
    """Markup says how words are to look, or names them, and the book has nothing of the kind.

    Tags of HTML such as `<span>`, `==marks==`, names in braces behind brackets, fences `:::` of an unknown
    name, signs in a line below a heading, WordPress's signs round a caption: the words stay, the markup is
    left out and kept in the log.

    Fix: Nothing needs doing; for italics type *stars*.
    Source: CommonMark 0.31, 6.6; the manual of pandoc; the help of Obsidian.
    """,
    examples=(
        Example(_HEAD + _P + "She read ⟦<small>⟧the paper⟦</small>⟧ ⟦==⟧twice⟦==⟧.\n"),
        Example(_HEAD + _P + '⟦[caption id="attachment_7"]⟧She read the paper.⟦[/caption]⟧\n'),
    ),
    passes=(_HEAD + _P + "She <sighed> and read: a == b. [caption: Ada & Al]\n",),
)
