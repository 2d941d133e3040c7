"""A regression line, spreads, correlation and error in other units, and what a change of units must or may keep.

The standard deviations follow from r = 3/5, 4/5 or 1/2. Thousands of givens with hundreds of pairs of slope and
intercept; part (c) has 8 changes of units with 7 different rows of answers.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, figures, nice, samplers

META = Meta(
    title="Machine hours",
    topics=["B5", "B4"],
    difficulty=1,
    minutes=10,
    skills=["compute", "classify-statement"],
)

UNITS = {2: "half hours", 3: "units of 20 minutes", 4: "quarter hours", 6: "units of 10 minutes"}


def draw(rng):
    def make(r):
        kind = r.choice(["scale", "rest", "beyond"])
        k = (
            r.choice(sorted(UNITS))
            if kind == "scale"
            else r.randint(3, 6)
            if kind == "beyond"
            else r.choice([8, 10, 12])
        )
        rho = r.choice([sp.Rational(3, 5), sp.Rational(4, 5), sp.Rational(1, 2)])
        return {
            "kind": kind,
            "k": k,
            "w0": r.choice([-6, -5, -4, -3, -2, 2, 3, 4, 5, 6]),
            "w1": r.randint(2, 6),
            "c": r.choice([2, 3, 4, 5]),
            "d": r.randint(6, 24),
            "sx": r.randint(1, 3),
            "r": rho,
        }

    def accept(g):
        sy = g["w1"] * g["sx"] / g["r"]
        v0, v1 = _line(g["kind"], g["k"], g["w0"], g["w1"], g["c"], g["d"])
        return sy.is_Integer and sy <= 20 and 0 < abs(v0) <= 150 and v1 != g["w1"] and g["c"] * sy <= 40

    found = nice.retry(rng, make, accept, "line and units with small numbers")
    return {**found, "n": rng.randint(12, 30), "units": rng.choice(sorted(CHANGES)), "m": rng.randint(2, 5)}


def _line(kind, k, w0, w1, c, d):
    """Intercept and slope in the new units."""
    start = w0 if kind == "scale" else w0 + w1 * k
    return c * start - d, c * w1 * {"scale": sp.Rational(1, k), "rest": -1, "beyond": 1}[kind]


CHANGES = {  # words; t and z as functions; what is guaranteed and what is impossible of r, slope, intercept, mse
    "stretch": ("$t_i = {m}x_i$ and $z_i = y_i$", lambda x, y, m: (m * x, y), {"r", "intercept", "mse"}),
    "slide": ("$t_i = x_i - {m}$ and $z_i = y_i$", lambda x, y, m: (x - m, y), {"r", "slope", "mse"}),
    "mirror": ("$t_i = -x_i$ and $z_i = y_i$", lambda x, y, m: (-x, y), {"intercept", "mse"}),
    "raise": ("$t_i = x_i$ and $z_i = {m}y_i$", lambda x, y, m: (x, m * y), {"r"}),
    "lift": ("$t_i = x_i$ and $z_i = y_i + {m}$", lambda x, y, m: (x, y + m), {"r", "slope", "mse"}),
    "both": ("$t_i = {m}x_i$ and $z_i = {m}y_i$", lambda x, y, m: (m * x, m * y), {"r", "slope"}),
    "turn": ("$t_i = -x_i$ and $z_i = -y_i$", lambda x, y, m: (-x, -y), {"r", "slope", "mse"}),
    "flip": ("$t_i = x_i$ and $z_i = -y_i$", lambda x, y, m: (x, -y), {"mse"}),
}


def show(kind, k, w1, sx, r, units, m):
    sy = w1 * sx / r
    blanks = [Latex(rf"\blank[width=1.9cm, height=0.9cm]{{{name}}}") for name in ("st", "sz", "rz", "msez")]
    table = figures.data_table(
        [[sx, sy, r, sy**2 * (1 - r**2)], blanks],
        header=["std.\\ dev.\\ of $x$, $t$", "std.\\ dev.\\ of $y$, $z$", "correlation", "mean squared error"],
        row_names=["$x$ and $y$", "$t$ and $z$"],
        ruled=True,
    )
    return {
        "unit": UNITS.get(k, ""),
        "sy": sy,
        "mse": sy**2 * (1 - r**2),
        "table": table,
        "change": Latex(CHANGES[units][0].format(m=m)),
    }


def solve(kind, k, w0, w1, c, d, sx, r, units, m):
    v0, v1 = _line(kind, k, w0, w1, c, d)
    sy = w1 * sx / r
    return {
        "v0": Exact(v0),
        "v1": Exact(v1),
        "st": Exact(k * sx if kind == "scale" else sx),
        "sz": Exact(c * sy),
        "rz": Exact(-r if kind == "rest" else r),
        "msez": Exact(c**2 * sy**2 * (1 - r**2)),
        "factor_words": Latex(rf"{k} \cdot {sx} = " if kind == "scale" else r"\sigma_x = "),
        "why": Latex(WHY[units].replace("{m}", str(m))),
    }


def verify(kind, k, w0, w1, c, d, r, table, v0, v1, st, sz, rz, msez):
    # Data with the given line and spreads: u and v are standardised and uncorrelated.
    u, v = np.array([1, 1, -1, -1]), np.array([1, -1, 1, -1])
    sx, sy = table.data["rows"][0][:2]
    x = 7 + sx * u
    y = w0 + w1 * x + sy * np.sqrt(1 - r**2) * v
    assert np.allclose([np.std(y), np.corrcoef(x, y)[0, 1]], [sy, r])
    t = {"scale": k * x, "rest": k - x, "beyond": x - k}[kind]
    z = c * y - d
    assert np.allclose(np.polynomial.polynomial.polyfit(t, z, 1), [v0, v1])
    assert np.allclose([np.std(t), np.std(z), np.corrcoef(t, z)[0, 1]], [st, sz, rz])
    assert np.isclose(msez, np.mean((z - v0 - v1 * t) ** 2))


def _facts(x, y):
    """Correlation, slope, intercept and mean squared error."""
    dx, dy = x - x.mean(), y - y.mean()
    slope = dx @ dy / (dx @ dx)
    return {
        "r": dx @ dy / np.sqrt((dx @ dx) * (dy @ dy)),
        "slope": slope,
        "intercept": y.mean() - slope * x.mean(),
        "mse": np.mean((dy - slope * dx) ** 2),
    }


DATA = samplers.vectors((2, 3, 4, 5), 2, names="x y").where(
    lambda x, y: len(set(x.tolist())) > 1 and len(set(y.tolist())) > 1
)


@lru_cache
def _claims(units, m):
    _, into, kept = CHANGES[units]

    def same(name):
        return lambda x, y: np.isclose(_facts(x, y)[name], _facts(*into(x, y, m))[name])

    def claim(name):
        if (units, name) == ("lift", "intercept"):
            return Never(same(name), DATA)
        return (Always if name in kept else Sometimes)(same(name), DATA)

    return {f"same_{name}": claim(name) for name in ("r", "slope", "intercept", "mse")}


def claims(units, m):
    return _claims(units, m)


WHY = {
    "stretch": r"The line of the new data is $\hat z = w_0 + \frac{w_1}{{m}} t$, and it predicts the same "
    r"values. So the "
    r"intercept, the errors and their mean square are the same, \emph{guaranteed}, and $r$ does not depend on units: "
    r"\emph{guaranteed}. The slope is the same only when $w_1 = 0$: \emph{possible}.",
    "slide": r"The line of the new data is $\hat z = (w_0 + {m}w_1) + w_1 t$, and it predicts the same values. "
    r"So the slope, "
    r"the errors and $r$ are the same: \emph{guaranteed}. The intercept is the same only when $w_1 = 0$: "
    r"\emph{possible}.",
    "mirror": r"The line of the new data is $\hat z = w_0 - w_1 t$, and it predicts the same values. So the "
    r"intercept and the "
    r"errors are the same: \emph{guaranteed}. Slope and correlation change their signs; they are the same only "
    r"when they "
    r"are $0$: \emph{possible}.",
    "raise": r"The line of the new data is $\hat z = {m}w_0 + {m}w_1 t$, and all errors are multiplied by "
    r"${m}$. The correlation does "
    r"not depend on units: \emph{guaranteed}. The slope is the same only when $w_1 = 0$, the intercept only "
    r"when $w_0 = 0$, and "
    r"the mean squared error only when all points lie on the line: \emph{possible}, all three.",
    "lift": r"The line of the new data is $\hat z = (w_0 + {m}) + w_1 t$, and the errors are the same. So the "
    r"slope, the mean squared "
    r"error and $r$ are the same: \emph{guaranteed}. The intercept always grows by ${m}$: \emph{impossible}.",
    "both": r"The line of the new data is $\hat z = {m}w_0 + w_1 t$, and all errors are multiplied by ${m}$. "
    r"The slope and the correlation "
    r"are the same: \emph{guaranteed}. The intercept is the same only when $w_0 = 0$, the mean squared error "
    r"only when all "
    r"points lie on the line: \emph{possible}, both.",
    "turn": r"The line of the new data is $\hat z = -w_0 + w_1 t$, and all errors change their signs only. The "
    r"slope, the mean squared "
    r"error and the correlation (two changes of sign) are the same: \emph{guaranteed}. The intercept is the "
    r"same only when $w_0 = 0$: "
    r"\emph{possible}.",
    "flip": r"The line of the new data is $\hat z = -w_0 - w_1 t$, and all errors change their signs only. So "
    r"the mean squared error is "
    r"the same: \emph{guaranteed}. Correlation and slope change their signs and are the same only when they are "
    r"$0$, the intercept only "
    r"when $w_0 = 0$: \emph{possible}, all three.",
}
