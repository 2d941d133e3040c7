"""Draw the sum of absolute errors of a small data set, tell all its minimisers, and find where it has a given height.

The 4 to 6 values lie from 1 to 9; three or four of them are different. All corners lie in the window, and on its grid
when their number is even. There are 640 multisets: 482 of odd size, 83 of even size with a flat piece, and 75 of even
size with equal values in the middle. They have 33 different sets of minimisers. With 19 places for the last part this
makes 12,160 givens, before the order of the data is shuffled.
"""

from itertools import combinations_with_replacement, pairwise

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, figures

META = Meta(
    title="Draw the risk",
    topics=["B2"],
    difficulty=2,
    minutes=10,
    skills=["draw a graph", "reason about medians", "compute"],
)

AXES = {"x": (0, 10), "y": (0, 20), "size": (11, 6), "x_label": "$h$", "y_label": "$S(h)$"}


def _kind(data):
    """How the minimisers of sorted data come about."""
    n = len(data)
    if n % 2:
        return "odd"
    return "flat" if data[n // 2 - 1] < data[n // 2] else "even, one point"


def _candidates(n):
    """Sorted data whose corners lie in the window and, when n is even, on its grid."""
    for data in combinations_with_replacement(range(1, 10), n):
        values = sorted(set(data))
        if not 3 <= len(values) <= 4 or values[-1] - values[0] < 4:
            continue
        heights = [sum(abs(v - h) for v in data) for h in values]
        gaps = [b - a for a, b in pairwise(values)]
        if max(heights) <= 18 and min(gaps) >= 2 - n % 2 and not (n % 2 == 0 and sum(data) % 2):
            yield list(data)


def draw(rng):
    kind = rng.choice(["odd", "odd", "odd", "flat", "flat", "flat", "even, one point"])
    n = 5 if kind == "odd" else rng.choice([4, 6])
    y = rng.choice([data for data in _candidates(n) if _kind(data) == kind])
    total = sum(y)
    rng.shuffle(y)
    return {"y": y, "target": n * rng.randint(12, 30) - total}


def show(y):
    return {"n": len(y), "axes": figures.empty_axes(**AXES)}


def solve(y, target):
    n, data, total = len(y), sorted(y), sum(y)
    low, high = data[(n - 1) // 2], data[n // 2]
    values = sorted(set(y))
    corners = [(h, sum(abs(v - h) for v in y)) for h in values]
    below = [0, *(sum(v <= h for v in y) for h in values)]
    mean = sp.Rational(total, n)
    best = {"low": Exact(low), "high": Exact(high)} if low < high else {"single": Exact(low)}
    return {
        "curve": figures.risk_graph(y, scale="sum", coordinates=True, **AXES),
        "kind": Option("interval" if low < high else "point"),
        **best,
        "far": Exact(sp.Rational(target + total, n)),
        "corners": corners,
        "slopes": Latex(", ".join(str(2 * k - n) for k in below)),
        "in_order": Latex(", ".join(map(str, data))),
        "half": n // 2,
        "midpoint": sp.Rational(low + high, 2),
        "mean": mean,
        "mean_is_wrong": not low <= mean <= high,
        "total": total,
        "last": corners[-1],
    }


def verify(y, target, axes, curve, kind, far, single=None, low=None, high=None):
    # What is drawn: the same window, and through the corners the sum of the errors at all eighths.
    assert [curve.data[key] for key in ("x_window", "y_window")] == [axes.data[key] for key in ("x_window", "y_window")]
    eighths = np.arange(0, 8 * 200 + 1) / 8
    sums = np.abs(np.subtract.outer(eighths, np.array(y))).sum(axis=1)
    corners = np.array(curve.data["points"])
    inside = (eighths >= min(y)) & (eighths <= max(y))
    assert np.allclose(np.interp(eighths[inside], corners[:, 0], corners[:, 1]), sums[inside])
    # The minimisers and the place of the given height, by search.
    best = eighths[sums == sums.min()]
    if kind == "point":
        assert low is None
        assert high is None
        assert best.tolist() == [single]
    else:
        assert kind == "interval"
        assert single is None
        assert low < high
        assert (low, high) == (best.min(), best.max())
    assert [far] == eighths[(eighths > 10) & (sums == target)].tolist()
