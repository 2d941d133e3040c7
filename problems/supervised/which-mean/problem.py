"""Squared loss after a transformation: which mean minimises which risk (four picks from one list), and one value.

Eleven risks in seven families give 2,124 lists of four with 504 lists of right options; the last part has 10, 40, 48 or
54 triples of numbers for its four risks.
"""

from functools import lru_cache
from itertools import combinations_with_replacement
from math import isqrt, prod

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option

META = Meta(
    title="Which mean",
    topics=["B3", "B1", "A1"],
    difficulty=2,
    minutes=9,
    skills=["recognise", "compute"],
)

FAMILIES = {
    "plain": ("plain", "stretched"),
    "quadratic": ("quadratic",),
    "roots": ("roots",),
    "logs": ("logs", "ratio"),
    "reciprocals": ("reciprocals",),
    "half": ("squared data", "squared model", "root data"),
    "cubes": ("cubes",),
}
"""Risks of one family are not asked for together."""

LOSSES = {  # name: (the loss in LaTeX, the loss as a function, the right option)
    "plain": ("(y_i - w)^2", lambda y, w: (y - w) ** 2, "arithmetic"),
    "stretched": ("(4y_i - 4w)^2", lambda y, w: (4 * y - 4 * w) ** 2, "arithmetic"),
    "quadratic": ("(y_i^2 - w^2)^2", lambda y, w: (y**2 - w**2) ** 2, "quadratic"),
    "roots": (r"(\sqrt{y_i} - \sqrt{w}\,)^2", lambda y, w: (np.sqrt(y) - np.sqrt(w)) ** 2, "roots"),
    "logs": (r"(\ln y_i - \ln w)^2", lambda y, w: (np.log(y) - np.log(w)) ** 2, "geometric"),
    "ratio": (r"\Bigl( \ln \frac{y_i}{w} \Bigr)^2", lambda y, w: np.log(y / w) ** 2, "geometric"),
    "reciprocals": (r"\Bigl( \frac{1}{y_i} - \frac{1}{w} \Bigr)^2", lambda y, w: (1 / y - 1 / w) ** 2, "harmonic"),
    "squared data": ("(y_i^2 - w)^2", lambda y, w: (y**2 - w) ** 2, "squares"),
    "squared model": ("(y_i - w^2)^2", lambda y, w: (y - w**2) ** 2, "*"),
    "root data": (r"(\sqrt{y_i} - w)^2", lambda y, w: (np.sqrt(y) - w) ** 2, "*"),
    "cubes": ("(y_i^3 - w^3)^2", lambda y, w: (y**3 - w**3) ** 2, "*"),
}
REASONS = {
    "plain": r"This is the risk with squared loss. Its derivative $-\frac{2}{n} \sum_i (y_i - w)$ is zero where "
    r"\[ w = \boxed{\frac{1}{n} \sum_i y_i} . \]",
    "stretched": r"This is $16$ times the risk with squared loss; a positive factor does not move the minimiser: "
    r"\[ w = \boxed{\frac{1}{n} \sum_i y_i} . \]",
    "quadratic": r"In $u = w^2$ this is the squared-loss risk of the numbers $y_i^2$, so $w^2$ is their mean: "
    r"\[ w = \boxed{\sqrt{\tfrac{1}{n} \textstyle\sum_i y_i^2}} . \]",
    "roots": r"In $u = \sqrt{w}$ this is the squared-loss risk of the numbers $\sqrt{y_i}$, so $\sqrt{w}$ is "
    r"their mean: "
    r"\[ w = \boxed{\bigl( \tfrac{1}{n} \textstyle\sum_i \sqrt{y_i} \bigr)^2} . \]",
    "logs": r"In $u = \ln w$ this is the squared-loss risk of the numbers $\ln y_i$, so $\ln w = \frac{1}{n} "
    r"\sum_i \ln y_i "
    r"= \ln (y_1 \cdots y_n)^{1/n}$ and \[ w = \boxed{(y_1 \cdots y_n)^{1/n}} . \]",
    "ratio": r"Since $\ln \frac{y_i}{w} = \ln y_i - \ln w$, in $u = \ln w$ this is the squared-loss risk of the "
    r"numbers "
    r"$\ln y_i$. So $\ln w = \frac{1}{n} \sum_i \ln y_i$ and \[ w = \boxed{(y_1 \cdots y_n)^{1/n}} . \]",
    "reciprocals": r"In $u = 1/w$ this is the squared-loss risk of the numbers $1/y_i$, so $\frac{1}{w}$ is "
    r"their mean: "
    r"\[ w = \boxed{n \Big/ \textstyle\sum_i \tfrac{1}{y_i}} . \]",
    "squared data": r"The numbers $y_i^2$ take the place of the data, and $w$ itself is their mean: "
    r"\[ w = \boxed{\frac{1}{n} \sum_i y_i^2} . \]",
    "squared model": r"Here $u = w^2$ is the mean of the $y_i$, so $w = \sqrt{\frac{1}{n} \sum_i y_i}$. The "
    r"answer is "
    r"\boxed{\text{none of the above}}.",
    "root data": r"The numbers $\sqrt{y_i}$ take the place of the data, and $w$ itself is their mean, without a "
    r"square: "
    r"$w = \frac{1}{n} \sum_i \sqrt{y_i}$. The answer is \boxed{\text{none of the above}}.",
    "cubes": r"In $u = w^3$ this is the squared-loss risk of the numbers $y_i^3$, so $w = \sqrt[3]{\frac{1}{n} "
    r"\sum_i y_i^3}$. "
    r"The answer is \boxed{\text{none of the above}}.",
}


