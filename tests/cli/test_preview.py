"""``m4ml preview``: what is on its pages, what it says of broken problems, and that watching goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from click.testing import Result
from pypdf import PdfReader

from m4ml_exams.build import seeds_from

M4ml = Callable[..., Result]
PDF = Path("build/preview/vectors-first.pdf")
TEX = Path("problems/vectors/first/problem.tex")


@pytest.fixture
def problem(m4ml: M4ml, course_here: Path) -> Path:
    m4ml("new", "vectors/first")
    return course_here


def mend(old: str, new: str) -> None:
    text = TEX.read_text()
    assert old in text
    TEX.write_text(text.replace(old, new))


def pages(pdf: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(pdf).pages]


def test_each_draw_is_followed_by_its_key_and_solutions(m4ml: M4ml, problem: Path) -> None:
    made = m4ml("preview", "problems/vectors/first", "--seed", "check-9", "--count", "2")
    assert re.fullmatch(rf"{PDF}: seeds check-9, check-10; 6 pages, \d+\.\d s\n", made.output)
    headings = [page.splitlines()[0] for page in pages(PDF)]
    seeds = [f"vectors/first, seed {seed}: " for seed in ("check-9", "check-10")]
    assert headings == [seed + kind for seed in seeds for kind in ("Exam", "Key", "Solutions")]


def test_a_sheet_shows_what_its_paper_shows_and_no_more(m4ml: M4ml, problem: Path) -> None:
    m4ml("preview", "vectors/first", "--count", "2")
    own = PDF.read_bytes()
    exam, key, solutions, other, *_ = pages(PDF)
    assert "Entry by entry" not in exam + key + other
    assert "Entry by entry" in solutions
    assert len(exam) < len(key) < len(solutions)
    m4ml("preview", "vectors/first", "--count", "1", "--seed", "2", "--out", "alone.pdf")
    assert pages(Path("alone.pdf"))[0].splitlines()[:-1] == other.splitlines()[:-1]
    assert PDF.read_bytes() == own


def test_a_static_problem_is_shown_once(m4ml: M4ml, course_here: Path) -> None:
    m4ml("new", "vectors/first", "--static")
    made = m4ml("preview", "vectors/first", "--count", "5")
    assert re.fullmatch(rf"{PDF}: seed 1; 3 pages, \d+\.\d s\n", made.output)


def test_a_problem_that_goes_on_overleaf_is_noted_once(m4ml: M4ml, problem: Path) -> None:
    mend(r"\end{parts}", "\\part[1] Why?\n\\begin{work}[20cm, answer=w]\\end{work}\n\\end{parts}")
    made = m4ml("preview", "vectors/first", "--count", "2")
    line, note = made.output.split("\n", 1)
    assert re.fullmatch(rf"{PDF}: seeds 1, 2; 10 pages, \d+\.\d s", line)
    assert note == (
        "Note: Problem 1 takes 2 pages, its text asks for 1. Lower its work boxes (heights of the entry), or put "
        "\\newpage before the part that goes overleaf.\n"
    )
    assert made.exit_code == 0
    mend(r"\part[1] Why?", "\\newpage\n\\part[1] Why?")
    assert "Note" not in m4ml("preview", "vectors/first", "--count", "2").output


def test_a_broken_problem_is_told_once_and_the_last_good_pdf_stays(m4ml: M4ml, problem: Path) -> None:
    m4ml("preview", "vectors/first", "--count", "1")
    good = PDF.read_bytes()
    mend("Entry by entry", r"Entry \oops by $entry")
    broken = m4ml("preview", "vectors/first", "--count", "2")
    assert broken.output == (
        f"{PDF} stays as it was.\n"
        f"{TEX}:9: A formula that begins with $ is not closed before \\end{{solution}} in line 10.\n"
        "  in problem vectors/first, seed 1\n"
        "  Close it with $, or look for one too many or too few up to there.\n"
        f"{TEX}:9: TeX says: Undefined control sequence \\oops.\n"
        "  in problem vectors/first, seed 1\n"
        "  Check its spelling, or define it in templates/preamble.tex.\n"
        "2 findings\n"
    )
    assert (broken.exit_code, PDF.read_bytes()) == (4, good)


def test_a_wrong_answer_is_not_shown(m4ml: M4ml, problem: Path) -> None:
    python = problem / "problems/vectors/first/problem.py"
    python.write_text(python.read_text().replace("Exact(a * u + b * v)", "Exact(a * u - b * v)"))
    wrong = m4ml("preview", "vectors/first")
    assert wrong.output == (
        "problems/vectors/first/problem.py:34: verify rejects the answers: "
        "assert np.allclose(np.linalg.solve(np.column_stack([u, v]), w), [a, b]).\n"
        "  in problem vectors/first, seed 1\n"
        "  Here u = [1, 5], v = [2, -4], w = [-2, 32], a = 4, b = 3. Find out which is wrong, solve or verify; "
        "'m4ml show vectors/first --seed 1' brings the draw back.\n"
    )
    assert (wrong.exit_code, PDF.exists()) == (4, False)


def test_what_a_build_would_stamp_as_a_draft_is_shown_and_told(m4ml: M4ml, problem: Path) -> None:
    mend("[label=", "[width=4mm, height=4mm, label=")
    mend("Let $u", r"Let \rule{20cm}{1pt} $u")
    made = m4ml("preview", "vectors/first", "--count", "1")
    line, findings = made.output.split("\n", 1)
    assert re.fullmatch(rf"{PDF}: seed 1; 3 pages, \d+\.\d s", line)
    assert findings == (
        f"{TEX}:6: Part a: the answer fits its place only at 24% of its size.\n"
        "  in problem vectors/first\n"
        "  Make the place larger: width= or height= of the blank, or the height of the box (at least 65% is due).\n"
        "  Or allow it there: m4ml: allow small-box because ...\n"
        f"{TEX}:2: Text sticks out by 137.2 pt.\n"
        "  in problem vectors/first, seed 1\n"
        "  Break the line, shorten the text, or choose smaller values.\n"
        "2 findings\n"
    )
    assert (made.exit_code, PDF.is_file()) == (7, True)


def test_a_folder_of_problems_is_refused(m4ml: M4ml, problem: Path) -> None:
    m4ml("new", "vectors/second")
    refused = m4ml("preview", "problems/vectors")
    assert refused.output == ("'problems/vectors' is 2 problems.\n  Name one of them: vectors/first, vectors/second.\n")
    assert refused.exit_code == 2


@pytest.mark.parametrize(
    ("seed", "seeds"),
    [
        ("1", ("1", "2", "3")),
        ("check-9", ("check-9", "check-10", "check-11")),
        ("mine", ("mine", "mine-2", "mine-3")),
        ("007", ("007", "008", "009")),
        ("0", ("0", "1", "2")),
        ("", ("", "-2", "-3")),
    ],
)
def test_seeds_follow_the_first_one(seed: str, seeds: tuple[str, ...]) -> None:
    assert seeds_from(seed, 3) == seeds
    assert seeds_from(seed, 1) == seeds[:1]


def fake_viewer(folder: Path, code: int) -> None:
    viewer = folder / "bin" / {"darwin": "open"}.get(sys.platform, "xdg-open")
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\necho "$1" >"{folder}/opened"\nexit {code}\n')
    viewer.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="the viewer is a shell script")
def test_the_viewer_is_opened(m4ml: M4ml, problem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_viewer(problem, 0)
    monkeypatch.setenv("PATH", f"{problem / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert m4ml("preview", "vectors/first", "--count", "1", "--open").exit_code == 0
    assert Path("opened").read_text() == f"{problem.resolve() / PDF}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the viewer is a shell script")
def test_a_missing_viewer_is_told_and_the_pdf_is_there(
    m4ml: M4ml, problem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_viewer(problem, 3)
    monkeypatch.setenv("PATH", f"{problem / 'bin'}{os.pathsep}{os.environ['PATH']}")
    refused = m4ml("preview", "vectors/first", "--count", "1", "--open")
    program = {"darwin": "open"}.get(sys.platform, "xdg-open")
    assert refused.output.splitlines()[1:] == [
        f"There is no viewer to open the PDF with: {program} did not work.",
        f"  Open it by hand: {PDF}",
    ]
    assert (refused.exit_code, PDF.is_file()) == (9, True)


class Watch:
    """A watching preview and the lines that it prints."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "m4ml_exams", "preview", "vectors/first", "--count", "1", "--watch"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def round(self) -> list[str]:
        """The lines until it waits again."""
        found: list[str] = []
        while not found or not found[-1].startswith("Waiting"):
            try:
                found.append(self.lines.get(timeout=60))
            except Empty:
                pytest.fail(f"the preview is silent after {found}")
        return found


@pytest.fixture
def watch(problem: Path) -> Iterator[Watch]:
    running = Watch()
    yield running
    running.process.kill()
    running.process.wait()


def test_watching_goes_on_after_a_broken_save_and_keeps_the_last_good_pdf(watch: Watch) -> None:
    first = watch.round()
    assert re.fullmatch(rf"{PDF}: seed 1; 3 pages, \d+\.\d s", first[0])
    good = PDF.read_bytes()
    mend("Let $u", r"Let \oops $u")
    assert watch.round() == [
        f"{PDF} stays as it was.",
        f"{TEX}:2: TeX says: Undefined control sequence \\oops.",
        "  in problem vectors/first, seed 1",
        "  Check its spelling, or define it in templates/preamble.tex.",
        "Waiting for a save; Ctrl-C ends.",
    ]
    assert PDF.read_bytes() == good
    TEX.with_name(".problem.tex.swp").write_text("an editor's own file")
    time.sleep(0.5)
    assert watch.lines.empty()
    mend(r"\oops ", "again ")
    mended = watch.round()
    assert mended[0].startswith(f"{PDF}: seed 1; 3 pages")
    assert "again" in pages(PDF)[0]
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(timeout=30) == 0
    assert watch.lines.empty()
