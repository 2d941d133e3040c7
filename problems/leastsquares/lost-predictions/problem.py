"""A table of a fit with a weight for each of three groups and one slope: lost cells, the weights, a change of the data.

The groups have one, two and three rows, in any order. Integer weights, slope and x; integer residuals that sum to zero
in each group and are orthogonal to x. Six cells of the table stay, which are just enough: the only row of the smallest
group has residual zero, two predictions of the largest group give the slope, and only the orthogonality to x gives the
residuals of the group of two. Part (c) draws one of six changes. Thousands of tables with as many answers.
"""

import numpy as np

from m4ml_exams.authoring import Exact, Latex, Meta, Options, figures, linear_combination, nice

META = Meta(
    title="Lost predictions",
    topics=["F4", "F3", "B6"],
    difficulty=3,
    minutes=12,
    skills=["compute", "solve-for-parameter", "classify-statement"],
)

GROUPS = "ABC"
CHANGES = ("one", "one", "all", "double", "shift", "scale")
# What stays of the rows of the groups of one, two and three: y, prediction, residual.
STAYS = {1: ["y"], 2: ["p", ""], 3: ["ype", "yp", ""]}
COLUMNS = "ype"


def draw(rng):
    def make(r):
        sizes = nice.distinct(r, (1, 2, 3), 3)
        x = [[r.randint(1, 7) for _ in range(size)] for size in sizes]
        pair, triple = x[sizes.index(2)], x[sizes.index(3)]
        first, second = r.choice((-3, -2, -1, 1, 2, 3)), r.choice((-3, -2, -1, 1, 2, 3))
        e3 = [first, second, -first - second]
        moment = sum(a * b for a, b in zip(triple, e3, strict=True))
        gap = pair[0] - pair[1]
        if gap == 0 or moment == 0 or moment % gap or len(set(triple)) < 3:
            return None
        e2 = [-moment // gap, moment // gap]
        e = {1: [0], 2: e2, 3: e3}
        b = r.choice((-2, -1, 1, 2, 3))
        weights = [r.choice((1, 2, 3, 4, 5, 6, 7, 8, 9)) for _ in sizes]
        rows = []
        for group, size, a, xs in zip(GROUPS, sizes, weights, x, strict=True):
            for k, value in enumerate(xs):
                p = a + b * value
                rows.append([group, value, p + e[size][k], p, e[size][k], STAYS[size][k]])
        return rows, weights, b

    def accept(found):
        if found is None:
            return False
        rows, weights, _ = found
        residuals = [row[4] for row in rows]
        numbers = [row[2] for row in rows] + [row[3] for row in rows]
        return (
            max(map(abs, residuals)) <= 6
            and residuals.count(0) <= 2
            and min(numbers) >= 0
            and max(numbers) <= 25
            and len(set(weights)) == 3
        )

    rows, weights, b = nice.retry(rng, make, accept, "table of a fit with integers", tries=20000)
    order = list(range(6))
    rng.shuffle(order)
    order.sort(key=lambda i: rows[i][0])  # the rows of a group in random order
    change = rng.choice(CHANGES)
    return {
        "rows": [rows[i] for i in order],
        "weights": weights,
        "b": b,
        "change": change,
        "group": rng.choice(GROUPS),
        "amount": rng.randint(2, 6),
    }


def show(rows, group, change, amount):
    cells, count = [], 0
    for name, x, *values, stays in rows:
        row = [name, x]
        for column, value in zip(COLUMNS, values, strict=True):
            if column in stays:
                row.append(value)
            elif column == "y":
                row.append("lost")
            else:
                count += 1
                row.append(Latex(rf"\blank[width=1.5cm, height=0.75cm]{{c[{count}]}}"))
        cells.append(row)
    header = ["orchard", "age $x$", "yield $y$", "prediction $h$", "residual $y - h$"]
    return {
        "table": figures.data_table(cells, header=header, ruled=True),
        "text": Latex(
            {
                "one": rf"All yields of orchard {group} are raised by ${amount}$.",
                "all": rf"All six yields are raised by ${amount}$.",
                "double": rf"All six ages are multiplied by ${amount}$.",
                "shift": rf"All six ages are raised by ${amount}$.",
                "scale": r"The signs of all six residuals are turned round, that is, each $y$ is replaced by $2h - y$.",
            }[change]
        ),
    }


def solve(rows, weights, b, change, group, amount):
    lost = [values[COLUMNS.index(c)] for _, _, *values, stays in rows for c in "pe" if c not in stays]
    changed = {
        "one": [group],
        "all": list(GROUPS),
        "double": ["slope"],
        "shift": list(GROUPS),
        "scale": [],
    }[change]
    by = {size: [row for row in rows if [r[0] for r in rows].count(row[0]) == size] for size in (1, 2, 3)}
    # In the group of three: the row with its residual, the one with y and h, the lost one.
    given, half, gone = (next(r for r in by[3] if r[5] == stays) for stays in STAYS[3])
    kept, other = (next(r for r in by[2] if r[5] == stays) for stays in STAYS[2])
    moment = sum(row[1] * row[4] for row in by[3])
    sign = 1 if given[1] > half[1] else -1
    return {
        "c": Exact(lost),
        "w": Exact([*weights, b]),
        "changed": Options(*changed),
        "small": by[1][0],
        "given": given,
        "half": half,
        "gone": gone,
        "kept": kept,
        "other": other,
        "moment": moment,
        "balance": linear_combination([moment, kept[1] - other[1]], ["", "r"]),
        "rise": sign * (given[3] - half[3]),
        "run": sign * (given[1] - half[1]),
        "names": Latex(", ".join(rf"$a_{{\text{{{g}}}}}$" for g in changed if g in GROUPS)),
        "finished": figures.data_table(
            [[row[0], row[1], row[2], row[3], row[4]] for row in rows],
            header=["orchard", "age $x$", "yield $y$", "prediction $h$", "residual $y - h$"],
        ),
    }


def verify(table, rows, change, group, amount, c, w, changed):
    # The cells that are printed, and nothing else, in one linear system for the weights and the residuals.
    printed = table.data["rows"]
    x = np.array([row[1] for row in printed])
    X = np.column_stack([[row[0] == g for row in printed] for g in GROUPS] + [x]).astype(float)
    left = [np.hstack([np.zeros((4, 4)), X.T])]  # the residuals are orthogonal to the columns
    right = [0.0] * 4
    places = []
    for i, (_, _, *cells) in enumerate(printed):
        unit = np.eye(6)[i]
        forms = [np.append(X[i], unit), np.append(X[i], 0 * unit), np.append(np.zeros(4), unit)]
        for k, cell in enumerate(cells):
            if not isinstance(cell, str):
                left.append(forms[k][None])
                right.append(cell)
            elif k:
                places.append(forms[k])
    M = np.vstack(left)
    assert np.linalg.matrix_rank(M) == 10
    found = np.linalg.lstsq(M, np.array(right, dtype=float), rcond=None)[0]
    assert np.allclose(M @ found, right)
    assert len(w) == 4
    assert np.allclose(w, found[:4])
    assert len(c) == len(places) == 8
    assert np.allclose(c, np.array(places) @ found)
    # The change, on the whole table.
    y = X @ found[:4] + found[4:]
    z, Z = y.copy(), X.copy()
    match change:
        case "one":
            z[X[:, GROUPS.index(group)] == 1] += amount
        case "all":
            z += amount
        case "double":
            Z[:, 3] *= amount
        case "shift":
            Z[:, 3] += amount
        case "scale":
            z = 2 * X @ found[:4] - y
    again = np.linalg.lstsq(Z, z, rcond=None)[0]
    before = [*found[:4], found[4:] @ found[4:]]
    after = [*again, (z - Z @ again) @ (z - Z @ again)]
    names = [*GROUPS, "slope", "error"]
    assert changed == {name for name, one, two in zip(names, before, after, strict=True) if not np.isclose(one, two)}
