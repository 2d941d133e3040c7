"""What a key knows: one line of definitions for each place where a student answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from m4ml_exams.answers import Answer, Option, Rubric, entry, value_of
from m4ml_exams.assemble import Question, Version, show_points
from m4ml_exams.errors import Place
from m4ml_exams.figures import inline
from m4ml_exams.latex import escape
from m4ml_exams.model import Blank, Choice, FollowThrough, GridRow, Pick, Response, Sketch, TrueFalse, Work
from m4ml_exams.problem_text import answers_used, in_body, parts_with_labels, responses
from m4ml_exams.render.examples import examples_for_graders
from m4ml_exams.render.questions import value_latex
from m4ml_exams.render.solutions import solution_text
from m4ml_exams.render.words import Words


def key_definitions(version: Version, words: Words, boxes: bool = True) -> Iterator[tuple[str, Place]]:
    """The lines that fill a version's exam in.

    Args:
        version: what is printed.
        words: the rules for graders and the word for "key".
        boxes: whether work boxes are filled and the paper is marked as a key; False for solutions, which have none.

    Yields:
        A line of LaTeX and where its content came from.
    """
    if boxes:
        yield rf"\renewcommand\papermark{{\textbf{{{words.paper['key']}}}}}", Place()
    for number, question in enumerate(version.questions, start=1):
        path = question.variant.problem.source.path
        here = replace(question.variant.place, path=path, version=version.letter)
        unasked = question.unasked
        for _, response in responses(question.statement):
            if response.id not in unasked:
                for line in _definitions(question, response, f"p{number}{response.id}", words, boxes):
                    yield line, replace(here, line=response.line)
                if boxes:
                    for line in _examples(question, response, f"p{number}{response.id}", words):
                        yield line, replace(here, line=response.line)
        if boxes:
            for note, label in _follow_throughs(question):
                told = words.filled("paper", "follow_through", {"part": label})
                yield rf"\defgradernote{{p{number}{note.id}}}{{{told}}}", replace(here, line=note.line)


def _examples(question: Question, response: Response, name: str, words: Words) -> Iterator[str]:
    """The notes in the margin on answers made of claims; options side by side have theirs together at the first."""
    notes = [*examples_for_graders(question, response, words, lambda case: escape(str(case)))]
    if isinstance(response, Choice) and response.columns != 1 and notes:
        notes = [(1, r"\par ".join(f"{at}: {text}" for at, text in notes))]
    if not isinstance(response, Pick):
        for at, text in notes:
            yield rf"\defexample{{{name}o{at}}}{{{text}}}"


def _follow_throughs(question: Question) -> Iterator[tuple[FollowThrough, str]]:
    """The notes of a problem with the earlier part that each is about; none for a part that is not on the paper."""
    asked: dict[str, str] = {}
    for label, part in parts_with_labels(question.statement):
        for piece in part.body:
            if isinstance(piece, FollowThrough) and piece.answer in asked:
                yield piece, asked[piece.answer]
        for response in in_body(part.body):
            asked = {**dict.fromkeys(answers_used(response), label), **asked}


def _definitions(question: Question, response: Response, name: str, words: Words, boxes: bool) -> Iterator[str]:
    answers = question.variant.answers
    match response:
        case Blank(answer=None):
            yield rf"\defanswer{{{name}}}{{{response.literal}}}"
        case Blank():
            assert response.answer is not None
            answer = answers[response.answer.name]
            yield rf"\defanswer{{{name}}}{{{answer_latex(part_of(answer, response.answer.index))}}}"
            rule = words.rule(answer)
            if rule and not response.answer.index:
                yield rf"\defrule{{{name}}}{{{rule}}}"
            elif rule and set(response.answer.index) == {1}:
                yield rf"\defnote{{{name}}}{{{rule}}}"
        case Work():
            text = _in_box(question, response, words) if boxes else None
            if text is not None:
                yield rf"\defanswer{{{name}}}{{{text}}}"
        case TrueFalse():
            right = is_true(response, answers.get(response.answer or ""))
            yield rf"\deffilled{{{name}o{1 if right else 2}}}"
        case GridRow():
            yield rf"\deffilled{{{name}o{column_of(response, answers)}}}"
        case Pick():
            yield rf"\deffilled{{{name}o{place_of(question, response)}}}"
        case Sketch():
            yield rf"\defanswer{{{name}}}{{{inline(question.variant.plain[response.answer]).latex}}}"
        case Choice():
            for at, option in enumerate(question.options(response.id), start=1):
                if option.correct:
                    yield rf"\deffilled{{{name}o{at}}}"


def part_of(answer: Answer, index: tuple[int, ...]) -> Answer:
    """The answer, or the entry of it that a blank asks for."""
    return entry(answer, index) if index else answer


def column_of(row: GridRow, answers: Mapping[str, Answer]) -> int:
    """Which column of a grid is right for a row, counted from 1."""
    return 1 + row.columns.index(str(value_of(answers[row.answer or ""])))


def place_of(question: Question, pick: Pick) -> int:
    """Which option of the shared list is right for a pick, counted from 1 in printed order."""
    keys = [option.key for option in question.listed(pick.listed)]
    return 1 + keys.index(str(value_of(question.variant.answers[pick.answer])))


def is_true(response: TrueFalse, answer: Answer | None) -> bool:
    """The truth of a True/False."""
    if response.literal is not None:
        return response.literal
    return isinstance(answer, Option) and answer.key == "true"


def answer_latex(answer: Answer) -> str:
    """An answer's value as it is written into a blank."""
    value = value_of(answer)
    return value_latex(value)


def _in_box(question: Question, work: Work, words: Words) -> str | None:
    """What the key prints in a work box that has no blanks."""
    if work.solution is not None:
        return solution_text(question.variant, work.solution).latex.strip()
    if work.answer is None:
        return None
    answer = question.variant.answers[work.answer]
    if isinstance(answer, Rubric):
        steps = (
            words.filled("rules", "rubric_step", {"weight": show_points(weight), "text": text})
            for text, weight in answer.steps
        )
        return r"\par ".join(steps)
    rule = words.rule(answer)
    return answer_latex(answer) + (rf" \quad ({rule})" if rule else "")
