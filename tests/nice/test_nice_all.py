"""What holds for every recipe: exact values, chance from the given generator only, and variety."""

import random
from fractions import Fraction

import pytest
import sympy as sp

from m4ml_exams import nice

x = sp.Symbol("x")
RECIPES = {
    "distinct": lambda r: nice.distinct(r, range(30), 3),
    "unimodular 2": lambda r: nice.unimodular(r, 2),
    "unimodular 3": lambda r: nice.unimodular(r, 3),
    "unimodular 4": lambda r: nice.unimodular(r, 4),
    "integer_eigen_2x2": nice.integer_eigen_2x2,
    "integer_eigen_3x3": nice.integer_eigen_3x3,
    "symmetric_integer_eigen 2": nice.symmetric_integer_eigen,
    "symmetric_integer_eigen 3": lambda r: nice.symmetric_integer_eigen(r, 3),
    "frame": nice.frame,
    "integer_norm_vector": nice.integer_norm_vector,
    "orthogonal_pair": nice.orthogonal_pair,
    "rank_factor": lambda r: nice.rank_factor(r, 3, 5, 2),
    "least_squares": nice.least_squares,
    "grouped_regression": nice.grouped_regression,
    "data_with": lambda r: nice.data_with(r, 6, mean=5, variance=6),
    "paired_data": lambda r: nice.paired_data(r, correlation=Fraction(4, 5)),
    "hidden_cells": lambda r: nice.hidden_cells(r, nice.with_margins([[1, 2], [3, 4]]), 4, nice.margins(2, 2)),
    "integer_mean_variance": nice.integer_mean_variance,
    "integer_svd": nice.integer_svd,
    "integer_gram": nice.integer_gram,
    "centred_gram": nice.centred_gram,
    "nice_qr": nice.nice_qr,
    "markov_chain": nice.markov_chain,
    "weighted_walk": nice.weighted_walk,
    "bayes_setting": nice.bayes_setting,
    "joint_table": nice.joint_table,
    "joint_table, independent": lambda r: nice.joint_table(r, 2, 3, independent=True),
    "composition": lambda r: nice.composition(r, 20, 4),
    "logits": nice.logits,
    "gradient_descent_quadratic": nice.gradient_descent_quadratic,
    "polynomial_with_critical_points": lambda r: nice.polynomial_with_critical_points(r, x),
}
every_recipe = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES.keys())


def assert_exact(value):
    if isinstance(value, list | tuple):
        for entry in value:
            assert_exact(entry)
    elif isinstance(value, sp.MatrixBase):
        assert isinstance(value, sp.ImmutableMatrix)
        assert not value.has(sp.Float)
    elif isinstance(value, sp.Expr):
        assert not value.has(sp.Float)
    else:
        assert type(value) in (int, Fraction)


@every_recipe
def test_values_are_exact(recipe):
    for seed in range(20):
        assert_exact(recipe(random.Random(seed)))


@every_recipe
def test_the_same_generator_gives_the_same_value_and_nothing_else_matters(recipe):
    first = [recipe(random.Random(seed)) for seed in range(5)]
    random.seed(99)
    state = random.getstate()
    assert [recipe(random.Random(seed)) for seed in range(5)] == first
    assert random.getstate() == state


@every_recipe
def test_twenty_draws_are_rarely_alike(recipe):
    assert len({str(recipe(random.Random(seed))) for seed in range(20)}) >= 14


def test_every_public_name_is_there():
    assert all(hasattr(nice, name) for name in nice.__all__)
