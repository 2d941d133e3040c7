"""Three vectors of which only the dot products are known: what these tell of combinations, right angles and angles.

* part a: the dot product of two combinations; part b: the t for which one vector plus t times another is orthogonal to
  the third;
* part c: which of five pairs of combinations are orthogonal, two or three of them;
* part d: which of two angles is smaller; in many draws the dot products alone suggest the opposite.

Space: thousands of tables, made from drawn vectors; in 1,000 draws about 220 dot products, 80 values of t.
"""

from itertools import permutations
from itertools import product as pairs_of

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Options, Rubric, figures, linear_combination, nice

META = Meta(
    title="A table of dot products",
    topics=["C3", "C2"],
    difficulty=2,
    minutes=9,
    skills=["compute", "solve-for-parameter", "recognise", "classify-statement"],
)

NAMES = (r"\vec u", r"\vec v", r"\vec w")
SMALL = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, -1, 0), (1, 0, 1), (1, 0, -1), (0, 1, 1), (0, 1, -1)]
POOL = [
    (p, q)
    for i, p in enumerate(SMALL)
    for q in SMALL[i + 1 :]
    if sum(map(abs, p + q)) > 2 and (sum(map(abs, p)), p) < (sum(map(abs, q)) + 0.5, q)
]


def draw(rng):
    wanted = rng.random() < 0.4
    U, rivals = nice.retry(
        rng, lambda r: _vectors(r, wanted), bool, "three vectors with fine dot products", tries=60000
    )
    G = np.array(U) @ np.array(U).T
    start, along, onto = nice.retry(
        rng, lambda r: r.sample(range(3), 3), lambda places: _slope(G, *places) is not None, "fine t"
    )
    chosen = _choose(rng, G)
    factors = [rng.choice((-3, -2, 2, 3)), rng.choice((-1, 1)), 1, rng.choice((-2, 2, 3))]
    return {
        "U": [list(map(int, row)) for row in U],
        "factors": factors,
        "places": [start, along, onto],
        "chosen": chosen,
        "rivals_of": list(rivals),
        "misleading": wanted,
    }


def _vectors(rng, wanted):
    U = [[rng.randint(-3, 3) for _ in range(4)] for _ in range(3)]
    G = np.array(U) @ np.array(U).T
    squares = np.diag(G)
    off = [G[0, 1], G[0, 2], G[1, 2]]
    if min(squares) < 3 or max(squares) > 25 or off.count(0) > 1 or len(set(squares)) < 2:
        return None
    if round(np.linalg.det(G)) == 0:
        return None
    zeros = sum(np.array(p) @ G @ np.array(q) == 0 for p, q in POOL)
    if zeros < 2 or not any(_slope(G, *places) is not None for places in ((0, 1, 2), (1, 2, 0), (2, 0, 1))):
        return None
    rivals = [found for found in permutations(range(3)) if _close(G, *found) and _misleads(G, *found) == wanted]
    if not rivals:
        return None
    return U, rng.choice(rivals)


def _slope(G, start, along, onto):
    """t with (start + t along) . onto = 0, when it is fine."""
    top, bottom = int(G[start, onto]), int(G[along, onto])
    if top == 0 or bottom == 0 or abs(top) == abs(bottom):
        return None
    t = sp.Rational(-top, bottom)
    return t if t.q <= 5 and abs(t.p) <= 9 else None


def _close(G, a, b, c):
    """Whether it takes a computation to compare the angles of a and of b with c."""
    one, two = int(G[a, c]), int(G[b, c])
    return one * two > 0 and one != two and one**2 * int(G[b, b]) != two**2 * int(G[a, a])


def _misleads(G, a, b, c):
    one, two = int(G[a, c]), int(G[b, c])
    sign = 1 if one > 0 else -1
    return (one > two) != (sign * one**2 * int(G[b, b]) > sign * two**2 * int(G[a, a]))


def _choose(rng, G):
    """Five pairs of combinations, two or three of them orthogonal."""
    values = [(pair, np.array(pair[0]) @ G @ np.array(pair[1])) for pair in POOL]
    right, wrong = [p for p, value in values if value == 0], [p for p, value in values if 0 < abs(value) <= 9]
    many = min(len(right), rng.choice((2, 3)))
    chosen = rng.sample(right, many) + rng.sample(wrong, 5 - many)
    rng.shuffle(chosen)
    return [[list(p), list(q)] for p, q in chosen]


def _gram(U):
    return sp.Matrix(U) * sp.Matrix(U).T


def show(U, factors, places, chosen, rivals_of):
    G = _gram(U)
    heads = [Latex(f"${name}$") for name in NAMES]
    a, b, c, d = factors
    start, along, onto = (NAMES[place] for place in places)
    return {
        "G": G,
        "table": figures.data_table(G.tolist(), header=heads, row_names=heads, corner=Latex(r"$\cdot$"), ruled=True),
        "left": linear_combination([a, b, 0], NAMES),
        "right": linear_combination([0, c, d], NAMES),
        "line": Latex(rf"{start} + t\,{along}"),
        "names": {"start": Latex(start), "along": Latex(along), "onto": Latex(onto)},
        "pairs": [
            {"key": f"p{n}", "one": linear_combination(p, NAMES), "two": linear_combination(q, NAMES)}
            for n, (p, q) in enumerate(chosen, start=1)
        ],
        "rivals": [Latex(NAMES[i]) for i in rivals_of],
    }


