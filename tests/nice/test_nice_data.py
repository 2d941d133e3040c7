"""Least squares built backwards, and lists with a prescribed mean, median and variance."""

import random
import statistics
from collections import Counter
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from m4ml_exams import nice

SEEDS = range(40)


def assert_fits(found, residual=3, largest=20):
    X, w, e, y = found
    assert y == X * w + e
    assert X.T * e == sp.zeros(X.cols, 1)
    assert X.rank() == X.cols
    assert (X.T * X).LUsolve(X.T * y) == w
    assert all(entry.is_Integer for A in found for entry in A)
    assert any(e)
    assert max(abs(r) for r in e) <= residual
    assert max(abs(v) for v in y) <= largest


@pytest.mark.parametrize("n", [3, 4, 5, 7, 9])
def test_least_squares_line(n):
    for seed in SEEDS:
        found = nice.least_squares(random.Random(seed), n=n)
        assert_fits(found)
        xs = list(found.X.col(1))
        assert found.X.col(0) == sp.ones(n, 1)
        assert xs == sorted(set(xs))
        assert found.w[1] != 0


@pytest.mark.parametrize(
    "X", [[[1, 0], [0, 1], [1, 1], [1, -1]], sp.Matrix([[1, 0, 1], [1, 1, 0], [1, 1, 1], [1, 2, 0], [1, 0, 0]])]
)
def test_least_squares_on_a_given_matrix(X):
    for seed in SEEDS:
        found = nice.least_squares(random.Random(seed), X)
        assert sp.Matrix(X) == found.X
        assert_fits(found)


def test_there_are_80_residuals_for_five_points():
    rng = random.Random(0)
    X = [(1, x) for x in range(-2, 3)]
    assert len({tuple(nice.least_squares(rng, X).e) for _ in range(1500)}) == 80


@pytest.mark.parametrize("sizes", [(1, 3, 2), (2, 2), (3,), (3, 3)])
def test_grouped_regression(sizes):
    for seed in SEEDS:
        found = nice.grouped_regression(random.Random(seed), sizes)
        assert_fits(found)
        groups = found.X[:, :-1]
        assert [sum(groups.col(g)) for g in range(groups.cols)] == list(sizes)
        assert found.e.T * groups == sp.zeros(1, len(sizes))


def spread(data):
    centre = Fraction(sum(data), len(data))
    return sum((v - centre) ** 2 for v in data) / len(data)


@pytest.mark.parametrize(
    ("n", "mean", "median", "variance"),
    [(5, 6, 5, 8), (6, Fraction(11, 2), 5, None), (4, None, Fraction(7, 2), None), (5, None, None, 2), (7, 4, 3, 4)],
)
def test_data_with(n, mean, median, variance):
    for seed in SEEDS:
        data = nice.data_with(random.Random(seed), n, mean=mean, median=median, variance=variance)
        assert len(data) == n
        assert set(data) <= set(range(13))
        assert mean is None or Fraction(sum(data), n) == mean
        assert median is None or statistics.median(map(Fraction, data)) == median
        assert variance is None or spread(data) == variance


def test_data_with_the_sample_variance_and_values_below_zero():
    for seed in SEEDS:
        data = nice.data_with(
            random.Random(seed), 4, mean=-1, variance=sp.Rational(14, 3), values=range(-5, 4), sample=True
        )
        assert statistics.variance(map(Fraction, data)) == Fraction(14, 3)
        assert sum(data) == -4


def test_data_with_reaches_every_multiset_evenly():
    wanted = [
        data
        for data in combinations_with_replacement(range(13), 5)
        if sum(data) == 30 and data[2] == 5 and spread(data) == 8
    ]
    rng = random.Random(7)
    seen = Counter(tuple(sorted(nice.data_with(rng, 5, mean=6, median=5, variance=8))) for _ in range(2000))
    assert set(seen) == set(wanted)
    assert min(seen.values()) > 2000 / len(wanted) / 2


def test_free_data_are_even_too():
    rng = random.Random(7)
    seen = Counter(tuple(sorted(nice.data_with(rng, 2, values=range(4)))) for _ in range(2000))
    assert len(seen) == 10
    assert min(seen.values()) > 140


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.lists(st.integers(-4, 9), min_size=2, max_size=7), sample=st.booleans())
def test_facts_of_a_list_are_met_again(seed, data, sample):
    exact = [Fraction(v) for v in data]
    spread_of = statistics.variance if sample else statistics.pvariance
    wanted = (statistics.mean(exact), statistics.median(exact), spread_of(exact))
    found = nice.data_with(
        random.Random(seed),
        len(data),
        **dict(zip(("mean", "median", "variance"), wanted, strict=True)),
        values=range(-4, 10),
        sample=sample,
        distinct=len(set(data)) == len(data),
    )
    again = [Fraction(v) for v in found]
    assert (statistics.mean(again), statistics.median(again), spread_of(again)) == wanted
    assert set(found) <= set(range(-4, 10))
    assert len(set(found)) == len(found) or len(set(data)) < len(data)


