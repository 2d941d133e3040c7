"""What a change of the data or of the risk does to the minimiser and the minimum: four picks from one list, one value.

Sixteen changes in seven families give 12,282 lists of four (1,191 lists of right options), each for a number from 2 to
4. The data of the last part are five integers from 1 to 12 with integer mean and variance: 120 multisets, 11 variances.
"""

from collections import Counter
from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, nice

META = Meta(
    title="After the change",
    topics=["B1", "A1"],
    difficulty=1,
    minutes=7,
    skills=["recognise", "minimise a risk", "compute"],
)

FAMILIES = {
    "moved": ("up", "down", "both"),
    "scaled": ("times", "divided"),
    "repeated": ("copies", "added"),
    "mirrored": ("mirror", "negated"),
    "loss": ("factor", "inner factor", "total"),
    "spread": ("spread", "shrunk"),
    "model": ("model over", "model minus"),
}
"""Changes of one family are not asked for together."""

FITS = {
    "up": "shift",
    "down": "*",
    "both": "same",
    "times": "scaled",
    "divided": "*",
    "copies": "same",
    "added": "*",
    "mirror": "same",
    "negated": "*",
    "factor": "higher",
    "inner factor": "spread",
    "total": "*",
    "spread": "spread",
    "shrunk": "*",
    "model over": "linear",
    "model minus": "shift",
}

WORDS = {
    "same": "$w^*$ and $R^*$",
    "shift": "$w^* + {c}$ and $R^*$",
    "scaled": "${c} w^*$ and ${s} R^*$",
    "linear": "${c} w^*$ and ${c} R^*$",
    "higher": "$w^*$ and ${c} R^*$",
    "spread": "$w^*$ and ${s} R^*$",
    "*": "none of the above",
}


def draw(rng):
    changes = _changes(rng)
    y = nice.integer_mean_variance(rng, 5, values=range(1, 13))
    return {"c": rng.choice([2, 3, 4]), "changes": changes, "y": [int(v) for v in y]}


def _changes(rng):
    """Four changes of different families; the first one is in the list, up to two of the others are not."""
    while True:
        kinds = [rng.choice(FAMILIES[family]) for family in rng.sample(sorted(FAMILIES), 4)]
        count = Counter(FITS[kind] for kind in kinds)
        if FITS[kinds[0]] != "*" and count["*"] <= 2 and len(count) >= 3:
            return kinds


def show(c, changes):
    replaced, risk = r"Each value $y_i$ is replaced by ", r"The risk is replaced by $\displaystyle "
    average = r"\frac{1}{n} \sum_{i=1}^n "
    words = {
        "up": rf"{replaced}$y_i + {c}$.",
        "down": rf"{replaced}$y_i - {c}$.",
        "both": rf"{risk}{average} \bigl( (y_i + {c}) - (w + {c}) \bigr)^2$.",
        "times": rf"{replaced}${c} y_i$.",
        "divided": rf"{replaced}$\frac{{1}}{{{c}}} y_i$.",
        "copies": rf"Each value is written down ${c}$ times, so that there are ${c}n$ values.",
        "added": r"One more value, which is equal to $w^*$, is added to the data.",
        "mirror": rf"{replaced}$2w^* - y_i$.",
        "negated": rf"{replaced}$-y_i$.",
        "factor": rf"{risk}{average} {c} (y_i - w)^2$.",
        "inner factor": rf"{risk}{average} ({c} y_i - {c} w)^2$.",
        "total": rf"{risk}\sum_{{i=1}}^n (y_i - w)^2$, without the factor $\frac{{1}}{{n}}$.",
        "spread": rf"{replaced}$w^* + {c} (y_i - w^*)$.",
        "shrunk": rf"{replaced}$w^* + \frac{{1}}{{{c}}} (y_i - w^*)$.",
        "model over": rf"{risk}{average} {c} \Bigl( y_i - \frac{{w}}{{{c}}} \Bigr)^2$.",
        "model minus": rf"{risk}{average} \bigl( y_i - (w - {c}) \bigr)^2$.",
    }
    return {"s": c * c, "words": [Latex(words[kind]) for kind in changes]}


def solve(c, changes, y):
    keys = [FITS[kind] for kind in changes]
    reasons = _reasons(c)
    mean, s = sp.Rational(sum(y), 5), c * c
    squares = [(v - mean) ** 2 for v in y]
    least = sum(squares) / 5
    factor = {"scaled": s, "spread": s, "linear": c, "higher": c}.get(keys[0], 1)
    return {
        **{name: Option(key) for name, key in zip(("first", "second", "third", "fourth"), keys, strict=True)},
        "value": Exact(factor * least),
        "reasons": [Latex(reasons[kind]) for kind in changes],
        "chosen": [Latex(WORDS[key].format(c=c, s=s)) for key in keys],
        "total": sum(y),
        "mean": mean,
        "squares": Latex(" + ".join(map(str, squares))),
        "sum_squares": sum(squares),
        "least": least,
        "factor": factor,
    }


