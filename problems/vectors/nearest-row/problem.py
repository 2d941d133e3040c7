"""Distances of the rows of an array from a vector in three norms, in numpy and by hand.

* part a: what a program prints: a norm of each row, something of each column, and the number of a nearest row;
* part b: the nearest row in each norm; at least two of the three differ;
* part c: which expression gives all distances in one of the norms;
* part d: four of nine statements about norms of any two vectors, one to three of them true.

Space: thousands of arrays, 24 forms of the program; 36 answers of part b, and 125 sets of statements.
"""

from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO
from itertools import combinations

import numpy as np

from m4ml_exams.authoring import (
    Always,
    Code,
    Exact,
    Latex,
    Meta,
    Must,
    Option,
    Sometimes,
    figures,
    nice,
    samplers,
)

META = Meta(
    title="The nearest row",
    topics=["C2", "K1"],
    difficulty=2,
    minutes=10,
    skills=["trace-code", "compute", "recognise", "classify-statement"],
)

PROGRAM = """import numpy as np

X = np.array({X})
q = np.array({q})
D = X - q
print({first}.tolist())
print({second}.tolist())
print({third}.argmin())"""

BY_ROW = {  # norm: the code, what it is
    "one": ("np.abs(D).sum(axis=1)", r"the norms $\norm{\cdot}_1$ of the rows of $D$."),
    "two": ("(D ** 2).sum(axis=1)", r"the squares of the norms $\norm{\cdot}_2$ of the rows of $D$."),
    "max": ("np.abs(D).max(axis=1)", r"the norms $\norm{\cdot}_\infty$ of the rows of $D$."),
}
BY_COLUMN = {
    "sum": ("D.sum(axis=0)", r"the sums of the columns of $D$, with signs."),
    "sizes": ("np.abs(D).sum(axis=0)", r"the sums of the absolute values in the columns of $D$."),
    "max": ("D.max(axis=0)", r"the largest entry of each column of $D$, with its sign."),
    "low": ("np.abs(D).min(axis=0)", r"the smallest absolute value in each column of $D$."),
}
SUBSCRIPTS = {"one": "1", "two": "2", "max": r"\infty"}
CODES = {  # norm: the right code, wrong ones, what the right one does
    "one": (
        "np.abs(D).sum(axis=1)",
        ["D.sum(axis=1)", "np.abs(D).sum(axis=0)", "np.abs(D).sum()", "np.abs(D.sum(axis=1))"],
        "it adds the absolute values in each row",
    ),
    "two": (
        "np.sqrt((D ** 2).sum(axis=1))",
        [
            "np.sqrt((D ** 2).sum(axis=0))",
            "np.sqrt((D ** 2).sum())",
            "np.sqrt(D ** 2).sum(axis=1)",
            "(D ** 2).sum(axis=1)",
        ],
        "it adds the squares in each row and then takes the root",
    ),
    "max": (
        "np.abs(D).max(axis=1)",
        ["D.max(axis=1)", "np.abs(D).max(axis=0)", "np.abs(D).max()", "np.abs(D.max(axis=1))"],
        "it takes the largest absolute value in each row",
    ),
}

BY_COLUMNS, SINGLE = "has a value for each column", "is a single value"
FAULTS = {  # of the wrong codes, in their order
    "one": ("lets entries of different signs cancel", BY_COLUMNS, SINGLE, "takes absolute values only after adding"),
    "two": (BY_COLUMNS, SINGLE, "takes the roots before adding", "does not take the root"),
    "max": (
        "misses negative entries",
        BY_COLUMNS,
        SINGLE,
        "takes absolute values only after the maximum",
    ),
}


def _one(x):
    return int(abs(x).sum())


def _two(x):
    return int(x @ x)


def _max(x):
    return int(abs(x).max())


