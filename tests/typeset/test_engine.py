"""TeX as a guest: it reads nothing of the machine, changes nothing, and is stopped when it does not end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tiny_exam import faults

from m4ml_exams.errors import M4mlError, Place
from m4ml_exams.render import Document
from m4ml_exams.typeset import Typeset, process, stop_all, stopped_together, typeset

TOP = "\\documentclass{article}\n\\begin{document}\n"
"""Two lines, so that the body begins on line 3."""


def document(body: str, top: str = TOP) -> Document:
    """A paper whose lines all come from lines of the same number in problem.tex."""
    latex = f"{top}{body}\n\\end{{document}}"
    count = latex.count("\n") + 1
    return Document(latex, tuple(Place(Path("/course/problem.tex"), line + 1, "a/p") for line in range(count)))


def told(body: str, seconds: float = 20, top: str = TOP) -> list[str]:
    """What setting a paper tells."""
    with pytest.raises((M4mlError, ExceptionGroup)) as caught:
        typeset(document(body, top), seconds=seconds)
    return faults(caught.value)


def running(inside: Path) -> list[str]:
    """The TeX runs of this machine in some folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            place = Path(os.readlink(folder / "cwd"))
        except OSError:
            continue
        if "paper.tex" in words and place.is_relative_to(inside):
            found.append(str(place))
    return found


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside any paper's folder."""
    path = tmp_path / "secret.tex"
    path.write_text("SECRET", encoding="utf-8")
    return path


@pytest.mark.parametrize("way", ["absolute", "upwards"])
@pytest.mark.parametrize("top", [False, True], ids=["body", "preamble"])
def test_a_file_elsewhere_is_not_read(secret: Path, way: str, top: bool) -> None:
    name = str(secret) if way == "absolute" else os.path.relpath(secret, "/tmp/m4ml-folder")
    line = f"\\input{{{name}}}"
    found = told("x", top=TOP.replace("\n", f"\n{line}\n", 1)) if top else told(line)
    assert found == [
        f"problem.tex:{2 if top else 3}: TeX says: File `{name}' not found.\n"
        "  in problem a/p\n"
        "  Check the name of the file."
    ]


def test_a_file_elsewhere_that_tex_itself_would_hand_over_is_told(secret: Path) -> None:
    assert told(f"x\n\\immediate\\pdfobj stream file {{{secret}}}") == [
        f"problem.tex:4: The paper reads {secret}, which is neither its own file nor one of TeX's.\n"
        "  in problem a/p\n"
        "  Put pictures into the problem's folder; write text into problem.tex or the templates."
    ]


def test_tex_opens_no_file_elsewhere_and_starts_no_program(secret: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    body = (
        f"\\openin5={secret} \\ifeof5 CLOSED\\else OPENED\\fi\n"
        f'\\openin5=|"cat {secret}" \\ifeof5 CLOSED\\else OPENED\\fi\n'
        f"\\immediate\\write18{{touch {canary}}}\n"
        f"\\message{{\\pdffiledump length 6 {{{secret}}}}}\\pdfmdfivesum file {{{secret}}}\n"
    )
    made = typeset(document(body))
    assert "CLOSEDCLOSED" in text_of(made).replace(" ", "").replace("\n", "")
    assert "OPENED" not in text_of(made)
    assert not canary.exists()


def test_tex_writes_no_file_elsewhere(tmp_path: Path) -> None:
    target = tmp_path / "written.tex"
    assert told(f"\\immediate\\openout5={target}\\immediate\\write5{{x}}") != []
    assert not target.exists()


def text_of(made: Typeset) -> str:
    """The words of a paper."""
    import io

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TEXINPUTS", "{}:"), ("TEXINPUTS_pdflatex", "{}:"), ("TEXINPUTS.pdflatex", "{}:"), ("TEXMFCNF", "{}")],
)
def test_the_users_environment_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    (tmp_path / "article.cls").write_text("\\errmessage{not this one}", encoding="utf-8")
    before = typeset(document("x")).pdf
    monkeypatch.setenv(name, value.format(tmp_path))
    assert typeset(document("x")).pdf == before


@pytest.mark.parametrize("name", ["openin_any_pdflatex", "openin_any.pdflatex", "openin_any"])
def test_the_users_environment_opens_no_door(monkeypatch: pytest.MonkeyPatch, secret: Path, name: str) -> None:
    monkeypatch.setenv(name, "a")
    assert len(told(f"\\input{{{secret}}}")) == 1


@pytest.mark.parametrize(
    ("body", "page", "line"),
    [
        ("one\n\\newpage\ntwo\n\\newpage\n\\makeatletter\n\\loop\\iftrue\\repeat", 3, 8),
        ("one\n\\newpage\n\\def\\x{\\x}\ntwo\n\n\\x\nthree", 2, 8),
        ("\\newcommand\\pair[2]{#2}\n\\pair{a}{\\loop\n\\iftrue\\repeat}", 1, 5),
    ],
    ids=["loop", "expansion", "argument"],
)
def test_a_hang_is_stopped_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, page: int, line: int
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert told(body, seconds=2) == [
        f"problem.tex:{line}: TeX did not finish within 2 seconds; it was on page {page}.\n"
        "  in problem a/p\n"
        "  Look for a macro that calls itself, or a loop without an end."
    ]
    assert running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_all_that_a_program_started_is_stopped_with_it(tmp_path: Path) -> None:
    command = ["sh", "-c", "sleep 300 & echo $! > child; wait"]
    assert process.run(command, tmp_path, dict(os.environ), 0.5) == (None, b"")
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    raise AssertionError("the child is still running")


def test_runs_of_other_threads_are_stopped_on_demand(tmp_path: Path) -> None:
    ended: list[tuple[int | None, bytes]] = []

    def run() -> tuple[int | None, bytes]:
        return process.run(["sleep", "300"], tmp_path, dict(os.environ), 200)

    work = threading.Thread(target=lambda: ended.append(run()))
    with stopped_together():
        work.start()
        while not process._running:
            time.sleep(0.01)
        stop_all()
        work.join(20)
        assert ended == [(-signal.SIGKILL, b"")]
        assert run() == (-signal.SIGTERM, b""), "nothing is started any more"
    assert process.run(["true"], tmp_path, dict(os.environ), 20) == (0, b"")


def test_a_run_that_begins_while_the_others_are_stopped_is_stopped_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(subprocess.Popen[bytes]):
        """A program that runs before we know of it."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            stop_all()

    monkeypatch.setattr(process.subprocess, "Popen", Slow)
    with stopped_together():
        assert process.run(["sleep", "300"], tmp_path, dict(os.environ), 20) == (-signal.SIGKILL, b"")


FULL = """
import resource, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from test_engine import document, typeset
from m4ml_exams.errors import M4mlError
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
try:
    typeset(document("Hello"))
except M4mlError as error:
    print(type(error).__name__, error, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (
            10,
            "OutputError TeX's files cannot be written or read: File too large.\n"
            "  Free some space in the folder for temporary files, or name another one in TMPDIR.\n",
        ),
        (
            5000,
            "TexError TeX stopped in the middle of its work without an error of its own.\n"
            "  Free some space in the folder for temporary files; look for a loop that makes pages without end.\n",
        ),
    ],
    ids=["source", "pdf"],
)
def test_a_disk_that_takes_no_more_is_told(size: int, message: str) -> None:
    """A limit for files does what a full disk does, to Python and to TeX."""
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    run = subprocess.run(
        [sys.executable, "-c", FULL.format(paths=paths, size=size)], capture_output=True, text=True, check=False
    )
    assert run.stderr == message
