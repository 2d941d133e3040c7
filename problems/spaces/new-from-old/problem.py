r"""Lists of sums and differences of linearly independent vectors.

* part a (i): v_p + a v_q, v_q + b v_r, v_p + c v_q + d v_r with signs a, b, d and c = 2 or -2, in any order of the
  three vectors: dependent exactly when bd = a and c = 2a;
* part a (ii): the ring v_1 + e_1 v_2, v_2 + e_2 v_3, v_3 + e_3 v_1: dependent exactly when e_1 e_2 e_3 = -1, and then
  one of the four relations x +- y +- z = 0 holds;
* part b: whether v_1 + s_1 w, v_2 + s_2 w, v_3 + s_3 w are independent for all w of a kind; the claim is true for two
  kinds and false for two;
* part c: the dimension of the span of one or two rings of four, five, six or seven other vectors; a ring of k vectors
  loses a dimension exactly when the product of its signs is (-1)^k.

Space: 96 lists in a (i), 8 in a (ii) with 5 answers, 32 claims, 272 lists in c with 5 answers, each independent of the
others.
"""

from itertools import product
from math import prod

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, Rubric, linear_combination

META = Meta(
    title="New vectors from old ones",
    topics=["D2", "D3"],
    difficulty=3,
    minutes=10,
    skills=["classify-statement", "recognise", "prove", "compute"],
)

SIGNS = (-1, 1)
RINGS = ([5], [3, 2], [4, 2], [3, 3], [4, 3])  # lengths; a ring of two vectors is cut open and gives one vector only
KINDS = {"outside": True, "orthogonal": True, "every": False, "apart": False}
RELATIONS = {"ppp": (1, 1, 1), "ppm": (1, 1, -1), "pmp": (1, -1, 1), "pmm": (1, -1, -1)}


def draw(rng):
    dependent = rng.random() < 0.6
    ring = rng.choice([e for e in product(SIGNS, repeat=3) if (prod(e) == -1) == dependent])
    lengths = rng.choice(RINGS)
    return {
        "chain": chain(rng),
        "order": rng.sample((1, 2, 3), 3),
        "ring": list(ring),
        "kind": rng.choice(sorted(KINDS)),
        "s": [rng.choice(SIGNS) for _ in range(3)],
        "n": rng.randint(4, 7),
        "rings": [[rng.choice(SIGNS) for _ in range(k if k > 2 else 1)] for k in lengths],
        "N": rng.randint(8, 10),
    }


def chain(rng):
    """Signs a, b, d and c = 2 or -2; dependent half of the time."""
    a, b = rng.choice(SIGNS), rng.choice(SIGNS)
    if rng.random() < 0.5:
        return [a, b, 2 * a, a * b]
    return [a, b, *rng.choice([(c, d) for c in (-2, 2) for d in SIGNS if (c, d) != (2 * a, a * b)])]


def show(chain, order, ring, s, rings):
    a, b, c, d = chain
    p, q, r = (f"v_{i}" for i in order)
    return {
        "listed": [
            linear_combination([1, a], [p, q]),
            linear_combination([1, b], [q, r]),
            linear_combination([1, c, d], [p, q, r]),
        ],
        "xyz": around(ring, ["v_1", "v_2", "v_3"]),
        "shifted": [linear_combination([1, s[i]], [f"v_{i + 1}", "w"]) for i in range(3)],
        "m": sum(vertices(signs) for signs in rings),
        "spanning": Latex(r",\; ".join(text for texts in named(rings) for text in texts)),
    }


def vertices(signs):
    return max(len(signs), 2)


def around(signs, names):
    """v_1 + e_1 v_2, v_2 + e_2 v_3, ..., the last of them with v_1 again (unless there is one sign only)."""
    return [linear_combination([1, e], [names[j], names[(j + 1) % len(names)]]) for j, e in enumerate(signs)]


