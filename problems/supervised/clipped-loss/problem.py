"""Clipped squared loss: the graph of the loss, both strict local minimisers of the risk, its minimum, and one claim.

Three or four integers in one group and two in another, with integer means, more than 2c apart; c is 3 or 4. There are
thousands of data sets with more than 200 pairs of means, and 6 claims, three of them true.
"""

from functools import lru_cache
from itertools import combinations, combinations_with_replacement

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, Rubric, SetOf, figures, nice

META = Meta(
    title="Clipped loss",
    topics=["B3", "G7"],
    difficulty=3,
    minutes=12,
    skills=["draw", "compute", "classify-statement"],
)

AXES = {"x": (0, 10), "y": (0, 18), "x_label": "$w$", "y_label": r"$\ell$", "size": (9, 4.2)}


@lru_cache
def groups(size, c):
    """Deviations of a group from its mean, not all zero; no part has its mean c or more away from all others."""
    found = []
    for d in combinations_with_replacement(range(-3, 4), size):
        parts = [part for k in range(1, size) for part in combinations(range(size), k)]
        close = all(
            any(abs(d[i] * len(part) - sum(d[k] for k in part)) < c * len(part) for i in range(size) if i not in part)
            for part in parts
        )
        if sum(d) == 0 and any(d) and close and max(map(abs, d)) < c:
            found.append(d)
    return found


def draw(rng):
    c = rng.choice([3, 4])
    big, small = rng.choice(groups(rng.choice([3, 4]), c)), rng.choice(groups(2, c))
    low = rng.randint(8, 20)
    high = low + rng.randint(2 * c + 5, 2 * c + 10)
    high, low = nice.distinct(rng, [low, high], 2)
    y = [high + d for d in big] + [low + d for d in small]
    rng.shuffle(y)
    return {"y": y, "c": c, "p": rng.randint(c + 1, 9 - c), "claim": rng.choice(sorted(CLAIMS))}


def _groups(y):
    """The larger group and the two values, sorted; the gap between them is the largest one."""
    data = sorted(y)
    cut = max(range(1, len(y)), key=lambda i: data[i] - data[i - 1])
    return sorted([data[:cut], data[cut:]], key=len, reverse=True)


def show(y, c, claim):
    return {
        "axes": figures.empty_axes(**AXES),
        "n": len(y),
        "count": {5: "Five", 6: "Six"}[len(y)],
        "c2": c**2,
        "claim_words": Latex(CLAIMS[claim][1].format(**_names(y, c))),
    }


def _names(y, c):
    big, small = _groups(y)
    return {
        "small": " and ".join(f"${v}$" for v in small),
        "move": "grow" if small[0] > big[-1] else "fall",
        "width": 2 * (max(y) - min(y)),
        "c2": c**2,
        "less": c**2 - 1,
        "mean": sp.latex(sp.Rational(sum(y), len(y))),
    }


def solve(y, c, p, claim):
    big, small = _groups(y)
    big_mean, small_mean = sp.Rational(sum(big), len(big)), sp.Rational(sum(small), 2)
    w = sp.Symbol("w")
    truth, _, reason, steps = CLAIMS[claim]

    def risk(at):
        return sp.Rational(sum(min((v - at) ** 2, c**2) for v in y)) / len(y)

    names = _names(y, c)
    return {
        "curve": figures.function_plot(sp.Min((w - p) ** 2, c**2), points=[(p - c, c**2), (p + c, c**2)], **AXES),
        "local": SetOf(big_mean, small_mean),
        "least": Exact(risk(big_mean)),
        "truth": Option("true" if truth else "false"),
        "why": Rubric(*((step.format(**names), 1) for step in steps)),
        "reason": Latex((r"\boxed{\text{True.}} " if truth else r"\boxed{\text{False.}} ") + reason.format(**names)),
        "big": big_mean,
        "small": small_mean,
        "big_words": Latex(", ".join(map(str, big))),
        "small_words": Latex(", ".join(map(str, small))),
        "local_words": Latex(", ".join(map(str, sorted([big_mean, small_mean])))),
        "big_terms": Latex(" + ".join(str((v - big_mean) ** 2) for v in big)),
        "small_terms": Latex(" + ".join(str((v - small_mean) ** 2) for v in small)),
        "other": risk(small_mean),
        "mean": sp.Rational(sum(y), len(y)),
    }


