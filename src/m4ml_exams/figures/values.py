"""Exact values into figures: what may be drawn, how a number is written, how a finished picture is handed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from numbers import Integral
from typing import Any

import sympy as sp
from pylatex import NoEscape
from pylatex.base_classes import LatexObject
from pylatex.position import Center

from ..errors import ProblemError
from ..model import Figure

Pair = tuple[Fraction, Fraction]

_BEFORE, _AFTER = "\\begin{center}\n", "\n\\end{center}"


class FigureError(ProblemError):
    """A figure was asked for that cannot be drawn."""


def exact(value: object, what: str) -> sp.Expr:
    """A value as an exact, real, finite sympy number.

    Args:
        value: an int, numpy integer, Fraction or sympy number.
        what: what the value is, for the error message, such as "x of point 2".

    Raises:
        FigureError: for floats, truth values, strings, and expressions that are not real numbers.
    """
    if isinstance(value, Integral) and not isinstance(value, bool):
        return sp.Integer(int(value))
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    if isinstance(value, float) or (isinstance(value, sp.Basic) and value.has(sp.Float)):
        raise FigureError(
            f"A figure got the float {value} as {what}.", "Give an exact value: an int, a Fraction or a sympy number."
        )
    if isinstance(value, sp.Expr) and not value.free_symbols and value.is_real and value.is_finite:
        return value
    raise FigureError(
        f"A figure got {value!r} as {what}; it draws only real numbers.",
        "Give an int, a Fraction or a sympy number without symbols.",
    )


def fraction(value: object, what: str) -> Fraction:
    """The place of an exact value on the number line: itself when rational, else within 1e-12."""
    number = exact(value, what)
    if not isinstance(number, sp.Rational):
        number = sp.Rational(str(sp.N(number, 30))).limit_denominator(10**12)
    return Fraction(int(number.p), int(number.q))


def items(value: object, what: str) -> list[Any]:
    """The entries of a list, tuple, vector (sympy or numpy), in order; FigureError for anything else."""
    if isinstance(value, sp.MatrixBase):
        return list(value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return list(value)
    raise FigureError(f"A figure got {value!r} as {what}.", "Give a list of values.")


def some(value: object, what: str) -> list[Any]:
    """Like :func:`items`, and at least one entry."""
    entries = items(value, what)
    if not entries:
        raise FigureError(f"A figure got no {what}.", f"Give at least one of the {what}.")
    return entries


def exact_pair(value: object, what: str) -> tuple[sp.Expr, sp.Expr]:
    """Two coordinates, exact."""
    entries = items(value, what)
    if len(entries) != 2:
        raise FigureError(
            f"A figure got {len(entries)} numbers as {what}; it draws in the plane.", "Give two numbers (x, y)."
        )
    return exact(entries[0], f"x of {what}"), exact(entries[1], f"y of {what}")


def exact_pairs(values: object, what: str) -> tuple[tuple[sp.Expr, sp.Expr], ...]:
    """Points, at least one, exact; the rows of an n x 2 matrix will do."""
    rows = [values.row(i) for i in range(values.rows)] if isinstance(values, sp.MatrixBase) else some(values, what)
    return tuple(exact_pair(row, f"{what} {number}") for number, row in enumerate(rows, start=1))


def spot(pair: tuple[sp.Expr, sp.Expr]) -> Pair:
    """Where an exact pair is drawn."""
    return fraction(pair[0], "x"), fraction(pair[1], "y")


def decimal(value: Fraction) -> str:
    """A number as TeX reads it: at most five decimals, no trailing zeros, no minus before zero."""
    scaled = round(value * 10**5)
    digits = f"{abs(scaled):06d}"
    text = f"{digits[:-5]}.{digits[-5:]}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def math(value: sp.Basic) -> str:
    r"""A value as inline math, such as ``$-\frac{1}{2}$``."""
    body = re.sub(r"(^|[({[])- ", r"\1-", sp.latex(value))
    return f"${body}$"


def label(value: object, what: str) -> str:
    """A label: a string is LaTeX already, None is nothing, a number or expression is printed as math.

    Raises:
        FigureError: when braces or dollars do not pair up, or the value has no look.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return math(value) if isinstance(value, sp.Basic) and not value.has(sp.Float) else math(exact(value, what))
    bare = re.sub(r"\\.", "", value, flags=re.DOTALL)
    if bare.count("$") % 2 or _unbalanced(bare) or re.search(r"\n\s*\n", value):
        raise FigureError(
            f"The LaTeX of {what}, '{value}', is cut short: braces or dollars do not pair up.",
            r"Close every { and $, and write \{ or \$ for the signs themselves.",
        )
    return str(value)


def _unbalanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return True
    return depth != 0


def labels(values: Sequence[object] | None, count: int, what: str) -> list[str]:
    """Labels for ``count`` things; none at all when ``values`` is None; FigureError when the numbers differ."""
    if values is None:
        return [""] * count
    entries = items(values, what)
    if len(entries) != count:
        raise FigureError(
            f"A figure got {len(entries)} {what} for {count} things to label.",
            "Give one label for each, or None for a thing without.",
        )
    return [label(entry, what) for entry in entries]


def plain(drawing: LatexObject) -> str:
    """LaTeX without line-end comments and blank lines, so that it may stand in a paragraph or an argument."""
    source = re.sub(r"(?<!\\)((?:\\\\)*)%[ \t]*$", r"\1", str(drawing.dumps()), flags=re.MULTILINE)
    lines = "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
    return re.sub(r"(?<=\d\))\n(?=\(-?\d)", " ", lines)  # the coordinates of a curve on one line


def finish(drawing: LatexObject | NoEscape, data: Mapping[str, Any]) -> Figure:
    """The finished figure: centred on lines of its own."""
    return Figure(plain(Center(data=[drawing])), dict(data))


def inline(figure: Figure) -> Figure:
    r"""The same figure as one box without centring: for options, table cells and rows of pictures."""
    if figure.latex.startswith(_BEFORE) and figure.latex.endswith(_AFTER):
        return Figure(figure.latex.removeprefix(_BEFORE).removesuffix(_AFTER), figure.data)
    return figure


def side_by_side(*figures: Figure, captions: Sequence[object] | None = None) -> Figure:
    """Figures in one centred row, each with a caption below if given.

    Args:
        figures: at least one; together not wider than the text.
        captions: LaTeX or values, one for each figure.

    Returns:
        A figure whose data are ``{"figures": (data of each, ...)}``.
    """
    some(figures, "figures")
    words = labels(captions, len(figures), "captions")
    boxes = [
        inline(figure).latex
        if captions is None
        else f"\\begin{{tabular}}[b]{{@{{}}c@{{}}}}\n{inline(figure).latex}\\\\\n{word}\n\\end{{tabular}}"
        for figure, word in zip(figures, words, strict=True)
    ]
    row = NoEscape("\n\\qquad\n".join(boxes))
    return finish(row, {"figures": tuple(figure.data for figure in figures)})