def named(rings):
    """The sums and differences of each ring; the rings use u_1, u_2, ... one after the other."""
    texts, start = [], 1
    for signs in rings:
        names = [f"u_{start + j}" for j in range(vertices(signs))]
        texts.append(around(signs, names))
        start += len(names)
    return texts


def relation(signs):
    """The coefficients, the first of them 1, that remove all but the first vector of a ring."""
    found = [1]
    for e in signs[:-1]:
        found.append(-e * found[-1])
    return found


def loses(signs):
    return len(signs) > 2 and prod(signs) == (-1) ** len(signs)


def solve(chain, order, ring, kind, s, rings):
    a, b, c, d = chain
    names = [f"v_{i}" for i in order]
    free = d + b * (a - c) != 0
    weights = relation(ring)
    key = next(name for name, signs in RELATIONS.items() if list(signs) == weights)
    lost = sum(map(loses, rings))
    return {
        "first": Option("true" if free else "false"),
        "relation": Option(key if loses(ring) else "*"),
        "verdict": Option("proof" if KINDS[kind] else "counter"),
        "steps": rubric(kind),
        "dim": Exact(sum(map(len, rings)) - lost),
        # for the solutions
        "free": free,
        "equations": equations(chain, names),
        "second": linear_combination([-b * d], ["x_3"]),
        "third": Latex(names[1]),
        "last": linear_combination([c - a - b * d], ["x_3"]),
        "by": linear_combination([1, a], [Latex(f"({t})") for t in show(chain, order, ring, s, rings)["listed"][:2]]),
        "loses_ring": loses(ring),
        "weighted": linear_combination(weights, ["x", "y", "z"]),
        "xyz_equations": ring_equations(ring),
        "total": linear_combination(s, ["x_1", "x_2", "x_3"]),
        "negative": linear_combination([-s[0]], ["v_1"]),
        "mixed": linear_combination([-2 * s[0], s[1]], ["v_1", "v_2"]),
        "one": linear_combination([-1, s[0] * s[1]], ["v_1", "v_2"]),
        "two": linear_combination([-2 * s[0] * s[1], 2], ["v_1", "v_2"]),
        "times": sp.Integer(2 * s[0] * s[1]),
        "pieces": pieces(rings),
        "count": sum(map(len, rings)),
    }


def rubric(kind):
    if KINDS[kind]:
        reason = (
            r"shows that the coefficient of $w$ is zero, since $w$ is not in the span of $v_1, v_2, v_3$"
            if kind == "outside"
            else r"shows that $x_1v_1 + x_2v_2 + x_3v_3 = 0$ from the orthogonality "
            r"(1 point less if it divides by $\lVert w \rVert$ without the case $w = 0$)"
        )
        return Rubric(
            ("chooses the proof", 1),
            (r"sets a combination of the three vectors to zero and collects the $v_i$ and $w$", 1),
            (reason, 2),
            (r"concludes $x_1 = x_2 = x_3 = 0$ from the independence of $v_1, v_2, v_3$", 1),
        )
    right = (
        "names a vector $w$ that makes the three vectors dependent"
        if kind == "every"
        else "names a vector $w$ that is not a multiple of $v_1$, $v_2$ or $v_3$ and makes the three vectors dependent"
    )
    return Rubric(
        ("chooses the counterexample", 1),
        (right, 2),
        ("shows the dependence by a relation or a zero vector", 2),
    )


def equations(chain, names):
    """The coefficients of the three vectors in a combination of list (i), by name of the vector."""
    a, b, c, d = chain
    rows = zip(names, ([1, 0, 1], [a, 1, c], [0, b, d]), strict=True)
    return [{"of": Latex(name), "sum": linear_combination(row, ["x_1", "x_2", "x_3"])} for name, row in sorted(rows)]


def ring_equations(signs):
    e1, e2, e3 = signs
    rows = ([1, 0, e3], [e1, 1, 0], [0, e2, 1])
    return [linear_combination(row, ["c_1", "c_2", "c_3"]) for row in rows]


