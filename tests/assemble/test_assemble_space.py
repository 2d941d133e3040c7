"""How many givens and answers there are: counted when few, estimated when many."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from tiny_exam import SUM_PY, SUM_TEX, TinyExam, problem, use

from m4ml_exams.assemble import Count, Space, space
from m4ml_exams.assemble.space import count


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("aaabbb" + 54 * "c", Count(3, "all")),
        ("aaabbb", Count(2, "about")),  # too few draws to be sure
        ("aaabbbd" + 60 * "c", Count(4, "about")),
        ("abcdefgh", Count(64 // 6, "more")),
        ("aabbccdefghij", Count(10 + 7 * 6 // (2 * 4), "about")),
    ],
)
def test_a_count_says_how_sure_it_is(seen: str, counted: Count) -> None:
    assert count(Counter(seen)) == counted


def test_a_number_that_is_known_needs_no_draws() -> None:
    assert count(Counter("a"), certain=True) == Count(1, "all")


@pytest.mark.parametrize("size", [60, 200, 1000])
def test_an_estimate_is_of_the_right_size(size: int) -> None:
    rng = Random(size)
    found = [count(Counter(rng.randrange(size) for _ in range(200))) for _ in range(40)]
    assert {one.kind for one in found} == {"about"}
    assert 0.8 * size < sorted(one.number for one in found)[20] < 1.25 * size


def test_a_lower_bound_is_one() -> None:
    rng = Random(1)
    found = [count(Counter(rng.randrange(100) for _ in range(16))) for _ in range(200)]
    bounds = [one.number for one in found if one.kind == "more"]
    assert bounds
    assert max(bounds) < 100


def of(root: Path, choices: str, more: str = "") -> Space:
    """The space of a problem whose draws are these."""
    py = SUM_PY.replace('rng.randint(1, 9), "b": rng.randint(1, 9)', choices) + more
    exam = TinyExam(root, problem("a/one", SUM_TEX, py), use("a/one"))
    return space(exam.bank.problem("a/one"))


def test_small_spaces_are_counted(tmp_path: Path) -> None:
    found = of(tmp_path, 'rng.randint(1, 3), "b": rng.randint(1, 3)')
    assert (found.givens, found.answers) == (Count(9, "all"), Count(5, "all"))


def test_large_spaces_cost_few_draws(tmp_path: Path) -> None:
    found = of(tmp_path, 'rng.randint(1, 10**9), "b": rng.randint(1, 10**9)')
    assert found == Space(Count(42, "more"), Count(42, "more"), 16, 16)


def test_spaces_between_are_estimated(tmp_path: Path) -> None:
    found = of(tmp_path, 'rng.randint(1, 100), "b": 0')
    assert (found.draws, found.answers.kind) == (200, "about")
    assert 80 <= found.answers.number <= 120


def test_the_same_problem_has_the_same_space(tmp_path: Path) -> None:
    assert of(tmp_path, 'rng.randint(1, 100), "b": 0') == of(tmp_path, 'rng.randint(1, 100), "b": 0')


def test_static_problems_and_pinned_givens_have_one(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, {**problem("a/s", "\\question[1] \\fillin[x]", None), **problem("a/one")}, use("a/s"))
    one = Space(Count(1, "all"), Count(1, "all"), 1, 1)
    assert space(exam.bank.problem("a/s")) == one
    assert space(exam.bank.problem("a/one"), {"a": 1, "b": 2}) == one


def test_refused_draws_are_tries(tmp_path: Path) -> None:
    py = SUM_PY + '\ndef mistakes(a, b):\n    return {"total": {"product": a * b, "double": 2 * a, "other": 99}}\n'
    exam = TinyExam(tmp_path, problem("a/one", SUM_TEX.replace("\\blank{total}", CHOICE), py), use("a/one"))
    found = space(exam.bank.problem("a/one"))
    assert found.draws < found.tried < 2 * found.draws


CHOICE = "\\begin{choices}[total, count=4]\\end{choices}"


def test_draws_at_fault_are_left_out(tmp_path: Path) -> None:
    found = of(tmp_path, 'rng.choice([1, 2, "x"]), "b": 0')
    assert found.answers == Count(2, "all")
