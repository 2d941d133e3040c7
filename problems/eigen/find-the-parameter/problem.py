"""One unknown entry of a 2 x 2 matrix, from its determinant, an eigenvalue, an eigenvector, or a double eigenvalue.

The entries a, d on the diagonal differ by an even number, and c is the known entry beside them, so that all pairs of
integer eigenvalues with the sum a + d and fitting k can be listed. The numbers k of parts (a) and (b) are integers up
to 24 in size, that of part (c) may have the denominator c; all five are different, and none is zero. There are 512
matrices with an unknown entry and 12,060 settings of all questions.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Meta, linear_combination, nice

META = Meta(
    title="Find the parameter",
    topics=["H1", "E7"],
    difficulty=2,
    minutes=9,
    skills=["solve-for-parameter", "compute"],
)

LARGEST = 24


@lru_cache(maxsize=1)
def settings():
    """The entries a, d on the diagonal and c beside it, with the lists of what the questions may ask for."""
    found = []
    for a, d, c in product(range(-6, 9), range(-6, 9), range(-4, 5)):
        if 0 not in (a, d, c) and (a - d) % 2 == 0 and abs(a) != abs(d) and _small(sp.Rational(a * d, c)):
            questions = [pool(a, d, c) for pool in (matches, directions, spectra)]
            if all(questions):
                found.append((a, d, c, *questions))
    return found


def draw(rng):
    def make(r):
        a, d, c, *questions = r.choice(settings())
        return (a, d, c, *map(r.choice, questions))

    def accept(found):
        a, d, c, (value, matched), (_, stretch, aligned), (spectrum, chosen) = found
        numbers = {sp.Rational(a * d, c), sp.Rational(-((a - d) ** 2), 4 * c), matched, aligned, chosen}
        return len(numbers) == 5 and stretch != value and value not in spectrum

    a, d, c, (value, _), (x, _, _), (_, chosen) = nice.retry(rng, make, accept, "matrix with integer parameters")
    if rng.random() < 0.5:  # both coordinates change places
        return {"fixed": sp.Matrix([[d, c], [0, a]]), "place": 1, "value": value, "x": [*reversed(x)], "chosen": chosen}
    return {"fixed": sp.Matrix([[a, 0], [c, d]]), "place": 0, "value": value, "x": [*x], "chosen": chosen}


def matches(a, d, c):
    """Eigenvalues with the number k that they ask for."""
    pairs = [(t, sp.Rational((a - t) * (d - t), c)) for t in range(-6, 8) if t not in (0, a + d)]
    return [(t, k) for t, k in pairs if _small(k)]


def directions(a, d, c):
    """Eigenvectors with their eigenvalue and the number k that they ask for."""
    entries = (-3, -2, -1, 1, 2, 3, 4)
    found = []
    for x in product(entries, entries):
        stretch = d + sp.Rational(c * x[0], x[1])
        k = (stretch - a) * x[0] / x[1]
        shown = sp.igcd(*x) == 1 and abs(x[0]) != abs(x[1]) and max(x) > 0
        if shown and stretch.is_Integer and 0 < abs(stretch) <= 12 and _small(k):
            found.append((x, stretch, k))
    return found


def spectra(a, d, c):
    """Pairs of eigenvalues, none of them on the diagonal, with the number k that they ask for."""
    pairs = [((a + d) // 2 - r, (a + d) // 2 + r) for r in range(1, 9)]
    found = [(pair, sp.Rational(a * d - pair[0] * pair[1], c)) for pair in pairs]
    return [
        (pair, k)
        for pair, k in found
        if _small(k) and 0 not in pair and max(map(abs, pair)) <= 9 and pair[0] != -pair[1]
    ]


def _small(k):
    return k.is_Integer and 0 < abs(k) <= LARGEST


def with_entry(fixed, place, entry):
    """The matrix with ``entry`` beside the diagonal in row ``place`` (from 0)."""
    A = sp.Matrix(fixed)
    A[place, 1 - place] = entry
    return A


def show(fixed, place, x):
    return {"A": with_entry(fixed, place, sp.Symbol("k")), "vector": sp.Matrix(x)}


def solve(fixed, place, value, x, chosen):
    k, lam = sp.symbols("k lambda")
    a, d, c = fixed[0, 0], fixed[1, 1], fixed[1 - place, place]
    h = (a - d) / 2
    A = with_entry(fixed, place, k)
    image = fixed * sp.Matrix(x)  # right in the row without k
    stretch = image[1 - place] / x[1 - place]
    bound = (stretch - fixed[place, place]) * x[place] / x[1 - place]
    B = with_entry(fixed, place, chosen)
    low, high = sorted(B.eigenvals())
    return {
        "singular": Exact(a * d / c),
        "matched": Exact((a - value) * (d - value) / c),
        "aligned": Exact(bound),
        "low": Exact(low),
        "high": Exact(high),
        "double": Exact(-(h**2) / c),
        "determinant": linear_combination([a * d, -c], ["", "k"]),
        "shifted": A - value * sp.eye(2),
        "first": a - value,
        "second": d - value,
        "shifted_determinant": linear_combination([(a - value) * (d - value), -c], ["", "k"]),
        "other": a + d - value,
        "image": [linear_combination(A.row(i), [_factor(x[0]), _factor(x[1])]) for i in range(2)],
        "known": image[1 - place],
        "open": linear_combination([fixed[place, place] * x[place], x[1 - place]], ["", "k"]),
        "stretch": stretch,
        "free_row": 2 - place,
        "k_row": place + 1,
        "x_free": x[1 - place],
        "x_k": x[place],
        "charpoly": B.charpoly(lam).as_expr(),
        "below": lam - low,
        "above": lam - high,
        "trace": a + d,
        "chosen_determinant": B.det(),
        "square": (a + d) ** 2,
        "four": linear_combination([4 * a * d, -4 * c], ["", "k"]),
        "discriminant": linear_combination([(a - d) ** 2, 4 * c], ["", "k"]),
        "only": (a + d) / 2,
        "c": c,
        "a": a,
        "d": d,
    }


def _factor(number):
    return f"({number})" if number < 0 else f"{number}"


def mistakes(a, d, c, double):
    h, m = (a - d) / 2, (a + d) / 2
    return {
        "double": {
            "sign of the product beside the diagonal": h**2 / c,
            "determinant zero instead": a * d / c,
            "factor 4 forgotten": -4 * h**2 / c,
            "product of the diagonal left out of the determinant": -(m**2) / c,
            "symmetric matrix": c,
            "triangular matrix": sp.Integer(0),
        }
    }


def verify(fixed, place, value, x, chosen, singular, matched, aligned, low, high, double):
    def filled(entry):
        A = np.array(fixed, dtype=float)
        A[place, 1 - place] = entry
        return A

    numbers = range(-80, 81)
    # Each condition holds for one number k; all integers are tried.
    assert [singular] == [k for k in numbers if np.linalg.matrix_rank(filled(k)) < 2]
    assert [matched] == [k for k in numbers if np.min(np.abs(np.linalg.eigvals(filled(k)) - value)) < 1e-6]
    v = np.array(x)
    assert [aligned] == [k for k in numbers if np.linalg.matrix_rank(np.column_stack([v, filled(k) @ v])) < 2]
    B = filled(chosen)
    assert [low, high] == [t for t in numbers if np.linalg.matrix_rank(B - t * np.eye(2)) < 2]

    # A - (half the trace) I squares to zero when there is only one eigenvalue; all k = t/12 up to 80, in whole numbers.
    roots = []
    for t in range(-960, 961):
        twelvefold = np.array(12 * fixed, dtype=int)
        twelvefold[place, 1 - place] = t
        N = 2 * twelvefold - np.trace(twelvefold) * np.eye(2, dtype=int)
        if not (N @ N).any():
            roots.append(t)
    assert len(roots) == 1
    assert abs(12 * double - roots[0]) < 1e-9
