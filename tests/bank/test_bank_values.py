"""Givens are made exact and Python's own; floats are refused unless they were declared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from m4ml_exams.answers import exact_value, load_value, write_value
from m4ml_exams.bank import normalised
from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Figure, Latex

x = sp.Symbol("x")
FIGURE = Figure("picture")


@pytest.mark.parametrize(
    ("value", "normal"),
    [
        (np.int64(3), 3),
        (np.uint8(3), 3),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        ((1, np.int32(2)), [1, 2]),
        ([(1, 2), [3]], [[1, 2], [3]]),
        ({"k": (1,), 2: np.int64(3), np.int64(4): "b"}, {"k": [1], 2: 3, 4: "b"}),
        (sp.Matrix([[1, x]]), sp.ImmutableMatrix([[1, x]])),
        (sp.Rational(1, 2), sp.Rational(1, 2)),
        (sp.FiniteSet(1, x), sp.FiniteSet(1, x)),
        (Fraction(1, 2), Fraction(1, 2)),
        (True, True),
        (None, None),
        ("text", "text"),
        (Latex("$x$"), Latex("$x$")),
        (FIGURE, FIGURE),
    ],
)
def test_values_become_exact_and_pythons_own(value: object, normal: object) -> None:
    made = normalised({"a": value})["a"]
    assert made == normal
    assert type(made) is type(normal)


def test_items_of_collections_become_pythons_own() -> None:
    made = normalised({"a": [np.int64(1), (np.bool_(False),)]})["a"]
    assert [type(made[0]), type(made[1]), type(made[1][0])] == [int, list, bool]


def test_arrays_of_integers_stay_arrays() -> None:
    made = normalised({"a": np.array([[1, 2]])})["a"]
    assert isinstance(made, np.ndarray)
    assert made.tolist() == [[1, 2]]


DECLARED = frozenset({"p", "q"})


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (0.5, 0.5),
        (np.float64(0.5), 0.5),
        (np.float32(0.5), 0.5),
        (sp.Float("0.5"), 0.5),
        ([0.5, 1], [0.5, 1]),
        ({"k": 0.5}, {"k": 0.5}),
    ],
)
def test_a_declared_float_is_a_float(value: Any, made: object) -> None:
    assert normalised({"p": value}, DECLARED) == {"p": made}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.5, "0.5"),
        (np.float64(0.5), "0.5"),
        (np.float32(0.5), "0.5"),
        (float("nan"), "nan"),
        ([1, [1, (2, 0.5)]], "0.5"),
        ({"k": 0.5}, "0.5"),
        ({0.5: "k"}, "0.5"),
        (np.array([1.5, 0.5]), "1.5"),
        (sp.Float("0.5"), "0.5"),
        (sp.Matrix([1, -5.0]), "-5.0"),
        (0.5 * x, "0.5"),
    ],
    ids=str,
)
def test_a_float_that_is_not_declared_is_refused_with_its_name(value: object, shown: str) -> None:
    with pytest.raises(ProblemError) as caught:
        normalised({"p": 0.5, "a": value}, DECLARED)
    assert caught.value.what == f"'a' has the float {shown} where an exact value is due."
    assert caught.value.remedy == "Use int, Fraction or sympy.Rational, or declare it: Meta(..., floats=['a'])."


def test_a_float_where_none_can_be_declared_is_refused_without_that_advice() -> None:
    with pytest.raises(ProblemError) as caught:
        normalised({"a": 0.25})
    assert (caught.value.what, caught.value.remedy) == (
        "'a' has the float 0.25 where an exact value is due.",
        "Use int, Fraction or sympy.Rational.",
    )


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (object(), "'a' is a object, which no paper can print."),
        ({1, 2}, "'a' is a set, which no paper can print."),
        (range(3), "'a' is a range, which no paper can print."),
        (1 + 2j, "'a' is a complex, which no paper can print."),
        (np.array([sp.Integer(1)]), "'a' is a ndarray, which no paper can print."),
        ([1, [b"x"]], "'a' is a bytes, which no paper can print."),
    ],
)
def test_what_no_paper_can_print_is_refused(value: object, what: str) -> None:
    with pytest.raises(ProblemError) as caught:
        normalised({"a": value})
    assert caught.value.what == what
    assert caught.value.remedy == "Return ints, Fractions, sympy values, strings, lists or dicts of these."


def test_keys_of_a_dict_are_words_or_numbers() -> None:
    with pytest.raises(ProblemError) as caught:
        normalised({"a": {(1, 2): 3}})
    assert (caught.value.what, caught.value.remedy) == (
        "'a' has a key of type list.",
        "Use words or numbers as keys.",
    )


@pytest.mark.parametrize("names", [None, 3, [1], {1: 2}])
def test_what_is_no_dict_of_names_is_refused(names: Any) -> None:
    with pytest.raises(ProblemError) as caught:
        normalised(names)
    assert caught.value.what == "What came back is not a dict of names."


@pytest.mark.parametrize(
    "value",
    [3, (1, 2), np.int64(3), sp.Matrix([[1, 2]]), {"k": (1,)}, {1: 2}, "a", Latex("a"), Fraction(1, 3), sp.sqrt(2) * x],
    ids=str,
)
def test_a_normal_value_is_what_a_lock_gives_back(value: object) -> None:
    made = exact_value(normalised({"a": value})["a"])
    again = load_value(write_value(made))
    assert again == made
    assert type(again) is type(made)
