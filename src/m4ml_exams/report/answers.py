"""answers.csv: one row for each response that has an answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from m4ml_exams.answers import Rubric, value_of
from m4ml_exams.assemble import Question, Version, show_points
from m4ml_exams.latex import show
from m4ml_exams.model import Blank, Choice, Code, Grid, GridRow, Pick, Response, Sketch, TrueFalse, Work
from m4ml_exams.problem_text import parts_with_labels, responses
from m4ml_exams.render import LETTERS, Words, column_of, examples_for_graders, is_true, part_of, place_of

COLUMNS = ("version", "problem", "part", "response", "part points", "answer", "rule")


def answers_csv(versions: Sequence[Version], words: Words) -> str:
    """The answers of all versions as CSV with a header.

    ``problem`` is the number on the paper, ``response`` the region's id in layout.json. A choice gives the positions of
    its right options, counted from 1, a row of a grid the words above the right column, a pick its letter; a value is
    LaTeX, a program's output plain text, a rubric its steps. A blank in a wrong option has no row. The rule of claims
    is the cases that tell why the answer is right.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for version in versions:
        for number, question in enumerate(version.questions, start=1):
            points = {label: part.points for label, part in parts_with_labels(question.statement)}
            unasked = question.unasked
            for label, response in responses(question.statement):
                if response.id in unasked:
                    continue
                for answer, rule in _answer(question, response, words):
                    name = f"p{number}{response.id}"
                    table.writerow([version.letter, number, label, name, show_points(points[label]), answer, rule])
    return out.getvalue()


def _answer(question: Question, response: Response, words: Words) -> Iterator[tuple[str, str]]:
    answers = question.variant.answers
    match response:
        case Blank(answer=None):
            yield response.literal or "", ""
        case Blank():
            assert response.answer is not None
            answer = answers[response.answer.name]
            yield show_value(value_of(part_of(answer, response.answer.index))), words.rule(answer) or ""
        case TrueFalse():
            truth = "true" if is_true(response, answers.get(response.answer or "")) else "false"
            yield words.paper[truth], _examples(question, response, words)
        case GridRow():
            yield _head(question, response, words), _examples(question, response, words)
        case Pick():
            yield LETTERS[place_of(question, response) - 1], _examples(question, response, words)
        case Sketch():
            yield words.paper["see_key"], ""
        case Choice():
            right = [at for at, option in enumerate(question.options(response.id), start=1) if option.correct]
            yield " ".join(map(str, right)), _examples(question, response, words)
        case Work(answer=str(name)):
            answer = answers[name]
            if isinstance(answer, Rubric):
                yield "; ".join(f"[{show_points(weight)}] {text}" for text, weight in answer.steps), ""
            else:
                yield show_value(value_of(answer)), words.rule(answer) or ""


def _examples(question: Question, response: Response, words: Words) -> str:
    """The cases that tell why a key made of claims is right, with the option's position where there are several."""
    found = examples_for_graders(question, response, words, str)
    return "; ".join(f"{at}: {text}" if isinstance(response, Choice) else text for at, text in found)


def _head(question: Question, row: GridRow, words: Words) -> str:
    """The words above the right column of a row."""
    bodies = [part.body for _, part in parts_with_labels(question.statement)]
    grid = next(piece for body in bodies for piece in body if isinstance(piece, Grid) and row in piece.rows)
    return words.head(grid.columns[column_of(row, question.variant.answers) - 1])


def show_value(value: object) -> str:
    """A value as LaTeX on one line; a program or its output as it is."""
    if isinstance(value, Code):
        return str(value)
    return " ".join(show(value).split())
