"""From a table and a model with a category and a hinge to the design matrix; predictions and what weights mean.

Three stories; of three categories one has no indicator. Four rows: one value below the knot of a hinge, one at it, two
above, with every category among them. Hundreds of tables, knots and weights for each story, so that no two draws are
alike: thousands of design matrices, about 60 predictions, 10 slopes beyond the knot and 20 gaps.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Rubric, figures, linear_combination, nice

META = Meta(
    title="The rows of a design matrix",
    topics=["F4"],
    difficulty=1,
    minutes=10,
    skills=["compute", "recognise", "interpret"],
)

STORIES = {
    "delivery": {
        "intro": "A courier company predicts the cost of a delivery (in euros) "
        "from its distance $x$ (in km) and its vehicle.",
        "one": "delivery",
        "many": "deliveries",
        "quantity": "distance $x$",
        "unit": "kilometre",
        "group": "vehicle",
        "groups": ["bike", "car", "van"],
        "target": "cost",
        "money": "euros",
    },
    "print": {
        "intro": "A print shop predicts the price of an order (in euros) "
        "from its size $x$ (in hundreds of pages) and its paper.",
        "one": "order",
        "many": "orders",
        "quantity": "size $x$",
        "unit": "hundred pages",
        "group": "paper",
        "groups": ["plain", "matt", "glossy"],
        "target": "price",
        "money": "euros",
    },
    "lab": {
        "intro": "A laboratory predicts the duration of a test (in minutes) "
        "from the size $x$ of the sample (in grams) and its kind.",
        "one": "test",
        "many": "tests",
        "quantity": "size $x$",
        "unit": "gram",
        "group": "kind",
        "groups": ["soil", "water", "metal"],
        "target": "duration",
        "money": "minutes",
    },
}


def draw(rng):
    story = rng.choice(sorted(STORIES))
    groups = nice.distinct(rng, STORIES[story]["groups"], 3)  # the first one has no indicator
    knot = rng.randint(4, 7)
    xs = [rng.randint(1, knot - 1), knot, *nice.distinct(rng, range(knot + 1, knot + 5), 2)]
    kinds = [*groups, rng.choice(groups[1:])]
    rng.shuffle(xs)
    rng.shuffle(kinds)
    slope = rng.randint(1, 4)
    bend = rng.choice([b for b in (-3, -2, -1, 1, 2, 3) if slope + b > 0])
    weights = [rng.randint(5, 12), slope, *nice.distinct(rng, (-3, -2, 2, 3, 4, 5, 6), 2), bend]
    return {
        "story": story,
        "groups": groups,
        "knot": knot,
        "items": [[x, kind] for x, kind in zip(xs, kinds, strict=True)],
        "weights": weights,
        "new": [knot + rng.randint(2, 5), rng.choice(groups[1:])],
    }


def show(story, groups, knot, items, weights):
    words = STORIES[story]
    rows = [[str(i), x, kind] for i, (x, kind) in enumerate(items, start=1)]
    names = ["", "x", f"[{groups[1]}]", f"[{groups[2]}]", rf"\max(0,\, x - {knot})"]
    latex = ["", "x", *(rf"[\text{{{group}}}]" for group in groups[1:]), names[-1]]
    symbols = ["w_0", "w_1", "w_2", "w_3", "w_4"]
    return {
        **{key: Latex(words[key]) for key in words if key != "groups"},
        "table": figures.data_table(rows, header=[words["one"], words["quantity"], words["group"]], stretch="1.05"),
        "model": Latex(" + ".join(f"{w} {name}".strip() for w, name in zip(symbols, latex, strict=True))),
        "fitted": linear_combination(weights, latex),
        "base": groups[0],
        "second": groups[1],
        "third": groups[2],
    }


def solve(groups, knot, items, weights, new):
    X = sp.Matrix([features(item, groups, knot) for item in items])
    row = features(new, groups, knot)
    terms = [f"({w})" if w < 0 else f"{w}" for w in weights]
    return {
        "X": Exact(X),
        "predicted": Exact(sum(w * v for w, v in zip(weights, row, strict=True))),
        "slope": Exact(weights[1] + weights[4]),
        "gap": Exact(weights[3] - weights[2]),
        "why": Rubric(
            (r"The three indicators add up to the column of ones (the columns are dependent).", 1),
            (r"So weights can be shifted, by a null vector, without a change of any prediction.", 1),
        ),
        "sum": Latex(" + ".join(rf"{v} \cdot {t}" for v, t in zip(row, terms, strict=True))),
        "beyond": new[0] - knot,
        "w": weights,
        "knot_row": next(i for i, item in enumerate(items, start=1) if item[0] == knot),
    }


def features(item, groups, knot):
    x, kind = item
    return [1, x, int(kind == groups[1]), int(kind == groups[2]), max(0, x - knot)]


def mistakes(weights, knot):
    _, w1, w2, w3, w4 = weights
    return {
        "slope": {
            "slope before the knot": w1,
            "the bend alone": w4,
            "bend taken off": w1 - w4,
            "product": w1 * w4,
            "weight of a group added": w1 + w2,
            "knot added": w1 + w4 + knot,
            "both groups added": w1 + w4 + w3,
        }
    }


def verify(groups, knot, items, weights, new, table, X, predicted, slope, gap):
    def model(x, kind, w):
        total = w[0] + w[1] * x
        if kind != groups[0]:
            total += w[groups.index(kind) + 1]
        return total + (w[4] * (x - knot) if x > knot else 0)

    # Column j is the prediction of the model whose weights are the unit vector e_j.
    read = [(row[1], row[2]) for row in table.data["rows"]]
    assert read == [tuple(item) for item in items]
    assert X.shape == (4, 5)
    for j, unit in enumerate(np.eye(5)):
        assert np.allclose(X[:, j], [model(x, kind, unit) for x, kind in read])
    assert predicted == model(*new, weights)
    assert slope == model(knot + 9, groups[1], weights) - model(knot + 8, groups[1], weights)
    assert gap == model(3, groups[2], weights) - model(3, groups[1], weights)
