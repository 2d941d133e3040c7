"""Ridge and lasso for orthogonal columns: plain, shrunk and thresholded weights, and what holds for every ridge fit.

X has three of the columns of a 4 x 4 matrix with entries 1 and -1 and orthogonal columns; y = Xw + e. There are
thousands of pairs X, y with more than 366 vectors of weights, and 100 lists of four statements.
"""

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Always, Exact, Latex, Meta, Never, Sometimes, nice, samplers

META = Meta(
    title="Two penalties",
    topics=["F5", "F3"],
    difficulty=2,
    minutes=11,
    skills=["compute", "recognise", "classify-statement"],
)

HADAMARD = sp.Matrix([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])


def draw(rng):
    def make(r):
        H = HADAMARD.extract(r.sample(range(4), 4), r.sample(range(4), 4))
        H = H * sp.diag(*(r.choice([-1, 1]) for _ in range(4)))
        what = sp.Matrix([v * r.choice([-1, 1]) for v in r.sample(range(1, 7), 3)])
        y = H[:, :3] * what + r.choice([-3, -2, -1, 1, 2, 3]) * H[:, 3]
        return {"X": H[:, :3], "y": y, "lam": r.choice([4, 4, 12]), "mu": 8 * r.randint(1, 3)}, what

    def accept(found):
        g, what = found
        sizes = sorted(map(abs, what))
        calm = max(map(abs, g["y"])) <= 12 and 0 not in g["y"] and len(set(g["y"])) == 4
        halves = all((4 * v / (4 + g["lam"])).q <= 2 for v in map(sp.Integer, what))
        return calm and halves and min(what) < 0 < max(what) and sizes[0] <= g["mu"] // 8 < sizes[1]

    found = nice.retry(rng, make, accept, "orthogonal design with small weights", tries=4000)[0]
    sure = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Always)]
    never = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Never)]
    rest = [name for name in sorted(CLAIMS) if isinstance(CLAIMS[name], Sometimes)]
    counts = rng.choice([(1, 1, 2), (2, 1, 1), (1, 0, 3), (2, 0, 2)])
    names = [name for kind, count in zip((sure, never, rest), counts, strict=True) for name in rng.sample(kind, count)]
    return {**found, "statements": rng.sample(names, 4)}


SLOTS = ("s1", "s2", "s3", "s4")
WORDS = {
    "shorter": r"$\norm{w_{2\lambda}} \le \norm{w_\lambda}$",
    "unique": r"There is only one such $w_\lambda$.",
    "more": r"$\norm{y - Xw_{2\lambda}}^2 \ge \norm{y - Xw_\lambda}^2$",
    "below": r"Some $w$ has $\norm{y - Xw}^2 < \norm{y - Xw_\lambda}^2$.",
    "none": r"$w_\lambda = 0$",
    "longer": r"$w_\lambda$ is longer than some $w$ that minimises $\norm{y - Xw}^2$.",
    "entry": r"An entry of $w_\lambda$ is $0$.",
    "linear": r"If $y$ is doubled, $w_\lambda$ is doubled.",
    "half": r"$w_{2\lambda} = \frac{1}{2} w_\lambda$",
}
WHY = {
    "shorter": r"\emph{Guaranteed}: a larger penalty on $\norm{w}$ cannot give a longer minimiser.",
    "unique": r"\emph{Guaranteed}: $X\T X + \lambda I$ is invertible for every $X$, since $v\T(X\T X + \lambda I)v = "
    r"\norm{Xv}^2 + \lambda\norm{v}^2 > 0$ for $v \ne 0$.",
    "more": r"\emph{Guaranteed}: otherwise $w_{2\lambda}$, which is not longer than $w_\lambda$, would have a "
    r"smaller "
    r"$F_\lambda$ than $w_\lambda$.",
    "below": r"\emph{Possible}: yes when $X\T y \ne 0$, for then $w_\lambda$ does not solve the normal "
    r"equations; no when "
    r"$X\T y = 0$.",
    "none": r"\emph{Possible}: this means $X\T y = 0$.",
    "longer": r"\emph{Impossible}: then $w$ would have a smaller penalty than $w_\lambda$ and no larger squared "
    r"error.",
    "entry": r"\emph{Possible}: yes when a column of $X$ is zero; no in part (b). But ridge does not aim at zeros.",
    "linear": r"\emph{Guaranteed}: $w_\lambda = (X\T X + \lambda I)^{-1} X\T y$ is linear in $y$.",
    "half": r"\emph{Possible}: for $X\T y = 0$ both are $0$; for $X = I$ and $y \ne 0$ the factors $\frac{1}{1 "
    r"+ \lambda}$ and "
    r"$\frac{1}{1 + 2\lambda}$ are not in the ratio $2$.",
}


