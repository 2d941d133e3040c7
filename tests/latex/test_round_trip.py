"""What is printed, read back: values keep their value, wherever they stand."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.latex import render_source, show

x, y = sp.symbols("x y")


BAD = re.compile(r"[+-] ?-|(?<![\d.])[01](?=[a-z\\(])(?!\\cdot)|(?<![\d.])[01] (?=[a-z(])")
TOKEN = re.compile(r"\s*(\\[a-z]+|\d+|[a-z](?:_\{\d+\})?|[-+*/^{}()])")


class Reader:
    """A reader of the LaTeX that the property tests print: sums, products, powers, fractions and roots."""

    def __init__(self, latex: str) -> None:
        self.tokens = [*TOKEN.findall(latex), ""]
        assert "".join(self.tokens) == latex.replace(" ", "")

    def take(self, expected: str = "") -> str:
        token = self.tokens.pop(0)
        assert expected in ("", token), (expected, token)
        return token

    def sum(self) -> sp.Expr:
        sign = -1 if self.tokens[0] == "-" and self.take() else 1
        total = sign * self.product()
        while self.tokens[0] in ("+", "-") and self.tokens[0]:
            sign = 1 if self.take() == "+" else -1
            total += sign * self.product()
        return total

    def product(self) -> sp.Expr:
        total = self.power()
        while self.tokens[0] not in ("", "+", "-", ")", "}", r"\right"):
            if self.tokens[0] == "/":
                self.take()
                total /= self.power()
                continue
            if self.tokens[0] == r"\cdot":
                self.take()
            total *= self.power()
        return total

    def power(self) -> sp.Expr:
        base = self.atom()
        if self.tokens[0] == "^":
            self.take()
            return base ** (self.group() if self.tokens[0] == "{" else self.atom())
        return base

    def group(self, left: str = "{", right: str = "}") -> sp.Expr:
        self.take(left)
        inner = self.sum()
        self.take(right)
        return inner

    def atom(self) -> sp.Expr:
        token = self.tokens[0]
        if token in ("(", "{"):
            return self.group(token, {"(": ")", "{": "}"}[token])
        self.take()
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\sqrt":
            return sp.sqrt(self.group())
        if token == r"\left":
            inner = self.group("(", r"\right")
            self.take(")")
            return inner
        return sp.Integer(token) if token.isdigit() else sp.Symbol(re.sub(r"[{}]", "", token))


def read(latex: str) -> sp.Expr:
    reader = Reader(latex)
    value = reader.sum()
    reader.take("")
    assert reader.tokens == []
    return value


integers = st.integers(-12, 12)
rationals = st.fractions(min_value=-20, max_value=20, max_denominator=12)


def assert_kept(value: sp.Expr) -> None:
    latex = show(value)
    assert not BAD.search(latex), latex
    assert sp.simplify(read(latex) - value) == 0, latex


@given(st.lists(integers, min_size=1, max_size=5))
def test_polynomials_keep_their_value(coefficients: list[int]) -> None:
    assert_kept(sp.Poly(coefficients, x).as_expr())


@given(st.lists(rationals, min_size=1, max_size=4))
def test_polynomials_with_fractions_keep_their_value(coefficients: list[Fraction]) -> None:
    assert_kept(sum((sp.Rational(c) * x**k for k, c in enumerate(coefficients)), sp.Integer(0)))


@given(st.lists(rationals, min_size=12, max_size=12))
def test_linear_combinations_keep_their_value_and_order(coefficients: list[Fraction]) -> None:
    names = [sp.Symbol(f"x_{k}") for k in range(1, 13)]
    value = sum((sp.Rational(c) * name for c, name in zip(coefficients, names, strict=True)), sp.Integer(0))
    assert_kept(value)
    printed = [int(k) for k in re.findall(r"x_\{(\d+)\}", show(value))]
    assert printed == sorted(printed)


@given(rationals, rationals, st.integers(2, 30))
def test_surds_keep_their_value(a: Fraction, b: Fraction, radicand: int) -> None:
    assert_kept(sp.Rational(a) + sp.Rational(b) * sp.sqrt(radicand))


@given(st.lists(integers, min_size=4, max_size=4))
def test_quotients_and_products_keep_their_value(numbers: list[int]) -> None:
    a, b, c, d = numbers
    assert_kept((a * x + b) * (c * x - d))
    if c or d:
        assert_kept((a * x + b) / (c * x + d))


@given(integers, integers, integers)
def test_what_was_not_evaluated_keeps_its_value(a: int, b: int, c: int) -> None:
    first = sp.Mul(a, x, evaluate=False)
    second = sp.Mul(y, sp.Mul(b, 1, evaluate=False), evaluate=False)
    assert_kept(sp.Add(first, second, c, evaluate=False))


@given(rationals)
def test_rationals_of_both_kinds_look_alike(number: Fraction) -> None:
    assert show(number) == show(sp.Rational(number))
    assert_kept(sp.Rational(number))


BEFORE = ["", "-", "2 - ", "x + ", r"2 \cdot ", "x", "x^2", r"2x\,", "1/", "x - y/", r"\frac12", "(x + 1)"]
ARGUMENT = [r"\frac", r"\sqrt", "x^"]
AFTER = [
    "",
    "^2",
    " ^{2}",
    "x",
    " y^2",
    r"\,x",
    "(x + 1)",
    "/2",
    " + 1",
    " - x",
    r" \cdot 2",
    r"\sqrt{x}",
    r"\frac{1}{x}",
]
VALUES = st.one_of(
    integers.map(sp.Integer),
    rationals.map(sp.Rational),
    st.sampled_from([x, -x, 2 * x, x**2, x + 1, -x - 1, x / 2, 1 / x, (x + 1) / 2, sp.sqrt(2), 1 - sp.sqrt(2)]),
    st.sampled_from([(1 + sp.sqrt(5)) / 2, -sp.sqrt(2) / 2, 2 * sp.sqrt(3), sp.sqrt(x + 1), x * (x + 1), -x * (x - 1)]),
)


@given(st.sampled_from(BEFORE + ARGUMENT), VALUES, st.sampled_from(AFTER))
def test_values_keep_their_value_beside_others(before: str, value: sp.Expr, after: str) -> None:
    last = r"{y}" if before == r"\frac" else ""
    printed = render_source(rf"${before}\VAR{{value}}{last}{after}$", {"value": value}, Path("problem.tex")).latex
    argument = before in ARGUMENT
    meant = f"{before}{{{show(value)}}}{last}{after}" if argument else f"{before}({show(value)}){after}"
    assert same(bare(printed), bare(meant)), printed


def bare(latex: str) -> str:
    """Without dollars and thin spaces, and with braces round arguments of one character, as TeX takes them."""
    plain = re.sub(r"\\frac(\w)(\w)", r"\\frac{\1}{\2}", latex.strip("$").replace(r"\,", ""))
    return re.sub(r"\^(\w)", r"^{\1}", plain)


def same(first: str, second: str) -> bool:
    """Whether two formulas have the same value, undefined ones included."""
    a, b = read(first), read(second)
    return a == b or sp.simplify(a - b) == 0
