"""The mirror image of a vector in a line: lengths and dot products, a grid of claims, and a proof about distances.

* part a: |u|, |v| and u . v give |u - h| and u . h for the image h = 2p - u (a Pythagorean triple), and the t for which
  h - t v is orthogonal to u;
* part b: four of twelve statements about any u and v that are not zero;
* part c: a proof, always the same.

Space: eight triples, up to nine lengths of v, two signs: 120 givens for a with 82 values of t, 378 choices of
statements for b.
"""

from fractions import Fraction

import numpy as np

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Rubric, Sometimes, nice, samplers

META = Meta(
    title="A mirror image",
    topics=["C5", "C3"],
    difficulty=3,
    minutes=12,
    skills=["derive", "classify-statement", "prove"],
)

TRIPLES = [(5, 3, 4), (5, 4, 3), (10, 6, 8), (10, 8, 6), (13, 5, 12), (13, 12, 5), (15, 9, 12), (15, 12, 9)]
GIVENS = [
    (a, b, c)
    for a, c, e in TRIPLES
    for b in range(2, 11)
    if b != a and Fraction(c * c - e * e, b * c).denominator <= 40
]

ROWS = {
    "sum": r"$\vec u + \vec h$ is a multiple of $\vec v$.",
    "straight": r"$\vec u + \vec h$ and $\vec u - \vec h$ are orthogonal.",
    "same shadow": r"The orthogonal projection of $\vec h$ onto $\vec v$ is $\vec p$.",
    "same": r"$\vec h = \vec u$",
    "opposite": r"$\vec h = -\vec u$",
    "wide": r"$\vec u \cdot \vec h < 0$",
    "free": r"$\vec u$ and $\vec h$ are linearly independent.",
    "shorter": r"$\norm{\vec p} < \norm{\vec u - \vec p}$",
    "flipped": r"$\vec h \cdot \vec v = -\vec u \cdot \vec v \ne 0$",
    "far": r"$\norm{\vec u - \vec h} > 2\,\norm{\vec u}$",
    "more": r"$\vec u \cdot \vec h > \norm{\vec p}^2$",
    "zero": r"$\vec h = \vec 0$",
}
WHY = {
    "sum": r"\textbf{guaranteed}: $\vec u + \vec h = 2\vec p$.",
    "straight": r"\textbf{guaranteed}: they are $2\vec p$ and $2\vec e$, and $\vec p \cdot \vec e = 0$. "
    r"One of them may be $\vec 0$.",
    "same shadow": r"\textbf{guaranteed}: $\vec h = \vec p - \vec e$, where $\vec e$ is orthogonal to $\vec v$.",
    "same": r"\textbf{possible}. It means $\vec e = \vec 0$, so it holds for $\vec u = \vec v$, and fails when "
    r"$\vec u$ is not a multiple of $\vec v$.",
    "opposite": r"\textbf{possible}. It means $\vec p = \vec 0$, so it holds when $\vec u \cdot \vec v = 0$, and fails "
    r"for $\vec u = \vec v$.",
    "wide": r"\textbf{possible}. It holds when $\vec u \cdot \vec v = 0$, where $\vec h = -\vec u$, and fails for "
    r"$\vec u = \vec v$, where $\vec h = \vec u$.",
    "free": r"\textbf{possible}. It holds when neither $\vec p$ nor $\vec e$ is $\vec 0$, and fails for "
    r"$\vec u = \vec v$, where $\vec h = \vec u$.",
    "shorter": r"\textbf{possible}. It holds when $\vec u \cdot \vec v = 0$, where $\vec p = \vec 0$ and "
    r"$\vec e = \vec u$, and fails for $\vec u = \vec v$, where $\vec e = \vec 0$.",
    "flipped": r"\textbf{impossible}: $\vec h \cdot \vec v = \vec p \cdot \vec v - \vec e \cdot \vec v = "
    r"\vec p \cdot \vec v = \vec u \cdot \vec v$, so both would be $0$.",
    "far": r"\textbf{impossible}: $\norm{\vec u - \vec h} = 2\,\norm{\vec e}$, and "
    r"$\norm{\vec e}^2 = \norm{\vec u}^2 - \norm{\vec p}^2 \le \norm{\vec u}^2$.",
    "more": r"\textbf{impossible}: $\vec u \cdot \vec h = (\vec p + \vec e) \cdot (\vec p - \vec e) = "
    r"\norm{\vec p}^2 - \norm{\vec e}^2$.",
    "zero": r"\textbf{impossible}: then $\vec p = \vec e$, and since these are orthogonal, both would be $\vec 0$, "
    r"and $\vec u$ as well.",
}