@lru_cache
def triples(key):
    """Three numbers, not all equal, with an integer mean of this kind up to 12 (36), not the arithmetic mean."""
    largest = {"quadratic": 17, "roots": 9, "geometric": 36, "harmonic": 30}[key]
    found = []
    for y in combinations_with_replacement(range(1, largest + 1), 3):
        if key == "roots":
            y = tuple(v * v for v in y)
        value = mean(key, y)
        top = 36 if key == "roots" else 12
        if value.is_Integer and 3 * value != sum(y) and 2 < value <= top and len(set(y)) > 1:
            found.append(y)
    return found


def mean(key, y):
    if key == "quadratic":
        return _root(sum(v * v for v in y), 3)
    if key == "roots":
        return sp.Rational(sum(isqrt(v) for v in y), 3) ** 2
    if key == "geometric":
        root = round(prod(y) ** (1 / 3))
        return sp.Integer(root) if root**3 == prod(y) else sp.Rational(1, 2)
    return 3 / sum(sp.Rational(1, v) for v in y)


def _root(total, n):
    """The root of total / n, or 1/2 when it is no integer."""
    root = isqrt(total // n)
    return sp.Integer(root) if n * root * root == total else sp.Rational(1, 2)


def draw(rng):
    while True:
        families = rng.sample(sorted(FAMILIES), 4)
        if families[0] in ("quadratic", "roots", "logs", "reciprocals") and {"plain", "half", "cubes"} & set(families):
            break
    risks = [rng.choice(FAMILIES[family]) for family in families]
    y = list(rng.choice(triples(LOSSES[risks[0]][2])))
    rng.shuffle(y)
    return {"risks": risks, "y": y}


def show(risks):
    return {"formulas": [Latex(rf"\frac{{1}}{{n}} \sum_{{i=1}}^n {LOSSES[name][0]}") for name in risks]}


def solve(risks, y):
    keys = [LOSSES[name][2] for name in risks]
    picks = {name: Option(key) for name, key in zip(("first", "second", "third", "fourth"), keys, strict=True)}
    a, b, c = y
    total = sum(v * v for v in y)
    steps = {
        "quadratic": rf"\sqrt{{\frac{{{a}^2 + {b}^2 + {c}^2}}{{3}}}} = \sqrt{{\frac{{{total}}}{{3}}}} = "
        rf"\sqrt{{{total // 3}}}",
        "roots": rf"\Bigl( \frac{{{isqrt(a)} + {isqrt(b)} + {isqrt(c)}}}{{3}} \Bigr)^2 "
        rf"= {sum(isqrt(v) for v in y) // 3}^2",
        "geometric": rf"\sqrt[3]{{{a} \cdot {b} \cdot {c}}} = \sqrt[3]{{{a * b * c}}}",
        "harmonic": rf"3 \Big/ \Bigl( \frac{{1}}{{{a}}} + \frac{{1}}{{{b}}} + \frac{{1}}{{{c}}} \Bigr) "
        rf"= 3 \Big/ {sp.latex(sum(sp.Rational(1, v) for v in y))}",
    }
    return {
        **picks,
        "value": Exact(mean(keys[0], y)),
        "reasons": [Latex(REASONS[name]) for name in risks],
        "steps": Latex(steps[keys[0]]),
        "plain": sp.Rational(sum(y), 3),
    }


GRID = np.arange(800, 30000) / 800
SAMPLE = np.array([1.0, 2.0, 4.0, 9.0])  # data for which the means, and their squares and roots, all differ
MEANS = {
    "arithmetic": SAMPLE.mean(),
    "quadratic": np.sqrt(np.mean(SAMPLE**2)),
    "squares": np.mean(SAMPLE**2),
    "roots": np.mean(np.sqrt(SAMPLE)) ** 2,
    "geometric": np.prod(SAMPLE) ** 0.25,
    "harmonic": 1 / np.mean(1 / SAMPLE),
}


@lru_cache
def fitting(name):
    """What minimises a risk for the sample. It falls, then rises, so that the grid brackets its minimiser."""
    best = GRID[np.argmin(LOSSES[name][1](SAMPLE[:, None], GRID).sum(axis=0))]
    return [key for key, value in MEANS.items() if abs(value - best) <= 1 / 800] or ["*"]


def verify(risks, y, first, second, third, fourth, value):
    for name, told in zip(risks, (first, second, third, fourth), strict=True):
        assert fitting(name) == [told]
    # The risk of part (a) falls, then rises; at the answer it is less than on either side.
    assert value > 0
    near = value * np.array([1 - 1e-4, 1, 1 + 1e-4])
    left, middle, right = LOSSES[risks[0]][1](np.array(y, dtype=float)[:, None], near).sum(axis=0)
    assert middle < min(left, right)
