"""Trees from the top down: decision trees and probability trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pylatex import TikZ, TikZNode

from ..model import Figure
from .tikz import SMALL, At, dot, extent, line, options, picture, text
from .values import FigureError, Pair, decimal, exact, finish, fraction, label

DROP = Fraction(14, 10)
HALF_HEIGHT = Fraction(28, 100)


@dataclass(frozen=True)
class Branch:
    """A node of a tree with what grows below it; ``at`` is its place in cm."""

    words: str
    below: tuple[tuple[str, Branch], ...] = ()
    at: Pair = (Fraction(0), Fraction(0))

    def leaves(self) -> list[Branch]:
        """The leaves from left to right."""
        return [leaf for _, branch in self.below for leaf in branch.leaves()] if self.below else [self]

    def depth(self) -> int:
        """The number of edges from here to the deepest leaf."""
        return max((branch.depth() + 1 for _, branch in self.below), default=0)

    def widest(self) -> Fraction:
        """Half the width of the widest words, in cm."""
        return max([extent(self.words)[0], *(branch.widest() for _, branch in self.below)])

    def widest_answer(self) -> Fraction:
        """Half the width of the widest label of a branch, in cm; two of them stand in the middle of two edges."""
        return max((max(extent(word)[0], child.widest_answer()) for word, child in self.below), default=Fraction(0))

    def height(self) -> Fraction:
        """The height of the highest leaf, in cm, which all leaves get."""
        return max(Fraction(1, 2), *(2 * extent(leaf.words)[1] + Fraction(6, 100) for leaf in self.leaves()))


def decision_tree(tree: object, *, answers: tuple[object, object] = ("yes", "no"), gap: object = None) -> Figure:
    """A tree from the top down: questions in frames, leaves in grey.

    Args:
        tree: a leaf (LaTeX or an exact value), or (question, yes branch, no branch), or (question, {label: branch})
            for any number of labelled branches, as in probability trees.
        answers: the labels of the two branches.
        gap: cm between neighbouring leaves, exact, or None to choose.

    Returns:
        A centred figure with data tree (as given) and leaves (from left to right, LaTeX).

    Raises:
        FigureError: when a branch has none of these forms, or the tree is too wide for a page.
    """
    root = _grown(tree, (label(answers[0], "answer"), label(answers[1], "answer")))
    count = len(root.leaves())
    widest = root.widest()
    distance = (
        max(Fraction(13, 10), widest * 2 + Fraction(3, 10), root.widest_answer() * 4 + Fraction(1, 5))
        if gap is None
        else fraction(exact(gap, "gap"), "gap")
    )
    if distance * count > 17:
        raise FigureError(f"A tree with {count} leaves is too wide for a page.", "Give fewer leaves or a smaller gap.")
    placed, _ = _placed(root, 0, Fraction(0), distance)
    edge = max(distance / 2, widest + Fraction(1, 5))
    low = -DROP * root.depth() - HALF_HEIGHT
    drawing = picture((-edge, low), (distance * (count - 1) + edge, HALF_HEIGHT))
    _draw(drawing, placed, root.height())
    return finish(drawing, {"tree": tree, "leaves": tuple(leaf.words for leaf in root.leaves())})


def _grown(tree: object, answers: tuple[str, str]) -> Branch:
    """The tree with its words checked."""
    if not isinstance(tree, tuple | list):
        return Branch(label(tree, "leaf"))
    if len(tree) == 3:
        pairs = list(zip(answers, tree[1:], strict=True))
    elif len(tree) == 2 and isinstance(tree[1], Mapping) and tree[1]:
        pairs = [(label(words, "label of a branch"), branch) for words, branch in tree[1].items()]
    else:
        raise FigureError(
            f"A tree got the branch {tree!r}.", "Give a leaf, (question, yes, no) or (question, {label: branch, ...})."
        )
    return Branch(label(tree[0], "question"), tuple((words, _grown(branch, answers)) for words, branch in pairs))


def _placed(branch: Branch, depth: int, left: Fraction, distance: Fraction) -> tuple[Branch, Fraction]:
    """The branch with places, its first leaf at ``left``; and where the next leaf to its right goes."""
    if not branch.below:
        return replace(branch, at=(left, -DROP * depth)), left + distance
    below = []
    for words, child in branch.below:
        placed, left = _placed(child, depth + 1, left, distance)
        below.append((words, placed))
    middle = (below[0][1].at[0] + below[-1][1].at[0]) / 2
    return replace(branch, below=tuple(below), at=(middle, -DROP * depth)), left


def _draw(drawing: TikZ, branch: Branch, height: Fraction) -> None:
    """Edges first, so that frames and labels lie over them."""
    for words, child in branch.below:
        drawing.append(line([branch.at, child.at], "line width=0.6pt"))
        _draw(drawing, child, height)
        middle = (branch.at[0] + child.at[0]) / 2, (branch.at[1] + child.at[1]) / 2
        if words:
            drawing.append(text(middle, words, SMALL, "fill=white"))
    look = "rounded corners=2pt,fill=white" if branch.below else "fill=black!12"
    if not branch.words:
        drawing.append(dot(branch.at))
        return
    size = "minimum height=0.5cm" if branch.below else f"minimum height={decimal(height)}cm"
    settings = options(look, "draw", "line width=0.6pt", "inner sep=3.5pt", r"font=\small", size)
    drawing.append(TikZNode(text=branch.words, options=settings, at=At(branch.at)))
