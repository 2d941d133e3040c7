"""A claim about subspaces to prove or to refute, and a vector split along a plane and a line.

* part a: one of seven claims about subspaces, three of them true;
* part b: x = s + c t, built from s in the plane n . x = 0 and a whole number c: tens of thousands of givens.
"""

from functools import lru_cache

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, Rubric, linear_combination, nice

META = Meta(
    title="Prove or refute",
    topics=["D3", "D2"],
    difficulty=3,
    minutes=10,
    skills=["prove", "compute"],
)

TRUE = {
    "meet": (
        r"Let $S$ and $T$ be subspaces of $\mathbb{R}^n$ with $\dim S + \dim T > n$. Then $S \cap T$ contains a vector "
        r"that is not zero.",
        (
            (r"takes bases of $S$ and $T$ and says that together they are dependent, being more than $n$ vectors", 2),
            (r"writes the relation as $v = \sum a_i s_i = -\sum b_j t_j$ and sees that $v$ is in both", 2),
            (r"shows $v \ne 0$ from the independence of each basis", 2),
        ),
        r"Let $s_1, \dots, s_p$ be a basis of $S$ and $t_1, \dots, t_q$ a basis of $T$. These are $p + q > n$ "
        r"vectors in $\mathbb{R}^n$, so they are linearly dependent: $\sum_i a_i s_i + \sum_j b_j t_j = 0$ with "
        r"coefficients that are not all zero. Let \[ v = \sum_i a_i s_i = - \sum_j b_j t_j . \] The first "
        r"expression shows that $v \in S$, the second one that $v \in T$. If $v$ were zero, all $a_i$ would be "
        r"zero, since the $s_i$ are independent, and all $b_j$, since the $t_j$ are. This contradicts the choice "
        r"of the coefficients, so $v \ne 0$. (A vector that occurs in both bases need not exist.)",
    ),
    "extend": (
        r"Let $v_1, \dots, v_k$ be linearly independent vectors in $\mathbb{R}^n$, let $S$ be their span, and let "
        r"$w$ be a vector that is not in $S$. Then $v_1, \dots, v_k, w$ are linearly independent.",
        (
            (r"sets a combination of all the vectors to zero", 1),
            (r"shows that the coefficient of $w$ is zero: otherwise division by it puts $w$ into $S$", 3),
            (r"concludes from the independence of $v_1, \dots, v_k$ that the other coefficients are zero", 2),
        ),
        r"Suppose that $c_1 v_1 + \dots + c_k v_k + c\,w = 0$. If $c$ were not zero, we could divide by it: \[ w "
        r"= -\frac{c_1}{c} v_1 - \dots - \frac{c_k}{c} v_k . \] So $w$ would be in $S$, which it is not. "
        r"Therefore $c = 0$, and $c_1 v_1 + \dots + c_k v_k = 0$. Since $v_1, \dots, v_k$ are independent, $c_1 = "
        r"\dots = c_k = 0$ as well. (To say that $w$ is not a multiple of any $v_i$ is not enough.)",
    ),
    "equal": (
        r"Let $S$ and $T$ be subspaces of $\mathbb{R}^n$ such that every vector of $S$ is in $T$, and $\dim S = "
        r"\dim T$. Then $S = T$.",
        (
            (r"assumes a vector $w$ that is in $T$ but not in $S$ (or takes a basis of $S$)", 1),
            (r"shows that a basis of $S$ together with $w$ is linearly independent", 3),
            (r"sees the contradiction: $\dim T + 1$ independent vectors in $T$", 2),
        ),
        r"Let $s_1, \dots, s_p$ be a basis of $S$, and suppose that some $w \in T$ is not in $S$. Then $s_1, "
        r"\dots, s_p, w$ are linearly independent: in a relation $c_1 s_1 + \dots + c_p s_p + c\,w = 0$ the "
        r"number $c$ must be zero, since otherwise $w$ would be a combination of the $s_i$ and lie in $S$; then "
        r"all $c_i$ are zero, since the $s_i$ are independent. All these vectors are in $T$. So $T$, which has "
        r"dimension $p$, would contain $p + 1$ independent vectors, which is impossible. Hence every vector of "
        r"$T$ is in $S$. (Equal dimensions alone are not enough: two different lines are not equal.)",
    ),
}
FALSE = {
    "direct": (
        r"Let $S$, $T$ and $U$ be subspaces of $\mathbb{R}^n$, any two of which have only the zero vector in "
        r"common. Then $\dim S + \dim T + \dim U \le n$.",
        r"Take $n = 2$ and three different lines, $S$ spanned by $e_1$, $T$ by $e_2$ and $U$ by $e_1 + e_2$. Any "
        r"two of them meet in the zero vector only, but $1 + 1 + 1 = 3 > 2$. (For two subspaces the claim holds.)",
    ),
    "pick": (
        r"Let $v_1, v_2, v_3$ be a basis of $\mathbb{R}^3$, and let $S$ be a subspace of dimension $2$. Then two "
        r"of the three vectors are a basis of $S$.",
        r"Take the unit vectors $e_1, e_2, e_3$ and the plane $S$ of all $x$ with $x_1 + x_2 + x_3 = 0$. None of "
        r"the three vectors is in $S$. (A basis of $S$ can always be extended to a basis of $\mathbb{R}^3$, but a "
        r"given basis of $\mathbb{R}^3$ need not contain one of $S$.)",
    ),
    "cancel": (
        r"For subspaces $S$, $T$ and $U$ of $\mathbb{R}^n$, let $S + U$ be the set of all sums $s + u$ with $s "
        r"\in S$ and $u \in U$, and in the same way for $T + U$. If $S + U = T + U$, then $S = T$.",
        r"Take $n = 2$ and let $U$ be spanned by $e_1$, $S$ by $e_2$ and $T$ by $e_1 + e_2$. Then $S + U$ and $T "
        r"+ U$ are both all of $\mathbb{R}^2$, but $S \ne T$. (What can be concluded is that $S$ and $T$ have the "
        r"same dimension when each of them has only the zero vector in common with $U$.)",
    ),
    "share": (
        r"Let $S$, $T$ and $U$ be subspaces of $\mathbb{R}^n$, and let $T + U$ be the set of all sums $t + u$ "
        r"with $t \in T$ and $u \in U$. If $S \cap T$ and $S \cap U$ contain only the zero vector, so does $S "
        r"\cap (T + U)$.",
        r"Take $n = 2$ and let $T$ be spanned by $e_1$, $U$ by $e_2$ and $S$ by $e_1 + e_2$. Then $S$ meets both "
        r"in the zero vector only. But $T + U$ is all of $\mathbb{R}^2$, and $S \cap (T + U) = S$ is a line.",
    ),
}
STEPS = (
    ("chooses the counterexample", 1),
    ("names an example that fulfils all the assumptions", 3),
    ("shows that the conclusion fails", 2),
)


