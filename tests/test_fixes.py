"""Fixes land in the author's file at their places, nothing else changes, and safe ones keep the book."""

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publish import fixes, lint
from publish.cli import main
from publish.config import Config, ManuscriptConfig, Refusal
from publish.diagnostic import Safety
from publish.document import same
from publish.fixes import Fixed, fix
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.source import source_key
from tests import ROOT
from tests.reading import read_one

NAME = "story.txt"
KEY = source_key(NAME)
PLAIN = Config()
STORY = (
    'The Ferry\n\nChapter 1: The Rope\n\n"It was na├»ve,"  she said -- and so it was...\n\n'
    "The ferry lay on the near bank all winter.\xa0\xa0Nobody had asked it to. "
    "It was the the ferryman who laughed.\n\nChapter 2: The Far Bank\n\nThey didn't know.\n"
)
MENDED = (
    "The Ferry\n\nChapter 1: The Rope\n\n“It was naïve,” she said—and so it was…\n\n"
    "The ferry lay on the near bank all winter. Nobody had asked it to. "
    "It was the the ferryman who laughed.\n\nChapter 2: The Far Bank\n\nThey didn’t know.\n"
)


def reader(data: bytes, config: Config = PLAIN, name: str = NAME) -> fixes.Reading:
    def read(changed: Mapping[int, bytes]) -> Normalized:
        source, draft = read_one(changed.get(source_key(name), data), name, config.manuscript.encoding)
        return normalize([draft], [source], config)

    return read


def fixed(
    data: bytes, safety: Safety = Safety.SAFE, config: Config = PLAIN, name: str = NAME
) -> tuple[Normalized, Fixed]:
    read = reader(data, config, name)
    before = read({})
    wish = fixes.Wish(safety, frozenset(lint.RULES), frozenset(before.sources))
    return before, fix(before, config, read, wish)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_what_the_book_has_is_written_into_the_file(encoding: str, end: str) -> None:
    """Whatever ends its lines and whichever encoding it has; a byte order mark stays."""
    before, after = fixed(STORY.replace("\n", end).encode(encoding))
    assert after.data == {KEY: MENDED.replace("\n", end).encode(encoding)}
    assert same(before.book, after.normalized.book)
    assert set(after.counts) == {"ENC001", "SPC001", "SPC002", "QUO001", "DSH001", "DSH006"}
    assert not after.withheld


def test_line_ends_of_several_kinds_stay_where_they_are() -> None:
    lines = STORY.split("\n")
    ends = ["\r\n" if number % 3 else "\n" for number in range(len(lines))]
    mixed = "".join(line + end for line, end in zip(lines, ends, strict=True))
    expected = "".join(line + end for line, end in zip(MENDED.split("\n"), ends, strict=True))
    assert fixed(mixed.encode())[1].data == {KEY: expected.encode()}


def test_a_file_in_a_code_page_stays_in_it() -> None:
    text = STORY.replace("na├»ve", "naïve, à la Zoë, déjà vu, Größe").replace("\xa0", " ")
    _, after = fixed(text.encode("cp1252"))
    assert after.normalized.sources[KEY].encoding == "cp1252"
    assert "“It was naïve, à la Zoë, déjà vu, Größe,” she said—and" in after.data[KEY].decode("cp1252")


def test_a_sign_that_the_encoding_lacks_is_not_written_and_told() -> None:
    config = Config(manuscript=ManuscriptConfig(encoding="latin-1"))
    text = 'The Ferry\n\nChapter 1\n\n"It was naïve,"  she said. It didn\'t float.\n'
    before, after = fixed(text.encode("latin-1"), config=config)
    assert after.data[KEY].decode("latin-1") == text.replace("  ", " ")
    assert {item.code for item in after.unwritable[KEY]} == {"QUO001"}
    assert len(after.unwritable[KEY]) == 3
    assert same(before.book, after.normalized.book)


def test_a_second_run_finds_nothing_to_do() -> None:
    _, after = fixed(STORY.encode())
    assert fixed(after.data[KEY])[1].data == {}


