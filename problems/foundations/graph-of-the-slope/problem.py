"""Read the graph of a derivative: extrema, the chain rule with values read off, and what it says of the function.

The derivative is piecewise linear with three integer zeros, at one of which the sign does not change, and integer
peaks. In 1,000 draws 966 different graphs came, with 56 pairs of extrema and 982 sets of answers.
"""

from itertools import pairwise

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Options, figures, linear_combination, nice

META = Meta(
    title="The graph of the slope",
    topics=["A2"],
    difficulty=1,
    minutes=9,
    skills=["read-figure", "compute", "recognise", "classify-statement"],
)

X = sp.Symbol("x")


def draw(rng):
    return nice.retry(rng, _graph, bool, "graph of a derivative")


def _graph(rng):
    zeros = sorted(rng.sample(range(-4, 5), 3))
    if min(zeros[1] - zeros[0], zeros[2] - zeros[1]) < 2:
        return None
    touch = rng.choice(zeros)
    sign = rng.choice([-1, 1])
    signs = [sign]
    for zero in zeros:
        signs.append(signs[-1] * (1 if zero == touch else -1))
    peaks = [rng.randint(a + 1, b - 1) for a, b in pairwise(zeros)]
    places = [-5, zeros[0], peaks[0], zeros[1], peaks[1], zeros[2], 5]
    sizes = [rng.randint(1, 4) for _ in signs]
    heights = [0 if k % 2 else signs[k // 2] * sizes[k // 2] for k in range(7)]
    corners = list(zip(places, heights, strict=True))
    if len({abs(_slope(corners, k)) for k in range(6)}) < 4 or max(abs(_slope(corners, k)) for k in range(6)) > 3:
        return None
    # Points for the chain rule: integers inside a piece where f' is a non-zero integer.
    inside = [x for x in range(-4, 5) if x not in places and _value(corners, x) and _value(corners, x).q == 1]
    if len(inside) < 2:
        return None
    p, q = rng.sample(inside, 2)
    a, x0 = rng.choice([-3, -2, 2, 3, 4]), rng.choice([-2, -1, 1, 2])
    b = p - a * x0
    if b == 0 or abs(b) > 9 or x0 == p or _value(corners, x0) == _value(corners, p):
        return None
    around = zeros.index(touch)
    interval = [places[2 * around], places[2 * around + 2]]
    pairs = [zeros[:2], zeros[1:], [zeros[0], peaks[0]], [peaks[1], zeros[2]]]
    statements = {
        "pair": rng.choice(pairs),
        "piece": list(rng.choice(list(pairwise(places[1:6])))),
        "peak": rng.choice(peaks),
        "around": interval,
        "way": rng.choice(["increasing", "decreasing"]),
    }
    given = {"corners": corners, "touch": touch, "a": a, "b": b, "x0": x0, "q": q, "F": rng.choice([2, 3, 4, 5, 6])}
    given |= statements
    return given if len(_right(**{key: given[key] for key in ("corners", *statements)})) < 4 else None


def _slope(corners, k):
    (x, y), (u, v) = corners[k], corners[k + 1]
    return sp.Rational(v - y, u - x)


def _value(corners, x):
    """The height of the graph at x."""
    k = max(k for k in range(6) if corners[k][0] <= x)
    return corners[k][1] + _slope(corners, k) * (x - corners[k][0])


def _index(corners, x):
    return [u for u, _ in corners].index(x)


def _right(corners, pair, piece, peak, around, way):
    k = _index(corners, piece[0])
    at = _index(corners, around[0])
    right = {
        "compare": _value(corners, sp.Rational(sum(pair), 2)) > 0,
        "convex": _slope(corners, k) > 0,
        "bend": corners[_index(corners, peak)][1] > 0,
        "monotone": (corners[at][1] > 0) == (way == "increasing"),
    }
    return [key for key, holds in right.items() if holds]


def show(corners, a, b):
    picture = figures.piecewise_linear(
        corners, x=(-5, 5), y=(-4, 4), ticks="whole", x_label="$x$", y_label="$f'(x)$", size=(11, 5.2)
    )
    return {"picture": picture, "inner": linear_combination([a, b], ["x", ""])}


def solve(corners, touch, a, b, x0, q, F, pair, piece, peak, around, way):
    first, second = (x for x, y in corners[1:6] if y == 0 and x != touch)
    before = corners[_index(corners, first) - 1][1]
    top, low = (first, second) if before > 0 else (second, first)
    p = a * x0 + b
    right = _right(corners, pair, piece, peak, around, way)
    return {
        "top": Exact(top),
        "low": Exact(low),
        "chain": Exact(a * _value(corners, p)),
        "logarithmic": Exact(_value(corners, q) / F),
        "true": Options(*right),
        "p": p,
        "slope_p": _value(corners, p),
        "slope_q": _value(corners, q),
        "right": right,
        "verdict": {key: "True" if key in right else "False" for key in ("compare", "convex", "bend", "monotone")},
        "sign_pair": "positive" if "compare" in right else "negative",
        "sign_touch": "positive" if corners[_index(corners, around[0])][1] > 0 else "negative",
    }


def mistakes(corners, a, b, x0):
    p = a * x0 + b
    return {
        "chain": {
            "inner derivative forgotten": _value(corners, p),
            "read at the wrong place": a * _value(corners, x0),
            "both": _value(corners, x0),
            "added": a + _value(corners, p),
            "sign": -a * _value(corners, p),
            "whole inner function": p * _value(corners, p),
            "slope of the graph": a * a * _value(corners, p),
        }
    }


def verify(picture, a, b, x0, q, F, pair, piece, peak, around, way, top, low, chain, logarithmic, true):
    corners = np.array(picture.data["points"], dtype=float)

    def slope(x):
        return np.interp(x, corners[:, 0], corners[:, 1])

    # f up to a constant: sums of trapezoids, exact since all corners are on the grid.
    grid = np.arange(-40, 41) / 8
    f = np.concatenate([[0], np.cumsum((slope(grid)[1:] + slope(grid)[:-1]) / 16)])

    def at(x):
        return f[round(8 * (x + 5))]

    inner = f[1:-1]
    assert [top] == grid[1:-1][(inner > f[:-2]) & (inner > f[2:])].tolist()
    assert [low] == grid[1:-1][(inner < f[:-2]) & (inner < f[2:])].tolist()

    # Derivatives as difference quotients of integrals of what is drawn; the points lie inside straight pieces.
    def rise(x, h):
        return slope(x + h / 2) * h

    h = 1e-5
    assert np.isclose((rise(a * x0 + b, a * h) - rise(a * x0 + b, -a * h)) / (2 * h), chain)
    assert np.isclose((np.log(F + rise(q, h)) - np.log(F + rise(q, -h))) / (2 * h), logarithmic)

    def steps(low, high):
        return np.diff(f[(grid >= low) & (grid <= high)])

    facts = {
        "compare": at(pair[0]) < at(pair[1]),
        "convex": np.all(np.diff(steps(*piece)) > 0),
        "bend": np.all(np.diff(steps(peak - 1, peak)) > 0) and np.all(np.diff(steps(peak, peak + 1)) < 0),
        "monotone": np.all(steps(*around) > 0) if way == "increasing" else np.all(steps(*around) < 0),
    }
    assert true == {key for key, holds in facts.items() if holds}
