"""Points with a prescribed line and correlation, told by the standard library on another road."""

import random
import statistics
from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from m4ml_exams import nice

SLOPES = st.sampled_from([-2, -1, Fraction(-1, 2), Fraction(1, 2), 1, 2])
CORRELATIONS = st.sampled_from(
    [-1, Fraction(-4, 5), Fraction(-1, 2), 0, Fraction(1, 3), Fraction(3, 5), Fraction(9, 10), 1]
)


def centred(values):
    middle = statistics.mean(map(Fraction, values))
    return [value - middle for value in values]


def inner(u, v):
    return sum(a * b for a, b in zip(u, v, strict=True))


def facts(points):
    """Slope, intercept and the square of the correlation with its sign, from deviations about the means."""
    u, v = centred(points.x), centred(points.y)
    slope = Fraction(inner(u, v)) / inner(u, u)
    intercept = statistics.mean(map(Fraction, points.y)) - slope * statistics.mean(map(Fraction, points.x))
    return slope, intercept, inner(u, v) * abs(inner(u, v)) / (inner(u, u) * inner(v, v))


def assert_is_what_it_says(points):
    slope, intercept, square = facts(points)
    assert (points.slope, points.intercept) == (slope, intercept)
    assert points.correlation * abs(points.correlation) == sp.Rational(square.numerator, square.denominator)
    assert points.e == [y - intercept - slope * x for x, y in zip(points.x, points.y, strict=True)]
    assert sum(points.e) == inner(points.x, points.e) == 0
    assert set(points.y) <= set(range(10))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(3, 5), slope=SLOPES)
def test_points_have_the_line_that_is_asked_for(seed, n, slope):
    points = nice.paired_data(random.Random(seed), n=n, slope=slope)
    assert_is_what_it_says(points)
    assert points.slope == slope
    assert any(points.e)
    assert points.x == sorted(set(points.x))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), r=CORRELATIONS)
def test_points_have_the_correlation_that_is_asked_for(seed, r):
    points = nice.paired_data(random.Random(seed), correlation=r)
    assert_is_what_it_says(points)
    assert points.correlation == sp.Rational(r)
    assert any(points.e) == (abs(r) < 1)


def test_line_and_correlation_together_on_given_x():
    points = nice.paired_data(
        random.Random(0), [0, 1, 1, 2], slope=1, intercept=2, correlation=Fraction(1, 2), values=range(10)
    )
    assert_is_what_it_says(points)
    assert (points.x, points.slope, points.intercept, points.correlation) == ([0, 1, 1, 2], 1, 2, sp.Rational(1, 2))


def test_the_spaces_are_as_large_as_the_docstring_says():
    x, lines, right = range(5), 0, 0
    for y in product(range(10), repeat=5):
        joint, spread = 5 * inner(x, y) - 10 * sum(y), 5 * inner(y, y) - sum(y) ** 2
        lines += joint == 50 and sum(y) == 20 and joint**2 < 50 * spread
        right += joint > 0 and 25 * joint**2 == 16 * 50 * spread
    assert (lines, right) == (143, 36)
    rng = random.Random(1)
    assert len({str(nice.paired_data(rng, x, correlation=Fraction(4, 5))) for _ in range(300)}) == 36


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (
            {"correlation": Fraction(3, 2)},
            "There are no points with correlation 3/2: the correlation lies outside of -1 to 1 (inequality of Cauchy "
            "and Schwarz).",
        ),
        (
            {"slope": 1, "correlation": Fraction(-1, 2)},
            "There are no points with slope 1, correlation -1/2: slope and correlation have the same sign.",
        ),
        (
            {"slope": 0, "correlation": 1},
            "There are no points with slope 0, correlation 1: slope and correlation have the same sign.",
        ),
        ({"x": [1, 1, 1]}, "All x are equal; no line is the best."),
        ({"n": 2}, "2 points are asked for."),
        ({"n": 7}, "There are 10000000 lists of 7 y."),
        ({"slope": 0.5}, "0.5 is not exact."),
        ({"slope": 101}, "Points with slope 101 and numbers up to 101 are asked for."),
        (
            {"x": [0, 1, 2], "slope": 20},
            "No list of 3 points at x = 0, 1, 2 with slope 20 and y in [0] to [9] came up in 1 draws.",
        ),
    ],
)
def test_what_cannot_be_is_told_in_full(wishes, told):
    with pytest.raises(nice.NiceError) as caught:
        nice.paired_data(random.Random(0), **wishes)
    assert caught.value.what == told
