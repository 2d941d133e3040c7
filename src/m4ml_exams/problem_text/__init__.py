"""From problem.tex to structure: solutions cut out, responses found, every piece with its line."""

from m4ml_exams.problem_text.parsing import parse
from m4ml_exams.problem_text.pieces import PINNED
from m4ml_exams.problem_text.reader import read_statement
from m4ml_exams.problem_text.source import SOLUTION_MARK, SolutionSource, Source, read_source, split
from m4ml_exams.problem_text.walk import (
    answers_used,
    in_body,
    leaf_parts,
    option_blanks,
    option_lists,
    part_letters,
    parts_with_labels,
    responses,
    signature,
    total_points,
    unsolved,
)

__all__ = [
    "PINNED",
    "SOLUTION_MARK",
    "SolutionSource",
    "Source",
    "answers_used",
    "in_body",
    "leaf_parts",
    "option_blanks",
    "option_lists",
    "parse",
    "part_letters",
    "parts_with_labels",
    "read_source",
    "read_statement",
    "responses",
    "signature",
    "split",
    "total_points",
    "unsolved",
]
