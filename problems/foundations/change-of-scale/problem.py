"""Mean, variance and standard deviation under an affine map; mean of squares; squares about a point; standardising.

Mean (12 values), standard deviation, map, point and target are drawn: more than 100,000 givens. Part a has about 1,500
different triples of answers, part b 60 and part c more than 200 values, part d more than 100 pairs.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, linear_combination

META = Meta(
    title="Another scale",
    topics=["A1"],
    difficulty=1,
    minutes=10,
    skills=["compute", "recognise", "solve-for-parameter"],
)


def draw(rng):
    s = rng.choice([2, 3, 4, 5])
    m = rng.choice([k for k in range(4, 16) if k not in (10, s, s**2)])
    c = rng.choice([k for k in (2, 3, 4, 5) if k != s])
    return {
        "n": rng.choice([10, 20]),
        "m": m,
        "s": s,
        "a": rng.choice([-5, -4, -3, -2, 2, 3, 4, 5]),
        "b": rng.choice([k for k in range(-12, 31) if abs(k) > 3]),
        "t": m + rng.choice([-3, -2, -1, 1, 2, 3]),
        "S": c * s,
        "M": rng.choice([k for k in (20, 30, 50, 60, 70, 100) if k != c * m]),
    }


def show(s, a, b):
    return {"v": s**2, "line": _line(a, b, "x_i")}


def _line(a, b, name):
    """Such as 30 - 2 x_i or 2 x_i - 5."""
    return linear_combination([b, a], ["", name]) if b > 0 > a else linear_combination([a, b], [name, ""])


def solve(n, m, s, a, b, t, M, S):
    c = sp.Rational(S, s)
    return {
        "zmean": Exact(a * m + b),
        "zvar": Exact(a**2 * s**2),
        "zsd": Exact(abs(a) * s),
        "squares": Exact(s**2 + m**2),
        "about": Exact(n * (s**2 + (m - t) ** 2)),
        "c": Exact(c),
        "d": Exact(M - c * m),
        "mean_line": Latex(_line(a, b, r"\bar x")),
    }


def mistakes(n, m, s):
    return {
        "squares": {
            "square of the mean": m**2,
            "difference": abs(m**2 - s**2),
            "standard deviation not squared": m**2 + s,
            "square of the sum": (m + s) ** 2,
            "variance alone": s**2,
            "square of the difference": (m - s) ** 2,
            "sum in place of mean": n * (m**2 + s**2),
        }
    }


def verify(n, m, s, a, b, t, M, S, zmean, zvar, zsd, squares, about, c, d):
    # Two quite different data sets with these facts.
    far = s * np.sqrt(n / 2)
    for deviations in ([s, -s] * (n // 2), [far, -far] + [0] * (n - 2)):
        x = m + np.array(deviations)
        assert np.allclose([x.mean(), x.std()], [m, s])
        z, u = a * x + b, c * x + d
        assert np.allclose([z.mean(), z.var(), z.std()], [zmean, zvar, zsd])
        assert np.isclose(np.mean(x**2), squares)
        assert np.isclose(np.sum((x - t) ** 2), about)
        assert c > 0
        assert np.allclose([u.mean(), u.std()], [M, S])
