"""The words of the project as frozen types; nothing here reads, writes or computes.

A problem's text is a :class:`Statement` of parts, whose bodies are pieces in reading order: runs of LaTeX
(:class:`Text`) and places where a student answers (:data:`Response`). Points stand once, on the part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any


class Latex(str):
    """A string that is LaTeX already; ``\\VAR`` prints it as it is."""

    __slots__ = ()


class Code(str):
    """A program or what it prints; ``\\VAR`` prints it in typewriter, line for line."""

    __slots__ = ()


@dataclass(frozen=True)
class Figure:
    """A picture or table, ready to print.

    Attributes:
        latex: the TikZ or tabular source.
        data: what the figure draws, by name, for ``verify`` to read.
    """

    latex: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A run of LaTeX and where each of its lines came from.

    Attributes:
        latex: the text, possibly of several lines.
        lines: for each line of ``latex`` its line in the author's file, counted from 1.
    """

    latex: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class AnswerRef:
    """An answer by name, or one entry of it: ``p[1]`` is ``AnswerRef("p", (1,))``; indices count from 1."""

    name: str
    index: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.name + (f"[{','.join(map(str, self.index))}]" if self.index else "")


@dataclass(frozen=True)
class Blank:
    """A framed place for a short answer.

    Attributes:
        id: neutral id inside the problem, such as ``b1`` (part b, first response).
        answer: what belongs there; None when the text carries the answer itself (``literal``).
        literal: the answer as LaTeX for ``\\fillin[x]`` and ``\\answerline[x]`` of a static problem.
        label: LaTeX printed before the box, such as ``$\\lambda_1 =$``.
        width, height: TeX lengths, or None for the default of the answer's shape.
        anchored: True on a line of its own or in a work box; False in running text, displays and tables.
        in_option: True in an option of a choice, where it counts only when the option is right.
    """

    id: str
    line: int
    answer: AnswerRef | None
    literal: str | None = None
    label: str = ""
    width: str | None = None
    height: str | None = None
    anchored: bool = False
    in_option: bool = False


@dataclass(frozen=True)
class OptionText:
    """An option whose words stand in problem.tex: ``\\choice[key] text``.

    ``key`` is ``*`` for "none of the above", ``+`` for "all of the above"; both stay last. ``correct`` is True after
    ``\\CorrectChoice``, and None where problem.py tells. ``pieces`` is the text cut at its blanks.
    """

    key: str
    text: Text
    correct: bool | None
    pieces: tuple[Text | Blank, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Options with bubbles (one right) or squares (all that apply).

    Attributes:
        answer: name of the answer, or None when ``\\CorrectChoice`` marks it (static).
        multiple: True for select-all.
        columns: options per row; 0 for all in one line.
        options: texts that stand in problem.tex; empty when problem.py makes the options from values.
        count: how many options to print when they are made from values.
        fixed: True to keep the order as written.
    """

    id: str
    line: int
    answer: str | None
    multiple: bool
    columns: int
    options: tuple[OptionText, ...]
    count: int
    fixed: bool


@dataclass(frozen=True)
class TrueFalse:
    """Two bubbles, True and False. ``literal`` holds the truth in a static problem, else ``answer`` names it."""

    id: str
    line: int
    answer: str | None
    literal: bool | None = None


@dataclass(frozen=True)
class Work:
    """A place to work in, with labelled blanks at its foot.

    Attributes:
        height: a TeX length.
        framed: False for open space (``\\begin{solution}[5cm]`` of the exam class).
        answer: what the key prints in the box, when it has no blanks.
        solution: index of the solution that the key prints in the box (static problems).
    """

    id: str
    line: int
    height: str
    blanks: tuple[Blank, ...] = ()
    framed: bool = True
    answer: str | None = None
    solution: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a grid: the key that answers name, and LaTeX words of its own or None for those of words.toml."""

    key: str
    words: str | None = None


@dataclass(frozen=True)
class GridRow:
    """A statement with one bubble in each column of its grid.

    Attributes:
        id: neutral id; empty for the sample row, where nobody answers.
        columns: the keys of the grid's columns.
        answer: name of the answer, or None for the sample row.
        sample: key of the column that the sample row shows filled.
    """

    id: str
    line: int
    text: Text
    columns: tuple[str, ...]
    answer: str | None
    sample: str | None = None


@dataclass(frozen=True)
class Grid:
    """Statements in rows, judged in columns: ``\\begin{grid}[impossible, possible, guaranteed]``."""

    line: int
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class OptionList:
    """A lettered list of options that several parts share; ``fixed`` keeps the order as written."""

    line: int
    name: str
    options: tuple[OptionText, ...]
    fixed: bool


@dataclass(frozen=True)
class Pick:
    """A row of bubbles with the letters of an option list; one is right."""

    id: str
    line: int
    answer: str
    listed: str


@dataclass(frozen=True)
class Sketch:
    """Axes to draw on: ``axes`` names a figure of ``show``, ``answer`` the figure of ``solve`` for the key."""

    id: str
    line: int
    axes: str
    answer: str


@dataclass(frozen=True)
class FollowThrough:
    """A note for graders that this part uses the answer of an earlier one; printed on the key only."""

    id: str
    line: int
    answer: str


@dataclass(frozen=True)
class Picture:
    """An ``\\includegraphics`` of a file beside problem.tex; printed under a neutral name."""

    line: int
    file: str
    options: str


Response = Blank | Choice | TrueFalse | Work | GridRow | Pick | Sketch
Piece = Text | Picture | Response | Grid | OptionList | FollowThrough


@dataclass(frozen=True)
class SolutionMark:
    """The place in the statement where solution number ``index`` of the problem stood."""

    index: int


@dataclass(frozen=True)
class Part:
    """A piece of a problem with points; ``parts`` are its subparts, when points are nested one level deeper.

    ``letter`` is ``a``, ``b``, ... (``i``, ``ii``, ... for subparts). A problem without lettered parts has one part
    with ``lettered`` False.
    """

    letter: str
    line: int
    points: Fraction
    body: tuple[Piece | SolutionMark, ...]
    parts: tuple[Part, ...] = ()
    lettered: bool = True


@dataclass(frozen=True)
class Statement:
    """A problem's words with the values filled in."""

    preamble: tuple[Piece | SolutionMark, ...]
    parts: tuple[Part, ...]
