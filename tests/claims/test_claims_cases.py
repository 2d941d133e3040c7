"""Cases: admissible ones only, simple ones first, each once, and the same in every run."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import sympy as sp

from m4ml_exams.claims import Always, Case, samplers
from m4ml_exams.claims.cases import FEWEST, bound, truth
from m4ml_exams.errors import ProblemError


def told(cases: Any, count: int) -> list[str]:
    return [str(case) for case in cases.admitted[:count]]


def test_conditions_leave_admissible_cases_only() -> None:
    cases = samplers.vectors(2, count=2).where(lambda u, v: u @ v == 0).where(lambda v: v.any())
    assert len(cases.admitted) >= FEWEST
    assert all(u @ v == 0 and v.any() for u, v in (case.values for case in cases.admitted))
    assert told(cases, 2) == ["u = [0, 0], v = [1, 0]", "u = [0, 0], v = [0, 1]"]


def test_cases_are_different_and_the_same_in_every_run() -> None:
    first, second = (told(samplers.square((1, 2)), 10_000) for _ in range(2))
    assert first == second
    assert len({*first}) == len(first)


def test_numbers_tell_cases_apart_not_their_types() -> None:
    cases = samplers.listed(x=[np.array([1, 0]), np.array([1.0, -0.0]), np.array([[1, 0]])])
    assert told(cases, 5) == ["x = [1, 0]", "x = [[1, 0]]"]


def test_no_predicate_can_change_a_case_for_the_next_one() -> None:
    def spoils(x: Any) -> bool:
        x[0] = 7
        return True

    with pytest.raises(ValueError, match="read-only"):
        _ = Always(spoils, samplers.vectors(2)).seen


def test_products_pair_the_simple_cases_of_both() -> None:
    cases = samplers.square(2) * samplers.vectors(2)
    assert cases.names == ("A", "x")
    assert told(cases, 2) == ["A = [[0, 0], [0, 0]], x = [0, 0]", "A = [[0, 0], [0, 0]], x = [1, 0]"]
    zero = [case for case in cases.admitted if not case.values[0].any()]
    assert len(zero) > 10  # the zero matrix meets many vectors


def test_finite_products_are_whole() -> None:
    one = samplers.listed(n=range(40)).exhaustive("n is the day of a month")
    two = samplers.listed(k=range(70)).exhaustive("k is a mark")
    assert len((one * two).admitted) == 40 * 70
    assert (one * two).reason == "n is the day of a month; k is a mark"


def test_unions_keep_both_sides() -> None:
    cases = samplers.square(2) | samplers.square(5).where(lambda A: A.any())
    assert {case.values[0].shape for case in cases.admitted} == {(2, 2), (5, 5)}
    assert told(cases, 1) == ["A = [[0, 0], [0, 0]]"]


def test_values_can_be_made_anew() -> None:
    cases = samplers.vectors(2, 2).where(lambda v: v.any()).into(v=lambda v: v / np.linalg.norm(v))
    assert all(np.isclose(v @ v, 1) for _, v in (case.values for case in cases.admitted))
    assert "u = [0, 0], v = [sqrt(2)/2, sqrt(2)/2]" in told(cases, 50)


def test_exhaustive_leaves_the_drawn_ones_out() -> None:
    every = samplers.all_vectors(1)
    assert told(every, 9) == ["x = [0]", "x = [1]", "x = [-1]"]
    assert len(samplers.vectors(1).exhaustive("only small ones count").admitted) < len(samplers.vectors(1).admitted)


@pytest.mark.parametrize(
    ("value", "told_as", "exact"),
    [
        (np.array([[1, 0], [0, -2]]), "A = [[1, 0], [0, -2]]", sp.ImmutableDenseMatrix([[1, 0], [0, -2]])),
        (np.array([0.6, -0.8]), "A = [3/5, -4/5]", sp.ImmutableDenseMatrix([sp.Rational(3, 5), sp.Rational(-4, 5)])),
        (np.float64(-(2**0.5)), "A = -sqrt(2)", -sp.sqrt(2)),
        (0.123456789, "A = 0.1235", sp.Rational(1235, 10000)),
        (math.log(2), "A = log(2)", sp.log(2)),
        (-math.log(3), "A = -log(3)", sp.log(sp.Rational(1, 3))),
        (math.exp(2), "A = exp(2)", sp.exp(2)),
        (-40.123456789, "A = -40.12", sp.Rational(-4012, 100)),
        (True, "A = True", True),
        ("odd", "A = odd", "odd"),
        ([1, 2.5], "A = [1, 5/2]", [1, sp.Rational(5, 2)]),
    ],
)
def test_cases_are_told_and_printed_exactly(value: object, told_as: str, exact: object) -> None:
    case = Case(("A",), (value,))
    assert str(case) == told_as
    assert case.exact == {"A": exact}


def test_functions_take_values_by_name_or_in_order() -> None:
    names, values = ("u", "v"), (1, 2)
    assert bound(lambda v: v, names)(values) == 2
    assert bound(lambda v, u: v - u, names)(values) == 1
    assert bound(lambda a, b: a - b, names)(values) == -1
    assert bound(lambda u, k=5: u + k, names)(values) == 6
    assert bound(lambda *all_of_them: all_of_them, names)(values) == values
    assert bound(max, names)(values) == 2


@pytest.mark.parametrize("value", [True, np.bool_(True), sp.true])
def test_truth_values(value: object) -> None:
    assert truth(value, "predicate", Case((), ())) is True


@pytest.mark.parametrize("value", [1, None, np.array([True]), "yes", sp.Symbol("x") > 0])
def test_other_values_are_no_truth(value: object) -> None:
    with pytest.raises(ProblemError, match="where True or False is due"):
        truth(value, "predicate", Case((), ()))


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (
            lambda: samplers.vectors().where(lambda y, z: True),
            "The condition asks for 'y', which the cases do not have.",
        ),
        (lambda: samplers.vectors().where(True), "The condition is a bool, where a function of x is due."),
        (lambda: samplers.vectors().into(y=abs), "into names 'y', which the cases do not have."),
        (lambda: samplers.vectors().exhaustive(" "), "exhaustive has no reason."),
        (lambda: samplers.square() * samplers.symmetric(), "Two samplers have the name 'A'."),
        (lambda: samplers.square() | samplers.vectors(), "The samplers joined by | have other names: A; x."),
        (lambda: samplers.vectors(2, names="u v"), "A sampler has names='u v', where 1 name is due."),
        (lambda: samplers.vectors(2, 2, names="u u"), "A sampler has names='u u', where 2 different names are due."),
        (lambda: samplers.vectors(0), "samplers.vectors is asked for the sizes [0]."),
        (lambda: samplers.all_matrices(4, 4), "samplers.all_matrices would list 43046721 cases."),
        (
            lambda: samplers.vectors().case([1], "witness") and samplers.vectors(1, 2).case([1], "witness"),
            "The witness does not have the values u, v.",
        ),
    ],
)
def test_faults_of_samplers_are_told(make: Any, what: str) -> None:
    with pytest.raises(ProblemError) as caught:
        make()
    assert caught.value.what == what
    assert caught.value.remedy
