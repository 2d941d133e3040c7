"""Tables of data, with cells that may hold any LaTeX, such as a place for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp
from pylatex import NoEscape, Tabular

from ..model import Figure
from .values import FigureError, finish, items, label, some


def data_table(
    rows: object,
    *,
    header: Sequence[object] | None = None,
    row_names: Sequence[object] | None = None,
    corner: object = None,
    align: str | None = None,
    ruled: bool = False,
    stretch: str = "1.25",
) -> Figure:
    r"""A table of values.

    Args:
        rows: a matrix or a list of rows. Numbers and expressions are set as math, strings and ``Latex`` are LaTeX
            (``Latex(r"\blank{p[1]}")`` for a cell to fill in), None is an empty cell.
        header: names of the columns.
        row_names: names of the rows.
        corner: what stands over the names of the rows.
        align: one of l, c, r per column, such as "lcc" (with the column of row names); all centred when None.
        ruled: lines between all cells, for tables to fill in; otherwise three lines as in a book.
        stretch: height of a row as a multiple of the usual one.

    Returns:
        A centred figure with data rows (tuples; ``Latex`` and strings as they are), header, row_names.

    Raises:
        FigureError: for no rows, rows of different lengths, names that do not match, floats.
    """
    body = _rows(rows)
    width = len(body[0])
    names = _names(row_names, len(body), "row_names")
    heads = _names(header, width, "header")
    columns = _columns(align, width + bool(names), bool(names))
    table = Tabular("|".join(["", *columns, ""]) if ruled else f"@{{}}{columns}@{{}}", width=len(columns))
    table.escape = False
    _rule(table, ruled, "toprule")
    if heads:
        first = [label(corner, "corner")] if names else []
        table.add_row([NoEscape(word) for word in first + heads])
        _rule(table, ruled, "midrule")
    for number, row in enumerate(body):
        cells = [label(cell, f"cell {column} of row {number + 1}") for column, cell in enumerate(row, start=1)]
        table.add_row([NoEscape(word) for word in names[number : number + 1] + cells])
        if ruled and number < len(body) - 1:
            _rule(table, ruled, "midrule")
    _rule(table, ruled, "bottomrule")
    source = NoEscape(rf"{{\renewcommand{{\arraystretch}}{{{stretch}}}%" + "\n" + table.dumps() + "}")
    return finish(source, {"rows": body, "header": _kept(header), "row_names": _kept(row_names)})


def _rows(rows: object) -> tuple[tuple[Any, ...], ...]:
    """The cells, checked: at least one, the same number in each row."""
    if isinstance(rows, sp.MatrixBase):
        rows = [list(rows.row(i)) for i in range(rows.rows)]
    body = tuple(tuple(some(row, "cells in a row")) for row in some(rows, "rows"))
    for number, row in enumerate(body, start=1):
        if len(row) != len(body[0]):
            raise FigureError(
                f"Row {number} of the table has {len(row)} cells, the first has {len(body[0])}.",
                "Give all rows the same number of cells; None is an empty one.",
            )
    return body


def _names(values: Sequence[object] | None, count: int, what: str) -> list[str]:
    if values is None:
        return []
    entries = items(values, what)
    if len(entries) != count:
        raise FigureError(f"The table got {len(entries)} names as {what}, it has {count}.", "Give one name for each.")
    return [label(entry, what) for entry in entries]


def _columns(align: str | None, count: int, named: bool) -> str:
    columns = align if align is not None else ("l" if named else "c") + "c" * (count - 1)
    if len(columns) != count or set(columns) - set("lcr"):
        raise FigureError(f"The alignment '{columns}' does not fit {count} columns.", "Give one of l, c, r for each.")
    return columns


def _rule(table: Tabular, ruled: bool, kind: str) -> None:
    table.append(NoEscape(r"\hline" if ruled else rf"\{kind}"))


def _kept(names: Sequence[object] | None) -> tuple[object, ...] | None:
    return None if names is None else tuple(names)
