"""Wrong values: of the answer's own kind, never its value, and by type the slips that people make."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices import MatrixBase

from m4ml_exams.answers import (
    Answer,
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
    accepts,
    value_of,
)
from m4ml_exams.check.perturb import wrong_values
from m4ml_exams.model import Code

x, y = sp.symbols("x y")
integers = st.integers(-9, 9)
rationals = st.builds(sp.Rational, integers, st.integers(1, 9))


@st.composite
def matrices(draw: st.DrawFn) -> Any:
    rows, cols = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    return sp.ImmutableMatrix(rows, cols, draw(st.lists(rationals, min_size=rows * cols, max_size=rows * cols)))


sets = st.lists(rationals, max_size=4).map(lambda members: sp.FiniteSet(*members))
words = st.text("ab 12\n[].", min_size=1, max_size=12).filter(lambda text: text == text.strip())
truths = st.booleans()
values = st.one_of(rationals, matrices(), sets, words, truths)


def kind(value: Any) -> object:
    """What must not change when a value is made wrong."""
    if isinstance(value, MatrixBase):
        return value.shape
    for one in (bool, str, sp.Set, sp.Expr):
        if isinstance(value, one):
            return one
    return type(value)


@given(values)
def test_exact_rejects_every_wrong_value_and_all_are_of_its_kind(value: Any) -> None:
    answer = Exact(value)
    found = list(wrong_values(answer))
    assert found
    for slip, wrong in found:
        assert slip
        assert kind(wrong) == kind(answer.value)
        assert wrong != answer.value
        assert not accepts(answer, wrong) or wrong.strip() == value.strip()  # blanks at the end of a word


@given(rationals, rationals, st.tuples(st.booleans(), st.booleans()))
def test_anyin_rejects_every_wrong_value(low: Any, width: Any, closed: tuple[bool, bool]) -> None:
    answer = AnyIn(low, low + abs(width) + 1, closed)
    found = [value for _, value in wrong_values(answer)]
    assert len(found) == 4 + closed.count(False)
    assert not [value for value in found if accepts(answer, value)]


@given(st.sets(st.sampled_from("abcd")), st.sampled_from(["abcd", "abcdef"]))
def test_options_rejects_every_wrong_value(right: set[str], keys: str) -> None:
    answer = Options(*right)
    found = {value for _, value in wrong_values(answer, keys)}
    assert {frozenset(value) for value in found} >= {frozenset(right ^ {key}) for key in keys}
    assert not [value for value in found if accepts(answer, value)]


@given(matrices().filter(lambda m: m.cols == 1 and not m.is_zero_matrix))
def test_uptoscale_is_perturbed_in_direction_and_by_zero(vector: Any) -> None:
    found = [value for _, value in wrong_values(UpToScale(vector))]
    assert {value.shape for value in found} == {vector.shape}
    assert vector * 0 in found
    assert vector not in found
    assert vector.rows == 1 or any(
        not accepts(UpToScale(vector), value) and not value.is_zero_matrix for value in found
    )


@pytest.mark.parametrize(
    ("answer", "keys", "due"),
    [
        (Exact(4), "", {5, 3, 0, 8, 2, sp.Rational(1, 4)}),
        (
            Exact(sp.Rational(2, 3)),
            "",
            {sp.Rational(5, 3), sp.Rational(3, 2), 1, 0, sp.Rational(1, 3), sp.Rational(4, 3)},
        ),
        (AnyOf(4, 9), "", {5, 3, 0, 8, 2}),
        (Exact(True), "", {False}),
        (Exact("rank"), "", {"rankx", ""}),
        (Exact(Code("1 9\na\nb")), "", {"2 9\na\nb", "1 0\na\nb", "a\nb", "1 9\na", "a\n1 9\nb", "1 9\nb\na"}),
        (Exact(sp.FiniteSet(2, 5)), "", {sp.FiniteSet(2), sp.FiniteSet(5), sp.FiniteSet(-2, 5), sp.FiniteSet(2, 5, 8)}),
        (SetOf(2, 5), "", {sp.FiniteSet(2), sp.FiniteSet(2, -5), sp.FiniteSet(3, 5)}),
        (AnyIn(0, 1, (False, True)), "", {-1, 2, 0, sp.Rational(1001, 1000), -sp.Rational(1, 1000)}),
        (AnyIn(-sp.oo, 3, (False, False)), "", {4, 3, sp.Rational(3001, 1000)}),
        (Exact(sp.Interval(0, 1)), "", {sp.Interval(-1, 1), sp.Interval(0, 2)}),
        (Expression(x**2 + 3 * y, "x", "y"), "", {2 * x, 3, y**2 + 3 * x, x**2, 3 * y, x**2 - 3 * y, 2 * x**2 + 3 * y}),
        (Option("a"), ("a", "b", "*"), {"b", "*"}),
        (Option("e"), ("a", "b", "*"), {"a", "b"}),
        (Option("*"), ("a", "b", "*"), {"a", "b"}),
        (Option(True), ("true", "false"), {"false"}),
        (Options("a"), ("a", "b", "c"), {(), ("a", "b"), ("a", "c"), ("a", "b", "c")}),
    ],
    ids=lambda value: str(value) if isinstance(value, Answer) else "",
)
def test_slips_of_each_type(answer: Answer, keys: tuple[str, ...], due: set[Any]) -> None:
    found = [value for _, value in wrong_values(answer, keys)]
    assert [value for value in due if value not in found] == []
    assert value_of(answer) not in found


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        (Exact(sp.Matrix([1, 2])), [[2, 2], [1, 3], [-1, 2], [1, -2], [2, 1], [0, 0]]),
        (Exact(sp.Matrix([[1, 2], [3, 4]])), [[[1, 3], [2, 4]], [[4, 3], [2, 1]], [[1, 2], [3, 5]], [[1, 2], [4, 3]]]),
        (Exact(sp.Matrix([2 * x, 3])), [[2 * x + 1, 3], [3, 2 * x]]),
        (UpToScale(sp.Matrix([1, 2])), [[0, 0], [2, 2], [2, 1], [1, -2]]),
        (Where("invertible", sp.Matrix([[2, 1], [1, 1]])), [[[0, 0], [0, 0]], [[1, 0], [0, 1]], [[1, 1], [1, 1]]]),
    ],
    ids=lambda value: str(value) if isinstance(value, Answer) else "",
)
def test_slips_of_vectors_and_matrices(answer: Answer, due: list[Any]) -> None:
    found = [value for _, value in wrong_values(answer)]
    assert [value for value in due if sp.ImmutableMatrix(value) not in found] == []


def test_slips_of_a_basis() -> None:
    v, w = sp.ImmutableMatrix([1, 0, 1]), sp.ImmutableMatrix([0, 1, 1])
    answer = SameSpan(v, w)
    found = list(wrong_values(answer))
    assert {slip for slip, _ in found} == {
        "a vector replaced",
        "dependent vectors",
        "a vector too many",
        "a vector too few",
    }
    assert not [slip for slip, value in found if accepts(answer, value)]
    assert ("dependent vectors", [v * 0]) in list(wrong_values(SameSpan(v)))


def test_slips_of_a_list_of_vectors_change_one_of_them() -> None:
    v, w = sp.ImmutableMatrix([1, 2]), sp.ImmutableMatrix([3, 4])
    found = list(wrong_values(Exact([v, w])))
    assert ("an item with reversed", [v, sp.ImmutableMatrix([4, 3])]) in found
    assert ("an item dropped", [v]) in found


def test_a_set_in_which_one_stands_twice_is_another_set() -> None:
    answer = SetOf(2, 5, 7)
    assert ("a member twice", [2, 5, 2]) in list(wrong_values(answer))
    assert not [slip for slip, value in wrong_values(answer) if accepts(answer, value)]


def test_a_rubric_is_for_graders() -> None:
    assert list(wrong_values(Rubric(("shows it", 1)))) == []
