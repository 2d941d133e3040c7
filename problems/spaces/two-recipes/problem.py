"""Two representations of a vector by three unknown ones: a relation, a third representation, what follows for the span.

The coefficients in both representations are integers whose difference has coprime entries; one entry of the difference
is 0 in some draws, which changes what must hold. That b is not zero is known in some draws; then the span
is not zero.

Space: thousands of pairs of representations, hundreds of relations up to scale and of choices of statements.
"""

from functools import lru_cache
from itertools import product
from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Latex,
    Meta,
    Must,
    Never,
    Sometimes,
    UpToScale,
    Where,
    linear_combination,
    nice,
    samplers,
)

META = Meta(
    title="Two recipes",
    topics=["D1", "D2"],
    difficulty=2,
    minutes=9,
    skills=["derive", "construct-witness", "classify-statement"],
)

NAMES = ["v_1", "v_2", "v_3"]
KEYS = ("in1", "in2", "in3", "pair12", "pair13", "pair23", "b12", "b23", "free", "plane", "same")


def draw(rng):
    with_zero = rng.random() < 0.45

    def make(r):
        return [[r.choice((-4, -3, -2, -1, 1, 2, 3, 4, 5)) for _ in range(3)] for _ in range(2)]

    def accept(pair):
        first, second = pair
        r = [s - t for s, t in zip(first, second, strict=True)]
        return (
            (r.count(0) == 1) == with_zero
            and r.count(0) <= 1
            and gcd(*r) == 1
            and _crossed(first, r)
            and 2 <= max(map(abs, r)) <= 6
        )

    first, second = nice.retry(rng, make, accept, "two representations")
    r = [s - t for s, t in zip(first, second, strict=True)]
    right = [key for key in KEYS if holds(key, r)]
    wrong = [key for key in KEYS if not holds(key, r)]
    count = rng.choice((2, 2, 3))
    keys = sorted(rng.sample(right, min(count, len(right))) + rng.sample(wrong, 5 - min(count, len(right))))
    return {"first0": first, "second0": second, "n": rng.randint(3, 6), "keys": keys, "nonzero": rng.random() < 0.6}


def _crossed(u, v):
    """Whether two vectors of R^3 are independent."""
    return any(u[i] * v[j] != u[j] * v[i] for i, j in ((0, 1), (0, 2), (1, 2)))


def holds(key, r):
    """Whether a statement follows from the relation alone; that b is not zero does not help."""
    if key.startswith("in"):
        return r[int(key[2]) - 1] != 0
    if key.startswith("b"):  # the vector that is not named can be solved for
        return r[6 - int(key[1]) - int(key[2]) - 1] != 0
    if key == "same":  # span{v1, v2} = span{v2, v3}
        return r[0] != 0 and r[2] != 0
    return False


def never(key, r):
    """Whether a statement contradicts the relation."""
    return key.startswith("pair") and r[5 - int(key[4]) - int(key[5])] == 0


WORDS = {
    "in1": r"$v_1$ lies in $\Span\{v_2, v_3\}$.",
    "in2": r"$v_2$ lies in $\Span\{v_1, v_3\}$.",
    "in3": r"$v_3$ lies in $\Span\{v_1, v_2\}$.",
    "pair12": r"$v_1$, $v_2$ are linearly independent.",
    "pair13": r"$v_1$, $v_3$ are linearly independent.",
    "pair23": r"$v_2$, $v_3$ are linearly independent.",
    "b12": r"$b$ lies in $\Span\{v_1, v_2\}$.",
    "b23": r"$b$ lies in $\Span\{v_2, v_3\}$.",
    "free": r"None of $v_1, v_2, v_3$ is $0$.",
    "plane": r"$\Span\{v_1, v_2, v_3\}$ has dimension $2$.",
    "same": r"$\Span\{v_1, v_2\} = \Span\{v_2, v_3\}$.",
}


