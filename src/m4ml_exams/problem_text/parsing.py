"""LaTeX into nodes; what does not close is told where it opens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError
from pylatexenc.macrospec import LatexContextDb

from m4ml_exams.errors import Place, ProblemError
from m4ml_exams.latex.source import VERBATIM
from m4ml_exams.model import Text
from m4ml_exams.problem_text import grammar
from m4ml_exams.problem_text.formulas import Runaway, runaway

_CLOSING = re.compile(r"closing (environment|brace|math mode): '([^']+)'")
_OPENING = re.compile(r"(open brace|math mode|begin environment|arguments of (?:macro|environment)) ?\"?([^\"]*)\"?")


def parse(text: Text, path: Path, context: LatexContextDb | None = None) -> list[Any]:
    """The nodes of a text, verbatim pieces in it blanked out.

    Args:
        text: LaTeX, and the line of each of its lines in ``path``.
        path: the author's file, for the place of a fault.
        context: the macros with arguments; those of problems when None.

    Raises:
        ProblemError: a brace, formula or environment does not close, or closes without having been opened; a formula
            runs into a part, an option, a response or a blank line.
    """
    plain = VERBATIM.sub(lambda code: _blanked(code, text, path), text.latex)
    walker = LatexWalker(plain, latex_context=context or grammar.context(), tolerant_parsing=False)
    try:
        nodes = list(walker.get_latex_nodes()[0])
    except LatexWalkerParseError as error:
        found = runaway(plain, strict=True)
        raise _run_away(found, text, path) if found else _in_words(error, text, path) from None
    if found := runaway(plain):
        raise _run_away(runaway(plain, strict=True) or found, text, path)
    return nodes


def line_of(text: Text, pos: int) -> int:
    """The author's line of a position in a text."""
    row = text.latex.count("\n", 0, pos)
    return text.lines[min(row, len(text.lines) - 1)] if text.lines else 1


def _blanked(code: re.Match[str], text: Text, path: Path) -> str:
    """As many dots as a verbatim piece has characters."""
    if code["name"] and not code[0].endswith(rf"\end{{{code['name']}}}"):
        opened, remedy = _opened(f'begin environment "{code["name"]}"')
        raise ProblemError(f"{opened} never closed.", remedy, Place(path, line_of(text, code.start())))
    return re.sub(r"[^\n]", ".", code[0])


def _run_away(found: Runaway, text: Text, path: Path) -> ProblemError:
    line = line_of(text, found.end)
    if found.opened == "{":
        opened, remedy = "A { in a formula is", "Close it with }, or delete it."
    else:
        name = re.fullmatch(r"\\begin\{(.*)\}", found.opened)
        opened, remedy = _opened(f'begin environment "{name[1]}"' if name else f'math mode "{found.opened}"')
    until = f"{found.stop or 'the blank line'} in line {line}"
    if not found.stop:
        remedy = f"{remedy.rstrip('.')}; a formula holds no blank line."
    return ProblemError(f"{opened} not closed before {until}.", remedy, Place(path, line_of(text, found.start)))


def _in_words(error: LatexWalkerParseError, text: Text, path: Path) -> ProblemError:
    here = Place(path, line_of(text, error.pos or 0))
    found = _CLOSING.search(error.msg)
    closing = (rf"\end{{{found[2]}}}" if found[1] == "environment" else found[2]) if found else None
    if found and not any(_matches(context[0], found[1], found[2]) for context in error.open_contexts):
        return ProblemError(f"{closing} closes nothing.", "Delete it, or open what it is to close.", here)
    if not error.open_contexts:
        nameless = re.match(r"Bad (\\begin|\\end)", error.msg)
        what = f"{nameless[1]} has no name in braces." if nameless else f"The LaTeX does not parse: {error.msg}."
        return ProblemError(what, "Mend the line.", here)
    opened, remedy = _opened(error.open_contexts[0][0])
    until = f"not closed before {closing} in line {here.line}" if closing else "never closed"
    return ProblemError(f"{opened} {until}.", remedy, Place(path, line_of(text, error.open_contexts[0][1])))


def _matches(opened: str, kind: str, name: str) -> bool:
    """Whether what is open could be closed by a closing environment, brace or math mode of that name."""
    if kind == "environment":
        return opened == f'begin environment "{name}"'
    return opened.startswith(("open brace", "arguments") if kind == "brace" else "math mode")


def _opened(described: str) -> tuple[str, str]:
    """What is open, as the beginning of a sentence, and how to close it."""
    kind, name = _OPENING.fullmatch(described).groups()  # type: ignore[union-attr]
    match kind:
        case "open brace":
            return "A { is", "Close it with }, or delete it."
        case "math mode":
            close = name.replace("[", "]").replace("(", ")")
            return (
                f"A formula that begins with {name} is",
                f"Close it with {close}, or look for one too many or too few up to there.",
            )
        case "begin environment":
            return rf"\begin{{{name}}} is", rf"Close it with \end{{{name}}}, in the reverse order of opening."
        case _:
            macro = name if name.startswith("\\") else f"\\{name}"
            return f"An argument of {macro} is missing or", "Close its brace or bracket."
