"""Which identities about deviations must hold; a double sum; mean and variance after one more measurement.

Part a: 1,330 sets of five identities in any order; part b: hundreds of values; part c: hundreds of pairs of answers.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Must, Sometimes, linear_combination, samplers

META = Meta(
    title="Sums and deviations",
    topics=["A1"],
    difficulty=2,
    minutes=10,
    skills=["classify-statement", "compute"],
)

DATA = samplers.data_sets(n=range(1, 8), names="y")


def _gaps(y):
    return np.subtract.outer(y, y)


def _near(one, other):
    return np.isclose(one, other, rtol=0, atol=1e-9)


STATEMENTS = {  # name: (words, must it hold?, reason, whether it holds)
    "deviations": (
        r"$\sum_i (y_i - \bar y) = 0$",
        True,
        r"The sum is $n \bar y - n \bar y$.",
        lambda y: _near(np.sum(y - y.mean()), 0),
    ),
    "product": (
        r"$\sum_i y_i (y_i - \bar y) = n s^2$",
        True,
        r"It differs from $\sum_i (y_i - \bar y)^2 = n s^2$ by $\bar y \sum_i (y_i - \bar y) = 0$.",
        lambda y: _near(np.sum(y * (y - y.mean())), len(y) * y.var()),
    ),
    "squares": (
        r"$\sum_i y_i^2 = n s^2 + n \bar y^2$",
        True,
        r"Expand $\sum_i (y_i - \bar y)^2 = \sum_i y_i^2 - 2 n \bar y^2 + n \bar y^2$.",
        lambda y: _near(y @ y, len(y) * (y.var() + y.mean() ** 2)),
    ),
    "differences": (
        r"$\sum_i \sum_j (y_i - y_j) = 0$",
        True,
        r"The terms for $(i, j)$ and $(j, i)$ cancel.",
        lambda y: _gaps(y).sum() == 0,
    ),
    "pairs": (
        r"$\sum_i \sum_j (y_i - y_j)^2 = 2 n^2 s^2$",
        True,
        r"Expanded it is $2 n \sum_i y_i^2 - 2 n^2 \bar y^2$, and $\sum_i y_i^2 = n s^2 + n \bar y^2$.",
        lambda y: _near((_gaps(y) ** 2).sum(), 2 * len(y) ** 2 * y.var()),
    ),
    "products": (
        r"$\sum_i \sum_j y_i y_j = n^2 \bar y^2$",
        True,
        r"The double sum is $(\sum_i y_i)(\sum_j y_j)$.",
        lambda y: _near(np.outer(y, y).sum(), len(y) ** 2 * y.mean() ** 2),
    ),
    "shift": (
        r"$\sum_i (y_i - m)^2 \ge n s^2$",
        True,
        r"For every number $c$, $\sum_i (y_i - c)^2 = n s^2 + n (\bar y - c)^2$.",
        lambda y: np.sum((y - np.median(y)) ** 2) >= len(y) * y.var() - 1e-9,
    ),
    "median": (
        r"$\sum_i (y_i - m) = 0$",
        False,
        r"The sum is $n (\bar y - m)$: for $y = (0, 0, 3)$ it is $3$.",
        lambda y: _near(np.sum(y - np.median(y)), 0),
    ),
    "absolute": (
        r"$\sum_i \abs{y_i - \bar y} = n s$",
        False,
        r"For $y = (0, 0, 3)$ the sum is $4$, but $s^2 = 2$ and $n s = 3 \sqrt 2$.",
        lambda y: _near(np.sum(abs(y - y.mean())), len(y) * y.std()),
    ),
    "forgotten": (
        r"$\sum_i (y_i - \bar y)^2 = s^2$",
        False,
        r"The sum is $n s^2$: for $y = (0, 2)$ it is $2$, but $s^2 = 1$.",
        lambda y: _near(np.sum((y - y.mean()) ** 2), y.var()),
    ),
    "square": (
        r"$\sum_i y_i^2 = n \bar y^2$",
        False,
        r"The difference is $n s^2$: for $y = (0, 2)$ the sum is $4$, but $n \bar y^2 = 2$.",
        lambda y: _near(y @ y, len(y) * y.mean() ** 2),
    ),
    "once": (
        r"$\sum_i \sum_j (y_i - y_j)^2 = 2 n s^2$",
        False,
        r"The double sum is $2 n^2 s^2$: for $y = (0, 2)$ it is $8$, but $2 n s^2 = 4$.",
        lambda y: _near((_gaps(y) ** 2).sum(), 2 * len(y) * y.var()),
    ),
    "diagonal": (
        r"$\sum_i \sum_j y_i y_j = \sum_i y_i^2$",
        False,
        r"The terms with $i \neq j$ are missing on the right: for $y = (1, 1)$ the two sides are $4$ and $2$.",
        lambda y: np.outer(y, y).sum() == y @ y,
    ),
    "cubes": (
        r"$\sum_i (y_i - \bar y)^3 = 0$",
        False,
        r"For $y = (0, 0, 3)$ the deviations are $-1, -1, 2$, and their cubes add up to $6$.",
        lambda y: _near(np.sum((y - y.mean()) ** 3), 0),
    ),
}
EXAMPLES = {  # data for which it holds, and for which it fails
    "median": ([0, 0], [0, 0, 3]),
    "absolute": ([0, 2], [0, 0, 3]),
    "forgotten": ([0, 0], [0, 2]),
    "square": ([0, 0], [0, 2]),
    "once": ([0, 0], [0, 2]),
    "diagonal": ([0, 1], [1, 1]),
    "cubes": ([0, 2], [0, 0, 3]),
}


def _sets():
    """Five identities, one to four of them right; no two that contradict each other at sight."""
    twins = [{"squares", "square"}, {"pairs", "once"}, {"products", "diagonal"}]
    return [
        names
        for names in combinations(STATEMENTS, 5)
        if 1 <= sum(STATEMENTS[name][1] for name in names) <= 4 and not any(pair <= set(names) for pair in twins)
    ]


SETS = _sets()


def draw(rng):
    n = rng.randint(3, 8)
    N = rng.choice([4, 5, 7, 9])
    mean = rng.randint(4, 12)
    return {
        "rows": rng.sample(rng.choice(SETS), 5),
        "n": n,
        "k": rng.choice([k for k in range(3, 8) if k != n]),
        "su": rng.choice([k for k in range(5, 21) if k != n]),
        "sv": rng.choice([k for k in range(5, 21) if k != n]),
        "a": rng.choice([2, 3, 4]),
        "b": rng.choice([-3, -2, 2, 3]),
        "c": rng.choice([-2, -1, 1, 2]),
        "N": N,
        "mean": mean,
        "variance": (N + 1) * rng.randint(1, 3),
        "new_mean": mean + rng.choice([-2, -1, 1, 2]),
    }


def show(rows, a, b, c):
    return {
        "words": [Latex(STATEMENTS[name][0]) for name in rows],
        "term": linear_combination([a, b, c], ["u_i", "v_j", ""]),
    }


def solve(rows, n, k, su, sv, a, b, c, N, mean, variance, new_mean):
    parts = [a * k * su, b * n * sv, n * k * c]
    z = (N + 1) * new_mean - N * mean
    old = N * (variance + mean**2)
    total = N * (variance + (mean - new_mean) ** 2) + (z - new_mean) ** 2
    assert total % (N + 1) == 0
    return {
        "double": Exact(sum(parts)),
        "z": Exact(z),
        "new": Exact(total // (N + 1)),
        "reasons": [
            {"words": Latex(words), "right": right, "why": Latex(why)}
            for words, right, why, _ in (STATEMENTS[name] for name in rows)
        ],
        "parts": parts,
        "old_squares": old,
        "new_squares": old + z**2,
        "mean_square": (old + z**2) // (N + 1),
        "shift": new_mean - mean,
        "total": total,
    }


def verify(n, k, su, sv, a, b, c, N, mean, variance, new_mean, double, z, new):
    # Any numbers with these sums give the same double sum.
    for tilt in (0, 1):
        u = su / n + tilt * (np.arange(n) - (n - 1) / 2)
        v = sv / k + 3 * tilt * (np.arange(k) - (k - 1) / 2)
        assert np.isclose(sum(a * x + b * y + c for x in u for y in v), double)
    # Two quite different lists with this mean and variance.
    far = np.sqrt(N * variance / 2)
    even = np.arange(N) - (N - 1) / 2
    for deviations in (np.array([far, -far] + [0] * (N - 2)), even * np.sqrt(variance / even.var())):
        data = mean + deviations
        assert np.allclose([data.mean(), data.var()], [mean, variance])
        assert np.isclose(np.append(data, z).mean(), new_mean)
        assert np.isclose(np.append(data, mean + (N + 1) * (new_mean - mean)).var(), new)


@lru_cache
def _claim(name):
    holds = STATEMENTS[name][3]
    return Sometimes(holds, DATA, *EXAMPLES[name]) if name in EXAMPLES else Always(holds, DATA)


def claims(rows):
    return {"must": Must({f"o{i}": _claim(name) for i, name in enumerate(rows, 1)})}
