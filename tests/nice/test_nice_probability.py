"""Markov chains, Bayes settings, contingency tables and logits."""

import random
from fractions import Fraction
from itertools import product
from math import gcd, lcm

import pytest
import sympy as sp

from m4ml_exams import nice
from m4ml_exams.nice.probability import _bayes_settings, _stationary

SEEDS = range(60)


def assert_chain(P, p):
    n = P.rows
    assert sp.ones(1, n) * P == sp.ones(1, n)
    assert all(entry >= 0 for entry in P)
    assert P * p == p
    assert sum(p) == 1
    assert (P - sp.eye(n)).rank() == n - 1
    assert len(set(p)) > 1


@pytest.mark.parametrize("n", [2, 3])
def test_markov_chain(n):
    for seed in SEEDS:
        P, p = nice.markov_chain(random.Random(seed), n)
        assert_chain(P, p)
        assert all((10 * entry).is_Integer and entry > 0 for entry in P)
        assert lcm(*(int(entry.q) for entry in p)) <= 12
        assert len({tuple(P.col(j)) for j in range(n)}) == n


def test_size_of_the_chains():
    columns = [(a, b, 10 - a - b) for a in range(1, 9) for b in range(1, 10 - a)]
    weights = [(chosen, _stationary(chosen, 10)) for chosen in product(columns, repeat=3)]
    simple = [(chosen, w) for chosen, w in weights if sum(w) <= 12]
    assert len(simple) == 4395
    assert sum(len(set(chosen)) == 3 and len(set(w)) > 1 for chosen, w in simple) == 3222


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_weighted_walk(n):
    for seed in SEEDS:
        P, p = nice.weighted_walk(random.Random(seed), n)
        assert_chain(P, p)
        W = P * sp.diag(*p)
        assert W == W.T


def test_bayes_setting():
    for seed in SEEDS:
        prior, sensitivity, false_positive, posterior = nice.bayes_setting(random.Random(seed))
        population = 10_000
        hits = population * prior * sensitivity
        alarms = population * (1 - prior) * false_positive
        assert posterior == hits / (hits + alarms)
        assert posterior.denominator <= 30
        assert posterior != prior


def test_size_of_the_bayes_settings():
    assert len(_bayes_settings(30)) == 83
    assert len({setting.posterior for setting in _bayes_settings(30)}) == 58


def independent(table):
    return table.rank() == 1


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (2, 3), (3, 3)])
@pytest.mark.parametrize("wanted", [False, True])
def test_joint_table(rows, columns, wanted):
    for seed in SEEDS:
        table = nice.joint_table(random.Random(seed), rows, columns, independent=wanted)
        assert table.shape == (rows, columns)
        assert all(cell.is_Integer and cell > 0 for cell in table)
        assert sum(table) in (12, 20, 24, 60)
        assert independent(table) is wanted
        assert len(set(table)) > 1


def test_joint_table_with_given_total():
    assert {sum(nice.joint_table(random.Random(seed), total=30)) for seed in SEEDS} == {30}


def test_compositions_are_all_reached():
    rng = random.Random(0)
    seen = {nice.composition(rng, 6, 3) for _ in range(300)}
    assert len(seen) == 10
    assert all(sum(parts) == 6 and min(parts) > 0 for parts in seen)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_logits(n):
    for seed in SEEDS:
        z, p = nice.logits(random.Random(seed), n)
        powers = [sp.exp(entry) for entry in z]
        assert [power / sum(powers) for power in powers] == list(p)
        assert len(set(powers)) == n
        assert gcd(*map(int, powers)) == 1
        assert sum(powers) <= 20


def test_log_odds():
    seen = {nice.log_odds(random.Random(seed)) for seed in range(200)}
    assert len(seen) == 16
    for z, p in seen:
        assert sp.simplify(1 / (1 + sp.exp(-z))) == p


@pytest.mark.parametrize(
    ("call", "constraint"),
    [
        (lambda r: nice.markov_chain(r, 4), "4 states"),
        (lambda r: nice.markov_chain(r, 3, parts=2), "1/2"),
        (lambda r: nice.markov_chain(r, denominator=2), "denominator up to 2"),
        (lambda r: nice.weighted_walk(r, 1), "1 states"),
        (lambda r: nice.weighted_walk(r, 3, denominator=2), "column sums up to 2"),
        (lambda r: nice.bayes_setting(r, denominator=1), "denominator up to 1"),
        (lambda r: nice.joint_table(r, 1, 2), "1 x 2 table"),
        (lambda r: nice.joint_table(r, total=4), "total 4"),
        (lambda r: nice.joint_table(r, 2, 2, total=13, independent=True), "independent counts with total 13"),
        (lambda r: nice.composition(r, 2, 3), "2 cannot be cut into 3"),
        (lambda r: nice.logits(r, 1), "1 logits"),
        (lambda r: nice.logits(r, 4, denominator=9), "sum up to 9"),
        (lambda r: nice.log_odds(r, largest=1), "from 2 to 1"),
    ],
)
def test_what_cannot_be_found_is_named(call, constraint):
    with pytest.raises(nice.NiceError, match=constraint):
        call(random.Random(0))


def test_bayes_values_are_fractions():
    assert all(type(value) is Fraction for value in nice.bayes_setting(random.Random(0)))
