"""The exams that the project ships still say what their locks say, and their locks what the bank says."""

from __future__ import annotations

from pathlib import Path

import pytest

from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.build import Request, choose_problems, make_versions
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
