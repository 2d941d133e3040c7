"""Tables with hidden cells: what the printed facts determine, compared with sympy's own solver."""

import random
from fractions import Fraction
from itertools import combinations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from m4ml_exams import nice
from m4ml_exams.authoring import Latex

FULL = nice.with_margins([[3, 4], [5, 8]])
SUMS = nice.margins(2, 2)
INNER = [(0, 0), (0, 1), (1, 0), (1, 1)]


def without(table, cells):
    rows = sp.Matrix(table).tolist()
    for i, j in cells:
        rows[i][j] = None
    return rows


def solved_by_sympy(table, cells, m, n):
    """The hidden cells that all solutions of the sums share, by symbols."""
    names = {cell: sp.Symbol(f"c{cell[0]}_{cell[1]}") for cell in cells}
    T = sp.Matrix(m + 1, n + 1, lambda i, j: names.get((i, j), table[i, j]))
    equations = [sum(T[i, :-1]) - T[i, -1] for i in range(m + 1)] + [sum(T[:-1, j]) - T[-1, j] for j in range(n + 1)]
    (found,) = sp.linsolve(equations, list(names.values()))
    return {cell: value for cell, value in zip(names, found, strict=True) if not value.free_symbols}


def test_margins_are_the_sums():
    assert sp.ImmutableMatrix([[3, 4, 7], [5, 8, 13], [8, 12, 20]]) == FULL


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), m=st.integers(2, 3), n=st.integers(2, 3), data=st.data())
def test_hidden_cells_can_be_found_again(seed, m, n, data):
    rng = random.Random(seed)
    table = nice.with_margins(nice.joint_table(rng, m, n))
    count = data.draw(st.integers(1, m + n + 1))
    cells = nice.hidden_cells(rng, table, count, nice.margins(m, n))
    assert cells == sorted(set(cells))
    assert len(cells) == count
    assert nice.filled(without(table, cells), nice.margins(m, n)) == table
    assert solved_by_sympy(table, cells, m, n) == {cell: table[cell] for cell in cells}


@settings(max_examples=40, deadline=None)
@given(cells=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1))
def test_open_cells_are_those_that_solutions_do_not_share(cells):
    chosen = sorted(cells)
    shared = solved_by_sympy(FULL, chosen, 2, 2)
    assert nice.open_cells(without(FULL, chosen), SUMS) == [cell for cell in chosen if cell not in shared]


@pytest.mark.parametrize(("count", "choices"), [(2, 36), (3, 84), (4, 117), (5, 81), (6, 0)])
def test_there_are_as_many_choices_as_the_docstring_says(count, choices):
    cells = [(i, j) for i in range(3) for j in range(3)]
    assert sum(not nice.open_cells(without(FULL, chosen), SUMS) for chosen in combinations(cells, count)) == choices


def test_a_conditional_fact_closes_a_table():
    rows = without(FULL, INNER)
    assert nice.open_cells(rows, SUMS) == INNER
    fact = nice.share((0, 0), (0, 2), Fraction(3, 7))
    assert nice.filled(rows, [*SUMS, fact]) == FULL
    assert nice.hidden_cells(random.Random(0), FULL, 4, [*SUMS, fact], among=INNER) == INNER


def test_numbers_of_verify_and_places_for_answers_will_do():
    rows = [[0.1, Latex(r"\blank{p}"), 0.3], [0.3, 0.4, 0.7], [0.4, None, 1.0]]
    assert nice.filled(rows, nice.margins(2, 2)) == nice.with_margins(sp.Matrix([[1, 2], [3, 4]]) / 10)
    third = [*nice.margins(2, 2), nice.share((0, 0), (0, 2), 1 / 3)]
    assert nice.open_cells([[None, None, 3], [None, None, 7], [4, 6, 10]], third) == []


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: nice.filled(without(FULL, INNER), SUMS),
            "The printed facts do not determine the table: open at row 1, column 1; row 1, column 2; row 2, column 1; "
            "row 2, column 2.",
        ),
        (
            lambda: nice.open_cells([[1, 2, 4], [1, 1, 2], [2, 3, 5]], SUMS),
            "The numbers in the table contradict the facts.",
        ),
        (lambda: nice.open_cells([[1, 2]], SUMS), "A fact speaks of the cell [(0, 2)]."),
        (
            lambda: nice.hidden_cells(random.Random(0), FULL, 6, SUMS),
            "6 hidden cells are asked for, but the facts determine 5 at most.",
        ),
        (lambda: nice.hidden_cells(random.Random(0), FULL, 0, SUMS), "0 hidden cells are asked for."),
        (
            lambda: nice.hidden_cells(random.Random(0), FULL, 4, SUMS, among=INNER),
            "4 hidden cells are asked for, but the facts determine 3 at most.",
        ),
        (
            lambda: nice.hidden_cells(random.Random(0), [[1, 1], [1, 2]], 1, nice.margins(1, 1)),
            "The numbers in the table contradict the facts.",
        ),
        (lambda: nice.open_cells([[1, 2]], [nice.Relation({(0, 0): "1"})]), "'1' is no rational number."),
    ],
)
def test_what_cannot_be_is_told(call, told):
    with pytest.raises(nice.NiceError) as caught:
        call()
    assert caught.value.what == told
