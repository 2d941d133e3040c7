"""Absolute risk with an unknown value: minimisers in terms of it, its value from a risk, a bound to prove.

Four known values with their counts and an unknown one between two of them; 7 to 10 data. The minimisers are the unknown
value, an interval that ends or begins with it, or a known value. There are thousands of givens; in 400
draws 154 different sets of answers came.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Latex, Meta, Option, Rubric, figures, linear_combination, nice

META = Meta(
    title="An illegible value",
    topics=["B2"],
    difficulty=3,
    minutes=12,
    skills=["describe-set", "solve-for-parameter", "prove"],
)

ALPHA = sp.Symbol("alpha")


def draw(rng):
    kind = rng.choice(["alpha", "alpha", "from", "to", "known"])
    return nice.retry(rng, lambda r: _times(r, kind), bool, "times of this kind")


def _times(rng, kind):
    values = [rng.randint(11, 16)]
    place = rng.choice([1, 2])  # alpha lies between values[place] and values[place + 1]
    for k in range(3):
        values.append(values[-1] + (rng.randint(5, 9) if k == place else rng.randint(2, 5)))
    counts = [rng.randint(1, 3) for _ in values]
    times = rng.choice([1, 1, 2])
    n = sum(counts) + times
    if not 7 <= n <= 10 or len(set(counts)) < 2:
        return None
    alpha = rng.randint(values[place] + 1, values[place + 1] - 1)
    known = {"values": values, "counts": counts, "times": times, "place": place}
    if _kind(*_middle(**known)) != kind:
        return None
    c = rng.choice(values)
    star = _star(**known)
    if c == star:
        return None
    difference = sp.expand(_sum(c, **known) - _sum(star, **known))
    if not difference.has(ALPHA):
        return None
    gap = difference.subs(ALPHA, alpha) / n
    if gap.q > 5 or gap <= 0:
        return None
    return {**known, "c": c, "gap": gap, "N": rng.choice([4, 5, 6])}


def _ordered(values, counts, times, place):
    data = [value for value, count in zip(values, counts, strict=True) for _ in range(count)]
    before = sum(counts[: place + 1])
    return [*data[:before], *[ALPHA] * times, *data[before:]]


def _middle(values, counts, times, place):
    data = _ordered(values, counts, times, place)
    return data[(len(data) - 1) // 2], data[len(data) // 2]


def _kind(low, high):
    if low == high:
        return "alpha" if low == ALPHA else "known"
    return "from" if low == ALPHA else "to" if high == ALPHA else "neither"


def _star(values, counts, times, place):
    """A minimiser: a known value where there is one."""
    low, high = _middle(values, counts, times, place)
    return high if low == ALPHA else low


def _distance(value, h, values, place):
    """The distance of two places, of which at most one is alpha, without absolute values."""
    if value == h:
        return sp.Integer(0)
    if ALPHA not in (value, h):
        return sp.Integer(abs(value - h))
    other = h if value == ALPHA else value
    return ALPHA - other if other <= values[place] else other - ALPHA


def _sum(h, values, counts, times, place):
    return sum(_distance(value, h, values, place) for value in _ordered(values, counts, times, place))


def show(values, counts, times, place, N):
    header = [*values[: place + 1], Latex(r"$\alpha$"), *values[place + 1 :]]
    rows = [header, [*counts[: place + 1], times, *counts[place + 1 :]]]
    bound = [f"(y_{N + 1 - i} - y_{i})" for i in range(1, N // 2 + 1)]
    return {
        "table": figures.data_table(rows, row_names=["time", "number of orders"], ruled=True),
        "n": sum(counts) + times,
        "ends": [values[place], values[place + 1]],
        "bound": Latex(" + ".join(bound)),
    }


def _linear(expression):
    """An expression in alpha, with a positive term first."""
    slope, constant = expression.coeff(ALPHA, 1), expression.coeff(ALPHA, 0)
    if slope > 0 or constant <= 0:
        return linear_combination([slope, constant], [r"\alpha", ""])
    return linear_combination([constant, slope], ["", r"\alpha"])


def _answer(value):
    return Expression(ALPHA, "alpha") if value == ALPHA else Exact(value)


def solve(values, counts, times, place, c, gap, N):
    known = {"values": values, "counts": counts, "times": times, "place": place}
    low, high = _middle(**known)
    n, star = sum(counts) + times, _star(**known)
    at_c, at_star = sp.expand(_sum(c, **known)), sp.expand(_sum(star, **known))
    difference = sp.expand(at_c - at_star)
    slope, constant = difference.coeff(ALPHA, 1), difference.coeff(ALPHA, 0)
    best = {"single": _answer(low)} if low == high else {"low": _answer(low), "high": _answer(high)}
    return {
        "kind": Option("point" if low == high else "interval"),
        **best,
        "alpha": Exact((n * gap - constant) / slope),
        "proof": Rubric(
            ("pairs the smallest number with the largest one, and so on", 1),
            (r"$\abs{y_i - h} + \abs{y_j - h} \ge y_j - y_i$, with a reason", 2),
            ("adds up; what is in the middle is not negative" if N % 2 else "adds up the pairs", 1),
        ),
        "in_order": Latex(", ".join(map(sp.latex, _ordered(**known)))),
        "half": n // 2,
        "star": star,
        "plural": "s" if times > 1 else "",
        "singular": "" if times > 1 else "s",
        "sum_c": _linear(at_c),
        "sum_star": _linear(at_star),
        "difference": _linear(difference),
        "scaled": n * gap,
        "pairs": Latex(", ".join(f"$(y_{i}, y_{N + 1 - i})$" for i in range(1, N // 2 + 1))),
    }


def verify(table, n, ends, c, gap, kind, alpha, single=None, low=None, high=None):
    (header, numbers) = table.data["rows"]
    known = [v for v in header if isinstance(v, int)]
    at = next(k for k, v in enumerate(header) if not isinstance(v, int))

    def data(a):
        return np.repeat([float(v) for v in (*known[:at], a, *known[at:])], numbers)

    def risk(a, h):
        return np.abs(np.subtract.outer(np.atleast_1d(h), data(a))).mean(axis=1)

    def value(answer, a):
        return answer(a) if callable(answer) else answer

    assert sum(numbers) == n
    grid = np.arange(8 * 8, 8 * 50) / 8
    for a in np.arange(8 * ends[0] + 1, 8 * ends[1]) / 8:
        sums = n * risk(a, grid)
        best = grid[np.isclose(sums, sums.min(), rtol=0, atol=1e-9)]
        if kind == "point":
            assert low is None
            assert high is None
            assert best.tolist() == [value(single, a)]
        else:
            assert kind == "interval"
            assert single is None
            assert (value(low, a), value(high, a)) == (best.min(), best.max())
            assert best.min() < best.max()
    # The only admissible integer with this difference of risks.
    fits = [a for a in range(ends[0] + 1, ends[1]) if np.isclose(risk(a, c)[0] - risk(a, grid).min(), gap)]
    assert fits == [alpha]