def show(first0, second0, keys):
    return {
        "first": linear_combination(first0, NAMES),
        "second": linear_combination(second0, NAMES),
        "options": [{"key": key, "words": Latex(WORDS[key])} for key in keys],
    }


def solve(first0, second0, keys, nonzero):
    first, second = sp.Matrix(first0), sp.Matrix(second0)
    r = first - second
    r = r if next(entry for entry in r if entry) > 0 else -r
    step = 1 if first + r != second else -1
    x = first + step * r
    zero = next((i + 1 for i in range(3) if r[i] == 0), 0)

    def third(x):
        x = sp.Matrix(x)
        return x.shape == (3, 1) and not any((x - first).cross(r)) and x not in (first, second)

    low_case, high_case = examples(list(r), first0, nonzero)
    return {
        "r": UpToScale(r),
        "x": Where(r"$s$ times the first $+$ $(1 - s)$ times the second", x, third),
        "low": Exact(1 if nonzero else 0),
        "high": Exact(2),
        "relation": linear_combination(list(r), NAMES),
        "step": step,
        "third": linear_combination(list(x), NAMES),
        "zero": zero,
        "example_low": low_case,
        "example_high": high_case,
        "reasons": [
            {"words": Latex(WORDS[key]), "must": holds(key, r), "why": Latex(reason(key, list(r), first0))}
            for key in keys
        ],
    }


# Those without zeros first, among these the small ones.
LATTICE = sorted(product(range(-6, 7), repeat=3), key=lambda a: (0 in a, sum(map(abs, a)), [-entry for entry in a]))


def multiples(r, first, zero=False):
    """Numbers a with r . a = 0 and first . a != 0, as small as possible, with a zero among them if asked."""
    return next(a for a in LATTICE if dot(r, a) == 0 and dot(first, a) != 0 and (0 in a or not zero))


def dot(u, v):
    return sum(s * t for s, t in zip(u, v, strict=True))


def examples(r, first, nonzero):
    """Words for three vectors whose span is as small as possible, and for three whose span has dimension 2."""
    line = multiples(r, first)
    low = ", ".join(f"v_{i + 1} = {linear_combination([a], ['e_1'])}" for i, a in enumerate(line))
    low = f"${low}$ have dimension $1$" if nonzero else "$v_1 = v_2 = v_3 = 0$ have dimension $0$"
    p = min((i for i in range(3) if r[i]), key=lambda i: abs(r[i]))
    others = [i for i in range(3) if i != p]
    amounts = {i: [r[p] if k == i else 0 for k in others] for i in others}
    amounts[p] = [-r[k] for k in others]
    high = ", ".join(f"v_{i + 1} = {linear_combination(amounts[i], ['e_1', 'e_2'])}" for i in range(3))
    return Latex(low), Latex(f"${high}$ have dimension $2$")


def reason(key, r, first):
    """Why a statement must or need not hold."""
    if never(key, r):
        return f"the relation even makes $v_{key[4]}$ and $v_{key[5]}$ linearly dependent"
    if key.startswith("pair"):
        return "all three vectors may be multiples of one vector, as in the second example of (c)"
    if key == "plane":
        return "the dimension may be smaller, as in the second example of (c)"
    if key == "free":
        a = multiples(r, first, zero=True)
        words = ", ".join(f"$v_{i + 1} = {linear_combination([x], ['e_1']) if x else 0}$" for i, x in enumerate(a))
        return f"it fails for {words}"
    if key == "same":
        if r[0] and r[2]:
            return "the relation gives $v_1$ as a combination of $v_2$, $v_3$, and $v_3$ as one of $v_1$, $v_2$"
        lone, mate = (1, 3) if r[0] == 0 else (3, 1)
        return f"$v_2$ and $v_{mate}$ are multiples of each other, but $v_{lone}$ may be no combination of them"
    k = int(key[2]) - 1 if key.startswith("in") else 5 - int(key[1]) - int(key[2])
    if r[k]:
        solved = linear_combination([sp.Rational(-x, r[k]) if i != k else 0 for i, x in enumerate(r)], NAMES)
        tail = "" if key.startswith("in") else ", so it can be replaced in $b$"
        return f"$v_{k + 1} = {solved}${tail}"
    if key.startswith("in"):
        return f"$v_{k + 1}$ does not occur in the relation, as in the first example of (c)"
    return f"$v_{k + 1}$ occurs in $b$ and cannot be replaced, as in the first example of (c)"


