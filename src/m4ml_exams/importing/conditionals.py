r"""``\ifprintanswers``: what an old file prints in its key only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from m4ml_exams.importing import grammar
from m4ml_exams.importing.edits import Desk
from m4ml_exams.importing.points import Node
from m4ml_exams.importing.reading import NOT_BRANCHES
from m4ml_exams.importing.room import height_of, within
from m4ml_exams.problem_text.grammar import CHOICE_ENVIRONMENTS

_BRANCH = re.compile(r"\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])[ \t]*")
FILL_LINE = re.compile(
    r"\\underline\s*\{\s*(?:\\hspace\*?\s*\{[^{}]*\}|\\q?quad(?![A-Za-z])|\\h?phantom\s*\{[^{}]*\}|~|\\[ ,;])"
    r"(?:\s|\\hspace\*?\s*\{[^{}]*\}|\\q?quad(?![A-Za-z])|\\h?phantom\s*\{[^{}]*\}|~|\\[ ,;])*\}"
    r"|\\rule\s*(?:\[[^\]]*\])?\s*\{\s*(?:[1-9]\d*(?:\.\d+)?\s*(?:cm|in)|[1-9]\d+\s*(?:mm|pt|em))\s*\}"
    r"\s*\{\s*0?\.\d+\s*(?:pt|mm)\s*\}"
    r"|(?:\\_\s*){3,}"
)
"""A line to write on that was made by hand."""

_SPACE = re.compile(r"\\(?:vfill|(?:vspace\*?|makeemptybox|fillwith\w+)\s*\{(?P<height>[^{}]*(?:\{[^{}]*\})?)\})")
_LAYOUT = re.compile(r"(?:\\(?:newpage|clearpage|vfill|hfill|pagebreak|vspace\*?\s*\{[^{}]*\})|[\s%])*")


@dataclass(frozen=True)
class _Conditional:
    """The stretches of ``\\ifprintanswers``, ``\\else`` (perhaps none) and ``\\fi``."""

    head: tuple[int, int]
    middle: tuple[int, int] | None
    tail: tuple[int, int]


def resolve(nodes: Sequence[Node], start: int, end: int, desk: Desk) -> None:
    """Make solutions or blanks of what stands between ``\\ifprintanswers`` and ``\\fi``."""
    for found in _conditionals(desk.source.masked, start, end):
        yes, no = _branches(found, desk.source.text)
        if yes.strip() in (r"\CorrectChoice", r"\correctchoice"):
            desk.replace(found.head[0], found.tail[1], yes.strip() + " ")
        elif FILL_LINE.fullmatch(no.strip()) and yes.strip():
            _fill(found, yes.strip(), desk)
        elif (space := _SPACE.fullmatch(no.strip())) and yes.strip() and not _inside_choice(nodes, found.head[0]):
            _roomy(found, yes, height_of(space["height"] or "")[0], desk)
        elif _inside_choice(nodes, found.head[0]):
            desk.replace(found.head[0], found.tail[1])
            desk.tell("not kept", found.head[0], r"\ifprintanswers in a list of options.", "It is a comment now.")
        else:
            _solution(found, yes, nodes, desk)


def _fill(found: _Conditional, answer: str, desk: Desk) -> None:
    answer = f"{{{answer}}}" if "]" in answer else answer
    desk.replace(found.head[0], found.tail[1], rf"\fillin[{answer}]")
    desk.tell("changed", found.head[0], r"\ifprintanswers with a line by hand.", rf"It is \fillin[{answer}] now.")


def _roomy(found: _Conditional, yes: str, height: str, desk: Desk) -> None:
    """Room or else an answer: a solution with a height."""
    assert found.middle
    own = r"\begin{solution" in yes
    desk.replace(*found.head, "" if own else rf"\begin{{solution}}[{height}]" + "\n")
    desk.replace(found.middle[0], found.tail[1], "" if own else "\n" + r"\end{solution}" + "\n")
    if not own:
        what = r"\ifprintanswers has text for the key, and room else."
        desk.tell("changed", found.head[0], what, rf"It is \begin{{solution}}[{height}] now.")


def _solution(found: _Conditional, yes: str, nodes: Sequence[Node], desk: Desk) -> None:
    """Keep the other branch in the text; the answer becomes a solution unless it is one, or is in one, or is layout."""
    at, to = found.head[1], found.middle[0] if found.middle else found.tail[0]
    bare = re.search(r"\\begin\s*\{solution|\\(?:sub)*part(?![a-z])", yes) or _inside_solution(nodes, found.head[0])
    idle = _LAYOUT.fullmatch(yes)
    new = ("", "") if bare or idle else (r"\begin{solution}" + "\n", "\n" + r"\end{solution}" + "\n")
    desk.replace(*found.head, new[0])
    if idle and yes.strip():
        desk.replace(at, to)
    if found.middle:
        desk.replace(*found.middle, new[1] or " ")
    desk.replace(*found.tail, "" if found.middle else new[1])
    if not bare and not idle:
        desk.tell("changed", found.head[0], r"\ifprintanswers has text for the key.", "It is a solution now.")
    elif bare and found.middle:
        desk.tell("look at", found.head[0], r"\ifprintanswers has two branches.", "Both are in the text now.")


def _branches(found: _Conditional, text: str) -> tuple[str, str]:
    if found.middle is None:
        return text[found.head[1] : found.tail[0]], ""
    return text[found.head[1] : found.middle[0]], text[found.middle[1] : found.tail[0]]


def _conditionals(masked: str, start: int, end: int) -> Iterator[_Conditional]:
    """Conditionals on printanswers that do not stand in another one of them."""
    open_: list[tuple[bool, tuple[int, int], tuple[int, int] | None]] = []
    for branch in _BRANCH.finditer(masked, start, end):
        if branch[1].startswith("if") and branch[1] not in NOT_BRANCHES:
            open_.append((branch[1] == "ifprintanswers", branch.span(), None))
        elif open_ and branch[1] == "else":
            open_[-1] = (*open_[-1][:2], branch.span())
        elif open_ and branch[1] == "fi":
            ours, head, middle = open_.pop()
            if ours:
                yield _Conditional(head, middle, branch.span())


def _inside_choice(nodes: Sequence[Node], pos: int) -> bool:
    return any(_holds(node, pos, tuple(CHOICE_ENVIRONMENTS)) for node in within(nodes))


def _inside_solution(nodes: Sequence[Node], pos: int) -> bool:
    return any(_holds(node, pos, (*grammar.SOLUTIONS, *grammar.LINED_SOLUTIONS)) for node in within(nodes))


def _holds(node: Node, pos: int, names: tuple[str, ...]) -> bool:
    return grammar.is_environment(node, *names) and bool(node.pos <= pos < node.pos + node.len)
