"""A mixture of three vectors: its coefficients, those of a related vector, and which vectors two of them can mix.

Two of the three equations have one unknown less, with coefficient 1 for another, so that one substitution solves them;
the amounts are chosen first.

* part a: the coefficients of t; part b: those of k t minus m times one of the vectors, from the answer to (a);
* part c: which of five vectors are combinations of two of the vectors with coefficients that are not negative. Two to
  three are; the others have a negative coefficient, or are outside of the span in one entry.

Space: 206 triples of amounts, thousands of matrices; the five vectors are drawn for each matrix.
"""

from fractions import Fraction

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Options, linear_combination, nice

META = Meta(
    title="Three blends",
    topics=["C1"],
    difficulty=1,
    minutes=9,
    skills=["compute", "describe-set", "recognise"],
)

KEYS = ("both", "single", "back", "off", "extra")
SUBSTANCES = ("nitrogen", "phosphate", "potash")
LETTERS = (r"\vec p", r"\vec q", r"\vec r")
UNKNOWNS = ("x_1", "x_2", "x_3")


def draw(rng):
    x = nice.retry(rng, lambda r: [r.randint(2, 7) for _ in range(3)], lambda v: len(set(v)) > 1, "amounts")
    k, kind = rng.choice((2, 3)), rng.choice([j for j in range(3) if x[j] > 2])
    m = rng.choice([n for n in range(2, 10) if k * x[kind] - n > 1 and n != k])
    A, pair, vectors = nice.retry(rng, _blends, bool, "three blends and five vectors")
    return {"A": A, "t": A * sp.Matrix(x), "k": k, "m": m, "kind": kind, "pair": pair, "vectors": vectors}


def _blends(rng):
    A = _matrix(rng)
    found = A is not None and _candidates(rng, A)
    return (A, *found) if found else None


def _matrix(rng):
    """Rows x_1 + a x_3, x_2 + b x_3 and c x_1 + d x_2 + e x_3, in any order of rows and columns."""
    a, b, c, d, e = (rng.randint(1, 4) for _ in range(5))
    if abs(e - a * c - b * d) < 2 or len({(1, 0, c), (0, 1, d), (a, b, e)}) < 3 or a == b:
        return None
    A = sp.Matrix([[1, 0, a], [0, 1, b], [c, d, e]])
    rows, columns = rng.sample(range(3), 3), rng.sample(range(3), 3)
    return A.extract(rows, columns)


def _zeros(A):
    """The places of the two zeros."""
    return [(i, j) for i in range(3) for j in range(3) if A[i, j] == 0]


def _candidates(rng, A):
    """Two of the columns, one of them without a zero, and five vectors near their span."""
    full = next(j for j in range(3) if 0 not in list(A[:, j]))
    pair = sorted((full, rng.choice([j for j in range(3) if j != full])))
    u, w = ([int(entry) for entry in A[:, j]] for j in (full, sum(pair) - full))

    def mix(a, b):
        return [a * s + b * t for s, t in zip(u, w, strict=True)]

    def both():
        return mix(rng.randint(1, 3), rng.randint(1, 3))

    def off():
        near, place = both(), rng.randrange(3)
        return [entry + rng.choice((-2, -1, 1, 2)) * (i == place) for i, entry in enumerate(near)]

    makers = {
        "both": both,
        "half": lambda: mix(Fraction(rng.choice((1, 3)), 2), Fraction(rng.choice((1, 3)), 2)),
        "single": lambda: mix(*rng.choice(((2, 0), (3, 0), (Fraction(1, 2), 0), (0, 2), (0, 3), (0, Fraction(1, 2))))),
        "back": lambda: mix(rng.randint(1, 3), -rng.randint(1, 3)),
        "off": off,
    }
    single, extra = rng.choice(("single", "half")), rng.choice(("both", "back", "off"))
    taken, found = [u, w], {}
    for key in KEYS:
        maker = makers[{"single": single, "extra": extra}.get(key, key)]
        fine = (v for v in (maker() for _ in range(20)) if any(v) and v not in taken)
        vector = next((v for v in fine if all(0 <= entry <= 14 and entry == int(entry) for entry in v)), None)
        if vector is None:
            return None
        taken.append(vector)
        found[key] = sp.Matrix([int(entry) for entry in vector])
    kinds = [_judge(A, pair, vector)["kind"] for vector in found.values()]
    return (pair, found) if kinds.count("off") in (1, 2) and "back" in kinds else None


