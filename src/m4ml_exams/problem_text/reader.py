"""A rendered statement into parts and responses, each with its line in problem.tex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode

from m4ml_exams.errors import M4mlError, Place, ProblemError, collected, did_you_mean, located, raise_all
from m4ml_exams.model import Choice, OptionList, Part, Pick, Picture, Piece, SolutionMark, Statement, Text
from m4ml_exams.problem_text import grammar
from m4ml_exams.problem_text.anchors import anchored
from m4ml_exams.problem_text.asides import put_back, set_aside, unmarked
from m4ml_exams.problem_text.parsing import line_of, parse
from m4ml_exams.problem_text.pieces import (
    Reading,
    is_blank,
    is_option,
    read_piece,
    refuse_equal_keys,
    refuse_equal_texts,
)
from m4ml_exams.problem_text.rows import read_row_piece
from m4ml_exams.problem_text.source import SOLUTION_MARK
from m4ml_exams.problem_text.walk import option_lists, part_letters, responses

Node = Any
Body = tuple[Piece | SolutionMark, ...]
_INSIDE = {"grid": ("a grid", "the grid"), "givens": ("the givens", "them")}
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")


def read_statement(text: Text, path: Path) -> Statement:
    """Read a rendered statement.

    Args:
        text: the statement with its values filled in, marked or not, and the line of each of its lines in ``path``.
        path: problem.tex, for the places of faults.

    Raises:
        ProblemError: it does not parse as LaTeX.
        ExceptionGroup: of ProblemError, all other faults of the text at once.
    """
    aside, values = set_aside(text)
    read = _read_once(aside, path) if values else None
    if read is not None:
        made = put_back(read, values)
        if _tells_options_apart(made):
            return made
    return _Reader(unmarked(text), path).statement()


@lru_cache(maxsize=1024)
def _read_once(text: Text, path: Path) -> Statement | None:
    """A text without its values read; None when it has faults, which its values may mend or explain."""
    with suppress(M4mlError, ExceptionGroup):
        return _Reader(text, path).statement()
    return None


def _tells_options_apart(statement: Statement) -> bool:
    """Whether options differ now that they have their values."""
    lists = [response.options for _, response in responses(statement) if isinstance(response, Choice)]
    with suppress(M4mlError):
        for options in (*lists, *(listed.options for listed in option_lists(statement))):
            refuse_equal_keys(options)
            refuse_equal_texts(options)
        return True
    return False


class _Reader:
    """Holds the text, its lines and the faults of one reading."""

    def __init__(self, text: Text, path: Path) -> None:
        self.text = text.latex
        self.lines = text.lines
        self.path = path
        self.faults: list[M4mlError] = []
        self.shared = True
        self.givens: Body | None = None

    def statement(self) -> Statement:
        nodes = parse(Text(self.text, self.lines), self.path)
        nodes, question, points = self.leading_question(nodes)
        lists = [node for node in nodes if _is_environment(node, "parts")]
        if len(lists) > 1:
            self.fault(lists[1].pos, "There are two parts environments.", "Keep all parts in one.")
        if lists:
            at = nodes.index(lists[0])
            if points is not None:
                what = "\\question has points although there are parts."
                self.fault(question, what, "Keep points on the parts only.")
            self.refuse_text_after([node for node in nodes[at + 1 :] if node not in lists])
            preamble = self.body(nodes[:at], "")
            self.shared = False
            parts = self.parts(lists[0], "part", part_letters())
        else:
            preamble, parts = (), (self.single_part(nodes, question, points),)
        self.refuse_responses(preamble)
        read = Statement(preamble, parts)
        self.refuse_unlisted(read)
        raise_all(self.faults)
        return read

    def leading_question(self, nodes: list[Node]) -> tuple[list[Node], int, Fraction | None]:
        """Drop ``\\question[5]`` from the head; tell where it stands, and its points, for when there are no parts."""
        for at, node in enumerate(nodes):
            if isinstance(node, LatexMacroNode) and node.macroname == "question":
                before = "".join(inner.latex_verbatim() for inner in nodes[:at]).replace("%", "")
                if before.strip():
                    self.fault(node.pos, "There is text before \\question.", "Put it behind \\question.")
                return nodes[at + 1 :], node.pos, self.points(node)
        return nodes, 0, None

    def single_part(self, nodes: Sequence[Node], question: int, points: Fraction | None) -> Part:
        if points is None:
            self.fault(question, "The problem has no points.", "Write \\question[5] first, or \\part[5] in parts.")
        return Part("a", self.line(question), points or Fraction(0), self.body(nodes, "a"), lettered=False)

    def parts(self, node: Node, macro: str, letters: Iterator[str], prefix: str = "") -> tuple[Part, ...]:
        """The pieces of a parts or subparts environment."""
        found: list[tuple[Node, list[Node]]] = []
        for inner in node.nodelist:
            if isinstance(inner, LatexMacroNode) and inner.macroname == macro:
                found.append((inner, []))
            elif found:
                found[-1][1].append(inner)
            elif inner.latex_verbatim().replace("%", "").strip():
                self.fault(inner.pos, f"There is text before the first \\{macro}.", f"Put it behind \\{macro}[...].")
        if not found:
            self.fault(node.pos, f"The {macro}s environment is empty.", f"Write \\{macro}[4] and its text.")
        return tuple(
            self.part(head, nodes, prefix, letter) for (head, nodes), letter in zip(found, letters, strict=False)
        )

    def part(self, head: Node, nodes: list[Node], prefix: str, letter: str) -> Part:
        line = self.line(head.pos)
        points = self.points(head)
        lists = [node for node in nodes if _is_environment(node, "subparts")]
        if not lists:
            if points is None:
                self.fault(head.pos, f"Part {prefix}{letter} has no points.", "Write them as \\part[4].")
            return Part(letter, line, points or Fraction(0), self.body(nodes, prefix + letter))
        if points is not None:
            self.fault(head.pos, f"Part {letter} has points and subparts.", "Keep points on the subparts only.")
        at = nodes.index(lists[0])
        self.refuse_text_after(nodes[at + 1 :])
        body = self.body(nodes[:at], letter)
        return Part(letter, line, Fraction(0), body, self.parts(lists[0], "subpart", _romans(), letter))

    def points(self, node: Node) -> Fraction | None:
        argument = node.nodeargd.argnlist[0]
        if argument is None:
            return None
        written = _inside(argument)
        try:
            points = Fraction(written)
        except (ValueError, ZeroDivisionError):
            points = Fraction(-1)
        if points < 0:
            self.fault(node.pos, f"'{written}' is not a number of points.", "Write a number such as 4 or 2.5.")
        return max(points, Fraction(0))

    def body(self, nodes: Sequence[Node], label: str) -> Body:
        """Cut the responses out of the nodes; what lies between them is text."""
        if not nodes:
            return ()
        reading = Reading(self.text, self.lines, label)
        at, end = nodes[0].pos, nodes[-1].pos + nodes[-1].len
        pieces: list[Piece | SolutionMark] = []
        for node in self.cuts(nodes):
            pieces.extend(reading.text_between(at, node.pos))
            with collected(self.faults), located(Place(self.path, self.line(node.pos))):
                pieces.extend(self.read(node, reading))
            at = node.pos + node.len
        pieces.extend(reading.text_between(at, end))
        return anchored(tuple(pieces))

    def read(self, node: Node, reading: Reading) -> Iterator[Piece | SolutionMark]:
        """The pieces that a node stands for; what all parts share is read before the first of them."""
        name = node.environmentname if isinstance(node, LatexEnvironmentNode) else node.macroname
        if name in ("givens", "optionlist") and not self.shared:
            raise ProblemError(f"{_spelled(node)} stands in a part.", "Move it before \\begin{parts}.")
        if name == "restate":
            if self.givens is None:
                raise ProblemError("There is nothing to restate.", "Write \\begin{givens} ... \\end{givens} first.")
            yield from self.givens
        elif name == "givens":
            if self.givens is not None:
                raise ProblemError("There are two givens environments.", "Keep all givens in one.")
            self.givens = self.body(node.nodelist, reading.label)
            yield from self.givens
        else:
            yield from read_row_piece(node, reading) or read_piece(node, reading)

    def cuts(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """The nodes that are responses, pictures or solution marks, at any depth, in order."""
        for node in nodes:
            if node is None:
                continue
            self.refuse_unsupported(node)
            if _is_piece(node):
                self.refuse_inside(node)
                yield node
            else:
                arguments = getattr(getattr(node, "nodeargd", None), "argnlist", None) or ()
                yield from self.cuts(arguments)
                yield from self.cuts(getattr(node, "nodelist", None) or ())

    def refuse_unsupported(self, node: Node) -> None:
        remedy = None
        if isinstance(node, LatexMacroNode):
            remedy = grammar.UNSUPPORTED_MACROS.get(node.macroname)
            if node.macroname in ("part", "subpart", *grammar.OPTION_MACROS):
                remedy = "Keep it directly in its own list (parts, subparts, choices or checkboxes)."
        elif isinstance(node, LatexEnvironmentNode):
            remedy = grammar.UNSUPPORTED_ENVIRONMENTS.get(node.environmentname)
            if node.environmentname in ("parts", "subparts"):
                remedy = "Keep parts directly in the problem and subparts directly in a part."
        if remedy:
            self.fault(node.pos, f"{_spelled(node)} is not read here.", remedy)

    def refuse_inside(self, piece: Node) -> None:
        """Options and rows hold words only; what would be measured or cut out of the text is not read there."""
        if not isinstance(piece, LatexEnvironmentNode) or piece.environmentname in ("work", "sketch"):
            return
        name = piece.environmentname
        inside, around = _INSIDE.get(name, ("an option", "the list"))
        for node in self.cuts([inner for inner in piece.nodelist if not is_option(inner)]):
            pictured = name == "givens" and getattr(node, "macroname", "") == "includegraphics"
            if not pictured and not (name in grammar.CHOICE_ENVIRONMENTS and is_blank(node)):
                self.fault(node.pos, f"{_spelled(node)} stands inside {inside}.", f"Put it before or behind {around}.")

    def refuse_text_after(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            if node.latex_verbatim().replace("%", "").strip():
                self.fault(node.pos, "There is text after the last part.", "Move it into a part or the preamble.")
                return

    def refuse_responses(self, preamble: Body) -> None:
        for piece in preamble:
            if not isinstance(piece, Text | Picture | SolutionMark | OptionList):
                remedy = "Move it into a part; a preamble has no points."
                what = "There is a response before the first part."
                self.faults.append(ProblemError(what, remedy, Place(self.path, piece.line)))

    def refuse_unlisted(self, statement: Statement) -> None:
        """Names of option lists are there once, and those that picks ask for are there."""
        names: list[str] = []
        for listed in option_lists(statement):
            if listed.name in names:
                what = f"Two option lists have the name '{listed.name}'."
                self.faults.append(ProblemError(what, "Rename one.", Place(self.path, listed.line)))
            names.append(listed.name)
        for _, response in responses(statement):
            if isinstance(response, Pick) and response.listed not in names:
                what = f"There is no option list '{response.listed}'."
                remedy = did_you_mean(response.listed, names) or "Write \\begin{optionlist}[name] before the parts."
                self.faults.append(ProblemError(what, remedy, Place(self.path, response.line)))

    def line(self, pos: int) -> int:
        return line_of(Text(self.text, self.lines), pos)

    def fault(self, pos: int, what: str, remedy: str) -> None:
        self.faults.append(ProblemError(what, remedy, Place(self.path, self.line(pos))))


def _romans() -> Iterator[str]:
    """i, ii, ..., xcix"""
    yield from (tens + ones for tens in _TENS for ones in _ONES if tens + ones)


def _spelled(node: Node) -> str:
    """How the author wrote the beginning of a node."""
    if isinstance(node, LatexEnvironmentNode):
        return f"\\begin{{{node.environmentname}}}"
    if node.macroname == SOLUTION_MARK:
        return f"\\begin{node.nodeargd.argnlist[1].latex_verbatim()}"
    return f"\\{node.macroname}"


def _is_environment(node: Node, name: str) -> bool:
    return isinstance(node, LatexEnvironmentNode) and node.environmentname == name


def _is_piece(node: Node) -> bool:
    if isinstance(node, LatexMacroNode):
        return node.macroname in grammar.PIECE_MACROS
    return isinstance(node, LatexEnvironmentNode) and node.environmentname in grammar.PIECE_ENVIRONMENTS


def _inside(argument: Node) -> str:
    """The text of an argument without its brackets."""
    return re.sub(r"^[\[{](.*)[\]}]$", r"\1", argument.latex_verbatim(), flags=re.DOTALL).strip()
