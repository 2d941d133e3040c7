r"""Forms that are put together from several values: linear combinations, systems of equations, coefficients.

Each gives :class:`Latex`, so that its result can be printed with ``\VAR`` or handed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import sympy as sp

from m4ml_exams.errors import ProblemError
from m4ml_exams.latex.values import bracketed, is_tall, joined_rows, show
from m4ml_exams.model import Latex


def linear_combination(coefficients: object, names: Iterable[str]) -> Latex:
    r"""A linear combination such as ``2v_1 - v_2 + 3v_3``; ``0`` when all coefficients are zero.

    Args:
        coefficients: numbers or expressions (a list, a numpy array, or a matrix of one row or column).
        names: what they stand before, as LaTeX; an empty name makes the coefficient a constant term.

    Raises:
        ProblemError: when there are not as many names as coefficients.
    """
    terms = _terms(_vector(coefficients), list(names))
    text = "".join(f" {sign} {body}" for sign, body in terms if body)
    return Latex(text[3:] if text.startswith(" + ") else "-" + text[3:] if text else "0")


def system(A: object, b: object, names: Iterable[str]) -> Latex:
    r"""The equations ``A x = b`` one below the other, like terms in columns, nothing where a coefficient is zero.

    Args:
        A: matrix of coefficients (sympy, numpy or nested lists).
        b: right sides, as many as ``A`` has rows.
        names: names of the unknowns as LaTeX, as many as ``A`` has columns.

    Raises:
        ProblemError: when the sizes do not fit.
    """
    left, right, unknowns = _rows(A), _vector(b), list(names)
    if len(right) != len(left):
        raise ProblemError(
            f"A system with {len(left)} rows of coefficients has {len(right)} right sides.",
            "Give as many right sides as rows.",
        )
    rows = [_equation(_terms(line, unknowns), show(value)) for line, value in zip(left, right, strict=True)]
    columns = "r" + r"@{\;}c@{\;}r" * (len(unknowns) - 1) + r"@{\;}c@{\;}r"
    return Latex(rf"\begin{{array}}{{@{{}}{columns}@{{}}}} {joined_rows(rows)} \end{{array}}")


def augmented(A: object, b: object) -> Latex:
    r"""The augmented matrix ``[A | b]``; ``b`` may have several columns.

    Raises:
        ProblemError: when ``A`` and ``b`` have different numbers of rows.
    """
    left, right = _rows(A), _rows(b)
    if len(left) != len(right):
        raise ProblemError(
            f"An augmented matrix has {len(left)} rows on its left and {len(right)} on its right.",
            "Give as many right sides as rows.",
        )
    rows = [" & ".join(map(show, [*one, *other])) for one, other in zip(left, right, strict=True)]
    columns = "r" * len(left[0]) + "|" + "r" * len(right[0])
    return Latex(rf"\left[\begin{{array}}{{{columns}}} {joined_rows(rows)} \end{{array}}\right]")


def row(value: object) -> Latex:
    """A vector (list, row or column) as a matrix of one row."""
    return Latex(bracketed([[show(entry) for entry in _vector(value)]]))


def signed(value: object) -> Latex:
    r"""A term with its sign as an operator before it: ``{} + 3``, ``{} - 3``; also of what ``coef`` gives."""
    text = show(value)
    return Latex("{} - " + text[1:].lstrip() if text.startswith("-") else "{} + " + text)


def paren(value: object) -> Latex:
    """A factor: in parentheses when it is a sum or begins with a minus, else as it is."""
    text = show(value)
    needed = text.startswith("-") or is_sum(value) or (isinstance(value, Latex) and has_operator(text))
    return Latex(parenthesised(text) if needed else text)


def coef(value: object) -> Latex:
    r"""A coefficient before a symbol: 1 gives nothing, -1 gives ``-``, a sum gets parentheses.

    Raises:
        ProblemError: for 0, whose term should not be printed at all.
    """
    sign, body = _coefficient(value)
    if not body and not sign:
        raise ProblemError(
            "A coefficient that is 0 stands before a symbol.", "Use linear_combination, which leaves such terms out."
        )
    return Latex(("-" if sign == "-" else "") + ("" if body == "1" else body))


def parenthesised(text: str) -> str:
    """A formula in parentheses; they grow when it is tall."""
    return rf"\left({text}\right)" if is_tall(text) else f"({text})"


def is_sum(value: object) -> bool:
    """Whether a value prints as a sum, complex numbers included."""
    return isinstance(value, sp.Add) or (isinstance(value, sp.Poly) and isinstance(value.as_expr(), sp.Add))


def has_operator(text: str) -> bool:
    """Whether a formula has a plus or minus outside of braces and brackets."""
    depth = 0
    for char in text:
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(char, 0)
        if depth == 0 and char in "+-":
            return True
    return False


def _coefficient(value: object) -> tuple[str, str]:
    """Sign (``+``, ``-``; nothing for zero) and printed size of a coefficient."""
    if not isinstance(value, str) and value == 0 and value is not False:
        return "", ""
    text = show(value)
    if is_sum(value) or (isinstance(value, Latex) and has_operator(text.removeprefix("-"))):
        return "+", parenthesised(text)
    return ("-", text[1:].lstrip()) if text.startswith("-") else ("+", text)


def _terms(coefficients: Iterable[object], names: list[str]) -> list[tuple[str, str]]:
    """Sign and body of each term; both empty where the coefficient is zero."""
    values = list(coefficients)
    if len(values) != len(names):
        raise ProblemError(
            f"A linear combination has {len(values)} coefficients and {len(names)} names.",
            "Give one name for each coefficient.",
        )
    terms = []
    for value, name in zip(values, names, strict=True):
        sign, body = _coefficient(value)
        terms.append((sign, body if not name else _joined("" if body == "1" else body, name)))
    return [(sign, body if sign else "") for sign, body in terms]


def _joined(body: str, name: str) -> str:
    if body and name[0].isdigit():
        return rf"{body} \cdot {name}"
    ends_in_word = body[-1:].isalpha() and name[0].isalpha()
    return f"{body} {name}" if ends_in_word else body + name


def _equation(terms: list[tuple[str, str]], right: str) -> str:
    """A row of the array: term, operator, term, ..., equals sign, right side."""
    cells: list[str] = []
    begun = False
    for index, (sign, body) in enumerate(terms):
        operator = sign if begun else ""
        lead = "-" if sign == "-" and not begun else ""
        cells += [operator, lead + body] if index else [lead + body]
        begun = begun or bool(body)
    if not begun:
        cells[-1] = "0"
    return " & ".join([*cells, "=", right])


def _rows(value: object) -> list[list[Any]]:
    """The rows of a matrix of any kind; a plain list is a column.

    Raises:
        ProblemError: for anything else, rows of different lengths, and matrices without entries.
    """
    entries = value.tolist() if isinstance(value, (sp.MatrixBase, np.ndarray)) else value
    if not isinstance(entries, (list, tuple)):
        raise ProblemError(
            f"A value of type {type(value).__name__} stands where a matrix or vector is due.",
            "Give a sympy matrix, a numpy array or a list.",
        )
    rows = [list(entry) if isinstance(entry, (list, tuple)) else [entry] for entry in entries]
    if not rows or not rows[0] or len({len(line) for line in rows}) > 1:
        raise ProblemError("A matrix has no entries, or rows of different lengths.", "Give each row as many entries.")
    return rows


def _vector(value: object) -> list[Any]:
    rows = _rows(value)
    if len(rows) > 1 and len(rows[0]) > 1:
        raise ProblemError(
            f"A matrix of {len(rows)} rows and {len(rows[0])} columns stands where a vector is due.",
            "Give a list, or a matrix with one row or one column.",
        )
    return [entry for line in rows for entry in line]