def pieces(rings):
    """For each ring in part c what it adds to the dimension, with a relation between its vectors where there is one."""
    found = []
    for signs, texts in zip(rings, named(rings), strict=True):
        terms = [Latex(f"({text})") for text in texts]
        found.append(
            {
                "list": Latex(r",\; ".join(texts)),
                "size": len(signs),
                "single": len(signs) == 1,
                "loses": loses(signs),
                "relation": linear_combination(relation(signs), terms),
                "adds": len(signs) - int(loses(signs)),
                "left": last_equation(signs, texts),
            }
        )
    return found


def last_equation(signs, texts):
    """With x_2, ..., x_k in terms of x_1, what the coefficient of the first vector of a ring says."""
    return Latex(f"{1 + signs[-1] * relation(signs)[-1]}x_1") if len(signs) > 2 else Latex("x_1")


def verify(chain, order, ring, kind, s, n, rings, N, m, first, relation, verdict, dim):
    def size(vectors):
        """The rank of a list of vectors, or of each of a stack of lists."""
        return (np.linalg.svd(np.array(vectors, dtype=float), compute_uv=False) > 1e-6).sum(axis=-1)

    def bases(count, space):
        """Some lists of independent vectors with small integer entries."""
        yield np.eye(count, space, dtype=int)
        yield np.tril(np.ones((count, space), dtype=int))
        yield np.eye(count, space, dtype=int) + np.eye(count, space, 1, dtype=int)

    # a: concrete vectors, all combinations with coefficients up to 4
    grid = np.array([t for t in product(range(-4, 5), repeat=3) if any(t)])
    for V in bases(3, n):
        a, b, c, d = chain
        p, q, r = (V[i - 1] for i in order)
        vanish = ~np.any(grid @ np.array([p + a * q, q + b * r, p + c * q + d * r]), axis=1)
        assert first == ("false" if vanish.any() else "true")

        x, y, z = (V[j] + ring[j] * V[(j + 1) % 3] for j in range(3))
        combos = {"ppp": x + y + z, "ppm": x + y - z, "pmp": x - y + z, "pmm": x - y - z}
        zero = [key for key, vector in combos.items() if not vector.any()]
        vanish = ~np.any(grid @ np.array([x, y, z]), axis=1)
        assert len(zero) == (1 if vanish.any() else 0)
        assert relation == (zero[0] if zero else "*")

    # b: vectors of R^4 that are not orthogonal, w = c_1 v_1 + c_2 v_2 + c_3 v_3 + t z with z orthogonal to them
    V, z = np.array([[1, 0, 0, 1], [1, 1, 0, 0], [0, 1, 1, 0]]), np.array([1, -1, 1, -1])
    assert not (V @ z).any()
    weights = np.array(list(product(range(-2, 3), repeat=4)))
    w = (weights[:, :3] @ V + weights[:, 3:] * z)[:, np.newaxis]
    alone = [size(np.concatenate([np.broadcast_to(v, w.shape), w], axis=1)) == 2 for v in V]
    allowed = {
        "every": np.full(len(w), True),
        "outside": size(np.concatenate([np.broadcast_to(V, (len(w), 3, 4)), w], axis=1)) == 4,
        "orthogonal": ~(w @ V.T).any(axis=(1, 2)),
        "apart": np.all(alone, axis=0),
    }[kind]
    assert allowed.sum() > 4
    holds = (size(V + np.array(s)[:, np.newaxis] * w)[allowed] == 3).all()
    assert verdict == ("proof" if holds else "counter")

    # c: the rank of concrete vectors
    for U in bases(m, N):
        vectors, start = [], 0
        for signs in rings:
            k = max(len(signs), 2)
            vectors += [U[start + j] + e * U[start + (j + 1) % k] for j, e in enumerate(signs)]
            start += k
        assert start == m
        assert dim == size(vectors)
