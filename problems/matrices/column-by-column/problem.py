"""Products of matrices: a matrix from three of its products, a commuting matrix, and what an equation forces.

* part a: a 2 x 3 matrix from its products with three vectors, found one column after the other;
* part b: the entry k for which M and N commute; N is a combination of M and I;
* part c: five of eight or nine statements about matrices with AB = 0, AB = BA, A^2 = A, A^2 = I, or A^2 = 0, A not 0.

Space: more than 100,000 matrices in part a, 20 values of k, 300 sets of statements.
"""

from functools import lru_cache
from itertools import combinations, product

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, linear_combination, nice, samplers

META = Meta(
    title="Column by column",
    topics=["E1", "E2", "E6"],
    difficulty=2,
    minutes=10,
    skills=["compute", "solve-for-parameter", "classify-statement"],
)

IMPOSSIBLE, POSSIBLE, GUARANTEED = "impossible", "possible", "guaranteed"
K = sp.Symbol("k")


def _small(rows):
    return (
        r"\left[\begin{smallmatrix} "
        + r" \\ ".join(" & ".join(map(str, row)) for row in rows)
        + r" \end{smallmatrix}\right]"
    )


EXAMPLES = {  # 2 x 2 matrices: LaTeX and entries
    "0": ("0", [[0, 0], [0, 0]]),
    "I": ("I", [[1, 0], [0, 1]]),
    "-I": ("-I", [[-1, 0], [0, -1]]),
    "N": (_small([[0, 1], [0, 0]]), [[0, 1], [0, 0]]),
    "D": (_small([[1, 0], [0, 0]]), [[1, 0], [0, 0]]),
    "J": (_small([[1, 1], [0, 0]]), [[1, 1], [0, 0]]),
    "K": (_small([[1, -1], [1, -1]]), [[1, -1], [1, -1]]),
    "S": (_small([[1, 0], [0, -1]]), [[1, 0], [0, -1]]),
    "T": (_small([[1, 1], [0, -1]]), [[1, 1], [0, -1]]),
}


def _eye(A):
    return np.eye(len(A), dtype=int)


def _regular(A):
    return round(np.linalg.det(A)) != 0


def _equal(A, B):
    return bool((A == B).all())


def _zero(A):
    return not A.any()


def _must(words, reason, holds):
    return words, GUARANTEED, reason, holds


def _no(words, reason, holds):
    return words, IMPOSSIBLE, reason, holds


def _may(words, witness, counterexample, holds):
    """Names of examples, one letter for each matrix."""
    return words, POSSIBLE, (witness.split(), counterexample.split()), holds


