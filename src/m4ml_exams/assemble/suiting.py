"""Whether what a response names is there and suits it: picks, sketches, and notes that name an earlier part."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from m4ml_exams.answers import Answer, Option
from m4ml_exams.errors import M4mlError, Place, ProblemError, did_you_mean
from m4ml_exams.model import Figure, FollowThrough, Pick, Sketch, Statement
from m4ml_exams.problem_text import answers_used, in_body, leaf_parts, option_lists, parts_with_labels, unsolved

_PLACELESS = (
    "Add a place, such as \\blank{...} or \\begin{work}[5cm, answer=...], or a solution if the work is done elsewhere."
)


def refuse_bad_pick(pick: Pick, answers: Mapping[str, Answer], statement: Statement) -> None:
    """Raise ProblemError when the answer of a pick is no option of its list."""
    answer = answers[pick.answer]
    keys = [option.key for listed in option_lists(statement) if listed.name == pick.listed for option in listed.options]
    if isinstance(answer, Option) and answer.key not in keys:
        what = f"The answer '{pick.answer}' names the option '{answer.key}', which the list '{pick.listed}' lacks."
        raise ProblemError(what, did_you_mean(answer.key, keys))


def refuse_bad_sketch(sketch: Sketch, shown: Mapping[str, Any], plain: Mapping[str, Any]) -> None:
    """Raise ProblemError when a figure of a sketch is missing, or the two are not drawn on the same axes."""
    figures = []
    for name, values, function in ((sketch.axes, shown, "show"), (sketch.answer, plain, "solve")):
        figure = values.get(name)
        if not isinstance(figure, Figure):
            names = [other for other, value in values.items() if isinstance(value, Figure)]
            remedy = did_you_mean(name, names) or f"Let {function} return it, made by figures."
            raise ProblemError(f"The sketch asks for '{name}', which is no figure of {function}.", remedy)
        figures.append(figure)
    if _window(figures[0]) != _window(figures[1]):
        what = f"The figures '{sketch.axes}' and '{sketch.answer}' show other windows."
        raise ProblemError(what, "Draw both with the same x, y and size.")


def _window(figure: Figure) -> tuple[Any, ...] | None:
    """x low, x high, y low, y high of what a figure shows; None for a figure without axes."""
    data = figure.data
    if "window" in data:
        return tuple(data["window"])
    return (*data["x_window"], *data["y_window"]) if "x_window" in data else None


def refuse_bad_follow(statement: Statement, path: Path, faults: list[M4mlError]) -> None:
    """Collect a fault for each follow-through whose answer no earlier part asks for."""
    asked: dict[str, str] = {}
    for label, part in parts_with_labels(statement):
        for piece in part.body:
            if isinstance(piece, FollowThrough) and piece.answer not in asked:
                what = f"No part before {label} asks for '{piece.answer}'."
                remedy = did_you_mean(piece.answer, asked) or "Name the answer of an earlier part."
                faults.append(ProblemError(what, remedy, Place(path, piece.line)))
        for response in in_body(part.body):
            asked.update({name: label for name in answers_used(response) if name not in asked})


def refuse_placeless(statement: Statement, path: Path, faults: list[M4mlError]) -> None:
    """Collect a fault for each part whose points are for nothing: no place to answer, and no solution either."""
    bare = unsolved(statement)
    for label, part in leaf_parts(statement):
        if part.points and label in bare and not any(in_body(part.body)):
            who = f"Part {label}" if part.lettered else "The problem"
            what = f"{who} has points, but no place to answer and no solution."
            faults.append(ProblemError(what, _PLACELESS, Place(path, part.line)))