def verify(first0, second0, nonzero, r, x, low, high):
    # All triples of small vectors of the plane for which both representations give the same b.
    first, second = np.array(first0), np.array(second0)
    lines = np.array(list(product(range(-6, 7), repeat=3)))
    lines = lines[(lines @ first == lines @ second)]  # one coordinate of v1, v2, v3 each
    lines = lines[np.argsort(np.abs(lines).sum(axis=1), kind="stable")][:25]
    i, j = np.meshgrid(np.arange(len(lines)), np.arange(len(lines)))
    triples = np.stack([lines[i.ravel()], lines[j.ravel()]], axis=1)
    if nonzero:
        triples = triples[(triples @ first != 0).any(axis=1)]
    ranks = np.linalg.matrix_rank(triples)
    assert (ranks.min(), ranks.max()) == (low, high)  # more coordinates fulfil the same relation and give no more
    assert r.shape == x.shape == (3,)
    assert np.any(r)
    assert not np.any(triples @ r)
    assert np.allclose(triples @ x, triples @ first)
    assert np.any(x != first)
    assert np.any(x != second)


DRAWN = {n: samplers.vectors(n, 3, names="v1 v2 v3") for n in range(3, 7)}


@lru_cache
def _cases(r, first, nonzero, n):
    """Vectors with this relation: two are free, and the third one is solved for."""
    p = next(i for i in range(3) if r[i])

    def new(i):
        def value(v1, v2, v3):
            old = (v1, v2, v3)
            return r[p] * old[i] if i != p else -sum(r[k] * old[k] for k in range(3) if k != p)

        return value

    made = DRAWN[n].into(v1=new(0), v2=new(1), v3=new(2))
    return made.where(lambda v1, v2, v3: not nonzero or (first[0] * v1 + first[1] * v2 + first[2] * v3).any())


def _rank(*vectors):
    return np.linalg.matrix_rank(np.array(vectors))


def _statements(first):
    def b(v1, v2, v3):
        return first[0] * v1 + first[1] * v2 + first[2] * v3

    return {
        "in1": lambda v1, v2, v3: _rank(v1, v2, v3) == _rank(v2, v3),
        "in2": lambda v1, v2, v3: _rank(v1, v2, v3) == _rank(v1, v3),
        "in3": lambda v1, v2, v3: _rank(v1, v2, v3) == _rank(v1, v2),
        "pair12": lambda v1, v2: _rank(v1, v2) == 2,
        "pair13": lambda v1, v3: _rank(v1, v3) == 2,
        "pair23": lambda v2, v3: _rank(v2, v3) == 2,
        "b12": lambda v1, v2, v3: _rank(v1, v2, b(v1, v2, v3)) == _rank(v1, v2),
        "b23": lambda v1, v2, v3: _rank(v2, v3, b(v1, v2, v3)) == _rank(v2, v3),
        "free": lambda v1, v2, v3: bool(v1.any() and v2.any() and v3.any()),
        "plane": lambda v1, v2, v3: _rank(v1, v2, v3) == 2,
        "same": lambda v1, v2, v3: _rank(v1, v2) == _rank(v2, v3) == _rank(v1, v2, v3),
    }


def claims(first0, second0, keys, nonzero, n):
    r = tuple(s - t for s, t in zip(first0, second0, strict=True))
    cases, statements = _cases(r, tuple(first0), nonzero, n), _statements(first0)
    kind = {key: Always if holds(key, r) else Never if never(key, r) else Sometimes for key in keys}
    return {"must": Must({key: kind[key](statements[key], cases) for key in keys})}