TABLE = {
    "zero": (
        r"$AB = 0$",
        {
            "back": _may(r"$BA = 0$", "0 0", "N D", lambda A, B: _zero(B @ A)),
            "factor": _may(r"$A = 0$ or $B = 0$", "0 0", "N D", lambda A, B: _zero(A) or _zero(B)),
            "square": _must(r"$(BA)^2 = 0$", r"since $BABA = B(AB)A$.", lambda A, B: _zero(B @ A @ B @ A)),
            "regular": _no(
                r"$A$ is invertible and $B \ne 0$.",
                r"since $B = A^{-1}AB = 0$.",
                lambda A, B: _regular(A) and not _zero(B),
            ),
            "binomial": _must(
                r"$(A + B)^2 = A^2 + BA + B^2$",
                r"since $(A + B)^2 = A^2 + AB + BA + B^2$.",
                lambda A, B: _equal((A + B) @ (A + B), A @ A + B @ A + B @ B),
            ),
            "one": _may(r"$A$ is invertible.", "I 0", "0 0", lambda A, B: _regular(A)),
            "both": _no(
                r"$A$ and $B$ are invertible.",
                r"since $AB$ would be invertible, and $0$ is not.",
                lambda A, B: _regular(A) and _regular(B),
            ),
            "turned": _must(r"$B\T A\T = 0$", r"since this is $(AB)\T$.", lambda A, B: _zero(B.T @ A.T)),
        },
    ),
    "commute": (
        r"$AB = BA$",
        {
            "third": _must(
                r"$(A + B)(A - B) = A^2 - B^2$",
                r"since the mixed terms $-AB + BA$ cancel.",
                lambda A, B: _equal((A + B) @ (A - B), A @ A - B @ B),
            ),
            "square": _must(r"$A^2 B = B A^2$", r"since $AAB = ABA = BAA$.", lambda A, B: _equal(A @ A @ B, B @ A @ A)),
            "turned": _must(
                r"$A\T B\T = B\T A\T$",
                r"since these are $(BA)\T$ and $(AB)\T$.",
                lambda A, B: _equal(A.T @ B.T, B.T @ A.T),
            ),
            "half": _may(r"$A B\T = B\T A$", "I I", "N N", lambda A, B: _equal(A @ B.T, B.T @ A)),
            "diagonal": _may(
                r"$A$ is diagonal or $B$ is diagonal.",
                "I I",
                "N N",
                lambda A, B: any(_equal(C, np.diag(np.diag(C))) for C in (A, B)),
            ),
            "same": _may(
                r"One of $A$ and $B$ is a multiple of the other.",
                "I I",
                "D S",
                lambda A, B: np.linalg.matrix_rank([A.ravel(), B.ravel()]) < 2,
            ),
            "gap": _no(r"$AB - BA$ is invertible.", r"since this matrix is $0$.", lambda A, B: _regular(A @ B - B @ A)),
            "inverse": _no(
                r"$AB = I$ and $B$ is not invertible.",
                r"since then $A$ is the inverse of $B$.",
                lambda A, B: _equal(A @ B, _eye(A)) and not _regular(B),
            ),
            "power": _no(
                r"$(AB)^2 \ne A^2 B^2$",
                r"since $ABAB = AABB$.",
                lambda A, B: not _equal(A @ B @ A @ B, A @ A @ B @ B),
            ),
        },
    ),
    "idempotent": (
        r"$A^2 = A$",
        {
            "trivial": _may(r"$A = 0$ or $A = I$", "0", "D", lambda A: _zero(A) or _equal(A, _eye(A))),
            "regular": _no(
                r"$A$ is invertible and $A \ne I$.",
                r"since $A = A^{-1}A^2 = A^{-1}A = I$.",
                lambda A: _regular(A) and not _equal(A, _eye(A)),
            ),
            "rest": _must(
                r"$(I - A)^2 = I - A$",
                r"since $I - 2A + A^2 = I - A$.",
                lambda A: _equal((_eye(A) - A) @ (_eye(A) - A), _eye(A) - A),
            ),
            "product": _must(r"$A(I - A) = 0$", r"since this is $A - A^2$.", lambda A: _zero(A @ (_eye(A) - A))),
            "symmetric": _may(r"$A\T = A$", "D", "J", lambda A: _equal(A, A.T)),
            "mirror": _must(
                r"$(2A - I)^2 = I$",
                r"since $4A^2 - 4A + I = I$.",
                lambda A: _equal((2 * A - _eye(A)) @ (2 * A - _eye(A)), _eye(A)),
            ),
            "one": _may(r"$A^3 = I$", "I", "0", lambda A: _equal(A @ A @ A, _eye(A))),
            "minus": _no(
                r"$A^2 = -A$ and $A \ne 0$",
                r"since $A = -A$ says $A = 0$.",
                lambda A: _equal(A @ A, -A) and not _zero(A),
            ),
            "double": _no(
                r"$A = 2B$, where $B^2 = B \ne 0$",
                r"since $A^2 = 4B$ would be $2B$.",
                lambda A: not _zero(A) and _equal(A @ A, 2 * A),
            ),
        },
    ),
    "involution": (
        r"$A^2 = I$",
        {
            "trivial": _may(r"$A = I$ or $A = -I$", "I", "S", lambda A: _equal(A, _eye(A)) or _equal(A, -_eye(A))),
            "regular": _must(r"$A$ is invertible.", r"since $A$ is its own inverse.", _regular),
            "symmetric": _may(r"$A\T = A$", "S", "T", lambda A: _equal(A, A.T)),
            "null": _no(
                r"$A\vec x = \vec 0$ for some $\vec x \ne \vec 0$.",
                r"since $\vec x = A(A\vec x) = \vec 0$.",
                lambda A: not _regular(A),
            ),
            "factors": _must(
                r"$(A + I)(A - I) = 0$",
                r"since this is $A^2 - I$.",
                lambda A: _zero((A + _eye(A)) @ (A - _eye(A))),
            ),
            "fifth": _must(r"$A^5 = A$", r"since $A^4 = I$.", lambda A: _equal(np.linalg.matrix_power(A, 5), A)),
            "sum": _may(r"$A + I$ is invertible.", "I", "-I", lambda A: _regular(A + _eye(A))),
            "zero": _no(r"$A^3 = 0$", r"since $A^3 = A$, and $A$ is invertible.", lambda A: _zero(A @ A @ A)),
        },
    ),
    "nilpotent": (
        r"$A^2 = 0$ and $A \ne 0$",
        {
            "regular": _no(r"$A$ is invertible.", r"since $A = A^{-1}A^2$ would be $0$.", _regular),
            "inverse": _must(
                r"$(I + A)(I - A) = I$",
                r"since this is $I - A^2$.",
                lambda A: _equal((_eye(A) + A) @ (_eye(A) - A), _eye(A)),
            ),
            "symmetric": _no(
                r"$A\T = A$",
                r"since the diagonal of $A^2 = A\T A$ has the squared lengths of the columns.",
                lambda A: _equal(A, A.T),
            ),
            "one": _no(r"$n = 1$", r"since the square of a number is $0$ for $0$ only.", lambda A: len(A) == 1),
            "square": _must(
                r"$(I + A)^2 = I + 2A$",
                r"since $A^2 = 0$ is the last term.",
                lambda A: _equal((_eye(A) + A) @ (_eye(A) + A), _eye(A) + 2 * A),
            ),
            "column": _may(r"$A$ has a column of zeros.", "N", "K", lambda A: not A.any(axis=0).all()),
            "turned": _must(r"$(A\T)^2 = 0$", r"since this is $(A^2)\T$.", lambda A: _zero(A.T @ A.T)),
            "diagonal": _may(r"All entries on the diagonal of $A$ are $0$.", "N", "K", lambda A: not np.diag(A).any()),
            "gram": _no(
                r"$A A\T = 0$",
                r"since its diagonal has the squared lengths of the rows.",
                lambda A: _zero(A @ A.T),
            ),
        },
    ),
}
TWO = ("zero", "commute")