def solve(U, factors, places, chosen, rivals_of):
    G = _gram(U)
    a, b, c, d = factors
    terms = [((0, 1), a * c), ((0, 2), a * d), ((1, 1), b * c), ((1, 2), b * d)]
    start, along, onto = places
    judged = [_expanded(G, p, q) for p, q in chosen]
    one, two, third = rivals_of
    dots = [G[one, third], G[two, third]]
    squares = [G[one, one], G[two, two]]
    scores = [dot / sp.sqrt(square) for dot, square in zip(dots, squares, strict=True)]
    signs = [1 if dot > 0 else -1 for dot in dots]
    sizes = [dot**2 / square for dot, square in zip(dots, squares, strict=True)]
    smaller = signs[0] * sizes[0] > signs[1] * sizes[1]
    return {
        "product": Exact(sum(G[place] * factor for place, factor in terms)),
        "t": Exact(-G[start, onto] / G[along, onto]),
        "orthogonal": Options(*(f"p{n}" for n, item in enumerate(judged, start=1) if item["value"] == 0)),
        "smaller": bool(smaller),
        "why": Rubric(
            (r"writes both cosines, or their ratio, with the entries of the table", 2),
            ("compares them correctly and concludes in agreement", 1),
        ),
        "expanded": linear_combination(
            [factor for _, factor in terms], [rf"{NAMES[k]} \cdot {NAMES[m]}" for (k, m), _ in terms]
        ),
        "sum": _added([(factor, G[place]) for place, factor in terms]),
        "equation": linear_combination([G[start, onto], G[along, onto]], ["", "t"]),
        "judged": judged,
        "scores": scores,
        "scores_squared": sizes,
        "negative": dots[0] < 0,
        "dots": dots,
    }


def _added(terms):
    """The products of factors and values, with their signs, as they are added."""
    parts = []
    for factor, value in terms:
        if not parts and factor == 1:
            parts.append(str(value))
            continue
        size = f"{abs(factor)} \\cdot {value}" if value >= 0 else f"{abs(factor)} \\cdot ({value})"
        size = size if abs(factor) != 1 else f"{value}" if value >= 0 else f"({value})"
        parts.append(("- " if factor < 0 else "+ " if parts else "") + size)
    return Latex(" ".join(parts))


def _expanded(G, p, q):
    """A dot product of two combinations, with the values of its terms."""
    terms = {}
    for k, m in pairs_of(range(3), range(3)):
        if p[k] * q[m]:
            place = (min(k, m), max(k, m))
            terms[place] = terms.get(place, 0) + p[k] * q[m]
    kept = [(factor, G[place]) for place, factor in terms.items() if factor]
    return {
        "one": _factor(p),
        "two": _factor(q),
        "sum": _added(kept),
        "long": len(kept) > 1 or abs(kept[0][0]) != 1,
        "value": (sp.Matrix(p).T * G * sp.Matrix(q))[0],
    }


def _factor(p):
    text = linear_combination(p, NAMES)
    return text if sum(map(bool, p)) == 1 else Latex(f"({text})")


def mistakes(U, factors):
    G = _gram(U)
    a, b, c, d = factors
    uv, uw, vv, vw = G[0, 1], G[0, 2], G[1, 1], G[1, 2]
    return {
        "product": {
            "two products only": a * c * uv + b * d * vw,
            "outer and inner products only": a * d * uw + b * c * vv,
            "signs dropped": abs(a * c) * uv + abs(a * d) * uw + abs(b * c) * vv + abs(b * d) * vw,
            "square left out": a * c * uv + a * d * uw + b * d * vw,
            "sign of a second term": a * c * uv - a * d * uw + b * c * vv - b * d * vw,
            "square of the wrong vector": a * c * uv + a * d * uw + b * c * G[0, 0] + b * d * vw,
            "factors added": (a + b) * (c + d) + uv + uw + vv + vw,
        }
    }


def verify(U, G, table, factors, places, chosen, rivals_of, product, t, orthogonal, smaller):
    u = np.array(U)
    assert table.data["rows"] == G.tolist()
    assert all(u[i] @ u[j] == G[i, j] for i in range(3) for j in range(3))
    a, b, c, d = factors
    assert (a * u[0] + b * u[1]) @ (c * u[1] + d * u[2]) == product
    start, along, onto = u[places]
    assert along @ onto != 0
    assert np.isclose((start + t * along) @ onto, 0)
    # Pythagoras
    right = set()
    for n, (p, q) in enumerate(chosen, start=1):
        x, y = p @ u, q @ u
        if (x + y) @ (x + y) == x @ x + y @ y:
            right.add(f"p{n}")
    assert right == set(orthogonal)
    # the shorter chord on the unit sphere belongs to the smaller angle
    one, two, third = (z / np.linalg.norm(z) for z in u[rivals_of])
    assert smaller == ("true" if np.linalg.norm(one - third) < np.linalg.norm(two - third) else "false")
