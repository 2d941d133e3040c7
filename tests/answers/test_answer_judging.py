"""Right, equivalent, nearly right and absurd candidates for each answer type."""

import time
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.answers import (
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
    equal_values,
)

x, y = sp.symbols("x y")
p = sp.Symbol("p", positive=True)
n = sp.Symbol("n", integer=True)
A = sp.Matrix([[1, 2], [3, 4]])
root = sp.sqrt(2) / 2

RIGHT = [
    (Exact(3), [3, 3.0, "3", "3.0", "6/2", sp.Integer(3), np.int64(3), np.float64(3), np.array(3), Fraction(3)]),
    (Exact(sp.Rational(3, 4)), ["3/4", "0.75", 0.75, Fraction(3, 4), "1 - 1/4", "75/100"]),
    (Exact(root), ["sqrt(2)/2", "1/sqrt(2)", "2^(-1/2)", "sqrt(1/2)", 0.7071067811865476, 1 / sp.sqrt(2)]),
    (Exact(sp.sqrt(5 + 2 * sp.sqrt(6))), ["sqrt(2) + sqrt(3)"]),
    (Exact(0), ["sqrt(5 + 2sqrt(6)) - sqrt(2) - sqrt(3)", 1e-17, "0"]),
    (Exact(1 + 2 * sp.I), ["1 + 2i", 1 + 2j, np.complex128(1 + 2j)]),
    (Exact(sp.oo), ["oo", "inf", float("inf")]),
    (Exact(sp.log(8)), ["3ln(2)", "log(8)", "ln(2) + ln(4)"]),
    (Exact([1, 2]), ["(1, 2)", "[1, 2]", "1, 2", [1, 2], np.array([1, 2]), sp.Matrix([1, 2]), [1, "4/2"], "[[1],[2]]"]),
    (Exact(sp.Matrix([[1, 2]])), ["(1, 2)", "[[1, 2]]", [1, 2], np.array([[1.0, 2.0]])]),
    (Exact(A), ["[[1,2],[3,4]]", [[1, 2], [3, 4]], A.tolist(), np.array([[1, 2], [3, 4.0]]), "(1,2),(3,4)"]),
    (Exact([sp.Matrix([1, 2]), sp.Matrix([3, 4])]), [[[1, 2], [3, 4]], "[(1,2),(3,4)]", sp.Matrix([[1, 3], [2, 4]])]),
    (Exact(x**2 - 1), ["x^2 - 1", "(x-1)(x+1)", (x - 1) * (x + 1), sp.Symbol("x", real=True) ** 2 - 1]),
    (Exact(sp.sin(2 * x)), ["2sin(x)cos(x)", "2*sin(x)*cos(x)"]),
    (Exact((x**2 - 1) / (x - 1)), ["x + 1"]),
    (Exact(sp.Max(0, x)), ["max(x, 0)", "(x + abs(x))/2", sp.Piecewise((x, x > 0), (0, True)), "x*heaviside(x)"]),
    (Exact(sp.Abs(x)), ["sqrt(x^2)", "max(x, -x)"]),
    (Exact(sp.log(p / (1 - p))), ["log(p) - log(1 - p)", "-ln(1/p - 1)"]),
    (Exact((-1) ** n), ["cos(pi*n)"]),
    (Exact(sp.FiniteSet(1, root)), ["{1/sqrt(2), 1}", {1, root}, [1, root], "1, sqrt(2)/2", np.array([1, 0.5**0.5])]),
    (Exact(sp.Interval.Ropen(0, 1)), ["[0, 1)", sp.Interval.Ropen(0, 1), (0, 1), [0.0, 1.0]]),
    (Exact(sp.Interval.open(0, 1)), ["(0, 1)"]),
    (Exact(sp.Union(sp.Interval(0, 1), sp.Interval(2, 3))), [sp.Union(sp.Interval(2, 3), sp.Interval(0, 1))]),
    (Exact(sp.Eq(x, 2 * y)), ["x = 2y", "2y = x", "x - 2y = 0", "3x = 6y", "-x = -2y"]),
    (Exact(x <= 3), ["x <= 3", "3 >= x", "2x <= 6", "-x >= -3"]),
    (Exact(True), [True, "true", np.True_, sp.true]),
    (Exact("B and C"), ["B and C", " B and C "]),
    (AnyOf(1, sp.Rational(1, 2)), [1, "1/2", 0.5]),
    (AnyIn(0, 1), [0, 1, "1/2", 0.3, "sqrt(2)/2", sp.Rational(1, 3), 1 + 1e-12]),
    (AnyIn(0, sp.oo), ["10^9", 0, sp.pi]),
    (AnyIn(-1, 1, (False, False)), ["0", 0.999, "-99/100"]),
    (SetOf(1, 2), ["{2, 1}", "2, 1", [2, 1], (1, 2), {1, 2}, sp.FiniteSet(1, 2), np.array([2.0, 1.0])]),
    (SetOf([1, 2], [3, 4]), ["{(3,4),(1,2)}", [[3, 4], [1, 2]], [np.array([1, 2]), np.array([3, 4])]]),
    (SetOf(), ["{}", [], set()]),
    (SetOf(5), ["5", "{5}", [5], 5]),
    (UpToScale([1, 2]), ["(1, 2)", "(-2, -4)", [0.5, 1.0], np.array([1e-3, 2e-3]), "(sqrt(2), 2sqrt(2))", "(i, 2i)"]),
    (UpToScale([1, 0]), [[0.5, 1e-17], [-3, 0]]),
    (UpToScale([root, 1]), ["(1, sqrt(2))", "(sqrt(2), 2)"]),
    (UpToScale(A), ["[[2,4],[6,8]]", -A / 3]),
    (UpToScale(x**2 - 1), ["2x^2 - 2", "1 - x^2", "(x-1)(x+1)/7"]),
    (
        SameSpan([1, 0, 1], [0, 1, 1]),
        ["(1,1,2), (1,-1,0)", [[1, 1, 2], [0, 1, 1]], sp.Matrix([[1, 1], [1, -1], [2, 0]])],
    ),
    (SameSpan([1, 0, 1], [0, 1, 1]), [[np.array([1.0, 1.0, 2.0]), np.array([1 / 3, -1 / 3, 0.0])]]),
    (SameSpan([1, 2]), ["[(2, 4)]", [[-1, -2]]]),
    (Expression(2 * x + 1, "x"), ["2x + 1", "1 + 2x", "2(x + 1/2)", 2 * x + 1]),
    (Expression(x * y, "x", "y"), ["xy", "y*x", "x y"]),
    (Expression(p**2, "p", unit="m"), ["p^2", "p*p", "sqrt(p^4)", sp.Symbol("p") ** 2]),
    (Expression([2 * x, 2 * y], "x", "y"), ["(2x, 2y)", [2 * x, "y + y"]]),
    (Expression(sp.log(x / (1 - x)), "x"), ["ln(x) - ln(1 - x)"]),
    (Where("symmetric", [[1, 2], [2, 1]], lambda M: M == M.T), ["[[0, 5],[5, 1]]", np.array([[1, 0.5], [0.5, 1]])]),
    (Where("positive", 1, lambda value: value > 0), ["3", 0.5, "sqrt(2) - 1"]),
    (Where("a palindrome", "abba", lambda word: word == word[::-1]), ["anna"]),
    (Where("positive", 1), [1, "2/2"]),
    (Option("a"), ["a", " a "]),
    (Option("true"), [True, "true", np.True_, sp.true]),
    (Options("a", "c"), ["c, a", "{a, c}", ["a", "c"], {"a", "c"}, ("c", "a"), frozenset("ac")]),
    (Options(), ["", [], "{}", set()]),
]

