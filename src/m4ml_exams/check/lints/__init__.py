"""Lints: what is nearly always a slip in words and options. Each can be allowed in place, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from m4ml_exams.assemble import Question
from m4ml_exams.check.lints.options import all_right, equal_options
from m4ml_exams.check.lints.patterns import letter_pattern, points_sum
from m4ml_exams.check.lints.symbols import unintroduced_symbol
from m4ml_exams.check.lints.values import given_away
from m4ml_exams.check.lints.wording import leans_on_problem, no_such_part, points_in_text
from m4ml_exams.errors import M4mlError

__all__ = ["LINTS", "given_away", "letter_pattern", "lint", "points_sum"]

LINTS: Mapping[str, str] = {
    "all-right": "every option of a select-all is right",
    "answer-in-statement": "the answer's value stands in the words of its own part, whatever is drawn",
    "equal-options": "two options are equal as values, up to scale, as sets, or after rounding",
    "hint-gives-value": "a hint tells the value that is asked for",
    "leans-on-problem": "a part speaks of another problem of the exam",
    "letter-pattern": "the letters of right options follow a pattern, on a version or over versions",
    "no-such-part": "the words speak of a part that is not there",
    "points-in-text": "points are typed into the words; they stand once, on the part",
    "points-sum": "the problems are worth another number of points than the exam file says",
    "small-box": "an answer fits its place only when it is shrunk",
    "unintroduced-symbol": "an answer has a symbol that the words never mention",
}
"""What each rule finds, by the name that a comment allows it with."""

_OF_QUESTION: tuple[Callable[[Question], Iterator[M4mlError]], ...] = (
    equal_options,
    all_right,
    unintroduced_symbol,
    leans_on_problem,
    no_such_part,
    points_in_text,
)


def lint(questions: Iterable[Question]) -> Iterator[M4mlError]:
    """What the rules find in some questions as they stand on paper; those over many draws or versions are others."""
    for question in questions:
        for rule in _OF_QUESTION:
            for finding in rule(question):
                finding.place = finding.place.filled(question.variant.place)
                yield finding
