"""A projection known by lengths alone, a grid of claims about two projections, and a proof about the nearest point.

* part a: |u|, |v|, |p| and the kind of angle give u . v, |e| (a Pythagorean triple) and the t != 0 with |u - tv| = |u|;
* part b: four of ten statements about any u and v that are not zero;
* part c: a proof, always the same.

Space: 14 triples, up to 9 lengths of v, two kinds of angle: 118 givens for a, hundreds of choices of statements for b.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Rubric, Sometimes, nice, samplers

META = Meta(
    title="A projection and three lengths",
    topics=["C5", "C3"],
    difficulty=3,
    minutes=12,
    skills=["derive", "classify-statement", "prove"],
)

TRIPLES = [(5, 3, 4), (5, 4, 3), (10, 6, 8), (10, 8, 6), (13, 5, 12), (13, 12, 5), (15, 9, 12), (15, 12, 9)]
TRIPLES += [(17, 8, 15), (17, 15, 8), (20, 12, 16), (20, 16, 12), (25, 7, 24), (25, 24, 7)]

ROWS = {
    "equal": r"$\vec p = \vec q$",
    "opposite": r"$\vec p = -\vec q \ne \vec 0$",
    "longer": r"$\norm{\vec p} > \norm{\vec u}$",
    "crossed": r"$\norm{\vec p} \, \norm{\vec v} = \norm{\vec q} \, \norm{\vec u}$",
    "sign": r"$(\vec p \cdot \vec q)(\vec u \cdot \vec v) < 0$",
    "free": r"$\vec p$ and $\vec q$ are linearly independent.",
    "one zero": r"$\vec p = \vec 0$ and $\vec q \ne \vec 0$",
    "errors": r"$(\vec u - \vec p) \cdot (\vec v - \vec q) = -\vec u \cdot \vec v$",
    "half": r"$\norm{\vec p + \vec q} > \norm{\vec u} + \norm{\vec v}$",
    "dot": r"$\vec u \cdot \vec q = \vec p \cdot \vec v$",
}
WHY = {
    "equal": r"\textbf{possible}. It holds when $\vec u = \vec v$ or $k = 0$, and fails for $\vec u = 2\vec v$, where "
    r"$\vec p = 2\vec v$ and $\vec q = \vec v$.",
    "opposite": r"\textbf{possible}. It holds for $\vec u = -\vec v$, where $\vec p = \vec u$ and $\vec q = \vec v$, "
    r"and fails for $\vec u = \vec v$.",
    "longer": r"\textbf{impossible}, since $\norm{\vec u}^2 = \norm{\vec p}^2 + \norm{\vec e}^2$.",
    "crossed": r"\textbf{guaranteed}: both sides are $\abs{k}$.",
    "sign": r"\textbf{impossible}, since $\vec p \cdot \vec q = k^3 / (\norm{\vec u}^2 \norm{\vec v}^2)$ has the sign "
    r"of $k$, or is $0$ when $k$ is.",
    "free": r"\textbf{possible}. It holds when $k \ne 0$ and $\vec u$, $\vec v$ are independent, "
    r"and fails when $k = 0$.",
    "one zero": r"\textbf{impossible}: since $\vec u$ and $\vec v$ are not $\vec 0$, each of $\vec p$ and $\vec q$ is "
    r"$\vec 0$ exactly when $k = 0$.",
    "errors": r"\textbf{possible}. The left side is $k - k - k + \vec p \cdot \vec q$, so this means that "
    r"$\vec p \cdot \vec q = 0$, that is, $k = 0$.",
    "half": r"\textbf{impossible}, since $\norm{\vec p + \vec q} \le \norm{\vec p} + \norm{\vec q}$ and a projection "
    r"is not longer than the vector itself.",
    "dot": r"\textbf{guaranteed}: both sides are $k$.",
}


def draw(rng):
    a, c, _ = rng.choice(TRIPLES)
    b = rng.choice([k for k in range(2, 11) if (2 * c) % k == 0 or (4 * c) % k == 0])
    keys = nice.retry(rng, lambda r: r.sample(sorted(ROWS), 4), _mixed, "statements of all kinds")
    return {"n": rng.randint(3, 6), "a": a, "b": b, "c": c, "angle": rng.choice(["acute", "obtuse"]), "keys": keys}


def _mixed(keys):
    """Whether two of the three columns of the grid are right somewhere, none of them three times."""
    columns = [WHY[key].split("}")[0] for key in keys]
    return max(columns.count(column) for column in columns) <= 2


def show(keys):
    return {
        "rows": [{"name": f"claim{i}", "key": key, "words": Latex(ROWS[key])} for i, key in enumerate(keys, start=1)],
    }


def solve(a, b, c, angle, keys):
    product = b * c if angle == "acute" else -b * c
    return {
        "product": Exact(product),
        "rest": Exact(sp.sqrt(a * a - c * c)),
        "t": Exact(sp.Rational(2 * product, b * b)),
        "steps": Rubric(
            (r"$\vec e \cdot \vec v = 0$", 1),
            (r"splits $\vec u - t\vec v$ into $\vec e$ and a multiple of $\vec v$", 2),
            (r"Pythagoras", 1),
            (r"strict, since $\vec p - t\vec v \ne \vec 0$", 1),
        ),
        "size": b * c,
        "why": {key: Latex(WHY[key]) for key in keys},
        "said": {key: Latex(ROWS[key].removesuffix(".")) for key in keys},
    }


def verify(a, b, c, angle, product, rest, t):
    # Two vectors of the plane with these lengths, and what holds for them.
    cosine = c / a if angle == "acute" else -c / a
    turned = 0.7
    u = a * np.array([np.cos(turned), np.sin(turned)])
    v = b * np.array([np.cos(turned + np.arccos(cosine)), np.sin(turned + np.arccos(cosine))])
    p = v * np.linalg.lstsq(v.reshape(2, 1), u, rcond=None)[0]
    assert np.isclose(np.linalg.norm(p), c)
    assert np.isclose(u @ v, product)
    assert np.isclose(np.linalg.norm(u - p), rest)
    assert t != 0
    assert np.isclose(np.linalg.norm(u - t * v), a)


PAIRS = {n: samplers.vectors(n, 2).where(lambda u, v: u.any() and v.any()) for n in range(3, 7)}


def _of(statement):
    def holds(u, v):
        k = u @ v
        return bool(statement(u, v, k / (v @ v) * v, k / (u @ u) * u))

    return holds


def _near(x, y):
    return np.allclose(x, y, atol=1e-9)


def _size(x):
    return np.linalg.norm(x)


STATEMENTS = {
    "equal": (Sometimes, _of(lambda u, v, p, q: _near(p, q))),
    "opposite": (Sometimes, _of(lambda u, v, p, q: _near(p, -q) and _size(p) > 1e-9)),
    "longer": (Never, _of(lambda u, v, p, q: _size(p) > _size(u) + 1e-9)),
    "crossed": (Always, _of(lambda u, v, p, q: _near(_size(p) * _size(v), _size(q) * _size(u)))),
    "sign": (Never, _of(lambda u, v, p, q: (p @ q) * (u @ v) < -1e-9)),
    "free": (Sometimes, _of(lambda u, v, p, q: np.linalg.matrix_rank(np.array([p, q]), tol=1e-9) == 2)),
    "one zero": (Never, _of(lambda u, v, p, q: _near(p, 0) and not _near(q, 0))),
    "errors": (Sometimes, _of(lambda u, v, p, q: _near((u - p) @ (v - q), -(u @ v)))),
    "half": (Never, _of(lambda u, v, p, q: _size(p + q) > _size(u) + _size(v) + 1e-9)),
    "dot": (Always, _of(lambda u, v, p, q: _near(u @ q, p @ v))),
}


@lru_cache
def _claim(key, n):
    kind, holds = STATEMENTS[key]
    return kind(holds, PAIRS[n])


def claims(keys, n):
    return {f"claim{i}": _claim(key, n) for i, key in enumerate(keys, start=1)}