WRONG = [
    (Exact(3), ["4", "3.0000001", 3.00000001, "[3]", np.array([3]), [3], "x", "{3}", True, "3 = 3", sp.Matrix([3])]),
    (Exact(1), [True, "true", np.True_]),
    (Exact(True), [1, "1", False, "yes"]),
    (Exact(sp.Rational(1, 3)), ["0.3333333333", 0.333333, "-1/3", "3"]),
    (Exact(sp.Rational(1, 10**15)), [0.0, 1e-16, "0"]),
    (Exact(root), ["sqrt(2)", "sqrt(3)/2", 0.70710678, "0.70710678118"]),
    (Exact(sp.sqrt(5 + 2 * sp.sqrt(6))), ["sqrt(2) + sqrt(3) + 1/10^30"]),
    (Exact(sp.oo), ["-oo", 1e308, 5]),
    (Exact([1, 2]), ["(2, 1)", "(1, 2, 3)", "1", sp.Matrix([[1, 2]]), "[[1, 2]]", [1, [2]], "{1, 2}", [1.0, 2.0001]]),
    (Exact(A), [A.T, A + sp.eye(2) * sp.Rational(1, 10**9), "(1,2,3,4)", "[[1,2],[3]]", np.ones((2, 2, 2)), 5]),
    (Exact([sp.Matrix([1, 2]), sp.Matrix([3, 4])]), [[[3, 4], [1, 2]], [[1, 2]], "(1, 2)", 3]),
    (Exact(x**2 - 1), ["(x-1)(x+1) + 1/1000000", "x^2 + 1", "x^2 - y", y**2 - 1, "x^2", "1"]),
    (Exact(sp.Max(0, x)), ["x", "0", "abs(x)", "max(0, -x)"]),
    (Exact(x), ["max(x, -100000)", "min(x, 5000)", "abs(x)", "floor(x)", "x^x^x^x^x^x^x"]),
    (Exact(sp.log(x**2) / 2), ["log(x)"]),
    (Exact((-1) ** n), ["cos(2pi*n)", "1"]),
    (Exact(sp.FiniteSet(1, 2)), ["{1, 2, 3}", "{1}", "1", [1, 1], "(1, 2, 2.5)", "{}", "[1, 2)"]),
    (Exact(sp.Interval.Ropen(0, 1)), ["[0, 1]", "(0, 1)", "(0, 1]", "[0, 2)", "{0, 1}", "0", [0, 1, 2], "(1, 0)"]),
    (Exact(sp.Union(sp.Interval(0, 1), sp.Interval(2, 3))), [sp.Interval(0, 3), "[0, 3]"]),
    (Exact(sp.Eq(x, 2 * y)), ["x = y", "x <= 2y", "x - 2y", "x != 2y", "x = 2y + 1"]),
    (Exact(x <= 3), ["x < 3", "x >= 3", "-x <= -3", "x <= 4"]),
    (Exact("B and C"), ["B", 3, True, None]),
    (AnyOf(1, sp.Rational(1, 2)), [2, "1, 1/2", "x"]),
    (AnyIn(0, 1), ["-1/10^9", 1.0000001, "x", "[0, 1]", "i", float("nan"), float("inf"), True]),
    (AnyIn(0, 1, (True, False)), ["1", 1.0, "1 + 1/10"]),
    (SetOf(1, 2), ["1", "{1, 2, 3}", "{1, x}", [1], "[1, 2)"]),
    (SetOf([1, 2], [3, 4]), ["{(1,2),(4,3)}", "(1, 2)", "{(1,2)}", "{1, 2, 3, 4}"]),
    (UpToScale([1, 2]), ["(0, 0)", "(2, 1)", "(1, 2.0001)", "(1, 2, 3)", "1", [1e-17, 2e-17], "oo, oo", "(x, 2x)"]),
    (UpToScale([1, 2]), [sp.Matrix([[1, 2]]), [1e-13, 5e-13], "(0, 1)", [float("nan"), 1]]),
    (UpToScale([1, 0]), ["(0, 1)", [1.0, 1e-6]]),
    (UpToScale(x**2 - 1), ["0", "x^3 - x", "x^2 + 1", "2x^2 - 1", "3"]),
    (SameSpan([1, 0, 1], [0, 1, 1]), ["(1, 0, 1)", "[(1,0,1),(2,0,2)]", "[(1,0,1),(0,1,0)]", "[(0,0,0),(0,1,1)]"]),
    (SameSpan([1, 0, 1], [0, 1, 1]), ["[(1,0),(0,1)]", [[1, 0, 1], [0, 1, 1.001]], "[(1,0,1),(0,1,1),(1,1,2)]", 3]),
    (Expression(2 * x + 1, "x"), ["2x", "2x + 1.0000001", "2y + 1", "(2x, 1)", "2z + 1", "x.subs(1)"]),
    (Expression([2 * x, 2 * y], "x", "y"), ["(2y, 2x)", "2x"]),
    (Where("symmetric", [[1, 2], [2, 1]], lambda M: M == M.T), ["[[1,2],[3,4]]", "[[1,2]]", "3", "abc"]),
    (Where("positive", 1, lambda value: value > 0), ["-3", "0", "x", "i"]),
    (Where("a palindrome", "abba", lambda word: word == word[::-1]), ["abc", 121]),
    (Where("positive", 1), [2, "3"]),
    (Option("a"), ["b", "A", "", "a, b", 0, True]),
    (Option("true"), [False, "True or false", 1]),
    (Options("a", "c"), ["a", "a, b", "a, b, c", "", 3, ["a"], None]),
    (Options(), ["a"]),
]


