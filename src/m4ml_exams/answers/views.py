"""What the papers need to know of an answer: its value, its size, one entry of it, the words of its rule."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from itertools import pairwise
from typing import Any

import sympy as sp
from sympy.matrices import MatrixBase

from m4ml_exams.answers.equality import equal_values
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
from m4ml_exams.answers.values import AnswerError
from m4ml_exams.model import Latex


def value_of(answer: Answer) -> Any:
    """The value printed on the key: plain sympy or Python.

    The first of ``AnyOf``, the interval of ``AnyIn``, the set of ``SetOf``, the list of vectors of ``SameSpan``, the
    witness of ``Where``, the key or sorted keys of options; a ``Rubric`` is its own value.
    """
    value = _value(answer)
    return list(value) if isinstance(value, tuple) and not isinstance(answer, Options) else value


@singledispatch
def _value(answer: Any) -> Any:
    return answer


@_value.register(Exact)
@_value.register(UpToScale)
def _(answer: Exact | UpToScale) -> Any:
    return answer.value


@_value.register
def _(answer: AnyOf) -> Any:
    return answer.values[0]


@_value.register
def _(answer: AnyIn) -> Any:
    return sp.Interval(answer.low, answer.high, left_open=not answer.closed[0], right_open=not answer.closed[1])


@_value.register
def _(answer: SetOf) -> Any:
    return sp.FiniteSet(*answer.values)


@_value.register
def _(answer: SameSpan) -> Any:
    return answer.vectors


@_value.register
def _(answer: Expression) -> Any:
    return answer.expr


@_value.register
def _(answer: Where) -> Any:
    return answer.witness


@_value.register
def _(answer: Option) -> Any:
    return answer.key


@_value.register
def _(answer: Options) -> Any:
    return answer.keys


def printing(rule: Answer, printed: Answer) -> Answer:
    """An answer with the rule of one and, where it has room for it, the printed value of another that it accepts.

    An interval is its rule, so ``AnyIn`` keeps its own; so does what cannot stand under the rule.
    """
    value = value_of(printed)
    try:
        match rule:
            case Exact() | UpToScale():
                return replace(rule, value=value)
            case AnyOf():
                return AnyOf(value, *(other for other in rule.values if not equal_values(value, other)))
            case SetOf():
                return SetOf(*(value.args if isinstance(value, sp.FiniteSet) else value))
            case SameSpan():
                return SameSpan(*value)
            case Expression():
                return Expression(value, *rule.names, unit=rule.unit)
            case Where():
                return replace(rule, witness=value)
    except (AnswerError, TypeError):
        return rule
    return rule


def samples_of(answer: Answer) -> tuple[Any, ...]:
    """Values that a check of this answer must accept, at least one.

    All of ``AnyOf``; the closed ends and the middle of ``AnyIn``; the value of ``UpToScale`` and -2 times it; the
    vectors of ``SameSpan`` and a mixed basis; ``SetOf`` as a list in two orders; else just the value.
    """
    if isinstance(answer, AnyOf):
        return answer.values
    if isinstance(answer, AnyIn):
        return _interval_samples(answer)
    if isinstance(answer, UpToScale):
        return answer.value, answer.value * -2
    if isinstance(answer, SameSpan):
        return list(answer.vectors), _mixed(answer.vectors)
    if isinstance(answer, SetOf):
        values = list(dict.fromkeys(answer.values))
        return (values, values[::-1]) if len(values) > 1 else (values,)
    return (value_of(answer),)


def _interval_samples(answer: AnyIn) -> tuple[Any, ...]:
    low, high = answer.low, answer.high
    ends = [end for end, closed in zip((low, high), answer.closed, strict=True) if closed]
    if low.is_finite and high.is_finite:
        middle = (low + high) / 2
    else:
        middle = low + 1 if low.is_finite else high - 1 if high.is_finite else sp.S.Zero
    return tuple(dict.fromkeys([*ends, middle]))


def _mixed(vectors: tuple[Any, ...]) -> list[Any]:
    """Another basis of the same span: each vector plus the next one, the last one times -2."""
    return [*(v + w for v, w in pairwise(vectors)), vectors[-1] * -2]


def entry(answer: Answer, index: int | tuple[int, ...]) -> Exact:
    """One entry of a vector, matrix or list; indices count from 1.

    Args:
        answer: an answer whose value is a vector, a matrix or a list (of vectors).
        index: ``i`` for a vector or list, ``(i, j)`` for a matrix or for entry j of vector i.

    Raises:
        AnswerError: when the answer has no such entry.
    """
    indices = (index,) if isinstance(index, int) else tuple(index)
    if not indices:
        raise AnswerError("An entry is asked for without an index.", "Write name[1] or name[1,2].")
    value = value_of(answer)
    if isinstance(value, list):
        item = _item(value, indices[0])
        return Exact(item) if len(indices) == 1 else entry(Exact(item), indices[1:])
    if not isinstance(value, MatrixBase):
        raise AnswerError("An entry is asked for of an answer that is no vector, matrix or list.", "Drop the index.")
    if len(indices) == 1 and 1 in value.shape:
        return Exact(_item(list(value), indices[0]))
    if len(indices) != 2:
        raise AnswerError(
            f"An entry of a {value.rows} x {value.cols} matrix is asked for with {len(indices)} index(es).",
            "Write row and column, name[1,2].",
        )
    return Exact(_item(_item(value.tolist(), indices[0]), indices[1]))


def _item(items: list[Any], index: int) -> Any:
    if 1 <= index <= len(items):
        return items[index - 1]
    raise AnswerError(f"Entry {index} is asked for, but there are {len(items)}.", "Count from 1.")


def shape_of(answer: Answer) -> tuple[int, int] | None:
    """Rows and columns of the value, for the size of its blank; None for options, rubrics and what has no such size.

    A scalar, word, interval or relation has (1, 1), a vector (n, 1), k vectors of n entries (n, k), a set or list of k
    scalars (1, k).
    """
    if isinstance(answer, Option | Options | Rubric):
        return None
    value = value_of(answer)
    if isinstance(value, MatrixBase):
        return int(value.rows), int(value.cols)
    if isinstance(value, sp.FiniteSet | list):
        members = list(value)
        rows = max((member.rows if isinstance(member, MatrixBase) else 1 for member in members), default=1)
        return int(rows), max(1, sum(member.cols if isinstance(member, MatrixBase) else 1 for member in members))
    return None if isinstance(value, dict) else (1, 1)


def rule_of(answer: Answer) -> tuple[str, dict[str, Any]] | None:
    """The rule for graders: its key in the [rules] of words.toml and the values to fill in.

    None for ``Exact``, ``Option`` and ``Options``, where nothing but the printed value is right.
    """
    if isinstance(answer, AnyOf):
        return "any_of", {"values": list(answer.values)}
    if isinstance(answer, AnyIn):
        return "any_in", {"low": answer.low, "high": answer.high, "interval": value_of(answer)}
    if isinstance(answer, Expression):
        return "expression", {"names": [sp.Symbol(name) for name in answer.names]}
    if isinstance(answer, Where):
        return "where", {"predicate": Latex(answer.predicate_name)}
    plain = {SetOf: "set_of", UpToScale: "up_to_scale", SameSpan: "same_span", Rubric: "rubric"}
    return (plain[type(answer)], {}) if type(answer) in plain else None
