"""Old documents turned into ODT by LibreOffice: RTF, and what Word wrote before 2007.

The program gets a copy in a folder of its own, with a profile that nobody else uses, in which macros, links
and the network are off.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
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
_SETTINGS = {
    ("Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Writer/Content/Update", "Link"): "0",
    ("Inet/Settings", "ooInetProxyType"): "2",
    ("Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPSProxyPort"): "9",
}
"""No macros, no links to other files, and a way into the network that leads nowhere."""


def program() -> str:
    """Give the path of LibreOffice; empty where it is not installed."""
    named = (shutil.which(name) for name in ("soffice", "libreoffice"))
    placed = (place for place in _PLACES if Path(place).is_file())
    return next((found for found in (*named, *placed) if found), "")


def converted(data: bytes, path: Path, suffix: str) -> bytes:
    """Give a document as ODT.

    Raises PublishError where LibreOffice is not installed, or cannot read the document.
    """
    office = program()
    if not office:
        raise PublishError(
            f"{path}: {suffix.lstrip('.').upper()} is read through LibreOffice, which is not installed.",
            "Install it, or save the document as DOCX or ODT.",
        )
    with tempfile.TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_registry(), "utf-8")
        copy, made = folder / f"document{suffix}", folder / "document.odt"
        copy.write_bytes(data)
        _run(office, folder, copy, path)
        if not made.is_file():
            raise PublishError(f"{path}: LibreOffice cannot read the document.", "Save it as DOCX or ODT.")
        return made.read_bytes()


def _run(office: str, folder: Path, copy: Path, path: Path) -> None:
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", "odt:writer8"),
        *("--outdir", str(folder), str(copy)),
    ]
    # A console that flashes up belongs to no command.
    hidden = 0x08000000 if sys.platform == "win32" else 0
    try:
        subprocess.run(
            command, capture_output=True, check=False, timeout=_PATIENCE, creationflags=hidden, cwd=folder
        )
    except subprocess.TimeoutExpired as error:
        message = f"{path}: LibreOffice did not finish with the document in {_PATIENCE} seconds."
        raise PublishError(message, "Open it there, and save it as DOCX or ODT.") from error
    except OSError as error:
        message = f"{path}: LibreOffice cannot be started ({error.strerror})."
        raise PublishError(message, "Save the document as DOCX or ODT.") from error


def _registry() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n"
    )
