"""Each sampler has the degenerate cases that its docstring promises, enough different cases, and drawn ones too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from m4ml_exams.claims import FEWEST, Cases, samplers

rank = np.linalg.matrix_rank
eigenvalues = np.linalg.eigvalsh


def parallel(u: Any, v: Any) -> bool:
    return bool(rank(np.array([u, v])) < 2)


def defective(A: Any) -> bool:
    """Fewer independent eigenvectors than columns, for an integer matrix with one eigenvalue."""
    n, value = len(A), A.trace() / len(A)
    B = A - value * np.eye(n)
    return not np.linalg.matrix_power(B, n).any() and rank(B) > 0


PAIRS: dict[str, Callable[..., Any]] = {
    "both zero": lambda u, v: not u.any() and not v.any(),
    "one zero": lambda u, v: u.any() and not v.any(),
    "repeated": lambda u, v: u.any() and (u == v).all(),
    "opposite": lambda u, v: u.any() and (u == -v).all(),
    "parallel": lambda u, v: u.any() and v.any() and parallel(u, v) and abs(u).max() != abs(v).max(),
    "orthogonal": lambda u, v: u.any() and v.any() and u @ v == 0,
    "equally long": lambda u, v: not parallel(u, v) and u @ u == v @ v,
    "unit": lambda u, v: u @ u == v @ v == 1,
    "dimension 1": lambda u, v: len(u) == 1,
    "independent": lambda u, v: not parallel(u, v),
    "acute": lambda u, v: u @ v > 0,
    "obtuse": lambda u, v: u @ v < 0,
}
MATRICES: dict[str, Callable[..., Any]] = {
    "zero": lambda A: not A.any(),
    "ones": lambda A: (A == 1).all(),
    "one row": lambda A: A.shape[0] == 1 < A.shape[1],
    "one column": lambda A: A.shape[1] == 1 < A.shape[0],
    "zero column": lambda A: A.any() and not A.any(axis=0).all(),
    "zero row": lambda A: A.any() and not A.any(axis=1).all(),
    "repeated rows": lambda A: A.shape[0] > 1 and A[0].any() and (A[0] == A[1]).all(),
    "opposite columns": lambda A: A.shape[1] > 1 and A[:, 0].any() and (A[:, 0] == -A[:, 1]).all(),
    **{f"rank {r} of 3 x 3": lambda A, r=r: A.shape == (3, 3) and rank(A) == r for r in range(4)},
    "wide of full rank": lambda A: rank(A) == A.shape[0] < A.shape[1],
    "tall of full rank": lambda A: rank(A) == A.shape[1] < A.shape[0],
}
SQUARE: dict[str, Callable[..., Any]] = {
    "1 x 1": lambda A: A.shape == (1, 1),
    "identity": lambda A: (np.eye(len(A)) == A).all() and len(A) > 1,
    "multiple of the identity": lambda A: (A[0, 0] * np.eye(len(A)) == A).all() and abs(A[0, 0]) > 1,
    "diagonal": lambda A: len(A) > 1 and (np.diag(np.diag(A)) == A).all() and len({*np.diag(A)}) == len(A),
    "nilpotent": lambda A: A.any() and not np.linalg.matrix_power(A, len(A)).any(),
    "defective": defective,
    "rotation": lambda A: len(A) == 2 and (A == [[0, 1], [-1, 0]]).all(),
    "reflection": lambda A: (np.eye(len(A)) == A @ A).all() and A.trace() == len(A) - 2,
    "projection": lambda A: (A @ A == A).all() and 0 < rank(A) < len(A),
    "skew-symmetric": lambda A: A.any() and (A == -A.T).all(),
    "singular": lambda A: A.any() and rank(A) < len(A),
    "invertible": lambda A: rank(A) == len(A),
    "triangular": lambda A: len(A) == 3 and (np.triu(A) == A).all() and A[0, 2],
}
SYMMETRIC: dict[str, Callable[..., Any]] = {
    "zero": lambda A: not A.any(),
    "positive definite": lambda A: len(A) > 1 and eigenvalues(A).min() > 0.01,
    "negative definite": lambda A: len(A) > 1 and eigenvalues(A).max() < -0.01,
    "semidefinite": lambda A: A.any() and abs(eigenvalues(A).min()) < 1e-9,
    "indefinite": lambda A: eigenvalues(A).min() < -0.01 and eigenvalues(A).max() > 0.01,
    "equal eigenvalues": lambda A: len(A) > 1 and A.any() and np.ptp(eigenvalues(A)) < 1e-9,
    "rank one": lambda A: len(A) > 1 and rank(A) == 1,
}
ORTHOGONAL: dict[str, Callable[..., Any]] = {
    "identity": lambda Q: (np.eye(len(Q)) == Q).all(),
    "its negative": lambda Q: (-np.eye(len(Q)) == Q).all() and len(Q) > 1,
    "permutation": lambda Q: len(Q) == 3 and (Q >= 0).all() and not Q.diagonal().all(),
    "reflection with fractions": lambda Q: np.isclose(np.linalg.det(Q), -1) and (Q % 1).any(),
    "rotation with fractions": lambda Q: np.isclose(np.linalg.det(Q), 1) and (Q % 1).any(),
}
DATA: dict[str, Callable[..., Any]] = {
    "one point": lambda x: len(x) == 1,
    "constant": lambda x: len(x) > 1 and np.ptp(x) == 0 and x[0],
    "all zero": lambda x: len(x) > 1 and not x.any(),
    "ties in the middle": lambda x: len(x) == 6 and np.ptp(x) and np.sort(x)[2] == np.sort(x)[3],
    "an interval of medians": lambda x: len(x) == 4 and np.sort(x)[1] < np.sort(x)[2],
    "odd n": lambda x: len(x) % 2 == 1 and len(x) > 1 and len({*x}) == len(x),
    "even n": lambda x: len(x) % 2 == 0 and len({*x}) == len(x),
    "unsorted": lambda x: (np.diff(x) < 0).any() and (np.diff(x) > 0).any(),
    "negative": lambda x: (x < 0).all(),
    "far away": lambda x: len(x) > 3 and x.max() > 90,
    "mean is not the median": lambda x: x.mean() != np.median(x),
}
DESIGNS: dict[str, Callable[..., Any]] = {
    "zero column": lambda X, y: not X.any(axis=0).all() and X.any(),
    "constant column": lambda X, y: len(X) > 1 and (np.ptp(X, axis=0) == 0).any() and X[0].all(),
    "repeated columns": lambda X, y: X.shape[1] == 2 and len(X) > 2 and X[:, 0].any() and (X[:, 0] == X[:, 1]).all(),
    "opposite columns": lambda X, y: X.shape[1] == 2 and X[:, 0].any() and (X[:, 0] == -X[:, 1]).all(),
    "fewer rows than columns": lambda X, y: X.shape[0] < X.shape[1],
    "independent columns": lambda X, y: rank(X) == X.shape[1] == 2 < len(X),
    "constant targets": lambda X, y: len(y) > 2 and np.ptp(y) == 0 and y[0],
    "zero targets": lambda X, y: X.any() and not y.any(),
    "fitted exactly": lambda X, y: y.any() and len(X) > 2 and (y == X[:, 0]).all(),
    "orthogonal targets": lambda X, y: y.any() and X[:, 0].any() and X[:, 0] @ y == 0,
}
PROBABILITIES: dict[str, Callable[..., Any]] = {
    "all on one": lambda p: p.max() == 1,
    "impossible outcomes": lambda p: (p == 0).any() and p.max() < 1,
    "uniform": lambda p: np.ptp(p) == 0,
    "all different": lambda p: len({*p}) == len(p) > 2,
}
JOINT: dict[str, Callable[..., Any]] = {
    "all in one cell": lambda P: P.max() == 1,
    "impossible row": lambda P: not P.any(axis=1).all() and P.max() < 1,
    "independent": lambda P: P.max() < 1 and (np.outer(P.sum(axis=1), P.sum(axis=0)) == P).all(),
    "dependent": lambda P: (np.outer(P.sum(axis=1), P.sum(axis=0)) != P).any() and P.all(),
    "one fixes the other": lambda P: ((P > 0).sum(axis=1) == 1).all() and ((P > 0).sum(axis=0) > 0).sum() > 1,
}
INTEGERS: dict[str, Callable[..., Any]] = {
    "zero": lambda m, n: m == n == 0,
    "odd and even": lambda m, n: m % 2 == 1 and n % 2 == 0,
    "opposite": lambda m, n: m == -n != 0,
    "equal": lambda m, n: m == n != 0,
    "negative": lambda m, n: m < 0 and n < 0,
    "large": lambda m, n: abs(m) > 15,
}
SAMPLERS: dict[str, tuple[Cases, dict[str, Callable[..., Any]]]] = {
    "vectors": (samplers.vectors(count=2), PAIRS),
    "matrices": (samplers.matrices(), MATRICES),
    "square": (samplers.square(), {**SQUARE, "zero": MATRICES["zero"]}),
    "symmetric": (samplers.symmetric(), SYMMETRIC),
    "orthogonal": (samplers.orthogonal(), ORTHOGONAL),
    "data_sets": (samplers.data_sets(), DATA),
    "designs": (samplers.designs(), DESIGNS),
    "probabilities": (samplers.probabilities(), PROBABILITIES),
    "joint_probabilities": (samplers.joint_probabilities(), JOINT),
    "integers": (samplers.integers("m n"), INTEGERS),
}
PROMISED = [(name, kind) for name, (_, kinds) in SAMPLERS.items() for kind in kinds]


@pytest.mark.parametrize(("name", "kind"), PROMISED, ids=" ".join)
def test_a_sampler_has_what_it_promises(name: str, kind: str) -> None:
    cases, kinds = SAMPLERS[name]
    assert any(kinds[kind](*case.values) for case in cases.admitted)


@pytest.mark.parametrize(
    "kind", [kind for kind in PAIRS if kind not in ("both zero", "one zero", "unit", "dimension 1")]
)
def test_pairs_with_a_relation_are_many_so_that_a_condition_on_it_is_not_vacuous(kind: str) -> None:
    assert len(SAMPLERS["vectors"][0].where(PAIRS[kind]).admitted) >= FEWEST


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_sampler_has_enough_cases_and_draws_beyond_its_list(name: str) -> None:
    cases, _ = SAMPLERS[name]
    alone = cases.exhaustive("the list")
    assert len(cases.admitted) >= FEWEST
    assert len(cases.admitted) > len(alone.admitted)


def test_lists_of_three_vectors_are_dependent_in_each_way() -> None:
    cases = samplers.vectors(3, 3).admitted
    sizes = {int(rank(np.array(case.values))) for case in cases}
    assert sizes == {0, 1, 2, 3}
    assert any(rank(np.array(c.values)) == 2 and all(not parallel(a, b) for a, b in ((c.values[0], c.values[1]),
               (c.values[1], c.values[2]), (c.values[0], c.values[2]))) for c in cases)  # fmt: skip


def test_one_vector_and_many_dimensions() -> None:
    assert {len(case.values[0]) for case in samplers.vectors((1, 4, 7)).admitted} == {1, 4, 7}
    assert samplers.vectors(2, 4).names == ("v1", "v2", "v3", "v4")


def test_symmetric_and_orthogonal_matrices_are_what_they_are() -> None:
    assert all((A == A.T).all() for A in (case.values[0] for case in samplers.symmetric(range(1, 5)).admitted))
    assert all(np.allclose(Q.T @ Q, np.eye(len(Q))) for Q in (c.values[0] for c in samplers.orthogonal().admitted))


def test_probabilities_are_exact() -> None:
    for cases in (samplers.probabilities(range(1, 7)), samplers.joint_probabilities(3, 4)):
        assert all(p.sum() == 1 and (p >= 0).all() for p in (case.values[0] for case in cases.admitted))


def test_data_without_ties() -> None:
    assert all(len({*x.tolist()}) == len(x) for x in (c.values[0] for c in samplers.data_sets(ties=False).admitted))


def test_enumerations_are_whole() -> None:
    assert len(samplers.all_matrices(2, 2, range(-2, 3)).admitted) == 5**4
    assert len(samplers.all_vectors((1, 2), count=2).admitted) == 3**2 + 9**2
    assert [case.values for case in samplers.listed(n=(2, 1), k="ab").admitted] == [
        (2, "a"),
        (2, "b"),
        (1, "a"),
        (1, "b"),
    ]
