"""Formulas that run away: what they run into tells where they should have closed, long before a parser sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from m4ml_exams.problem_text import grammar

_STOPS = ("part", "subpart", "question", "row", "samplerow", "item", "solutionplace", *grammar.OPTION_MACROS)
_STOPPING_ENVIRONMENTS = (
    *("parts", "subparts", "solution", "solutionorbox", "solutionbox", "questions", "center", "itemize", "enumerate"),
    *grammar.PIECE_ENVIRONMENTS,
)
_TEXT_ENVIRONMENTS = ("tabular", "minipage")
_MATH_ENVIRONMENTS = re.compile(r"(?:math|displaymath|(?:equation|align|gather|multline|flalign|alignat|eqnarray)\*?)")
_CLOSERS = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_SIGN = re.compile(
    r"\\(?P<tag>begin|end)\s*\{(?P<name>[^{}]*)\}"
    rf"|\\(?P<stop>{'|'.join(_STOPS)})(?![A-Za-z])"
    r"|(?P<text>\\(?:text[a-z]*|[a-z]*box|intertext|shortintertext|emph|tag\*?)\s*(?:\[[^\]]*\]|\{[^{}]*\}(?=\s*\{))*\s*\{)"
    r"|(?P<math>\\[()\[\]]|\$\$?)|(?P<brace>[{}])|(?P<blank>\n[ \t]*(?=\n))|\\.|%[^\n]*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Runaway:
    """What is open, with its position, and what it runs into: a piece of markup, or a blank line when empty."""

    opened: str
    start: int
    stop: str
    end: int


@dataclass(frozen=True)
class _Open:
    """An open formula, brace or environment; ``math`` is the mode inside."""

    kind: str
    pos: int
    math: bool


def runaway(latex: str, strict: bool = False) -> Runaway | None:
    """The first formula, or brace in a formula, that runs into what no formula holds.

    Args:
        latex: LaTeX without verbatim pieces.
        strict: whether a dollar in braces in a formula says that the brace is open; a macro of the author's may take
            text there, so that only what is known to be broken is read strictly.

    Returns:
        None when there is none, or when braces and environments outside of formulas do not match.
    """
    stack: list[_Open] = []
    for sign in _SIGN.finditer(latex):
        math = bool(stack) and stack[-1].math
        if sign["math"]:
            stack, stopped = _after_math(sign["math"], sign.start(), stack, strict)
        elif sign["tag"] == "begin" and not (math and sign["name"] in _STOPPING_ENVIRONMENTS):
            name, stopped = sign["name"], None
            inner = (math and name not in _TEXT_ENVIRONMENTS) or bool(_MATH_ENVIRONMENTS.fullmatch(name))
            stack = [*stack, _Open(rf"\begin{{{name}}}", sign.start(), inner)]
        elif sign["text"] or sign["brace"] == "{":
            stack, stopped = [*stack, _Open("{", sign.end() - 1, math and not sign["text"])], None
        elif sign["tag"] == "end" or sign["brace"]:
            due = "{" if sign["brace"] else rf"\begin{{{sign['name']}}}"
            if stack and stack[-1].kind == due:
                stack = stack[:-1]
                continue
            if not math:
                return None
            stopped = sign[0]
        else:
            stopped = sign[0].strip() if math and (sign["stop"] or sign["tag"] or sign["blank"]) else None
        if stopped is not None:
            return _told(stack, stopped, sign.start() + (sign["blank"] is not None))
    return None


def _after_math(sign: str, pos: int, stack: list[_Open], strict: bool) -> tuple[list[_Open], str | None]:
    """What is open after a sign that begins or ends a formula, and the sign when it cannot stand there."""
    top = stack[-1] if stack else _Open("", 0, math=False)
    if sign == "$$" and (top.kind == "$" or (top.kind != "$$" and top.math)):
        stack, stopped = _after_math("$", pos, stack, strict)
        return (stack, stopped) if stopped else _after_math("$", pos + 1, stack, strict)
    if _CLOSERS.get(top.kind) == sign:
        return stack[:-1], None
    if sign in (r"\)", r"\]"):
        return stack, sign if top.math else None
    if top.kind in _CLOSERS or (top.math and strict):
        return stack, sign
    return [*stack, _Open(sign, pos, math=True)], None


def _told(stack: list[_Open], stop: str, end: int) -> Runaway:
    """The innermost thing that is open; an environment in a formula says less than the formula."""
    inner = next(_innermost(stack))
    return Runaway(inner.kind, inner.pos, stop, end)


def _innermost(stack: list[_Open]) -> Iterator[_Open]:
    yield from (each for each in reversed(stack) if each.kind in (*_CLOSERS, "{"))
    yield from reversed(stack)
