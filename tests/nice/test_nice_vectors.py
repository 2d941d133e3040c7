"""Vectors of integer length, orthogonal pairs and frames."""

import random
from math import gcd

import pytest
import sympy as sp

from m4ml_exams import nice
from m4ml_exams.nice.vectors import _BASES, norm_shapes

SEEDS = range(60)


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("zeros", [False, True])
def test_integer_norm_vector(n, zeros):
    for seed in SEEDS:
        v = nice.integer_norm_vector(random.Random(seed), n, zeros=zeros)
        assert v.shape == (n, 1)
        assert v.norm().is_Integer
        assert max(abs(entry) for entry in v) <= 9
        assert gcd(*map(int, v)) == 1
        assert zeros or all(v)


def test_integer_norm_vector_of_given_length():
    assert {nice.integer_norm_vector(random.Random(seed), norm=7).norm() for seed in SEEDS} == {7}


def test_shapes():
    assert norm_shapes(3, 9) == ((1, 2, 2), (1, 4, 8), (2, 3, 6), (2, 6, 9), (4, 4, 7), (6, 6, 7))
    assert len(norm_shapes(3, 9, True)) == 7
    assert norm_shapes(2, 15) == ((3, 4), (5, 12), (8, 15))
    assert (len(norm_shapes(4, 9)), len(norm_shapes(4, 9, True))) == (16, 23)


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("zeros", [False, True])
def test_orthogonal_pair(n, zeros):
    for seed in SEEDS:
        u, v = nice.orthogonal_pair(random.Random(seed), n, zeros=zeros)
        assert u.shape == v.shape == (n, 1)
        assert u.dot(v) == 0
        assert any(u)
        assert any(v)
        assert zeros or (all(u) and all(v))
        assert max(abs(entry) for entry in [*u, *v]) <= 4


def test_all_256_orthogonal_pairs_of_the_plane_come_up():
    rng = random.Random(0)
    assert len({tuple(u) + tuple(v) for u, v in (nice.orthogonal_pair(rng, 2) for _ in range(3000))}) == 256


@pytest.mark.parametrize(("n", "norm"), [(n, norm) for n in _BASES for norm in _BASES[n]])
def test_frame(n, norm):
    for seed in range(20):
        F, k = nice.frame(random.Random(seed), n, norms=[norm])
        assert k == norm
        assert norm**2 * sp.eye(n) == F.T * F
        assert all(F)


@pytest.mark.parametrize(("n", "norm", "size"), [(2, 5, 16), (3, 3, 192), (3, 7, 384)])
def test_size_of_the_frames(n, norm, size):
    rng = random.Random(0)
    assert len({tuple(nice.frame(rng, n, norms=[norm]).F) for _ in range(12 * size)}) == size


@pytest.mark.parametrize(
    ("call", "constraint"),
    [
        (lambda r: nice.integer_norm_vector(r, 5), r"R\^5"),
        (lambda r: nice.integer_norm_vector(r, 3, norm=5), "length 5"),
        (lambda r: nice.integer_norm_vector(r, 2, largest=3), "entries up to 3"),
        (lambda r: nice.orthogonal_pair(r, 1), r"R\^1"),
        (lambda r: nice.orthogonal_pair(r, 3, largest=1), "entries up to 1"),
        (lambda r: nice.orthogonal_pair(r, 3, largest=0), "entries up to 0"),
        (lambda r: nice.frame(r, 5), r"R\^5"),
        (lambda r: nice.frame(r, 3, norms=[4]), r"norm from \[4\]"),
    ],
)
def test_what_cannot_be_found_is_named(call, constraint):
    with pytest.raises(nice.NiceError, match=constraint):
        call(random.Random(0))
