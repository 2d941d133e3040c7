"""Values and answers through JSON: the same again, reviewable, and nothing evaluated."""

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.printing.str import StrPrinter

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
    load_answer,
    load_value,
    write_answer,
    write_value,
)
from m4ml_exams.answers.codec import same
from m4ml_exams.model import Figure, Latex

x, y = sp.symbols("x y")
p = sp.Symbol("p", positive=True)

WRITTEN = [
    (1, 1),
    (True, True),
    (None, None),
    ("x + 1", "x + 1"),
    (Latex("\\alpha"), {"latex": "\\alpha"}),
    (Fraction(3, 4), {"fraction": "3/4"}),
    (sp.Integer(3), {"integer": "3"}),
    (sp.Rational(-3, 4), {"rational": "-3/4"}),
    (sp.sqrt(2) / 2, {"expr": "sqrt(2)/2"}),
    (sp.pi, {"expr": "pi"}),
    (sp.E, {"expr": "e"}),
    (1 + 2 * sp.I, {"expr": "1 + 2*i"}),
    (-sp.oo, {"expr": "-oo"}),
    (x**2 - x / 2 + 1, {"expr": "x^2 - x/2 + 1"}),
    (1 / (x * y), {"expr": "1/(x*y)"}),
    (sp.exp(-(x**2) / 2), {"expr": "exp(-x^2/2)"}),
    (sp.Pow(-2, sp.Rational(1, 3)), {"expr": "(-2)^(1/3)"}),
    (p**2 + 1, {"expr": "p^2 + 1", "symbols": {"p": {"positive": True}}}),
    (sp.Symbol("\\lambda") + 1, {"expr": "s1 + 1", "symbols": {"s1": {"name": "\\lambda"}}}),
    (sp.Symbol("e"), {"expr": "s1", "symbols": {"s1": {"name": "e"}}}),
    (sp.factor(2 * x + 2), {"tree": "Mul(2, Add(1, x))"}),
    (sp.sqrt(8, evaluate=False), {"tree": "Pow(8, 1/2)"}),
    (sp.Max(0, x), {"expr": "max(0, x)"}),
    (sp.Piecewise((x, x > 0), (0, True)), {"expr": "piecewise((x, x > 0), (0, true))"}),
    (sp.Eq(x, y), {"expr": "x == y"}),
    (x < 3, {"expr": "x < 3"}),
    (sp.And(x > 0, x < 1), {"expr": "and(x < 1, x > 0)"}),
    (sp.Matrix([[1, sp.Rational(2, 3)]]), {"matrix": [["1", "2/3"]]}),
    (sp.Matrix([x, 1]), {"matrix": [["x"], ["1"]]}),
    (sp.zeros(0, 3), {"matrix": [], "shape": [0, 3]}),
    (sp.FiniteSet(2, 1, sp.sqrt(2)), {"set": ["1", "sqrt(2)", "2"]}),
    (sp.FiniteSet(sp.ImmutableMatrix([1, 2])), {"set": [{"matrix": [["1"], ["2"]]}]}),
    (sp.S.EmptySet, {"set": []}),
    (sp.Interval.Ropen(0, 1), {"interval": ["0", "1", True, False]}),
    (sp.S.Reals, {"interval": ["-oo", "oo", False, False]}),
    (
        sp.Union(sp.Interval(0, 1), sp.FiniteSet(5)),
        {"union": [{"interval": ["0", "1", True, True]}, {"set": ["5"]}]},
    ),
    (np.array([[1, 2], [3, 4]]), {"array": [[1, 2], [3, 4]]}),
    (np.array([True, False]), {"array": [True, False]}),
    (np.zeros((0, 2), dtype=int), {"array": [], "shape": [0, 2], "kind": "int64"}),
    ([1, [2, "a"]], [1, [2, "a"]]),
    ((1, 2), [1, 2]),
    ({"a": 1, 2: [sp.pi]}, {"dict": [["a", 1], [2, [{"expr": "pi"}]]]}),
    (np.int64(7), 7),
]


@pytest.mark.parametrize(("value", "data"), WRITTEN)
def test_values_are_written_plainly_and_come_back(value: Any, data: Any) -> None:
    written = write_value(value)
    assert written == data
    loaded = load_value(json.loads(json.dumps(written)))
    assert same(load_value(write_value(loaded)), loaded)
    assert write_value(loaded) == data


