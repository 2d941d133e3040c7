"""Spaces are counted once, and again when a file of the problem or what an entry pins changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tiny_exam import SUM_PY, SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import Count, Space, Use, uses
from m4ml_exams.build import spaces
from m4ml_exams.build.spaces import counting

NAME = "problems/a/one/problem.py"


def counted(exam: TinyExam) -> Mapping[Use, Space]:
    with counting(exam.blueprint, uses(exam.draw(2))) as wait:
        return wait()


@pytest.fixture
def exam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TinyExam:
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))
    py = SUM_PY.replace("rng.randint(1, 9)", "rng.randint(1, 2)")
    return TinyExam(tmp_path, problem("a/one", SUM_TEX, py), use("a/one"))


def kept(exam: TinyExam) -> list[Path]:
    """The entries of the cache."""
    return list((exam.root / "cache").glob("space-*"))


def test_each_problem_of_each_entry_is_counted(exam: TinyExam) -> None:
    exam.say(use("a/one") + use("a/one", more="given = { a = 1 }"))
    found = counted(exam)
    assert {use: one.answers for use, one in found.items()} == {
        (0, "a/one"): Count(3, "all"),
        (1, "a/one"): Count(2, "all"),
    }


def test_what_was_counted_is_not_counted_again(exam: TinyExam, monkeypatch: pytest.MonkeyPatch) -> None:
    first = counted(exam)
    monkeypatch.setattr(spaces, "workers", None)
    assert counted(exam) == first


def test_an_edited_problem_is_counted_again(exam: TinyExam) -> None:
    counted(exam)
    exam.edit(NAME, 'randint(1, 2), "b"', 'randint(1, 3), "b"')
    assert counted(exam)[0, "a/one"].answers == Count(4, "all")


def test_other_words_are_not_counted_again_and_other_responses_are(
    exam: TinyExam, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = counted(exam)
    name = "problems/a/one/problem.tex"
    exam.edit(name, "What is", "Find")
    with monkeypatch.context() as patched:
        patched.setattr(spaces, "workers", None)
        assert counted(exam) == first
    exam.edit(name, "\\blank{total}", "\\blank[label=$s =$]{total}")
    counted(exam)
    assert len(kept(exam)) == 2


@pytest.mark.parametrize("text", ["", "[]", '{"givens": 1}', "\x00"])
def test_an_entry_that_does_not_read_is_made_anew(exam: TinyExam, text: str) -> None:
    first = counted(exam)
    [entry] = kept(exam)
    good = entry.read_bytes()
    entry.write_text(text)
    assert counted(exam) == first
    assert entry.read_bytes() == good


def test_spaces_are_counted_where_no_cache_can_be_written(exam: TinyExam) -> None:
    (exam.root / "cache").write_text("a file where the folder should go")
    assert counted(exam)[0, "a/one"].answers == Count(3, "all")


def test_what_stops_the_build_stops_the_count(exam: TinyExam) -> None:
    with pytest.raises(ZeroDivisionError), counting(exam.blueprint, uses(exam.draw(2))):
        raise ZeroDivisionError
    assert kept(exam) == []


def test_a_problem_that_ends_its_process_is_counted_in_ours(exam: TinyExam) -> None:
    ends = "import os, multiprocessing\n    if multiprocessing.parent_process(): os._exit(1)\n    return"
    exam.edit(NAME, "def draw(rng):\n    return", f"def draw(rng):\n    {ends}")
    assert counted(exam)[0, "a/one"].answers == Count(3, "all")
