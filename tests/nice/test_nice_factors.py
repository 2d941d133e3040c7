"""Integer singular values, integer Gram eigenvalues and rational QR factors."""

import random

import pytest
import sympy as sp

from m4ml_exams import nice
from m4ml_exams.nice.factors import _by_eigenvalues, _centred

SEEDS = range(40)


def gram_eigenvalues(X):
    a, b, _, d = X.T * X
    assert b != 0
    values = [(a + d + sign * sp.sqrt((a - d) ** 2 + 4 * b**2)) / 2 for sign in (-1, 1)]
    assert values[0] > 0
    assert values[0] != values[1]
    return values


@pytest.mark.parametrize(("m", "largest"), [(2, 6), (3, 4), (4, 2)])
def test_integer_svd(m, largest):
    for seed in SEEDS:
        A = nice.integer_svd(random.Random(seed), m)
        assert A.shape == (m, 2)
        assert all(sp.sqrt(value).is_Integer for value in gram_eigenvalues(A))
        assert max(abs(entry) for entry in A) <= largest
        assert sum(entry == 0 for entry in A) <= 2
        assert all(any(A.row(i)) for i in range(m))


@pytest.mark.parametrize("m", [2, 3, 4])
def test_integer_gram(m):
    for seed in SEEDS:
        X = nice.integer_gram(random.Random(seed), m)
        assert all(value.is_Integer for value in gram_eigenvalues(X))
        assert all(X)


@pytest.mark.parametrize("m", [3, 4, 5])
def test_centred_gram(m):
    for seed in SEEDS:
        X = nice.centred_gram(random.Random(seed), m)
        assert sp.ones(1, m) * X == sp.zeros(1, 2)
        assert all(value.is_Integer for value in gram_eigenvalues(X))
        G = X.T * X
        assert G[0, 0] != G[1, 1]


@pytest.mark.parametrize(
    ("groups", "size", "answers"),
    [
        (_by_eigenvalues(3, 4, 2, True), 1344, 8),
        (_by_eigenvalues(3, 2, 2, True), 288, 2),
        (_by_eigenvalues(2, 6, 2, True), 720, 25),
        (_by_eigenvalues(4, 2, 2, True), 576, 2),
        (_by_eigenvalues(3, 3, 0, False), 11184, 61),
        (_by_eigenvalues(2, 6, 0, False), 1088, 43),
        (_centred(4, 3, 2), 2784, 15),
    ],
)
def test_size_of_the_spaces(groups, size, answers):
    assert 8 * sum(map(len, groups)) == size
    assert len(groups) == answers


@pytest.mark.parametrize(("n", "columns"), [(2, None), (3, None), (3, 2), (4, 3)])
def test_nice_qr(n, columns):
    width = columns or n
    for seed in SEEDS:
        A, Q, R = nice.nice_qr(random.Random(seed), n, columns=columns)
        assert Q * R == A
        assert sp.eye(width) == Q.T * Q
        assert R.is_upper
        assert all(R[i, i] > 0 for i in range(width))
        assert all(R[i, j] != 0 for i in range(width) for j in range(i, width))
        assert all(entry.is_Integer and abs(entry) <= 12 for entry in A)


@pytest.mark.parametrize(
    ("call", "constraint"),
    [
        (lambda r: nice.integer_svd(r, 7), "7 rows"),
        (lambda r: nice.integer_svd(r, 4, largest=3), "up to 3"),
        (lambda r: nice.integer_svd(r, 3, largest=1), "integer singular values, entries up to 1"),
        (lambda r: nice.integer_gram(r, 3, largest=0), "entries up to 0"),
        (lambda r: nice.centred_gram(r, 3, largest=1, zeros=0), "centred 3 x 2"),
        (lambda r: nice.nice_qr(r, 3, columns=4), "4 columns"),
        (lambda r: nice.nice_qr(r, 3, largest=1), "entries up to 1"),
        (lambda r: nice.nice_qr(r, 3, norms=[4]), r"norm from \[4\]"),
    ],
)
def test_what_cannot_be_found_is_named(call, constraint):
    with pytest.raises(nice.NiceError, match=constraint):
        call(random.Random(0))
