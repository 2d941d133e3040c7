"""Worked solutions with the values of a variant filled in."""

from __future__ import annotations

from typing import Any

from m4ml_exams.answers import value_of
from m4ml_exams.assemble import Variant
from m4ml_exams.errors import located
from m4ml_exams.latex import render_source
from m4ml_exams.model import Text
from m4ml_exams.render.examples import example_names


def solution_names(variant: Variant) -> dict[str, Any]:
    """What a solution may print: given, shown, plain values of solve, answers as values, and examples of claims."""
    answers = {name: value_of(answer) for name, answer in variant.answers.items()}
    return {**example_names(variant), **variant.given, **variant.shown, **variant.plain, **answers}


def solution_text(variant: Variant, index: int) -> Text:
    """Solution number ``index`` of the variant; raises ProblemError at the author's line."""
    solution = variant.problem.source.solutions[index]
    with located(variant.place):
        return render_source(
            solution.source, solution_names(variant), variant.problem.source.path, first_line=solution.first_line
        )
