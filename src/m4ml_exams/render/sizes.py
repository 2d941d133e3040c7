"""How large a blank is when its author does not say: by the shape and kind of its answer, equal in all versions."""

from __future__ import annotations

import sympy as sp

from m4ml_exams.answers import Answer, AnyIn, Expression, SetOf, shape_of, value_of
from m4ml_exams.model import Blank


def blank_size(blank: Blank, answer: Answer | None) -> tuple[str, str]:
    """Width and height as TeX lengths.

    A scalar gets 3 x 1 cm, an entry of a vector or matrix 1.5 x 0.8 cm, an expression, set or interval 6 x 1 cm, and
    an array 1.3 cm a column and 0.65 cm a row, with room round it; a list or set of vectors a little more for the
    brackets of each. A blank in an option gets 3 x 0.8 cm whatever belongs there, so that its size tells nothing.
    """
    width, height = _default(blank, answer)
    return blank.width or f"{width:g}cm", blank.height or f"{height:g}cm"


def _default(blank: Blank, answer: Answer | None) -> tuple[float, float]:
    if blank.in_option:
        return 3.0, 0.8
    if answer is None:
        return 3.0, 0.9
    if blank.answer and blank.answer.index:
        return 1.5, 0.8
    rows, columns = shape_of(answer) or (1, 1)
    if isinstance(answer, Expression | SetOf | AnyIn) and rows == 1:
        return 6.0, 1.0
    if (rows, columns) == (1, 1):
        return 3.0, 1.0
    if rows > 1 and isinstance(value_of(answer), list | sp.FiniteSet):
        return 1.8 * columns + 1.2, 0.65 * rows + 0.8
    if isinstance(answer, Expression):
        return 4.5 * columns, 0.65 * rows + 0.8
    return 1.3 * columns + 1.2, 0.65 * rows + 0.8
