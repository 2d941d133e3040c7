"""The variance of a combination of two variables: derivation, value, a combination without correlation, four claims.

Standard deviations, a correlation and coefficients whose combination has an integer variance. There are
3,602 of these, and 180 lists of four out of eleven statements.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Never,
    Rubric,
    Sometimes,
    linear_combination,
    samplers,
)

META = Meta(
    title="The total score",
    topics=["B5", "A1"],
    difficulty=3,
    minutes=12,
    skills=["prove", "recognise", "solve-for-parameter", "classify-statement"],
)

CORRELATIONS = [
    (s * p, q) for p, q in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (3, 5), (4, 5), (1, 5), (2, 5)) for s in (1, -1)
]


@lru_cache
def settings():
    """Standard deviations, correlation and coefficients for which everything asked for is simple."""
    found = []
    for sx, sy, a, b, (p, q) in product(range(2, 13), range(2, 13), (1, 2, 3), (-3, -2, -1, 1, 2, 3), CORRELATIONS):
        cross, rest = divmod(2 * a * b * p * sx * sy, q)
        var = (a * sx) ** 2 + (b * sy) ** 2 + cross
        if rest or cross % 2 or sx == sy or (a, abs(b)) == (1, 1) or not 10 <= var <= 400:
            continue
        c = sp.Rational(-sx * q, p * sy)
        if c.q <= 3 and abs(c) <= 8 and abs(c) != 1:
            found.append((sx, sy, a, b, p, q))
    return found


def draw(rng):
    sx, sy, a, b, p, q = rng.choice(settings())
    sure = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Always)]
    never = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Never)]
    rest = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Sometimes)]
    counts = rng.choice([(1, 1, 2), (1, 2, 1), (2, 1, 1)])
    names = [name for kind, count in zip((sure, never, rest), counts, strict=True) for name in rng.sample(kind, count)]
    return {"sx": sx, "sy": sy, "a": a, "b": b, "r": sp.Rational(p, q), "statements": rng.sample(names, 4)}


SLOTS = ("s1", "s2", "s3", "s4")
WORDS = {
    "parallelogram": r"$\sigma_s^2 + \sigma_d^2 = 2\sigma_x^2 + 2\sigma_y^2$",
    "difference": r"$\sigma_s^2 - \sigma_d^2 = 4 r \sigma_x \sigma_y$",
    "triangle": r"$\sigma_s \le \sigma_x + \sigma_y$",
    "reverse": r"$\sigma_d < \abs{\sigma_x - \sigma_y}$",
    "longer": r"$\sigma_d > \sigma_x + \sigma_y$",
    "against": r"$r > 0$ and $\sigma_s < \sigma_d$",
    "sum": r"$\sigma_s = \sigma_x + \sigma_y$",
    "short": r"$\sigma_s < \sigma_x$",
    "pythagoras": r"$\sigma_s^2 = \sigma_x^2 + \sigma_y^2$",
    "free": r"The covariance of $s_i$ and $d_i$ is $0$.",
    "constant": r"All $d_i$ are equal.",
}
WHY = {
    "parallelogram": r"\emph{Guaranteed}: the mixed terms cancel.",
    "difference": r"\emph{Guaranteed}: only the mixed terms remain.",
    "triangle": r"\emph{Guaranteed}: $r \le 1$ gives $\sigma_s^2 \le (\sigma_x + \sigma_y)^2$.",
    "reverse": r"\emph{Impossible}: $r \le 1$ gives $\sigma_d^2 \ge (\sigma_x - \sigma_y)^2$.",
    "longer": r"\emph{Impossible}: $r \ge -1$ gives $\sigma_d^2 \le (\sigma_x + \sigma_y)^2$.",
    "against": r"\emph{Impossible}: $\sigma_s^2 - \sigma_d^2 = 4r\sigma_x\sigma_y$ has the sign of $r$.",
    "sum": r"\emph{Possible}: for $r = 1$ and for no other $r$.",
    "short": r"\emph{Possible}: for example when $y_i = -x_i$, but not when $r \ge 0$.",
    "pythagoras": r"\emph{Possible}: for $r = 0$ and for no other $r$.",
    "free": r"\emph{Possible}: the covariance is $\sigma_x^2 - \sigma_y^2$, which is $0$ exactly when "
    r"$\sigma_x = \sigma_y$.",
    "constant": r"\emph{Possible}: when $y_i$ is $x_i$ plus a constant, so that $\sigma_d = 0$.",
}


def show(a, b, statements):
    return {
        "combination": Latex(linear_combination([a, b], ["x_i", "y_i"])),
        "words": {slot: Latex(WORDS[name]) for slot, name in zip(SLOTS, statements, strict=True)},
    }


def solve(sx, sy, a, b, r, statements):
    squares, cross = [(a * sx) ** 2, (b * sy) ** 2], 2 * a * b * r * sx * sy
    var = sum(squares) + cross
    return {
        "proof": Rubric(
            (r"$\bar z = a\bar x + b\bar y$, or $z_i - \bar z = a(x_i - \bar x) + b(y_i - \bar y)$", 1),
            ("squares out, with all three terms", 2),
            (r"uses $\frac{1}{n}\sum_i (x_i - \bar x)(y_i - \bar y) = r\sigma_x\sigma_y$", 1),
        ),
        "variance": Exact(var),
        "c": Exact(-sx / (r * sy)),
        "squares": squares,
        "cross": cross,
        "reasons": [{"words": Latex(WORDS[name].rstrip(".") + "."), "why": Latex(WHY[name])} for name in statements],
    }


def mistakes(sx, sy, a, b, squares, cross):
    wrong = {
        "mixed term left out": sum(squares),
        "its factor 2 left out": sum(squares) + cross / 2,
        "r left out": (a * sx + b * sy) ** 2,
        "wrong sign": sum(squares) - cross,
        "coefficients not squared": abs(a) * sx**2 + abs(b) * sy**2 + cross,
    }
    return {"variance": {name: value for name, value in wrong.items() if value > 0}}


def verify(sx, sy, a, b, r, variance, c):
    # Scores with these standard deviations and this correlation.
    u, v = np.array([1, 1, -1, -1]), np.array([1, -1, 1, -1])
    x, y = 20 + sx * u, 30 + sy * (r * u + np.sqrt(1 - r**2) * v)
    assert np.allclose([np.std(x), np.std(y), np.corrcoef(x, y)[0, 1]], [sx, sy, r])
    assert np.isclose(variance, np.var(a * x + b * y))
    assert abs(np.corrcoef(x, x + c * y)[0, 1]) < 1e-9


def _parts(x, y):
    s, d = x + y, x - y
    return x.std(), y.std(), s.std(), d.std(), ((x - x.mean()) * (y - y.mean())).mean()


def _about(statement):
    return lambda x, y: bool(statement(*_parts(x, y)))


DATA = samplers.vectors((2, 3, 4, 5), 2, names="x y").where(
    lambda x, y: len(set(x.tolist())) > 1 and len(set(y.tolist())) > 1
)
E = 1e-9
CLAIMS = {  # of the standard deviations of x, y, s, d and the covariance of x and y
    "parallelogram": Always(_about(lambda p, q, s, d, cov: np.isclose(s**2 + d**2, 2 * p**2 + 2 * q**2)), DATA),
    "difference": Always(_about(lambda p, q, s, d, cov: np.isclose(s**2 - d**2, 4 * cov)), DATA),
    "triangle": Always(_about(lambda p, q, s, d, cov: s <= p + q + E), DATA),
    "reverse": Never(_about(lambda p, q, s, d, cov: d < abs(p - q) - E), DATA),
    "longer": Never(_about(lambda p, q, s, d, cov: d > p + q + E), DATA),
    "against": Never(_about(lambda p, q, s, d, cov: cov > E and s < d - E), DATA),
    "sum": Sometimes(_about(lambda p, q, s, d, cov: np.isclose(s, p + q)), DATA),
    "short": Sometimes(_about(lambda p, q, s, d, cov: s < p - E), DATA),
    "pythagoras": Sometimes(_about(lambda p, q, s, d, cov: np.isclose(s**2, p**2 + q**2)), DATA),
    "free": Sometimes(lambda x, y: np.isclose(np.cov(x + y, x - y)[0, 1], 0), DATA),
    "constant": Sometimes(_about(lambda p, q, s, d, cov: d < E), DATA),
}


def claims(statements):
    return {slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)}
