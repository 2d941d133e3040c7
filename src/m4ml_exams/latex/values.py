"""How a value looks: plain text, numbers, expressions, matrices, sets and lists as LaTeX.

Numbers and expressions come without dollars; whoever writes the text chooses the mathematics around them.
"""
# ruff: noqa: N802 (methods of a sympy printer are named after the classes they print)

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from sympy.printing.latex import LatexPrinter

from m4ml_exams.errors import ProblemError
from m4ml_exams.model import Code, Figure, Latex

LONGEST_DECIMAL = 12
"""Significant digits above which a float counts as the accident of a computation."""

WIDEST_BMATRIX = 10
"""Columns that amsmath's ``bmatrix`` can hold."""

_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "\n": "\\newline%\n",
    "\N{NO-BREAK SPACE}": "~",
}
_LIGATURE = re.compile("-(?=-)|,(?=,)|'(?=['\N{RIGHT DOUBLE QUOTATION MARK}])")
"""Signs that TeX would draw together with the next one."""
_OPENING_QUOTE = re.compile(r'(?:(?<=[\s(\[{\-])|^)"')


def escape(text: str) -> str:
    """Plain text as LaTeX that prints the same characters.

    Double quotes become opening or closing quotes by what stands before them; two hyphens, commas or apostrophes stay
    two; brackets are guarded, so that no command takes them for an optional argument.
    """
    quoted = _OPENING_QUOTE.sub("\N{LEFT DOUBLE QUOTATION MARK}", text).replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")
    escaped = _LIGATURE.sub(r"\g<0>{}", "".join(_SPECIALS.get(char, char) for char in quoted))
    return escaped.replace("\N{LEFT DOUBLE QUOTATION MARK}", "``").replace("\N{RIGHT DOUBLE QUOTATION MARK}", "''")


_TYPED = {
    **{char: look for char, look in _SPECIALS.items() if char not in "<>|\n"},
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    " ": r"\ ",
    "-": "-{}",
}


def typewriter(text: str) -> str:
    """A program's text in typewriter, every line and blank as it is; several lines in a box aligned at the first."""
    lines = ["".join(_TYPED.get(char, char) for char in line.expandtabs()) for line in text.split("\n")]
    if len(lines) == 1:
        return rf"\texttt{{{lines[0]}}}"
    rows = r" \\ ".join(lines)
    return rf"\texttt{{\begin{{tabular}}[t]{{@{{}}l@{{}}}}{rows}\end{{tabular}}}}"


def show(value: object) -> str:
    r"""A value as ``\VAR`` prints it.

    Args:
        value: text (escaped), :class:`Latex` (as it is), :class:`Code` (in typewriter), :class:`Figure` (its picture),
            an exact number, expression, matrix, set or relation, a float with a short decimal, a list of such values
            (separated by commas; lists in it in parentheses), or a numpy array (printed as code).

    Returns:
        LaTeX; for everything mathematical the body of a formula, without dollars.

    Raises:
        ProblemError: for values without a look: truth values, None, dicts, empty lists, long decimals, other types.
    """
    match value:
        case Latex():
            return str(value)
        case Code():
            return typewriter(value)
        case str():
            return escape(value)
        case Figure():
            return value.latex
        case list() | tuple() | sp.Tuple():
            return _listed(list(value))
        case np.ndarray():
            return rf"\texttt{{{code(value)}}}"
        case np.generic():
            return show(value.item())
        case bool() | sp.logic.boolalg.BooleanAtom():
            raise ProblemError(
                f"The truth value {value} has no look of its own.",
                r"Write the words for both cases with \BLOCK{if ...}, or give a string.",
            )
        case float():
            return _decimal(value)
        case _:
            return _mathematics(value)


def code(value: object) -> str:
    """A value as Python code, for listings: numbers, lists, truth values and numpy arrays; text as it is.

    Raises:
        ProblemError: for values that have no short Python form, such as expressions and figures.
    """
    return str(value) if isinstance(value, str) else _spelled(value)


def _spelled(value: object) -> str:
    match value:
        case np.ndarray() if value.dtype.kind in "biuf":
            return f"np.array({_spelled(value.tolist())})"
        case np.generic():
            return _spelled(value.item())
        case Fraction() | sp.Rational():
            return str(value)
        case None | bool() | int() | float() | str():
            return repr(value)
        case sp.logic.boolalg.BooleanAtom():
            return repr(bool(value))
        case list():
            return f"[{', '.join(map(_spelled, value))}]"
        case tuple():
            return f"({', '.join(map(_spelled, value))}{',' if len(value) == 1 else ''})"
        case dict():
            return "{" + ", ".join(f"{_spelled(key)}: {_spelled(item)}" for key, item in value.items()) + "}"
        case _:
            raise ProblemError(
                f"A value of type {type(value).__name__} has no form as Python code.",
                "Give a string, a number, a list or a numpy array of numbers.",
            )