def _sets(assumption):
    """Five statements with all three verdicts, each of them once or twice."""
    found = []
    for names in combinations(TABLE[assumption][1], 5):
        verdicts = [TABLE[assumption][1][name][1] for name in names]
        if all(1 <= verdicts.count(one) <= 2 for one in (IMPOSSIBLE, POSSIBLE, GUARANTEED)):
            found.append(names)
    return found


SETS = {assumption: _sets(assumption) for assumption in TABLE}


def draw(rng):
    A, V = nice.retry(rng, _columns, bool, "matrix with small products", tries=5000)
    M, N, place = nice.retry(rng, _commuting, bool, "commuting matrices", tries=5000)
    assumption = rng.choice(sorted(TABLE))
    statements = list(rng.choice(SETS[assumption]))
    rng.shuffle(statements)
    return {
        "V": V,
        "B": [A * v for v in V],
        "M": M,
        "N": N,
        "place": place,
        "assumption": assumption,
        "statements": statements,
    }


def _columns(rng):
    """A 2 x 3 matrix and three vectors: of one, two and three columns."""
    A = sp.Matrix(2, 3, lambda *_: rng.randint(-4, 6))
    i, j, k = rng.sample(range(3), 3)
    V = [[0, 0, 0] for _ in range(3)]
    V[0][i] = rng.choice((-1, 1))
    V[1][i], V[1][j] = rng.choice((-1, 1, 2)), rng.choice((-1, 1))
    V[2][i], V[2][j], V[2][k] = rng.choice((-1, 1, 2)), rng.choice((-1, 1)), rng.choice((-1, 1))
    V = [sp.Matrix(v) for v in V]
    rng.shuffle(V)
    calm = all(abs(entry) <= 12 for v in V for entry in A * v)
    return (A, V) if calm and list(A).count(0) <= 1 and A.rank() == 2 and min(A) < 0 else None


def _commuting(rng):
    """M, N = x I + y M with one entry replaced by k, and the place of this entry."""
    M = sp.Matrix(2, 2, lambda *_: rng.choice([n for n in range(-3, 5) if n]))
    x, y = rng.choice([n for n in range(-4, 5) if n]), rng.choice((-2, -1, 2, 3))
    N, place = x * sp.eye(2) + y * M, rng.choice(((0, 0), (1, 1), (0, 1), (1, 0)))
    k = N[place]
    if max(abs(entry) for entry in N) > 9 or 0 in list(N) or M[0, 0] == M[1, 1] or k in list(M) or M[0, 1] == M[1, 0]:
        return None
    N = N.as_mutable()
    N[place] = K
    return M, N.as_immutable(), [place[0] + 1, place[1] + 1]


def show(assumption, statements):
    condition, table = TABLE[assumption]
    two = assumption in TWO
    return {
        "two": two,
        "objects": Latex("$A$ and $B$ are" if two else "$A$ is a"),
        "condition": Latex(condition),
        "words": [Latex(table[name][0]) for name in statements],
    }


