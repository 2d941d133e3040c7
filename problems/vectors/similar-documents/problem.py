"""Documents as vectors of word counts: cosines, similarity, an orthogonal vector, and a claim.

* part a: three rational cosines; part b: the largest cosine and the largest dot product belong to different documents;
* part c: a vector orthogonal to two documents;
* part d: one of eight claims about any vectors with entries that are not negative, four of them true.

Space: thousands of tables with some 60 cosines; any vector of a plane in part c; 8 claims.
"""

from functools import lru_cache
from itertools import product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Option, Sometimes, Where, figures, nice, samplers

META = Meta(
    title="Similar documents",
    topics=["C3", "C2"],
    difficulty=1,
    minutes=9,
    skills=["compute", "interpret", "construct-witness", "classify-statement"],
)

WORDS = (
    ("model", "data", "loss", "weight"),
    ("price", "market", "bank", "trade"),
    ("river", "forest", "rain", "soil"),
    ("goal", "team", "match", "score"),
)
COUNTS = [v for v in product(range(8), repeat=4) if v.count(0) <= 1 and len(set(v)) > 1]
WHOLE = [v for v in COUNTS if round(sum(t * t for t in v) ** 0.5) ** 2 == sum(t * t for t in v)]
SMALL = sorted((v for v in product(range(-4, 5), repeat=4) if v.count(0) <= 1), key=lambda v: (sum(map(abs, v)), v))


def _cosine(x, y):
    """Whether a cosine is larger than another is asked without roots: its square."""
    return sp.Rational(int(x @ y) ** 2, int(x @ x) * int(y @ y))


def _positive(x, y):
    return int(x @ y) > 0


TRUE = {
    "common": (
        r"If the cosine of the angle between $\vec x$ and $\vec y$ is $0$, then no word occurs in both.",
        r"the dot product is a sum of products that are not negative, so each of them is $0$.",
        lambda x, y, z: _positive(x, y) or not np.any((x > 0) & (y > 0)),
    ),
    "scaled": (
        r"When each count in $\vec x$ is doubled, the cosine of the angle between $\vec x$ and $\vec y$ stays"
        r" the same.",
        r"the dot product and the length of $\vec x$ are both doubled.",
        lambda x, y, z: _cosine(2 * x, y) == _cosine(x, y),
    ),
    "equal": (
        r"If $\norm{\vec y} = \norm{\vec z}$ and $\vec x \cdot \vec y > \vec x \cdot \vec z$, then $\vec y$ is closer"
        r" to $\vec x$ than $\vec z$ is.",
        r"$\norm{\vec x - \vec y}^2 = \norm{\vec x}^2 - 2\,\vec x \cdot \vec y + \norm{\vec y}^2$, and only the term in"
        r" the middle differs for $\vec z$.",
        lambda x, y, z: y @ y != z @ z or x @ y <= x @ z or (x - y) @ (x - y) < (x - z) @ (x - z),
    ),
    "joined": (
        r"If $\vec x$ is orthogonal to $\vec y + \vec z$, then it is orthogonal to $\vec y$ and to $\vec z$.",
        r"$\vec x \cdot \vec y$ and $\vec x \cdot \vec z$ are not negative and add to $0$.",
        lambda x, y, z: _positive(x, y + z) or not (_positive(x, y) or _positive(x, z)),
    ),
}
FALSE = {
    "same": (
        r"If the cosine of the angle between $\vec x$ and $\vec y$ is $1$, then $\vec x = \vec y$.",
        r"for $\vec x = (1, 1)$ and $\vec y = (2, 2)$ it is $1$, too.",
        lambda x, y, z: _cosine(x, y) != 1 or (x == y).all(),
    ),
    "chain": (
        r"If $\vec x$ and $\vec y$ are not orthogonal, and $\vec y$ and $\vec z$ are not orthogonal, then $\vec x$ and"
        r" $\vec z$ are not orthogonal.",
        r"take $\vec x = (1, 0)$, $\vec y = (1, 1)$ and $\vec z = (0, 1)$.",
        lambda x, y, z: not (_positive(x, y) and _positive(y, z)) or _positive(x, z),
    ),
    "larger": (
        r"If $\vec x \cdot \vec y > \vec x \cdot \vec z$, then the angle between $\vec x$ and $\vec y$ is smaller than"
        r" that between $\vec x$ and $\vec z$.",
        r"for $\vec x = (1, 0)$, $\vec y = (2, 2)$ and $\vec z = (1, 0)$ the dot products are $2$ and $1$, but the"
        r" angle between $\vec x$ and $\vec z$ is $0$.",
        lambda x, y, z: x @ y <= x @ z or _cosine(x, y) > _cosine(x, z),
    ),
    "near": (
        r"If $\vec y$ is closer to $\vec x$ than $\vec z$ is, then the angle between $\vec x$ and $\vec y$ is not"
        r" larger than that between $\vec x$ and $\vec z$.",
        r"for $\vec x = (1, 0)$, $\vec y = (1, 1)$ and $\vec z = (3, 0)$ the distances are $1$ and $2$, but the"
        r" angle between $\vec x$ and $\vec z$ is $0$.",
        lambda x, y, z: (x - y) @ (x - y) >= (x - z) @ (x - z) or _cosine(x, y) >= _cosine(x, z),
    ),
}
CLAIMS = {**TRUE, **FALSE}
EXAMPLES = {
    "same": ([1, 1], [2, 2], [1, 1]),
    "chain": ([1, 0], [1, 1], [0, 1]),
    "larger": ([1, 0], [2, 2], [1, 0]),
    "near": ([1, 0], [1, 1], [3, 0]),
}
CASES = samplers.vectors(n=(1, 2, 3), count=3, names="x y z")
CASES = CASES.into(x=lambda x: abs(x), y=lambda y: abs(y), z=lambda z: abs(z))
CASES = CASES.where(lambda x, y, z: x.any() and y.any() and z.any())


