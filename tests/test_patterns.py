"""What is spared: patterns that are compiled late, word lists that are read in part, looks for garbage."""

import gc
import re
from pathlib import Path

import pytest

from publish import lint
from publish.config import Config
from publish.lint.reading import Reading
from publish.normalize import normalize
from publish.normalize.typesetting import Setting
from publish.normalize.words import lexicon, wordlists
from publish.normalize.words.language import common_words
from publish.patterns import lazily
from tests.reading import read_one


def test_a_late_pattern_finds_what_a_compiled_one_finds() -> None:
    late, known = lazily(r"(?P<word>wet)\b", re.IGNORECASE), re.compile(r"(?P<word>wet)\b", re.IGNORECASE)
    text = "It was wet, WET and wetter."
    assert [m.span("word") for m in late.finditer(text)] == [m.span("word") for m in known.finditer(text)]
    assert late.sub("dry", text) == known.sub("dry", text)
    assert late.pattern == known.pattern


def test_a_late_pattern_is_wrong_only_when_it_is_asked() -> None:
    late = lazily("(")
    with pytest.raises(re.error):
        late.search("anything")


@pytest.mark.parametrize("language", ["en", "de", "fr", "ru"])
def test_a_word_is_as_common_as_in_the_whole_list(language: str) -> None:
    whole = lexicon.counts(language)
    some = [*list(whole)[::199], *list(whole)[-3:]]
    asked = [
        *some,
        *(word[:1] for word in some),
        *(f"{word}zq" for word in some),
        "",
        '"',
        "\\",
        "\ud800",
        "}",
    ]
    assert [lexicon.count(word, language) for word in asked] == [whole.get(word, 0) for word in asked]
    # Whoever asks how common the commonest word is need not read the whole list.
    assert max(whole, key=whole.__getitem__) in common_words()[language]


def test_no_list_has_no_words() -> None:
    assert not lexicon.exists("xx")
    assert lexicon.counts("xx") == {}
    assert lexicon.count("word", "xx") == 0


@pytest.mark.parametrize("path", sorted(wordlists.FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_file_of_words_has_each_row_once_and_no_empty_phrase(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    rows = [row for section in wordlists.sections(path.stem).values() for row in section.values()]
    assert len(rows) == sum(": " in line for line in lines if line[:1] not in ("", " ", "#", "["))
    assert not [row for row in rows if re.search(r"^[,|]|[,|]$|,\s*,|(?<!\\)\|\|", row.strip())]


def test_a_manuscript_is_let_go_without_a_look_for_circles() -> None:
    text = "".join(f"Chapter {n}\n\n“It’s late,” said Ada.\n\n" for n in range(1, 200))
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        source, draft = read_one(text.encode(), "book.txt")
        found = lint.findings(normalize([draft], [source], Config()), Config())
        assert found
        assert not [held for held in gc.get_objects() if isinstance(held, (Setting, Reading))]
    finally:
        if collects:
            gc.enable()