def _listed(values: list[Any]) -> str:
    if not values:
        raise ProblemError(
            "An empty list has no look.", r"Write the words for that case with \BLOCK{if ...}, or draw it again."
        )
    inner = [f"({show(item)})" if isinstance(item, (list, tuple, sp.Tuple)) else show(item) for item in values]
    return ", ".join(inner)


def _mathematics(value: object) -> str:
    if isinstance(value, Fraction):
        value = sp.Rational(value.numerator, value.denominator)
    if isinstance(value, int | sp.Integer):
        return str(int(value))
    if isinstance(value, sp.Poly):
        value = value.as_expr()
    if isinstance(value, sp.MatrixBase | sp.Basic) and not isinstance(value, sp.Dict):
        return _typeset(value)
    remedy = "Give text, a number, an expression, a matrix, a set, a list, a figure or Latex(...)."
    if isinstance(value, Mapping | sp.Dict):
        remedy = r"Print its entries, such as \VAR{d['key']}."
    raise ProblemError(f"A value of type {type(value).__name__} has no look of its own.", remedy)


def _typeset(value: Any) -> str:
    if value.has(sp.nan, sp.zoo):
        raise ProblemError(f"The value {value} is not a number.", "Look for a division by zero in problem.py.")
    ordered, names = _naturally_ordered(value)
    return _plain_parentheses(str(_Printer({"symbol_names": names}).doprint(ordered)))


def _plain_parentheses(latex: str) -> str:
    r"""``\left( \right)`` as plain parentheses where nothing tall stands between them."""
    innermost = re.compile(r"\\left\(((?:(?!\\left|\\right).)*?) ?\\right\)")
    done = innermost.sub(lambda pair: f"({pair[1]})" if not is_tall(pair[1]) else pair[0], latex)
    return done if done == latex else _plain_parentheses(done)


def _naturally_ordered(value: Any) -> tuple[Any, dict[sp.Symbol, str]]:
    """The value with symbols renamed so that x_2 comes before x_10, and how to print the new symbols."""
    symbols = {symbol for symbol in value.free_symbols if isinstance(symbol, sp.Symbol)}
    if not any(re.search(r"\d\d", symbol.name) for symbol in symbols):
        return value, {}
    renamed = {
        symbol: sp.Dummy(re.sub(r"\d+", lambda m: m.group().zfill(9), symbol.name), **symbol.assumptions0)
        for symbol in symbols
    }
    return value.xreplace(renamed), {new: _Printer().doprint(old) for old, new in renamed.items()}


def _decimal(value: float) -> str:
    """The shortest decimal of a float, in powers of ten when it is very large or small."""
    if not np.isfinite(value):
        raise ProblemError(f"The value {value} is not a number.", "Look for an overflow or a division by zero.")
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    if len(digits) > LONGEST_DECIMAL:
        raise ProblemError(
            f"The value {value!r} has no short decimal.", "Use an exact value (Fraction, sympy) or round it."
        )
    assert isinstance(exponent, int)
    if value == 0:
        return "0"
    if exponent >= -7 and len(digits) + exponent <= LONGEST_DECIMAL:
        return f"{Decimal((sign, digits, exponent)):f}"
    power = exponent + len(digits) - 1
    mantissa = Decimal((sign, digits, 1 - len(digits)))
    head = "-" * sign if abs(mantissa) == 1 else rf"{mantissa:f} \cdot "
    return f"{head}10^{{{power}}}"


def _minus_close(latex: str) -> str:
    """``- x`` as ``-x`` and ``2 x`` as ``2x``."""
    return re.sub(r"^(-?[\d.]+) (?=[A-Za-z(\\])(?!\\cdot)", r"\1", re.sub(r"^- ", "-", latex))


def _close_argument(latex: str) -> str:
    r"""``f{\left(x \right)}`` as ``f\left(x\right)``, which TeX sets without a space."""
    head, bracket, rest = latex.partition(r"{\left(")
    body, end, tail = rest.rpartition(r" \right)}")
    return rf"{head}\left({body}\right){tail}" if bracket and end else latex