@pytest.mark.parametrize(
    "value",
    [
        *(2 * x * (x + 1), -(x + 1) / 2, x ** sp.Rational(-5, 2), 2**-x, x**y**x, (x**y) ** 2, sp.sqrt(x + 1) ** 3),
        *(sp.exp(x) / (1 + sp.exp(x)), sp.log(p) - 1, sp.Mul(2, 3, evaluate=False), sp.Add(x, x, evaluate=False)),
        *(sp.sqrt(2) * sp.sqrt(3) * sp.I, (1 + sp.sqrt(5)) / 2, sp.Pow(2, sp.Rational(2, 3)), 3 * (x - y) ** 2 / 7),
        *(sp.sin(0, evaluate=False), sp.Max(x, y, 2), sp.Abs(x - 1), sp.binomial(x, 2), sp.Heaviside(x), sp.Ne(x, 1)),
        *(
            sp.Symbol("x_1") + sp.Symbol("x_{2}") + sp.Symbol("s1"),
            x + sp.Symbol("x", positive=True),
            sp.Not(sp.Eq(x, y)),
        ),
        *(sp.Symbol("λ"), sp.Symbol("lambda"), sp.Symbol("sqrt"), sp.Symbol("n", integer=True, nonnegative=True)),
        *(sp.atan2(y, x), sp.tanh(x), sp.erf(x), sp.Le(1, 2, evaluate=False), sp.Symbol("z", complex=True) ** 2),
        *(10**3000, sp.Integer(10) ** 3000, -sp.Rational(1, 7) * sp.pi**2, sp.E**x * sp.E, -x, -(x**2), (-x) ** y),
    ],
)
def test_expressions_keep_their_tree(value: Any) -> None:
    assert same(load_value(json.loads(json.dumps(write_value(value)))), value)


@pytest.mark.parametrize(
    "value",
    [
        *(0.5, [0.5], sp.Float(1.5), np.array([0.5]), object(), Figure("x"), sp.Function("f")(x), sp.Dummy("x")),
        *(sp.Integral(x, x), sp.nan, sp.S.Integers, 10**4000, sp.MatrixSymbol("M", 2, 2), sp.FiniteSet((1, 2)), 1j),
    ],
)
def test_what_cannot_be_kept_is_refused(value: Any) -> None:
    with pytest.raises(AnswerError) as caught:
        write_value(value)
    assert caught.value.remedy


def test_declared_floats() -> None:
    assert write_value(0.1, floats=True) == {"float": "0.1"}
    assert load_value({"float": "0.1"}) == 0.1
    data = write_value({"w": np.array([0.5, 1.0])}, floats=True)
    assert load_value(data)["w"].tolist() == [0.5, 1.0]


@pytest.mark.parametrize(
    "data",
    [
        *(0.5, {}, {"expr": 3}, {"expr": "x", "more": 1}, {"unknown": 1}, {"integer": "x"}, {"integer": 3}, object()),
        *({"rational": "1/0"}, {"rational": "1.5"}, {"matrix": []}, {"matrix": [["1"], ["1", "2"]]}, {"matrix": 3}),
        *({"interval": ["0", "1"]}, {"interval": ["0", "1", 1, 0]}, {"set": 3}, {"array": ["a"]}, {"dict": [1]}),
        *({"dict": [[[1], 2]]}, {"float": "inf"}, {"latex": 3}, {"expr": "x", "symbols": {"x": {"positive": "yes"}}}),
        *({"expr": "__import__('os')"}, {"expr": "x.y"}, {"tree": "Lambda(x, x)"}, {"expr": "Add(1, 2)"}),
        *({"expr": "f(x)"}, {"expr": "9**9**9"}, {"expr": "(" * 9000}, {"expr": "[1, 2]"}, {"tree": "Pow(9, Pow(9"}),
        *({"expr": "x", "symbols": 3}, {"tree": 3}),
        *({"matrix": [], "shape": [2, 2]}, {"matrix": [], "shape": "x"}, {"array": [], "shape": [0], "kind": "O"}),
    ],
)
def test_malformed_data_is_refused(data: Any) -> None:
    with pytest.raises(AnswerError) as caught:
        load_value(data)
    assert caught.value.remedy