CLAIMS = {  # true or not, the claim, why, the steps for graders
    "far": (
        True,
        "if {small} both {move} by $100$, the minimiser of $R$ stays the same.",
        "Near the other values, where the risk is smallest, the two cost ${c2}$ each before and after, and the "
        "other terms do not change: the risk there is the same as before. Near the two moved values it is what "
        "it was near them before, which is larger.",
        (
            "the two values cost ${c2}$ each, before and after",
            "so the risk near the other values is the same as before",
        ),
    ),
    "wide": (
        True,
        "if the loss is clipped at ${width}^2$ in place of ${c2}$, the minimiser of $R$ is ${mean}$.",
        "For $w$ between the smallest and the largest value no error reaches ${width}$, so the risk there is "
        "that of the squared loss. Its minimiser is the mean of all values, which is ${mean}$. Outside of "
        "the data each error, clipped or not, is at least as large as at the nearer end.",
        (
            "no error near the data reaches ${width}$, so nothing is clipped",
            "squared loss has its minimum at the mean, ${mean}$",
        ),
    ),
    "bounded": (
        True,
        r"$R(w) \le {c2}$ for every real $w$, with equality for some $w$.",
        r"Each term is at most ${c2}$, and so is their mean. Far away from all values, for example at $w = "
        r"1000$, each term is equal to ${c2}$.",
        ("each term is at most ${c2}$, so the mean is", "names a $w$ far away from all values"),
    ),
    "convex": (
        False,
        "$R$ is a convex function of $w$.",
        "A convex function has no two strict local minimisers: on the chord between them it would have to stay "
        "below. Also, $R$ is bounded and not constant, which no convex function on all of the real line is.",
        (
            "two strict local minimisers, or bounded and not constant, or a chord below the graph",
            "says why a convex function cannot have this",
        ),
    ),
    "tower": (
        False,
        "if {small} both {move} by $100$, the smallest value of $R$ becomes larger.",
        "At the minimiser the two values cost ${c2}$ each already, and they cannot cost more. So the smallest "
        "value stays the same.",
        ("the two values cost ${c2}$ each, before and after", "so the smallest value is the same"),
    ),
    "grows": (
        False,
        "if the loss is clipped at ${less}$ in place of ${c2}$, the smallest value of $R$ stays the same.",
        "At the minimiser the two values of the other group cost ${c2}$ each, now ${less}$ each. The other "
        "errors there are smaller than that and "
        r"do not change. So the smallest value falls.",
        (
            "the two clipped terms cost ${less}$ each instead of ${c2}$",
            "so the risk at the old minimiser, and hence the smallest one, is smaller",
        ),
    ),
}


def _risk(y, w, top):
    return np.minimum(np.subtract.outer(np.asarray(w, dtype=float), y) ** 2, top).mean(axis=-1)


def verify(y, c, p, axes, curve, claim, local, least, truth):
    y = np.array(y)
    assert [curve.data[key] for key in ("x_window", "y_window")] == [axes.data[key] for key in ("x_window", "y_window")]
    drawn = np.array([curve.data["functions"][0](w) for w in range(11)])
    assert np.allclose(drawn, [min((p - w) ** 2, c**2) for w in range(11)])
    # Between corners R is a parabola or flat; corners y +- c are integers, and a minimiser is a mean of at most six
    # values: sixtieths have them all, and a strict one is lower than both neighbours.
    grid = np.arange(-20 * 60, 80 * 60) / 60
    risk = _risk(y, grid, c**2)
    strict = (risk[1:-1] < risk[:-2] - 1e-12) & (risk[1:-1] < risk[2:] - 1e-12)
    found = grid[1:-1][strict]
    assert len(local) == 2
    assert np.allclose(sorted(local), found)
    assert np.isclose(least, risk.min())
    assert truth == ("true" if _holds(claim, y, c, grid, risk) else "false")


def _holds(claim, y, c, grid, risk):
    best = grid[np.argmin(risk)]
    far = np.abs(y - best) > c
    moved = y + 100 * far * np.sign(y - best)
    match claim:
        case "far":
            return np.isclose(grid[np.argmin(_risk(moved, grid, c**2))], best)
        case "tower":
            return _risk(moved, grid, c**2).min() > risk.min() + 1e-9
        case "wide":
            new = _risk(y, grid, (2 * (y.max() - y.min())) ** 2)
            return abs(grid[np.argmin(new)] - y.mean()) < 1e-9
        case "bounded":
            return risk.max() <= c**2 + 1e-9 and np.isclose(risk.max(), c**2)
        case "convex":
            return bool(np.all(risk[1:-1] <= (risk[:-2] + risk[2:]) / 2 + 1e-9))
        case "grows":
            return np.isclose(_risk(y, grid, c**2 - 1).min(), risk.min())
    raise ValueError(claim)