class _Printer(LatexPrinter):  # type: ignore[misc]
    """sympy's LaTeX with the habits of printed exams: close signs, ``bmatrix``, plain brackets round plain content."""

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        terms = [term for term in map(_without_units, expr.args) if term is not sp.S.Zero]
        if tuple(terms) != expr.args:
            return str(self._print(sp.Add(*terms, evaluate=False)))
        below = {sp.fraction(term)[1] for term in terms} if expr.is_number and not expr.is_Rational else set()
        if len(below) == 1 and (bottom := below.pop()).is_Integer and bottom > 1:
            top = sp.Add(*(term * bottom for term in terms))
            return rf"\frac{{{self._print(top)}}}{{{bottom}}}"
        return str(super()._print_Add(expr, order=order))

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        terms = super()._as_ordered_terms(expr, order=order)
        return sorted(terms, key=lambda term: not term.is_Rational) if expr.is_number else list(terms)

    def _print_Mul(self, expr: Any) -> str:
        if not isinstance(expr, sp.Mul):
            return str(super()._print_Mul(expr))
        plain = _without_units(expr)
        if plain != expr:
            return str(self._print(plain))
        return _minus_close(str(super()._print_Mul(expr)))

    def _print_Rational(self, expr: Any) -> str:
        return _minus_close(str(super()._print_Rational(expr)))

    def _print_MatMul(self, expr: Any) -> str:
        return _minus_close(str(super()._print_MatMul(expr)))

    def _print_Function(self, expr: Any, exp: Any = None) -> str:
        return _close_argument(str(super()._print_Function(expr, exp)))

    def _print_log(self, expr: Any, exp: Any = None) -> str:
        return _close_argument(str(super()._print_log(expr, exp)))

    def _print_Float(self, expr: Any) -> str:
        return _decimal(float(expr))

    def _print_MatrixBase(self, expr: Any) -> str:
        return bracketed([[self._print(entry) for entry in row] for row in expr.tolist()])

    def _print_Tuple(self, expr: Any) -> str:
        return fenced("(", ", ".join(self._print(member) for member in expr), ")")

    def _print_FiniteSet(self, expr: Any) -> str:
        members = sorted(expr.args, key=_ascending)
        return fenced(r"\{", ", ".join(self._print(member) for member in members), r"\}")

    def _print_Interval(self, expr: Any) -> str:
        left, right = "(" if expr.left_open else "[", ")" if expr.right_open else "]"
        return fenced(left, f"{self._print(expr.start)}, {self._print(expr.end)}", right)


for _kind in ("ImmutableDenseMatrix", "MutableDenseMatrix", "ImmutableSparseMatrix", "MutableSparseMatrix"):
    setattr(_Printer, f"_print_{_kind}", _Printer._print_MatrixBase)


def _without_units(term: Any) -> Any:
    """A product that was left unevaluated, such as ``1*x`` or ``x*(-3)``, with one number, first, unless it is 1."""
    if not isinstance(term, sp.Mul):
        return term
    factors = _flat_factors(term)
    others = [factor for factor in factors if not factor.is_Number]
    number = sp.Mul(*(factor for factor in factors if factor.is_Number))
    if not others or number is sp.S.Zero:
        return number if number is sp.S.Zero else term
    kept = others if number is sp.S.One else [number, *others]
    plain = sp.Mul(*kept, evaluate=False) if len(kept) > 1 else kept[0]
    return term if tuple(kept) == term.args else plain


def _flat_factors(product: Any) -> list[Any]:
    """The factors of a product, with those of products in it (which only unevaluated products have)."""
    return [
        inner
        for factor in product.args
        for inner in (_flat_factors(factor) if isinstance(factor, sp.Mul) else [factor])
    ]


def _ascending(member: Any) -> tuple[Any, ...]:
    real = isinstance(member, sp.Expr) and member.is_extended_real and not member.free_symbols
    return (0, member, ()) if real else (1, 0, sp.default_sort_key(member))


def is_tall(latex: str) -> bool:
    """Whether a formula is higher than a line, so that brackets round it must grow."""
    return re.search(r"\\[dt]?frac|\\begin|\\binom|\\sum|\\int", latex) is not None


def fenced(left: str, inner: str, right: str) -> str:
    """A formula in brackets, which grow when it is tall."""
    return rf"\left{left} {inner} \right{right}" if is_tall(inner) else f"{left}{inner}{right}"


def bracketed(rows: Sequence[Sequence[str]]) -> str:
    """A matrix of printed entries in square brackets.

    Raises:
        ProblemError: when there are no entries.
    """
    if not rows or not rows[0]:
        raise ProblemError("A matrix without entries has no look.", "Draw it with at least one row and one column.")
    body = joined_rows([" & ".join(row) for row in rows])
    if len(rows[0]) <= WIDEST_BMATRIX:
        return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"
    return rf"\left[\begin{{array}}{{*{{{len(rows[0])}}}{{c}}}} {body} \end{{array}}\right]"


def joined_rows(rows: Sequence[str]) -> str:
    """Rows of an array one below the other, with room between them where fractions stand."""
    return (r" \\[6pt] " if any(map(is_tall, rows)) else r" \\ ").join(rows)
