"""What became of the author's text: every edit, for people, for programs, as a diff and as a page."""

from publish.changes.diff import as_diff
from publish.changes.entries import Entry, Kind, collect
from publish.changes.page import as_page
from publish.changes.report import as_json, as_text

__all__ = ["Entry", "Kind", "as_diff", "as_json", "as_page", "as_text", "collect"]