def _pairs(table: list[tuple[object, list[object]]]) -> list[tuple[object, object]]:
    return [(answer, candidate) for answer, candidates in table for candidate in candidates]


@pytest.mark.parametrize(("answer", "candidate"), _pairs(RIGHT))
def test_right_candidates_are_accepted(answer: object, candidate: object) -> None:
    assert accepts(answer, candidate) is True


@pytest.mark.parametrize(("answer", "candidate"), _pairs(WRONG))
def test_wrong_candidates_are_rejected(answer: object, candidate: object) -> None:
    assert accepts(answer, candidate) is False


ABSURD = [
    *(None, object(), type, float("nan"), float("-inf"), b"3", {"a": 1}, [], [[]], "", "   ", "9**9**9", "1/0"),
    *(
        "__import__('os').abort()",
        "(" * 9000,
        "exp(exp(exp(9)))",
        "x" * 5000,
        "\x00",
        "é",
        np.zeros((0, 2)),
        np.array([]),
    ),
    *(
        [None],
        [[1], 2],
        sp.nan,
        sp.zoo,
        sp.S.Integers,
        sp.MatrixSymbol("M", 2, 2),
        sp.Matrix(0, 0, []),
        lambda: 3,
        pytest.param(10**5000, id="long"),
    ),
]


