"""Four models for one small table: columns and rank of each design matrix, what must hold of the fits, a null vector.

The table has six rows with a group and a number x of three values. One model has an intercept and all indicators; one
the indicators alone (the same column space); one an intercept and columns of x that are dependent on these data (a
multiple, a shift, a hinge that never or always bends, a cubic at three points); one has no intercept. The models come
in random order. The null vector takes about 40 values up to scale; with the ranks there are hundreds of answers.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Never,
    Sometimes,
    UpToScale,
    figures,
    nice,
    samplers,
)

META = Meta(
    title="Four design matrices",
    topics=["F4", "E4"],
    difficulty=3,
    minutes=12,
    skills=["compute", "classify-statement", "construct-witness"],
)

VALUES = [
    (0, 1, 2),
    (1, 2, 3),
    (-1, 0, 1),
    (0, 1, 3),
    (-1, 0, 2),
    (-2, 0, 1),
    (1, 2, 4),
    (2, 3, 4),
    (-1, 1, 2),
    (0, 2, 3),
]
NAMES = "KLMN"
TARGETS = samplers.vectors(6, names="y")


def draw(rng):
    def make(r):
        count = r.choice((2, 3))
        names = "ABC"[:count]
        xs = r.choice(VALUES)
        data = [[r.choice(xs), r.choice(names)] for _ in range(6)]
        extra = r.choice(([], ["x"]))
        k = {"above": max(xs) + r.randint(0, 2), "below": min(xs) - r.randint(0, 2)}
        dependent = r.choice(
            (
                ["one", "x", f"times {r.choice((2, 3, 4, 5))}"],
                ["one", "x", f"minus {r.choice((2, 3, 4, 5))}"],
                ["one", "x", f"hinge {k['above']}"],
                ["one", "x", f"hinge {k['below']}"],
                ["one", "x", "square", "cube"],
            )
        )
        bare = r.choice(
            (["x", "square"], ["x", "A"], ["A", "x times A"], ["B", "x"], ["x", "A"] if count == 2 else ["A", "B", "x"])
        )
        models = [["one", *names, *extra], [*names, *extra], dependent, bare]
        order = r.sample(range(4), 4)
        return {"data": data, "models": [models[i] for i in order], "roles": [order.index(i) for i in range(4)]}

    def accept(found):
        data, models, roles = found["data"], found["models"], found["roles"]
        if len({x for x, _ in data}) < 3 or len({tuple(item) for item in data}) < 5:
            return False
        designs = [matrix(model, data) for model in models]
        ranks = [np.linalg.matrix_rank(X) for X in designs]
        every, plain, dependent, bare = roles
        together = [np.linalg.matrix_rank(np.hstack(pair)) for pair in combinations(designs, 2)]
        separate = [max(pair) for pair in combinations(ranks, 2)]
        equal = [pair for pair, t, s in zip(combinations(range(4), 2), together, separate, strict=True) if t == s]
        same = [(i, j) for i, j in equal if ranks[i] == ranks[j]]
        return (
            same == [tuple(sorted((every, plain)))]
            and ranks[every] == ranks[plain] == len(models[plain])
            and ranks[dependent] == len(models[dependent]) - 1
            and ranks[bare] == len(models[bare])
            and np.linalg.matrix_rank(np.column_stack([designs[bare], np.ones(6)])) > ranks[bare]
        )

    found = nice.retry(rng, make, accept, "table for which the four models differ", tries=5000)
    return {
        **found,
        "summed": rng.choice(found["roles"][:3]),
        "unique": rng.choice(found["roles"]),
        "compared": rng.choice(("smaller", "equal")),
    }


def matrix(model, data):
    return np.column_stack([[entry(column, x, group) for x, group in data] for column in model])


def entry(column, x, group):
    word, _, number = column.rpartition(" ")
    match word:
        case "times":
            return int(number) * x
        case "minus":
            return x - int(number)
        case "hinge":
            return max(0, x - int(number))
        case "x times":
            return x * (group == number)
    return {"one": 1, "x": x, "square": x**2, "cube": x**3}.get(column, int(group == column))


def latex(column):
    word, _, number = column.rpartition(" ")
    shift = f"- {number}" if number[:1] != "-" else f"+ {number[1:]}"
    match word:
        case "times":
            return f"{number}x"
        case "minus":
            return f"x {shift}"
        case "hinge":
            return r"\max(0,\, x)" if number == "0" else rf"\max(0,\, x {shift})"
        case "x times":
            return rf"x \cdot [\text{{{number}}}]"
    return {"one": "1", "x": "x", "square": "x^2", "cube": "x^3"}.get(column, rf"[\text{{{column}}}]")


def show(data, models, roles, summed, unique, compared):
    every, plain, dependent, bare = (NAMES[role] for role in roles)
    cell = r"\blank[width=1.6cm, height=0.8cm]{%s[%d]}"
    rows = [
        [
            NAMES[i - 1],
            Latex("$" + r",$ \ $".join(map(latex, model)) + "$"),
            Latex(cell % ("count", i)),
            Latex(cell % ("rank", i)),
        ]
        for i, model in enumerate(models, start=1)
    ]
    return {
        "known": figures.data_table(
            [["$x$", *(x for x, _ in data)], ["group", *(group for _, group in data)]],
            header=["row", *map(str, range(1, 7))],
        ),
        "table": figures.data_table(rows, header=["model", "columns of $X$", "number of columns", "rank"], ruled=True),
        "bare": bare,
        "every": every,
        "plain": plain,
        "dependent": dependent,
        "summed_model": NAMES[summed],
        "unique_model": NAMES[unique],
        "equal": compared == "equal",
    }


def solve(data, models, roles, unique):
    every, plain, dependent, _ = roles
    v = null_vector(models[dependent], data)
    counts = [len(model) for model in models]
    ranks = [n - (i in (every, dependent)) for i, n in enumerate(counts)]
    texts = [latex(column) for column in models[dependent]]
    kind = models[dependent][2].partition(" ")[0] if len(models[dependent]) == 3 else "cube"
    return {
        "count": Exact(counts),
        "rank": Exact(ranks),
        "counts": Latex(", ".join(map(str, counts))),
        "ranks": Latex(", ".join(map(str, ranks))),
        "v": UpToScale(v),
        "kind": kind if kind != "hinge" or v[0] or v[1] else "flat",
        "xs": sorted({x for x, _ in data}),
        "last": Latex(texts[-1]),
        "groups": Latex(" + ".join(latex(column) for column in models[plain] if column in "ABC")),
        "has_x": "x" in models[plain],
        "unique_full": unique not in (every, dependent),
        "factors": Latex("".join(_factor(x) for x in sorted({x for x, _ in data}))),
    }


def _factor(root):
    return "x" if root == 0 else f"(x - {root})" if root > 0 else f"(x + {-root})"


def null_vector(model, data):
    """Of the model with dependent columns of x."""
    xs = sorted({x for x, _ in data})
    if "cube" in model:
        p, q, r = xs
        return sp.Matrix([-p * q * r, p * q + p * r + q * r, -(p + q + r), 1])
    word, _, number = model[2].rpartition(" ")
    n = int(number)
    if word == "times":
        return sp.Matrix([0, n, -1])
    if word == "hinge" and n >= max(xs):
        return sp.Matrix([0, 0, 1])
    return sp.Matrix([n, -1, 1])


@lru_cache(maxsize=256)
def _residual_maker(columns, rows):
    X = matrix(columns, rows)
    return np.eye(6) - X @ np.linalg.pinv(X)


def claims(data, models, roles, summed, unique, compared):
    every, plain, dependent, bare = roles
    makers = [_residual_maker(tuple(model), tuple(map(tuple, data))) for model in models]
    full = unique not in (every, dependent)
    X = matrix(models[unique], data)

    def error(i, y):
        return np.sum((makers[i] @ y) ** 2)

    def sums_to_zero(i):
        return lambda y: np.isclose(np.sum(makers[i] @ y), 0, atol=1e-9)

    def is_unique(y):
        # Adding a null vector to the weights changes no prediction: unique if there is none but 0.
        return np.linalg.svd(X, compute_uv=False).min() > 1e-9

    return {
        "row_sum": Always(sums_to_zero(summed), TARGETS),
        "row_bare": Sometimes(sums_to_zero(bare), TARGETS),
        "row_unique": (Always if full else Never)(is_unique, TARGETS),
        "row_error": (
            Never(lambda y: error(every, y) < error(plain, y) - 1e-9, TARGETS)
            if compared == "smaller"
            else Always(lambda y: np.isclose(error(every, y), error(plain, y), atol=1e-9), TARGETS)
        ),
    }


def verify(known, table, models, roles, count, rank, v):
    xs, groups = (row[1:] for row in known.data["rows"])
    designs = [matrix(model, list(zip(xs, groups, strict=True))) for model in models]
    assert [row[0] for row in table.data["rows"]] == list(NAMES)
    assert list(count) == [X.shape[1] for X in designs]
    assert list(rank) == [int((np.linalg.svd(X, compute_uv=False) > 1e-9).sum()) for X in designs]
    X = designs[roles[2]]
    assert np.shape(v) == (X.shape[1],)
    assert np.any(v)
    assert not (X @ v).any()
