"""The command line does what its help says, on files as authors have them."""

import json
import os
import re
import signal
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from publish import __version__, build
from publish.build import slug
from publish.cli import main
from publish.document import from_json, same

STORY = """The Ferry

by Ada Marsh

Chapter 2: The Far Bank

Nobody spoke untill the rope was made fast. Then the the ferryman laughed.

“We are late,” said the girl.

Chapter 1: The Rope

The ferry lay on the near bank all winter. It was na├»ve to think that it would float.

Nobody had asked it to.
"""


class Run(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture
def publish(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """The program, run in this process."""

    def run(*arguments: object) -> Run:
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Run(code, out.decode(), err.decode())

    return run


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A manuscript in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    Path("ferry.txt").write_text(STORY, "utf-8")
    return Path("ferry.txt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book folder without book.toml, in an otherwise empty working directory."""
    monkeypatch.chdir(tmp_path)
    Path("book").mkdir()
    for number in (1, 2, 10):
        Path(f"book/part {number}.txt").write_text(f"Chapter {number}\n\nText of part {number}.\n", "utf-8")
    Path("book/.hidden.txt").write_text("Nothing.", "utf-8")
    Path("book/notes.pages").write_bytes(b"PK\x03\x04")
    return Path("book")


# --- Editions ----------------------------------------------------------------------------------------------


def test_build_makes_both_editions_and_prints_their_paths(publish: Command, story: Path) -> None:
    done = publish("build", story)
    assert done.code == 0, done.err
    assert done.out.splitlines() == [str(Path("dist/the-ferry.epub")), str(Path("dist/the-ferry.pdf"))]
    assert Path("dist/the-ferry.epub").read_bytes().startswith(b"PK")
    assert Path("dist/the-ferry.pdf").read_bytes().startswith(b"%PDF")
    # By what stores know the book, and where to read more.
    assert done.err.count("\n") == 2
    assert "identifier = " in done.err
    assert f"publish lint {story}" in done.err
    assert sorted(path.name for path in Path("dist").iterdir()) == ["the-ferry.epub", "the-ferry.pdf"]


def test_one_edition_into_a_folder_of_ones_own(publish: Command, story: Path) -> None:
    assert (
        publish("build", story, "--format", "epub", "-o", "a/b").out == str(Path("a/b/the-ferry.epub")) + "\n"
    )
    assert not Path("dist").exists()


@pytest.mark.parametrize(("kind", "options"), [("epub", ()), ("pdf", ("--trim", "6x9in"))])
def test_one_edition_at_exactly_a_file(publish: Command, story: Path, kind: str, options: tuple[str]) -> None:
    assert publish(kind, story, *options, "-o", "out/x.bin").out == str(Path("out/x.bin")) + "\n"
    first = Path("out/x.bin").read_bytes()
    assert publish(kind, story, *options, "-o", "out/x.bin").code == 0, "what publish made it replaces"
    assert Path("out/x.bin").read_bytes() == first


def test_a_new_file_has_the_rights_that_new_files_get(publish: Command, story: Path) -> None:
    Path("plain").write_bytes(b"")
    publish("epub", story, "-o", "made.epub")
    assert Path("made.epub").stat().st_mode == Path("plain").stat().st_mode


def test_a_file_of_somebody_else_is_not_replaced(publish: Command, story: Path) -> None:
    Path("mine.epub").write_bytes(b"PK mine")
    refused = publish("epub", story, "-o", "mine.epub")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert Path("mine.epub").read_bytes() == b"PK mine"
    assert publish("epub", story, "-o", "mine.epub", "--force").code == 0
    assert build.is_ours(Path("mine.epub"))


def test_of_a_book_that_is_replaced_only_its_package_is_read(publish: Command, story: Path) -> None:
    publish("epub", story, "-o", "mine.epub")
    with zipfile.ZipFile("mine.epub", "a") as archive:
        archive.writestr("photographs", bytes(20_000_000))
    tracemalloc.start()
    assert build.is_ours(Path("mine.epub"))
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_the_manuscript_is_not_replaced_even_if_publish_wrote_it(publish: Command, story: Path) -> None:
    assert publish("normalize", story, "-o", "clean.md").code == 0
    before = Path("clean.md").read_bytes()
    assert publish("normalize", "clean.md", "-o", "clean.md").code == 2
    assert Path("clean.md").read_bytes() == before


def test_what_is_written_through_a_link_leaves_the_link(publish: Command, story: Path) -> None:
    Path("elsewhere").mkdir()
    Path("link.md").symlink_to("elsewhere/clean.md")
    assert publish("normalize", story, "-o", "link.md").code == 0
    assert Path("link.md").is_symlink()
    assert Path("elsewhere/clean.md").read_bytes().startswith(b"---\n")


def test_editions_bear_the_moment_of_the_last_change(
    story: Path, monkeypatch: pytest.MonkeyPatch, source_date_epoch: int
) -> None:
    os.utime(story, (1, 1_500_000_000))
    manuscript = build.load([story])
    assert build.modified(manuscript) == datetime.fromtimestamp(source_date_epoch, UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build.modified(manuscript) == datetime.fromtimestamp(1_500_000_000, UTC)


def test_strict_ends_with_1_if_there_are_warnings(publish: Command, story: Path) -> None:
    assert publish("build", story, "--format", "epub", "--strict").code == 1
    Path("sound.txt").write_text("Once there was a ferry, and it stayed where it was.\n", "utf-8")
    assert publish("order", "sound.txt").code == 0


# --- Books -------------------------------------------------------------------------------------------------


def texts(manuscript: build.Manuscript) -> list[str]:
    return [path.name for path in manuscript.files]


def test_files_of_a_folder_follow_their_numbers(folder: Path) -> None:
    assert texts(build.load([folder])) == ["part 1.txt", "part 2.txt", "part 10.txt"]


def test_folders_of_text_that_are_left_out_are_named(publish: Command, folder: Path) -> None:
    """Notes are no chapters; but nobody is to miss a folder that nothing takes in."""
    for name in ("notes", "03 more", "dist", "pictures"):
        (folder / name).mkdir()
        (folder / name / f"a.{'png' if name == 'pictures' else 'txt'}").write_text("A text.\n", "utf-8")
    (folder / "letter.odt").write_bytes(b"PK\x03\x04")
    said = publish("order", folder).err
    assert "Left out: the folder “notes”" in said
    assert "Left out: the document “letter.odt” (it stands beside files of text" in said
    assert said.count("Left out") == 2
    (folder / "book.toml").write_text('[manuscript]\nfiles = ["part 1.txt", "notes/a.txt"]\n', "utf-8")
    assert "Left out" not in publish("order", folder).err


def test_the_posts_of_a_site_are_the_book_and_its_pages_are_named(
    publish: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without a number held all of the text, and was left out."""
    monkeypatch.chdir(tmp_path)
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    for page in ("about", "index"):
        (site / f"{page}.md").write_text(f"# {page}\n\nA page.\n", "utf-8")
    for day in ("04", "11", "18"):
        (site / "_posts" / f"2021-03-{day}-rain.md").write_text(f"# Rain {day}\n\nIt fell.\n", "utf-8")
    assert texts(build.load([site])) == [f"2021-03-{day}-rain.md" for day in ("04", "11", "18")]
    assert publish("order", site).err.count("Left out: the document") == 2
    (site / "01 one.md").write_text("# One\n\nIt began.\n", "utf-8")
    assert "01 one.md" in texts(build.load([site]))


def test_book_toml_lists_the_files(publish: Command, folder: Path) -> None:
    Path("book/book.toml").write_text(
        '[book]\ntitle = "Two"\n[manuscript]\nfiles = ["part 10.txt", "part 2.txt"]\n'
    )
    assert texts(build.load([folder])) == ["part 10.txt", "part 2.txt"]
    assert texts(build.load([folder / "book.toml"])) == ["part 10.txt", "part 2.txt"]
    assert publish("build", folder, "--format", "epub").out == str(Path("dist/two.epub")) + "\n"


def test_several_files_are_one_book_in_their_order(folder: Path) -> None:
    files = [folder / "part 2.txt", folder / "part 1.txt"]
    assert build.load(files).files == tuple(files)


def test_the_cover_of_book_toml_is_taken(publish: Command, folder: Path) -> None:
    Path("book/book.toml").write_text('[epub]\ncover = "cover.png"\n')
    missing = publish("epub", folder, "-o", "x.epub")
    assert missing.code == 2
    assert missing.err.startswith(f"publish: {Path('book/book.toml')}:2:1: there is no picture “cover.png”.")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Breaking Stalin", "breaking-stalin"),
        ("L’Été à Besançon — Œuvres", "lete-a-besancon-oeuvres"),
        ("../../etc/passwd", "etc-passwd"),
        ("Война и мир", "fallback"),
        ("…", "fallback"),
        ("NUL", "book-nul"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 300, "x" * 80),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert slug(title, "Fallback!") == name
    assert slug("", "") == "book"


# --- Reports -----------------------------------------------------------------------------------------------


def test_lint_in_json(publish: Command, story: Path) -> None:
    done = publish("lint", story, "--format", "json")
    assert (done.code, done.err) == (1, "")
    report = json.loads(done.out)
    assert report["version"] == 1
    doubled = next(item for item in report["findings"] if item["code"] == "PUN001")
    place = {name: doubled[name] for name in ("file", "line", "column", "end_line", "end_column")}
    assert place["file"] == str(story)
    assert STORY.splitlines()[place["line"] - 1][place["column"] - 1 :].startswith("the")
    keys = {
        "code",
        "severity",
        "message",
        "times",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "fix",
        "book_toml",
    }
    assert {frozenset(item) for item in report["findings"]} == {frozenset(keys)}
    assert {item["severity"] for item in report["findings"]} <= {"info", "warning", "error"}


def test_lint_as_text(publish: Command, story: Path) -> None:
    done = publish("lint", story, "--select", "PUN001", "--select", "ENC")
    assert done.code == 1
    assert "ferry.txt:" in done.out
    assert "^" in done.out
    assert "PUN001" in done.out
    assert "STR003" not in done.out
    assert "\x1b" not in done.out


def test_lint_without_warnings_ends_with_0(publish: Command, story: Path) -> None:
    assert publish("lint", story, "--select", "QUO").code == 0
    assert publish("lint", story, "--ignore", "PUN", "--select", "PUN001").out.count("PUN001") == 0


def test_lint_takes_a_folder_as_one_book_and_files_one_by_one(publish: Command, folder: Path) -> None:
    files = sorted(folder.glob("part*.txt"))

    def missing_chapters(*paths: Path) -> list[str]:
        found = json.loads(publish("lint", *paths, "--format", "json", "--select", "STR001").out)
        return [item["file"] for item in found["findings"]]

    assert len(missing_chapters(folder)) == 1
    singly = missing_chapters(*files)
    assert singly != missing_chapters(folder)
    Path("book/book.toml").touch()
    assert missing_chapters(*files) == missing_chapters(folder)


def test_lint_refuses_a_rule_that_does_not_exist(publish: Command, story: Path) -> None:
    done = publish("lint", story, "--select", "PUN999")
    assert (done.code, done.out) == (2, "")
    assert "PUN999" in done.err


def test_order_in_json(publish: Command, story: Path) -> None:
    done = publish("order", story, "--json")
    assert done.code == 0
    order = json.loads(done.out)
    assert (order["version"], order["uncertain"]) == (1, False)
    keys = ["position", "source_position", "kind", "label", "numbers", "title", "part", "inferred"]
    keys += ["reasons", "confidence"]
    assert [list(item) for item in order["divisions"]] == [keys, keys]
    first, second = order["divisions"]
    assert (first["position"], first["source_position"], first["numbers"]) == (1, 2, [1])
    assert (second["position"], second["source_position"], second["title"]) == (2, 1, "The Far Bank")
    assert first["reasons"]
    assert 0 <= first["confidence"] <= 1


def test_order_as_a_table(publish: Command, story: Path) -> None:
    lines = publish("order", story).out.splitlines()
    assert lines[0].split() == ["was", "now", "sure", "heading"]
    assert lines[1].split()[:2] == ["2", "1"]
    assert lines[1].endswith("Chapter 1: The Rope")
    assert "[order]" not in lines


def test_an_order_in_doubt_comes_with_the_pins_that_settle_it(publish: Command, tmp_path: Path) -> None:
    path = tmp_path / "doubt.txt"
    chapters = ["Chapter 1", "Chapter 5", "Chapter 2", "Chapter 4", "Chapter 3", "Chapter 2"]
    path.write_text("\n\n".join(f"{name}\n\nText of {name} at place {n}." for n, name in enumerate(chapters)))
    order = json.loads(publish("order", path, "--json").out)
    table = publish("order", path).out
    assert order["uncertain"] == ("[order]\nsequence = [\n" in table)


def test_normalize_writes_what_is_read_back_to_the_same_book(publish: Command, story: Path) -> None:
    done = publish("normalize", story)
    assert done.code == 0
    assert done.out.startswith("---\ntitle: The Ferry\nauthor: Ada Marsh\n")
    assert "naïve" in done.out
    assert publish("normalize", story, "-o", "clean.md").out == ""
    assert Path("clean.md").read_text("utf-8") == done.out
    assert publish("normalize", "clean.md").out == done.out
    assert publish("normalize", story, "-o", "-").out == done.out
    refused = publish("epub", story, "-o", "-")
    assert (refused.code, "standard output" in refused.err, Path("-").exists()) == (2, True, False)
    first, second = (build.assemble(build.load([path])) for path in (story, Path("clean.md")))
    assert same(first.book, second.book)
    assert not second.changes


def test_inspect_writes_the_document(publish: Command, story: Path) -> None:
    document = from_json(publish("inspect", story).out.encode())
    assert set(document.sources.values()) == {str(story)}
    assert document.book == build.assemble(build.load([story])).book


def test_rules_are_listed_and_explained(publish: Command) -> None:
    assert "ENC001" in publish("rules").out
    assert publish("rules", "enc001").out.startswith("ENC001")
    assert publish("rules", "ENC999").code == 2


# --- The program -------------------------------------------------------------------------------------------


def test_version(publish: Command) -> None:
    assert publish("--version").out == f"publish {__version__}\n"


@pytest.mark.parametrize("name", ["build", "epub", "pdf", "lint", "order", "normalize", "inspect", "rules"])
def test_every_command_has_help_with_examples(publish: Command, name: str) -> None:
    done = publish(name, "--help")
    assert done.code == 0
    assert f"    publish {name}" in done.out
    assert max(map(len, done.out.splitlines())) <= 100


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["build"], ["build", "x", "--format", "doc"], ["lint", "--x"]]
)
def test_wrong_usage_ends_with_2(publish: Command, arguments: list[str]) -> None:
    done = publish(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_a_fault_of_ours_shows_a_traceback_and_asks_for_a_report(
    publish: Command, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(build, "assemble", broken)
    done = publish("order", story)
    assert done.code == 2
    assert "ZeroDivisionError" in done.err
    assert done.err.endswith("Please report it with the lines above.\n")


def program(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "import sys; from publish.cli import main; sys.exit(main())"]
    return subprocess.Popen([*command, *map(str, arguments)], **options)


SLOW = (
    "publish.normalize publish.lint publish.build publish.epub publish.pdf weasyprint ebooklib PIL pikepdf "
    "rich fontTools uharfbuzz lxml"
)
"""What takes long to import."""


def test_help_waits_for_nothing_slow() -> None:
    told = "print(*[name for name in sys.argv[1].split() if name in sys.modules], file=sys.stderr)"
    code = f"import sys; from publish.cli import main; code = main(['--help']); {told}; sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", code, SLOW], capture_output=True, check=True)
    assert b"publish build my-story.txt" in done.stdout
    assert done.stderr.strip() == b""


@pytest.mark.usefixtures("story")
def test_a_reader_that_goes_away_is_no_fault() -> None:
    Path("long.txt").write_text(STORY + "Another paragraph of this story.\n\n" * 6_000, "utf-8")
    process = program("normalize", "long.txt", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert os.read(process.stdout.fileno(), 3) == b"---"
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


def test_standard_output_on_a_full_disk(story: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = program("normalize", story, stdout=full, stderr=subprocess.PIPE)
        assert process.stderr
        told = process.stderr.read().decode()
        process.stderr.close()
    assert process.wait() == 2
    assert told.startswith("publish: standard output: the disk is full")


def test_output_is_utf_8_whatever_the_terminal_says(story: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    process = program("normalize", story, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert "naïve" in out.decode("utf-8")
    process = program("order", story, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.communicate()[0]
    assert process.returncode == 0


TELLING = """
import os, sys
told = []
def hook(event, arguments):
    if event == "import" and arguments[0] == "weasyprint" and not told:
        told.append(os.write(1, b"."))
sys.addaudithook(hook)
from publish.cli import main
sys.exit(main())
"""
"""The program, which says when it has begun to make pages."""


@pytest.mark.usefixtures("story")
def test_an_interrupt_leaves_nothing_behind() -> None:
    Path("long.txt").write_text(
        STORY + "Another paragraph of this story, and a long one.\n\n" * 6_000, "utf-8"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", TELLING, "pdf", "long.txt", "-o", "out/x.pdf"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A job in the background ignores interrupts, and so would what it starts.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    assert process.stdout
    assert process.stdout.read(1) == b"."
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert not Path("out").exists() or not list(Path("out").iterdir())


def test_normalized_text_remembers_what_was_refused(publish: Command, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The Map\n\nOn sheet XIV--7 it rained--hard, for days.\n", "utf-8")
    (tmp_path / "book.toml").write_text('[[refuse]]\nrule = "DSH001"\ntext = "XIV--7"\n', "utf-8")
    once = publish("normalize", tmp_path).out
    assert "XIV--7 it rained—hard" in once
    written = tmp_path / "written.md"
    written.write_text(once, "utf-8")
    assert publish("normalize", written).out == once


def test_normalized_text_that_was_edited_is_the_authors(publish: Command, tmp_path: Path) -> None:
    story, written = tmp_path / "story.txt", tmp_path / "written.md"
    story.write_text(STORY, "utf-8")
    for _ in range(2):
        assert publish("normalize", story, "-o", written).code == 0
    written.write_text(written.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    refused = publish("normalize", story, "-o", written)
    assert refused.code == 2
    assert "--force" in refused.err
    assert written.read_text("utf-8").endswith("One more line.\n")


def test_the_identifier_that_follows_from_the_metadata_is_told_until_the_author_keeps_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rain.md").write_text("---\ntitle: Rain\nauthor: Ada Marsh\n---\n\nIt rained all night.\n")
    assert main(["epub", str(tmp_path), "-o", str(tmp_path / "rain.epub")]) == 0
    told = capsys.readouterr().err
    line = re.search('identifier = "urn:uuid:[0-9a-f-]{36}"', told)
    assert line
    assert not (tmp_path / "book.toml").exists()
    made = (tmp_path / "rain.epub").read_bytes()
    (tmp_path / "book.toml").write_text(f"[book]\n{line[0]}\n")
    assert main(["epub", str(tmp_path), "-o", str(tmp_path / "rain.epub")]) == 0
    assert "identifier =" not in capsys.readouterr().err
    assert (tmp_path / "rain.epub").read_bytes() == made
