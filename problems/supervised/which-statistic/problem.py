"""Which statistic minimises which risk: four picks from one list of statistics, then the minimiser after a correction.

The 7 or 9 values have integer mean, median, mode and midrange, all different, and one largest value. There are 2,405
pairs of such a multiset and a factor 2 or 3, and 3,996 lists of four risks (606 lists of right options): about
9 million givens, before the order of the data is shuffled.
"""

from collections import Counter
from fractions import Fraction

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, nice

META = Meta(
    title="Which statistic",
    topics=["B1", "B3"],
    difficulty=1,
    minutes=7,
    skills=["recognise", "minimise a risk", "compute"],
)

FAMILIES = {
    "squared": ("squared",),
    "absolute": ("absolute",),
    "stretched": ("stretched", "stretched absolute"),
    "zero-one": ("zero-one",),
    "largest": ("largest", "largest square"),
    "scaled": ("scaled data", "scaled model"),
    "unlisted": ("scaled absolute", "scaled largest", "shifted"),
}
"""Risks that are asked for at most once in a paper; a stretched one may repeat a statistic."""

FITS = {
    "squared": "mean",
    "stretched": "mean",
    "absolute": "median",
    "stretched absolute": "median",
    "zero-one": "mode",
    "largest": "midrange",
    "largest square": "midrange",
    "scaled data": "times",
    "scaled model": "over",
    "scaled absolute": "*",
    "scaled largest": "*",
    "shifted": "*",
}

WORDS = {
    "mean": "the mean",
    "median": "the median",
    "mode": "the mode",
    "midrange": "the midrange",
    "times": "${c}$ times the mean",
    "over": "the mean divided by ${c}$",
    "*": "none of the above",
}


