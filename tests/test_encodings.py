"""Encodings found without being told: the letters must come out, whatever program wrote the file.

`encodings.txt` holds texts, each below the encodings that writers of its language still send.
"""

from pathlib import Path

import pytest

from publish.config import Config
from publish.normalize import normalize
from publish.readers.decode import decode
from tests.reading import made_of, read_one
from tests.test_hyphens import text_of

BLOCKS = Path(__file__).with_name("encodings.txt").read_text("utf-8").strip().split("\n\n")
CASES = [(encoding, block.split("\n")[1]) for block in BLOCKS for encoding in block.split("\n")[0].split()]
NAMES = [f"{encoding}-{text[:9]}" for encoding, text in CASES]


@pytest.mark.parametrize(("encoding", "text"), CASES, ids=NAMES)
@pytest.mark.parametrize("share", [1, 3], ids=["whole", "a third"])
def test_a_short_text_is_read_in_its_own_encoding(encoding: str, text: str, share: int) -> None:
    typed = text[: len(text) // share].encode(encoding, "ignore").decode(encoding)
    assert decode(typed.encode(encoding), "story.txt").text == typed


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_few_marks_at_the_end_of_a_long_file_decide(encoding: str) -> None:
    text = "Chapter 1\n\n" + "He went home. " * 9000 + "\n\nShe said “no” — and Zoë’s café…\n"
    assert decode(text.encode(encoding), "story.txt").text == text


def test_two_readings_that_are_equally_good_are_named() -> None:
    """One letter in a word that nobody knows: the finding names what else the file may be."""
    source, draft = read_one("Chapter 1\n\nThe name was Vlàdek.\n".encode("mac_roman"), "story.txt")
    found = [
        finding for finding in normalize([draft], [source], Config()).diagnostics if finding.code == "ENC012"
    ]
    assert len(found) == 1
    assert "It may as well be" in found[0].message


def test_what_is_certain_is_not_doubted() -> None:
    source, draft = read_one("Chapter 1\n\n“I don’t know,” she said.\n".encode("cp1252"), "story.txt")
    found = [
        finding for finding in normalize([draft], [source], Config()).diagnostics if finding.code == "ENC012"
    ]
    assert [finding.message for finding in found if "may as well" in finding.message] == []


def test_one_sign_before_a_number_is_no_letter() -> None:
    text = "He had an income of £100 a year and a room. " * 3
    assert decode(text.encode("cp850"), "story.txt").text == text


def test_a_sharp_s_and_its_mark_are_no_letter_of_another_script() -> None:
    """DF A0 and DF 94 are sound UTF-8, too."""
    lines = [
        "Über den Fluß\xa0— so weit.",
        "»Spaß”, sagte er.",
        "Die Brücke war groß.",
        "Für ߊߎ gibt es Wörter.",
    ]
    data = b"\n\n".join(line.encode("utf-8" if at > 1 else "cp1252") for at, line in enumerate(lines))
    text = text_of(made_of(data))
    assert all(word in text for word in ("Fluß", "Spaß”", "groß", "ߊߎ"))
