"""What the locks of a course tell of its problems."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tiny_exam import HEAD, TinyExam, problem, use

from m4ml_exams.lock import Use, history, lock_of, lock_text
from m4ml_exams.lock.record import EMPTY


def locked(root: Path, name: str, entries: str, count: int = 1, date: str = '"D"', seed: int = 1) -> None:
    """Write an exam below exams/ with its lock."""
    exam = TinyExam(root, {**problem("a/sum"), **problem("b/sum")}, entries, seed=seed)
    lock = lock_of(exam.draw(count), EMPTY, lambda letter, question: True)
    exam.lock_path.unlink(missing_ok=True)
    path = root / "exams" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".lock.json").write_text(lock_text(lock), encoding="utf-8")
    path.with_suffix(".toml").write_text(HEAD.replace('"D"', date) + f"seed = {seed}\n" + entries, encoding="utf-8")
    exam.file.unlink()


def test_uses_are_told_by_problem_date_and_exam(tmp_path: Path) -> None:
    locked(tmp_path, "late.toml", use("a/sum"), date="2026-12-01")
    locked(tmp_path, "2025/early.toml", use("a/sum", "b/sum"), 28, "2025-10-01")
    locked(tmp_path, "worth.toml", use("a/sum") + use("a/sum", more="part_points = [2.5]"), date='"in spring"')
    locked(tmp_path, "gone.toml", use("b/sum"))
    (tmp_path / "exams/gone.toml").unlink()
    locked(tmp_path, "broken.toml", use("b/sum"))
    (tmp_path / "exams/broken.toml").write_text("title = ")
    (tmp_path / "exams/empty.lock.json").write_text('{"format": 1, "versions": {}}')
    letters = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB")
    four = (Fraction(4),)
    assert history(tmp_path / "exams") == (
        (
            Use("a/sum", "2025/early", letters, "2025-10-01", four),
            Use("a/sum", "late", ("A",), "2026-12-01", four),
            Use("a/sum", "worth", ("A",), "in spring", (Fraction(5, 2), Fraction(4))),
            Use("b/sum", "2025/early", letters, "2025-10-01", four),
            Use("b/sum", "broken", ("A",), None, four),
            Use("b/sum", "gone", ("A",), None, four),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("{", "The lock cannot be read: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        ('{"format": 2}', "The lock has format 2, known is 1."),
        (None, "The points of a/sum in the lock do not read: four."),
    ],
)
def test_a_lock_that_does_not_read_is_told_beside_the_others(tmp_path: Path, text: str | None, due: str) -> None:
    locked(tmp_path, "good.toml", use("b/sum"))
    locked(tmp_path, "bad.toml", use("a/sum"))
    bad = tmp_path / "exams/bad.lock.json"
    bad.write_text(bad.read_text().replace('"a": "4"', '"a": "four"') if text is None else text)
    uses, faults = history(tmp_path / "exams")
    assert [use.exam for use in uses] == ["good"]
    assert [(fault.what, fault.place.path) for fault in faults] == [(due, bad)]


def test_a_course_without_exams_has_no_history(tmp_path: Path) -> None:
    assert history(tmp_path / "exams") == ((), ())