def draw(rng):
    a, b, c = rng.choice(GIVENS)
    keys = nice.retry(rng, lambda r: r.sample(sorted(ROWS), 4), _mixed, "statements of all kinds")
    return {"n": rng.randint(3, 6), "a": a, "b": b, "k": rng.choice((-1, 1)) * b * c, "keys": keys}


def _mixed(keys):
    """Whether two of the three columns of the grid are right somewhere, none of them three times."""
    columns = [WHY[key].split("}")[0] for key in keys]
    return max(columns.count(column) for column in columns) <= 2


def show(keys):
    return {
        "rows": [
            {"name": f"claim{i}", "key": key, "words": Latex(ROWS[key]), "bare": Latex(ROWS[key].removesuffix("."))}
            for i, key in enumerate(keys, start=1)
        ],
    }


def solve(a, b, k, keys):
    c = abs(k) // b
    e = next(e for e in range(1, a) if e * e == a * a - c * c)
    product = c * c - e * e
    return {
        "gap": Exact(2 * e),
        "product": Exact(product),
        "t": Exact(Fraction(product, k)),
        "steps": Rubric(
            (r"$(\vec u - \vec p) \cdot \vec v = 0$", 1),
            (r"splits both differences into $\pm(\vec u - \vec p)$ and the same multiple of $\vec v$", 2),
            (r"Pythagoras, or expands both squares", 1),
            (r"concludes that both lengths are equal", 1),
        ),
        "size": abs(k),
        "c": c,
        "e": e,
        "why": {key: Latex(WHY[key]) for key in keys},
    }


def verify(a, b, k, gap, product, t):
    # Two vectors of the plane with these lengths; the reflection as a matrix that turns by twice an angle.
    turned, between = 0.7, np.arccos(k / (a * b))
    v = b * np.array([np.cos(turned), np.sin(turned)])
    u = a * np.array([np.cos(turned + between), np.sin(turned + between)])
    assert np.isclose(u @ v, k)
    h = np.array([[np.cos(2 * turned), np.sin(2 * turned)], [np.sin(2 * turned), -np.cos(2 * turned)]]) @ u
    assert np.isclose(np.linalg.norm(u - h), gap)
    assert np.isclose(u @ h, product)
    assert np.isclose((h - t * v) @ u, 0)


PAIRS = samplers.vectors((3, 4), 2).where(lambda u, v: u.any() and v.any())


def _of(statement):
    """A statement about u, v, p and h, all of them |v|^2 times as long, so that nothing is rounded."""

    def holds(u, v):
        square = v @ v
        p = (u @ v) * v
        return bool(statement(square * u, v, p, 2 * p - square * u))

    return holds


def _rank(*vectors):
    return np.linalg.matrix_rank(np.array(vectors))


CLAIMS = {
    "sum": Always(_of(lambda u, v, p, h: _rank(u + h, v) < 2), PAIRS),
    "straight": Always(_of(lambda u, v, p, h: (u + h) @ (u - h) == 0), PAIRS),
    "same shadow": Always(_of(lambda u, v, p, h: ((h @ v) * v == (v @ v) * p).all()), PAIRS),
    "same": Sometimes(_of(lambda u, v, p, h: (h == u).all()), PAIRS),
    "opposite": Sometimes(_of(lambda u, v, p, h: (h == -u).all()), PAIRS),
    "wide": Sometimes(_of(lambda u, v, p, h: u @ h < 0), PAIRS),
    "free": Sometimes(_of(lambda u, v, p, h: _rank(u, h) == 2), PAIRS),
    "shorter": Sometimes(_of(lambda u, v, p, h: p @ p < (u - p) @ (u - p)), PAIRS),
    "flipped": Never(_of(lambda u, v, p, h: h @ v == -(u @ v) != 0), PAIRS),
    "far": Never(_of(lambda u, v, p, h: (u - h) @ (u - h) > 4 * (u @ u)), PAIRS),
    "more": Never(_of(lambda u, v, p, h: u @ h > p @ p), PAIRS),
    "zero": Never(_of(lambda u, v, p, h: not h.any()), PAIRS),
}


def claims(keys):
    return {f"claim{i}": CLAIMS[key] for i, key in enumerate(keys, start=1)}
