"""Ridge regression with one weight: minimiser without and with penalty, the penalty of a given weight, an extra point.

Built backwards: four x, an integer weight, residuals orthogonal to x. There are thousands of data sets; 200 draws have
more than 100 different sets of answers.
"""

from functools import lru_cache
from itertools import combinations_with_replacement, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import AnyIn, Exact, Expression, Latex, Meta, figures, nice

META = Meta(
    title="The ridge dial",
    topics=["F5", "F3"],
    difficulty=1,
    minutes=10,
    skills=["compute", "derive", "solve-for-parameter", "recognise"],
)

lam = sp.Symbol("lambda", real=True)
SIZES = [x for x in combinations_with_replacement(range(1, 5), 4) if len(set(x)) >= 3 and sum(v * v for v in x) <= 30]


@lru_cache
def residuals(x):
    """Small integer vectors orthogonal to x, not zero."""
    every = np.array(list(product(range(-3, 4), repeat=4)))
    kept = every[(every @ np.array(x) == 0) & (np.count_nonzero(every, axis=1) >= 3)]
    return [[int(v) for v in e] for e in kept]


def draw(rng):
    def make(r):
        x = r.choice(SIZES)
        weight = r.choice([-6, -5, -4, -3, 3, 4, 5, 6])
        signs = r.choice([(1, 1, 1, 1), (1, 1, 1, -1), (1, -1, 1, 1), (-1, 1, 1, 1), (1, 1, -1, 1)])
        places = r.sample(range(4), 4)
        e = r.choice(residuals(x))
        x, e = ([v[i] * signs[i] for i in places] for v in (x, e))
        y = [weight * a + b for a, b in zip(x, e, strict=True)]
        target, bound = r.sample(range(1, abs(weight)), 2)
        mu = r.choice([4, 9, 16, 25, 36])
        return {"x": x, "y": y, "target": target if weight > 0 else -target, "bound": bound, "mu": mu}

    def accept(g):
        S, P = _sums(g["x"], g["y"])
        dials = {P / g["target"] - S, abs(P) // g["bound"] - S, g["mu"], S}
        return (
            max(map(abs, g["y"])) <= 20
            and P % g["target"] == 0
            and P % g["bound"] == 0
            and len(dials) == 4
            and 0 not in g["y"]
            and max(dials) <= 60
        )

    return nice.retry(rng, make, accept, "four points with nice penalties", tries=4000)


def _sums(x, y):
    return sum(a * a for a in x), sum(a * b for a, b in zip(x, y, strict=True))


def show(x, y):
    return {"table": figures.data_table([x, y], row_names=["$x_i$", "$y_i$"], ruled=True)}


def solve(x, y, target, bound, mu):
    S, P = _sums(x, y)
    floor = sp.Rational(abs(P), bound) - S
    terms = [(a, b) for a, b in zip(x, y, strict=True)]
    return {
        "plain": Exact(sp.Rational(P, S)),
        "weight": Expression(P / (S + lam), "lambda"),
        "dial": Exact(sp.Rational(P, target) - S),
        "strong": AnyIn(floor, sp.oo, closed=(False, False)),
        "extra": Exact(sp.sqrt(mu)),
        "S": S,
        "P": P,
        "P_size": abs(P),
        "squares": Latex(" + ".join(str(a * a) for a in x)),
        "products": Latex(" ".join(f"{a * b:+d}" for a, b in terms).lstrip("+")),
        "ratio": sp.Rational(P, target),
        "bound_ratio": sp.Rational(abs(P), bound),
        "floor": floor,
    }


def mistakes(mu, S, P, extra):
    return {
        "extra": {
            "not squared": mu,
            "squared twice": mu**2,
            "half of the penalty": sp.Rational(mu, 2),
            "reciprocal": 1 / extra,
            "added to the sum of squares": S + mu,
            "twice the penalty": 2 * mu,
        }
    }


def verify(table, target, bound, mu, plain, weight, dial, strong, extra):
    x, y = np.array(table.data["rows"], dtype=float)

    def fit(penalty):
        """Least squares with one more row for the penalty."""
        return np.linalg.lstsq(np.append(x, np.sqrt(penalty))[:, None], np.append(y, 0), rcond=None)[0][0]

    assert np.isclose(plain, fit(0))
    assert np.allclose([weight(v) for v in (0, 1, 5, 30)], [fit(v) for v in (0, 1, 5, 30)])
    assert dial >= 0
    assert np.isclose(fit(dial), target)
    assert strong >= 0
    assert 1e-9 < abs(fit(strong)) < bound - 1e-9
    assert extra > 0
    longer, zeros = np.append(x, extra), np.append(y, 0)
    assert np.isclose(np.linalg.lstsq(longer[:, None], zeros, rcond=None)[0][0], fit(mu))
