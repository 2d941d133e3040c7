"""The rest of a question: pictures, lines by hand, settings, references, nested lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase

from pylatexenc.latexwalker import LatexGroupNode

from m4ml_exams.importing import grammar
from m4ml_exams.importing.conditionals import FILL_LINE
from m4ml_exams.importing.edits import Desk
from m4ml_exams.importing.grammar import is_environment, is_macro, name_of
from m4ml_exams.importing.parts import end_of, tell_break
from m4ml_exams.importing.points import Node
from m4ml_exams.importing.room import within
from m4ml_exams.importing.structure import inside, inside_environment, tag_of
from m4ml_exams.problem_text.grammar import CHOICE_ENVIRONMENTS
from m4ml_exams.problem_text.options import is_length

_ENDINGS = ("", ".pdf", ".png", ".jpg", ".jpeg")
_REFERENCE = re.compile(r"\\(?:ref|eqref|pageref|autoref|cref)\s*\{([^{}]*)\}")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_PART = re.compile(r"\\(?:bonus)?part(?![A-Za-z])")
_NUMBERED = re.compile(
    r"\\(begin|end)\s*\{(?:equation|align|gather|multline|eqnarray|subequations|alignat|flalign|enumerate)\}"
)
_WIDTH = re.compile(r"\\hspace\*?\s*\{([^{}]*)\}|\\rule\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_INPUT = re.compile(r"\\(?:input|include)(?![A-Za-z])")


def tidy(nodes: Sequence[Node], start: int, end: int, desk: Desk) -> None:
    """Take away or rewrite what our dialect has no word for."""
    for start_hidden, end_hidden in desk.source.hidden:
        if start <= start_hidden < end and desk.replace(start_hidden, end_hidden):
            desk.tell("not kept", start_hidden, "The text is switched off here.", "It is a comment now.")
    for node in within(nodes):
        if is_macro(node, *grammar.SETTINGS):
            desk.replace(node.pos, end_of(node))
            desk.tell("not kept", node.pos, f"\\{name_of(node)} is not for a problem.", "It is a comment now.")
        elif is_macro(node, *grammar.ACROSS):
            _unwrap(node, inside(node.nodeargd.argnlist[0]), desk)
        elif is_environment(node, *grammar.ACROSS_ENVIRONMENTS):
            _unwrap(node, inside_environment(node), desk)
        elif is_environment(node, "subsubparts"):
            _flatten(node, desk)
        elif is_environment(node, "figure"):
            _unfloat(node, desk)
    _end_breaks(nodes, desk)
    _references(start, end, desk)


def _unwrap(node: Node, inner: tuple[int, int], desk: Desk) -> None:
    desk.replace(node.pos, inner[0])
    desk.replace(inner[1], end_of(node))
    desk.tell("changed", node.pos, f"{name_of(node)} stands in a question.", "Its text stays where it is.")


def _flatten(node: Node, desk: Desk) -> None:
    start, end = inside_environment(node)
    desk.replace(node.pos, start, r"\begin{enumerate}")
    desk.replace(end, node.pos + node.len, r"\end{enumerate}")
    for inner in node.nodelist:
        if is_macro(inner, *grammar.SUBSUBPARTS):
            desk.replace(inner.pos, end_of(inner), r"\item ")
    what = "Points nest two levels at most; there are subsubparts."
    desk.tell("look at", node.pos, what, "They are an enumerate now; add their points to the subpart's.")


def _unfloat(node: Node, desk: Desk) -> None:
    argument = node.nodeargd.argnlist[0]
    begin = argument.pos + argument.len if argument is not None else tag_of(node, "begin")[1]
    desk.replace(node.pos, begin, r"\begin{center}")
    desk.replace(*tag_of(node, "end"), r"\end{center}")
    for inner in within(node.nodelist):
        if is_macro(inner, "caption") and isinstance(inner.nodeargd.argnlist[-1], LatexGroupNode):
            desk.replace(inner.pos, inner.nodeargd.argnlist[-1].pos, r"\par ")
    desk.tell("changed", node.pos, "A figure floats.", "It is centred where it stands; a caption has no number.")


def _end_breaks(nodes: Sequence[Node], desk: Desk) -> None:
    """Page breaks at the end of a question go: every problem begins a page."""
    for node in reversed(nodes):
        if is_macro(node, *grammar.PAGE_BREAKS):
            if desk.replace(node.pos, end_of(node)):
                tell_break(node, desk)
        elif node.latex_verbatim().strip() and not is_environment(node, *grammar.PARTS):
            break
        elif is_environment(node, *grammar.PARTS):
            _end_breaks(node.nodelist, desk)
            break


def _references(start: int, end: int, desk: Desk) -> None:
    masked = desk.source.masked
    own = {label[1]: label.start() for label in _LABEL.finditer(masked, start, end)}
    for reference in _REFERENCE.finditer(masked, start, end):
        if reference[1] not in own:
            what = f"{reference[0]} points out of the question."
            desk.tell("look at", reference.start(), what, "Say it in words; the other place may be on no paper.")
        elif not _numbered(masked[start : own[reference[1]]]):
            parts = len(_PART.findall(masked, start, own[reference[1]]))
            letter = f"({ascii_lowercase[(parts - 1) % 26]})" if parts else ""
            what = f"{reference[0]} points {f'into part {letter}' if letter else 'at the question'}."
            done = f"Write {letter or 'words'} in its place; questions and parts have no labels here."
            desk.tell("look at", reference.start(), what, done)
    for found in _INPUT.finditer(masked, start, end):
        desk.tell("look at", found.start(), "The input is not there.", "Put its text here.")


def _numbered(before: str) -> bool:
    """Whether the text ends in an environment that gives labels a number of their own."""
    opened = [found[1] for found in _NUMBERED.finditer(before)]
    return opened.count("begin") > opened.count("end")


def fill_lines(nodes: Sequence[Node], start: int, end: int, desk: Desk) -> None:
    """Make ``\\fillin`` of lines to write on; the reader refuses it until it has an answer."""
    closed = [
        (node.pos, node.pos + node.len)
        for node in within(nodes)
        if is_environment(node, *grammar.SOLUTIONS, *grammar.LINED_SOLUTIONS, *CHOICE_ENVIRONMENTS)
    ]
    for line in FILL_LINE.finditer(desk.source.masked, start, end):
        if any(first <= line.start() < last for first, last in closed):
            continue
        widths = [width.strip() for pair in _WIDTH.findall(line[0]) for width in pair if width]
        new = rf"\fillin[][{widths[0]}]" if len(widths) == 1 and is_length(widths[0]) else r"\fillin[]"
        if desk.replace(*line.span(), new):
            what = f"A line to write on is made by hand: {line[0].strip()}"
            desk.tell("changed", line.start(), what, f"It is {new} now; write the answer between the first brackets.")


def pictures(nodes: Sequence[Node], folders: Sequence[Path], desk: Desk) -> dict[str, Path]:
    """The pictures of a question by the name that they get beside problem.tex; those that are missing are told."""
    copied: dict[str, Path] = {}
    for node in within(nodes, solutions=True):
        if not is_macro(node, "includegraphics"):
            continue
        argument = node.nodeargd.argnlist[-1]
        written = argument.latex_verbatim().strip("{} \n")
        found = next(
            (path for folder in folders for end in _ENDINGS if (path := folder / (written + end)).is_file()), None
        )
        if found is None:
            desk.tell("look at", node.pos, f"The picture {written} is missing.", "Put it beside problem.tex.")
        else:
            name = _free(found, copied)
            copied[name] = found
            if name != written:
                desk.replace(argument.pos, argument.pos + argument.len, f"{{{name}}}")
    return copied


def _free(path: Path, taken: dict[str, Path]) -> str:
    name, number = path.name, 1
    while taken.get(name, path) != path:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name
