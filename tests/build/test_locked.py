"""Later builds of a locked exam: nothing is drawn, everything is solved again, and the lock's values are printed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_exam import TOPICS, TinyExam, faults, problem, use

from m4ml_exams.build import Request, build

PY = "problems/a/p/problem.py"
LOUD = """
def draw(rng):
    return {"n": rng.randint(2, 99)}

def solve(n):
    return {"v": UpToScale([n, n])}

def verify(n, v):
    assert v[0] == v[1] != 0
"""
TEX = "\\question[1] $\\VAR{n}$ \\blank{v} \\blank{v[1]}\n\\begin{solution}$\\VAR{v}$\\end{solution}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> TinyExam:
    """An exam that was built once."""
    exam = TinyExam(
        tmp_path_factory.mktemp("locked"), {**problem("a/p", TEX, LOUD), "problems/topics.toml": TOPICS}, use("a/p")
    )
    assert build(Request(exam.file)).findings == ()
    return exam


@pytest.fixture
def exam(made: TinyExam, tmp_path: Path) -> TinyExam:
    """A copy of it that a test may change."""
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    copy = TinyExam(tmp_path, {}, use("a/p"))
    assert copy.file.read_bytes() == made.file.read_bytes()
    return copy


def papers(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "build/exam/A").iterdir()}


def locked(exam: TinyExam) -> dict[str, Any]:
    [question] = json.loads(exam.lock_path.read_text())["versions"]["A"]
    assert isinstance(question, dict)
    return question


def test_a_locked_build_never_draws_and_prints_the_locked_value(made: TinyExam, exam: TinyExam) -> None:
    exam.edit(PY, 'return {"n": rng', 'raise RuntimeError("drawn")\n    return {"n": rng')
    exam.edit(PY, "UpToScale([n, n])", "UpToScale([-5 * n, -5 * n])")
    lock = exam.lock_path.read_bytes()
    assert build(Request(exam.file)).findings == ()
    assert papers(exam.root) == papers(made.root)
    assert exam.lock_path.read_bytes() == lock


def test_what_would_draw_raises_where_the_lock_has_nothing(exam: TinyExam) -> None:
    exam.edit(PY, 'return {"n": rng', 'raise RuntimeError("drawn")\n    return {"n": rng')
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(exam.file, versions=2))
    [fault] = faults(caught.value)
    assert "RuntimeError: drawn" in fault
    assert "version B" in fault


def changed_solve(exam: TinyExam) -> str:
    exam.edit(PY, "UpToScale([n, n])", "UpToScale([n, 2 * n])")
    exam.edit(PY, "v[0] == v[1]", "v[0] * 2 == v[1]")
    n = locked(exam)["given"]["n"]
    look = r"\begin{{bmatrix}} {} \\ {} \end{{bmatrix}}"
    return (
        f"exam.lock.json: The answer 'v' of a/p was {look.format(n, n)}, today's solve says {look.format(n, 2 * n)}.\n"
        "  in problem a/p, version A\n"
        f"  Mend problem.py, draw the problem anew ('m4ml build {exam.file} --relock 1'), or take today's answer for "
        "papers that are out (--rekey)."
    )


def broken_solve(exam: TinyExam) -> str:
    exam.edit(PY, 'return {"v"', 'raise ValueError("solved")\n    return {"v"')
    line = (exam.root / PY).read_text().split("\n").index('    raise ValueError("solved")') + 1
    return f"problem.py:{line}: solve raised ValueError: solved."


@pytest.mark.parametrize("change", [changed_solve, broken_solve])
def test_a_locked_build_solves_again(exam: TinyExam, change: Callable[[TinyExam], str]) -> None:
    due = change(exam)
    lock, before = exam.lock_path.read_bytes(), papers(exam.root)
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(exam.file))
    [fault] = faults(caught.value)
    assert fault.startswith(due), fault
    assert (exam.lock_path.read_bytes(), papers(exam.root)) == (lock, before)


def test_a_heading_may_come_before_a_locked_problem(exam: TinyExam) -> None:
    before = locked(exam)
    exam.say('[[entry]]\nheading = "Part I"\n' + use("a/p"))
    assert build(Request(exam.file)).findings == ()
    assert "Part I" in (exam.root / "build/exam/A/exam.tex").read_text()
    assert locked(exam) == {**before, "entry": 2}
