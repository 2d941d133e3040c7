"""Weighted absolute loss: the total cost at a point, its slope, its minimiser, and the price of a flat piece.

Five to seven different demands from 5 to 30 in any order; a missing or a leftover loaf costs 2, 3 or 4 dollars, the
other kind 1. There are 14 pairs of size and price for which the minimiser is unique. Thousands of lists with more than
20 minimisers, more than 60 costs, 14 slopes and 16 prices.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Latex, Meta, nice

META = Meta(
    title="Fresh bread",
    topics=["B3", "B2"],
    difficulty=2,
    minutes=10,
    skills=["compute", "derive", "solve-for-parameter"],
)

k = sp.Symbol("k")
UNIQUE = [  # how many days, the price, which loaf is dear; the slope is nowhere zero
    (n, beta, costly)
    for n in (5, 6, 7)
    for beta in (2, 3, 4)
    for costly in ("short", "over")
    if (beta * n) % (beta + 1)
]


def draw(rng):
    n, beta, costly = rng.choice(UNIQUE)
    y = nice.retry(rng, lambda r: r.sample(range(5, 31), n), _sensible, "demands with gaps")
    data = sorted(y)
    rank = _rank(n, beta, costly)
    below = rng.choice([i for i in range(1, n - 1) if i + 1 != rank])  # w0 between data[below] and the next
    w0 = rng.choice(range(data[below] + 1, data[below + 1]))
    # the flat piece: not at price 1, nor at the given price
    flat = [j for j in range(1, n) if 2 * j != n and _price(n, j, costly) != beta and (j > 1 or n == 5)]
    return {"y": y, "beta": beta, "costly": costly, "w0": w0, "j": rng.choice(flat)}


def _sensible(y):
    gaps = np.diff(sorted(y))
    return min(gaps) >= 2 and max(gaps) <= 7


def _rank(n, beta, costly):
    """Which of the ordered demands is best: the first with a positive slope to its right."""
    return -(-beta * n // (beta + 1)) if costly == "short" else -(-n // (beta + 1))


def _price(n, j, costly):
    return sp.Rational(j, n - j) if costly == "short" else sp.Rational(n - j, j)


def show(y, j):
    data = sorted(y)
    return {"n": len(y), "low": data[j - 1], "high": data[j]}


def solve(y, beta, costly, w0, j):
    n, data = len(y), sorted(y)
    rank = _rank(n, beta, costly)
    over, short = (1, beta) if costly == "short" else (beta, 1)
    terms = [(short, v - w0) if v > w0 else (over, w0 - v) for v in y]
    price = _price(n, j, costly)
    middle = data[(n - 1) // 2 : n // 2 + 1]
    return {
        "cost": Exact(sum(rate * size for rate, size in terms)),
        "slope": Expression((1 + beta) * k - (beta * n if costly == "short" else n), "k"),
        "best": Exact(data[rank - 1]),
        "price": Exact(price),
        "terms": Latex(" + ".join(rf"{rate} \cdot {size}" if rate > 1 else f"{size}" for rate, size in terms)),
        "rank": rank,
        "in_order": Latex(", ".join(map(str, data))),
        "median_words": Latex(
            f"${middle[0]}$" if n % 2 else f"any number from ${middle[0]}$ to ${middle[1]}$",
        ),
        "mirror": data[n - rank],
        "plain": price.q == n - j if costly == "short" else price.q == j,
    }


def verify(y, beta, costly, w0, low, high, cost, slope, best, price):
    y = np.array(y)
    n = len(y)

    def total(w, dear):
        gap = np.subtract.outer(np.asarray(w), y)  # positive: left over
        over, short = (1, dear) if costly == "short" else (dear, 1)
        return np.where(gap > 0, over * gap, -short * gap).sum(axis=-1)

    assert cost == total(w0, beta)
    # slopes by differences around the middles of all pieces
    ends = np.sort(np.concatenate([[y.min() - 2], y, [y.max() + 2]]))
    middles = (ends[1:] + ends[:-1]) / 2
    slopes = (total(middles + 0.25, beta) - total(middles - 0.25, beta)) / 0.5
    assert np.allclose(slopes, [slope(count) for count in range(n + 1)])
    # T is linear between integers, so the integers tell its minimisers
    grid = np.arange(0, 41)
    costs = total(grid, beta)
    assert grid[costs == costs.min()].tolist() == [best]
    assert price > 0
    costs = total(grid, price)
    assert np.array_equal(grid[np.isclose(costs, costs.min())], np.arange(low, high + 1))
