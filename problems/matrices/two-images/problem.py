"""A linear transformation of the plane, known by two images: another image, its matrix, a composition, a line.

The two vectors have determinant 1 or -1, so that all coefficients are integers.

Space: 80 pairs of vectors, thousands of matrices with entries up to 5 in size, five transformations S.
"""

from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, UpToScale, linear_combination, nice

META = Meta(
    title="Two images tell all",
    topics=["E8", "E1"],
    difficulty=1,
    minutes=9,
    skills=["compute", "recognise"],
)

KINDS = {
    "left": ("rotation by $90^\\circ$ counterclockwise", [[0, -1], [1, 0]]),
    "right": ("rotation by $90^\\circ$ clockwise", [[0, 1], [-1, 0]]),
    "horizontal": ("reflection in the $x_1$-axis", [[1, 0], [0, -1]]),
    "vertical": ("reflection in the $x_2$-axis", [[-1, 0], [0, 1]]),
    "diagonal": ("reflection in the line $x_1 = x_2$", [[0, 1], [1, 0]]),
}
SMALL = [n for n in range(-3, 4) if n]


def draw(rng):
    def make(r):
        A = [[r.randint(-5, 5) for _ in range(2)] for _ in range(2)]
        a, b = ([r.choice((-2, -1, 1, 2, 3)) for _ in range(2)] for _ in range(2))
        amounts = [r.choice(SMALL) for _ in range(2)]
        d = [r.choice((-3, -2, -1, 1, 2, 3)) for _ in range(2)]
        return A, a, b, amounts, d

    def accept(found):
        (top, bottom), a, b, (s, t), d = found
        if abs(a[0] * b[1] - a[1] * b[0]) != 1 or abs(top[0] * bottom[1] - top[1] * bottom[0]) < 2:
            return False
        entries = [*top, *bottom]
        if entries.count(0) > 1 or len(set(map(abs, entries))) < 3 or top[1] == bottom[0]:
            return False
        w = [s * x + t * y for x, y in zip(a, b, strict=True)]
        images = [[row[0] * v[0] + row[1] * v[1] for row in (top, bottom)] for v in (a, b, w, d)]
        calm = max(abs(e) for image in images for e in image) <= 20 and all(images[0]) and all(images[1])
        return calm and all(w) and max(map(abs, w)) <= 6 and gcd(*d) == 1 and all(images[3]) and spread(a, b, w, d)

    A, a, b, amounts, d = nice.retry(rng, make, accept, "transformation with small images", tries=20000)
    return {
        "A0": sp.Matrix(A),
        "a": sp.Matrix(a),
        "b": sp.Matrix(b),
        "amounts": amounts,
        "d": sp.Matrix(d),
        "kind": rng.choice(sorted(KINDS)),
    }


def spread(*vectors):
    """No two of the vectors of the plane are parallel."""
    return all(u[0] * v[1] != u[1] * v[0] for i, u in enumerate(vectors) for v in vectors[:i])


def show(A0, a, b, amounts, kind):
    return {
        "p": A0 * a,
        "q": A0 * b,
        "w": amounts[0] * a + amounts[1] * b,
        "kind_words": Latex(KINDS[kind][0]),
    }


def solve(A0, a, b, amounts, d, kind):
    X, Y, B = sp.Matrix.hstack(a, b), sp.Matrix.hstack(A0 * a, A0 * b), sp.Matrix(KINDS[kind][1])
    inverse = X.inv()
    Ad = A0 * d
    scale = gcd(*map(int, Ad)) * (1 if Ad[0] > 0 else -1)
    columns = [inverse[:, j] for j in range(2)]
    return {
        "image": Exact(Y * sp.Matrix(amounts)),
        "A": Exact(A0),
        "product": Exact(A0 * B),
        "direction": UpToScale(Ad / scale),
        "w_sum": combination(amounts, [a, b]),
        "image_sum": combination(amounts, [Y[:, 0], Y[:, 1]]),
        "e": [sp.Matrix([1, 0]), sp.Matrix([0, 1])],
        "e_sum": [combination(list(column), [a, b]) for column in columns],
        "column_sum": [combination(list(column), [Y[:, 0], Y[:, 1]]) for column in columns],
        "X": X,
        "Y": Y,
        "X_inverse": inverse,
        "B": B,
        "A_columns": [A0[:, j] for j in range(2)],
        "B_columns": [B[:, j] for j in range(2)],
        "reversed": B * A0,
        "Ad": Ad,
        "scale": scale,
    }


def combination(amounts, vectors):
    return linear_combination(amounts, [Latex(sp.latex(vector, mat_delim="[")) for vector in vectors])


def mistakes(A, B):
    # A itself is none of them: part (b) asks for it.
    return {
        "product": {
            "other order": B * A,
            "S turned the other way": A * B.T,
            "A transposed": A.T * B,
            "added": A + B,
            "other order, turned the other way": B.T * A,
            "wrong sign": -A * B,
        }
    }


def verify(a, b, p, q, w, d, kind, image, A, product, direction):
    # The four entries of the matrix from the four equations of the two images.
    zero = np.zeros(2)
    rows = [np.concatenate(pair) for v in (a, b) for pair in ((v, zero), (zero, v))]
    matrix = np.linalg.solve(np.array(rows), np.concatenate([p, q])).reshape(2, 2)
    assert A.shape == product.shape == (2, 2)
    assert np.allclose(A, matrix)
    assert np.allclose(image, matrix @ w)
    # S in complex numbers, and T after it, for two points.
    move = {
        "left": lambda z: 1j * z,
        "right": lambda z: z / 1j,
        "horizontal": lambda z: z.conjugate(),
        "vertical": lambda z: -z.conjugate(),
        "diagonal": lambda z: complex(z.imag, z.real),
    }[kind]
    for x in ([1, 2], [-3, 5]):
        z = move(complex(*x))
        assert np.allclose(product @ x, matrix @ [z.real, z.imag])
    # The direction from two points of the image.
    step = matrix @ (w + 5 * d) - matrix @ (w - 2 * d)
    assert direction.shape == (2,)
    assert np.any(direction)
    assert np.isclose(step[0] * direction[1], step[1] * direction[0])
