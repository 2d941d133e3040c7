"""The words of a statement with the line of each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from m4ml_exams.model import Choice, Grid, OptionList, Part, Piece, SolutionMark, Statement, Text
from m4ml_exams.problem_text import parts_with_labels


@dataclass(frozen=True)
class Passage:
    """The words of a part, or of what stands before the parts.

    Attributes:
        label: letter of the part; empty for what stands before the parts.
        texts: runs of LaTeX in reading order, options and rows included.
        line: where it begins in problem.tex.
    """

    label: str
    texts: tuple[Text, ...]
    line: int

    @property
    def latex(self) -> str:
        """All its words."""
        return "\n".join(text.latex for text in self.texts)

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
        """The matches of a pattern, each with its line in problem.tex."""
        for text in self.texts:
            for match in pattern.finditer(text.latex):
                at = min(text.latex.count("\n", 0, match.start()), len(text.lines) - 1)
                yield match, text.lines[at]


def passages(statement: Statement) -> tuple[Passage, ...]:
    """What stands before the parts, and each part, in reading order."""
    before = tuple(_texts(statement.preamble))
    first = before[0].lines[0] if before and before[0].lines else 1
    return (Passage("", before, first), *(_of_part(label, part) for label, part in parts_with_labels(statement)))


def _of_part(label: str, part: Part) -> Passage:
    return Passage(label, tuple(_texts(part.body)), part.line)


def _texts(body: tuple[Piece | SolutionMark, ...]) -> Iterator[Text]:
    for piece in body:
        match piece:
            case Text():
                yield piece
            case Choice() | OptionList():
                yield from (option.text for option in piece.options)
            case Grid():
                yield from (row.text for row in piece.rows)
