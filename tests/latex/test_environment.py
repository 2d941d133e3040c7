"""Values in the words of a problem: where they stand, which line they came from, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.errors import M4mlError, ProblemError, flatten
from m4ml_exams.latex import environment, names_used, render_source
from m4ml_exams.model import Figure, Latex, Text

PATH = Path("problems/eigen/stretch/problem.tex")
x = sp.Symbol("x")
VALUES: dict[str, Any] = {
    "one": 1,
    "two": 2,
    "three": 3,
    "neg": -3,
    "zero": 0,
    "half": Fraction(1, 2),
    "minus_half": Fraction(-1, 2),
    "sum": x + 1,
    "prod": 2 * x,
    "square": x**2,
    "x": x,
    "x_1": sp.Symbol("x_1"),
    "cplx": 1 - 2 * sp.I,
    "phi": (1 + sp.sqrt(5)) / 2,
    "A": sp.Matrix([[1, 2], [3, 4]]),
    "name": "A_b",
    "letter": "M",
    "vec": Latex("v_1"),
    "raw": Latex("a + b"),
    "cells": Latex(r"1 & 2 \\"),
    "lines": Latex("first\n\nthird"),
    "array": np.array([1, -2]),
    "picture": Figure("\\begin{tikzpicture}\n\\end{tikzpicture}"),
    "interval": sp.Interval(0, 1),
    "xs": [1, -2],
    "empty": [],
    "yes": True,
    "no": False,
    "entries": {"alpha": 1, "beta": 2},
}


def rendered(source: str) -> str:
    return render_source(source, VALUES, PATH).latex


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        # values, filters, globals
        (r"$A = \VAR{A}$, \VAR{name}", r"$A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$, A\_b"),
        (r"\VAR{-neg} \VAR{xs[1]} \VAR{entries.alpha} \VAR{entries['beta']} \VAR{A[0, 1]}", "3 -2 1 2 2"),
        (r"\VAR{xs, two}", "(1, -2), 2"),
        (r"$x \VAR{neg|signed} \VAR{two|signed}$", "$x {} - 3 {} + 2$"),
        (r"$\VAR{one|coef}x \VAR{one|coef|signed}y$", "$x {} + y$"),
        (r"\VAR{xs|row}", r"\begin{bmatrix} 1 & -2 \end{bmatrix}"),
        (r"\VAR{'\\alpha'|tex}", r"\alpha"),
        (r"\VAR{linear_combination(names=['u', 'v'], coefficients=xs)}", "u - 2v"),
        (r"\VAR{linear_combination(xs, ['u', 'v'])}", "u - 2v"),
        (r"\VAR{'odd' if two % 2}", ""),
        (r"\#{} \#1", r"\#{} \#1"),
        # arguments without braces
        (r"x^\VAR{neg}", "x^{-3}"),
        (r"x_\VAR{three}", "x_{3}"),
        (r"x ^ \VAR{neg}", "x ^ {-3}"),
        (r"\frac\VAR{half}\VAR{sum}", r"\frac{\frac{1}{2}}{x + 1}"),
        (r"\frac1\VAR{sum}", r"\frac1{x + 1}"),
        (r"\frac{1}\VAR{sum}", r"\frac{1}{x + 1}"),
        (r"\frac{a^{2}}\VAR{sum}", r"\frac{a^{2}}{x + 1}"),
        (r"\frac\pi\VAR{sum}", r"\frac\pi{x + 1}"),
        (r"\frac\VAR{sum}2", r"\frac{x + 1}2"),
        (r"\sqrt\VAR{sum}", r"\sqrt{x + 1}"),
        (r"\sqrt[3]\VAR{sum}", r"\sqrt[3]{x + 1}"),
        (r"\sqrt \VAR{sum}", r"\sqrt {x + 1}"),
        (r"\textbf\VAR{name}", r"\textbf{A\_b}"),
        (r"\own\VAR{sum}", r"\own{x + 1}"),
        (r"\own{a}\VAR{sum}", r"\own{a}{x + 1}"),
        (r"\own ab\VAR{sum}", r"\own ab{x + 1}"),
        (r"\own\VAR{picture}", "\\own\\begin{tikzpicture}\n\\end{tikzpicture}"),
        (r"\own\VAR{cells}", r"\own1 & 2 \\"),
        (r"\own\VAR{A}", r"\own{\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}}"),
        (r"\hline\VAR{cells}", r"\hline1 & 2 \\"),
        (r"\part[4] \VAR{name}", r"\part[4] A\_b"),
        (r"\begin{tabular}\VAR{'cc'}", r"\begin{tabular}{cc}"),
        (r"\begin{work}[5cm]\VAR{cells}", r"\begin{work}[5cm]1 & 2 \\"),
        (r"\item[\VAR{interval}]", r"\item[{[0, 1]}]"),
        (r"\frac{1}{2}\VAR{name}", r"\frac{1}{2}A\_b"),
        (r"\BLOCK{if no}x^2\BLOCK{else}x^\VAR{neg}\BLOCK{endif}", "x^{-3}"),
        # bases of powers
        (r"\VAR{neg}^2", "(-3)^2"),
        (r"\VAR{three}^2", "3^2"),
        (r"\VAR{half}^2", r"\left(\frac{1}{2}\right)^2"),
        (r"\VAR{sum}^2", "(x + 1)^2"),
        (r"\VAR{sum} ^2", "(x + 1) ^2"),
        (r"\VAR{prod}^2", "(2x)^2"),
        (r"\VAR{square}^2", "(x^{2})^2"),
        (r"\VAR{x}^2", "x^2"),
        (r"\VAR{x_1}^2", "x_{1}^2"),
        (r"\VAR{x_1}_2", "(x_{1})_2"),
        (r"\VAR{cplx}^2", "(1 - 2i)^2"),
        (r"\VAR{phi}^2", r"\left(\frac{1 + \sqrt{5}}{2}\right)^2"),
        (r"\VAR{A}^{-1}", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{-1}"),
        (r"\VAR{letter}^T", "M^T"),
        (r"\VAR{vec}^T", "v_1^T"),
        (r"\VAR{raw}^2", "(a + b)^2"),
        (r"\VAR{neg}^\VAR{neg}", "(-3)^{-3}"),
        (r"$\VAR{neg}!$", "$(-3)!$"),
        (r"Only \VAR{neg}!", "Only -3!"),
        # neighbours in mathematics
        (r"$2 - \VAR{sum}$", "$2 - (x + 1)$"),
        (r"$2 + \VAR{sum}$", "$2 + x + 1$"),
        (r"$2 + \VAR{neg}$", "$2 + (-3)$"),
        (r"$2 - \VAR{neg}$", "$2 - (-3)$"),
        (r"$2 \cdot \VAR{neg}$", r"$2 \cdot (-3)$"),
        (r"$2\VAR{neg}$", "$2(-3)$"),
        (r"$2\,\VAR{neg}$", r"$2\,(-3)$"),
        (r"$x^2\VAR{neg}$", "$x^2(-3)$"),
        (r"$\lambda\VAR{sum}$", r"$\lambda(x + 1)$"),
        (r"$\VAR{sum}x$", "$(x + 1)x$"),
        (r"$\VAR{sum}\lambda$", r"$(x + 1)\lambda$"),
        (r"$\VAR{sum}(x - 1)$", "$(x + 1)(x - 1)$"),
        (r"$\VAR{sum}\VAR{sum}$", "$(x + 1)(x + 1)$"),
        (r"$\VAR{sum}\VAR{neg|signed}$", "$x + 1{} - 3$"),
        (r"$\VAR{sum}/2$", "$(x + 1)/2$"),
        (r"$2 * \VAR{sum}$", "$2 * (x + 1)$"),
        (r"$1 \pm \VAR{sum}$", r"$1 \pm (x + 1)$"),
        (r"$0.\VAR{three}$", "$0.3$"),
        (r"$x} 2\VAR{neg}$", "$x} 2(-3)$"),
        (r"\begin{minipage}\VAR{'5cm'} -\VAR{neg}\end{minipage}", r"\begin{minipage}{5cm} --3\end{minipage}"),
        (r"$1/\VAR{prod}$", "$1/(2x)$"),
        (r"$\log\VAR{sum}$", r"$\log(x + 1)$"),
        (r"$\VAR{sum} = \VAR{neg}$", "$x + 1 = -3$"),
        (r"$\VAR{sum}$ is", "$x + 1$ is"),
        (r"$f(\VAR{neg}, \VAR{sum})$", "$f(-3, x + 1)$"),
        (
            r"$\begin{bmatrix} 2 & \VAR{neg} \\ \VAR{neg} & \VAR{sum} \end{bmatrix}$",
            r"$\begin{bmatrix} 2 & -3 \\ -3 & x + 1 \end{bmatrix}$",
        ),
        (
            r"$\begin{cases} \VAR{neg} & \text{if } \VAR{neg} < x \end{cases}$",
            r"$\begin{cases} -3 & \text{if } -3 < x \end{cases}$",
        ),
        (r"\begin{align*} x - \VAR{sum} \end{align*}", r"\begin{align*} x - (x + 1) \end{align*}"),
        (r"\[ x - \VAR{sum} \] A-\VAR{neg}", r"\[ x - (x + 1) \] A--3"),
        (r"\(x - \text{a -\VAR{neg}} - \VAR{neg}\)", r"\(x - \text{a --3} - (-3)\)"),
        (r"costs \$5 -\VAR{neg}", r"costs \$5 --3"),
        (r"\BLOCK{if no}$x\BLOCK{else}$2\BLOCK{endif}\VAR{neg}$", "$2(-3)$"),
        # verbatim text
        (r"\verb|x_\VAR{name}^\VAR{neg}|", r"\verb|x_A_b^-3|"),
        (
            "\\begin{lstlisting}\nprint(\\VAR{array}, \\VAR{yes})\n\\end{lstlisting}",
            "\\begin{lstlisting}\nprint(np.array([1, -2]), True)\n\\end{lstlisting}",
        ),
        (r"\url{a.org/\VAR{name}}", r"\url{a.org/A_b}"),
    ],
)
def test_a_value_prints_right_where_it_stands(source: str, latex: str) -> None:
    assert rendered(source) == latex


@pytest.mark.parametrize(
    ("source", "latex", "lines"),
    [
        ("a\nb\n", "a\nb\n", (1, 2, 3)),
        ("a % c\n% only\n\nb", "a %\n%\n\nb", (1, 2, 3, 4)),
        # loops and branches
        (
            "a\n\\BLOCK{for i in xs}\n  x = \\VAR{i}\n  !\n\\BLOCK{endfor} % c\nb",
            "a\n  x = 1\n  !\n  x = -2\n  !\nb",
            (1, 3, 4, 3, 4, 6),
        ),
        ("\\BLOCK{for i in xs}\\VAR{i}\n\\BLOCK{endfor}end", "1\n-2\nend", (1, 1, 2)),
        ("\\BLOCK{for i in empty}\nx\n\\BLOCK{else}\nnothing\n\\BLOCK{endfor}\n", "nothing\n", (4, 6)),
        ("a\n\\BLOCK{if no}\nb\n\\BLOCK{endif}\nc", "a\nc", (1, 5)),
        ("a\n\\BLOCK{if no}b\\BLOCK{endif}\nc", "a\nc", (1, 3)),
        ("a\n\\BLOCK{if no}\n\n\\BLOCK{endif}\n\nc", "a\n\nc", (1, 5, 6)),
        ("a \\BLOCK{if no}\nb\n\\BLOCK{endif}\nc", "a \nc", (1, 4)),
        ("a\\BLOCK{if yes}\n\nb\\BLOCK{endif}c", "a\n\nbc", (1, 2, 3)),
        ("\\BLOCK{set n = 3}\\BLOCK{set m = 4}\n\\VAR{n}\n", "3\n", (2, 3)),
        # values of several lines
        ("a\n\\VAR{lines} tail\nb", "a\nfirst\n\nthird tail\nb", (1, 2, 2, 2, 3)),
        ("\\VAR{picture}\nb", "\\begin{tikzpicture}\n\\end{tikzpicture}\nb", (1, 1, 2)),
        ("\\BLOCK{for i in xs}\n\\VAR{lines}\n\\BLOCK{endfor}", "first\n\nthird\nfirst\n\nthird\n", (2,) * 7),
        # tags of several lines
        ("a \\VAR{one +\n  two} b\nc", "a 3 b\nc", (1, 3)),
        ("\\BLOCK{if yes\n  and yes}\na\n\\BLOCK{endif}", "a\n", (3, 3)),
        ("a\\BLOCK{if yes\n  and yes}\nb\\BLOCK{endif}", "a\nb", (1, 3)),
        # nothing at all
        ("", "", (1,)),
        ("\\BLOCK{if no}a\\BLOCK{endif}", "", (1,)),
    ],
)
def test_each_line_remembers_where_it_came_from(source: str, latex: str, lines: tuple[int, ...]) -> None:
    text = render_source(source, VALUES, PATH)
    assert (text.latex, text.lines) == (latex, lines)
    later = render_source(source, VALUES, PATH, first_line=11)
    assert (later.latex, later.lines) == (latex, tuple(line + 10 for line in lines))


MEND = "Mend the expression, or compute the value in problem.py."
TAG = r"Mend the expression in \VAR{...} or \BLOCK{...}; braces and quotes in it must be balanced."
FROM = "Names are what problem.py returns."


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("\n\\VAR{thre}", 2, f"The text uses the name 'thre', which is not there.\n  Did you mean 'three'? {FROM}"),
        (
            "a\n$\\VAR{A[:, 0]}$",
            2,
            "A tag slices rows and columns at once.\n  Let problem.py return that part by name.",
        ),
        ("\\VAR{qqq}", 1, f"The text uses the name 'qqq', which is not there.\n  {FROM}"),
        ("\\VAR{qqq|signed}", 1, f"The text uses the name 'qqq', which is not there.\n  {FROM}"),
        ("a\n\\BLOCK{if qqq}\\BLOCK{endif}", 2, f"The text uses the name 'qqq', which is not there.\n  {FROM}"),
        ("\\VAR{linear_combination(qqq, xs)}", 1, f"The text uses the name 'qqq', which is not there.\n  {FROM}"),
        (
            "\\BLOCK{if no}\\BLOCK{set q = 1}\\BLOCK{endif}\n\\VAR{q}",
            2,
            f"The text uses the name 'q', which is not there.\n  {FROM}",
        ),
        (
            "\\BLOCK{for i in xs}\n\n\\VAR{xs[7]}\n\\BLOCK{endfor}",
            3,
            "The text takes entry 7 of a list of 2.\n  Indices in tags count from 0, as in Python.",
        ),
        (
            "\\VAR{entries['alpa']}",
            1,
            "The text takes the entry 'alpa' of a dict, which does not have it.\n  Did you mean 'alpha'?",
        ),
        ("\\VAR{A.foo}", 1, f"The text takes 'foo' of a MutableDenseMatrix, which does not have it.\n  {MEND}"),
        (
            "a\n\\VAR{empty|first}",
            2,
            f"An expression in a tag has no value: No first item, sequence was empty.\n  {MEND}",
        ),
        (
            "a\n\n\\VAR{one // zero}",
            3,
            "An expression in a tag fails: ZeroDivisionError: integer division or modulo by zero.\n  " + MEND,
        ),
        (
            "\\VAR{one +\n zero\n}\n\\VAR{name + 1}",
            4,
            'An expression in a tag fails: TypeError: can only concatenate str (not "int") to str.\n  ' + MEND,
        ),
        (
            "a\n\\VAR{yes}",
            2,
            "The truth value True has no look of its own.\n"
            "  Write the words for both cases with \\BLOCK{if ...}, or give a string.",
        ),
        (
            "a\n$x = 2\\VAR{three}$",
            2,
            "The number 3 would print as more digits of the number before it.\n"
            "  Write \\cdot between them, or compute the whole number in problem.py.",
        ),
        (
            "a\n\\verb|\\VAR{x}|",
            2,
            "A value of type Symbol has no form as Python code.\n"
            "  Give a string, a number, a list or a numpy array of numbers.",
        ),
        ("a\n\\VAR{}", 2, f"A tag cannot be read: Expected an expression, got 'end of print statement'.\n  {TAG}"),
        ("\\VAR{one-}", 1, f"A tag cannot be read: unexpected 'end of print statement'.\n  {TAG}"),
        (
            "a\n\\VAR{one two}",
            2,
            f"A tag cannot be read: expected token 'end of print statement', got 'two'.\n  {TAG}",
        ),
        (
            "\\BLOCK{if yes}\na",
            1,
            "A tag cannot be read: Unexpected end of template. Jinja was looking for the following tags: 'elif' or "
            "'else' or 'endif'. The innermost block that needs to be closed is 'if'.\n  " + TAG,
        ),
        (
            "a\n\\VAR{one",
            2,
            "A tag cannot be read: \\VAR has no braces right after it, or they do not close.\n"
            "  Write \\VAR{...}; braces and quotes in it must be balanced.",
        ),
        (
            "a \\\\VAR{one}",
            1,
            "A backslash stands right before \\VAR.\n  Put a space between \\\\ and \\VAR.",
        ),
        (
            "a\n\\VAR{one|signd}",
            2,
            "The text uses the filter 'signd', which is not there.\n  Did you mean 'signed'?",
        ),
        (
            "\\VAR{one|zzzz}",
            1,
            "The text uses the filter 'zzzz', which is not there.\n"
            "  Filters are signed, paren, row, coef, tex, and those of Jinja.",
        ),
        (
            "\\BLOCK{if one is zzzz}\\BLOCK{endif}",
            1,
            "The text uses the test 'zzzz', which is not there.\n"
            "  Filters are signed, paren, row, coef, tex, and those of Jinja.",
        ),
        (
            "a\nx^\\BLOCK{if yes}2\\BLOCK{endif}",
            2,
            "A \\BLOCK stands where the argument of ^ is due.\n  Put the whole argument in braces.",
        ),
        (
            "\\frac{1}\\BLOCK{for i in xs}\\VAR{i}\\BLOCK{endfor}",
            1,
            "A \\BLOCK stands where the argument of \\frac is due.\n  Put the whole argument in braces.",
        ),
    ],
)
def test_each_fault_tells_its_file_and_line(source: str, line: int, message: str) -> None:
    for first_line in (1, 11):
        with pytest.raises(ProblemError) as caught:
            render_source(source, VALUES, PATH, first_line)
        assert str(caught.value) == f"{PATH}:{line + first_line - 1}: {message}"


def test_missing_names_are_told_together() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        render_source("\\VAR{qqq}\n\\VAR{one}\n\\VAR{www} \\VAR{qqq}", VALUES, PATH)
    assert [str(fault) for fault in flatten(caught.value)] == [
        f"{PATH}:1: The text uses the name 'qqq', which is not there.\n  {FROM}",
        f"{PATH}:3: The text uses the name 'www', which is not there.\n  {FROM}",
    ]


def test_a_name_in_a_branch_that_is_not_taken_may_be_missing() -> None:
    assert rendered(r"\BLOCK{if qqq is defined}\VAR{qqq}\BLOCK{else}a\BLOCK{endif}") == "a"


def test_names_used_are_those_from_outside() -> None:
    source = "% \\VAR{gone}\n\\BLOCK{for i in xs}\n\\VAR{i + n}\n\\BLOCK{endfor}"
    source += "\\VAR{row(n)} \\VAR{a}\\BLOCK{set b = a}\\VAR{b}"
    assert names_used(source) == {"xs": 2, "n": 3, "a": 4, "row": 4}
    assert names_used(r"\VAR{linear_combination(c, ['x'])}") == {"c": 1}


def test_names_of_a_malformed_source_are_refused_at_its_line() -> None:
    with pytest.raises(ProblemError) as caught:
        names_used("a\n\\VAR{(}")
    assert caught.value.place.line == 2


def test_templates_use_the_same_environment() -> None:
    made = environment()
    made.loader = jinja2.DictLoader({"exam.tex": r"\VAR{-n} \VAR{name}\BLOCK{if n} \#{x}\BLOCK{endif}" + "\n"})
    assert made.get_template("exam.tex").render(n=3, name="a&b") == "-3 a\\&b \\#{x}\n"
    with pytest.raises(M4mlError, match="The text uses the name 'qqq'"):
        made.from_string(r"\VAR{qqq}").render()


PIECES = [
    *"{}[]$^_%&|~ -+1a\n",
    "\\",
    "\n\n",
    r"\frac",
    r"\sqrt",
    r"\own",
    r"\text",
    r"\verb|",
    r"\begin{cases}",
    r"\end{cases}",
    r"\begin{verbatim}",
    r"\end{verbatim}",
    r"\VAR{three}",
    r"\VAR{sum}",
    r"\VAR{lines}",
    r"\BLOCK{if yes}a\BLOCK{endif}",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_source_is_rendered_or_refused(source: str) -> None:
    try:
        text = render_source(source, VALUES, PATH)
    except ProblemError as fault:
        assert "fails" not in fault.what  # noqa: PT017 (refusing is one of two right outcomes)
        text = Text(fault.what, (fault.place.line or 0,))
    assert len(text.lines) == text.latex.count("\n") + 1
    assert all(1 <= line <= source.count("\n") + 1 for line in text.lines)
    assert list(text.lines) == sorted(text.lines)
    assert not any("\ue000" <= char <= "\uf8ff" for char in text.latex)
