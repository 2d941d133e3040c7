"""A transformation of the plane in three steps: an image, its matrix, the matrix that undoes it, a line before it.

A shear, a rotation or reflection, and another shear, so that the matrix and its inverse have integer entries.

Space: about 200 matrices with entries up to 7 in size, each with hundreds of points w and of directions d.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, UpToScale, linear_combination, nice

META = Meta(
    title="Three steps",
    topics=["E8", "E6"],
    difficulty=1,
    minutes=9,
    skills=["compute", "recognise"],
)

KINDS = {
    "left": ("the rotation by $90^\\circ$ counterclockwise", [[0, -1], [1, 0]]),
    "right": ("the rotation by $90^\\circ$ clockwise", [[0, 1], [-1, 0]]),
    "horizontal": ("the reflection in the $x_1$-axis", [[1, 0], [0, -1]]),
    "vertical": ("the reflection in the $x_2$-axis", [[-1, 0], [0, 1]]),
    "diagonal": ("the reflection in the line $x_1 = x_2$", [[0, 1], [1, 0]]),
}
AMOUNTS = (-3, -2, -1, 1, 2, 3)
SMALL = (-4, -3, -2, -1, 1, 2, 3, 4)


def draw(rng):
    def make(r):
        shears = [{"changes": r.choice((0, 1)), "amount": r.choice(AMOUNTS)} for _ in range(2)]
        w, c = ([r.choice(SMALL) for _ in range(2)] for _ in range(2))
        return shears, r.choice(sorted(KINDS)), w, c

    def accept(found):
        shears, kind, w, c = found
        A = sp.prod(reversed(matrices(shears, kind)))
        sizes = [abs(entry) for entry in A]
        if 0 in sizes or max(sizes) > 7 or len(set(sizes)) < 3 or A[0, 1] == A[1, 0] or A**2 in (sp.eye(2), -sp.eye(2)):
            return False
        image, d = A * sp.Matrix(w), A * sp.Matrix(c)
        return (
            gcd(*c) == 1
            and w[0] * c[1] != w[1] * c[0]
            and all(image)
            and max(map(abs, image)) <= 20
            and all(d)
            and max(map(abs, d)) <= 12
        )

    shears, kind, w, c = nice.retry(rng, make, accept, "transformation with small images", tries=20000)
    return {
        "shears": shears,
        "kind": kind,
        "w": sp.Matrix(w),
        "d": sp.prod(reversed(matrices(shears, kind))) * sp.Matrix(c),
    }


def matrices(shears, kind):
    """The matrices of the three steps."""
    first, last = (shear_matrix(shear) for shear in shears)
    return [first, sp.Matrix(KINDS[kind][1]), last]


def shear_matrix(shear):
    M = sp.eye(2)
    M[shear["changes"], 1 - shear["changes"]] = shear["amount"]
    return M


def show(shears, kind):
    def words(shear):
        changed, other = shear["changes"], 1 - shear["changes"]
        entries = ["x_1", "x_2"]
        entries[changed] = linear_combination([1, shear["amount"]], [entries[changed], entries[other]])
        return Latex(rf"the shear $(x_1, x_2) \mapsto ({entries[0]},\; {entries[1]})$")

    return {"steps": [words(shears[0]), Latex(KINDS[kind][0]), words(shears[1])]}


def solve(shears, kind, w, d):
    first, middle, last = stages = matrices(shears, kind)
    A = last * middle * first
    inverse = A.inv()

    def path(x):
        points = [x]
        for M in stages:
            points.append(M * points[-1])
        return points

    return {
        "image": Exact(A * w),
        "A": Exact(A),
        "undo": Exact(inverse),
        "direction": UpToScale(inverse * d),
        "path_w": path(w),
        "paths": [path(sp.Matrix(e)) for e in ([1, 0], [0, 1])],
        "stages": stages,
        "inverses": [M.inv() for M in stages],
        "adjugate": A.adjugate(),
        "det": A.det(),
    }


def mistakes(A, stages, inverses):
    (a, b), (c, d) = A.tolist()
    return {
        "undo": {
            "undone in the order of the steps": inverses[2] * inverses[1] * inverses[0],
            "steps in the opposite order": stages[0] * stages[1] * stages[2],
            "wrong sign": -A.inv(),
            "transposed": A.T,
            "diagonal swapped alone": sp.Matrix([[d, b], [c, a]]),
            "signs changed alone": sp.Matrix([[a, -b], [-c, d]]),
        }
    }


def verify(shears, kind, w, d, image, A, undo, direction):
    # The three steps with points, the one in the middle in complex numbers.
    turn = {
        "left": lambda z: 1j * z,
        "right": lambda z: z / 1j,
        "horizontal": lambda z: z.conjugate(),
        "vertical": lambda z: -z.conjugate(),
        "diagonal": lambda z: complex(z.imag, z.real),
    }[kind]

    def slide(x, shear):
        changed = shear["changes"]
        x[changed] += shear["amount"] * x[1 - changed]

    def moved(x):
        x = [float(entry) for entry in x]
        slide(x, shears[0])
        z = turn(complex(*x))
        x = [z.real, z.imag]
        slide(x, shears[1])
        return np.array(x)

    assert np.allclose(image, moved(w))
    assert A.shape == undo.shape == (2, 2)
    for x in ([1, 0], [0, 1], [-3, 5]):
        assert np.allclose(A @ x, moved(x))
        assert np.allclose(undo @ moved(x), x)
    assert direction.shape == (2,)
    assert np.any(direction)
    step = moved(w + 3 * direction) - moved(w - direction)
    assert np.isclose(step[0] * d[1], step[1] * d[0])
