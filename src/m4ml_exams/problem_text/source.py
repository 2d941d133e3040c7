"""problem.tex as the author wrote it: words of the statement on one side, solutions on the other.

Solutions leave the text before anything is rendered for students; a neutral mark keeps their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from m4ml_exams.errors import Place, ProblemError, UsageError
from m4ml_exams.latex import strip_comments

SOLUTION_MARK = "solutionplace"
"""Macro that stands for a solution while a statement is read; its arguments are number, environment and height."""

_SOLUTION = re.compile(
    r"\\begin\{(?P<environment>solution|solutionorbox|solutionbox)\}"
    r"(?:[ \t]*\[(?P<optional>[^\]]*)\]|[ \t]*\{(?P<braced>[0-9.]+ *[a-z]{2})\})?"
    r"(?P<text>.*?)\\end\{(?P=environment)\}",
    re.DOTALL,
)
_PART = re.compile(r"\\(?:part|subpart|question)\b|\\(?:begin|end)\{(?:parts|subparts)\}")
_LONELY = re.compile(r"\\(begin|end)\{(solution|solutionorbox|solutionbox)\}")


@dataclass(frozen=True)
class SolutionSource:
    """A worked solution, not yet rendered.

    Attributes:
        source: its LaTeX with ``\\VAR`` and ``\\BLOCK`` in it.
        first_line: line of problem.tex on which ``source`` begins.
    """

    source: str
    first_line: int


@dataclass(frozen=True)
class Source:
    """A problem.tex, split.

    Attributes:
        path: the file.
        statement: the words for students; every line keeps its number.
        solutions: what was cut out, in order.
    """

    path: Path
    statement: str
    solutions: tuple[SolutionSource, ...]


def read_source(path: Path) -> Source:
    """Read problem.tex and split it.

    Raises:
        UsageError: the file cannot be read.
        ProblemError: it is not UTF-8, or a solution environment is not closed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ProblemError("The file is not UTF-8.", "Save it as UTF-8.", Place(path, line)) from None
    except OSError as error:
        raise UsageError(f"The file cannot be read: {error.strerror}.", "Check its permissions.", Place(path)) from None
    return split(text, path)


def split(text: str, path: Path) -> Source:
    """Cut the solutions out of the text of a problem.tex; raises ProblemError when one is not closed."""
    clean = strip_comments(text)
    solutions: list[SolutionSource] = []

    def cut(match: re.Match[str]) -> str:
        _refuse_parts_inside(match, clean, path)
        first_line = clean.count("\n", 0, match.start("text")) + 1
        height = match["optional"] or match["braced"] or ""
        mark = rf"\{SOLUTION_MARK}{{{len(solutions)}}}{{{match['environment']}}}{{{height}}}"
        solutions.append(SolutionSource(match["text"], first_line))
        return mark + "%\n" * match[0].count("\n")

    statement = _SOLUTION.sub(cut, clean)
    lonely = _LONELY.search(statement)
    if lonely:
        line = statement.count("\n", 0, lonely.start()) + 1
        other = {"begin": "end", "end": "begin"}[lonely[1]]
        raise ProblemError(
            f"\\{lonely[1]}{{{lonely[2]}}} has no \\{other}{{{lonely[2]}}}.",
            "Close each solution in the part where it opens; solutions do not nest.",
            Place(path, line),
        )
    return Source(path, statement, tuple(solutions))


def _refuse_parts_inside(match: re.Match[str], text: str, path: Path) -> None:
    """A solution that runs into the next part was not closed where it should be."""
    inside = _PART.search(match["text"])
    if inside:
        name = match["environment"]
        raise ProblemError(
            f"The {name} holds {inside[0]}, so it seems to be closed too late.",
            f"Write \\end{{{name}}} before {inside[0]}.",
            Place(path, text.count("\n", 0, match.start()) + 1),
        )
