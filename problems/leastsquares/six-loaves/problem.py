"""A fit with two categories, one observation for each combination: lost cells, weights, what must hold of such fits.

Integer weights; the residuals of one oven have the sum zero, those of the other one are opposite. Six cells of the
table stay, which are just enough: the predictions of one oven, one of its residuals, and two heights of the other oven.
One equation gives the distance of the ovens. Oven and flour without an indicator and the cells that stay are drawn.
Part (c) draws five of thirteen statements, up to three of them true. Thousands of tables with as many answers.
"""

import numpy as np

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Must,
    Sometimes,
    figures,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Six loaves",
    topics=["F4", "F3", "B6"],
    difficulty=3,
    minutes=12,
    skills=["compute", "solve-for-parameter", "classify-statement"],
)

COLUMNS = "yhe"
# What stays, by whether it is the oven with known predictions, and the flour with the known residual.
STAYS = {(True, True): "he", (True, False): "h", (False, True): "", (False, False): "y"}
SLOTS = ("s1", "s2", "s3", "s4", "s5")
TRUE = ("gap_flour", "gap_oven", "mean_flour", "raised", "same_flour", "same_weights")
FALSE = ("flat_oven", "other_code", "positive", "product", "w0_loaf", "w0_mean", "w0_oven")
HEADER = ["oven", "flour", "height $y$", "prediction $h$", "residual $y - h$"]


def draw(rng):
    ovens = nice.distinct(rng, "AB", 2)  # the first oven and the first flour have no indicator
    flours = nice.distinct(rng, ("rye", "spelt", "wheat"), 3)

    def make(r):
        first, second = (r.choice((-4, -3, -2, -1, 1, 2, 3, 4)) for _ in range(2))
        e = [first, second, -first - second]
        shifts = nice.distinct(r, (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6), 2)
        return [r.randint(6, 15), r.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)), *shifts], e

    def accept(found):
        weights, e = found
        h, y = values(weights, e)
        numbers = [*h[0], *h[1], *y[0], *y[1]]
        return e[2] != 0 and abs(e[2]) <= 5 and min(numbers) >= 3 and max(numbers) <= 20

    weights, e = nice.retry(rng, make, accept, "table of heights from 3 to 20", tries=4000)
    number = rng.choice((0, 1, 1, 2, 2, 2, 3, 3))
    return {
        "ovens": ovens,
        "flours": flours,
        "weights": weights,
        "e": e,
        "full": rng.randint(0, 1),  # the oven with the known predictions
        "key": rng.randint(0, 2),  # the flour with the known residual
        "order": nice.distinct(rng, range(3), 3),
        "statements": sorted(rng.sample(TRUE, number) + rng.sample(FALSE, 5 - number)),
    }


def values(weights, e):
    """Predictions and heights, one list for each oven."""
    base, oven, *shifts = weights
    h = [[base + o + s for s in (0, *shifts)] for o in (0, oven)]
    return h, [[a + sign * b for a, b in zip(row, e, strict=True)] for row, sign in zip(h, (1, -1), strict=True)]


def lines(ovens, flours, weights, e, full, key, order):
    """The rows of the table: oven, flour, y, h, e, and which of these three stay."""
    h, y = values(weights, e)
    rows = []
    for name in "AB":
        o = ovens.index(name)
        for f in order:
            rows.append([name, flours[f], y[o][f], h[o][f], y[o][f] - h[o][f], STAYS[o == full, f == key]])
    return rows


def show(ovens, flours, weights, e, full, key, order, statements):
    cells, count = [], 0
    for name, flour, *numbers, stays in lines(ovens, flours, weights, e, full, key, order):
        row = [name, flour]
        for column, value in zip(COLUMNS, numbers, strict=True):
            if column in stays:
                row.append(value)
            elif column == "y":
                row.append("lost")
            else:
                count += 1
                row.append(Latex(rf"\blank[width=1.5cm, height=0.75cm]{{c[{count}]}}"))
        cells.append(row)
    said = words(ovens, flours)
    return {
        "table": figures.data_table(cells, header=HEADER, ruled=True),
        "other": ovens[1],
        "second": flours[1],
        "third": flours[2],
        "words": {slot: Latex(said[name][0]) for slot, name in zip(SLOTS, statements, strict=True)},
    }