ANSWERS = [
    (Exact([1, 2]), {"type": "Exact", "value": {"matrix": [["1"], ["2"]]}}),
    (Exact(True), {"type": "Exact", "value": True}),
    (Exact("word"), {"type": "Exact", "value": "word"}),
    (Exact([sp.Matrix([1, 2]), sp.Matrix([3, 4])]), None),
    (AnyOf(1, x), {"type": "AnyOf", "values": [{"integer": "1"}, {"expr": "x"}]}),
    (AnyOf([1, 2], [3, 4]), None),
    (AnyIn(0, sp.oo), {"type": "AnyIn", "low": {"integer": "0"}, "high": {"expr": "oo"}, "closed": [True, False]}),
    (SetOf(2, 1), {"type": "SetOf", "values": [{"integer": "2"}, {"integer": "1"}]}),
    (UpToScale([1, 2]), {"type": "UpToScale", "value": {"matrix": [["1"], ["2"]]}}),
    (SameSpan([1, 2]), {"type": "SameSpan", "vectors": [{"matrix": [["1"], ["2"]]}]}),
    (Expression(x**2, "x", unit="m"), {"type": "Expression", "expr": {"expr": "x^2"}, "names": ["x"], "unit": "m"}),
    (
        Where("odd", 3, lambda value: value % 2 == 1),
        {"type": "Where", "predicate_name": "odd", "witness": {"integer": "3"}},
    ),
    (Option("a"), {"type": "Option", "key": "a"}),
    (Options("b", "a"), {"type": "Options", "keys": ["a", "b"]}),
    (Rubric(("a", 2), ("b", Fraction(1, 2))), {"type": "Rubric", "steps": [["a", 2], ["b", {"fraction": "1/2"}]]}),
]


@pytest.mark.parametrize(("answer", "data"), ANSWERS)
def test_answers_come_back(answer: Any, data: Any) -> None:
    written = json.loads(json.dumps(write_answer(answer)))
    assert data is None or written == data
    loaded = load_answer(written)
    assert loaded == answer
    assert type(loaded) is type(answer)
    assert accepts(loaded, answer)


def test_a_loaded_where_accepts_its_witness_only() -> None:
    loaded = load_answer(write_answer(Where("odd", 3, lambda value: value % 2 == 1)))
    assert accepts(loaded, 3)
    assert not accepts(loaded, 5)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (3, "not an answer"),
        ({}, "not an answer"),
        ({"type": "Exactly", "value": 1}, "no answer type 'Exactly'"),
        ({"type": "Exact"}, "incomplete or malformed"),
        ({"type": "Rubric", "steps": 3}, "incomplete or malformed"),
        ({"type": "UpToScale", "value": {"integer": "0"}}, "UpToScale"),
    ],
)
def test_malformed_answers_are_refused(data: Any, what: str) -> None:
    with pytest.raises(AnswerError, match=what):
        load_answer(data)


def test_another_printer_of_sympy_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [value for value, _ in WRITTEN]
    before = [json.dumps(write_value(value)) for value in values]
    answers = [json.dumps(write_answer(answer)) for answer, _ in ANSWERS]
    monkeypatch.setattr(StrPrinter, "doprint", lambda self, expr: "DIFFERENT")
    assert str(x + 1) == "DIFFERENT"
    assert [json.dumps(write_value(value)) for value in values] == before
    assert [json.dumps(write_answer(answer)) for answer, _ in ANSWERS] == answers
    for text in before:
        assert json.dumps(write_value(load_value(json.loads(text)))) == text
    for (answer, _), text in zip(ANSWERS, answers, strict=True):
        assert load_answer(json.loads(text)) == answer


_INTEGERS = st.integers(-50, 50)
_RATIONALS = st.fractions(min_value=-20, max_value=20, max_denominator=12)
_ATOMS = st.one_of(
    _INTEGERS.map(sp.Integer), _RATIONALS.map(sp.Rational), st.sampled_from([x, y, p, sp.pi, sp.sqrt(2)])
)


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda both: both[0] + both[1]),
        pair.map(lambda both: both[0] * both[1]),
        pair.map(lambda both: sp.Mul(*both, evaluate=False)),
        st.tuples(inner, st.integers(-3, 3)).map(lambda both: both[0] ** both[1]),
        inner.map(lambda expr: sp.exp(expr) if expr.free_symbols else expr),
        inner.map(sp.sin),
        inner.map(lambda expr: sp.sqrt(expr**2 + 1)),
    )


_EXPRESSIONS = st.recursive(_ATOMS, _grown, max_leaves=6).filter(lambda expr: not expr.has(sp.zoo, sp.nan, sp.oo))
_VALUES = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.text(max_size=5).map(Latex)),
        *(st.fractions(), _EXPRESSIONS, st.lists(_EXPRESSIONS, min_size=1, max_size=3).map(sp.ImmutableMatrix)),
        st.sets(_RATIONALS, max_size=3).map(lambda members: sp.FiniteSet(*members)),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(_VALUES)
def test_any_value_comes_back_the_same(value: Any) -> None:
    assert same(load_value(json.loads(json.dumps(write_value(value)))), value)


@settings(deadline=None, max_examples=60)
@given(_EXPRESSIONS)
def test_an_expression_accepts_what_is_written_of_it(expr: Any) -> None:
    data = write_value(expr)
    text = data.get("expr") or data.get("rational") or data.get("integer")
    if text is not None:
        assert accepts(Expression(expr, "x", "y", "p"), text)
