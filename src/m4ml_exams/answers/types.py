"""The answer types: what a student may write, as data.

Values are made exact on construction: ints, Fractions and integer arrays become sympy objects, nested lists matrices.
A float raises :class:`AnswerError`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.matrices import MatrixBase

from m4ml_exams.answers.equality import is_zero, rank
from m4ml_exams.answers.values import AnswerError, exact_set, exact_value, is_scalar, math_value


@dataclass(frozen=True)
class Answer:
    """Base of all answer types."""

    def _set(self, **fields: Any) -> None:
        for name, value in fields.items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Exact(Answer):
    """Only this value: a number, vector, matrix, expression, set, truth value, word, or a list of vectors."""

    value: Any

    def __post_init__(self) -> None:
        self._set(value=math_value(self.value))


@dataclass(frozen=True, init=False)
class AnyOf(Answer):
    """One of several values; the first is printed on the key."""

    values: tuple[Any, ...]

    def __init__(self, *values: Any) -> None:
        if not values:
            raise AnswerError("AnyOf has no values.", "Give at least one value that is right.")
        self._set(values=tuple(math_value(value) for value in values))


@dataclass(frozen=True, init=False)
class AnyIn(Answer):
    """Any number between ``low`` and ``high``; ``closed`` tells whether each end belongs to it."""

    low: Any
    high: Any
    closed: tuple[bool, bool]

    def __init__(self, low: Any, high: Any, closed: Sequence[bool] = (True, True)) -> None:
        ends = math_value(low), math_value(high)
        if not all(is_scalar(end) and end.is_extended_real for end in ends):
            raise AnswerError("An end of AnyIn is not a real number.", "Give two real numbers, or oo and -oo.")
        if len(closed) != 2:
            raise AnswerError("'closed' of AnyIn does not tell both ends.", "Write closed=(True, False) and the like.")
        shut = tuple(bool(side) and bool(end.is_finite) for side, end in zip(closed, ends, strict=True))
        if bool(ends[0] > ends[1]) or (is_zero(ends[0] - ends[1]) and not all(shut)):
            raise AnswerError("AnyIn has no number in it.", "Give the lower end first.")
        self._set(low=ends[0], high=ends[1], closed=shut)


@dataclass(frozen=True, init=False)
class SetOf(Answer):
    """A finite set of values, in any order."""

    values: tuple[Any, ...]

    def __init__(self, *values: Any) -> None:
        exact_set(values)
        self._set(values=tuple(math_value(value) for value in values))


@dataclass(frozen=True)
class UpToScale(Answer):
    """Any non-zero multiple of a vector, matrix or expression."""

    value: Any

    def __post_init__(self) -> None:
        value = math_value(self.value)
        if not (isinstance(value, MatrixBase) or is_scalar(value)) or getattr(value, "is_number", False):
            raise AnswerError("UpToScale is for a vector, a matrix or an expression.", "Use Exact for other values.")
        if all(is_zero(item) for item in (value if isinstance(value, MatrixBase) else [value])):
            raise AnswerError("UpToScale of zero: no multiple of it says anything.", "Draw again, or use Exact.")
        self._set(value=value)


@dataclass(frozen=True, init=False)
class SameSpan(Answer):
    """Any basis of the span of these independent vectors."""

    vectors: tuple[Any, ...]

    def __init__(self, *vectors: Any) -> None:
        listed = vectors[0] if len(vectors) == 1 and _is_list_of_matrices(vectors[0]) else vectors
        exact = tuple(math_value(vector) for vector in listed)
        if not exact or not all(isinstance(v, MatrixBase) and v.shape[1] == 1 for v in exact):
            raise AnswerError("SameSpan is for vectors, at least one.", "Use Exact of the zero vector for {0}.")
        if len({v.shape for v in exact}) > 1:
            raise AnswerError("The vectors of SameSpan have different sizes.", "Give vectors of one space.")
        if rank(sp.Matrix.hstack(*exact)) < len(exact):
            raise AnswerError("The vectors of SameSpan are dependent.", "Give a basis.")
        self._set(vectors=exact)


def _is_list_of_matrices(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, MatrixBase) for item in value)


@dataclass(frozen=True, init=False)
class Expression(Answer):
    """Any expression equivalent to ``expr`` as a function of the named symbols.

    Attributes:
        expr: an expression, or a vector or matrix of expressions.
        names: names of the symbols, in the order of the arguments; all free symbols, by name, when none is given.
        unit: LaTeX of the unit, or None.
    """

    expr: Any
    names: tuple[str, ...]
    unit: str | None

    def __init__(self, expr: Any, *names: Any, unit: str | None = None) -> None:
        exact = math_value(expr)
        if not (is_scalar(exact) or isinstance(exact, MatrixBase)):
            raise AnswerError("Expression is for an expression or a matrix of them.", "Use Exact for other values.")
        free = sorted(symbol.name for symbol in exact.free_symbols)
        if len(set(free)) < len(free):
            raise AnswerError("Two symbols of an expression have the same name.", "Make each symbol once.")
        called = tuple(str(getattr(name, "name", name)) for name in names) or tuple(free)
        missing = [name for name in free if name not in called]
        if missing:
            raise AnswerError(
                f"The expression depends on '{missing[0]}', which is not among its names.",
                "Name it, or put in a value.",
            )
        self._set(expr=exact, names=called, unit=unit)


@dataclass(frozen=True)
class Where(Answer):
    """Any object with a property, such as "an orthogonal matrix that is not diagonal".

    Attributes:
        predicate_name: the property in LaTeX words, for graders.
        witness: one object that has it; printed on the key.
        predicate: from a candidate (sympy) to whether it has the property; None after loading from a lock.
    """

    predicate_name: str
    witness: Any
    predicate: Callable[[Any], Any] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._set(witness=math_value(self.witness))
        if self.predicate is None:
            return
        try:
            holds = bool(self.predicate(self.witness))
        except Exception as error:
            raise AnswerError(
                f"The predicate '{self.predicate_name}' fails on its own witness: {type(error).__name__}: {error}.",
                "Make the predicate work for every object of the witness's kind.",
            ) from error
        if not holds:
            raise AnswerError(
                f"The witness of '{self.predicate_name}' does not have the property.",
                "Mend the witness or the predicate.",
            )


@dataclass(frozen=True)
class Option(Answer):
    """The key of the one right option; ``true`` or ``false`` for a True/False response."""

    key: str

    def __post_init__(self) -> None:
        self._set(key=_option_key(self.key))


@dataclass(frozen=True, init=False)
class Options(Answer):
    """The keys of all right options, sorted; none is allowed."""

    keys: tuple[str, ...]

    def __init__(self, *keys: str) -> None:
        given = [_option_key(key) for key in keys]
        if len(set(given)) < len(given):
            raise AnswerError("Options names a key twice.", "Name each right option once.")
        self._set(keys=tuple(sorted(given)))


def _option_key(key: object) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, str) and key:
        return str(key)
    raise AnswerError(f"The key of an option is not a word: {key!r}.", "Give the key as in \\choice[key].")


@dataclass(frozen=True, init=False)
class Rubric(Answer):
    """Steps that a grader judges, each ``(text in LaTeX, weight)``; weights are positive."""

    steps: tuple[tuple[str, int | Fraction], ...]

    def __init__(self, *steps: tuple[str, int | Fraction]) -> None:
        if not steps:
            raise AnswerError("Rubric has no steps.", 'Give steps such as ("states the theorem", 2).')
        self._set(steps=tuple(_step(step) for step in steps))


def _step(step: object) -> tuple[str, int | Fraction]:
    if isinstance(step, list | tuple) and len(step) == 2 and isinstance(step[0], str):
        weight = exact_value(step[1])
        if isinstance(weight, sp.Rational):
            weight = Fraction(int(weight.p), int(weight.q))
        if isinstance(weight, int | Fraction) and not isinstance(weight, bool) and weight > 0:
            return step[0], int(weight) if weight == int(weight) else weight
    raise AnswerError(f"A step of Rubric is not a text with a weight: {step!r}.", 'Write ("states the theorem", 2).')