def draw(rng):
    c = rng.choice([2, 3])
    risks = _risks(rng)
    n = rng.choice([7, 9])

    def accept(y):
        return _tells_apart(y, c) and (risks[0] != "scaled model" or (sum(y) // n + 2) % c == 0)

    def make(r):
        return [r.randint(1, 14) for _ in range(n)]

    y = nice.retry(rng, make, accept, "data with different statistics", tries=50_000)
    return {"y": y, "c": c, "risks": risks}


def _risks(rng):
    """Four risks of different families; the first one has a minimiser in the list that can be computed."""
    while True:
        families = rng.sample(sorted(FAMILIES), 4)
        if families[0] not in ("zero-one", "unlisted") and {"scaled", "unlisted"} & set(families):
            return [rng.choice(FAMILIES[family]) for family in families]


def _tells_apart(y, c):
    """Whether all that a risk may ask for are different numbers, the statistics integers, and the data plain."""
    n, ranked = len(y), Counter(y).most_common()
    if sum(y) % n or (min(y) + max(y)) % 2 or len(ranked) < 5:
        return False
    if not ranked[1][1] < ranked[0][1] <= 3 or y.count(max(y)) > 1:
        return False
    known = _statistics(y, c)
    others = [c * known["median"], c * known["midrange"], known["mean"] + c]
    return len(set(known.values())) == len(known) and not set(others) & set(known.values())


def _statistics(y, c):
    mean = sp.Rational(sum(y), len(y))
    return {
        "mean": mean,
        "median": sp.Integer(sorted(y)[len(y) // 2]),
        "mode": sp.Integer(Counter(y).most_common(1)[0][0]),
        "midrange": sp.Rational(min(y) + max(y), 2),
        "times": c * mean,
        "over": mean / c,
    }


def show(y, c, risks):
    n = len(y)
    average = rf"\frac{{1}}{{{n}}} \sum_{{i=1}}^{{{n}}} "
    formulas = {
        "squared": average + r"(y_i - w)^2",
        "stretched": average + rf"({c}y_i - {c}w)^2",
        "absolute": average + r"\lvert y_i - w \rvert",
        "stretched absolute": average + rf"\lvert {c}y_i - {c}w \rvert",
        "zero-one": average
        + r"\ell(y_i, w), \qquad \ell(y_i, w) = 0 \text{ if } y_i = w, \text{ and } 1 \text{ if not}",
        "largest": r"\max_{i} \, \lvert y_i - w \rvert",
        "largest square": r"\max_{i} \, (y_i - w)^2",
        "scaled data": average + rf"({c}y_i - w)^2",
        "scaled model": average + rf"(y_i - {c}w)^2",
        "scaled absolute": average + rf"\lvert {c}y_i - w \rvert",
        "scaled largest": rf"\max_{{i}} \, \lvert {c}y_i - w \rvert",
        "shifted": average + rf"(y_i + {c} - w)^2",
    }
    return {
        "n": n,
        "largest": max(y),
        "corrected": max(y) + 2 * n,
        "formulas": [Latex(formulas[kind]) for kind in risks],
    }


def solve(y, c, risks):
    n = len(y)
    known = _statistics(y, c)
    reasons = _reasons(n, c, known)
    keys = [FITS[kind] for kind in risks]
    in_order = [*sorted(y)[:-1], max(y) + 2 * n]
    new_mean = known["mean"] + 2
    moved = {
        "mean": new_mean,
        "median": known["median"],
        "midrange": known["midrange"] + n,
        "times": c * new_mean,
        "over": new_mean / c,
    }
    return {
        **{name: Option(key) for name, key in zip(("first", "second", "third", "fourth"), keys, strict=True)},
        "moved": Exact(moved[keys[0]]),
        "reasons": [Latex(reasons[kind]) for kind in risks],
        "chosen": [Latex(WORDS[key].format(c=c)) for key in keys],
        "statistics": known,
        "in_order": Latex(", ".join(map(str, in_order))),
        "smallest": min(y),
        "shift": 2 * n,
        "total": sum(y) + 2 * n,
        "new_mean": new_mean,
    }


def _reasons(n, c, known):
    """Why each risk has its minimiser, for the solutions."""
    total = r"\textstyle\sum_i"
    lead = f"The numbers ${c}y_i$ take the place of the data."
    return {
        "squared": rf"The derivative $-\frac{{2}}{{{n}}} {total} (y_i - w)$ is zero exactly where ${total} y_i "
        rf"= {n}w$, and "
        r"the second derivative is $2 > 0$.",
        "stretched": rf"As $({c}y_i - {c}w)^2 = {c**2}(y_i - w)^2$, this is ${c**2}$ times the risk with "
        rf"squared loss. A "
        r"positive factor does not move the minimiser; a factor before $y_i$ alone would.",
        "absolute": r"Where $w$ is no data point, the slope of the risk is the number of values below $w$ minus "
        r"the number "
        rf"of values above $w$, divided by ${n}$. It changes from negative to positive at the value in the middle.",
        "stretched absolute": rf"As $\lvert {c}y_i - {c}w \rvert = {c} \lvert y_i - w \rvert$, this is ${c}$ "
        rf"times the risk "
        r"with absolute loss. A positive factor does not move the minimiser, so it is the value in the middle.",
        "zero-one": r"The risk is the share of values that differ from $w$. It is smallest when as many values "
        r"as possible "
        r"are equal to $w$.",
        "largest": r"The largest error is reached at the smallest or at the largest value. It is least when both are "
        r"equally far from $w$; the values between them do not count.",
        "largest square": r"The largest square belongs to the largest absolute error, which is reached at the "
        r"smallest or "
        r"at the largest value. It is least when both are equally far from $w$. It is not the \emph{mean} of "
        r"the squares.",
        "scaled data": rf"{lead} With squared loss their mean is best: "
        rf"$w = \frac{{1}}{{{n}}} {total} {c}y_i = {c} \cdot \frac{{1}}{{{n}}} {total} y_i$.",
        "scaled model": rf"With $u = {c}w$ this is the risk $\frac{{1}}{{{n}}} {total} (y_i - u)^2$, which is "
        rf"smallest where "
        rf"$u$ is the mean. So ${c}w$ is the mean. To multiply by ${c}$ puts the factor on the wrong side.",
        "scaled absolute": rf"{lead} With absolute loss their median is best, which is ${c}$ times the median "
        rf"of the data: "
        rf"${c} \cdot {known['median']} = {c * known['median']}$. No option names this number.",
        "scaled largest": rf"{lead} The largest error is least at their midrange, which is ${c}$ times the "
        rf"midrange of the "
        rf"data: ${c} \cdot {known['midrange']} = {c * known['midrange']}$. No option names this number.",
        "shifted": rf"The numbers $y_i + {c}$ take the place of the data. With squared loss their mean is best, "
        rf"which is the "
        rf"mean of the data plus ${c}$: ${known['mean']} + {c} = {known['mean'] + c}$. No option names this number.",
    }


def verify(y, c, risks, corrected, first, second, third, fourth, moved):
    # What each option says, from numpy.
    values, counts = np.unique(y, return_counts=True)
    assert np.sum(counts == counts.max()) == 1
    listed = {
        "mean": Fraction(sum(y), len(y)),
        "median": Fraction(float(np.median(y))),
        "mode": Fraction(int(values[np.argmax(counts)])),
        "midrange": Fraction(float(np.mean(values[[0, -1]]))),
    }
    listed |= {"times": c * listed["mean"], "over": listed["mean"] / c}
    # The minimisers by trying all sixths; the list has the one minimiser at most once.
    for kind, told in zip(risks, (first, second, third, fourth), strict=True):
        (best,) = _minimisers(kind, y, c)
        fitting = [key for key, value in listed.items() if value == best]
        assert len(fitting) <= 1
        assert told == (fitting or ["*"])[0]
    fixed = list(y)
    fixed[int(np.argmax(y))] = corrected
    assert [moved] == _minimisers(risks[0], fixed, c)


LOSSES = {
    "squared": lambda y, w, c: (y - w) ** 2,
    "stretched": lambda y, w, c: (c * y - c * w) ** 2,
    "absolute": lambda y, w, c: abs(y - w),
    "stretched absolute": lambda y, w, c: abs(c * y - c * w),
    "zero-one": lambda y, w, c: (y != w).astype(int),
    "largest": lambda y, w, c: abs(y - w),
    "largest square": lambda y, w, c: (y - w) ** 2,
    "scaled data": lambda y, w, c: (c * y - w) ** 2,
    "scaled model": lambda y, w, c: (y - c * w) ** 2,
    "scaled absolute": lambda y, w, c: abs(c * y - w),
    "scaled largest": lambda y, w, c: abs(c * y - w),
    "shifted": lambda y, w, c: (y + 6 * c - w) ** 2,
}
"""Losses in sixths: six times each value, and six times w, are integers."""


def _minimisers(kind, y, c):
    """All sixths between 0 and 120 at which a risk is smallest, by integer arithmetic."""
    sixths = np.arange(0, 721)
    loss = LOSSES[kind](6 * np.array(y)[:, None], sixths[None, :], c)
    risk = loss.max(axis=0) if "largest" in kind else loss.sum(axis=0)
    return [Fraction(int(w), 6) for w in sixths[risk == risk.min()]]
