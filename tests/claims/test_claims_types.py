"""What cases show of a claim, and which options follow from the verdicts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from m4ml_exams.claims import Always, Claim, Could, Impossible, Must, Never, Seen, Sometimes, samplers
from m4ml_exams.errors import ProblemError

rank = np.linalg.matrix_rank
RIGHT = samplers.vectors(3, 2).where(lambda u, v: u @ v == 0)
NUMBERS = samplers.integers()
EVEN = Sometimes(lambda n: n % 2 == 0, NUMBERS)
SQUARE = Always(lambda n: n * n >= 0, NUMBERS)
NONE = Never(lambda n: n * n == 2, NUMBERS)


def different_eigenvalues(A: Any) -> bool:
    return len({*np.round(np.linalg.eigvalsh(A), 9)}) == len(A)


def dependent(P: Any) -> bool:
    return not np.array_equal(P, np.outer(P.sum(axis=1), P.sum(axis=0)))


def told(seen: Seen) -> tuple[int, str, str]:
    return seen.count, str(seen.holds), str(seen.fails)


def test_the_simplest_examples_are_seen() -> None:
    assert told(EVEN.seen) == (41, "n = 0", "n = 1")
    assert told(SQUARE.seen) == (41, "n = 0", "None")
    assert told(NONE.seen) == (41, "None", "n = 0")


def test_cases_are_tried_once_and_no_further_than_it_takes() -> None:
    tried: list[int] = []

    def predicate(n: int) -> bool:
        tried.append(n)
        return n != 1

    claim = Always(predicate, NUMBERS)
    assert claim.seen is claim.seen
    assert tried == [0, 1]


def test_explicit_examples_come_first() -> None:
    example = {"v": [1, 1], "u": [0, -1]}
    claim = Sometimes(lambda u, v: u @ v > 0, samplers.vectors(2, 2), witness=([1, 2], [3, 4]), counterexample=example)
    assert told(claim.seen)[1:] == ("u = [1, 2], v = [3, 4]", "u = [0, -1], v = [1, 1]")
    with pytest.raises(ProblemError) as caught:
        _ = Sometimes(claim.predicate, claim.cases, counterexample=([1, 2], [3, 4])).seen
    assert caught.value.what == "The counterexample u = [1, 2], v = [3, 4] fulfils the predicate."


def test_examples_that_are_not_admissible_are_refused() -> None:
    cases = samplers.vectors(2).where(lambda x: x.any())
    with pytest.raises(ProblemError) as caught:
        _ = Sometimes(lambda x: x[0] == 0, cases, witness=[0, 0]).seen
    assert caught.value.what == "The witness x = [0, 0] is not admissible."


@pytest.mark.parametrize(
    ("claim", "counterexample"),
    [
        (Always(lambda u, v: rank(np.array([u, v])) == 2, RIGHT),
         "u = [0, 0, 0], v = [0, 0, 0]"),
        (Always(lambda A: rank(A) == len(A), samplers.symmetric()), "A = [[0]]"),
        (Always(different_eigenvalues, samplers.symmetric((2, 3))), "A = [[0, 0], [0, 0]]"),
        (Always(lambda x: np.median(x) in x, samplers.data_sets()), "x = [1, 0]"),
        (Always(lambda x: len({*x.tolist()}) > 1, samplers.data_sets(range(2, 6))), "x = [0, 0]"),
        (Always(lambda X, y: rank(X) == X.shape[1], samplers.designs(range(3, 7), 2)),
         "X = [[0, 0], [0, 0], [0, 0]], y = [0, 0, 0]"),
        (Always(lambda n: (-1) ** abs(n) == 1, NUMBERS), "n = 1"),
        (Always(dependent, samplers.joint_probabilities()),
         "P = [[1/4, 1/4], [1/4, 1/4]]"),
        (Always(lambda Q: np.isclose(np.linalg.det(Q), 1), samplers.orthogonal()), "Q = [[-1]]"),
        (Always(lambda A, B: (A @ B == B @ A).all(), samplers.square(2) * samplers.square(2, names="B")),
         "A = [[1, 0], [0, 0]], B = [[0, 1], [0, 0]]"),
    ],
)  # fmt: skip
def test_usual_traps_are_found(claim: Claim, counterexample: str) -> None:
    assert str(claim.seen.fails) == counterexample


def test_right_options_follow_from_the_verdicts() -> None:
    claims = {"even": EVEN, "square": SQUARE, "two": NONE}
    assert Must(claims).keys == {"square"}
    assert Could(**claims).keys == {"even", "square"}
    assert Impossible({"1": NONE}, even=EVEN).keys == {"1"}


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Always(lambda n: True, [1, 2]), "Always has a list, where a sampler of cases is due."),
        (lambda: Never(True, NUMBERS), "The predicate is a bool, where a function of n is due."),
        (lambda: Must(a=True), "Must has a bool for 'a', where a claim is due."),
    ],
)
def test_what_is_no_claim_is_refused(make: Any, what: str) -> None:
    with pytest.raises(ProblemError) as caught:
        make()
    assert caught.value.what == what