def words(ovens, flours):
    """The statements of part (c), each with a reason."""
    P, Q = ovens
    f0, f1, f2 = flours
    must, need = r"\textbf{Must hold}", r"\textbf{Need not hold}"
    return {
        "gap_oven": (
            f"$w_1$ is the mean height from oven {Q} minus the mean height from oven {P}.",
            f"{must}: in each oven the predictions have the same mean as the heights, and they differ by $w_1$.",
        ),
        "gap_flour": (
            f"$w_2$ is the mean height with {f1} minus the mean height with {f0}.",
            f"{must}: for each flour the predictions have the same mean as the heights, and they differ by $w_2$.",
        ),
        "mean_flour": (
            f"The two predictions for {f2} have the same mean as the two heights with {f2}.",
            f"{must}: the residuals are orthogonal to $[\\text{{{f2}}}]$.",
        ),
        "same_weights": (
            f"If $w_2 = w_3$, then {f1} and {f2} have the same mean height.",
            f"{must}: their predictions are the same then, and for each flour these have the mean of the heights.",
        ),
        "same_flour": (
            "If for each flour the two heights are equal, then the least squared error is $0$.",
            f"{must}: weights with $w_1 = 0$ fit such heights exactly.",
        ),
        "raised": (
            f"If all loaves from oven {Q} were $2$ cm higher, the least squared error would be the same.",
            f"{must}: $y$ changes by a column of the design matrix, so that only $w_1$ changes.",
        ),
        "w0_mean": (
            "$w_0$ is the mean height of all six loaves.",
            f"{need}: $w_0$ is the prediction for oven {P} and {f0}; the mean of all six heights is "
            r"$w_0 + \frac{1}{2} w_1 + \frac{1}{3}(w_2 + w_3)$.",
        ),
        "w0_loaf": (
            f"$w_0$ is the height of the loaf from oven {P} with {f0}.",
            f"{need}: $w_0$ is its \\emph{{predicted}} height, and its residual need not be $0$, as in part (a).",
        ),
        "w0_oven": (
            f"$w_0$ is the mean height of the three loaves from oven {P}.",
            f"{need}: that mean is $w_0 + \\frac{{1}}{{3}}(w_2 + w_3)$.",
        ),
        "positive": (
            "If all six heights are positive, then all six predictions are positive.",
            f"{need}: a prediction is the mean of its oven plus the mean of its flour minus the mean of all. If two "
            "loaves of different flours from one oven have the height $9$ and all others $1$, the third prediction "
            r"for the other oven is $1 + 1 - \frac{11}{3} < 0$.",
        ),
        "flat_oven": (
            f"If the three heights from oven {P} are equal, then the least squared error is $0$.",
            f"{need}: the predictions for oven {Q} must differ from those for oven {P} by the same number for each "
            f"flour, so three different heights from oven {Q} cannot be fitted as well.",
        ),
        "product": (
            rf"With $[\text{{{Q}}}]\,[\text{{{f1}}}]$ as one more column, the least squared error is smaller.",
            f"{need}: it cannot be larger, but it is the same if the residual of that loaf is $0$, as in an exact fit.",
        ),
        "other_code": (
            rf"With $[\text{{{P}}}]$ in place of $[\text{{{Q}}}]$, the weight $w_0$ is the same.",
            f"{need}: $w_0$ is then the prediction for oven {Q} and {f0}, the old $w_0 + w_1$.",
        ),
    }


def solve(ovens, flours, weights, e, full, key, order, statements):
    rows = lines(ovens, flours, weights, e, full, key, order)
    h, y = values(weights, e)
    low, high = h[full], y[1 - full]
    i, j = (f for f in order if f != key)
    sign = 1 if full == 0 else -1
    left = sign * -e[key]  # the residual of the other oven with the flour of the known one
    said = words(ovens, flours)
    return {
        "c": Exact([numbers[COLUMNS.index(c)] for _, _, *numbers, stays in rows for c in "he" if c not in stays]),
        "w": Exact(weights),
        "known": ovens[full],
        "sought": ovens[1 - full],
        "kept": flours[key],
        "one": flours[i],
        "two": flours[j],
        "given": -left,
        "left": left,
        "yi": high[i],
        "yj": high[j],
        "hi": low[i],
        "hj": low[j],
        "balance": linear_combination([high[i] - low[i] + high[j] - low[j] + left, -2], ["", "D"]),
        "D": weights[1] * sign,
        "newh": [low[f] + weights[1] * sign for f in (i, j, key)],
        "newe": [-sign * e[f] for f in (i, j)],
        "olde": [sign * e[f] for f in (i, j)],
        "base": ovens[0],
        "start": flours[0],
        "cells": [h[0][0], h[1][0], h[0][1], h[0][2]],
        "finished": figures.data_table([row[:5] for row in rows], header=HEADER),
        "reasons": [{"words": Latex(said[name][0]), "why": Latex(said[name][1])} for name in statements],
    }


