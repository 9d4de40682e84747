"""Documents made to do harm, and damaged ones: one sentence, an exit code, and nothing written."""

import os
import resource
import signal
import stat
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from publish import readers
from publish.build import conversion
from publish.cli import main
from publish.diagnostic import PublishError
from tests.office import _W, docx, odt, p, packed

GOOD = docx(["The ferry lay on the near bank all winter, and nobody had asked it to."])
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = LAUGHS.replace('[<!ENTITY a "ha"><!ENTITY b', '[<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c')


def exchanged(data: bytes, name: str, content: bytes | str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members: dict[str, bytes | str] = {item: archive.read(item) for item in archive.namelist()}
    return packed(members | {name: content})


def encrypted(data: bytes) -> bytes:
    """An archive that says that its members are encrypted."""
    changed = bytearray(data)
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


HOSTILE = {
    "bomb.docx": (exchanged(GOOD, "word/document.xml", bytes(40_000_000)), "as only a bomb is"),
    "many.docx": (packed({f"{number}": "" for number in range(20_001)}), "20,001 members"),
    "deep.docx": (docx("<w:sdt>" * 9_000 + "</w:sdt>" * 9_000), "as only an attack is"),
    "laughs.docx": (exchanged(GOOD, "word/document.xml", LAUGHS), "declares types or entities"),
    "outside.docx": (exchanged(GOOD, "word/document.xml", OUTSIDE), "declares types or entities"),
    "path.docx": (exchanged(GOOD, "../../etc/cron.d/x", "x"), "leads out of the archive"),
    "cut.docx": (GOOD[: len(GOOD) // 2], "damaged or cut off"),
    "broken.docx": (exchanged(GOOD, "word/document.xml", "<w:document><w:body>"), "is damaged"),
    "bytes.docx": (
        exchanged(GOOD, "word/document.xml", b'<?xml version="1.0"?><a>\xff</a>'),
        "the text that it says",
    ),
    "small.zip": (
        packed({f"posts/{number}.html": f"<p>It rained.{' ' * 3_000_000}" for number in range(25)}),
        "the archive is packed as only a bomb is",
    ),
    "encoding.docx": (
        exchanged(GOOD, "word/document.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADw-x/+AD4-'),
        "is damaged (multi-byte encodings",
    ),
    "locked.docx": (encrypted(GOOD), "encrypted"),
    "sealed.docx": (b"\xd0\xcf\x11\xe0" + bytes(4096), "encrypted"),
    "other.docx": (packed({"a.txt": "x"}), "no text of a word processor"),
    "text.docx": (b"Chapter 1\n\nIt was wet.\n", "damaged or cut off"),
    "nothing.docx": (docx(""), "no text in it"),
    "tags.html": (b"<p>It rained." + b"<li>x" * 500_001, "no text has so many tags"),
    "entity.xml": (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">]><rss><channel/></rss>',
        "exports have no document type",
    ),
    "other.odt": (packed({"content.xml": "<x/>"}), "no text of a word processor"),
    "deep.odt": (odt("<text:section>" * 9_000 + "</text:section>" * 9_000), "as only an attack is"),
    "laughs.odt": (exchanged(odt(["x"]), "content.xml", LAUGHS), "declares types or entities"),
    "sealed.odt": (
        exchanged(
            odt(["x"]),
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<m:encryption-data/></m:manifest>",
        ),
        "encrypted",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_do_harm_is_refused_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, says = HOSTILE[name]
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    assert main(["epub", name]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) <= 2
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 2 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert main(["epub", str(path)]) == 2
    assert "larger than" in capsys.readouterr().err
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_document_with_macros_is_read_without_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "macros.docm"
    path.write_bytes(exchanged(GOOD, "word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Shell"))
    assert main(["normalize", str(path)]) == 0
    assert "The ferry lay on the near bank" in capsys.readouterr().out


def test_pictures_in_the_web_are_not_fetched(tmp_path: Path) -> None:
    far = '<Relationship Id="far" Type="x/image" Target="https://example.com/a.png" TargetMode="External"/>'
    blip = '<w:r><w:drawing><a:blip r:link="far"/></w:drawing></w:r>'
    path = tmp_path / "far.docx"
    path.write_bytes(docx(p("The ferry lay on the near bank.") + p(blip), related=far))
    blocked = "import socket\ndef no(*a, **k): raise SystemExit('network')\nsocket.socket.connect = no\n"
    call = f"import sys; from publish.cli import main; sys.exit(main(['normalize', {str(path)!r}]))"
    command = [sys.executable, "-c", blocked + call]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


RTF = rb"{\rtf1\ansi Chapter 1\par The ferry {\i lay} on the near bank all winter.\par}"


def test_rtf_without_libreoffice_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(conversion, "_PLACES", ())
    path = tmp_path / "old.rtf"
    path.write_bytes(RTF)
    assert main(["epub", str(path)]) == 2
    told = capsys.readouterr().err
    assert "RTF is read through LibreOffice, which is not installed." in told
    assert "save the document as DOCX or ODT" in told


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    path = folder / "old.rtf"
    path.write_bytes(RTF)
    return path


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b"{\\rtf1 " + b"{" * 2_001 + b"Deep." + b"}" * 2_002,
            "more than 2,000 groups stand one in the other",
        ),
        (b"{\\rtf1 {\\pict " + b"00" * 32_000_001 + b"}}", "the RTF has 64 MB"),
        (b"{\\rtf1 {\\pict \\bin2147483647 00}}", "more bytes follow than there are"),
    ],
    ids=["deep", "large", "cut"],
)
def test_rtf_that_would_take_all_memory_is_refused_before(data: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=told):
        conversion.converted(data, tmp_path / "deep.rtf", ".rtf")


def test_what_is_no_document_of_word_is_not_taken_for_one(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0" + b"\xff" * 4_000
    with pytest.raises(PublishError, match="no document of Word"):
        conversion.converted(data, tmp_path / "sheet.doc", ".doc")


def test_rtf_is_read_as_the_copy_that_libreoffice_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made.odt"
    made.write_bytes(odt(["The ferry lay on the  near bank all winter."]))
    script = (
        "import pathlib, shutil, sys\n"
        "folder = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "profile = pathlib.Path(sys.argv[1].removeprefix('-env:UserInstallation=file://'))\n"
        "assert 'DisableMacrosExecution' in (profile / 'user' / 'registrymodifications.xcu').read_text()\n"
        f"shutil.copy({str(made)!r}, folder / 'document.odt')\n"
    )
    path = stand_in(tmp_path, script, monkeypatch)
    assert main(["lint", str(path), "--fix"]) == 0
    told = capsys.readouterr().out
    assert "paragraph 1, character" in told
    assert "DOC008" in told
    assert path.read_bytes() == RTF


def test_a_document_that_libreoffice_cannot_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["epub", str(stand_in(tmp_path, "", monkeypatch))]) == 2
    assert "LibreOffice cannot read the document" in capsys.readouterr().err


def test_what_libreoffice_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the command would wait for a program that holds its output, for as long as that likes."""
    script = "import subprocess\nsubprocess.run(['sleep', '100000'])\n"
    monkeypatch.setattr(conversion, "_PATIENCE", 0.3)
    with pytest.raises(PublishError, match="did not finish"):
        conversion.converted(RTF, stand_in(tmp_path, script, monkeypatch), ".rtf")


def test_libreoffice_ends_with_a_command_that_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"import os, signal\nos.kill({os.getpid()}, signal.SIGTERM)\nsignal.pause()\n"
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit):
        conversion.converted(RTF, stand_in(tmp_path, script, monkeypatch), ".rtf")
    assert signal.getsignal(signal.SIGTERM) is before


def test_rtf_is_read_where_libreoffice_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.rtf"
    path.write_bytes(RTF)
    installed = bool(conversion.program())
    assert main(["normalize", str(path)]) == (0 if installed else 2)
    told = capsys.readouterr()
    wanted = "The ferry *lay* on the near bank all winter." if installed else "is not installed"
    assert wanted in told.out + told.err


def test_a_pipe_is_no_file_and_a_folder_in_itself_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("story.docx")
    assert main(["epub", "story.docx"]) == 2
    assert "this is not a file" in capsys.readouterr().err
    (tmp_path / "book" / "01").mkdir(parents=True)
    (tmp_path / "book" / "01" / "02").symlink_to("..")
    (tmp_path / "book" / "01" / "story.md").write_text("# Chapter 1\n\nIt rained.\n")
    assert main(["normalize", "book"]) == 0
    assert capsys.readouterr().out.count("It rained.") == 1


def test_archives_in_a_document_are_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(100_000_000))
    path = tmp_path / "nested.docx"
    path.write_bytes(exchanged(GOOD, "word/media/zeros.zip", inner.getvalue()))
    assert main(["normalize", str(path)]) == 0
    assert "The ferry lay on the near bank" in capsys.readouterr().out


LONG = "9" * 5000
LIST = '<text:list-level-style-number text:level="{0}" text:display-levels="{0}" style:num-format="1"/>'
NUMBERS = {
    "cells.docx": docx(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{LONG}"/></w:tcPr>{p("A")}</w:tc></w:tr></w:tbl>'
    ),
    "levels.docx": docx(
        ["A"], parts={"numbering.xml": f'<w:numbering {_W}><w:abstractNum w:abstractNumId="1">'
        f'<w:lvl w:ilvl="x"/><w:lvl w:ilvl="{LONG}"/></w:abstractNum></w:numbering>'}
    ),
    "outline.docx": docx(f'<w:p><w:pPr><w:outlineLvl w:val="{LONG}"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>'),
    "spaces.odt": odt([f'A<text:s text:c="{LONG}"/>']),
    "heading.odt": odt(f'<text:h text:outline-level="{LONG}">A</text:h>'),
    "levels.odt": odt(
        ["A"], automatic=f'<text:list-style style:name="L">{LIST.format(999_999_999)}</text:list-style>'
    ),
    "cells.html": f"<p>A<table><tr><td colspan={LONG}>B<td>C<tr><td rowspan={LONG}>D<td>E</table>".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_that_no_document_has_are_those_that_are_usual(name: str) -> None:
    assert readers.read(NUMBERS[name], name).drafts[0].lines[0].run.text.startswith("A")
