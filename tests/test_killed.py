"""A build that is killed leaves the last good file, and the next one finds nothing broken."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_BUILD = """
import signal, sys
from publish import cli
# The processor's time, not the clock's: the end comes at the same work on a slow machine.
signal.setitimer(signal.ITIMER_PROF, float(sys.argv[1]))
signal.signal(signal.SIGPROF, signal.SIG_DFL)
sys.exit(cli.main(sys.argv[2:]))
"""
_WRITE = """
import sys
from pathlib import Path
from publish import build
while True:
    for byte in (b"a", b"b"):
        build.write(Path(sys.argv[1]), byte * 3_000_000)
        print(byte, flush=True)
"""


def run(folder: Path, seconds: float, story: Path, made: Path) -> int:
    home = {"XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-c", _BUILD, str(seconds), "pdf", str(story), "-o", str(made), "--for", "kdp"]
    return subprocess.run(command, env={**os.environ, **home}, check=False, capture_output=True).returncode


def test_a_build_killed_at_any_moment_leaves_the_last_good_pdf(tmp_path: Path) -> None:
    story, made = tmp_path / "story.txt", tmp_path / "story.pdf"
    body = "\n\n".join(["They walked home along the river, and it rained until the lamps were lit."] * 60)
    text = "The House\n\nby Jane Roe\n\n" + "\n\n".join(f"Chapter {n}\n\n{body}" for n in range(1, 13))
    story.write_text(text, "utf-8")
    # The first is killed while faces are being made.
    assert run(tmp_path, 0.5, story, made) == -signal.SIGPROF
    assert not made.exists()
    assert run(tmp_path, 600, story, made) == 0
    good = made.read_bytes()
    story.write_text(text.replace("rained", "snowed"), "utf-8")
    left = [
        made.read_bytes() for seconds in (0.5, 1.2) if run(tmp_path, seconds, story, made) == -signal.SIGPROF
    ]
    assert left
    assert run(tmp_path, 600, story, made) == 0
    # A fast build may be killed when its file is written and only the program has not ended.
    assert made.read_bytes() != good
    assert set(left) <= {good, made.read_bytes()}


@pytest.mark.parametrize("rounds", [1, 2, 5])
def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path, rounds: int) -> None:
    made = tmp_path / "made.bin"
    with subprocess.Popen([sys.executable, "-c", _WRITE, str(made)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(rounds):
            writer.stdout.readline()
        writer.kill()
    data = made.read_bytes()
    assert len(data) == 3_000_000
    assert data in (b"a" * len(data), b"b" * len(data))
