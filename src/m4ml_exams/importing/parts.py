"""The skeleton of a question: its head, its lists of parts, its points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from m4ml_exams.assemble import show_points
from m4ml_exams.importing import grammar
from m4ml_exams.importing.edits import Desk
from m4ml_exams.importing.grammar import is_environment, is_macro, name_of
from m4ml_exams.importing.points import Node, Piece, assign, read_points
from m4ml_exams.importing.structure import Question, is_blank, tag_of


def end_of(node: Node) -> int:
    """Where a node ends, blanks after a macro left out."""
    return int(node.pos) + len(node.latex_verbatim().rstrip())


def tell_break(node: Node, desk: Desk) -> None:
    """A row of the table for a page break that went."""
    what = f"\\{name_of(node)} at the end of the question."
    desk.tell("not kept", node.pos, what, "Templates say where pages begin.")


def shape_parts(question: Question, desk: Desk) -> tuple[list[Piece], bool]:
    """Bring head, lists and points into the form of a problem.

    Returns:
        The pieces that carry points (the question itself when it has no parts), and whether the question was bonus.
    """
    pieces = _listed(question.nodes, "parts", desk, question.end)
    argument = question.head.nodeargd.argnlist[-1]
    total = _written(question.head, argument, desk)
    if pieces:
        desk.replace(question.head.pos, end_of(question.head))
        _tell_points(question, pieces, total, desk)
    else:
        if total is None:
            desk.tell("look at", question.head.pos, "The question has no points.", "It has 0 now: \\question[0].")
        head = rf"\question[{show_points(total or Fraction(0))}]"
        desk.replace(question.head.pos, end_of(question.head), head)
    bonus = name_of(question.head).startswith("bonus")
    if bonus:
        desk.tell("changed", question.head.pos, "The question is bonus.", "bonus = true stands in the exam file.")
    leaves = [leaf for piece in pieces for leaf in piece.leaves]
    return leaves or [Piece(question.head, list(question.nodes))], bonus


def _written(node: Node, argument: Node | None, desk: Desk) -> Fraction | None:
    text = None if argument is None else argument.latex_verbatim().strip("[]")
    points = read_points(text)
    if text and points is None:
        desk.tell("look at", node.pos, f"'{text}' is not a number of points.", "It counts as not written.")
    return points


def _tell_points(question: Question, pieces: list[Piece], total: Fraction | None, desk: Desk) -> None:
    new = assign(pieces, total)
    for piece in pieces:
        held = sum((new[leaf.head.pos] for leaf in piece.leaves), Fraction(0))
        if piece.pieces and piece.points not in (None, held):
            what = f"The part has {show_points(piece.points or Fraction(0))} points, its subparts {show_points(held)}."
            desk.tell("look at", piece.head.pos, what, "The points of the subparts stay.")
        _head(piece, None if piece.pieces else new[piece.head.pos], desk)
        for leaf in piece.pieces:
            _head(leaf, new[leaf.head.pos], desk)
    held = sum(new.values(), Fraction(0))
    if total not in (None, held):
        what = f"The question has {show_points(total or Fraction(0))} points, its parts {show_points(held)}."
        desk.tell("look at", question.head.pos, what, "The points of the parts stay.")


def _head(piece: Piece, points: Fraction | None, desk: Desk) -> None:
    name = name_of(piece.head)
    if name.startswith("bonus"):
        what = f"\\{name} is bonus for a part alone."
        desk.tell("look at", piece.head.pos, what, "Its points count now; bonus is for whole problems.")
    new = "\\" + name.removeprefix("bonus") + ("" if points is None else f"[{show_points(points)}]")
    if points is not None and piece.points is None:
        done = f"It has {show_points(points)} now{', a share of the points above' if points else ''}."
        desk.tell("look at", piece.head.pos, f"\\{name} has no points.", done)
    old = desk.source.text[piece.head.pos : end_of(piece.head)]
    if "".join(old.split()) != new:
        gap = " " if points is None else ""
        desk.replace(piece.head.pos, end_of(piece.head), new + gap)


def _listed(nodes: Sequence[Node], kind: str, desk: Desk, end: int) -> list[Piece]:
    """The pieces of all lists of a kind among the nodes, made one list that begins with its first piece."""
    lists = [node for node in nodes if is_environment(node, kind)]
    if not lists:
        return []
    pieces: list[Piece] = []
    for number, node in enumerate(lists):
        pieces += _pieces(node, kind, desk, number == 0)
    if not pieces:
        return []
    for first, second in pairwise(lists):
        _cut(first, "end", desk, moved=False)
        _cut(second, "begin", desk, moved=False)
        desk.tell("changed", second.pos, f"There is a second {kind} environment.", "Both are one list now.")
    pieces[-1].leaves[-1].nodes += _close(nodes, lists[-1], kind, desk, end, pieces[-1])
    return pieces


def _cut(node: Node, word: str, desk: Desk, moved: bool = True) -> bool:
    """Take the ``\\begin`` or ``\\end`` of a list away; it stands elsewhere when ``moved``; False when it is gone."""
    return desk.replace(*tag_of(node, word), moved=moved)


def _pieces(node: Node, kind: str, desk: Desk, first: bool) -> Iterator[Piece]:
    found: list[Piece] = []
    lead: list[Node] = []
    for inner in node.nodelist:
        if is_macro(inner, *grammar.PARTS[kind]):
            argument = inner.nodeargd.argnlist[0]
            found.append(Piece(inner, [], _written(inner, argument, desk)))
        else:
            (found[-1].nodes if found else lead).append(inner)
    if found and first and not all(is_blank(inner) for inner in lead):
        _cut(node, "begin", desk)
        desk.replace(found[0].head.pos, found[0].head.pos, rf"\begin{{{kind}}}" + "\n")
        what = f"There is text before the first \\{grammar.PARTS[kind][0]}."
        desk.tell("changed", lead[0].pos, what, f"It stands before \\begin{{{kind}}} now.")
    if kind == "parts":
        for number, piece in enumerate(found):
            stop = found[number + 1].head.pos if number + 1 < len(found) else _end_of_list(node)
            piece.pieces = _listed(piece.nodes, "subparts", desk, stop)
    yield from found


def _end_of_list(node: Node) -> int:
    return int(node.nodelist[-1].pos + node.nodelist[-1].len)


def _close(nodes: Sequence[Node], last: Node, kind: str, desk: Desk, end: int, piece: Piece) -> list[Node]:
    """Let the list end behind the text that follows it, and return that text; room and page breaks there go."""
    after = [node for node in nodes[list(nodes).index(last) + 1 :] if not is_blank(node)]
    idle = (*grammar.PAGE_BREAKS, *grammar.SETTINGS, "vfill", "vspace", "medskip", "bigskip", "smallskip", "hfill")
    if all(is_macro(node, *idle) for node in after):
        for node in after:
            if desk.replace(node.pos, end_of(node)) and is_macro(node, *grammar.PAGE_BREAKS):
                tell_break(node, desk)
        return []
    inner = [node for node in piece.nodes if is_environment(node, "subparts")][-1:] if kind == "parts" else []
    inner = [each for each in inner if _cut(each, "end", desk)]
    _cut(last, "end", desk)
    text = desk.source.text[:end]
    stop = len(text.rstrip())
    closing = "\n\\end{subparts}" * len(inner) + f"\n\\end{{{kind}}}\n"
    desk.replace(stop, stop, closing)
    what = f"There is text after \\end{{{kind}}}."
    desk.tell("changed", after[0].pos, what, "It belongs to the last part now.")
    return after
