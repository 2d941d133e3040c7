"""The printer of the codec: expressions to text that :mod:`m4ml_exams.answers.reader` reads back.

It looks at the tree only and never uses sympy's printers, and puts terms and factors into an order of its own, so that
a sympy that prints or sorts differently changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from m4ml_exams.answers.functions import CONSTANTS, FUNCTIONS, SHORTHANDS
from m4ml_exams.answers.values import AnswerError

RESERVED = frozenset(
    {
        *CONSTANTS,
        *FUNCTIONS,
        *SHORTHANDS,
        *("true", "false", "True", "False", "Add", "Mul", "Pow", "and", "or", "not", "piecewise"),
    }
)
PIECES: Mapping[str, Any] = {
    "piecewise": lambda *pieces, **options: sp.Piecewise(*pieces, **options),
    "and": sp.And,
    "or": sp.Or,
    "not": sp.Not,
}
TREE: Mapping[str, Any] = {**PIECES, "Add": sp.Add, "Mul": sp.Mul, "Pow": sp.Pow}

_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_NAMES = {kind: name for name, kind in FUNCTIONS.items()}
_LOGIC = {sp.And: "and", sp.Or: "or", sp.Not: "not"}
_SIGNS = {sp.Eq: "==", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<=", sp.Gt: ">", sp.Ge: ">="}
_CONSTANTS = {sp.pi: "pi", sp.E: "e", sp.I: "i", sp.oo: "oo", -sp.oo: "-oo"}

_UNORDERED = (sp.And, sp.Or, sp.Max, sp.Min)

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


def aliases(symbols: Any) -> dict[Any, str]:
    """A name for each symbol that the reader can read: its own where plain and free, else ``s1``, ``s2``, ..."""
    ordered = sorted(symbols, key=lambda symbol: (symbol.name, assumptions_of(symbol)))
    for symbol in ordered:
        if type(symbol) is not sp.Symbol:
            raise AnswerError(
                f"A symbol of kind {type(symbol).__name__} cannot be kept.", "Use sympy.Symbol or sympy.symbols."
            )
    names = [symbol.name for symbol in ordered]
    named: dict[Any, str] = {}
    for symbol in ordered:
        plain = _PLAIN_NAME.match(symbol.name) and symbol.name not in RESERVED and names.count(symbol.name) == 1
        if plain:
            named[symbol] = symbol.name
    number = 0
    for symbol in ordered:
        while symbol not in named:
            number += 1
            if f"s{number}" not in names:
                named[symbol] = f"s{number}"
    return named


def legend(named: Mapping[Any, str]) -> dict[str, dict[str, Any]]:
    """For each name that does not speak for itself: the symbol's assumptions, and its own name where it has another."""
    notes = {}
    for symbol, name in named.items():
        note: dict[str, Any] = {} if symbol.name == name else {"name": symbol.name}
        note.update(assumptions_of(symbol))
        if note:
            notes[name] = note
    return notes


_TELLING = (
    *("real", "integer", "nonnegative", "nonpositive", "nonzero", "rational", "even", "odd", "prime"),
    *("negative", "positive"),
)


@lru_cache(maxsize=1024)
def assumptions_of(symbol: Any) -> tuple[tuple[str, bool], ...]:
    """The fewest assumptions from which sympy derives all assumptions of a symbol."""
    known = {name: bool(truth) for name, truth in symbol.assumptions0.items() if truth is not None}
    for name in sorted(known, key=lambda name: (name in _TELLING, _TELLING.index(name) if name in _TELLING else name)):
        fewer = {other: truth for other, truth in known.items() if other != name}
        if sp.Symbol(symbol.name, **fewer) == symbol:
            known = fewer
    return tuple(sorted(known.items()))


def text_of(expr: Any, named: Mapping[Any, str]) -> str:
    """An expression or relation in ordinary notation.

    Args:
        expr: the expression.
        named: the name to print for each symbol; see :func:`aliases`.

    Raises:
        AnswerError: for what the notation does not have, such as an undefined function or an integral.
    """
    return _print(expr, named)[0]


def _print(expr: Any, named: Mapping[Any, str]) -> tuple[str, int]:
    """The text and how strongly its outermost sign binds."""
    if expr in _CONSTANTS:
        return _CONSTANTS[expr], _SUM if expr == -sp.oo else _ATOM
    if expr.is_Rational:
        return _rational(expr)
    if expr.is_Symbol:
        return named[expr], _ATOM
    if expr.is_Add:
        return _sum(expr, named), _SUM
    if expr.is_Mul:
        return _product(expr, named)
    if expr.is_Pow:
        return _power(expr.base, expr.exp, named)
    if isinstance(expr, Relational) and type(expr) in _SIGNS:
        return f"{text_of(expr.lhs, named)} {_SIGNS[type(expr)]} {text_of(expr.rhs, named)}", 0
    return _call(expr, lambda part: text_of(part, named)), _ATOM


