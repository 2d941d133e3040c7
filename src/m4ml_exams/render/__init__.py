"""From versions to LaTeX: every line of a paper knows the author's line that it came from."""

from m4ml_exams.render.examples import examples_for_graders
from m4ml_exams.render.keys import answer_latex, column_of, is_true, key_definitions, part_of, place_of
from m4ml_exams.render.papers import PAPERS, Printer, Setting
from m4ml_exams.render.questions import LETTERS
from m4ml_exams.render.solutions import solution_names, solution_text
from m4ml_exams.render.templates import read_template
from m4ml_exams.render.words import Words, load_words
from m4ml_exams.render.writer import OWN, Document

__all__ = [
    "LETTERS",
    "OWN",
    "PAPERS",
    "Document",
    "Printer",
    "Setting",
    "Words",
    "answer_latex",
    "column_of",
    "examples_for_graders",
    "is_true",
    "key_definitions",
    "load_words",
    "part_of",
    "place_of",
    "read_template",
    "solution_names",
    "solution_text",
]
