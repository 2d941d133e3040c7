"""Two known combinations of three unknown vectors: one without v_k, a third combination, what follows for spans.

The combinations p and q are known to be independent, so the span of the three vectors has dimension 2 or 3, and that of
two of them dimension 1 or 2. In two of five draws one coefficient is 0; in one of five the coefficients of two vectors
have the same ratio in p and in q. Both change what must hold.

Space: thousands of pairs of combinations, 20 answers in part (a) up to scale and 28 in part (b), four spans in part
(c), hundreds of choices of statements.
"""

from functools import lru_cache
from itertools import combinations_with_replacement, product
from math import gcd

import numpy as np
import sympy as sp

from m4ml_exams.authoring import (
    Always,
    Exact,
    Expression,
    Latex,
    Meta,
    Must,
    Never,
    Sometimes,
    UpToScale,
    linear_combination,
    nice,
    samplers,
    system,
)

META = Meta(
    title="Two funds",
    topics=["D1", "D2"],
    difficulty=2,
    minutes=9,
    skills=["derive", "compute", "classify-statement"],
)

NAMES = ["v_1", "v_2", "v_3"]
OTHERS = [(1, 2), (0, 2), (0, 1)]


def draw(rng):
    special = rng.choice((None, None, "zero", "zero", "ratio"))

    def make(r):
        p, q = ([r.choice((-4, -3, -2, -1, 1, 2, 3, 4)) for _ in range(3)] for _ in range(2))
        if special == "zero":
            r.choice((p, q))[r.randrange(3)] = 0
        if special == "ratio":
            j, k = r.choice(OTHERS)
            pair, (s, t) = nice.distinct(r, [-3, -2, -1, 1, 2, 3], 2), nice.distinct(r, [-2, -1, 1, 2], 2)
            p[j], p[k], q[j], q[k] = s * pair[0], s * pair[1], t * pair[0], t * pair[1]
        return p, q, [r.choice((-3, -2, -1, 1, 2, 3)) for _ in range(2)], r.randrange(3)

    def accept(found):
        p, q, amounts, k = found
        third = mix(amounts, p, q)
        clear = p[k] and q[k] and abs(p[k]) != abs(q[k])
        small = all(third) and max(map(abs, third)) <= 12 and gcd(*third) == 1
        return clear and small and gcd(*p) == gcd(*q) == 1 and any(minor(p, q, i) for i in range(3))

    p, q, amounts, k = nice.retry(rng, make, accept, "two combinations", tries=5000)
    asked = rng.choice(("all", "all", "without 1", "without 2", "without 3"))
    keys = statements(rng, p, q)
    return {
        "p0": p,
        "q0": q,
        "r0": mix(amounts, p, q),
        "k": k + 1,
        "n": rng.randint(4, 7),
        "asked": asked,
        "keys": keys,
    }


def statements(rng, p, q):
    """Five keys of WORDS, no two of a kind; if a coefficient is 0, or a ratio the same, one of them is about this."""
    traps = [key for key in WORDS if key[0] in "pq" and key[1:].isdigit() and not holds(key, p, q)]
    traps += [f"{kind}{i + 1}" for i in range(3) if minor(p, q, i) == 0 for kind in ("in", "both")]
    trap = rng.choice(traps) if traps else ""
    kinds = {}
    for key in rng.sample(list(WORDS), len(WORDS)):
        kinds[key.rstrip("123")] = key
    if trap:
        kinds[trap.rstrip("123")] = trap
    right = sorted(key for key in kinds.values() if holds(key, p, q))
    wrong = sorted(key for key in kinds.values() if not holds(key, p, q))
    count = rng.choice((1, 2, 2, 3, 3))

    def accept(keys):
        return (not trap or trap in keys) and sum(key in FIXED for key in keys) <= 2

    def make(r):
        return sorted(r.sample(right, count) + r.sample(wrong, 5 - count))

    return nice.retry(rng, make, accept, "statements about the coefficients")


def mix(amounts, p, q):
    return [amounts[0] * x + amounts[1] * y for x, y in zip(p, q, strict=True)]


def minor(p, q, i):
    """The determinant of the coefficients of the two vectors other than number i."""
    j, k = OTHERS[i]
    return p[j] * q[k] - p[k] * q[j]


# What always or never holds, whatever the coefficients are.
FIXED = ("sum", "turned", "two", "mixed", "three", "line")
SPAN = r"\Span\{v_1, v_2, v_3\}"


def _others(i):
    return ", ".join(NAMES[j] for j in OTHERS[i])


