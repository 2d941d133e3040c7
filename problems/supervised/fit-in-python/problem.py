"""A Python function for the least squares line: its output, its output for changed data, and a rewritten line of it.

Four integer points with integer means, slope and intercept; three forms of the second output; 6 changes of the data;
6 replacements of a line, three of which never change the result. There are thousands of givens and outputs.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Code, Exact, Latex, Meta, Rubric, Sometimes, nice, output_of, samplers

META = Meta(
    title="A line in Python",
    topics=["B4", "K1"],
    difficulty=2,
    minutes=10,
    skills=["trace-code", "classify-statement"],
)

PROGRAM = """\
def fit(x, y):
    n = len(x)
    xbar = sum(x) / n
    ybar = sum(y) / n
    top = sum((a - xbar) * b for a, b in zip(x, y))
    bottom = sum((a - xbar) ** 2 for a in x)
    slope = top / bottom
    return ybar - slope * xbar, slope

x = {x}
y = {y}
w0, w1 = fit(x, y)
print(w0, w1)
e = [b - w0 - w1 * a for a, b in zip(x, y)]
print({last})"""
LAST = {"extremes": "max(e), sum(e)", "list": "e", "sums": "sum(e), sum(v * v for v in e)"}

DEVIATIONS = [
    (-2, -1, 0, 3),
    (-2, -1, 1, 2),
    (-3, -1, 1, 3),
    (-3, 0, 1, 2),
    (-1, -1, 0, 2),
    (-2, 0, 0, 2),
    (-2, 0, 1, 1),
]


@lru_cache
def residuals(dx):
    """Small integer vectors that are orthogonal to ones and to dx, not zero."""
    every = np.array(list(product(range(-4, 5), repeat=4)))
    kept = every[(every.sum(axis=1) == 0) & (every @ np.array(dx) == 0) & every.any(axis=1)]
    return [[int(v) for v in e] for e in kept]


def draw(rng):
    def make(r):
        dx = r.choice(DEVIATIONS)
        e = r.choice(residuals(dx))
        xbar, w1, w0 = r.randint(2, 4), r.choice([-3, -2, 2, 3]), r.choice([-4, -3, -2, 2, 3, 4, 5])
        order = r.sample(range(4), 4)
        x = [xbar + dx[i] for i in order]
        return {"x": x, "y": [w0 + w1 * v + e[i] for i, v in zip(order, x, strict=True)]}

    def accept(g):
        return min(g["x"]) >= 0 and min(g["y"]) >= -6 and max(g["y"]) <= 15 and len(set(g["y"])) >= 3

    shift = rng.choice([-3, -2, -1, 1, 2, 3])
    op = rng.choice(["times", "plus"])
    return {
        **nice.retry(rng, make, accept, "four points with an integer line"),
        "kind": rng.choice(sorted(LAST)),
        "shift": shift,
        "op": op,
        "c": rng.choice([2, 3]) if op == "times" else rng.choice([2, 3, 4, 5]),
        "change": rng.choice(sorted(CHANGES)),
    }


CHANGES = {  # line, what stands there, and the sums as functions of x and y
    "centred": (5, "    top = sum((a - xbar) * (b - ybar) for a, b in zip(x, y))"),
    "other": (5, "    top = sum(a * (b - ybar) for a, b in zip(x, y))"),
    "bottom": (6, "    bottom = sum((a - xbar) * a for a in x)"),
    "raw": (5, "    top = sum(a * b for a, b in zip(x, y))"),
    "squares": (6, "    bottom = sum(a ** 2 for a in x)"),
    "first": (8, "    return y[0] - slope * x[0], slope"),
}


def show(x, y, kind, shift, op, c, change):
    changed_x = f"a - {shift}" if shift > 0 else f"a + {-shift}"
    changed_y = f"{c} * b" if op == "times" else f"b + {c}"
    return {
        "program": Latex(PROGRAM.format(x=x, y=y, last=LAST[kind])),
        "call": Latex(f"print(fit([{changed_x} for a in x], [{changed_y} for b in y]))"),
        "place": CHANGES[change][0],
        "replacement": Latex(CHANGES[change][1].strip()),
    }


def solve(x, y, kind, shift, op, c, change):
    xbar, ybar = sp.Rational(sum(x), 4), sp.Rational(sum(y), 4)
    top = sum((a - xbar) * b for a, b in zip(x, y, strict=True))
    bottom = sum((a - xbar) ** 2 for a in x)
    w1 = top / bottom
    w0 = ybar - w1 * xbar
    known = show(x, y, kind, shift, op, c, change)
    lines = output_of(f"{known['program']}\n{known['call']}").split("\n")
    same, right, concludes = REASONS[change]
    terms = [(a - xbar, b) for a, b in zip(x, y, strict=True)]
    return {
        "output": Exact(Code("\n".join(lines[:2]))),
        "second": Exact(Code(lines[2])),
        "why": Rubric((right, 1), (concludes, 1)),
        "reason": Latex((r"\boxed{\text{True.}} " if same else r"\boxed{\text{False.}} ") + SOLUTIONS[change]),
        "xbar": xbar,
        "ybar": ybar,
        "top": top,
        "bottom": bottom,
        "top_words": Latex(" + ".join(rf"{_paren(d)} \cdot {_paren(b)}" for d, b in terms)),
        "bottom_words": Latex(" + ".join(f"{_paren(d)}^2" for d, _ in terms)),
        "w0": w0,
        "w1": w1,
        "moved0": w0 + w1 * shift,
        "residuals": Latex(", ".join(str(b - w0 - w1 * a) for a, b in zip(x, y, strict=True))),
    }


def _paren(value):
    return f"({value})" if value < 0 else f"{value}"


REASONS = {
    "centred": (True, r"$\sum_i (x_i - \bar x)\bar y = 0$, since the deviations add to $0$", "concludes: true"),
    "other": (
        True,
        r"$\sum_i x_i (y_i - \bar y) = \sum_i x_i y_i - n \bar x \bar y = \sum_i (x_i - \bar x) y_i$",
        "concludes: true",
    ),
    "bottom": (True, r"$\sum_i (x_i - \bar x)\bar x = 0$, since the deviations add to $0$", "concludes: true"),
    "raw": (
        False,
        r"the sums differ by $n \bar x \bar y$, or an example with two lists",
        r"says that they agree only for $\bar x \bar y = 0$, or computes the example",
    ),
    "squares": (
        False,
        r"the sums differ by $n \bar x^2$, or an example with two lists",
        "says what this does to the slope, or computes the example",
    ),
    "first": (
        False,
        "the line need not go through the first point, or an example with two lists",
        "says what this does to the intercept, or computes the example",
    ),
}
SOLUTIONS = {
    "centred": r"The two values of \verb|top| differ by $\sum_i (x_i - \bar x)\, \bar y = \bar y \sum_i (x_i - "
    r"\bar x) = 0$, since "
    r"deviations from the mean add to $0$. It is enough to centre one of the two lists.",
    "other": r"Both values of \verb|top| are $\sum_i x_i y_i - n \bar x \bar y$: the old one is $\sum_i x_i y_i "
    r"- \bar x \sum_i y_i$, the "
    r"new one is $\sum_i x_i y_i - \bar y \sum_i x_i$. It is enough to centre one of the two lists.",
    "bottom": r"The two values of \verb|bottom| differ by $\sum_i (x_i - \bar x)\, \bar x = \bar x \sum_i (x_i "
    r"- \bar x) = 0$, since "
    r"deviations from the mean add to $0$.",
    "raw": r"The old value of \verb|top| is $\sum_i x_i y_i - n \bar x \bar y$, the new one is $\sum_i x_i "
    r"y_i$. They differ unless "
    r"$\bar x = 0$ or $\bar y = 0$. For $x = (0, 2)$ and $y = (1, 1)$ the slope is $0$, but the new function "
    r"returns the slope "
    r"$\frac{2}{2} = 1$.",
    "squares": r"The old value of \verb|bottom| is $\sum_i x_i^2 - n \bar x^2$, the new one is $\sum_i x_i^2$. "
    r"They differ unless "
    r"$\bar x = 0$. For $x = (0, 2)$ and $y = (0, 2)$ the slope is $\frac{2}{2} = 1$, but the new function "
    r"returns the slope "
    r"$\frac{2}{4}$.",
    "first": r"The new line goes through the first data point, which the least squares line need not do. For $x "
    r"= (0, 1, 2)$ and "
    r"$y = (0, 3, 0)$ the slope is $0$ and the intercept is $\bar y = 1$, but the new function returns the "
    r"intercept $0$.",
}


def verify(x, y, kind, shift, op, c, output, second):
    intercept, slope = (round(float(v), 9) for v in np.linalg.lstsq(np.vander(x, 2, increasing=True), y, rcond=None)[0])
    rest = [float(v) for v in np.round(np.array(y) - intercept - slope * np.array(x), 9) + 0.0]
    last = {
        "extremes": f"{max(rest)} 0.0",
        "list": f"{rest}",
        "sums": f"0.0 {float(np.dot(rest, rest))}",
    }[kind]
    assert output == f"{intercept} {slope}\n{last}"
    new_x, new_y = np.array(x) - shift, c * np.array(y) if op == "times" else np.array(y) + c
    moved = [
        round(float(v), 9) + 0.0 for v in np.linalg.lstsq(np.vander(new_x, 2, increasing=True), new_y, rcond=None)[0]
    ]
    assert second == f"({moved[0]}, {moved[1]})"


def _line(x, y, change=None):
    """Intercept and slope as the function gives them, None when it divides by zero."""
    xbar, ybar = x.mean(), y.mean()
    top = {"raw": x @ y, "centred": (x - xbar) @ (y - ybar), "other": x @ (y - ybar)}.get(change, (x - xbar) @ y)
    bottom = {"bottom": (x - xbar) @ x, "squares": x @ x}.get(change, (x - xbar) @ (x - xbar))
    slope = top / bottom
    return np.array([y[0] - slope * x[0] if change == "first" else ybar - slope * xbar, slope])


DATA = samplers.vectors((2, 3, 4, 5), 2, names="x y").where(lambda x: len(set(x.tolist())) > 1)


@lru_cache
def _claim(change):
    def same(x, y):
        return np.allclose(_line(x, y), _line(x, y, change))

    return Always(same, DATA) if REASONS[change][0] else Sometimes(same, DATA)


def claims(change):
    return {"same": _claim(change)}
