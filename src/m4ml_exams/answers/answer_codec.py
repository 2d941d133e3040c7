"""Answers to JSON and back, as ``{"type": "UpToScale", "value": ...}``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from m4ml_exams.answers.codec import load_value, same, write_value
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
from m4ml_exams.errors import did_you_mean

_TYPES: Mapping[str, Callable[[dict[str, Any]], Answer]] = {
    "Exact": lambda data: Exact(data["value"]),
    "AnyOf": lambda data: AnyOf(*data["values"]),
    "AnyIn": lambda data: AnyIn(data["low"], data["high"], data["closed"]),
    "SetOf": lambda data: SetOf(*data["values"]),
    "UpToScale": lambda data: UpToScale(data["value"]),
    "SameSpan": lambda data: SameSpan(*data["vectors"]),
    "Expression": lambda data: Expression(data["expr"], *data["names"], unit=data["unit"]),
    "Where": lambda data: Where(data["predicate_name"], data["witness"]),
    "Option": lambda data: Option(data["key"]),
    "Options": lambda data: Options(*data["keys"]),
    "Rubric": lambda data: Rubric(*data["steps"]),
}


def write_answer(answer: Answer) -> dict[str, Any]:
    """An answer as JSON-able data; the predicate of a ``Where`` is left out.

    Raises:
        AnswerError: when it cannot be kept exactly.
    """
    fields = {name: value for name, value in vars(answer).items() if name != "predicate"}
    data = {"type": type(answer).__name__, **{name: write_value(value) for name, value in fields.items()}}
    loaded = load_answer(data)
    if not all(same(getattr(loaded, name), value) for name, value in fields.items()):
        raise AnswerError(f"An answer of type {type(answer).__name__} cannot be kept exactly.", "Simplify its value.")
    return data


def load_answer(data: Any) -> Answer:
    """The answer that :func:`write_answer` wrote; a ``Where`` comes without predicate and accepts its witness only.

    Raises:
        AnswerError: when the data is not of that form.
    """
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        raise AnswerError("This is not an answer as it was written.", "Restore the file from version control.")
    make = _TYPES.get(data["type"])
    if make is None:
        raise AnswerError(
            f"There is no answer type '{data['type']}'.", did_you_mean(data["type"], _TYPES) or "Use a newer version."
        )
    fields = {name: load_value(value) for name, value in data.items() if name != "type"}
    try:
        return make(fields)
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerError(
            f"An answer of type {data['type']} is incomplete or malformed.", "Restore the file from version control."
        ) from error