def test_lists_without_ties_are_all_reached():
    wanted = {d for d in combinations(range(8), 4) if sum(d) == 14 and d[1] + d[2] == 7}
    rng = random.Random(3)
    facts = {"mean": Fraction(7, 2), "median": Fraction(7, 2), "values": range(8), "distinct": True}
    assert {tuple(sorted(nice.data_with(rng, 4, **facts))) for _ in range(300)} == wanted


def test_the_space_is_as_large_as_the_docstring_says():
    lists = [d for d in combinations_with_replacement(range(13), 6) if sum(d) == 36 and spread(d) == 8]
    assert (len(lists), sum(statistics.median(d) == 6 for d in lists)) == (15, 3)


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (
            {"mean": 6, "median": 9, "variance": 8},
            " with mean 6, median 9, variance 8: mean and median differ by more than the standard deviation "
            "(inequality of Hotelling and Solomons).",
        ),
        (
            {"mean": 1, "variance": 12},
            " with mean 1, variance 12: the variance exceeds (largest - mean)(mean - smallest) (inequality of Bhatia "
            "and Davis).",
        ),
        (
            {"variance": 37},
            " with variance 37: the variance exceeds (largest - smallest)^2/4 (inequality of Popoviciu).",
        ),
        ({"variance": -1}, " with variance -1: a variance is never negative."),
        ({"mean": 13}, " with mean 13: the mean 13 lies outside of 0 to 12."),
        ({"mean": Fraction(1, 2)}, " with mean 1/2: the sum of 5 integers with mean 1/2 is 5/2."),
        ({"median": Fraction(1, 2)}, " with median 1/2: the median of 5 integers is one of them."),
    ],
)
def test_what_no_data_can_have_is_told_at_once(wishes, told):
    with pytest.raises(nice.NiceError) as caught:
        nice.data_with(random.Random(0), 5, **wishes)
    assert caught.value.what == f"There is no list of 5 integers from 0 to 12{told}"


def test_the_inequalities_are_for_the_divisor_n():
    assert sorted(nice.data_with(random.Random(0), 2, mean=6, variance=72, sample=True)) == [0, 12]
    with pytest.raises(nice.NiceError, match="Bhatia"):
        nice.data_with(random.Random(0), 2, mean=6, variance=72)


@pytest.mark.parametrize("deviation", [False, True])
def test_integer_mean_variance(deviation):
    for seed in SEEDS:
        data = nice.integer_mean_variance(random.Random(seed), deviation=deviation)
        assert sum(data) % 5 == 0
        assert spread(data).denominator == 1
        assert spread(data) > 0
        assert not deviation or sp.sqrt(spread(data)).is_Integer


def test_integer_sample_variance():
    for seed in SEEDS:
        data = nice.integer_mean_variance(random.Random(seed), 4, sample=True)
        assert statistics.variance(map(Fraction, data)).denominator == 1


def test_only_42_multisets_have_an_integer_deviation():
    rng = random.Random(0)
    assert len({tuple(sorted(nice.integer_mean_variance(rng, deviation=True))) for _ in range(600)}) == 42


@pytest.mark.parametrize(
    ("call", "constraint"),
    [
        (lambda r: nice.least_squares(r, n=2), "line through 2 points"),
        (lambda r: nice.least_squares(r, [[1, 1], [1, 1], [1, 1]]), "dependent"),
        (lambda r: nice.least_squares(r, [[1, 0], [0, 1]]), "no residual"),
        (lambda r: nice.least_squares(r, [[1], [sp.Rational(1, 2)]]), "not an integer"),
        (lambda r: nice.least_squares(r, [[10, 0], [0, 10], [1, 1]]), "integer residual up to 3"),
        (lambda r: nice.grouped_regression(r, (1, 1, 2)), r"Groups of \[1, 1, 2\]"),
        (lambda r: nice.data_with(r, 0), "list of 0 integers"),
        (lambda r: nice.data_with(r, 4, mean=Fraction(1, 3)), "mean 1/3"),
        (lambda r: nice.data_with(r, 4, mean=6, median=20), "mean 6, median 20"),
        (lambda r: nice.data_with(r, 5, variance=Fraction(1, 7)), "variance 1/7"),
        (lambda r: nice.data_with(r, 4, mean=0.3), "not exact"),
        (lambda r: nice.data_with(r, 4, values=[]), "No values"),
        (lambda r: nice.integer_mean_variance(r, 1, sample=True), "list of 1 integers"),
        (lambda r: nice.integer_mean_variance(r, values=[3]), "integer mean and variance"),
    ],
)
def test_what_cannot_be_found_is_named(call, constraint):
    with pytest.raises(nice.NiceError, match=constraint):
        call(random.Random(0))
