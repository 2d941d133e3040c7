"""Words that tell more, or other things, than the problem can keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from m4ml_exams.assemble import Question
from m4ml_exams.check.lints.words import Passage, passages
from m4ml_exams.errors import M4mlError, Place, ProblemError

_OTHER_PROBLEM = re.compile(
    r"\b(?:problem|question|exercise)s?[~ ]*(?:\\#)?\d+"
    r"|\b(?:previous|preceding|last|earlier)[~ \n]+(?:problem|question|exercise)s?\b",
    re.IGNORECASE,
)
_LETTERS = r"\([a-z]\)(?:[~ \n]*(?:,|and|or|to|--)[~ \n]*(?:and[~ \n]+)?)?"
_PARTS = re.compile(rf"\bparts?[~ \n]+((?:{_LETTERS})+)", re.IGNORECASE)
_POINTS = re.compile(
    r"\(\s*\$?\d+(?:\.\d+)?\$?[~ ]*(?:points?|pts?\.?)\s*\)"
    r"|\[\s*\d+[~ ]*points?\s*\]"
    r"|\bworth[~ ]+\$?\d+\$?[~ ]+points?",
    re.IGNORECASE,
)


def leans_on_problem(question: Question) -> Iterator[M4mlError]:
    """Parts that speak of another problem: it may be missing, changed or elsewhere on the next exam."""
    for passage, words, line in _found(question, _OTHER_PROBLEM):
        what = f"{_where(passage)} speaks of another problem: '{words}'."
        remedy = "State what is needed here; order and numbers of problems are the exam file's."
        yield ProblemError(what, remedy, Place(question.variant.problem.source.path, line), "leans-on-problem")


def no_such_part(question: Question) -> Iterator[M4mlError]:
    """Mentions of parts that the problem, as the exam file cuts it, does not have."""
    letters = {part.letter for part in question.statement.parts if part.lettered}
    for passage, words, line in _found(question, _PARTS):
        for letter in re.findall(r"\(([a-z])\)", words):
            if letter not in letters:
                known = f"The problem has {', '.join(sorted(letters))}" if letters else "The problem has no parts"
                what = f"{_where(passage)} speaks of part ({letter}), which is not there."
                remedy = f"{known}; parts that an exam file leaves out are gone, and the others lettered anew."
                yield ProblemError(what, remedy, Place(question.variant.problem.source.path, line), "no-such-part")


def points_in_text(question: Question) -> Iterator[M4mlError]:
    """Points typed into the words, where an exam file may change those that count."""
    for passage, words, line in _found(question, _POINTS):
        what = f"{_where(passage)} tells points in its words: '{words}'."
        remedy = "Points stand once, as in \\part[4]; headings and totals are computed from there."
        yield ProblemError(what, remedy, Place(question.variant.problem.source.path, line), "points-in-text")


def _found(question: Question, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, str, int]]:
    for passage in passages(question.statement):
        for match, line in passage.found(pattern):
            yield passage, " ".join(match[0].replace("~", " ").split()), line


def _where(passage: Passage) -> str:
    return f"Part {passage.label}" if passage.label else "The text before the parts"
