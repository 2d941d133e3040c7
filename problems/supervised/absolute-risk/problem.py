"""The graph of an absolute risk with its corners: slopes, how often a value occurs, all minimisers, one more value.

The data have 8 or 12 values, five of them different; half of the data lie on either side of a gap, where the risk is
flat. All corners have integer heights, and the frequency that is asked for is 2 or more. There are 234 patterns of
frequencies and gaps with four places of the smallest value, and 26,164 givens with all places of the added one; they
differ in the minimisers, and 56 different lists of frequencies give the slopes.
"""

from itertools import combinations_with_replacement

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option, figures

META = Meta(
    title="Corners of an absolute risk",
    topics=["B2"],
    difficulty=2,
    minutes=9,
    skills=["read a graph", "compute", "reason about medians"],
)

WIDEST = 18
"""The longest distance between the smallest and the largest value."""


def draw(rng):
    while True:
        n = rng.choice([8, 12, 12])
        counts = _counts(rng, n)
        values = _values(rng, counts)
        if values and counts[_asked(counts)] >= 2:
            break
    left, right = values[_flat(counts)], values[_flat(counts) + 1]
    where = rng.choice(["below", "below", "inside", "inside", "above", "far above"])
    added = {
        "below": range(2, left),
        "inside": range(left + 1, right),
        "above": range(right + 1, values[-1] + 1),
        "far above": range(values[-1] + 10, values[-1] + 21),
    }[where]
    return {
        "data": [value for value, count in zip(values, counts, strict=True) for _ in range(count)],
        "z": rng.choice(added),
    }


def _counts(rng, n):
    """How often each of five values occurs; the first two or the first three make up half of the data."""
    while True:
        cuts = sorted(rng.sample(range(1, n), 4))
        if n // 2 in cuts[1:3]:
            return [b - a for a, b in zip([0, *cuts], [*cuts, n], strict=True)]


def _flat(counts):
    """The index of the value where the flat piece begins: 1 or 2."""
    return 1 if sum(counts[:2]) == sum(counts[2:]) else 2


def _asked(counts):
    """The index of the inner value away from the flat piece: 3 or 1."""
    return 3 if _flat(counts) == 1 else 1


def _values(rng, counts):
    """Five values for which the risk is an integer at each of them; None when these counts have none."""
    n, below = sum(counts), np.cumsum(counts)
    values = [rng.randint(2, 5)]
    for k in range(4):
        rise = 2 * int(below[k]) - n
        gaps = [gap for gap in range(2 if rise else 3, 7) if gap * rise % n == 0]
        if not gaps:
            return None
        values.append(values[-1] + rng.choice(gaps))
    total = sum(count * (value - values[0]) for count, value in zip(counts, values, strict=True))
    return values if values[-1] - values[0] <= WIDEST and total % n == 0 else None


def show(data):
    values, counts = _table(data)
    n = len(data)
    return {
        "graph": figures.risk_graph(data, coordinates=True, x=(0, values[-1] + 2), size=(11, 4)),
        "n": n,
        "more": n + 1,
        "x": values,
        "q": values[_asked(counts)],
    }


def _table(data):
    values = sorted(set(data))
    return values, [data.count(value) for value in values]


def solve(data, z):
    values, counts = _table(data)
    n = len(data)
    below = [sum(counts[: k + 1]) for k in range(4)]
    asked, flat = _asked(counts), _flat(counts)
    low, high = values[flat], values[flat + 1]
    case = "low" if z <= low else "high" if z >= high else "*"
    return {
        "slopes": Exact([sp.Rational(2 * k - n, n) for k in below]),
        "many": Exact(counts[asked]),
        "best": Exact(sp.Interval(low, high)),
        "change": Option(case),
        "heights": [sp.Rational(sum(abs(v - h) for v in data), n) for h in values],
        "jump": sp.Rational(2 * counts[asked], n),
        "before": sp.Rational(2 * below[asked - 1] - n, n),
        "after": sp.Rational(2 * below[asked] - n, n) if asked < 4 else 1,
        "low": low,
        "high": high,
        "half": n // 2,
        "middle": sorted([*data, z])[n // 2],
        "all_data": data,
    }


def verify(data, z, graph, q, slopes, many, best, change):
    # What is printed: corners, read from the figure, whose own data must be the given ones.
    corners = np.array(graph.data["points"])
    assert sorted(graph.data["data"]) == sorted(data)
    x, y = corners[:, 0], corners[:, 1]
    n = len(data)
    # Slopes as rise over run; the outer pieces as drawn.
    rise = np.diff(y) / np.diff(x)
    assert np.shape(slopes) == (4,)
    assert np.allclose(slopes, rise)
    # Multiplicities as the solution of the linear equations R(x_j) = (1/n) sum_i m_i |x_i - x_j|.
    m = np.linalg.solve(np.abs(np.subtract.outer(x, x)), n * y)
    assert np.isclose(m.sum(), n)
    assert np.isclose(many, m[list(x).index(q)])
    # The only multiset of n of these values that has this graph, by trying all of them.
    near = [
        c
        for c in combinations_with_replacement(x, n)
        if np.isclose(np.mean(np.abs(np.array(c) - x[0])), y[0])
        and np.allclose(np.mean(np.abs(np.subtract.outer(c, x)), axis=0), y)
    ]
    assert [sorted(c) for c in near] == [sorted(data)]
    # Minimisers by search on a fine grid, before and after the new value.
    old, new = _minimisers(data), _minimisers([*data, z])
    assert old.min() < old.max()
    assert isinstance(best, tuple)
    assert best == (old.min(), old.max())
    fits = {
        "same": np.array_equal(old, new),
        "low": new.tolist() == [old.min()],
        "high": new.tolist() == [old.max()],
        "shift": len(new) == len(old) and not np.array_equal(old, new),
    }
    assert sum(fits.values()) <= 1
    assert change == next((key for key, true in fits.items() if true), "*")


def _minimisers(data):
    """All multiples of 1/4 with the smallest sum of distances (exact in floating point)."""
    grid = np.arange(0, 4 * (max(data) + 2)) / 4
    risk = np.abs(np.subtract.outer(grid, np.array(data, dtype=float))).sum(axis=1)
    return grid[risk == risk.min()]