def draw(rng):
    vectors = nice.retry(rng, _table, bool, "query and documents with fine cosines", tries=20000)
    return {
        "vectors": [list(vector) for vector in vectors],
        "topic": rng.randrange(len(WORDS)),
        "statement": rng.choice(sorted(CLAIMS)),
    }


def _dot(x, y):
    return sum(s * t for s, t in zip(x, y, strict=True))


def _table(rng):
    q, *documents = vectors = [rng.choice(WHOLE) for _ in range(4)]
    if max(map(max, vectors)) > 7 or len(set(vectors)) < 4:
        return None
    dots = [_dot(q, d) for d in documents]
    cosines = [sp.Rational(dot * dot, _dot(q, q) * _dot(d, d)) for dot, d in zip(dots, documents, strict=True)]
    if len(set(dots)) < 3 or len(set(cosines)) < 3 or max(cosines) == 1 or max(c.q for c in cosines) > 2500:
        return None
    if dots.index(max(dots)) == cosines.index(max(cosines)) or _witness(*documents[:2]) is None:
        return None
    if any(s == t == 0 for s, t in zip(*documents[:2], strict=True)):  # (1, 0, 0, 0) and the like
        return None
    return vectors if sum(vector.count(0) for vector in vectors) <= 3 and sum(map(max, vectors)) < 24 else None


def _witness(d, e):
    """A short integer vector without zeros, or with one, that is orthogonal to both."""
    return next((v for v in SMALL if _dot(d, v) == 0 and _dot(e, v) == 0), None)


def show(vectors, topic, statement):
    header = [Latex(r"$\vec q$"), *(Latex(rf"$\vec d_{n}$") for n in (1, 2, 3))]
    rows = [[vector[i] for vector in vectors] for i in range(4)]
    names = [Latex(rf"\emph{{{word}}}") for word in WORDS[topic]]
    return {
        "counts": figures.data_table(rows, header=header, row_names=names),
        "claim": Latex(CLAIMS[statement][0]),
    }


def solve(vectors, statement):
    q, *documents = vectors
    lengths = [sp.sqrt(_dot(vector, vector)) for vector in vectors]
    dots = [_dot(q, d) for d in documents]
    cosines = [sp.Rational(dot) / (lengths[0] * length) for dot, length in zip(dots, lengths[1:], strict=True)]
    d, e = (sp.Matrix(document) for document in documents[:2])

    def orthogonal(x):
        return len(x) == 4 and any(x) and d.dot(x) == 0 and e.dot(x) == 0

    x = _witness(*documents[:2])
    return {
        "cosines": Exact(cosines),
        "best": Option(str(cosines.index(max(cosines)) + 1)),
        "top": Option(str(dots.index(max(dots)) + 1)),
        "x": Where(r"$\vec x \ne \vec 0$, $\vec x \perp \vec d_1, \vec d_2$", sp.Matrix(x), orthogonal),
        "lengths": lengths,
        "dots": dots,
        "rows": [
            {
                "terms": _products(q, document),
                "length": length,
                "dot": dot,
                "below": lengths[0] * length,
                "cosine": cosine,
            }
            for document, length, dot, cosine in zip(documents, lengths[1:], dots, cosines, strict=True)
        ],
        "checks": [_products(document, x) for document in documents[:2]],
        "why": Latex(CLAIMS[statement][1]),
    }


def _products(x, y):
    return Latex(" + ".join(f"{s} \\cdot {t}" if t >= 0 else f"{s} \\cdot ({t})" for s, t in zip(x, y, strict=True)))


def verify(vectors, counts, cosines, best, top, x):
    q, *documents = np.array(counts.data["rows"]).T
    assert [list(q), *map(list, documents)] == vectors
    # a: the law of cosines
    for document, cosine in zip(documents, cosines, strict=True):
        one, two, three = (np.linalg.norm(v) for v in (q, document, q - document))
        assert np.isclose(three**2, one**2 + two**2 - 2 * one * two * cosine)
    # b: the nearest point of the unit sphere; the dot product from the lengths of sum and difference
    apart = [np.linalg.norm(q / np.linalg.norm(q) - d / np.linalg.norm(d)) for d in documents]
    assert best == str(1 + int(np.argmin(apart)))
    products = [(q + d) @ (q + d) - (q - d) @ (q - d) for d in documents]
    assert top == str(1 + int(np.argmax(products)))
    # c: Pythagoras
    assert x.shape == (4,)
    assert x.any()
    for d in documents[:2]:
        assert np.isclose(np.linalg.norm(d - x) ** 2, d @ d + x @ x)


@lru_cache
def _claim(statement):
    holds = CLAIMS[statement][2]
    return Always(holds, CASES) if statement in TRUE else Sometimes(holds, CASES, counterexample=EXAMPLES[statement])


def claims(statement):
    return {"verdict": _claim(statement)}
