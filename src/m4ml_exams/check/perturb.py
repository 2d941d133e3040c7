"""Wrong values of an answer, each named after the slip that leads to it.

A negated or scaled value, another order and another basis are not here but in :mod:`m4ml_exams.check.kin`: these may be
right as well. All values are of the kind of the answer's own: a scalar stays a scalar, a 3-vector a 3-vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import islice, pairwise
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanFunction
from sympy.matrices import MatrixBase
from sympy.sets.sets import EmptySet

from m4ml_exams.answers import (
    Answer,
    AnyIn,
    Option,
    Options,
    Rubric,
    SameSpan,
    SetOf,
    UpToScale,
    Where,
    value_of,
)

Named = tuple[str, Any]
"""The name of a slip, and the value that it leads to."""

MOST_ENTRIES = 16
"""Entries of a matrix that are changed one by one, from the first."""
_NEAR = sp.Rational(1, 1000)


def wrong_values(answer: Answer, keys: Sequence[str] = ()) -> Iterator[Named]:
    """Values that are wrong for nearly every answer of this kind; the rule may accept some by chance.

    Args:
        answer: an answer with its rule.
        keys: the options that stand on paper, for ``Option`` and ``Options``.

    Returns:
        Name of the slip and value, as :func:`~m4ml_exams.answers.accepts` takes it; never the printed value itself.
        Nothing for a ``Rubric``, which a grader judges.
    """
    own = value_of(answer)
    for slip, value in _of_answer(answer, keys):
        if value != own:
            yield slip, value


@singledispatch
def _of_answer(answer: Answer, keys: Sequence[str]) -> Iterator[Named]:
    """Of ``Exact``, ``AnyOf``, ``Expression``: by the printed value."""
    yield from of_value(value_of(answer))


@_of_answer.register
def _(answer: Rubric, keys: Sequence[str]) -> Iterator[Named]:
    yield from ()


@_of_answer.register
def _(answer: Option, keys: Sequence[str]) -> Iterator[Named]:
    none_listed = answer.key not in keys  # then * is right
    for key in keys:
        if key != "*" or not none_listed:
            yield "another option", key


@_of_answer.register
def _(answer: Options, keys: Sequence[str]) -> Iterator[Named]:
    right = frozenset(answer.keys)
    for key in keys:
        toggled = tuple(sorted(right ^ {key}))
        yield ("an option too few" if key in right else "an option too many"), toggled
    yield "no option", ()
    yield "all options", tuple(sorted(keys))


@_of_answer.register
def _(answer: AnyIn, keys: Sequence[str]) -> Iterator[Named]:
    for end, closed, side in ((answer.low, answer.closed[0], -1), (answer.high, answer.closed[1], 1)):
        if end.is_finite:
            yield "outside by one", end + side
            yield "just outside", end + side * _NEAR
            if not closed:
                yield "an open end", end


@_of_answer.register
def _(answer: SetOf, keys: Sequence[str]) -> Iterator[Named]:
    members = list(value_of(answer).args)
    yield from of_value(value_of(answer))
    if len(members) > 1:
        yield "a member twice", [*members[:-1], members[0]]


@_of_answer.register
def _(answer: UpToScale, keys: Sequence[str]) -> Iterator[Named]:
    yield "zero", answer.value * 0
    yield from of_value(answer.value)


@_of_answer.register
def _(answer: SameSpan, keys: Sequence[str]) -> Iterator[Named]:
    vectors = list(answer.vectors)
    for number, vector in enumerate(vectors):
        for slip, value in (("a vector replaced", _changed(vector, i, vector[i] + 1)) for i in (0, len(vector) - 1)):
            yield slip, [*vectors[:number], value, *vectors[number + 1 :]]
    yield "dependent vectors", [*vectors[:-1], vectors[0] * (2 if len(vectors) > 1 else 0)]
    yield "a vector too many", [*vectors, vectors[0] * 2]
    if len(vectors) > 1:
        yield "a vector too few", vectors[:-1]


@_of_answer.register
def _(answer: Where, keys: Sequence[str]) -> Iterator[Named]:
    witness = answer.witness
    if isinstance(witness, MatrixBase):
        yield "zero", witness * 0
        yield "identity", sp.ImmutableMatrix(*witness.shape, lambda i, j: int(i == j))
        yield "ones", sp.ImmutableMatrix(*witness.shape, lambda *_: 1)
    yield from of_value(witness)


@singledispatch
def of_value(value: Any) -> Iterator[Named]:
    """Wrong values in place of a value."""
    yield from ()


@of_value.register
def _(value: bool) -> Iterator[Named]:
    yield "the other truth value", not value


@of_value.register
def _(value: str) -> Iterator[Named]:
    kind = type(value)
    lines = value.split("\n")
    for number in dict.fromkeys((len(lines) - 1, 0)):
        if len(lines) > 1:
            yield "a line dropped", kind("\n".join(lines[:number] + lines[number + 1 :]))
    for number, (line, following) in enumerate(pairwise(lines)):
        if line != following:
            yield "two lines swapped", kind("\n".join([*lines[:number], following, line, *lines[number + 2 :]]))
    digits = [place for place, char in enumerate(value) if char in "0123456789"]
    for place in digits[:MOST_ENTRIES]:
        yield "a digit changed", kind(f"{value[:place]}{(int(value[place]) + 1) % 10}{value[place + 1 :]}")
    yield "a letter added", kind(f"{value}x")
    yield "nothing written", kind("")


@of_value.register
def _(value: sp.Expr) -> Iterator[Named]:
    yield "one more", value + 1
    yield "one less", value - 1
    if value.free_symbols:
        yield from _of_expression(value)
        return
    yield "zero", sp.S.Zero
    yield "doubled", value * 2
    yield "halved", value / 2
    if value.is_zero is False:
        yield "reciprocal", 1 / value
    if value.is_Rational and not value.is_Integer:
        yield "next fraction", sp.Rational(value.p + 1, value.q)


def _of_expression(value: Any) -> Iterator[Named]:
    symbols = sorted(value.free_symbols, key=lambda symbol: str(symbol.name))
    for symbol in symbols:
        yield "derivative", sp.diff(value, symbol)
        yield "a variable plus one", value.xreplace({symbol: symbol + 1})
    for first, second in pairwise(symbols):
        yield "variables swapped", value.xreplace({first: second, second: first})
    if value.is_Add:
        for term in value.args:
            yield "a term dropped", value - term
            yield "sign of a term", value - 2 * term
            yield "a coefficient changed", value + term
    yield "zero", sp.S.Zero


@of_value.register
def _(value: MatrixBase) -> Iterator[Named]:
    entries = list(value)
    places = range(min(len(entries), MOST_ENTRIES))
    for place in places:
        yield "an entry one more", _changed(value, place, entries[place] + 1)
    for place in places:
        yield "sign of an entry", _changed(value, place, -entries[place])
    for place, (entry, following) in enumerate(pairwise(entries[: MOST_ENTRIES + 1])):
        swapped = _changed(_changed(value, place, following), place + 1, entry)
        yield "two entries swapped", swapped
    yield "reversed", sp.ImmutableMatrix(*value.shape, entries[::-1])
    yield "zero", value * 0
    if value.rows == value.cols:
        yield "transposed", value.T


def _changed(matrix: Any, place: int, entry: Any) -> Any:
    """A matrix with one entry, counted along the rows, replaced."""
    entries = list(matrix)
    entries[place] = entry
    return sp.ImmutableMatrix(*matrix.shape, entries)


@of_value.register(sp.FiniteSet)
@of_value.register(EmptySet)
def _(value: Any) -> Iterator[Named]:
    members = list(value.args)
    for number, member in enumerate(members):
        others = members[:number] + members[number + 1 :]
        yield "a member dropped", sp.FiniteSet(*others)
        if isinstance(member, sp.Expr | MatrixBase):
            yield "a member negated", sp.FiniteSet(*others, -member)
        for slip, changed in islice(of_value(member), 1):
            yield f"a member with {slip}", sp.FiniteSet(*others, changed)
    if all(isinstance(member, sp.Expr) and not isinstance(member, MatrixBase) for member in members):
        yield "a member too many", sp.FiniteSet(*members, sum(map(abs, members), start=sp.S.One))
    elif all(isinstance(member, MatrixBase) for member in members):
        yield "a member too many", sp.FiniteSet(*members, sum(members[1:], start=members[0] * 2))


@of_value.register
def _(value: sp.Interval) -> Iterator[Named]:
    ends = {"left": value.start, "right": value.end}
    open_ends = {"left_open": value.left_open, "right_open": value.right_open}
    for name, end in ends.items():
        for shift in (-1, 1):
            moved = {**ends, name: end + shift if end.is_finite else sp.S.Zero}
            if moved["left"] < moved["right"]:
                yield "an end moved", sp.Interval(moved["left"], moved["right"], **open_ends)


@of_value.register
def _(value: sp.Union) -> Iterator[Named]:
    for part in value.args:
        yield "a part dropped", sp.Union(*(other for other in value.args if other != part))


@of_value.register
def _(value: Relational) -> Iterator[Named]:
    for slip, found in (("negated", value.negated), ("one more", value.func(value.lhs + 1, value.rhs))):
        if isinstance(found, Relational):
            yield slip, found


@of_value.register
def _(value: BooleanFunction) -> Iterator[Named]:
    yield "negated", sp.Not(value)


@of_value.register(tuple)
@of_value.register(list)
def _(value: Any) -> Iterator[Named]:
    items = list(value)
    for number, item in enumerate(items):
        for slip, changed in of_value(item):
            yield f"an item with {slip}", [*items[:number], changed, *items[number + 1 :]]
    if len(items) > 1:
        yield "an item dropped", items[:-1]


@of_value.register
def _(value: dict) -> Iterator[Named]:  # type: ignore[type-arg]
    for key, item in value.items():
        for slip, changed in of_value(item):
            yield f"an item with {slip}", {**value, key: changed}
