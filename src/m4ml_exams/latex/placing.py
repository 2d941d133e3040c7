"""A value as it must print where it stands: in braces, in parentheses, as code, or refused."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import accumulate

import numpy as np
import sympy as sp

from m4ml_exams.errors import ProblemError
from m4ml_exams.latex.context import Spot
from m4ml_exams.latex.forms import is_sum, parenthesised
from m4ml_exams.latex.values import code, show
from m4ml_exams.model import Figure, Latex

_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_ATOM = re.compile(
    rf"(?:[A-Za-z]|\d+(?:\.\d+)?|\\[A-Za-z]+(?:{_GROUP})*|{_GROUP})(?P<index>_(?:\w|\\[A-Za-z]+|{_GROUP}))?"
)
_ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>[^{}]+)\}(?:(?!\\begin\{(?P=name)\}|\\end\{(?P=name)\}).)*\\end\{(?P=name)\}", re.DOTALL
)


def placed(value: object, spot: Spot) -> Latex:
    """The LaTeX of a value at its spot.

    Raises:
        ProblemError: when the value has no look, or would run into a digit before it.
    """
    if spot.verbatim:
        return Latex(code(value).replace("\n", "\n" + spot.indent))
    text = show(value)
    if spot.before == "digit" and _is_number(value) and text[:1].isdigit():
        raise ProblemError(
            f"The number {text} would print as more digits of the number before it.",
            r"Write \cdot between them, or compute the whole number in problem.py.",
        )
    if _needs_parentheses(value, text, spot):
        text = parenthesised(text)
    if spot.braces == "sure" or (spot.braces == "maybe" and _fits_braces(value, text)):
        return Latex(f"{{{text}}}")
    return Latex(f"{{{text}}}" if spot.optional and "]" in text else text)


def _needs_parentheses(value: object, text: str, spot: Spot) -> bool:
    if spot.after in ("^", "_", "!") and not _is_atom(value, text, spot.after):
        return True
    if not _is_number(value) and not isinstance(value, sp.Expr):
        return False
    if text.startswith("-") and spot.before:
        return True
    if spot.before == "/" and isinstance(value, sp.Mul) and not text.startswith(r"\frac"):
        return True
    return is_sum(value) and (spot.before not in ("", "+") or spot.after in ("factor", "/"))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, Fraction, np.number, sp.Number))


def _is_atom(value: object, text: str, script: str) -> bool:
    """Whether an exponent, index or factorial sign after the printed value takes hold of the whole of it."""
    if isinstance(value, (sp.MatrixBase, sp.FiniteSet, sp.Interval, np.ndarray, Figure)):
        return True
    if _in_parentheses(text):
        return True
    atom = _ATOM.fullmatch(text)
    if atom:
        return not (atom["index"] and script == "_") and not text.startswith((r"\frac", r"\tfrac", r"\dfrac"))
    return _ENVIRONMENT.fullmatch(text) is not None


def _in_parentheses(text: str) -> bool:
    """Whether one pair of parentheses holds the whole text, as after the filter ``paren``."""
    inner = text.removeprefix(r"\left").removesuffix(")").removesuffix(r"\right")
    if not (inner.startswith("(") and text.endswith(")")):
        return False
    depths = list(accumulate({"(": 1, ")": -1}.get(char, 0) for char in inner))
    return min(depths) > 0 and depths[-1] == 1


def _fits_braces(value: object, text: str) -> bool:
    """Whether braces do no harm: not round pictures, nor round cells and rows of a table."""
    return not isinstance(value, Figure) and re.search(r"(?<!\\)&|\\\\", _ENVIRONMENT.sub("", text)) is None
