"""A loss that only counts errors above a tolerance, the largest error, and what holds for their minimisers.

Six to eight different minutes from 1 to 40 of which one window of width 2c catches the most: thousands of lists with
more than 50 intervals of minimisers, and 150 lists of four out of ten statements.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, AnyIn, Exact, Latex, Meta, Never, Sometimes, nice, samplers

META = Meta(
    title="Close enough",
    topics=["B3"],
    difficulty=1,
    minutes=10,
    skills=["compute", "solve-for-parameter", "classify-statement"],
)


def draw(rng):
    c = rng.choice([2, 3, 4])
    n = rng.choice([6, 7, 8])
    y = nice.retry(rng, lambda r: r.sample(range(1, 41), n), lambda y: _sensible(y, c), "one best window", tries=20000)
    low, high, best = _window(y, c)
    others = [w for w in range(min(y), max(y)) if w not in y and 1 <= _caught(y, w, c) < best and not low <= w <= high]
    sure = [name for name in sorted(CLAIMS) if not isinstance(CLAIMS[name], Sometimes)]
    open_ones = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Sometimes)]
    names = rng.sample(sure, 2) + rng.sample(open_ones, 1)
    names.append(rng.choice([name for name in sorted(CLAIMS) if name not in names]))
    return {"y": y, "c": c, "w0": rng.choice(others), "statements": rng.sample(names, 4)}


def _caught(y, w, c):
    return sum(abs(v - w) <= c for v in y)


def _window(y, c):
    """The interval of the best w for the first best window, and how many values it catches."""
    data = sorted(y)
    groups = [[v for v in data if start <= v <= start + 2 * c] for start in data]
    best = max(groups, key=len)
    return best[-1] - c, best[0] + c, len(best)


def _sensible(y, c):
    data = sorted(y)
    groups = [[v for v in data if start <= v <= start + 2 * c] for start in data]
    sizes = sorted(map(len, groups))
    low, high, best = _window(y, c)
    return (
        sizes[-1] > sizes[-2]
        and 3 <= best <= len(y) - 2
        and high - low >= 1
        and (data[0] + data[-1]) % 2 == 0
        and not low <= sp.Rational(sum(y), len(y)) <= high
        and data[-1] - data[0] >= 5 * c
        and any(w not in y and 1 <= _caught(y, w, c) < best for w in range(data[0], data[-1]))
    )


SLOTS = ("s1", "s2", "s3", "s4")
WORDS = {
    "lift": r"If the largest $y_i$ (or one of them) grows by $1$, the minimiser of $M$ grows by $\frac{1}{2}$.",
    "outside": "The minimiser of $M$ is larger than all $y_i$.",
    "mean": "The minimiser of $M$ is the mean of the $y_i$.",
    "middle": "If the minimiser of $M$ is added to the data, it stays the minimiser.",
    "perfect": "Some $w$ has $R(w) = 0$.",
    "wider": "If $c$ grows by $1$, the smallest value of $R$ grows.",
    "less": "If $c$ grows by $1$, the smallest value of $R$ becomes smaller.",
    "median": "Some median of the data minimises $R$.",
    "useless": "The smallest value of $R$ is $1$.",
    "equal": "The minimiser of $M$ also minimises $R$.",
}
WHY = {
    "lift": r"\emph{Guaranteed}: it is the midrange, and with $n \ge 2$ the smallest value stays when only the "
    r"largest one "
    r"grows.",
    "outside": r"\emph{Impossible}: it lies halfway between the smallest and the largest value.",
    "mean": r"\emph{Possible}: yes for $0, 2$, no for $0, 0, 2$.",
    "middle": r"\emph{Guaranteed}: it is the midrange, and a value between the smallest and the largest changes "
    r"neither.",
    "perfect": r"\emph{Possible}: exactly when the largest and the smallest value differ by at most $2c$.",
    "wider": r"\emph{Impossible}: with a larger tolerance every prediction that was good stays good.",
    "less": r"\emph{Possible}: yes for $0, 2$ and $c = 0$; no when the smallest value is $0$ already.",
    "median": r"\emph{Possible}: yes for equal values; no for $0, 0, 1, 2, 2$ and $c = 0$.",
    "useless": r"\emph{Impossible}: $w = y_1$ is right at least once, so $R(y_1) \le 1 - \frac{1}{n}$.",
    "equal": r"\emph{Possible}: yes when all values are equal; no for $0, 0, 2$ and $c = 0$.",
}


def show(y, statements):
    return {"n": len(y), "words": {slot: Latex(WORDS[name]) for slot, name in zip(SLOTS, statements, strict=True)}}


def solve(y, c, w0, statements):
    n, data = len(y), sorted(y)
    low, high, best = _window(y, c)
    hits = _caught(y, w0, c)
    bottom, top = high - c, low + c
    middle = sp.Rational(data[0] + data[-1], 2)
    return {
        "risk": Exact(sp.Rational(n - hits, n)),
        "w": AnyIn(low, high),
        "least": Exact(sp.Rational(n - best, n)),
        "middle": Exact(middle),
        "worst": Exact(data[-1] - middle),
        "hits": hits,
        "best": best,
        "in_order": Latex(", ".join(map(str, data))),
        "caught": Latex(", ".join(str(v) for v in data if bottom <= v <= top)),
        "bottom": bottom,
        "top": top,
        "low": low,
        "high": high,
        "mean": sp.Rational(sum(y), n),
        "first": data[0],
        "last": data[-1],
        "reasons": [{"words": Latex(WORDS[name]), "why": Latex(WHY[name])} for name in statements],
    }


GRID = np.arange(0, 401) / 8


def verify(y, c, w0, risk, w, least, middle, worst):
    y = np.array(y)

    def error_rate(at):
        return np.mean(np.abs(np.subtract.outer(np.atleast_1d(at), y)) > c + 1e-12, axis=1)

    assert np.isclose(risk, error_rate(w0)[0])
    # The rate changes at integers only, where it is not larger than on either side: the eighths have its minimum.
    assert np.isclose(least, error_rate(GRID).min())
    assert np.isclose(error_rate(w)[0], least)
    largest = np.abs(np.subtract.outer(GRID, y)).max(axis=1)
    assert GRID[largest == largest.min()].tolist() == [middle]
    assert largest.min() == worst


def _least(y, c):
    """The smallest number of errors above c."""
    return len(y) - max(np.sum((y >= start) & (y <= start + 2 * c)) for start in y)


def _errors(y, w, c):
    return int(np.sum(np.abs(y - w) > c))


def _twice(y):
    """Twice the midrange."""
    return y.min() + y.max()


def _raised(y):
    return y + (np.arange(len(y)) == np.argmax(y))


DATA = samplers.data_sets(n=range(2, 7), names="y") * samplers.listed(c=[0, 1, 2, 3])
CLAIMS = {
    "lift": Always(lambda y: _twice(_raised(y)) == _twice(y) + 1, DATA),
    "outside": Never(lambda y: _twice(y) > 2 * y.max(), DATA),
    "mean": Sometimes(lambda y: _twice(y) * len(y) == 2 * y.sum(), DATA),
    "middle": Always(lambda y: _twice(np.append(2 * y, _twice(y))) == 2 * _twice(y), DATA),
    "perfect": Sometimes(lambda y, c: _least(y, c) == 0, DATA),
    "wider": Never(lambda y, c: _least(y, c + 1) > _least(y, c), DATA),
    "less": Sometimes(lambda y, c: _least(y, c + 1) < _least(y, c), DATA),
    "median": Sometimes(lambda y, c: _median_is_best(y, c), DATA),
    "useless": Never(lambda y, c: _least(y, c) == len(y), DATA),
    "equal": Sometimes(lambda y, c: _errors(y, _twice(y) / 2, c) == _least(y, c), DATA),
}


def _median_is_best(y, c):
    """Whether one of the numbers between the two middle values minimises the risk; its changes are at integers."""
    data = np.sort(y)
    low, high = data[(len(y) - 1) // 2], data[len(y) // 2]
    return min(_errors(y, w, c) for w in range(int(low), int(high) + 1)) == _least(y, c)


def claims(statements):
    return {slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)}
