"""Markov chains, Bayes settings, contingency tables and logits with rational answers."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from itertools import product as tuples
from typing import NamedTuple

import sympy as sp

from m4ml_exams.nice.draws import distinct, pick, require, retry
from m4ml_exams.nice.exact import Matrix, Vector, column, cross, matrix, transposed


class MarkovChain(NamedTuple):
    """A column-stochastic matrix P and its only stationary vector: P times it is it again, and its entries add to 1."""

    P: Matrix
    stationary: Matrix


class BayesSetting(NamedTuple):
    """P(D), P(+ | D), P(+ | not D) and P(D | +)."""

    prior: Fraction
    sensitivity: Fraction
    false_positive: Fraction
    posterior: Fraction


class Logits(NamedTuple):
    """Logits z = (ln k_1, ..., ln k_n) and their rational softmax p."""

    z: Matrix
    p: Matrix


class LogOdds(NamedTuple):
    """A logit z, the logarithm of a rational number, and its rational sigmoid p."""

    z: sp.Expr
    p: sp.Rational


def markov_chain(rng: random.Random, n: int = 3, *, parts: int = 10, denominator: int = 12) -> MarkovChain:
    """A Markov chain with a simple stationary vector, taken evenly from all of them.

    The entries of P are positive multiples of 1/parts and its columns are different; the entries of the stationary
    vector are not all equal and have a common denominator up to ``denominator``. Transpose P for a row-stochastic
    matrix.

    Args:
        rng: the source of chance.
        n: number of states, 2 or 3.
        parts: such as 10 for entries in tenths.
        denominator: see above.

    There are 3,222 such chains with three states in tenths (4,395 if equal columns and equal entries are allowed), 50
    with two.

    Raises:
        NiceError: no such chain came up.
    """
    require(n in (2, 3), f"A chain with {n} states is asked for.", "Ask for 2 or 3 states, or take weighted_walk.")
    require(parts > n, f"Entries in multiples of 1/{parts} are asked for.", f"Ask for parts above {n}.")

    def make(r: random.Random) -> tuple[list[Vector], Vector]:
        columns = [composition(r, parts, n) for _ in range(n)]
        return columns, _stationary(columns, parts)

    def accept(found: tuple[list[Vector], Vector]) -> bool:
        columns, weights = found
        return len(set(columns)) == n and len(set(weights)) > 1 and sum(weights) <= denominator

    what = f"{n}-state chain in multiples of 1/{parts} whose stationary vector has a denominator up to {denominator}"
    columns, weights = retry(rng, make, accept, what, tries=4000)
    return MarkovChain(_over(transposed(columns), parts), _over([(w,) for w in weights], sum(weights)))


def weighted_walk(rng: random.Random, n: int = 3, *, weights: int = 5, denominator: int | None = None) -> MarkovChain:
    """A random walk on a graph with symmetric integer weights; its stationary vector is column sums by total.

    Args:
        rng: the source of chance.
        n: number of states, from 2 to 5.
        weights: the weights between states go from 1 to this, those of staying from 0 to this, not all of them 0.
        denominator: the column sums, which are the denominators in P, do not exceed this (10, or 3n if that is more,
            when not given) and are not all equal.

    Raises:
        NiceError: no such chain came up.
    """
    require(2 <= n <= 5, f"A walk on {n} states is asked for.", "Ask for 2 to 5 states.")
    highest = max(10, 3 * n) if denominator is None else denominator

    def make(r: random.Random) -> list[list[int]]:
        W = [[0] * n for _ in range(n)]
        for i in range(n):
            for j in range(i, n):
                W[i][j] = W[j][i] = r.randint(int(i < j), weights)
        return W

    def accept(W: list[list[int]]) -> bool:
        sums = [sum(row) for row in W]
        return max(sums) <= highest and len(set(sums)) > 1 and any(W[i][i] for i in range(n))

    what = f"walk on {n} states with weights up to {weights} and column sums up to {highest}"
    W = retry(rng, make, accept, what, tries=4000)
    sums = [sum(row) for row in W]
    P = matrix([[sp.Rational(w, total) for w, total in zip(row, sums, strict=True)] for row in W])
    return MarkovChain(P, _over([(total,) for total in sums], sum(sums)))


def composition(rng: random.Random, total: int, parts: int) -> Vector:
    """``parts`` positive integers that add to ``total``, evenly from all ordered choices."""
    require(1 <= parts <= total, f"{total} cannot be cut into {parts} positive parts.", "Ask for fewer parts.")
    cuts = [0, *sorted(rng.sample(range(1, total), parts - 1)), total]
    return tuple(b - a for a, b in pairwise(cuts))


def _stationary(columns: Sequence[Vector], parts: int) -> Vector:
    """The stationary vector of two or three positive columns, times a number that makes it integer and primitive."""
    lifted = [tuple(x - parts * (i == j) for i, x in enumerate(c)) for j, c in enumerate(columns)]
    rows = transposed(lifted)
    weights = (rows[0][1], -rows[0][0]) if len(columns) == 2 else cross(rows[0], rows[1])
    common = math.gcd(*weights)
    return tuple(abs(w) // common for w in weights)


def _over(rows: Iterable[Iterable[int]], denominator: int) -> Matrix:
    """The integer matrix divided by an integer."""
    return matrix([[sp.Rational(entry, denominator) for entry in row] for row in rows])


_PRIORS = (1, 2, 5, 10, 20, 25, 30, 40)
_SENSITIVITIES = (80, 90, 95, 98, 99)
_FALSE_POSITIVES = (1, 2, 5, 10, 15, 20)


def bayes_setting(rng: random.Random, *, denominator: int = 30) -> BayesSetting:
    """A test for a rare property, in usual percentages, with a simple posterior probability.

    Priors from 1 to 40 %, sensitivities from 80 to 99 % and false positive rates from 1 to 20 %, for which the
    posterior has a denominator up to ``denominator``; evenly from all of them, 83 with 58 different posteriors.

    Raises:
        NiceError: no such setting exists.
    """
    return pick(rng, _bayes_settings(denominator), f"Bayes setting with a posterior denominator up to {denominator}")


@lru_cache(maxsize=8)
def _bayes_settings(denominator: int) -> tuple[BayesSetting, ...]:
    """All settings for :func:`bayes_setting`."""
    found = []
    for percents in tuples(_PRIORS, _SENSITIVITIES, _FALSE_POSITIVES):
        prior, sensitivity, false_positive = (Fraction(percent, 100) for percent in percents)
        hit = prior * sensitivity
        posterior = hit / (hit + (1 - prior) * false_positive)
        if posterior.denominator <= denominator:
            found.append(BayesSetting(prior, sensitivity, false_positive, posterior))
    return tuple(found)


def joint_table(
    rng: random.Random, rows: int = 2, columns: int = 2, *, total: int | None = None, independent: bool = False
) -> Matrix:
    """A contingency table: a matrix of positive integer counts with a given total, the cells not all equal.

    Args:
        rng: the source of chance.
        rows, columns: its size.
        total: the sum of the counts; 12, 20, 24 or 60 if not given, those that are large enough.
        independent: True for independent rows and columns (every count is row sum times column sum by total), else
            they are dependent.

    Raises:
        NiceError: no such table exists or came up.
    """
    require(rows >= 2 and columns >= 2, f"A {rows} x {columns} table is asked for.", "Ask for 2 x 2 or more.")
    sizes = [size for size in ((12, 20, 24, 60) if total is None else (total,)) if size > rows * columns]
    what = f"{rows} x {columns} table of {'independent' if independent else 'dependent'} counts with " + (
        f"total {total}" if total is not None else "total 12, 20, 24 or 60"
    )

    def make(r: random.Random) -> list[Vector]:
        size = pick(r, sizes, what)
        if not independent:
            cells = composition(r, size, rows * columns)
            return [cells[i * columns : (i + 1) * columns] for i in range(rows)]
        cuts = [d for d in range(rows, size // columns + 1) if size % d == 0]
        height = pick(r, cuts, what)
        u, v = composition(r, height, rows), composition(r, size // height, columns)
        return [tuple(a * b for b in v) for a in u]

    def accept(table: list[Vector]) -> bool:
        mixed = len({cell for row in table for cell in row}) > 1
        return mixed and (independent or not _proportional(table))

    table = retry(rng, make, accept, what)
    return matrix(table)


def _proportional(table: Sequence[Vector]) -> bool:
    """True when all rows are proportional to the first."""
    first = table[0]
    return all(row[0] * b == first[0] * a for row in table for a, b in zip(row, first, strict=True))


def logits(rng: random.Random, n: int = 3, *, largest: int = 9, denominator: int = 20) -> Logits:
    """Different logits ln k_1, ..., ln k_n with integers k, so that the softmax k_i / (k_1 + ... + k_n) is rational.

    Args:
        rng: the source of chance.
        n: how many, 2 or more.
        largest: no k exceeds this.
        denominator: the k have no common factor and do not add to more than this.

    There are 27, 72, 68 sets of k for n = 2, 3, 4.

    Raises:
        NiceError: no such logits came up.
    """
    require(n >= 2, f"{n} logits are asked for.", "Ask for 2 or more, or take log_odds.")
    ks = retry(
        rng,
        lambda r: distinct(r, range(1, largest + 1), n),
        lambda found: math.gcd(*found) == 1 and sum(found) <= denominator,
        f"choice of {n} logits ln k with k up to {largest} and sum up to {denominator}",
    )
    return Logits(column([sp.log(k) for k in ks]), _over([(k,) for k in ks], sum(ks)))


def log_odds(rng: random.Random, *, largest: int = 9) -> LogOdds:
    """A logit z = ln k or -ln k with 2 <= k <= largest, and its sigmoid k/(k + 1) or 1/(k + 1).

    Raises:
        NiceError: ``largest`` is below 2.
    """
    k = pick(rng, range(2, largest + 1), f"logit ln k with k from 2 to {largest}")
    if rng.choice((True, False)):
        return LogOdds(sp.log(k), sp.Rational(k, k + 1))
    return LogOdds(-sp.log(k), sp.Rational(1, k + 1))