def whole(number: int) -> str:
    """The digits of an integer."""
    if number.bit_length() > 12_000:
        raise AnswerError("An integer has more than 3600 digits.", "Keep it as a power, or draw smaller numbers.")
    return str(number)


def _rational(number: Any) -> tuple[str, int]:
    if number.q == 1:
        return whole(int(number.p)), _ATOM if number.p >= 0 else _SUM
    return f"{whole(int(number.p))}/{whole(int(number.q))}", _PRODUCT if number.p > 0 else _SUM


def _wrapped(expr: Any, named: Mapping[Any, str], strength: int) -> str:
    text, binds = _print(expr, named)
    return text if binds >= strength else f"({text})"


def _sum(expr: Any, named: Mapping[Any, str]) -> str:
    sized = ((_degree(term), _wrapped(term, named, _SUM)) for term in expr.args)
    terms = [text for _, text in sorted(sized, key=lambda pair: (-pair[0], _unsigned(pair[1]), pair[1]))]
    signed = [f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in terms[1:]]
    return terms[0] + "".join(signed)


def _degree(term: Any) -> float:
    """The degree by which the terms of a sum are ordered: of a monomial its own, of a number -1, of others 0."""
    if term.is_number:
        return -1
    powers = [factor.as_base_exp() for factor in (term.args if term.is_Mul else [term])]
    return sum(float(exponent) for base, exponent in powers if base.is_Symbol and exponent.is_Rational)


def _unsigned(text: str) -> str:
    """The text of a term without the number that it begins with."""
    return text.lstrip("-0123456789/*")


def _product(expr: Any, named: Mapping[Any, str]) -> tuple[str, int]:
    number, factors = expr.as_coeff_mul()
    above, below = [], []
    for factor in factors:
        if factor.is_Pow and factor.exp.is_Rational and factor.exp < 0 and factor.base != sp.E:
            below.append(_power_text(factor.base, -factor.exp, named))
        else:
            above.append(_wrapped(factor, named, _POWER))
    above.sort()
    below.sort()
    negative = bool(number.is_Rational and number < 0)
    number = -number if negative else number
    if number.is_Rational and number != 1:
        above = ([whole(int(number.p))] if number.p != 1 else []) + above
        below = ([whole(int(number.q))] if number.q != 1 else []) + below
    elif number != 1:
        above = [_wrapped(number, named, _POWER), *above]
    text = "*".join(above) or "1"
    if below:
        text += "/" + (below[0] if len(below) == 1 else f"({'*'.join(below)})")
    return ("-" + text, _SUM) if negative else (text, _PRODUCT)


def _power(base: Any, exponent: Any, named: Mapping[Any, str]) -> tuple[str, int]:
    if exponent.is_Rational and exponent < 0 and base != sp.E:
        return "1/" + _power_text(base, -exponent, named), _PRODUCT
    return _power_text(base, exponent, named), _POWER if exponent != sp.Rational(1, 2) else _ATOM


def _power_text(base: Any, exponent: Any, named: Mapping[Any, str]) -> str:
    """A power as a factor; stands by itself, also below a fraction line."""
    if exponent == 1:
        return _wrapped(base, named, _POWER)
    if exponent == sp.Rational(1, 2):
        return f"sqrt({text_of(base, named)})"
    return f"{_wrapped(base, named, _ATOM)}^{_wrapped(exponent, named, _ATOM)}"


def _call(expr: Any, show: Any) -> str:
    """A function with its arguments, which ``show`` prints."""
    if expr in (sp.true, sp.false):
        return "true" if expr == sp.true else "false"
    if isinstance(expr, sp.Piecewise):
        return f"piecewise({', '.join(f'({show(value)}, {show(condition)})' for value, condition in expr.args)})"
    name = _LOGIC.get(type(expr)) or _NAMES.get(type(expr))
    if name is None:
        raise AnswerError(
            f"The sympy function {type(expr).__name__} cannot be kept in a lock.",
            "Compute it (.doit()), or put it into the text as Latex.",
        )
    arguments = [show(arg) for arg in expr.args]
    return f"{name}({', '.join(sorted(arguments) if isinstance(expr, _UNORDERED) else arguments)})"


def tree_of(expr: Any, named: Mapping[Any, str]) -> str:
    """An expression as nested calls of ``Add``, ``Mul``, ``Pow``: keeps the tree where evaluation would change it."""
    if expr in _CONSTANTS or expr.is_Rational or expr.is_Symbol:
        return _print(expr, named)[0]
    for kind in (sp.Add, sp.Mul, sp.Pow):
        if isinstance(expr, kind):
            return f"{kind.__name__}({', '.join(tree_of(arg, named) for arg in expr.args)})"
    if isinstance(expr, Relational) and type(expr) in _SIGNS:
        return f"{tree_of(expr.lhs, named)} {_SIGNS[type(expr)]} {tree_of(expr.rhs, named)}"
    return _call(expr, lambda part: tree_of(part, named))
