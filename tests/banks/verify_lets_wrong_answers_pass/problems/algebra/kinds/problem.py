"""Answers of each type, and for each a verify that checks too little."""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    AnyIn,
    Code,
    Exact,
    Expression,
    Meta,
    Option,
    Options,
    SameSpan,
    SetOf,
    UpToScale,
    Where,
)

META = Meta(title="Of each type", topics=["A1"], difficulty=1, minutes=9)
x, y = sp.symbols("x y")


def solve():
    return {
        "number": Exact(4),
        "fraction": Exact(sp.Rational(2, 3)),
        "point": Exact(sp.Matrix([1, 2, 3])),
        "direction": UpToScale(sp.Matrix([1, 2])),
        "square": Exact(sp.Matrix([[1, 2], [3, 4]])),
        "roots": SetOf(2, 5),
        "between": AnyIn(0, 1, closed=(False, True)),
        "basis": SameSpan(sp.Matrix([1, 0, 1]), sp.Matrix([0, 1, 1])),
        "slope": Expression(2 * x + 3 * y, "x", "y"),
        "witness": Where("an invertible matrix", sp.Matrix([[2, 1], [1, 1]]), lambda M: M.det() != 0),
        "output": Exact(Code("[1 2]\n7")),
        "even": Option(True),
        "primes": Options("two", "five"),
        "row1": Option("never"),
        "row2": Option("never"),
    }


def mistakes():
    return {"fraction": {"cancelled twice": sp.Rational(2, 5)}}


def verify(
    number, fraction, point, direction, square, roots, between, basis, slope, witness, output, even, primes, row1, row2
):
    assert number > 0
    assert 0.3 < fraction < 0.6 or abs(fraction - 2 / 3) < 1e-9
    assert np.allclose(point[:2], [1, 2])
    assert 2 * direction[0] == direction[1]
    assert np.trace(square) == 5 and np.linalg.det(square) < 0 and square[0, 0] == 1 and square.sum() == 10
    assert set(roots) <= {2, 5}
    assert 0 <= between <= 1
    assert np.linalg.matrix_rank(np.column_stack([*basis, [1, 0, 1], [0, 1, 1]])) == 2
    assert slope(1, 1) == 5
    assert witness.shape == (2, 2) and witness.any()
    assert output.startswith("[1 2]")
    assert even in ("true", "false") and number % 2 == 0
    assert primes >= {"two", "five"}
    assert {row1, row2} <= {"always", "never"}
