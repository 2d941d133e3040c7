"""Where the questions of a file begin and end, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pylatexenc.latexwalker import LatexCharsNode, LatexCommentNode, LatexMacroNode

from m4ml_exams.errors import M4mlError, Place, ProblemError
from m4ml_exams.importing import grammar
from m4ml_exams.importing.grammar import is_environment, is_macro, name_of
from m4ml_exams.importing.reading import Source, blanked
from m4ml_exams.model import Text
from m4ml_exams.problem_text import parse

Node = Any


@dataclass(frozen=True)
class Question:
    """One question: its head, the nodes after it, and the stretch of the source that is its own."""

    head: Node
    nodes: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Across:
    """Words between questions (uplevel, fullwidth, headings): a stretch, and the stretches of words in it."""

    start: int
    end: int
    inner: tuple[tuple[int, int], ...]


def body_of(source: Source) -> tuple[int, int]:
    """The stretch between ``\\begin{document}`` and ``\\end{document}``; everything when there are none."""
    begin = re.search(r"\\begin\s*\{document\}", source.masked)
    end = re.search(r"\\end\s*\{document\}", source.masked)
    return begin.end() if begin else 0, end.start() if end else len(source.masked)


def parsed(source: Source, cut: Sequence[tuple[int, int]]) -> list[Node]:
    """The nodes of the document's body, positions as in the source.

    Args:
        source: the file.
        cut: stretches to pass over, such as definitions.

    Raises:
        ProblemError: something does not close; told at its own file and line.
    """
    start, end = body_of(source)
    text = blanked(source.masked, 0, start)[:end]
    for stretch in cut:
        text = blanked(text, *stretch)[:end]
    rows = tuple(range(1, text.count("\n") + 2))
    try:
        return parse(Text(text, rows), source.path, grammar.context())
    except M4mlError as error:
        here = source.place_of_row(error.place.line or 1)
        error.what = re.sub(r"in line (\d+)", lambda row: _line(source, row, here), error.what)
        error.args = (error.what,)
        error.place = here
        raise


def _line(source: Source, row: re.Match[str], here: Place) -> str:
    place = source.place_of_row(int(row[1]))
    other = "" if place.path == here.path or place.path is None else f" of {place.path.name}"
    return f"in line {place.line}{other}"


def questions_of(nodes: Sequence[Node], source: Source) -> tuple[list[Question], list[Across]]:
    """All questions in order, and what stands between them; raises ProblemError when there are none."""
    found = list(_questions(nodes))
    if not found:
        what = "There is no \\question in the file."
        raise ProblemError(what, "Import a file of the exam class.", Place(source.path))
    kept: list[Question] = []
    between: list[Across] = list(_before_first(nodes))
    for question in found:
        at = _tail(question.nodes)
        if at < len(question.nodes):
            tail = question.nodes[at:]
            between.append(Across(tail[0].pos, question.end, tuple(_inner(tail))))
            question = Question(question.head, question.nodes[:at], question.start, tail[0].pos)
        kept.append(question)
    return kept, between


def _questions(nodes: Sequence[Node]) -> Iterator[Question]:
    breaks = [at for at, node in enumerate(nodes) if is_macro(node, *grammar.QUESTIONS) or _holds_question(node)]
    for number, at in enumerate(breaks):
        node = nodes[at]
        if not is_macro(node, *grammar.QUESTIONS):
            yield from _questions(node.nodelist)
            continue
        stop = breaks[number + 1] if number + 1 < len(breaks) else len(nodes)
        end = nodes[stop].pos if stop < len(nodes) else nodes[-1].pos + nodes[-1].len
        yield Question(node, tuple(nodes[at + 1 : stop]), node.pos, end)


def _holds_question(node: Node) -> bool:
    inner = getattr(node, "nodelist", None) or ()
    return any(is_macro(each, *grammar.QUESTIONS) or _holds_question(each) for each in inner)


def _before_first(nodes: Sequence[Node]) -> Iterator[Across]:
    """The uplevel text that a questions environment begins with."""
    for node in nodes:
        if is_environment(node, "questions"):
            lead = []
            for inner in node.nodelist:
                if is_macro(inner, *grammar.QUESTIONS) or _holds_question(inner):
                    break
                lead.append(inner)
            for each in lead:
                if is_across(each):
                    yield Across(each.pos, each.pos + each.len, tuple(_inner([each])))
        else:
            yield from _before_first(getattr(node, "nodelist", None) or ())


def _tail(nodes: Sequence[Node]) -> int:
    """Where the words for the next questions begin; the length when there are none."""
    first = len(nodes)
    for at in range(len(nodes) - 1, -1, -1):
        if is_across(nodes[at]):
            first = at
        elif not (is_blank(nodes[at]) or is_macro(nodes[at], *grammar.PAGE_BREAKS)):
            break
    return first


def is_across(node: Node) -> bool:
    """Whether the node is text across the list of questions."""
    return is_macro(node, *grammar.ACROSS, *grammar.HEADINGS) or is_environment(node, *grammar.ACROSS_ENVIRONMENTS)


def is_blank(node: Node) -> bool:
    """Whether the node prints nothing and is a blank or a comment."""
    return isinstance(node, LatexCommentNode) or (isinstance(node, LatexCharsNode) and not node.chars.strip())


def _inner(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """The stretches of words in text across the list, without the macro or environment round them."""
    for node in nodes:
        if is_macro(node, *grammar.ACROSS):
            yield inside(node.nodeargd.argnlist[0])
        elif is_environment(node, *grammar.ACROSS_ENVIRONMENTS):
            yield inside_environment(node)
        elif isinstance(node, LatexMacroNode) and name_of(node) in grammar.HEADINGS:
            yield node.pos, node.pos + node.len


def inside(argument: Node) -> tuple[int, int]:
    """The stretch of an argument without its braces or brackets."""
    text = argument.latex_verbatim()
    trim = 1 if text[:1] in "{[" else 0
    return argument.pos + trim, argument.pos + argument.len - trim


def tag_of(node: Node, word: str) -> tuple[int, int]:
    """The stretch of the ``\\begin{...}`` or ``\\end{...}`` of an environment, by the word."""
    text = node.latex_verbatim()
    pattern = rf"\\{word}\s*\{{[^{{}}]*\}}"
    match = re.match(pattern, text) if word == "begin" else re.search(pattern + "$", text)
    assert match
    return node.pos + match.start(), node.pos + match.end()


def inside_environment(node: Node) -> tuple[int, int]:
    """The stretch between the ``\\begin{...}`` and ``\\end{...}`` of an environment without arguments."""
    return tag_of(node, "begin")[1], tag_of(node, "end")[0]
