"""The names that a problem.py may import."""

from m4ml_exams import figures, nice
from m4ml_exams.answers import (
    AnyIn,
    AnyOf,
    Exact,
    Expression,
    Option,
    Options,
    Rubric,
    SameSpan,
    SetOf,
    UpToScale,
    Where,
)
from m4ml_exams.bank import Meta
from m4ml_exams.claims import Always, Could, Impossible, Must, Never, Sometimes, samplers
from m4ml_exams.latex import augmented, linear_combination, row, system
from m4ml_exams.model import Code, Figure, Latex
from m4ml_exams.programs import output_of

__all__ = [
    "Always",
    "AnyIn",
    "AnyOf",
    "Code",
    "Could",
    "Exact",
    "Expression",
    "Figure",
    "Impossible",
    "Latex",
    "Meta",
    "Must",
    "Never",
    "Option",
    "Options",
    "Rubric",
    "SameSpan",
    "SetOf",
    "Sometimes",
    "UpToScale",
    "Where",
    "augmented",
    "figures",
    "linear_combination",
    "nice",
    "output_of",
    "row",
    "samplers",
    "system",
]