@pytest.mark.parametrize("candidate", ABSURD)
def test_absurd_candidates_are_wrong_for_every_type(candidate: object) -> None:
    answers = [
        *(Exact(3), Exact(A), Exact(x), Exact("word"), Exact(sp.FiniteSet(1)), Exact(sp.Interval(0, 1)), Exact(True)),
        *(AnyOf(1, 2), AnyIn(0, 1), SetOf(1, 2), UpToScale([1, 2]), UpToScale(x), SameSpan([1, 2]), Expression(x)),
        *(Where("small", 1, lambda value: 0 < value < 9), Option("a"), Options("a")),
    ]
    start = time.perf_counter()
    assert [answer for answer in answers if accepts(answer, candidate)] == []
    assert time.perf_counter() - start < 2


def test_a_rubric_is_only_equal_to_itself() -> None:
    rubric = Rubric(("names the theorem", 1))
    assert accepts(rubric, Rubric(("names the theorem", 1)))
    assert not accepts(rubric, Rubric(("names the theorem", 2)))
    assert not accepts(rubric, "names the theorem")
    assert not accepts(Exact(1), rubric)


def test_an_answer_is_accepted_when_all_its_samples_are() -> None:
    assert accepts(UpToScale([1, 2]), UpToScale([-1, -2]))
    assert accepts(SameSpan([1, 0], [0, 1]), SameSpan([1, 1], [1, 2]))
    assert accepts(AnyOf(1, 2, 3), AnyOf(1, 2))
    assert not accepts(AnyOf(1, 2), AnyOf(1, 2, 3))
    assert not accepts(Exact([1, 2]), UpToScale([1, 2]))
    assert accepts(Options("a", "b"), Options("b", "a"))


