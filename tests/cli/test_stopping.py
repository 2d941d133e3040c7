"""A build that is stopped, or that meets another one, from outside: what it says, and what it leaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

BANK = Path(__file__).parents[1] / "banks" / "sound"
BUILD = (sys.executable, "-m", "m4ml_exams", "build", "--quiet", "exams/exam.toml")


def tex_runs(inside: Path) -> int:
    """How many processes work in a folder for temporary files."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found += Path(os.readlink(folder / "cwd")).is_relative_to(inside)
        except OSError:
            continue
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course whose TeX does not end."""
    root = tmp_path / "course"
    shutil.copytree(BANK, root)
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "preamble.tex").write_text("\\def\\endless{\\endless}\\endless\n")
    (tmp_path / "tmp").mkdir()
    return root


def hearing() -> None:
    """Let a program hear Ctrl-C even where these tests run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def building(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Its build, at the moment when TeX runs."""
    temporary = root.parent / "tmp"
    environment = {**os.environ, "TMPDIR": str(temporary)}
    build = subprocess.Popen(BUILD, cwd=root, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=hearing)
    while not tex_runs(temporary):
        assert build.poll() is None
        time.sleep(0.1)
    yield build
    build.kill()
    build.communicate()


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if "__pycache__" not in path.parts}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_stops_tex_and_leaves_nothing(
    root: Path, building: subprocess.Popen[str], how: signal.Signals
) -> None:
    before = files(root)
    building.send_signal(how)
    _, told = building.communicate(timeout=60)
    assert (building.returncode, told) == (130, "Stopped; nothing was changed.\n")
    assert tex_runs(root.parent / "tmp") == 0
    assert list((root.parent / "tmp").iterdir()) == []
    assert files(root) == before


def test_a_second_build_is_told_of_the_first(root: Path, building: subprocess.Popen[str]) -> None:
    second = subprocess.run(BUILD, cwd=root, capture_output=True, text=True, check=False)
    assert (second.returncode, second.stderr) == (
        8,
        "exams/exam.toml: Another build of exam.toml is under way; this one has changed nothing.\n"
        "  Wait until the other one has ended, then build again.\n",
    )
    assert building.poll() is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [("list", "--json"), ("list",), ("show", "algebra/sum")])
def test_output_that_nobody_can_take_is_told(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "m4ml_exams", *words],
            cwd=BANK,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (run.returncode, run.stderr) == (
        8,
        "The system refuses to read or write: No space left on device.\n"
        "  Check permissions and the space that is left on the disk.\n",
    )
