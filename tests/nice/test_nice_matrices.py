"""Matrices with integer inverses, integer eigenvalues or a chosen rank."""

import random
from math import gcd

import pytest
import sympy as sp

from m4ml_exams import nice
from m4ml_exams.nice.matrices import _eigen_2x2, _orthogonal_bases, _symmetric_2x2

SEEDS = range(60)


def size(A):
    return max(abs(entry) for entry in A)


def zeros(A):
    return sum(entry == 0 for entry in A)


def all_integer(A):
    return all(entry.is_Integer for entry in A)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_unimodular(n):
    for seed in SEEDS:
        P = nice.unimodular(random.Random(seed), n)
        assert P.shape == (n, n)
        assert P.det() == 1
        assert all_integer(P.inv())
        assert size(P) <= 5
        assert size(P.inv()) <= 5
        assert zeros(P) <= n * (n - 1) // 2


def test_unimodular_bounds_can_be_set():
    for seed in SEEDS:
        P = nice.unimodular(random.Random(seed), 3, largest=3, zeros=0)
        assert size(P) <= 3
        assert zeros(P) == 0


def test_unimodular_reaches_nearly_all_2x2_matrices():
    rng = random.Random(1)
    assert len({tuple(nice.unimodular(rng, 2)) for _ in range(3000)}) > 230


def test_unimodular_matrices_keep_a_course_problem_integer():
    P = nice.unimodular(random.Random(4), 2)
    A = P * sp.diag(-1, 3) * P.inv()
    assert all_integer(A)
    assert set(A.eigenvals()) == {-1, 3}


def test_integer_eigen_2x2():
    for seed in SEEDS:
        A = nice.integer_eigen_2x2(random.Random(seed))
        values = list(A.eigenvals())
        assert len(values) == 2
        assert all_integer(values)
        assert size(A) <= 6
        assert zeros(A) == 0
        assert A != A.T


def test_integer_eigen_2x2_with_chosen_eigenvalues():
    for seed in SEEDS:
        A = nice.integer_eigen_2x2(random.Random(seed), eigenvalues=[-1, 4], largest=9, symmetric=True)
        assert set(A.eigenvals()) == {-1, 4}


def test_size_of_the_2x2_space():
    assert len(_eigen_2x2(6, 4, None, True)) == 7252
    assert len(_eigen_2x2(6, 0, None, True)) == 2872
    assert len(_eigen_2x2(6, 0, None, False)) == 2616


def test_integer_eigen_3x3():
    for seed in SEEDS:
        A = nice.integer_eigen_3x3(random.Random(seed))
        values = A.eigenvals()
        assert len(values) == 3
        assert all(value.is_Integer and -3 <= value <= 5 for value in values)
        assert size(A) <= 9
        assert zeros(A) <= 2
        assert A != A.T


@pytest.mark.parametrize("n", [2, 3])
def test_symmetric_integer_eigen(n):
    for seed in SEEDS:
        A = nice.symmetric_integer_eigen(random.Random(seed), n)
        assert A == A.T
        assert size(A) <= 9
        assert zeros(A) == 0
        values = A.eigenvals()
        assert len(values) == n
        assert all_integer(values)


@pytest.mark.parametrize("n", [2, 3])
def test_symmetric_matrices_can_be_made_positive_definite(n):
    for seed in SEEDS:
        assert nice.symmetric_integer_eigen(random.Random(seed), n, eigenvalues=range(1, 10)).is_positive_definite


def test_size_of_the_symmetric_space():
    assert len(_symmetric_2x2(9, 2, None)) == 2 * 327
    assert sum(b > 0 and a != d for (a, b), (_, d) in _symmetric_2x2(9, 2, None)) == 156
    assert len(_symmetric_2x2(9, 0, None)) == 596
    assert len(_symmetric_2x2(9, 0, frozenset(range(1, 20)))) == 96


def test_orthogonal_bases():
    bases = _orthogonal_bases()
    assert len(bases) == len(set(bases)) == 26
    for basis in bases:
        B = sp.Matrix(basis)
        assert (B * B.T).is_diagonal()
        assert all(gcd(*u) == 1 for u in basis)


@pytest.mark.parametrize(("m", "n", "r"), [(2, 3, 1), (3, 3, 2), (3, 4, 2), (3, 5, 3), (4, 5, 3), (4, 6, 2)])
def test_rank_factor(m, n, r):
    for seed in range(30):
        A, C, R = nice.rank_factor(random.Random(seed), m, n, r)
        assert (A.shape, C.shape, R.shape) == ((m, n), (m, r), (r, n))
        assert C * R == A
        assert A.rank() == r
        reduced, pivots = A.rref()
        assert reduced[:r, :] == R
        assert A.extract(range(m), pivots) == C
        assert size(A) <= 9
        assert size(R) <= 2
        columns = [A.col(j) for j in range(n)]
        assert all(any(c) for c in columns)
        assert r == 1 or all(u not in (v, -v) for i, u in enumerate(columns) for v in columns[:i])


def test_rank_factor_at_given_pivots():
    for seed in range(20):
        A, _, _ = nice.rank_factor(random.Random(seed), 3, 5, 2, pivots=[1, 3], trivial=True)
        assert A.rref()[1] == (1, 3)


@pytest.mark.parametrize(
    ("call", "constraint"),
    [
        (lambda r: nice.unimodular(r, 1), "unimodular 1 x 1"),
        (lambda r: nice.unimodular(r, 2, largest=0), "entries up to 0"),
        (lambda r: nice.integer_eigen_2x2(r, eigenvalues=[50, 60]), "2 x 2 matrix with integer eigenvalues"),
        (lambda r: nice.integer_eigen_3x3(r, eigenvalues=[1, 2]), "3 distinct values"),
        (lambda r: nice.integer_eigen_3x3(r, largest=1, zeros=0), "entries up to 1"),
        (lambda r: nice.symmetric_integer_eigen(r, 4), "symmetric 4 x 4"),
        (lambda r: nice.symmetric_integer_eigen(r, 2, eigenvalues=[1]), "symmetric 2 x 2"),
        (lambda r: nice.symmetric_integer_eigen(r, 3, eigenvalues=[1, 2]), "symmetric 3 x 3"),
        (lambda r: nice.symmetric_integer_eigen(r, 3, largest=1), "entries up to 1"),
        (lambda r: nice.rank_factor(r, 2, 3, 3), "Rank 3"),
        (lambda r: nice.rank_factor(r, 2, 3, 2, pivots=[0, 7]), r"pivots \[0, 7\]"),
        (lambda r: nice.rank_factor(r, 3, 4, 2, pivots=[1, 2]), "rank 2"),
    ],
)
def test_what_cannot_be_found_is_named(call, constraint):
    with pytest.raises(nice.NiceError, match=constraint):
        call(random.Random(0))