def _reasons(c):
    """What each change does, for the solutions."""
    s = c * c
    mean = "The minimiser is the mean"
    kept = "The deviations from the mean stay as they are"
    return {
        "up": rf"{mean}, which grows by ${c}$. {kept}, and so does the smallest risk.",
        "down": rf"{mean}, which falls by ${c}$. {kept}, so the new pair is $w^* - {c}$ and $R^*$.",
        "both": rf"In $(y_i + {c}) - (w + {c})$ both terms ${c}$ cancel: this is the old risk.",
        "times": rf"{mean}, now ${c} w^*$. All deviations from it are multiplied by ${c}$, their squares by ${s}$.",
        "divided": rf"{mean}, now $\frac{{1}}{{{c}}} w^*$. All deviations from it are divided by ${c}$, their "
        rf"squares by ${s}$: the new pair is $\frac{{1}}{{{c}}} w^*$ and $\frac{{1}}{{{s}}} R^*$.",
        "copies": rf"The sum of the squares is multiplied by ${c}$ for each $w$, and it is divided by ${c}n$ in place "
        r"of $n$. So the risk stays the same function of $w$.",
        "added": r"The mean stays $w^*$. The new value adds $0$ to the sum of squares there, which is divided by "
        r"$n + 1$ in place of $n$: the new pair is $w^*$ and $\frac{n}{n + 1} R^*$.",
        "mirror": r"The mean becomes $2w^* - w^* = w^*$. The deviations from it only change their signs, as "
        r"$(2w^* - y_i) - w^* = -(y_i - w^*)$, and their squares stay.",
        "negated": r"The mean becomes $-w^*$. The deviations from it only change their signs, so the new pair is "
        r"$-w^*$ and $R^*$; as the data are positive, $-w^* \ne w^*$.",
        "factor": rf"This is ${c} R(w)$. A positive factor does not move the minimiser; it multiplies all values.",
        "inner factor": rf"As $({c} y_i - {c} w)^2 = {s} (y_i - w)^2$, this is ${s} R(w)$. A positive factor does "
        r"not move the minimiser; it multiplies all values.",
        "total": r"This is $n R(w)$. The minimiser stays, the smallest value is multiplied by the number of the data: "
        r"the new pair is $w^*$ and $n R^*$.",
        "spread": rf"The mean of the deviations is $0$, so the mean stays $w^*$. All deviations from it are "
        rf"multiplied by ${c}$, their squares by ${s}$.",
        "shrunk": rf"The mean of the deviations is $0$, so the mean stays $w^*$. All deviations from it are divided "
        rf"by ${c}$, their squares by ${s}$: the new pair is $w^*$ and $\frac{{1}}{{{s}}} R^*$.",
        "model over": rf"With $u = \frac{{w}}{{{c}}}$ this is ${c} R(u)$, which is smallest at $u = w^*$, where it is "
        rf"${c} R^*$. There $w = {c} u = {c} w^*$.",
        "model minus": rf"With $u = w - {c}$ this is $R(u)$, which is smallest at $u = w^*$. There $w = u + {c}$.",
    }


def verify(c, changes, y, first, second, third, fourth, value):
    for kind, told in zip(changes, (first, second, third, fourth), strict=True):
        assert _fitting(kind, c) == [told]
    assert np.isclose(_least(changes[0], c, y)[1], value, rtol=0, atol=1e-9)


GRID = np.arange(-12 * 16, 12 * 60 + 1) / 12
SAMPLES = ([1, 4, 7, 12], [2, 3, 10])  # means 6 and 5: all minimisers that may come are twelfths


def _least(kind, c, y):
    """Where on the grid a changed risk is smallest, and how small, by trying."""
    y = np.array(y, dtype=float)
    best = GRID[np.argmin([np.sum((y - w) ** 2) for w in GRID])]
    data = {
        "up": y + c,
        "down": y - c,
        "times": c * y,
        "divided": y / c,
        "copies": np.tile(y, c),
        "added": np.append(y, best),
        "mirror": 2 * best - y,
        "negated": -y,
        "spread": best + c * (y - best),
        "shrunk": best + (y - best) / c,
    }.get(kind, y)[:, None]
    w = GRID[None, :]
    losses = {
        "both": lambda: (data + c - w - c) ** 2,
        "factor": lambda: c * (data - w) ** 2,
        "inner factor": lambda: (c * data - c * w) ** 2,
        "total": lambda: len(y) * (data - w) ** 2,
        "model over": lambda: c * (data - w / c) ** 2,
        "model minus": lambda: (data - w + c) ** 2,
    }
    risk = losses.get(kind, lambda: (data - w) ** 2)().mean(axis=0)
    at = int(np.argmin(risk))
    return GRID[at], risk[at]


@lru_cache
def _fitting(kind, c):
    """The options that tell the new pair for each of the samples."""
    fitting = None
    for y in SAMPLES:
        w, least = np.mean(y), np.var(y)
        pairs = {
            "same": (w, least),
            "shift": (w + c, least),
            "scaled": (c * w, c**2 * least),
            "linear": (c * w, c * least),
            "higher": (w, c * least),
            "spread": (w, c**2 * least),
        }
        found = {key for key, pair in pairs.items() if np.allclose(pair, _least(kind, c, y))}
        fitting = found if fitting is None else fitting & found
    return sorted(fitting) or ["*"]
