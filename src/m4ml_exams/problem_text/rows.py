"""Rows of bubbles (grids, and picks from a list that several parts share), sketches, and notes for graders."""

from __future__ import annotations

from typing import Any

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode

from m4ml_exams.errors import Place, ProblemError, did_you_mean
from m4ml_exams.model import FollowThrough, Grid, GridRow, OptionList, Pick, Piece, Sketch
from m4ml_exams.problem_text.options import read_columns, read_options
from m4ml_exams.problem_text.pieces import (
    PINNED,
    Reading,
    argument,
    option_texts,
    refuse_equal_keys,
    refuse_equal_texts,
)

Node = Any


def read_row_piece(node: Node, reading: Reading) -> tuple[Piece, ...]:
    """The piece that a node of these kinds stands for; nothing for other kinds.

    Raises:
        ProblemError: to be located by the caller where it has no line of its own.
    """
    environment = isinstance(node, LatexEnvironmentNode)
    match node.environmentname if environment else node.macroname:
        case "grid":
            return (_grid(node, reading),)
        case "optionlist":
            return (_option_list(node, reading),)
        case "sketch":
            return (_sketch(node, reading),)
        case "pick":
            names = [(argument(node, number) or "").strip() for number in range(2)]
            if not all(name.isidentifier() for name in names):
                raise ProblemError("\\pick does not name an answer and a list.", "Write \\pick{answer}{list}.")
            return (Pick(reading.next_id(), reading.line(node.pos), *names),)
        case "followthrough":
            name = (argument(node, 0) or "").strip()
            if not name.isidentifier():
                what = f"'{name}' does not name an answer."
                raise ProblemError(what, "Write \\followthrough{name} with the name of an earlier part's answer.")
            return (FollowThrough(reading.next_note(), reading.line(node.pos), name),)
        case _:
            return ()


def _grid(node: Node, reading: Reading) -> Grid:
    columns = read_columns(argument(node, 0) or "")
    keys = tuple(column.key for column in columns)
    heads = [inner for inner in node.nodelist if _is_row(inner)]
    end = node.nodelist[-1].pos + node.nodelist[-1].len if node.nodelist else 0
    before = "".join(inner.latex_verbatim() for inner in node.nodelist if not heads or inner.pos < heads[0].pos)
    if before.replace("%", "").strip():
        raise ProblemError("There is text before the first \\row.", "Put it before the grid.")
    ends = [*(head.pos for head in heads[1:]), end]
    rows = tuple(_row(head, stop, keys, reading) for head, stop in zip(heads, ends, strict=False))
    if not any(row.answer for row in rows):
        raise ProblemError("The grid has no rows to answer.", "Write \\row{answer} text.")
    return Grid(reading.line(node.pos), columns, rows)


def _is_row(node: Node) -> bool:
    return isinstance(node, LatexMacroNode) and node.macroname in ("row", "samplerow")


def _row(head: Node, end: int, keys: tuple[str, ...], reading: Reading) -> GridRow:
    line = reading.line(head.pos)
    name = (argument(head, 0) or "").strip()
    text = reading.run(head.pos + head.len, end)
    if not text.latex.replace("%", "").strip():
        raise ProblemError("A row of the grid is empty.", "Write its text, or delete it.", Place(line=line))
    if head.macroname == "samplerow":
        if name not in keys:
            raise ProblemError(f"The sample row fills '{name}'.", did_you_mean(name, keys), Place(line=line))
        return GridRow("", line, text, keys, None, name)
    if not name.isidentifier():
        raise ProblemError(f"'{name}' does not name an answer.", "Write \\row{answer} text.", Place(line=line))
    return GridRow(reading.next_id(), line, text, keys, name)


def _option_list(node: Node, reading: Reading) -> OptionList:
    words = list(read_options(argument(node, 0) or "", frozenset()).words)
    names = [word for word in words if word != "fixed"]
    if len(names) != 1 or not names[0].isidentifier():
        what = f"'{', '.join(names)}' does not name the option list."
        raise ProblemError(what, "Write \\begin{optionlist}[name]; the parts pick from it by that name.")
    options = tuple(option_texts(node, reading, keyed=True))
    if not 2 <= len(options) <= MOST_LETTERS:
        raise ProblemError(f"The option list has {len(options)} options.", f"Write 2 to {MOST_LETTERS} of them.")
    refuse_equal_keys(options)
    refuse_equal_texts(options)
    pinned = tuple(sorted(options, key=lambda option: option.key in PINNED))
    return OptionList(reading.line(node.pos), names[0], pinned, "fixed" in words)


MOST_LETTERS = 12
"""Options of a shared list, so that their letters stand in one row."""


def _sketch(node: Node, reading: Reading) -> Sketch:
    options = read_options(argument(node, 0) or "", frozenset({"axes", "answer"}))
    for inner in node.nodelist:
        if inner.latex_verbatim().replace("%", "").strip():
            raise ProblemError("A sketch holds nothing.", "Put the text before \\begin{sketch}.")
    if options.words:
        raise ProblemError(f"'{options.words[0]}' says nothing to a sketch.", "Known: axes=, answer=.")
    missing = [key for key in ("axes", "answer") if not options.pairs.get(key, "").isidentifier()]
    if missing:
        remedy = "Write \\begin{sketch}[axes=..., answer=...]: a figure of show, and one of solve."
        raise ProblemError(f"The sketch names no {' and no '.join(missing)}.", remedy)
    return Sketch(reading.next_id(), reading.line(node.pos), options.pairs["axes"], options.pairs["answer"])
