"""From LaTeX to PDF, TeX's errors told at the author's line, places measured."""

from m4ml_exams.typeset.drawn import Ink, drawn
from m4ml_exams.typeset.engine import EPOCH, Typeset, find_pdflatex, typeset
from m4ml_exams.typeset.formats import tex_stamps
from m4ml_exams.typeset.process import stop_all, stopped_together
from m4ml_exams.typeset.regions import SP_PER_BP, AnswerSize, Measured, Region

__all__ = [
    "EPOCH",
    "SP_PER_BP",
    "AnswerSize",
    "Ink",
    "Measured",
    "Region",
    "Typeset",
    "drawn",
    "find_pdflatex",
    "stop_all",
    "stopped_together",
    "tex_stamps",
    "typeset",
]
