"""A model with an interaction, read off a picture of two lines: its weights, their meaning, and other codes.

Two lines with integer intercepts and slopes that are multiples of 1/2, each through crossings of the grid, inside a
window of 6 by 14 and without a common point in it, give the four weights. Part (b) asks for the meaning of one weight,
part (c) for the point where the lines meet, outside of the picture. Part (d) asks for the weights after the indicator
is reversed or x is measured from another point. Three stories; about a thousand sets of weights, six codes in part (d).
"""

from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Rubric, figures, nice

META = Meta(
    title="Two lines in one model",
    topics=["F4", "B4"],
    difficulty=2,
    minutes=11,
    skills=["read-figure", "interpret", "solve-for-parameter"],
)

STORIES = {
    "crop": {
        "intro": "The yield $h$ of a field (in tonnes) is predicted from the amount $x$ of fertilizer (in bags), with "
        "$s = 1$ for fields that are irrigated and $s = 0$ for the others.",
        "first": "fields that are not irrigated",
        "second": "irrigated fields",
        "unit": "bag of fertilizer",
        "target": "yield (in tonnes)",
        "where": "the amount $x$",
    },
    "ferry": {
        "intro": "The number $h$ of vans on a ferry is predicted from the number $x$ of hours after noon, with "
        "$s = 1$ on Sundays and $s = 0$ on the other days.",
        "first": "other days",
        "second": "Sundays",
        "unit": "hour",
        "target": "number of vans",
        "where": "the time $x$",
    },
    "oven": {
        "intro": "The time $h$ of an oven (in minutes) is predicted from the mass $x$ of its load (in kg), with "
        "$s = 1$ for ovens of the new type and $s = 0$ for those of the old one.",
        "first": "ovens of the old type",
        "second": "ovens of the new type",
        "unit": "kilogram",
        "target": "time (in minutes)",
        "where": "the mass $x$",
    },
}
SLOPES = [sp.Rational(n, 2) for n in (-4, -3, -2, -1, 1, 2, 3, 4)]


def draw(rng):
    story = rng.choice(sorted(STORIES))

    def make(r):
        return [r.randint(1, 12), r.choice(SLOPES)], [r.randint(1, 12), r.choice(SLOPES)]

    def accept(lines):
        (a, m), (b, n) = lines
        if any(start % 2 and abs(slope) == 2 for start, slope in lines):  # meets no crossing of grid lines
            return False
        ends = [a + 6 * m, b + 6 * n]
        if m == n or min(ends) < 1 or max(ends) > 13 or abs(a - b) < 2 or abs(ends[0] - ends[1]) < 2:
            return False
        meet = sp.Rational(a - b, 1) / (n - m)
        outside = meet > 7 or (meet < -1 and story == "ferry")  # hours before noon are the only negative ones
        return outside and meet.q == 1 and abs(meet) <= 20

    first, second = nice.retry(rng, make, accept, "two lines that do not meet in the window")
    return {"story": story, "first": first, "second": second, "shift": rng.choice((0, 0, 1, 2, 3, 4))}


def show(story, first, second, shift):
    x = sp.Symbol("x")
    words = STORIES[story]
    return {
        "picture": figures.function_plot(
            first[0] + first[1] * x,
            second[0] + second[1] * x,
            x=(0, 6),
            y=(0, 14),
            names=["$s = 0$", "$s = 1$"],
            y_label="$h$",
            x_ticks=range(7),
            y_ticks=range(0, 15, 2),
            size=(7, 4.6),
        ),
        **{name: Latex(words[key]) for name, key in NAMES.items()},
    }


NAMES = {
    "intro": "intro",
    "first_group": "first",
    "second_group": "second",
    "unit": "unit",
    "target": "target",
    "where": "where",
}


def solve(story, first, second, shift):
    w = [first[0], first[1], second[0] - first[0], second[1] - first[1]]
    reversed_ = [w[0] + w[2], w[1] + w[3], -w[2], -w[3]]
    v = [w[0] + shift * w[1], w[1], w[2] + shift * w[3], w[3]] if shift else reversed_
    words = STORIES[story]
    return {
        "w": Exact(w),
        "meaning": Rubric(
            (r"speaks of a difference of slopes: the change of the prediction for each additional unit of $x$", 1),
            (f"compares {words['second']} with {words['first']}, with the right sign", 1),
        ),
        "meet": Exact(-w[2] / w[3]),
        "v": Exact(v),
        "slopes": [first[1], second[1]],
        "starts": [first[0], second[0]],
        "ends": [first[0] + 6 * first[1], second[0] + 6 * second[1]],
        "size": abs(w[3]),
        "more": bool(w[3] > 0),
    }


def verify(picture, shift, w, meet, v):
    lower, upper = picture.data["functions"]
    assert len(w) == len(v) == 4

    def model(weights, x, s):
        return weights[0] + weights[1] * x + weights[2] * s + weights[3] * x * s

    # Both ways to write the model agree with the picture on a grid, which fixes all weights.
    for x, s in product(range(-3, 8), (0, 1)):
        wanted = upper(x) if s else lower(x)
        assert np.isclose(model(w, x, s), wanted)
        assert np.isclose(model(v, x - shift, s) if shift else model(v, x, 1 - s), wanted)
    assert np.isclose(lower(meet), upper(meet))
