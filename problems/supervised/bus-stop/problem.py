"""Read a bar chart of positions on a road: all best places for a stop, the least sum of distances, a slope, a change.

Eight places with 0 to 4 households, 9 to 12 in all: an odd number, or an even one with or without a flat piece.
In 1,000 draws all charts were different; 7 sets of best places, 23 sums of distances and 707 sets of answers came.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Rubric, figures, nice

META = Meta(
    title="A bus stop",
    topics=["B2"],
    difficulty=1,
    minutes=9,
    skills=["read-figure", "compute", "recognise", "classify-statement"],
)

PLACES = range(1, 9)


def draw(rng):
    kind = rng.choice(["odd", "odd", "flat", "flat", "point"])
    return nice.retry(rng, lambda r: _village(r, kind), bool, "village of this kind")


def _village(rng, kind):
    counts = [rng.choice([0, 1, 1, 1, 2, 2, 3, 4]) for _ in PLACES]
    y = _positions(counts)
    n = len(y)
    if not 9 <= n <= 12 or not counts[0] or not counts[-1] or counts.count(0) not in (1, 2):
        return None
    low, high = _middle(y)
    if _kind(y) != kind or low < 3 or high > 6 or low <= sp.Rational(sum(y), n) <= high:
        return None
    what = rng.choice(["far", "join", "join", "join", "cross"])
    left = rng.choice([p for p in range(2, 8) if 2 * sum(v <= p for v in y) != n])
    where = rng.choice([p for p in PLACES if not low <= p <= high])
    return {"counts": counts, "left": left, "what": what, "where": where}


def _positions(counts):
    return [place for place, count in zip(PLACES, counts, strict=True) for _ in range(count)]


def _middle(y):
    return y[(len(y) - 1) // 2], y[len(y) // 2]


def _kind(y):
    low, high = _middle(y)
    return "odd" if len(y) % 2 else "flat" if low < high else "point"


def _households(count):
    return "household" if count == 1 else f"{['', '', 'two', 'three', 'four'][count]} households"


def show(counts, what, where):
    first, last = counts[0], counts[-1]
    event = {
        "far": f"the {_households(last)} at km 8 {_verb(last)} away, to km 20",
        "join": f"one more household comes to the village, at km {where}",
        "cross": f"the {_households(first)} at km 1 {_verb(first)} to km 8",
    }[what]
    chart = figures.bar_chart(
        counts, [f"{p}" for p in PLACES], y=(0, 5), x_label="position (km)", y_label="households", size=(10, 3.2)
    )
    return {"chart": chart, "n": sum(counts), "event": event}


def _verb(count):
    return "moves" if count == 1 else "move"


def _changed(y, what, where):
    if what == "far":
        return [20 if v == 8 else v for v in y]
    if what == "join":
        return sorted([*y, where])
    return sorted(8 if v == 1 else v for v in y)


def _best(y):
    low, high = _middle(y)
    return sp.Interval(low, high) if low < high else sp.FiniteSet(low)


def solve(counts, left, what, where):
    y = _positions(counts)
    n, new = len(y), _changed(y, what, where)
    at = _middle(y)[0]
    below = sum(v <= left for v in y)
    same = _best(y) == _best(new)
    terms = [
        rf"{count} \cdot {abs(p - at)}" if count > 1 else f"{abs(p - at)}"
        for p, count in zip(PLACES, counts, strict=True)
        if count and p != at
    ]
    return {
        "best": Exact(_best(y)),
        "least": Exact(sum(abs(v - at) for v in y)),
        "slope": Exact(2 * below - n),
        "same": same,
        "why": Rubric(
            ("compares the numbers of households on both sides, or finds the middle of the new positions", 2),
            (rf"finds the new set of best places, ${sp.latex(_best(new))}$", 1),
            (f"concludes that the claim is {'true' if same else 'false'}", 1),
        ),
        "in_order": Latex(", ".join(map(str, y))),
        "kind": _kind(y),
        "half": n // 2,
        "mean": sp.Rational(sum(y), n),
        "at": at,
        "terms": Latex(" + ".join(terms)),
        "below": below,
        "new_order": Latex(", ".join(map(str, new))),
        "new_n": len(new),
        "new_best": _best(new),
    }


def mistakes(counts, left, slope):
    n, below = sum(counts), sum(counts[:left])
    return {
        "slope": {
            "sign": -slope,
            "only those on the left": below,
            "only those on the right": below - n,
            "all households": -n,
            "households of this place left out": slope - counts[left - 1],
            "mean distance": sp.Rational(slope, n),
        }
    }


def verify(chart, n, left, what, where, best, least, slope, same):
    heights = np.array(chart.data["heights"])
    y = np.repeat(np.arange(1, 9), heights)
    assert len(y) == n
    h = np.arange(0, 8 * 25) / 8  # the minimisers begin and end at integers

    def minimisers(positions):
        sums = np.abs(np.subtract.outer(h, positions)).sum(axis=1)
        return h[sums == sums.min()], sums.min()

    old, smallest = minimisers(y)
    if isinstance(best, tuple):
        assert best.closed == (True, True)
        assert best == (old.min(), old.max())
        assert old.min() < old.max()
    else:
        assert list(best) == old.tolist()
    assert least == smallest
    mid = left + np.array([0.25, 0.75])
    assert np.isclose(np.diff(np.abs(np.subtract.outer(mid, y)).sum(axis=1))[0], slope / 2)
    changed = {
        "far": np.where(y == 8, 20, y),
        "join": np.append(y, where),
        "cross": np.where(y == 1, 8, y),
    }[what]
    assert same == ("true" if np.array_equal(minimisers(changed)[0], old) else "false")