def draw(rng):
    kind = rng.choice(sorted(TRUE)) if rng.random() < 0.5 else rng.choice(sorted(FALSE))
    n, t, x = nice.retry(rng, decomposed, bool, "plane, line and vector with small entries")
    return {"kind": kind, "n": n, "t": t, "x": x}


def decomposed(rng):
    n = sp.Matrix([rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(3)])
    t = sp.Matrix([rng.choice((-2, -1, 0, 1, 2, 3)) for _ in range(3)])
    c = rng.choice((-3, -2, 2, 3))
    i = rng.randrange(3)
    s = sp.Matrix([rng.choice((-4, -3, -2, -1, 1, 2, 3, 4)) for _ in range(3)])
    s[i] = -sum(n[k] * s[k] for k in range(3) if k != i) / n[i]
    x = s + c * t
    whole = s[i].is_Integer and s[i] != 0 and abs(s[i]) <= 5 and sp.igcd(*n) == 1 and len(set(map(abs, n))) > 1
    if not whole or abs(n.dot(t)) < 2 or not any(n.cross(t)) or list(t).count(0) > 1 or min(n) > 0:
        return None
    return (n, t, x) if max(map(abs, x)) <= 9 and list(x).count(0) <= 1 and max(map(abs, n)) > 1 else None


def show(kind, n):
    return {
        "claim": Latex((TRUE | FALSE)[kind][0]),
        "plane": linear_combination(n, ["x_1", "x_2", "x_3"]),
    }


def solve(kind, n, t, x):
    c = n.dot(x) / n.dot(t)
    right = kind in TRUE
    return {
        "verdict": Option("proof" if right else "counter"),
        "steps": Rubric(*(TRUE[kind][1] if right else STEPS)),
        "c": Exact(c),
        "s": Exact(x - c * t),
        "right": right,
        "text": Latex((TRUE | FALSE)[kind][-1]),
        "dots": [n.dot(x), n.dot(t)],
    }


def verify(kind, n, t, x, verdict, c, s):
    assert verdict == ("proof" if _holds(kind) else "counter")
    across = np.linalg.svd(n.reshape(1, 3))[2][1:]  # a basis of the plane, as rows
    a, b, factor = np.linalg.solve(np.vstack([across, t]).T, x)
    assert np.isclose(c, factor)
    assert s.shape == (3,)
    assert np.allclose(s, [a, b] @ across)


AXES = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1], [0, 1, -1]])


def _subspaces():
    """The zero space, some lines and planes, and the whole of R^3, by bases as rows."""
    lines = [axis.reshape(1, 3) for axis in AXES]
    planes = [np.linalg.svd(line)[2][1:] for line in lines]
    return [np.zeros((0, 3)), *lines, *planes, np.eye(3)]


def _rank(*bases):
    M = np.vstack(bases)
    return np.linalg.matrix_rank(M) if len(M) else 0


@lru_cache
def _holds(kind):
    """Whether the claim holds for all subspaces of R^3 in a list, which has counterexamples to all false claims."""
    spaces = _subspaces()
    pairs = [(S, T, _rank(S, T)) for S in spaces for T in spaces]
    common = {(id(S), id(T)): len(S) + len(T) - joined for S, T, joined in pairs}
    if kind == "meet":
        return all(common[id(S), id(T)] > 0 for S, T, _ in pairs if len(S) + len(T) > 3)
    if kind == "extend":
        return all(_rank(S, w[None]) == len(S) + 1 for S in spaces for w in AXES if not _within(w[None], S))
    if kind == "equal":
        return all(_within(T, S) for S, T, joined in pairs if joined == len(T) and len(S) == len(T))
    if kind == "pick":
        bases = [np.eye(3), np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]])]
        planes = [S for S in spaces if len(S) == 2]
        return all(sum(_within(v[None], S) for v in B) == 2 for B in bases for S in planes)
    triples = [(S, T, U) for S in spaces for T in spaces for U in spaces if len(S) == len(T) == len(U) == 1]
    if kind == "cancel":
        return all(_within(S, T) for S, T, U in triples if _rank(S, U) == _rank(T, U) == _rank(S, T, U))
    apart = [(S, T, U) for S, T, U in triples if common[id(S), id(T)] == 0 and common[id(S), id(U)] == 0]
    if kind == "direct":
        return all(len(S) + len(T) + len(U) <= _rank(S, T, U) for S, T, U in apart if common[id(T), id(U)] == 0)
    return all(len(S) + _rank(T, U) - _rank(S, T, U) == 0 for S, T, U in apart)


def _within(S, T):
    return _rank(S, T) == len(T)