TRUE = {
    "between": (
        r"If $\norm{\vec x}_1 < \norm{\vec y}_\infty$, then $\norm{\vec x}_2 < \norm{\vec y}_2$.",
        r"$\norm{\vec x}_2 \le \norm{\vec x}_1$ and $\norm{\vec y}_\infty \le \norm{\vec y}_2$.",
        lambda x, y: _one(x) >= _max(y) or _two(x) < _two(y),
    ),
    "far": (
        r"If $n\,\norm{\vec x}_\infty < \norm{\vec y}_\infty$, then $\norm{\vec x}_1 < \norm{\vec y}_1$.",
        r"$\norm{\vec x}_1 \le n\,\norm{\vec x}_\infty$ and $\norm{\vec y}_\infty \le \norm{\vec y}_1$.",
        lambda x, y: len(x) * _max(x) >= _max(y) or _one(x) < _one(y),
    ),
    "sparse": (
        r"If $\norm{\vec x}_1 = \norm{\vec x}_\infty$, then $\vec x$ has at most one entry that is not $0$.",
        r"the largest absolute value is the whole sum, so that the others are $0$.",
        lambda x, y: _one(x) != _max(x) or np.count_nonzero(x) < 2,
    ),
    "scaled": (
        r"$\norm{\vec x - 2\,\vec y}_\infty \le \norm{\vec x}_\infty + 2\,\norm{\vec y}_\infty$.",
        r"this is the triangle inequality with $\norm{-2\,\vec y}_\infty = 2\,\norm{\vec y}_\infty$.",
        lambda x, y: _max(x - 2 * y) <= _max(x) + 2 * _max(y),
    ),
}
FALSE = {
    "one-two": (
        r"If $\norm{\vec x}_1 < \norm{\vec y}_1$, then $\norm{\vec x}_2 \le \norm{\vec y}_2$.",
        r"take $\vec x = (3, 0)$ and $\vec y = (2, 2)$: $3 < 4$, but $3 > \sqrt 8$.",
        lambda x, y: _one(x) >= _one(y) or _two(x) <= _two(y),
    ),
    "two-max": (
        r"If $\norm{\vec x}_2 < \norm{\vec y}_2$, then $\norm{\vec x}_\infty \le \norm{\vec y}_\infty$.",
        r"take $\vec x = (4, 0)$ and $\vec y = (3, 3)$: $4 < \sqrt{18}$, but $4 > 3$.",
        lambda x, y: _two(x) >= _two(y) or _max(x) <= _max(y),
    ),
    "both": (
        r"If $\norm{\vec x}_1 = \norm{\vec y}_1$ and $\norm{\vec x}_\infty = \norm{\vec y}_\infty$, then"
        r" $\norm{\vec x}_2 = \norm{\vec y}_2$.",
        r"take $\vec x = (2, 2, 0)$ and $\vec y = (2, 1, 1)$, with squared lengths $8$ and $6$.",
        lambda x, y: _one(x) != _one(y) or _max(x) != _max(y) or _two(x) == _two(y),
    ),
    "sum": (
        r"If $\norm{\vec x + \vec y}_1 = \norm{\vec x}_1 + \norm{\vec y}_1$, then one vector is a multiple"
        r" of the other.",
        r"take $\vec x = (1, 0)$ and $\vec y = (0, 1)$: $2 = 1 + 1$.",
        lambda x, y: _one(x + y) != _one(x) + _one(y) or np.linalg.matrix_rank([x, y]) < 2,
    ),
    "minus": (
        r"$\norm{\vec x - \vec y}_2 \le \norm{\vec x}_2$ or $\norm{\vec x - \vec y}_2 \le \norm{\vec y}_2$.",
        r"take $\vec x = (1, 0)$ and $\vec y = (-1, 0)$: $2 > 1$.",
        lambda x, y: _two(x - y) <= max(_two(x), _two(y)),
    ),
}
EXAMPLES = {  # those of the texts
    "one-two": ([3, 0], [2, 2]),
    "two-max": ([4, 0], [3, 3]),
    "both": ([2, 2, 0], [2, 1, 1]),
    "sum": ([1, 0], [0, 1]),
    "minus": ([1, 0], [-1, 0]),
}
STATEMENTS = {**TRUE, **FALSE}
MIXES = [names for names in combinations(STATEMENTS, 4) if 1 <= len(TRUE.keys() & set(names)) <= 3]
CASES = samplers.vectors(n=(1, 2, 3), count=2, names="x y")


def draw(rng):
    X, q = nice.retry(rng, _rows, bool, "rows of which the nearest one depends on the norm", tries=5000)
    first, third = nice.distinct(rng, sorted(BY_ROW), 2)
    statements = list(rng.choice(MIXES))
    rng.shuffle(statements)
    norm = rng.choice(sorted(CODES))
    return {
        "X": X,
        "q": q,
        "prints": [first, rng.choice(sorted(BY_COLUMN)), third],
        "norm": norm,
        "wrong": sorted(rng.sample(range(4), 3)),
        "statements": statements,
    }


def _rows(rng):
    q = [rng.randint(1, 6) for _ in range(3)]
    X = [[rng.randint(0, 8) for _ in range(3)] for _ in range(4)]
    lists = _norms(X, q)
    unique = all(values.count(min(values)) == 1 for values in lists)
    nearest = {values.index(min(values)) for values in lists}
    varied = all(len(set(values)) > 2 for values in lists) and min(lists[2]) > 1
    signs = all(min(column) < 0 < max(column) for column in zip(*_differences(X, q), strict=True))
    fine = unique and varied and signs and len(nearest) > 1
    return (X, q) if fine and not _coincides(np.array(X) - np.array(q)) else None


def _coincides(D):
    """Whether a wrong expression has the value of the right one."""
    for right, wrong, _ in CODES.values():
        values = [np.asarray(eval(code, {"np": np, "D": D})) for code in (right, *wrong)]
        if any(value.shape == values[0].shape and np.allclose(value, values[0]) for value in values[1:]):
            return True
    return False


def _differences(X, q):
    return [[x - t for x, t in zip(row, q, strict=True)] for row in X]


