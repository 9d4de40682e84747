"""What cannot be done is said in one clear sentence, and nothing half done is left."""

import errno
import os
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from publish import build, readers
from publish.cli import main
from publish.config import Config
from publish.diagnostic import PublishError
from publish.normalize import normalize

Told = Callable[..., list[str]]
SPELLING = "Check the spelling of its name."


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command that cannot run; gives the lines of its message."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> list[str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert code == 2, (code, out, err)
        assert out == ""
        assert "Traceback" not in err
        lines = err.splitlines()
        assert lines[0].startswith("publish: ")
        assert len(lines) <= 2
        return [lines[0].removeprefix("publish: "), *(line.strip() for line in lines[1:])]

    return run


def text(name: str, content: str | bytes = "Once there was a ferry.\n") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("command", ["build", "epub", "pdf", "lint", "order", "normalize", "inspect"])
def test_missing_path(refused: Told, command: str) -> None:
    text("ferry.txt")
    assert refused(command, "fery.txt") == [
        "fery.txt: there is no such file or folder.",
        "Did you mean “ferry.txt”?",
    ]
    assert refused(command, "zzz/x.txt") == [
        f"{Path('zzz/x.txt')}: there is no such file or folder.",
        SPELLING,
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", "\u200b\n\u00a0\n".encode()]
)
def test_empty_file(refused: Told, content: bytes) -> None:
    message = refused("build", text("empty.txt", content))[0]
    assert message.startswith("empty.txt: ")
    assert not Path("dist").exists()


def test_markdown_of_nothing_but_front_matter(refused: Told) -> None:
    assert refused("lint", text("a.md", "---\ntitle: x\n---\n"))[0] == "a.md: there is no text in it."


def test_folder_without_a_manuscript(refused: Told) -> None:
    Path("book").mkdir()
    text("book/cover.jpg")
    assert refused("build", "book")[0] == "book: the folder holds no manuscript."
    text("Lamp.scriv/Lamp.scrivx", "<ScrivenerProject/>")
    assert "Scrivener" in refused("build", "Lamp.scriv")[1]
    text("book/inner/book.toml", "")
    assert refused("build", "book")[1] == "A folder in it is a book: inner."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"%PDF-1.7\n"),
        ("a.txt", b"PK\x03\x04" + bytes(range(256)) * 8),
        ("a.txt", bytes(range(256)) * 64),
        ("a.md", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("a.txt", b"\x00" * 5000),
    ],
)
def test_binary_file(refused: Told, name: str, content: bytes) -> None:
    assert refused("build", text(name, content))[0].startswith(f"{name}: ")


def test_unknown_suffix(refused: Told) -> None:
    message, hint = refused("build", text("story.pages"))
    assert message.startswith("story.pages: ")
    assert ".txt" in hint


@pytest.mark.parametrize("command", ["build", "lint"])
def test_unreadable_file(refused: Told, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = text("ferry.txt")
    path.chmod(0)
    if os.access(path, os.R_OK):

        def forbidden(self: Path) -> bytes:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))

        monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert refused(command, path)[0] == "ferry.txt: you may not read it."


def test_what_is_no_file(refused: Told) -> None:
    os.mkfifo("pipe.txt")
    assert refused("build", "pipe.txt")[0] == "pipe.txt: this is not a file."
    assert refused("lint", "x" * 300 + ".txt")[0].endswith(": it cannot be read (File name too long).")


def test_what_no_pattern_can_be_and_no_disk_holds(refused: Told) -> None:
    text("a.md", f"# One\n\nRain.\n\n![x]({'x' * 300}.png)\n")
    assert refused("lint", "x" * 300 + "*") == [f"{'x' * 300}*: no file fits this pattern.", SPELLING]
    assert refused("build", "**.txt")[0] == "**.txt: no file fits this pattern."
    assert refused("epub", "a.md")[0] == f"a.md:5:6: there is no picture “{'x' * 300}.png”."


def test_a_folder_whose_name_has_the_signs_of_patterns(tmp_path: Path) -> None:
    for name in ("[draft 2] *?", "[draft 2] *?/part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "2.txt").write_text("Once there was a ferry.\n")
    (tmp_path / "[draft 2] *?" / "book.toml").write_text(
        '[manuscript]\nfiles = ["*.txt", "part/[0-9].txt"]\n'
    )
    found = build.load([tmp_path / "[draft 2] *?"]).files
    assert [path.parent.name for path in found] == ["[draft 2] *?", "part"]


def test_a_folder_among_files_and_a_file_given_twice(refused: Told) -> None:
    path = text("book/a.txt")
    assert refused("build", path, "book")[0] == "book: a folder is a book by itself."
    assert refused("build", path, path)[0] == f"{path}: the file is given twice."


# --- book.toml ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[book", ":1:6: expected ']' at the end of a table declaration."),
        ('[book]\ntitel = "x"', ":2:1: [book] has no key “titel”."),
        ('[manuscript]\nfiles = ["b.txt"]', ":2:10: there is no file “b.txt”."),
        ('[manuscript]\nfiles = ["../a.txt"]', ":2:10: “../a.txt” is not in the book's folder."),
        ('[manuscript]\nfiles = ["/a.txt"]', ":2:10: “/a.txt” is not in the book's folder."),
        ('[epub]\ncover = "no.jpg"', ":2:1: there is no picture “no.jpg”."),
    ],
)
def test_broken_book_toml(refused: Told, toml: str, message: str) -> None:
    text("book/a.txt")
    assert refused("epub", text("book/book.toml", toml).parent)[0] == f"{Path('book/book.toml')}{message}"


