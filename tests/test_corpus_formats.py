"""A slice of the corpus in other formats; `python -m tests.corpus_formats` scores all of it."""

import pytest

from tests import corpus_formats

BOOK = "time-machine"
# The scorer leaves a file open.
pytestmark = [
    pytest.mark.shared,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize(("form", "least"), [("html", 0.98), ("html-centred", 0.96), ("markdown-bold", 0.96)])
def test_a_book_comes_back_from_pandoc(form: str, least: float) -> None:
    ((_, result),) = corpus_formats.forms([BOOK], [form])
    assert not result.error
    assert result.composite is not None
    assert result.composite >= least
    assert (result.lost, result.broken) == (0, 0)


@pytest.mark.parametrize(
    ("book", "recipe", "form"), [("hamlet", "mix-seed", "wxr"), ("huckleberry-finn", "mix-medium", "page")]
)
def test_a_blog_comes_in_reading_order(book: str, recipe: str, form: str) -> None:
    ((_, result),) = corpus_formats.blogs([(book, recipe)], [form])
    assert not result.error
    assert (result.exact_order, result.uncertain, result.lost, result.broken) == (True, False, 0, 0)
