"""The table of goals: whole commands, from the shell to the finished files; see README.md here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import courses
import pytest
from conftest import Timer

VERSIONS = 50
SWAP = ("Let $", "Here let $")


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return courses.ten_problems(tmp_path_factory.mktemp("ten"), VERSIONS)


@pytest.fixture(scope="module")
def midterm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return courses.midterm(tmp_path_factory.mktemp("midterm"))


def edit(path: Path, *words: str) -> None:
    """Put one word of a problem in the place of another one, and back the next time."""
    text = path.read_text()
    old, new = words if words[0] in text else words[::-1]
    path.write_text(text.replace(old, new))


def test_ten_problems(timer: Timer, cold: Callable[[], None], ten: Path) -> None:
    what = f"10 problems, {VERSIONS} versions, exam + key + solutions of 6 + 6 + 5 pages, cold"

    def fresh() -> None:
        cold()
        shutil.rmtree(ten.parents[1] / "build", ignore_errors=True)
        ten.with_suffix(".lock.json").unlink(missing_ok=True)

    timer.m4ml(what, "8 (exam + key)", "build", "-q", str(ten), cwd=ten.parent, rounds=1, before=fresh)


def test_ten_problems_apart(timer: Timer, ten: Path) -> None:
    """Bare pdflatex, once for each exam and key."""
    papers = sorted((ten.parents[1] / "build" / "ten").glob("*/*.tex"))
    script = " && ".join(
        f"pdflatex -interaction=batchmode -output-directory={paper.parent} {paper} >/dev/null"
        for paper in papers
        if paper.stem != "solutions"
    )
    timer.command("  bare pdflatex, a run for each exam and key", "", ["sh", "-c", script], ten.parent, rounds=1)


def test_ten_problems_in_one_run(timer: Timer, ten: Path, tmp_path: Path) -> None:
    """Bare pdfTeX with its start-up paid once: all exams and keys in one document, made by hand."""
    papers = [path for path in sorted((ten.parents[1] / "build" / "ten").glob("*/*.tex")) if path.stem != "solutions"]
    head = papers[0].read_text().partition("\n\\ownsettings\n")[0]
    bodies = []
    for paper in papers:
        own = paper.read_text().partition("\n\\ownsettings\n")[2].replace("\\begin{document}", "")
        own = own.replace("\\end{document}", "\\clearpage")
        bodies.append(f"\\begingroup\\setcounter{{page}}{{1}}\\setcounter{{question}}{{0}}{own}\n\\endgroup")
    whole = tmp_path / "all.tex"
    whole.write_text("\n".join([head, "\\begin{document}", *bodies, "\\end{document}"]))
    words = ["pdflatex", "-interaction=batchmode", str(whole)]
    timer.command("  bare pdflatex, one run for all of them", "", words, tmp_path, rounds=1)


def test_midterm_cold(timer: Timer, cold: Callable[[], None], midterm: Path) -> None:
    def fresh() -> None:
        cold()
        shutil.rmtree(midterm.parents[1] / "build", ignore_errors=True)

    timer.m4ml("midterm, 3 versions, 9 PDFs, cold", "6", "build", str(midterm), cwd=midterm.parent, before=fresh)


def test_midterm_bare(timer: Timer, midterm: Path) -> None:
    papers = sorted((midterm.parents[1] / "build" / "midterm1").glob("*/*.tex"))
    script = " && ".join(
        f"pdflatex -interaction=batchmode -output-directory={paper.parent} {paper} >/dev/null" for paper in papers
    )
    timer.command("  bare pdflatex, a run for each of the 9", "", ["sh", "-c", script], midterm.parent)


def test_midterm_again(timer: Timer, midterm: Path) -> None:
    timer.m4ml("  nothing changed", "1.0", "build", str(midterm), cwd=midterm.parent)


def test_midterm_after_an_edit(timer: Timer, midterm: Path) -> None:
    words = midterm.parents[1] / "problems" / "vectors" / "shadow" / "problem.tex"
    timer.m4ml(
        "  one word changed", "2.5", "build", str(midterm), cwd=midterm.parent, before=partial(edit, words, *SWAP)
    )


def test_preview(timer: Timer, midterm: Path) -> None:
    words = midterm.parents[1] / "problems" / "eigen" / "stretch" / "problem.tex"
    command = ("preview", "eigen/stretch", "--count", "1")
    timer.m4ml(
        "preview of one draw, words changed",
        "1.0",
        *command,
        cwd=midterm.parents[1],
        before=partial(edit, words, *SWAP),
    )


def test_list(timer: Timer, cold: Callable[[], None], tmp_path: Path) -> None:
    root = courses.large_bank(tmp_path, 200)
    timer.m4ml("list, 200 problems, cold", "1.5", "list", cwd=root, before=cold)


def test_list_again(timer: Timer, tmp_path: Path) -> None:
    root = courses.large_bank(tmp_path, 200)
    timer.m4ml("list, 200 problems, warm", "0.5", "list", cwd=root, rounds=4)


def test_check(timer: Timer, midterm: Path) -> None:
    timer.m4ml("check, 200 draws of one problem", "4", "check", "vectors/shadow", cwd=midterm.parents[1])