def solve(V, B, M, N, place, assumption, statements):
    A = sp.Matrix.hstack(*B) * sp.Matrix.hstack(*V).inv()
    row, column = place[0] - 1, place[1] - 1
    if row == column:
        other = 1 - row
        k = N[other, other] + (M[row, row] - M[other, other]) * N[row, other] / M[row, other]
        spot = (row, other)
    else:
        k = M[row, column] * N[column, row] / M[column, row]
        spot = (0, 0)
    y = (k if (row, column) == (0, 1) else N[0, 1]) / M[0, 1]
    x = (k if (row, column) == (0, 0) else N[0, 0]) - y * M[0, 0]
    order = sorted(V, key=lambda v: 3 - list(v).count(0))
    MN, NM = (M * N).expand(), (N * M).expand()
    return {
        "A": Exact(A),
        "k": Exact(k),
        "facts": [_fact(v, A * v) for v in order],
        "columns": [{"j": j + 1, "value": A[:, j]} for j in _found(order)],
        "MN": MN,
        "NM": NM,
        "spot": [spot[0] + 1, spot[1] + 1],
        "left": MN[spot],
        "right": NM[spot],
        "combination": linear_combination([x, y], ["I", "M"]),
        "rows": [_row(assumption, name) for name in statements],
    }


def _fact(v, product):
    """What is known of a product, as a combination of the columns."""
    combination = linear_combination(list(v), [rf"\vec a_{j}" for j in (1, 2, 3)])
    return Latex(f"{combination} = {sp.latex(product, mat_delim='', mat_str='bmatrix')}")


def _found(order):
    """The columns in the order in which they are found."""
    found = []
    for v in order:
        found += [j for j in range(3) if v[j] and j not in found]
    return found


def _row(assumption, name):
    words, verdict, reason, _ = TABLE[assumption][1][name]
    if verdict == POSSIBLE:
        holds, fails = (
            " and ".join(f"${letter} = {EXAMPLES[one][0]}$" for letter, one in zip("AB", names, strict=False))
            for names in reason
        )
        reason = f"since it holds for {holds}, but not for {fails}."
    return {"words": Latex(words.removesuffix(".")), "verdict": verdict, "why": Latex(reason)}


def verify(V, B, M, N, place, A, k):
    # a: a matrix of rank 3 leaves one solution
    vectors = np.column_stack(V)
    assert np.linalg.matrix_rank(vectors) == 3
    assert A.shape == (2, 3)
    assert np.array_equal(A @ vectors, np.column_stack(B))

    # b: the commutator is linear in k, so that two values give all
    def commutator(number):
        filled = N(number)
        return M @ filled - filled @ M

    slope = commutator(1) - commutator(0)
    assert slope.any()
    assert np.allclose(commutator(0) + k * slope, 0)


ENTRIES = {1: range(-6, 7), 2: range(-9, 10), 3: (-1, 0, 1)}
TESTS = {  # for stacks of matrices
    "idempotent": lambda A: A @ A == A,
    "involution": lambda A: np.eye(A.shape[-1]) == A @ A,
    "nilpotent": lambda A: (A @ A == 0) & A.any(axis=(1, 2))[:, None, None],
}


@lru_cache
def _cases(assumption):
    """Pairs of matrices with n = 1, 2, or all matrices with n = 1, 2, 3 and these entries, the simplest ones first."""
    if assumption in TWO:
        pairs = [
            samplers.all_matrices(n, n, values, names="A") * samplers.all_matrices(n, n, values, names="B")
            for n, values in ((1, range(-2, 3)), (2, (-1, 0, 1)))
        ]
        test = {"zero": lambda A, B: _zero(A @ B), "commute": lambda A, B: _equal(A @ B, B @ A)}[assumption]
        return (pairs[0] | pairs[1]).where(test)
    found = []
    for n, values in ENTRIES.items():
        stack = np.array(list(product(values, repeat=n * n))).reshape(-1, n, n)
        found += list(stack[TESTS[assumption](stack).all(axis=(1, 2))])
    return samplers.listed(A=sorted(found, key=lambda A: (abs(A).sum(), len(A), tuple(A.ravel()))))


@lru_cache
def _claim(assumption, name):
    _, verdict, reason, holds = TABLE[assumption][1][name]
    cases = _cases(assumption)
    if verdict == POSSIBLE:
        witness, counterexample = (tuple(EXAMPLES[one][1] for one in names) for names in reason)
        return Sometimes(holds, cases, witness=witness, counterexample=counterexample)
    return (Always if verdict == GUARANTEED else Never)(holds, cases)


def claims(assumption, statements):
    return {f"row{n}": _claim(assumption, name) for n, name in enumerate(statements, start=1)}
