"""Polynomials with integer critical points and gradient descent that stays exact."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

import sympy as sp

from m4ml_exams.nice.draws import distinct, require, retry
from m4ml_exams.nice.exact import Matrix, Vector, column, dot, matrix


class QuadraticDescent(NamedTuple):
    """Gradient descent with a fixed step on f(x) = x^T S x / 2 - b^T x, where S is positive definite.

    Attributes:
        S, b: integer matrix and column.
        minimiser: the integer solution of Sx = b.
        start: the integer first point, start - minimiser has a part along each eigenvector.
        step: the rational step size alpha.
        factors: the eigenvalues 1 - alpha lambda of I - alpha S, by which the error shrinks along the eigenvectors.
    """

    S: Matrix
    b: Matrix
    minimiser: Matrix
    start: Matrix
    step: sp.Rational
    factors: tuple[sp.Rational, ...]

    def points(self, steps: int) -> list[Matrix]:
        """The start and the points after 1, ..., ``steps`` steps, exact."""
        return descend(self.S, self.b, self.start, self.step, steps)


def descend(S: Matrix, b: Matrix, start: Matrix, step: sp.Rational, steps: int) -> list[Matrix]:
    """``steps`` steps x - step (Sx - b) of gradient descent on x^T S x / 2 - b^T x, exact; the start comes first."""
    points = [sp.ImmutableMatrix(start)]
    for _ in range(steps):
        points.append(points[-1] - step * (S * points[-1] - b))
    return points


_EIGENBASES: tuple[tuple[Vector, Vector], ...] = (((1, 1), (1, -1)), ((1, 2), (2, -1)), ((2, 1), (1, -2)))
_FACTORS = (sp.Integer(0), sp.Rational(1, 2), sp.Rational(-1, 2), sp.Rational(1, 4))


def gradient_descent_quadratic(
    rng: random.Random,
    n: int = 2,
    *,
    diagonal: bool = False,
    factors: Iterable[sp.Rational | int] = _FACTORS,
    largest: int = 12,
) -> QuadraticDescent:
    """A quadratic function, a start and a step for which gradient descent has short exact iterates.

    Args:
        rng: the source of chance.
        n: number of variables, 1 or 2.
        diagonal: True for a diagonal S when n = 2.
        factors: what 1 - alpha lambda may be, below 1, different along the eigenvectors; add -1 for an oscillation.
        largest: no entry of S exceeds this in size; those of the minimiser do not exceed 3, those of the start 15.

    Raises:
        NiceError: no such function came up.
    """
    require(n in (1, 2), f"A quadratic function of {n} variables is asked for.", "Ask for n = 1 or n = 2.")
    allowed = [sp.Rational(factor) for factor in factors]
    require(all(f < 1 for f in allowed), "A factor 1 - alpha lambda is not below 1.", "Give factors below 1.")

    def make(r: random.Random) -> tuple[int, list[sp.Rational], Sequence[Vector], list[list[Fraction]]]:
        inverse_step = r.choice((2, 4, 5, 8, 10))
        chosen = distinct(r, allowed, n)
        basis = [(1,)] if n == 1 else [(1, 0), (0, 1)] if diagonal else r.choice(_EIGENBASES)
        return inverse_step, chosen, basis, _with_eigen(basis, [inverse_step * (1 - _fraction(f)) for f in chosen])

    def accept(found: tuple[int, list[sp.Rational], Sequence[Vector], list[list[Fraction]]]) -> bool:
        entries = [entry for row in found[3] for entry in row]
        return all(entry.denominator == 1 and abs(entry) <= largest for entry in entries)

    what = f"quadratic function with entries up to {largest} and factors from {allowed}"
    inverse_step, chosen, basis, rows = retry(rng, make, accept, what)
    S, minimiser = matrix(rows), column([rng.randint(-3, 3) for _ in basis])
    start = minimiser + sum((rng.choice((-4, -2, 2, 4)) * column(u) for u in basis), column([0] * n))
    return QuadraticDescent(S, S * minimiser, minimiser, start, sp.Rational(1, inverse_step), tuple(chosen))


def _with_eigen(basis: Sequence[Vector], values: Sequence[Fraction]) -> list[list[Fraction]]:
    """The rows of the symmetric matrix with orthogonal eigenvectors ``basis`` and these eigenvalues."""
    weights = [value / dot(u, u) for value, u in zip(values, basis, strict=True)]
    size = range(len(basis))
    return [
        [sum((w * u[i] * u[j] for w, u in zip(weights, basis, strict=True)), Fraction(0)) for j in size] for i in size
    ]


def _fraction(value: sp.Rational) -> Fraction:
    """The number as a Fraction."""
    return Fraction(int(value.p), int(value.q))


def polynomial_with_critical_points(
    rng: random.Random,
    x: sp.Symbol | None = None,
    *,
    count: int = 2,
    points: Iterable[int] = range(-4, 5),
    constant: Iterable[int] = range(-5, 6),
    largest: int = 60,
) -> sp.Expr:
    """A polynomial with integer coefficients whose derivative has ``count`` different integer roots and no others.

    It is the smallest integer multiple, up to sign, of the integral of (x - p)(x - q)..., plus a constant, expanded.

    Args:
        rng: the source of chance.
        x: the variable, the symbol x if not given.
        count: number of critical points, 1 to 4.
        points: the critical points that are allowed.
        constant: the constant terms that are allowed.
        largest: no coefficient exceeds this in size.

    There are 36 pairs of critical points from -4 to 4.

    Raises:
        NiceError: no such polynomial came up.
    """
    require(1 <= count <= 4, f"{count} critical points are asked for.", "Ask for 1 to 4.")
    variable = sp.Symbol("x") if x is None else x
    roots, constants = list(points), list(constant)

    def make(r: random.Random) -> sp.Poly:
        integral = _primitive_integral(variable, distinct(r, roots, count))
        return integral * r.choice((-1, 1)) + distinct(r, constants, 1)[0]

    def accept(poly: sp.Poly) -> bool:
        return all(abs(c) <= largest for c in poly.all_coeffs())

    what = f"polynomial with {count} critical points from {roots} and coefficients up to {largest}"
    return retry(rng, make, accept, what).as_expr()


def _primitive_integral(x: sp.Symbol, roots: Sequence[int]) -> sp.Poly:
    """The smallest integer multiple of the integral of (x - p)(x - q)..., without a constant term."""
    slope = sp.Poly.from_list([1], x)
    for p in roots:
        slope *= sp.Poly(x - p, x)
    _, whole = slope.integrate().clear_denoms(convert=True)
    return whole.primitive()[1]
