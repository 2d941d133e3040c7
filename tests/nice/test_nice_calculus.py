"""Polynomials with integer critical points, and exact gradient descent."""

import random
from itertools import pairwise

import pytest
import sympy as sp

from m4ml_exams import nice

x, t = sp.symbols("x t")
SEEDS = range(60)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_polynomial_with_critical_points(count):
    for seed in SEEDS:
        f = nice.polynomial_with_critical_points(random.Random(seed), t, count=count, largest=200)
        roots = sp.roots(sp.diff(f, t), t)
        assert len(roots) == count
        assert all(root.is_Integer and -4 <= root <= 4 for root in roots)
        coefficients = sp.Poly(f, t).all_coeffs()
        assert all(c.is_Integer and abs(c) <= 200 for c in coefficients)
        assert sp.igcd(0, *coefficients[:-1]) == 1


def test_the_variable_is_x_if_not_given():
    assert nice.polynomial_with_critical_points(random.Random(0)).free_symbols == {x}


def test_all_36_pairs_of_critical_points_come_up():
    rng = random.Random(0)
    draws = (nice.polynomial_with_critical_points(rng, x, largest=200) for _ in range(400))
    assert len({frozenset(sp.roots(sp.diff(f, x), x)) for f in draws}) == 36


@pytest.mark.parametrize(("n", "diagonal"), [(1, False), (2, False), (2, True)])
def test_gradient_descent_quadratic(n, diagonal):
    for seed in SEEDS:
        S, b, minimiser, start, step, factors = found = nice.gradient_descent_quadratic(
            random.Random(seed), n, diagonal=diagonal
        )
        assert S == S.T
        assert S.is_positive_definite
        assert all(entry.is_Integer and abs(entry) <= 12 for entry in S)
        assert S.is_diagonal() is (diagonal or n == 1)
        assert S * minimiser == b
        assert {1 - step * value for value in S.eigenvals()} == set(factors)
        assert max(abs(entry) for entry in start) <= 15
        errors = [point - minimiser for point in found.points(3)]
        assert errors[0] == start - minimiser
        assert all((sp.eye(n) - step * S) * a == c for a, c in pairwise(errors))
        assert max(abs(entry) for entry in errors[3]) < max(abs(entry) for entry in errors[0])


def test_an_oscillation_can_be_asked_for():
    found = nice.gradient_descent_quadratic(random.Random(0), 1, factors=[-1])
    points = found.points(2)
    assert points[2] == points[0] != points[1]


def test_descend_follows_the_gradient():
    S, b, start = sp.Matrix([[2, 0], [0, 4]]), sp.Matrix([2, 4]), sp.Matrix([5, 2])
    path = nice.descend(S, b, start, sp.Rational(1, 4), 2)
    assert path == [sp.Matrix([5, 2]), sp.Matrix([3, 1]), sp.Matrix([2, 1])]


@pytest.mark.parametrize(
    ("call", "constraint"),
    [
        (lambda r: nice.polynomial_with_critical_points(r, count=5), "5 critical points"),
        (lambda r: nice.polynomial_with_critical_points(r, points=[1]), "2 distinct values"),
        (lambda r: nice.polynomial_with_critical_points(r, largest=0), "coefficients up to 0"),
        (lambda r: nice.gradient_descent_quadratic(r, 3), "3 variables"),
        (lambda r: nice.gradient_descent_quadratic(r, factors=[1, 0]), "not below 1"),
        (lambda r: nice.gradient_descent_quadratic(r, largest=0), "entries up to 0"),
    ],
)
def test_what_cannot_be_found_is_named(call, constraint):
    with pytest.raises(nice.NiceError, match=constraint):
        call(random.Random(0))
