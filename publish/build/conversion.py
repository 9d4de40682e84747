"""Old documents turned into ODT by LibreOffice: RTF, and what Word wrote before 2007.

The program gets a copy in a folder of its own, with a profile that nobody else uses, in which macros, links
and the network are off.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from itertools import accumulate
from pathlib import Path

from publish.diagnostic import PublishError

_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
"""Where the program lies if the shell does not find it."""
_PATIENCE = 180
"""Seconds; a novel of 120,000 words takes ten."""
_SETTINGS = Path(__file__).with_name("libreoffice.xcu")
"""A profile without macros, links to other files, or a way into the network."""


_LARGEST = 64_000_000
"""Bytes of RTF, which writes pictures in figures; twice as many took LibreOffice 24 s and 815 MB."""
_DEEPEST = 2_000
"""Groups of RTF one in the other, where documents have dozens; 200,000 took it 37 s and 796 MB."""
_COMPOUND, _WORD = b"\xd0\xcf\x11\xe0", "WordDocument".encode("utf-16-le")
"""What files of old Office begin with, and the name under which those of Word hold the text."""
_BYTES = re.compile(rb"(?<!\\)\\bin(\d+)")
"""Says how many bytes follow; LibreOffice waits for ever for those that are not there."""
_BRACE = re.compile(rb"(?<!\\)[{}]")


def program() -> str:
    """Give the path of LibreOffice; empty where it is not installed."""
    named = (shutil.which(name) for name in ("soffice", "libreoffice"))
    placed = (place for place in _PLACES if Path(place).is_file())
    return next((found for found in (*named, *placed) if found), "")


def converted(data: bytes, path: Path, suffix: str) -> bytes:
    """Give a document as ODT.

    Raises PublishError where LibreOffice is not installed, or cannot read the document, or would take all
    memory for it.
    """
    if reason := _excess(data) if suffix == ".rtf" else "":
        raise PublishError(f"{path}: {reason}.", "Open it in a word processor, and save it as DOCX or ODT.")
    if data.startswith(_COMPOUND) and _WORD not in data:
        # LibreOffice would take its bytes for letters.
        raise PublishError(f"{path}: this is no document of Word, or a broken one.", "Copy it again.")
    office = program()
    if not office:
        raise PublishError(
            f"{path}: {suffix.lstrip('.').upper()} is read through LibreOffice, which is not installed.",
            "Install it, or save the document as DOCX or ODT.",
        )
    with tempfile.TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        shutil.copyfile(_SETTINGS, folder / "profile" / "user" / "registrymodifications.xcu")
        copy, made = folder / f"document{suffix}", folder / "document.odt"
        copy.write_bytes(data)
        _run(office, folder, copy, path)
        if not made.is_file():
            raise PublishError(f"{path}: LibreOffice cannot read the document.", "Save it as DOCX or ODT.")
        return made.read_bytes()


def _excess(data: bytes) -> str:
    """Say what LibreOffice could not bear in RTF; nothing where it can."""
    if len(data) > _LARGEST:
        return f"the RTF has {len(data) / 1e6:,.0f} MB, and more than {_LARGEST / 1e6:,.0f} are not read"
    if any(int(found[1][:10]) > len(data) - found.end() for found in _BYTES.finditer(data)):
        return "the RTF is cut off: it says that more bytes follow than there are"
    if data.count(b"{") > _DEEPEST:
        steps = (1 if brace[0] == b"{" else -1 for brace in _BRACE.finditer(data))
        if max(accumulate(steps), default=0) > _DEEPEST:
            return f"in the RTF more than {_DEEPEST:,} groups stand one in the other, as in no document"
    return ""


def _run(office: str, folder: Path, copy: Path, path: Path) -> None:
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", "odt:writer8"),
        *("--outdir", str(folder), str(copy)),
    ]
    # A console that flashes up belongs to no command.
    hidden = 0x08000000 if sys.platform == "win32" else 0
    quiet = subprocess.DEVNULL
    try:
        with subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder,
            creationflags=hidden, start_new_session=True,
        ) as office_runs:  # fmt: skip
            ending = signal.getsignal(signal.SIGTERM)
            try:
                if threading.current_thread() is threading.main_thread():
                    # Whoever ends the command ends what it started.
                    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
                office_runs.wait(_PATIENCE)
            finally:
                _end(office_runs)
                if threading.current_thread() is threading.main_thread():
                    signal.signal(signal.SIGTERM, ending)
    except subprocess.TimeoutExpired as error:
        message = f"{path}: LibreOffice did not finish with the document in {_PATIENCE} seconds."
        raise PublishError(message, "Open it there, and save it as DOCX or ODT.") from error
    except OSError as error:
        message = f"{path}: LibreOffice cannot be started ({error.strerror})."
        raise PublishError(message, "Save the document as DOCX or ODT.") from error


def _end(program_run: subprocess.Popen[bytes]) -> None:
    """End a program that goes on, with those that it started: what is started is not what does the work."""
    if program_run.poll() is None:
        if sys.platform == "win32":
            program_run.kill()
        else:
            os.killpg(program_run.pid, signal.SIGKILL)