def test_unsafe_fixes_change_the_book_and_only_when_asked_for() -> None:
    before, after = fixed(STORY.encode(), Safety.UNSAFE)
    assert after.data[KEY].decode() == MENDED.replace("the the", "the")
    assert not same(before.book, after.normalized.book)
    assert after.counts["PUN001"] == 1


def test_what_is_refused_is_not_fixed() -> None:
    config = Config(refuse=(Refusal(rule="DSH001", text="she said -- and"),))
    _, after = fixed(STORY.encode(), config=config)
    assert after.data[KEY].decode() == MENDED.replace("said—and", "said -- and")


def test_markup_of_a_markdown_file_stays() -> None:
    text = '# Chapter 1\n\n*She* said "no" -- and __left__...  \\*\n\n* * *\n\nHe didn\'t.\n'
    before, after = fixed(text.encode(), name="story.md")
    mended = "# Chapter 1\n\n*She* said “no”—and __left__… \\*\n\n* * *\n\nHe didn’t.\n"
    assert after.data == {source_key("story.md"): mended.encode()}
    assert same(before.book, after.normalized.book)


def test_what_would_change_the_book_is_found_and_left() -> None:
    """A reading in which one word makes another book: its fix alone is withheld."""
    text = (
        "Chapter 1\n\n"
        + "\n\n".join(f"Win\xaddow {word}" for word in "one two three four five".split())
        + "\n"
    )
    read = reader(text.encode())

    def strange(changed: Mapping[int, bytes]) -> Normalized:
        made = read(changed)
        other = b"Window three" in changed.get(KEY, b"")
        return replace(made, book=read({KEY: b"Chapter 9\n\nNo.\n"}).book) if other else made

    wish = fixes.Wish(Safety.SAFE, frozenset(lint.RULES), frozenset({KEY}))
    after = fix(read({}), PLAIN, strange, wish)
    assert after.data[KEY].decode() == text.replace("\xad", "").replace("Window three", "Win\xaddow three")
    assert [item.code for item in after.withheld] == ["SPC006"]


