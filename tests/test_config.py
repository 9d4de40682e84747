"""book.toml is read strictly, and what is wrong in it is named with its place."""

import pytest

from publish.config import Config, load
from publish.diagnostic import PublishError

WHOLE = """\
[book]
title = "The Winter"
author = ["Ada", "Bob"]
language = "en-GB"
date = 2021-08-02
isbn = "978-0-00-000000-2"

[manuscript]
files = [
    "one.txt",  # first
    "two.txt",
]

[order]
keep = false
sequence = ["Chapter II", "Chapter I"]
infer-parts = false

[order.copies]
"IV. The Storm" = 2

[[refuse]]
rule = "SPC007"
text = "mid- level"
reason = "It is meant."

[[refuse]]
rule = "QUO"

[epub]
cover = "cover.jpg"

[pdf]
trim = "6x9in"
"""


def test_whole_file() -> None:
    config = load(WHOLE.encode(), "book.toml")
    assert config.book.author == ("Ada", "Bob")
    assert config.book.date == "2021-08-02"
    assert config.manuscript.files == ("one.txt", "two.txt")
    assert config.order.copies == {"IV. The Storm": 2}
    assert not config.order.infer_parts
    assert [refusal.rule for refusal in config.refuse] == ["SPC007", "QUO"]
    assert config.pdf.trim == "6x9in"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"# nothing\r\n", b"\r\n[book]\r\n"])
def test_nothing_said_is_the_default(data: bytes) -> None:
    assert load(data, "book.toml") == Config()


def test_one_author_is_a_text() -> None:
    assert load(b'[book]\nauthor = "Ada"', "book.toml").book.author == "Ada"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('[book]\ntitel = "x"', "b:2:1: [book] has no key “titel”.", "Did you mean “title”?"),
        ('\n[boook]\ntitle = "x"', "b:2:1: book.toml has no table or key “boook”.", "Did you mean “book”?"),
        ('title = "x"', "b:1:1: book.toml has no table or key “title”.", "It belongs in [book]."),
        (
            '[pdf]\n a.b = "x"',
            "b:2:2: [pdf] has no key “a”.",
            "Known here: trim, style, isbn, engine, for, colour, full-page.",
        ),
        ("[book]\n  title = 3", "b:2:3: the value of “title” must be text in quotation marks.", ""),
        ("[book]\nauthor = [1]", "b:2:1: the value of “author” must be text in quotation marks.", ""),
        ("book = 3", "b:1:1: the value of “book” must be a table.", ""),
        ('[order]\nkeep = "yes"', "b:2:1: the value of “keep” must be true or false.", ""),
        ("[order.copies]\nIV = 0", "b:1:1: the value of “copies” must be a whole number, at least 1.", ""),
        (
            '[[refuse]]\nrule = "SPC"\n[[refuse]]\ntext = "x"',
            "b:3:1: this entry of [[refuse]] lacks “rule”.",
            None,
        ),
        ('[[refuse]]\nrule = "spaces"', "b:2:1: “spaces” is not the code of a rule.", None),
        ("[book]\ntitle = x", "b:2:9: invalid value.", None),
        ("[book\n", "b:1:6: expected ']' at the end of a table declaration.", None),
        ("[book]\ntitle = ", "b:2:8: invalid value.", None),
    ],
)
def test_faults_are_named_with_their_place(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(PublishError) as caught:
        load(text.encode(), "b")
    assert caught.value.message == message
    assert caught.value.hint == hint if hint is not None else caught.value.hint


def test_place_is_found_behind_text_of_several_lines() -> None:
    text = '[book]\ndescription = """\ntitel = 1\n[pdf]\n"""\nrights = \'\'\'a\n\'\'\'\n[epub]\ncovr = "x"\n'
    with pytest.raises(PublishError, match=r"^b:9:1: "):
        load(text.encode(), "b")


def test_a_file_that_is_not_utf_8() -> None:
    with pytest.raises(PublishError, match=r"^b:2:10: the file is not UTF-8"):
        load(b'[book]\ntitle = "\xe9"', "b")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('language = "klingonese language"', "is not a language"),
        ('date = "soon"', "is not a date"),
        ('isbn = "123"', "is not an ISBN"),
        ('isbn = "978-3-16-148410-1"', "is not an ISBN"),
    ],
)
def test_metadata_that_no_store_takes_is_refused_with_its_place(line: str, what: str) -> None:
    with pytest.raises(PublishError, match=rf"^book\.toml:3:1: .*{what}"):
        load(f"[book]\ntitle = 'A'\n{line}\n".encode(), "book.toml")


def test_metadata_that_stores_take() -> None:
    isbns = ('isbn = "978-3-16-148410-0"', 'isbn = "0-306-40615-2"')
    for line in ('language = "pt-BR"', 'date = "2026-11"', *isbns):
        load(f"[book]\n{line}\n".encode(), "book.toml")


def test_the_number_in_a_series_needs_no_quotation_marks() -> None:
    for number in ("2", "1.5"):
        assert load(f"[book]\nseries-number = {number}".encode(), "b").book.series_number == number
