"""The EPUB 3.3 edition, made from the intermediate document alone."""

from datetime import datetime

from publish.document import Book
from publish.epub.look import USUAL, Look
from publish.pagination import Pagination
from publish.pictures import NONE, Pictures

__all__ = ["Look", "write"]


def write(  # noqa: PLR0913 - the book, its pictures, and one parameter for each choice
    book: Book,
    *,
    cover: bytes | None = None,
    look: Look = USUAL,
    pagination: Pagination | None = None,
    pictures: Pictures = NONE,
    modified: datetime,
) -> bytes:
    """Give the finished EPUB: the same arguments give the same bytes.

    `cover` is a JPEG or PNG file; without one a cover is made from title and author. With a `pagination` the
    text tells where the pages of that printed edition begin, else where the book itself has page breaks.
    `pictures` are those that the figures of the book name. `modified` is aware. Raises PublishError for an
    unknown style, design or colour, for a cover of another format and for a broken picture.
    """
    from publish.epub.packing import Wishes, pack

    wishes = Wishes(cover=cover, look=look, pagination=pagination, pictures=pictures, modified=modified)
    with pack(book, wishes) as made:
        return made.read()
