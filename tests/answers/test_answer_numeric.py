"""Values in numbers, for verify."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from m4ml_exams.answers import (
    AnyIn,
    Exact,
    Expression,
    Option,
    Options,
    Rubric,
    SameSpan,
    SetOf,
    UpToScale,
    as_numpy,
    load_value,
    write_value,
)
from m4ml_exams.answers.numeric import Ends
from m4ml_exams.model import Figure

x, w = sp.symbols("x w")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        (sp.Integer(3), 3),
        (True, True),
        (sp.true, True),
        (Fraction(1, 2), 0.5),
        (sp.Rational(1, 2), 0.5),
        (sp.sqrt(2), 2**0.5),
        (sp.I + 1, 1 + 1j),
        (sp.oo, float("inf")),
        (-sp.oo, float("-inf")),
        ("a", "a"),
        (None, None),
        (sp.FiniteSet(3, 1, sp.Rational(1, 2)), [0.5, 1, 3]),
        (sp.S.EmptySet, []),
        (sp.Interval(0, sp.Rational(1, 2)), Ends((0, 0.5))),
        (sp.Union(sp.Interval(0, 1), sp.Interval(2, 3)), [(0, 1), (2, 3)]),
        ({"a": [sp.Integer(1)]}, {"a": [1]}),
        (Exact(5), 5),
        (SetOf(2, 1), [1, 2]),
        (AnyIn(0, 1), Ends((0, 1))),
        (Option("a"), "a"),
        (Options("a", "b"), frozenset("ab")),
    ],
)
def test_plain_values(value: Any, number: Any) -> None:
    made = as_numpy(value)
    assert made == number
    assert type(made) is type(number)


@pytest.mark.parametrize(
    ("value", "array"),
    [
        (sp.Matrix([1, 2]), np.array([1, 2])),
        (sp.Matrix([[1, 2]]), np.array([[1, 2]])),
        (sp.Matrix([[1, 2], [3, sp.Rational(1, 2)]]), np.array([[1, 2], [3, 0.5]])),
        (sp.Matrix([sp.I, 1]), np.array([1j, 1])),
        (sp.Matrix([10**30]), np.array([1e30])),
        (UpToScale([1, 2]), np.array([1, 2])),
    ],
)
def test_matrices(value: Any, array: Any) -> None:
    made = as_numpy(value)
    assert made.shape == array.shape
    assert made.dtype == array.dtype
    assert (made == array).all()


def test_lists_of_vectors_are_lists_of_arrays() -> None:
    made = as_numpy(SameSpan([1, 2], [3, 4]))
    assert [vector.tolist() for vector in made] == [[1, 2], [3, 4]]
    made = as_numpy(sp.FiniteSet(sp.ImmutableMatrix([3, 4]), sp.ImmutableMatrix([1, 2])))
    assert [vector.tolist() for vector in made] == [[1, 2], [3, 4]]


def test_expressions_are_functions_of_their_symbols_by_name() -> None:
    assert as_numpy(w - 2 * x)(5, 1) == 3
    assert as_numpy(sp.exp(x))(np.array([0.0, 0.0])).tolist() == [1, 1]
    assert as_numpy(sp.Matrix([x, w]))(1, 2).tolist() == [2, 1]
    assert as_numpy(sp.Matrix([[x, 1], [0, w]]))(1, 2).tolist() == [[2, 1], [0, 1]]
    assert as_numpy(sp.Symbol("\\lambda") + 1)(2) == 3
    assert bool(as_numpy(x < 3)(2))


def test_an_expression_answer_is_a_function_of_its_names_in_order() -> None:
    assert as_numpy(Expression(x - w, "x", "w"))(5, 1) == 4
    assert as_numpy(Expression(sp.Integer(7), "x"))(3) == 7
    assert as_numpy(Expression(sp.Integer(7))) == 7


def test_what_is_no_value_is_handed_through() -> None:
    rubric, array = Rubric(("a", 1)), np.array([1, 2])
    assert as_numpy(rubric) is rubric
    copy = as_numpy(array)
    copy[0] = 5
    assert array.tolist() == [1, 2]


@pytest.mark.parametrize("left_open", [False, True])
@pytest.mark.parametrize("right_open", [False, True])
def test_an_interval_tells_which_ends_belong_to_it(left_open: bool, right_open: bool) -> None:
    interval = sp.Interval(0, 1, left_open, right_open)
    for numbers in (as_numpy(interval), as_numpy(Exact(interval)), as_numpy([interval])[0]):
        low, high = numbers
        assert (low, high, numbers.closed) == (0, 1, (not left_open, not right_open))
    again = as_numpy(load_value(write_value(interval)))
    assert again.closed == (not left_open, not right_open)


def test_an_end_at_infinity_does_not_belong_to_an_interval() -> None:
    assert as_numpy(sp.Interval(0, sp.oo)).closed == (True, False)


def test_the_data_of_figures_are_numbers_too():
    half = sp.Rational(1, 2)
    data = {
        "points": ((1, half),),
        "A": sp.eye(2),
        "name": "$x$",
        "functions": (sp.Lambda(x, 3), sp.Lambda((w, x), w - x)),
    }
    figure = as_numpy({"small": Figure("drawn", data)})["small"]
    assert figure.latex == "drawn"
    assert (figure.data["points"], figure.data["name"]) == ([[1, 0.5]], "$x$")
    assert figure.data["A"].tolist() == [[1, 0], [0, 1]]
    constant, difference = figure.data["functions"]
    assert (constant(7), difference(5, 2)) == (3, 3)
    assert data["points"] == ((1, half),)


def test_pairs_as_keys_stay_pairs() -> None:
    assert as_numpy({("A", "B"): {(sp.Integer(1), 2): sp.Rational(1, 2)}}) == {("A", "B"): {(1, 2): 0.5}}