def show(statements):
    return {"words": {slot: Latex(WORDS[name]) for slot, name in zip(SLOTS, statements, strict=True)}}


def solve(X, y, lam, mu, statements):
    moment = X.T * y
    what = moment / 4
    cut = mu // 8
    return {
        "what": Exact(what),
        "ridge": Exact(moment / (4 + lam)),
        "lasso": Exact(_moved(what, cut)),
        "moment": moment,
        "cut": cut,
        "reasons": [{"words": Latex(WORDS[name]), "why": Latex(WHY[name])} for name in statements],
    }


def _moved(w, cut):
    """Each entry moved towards zero, and stopped there."""
    return sp.Matrix([sp.sign(v) * max(abs(v) - cut, 0) for v in w])


def mistakes(lam, what, moment):
    return {
        "ridge": {
            "columns taken for unit vectors": what / (1 + lam),
            "penalty counted twice": moment / (4 + 2 * lam),
            "divided by the penalty alone": moment / lam,
            "moved towards zero as by a lasso": _moved(what, sp.Rational(lam, 4)),
            "no penalty": what,
            "penalty in place of its complement": what * sp.Rational(lam, 4 + lam),
            "penalty subtracted": moment / 8 if lam != 4 else moment / 16,
        }
    }


def verify(X, y, lam, mu, what, ridge, lasso):
    assert np.allclose(what, np.linalg.lstsq(X, y, rcond=None)[0])
    taller, longer = np.vstack([X, np.sqrt(lam) * np.eye(3)]), np.append(y, np.zeros(3))
    assert np.allclose(ridge, np.linalg.lstsq(taller, longer, rcond=None)[0])
    # The lasso is strictly convex here: the optimality conditions hold at its minimiser alone.
    assert lasso.shape == (3,)
    assert _optimal(X, y, lasso, mu)


def _optimal(X, y, w, mu):
    slope = 2 * X.T @ (X @ w - y)
    return all(abs(s + mu * np.sign(v)) < 1e-9 if v else abs(s) <= mu + 1e-9 for s, v in zip(slope, w, strict=True))


def _ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)


def _error(X, y, w):
    return np.sum((y - X @ w) ** 2)


def _plain(X, y):
    """The shortest minimiser without a penalty."""
    return np.linalg.pinv(X) @ y


CASES = samplers.designs() * samplers.listed(lam=[1, 2, 6])
CLAIMS = {
    "shorter": Always(
        lambda X, y, lam: np.linalg.norm(_ridge(X, y, 2 * lam)) <= np.linalg.norm(_ridge(X, y, lam)) + 1e-9, CASES
    ),
    "unique": Always(lambda X, y, lam: np.linalg.matrix_rank(X.T @ X + lam * np.eye(X.shape[1])) == X.shape[1], CASES),
    "more": Always(
        lambda X, y, lam: _error(X, y, _ridge(X, y, 2 * lam)) >= _error(X, y, _ridge(X, y, lam)) - 1e-9, CASES
    ),
    "linear": Always(lambda X, y, lam: np.allclose(_ridge(X, 2 * y, lam), 2 * _ridge(X, y, lam)), CASES),
    "longer": Never(lambda X, y, lam: np.linalg.norm(_ridge(X, y, lam)) > np.linalg.norm(_plain(X, y)) + 1e-9, CASES),
    "below": Sometimes(lambda X, y, lam: _error(X, y, _plain(X, y)) < _error(X, y, _ridge(X, y, lam)) - 1e-9, CASES),
    "none": Sometimes(lambda X, y, lam: np.allclose(_ridge(X, y, lam), 0), CASES),
    "entry": Sometimes(lambda X, y, lam: np.any(np.abs(_ridge(X, y, lam)) < 1e-9), CASES),
    "half": Sometimes(lambda X, y, lam: np.allclose(_ridge(X, y, 2 * lam), _ridge(X, y, lam) / 2), CASES),
}


def claims(statements):
    return {slot: CLAIMS[name] for slot, name in zip(SLOTS, statements, strict=True)}
