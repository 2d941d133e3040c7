"""Rules for logarithms and exponentials: a log-likelihood, a log-ratio, a decaying step size, and a grid of identities.

Parts a and b: 68 pairs of clicks and visitors, part b with three bases (22 different answers); part c: 21 pairs of step
sizes times eight periods (33 answers); part d: 602 sets of four statements in any order. This makes millions of givens.
"""

from functools import lru_cache
from itertools import combinations
from math import exp, isclose, log

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Expression, Latex, Meta, Never, Sometimes, samplers

META = Meta(
    title="Rules for logarithms",
    topics=["A3"],
    difficulty=2,
    minutes=10,
    skills=["recognise", "compute", "solve-for-parameter", "classify-statement"],
)

P = sp.Symbol("p")
TWO = log(2)
NUMBERS = [0.1, 0.25, 1 / 3, 0.5, TWO, 1.0, 1.25, 1.5, 2.0, exp(1), 3.0, 4.0, 5.0, 7.0, 10.0, 20.0]
POSITIVE = samplers.listed(a=NUMBERS, b=NUMBERS)

STATEMENTS = {  # name: (words, verdict, reason, whether it holds)
    "product": (
        r"$\log(ab) = \log a + \log b$",
        "always",
        r"$e^{\log a + \log b} = e^{\log a} e^{\log b} = ab$.",
        lambda a, b: isclose(log(a * b), log(a) + log(b), abs_tol=1e-9),
    ),
    "quotient": (
        r"$\log \frac{a}{b} = - \log \frac{b}{a}$",
        "always",
        r"Both sides are $\log a - \log b$.",
        lambda a, b: isclose(log(a / b), -log(b / a), abs_tol=1e-9),
    ),
    "cube": (
        r"$\log(a^3) = 3 \log a$",
        "always",
        r"The logarithm of a product of three factors $a$ is a sum of three equal terms.",
        lambda a: isclose(log(a**3), 3 * log(a), abs_tol=1e-9),
    ),
    "softmax": (
        r"$\log(e^a + e^b) > \max(a, b)$",
        "always",
        r"$e^a + e^b$ is larger than either term, and $\log$ is increasing.",
        lambda a, b: log(exp(a) + exp(b)) > max(a, b),
    ),
    "tangent": (
        r"$e^{a} > 1 + a$",
        "always",
        r"The tangent of the strictly convex function $e^x$ at $0$ is $1 + x$; both meet at $x = 0$ only.",
        lambda a: exp(a) > 1 + a + 1e-9,
    ),
    "sum": (
        r"$\log(a + b) = \log a + \log b$",
        "sometimes",
        r"It means $a + b = ab$: this holds for $a = b = 2$, but not for $a = b = 1$.",
        lambda a, b: isclose(a + b, a * b),
    ),
    "square": (
        r"$(\log a)^2 = 2 \log a$",
        "sometimes",
        r"It means $\log a = 0$ or $\log a = 2$: this holds for $a = 1$, but not for $a = 2$.",
        lambda a: isclose(log(a) ** 2, 2 * log(a), abs_tol=1e-9),
    ),
    "positive": (
        r"$\log a + \log b > 0$",
        "sometimes",
        r"It means $ab > 1$: this holds for $a = b = 2$, but not for $a = b = 1$.",
        lambda a, b: a * b > 1 + 1e-9,
    ),
    "exponent": (
        r"$e^{ab} = e^a e^b$",
        "sometimes",
        r"It means $ab = a + b$: this holds for $a = b = 2$, but not for $a = b = 1$.",
        lambda a, b: isclose(a + b, a * b),
    ),
    "exponentials": (
        r"$e^{a + b} = e^a + e^b$",
        "sometimes",
        r"For $a = b = \log 2$ both sides are $4$; for $a = b = 1$ they are $e^2$ and $2e$, with $e \neq 2$.",
        lambda a, b: isclose(exp(a + b), exp(a) + exp(b)),
    ),
    "smaller": (
        r"$\log(a + b) < \log a$",
        "never",
        r"Since $b > 0$ we have $a + b > a$, and $\log$ is increasing.",
        lambda a, b: a + b < a,
    ),
    "negative": (
        r"$e^{-a} < 0$",
        "never",
        r"The exponential function has positive values only.",
        lambda a: exp(-a) < 0,
    ),
    "above": (
        r"$e^{-a} \ge 1$",
        "never",
        r"The function $e^{-x}$ is strictly decreasing with value $1$ at $x = 0$, and $a > 0$.",
        lambda a: exp(-a) >= 1,
    ),
    "strict": (
        r"$\log(ab) < \log a + \log b$",
        "never",
        r"Both sides are equal.",
        lambda a, b: log(a * b) < log(a) + log(b) - 1e-9,
    ),
    "identity": (
        r"$\log a \ge a$",
        "never",
        r"It would mean $a \ge e^a$, but $e^a > 1 + a$ for $a > 0$.",
        lambda a: log(a) >= a - 1e-9,
    ),
}