@pytest.mark.parametrize(
    "toml", ['[manuscript]\nencoding = "utf-99"', '[epub]\nstyle = "no"', '[pdf]\ntrim = "big"']
)
def test_values_of_book_toml_that_cannot_be(refused: Told, toml: str) -> None:
    text("book/a.txt")
    text("book/book.toml", toml)
    refused("build", "book")
    assert not Path("dist").exists()


# --- Output ------------------------------------------------------------------------------------------------


def test_a_folder_or_a_file_in_the_way(refused: Told) -> None:
    path = text("ferry.txt")
    assert refused("epub", path, "-o", ".")[0] == ".: this is a folder."
    assert refused("build", path, "-o", path)[0].endswith(": a file stands where a folder is needed.")
    os.link(path, "linked.md")
    text("book/a.txt")
    text("book/book.toml", '[book]\ntitle = "The Ferry"\n')
    for target in ("ferry.txt", "linked.md"):
        assert refused("pdf", path, "-o", target)[0] == f"{target}: this is the manuscript itself."
        forced = refused("normalize", path, "-o", target, "--force")
        assert forced[:2] == [f"{target}: this is the manuscript itself.", "Name another file."]
    assert refused("normalize", "book", "-o", "book/book.toml", "--force")[1] == "Name another file."
    text("mine.md", "# Mine\n")
    assert refused("normalize", path, "-o", "mine.md")[1].startswith("Add --force")
    assert Path("mine.md").read_text() == "# Mine\n"


def test_output_folder_that_is_not_writable(refused: Told) -> None:
    path = text("ferry.txt").resolve()
    locked = Path("/proc") if Path("/proc/self").exists() else Path("/")
    message = refused("epub", path, "-o", locked / "publish-test" / "x.epub")[0]
    assert message.startswith(str(locked / "publish-test" / "x.epub"))


def test_no_room_for_the_file(tmp_path: Path) -> None:
    """A file that may not grow behaves as on a full disk: the old one stays, and no other is left."""
    path = tmp_path / "ferry.txt"
    path.write_text("Once there was a ferry, and it was full.\n\n" * 2000)
    old = tmp_path / "out.md"
    old.write_bytes(b"---\ngenerator: publish\ndigest: %08x\n---\nold" % zlib.crc32(b"old"))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from publish.cli import main; sys.exit(main())",
            "normalize",
            path,
            "-o",
            old,
        ],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"publish: {old}: the disk is full; nothing was written.")
    assert old.read_bytes().endswith(b"old")
    assert sorted(item.name for item in tmp_path.iterdir()) == ["ferry.txt", "out.md"]


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    def fail(_: int) -> None:
        raise fault

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((PublishError, KeyboardInterrupt)):
        build.write(tmp_path / "x.epub", b"whole")
    assert not list(tmp_path.iterdir())


def test_a_device_is_written_to_and_not_replaced(refused: Told) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.fail("the system has no /dev/full")
    path = text("ferry.txt")
    assert refused("normalize", path, "-o", "/dev/full")[0].startswith("/dev/full: the disk is full")
    assert Path("/dev/full").is_char_device()
    assert main(["normalize", str(path), "-o", "/dev/null"]) == 0
    assert Path("/dev/null").is_char_device()


def test_a_moment_that_is_none(refused: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert refused("epub", text("ferry.txt"))[0] == "SOURCE_DATE_EPOCH: “yesterday” is no moment."


def test_an_edition_that_fails_in_its_own_process_is_reported_alike(refused: Told) -> None:
    text("book/a.txt")
    text("book/book.toml", '[pdf]\ntrim = "1x1in"')
    single, both = refused("pdf", "book"), refused("build", "book")
    assert single == both


# --- Size --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("blank lines.txt", "Chapter 1\n\nOnce.\n" + "\n" * 400_000 + "Chapter 2\n\nTwice.\n"),
        ("blank lines.md", "# Chapter 1\n\nOnce.\n" + "\n" * 400_000 + "# Chapter 2\n\nTwice.\n"),
        ("one line.txt", "It rained. " * 100_000),
        ("one line.md", "It rained. " * 50_000),
        ("one word.txt", "x" * 1_000_000),
        ("quotation marks.txt", '"' * 100_000),
    ],
)
def test_extreme_files_are_read(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert main(["normalize", str(path)]) == 0
    assert len(capsysbinary.readouterr().out) > 100


@pytest.mark.parametrize("name", ["big.txt", "big.md", "big.html", "big.xml"])
def test_a_text_larger_than_any_book(refused: Told, name: str) -> None:
    with Path(name).open("wb") as file:
        file.truncate((64 << 20) + 1)
    assert refused("lint", name) == [
        f"{name}: a text of more than 64 MB is no book.",
        "Divide it, or save its text alone.",
    ]


def test_a_contents_list_that_no_heading_answers() -> None:
    read = readers.read(b"CONTENTS\r\x0c\nT  0\r\x0c\nE  6\r\x0c\n6  4", "story.md")
    assert normalize(read.drafts, read.sources, Config()).book.divisions
