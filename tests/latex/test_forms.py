"""Linear combinations, systems, augmented matrices and the filters."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.errors import ProblemError
from m4ml_exams.latex import augmented, coef, linear_combination, paren, row, signed, system
from m4ml_exams.model import Latex

k = sp.Symbol("k")
half = Fraction(1, 2)


@pytest.mark.parametrize(
    ("coefficients", "names", "latex"),
    [
        ([2, -1, 3], ["v_1", "v_2", "v_3"], "2v_1 - v_2 + 3v_3"),
        ([0, -1, 0, 1], ["a", "b", "c", "d"], "-b + d"),
        ([0, 0], ["a", "b"], "0"),
        ([half, -half], ["a", "b"], r"\frac{1}{2}a - \frac{1}{2}b"),
        ([sp.sqrt(2), -sp.sqrt(2)], ["a", "b"], r"\sqrt{2}a - \sqrt{2}b"),
        ([k + 1, k, -k], ["a", "b", r"\mathbf{c}"], r"(k + 1)a + k b - k\mathbf{c}"),
        ([sp.Symbol("lambda")], ["v"], r"\lambda v"),
        ([2, -1], ["x", ""], "2x - 1"),
        ([1, 1], ["", "x"], "1 + x"),
        ([3], ["2"], r"3 \cdot 2"),
        ([Latex("a - b"), Latex("-c")], ["x", "y"], "(a - b)x - c y"),
        (sp.Matrix([1, -2]), ["x", "y"], "x - 2y"),
        (sp.Matrix([[1, -2]]), ["x", "y"], "x - 2y"),
        (np.array([1, -2]), ["x", "y"], "x - 2y"),
        ((0.5, -1.0), ["x", "y"], "0.5x - y"),
    ],
)
def test_linear_combination(coefficients: object, names: list[str], latex: str) -> None:
    shown = linear_combination(coefficients, names)
    assert shown == latex
    assert isinstance(shown, Latex)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=6))
def test_linear_combination_keeps_its_coefficients(coefficients: list[int]) -> None:
    names = [f"v_{i}" for i in range(len(coefficients))]
    shown = linear_combination(coefficients, names)
    assert not re.search(r"[+-] ?-|(?<!_)[01]v", shown)
    read = {
        int(i): int(sign.replace(" ", "") + (size or "1"))
        for sign, size, i in re.findall(r"((?:^|[+-]) ?)(\d*)v_(\d)", shown.replace(" - ", " -").replace(" + ", " +"))
    }
    assert [read.get(i, 0) for i in range(len(coefficients))] == coefficients


def test_a_system_has_its_terms_in_columns() -> None:
    assert system([[1, -2, 0], [0, -1, 1], [0, 0, 0]], [3, -4, 1], ["x_1", "x_2", "x_3"]) == (
        r"\begin{array}{@{}r@{\;}c@{\;}r@{\;}c@{\;}r@{\;}c@{\;}r@{}} "
        r"x_1 & - & 2x_2 &  &  & = & 3 \\ "
        r" &  & -x_2 & + & x_3 & = & -4 \\ "
        r" &  &  &  & 0 & = & 1 \end{array}"
    )


def test_a_system_with_fractions_has_room_between_its_rows() -> None:
    assert r"\frac{1}{2}x & = & 1 \\[6pt] x & = & 2" in system(sp.Matrix([sp.Rational(1, 2), 1]), [1, 2], ["x"])


def test_augmented() -> None:
    matrix = sp.Matrix([[1, -2], [3, 4]])
    assert augmented(matrix, [5, 6]) == r"\left[\begin{array}{rr|r} 1 & -2 & 5 \\ 3 & 4 & 6 \end{array}\right]"
    assert augmented(matrix, sp.eye(2)) == (
        r"\left[\begin{array}{rr|rr} 1 & -2 & 1 & 0 \\ 3 & 4 & 0 & 1 \end{array}\right]"
    )


@pytest.mark.parametrize("vector", [[1, 2], (1, 2), sp.Matrix([1, 2]), sp.Matrix([[1, 2]]), np.array([1, 2])])
def test_row(vector: object) -> None:
    assert row(vector) == r"\begin{bmatrix} 1 & 2 \end{bmatrix}"


@pytest.mark.parametrize(
    ("look", "value", "latex"),
    [
        (signed, 3, "{} + 3"),
        (signed, -3, "{} - 3"),
        (signed, 0, "{} + 0"),
        (signed, -half, r"{} - \frac{1}{2}"),
        (signed, 1 - k, "{} + 1 - k"),
        (signed, Latex("-"), "{} - "),
        (paren, 3, "3"),
        (paren, -3, "(-3)"),
        (paren, half, r"\frac{1}{2}"),
        (paren, -half, r"\left(-\frac{1}{2}\right)"),
        (paren, k + 1, "(k + 1)"),
        (paren, 2 * k, "2k"),
        (paren, Latex("a + b"), "(a + b)"),
        (paren, Latex(r"\frac{a + b}{c}"), r"\frac{a + b}{c}"),
        (coef, 1, ""),
        (coef, -1, "-"),
        (coef, 2, "2"),
        (coef, -half, r"-\frac{1}{2}"),
        (coef, k - 1, "(k - 1)"),
        (coef, sp.sqrt(2), r"\sqrt{2}"),
    ],
)
def test_filters(look: Callable[[object], Latex], value: object, latex: str) -> None:
    assert look(value) == latex


@given(st.integers(-5, 5))
def test_a_signed_coefficient_never_prints_two_signs_nor_a_one(number: int) -> None:
    if number:
        shown = f"x {signed(coef(number))}y"
        assert not re.search(r"[+-] *-|1y|0y", shown)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: linear_combination([1, 2], ["x"]),
            "A linear combination has 2 coefficients and 1 names.\n  Give one name for each coefficient.",
        ),
        (
            lambda: system([[1, 2]], [1, 2], ["x", "y"]),
            "A system with 1 rows of coefficients has 2 right sides.\n  Give as many right sides as rows.",
        ),
        (
            lambda: augmented([[1, 2]], [1, 2]),
            "An augmented matrix has 1 rows on its left and 2 on its right.\n  Give as many right sides as rows.",
        ),
        (
            lambda: row(sp.eye(2)),
            "A matrix of 2 rows and 2 columns stands where a vector is due.\n"
            "  Give a list, or a matrix with one row or one column.",
        ),
        (
            lambda: row(3),
            "A value of type int stands where a matrix or vector is due.\n"
            "  Give a sympy matrix, a numpy array or a list.",
        ),
        (
            lambda: augmented([[1, 2], [3]], [1, 2]),
            "A matrix has no entries, or rows of different lengths.\n  Give each row as many entries.",
        ),
        (
            lambda: coef(0),
            "A coefficient that is 0 stands before a symbol.\n  Use linear_combination, which leaves such terms out.",
        ),
    ],
)
def test_faults(make: Callable[[], Latex], message: str) -> None:
    with pytest.raises(ProblemError) as caught:
        make()
    assert str(caught.value) == message