PARTS = r""""Yes," 'no' didn't -- ... na├»ve donΓÇÖt ﬁsh &eacute; The and so. “He,” _so_ M----""".split()
PARTS += [" - ", "  ", "\xa0", "\xa0 ", "\u200b", "cafe\u0301", "\n", "\n\n", "\r\n", "exam-\nple", " ,"]
PARTS += ["Chapter 2\n\n", "* * *\n\n", "soft\xadhyphen", "\x92", "\ufeff"]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(PARTS), max_size=40), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_manuscript_keeps_its_book(parts: list[str], encoding: str) -> None:
    data = ("Chapter 1\n\nIt was late. " + " ".join(parts)).encode(encoding, "replace")
    before, after = fixed(data)
    assert same(before.book, after.normalized.book)
    again = fixed(after.data.get(KEY, data))[1]
    assert again.data == {}


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/cases/*.txt")), ids=lambda path: path.stem)
def test_no_line_of_the_author_is_deleted(path: Path) -> None:
    """Furniture and second copies are left out of the book, not of the file."""
    text = path.read_text("utf-8")
    parts = re.split(r"^=== (.*)\n", text, flags=re.MULTILINE)
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        if name.split()[0].endswith((".txt", ".md")):
            before, after = fixed(body.encode(), name=name.split()[0])
            new = after.normalized.sources[source_key(name.split()[0])].text
            assert same(before.book, after.normalized.book)
            if "SPC007" not in after.counts:
                assert len(re.findall(r"^.*\w", new, re.M)) == len(re.findall(r"^.*\w", body, re.M))


SLICE = ("one-fare-over", "the-name-book")


@pytest.mark.parametrize("name", SLICE)
def test_sample_books_keep_their_book(name: str) -> None:
    [path] = ROOT.glob(f"manuscripts/{name}/*.txt")
    before, after = fixed(path.read_bytes())
    assert same(before.book, after.normalized.book)
    assert not after.withheld
    left = lint.findings(after.normalized, Config())
    assert not [item for item in left if item.fix and item.fix.safety is Safety.SAFE]


# --- The command -----------------------------------------------------------------------------------------

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def publish(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_bytes(STORY.encode())
    return Path(NAME)


def git(*arguments: str) -> None:
    names = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], check=True, capture_output=True)


def test_the_old_file_is_kept_beside_the_new_one(publish: Command, story: Path) -> None:
    story.chmod(0o640)
    code, _, err = publish("lint", story, "--fix")
    assert (code, story.read_text("utf-8")) == (1, MENDED)
    assert Path("story.txt.bak").read_bytes() == STORY.encode()
    assert story.stat().st_mode & 0o777 == 0o640
    assert "story.txt: fixed; the old one is story.txt.bak" in err
    assert "8 fixes made: " in err
    assert sorted(path.name for path in Path().iterdir()) == ["story.txt", "story.txt.bak"]


def test_a_copy_that_is_there_is_not_replaced(publish: Command, story: Path) -> None:
    Path("story.txt.bak").write_text("My own notes.", "utf-8")
    publish("lint", story, "--fix")
    assert Path("story.txt.bak").read_text("utf-8") == "My own notes."
    assert Path("story.txt.bak1").read_bytes() == STORY.encode()


def test_no_copy_is_made_of_what_git_has(publish: Command, story: Path) -> None:
    git("init", "-q")
    git("add", NAME)
    git("commit", "-qm", "The story.")
    _, _, err = publish("lint", story, "--fix")
    assert "story.txt: fixed; the old one is in git" in err
    assert not Path("story.txt.bak").exists()


@pytest.mark.parametrize("change", ["edited", "added", "ignored"])
def test_a_copy_is_made_of_what_git_does_not_have_as_it_is(
    publish: Command, story: Path, change: str
) -> None:
    git("init", "-q")
    if change == "edited":
        git("add", NAME)
        git("commit", "-qm", "The story.")
        story.write_bytes(STORY.replace("winter", "summer").encode())
    elif change == "added":
        git("add", NAME)
    else:
        Path(".gitignore").write_text("*.txt\n", "utf-8")
    old = story.read_bytes()
    publish("lint", story, "--fix")
    assert Path("story.txt.bak").read_bytes() == old


def test_the_diff_shows_and_writes_nothing(publish: Command, story: Path) -> None:
    code, out, err = publish("lint", story, "--diff")
    assert code == 1
    assert "-They didn't know.\n+They didn’t know.\n" in out
    assert "8 fixes would be made: " in err
    assert story.read_bytes() == STORY.encode()
    assert [path.name for path in Path().iterdir()] == [NAME]
    story.write_text(MENDED, "utf-8")
    assert publish("lint", story, "--diff")[:2] == (0, "")


def test_only_what_is_selected_is_fixed(publish: Command, story: Path) -> None:
    publish("lint", story, "--fix", "--select", "ENC", "--select", "DSH006")
    assert story.read_text("utf-8") == STORY.replace("na├»ve", "naïve").replace("...", "…")


def test_a_write_protected_file_is_left_alone(publish: Command, story: Path) -> None:
    story.chmod(0o444)
    code, _, err = publish("lint", story, "--fix")
    assert code == 2
    assert "story.txt: the file is write-protected; nothing was written." in err
    assert story.read_bytes() == STORY.encode()


@pytest.mark.usefixtures("story")
def test_of_a_folder_only_the_named_file_is_fixed(publish: Command) -> None:
    Path("book").mkdir()
    Path("book/book.toml").write_text('[book]\ntitle = "Rain"\n', "utf-8")
    for number in (1, 2):
        Path(f"book/{number}.txt").write_text(f"Chapter {number}\n\nIt didn't rain.\n", "utf-8")
    publish("lint", "book/2.txt", "--fix")
    assert "didn't" in Path("book/1.txt").read_text("utf-8")
    assert "didn’t" in Path("book/2.txt").read_text("utf-8")
    publish("lint", "book", "--fix")
    assert "didn’t" in Path("book/1.txt").read_text("utf-8")