WORDS = {
    **{f"p{i + 1}": rf"$\Span\{{p, {_others(i)}\}} = {SPAN}$." for i in range(3)},
    **{f"q{i + 1}": rf"$\Span\{{q, {_others(i)}\}} = {SPAN}$." for i in range(3)},
    **{f"both{i + 1}": rf"$\Span\{{p, q, v_{i + 1}\}} = {SPAN}$." for i in range(3)},
    **{f"in{i + 1}": rf"$v_{i + 1}$ lies in $\Span\{{p, q\}}$." for i in range(3)},
    **{f"pair{i + 1}": rf"${_others(i)}$ are linearly independent." for i in range(3)},
    "all": r"$v_1, v_2, v_3$ are linearly independent.",
    "free": r"None of $v_1, v_2, v_3$ is $0$.",
    "sum": r"$p + q \ne 0$.",
    "turned": r"$\Span\{p + q,\ p - q\} = \Span\{p, q\}$.",
    "two": r"At least two of $v_1, v_2, v_3$ are not $0$.",
    "mixed": r"$p$, $r$ are linearly independent.",
    "three": r"$p$, $q$, $r$ are linearly independent.",
    "line": r"$v_1, v_2, v_3$ are multiples of one vector.",
}


def holds(key, p, q):
    """Whether a statement follows from the independence of p and q."""
    if key in ("sum", "turned", "two", "mixed"):
        return True
    kind = key.rstrip("123")
    if kind in ("p", "q", "both", "in"):
        i = int(key[-1]) - 1
        return {"p": p[i] != 0, "q": q[i] != 0, "both": minor(p, q, i) != 0, "in": minor(p, q, i) == 0}[kind]
    return False


def show(p0, q0, r0, asked, keys):
    return {
        "p_sum": linear_combination(p0, NAMES),
        "q_sum": linear_combination(q0, NAMES),
        "r_sum": linear_combination(r0, NAMES),
        "span": Latex(asked_names(asked)),
        "options": [{"key": key, "words": Latex(WORDS[key])} for key in keys],
    }


def asked_names(asked):
    return "v_1, v_2, v_3" if asked == "all" else _others(int(asked[-1]) - 1)


def solve(p0, q0, r0, k, asked, keys):
    p, q = sp.symbols("p q")
    s = sp.Matrix([q0[k - 1], -p0[k - 1]]) / gcd(p0[k - 1], q0[k - 1])
    s = s if s[0] > 0 else -s
    unused = next(i for i in (2, 1, 0) if minor(p0, q0, i))
    amounts = [sp.Rational(x, minor(p0, q0, unused)) for x in (minor(r0, q0, unused), minor(p0, r0, unused))]
    return {
        "s": UpToScale(s),
        "r": Expression(amounts[0] * p + amounts[1] * q, "p", "q"),
        "low": Exact(2 if asked == "all" else 1),
        "high": Exact(3 if asked == "all" else 2),
        "s_sum": linear_combination(list(s), ["p", "q"]),
        "without": linear_combination(mix(list(s), p0, q0), NAMES),
        "equations": system(sp.Matrix([p0, q0]).T, sp.Matrix(r0), ["a", "b"]),
        "used": [i + 1 for i in OTHERS[unused]],
        "unused": unused + 1,
        "a": amounts[0],
        "b": amounts[1],
        "example_low": Latex(drop(p0, q0) if asked == "all" else parallel(p0, q0, int(asked[-1]) - 1)),
        "others": Latex("" if asked == "all" else f"v_{asked[-1]}"),
        "reasons": [
            {"words": Latex(WORDS[key]), "must": holds(key, p0, q0), "why": Latex(reason(key, p0, q0, amounts))}
            for key in keys
        ],
    }


def drop(p, q):
    """Vectors one of which is 0 and for which p and q are independent."""
    i = next(i for i in (2, 1, 0) if minor(p, q, i))
    first, second = OTHERS[i]
    words = {first: f"v_{first + 1} = e_1", second: f"v_{second + 1} = e_2", i: f"v_{i + 1} = 0"}
    return "$" + ", ".join(words[j] for j in range(3)) + "$"


def parallel(p, q, i):
    """Vectors for which the two others than number i are parallel and p and q are independent."""
    first, second = OTHERS[i]
    sizes = sorted(product((1, 2, -1), repeat=2), key=lambda a: (abs(a[0]) + abs(a[1]), -a[0], -a[1]))
    a = next(
        a for a in sizes if (a[0] * p[first] + a[1] * p[second]) * q[i] != (a[0] * q[first] + a[1] * q[second]) * p[i]
    )
    words = {
        first: f"v_{first + 1} = {linear_combination([a[0]], ['e_1'])}",
        second: f"v_{second + 1} = {linear_combination([a[1]], ['e_1'])}",
        i: f"v_{i + 1} = e_2",
    }
    return "$" + ", ".join(words[j] for j in range(3)) + "$"


