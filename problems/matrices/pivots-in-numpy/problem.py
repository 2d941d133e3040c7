"""A numpy program that eliminates and multiplies the pivots: its output, its output after a change, and what holds for
it when its division rounds; a formula with traces as code.

A = LU has integer multipliers, so that rounding down changes nothing in parts (a) and (b).

Space: thousands of matrices; 9 changes in part (b); 5 expressions in part (c); 3 of 9 statements in part (d).
"""

from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Code, Exact, Latex, Meta, Option, Sometimes, nice, samplers

META = Meta(
    title="Pivots in numpy",
    topics=["E7", "K1", "E3"],
    difficulty=2,
    minutes=10,
    skills=["trace-code", "compute", "recognise", "classify-statement"],
)

FUNCTION = """import numpy as np
def f(A):
    A = A.copy()
    d = 1
    for k in range(3):
        for i in range(k + 1, 3):
            A[i] = A[i] - (A[i, k] // A[k, k]) * A[k]
        print(A[k].tolist())
        d = d * A[k, k]
    return d

"""
CALL = """A = np.array({A})
print(f(A))"""
CALL_LINE = 13


def _f(A):
    """The value that the program's function returns; None when it divides by zero."""
    A = np.array(A)
    d = 1
    for k in range(3):
        if k < 2 and A[k, k] == 0:
            return None
        for i in range(k + 1, 3):
            A[i] -= (A[i, k] // A[k, k]) * A[k]
        d *= A[k, k]
    return int(d)


def _det(A):
    return round(np.linalg.det(A))


CHANGES = [  # argument of f, what the determinant is multiplied by, why
    ("2 * A", 8, "all three rows are multiplied by $2$, so the determinant is multiplied by $2^3 = 8$"),
    ("3 * A", 27, "all three rows are multiplied by $3$, so the determinant is multiplied by $3^3 = 27$"),
    ("-A", -1, "all three rows change their sign, so the determinant is multiplied by $(-1)^3 = -1$"),
    ("A * [[1], [1], [5]]", 5, "only the third row is multiplied by $5$, and with it the determinant"),
    ("A * [[1], [1], [-2]]", -2, "only the third row is multiplied by $-2$, and with it the determinant"),
    ("A + [[0], [1], [0]] * A[0]", 1, "the first row is added to the second one; the determinant stays"),
    ("A - [[0], [0], [3]] * A[0]", 1,
     "three times the first row is subtracted from the third one; the determinant stays"),
    ("A * [1, 1, 4]", 4, "only the third column is multiplied by $4$, and with it the determinant"),
    ("A * [1, 1, -3]", -3, "only the third column is multiplied by $-3$, and with it the determinant"),
]  # fmt: skip
FORMULAS = [  # code, key of the right option, why
    ("(A * B).sum()", "tAtB", r"it adds all $a_{ij}b_{ij}$; $\operatorname{tr}(A\T B) = \sum_j \sum_i a_{ij}b_{ij}$"),
    ("(A * B.T).sum()", "tAB", r"it adds all $a_{ij}b_{ji}$, and $\operatorname{tr}(AB) = \sum_i \sum_j a_{ij}b_{ji}$"),
    ("np.diag(A @ B).sum()", "tAB", r"it adds the diagonal entries of the matrix product $AB$"),
    ("np.diag(A).sum() * np.diag(B).sum()", "product", r"each of the two sums is a trace"),
    ("(np.diag(A) + np.diag(B)).sum()", "sum", r"it adds all diagonal entries of $A$ and of $B$"),
]  # fmt: skip
VALUES = {
    "tAB": lambda A, B: sum(A[i] @ B[:, i] for i in range(len(A))),
    "tAtB": lambda A, B: sum(A[:, i] @ B[:, i] for i in range(len(A))),
    "product": lambda A, B: sum(A[i, i] for i in range(len(A))) * sum(B[i, i] for i in range(len(A))),
    "sum": lambda A, B: sum(A[i, i] + B[i, i] for i in range(len(A))),
    "det": lambda A, B: np.linalg.det(A @ B),
    "all": lambda A, B: np.ones(len(A)) @ A @ B @ np.ones(len(A)),
}

FINE = samplers.square(3, largest=5).where(lambda A: _f(A) is not None)
PIVOTS = samplers.square(3, largest=5).where(lambda A: A[0, 0] != 0 and A[1, 1] != 0)
UPPER, LOWER = PIVOTS.into(A=lambda A: np.triu(A)), PIVOTS.into(A=lambda A: np.tril(A))
TWO_ROWS = samplers.matrices(2, 3, largest=5)
EQUAL_ROWS = (TWO_ROWS.into(A=lambda A: A[[0, 1, 1]]) | TWO_ROWS.into(A=lambda A: A[[0, 1, 0]])).where(
    lambda A: _f(A) is not None
)
BOTH_WAYS = FINE.where(lambda A: _f(A.T) is not None)
EXCHANGED = FINE.where(lambda A: _f(A[[1, 0, 2]]) is not None)

STATEMENTS = {  # name: (text, true, why, predicate, cases)
    "upper": (r"If $A$ is upper triangular, \verb|f(A)| is $\det A$.", True,
        "nothing is subtracted, and $d$ is the product of the diagonal entries.", lambda A: _f(A) == _det(A), UPPER),
    "lower": (r"If $A$ is lower triangular, \verb|f(A)| is $\det A$.", True,
        "the subtractions change only entries below the diagonal, and $d$ is the product of the diagonal entries.",
        lambda A: _f(A) == _det(A), LOWER),
    "double": (r"\verb|f(2 * A)| is $8$ times \verb|f(A)|.", True,
        "the quotients, rounded or not, stay the same, so each row is doubled at each step and so is each pivot.",
        lambda A: _f(2 * A) == 8 * _f(A), FINE),
    "equal": (r"If two rows of $A$ are equal, \verb|f(A)| is $0$.", True,
        "the same is done to both until one is the pivot row; then the quotient is $1$ and the other becomes zero.",
        lambda A: _f(A) == 0, EQUAL_ROWS),
    "integer": (r"\verb|f(A)| is an integer.", True, "only integers are added, subtracted and multiplied.",
        lambda A: isinstance(_f(A), int), FINE),
    "always": (r"\verb|f(A)| is $\det A$.", False,
        r"when a quotient is rounded, the entry below the pivot does not become zero. For "
        r"$\begin{bmatrix} 2 & 1 & 0 \\ 1 & 1 & 0 \\ 0 & 0 & 1 \end{bmatrix}$ the quotient $1/2$ becomes $0$, "
        r"and the program "
        r"returns $2$ in place of $1$.",
        lambda A: _f(A) == _det(A), FINE),
    "transpose": (r"\verb|f(A.T)| is equal to \verb|f(A)|.", False,
        r"this would hold for the determinant. For $\begin{bmatrix} 2 & 2 & 0 \\ 1 & 3 & 0 \\ 0 & 0 & 1 "
        r"\end{bmatrix}$ the quotient "
        r"$1/2$ is rounded and \verb|f(A)| is $6$; the transpose has the quotient $1$ and gives $4$.",
        lambda A: _f(A.T) == _f(A), BOTH_WAYS),
    "exchange": (r"When the first two rows of $A$ are exchanged, \verb|f(A)| only changes its sign.", False,
        r"this would hold for the determinant. For $\begin{bmatrix} 2 & 1 & 0 \\ 1 & 1 & 0 \\ 0 & 0 & 1 "
        r"\end{bmatrix}$ the program "
        r"returns $2$, and $-1$ after the exchange, when nothing is rounded.",
        lambda A: _f(A[[1, 0, 2]]) == -_f(A), EXCHANGED),
    "singular": (r"If $A$ is invertible, \verb|f(A)| is not $0$.", False,
        r"with rounding a pivot may become $0$. For $\begin{bmatrix} 2 & 1 & 0 \\ 1 & 1 & 1 \\ 1 & 2 & 2 "
        r"\end{bmatrix}$ the "
        r"quotients $1/2$ become $0$ and the last row $(-1, 0, 0)$, but the determinant is $-1$.",
        lambda A: _f(A) != 0, FINE.where(lambda A: _det(A) != 0)),
}  # fmt: skip
COUNTEREXAMPLES = {
    "always": [[2, 1, 0], [1, 1, 0], [0, 0, 1]],
    "transpose": [[2, 2, 0], [1, 3, 0], [0, 0, 1]],
    "exchange": [[2, 1, 0], [1, 1, 0], [0, 0, 1]],
    "singular": [[2, 1, 0], [1, 1, 1], [1, 2, 2]],
}
TRUE = [name for name, item in STATEMENTS.items() if item[1]]
FALSE = [name for name, item in STATEMENTS.items() if not item[1]]


def draw(rng):
    def make(r):
        small = [-3, -2, -1, 1, 2, 3]
        L = [[1, 0, 0], [r.choice(small), 1, 0], [r.choice(small), r.choice([-2, -1, 1, 2]), 1]]
        p, q, s = r.choice([1, 2, -1, 3]), r.choice([-3, -2, 2, 3]), r.choice([-4, -2, 2, 3, 5])
        return L, [[p, r.choice(small), r.choice(small)], [0, q, r.choice(small)], [0, 0, s]]

    def calm(found):
        L, U = found
        A = [sum(L[i][k] * U[k][j] for k in range(3)) for i in range(3) for j in range(3)]
        return max(map(abs, A)) <= 9 and A.count(0) <= 1 and 6 <= abs(U[0][0] * U[1][1] * U[2][2]) <= 30

    L, U = nice.retry(rng, make, calm, "matrix with integer multipliers", tries=8000)
    true = rng.choice([1, 2])
    rows = rng.sample(TRUE, true) + rng.sample(FALSE, 3 - true)
    rng.shuffle(rows)
    return {
        "L": sp.Matrix(L),
        "U": sp.Matrix(U),
        "change": rng.randrange(len(CHANGES)),
        "formula": rng.randrange(len(FORMULAS)),
        "rows": rows,
    }


def show(L, U, change, formula, rows):
    A = (L * U).tolist()
    return {
        "program": FUNCTION + CALL.format(A=[[int(entry) for entry in row] for row in A]),
        "line": CALL_LINE,
        "replacement": f"print(f({CHANGES[change][0]}))",
        "code": FORMULAS[formula][0],
        "texts": [Latex(STATEMENTS[name][0]) for name in rows],
    }


def solve(L, U, change, formula, rows):
    pivots = [U[k, k] for k in range(3)]
    det = pivots[0] * pivots[1] * pivots[2]
    lines = [str([int(entry) for entry in U[k, :]]) for k in range(3)]
    first = sp.Matrix([[1, 0, 0], [-L[1, 0], 1, 0], [-L[2, 0], 0, 1]])
    return {
        "output": Exact(Code("\n".join([*lines, str(det)]))),
        "last": Exact(CHANGES[change][1] * det),
        "formula_key": Option(FORMULAS[formula][1]),
        "A": L * U,
        "middle": first * L * U,
        "pivots": pivots,
        "det": det,
        "times": CHANGES[change][1],
        "because": Latex(CHANGES[change][2]),
        "reason": Latex(FORMULAS[formula][2]),
        "whys": [Latex(STATEMENTS[name][2]) for name in rows],
        "right": [STATEMENTS[name][1] for name in rows],
    }


def verify(program, replacement, code, output, last, formula_key):
    # The programs are run.
    assert output == _run(program)
    changed = program.replace("print(f(A))", replacement)
    assert changed.splitlines()[CALL_LINE - 1] == replacement
    assert _run(changed).splitlines()[-1] == str(last)
    assert isinstance(last, int)
    A, B = np.array([[1, 2, 0], [3, -1, 4], [2, 5, 3]]), np.array([[2, -1, 3], [0, 4, 1], [5, 2, -2]])
    value = eval(code, {"A": A, "B": B, "np": np})
    assert [key for key, function in VALUES.items() if np.isclose(function(A, B), value)] == [formula_key]


def _run(program):
    printed = StringIO()
    with redirect_stdout(printed):
        exec(program, {})
    return printed.getvalue().strip()


@lru_cache
def _claim(name):
    _, true, _, predicate, cases = STATEMENTS[name]
    return Always(predicate, cases) if true else Sometimes(predicate, cases, counterexample=COUNTEREXAMPLES[name])


def claims(rows):
    return {f"row{i}": _claim(name) for i, name in enumerate(rows, start=1)}
