"""Room to write: spaces, lines and boxes of the old file become places that have an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from m4ml_exams.importing import grammar
from m4ml_exams.importing.edits import Desk
from m4ml_exams.importing.grammar import is_environment, is_macro, name_of
from m4ml_exams.importing.parts import end_of
from m4ml_exams.importing.points import Node, Piece
from m4ml_exams.importing.structure import is_blank, tag_of
from m4ml_exams.problem_text.grammar import CHOICE_ENVIRONMENTS
from m4ml_exams.problem_text.options import is_length

DEFAULT = "5cm"
"""Where the old file lets the page decide."""

_INCHES_OF_TEXT = 9
_SHARE = re.compile(r"(\d*\.?\d+)?\s*\\(textheight|paperheight|baselineskip)")
_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0351, "bp": 0.0353, "em": 0.37, "ex": 0.16}
_LEAST_CM = 1.5
"""A \\vspace from here on is room to write; a smaller one is layout."""


def height_of(text: str) -> tuple[str, bool]:
    """The height that stands for an old one, and whether it is the same."""
    if is_length(text):
        return text.strip(), True
    share = _SHARE.fullmatch(text.strip())
    if share is None:
        return DEFAULT, False
    factor = float(share[1] or 1)
    inches = factor * (_INCHES_OF_TEXT if share[2] != "baselineskip" else 0.19)
    return (f"{inches:.1f}in" if inches >= 0.05 else DEFAULT), False


def make_room(leaf: Piece, desk: Desk) -> None:
    """Turn the room of one part into solutions with a height or work boxes.

    What has neither a solution nor a response gets an empty work box, which the reader refuses until it has an answer.
    """
    solutions = [node for node in leaf.nodes if is_environment(node, *grammar.SOLUTIONS, *grammar.LINED_SOLUTIONS)]
    bare = [node for node in solutions if is_environment(node, "solution") and node.nodeargd.argnlist[0] is None]
    for node in solutions:
        if node not in bare:
            _solution(node, desk)
    answered = len(solutions) > len(bare) or _answers(leaf.nodes) or _made(leaf, desk, _PLACE)
    free = [node for node in leaf.nodes if is_macro(node, *grammar.SPACES) and desk.is_free(node.pos)]
    for node in free:
        written = _written(node)
        if is_macro(node, "vspace") and is_length(written) and _cm(written) < _LEAST_CM:
            continue
        height = height_of(written)[0]
        spelled = f"\\{name_of(node)}" + (f"{{{written}}}" if written else "")
        if bare:
            _give_height(bare.pop(0), node, height, spelled, desk)
            answered = True
        elif answered:
            if not (is_macro(node, "vspace") and is_length(written)):
                desk.replace(node.pos, end_of(node))
                desk.tell("not kept", node.pos, f"{spelled} beside a place to answer.", "That place has its own room.")
        elif is_macro(node, *grammar.LINES) or _ends(leaf.nodes, node) or not is_length(written):
            box = f"\n\\begin{{work}}[{height}]\\end{{work}}\n"
            desk.replace(node.pos, end_of(node), box)
            desk.tell("changed", node.pos, f"{spelled} is room without an answer.", f"It is a work box of {height}.")
            answered = True
    for node in bare if not answered else []:
        what = "The solution has no room in the exam, so that the key has no place for it."
        desk.tell("look at", node.pos, what, r"Write \begin{solution}[5cm] for room, or leave it to the solutions.")
    if not answered and not solutions and not _made(leaf, desk, _ANY_SOLUTION):
        desk.tell("needs an answer", leaf.head.pos, NO_PLACE, _ADD)


NO_PLACE = "There is no place to answer."
_PLACE = re.compile(r"\\fillin|\\begin\{solution\}\[")
_ANY_SOLUTION = re.compile(r"\\begin\{solution\}")
_ADD = "Add choices, \\fillin[x], or \\begin{solution}[5cm] ... \\end{solution}."


def _made(leaf: Piece, desk: Desk, pattern: re.Pattern[str]) -> bool:
    """Whether earlier changes have put a place to answer into the part."""
    end = leaf.nodes[-1].pos + leaf.nodes[-1].len if leaf.nodes else leaf.head.pos
    return bool(pattern.search(desk.new_text(leaf.head.pos, end)))


def _give_height(solution: Node, space: Node, height: str, spelled: str, desk: Desk) -> None:
    framed = not is_macro(space, "vspace", "vfill")
    name = "solutionorbox" if framed else "solution"
    desk.replace(*tag_of(solution, "begin"), rf"\begin{{{name}}}[{height}]")
    desk.replace(*tag_of(solution, "end"), rf"\end{{{name}}}")
    desk.replace(space.pos, end_of(space))
    desk.tell("changed", space.pos, f"{spelled} is the room of a solution.", rf"It is \begin{{{name}}}[{height}] now.")


def _solution(node: Node, desk: Desk) -> None:
    """Give a solution a height that is a length, and lines a box."""
    name = name_of(node)
    argument = node.nodeargd.argnlist[0]
    written = "" if argument is None else argument.latex_verbatim()[1:-1]
    height, same = height_of(written)
    lined = name in grammar.LINED_SOLUTIONS
    if same and not lined:
        return
    new = "solutionorbox" if lined else name
    end = argument.pos + argument.len if argument is not None else tag_of(node, "begin")[1]
    desk.replace(node.pos, end, rf"\begin{{{new}}}[{height}]")
    if lined:
        desk.replace(*tag_of(node, "end"), rf"\end{{{new}}}")
    what = f"{name} {f'has the height {written}' if written else 'has no height'}."
    desk.tell("changed", node.pos, what, rf"It is \begin{{{new}}}[{height}] now.")


def _written(node: Node) -> str:
    argument = (node.nodeargd.argnlist or [None])[-1] if node.nodeargd else None
    return "" if argument is None else str(argument.latex_verbatim()[1:-1])


def _cm(length: str) -> float:
    match = re.fullmatch(r"([\d.]+) *([a-z]{2})", length.strip())
    return float(match[1]) * _CM[match[2]] if match else 0.0


def _ends(nodes: Sequence[Node], space: Node) -> bool:
    """Whether no text follows the space in its part."""
    after = nodes[list(nodes).index(space) + 1 :]
    return all(is_blank(node) or is_macro(node, *grammar.SPACES, *grammar.PAGE_BREAKS) for node in after)


def _answers(nodes: Sequence[Node]) -> bool:
    return any(
        is_macro(node, *grammar.RESPONSES) or is_environment(node, "work", *CHOICE_ENVIRONMENTS)
        for node in within(nodes)
    )


def within(nodes: Sequence[Node], solutions: bool = False) -> Iterator[Node]:
    """All nodes at any depth, those inside solutions only when asked for."""
    for node in nodes:
        if node is None:
            continue
        yield node
        if solutions or not is_environment(node, *grammar.SOLUTIONS, *grammar.LINED_SOLUTIONS):
            arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None) or ()
            yield from within(arguments, solutions)
            yield from within(getattr(node, "nodelist", None) or (), solutions)
