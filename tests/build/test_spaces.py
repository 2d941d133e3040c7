"""Spaces are counted once, and again when a file of the problem or what an entry pins changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tiny_exam import SUM_PY, SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import Count, Space, Use
from m4ml_exams.build import spaces
from m4ml_exams.build.spaces import counting
from m4ml_exams.course import Course

NAME = "problems/a/one/problem.py"


def counted(exam: TinyExam) -> Mapping[Use, Space]:
    with counting(exam.blueprint, Course(exam.root), exam.draw(2)) as wait:
        return wait()


@pytest.fixture
def exam(tmp_path: Path) -> TinyExam:
    py = SUM_PY.replace("rng.randint(1, 9)", "rng.randint(1, 2)")
    return TinyExam(tmp_path, problem("a/one", SUM_TEX, py), use("a/one"))


def cache(exam: TinyExam) -> Path:
    return exam.root / "build" / ".cache" / "spaces.json"


def test_each_problem_of_each_entry_is_counted(exam: TinyExam) -> None:
    exam.say(use("a/one") + use("a/one", more="given = { a = 1 }"))
    found = counted(exam)
    assert {use: one.answers for use, one in found.items()} == {
        (0, "a/one"): Count(3, "all"),
        (1, "a/one"): Count(2, "all"),
    }


def test_what_was_counted_is_not_counted_again(exam: TinyExam, monkeypatch: pytest.MonkeyPatch) -> None:
    first = counted(exam)
    monkeypatch.setattr(spaces, "ProcessPoolExecutor", None)
    assert counted(exam) == first


def test_an_edited_problem_is_counted_again_and_replaces_the_old_number(exam: TinyExam) -> None:
    counted(exam)
    exam.edit(NAME, 'randint(1, 2), "b"', 'randint(1, 3), "b"')
    assert counted(exam)[0, "a/one"].answers == Count(4, "all")
    assert len(json.loads(cache(exam).read_text())) == 1


@pytest.mark.parametrize("text", ["", "[]", '{"a/one {}": {"inputs": 1}}', "\x00"])
def test_a_cache_that_does_not_read_is_made_anew(exam: TinyExam, text: str) -> None:
    first = counted(exam)
    good = cache(exam).read_bytes()
    cache(exam).write_text(text)
    assert counted(exam) == first
    assert cache(exam).read_bytes() == good


def test_a_course_that_cannot_be_written_to_is_counted_all_the_same(exam: TinyExam) -> None:
    (exam.root / "build").write_text("a file where the folder should go")
    assert counted(exam)[0, "a/one"].answers == Count(3, "all")


def test_what_stops_the_build_stops_the_count(exam: TinyExam) -> None:
    with pytest.raises(ZeroDivisionError), counting(exam.blueprint, Course(exam.root), exam.draw(2)):
        raise ZeroDivisionError
    assert not cache(exam).exists()


def test_a_problem_that_ends_its_process_is_counted_in_ours(exam: TinyExam) -> None:
    ends = "import os, multiprocessing\n    if multiprocessing.parent_process(): os._exit(1)\n    return"
    exam.edit(NAME, "def draw(rng):\n    return", f"def draw(rng):\n    {ends}")
    assert counted(exam)[0, "a/one"].answers == Count(3, "all")
