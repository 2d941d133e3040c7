"""The image of the unit square: its matrix from a picture, a sketch after a second transformation, linear or not.

Space: 2,252 matrices whose parallelogram fits the window, six transformations S, thousands of lists of
five maps.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Options, figures, nice

META = Meta(
    title="The moved square",
    topics=["E8", "E7"],
    difficulty=2,
    minutes=9,
    skills=["read-figure", "draw", "classify-statement"],
)

WINDOW, SIZE = (-6, 6, -4, 4), (6.6, 4.4)
UNIT = [((1, 0), (1, 1)), ((0, 1), (1, 1))]  # what the axes do not show of the unit square
KINDS = {
    "left": ("rotation by $90^\\circ$ counterclockwise", [[0, -1], [1, 0]]),
    "right": ("rotation by $90^\\circ$ clockwise", [[0, 1], [-1, 0]]),
    "horizontal": ("reflection in the $x_1$-axis", [[1, 0], [0, -1]]),
    "vertical": ("reflection in the $x_2$-axis", [[-1, 0], [0, 1]]),
    "diagonal": ("reflection in the line $x_1 = x_2$", [[0, 1], [1, 0]]),
    "other diagonal": ("reflection in the line $x_1 = -x_2$", [[0, -1], [-1, 0]]),
}
LINEAR = ["mix", "swap", "zero", "line", "twice", "plus", "mirror"]
OTHERS = ["product", "size", "shifted", "moved", "norm", "max", "square"]


def draw(rng):
    def make(r):
        return [[r.randint(-4, 4) for _ in range(2)] for _ in range(2)]

    def accept(A):
        (a, b), (c, d) = A
        inside = max(map(abs, (a, b, c, d, a + b, c + d))) <= 4
        return inside and abs(a * d - b * c) >= 3 and [a, b, c, d].count(0) <= 1 and b != c and (a, c) != (1, 0)

    A = nice.retry(rng, make, accept, "matrix whose parallelogram fits the window")
    count = rng.choice((1, 2, 2, 3, 3))
    keys = rng.sample(LINEAR, count) + rng.sample(OTHERS, 5 - count)
    return {
        "A0": sp.Matrix(A),
        "kind": rng.choice(sorted(KINDS)),
        "keys": sorted(keys),
        "v": sp.Matrix(nice.distinct(rng, [-2, -1, 1, 2, 3], 2)),
        "numbers": nice.distinct(rng, [-3, -2, 2, 3], 2),
    }


def forms(numbers):
    """What each transformation looks like."""
    a, b = numbers

    def pair(top, bottom):
        return rf"({top},\; {bottom})"

    second = f"x_1 + {b}x_2" if b > 0 else f"x_1 - {-b}x_2"
    return {
        "mix": pair(f"{a}x_1", second),
        "swap": pair(f"{a}x_2", f"{b}x_1"),
        "zero": pair("0", "0"),
        "line": r"(v \cdot x)\,v",
        "twice": "T(T(x))",
        "plus": "T(x) + x",
        "mirror": r"(v \cdot v)\,x - (v \cdot x)\,v",
        "product": pair("x_1 x_2", f"{a}x_2"),
        "size": pair(r"\abs{x_1}", f"{b}x_2"),
        "shifted": "T(x) + v",
        "moved": "T(x + v)",
        "norm": r"\norm{x}\,v",
        "max": pair(r"\max\{x_1, x_2\}", f"{a}x_1"),
        "square": r"(v \cdot x)\,x",
    }


WHY = {
    "mix": "each entry is a sum of multiples of $x_1$ and $x_2$",
    "swap": "each entry is a multiple of $x_1$ or $x_2$",
    "zero": "with $M = 0$",
    "line": r"with $M = v v\T$: the dot product is linear in $x$, and $v$ is fixed",
    "twice": "with $M = A^2$",
    "plus": "with $M = A + I$",
    "mirror": r"with $M = (v \cdot v) I - v v\T$",
    "product": r"the first entry is multiplied by $c^2$ when $x$ is multiplied by $c$",
    "size": r"$e_1$ and $-e_1$ are sent to vectors with the same first entry, $1$",
    "shifted": r"$x = 0$ is sent to $v \ne 0$",
    "moved": r"$x = 0$ is sent to $T(v) \ne 0$",
    "norm": r"$x$ and $-x$ have the same image, and it is not always $0$",
    "max": r"$e_1$ and $-e_1$ have the first entries $1$ and $0$, which are not opposite",
    "square": r"$2x$ is sent to four times the image of $x$",
}


def show(A0, kind, keys, numbers):
    form = forms(numbers)
    return {
        "picture": figures.plane_map(A0, window=WINDOW, size=SIZE),
        "axes": figures.plane_vectors(segments=UNIT, window=WINDOW, size=SIZE),
        "kind_words": Latex(KINDS[kind][0]),
        "maps": [{"key": key, "form": Latex(form[key])} for key in keys],
    }


def solve(A0, kind, keys, numbers):
    B = sp.Matrix(KINDS[kind][1])
    BA = B * A0
    corners = [A0[:, 0], A0[:, 1], A0[:, 0] + A0[:, 1]]
    first, second, far = (tuple(B * corner) for corner in corners)
    form = forms(numbers)
    image = figures.plane_vectors(
        [first, second],
        names=["$S(T(e_1))$", "$S(T(e_2))$"],
        polygons=[[(0, 0), first, far, second]],
        points=[far],
        segments=UNIT,
        window=WINDOW,
        size=SIZE,
    )
    return {
        "A": Exact(A0),
        "image": image,
        "linear": Options(*(key for key in keys if key in LINEAR)),
        "steps": [[point(corner), point(B * corner)] for corner in corners],
        "B": B,
        "BA": BA,
        "AB": A0 * B,
        "reversed_differs": BA != A0 * B,
        "reasons": [{"form": Latex(form[k]), "linear": k in LINEAR, "why": Latex(WHY[k])} for k in keys],
    }


def point(corner):
    return Latex(rf"({corner[0]}, {corner[1]})")


def verify(picture, axes, kind, keys, v, numbers, A, image, linear):
    # The drawn corners are the images of the corners of the square.
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    drawn = np.array(picture.data["image"])
    assert A.shape == (2, 2)
    assert np.array_equal(square @ A.T, drawn)
    # The second transformation in complex numbers.
    move = {
        "left": lambda z: 1j * z,
        "right": lambda z: z / 1j,
        "horizontal": np.conjugate,
        "vertical": lambda z: -np.conjugate(z),
        "diagonal": lambda z: 1j * np.conjugate(z),
        "other diagonal": lambda z: -1j * np.conjugate(z),
    }[kind]
    moved = move(drawn @ np.array([1, 1j]))
    polygon = np.array(image.data["polygons"][0]) @ np.array([1, 1j])
    assert np.allclose(polygon, moved)
    assert np.allclose(np.array(image.data["points"]) @ np.array([1, 1j]), moved[2])
    assert list(axes.data["window"]) == list(image.data["window"]) == list(picture.data["window"])
    # Linear is what is additive and homogeneous on a grid.
    a, b = numbers
    T = np.array(drawn[[1, 3]]).T
    functions = {
        "mix": lambda x: [a * x[0], x[0] + b * x[1]],
        "swap": lambda x: [a * x[1], b * x[0]],
        "zero": lambda x: [0, 0],
        "line": lambda x: (v @ x) * v,
        "twice": lambda x: T @ (T @ x),
        "plus": lambda x: T @ x + x,
        "mirror": lambda x: (v @ v) * x - (v @ x) * v,
        "product": lambda x: [x[0] * x[1], a * x[1]],
        "size": lambda x: [abs(x[0]), b * x[1]],
        "shifted": lambda x: T @ x + v,
        "moved": lambda x: T @ (x + v),
        "norm": lambda x: np.linalg.norm(x) * v,
        "max": lambda x: [max(x), a * x[0]],
        "square": lambda x: (v @ x) * x,
    }
    grid = [np.array([s, t]) for s in (-2, 0, 1, 3) for t in (-1, 0, 2)]
    good = set()
    for key in keys:
        f = functions[key]
        e1, e2 = np.array(f(np.array([1, 0]))), np.array(f(np.array([0, 1])))
        if all(np.allclose(f(x), x[0] * e1 + x[1] * e2) for x in grid):
            good.add(key)
    assert linear == good
