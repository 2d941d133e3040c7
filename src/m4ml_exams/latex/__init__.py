"""How values look on paper, and how they come into the words of a problem."""

from m4ml_exams.latex.environment import environment, names_used, render_source
from m4ml_exams.latex.forms import augmented, coef, linear_combination, paren, row, signed, system
from m4ml_exams.latex.source import strip_comments
from m4ml_exams.latex.values import code, escape, show

__all__ = [
    "augmented",
    "code",
    "coef",
    "environment",
    "escape",
    "linear_combination",
    "names_used",
    "paren",
    "render_source",
    "row",
    "show",
    "signed",
    "strip_comments",
    "system",
]
