"""Options that are equal, or right all together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import sympy as sp
from sympy.matrices import MatrixBase

from m4ml_exams.answers import (
    Answer,
    AnswerError,
    AnyOf,
    Exact,
    SetOf,
    UpToScale,
    accepts,
    equal_values,
    read_value,
    same_members,
)
from m4ml_exams.assemble import PrintedOption, Question
from m4ml_exams.errors import M4mlError, Place, ProblemError
from m4ml_exams.latex import show
from m4ml_exams.model import Choice
from m4ml_exams.problem_text import PINNED, responses

ROUNDING = 0.005
"""A decimal and a number nearer than this share of their size are the same to who works with three digits."""


def equal_options(question: Question) -> Iterator[M4mlError]:
    """Pairs of options of a choice that a student cannot tell apart, or that are right together."""
    for label, choice in _choices(question):
        answer = question.variant.answers.get(choice.answer or "")
        printed = sorted(
            (option for option in question.options(choice.id) if option.key not in PINNED), key=lambda one: one.key
        )
        for (one, value), (other, twin) in combinations([(each, _value(choice, each)) for each in printed], 2):
            how = _equal(answer, value, twin, one.correct != other.correct)
            if how:
                looks = f"{_look(choice, one)} and {_look(choice, other)}"
                what = f"Part {label}: the options '{one.key}' and '{other.key}' are {how}: {looks}."
                remedy = "Let another mistake, or another text, stand for one of them."
                path = question.variant.problem.source.path
                yield ProblemError(what, remedy, Place(path, choice.line), "equal-options")


def all_right(question: Question) -> Iterator[M4mlError]:
    """Select-alls with nothing to leave out."""
    for label, choice in _choices(question):
        options = question.options(choice.id)
        free = [option for option in options if option.key not in PINNED]
        if choice.multiple and free and len(free) == sum(option.correct for option in free):
            if any(option.key == "+" for option in options):
                continue
            what = f"Part {label}: every option of the select-all is right."
            remedy = "Add a wrong one, or \\choice[+] All of the above."
            path = question.variant.problem.source.path
            yield ProblemError(what, remedy, Place(path, choice.line), "all-right")


def _choices(question: Question) -> Iterator[tuple[str, Choice]]:
    for label, response in responses(question.statement):
        if isinstance(response, Choice):
            yield label, response


def _value(choice: Choice, option: PrintedOption) -> Any:
    """What an option says: a value, or its text where that does not read as one."""
    return read_option(_text(choice, option)) if option.value is None else option.value


def _text(choice: Choice, option: PrintedOption) -> str:
    return next(written.text.latex for written in choice.options if written.key == option.key)


def _equal(answer: Answer | None, one: Any, other: Any, one_is_right: bool) -> str | None:
    """How two options are equal; None when they are not."""
    if isinstance(one, str) or isinstance(other, str):
        return None  # equal texts are refused when the words are read
    if equal_values(one, other):
        return "equal"
    if _same_set(answer, one, other):
        return "the same set"
    if one_is_right and _multiples(one, other) and not isinstance(answer, Exact | AnyOf):
        return "multiples of each other"
    if _rounded(one, other):
        return "equal after rounding"
    return None


def _same_set(answer: Answer | None, one: Any, other: Any) -> bool:
    """Whether two sets or lists have the same members; points, written (1, 2), have an order."""
    if isinstance(answer, SetOf) and isinstance(one, sp.FiniteSet):
        return accepts(SetOf(*one.args), other)
    return isinstance(one, list) and isinstance(other, list) and same_members(one, other)


def _multiples(one: Any, other: Any) -> bool:
    if not (isinstance(one, MatrixBase) and isinstance(other, MatrixBase) and one.shape == other.shape):
        return False
    return any(one) and any(other) and accepts(UpToScale(one), other)


def _rounded(one: Any, other: Any) -> bool:
    """Whether a decimal is what the other number rounds to; two exact numbers may lie near each other."""
    numbers = [value for value in (one, other) if isinstance(value, sp.Expr) and value.is_number]
    if len(numbers) < 2 or not any(map(_is_decimal, numbers)):
        return False
    first, second = map(complex, numbers)
    return abs(first - second) < ROUNDING * max(abs(first), abs(second))


def _is_decimal(number: sp.Expr) -> bool:
    return bool(number.is_Rational) and number.q > 4 and set(sp.factorint(number.q)) <= {2, 5}


def _look(choice: Choice, option: PrintedOption) -> str:
    return " ".join((_text(choice, option) if option.value is None else f"${show(option.value)}$").split())


_SPACES = re.compile(r"\\[,;:!]|~|\\(?:quad|qquad|displaystyle|left|right)\b|\s+")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_MATRIX = re.compile(r"\\begin\{[bpv]?matrix\}(.*)\\end\{[bpv]?matrix\}")


def read_option(latex: str) -> Any:
    """The value that an option's text is, when it is a number, an expression, a set or a matrix of such in dollars.

    Args:
        latex: the text of an option.

    Returns:
        A sympy value, or the text without insignificant space when it reads as none.
    """
    bare = _SPACES.sub(" ", latex).strip().rstrip(".").strip()
    formula = re.fullmatch(r"\$(.*)\$", bare) or re.fullmatch(r"\\\((.*)\\\)", bare)
    if formula is None or "$" in formula[1]:
        return bare
    try:
        return _read(formula[1].strip())
    except AnswerError:
        return bare.replace(" ", "")


def _read(formula: str) -> Any:
    matrix = _MATRIX.fullmatch(formula)
    if matrix:
        rows = [row.split("&") for row in re.sub(r"\\\\(\[[^]]*\])?\s*$", "", matrix[1]).split(r"\\")]
        if len({len(row) for row in rows}) > 1:
            raise AnswerError("The rows have different lengths.", "")
        return sp.ImmutableMatrix([[_read(entry.strip()) for entry in row] for row in rows])
    plain = _FRACTION.sub(r"((\1)/(\2))", formula)
    plain = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", plain).replace(r"\{", "{").replace(r"\}", "}")
    if "\\" in plain:
        raise AnswerError("There are other commands in it.", "")
    return read_value(plain)