def test_a_predicate_that_fails_rejects() -> None:
    answer = Where("invertible", [[1, 0], [0, 1]], lambda M: M.inv() is not None)
    assert not accepts(answer, "[[1, 2], [2, 4]]")
    assert not accepts(answer, "[[1, 2, 3]]")


def test_small_matrices_are_judged_in_milliseconds() -> None:
    answer, right = Exact(A.inv()), str(A.inv().tolist())
    wrong = right.replace("1/2", "1/3")
    accepts(answer, right)
    start = time.perf_counter()
    for _ in range(20):
        assert accepts(answer, right)
        assert not accepts(answer, wrong)
    assert (time.perf_counter() - start) / 40 < 0.02


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        (1, sp.Integer(1), True),
        (Fraction(1, 2), sp.Rational(1, 2), True),
        (0.5, Fraction(1, 2), True),
        (True, 1, False),
        (True, sp.true, True),
        (None, None, True),
        ("a", "a", True),
        ("1", 1, False),
        ([1, sp.sqrt(8)], (1, 2 * sp.sqrt(2)), True),
        ([1, 2], [2, 1], False),
        ({"a": [1]}, {"a": [sp.Integer(1)]}, True),
        ({"a": 1}, {"b": 1}, False),
        (np.array([1, 2]), [1, 2], True),
        (A, sp.ImmutableMatrix(A), True),
        (A, A[:, :1], False),
        (sp.FiniteSet(1, sp.sqrt(8)), sp.FiniteSet(2 * sp.sqrt(2), 1), True),
        (sp.Interval(0, 1), sp.Interval(0, 1, True), False),
        (sp.Interval(0, 1), sp.FiniteSet(0, 1), False),
        (x + x, 2 * x, True),
        (object(), 1, False),
    ],
)
def test_equal_values(a: object, b: object, equal: bool) -> None:
    assert equal_values(a, b) is equal
    assert equal_values(b, a) is equal


_RATIONALS = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@given(_RATIONALS)
def test_accepts_a_number_as_text_and_rejects_its_neighbour(number: Fraction) -> None:
    assert accepts(Exact(number), str(number))
    assert accepts(Exact(number), float(number))
    assert not accepts(Exact(number), str(number + Fraction(1, 10**12)))
    assert not accepts(Exact(number), float(number) + 1e-5)


@given(st.lists(_RATIONALS, min_size=1, max_size=4), _RATIONALS.filter(bool))
def test_accepts_a_vector_as_text_and_its_multiples(entries: list[Fraction], factor: Fraction) -> None:
    text = f"[{', '.join(map(str, entries))}]"
    assert accepts(Exact(entries), text)
    if any(entries):
        assert accepts(UpToScale(entries), [entry * factor for entry in entries])
        assert accepts(UpToScale(entries), np.array([float(entry * factor) for entry in entries]))


def test_what_numbers_cannot_tell_is_simplified() -> None:
    f = sp.Function("f")
    assert equal_values(f(x) * (x + 1), f(x) + x * f(x))
    assert not equal_values(f(x), f(2 * x))
    assert not accepts(Exact(x), "heaviside(log(-1 - x^2))")
    assert not accepts(Exact(x), "floor(sqrt(-1 - x^2))")
    assert accepts(Exact(sp.sqrt(-1 - x**2)), "i*sqrt(1 + x^2)")
    assert not accepts(Exact(sp.sqrt(-1 - x**2)), "i*sqrt(2 + x^2)")
