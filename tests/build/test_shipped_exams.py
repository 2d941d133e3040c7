"""The exams that the project ships still say what their locks say, and their locks what the bank says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.build import Request, build, choose_problems, make_versions
from m4ml_exams.build.drawing import slips
from m4ml_exams.build.story import problem_entries
from m4ml_exams.lock import drifted, lock_path, read_lock

ROOT = Path(__file__).parents[2]
EXAMS = sorted((ROOT / "exams").rglob("*.toml"))
BANK = Bank((ROOT / "problems",))


@pytest.mark.parametrize("exam", EXAMS, ids=lambda path: path.relative_to(ROOT / "exams").as_posix())
def test_a_shipped_exam_is_as_it_was_locked(exam: Path) -> None:
    blueprint = load_blueprint(exam)
    lock = read_lock(lock_path(exam)).numbered(problem_entries(blueprint))
    versions = make_versions(
        blueprint, choose_problems(blueprint, BANK, lock, Request(exam)), lock, Request(exam), lambda *_: None
    )
    assert [version.letter for version in versions] == list(lock.versions)
    assert slips(blueprint, versions) == ()
    changed = {
        question.variant.problem.name
        for version in versions
        for question in version.questions
        if drifted(lock, question, version.letter)
    }
    assert changed == set(), "make their locks anew"


@pytest.mark.parametrize("quiz", [1, 2, 3, 4])
def test_the_problems_of_a_pool_have_their_places_at_the_same_spots(quiz: int, tmp_path: Path) -> None:
    """A quiz could be an exam that is scanned: neighbours with other problems, the same page."""
    text = (ROOT / "exams" / "eecs245" / f"quiz{quiz}.toml").read_text(encoding="utf-8")
    paged = text.replace('template = "worksheet"\nlayout = "flow"', 'template = "exam"\nlayout = "pages"')
    assert paged != text
    shutil.copytree(ROOT / "problems", tmp_path / "problems")
    (tmp_path / "templates").mkdir()
    exam = tmp_path / "exams" / "quiz.toml"
    exam.parent.mkdir()
    exam.write_text(paged.replace("versions = 4", "versions = 2"), encoding="utf-8")
    built = build(Request(exam))
    assert (built.findings, built.offset) == ((), 0)