EXAMPLES = {  # what holds sometimes: a, b for which it holds, and for which it fails
    "sum": ((2, 2), (1, 1)),
    "square": ((1, 1), (2, 1)),
    "positive": ((2, 2), (1, 1)),
    "exponent": ((2, 2), (1, 1)),
    "exponentials": ((TWO, TWO), (1, 1)),
}


def _sets():
    """Sets of four statements with all three verdicts, of which no two are about the same trap."""
    twins = [{"sum", "exponent"}, {"product", "strict"}, {"negative", "above"}, {"tangent", "identity"}]
    return [
        names
        for names in combinations(STATEMENTS, 4)
        if len({STATEMENTS[name][1] for name in names}) == 3 and not any(pair <= set(names) for pair in twins)
    ]


SETS = _sets()


def draw(rng):
    n = rng.choice(range(7, 16))
    k = rng.choice([k for k in range(2, n - 1) if 2 * k != n])
    b = rng.choice([2, 2, 3])
    up, down = (rng.randint(1, 5), rng.randint(1, 3)) if b == 2 else (rng.randint(1, 3), rng.randint(1, 2))
    rows = list(rng.choice(SETS))
    rng.shuffle(rows)
    return {
        "n": n,
        "k": k,
        "q": rng.choice([2, 3, 4]),
        "b": b,
        "A": b**up,
        "B": sp.Rational(1, b**down),
        "r": rng.choice([4, 5, 6, 7, 8, 10, 12, 20]),
        "rows": rows,
    }


def show(rows):
    return {"words": [Latex(STATEMENTS[name][0]) for name in rows]}


def solve(n, k, b, A, B, r, rows):
    ratio = B / A
    j = next(j for j in range(1, 20) if ratio * b**j == 1)
    return {
        "loglik": Expression(k * sp.log(P) + (n - k) * sp.log(1 - P), "p"),
        "times": Exact(2 * k - n),
        "t": Exact(r * j),
        "ratio": ratio,
        "j": j,
        "reasons": [
            {"words": Latex(words), "verdict": verdict, "why": Latex(why)}
            for words, verdict, why, _ in (STATEMENTS[name] for name in rows)
        ],
    }


def mistakes(n, k):
    left, right = sp.log(P), sp.log(1 - P)
    return {
        "loglik": {
            "exponents swapped": (n - k) * left + k * right,
            "exponents inside": sp.log(k * P) + sp.log((n - k) * (1 - P)),
            "product of logarithms": k * (n - k) * left * right,
            "all visitors twice": n * left + n * right,
            "logarithm of a difference": k * left - (n - k) * left,
            "difference of logarithms": k * left - (n - k) * right,
        }
    }


def verify(n, k, q, b, A, B, r, loglik, times, t):
    # The product over the visitors, one by one.
    clicks = np.array([1] * k + [0] * (n - k))

    def likelihood(p):
        return np.prod(np.where(clicks == 1, p, 1 - p))

    for p in (0.1, 0.25, 0.5, 0.7, 0.9):
        assert np.isclose(loglik(p), np.log(likelihood(p)))
    assert np.isclose(q**times, likelihood(q / (q + 1)) / likelihood(1 / (q + 1)))
    assert np.isclose(A * b ** (-t / r), B)


@lru_cache
def _claim(name):
    _, verdict, _, holds = STATEMENTS[name]
    if verdict == "sometimes":
        return Sometimes(holds, POSITIVE, *EXAMPLES[name])
    return {"always": Always, "never": Never}[verdict](holds, POSITIVE)


def claims(rows):
    return {f"row{i}": _claim(name) for i, name in enumerate(rows, 1)}
