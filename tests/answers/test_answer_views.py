"""What the papers ask of an answer: value, samples, entries, size, rule."""

from typing import Any

import pytest
import sympy as sp

from m4ml_exams.answers import (
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
    accepts,
    entry,
    printing,
    rule_of,
    samples_of,
    shape_of,
    value_of,
)

x, y = sp.symbols("x y")
A = sp.ImmutableMatrix([[1, 2, 3], [4, 5, 6]])
u, v = sp.ImmutableMatrix([1, 0, 2]), sp.ImmutableMatrix([0, 1, 3])
RUBRIC = Rubric(("a", 1))

TABLE: list[tuple[Any, Any, Any, Any]] = [
    (Exact(3), 3, (1, 1), None),
    (Exact(A), A, (2, 3), None),
    (Exact(True), True, (1, 1), None),
    (Exact("word"), "word", (1, 1), None),
    (Exact([u, v]), [u, v], (3, 2), None),
    (Exact(sp.FiniteSet(1, 2)), sp.FiniteSet(1, 2), (1, 2), None),
    (Exact(sp.S.EmptySet), sp.S.EmptySet, (1, 1), None),
    (Exact(sp.Interval(0, 1)), sp.Interval(0, 1), (1, 1), None),
    (Exact({"a": 1}), {"a": 1}, None, None),
    (AnyOf(2, 1), 2, (1, 1), ("any_of", {"values": [2, 1]})),
    (
        AnyIn(0, 1, (True, False)),
        sp.Interval.Ropen(0, 1),
        (1, 1),
        ("any_in", {"low": 0, "high": 1, "interval": sp.Interval.Ropen(0, 1)}),
    ),
    (SetOf(2, 1, 2), sp.FiniteSet(1, 2), (1, 2), ("set_of", {})),
    (SetOf(u, v), sp.FiniteSet(u, v), (3, 2), ("set_of", {})),
    (UpToScale(u), u, (3, 1), ("up_to_scale", {})),
    (SameSpan(u, v), [u, v], (3, 2), ("same_span", {})),
    (Expression(x * y, "x", "y"), x * y, (1, 1), ("expression", {"names": [x, y]})),
    (Where("odd", 3, lambda value: value % 2 == 1), 3, (1, 1), ("where", {"predicate": "odd"})),
    (Option("a"), "a", None, None),
    (Options("b", "a"), ("a", "b"), None, None),
    (RUBRIC, RUBRIC, None, ("rubric", {})),
]


@pytest.mark.parametrize(("answer", "value", "shape", "rule"), TABLE)
def test_value_size_and_rule(answer: Any, value: Any, shape: Any, rule: Any) -> None:
    assert value_of(answer) == value
    assert type(value_of(answer)) is type(value) or isinstance(value, int)
    assert shape_of(answer) == shape
    assert rule_of(answer) == rule


@pytest.mark.parametrize("answer", [row[0] for row in TABLE])
def test_every_sample_is_accepted(answer: Any) -> None:
    samples = samples_of(answer)
    assert samples
    assert all(accepts(answer, sample) for sample in samples)


@pytest.mark.parametrize(
    ("answer", "samples"),
    [
        (AnyOf(1, 2), (1, 2)),
        (AnyIn(0, 1), (0, 1, sp.Rational(1, 2))),
        (AnyIn(0, 1, (False, True)), (1, sp.Rational(1, 2))),
        (AnyIn(2, 2), (2,)),
        (AnyIn(0, sp.oo), (0, 1)),
        (AnyIn(-sp.oo, 0), (0, -1)),
        (AnyIn(-sp.oo, sp.oo), (0,)),
        (SetOf(3, 1, 3), ([3, 1], [1, 3])),
        (SetOf(3), ([3],)),
        (UpToScale([1, 2]), (sp.Matrix([1, 2]), sp.Matrix([-2, -4]))),
        (SameSpan(u, v), ([u, v], [u + v, -2 * v])),
        (Options("b", "a"), (("a", "b"),)),
    ],
)
def test_samples(answer: Any, samples: Any) -> None:
    assert samples_of(answer) == samples


@pytest.mark.parametrize(
    ("answer", "index", "value"),
    [
        (Exact([5, 6]), 1, 5),
        (Exact([5, 6]), (2,), 6),
        (Exact([5, 6]), (2, 1), 6),
        (Exact(sp.Matrix([[5, 6]])), 2, 6),
        (Exact(A), (2, 3), 6),
        (UpToScale([5, 6]), 2, 6),
        (Expression([x, y]), 2, y),
        (SameSpan(u, v), 2, v),
        (SameSpan(u, v), (2, 3), 3),
    ],
)
def test_entries_count_from_one(answer: Any, index: Any, value: Any) -> None:
    assert entry(answer, index) == Exact(value)


@pytest.mark.parametrize(
    ("answer", "index"),
    [
        *(
            (Exact([5, 6]), 0),
            (Exact([5, 6]), 3),
            (Exact([5, 6]), -1),
            (Exact(A), 1),
            (Exact(A), (3, 1)),
            (Exact(3), 1),
        ),
        *((Exact(A), (1, 4)), (Exact(A), ()), (SetOf(1, 2), 1), (SameSpan(u, v), 3), (Option("a"), 1), (RUBRIC, 1)),
    ],
)
def test_entries_that_are_not_there(answer: Any, index: Any) -> None:
    with pytest.raises(AnswerError) as caught:
        entry(answer, index)
    assert caught.value.remedy


def odd(n: Any) -> bool:
    return bool(n % 2 == 1)


@pytest.mark.parametrize(
    ("rule", "printed", "due"),
    [
        (Exact(2 / sp.sqrt(2)), Exact(sp.sqrt(2)), Exact(sp.sqrt(2))),
        (UpToScale([2, 4]), UpToScale([-1, -2]), UpToScale([-1, -2])),
        (UpToScale([2, 4]), Exact([1, 2]), UpToScale([1, 2])),
        (AnyOf(1, 2, 3), AnyOf(2, 1), AnyOf(2, 1, 3)),
        (AnyOf(1, 2), Exact(2), AnyOf(2, 1)),
        (AnyOf("up", "down"), Exact("down"), AnyOf("down", "up")),
        (SetOf(1, 2), Exact(sp.FiniteSet(1, 2)), SetOf(1, 2)),
        (SameSpan([1, 0], [0, 1]), SameSpan([1, 1], [1, 2]), SameSpan([1, 1], [1, 2])),
        (Expression((x + 1) ** 2, x, y), Expression(x**2 + 2 * x + 1, x), Expression(x**2 + 2 * x + 1, x, y)),
        (Expression(x, unit="m"), Exact(x), Expression(x, unit="m")),
        (Where("odd", 3, odd), Exact(5), Where("odd", 5, odd)),
        (Where("odd", 3, odd), Exact(6), Where("odd", 3, odd)),
        (Expression(x), Exact(y), Expression(x)),
        (AnyIn(0, 9), AnyIn(1, 2), AnyIn(0, 9)),
        (Option("a"), Option("a"), Option("a")),
        (Options("a"), Options("a"), Options("a")),
    ],
)
def test_a_printed_value_stands_under_a_rule(rule: Any, printed: Any, due: Any) -> None:
    kept = printing(rule, printed)
    assert kept == due
    assert getattr(kept, "predicate", None) is getattr(rule, "predicate", None)