def _judge(A, pair, vector):
    """How a vector lies to the span of two columns: in it or not, with which coefficients from which two rows."""
    u, w = A[:, pair[0]], A[:, pair[1]]
    for i, j in ((0, 1), (0, 2), (1, 2)):
        minor = u[i] * w[j] - u[j] * w[i]
        if minor == 0:
            continue
        a = sp.Rational(vector[i] * w[j] - vector[j] * w[i], minor)
        b = sp.Rational(u[i] * vector[j] - u[j] * vector[i], minor)
        third = 3 - i - j
        value = a * u[third] + b * w[third]
        kind = "off" if value != vector[third] else "in" if min(a, b) >= 0 else "back"
        two = f"{SUBSTANCES[i]} and {SUBSTANCES[j]}"
        return {"v": vector, "kind": kind, "a": a, "b": b, "two": two, "third": value}
    return None


def show(A, k, m, kind, pair):
    return {
        "blends": [A[:, j] for j in range(3)],
        "order": linear_combination([k, -m], [r"\vec t", LETTERS[kind]]),
        "kinds": [Latex(f"{'PQR'[j]}") for j in pair],
    }


def solve(A, t, k, m, kind, pair, vectors):
    x = A.LUsolve(t)
    y = [k * entry - (m if j == kind else 0) for j, entry in enumerate(x)]
    (i1, z1), (i2, z2) = _zeros(A)
    i3, shared = 3 - i1 - i2, 3 - z1 - z2
    judged = [_judge(A, pair, vectors[key]) for key in KEYS]
    name = UNKNOWNS[shared]
    first = linear_combination([t[i1], -A[i1, shared]], ["", name])
    second = linear_combination([t[i2], -A[i2, shared]], ["", name])
    terms = {z2: Latex(f"({first})"), z1: Latex(f"({second})"), shared: name}
    return {
        "x": Exact(list(x)),
        "y": Exact(y),
        "mixed": Options(*(key for key, found in zip(KEYS, judged, strict=True) if found["kind"] == "in")),
        "first": Latex(f"{UNKNOWNS[z2]} = {first}"),
        "second": Latex(f"{UNKNOWNS[z1]} = {second}"),
        "inserted": linear_combination([A[i3, j] for j in range(3)], [terms[j] for j in range(3)]),
        "rest": t[i3],
        "factor": A[i3, shared] - A[i3, z2] * A[i1, shared] - A[i3, z1] * A[i2, shared],
        "right": t[i3] - A[i3, z2] * t[i1] - A[i3, z1] * t[i2],
        "unknown": Latex(name),
        "value": x[shared],
        "filled": linear_combination(list(x), LETTERS),
        "letter": Latex(LETTERS[kind]),
        "result": linear_combination(y, LETTERS),
        "mixture": linear_combination([1, 1], [rf"a\,{LETTERS[pair[0]]}", rf"b\,{LETTERS[pair[1]]}"]),
        "judged": judged,
    }


def verify(A, t, k, m, kind, pair, vectors, x, y, mixed):
    assert abs(np.linalg.det(A)) > 0.5  # so that no other coefficients do
    assert x.shape == y.shape == (3,)
    assert np.array_equal(A @ x, t)
    assert np.array_equal(A @ y, k * t - m * A[:, kind])
    two = A[:, pair].astype(float)
    held = set()
    for key, vector in vectors.items():
        amounts = np.linalg.lstsq(two, vector.astype(float), rcond=None)[0]
        if np.allclose(two @ amounts, vector) and amounts.min() > -1e-9:
            held.add(key)
    assert held == set(mixed)
