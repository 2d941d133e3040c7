"""A numpy program that sets up the normal equations of a line: its output, a line to choose, the solution, one change.

Integer x (four or five values, not all different), integer weights and an integer residual orthogonal to both columns
give y. All that is printed consists of integers, so that the output is exact. The right line of part (b) is one of
three that compute the same; three of five wrong ones come with it. Without the column of ones the slope is an integer
or a fraction with a denominator up to 6. Thousands of x and y; 50 pairs of weights.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, Option, linear_combination, nice, output_of

META = Meta(
    title="Normal equations in numpy",
    topics=["F3", "K1"],
    difficulty=1,
    minutes=9,
    skills=["trace-code", "recognise", "compute"],
)

PROGRAM = """import numpy as np

x = np.array({x})
y = np.array({y})
X = np.column_stack([np.ones(len(x), dtype=int), x])
G = X.T @ X
b = X.T @ y
print(X.shape)
print(G.tolist())
print(b.tolist())"""
RIGHT = {
    "solve": "np.linalg.solve(G, b)",
    "inverse": "np.linalg.inv(G) @ b",
    "lstsq": "np.linalg.lstsq(X, y)[0]",
}
WRONG = {
    "tall": "np.linalg.solve(X, y)",
    "elementwise": "b / G",
    "star": "np.linalg.inv(G) * b",
    "product": "G @ b",
    "transposed": "X.T @ y / len(y)",
}


def draw(rng):
    def make(r):
        x = [r.randint(-2, 5) for _ in range(r.choice((4, 5)))]
        if len(set(x)) < 3 or sum(x) == 0 or sum(n < 0 for n in x) > 2 or sorted(x) == x:
            return None
        try:
            return x, nice.least_squares(r, [[1, n] for n in x], weights=4, residual=3, largest=9)
        except nice.NiceError:
            return None

    def accept(found):
        if found is None:
            return False
        x, fit = found
        y = list(fit.y)
        products = sum(a * c for a, c in zip(x, y, strict=True))
        squares = sum(n * n for n in x)
        slope = sp.Rational(products, squares)
        spread = len(x) * squares - sum(x) ** 2
        return (
            0 not in fit.w
            and fit.w[0] != fit.w[1]
            and slope.q <= 6
            and slope not in (0, fit.w[1])
            and squares <= 40
            and spread <= 120
            and products != 0
            and sum(y) != 0
            and y.count(0) <= 1
            and sum(bool(n < 0) for n in y) <= 2
        )

    x, fit = nice.retry(rng, make, accept, "small data with an integer line", tries=20000)
    return {"x": x, "y": fit.y, "line": rng.choice(sorted(RIGHT)), "wrong": rng.sample(sorted(WRONG), 3)}


def program(x, y):
    return PROGRAM.format(x=[int(n) for n in x], y=[int(n) for n in y])


def show(x, y, line, wrong):
    return {
        "program": program(x, y),
        "right_line": f"w = {RIGHT[line]}",
        "wrong_lines": [{"key": key, "line": f"w = {WRONG[key]}"} for key in wrong],
    }


def solve(x, y, line, wrong):
    n, total, squares = len(x), sum(x), sum(a * a for a in x)
    b = [sum(y), sum(a * c for a, c in zip(x, y, strict=True))]
    det = n * squares - total**2
    w = [sp.Rational(squares * b[0] - total * b[1], det), sp.Rational(n * b[1] - total * b[0], det)]
    names = ["w_0", "w_1"]
    return {
        "output": Exact(output_of(program(x, y))),
        "chosen": Option("right"),
        "w": Exact(w),
        "through": Exact(sp.Rational(b[1], squares)),
        "n": n,
        "X": sp.Matrix([[1, a] for a in x]),
        "G": sp.Matrix([[n, total], [total, squares]]),
        "b": sp.Matrix(b),
        "first": linear_combination([n, total], names),
        "second": linear_combination([total, squares], names),
        "det": det,
        "top": [squares * b[0] - total * b[1], n * b[1] - total * b[0]],
        "squares": squares,
        "has": {key: key in wrong for key in WRONG},
    }


def verify(program, right_line, wrong_lines, output, chosen, w, through):
    space = {"print": lambda *_: None}
    exec(program, space)
    x, y = space["x"], space["y"]
    # The output from sums over the data, the line from an exact search among integer weights.
    n = len(x)
    printed = [(n, 2), [[n, int(sum(x))], [int(sum(x)), int(x @ x)]], [int(sum(y)), int(x @ y)]]
    assert output == "\n".join(map(str, printed))
    grid = np.arange(-9, 10)
    errors = ((y - grid[:, None, None] - grid[None, :, None] * x) ** 2).sum(axis=2)
    i, j = np.unravel_index(errors.argmin(), errors.shape)
    assert len(w) == 2
    assert list(w) == [grid[i], grid[j]]
    assert np.isclose(np.linalg.lstsq(x[:, None], y, rcond=None)[0], through).all()
    lines = {"right": right_line, **{item["key"]: item["line"] for item in wrong_lines}}
    assert [key for key, line in lines.items() if _finds(line, space, [grid[i], grid[j]])] == [chosen]


def _finds(line, space, weights):
    try:
        exec(line, space)
    except (np.linalg.LinAlgError, ValueError):
        return False
    return space["w"].shape == (2,) and np.allclose(space["w"], weights)
