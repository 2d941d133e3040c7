"""How each kind of value looks."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.errors import ProblemError
from m4ml_exams.latex import code, escape, show
from m4ml_exams.model import Figure, Latex

x, y, lam = sp.symbols("x y lambda")
x_1, x_2, x_10 = sp.symbols("x_1 x_2 x_10")
half = sp.Rational(1, 2)


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        # text
        ("plain words", "plain words"),
        ("a_b & 50% of $3", r"a\_b \& 50\% of \$3"),
        (Latex(r"\alpha_1"), r"\alpha_1"),
        (Figure(r"\begin{tikzpicture}\end{tikzpicture}"), r"\begin{tikzpicture}\end{tikzpicture}"),
        # numbers
        (0, "0"),
        (-3, "-3"),
        (sp.Integer(7), "7"),
        (np.int64(-4), "-4"),
        (Fraction(1, 2), r"\frac{1}{2}"),
        (Fraction(-1, 2), r"-\frac{1}{2}"),
        (Fraction(4, 2), "2"),
        (sp.Rational(-3, 4), r"-\frac{3}{4}"),
        (sp.sqrt(2) / 2, r"\frac{\sqrt{2}}{2}"),
        (-sp.sqrt(2) / 2, r"-\frac{\sqrt{2}}{2}"),
        (2 * sp.sqrt(3), r"2\sqrt{3}"),
        (-2 * sp.sqrt(3), r"-2\sqrt{3}"),
        (1 + sp.sqrt(2), r"1 + \sqrt{2}"),
        (sp.sqrt(2) - 3, r"-3 + \sqrt{2}"),
        ((1 - sp.sqrt(5)) / 2, r"\frac{1 - \sqrt{5}}{2}"),
        ((3 + sp.sqrt(2)) / 4, r"\frac{3 + \sqrt{2}}{4}"),
        (1 / (1 + sp.sqrt(2)), r"\frac{1}{1 + \sqrt{2}}"),
        (sp.pi / 2, r"\frac{\pi}{2}"),
        (sp.E, "e"),
        (2 - 3 * sp.I, "2 - 3i"),
        (sp.oo, r"\infty"),
        (-sp.oo, r"-\infty"),
        # floats
        (0.1, "0.1"),
        (2.0, "2"),
        (-0.0, "0"),
        (-12.5, "-12.5"),
        (np.float64(0.25), "0.25"),
        (1e-7, "0.0000001"),
        (1.5e-9, r"1.5 \cdot 10^{-9}"),
        (-1e20, "-10^{20}"),
        (sp.Float("0.1") * x, "0.1x"),
        # expressions
        (x, "x"),
        (-x, "-x"),
        (lam**2 - 3 * lam + 2, r"\lambda^{2} - 3\lambda + 2"),
        (2 * x_1 - x_2 + 3 * x_10, "2x_{1} - x_{2} + 3x_{10}"),
        (x / 2 - y / 3, r"\frac{x}{2} - \frac{y}{3}"),
        (3 * x**2 / 4 + x * y, r"\frac{3 x^{2}}{4} + x y"),
        (2 * (x + 1) * (x - 2), "(x - 2) (2x + 2)"),
        (3 * 2**x, r"3 \cdot 2^{x}"),
        (sp.exp(-(x**2) / 2), r"e^{-\frac{x^{2}}{2}}"),
        (sp.log(x + 1), r"\log(x + 1)"),
        (sp.sin(x / 2) ** 2, r"\sin^{2}\left(\frac{x}{2}\right)"),
        (sp.Function("f")(x), "f(x)"),
        (sp.Poly(x**2 - 1), "x^{2} - 1"),
        (-2 * sp.MatrixSymbol("A", 2, 2).T, "-2A^{T}"),
        # expressions that were not evaluated
        (sp.Mul(1, x, evaluate=False), "x"),
        (sp.Mul(0, x, evaluate=False), "0"),
        (sp.Mul(x, -3, evaluate=False), "-3x"),
        (sp.Mul(x, sp.Mul(y, -1, evaluate=False), evaluate=False), "-x y"),
        (sp.Add(x, sp.Mul(-3, 1, evaluate=False), evaluate=False), "x - 3"),
        (sp.Add(0, x, sp.Mul(0, y, evaluate=False), evaluate=False), "x"),
        # matrices
        (sp.Matrix([[1, -2], [x, 4]]), r"\begin{bmatrix} 1 & -2 \\ x & 4 \end{bmatrix}"),
        (sp.ImmutableMatrix([1, 2]), r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),
        (sp.SparseMatrix([[0, 1]]), r"\begin{bmatrix} 0 & 1 \end{bmatrix}"),
        (sp.Matrix([half, 1]), r"\begin{bmatrix} \frac{1}{2} \\[6pt] 1 \end{bmatrix}"),
        (sp.zeros(1, 11), r"\left[\begin{array}{*{11}{c}} " + " & ".join("0" * 11) + r" \end{array}\right]"),
        # sets and relations
        (sp.FiniteSet(3, -1, sp.sqrt(2)), r"\{-1, \sqrt{2}, 3\}"),
        (sp.FiniteSet(half, 0), r"\left\{ 0, \frac{1}{2} \right\}"),
        (sp.FiniteSet((1, 2), (0, 1)), r"\{(0, 1), (1, 2)\}"),
        (sp.S.EmptySet, r"\emptyset"),
        (sp.Interval.Ropen(0, 1), "[0, 1)"),
        (sp.Interval.open(-sp.oo, half), r"\left( -\infty, \frac{1}{2} \right)"),
        (sp.Union(sp.Interval(0, 1), sp.Interval(2, 3)), r"[0, 1] \cup [2, 3]"),
        (sp.S.Reals, r"\mathbb{R}"),
        (sp.Le(x, 3), r"x \leq 3"),
        (sp.Eq(x, half), r"x = \frac{1}{2}"),
        # lists
        ([1, Fraction(1, 2), -3], r"1, \frac{1}{2}, -3"),
        ([(1, 2), [3, -4]], "(1, 2), (3, -4)"),
        (["a_b", "c"], r"a\_b, c"),
        ([sp.Matrix([1, 2])], r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),
        # code
        (np.array([[1, 2], [3, 4]]), r"\texttt{np.array([[1, 2], [3, 4]])}"),
        (np.array([0.5, 1.0]), r"\texttt{np.array([0.5, 1.0])}"),
        (np.array([True, False]), r"\texttt{np.array([True, False])}"),
    ],
)
def test_a_value_looks_as_in_print(value: object, latex: str) -> None:
    assert show(value) == latex


TRUTH = r"Write the words for both cases with \BLOCK{if ...}, or give a string."
KINDS = "Give text, a number, an expression, a matrix, a set, a list, a figure or Latex(...)."


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, f"The truth value True has no look of its own.\n  {TRUTH}"),
        (np.bool_(False), f"The truth value False has no look of its own.\n  {TRUTH}"),
        (sp.true, f"The truth value True has no look of its own.\n  {TRUTH}"),
        (None, f"A value of type NoneType has no look of its own.\n  {KINDS}"),
        ({1, 2}, f"A value of type set has no look of its own.\n  {KINDS}"),
        (
            {"a": 1},
            "A value of type dict has no look of its own.\n  Print its entries, such as \\VAR{d['key']}.",
        ),
        (
            [],
            "An empty list has no look.\n  Write the words for that case with \\BLOCK{if ...}, or draw it again.",
        ),
        (
            1 / 3,
            "The value 0.3333333333333333 has no short decimal.\n  Use an exact value (Fraction, sympy) or round it.",
        ),
        (
            float("inf"),
            "The value inf is not a number.\n  Look for an overflow or a division by zero.",
        ),
        (sp.zoo, "The value zoo is not a number.\n  Look for a division by zero in problem.py."),
        (sp.nan + x, "The value nan is not a number.\n  Look for a division by zero in problem.py."),
        (
            sp.zeros(0, 2),
            "A matrix without entries has no look.\n  Draw it with at least one row and one column.",
        ),
        (
            np.array(["a"]),
            "A value of type ndarray has no form as Python code.\n"
            "  Give a string, a number, a list or a numpy array of numbers.",
        ),
    ],
)
def test_a_value_without_a_look_is_refused(value: object, message: str) -> None:
    with pytest.raises(ProblemError) as caught:
        show(value)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("\\", r"\textbackslash{}"),
        ("a^b~c", r"a\textasciicircum{}b\textasciitilde{}c"),
        ("{x} #1", r"\{x\} \#1"),
        ("1 < 2 > 0 | `", r"1 \ensuremath{<} 2 \ensuremath{>} 0 \ensuremath{|} \textasciigrave{}"),
        ('say "yes" ("no")', "say ``yes'' (``no'')"),
        ("it's", "it's"),
        ("well-known -- x", "well-known -{}- x"),
        ("[1]", "{[}1{]}"),
        ("two\nlines", "two\\newline%\nlines"),
        ("a\N{NO-BREAK SPACE}b", "a~b"),
        ("naïve – λ", "naïve – λ"),
    ],
)
def test_text_is_escaped(text: str, latex: str) -> None:
    assert escape(text) == latex


@pytest.mark.parametrize(
    ("value", "python"),
    [
        ("x % 2 == 0", "x % 2 == 0"),
        (3, "3"),
        (sp.Integer(-3), "-3"),
        (sp.Rational(1, 2), "1/2"),
        (True, "True"),
        (sp.false, "False"),
        (None, "None"),
        ([1, "a", (2,)], "[1, 'a', (2,)]"),
        ({"a": Fraction(1, 3)}, "{'a': 1/3}"),
        ([np.array([1, 2]), np.int64(3)], "[np.array([1, 2]), 3]"),
    ],
)
def test_a_value_as_code(value: object, python: str) -> None:
    assert code(value) == python


def test_an_expression_has_no_code() -> None:
    with pytest.raises(ProblemError, match="A value of type Symbol has no form as Python code"):
        code(x)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_decimals_keep_their_value_or_are_refused(number: float) -> None:
    try:
        latex = show(number)
    except ProblemError:
        assert len(re.sub(r"e.*|\D", "", repr(number)).strip("0")) > 12
        return
    plain = re.sub(r"^(-?)10\^", r"\g<1>1 \\cdot 10^", latex)
    assert float(re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", plain)) == number


@given(st.text())
def test_escaped_text_has_balanced_braces_and_no_comment(text: str) -> None:
    bare = re.sub(r"\\newline%\n", "", escape(text))
    depth = 0
    for token in re.findall(r"\\.|[{}]", bare, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[%$&#_^]", re.sub(r"\\\\", "", bare))
