"""From paths to books and from books to files: the only door to disk and clock."""

from publish.build.boards import Binding, wrap_cover, wrap_path
from publish.build.editions import Progress, ebook_notes, editions, print_notes, proofs
from publish.build.files import FULL, read_bytes, unwritable, write
from publish.build.manuscript import Manuscript, assemble, book_folder, load, modified, with_engine
from publish.build.named import CONFIG_NAME, STDIN, expanded
from publish.build.settings import Options, check_settings
from publish.build.targets import check_target, default_path, is_ours, slug
from publish.build.watching import corrected, difference, touched, watchable

__all__ = [
    "CONFIG_NAME", "FULL", "STDIN", "Binding", "Manuscript", "Options", "Progress", "assemble",
    "book_folder", "check_settings", "check_target", "corrected", "default_path", "difference", "ebook_notes",
    "editions", "expanded", "is_ours", "load", "modified", "print_notes", "proofs", "read_bytes", "slug",
    "touched", "unwritable", "watchable", "with_engine", "wrap_cover", "wrap_path", "write",
]  # fmt: skip
