"""Kindred values: each is right under the rule that it names, and wrong under the one that is too narrow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.answers import (
    Answer,
    AnyIn,
    AnyOf,
    Exact,
    Expression,
    Option,
    Options,
    Rubric,
    SameSpan,
    SetOf,
    UpToScale,
    accepts,
)
from m4ml_exams.check.kin import kin_values

x = sp.Symbol("x")
WIDER = {
    "AnyOf": lambda value: AnyOf(value, -value),
    "UpToScale": UpToScale,
    "SameSpan": lambda value: SameSpan(*value),
    "SetOf": lambda value: SetOf(*value),
}


def vectors(rows: int) -> st.SearchStrategy[Any]:
    return st.lists(st.integers(-5, 5), min_size=rows, max_size=rows).filter(any).map(sp.ImmutableMatrix)


bases = st.tuples(vectors(3), vectors(3)).filter(lambda pair: sp.Matrix.hstack(*pair).rank() == 2)


@given(st.one_of(st.integers(1, 9), vectors(3), bases.map(list), st.just(3 * x + 1)))
def test_the_rule_that_is_named_accepts_what_exact_rejects(value: Any) -> None:
    answer = Exact(value)
    found = list(kin_values({"a": answer}))
    assert found
    for kin in found:
        assert not accepts(answer, kin.values["a"])
        assert accepts(WIDER[kin.rule](answer.value), kin.values["a"])


@pytest.mark.parametrize(
    "answer",
    [
        UpToScale([1, 2]),
        SameSpan([sp.Matrix([1, 2])]),
        SetOf(1, 2),
        AnyIn(0, 1),
        Option("a"),
        Options("a"),
        Rubric(("shows it", 1)),
        Exact("word"),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_answers_that_accept_a_family_have_no_kin(answer: Answer) -> None:
    assert list(kin_values({"a": answer})) == []


@given(st.lists(st.integers(-3, 3), min_size=6, max_size=6), vectors(3))
def test_null_vectors_of_the_given_matrices_are_added(entries: list[int], best: Any) -> None:
    A = sp.ImmutableMatrix(2, 3, entries)
    for given_as in (A, np.array(A.tolist(), dtype=int)):
        shifted = [kin for kin in kin_values({"w": Exact(best)}, [given_as, "text", 3]) if kin.rule == "Where"]
        assert [kin.how for kin in shifted] == ["plus a null vector"]
        assert A * shifted[0].values["w"] == A * best
        assert shifted[0].values["w"] != best


def test_a_matrix_of_full_rank_or_with_variables_adds_nothing() -> None:
    matrices = [sp.eye(2), sp.Matrix([[x, 1]]), sp.Matrix([[1, 2]]) * 1.0, np.array([[0.5, 1]]), sp.Matrix([1, 2])]
    assert {kin.how for kin in kin_values({"w": Exact([1, 2])}, matrices)} == {"negated", "doubled"}


def test_two_answers_are_changed_together() -> None:
    left, right = sp.ImmutableMatrix([[2, 1], [1, 1]]), sp.ImmutableMatrix([[1, 3], [1, 4]])
    found = {kin.how: kin.values for kin in kin_values({"A": Exact(left), "B": Exact(right)}) if len(kin.values) == 2}
    assert found.keys() == {
        "exchanged",
        "both negated",
        "one doubled, the other halved",
        "exchanged and transposed",
        "a column negated in both",
    }
    for how in ("both negated", "one doubled, the other halved"):
        assert found[how]["A"] * found[how]["B"] == left * right
    swapped = found["exchanged and transposed"]
    assert swapped["A"] * swapped["B"] == (left * right).T
    signs = found["a column negated in both"]
    assert signs["A"] * signs["B"].T == left * right.T


def test_eigenvalues_are_exchanged_with_their_eigenvectors() -> None:
    answers = {"low": Exact(1), "v": Exact([1, -1]), "high": Exact(3), "w": UpToScale([1, 1])}
    assert {kin.how: kin.values for kin in kin_values(answers) if len(kin.values) == 4} == {
        "exchanged in pairs": {
            "low": 3,
            "high": 1,
            "v": sp.ImmutableMatrix([1, 1]),
            "w": sp.ImmutableMatrix([1, -1]),
        }
    }


def test_only_values_of_one_kind_are_exchanged() -> None:
    answers = {"n": Exact(2), "f": Expression(x**2), "word": Exact("two"), "v": Exact([1, 2])}
    assert [kin for kin in kin_values(answers) if kin.how == "exchanged"] == []
