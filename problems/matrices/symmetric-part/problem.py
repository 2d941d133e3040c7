"""A matrix as the sum of a symmetric and a skew-symmetric one, its quadratic form, another matrix with the same form,
and a proof.

S and K have integer entries. Space: tens of thousands of matrices, as many forms; 4 claims to prove in part (d).
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Expression, Latex, Meta, Rubric, Where, nice

META = Meta(
    title="The symmetric part of a matrix",
    topics=["E2", "H5"],
    difficulty=3,
    minutes=11,
    skills=["compute", "derive", "construct-witness", "prove"],
)

CLAIMS = {  # name: (claim, hint, proof, rubric)
    "form-zero": (
        r"If $M$ is an $n \times n$ matrix with $\vec x\T M \vec x = 0$ for \emph{all} $\vec x \in \R^n$, then "
        r"$M\T = -M$.",
        r"Try $\vec x = \vec e_i$ and $\vec x = \vec e_i + \vec e_j$.",
        r"For $\vec x = \vec e_i$ the assumption says $m_{ii} = 0$. For $\vec x = \vec e_i + \vec e_j$ with $i "
        r"\ne j$ it says "
        r"\[ 0 = (\vec e_i + \vec e_j)\T M (\vec e_i + \vec e_j) = m_{ii} + m_{ij} + m_{ji} + m_{jj} = m_{ij} + "
        r"m_{ji} , \] "
        r"since the diagonal entries are zero. So $m_{ji} = -m_{ij}$ for all $i$ and $j$, that is, $M\T = -M$. "
        r"\textbf{Common error.} One cannot cancel $\vec x$: $\vec x\T (M\vec x) = 0$ for all $\vec x$ does not give "
        r"$M\vec x = \vec 0$, as $M = K$ shows.",
        [
            (r"$\vec e_i\T M \vec e_i = m_{ii}$, so $m_{ii} = 0$", 1),
            (r"expands $(\vec e_i + \vec e_j)\T M (\vec e_i + \vec e_j)$", 2),
            (r"concludes $m_{ij} = -m_{ji}$ for all $i$, $j$", 2),
        ],
    ),
    "invertible": (
        r"If $M$ is an $n \times n$ matrix with $M\T = -M$, then $I + M$ is invertible.",
        r"What is $\vec x\T M \vec x$?",
        r"The number $q = \vec x\T M \vec x$ is its own transpose, so $q = (\vec x\T M \vec x)\T = \vec x\T M\T "
        r"\vec x = -q$ and "
        r"$q = 0$, for every $\vec x$. Suppose now that $(I + M)\vec x = \vec 0$. Multiplying by $\vec x\T$ gives "
        r"\[ 0 = \vec x\T (I + M) \vec x = \vec x\T \vec x + \vec x\T M \vec x = \norm{\vec x}^2 , \] "
        r"so $\vec x = \vec 0$. The null space of the square matrix $I + M$ is $\{\vec 0\}$, so $I + M$ is "
        r"invertible. "
        r"\textbf{Common error.} That $I$ is invertible says nothing about the sum.",
        [
            (r"$\vec x\T M \vec x = 0$, with a reason", 2),
            (r"from $(I + M)\vec x = \vec 0$ to $\norm{\vec x}^2 = 0$", 2),
            (r"null space $\{\vec 0\}$ and square, so invertible", 1),
        ],
    ),
    "unique": (
        r"If $S + K = S' + K'$, where $S$ and $S'$ are symmetric and $K$ and $K'$ are skew-symmetric $n \times "
        r"n$ matrices, then "
        r"$S = S'$ and $K = K'$.",
        r"Which matrices are both symmetric and skew-symmetric?",
        r"Let $D = S - S'$. Then also $D = K' - K$. Sums and differences of symmetric matrices are symmetric, "
        r"so $D\T = D$; "
        r"likewise $D = K' - K$ gives $D\T = -K' + K = -D$. So $D = D\T = -D$, that is, $2D = 0$ and $D = 0$. "
        r"Hence $S = S'$ "
        r"and $K = K'$. \textbf{Second method.} Transposing $A = S + K$ gives $A\T = S - K$. Adding and subtracting, "
        r"$S = \frac{1}{2}(A + A\T)$ and $K = \frac{1}{2}(A - A\T)$: both are determined by $A$.",
        [
            (r"moves to $S - S' = K' - K$, or transposes $S + K$", 2),
            (r"uses that one side is symmetric, the other skew-symmetric", 2),
            (r"concludes that both are $0$, or solves for $S$ and $K$", 1),
        ],
    ),
    "trace": (
        r"If $S$ is symmetric and $K$ is skew-symmetric, both $n \times n$, then $\operatorname{tr}(SK) = 0$.",
        r"What is the trace of $(SK)\T$? You may use $\operatorname{tr}(PQ) = \operatorname{tr}(QP)$.",
        r"A matrix and its transpose have the same diagonal, so \[ \operatorname{tr}(SK) = "
        r"\operatorname{tr}((SK)\T) = "
        r"\operatorname{tr}(K\T S\T) = \operatorname{tr}(-KS) = -\operatorname{tr}(KS) = -\operatorname{tr}(SK) . \] "
        r"A number that is equal to its negative is $0$. \textbf{Common error.} The diagonal entries of $SK$ "
        r"need not be "
        r"zero; only their sum is. Also, $SK$ itself is in general neither symmetric nor skew-symmetric.",
        [
            (r"$\operatorname{tr}(SK) = \operatorname{tr}((SK)\T)$", 1),
            (r"$(SK)\T = K\T S\T = -KS$", 2),
            (r"$\operatorname{tr}(KS) = \operatorname{tr}(SK)$, and concludes", 2),
        ],
    ),
}


def draw(rng):
    def make(r):
        small = [n for n in range(-5, 7) if n]
        a, b, c, d, e, f = (r.choice(small) for _ in range(6))
        p, q, s = (r.choice([-4, -3, -2, -1, 1, 2, 3, 4]) for _ in range(3))
        S = sp.Matrix([[a, d, e], [d, b, f], [e, f, c]])
        return S, sp.Matrix([[0, p, q], [-p, 0, s], [-q, -s, 0]])

    def calm(found):
        S, K = found
        A = S + K
        return max(map(abs, A)) <= 8 and list(A).count(0) <= 1 and 3 <= len([e for e in A if e > 0]) <= 7

    S, K = nice.retry(rng, make, calm, "matrix with small entries", tries=4000)
    return {"A": S + K, "claim": rng.choice(sorted(CLAIMS))}


def show(A, claim):
    return {"text": Latex(CLAIMS[claim][0]), "hint": Latex(CLAIMS[claim][1])}


def solve(A, claim):
    S = (A + A.T) / 2
    x = sp.symbols("x_1 x_2 x_3")
    pairs = [(0, 1), (0, 2), (1, 2)]
    squares = sum(A[i, i] * x[i] ** 2 for i in range(3))
    form = squares + sum(2 * S[i, j] * x[i] * x[j] for i, j in pairs)

    def same_form(B):
        return B.shape == (3, 3) and B + B.T == A + A.T and B != A and all(entry.is_integer for entry in B)

    return {
        "S": Exact(S),
        "K": Exact(A - S),
        "q": Expression(form, "x_1", "x_2", "x_3"),
        "B": Where(r"$B \ne A$ with $B + B\T = A + A\T$", S, same_form),
        "steps": Rubric(*CLAIMS[claim][3]),
        "proof": Latex(CLAIMS[claim][2]),
        "transposed": A.T,
        "sums": [Latex(rf"({A[i, j]} {'+' if A[j, i] >= 0 else '-'} {abs(A[j, i])})") for i, j in pairs],
    }


def verify(A, S, K, q, B):
    assert S.shape == K.shape == (3, 3)
    assert np.array_equal(S + K, A)
    assert np.array_equal(S, S.T)
    assert np.array_equal(K, -K.T)
    # A quadratic form is known when it is known at these vectors.
    unit = np.eye(3, dtype=int)
    points = [
        *unit,
        *(2 * unit),
        *(unit[i] + unit[j] for i in range(3) for j in range(i)),
        [1, 1, 1],
        [2, -1, 3],
        [0, 0, 0],
    ]
    points = [np.array(x) for x in points]
    assert all(np.isclose(float(q(*map(int, x))), x @ A @ x) for x in points)
    assert B.shape == (3, 3)
    assert np.array_equal(B, np.round(B))
    assert all(np.isclose(x @ B @ x, x @ A @ x) for x in points)
    assert not np.array_equal(A, B)
