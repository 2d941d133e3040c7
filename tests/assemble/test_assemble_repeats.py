"""Which versions share a whole answer."""

from __future__ import annotations

from pathlib import Path

from tiny_exam import SUM_PY, SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import Repeat, repeats, uses

TWO = SUM_PY.replace('rng.randint(1, 9), "b": rng.randint(1, 9)', 'rng.randint(1, 2), "b": 0')
MANY = SUM_PY.replace("(1, 9)", "(1, 10**6)")
STATIC = "\\question[1] \\fillin[x]"


def test_versions_that_share_an_answer_are_named(tmp_path: Path) -> None:
    files = {**problem("a/two", SUM_TEX, TWO), **problem("a/many", SUM_TEX, MANY), **problem("a/static", STATIC, None)}
    exam = TinyExam(tmp_path, files, use("a/many", "a/two", "a/static"))
    found = repeats(exam.draw(5))
    assert [(one.problem, one.free) for one in found] == [("a/two", True), ("a/two", True), ("a/static", False)]
    assert sorted(letter for one in found[:2] for letter, _ in one.uses) == list("ABCDE")
    assert sorted(len(one.uses) for one in found[:2]) == [2, 3]
    assert found[2] == Repeat("a/static", tuple((letter, 3) for letter in "ABCDE"), False)


def test_two_uses_in_one_exam_are_told_apart(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/two", SUM_TEX, TWO), use("a/two", "a/two"))
    assert repeats(exam.draw(1)) == ()
    assert sorted(use for one in repeats(exam.draw(2)) for use in one.uses) == [("A", 1), ("A", 2), ("B", 1), ("B", 2)]


def test_members_of_a_pool_stand_together(tmp_path: Path) -> None:
    files = {**problem("a/x", SUM_TEX, TWO), **problem("a/y", SUM_TEX, TWO)}
    exam = TinyExam(tmp_path, files, '[[entry]]\npick = ["a/y", "a/x"]\n')
    assert [one.problem for one in repeats(exam.draw(8))] == ["a/x", "a/x", "a/y", "a/y"]


def test_uses_are_those_of_the_exam_file_in_order(tmp_path: Path) -> None:
    files = {name: text for problem_name in ("a/x", "a/y") for name, text in problem(problem_name).items()}
    exam = TinyExam(tmp_path, files, '[[entry]]\npick = ["a/y", "a/x"]\n' + use("a/x"))
    assert list(uses(exam.draw(2))) == [(0, "a/x"), (0, "a/y"), (1, "a/x")]
