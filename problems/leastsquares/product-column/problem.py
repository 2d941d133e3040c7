"""From a table and a model with a product and an indicator to the design matrix; a residual, what weights mean, units.

Three stories with two numbers x and z and two categories, of which either one may have the indicator. The four rows are
linearly independent and contain both categories. Thousands of design matrices and weights for each story, so that no
two draws are alike; 18 residuals, 30 slopes for a fixed z and 30 differences of two predictions.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Rubric, figures, linear_combination, nice

META = Meta(
    title="A column of products",
    topics=["F4"],
    difficulty=1,
    minutes=10,
    skills=["compute", "recognise", "interpret"],
)

STORIES = {
    "floor": {
        "intro": "A cleaning company predicts the duration of a job (in minutes) from the length $x$ and "
        "the width $z$ of the floor (in metres) and its material.",
        "one": "job",
        "many": "jobs",
        "header": ["length $x$", "width $z$"],
        "group": "material",
        "groups": ["wood", "stone"],
        "fixed": "the width",
        "each": "metre of length",
        "change": "the length in centimetres, $u = 100x$,",
        "factor": 100,
    },
    "bed": {
        "intro": "A greenhouse predicts the yield of a bed (in kg) from the light $x$ (in hours per day), "
        "the water $z$ (in litres per day) and the soil.",
        "one": "bed",
        "many": "beds",
        "header": ["light $x$", "water $z$"],
        "group": "soil",
        "groups": ["sand", "clay"],
        "fixed": "the amount of water",
        "each": "hour of light",
        "change": "the light in minutes per day, $u = 60x$,",
        "factor": 60,
    },
    "store": {
        "intro": "A warehouse predicts the cost of keeping goods (in euros) from their mass $x$ (in tonnes), "
        "the time $z$ (in weeks) and the hall.",
        "one": "order",
        "many": "orders",
        "header": ["mass $x$", "time $z$"],
        "group": "hall",
        "groups": ["dry", "cold"],
        "fixed": "the time",
        "each": "tonne",
        "change": "the mass in kilograms, $u = 1000x$,",
        "factor": 1000,
    },
}


def draw(rng):
    story = rng.choice(sorted(STORIES))
    groups = nice.distinct(rng, STORIES[story]["groups"], 2)  # the first one has no indicator

    def make(r):
        kinds = [*groups, r.choice(groups), r.choice(groups)]
        r.shuffle(kinds)
        xs = nice.distinct(r, range(1, 7), 4)
        return [[x, r.randint(1, 6), kind] for x, kind in zip(xs, kinds, strict=True)]

    def accept(items):
        zs = [z for _, z, _ in items]
        independent = sp.Matrix([features(item, groups) for item in items]).rank() == 4
        return len(set(zs)) >= 3 and all(x != z for x, z, _ in items) and independent

    items = nice.retry(rng, make, accept, "four independent rows")
    w1, w2 = nice.distinct(rng, range(3, 10), 2)
    weights = [rng.randint(10, 30), w1, w2, rng.choice((-1, 2, 3, 4)), rng.choice((-7, -6, -5, -4, 4, 5, 6, 7))]
    width = rng.choice([z for z in (2, 3, 4, 5) if w1 + weights[3] * z > 0])
    return {
        "story": story,
        "groups": groups,
        "items": items,
        "weights": weights,
        "new": [*nice.distinct(rng, range(2, 6), 2), groups[1]],
        "residual": rng.choice([e for e in range(-9, 10) if e]),
        "width": width,
        "pair": nice.distinct(rng, range(2, 8), 2),
    }


def features(item, groups):
    x, z, kind = item
    return [1, x, z, x * z, int(kind == groups[1])]


def show(story, groups, items, weights, new, residual):
    words = STORIES[story]
    rows = [[str(i), *item] for i, item in enumerate(items, start=1)]
    names = ["", "x", "z", "xz", rf"\,[\text{{{groups[1]}}}]"]
    symbols = ["w_0", "w_1", "w_2", "w_3", "w_4"]
    row = features(new, groups)
    return {
        **{key: Latex(words[key]) for key in words if key not in ("groups", "header", "factor")},
        "factor": words["factor"],
        "table": figures.data_table(rows, header=[words["one"], *words["header"], words["group"]], stretch="1.05"),
        "model": Latex(" + ".join(rf"{w} {name}".strip() for w, name in zip(symbols, names, strict=True))),
        "fitted": linear_combination(weights, names),
        "base": groups[0],
        "coded": groups[1],
        "observed": sum(w * v for w, v in zip(weights, row, strict=True)) + residual,
    }


def solve(groups, items, weights, new, residual, width, pair):
    row = features(new, groups)
    terms = [f"({w})" if w < 0 else f"{w}" for w in weights]
    _, w1, w2, w3, w4 = weights
    a, b = pair
    return {
        "X": Exact(sp.Matrix([features(item, groups) for item in items])),
        "rest": Exact(residual),
        "slope": Exact(w1 + w3 * width),
        "gap": Exact((a - b) * (w1 - w2) - w4),
        "why": Rubric(
            (r"The columns of $x$ and $xz$ are only multiplied by a number, so the column space stays the same.", 1),
            (r"The predictions of a best fit are the projection of $y$ onto the column space.", 1),
        ),
        "sum": Latex(" + ".join(rf"{v} \cdot {t}" for v, t in zip(row, terms, strict=True))),
        "h": sum(w * v for w, v in zip(weights, row, strict=True)),
        "w": weights,
        "ab": a * b,
        "longer": a - b,
        "fewer": w1 - w2,
    }


def mistakes(weights, width):
    _, w1, w2, w3, w4 = weights
    return {
        "slope": {
            "weight of x alone": w1,
            "weight of the product alone": w3,
            "product for z = 1": w1 + w3,
            "without the weight of x": w3 * width,
            "weight of the other number": w2 + w3 * width,
            "all of z": w1 + (w2 + w3) * width,
            "indicator added": w1 + w3 * width + w4,
            "weight of x times z": (w1 + w3) * width,
        }
    }


def verify(groups, items, weights, new, width, pair, table, observed, X, rest, slope, gap):
    def model(x, z, kind, w):
        total = w[0] + x * (w[1] + w[3] * z) + w[2] * z
        return total + w[4] if kind == groups[1] else total

    # Column j is the prediction of the model whose weights are the unit vector e_j.
    read = [tuple(row[1:]) for row in table.data["rows"]]
    assert read == [tuple(item) for item in items]
    assert X.shape == (4, 5)
    for j, unit in enumerate(np.eye(5)):
        assert np.allclose(X[:, j], [model(*item, unit) for item in read])
    assert model(*new, weights) + rest == observed
    for kind in groups:
        assert slope == model(8, width, kind, weights) - model(7, width, kind, weights)
    assert gap == model(*pair, groups[0], weights) - model(*pair[::-1], groups[1], weights)
