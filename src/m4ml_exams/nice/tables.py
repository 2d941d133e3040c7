"""Tables with hidden cells: which cells the printed facts determine.

The printed facts are linear equations between cells. A hidden cell is determined when all solutions agree on it; that
cells are not negative may determine more, and is not used. Cells are pairs (row, column), both from 0.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from numbers import Real
from typing import Any, NamedTuple, TypeAlias

import sympy as sp

from m4ml_exams.nice.draws import require, retry
from m4ml_exams.nice.exact import Matrix, matrix

Cell: TypeAlias = tuple[int, int]
Table: TypeAlias = Sequence[Sequence[object]] | Matrix
_FINEST = 10**6


class Relation(NamedTuple):
    """A printed fact: the cells, each times its number, add to ``value``."""

    cells: Mapping[Cell, Any]
    value: Any = 0


def with_margins(table: Table) -> Matrix:
    """The table with a column of row sums at the right, a row of column sums at the foot, the total in the corner."""
    rows = [[*row, sum(row)] for row in sp.Matrix(table).tolist()]
    return matrix([*rows, [sum(column) for column in zip(*rows, strict=True)]])


def margins(rows: int, columns: int) -> list[Relation]:
    """The sums of a table with margins: in each row and each column the last cell is the sum of the others.

    Args:
        rows, columns: the size of the table without its margins.
    """
    across = [[(i, j) for j in range(columns + 1)] for i in range(rows + 1)]
    down = [[(i, j) for i in range(rows + 1)] for j in range(columns + 1)]
    return [Relation({**dict.fromkeys(line[:-1], 1), line[-1]: -1}) for line in [*across, *down]]


def share(part: Cell, whole: Cell, value: Any) -> Relation:
    """The fact that one cell is ``value`` times another, such as P(A | B) for the cells of A and B, and of B."""
    return Relation({part: 1, whole: -value})


def open_cells(table: Table, relations: Iterable[Relation]) -> list[Cell]:
    """The hidden cells that the facts leave open; none when all are determined.

    Args:
        table: rows of numbers; whatever is no number (None, a place for an answer) is a hidden cell.
        relations: the facts, such as those of :func:`margins`.

    The rank is exact. Floats, as ``verify`` gets them, count as the nearest fraction with a denominator up to 10^6.

    Raises:
        NiceError: the facts and the numbers contradict one another, or a relation names no cell of the table.
    """
    return _Solved.of(table, list(relations)).open


def filled(table: Table, relations: Iterable[Relation]) -> Matrix:
    """The table with its hidden cells filled in, from the numbers in the table and the facts alone.

    Raises:
        NiceError: a hidden cell is open; the error names it (rows and columns from 1). Or as :func:`open_cells`.
    """
    solved = _Solved.of(table, list(relations))
    places = "; ".join(f"row {i + 1}, column {j + 1}" for i, j in solved.open)
    require(
        not solved.open,
        f"The printed facts do not determine the table: open at {places}.",
        "Print one of these cells, or a fact about them.",
    )
    return matrix([[solved.values[i, j] for j in range(solved.size[1])] for i in range(solved.size[0])])


def hidden_cells(
    rng: random.Random, table: Table, count: int, relations: Iterable[Relation], *, among: Iterable[Cell] | None = None
) -> list[Cell]:
    """``count`` cells to hide such that the other cells and the facts determine each of them, in reading order.

    All such choices have the same probability. For the sums of a table alone, cells are determined exactly when they,
    as edges from row to column, close no cycle: of a 2 x 2 table with margins there are 36, 84, 117, 81 choices of
    2, 3, 4, 5 cells, and none of 6.

    Args:
        rng: the source of chance.
        table: the full table, margins included.
        count: how many cells, 1 or more.
        relations: the printed facts; they must hold in the table.
        among: the cells that may be hidden; all when not given.

    Raises:
        NiceError: the facts do not hold, or never determine so many cells.
    """
    facts, full = list(relations), sp.Matrix(table)
    _Solved.of(full, facts)
    cells = sorted(set(_cells(full.shape) if among is None else among))
    system = sp.Matrix(len(facts), len(cells), lambda i, j: _exact(facts[i].cells.get(cells[j], 0)))
    most = system.rank()
    require(count >= 1, f"{count} hidden cells are asked for.", "Hide one or more.")
    require(
        count <= most,
        f"{count} hidden cells are asked for, but the facts determine {most} at most.",
        "Hide fewer cells, or print more facts.",
    )

    def accept(chosen: list[int]) -> bool:
        return bool(system[:, chosen].rank() == count)

    what = f"choice of {count} cells that the facts determine"
    chosen = retry(rng, lambda r: sorted(r.sample(range(len(cells)), count)), accept, what, tries=400)
    return [cells[at] for at in chosen]


class _Solved(NamedTuple):
    """Every cell that is printed or determined with its value, and the cells that stay open."""

    size: Cell
    values: Mapping[Cell, Any]
    open: list[Cell]

    @classmethod
    def of(cls, table: Table, relations: Sequence[Relation]) -> _Solved:
        rows = table.tolist() if isinstance(table, sp.MatrixBase) else [list(row) for row in table]
        size = len(rows), len(rows[0])
        known = {(i, j): _exact(rows[i][j]) for i, j in _cells(size) if _is_number(rows[i][j])}
        hidden = [cell for cell in _cells(size) if cell not in known]
        lost = [cell for fact in relations for cell in fact.cells if cell not in known and cell not in hidden]
        require(not lost, f"A fact speaks of the cell {lost[:1]}.", f"The table has {size[0]} x {size[1]} cells.")
        left = [[_exact(fact.cells.get(cell, 0)) for cell in hidden] for fact in relations]
        right = [
            _exact(fact.value) - sum(_exact(by) * known[cell] for cell, by in fact.cells.items() if cell in known)
            for fact in relations
        ]
        reduced, pivots = sp.Matrix(len(relations), len(hidden) + 1, _augmented(left, right)).rref()
        require(
            len(hidden) not in pivots,
            "The numbers in the table contradict the facts.",
            "Give the table from which the facts were computed.",
        )
        sure = {hidden[at]: reduced[row, -1] for row, at in enumerate(pivots) if not any(reduced[row, at + 1 : -1])}
        return cls(size, {**known, **sure}, [cell for cell in hidden if cell not in sure])


def _augmented(left: Sequence[Sequence[Any]], right: Sequence[Any]) -> list[Any]:
    """The entries of the augmented matrix in reading order."""
    return [entry for row, value in zip(left, right, strict=True) for entry in (*row, value)]


def _cells(size: Cell) -> list[Cell]:
    return [(i, j) for i in range(size[0]) for j in range(size[1])]


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _exact(value: Any) -> Any:
    """A rational number; a float as the nearest simple fraction."""
    require(_is_number(value), f"{value!r} is no rational number.", "Give integers and fractions.")
    if isinstance(value, int | Fraction | sp.Rational):
        return sp.Rational(value)
    near = Fraction(float(value)).limit_denominator(_FINEST)
    return sp.Rational(near.numerator, near.denominator)
