"""Making answers: exact on construction, senseless ones refused with a remedy."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from m4ml_exams.answers import (
    Answer,
    AnswerError,
    AnyIn,
    AnyOf,
    Exact,
    Expression,
    Option,
    Options,
    Rubric,
    SameSpan,
    SetOf,
    UpToScale,
    Where,
    exact_value,
)
from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Figure, Latex

x = sp.Symbol("x")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (3, sp.Integer(3)),
        (Fraction(3, 4), sp.Rational(3, 4)),
        (np.int64(3), sp.Integer(3)),
        ([1, 2], sp.ImmutableMatrix([1, 2])),
        ((1, 2), sp.ImmutableMatrix([1, 2])),
        ([[1, 2], [3, 4]], sp.ImmutableMatrix([[1, 2], [3, 4]])),
        (np.array([1, 2]), sp.ImmutableMatrix([1, 2])),
        (np.array([[1, 2], [3, 4]]), sp.ImmutableMatrix([[1, 2], [3, 4]])),
        ({1, 2}, sp.FiniteSet(1, 2)),
        (sp.true, True),
        ("word", "word"),
        ([sp.Matrix([1, 2]), sp.Matrix([3, 4])], (sp.ImmutableMatrix([1, 2]), sp.ImmutableMatrix([3, 4]))),
    ],
)
def test_values_become_exact(given: object, value: object) -> None:
    made = Exact(given).value
    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize(
    "floating",
    [0.5, np.float64(0.5), sp.Float(0.5), [1, 0.5], np.array([0.5]), sp.Matrix([0.5]), {0.5}, x + 0.5, {"a": 0.5}],
)
def test_floats_are_refused(floating: object) -> None:
    with pytest.raises(AnswerError, match="float where an exact value is due") as caught:
        Exact(floating)
    assert "Rational" in caught.value.remedy
    assert isinstance(caught.value, ProblemError)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        object(),
        1j,
        sp.nan,
        sp.zoo,
        sp.S.Integers,
        sp.MatrixSymbol("M", 2, 2),
        [[1, 2], [3]],
        {"a"},
        Figure("x"),
        np.array(["a"]),
        sp.Matrix([sp.nan]),
        np.array([2**64 - 1], dtype=np.uint64),
    ],
)
def test_what_is_no_value_is_refused(odd: object) -> None:
    with pytest.raises(AnswerError) as caught:
        Exact(odd)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "make",
    [
        AnyOf,
        lambda: AnyIn(2, 1),
        lambda: AnyIn(1, 1, (True, False)),
        lambda: AnyIn(x, 1),
        lambda: AnyIn(0, 1, (True,)),
        lambda: UpToScale([0, 0]),
        lambda: UpToScale(3),
        lambda: UpToScale("word"),
        lambda: UpToScale((x + 1) ** 2 - x**2 - 2 * x - 1),
        SameSpan,
        lambda: SameSpan([1, 2], [2, 4]),
        lambda: SameSpan([1, 2], [1, 2, 3]),
        lambda: SameSpan([[1, 2], [3, 4]]),
        lambda: SetOf("a"),
        lambda: Expression(x, "y"),
        lambda: Expression("x"),
        lambda: Expression(x + sp.Symbol("x", positive=True)),
        lambda: Where("positive", -1, lambda value: value > 0),
        lambda: Where("broken", 1, lambda value: value.nothing),
        lambda: Option(""),
        lambda: Option(3),
        lambda: Options("a", "a"),
        Rubric,
        lambda: Rubric(("text", 0)),
        lambda: Rubric(("text", 0.5)),
        lambda: Rubric("text"),
    ],
)
def test_senseless_answers_are_refused(make: object) -> None:
    with pytest.raises(AnswerError) as caught:
        make()
    assert caught.value.what
    assert caught.value.remedy


def test_answers_are_frozen_and_compare_by_value() -> None:
    assert UpToScale([1, 2]) == UpToScale(sp.Matrix([1, 2]))
    assert Exact(1) != UpToScale([1, 2])
    assert issubclass(Rubric, Answer)
    with pytest.raises(AttributeError):
        Exact(1).value = 2


def test_details_of_single_types() -> None:
    basis = sp.Matrix([[1, 1, 1]]).nullspace()
    assert SameSpan(basis) == SameSpan(*basis)
    assert Options("b", "a").keys == ("a", "b")
    assert Option(True) == Option("true")
    assert Expression(x * sp.Symbol("w")).names == ("w", "x")
    assert Expression(x, x, "y", unit="m").names == ("x", "y")
    assert AnyIn(0, sp.oo).closed == (True, False)
    assert Rubric(("a", 2), ("b", sp.Rational(1, 2))).steps == (("a", 2), ("b", Fraction(1, 2)))


def test_exact_value_keeps_types() -> None:
    given = {"n": np.int64(2), "ok": np.True_, "q": Fraction(1, 2), "words": ("a", Latex("b")), "A": sp.eye(2)}
    made = exact_value(given)
    assert made == {"n": 2, "ok": True, "q": Fraction(1, 2), "words": ["a", Latex("b")], "A": sp.eye(2)}
    assert [type(made[name]) for name in ("n", "ok", "q", "A")] == [int, bool, Fraction, sp.ImmutableMatrix]
    assert type(made["words"][1]) is Latex
    assert exact_value(0.5, floats=True) == 0.5
    with pytest.raises(AnswerError):
        exact_value(float("nan"), floats=True)
