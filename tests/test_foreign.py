"""Words in another language say which, where the author does."""

from pathlib import Path

from publish import build
from publish.check import faults
from publish.config import Format
from publish.document import Foreign, Paragraph, prose
from tests.properties import check
from tests.reading import made_of
from tests.test_figures import HEAD, editions, entries, folder

MARKED = (
    "She had [le *mot* juste]{lang=fr}, as ever.^[[Sic]{lang=la}, she said.] He said [слово]{lang=ru-RU}.\n"
)


def test_a_mark_says_the_language(tmp_path: Path) -> None:
    manuscript = build.load([folder(tmp_path, f"{HEAD}# Chapter 1\n\n{MARKED}")])
    normalized = build.assemble(manuscript)
    (paragraph,) = normalized.book.divisions[0].blocks
    assert isinstance(paragraph, Paragraph)
    foreign = [one for one in paragraph.children if isinstance(one, Foreign)]
    found = [(one.language, prose(one.children).text) for one in foreign]
    assert found == [("fr", "le mot juste"), ("ru-RU", "слово")]
    check(normalized, manuscript.drafts)


def test_both_editions_say_the_language(tmp_path: Path) -> None:
    text = f"{HEAD}# Chapter 1\n\n{MARKED}\n# Chapter 2\n\n{MARKED}"
    done = editions(folder(tmp_path, text), Format.PDF, Format.EPUB)
    assert not faults(done[Format.EPUB])
    chapter = entries(done[Format.EPUB])["EPUB/01-chapter-1.xhtml"].decode()
    assert '<span lang="fr" xml:lang="fr">le <em>mot</em> juste</span>' in chapter
    assert '<span lang="ru-RU" xml:lang="ru-RU">слово</span>' in chapter
    assert '<span lang="la" xml:lang="la">Sic</span>, she said.</p>' in chapter
    assert "und-" not in chapter


def test_what_names_no_language_is_text() -> None:
    text = f"{HEAD}# Chapter 1\n\nHe wrote [a]{{lang=}} and [b]{{lang=x y}}.\n"
    (paragraph,) = made_of(text, "book.md").book.divisions[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert prose(paragraph.children).text == "He wrote [a]{lang=} and [b]{lang=x y}."