def _norms(X, q):
    """For each row of the difference the norm 1, the square of the norm 2, and the norm infinity."""
    D = _differences(X, q)
    sizes = [[abs(x) for x in row] for row in D]
    return [[sum(row) for row in sizes], [sum(x * x for x in row) for row in D], [max(row) for row in sizes]]


def _typed(code):
    return Latex(r"\texttt{" + code.replace("_", r"\_") + "}")


def _program(X, q, prints):
    first, second, third = prints
    return PROGRAM.format(
        X=[list(map(int, row)) for row in X],
        q=list(map(int, q)),
        first=BY_ROW[first][0],
        second=BY_COLUMN[second][0],
        third=BY_ROW[third][0],
    )


def show(X, q, prints, norm, wrong, statements):
    right, others, _ = CODES[norm]
    codes = [("right", right)] + [(f"wrong{n}", others[n]) for n in wrong]
    cells = [Latex(rf"\blank[width=2cm, height=0.9cm]{{nearest[{k}]}}") for k in (1, 2, 3)]
    header = [Latex(rf"in $\norm{{\cdot}}_{k}$") for k in ("1", "2", r"\infty")]
    return {
        "program": _program(X, q, prints),
        "table": figures.data_table([cells], header=header, row_names=["row"], ruled=True, stretch="1.4"),
        "sub": Latex("{" + SUBSCRIPTS[norm] + "}"),
        "codes": [{"key": key, "words": _typed(code)} for key, code in codes],
        "words": [Latex(STATEMENTS[name][0]) for name in statements],
    }


def solve(X, q, prints, norm, wrong, statements):
    first, second, third = prints
    lists = _norms(X, q)
    squares = lists[1]
    roots = Latex(r",\ ".join(rf"\sqrt{{{value}}}" for value in squares))
    smallest = "the number of the row of $D$ with the smallest "
    kind = {"one": r"norm $\norm{\cdot}_1$.", "two": r"squared length.", "max": r"norm $\norm{\cdot}_\infty$."}[third]
    right, _, meaning = CODES[norm]
    return {
        "output": Exact(Code("\n".join(map(str, _printed(X, q, prints))))),
        "nearest": Exact([values.index(min(values)) for values in lists]),
        "code": Option("right"),
        "D": _matrix(_differences(X, q)),
        "why": [Latex(BY_ROW[first][1]), Latex(BY_COLUMN[second][1]), Latex(smallest + kind)],
        "norms": [Latex(r",\ ".join(map(str, lists[0]))), roots, Latex(r",\ ".join(map(str, lists[2])))],
        "right": _typed(right),
        "meaning": meaning,
        "faults": [{"words": _typed(CODES[norm][1][n]), "why": FAULTS[norm][n]} for n in wrong],
        "judged": [
            {"words": Latex(STATEMENTS[name][0]), "holds": name in TRUE, "why": Latex(STATEMENTS[name][1])}
            for name in statements
        ],
    }


def _printed(X, q, prints):
    """The three lines, entry by entry."""
    norms = dict(zip(BY_ROW, _norms(X, q), strict=True))
    columns = list(zip(*_differences(X, q), strict=True))
    by_column = {
        "sum": [sum(column) for column in columns],
        "sizes": [sum(map(abs, column)) for column in columns],
        "max": [max(column) for column in columns],
        "low": [min(map(abs, column)) for column in columns],
    }
    third = norms[prints[2]]
    return [norms[prints[0]], by_column[prints[1]], third.index(min(third))]


def _matrix(rows):
    lines = r" \\ ".join(" & ".join(map(str, row)) for row in rows)
    return Latex(rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}")


def verify(X, q, program, norm, wrong, output, nearest, code):
    D = np.array(X) - np.array(q)
    orders = {"one": 1, "two": 2, "max": np.inf}
    sizes = {name: [np.linalg.norm(row, ord=order) for row in D] for name, order in orders.items()}
    # a: the program itself, as it stands on paper
    written = StringIO()
    with redirect_stdout(written):
        exec(program, {})
    assert str(output).strip() == written.getvalue().strip()
    best = [min(range(len(D)), key=lambda i, name=name: sizes[name][i]) for name in orders]
    assert list(nearest) == best
    # c: the expressions themselves
    options = {"right": CODES[norm][0], **{f"wrong{n}": CODES[norm][1][n] for n in wrong}}
    values = {key: eval(text, {"np": np, "D": D}) for key, text in options.items()}
    fits = {key for key, value in values.items() if np.shape(value) == (len(D),) and np.allclose(value, sizes[norm])}
    assert fits == {code}


@lru_cache
def _claim(name):
    if name in TRUE:
        return Always(TRUE[name][2], CASES)
    return Sometimes(FALSE[name][2], CASES, counterexample=EXAMPLES[name])


def claims(statements):
    return {"must": Must({f"s{n}": _claim(name) for n, name in enumerate(statements, start=1)})}
