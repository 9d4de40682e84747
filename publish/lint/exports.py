"""Rules on what blogs export: posts that are no text of the book."""

from publish.diagnostic import Severity
from publish.lint.rule import mirror, reported

mirror(
    "DOC020",
    "post-left-out",
    """A passage of a post that the export has as a draft, as a page, as private or as thrown away.

    Blogs export whatever they hold. The book is made of what was published; all else is left out, and kept in
    the log. So is the excerpt of a post, which its author wrote for the blog's lists.

    Fix: To have a post in the book, publish it, or refuse this repair with its words.
    Source: The export formats of WordPress, Blogger, Ghost, Medium and Substack.
    """,
    safety=None,
    examples=(),
)
reported(
    "DOC021",
    "posts-left-out",
    """Posts of the export are not in the book, since they were not published.

    They are drafts, pages such as "About me", private posts, or lie in the bin. A chapter that was never
    published may be missing in the book.

    Fix: Look through the names; to have one in the book, publish it, or refuse `DOC020` with its words.
    Source: The export formats of WordPress, Blogger, Ghost, Medium and Substack.
    """,
    severity=Severity.WARNING,
    examples=(),
)
mirror(
    "DOC022",
    "shortcode-left-out",
    """A sign of WordPress stands where the blog shows something that the export does not hold.

    `[gallery]` stands for pictures, `[video]`, `[audio]`, `[playlist]` and `[embed]` for films and sounds.
    `[youtube https://…]` and the like stand for what another service shows.
    The sign itself is not printed; what it stands for is missing in the book.

    Fix: Save the pictures and name them there, or take out the sign.
    Source: WordPress, Shortcode API.
    """,
    severity=Severity.WARNING,
    safety=None,
    examples=(),
)