def reason(key, p, q, amounts):
    """Why a statement must or need not hold."""
    r = linear_combination(amounts, ["p", "q"])
    fixed = {
        "all": f"it fails for {drop(p, q)}, where $p$ and $q$ are linearly independent",
        "free": f"it fails for {drop(p, q)}, where $p$ and $q$ are linearly independent",
        "sum": "otherwise $q = -p$",
        "turned": r"$p = \frac12 (p + q) + \frac12 (p - q)$ and $q = \frac12 (p + q) - \frac12 (p - q)$",
        "two": "otherwise $p$ and $q$ would be multiples of one vector",
        "mixed": f"$p \\ne 0$, and $r = {r}$ is no multiple of $p$ since $q$ is none",
        "three": "$r$ is a combination of $p$ and $q$, so it never holds",
        "line": "$p$ and $q$ would be multiples of this vector, too, so it never holds",
    }
    if key in fixed:
        return fixed[key]
    kind, i = key.rstrip("123"), int(key[-1]) - 1
    j, k = OTHERS[i]
    if kind == "pair":
        return f"it fails for {parallel(p, q, i)}"
    if kind in ("p", "q"):
        if holds(key, p, q):
            return f"$v_{i + 1}$ occurs in ${kind}$, so it is a combination of ${kind}$, $v_{j + 1}$ and $v_{k + 1}$"
        return (
            f"${kind}$ is a combination of $v_{j + 1}$ and $v_{k + 1}$, so the left side has at most dimension $2$, "
            "the right side sometimes $3$"
        )
    if minor(p, q, i):
        if kind == "both":
            return (
                f"the coefficients of $v_{j + 1}$ and $v_{k + 1}$ in $p$ and $q$ are not proportional, so these two "
                f"are combinations of $p$, $q$ and $v_{i + 1}$"
            )
        return (
            f"it fails when $v_1, v_2, v_3$ are linearly independent, since no combination of $p$ and $q$ "
            f"other than $0$ is without both $v_{j + 1}$ and $v_{k + 1}$"
        )
    scale = gcd(p[j], q[j])
    s = [q[j] // scale, -p[j] // scale]
    alone = f"${linear_combination(s, ['p', 'q'])} = {linear_combination(mix(s, p, q), NAMES)}$"
    return (
        alone if kind == "in" else f"{alone}, so the left side is $\\Span\\{{p, q\\}}$, the right side sometimes larger"
    )


# All triples of rows with entries -1, 0, 1 up to sign: the coordinates of v1, v2, v3 in the columns.
ROWS = [row for row in product((-1, 0, 1), repeat=3) if next((entry for entry in row if entry), 1) > 0]
TRIPLES = np.array(list(combinations_with_replacement(ROWS, 3)))


def verify(p0, q0, r0, k, asked, s, r, low, high):
    p, q = TRIPLES @ p0, TRIPLES @ q0
    kept = np.cross(p, q).any(axis=1)
    V, p, q = TRIPLES[kept], p[kept], q[kept]
    columns = [i for i in range(3) if asked == "all" or i != int(asked[-1]) - 1]
    ranks = np.linalg.matrix_rank(V[:, :, columns])
    assert (ranks.min(), ranks.max()) == (low, high)
    # What v_k is does not matter for the combination.
    rest = V * (np.arange(3) != k - 1)
    assert s.shape == (2,)
    assert np.any(s)
    assert np.array_equal(s[0] * p + s[1] * q, s[0] * (rest @ p0) + s[1] * (rest @ q0))
    assert np.allclose(r(p, q), V @ r0)


CASES = samplers.vectors(3, 3, names="v1 v2 v3")


@lru_cache
def _cases(p, q):
    """Vectors for which p and q are independent."""

    def independent(v1, v2, v3):
        products = np.outer(_mixed(p, v1, v2, v3), _mixed(q, v1, v2, v3))
        return (products != products.T).any()

    return CASES.where(independent)


def _mixed(amounts, *vectors):
    return sum(a * v for a, v in zip(amounts, vectors, strict=True))


def _rank(*vectors):
    return np.linalg.matrix_rank(np.array(vectors))


def _same(first, second):
    return _rank(*first) == _rank(*second) == _rank(*first, *second)


def _statement(key, p0, q0, r0):
    def truth(*v):
        p, q, r = (_mixed(amounts, *v) for amounts in (p0, q0, r0))
        kind, i = key.rstrip("123"), int(key[-1]) - 1 if key[-1].isdigit() else 0
        others = [v[j] for j in OTHERS[i]]
        return {
            "p": lambda: _same([p, *others], v),
            "q": lambda: _same([q, *others], v),
            "both": lambda: _same([p, q, v[i]], v),
            "in": lambda: _rank(p, q, v[i]) == 2,
            "pair": lambda: _rank(*others) == 2,
            "all": lambda: _rank(*v) == 3,
            "free": lambda: all(x.any() for x in v),
            "sum": lambda: bool((p + q).any()),
            "turned": lambda: _same([p + q, p - q], [p, q]),
            "two": lambda: sum(bool(x.any()) for x in v) >= 2,
            "mixed": lambda: _rank(p, r) == 2,
            "three": lambda: _rank(p, q, r) == 3,
            "line": lambda: _rank(*v) <= 1,
        }[kind]()

    return lambda v1, v2, v3: truth(v1, v2, v3)


def claims(p0, q0, r0, keys):
    cases = _cases(tuple(p0), tuple(q0))
    kind = {key: Always if holds(key, p0, q0) else Never if key in ("three", "line") else Sometimes for key in keys}
    return {"must": Must({key: kind[key](_statement(key, p0, q0, r0), cases) for key in keys})}
