"""Answers: their types, how a candidate is judged, how values are read, written and turned into numbers."""

from m4ml_exams.answers.answer_codec import load_answer, write_answer
from m4ml_exams.answers.codec import load_value, write_value
from m4ml_exams.answers.equality import equal_values, same_members
from m4ml_exams.answers.judging import accepts
from m4ml_exams.answers.numeric import as_numpy
from m4ml_exams.answers.reader import read_value
from m4ml_exams.answers.types import (
    Answer,
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
from m4ml_exams.answers.values import AnswerError, exact_value, math_value
from m4ml_exams.answers.views import entry, printing, rule_of, samples_of, shape_of, value_of

__all__ = [
    "Answer",
    "AnswerError",
    "AnyIn",
    "AnyOf",
    "Exact",
    "Expression",
    "Option",
    "Options",
    "Rubric",
    "SameSpan",
    "SetOf",
    "UpToScale",
    "Where",
    "accepts",
    "as_numpy",
    "entry",
    "equal_values",
    "exact_value",
    "load_answer",
    "load_value",
    "math_value",
    "printing",
    "read_value",
    "rule_of",
    "same_members",
    "samples_of",
    "shape_of",
    "value_of",
    "write_answer",
    "write_value",
]