def verify(table, ovens, flours, c, w):
    # The cells that are printed, and nothing else, in one linear system for the weights and the residuals.
    printed = table.data["rows"]
    X = np.array([[1, o == ovens[1], f == flours[1], f == flours[2]] for o, f, *_ in printed], dtype=float)
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
    assert M.shape == (10, 10)
    assert np.linalg.matrix_rank(M) == 10
    found = np.linalg.solve(M, np.array(right, dtype=float))
    assert w.shape == (4,)
    assert np.allclose(w, found[:4])
    assert c.shape == (8,)
    assert len(places) == 8
    assert np.allclose(c, np.array(places) @ found)


# Heights in the order of the ovens, within an oven in that of the flours; the first of each has no indicator.
HEIGHTS = samplers.all_vectors(6, values=(1, 3, 9), names="y")
DESIGN = np.array([[1, o, f == 1, f == 2] for o in (0, 1) for f in (0, 1, 2)], dtype=float)
RECODED = np.array([[1, 1 - o, f == 1, f == 2] for o in (0, 1) for f in (0, 1, 2)], dtype=float)
LARGER = np.column_stack([DESIGN, DESIGN[:, 1] * DESIGN[:, 2]])
INVERSE, INVERSE_RECODED, INVERSE_LARGER = (np.linalg.pinv(X) for X in (DESIGN, RECODED, LARGER))


def _w(y):
    return INVERSE @ y


def _error(y, X=DESIGN, inverse=INVERSE):
    rest = y - X @ (inverse @ y)
    return rest @ rest


def _close(a, b):
    return bool(abs(a - b) < 1e-8)


CLAIMS = {
    "gap_oven": Always(lambda y: _close(_w(y)[1], y[3:].mean() - y[:3].mean()), HEIGHTS),
    "gap_flour": Always(lambda y: _close(_w(y)[2], y[[1, 4]].mean() - y[[0, 3]].mean()), HEIGHTS),
    "mean_flour": Always(lambda y: _close((DESIGN @ _w(y))[[2, 5]].mean(), y[[2, 5]].mean()), HEIGHTS),
    "same_weights": Always(lambda y: not _close(_w(y)[2], _w(y)[3]) or y[1] + y[4] == y[2] + y[5], HEIGHTS),
    "same_flour": Always(lambda y: (y[:3] != y[3:]).any() or _close(_error(y), 0), HEIGHTS),
    "raised": Always(lambda y: _close(_error(y), _error(y + 2 * DESIGN[:, 1])), HEIGHTS),
    "w0_mean": Sometimes(lambda y: _close(_w(y)[0], y.mean()), HEIGHTS),
    "w0_loaf": Sometimes(lambda y: _close(_w(y)[0], y[0]), HEIGHTS),
    "w0_oven": Sometimes(lambda y: _close(_w(y)[0], y[:3].mean()), HEIGHTS),
    "positive": Sometimes(lambda y: ((DESIGN @ _w(y)) > 1e-8).all(), HEIGHTS),
    "flat_oven": Sometimes(lambda y: len(set(y[:3].tolist())) > 1 or _close(_error(y), 0), HEIGHTS),
    "product": Sometimes(lambda y: _error(y, LARGER, INVERSE_LARGER) < _error(y) - 1e-8, HEIGHTS),
    "other_code": Sometimes(lambda y: _close(_w(y)[0], (INVERSE_RECODED @ y)[0]), HEIGHTS),
}


def claims(statements):
    return {"must": Must({slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)})}
