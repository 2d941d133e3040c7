"""Exact random draws that come out nice: small integers, integer eigenvalues, rational probabilities.

Every recipe takes ``rng`` (a :class:`random.Random`) first and depends on nothing else. Values are Python integers and
Fractions, sympy numbers and immutable sympy matrices; vectors are columns. When nothing can be found within bounds a
recipe raises :class:`NiceError`, which names the constraint.
"""

from m4ml_exams.nice.calculus import (
    QuadraticDescent,
    descend,
    gradient_descent_quadratic,
    polynomial_with_critical_points,
)
from m4ml_exams.nice.data import LeastSquares, grouped_regression, least_squares
from m4ml_exams.nice.draws import NiceError, distinct, retry
from m4ml_exams.nice.factors import QR, centred_gram, integer_gram, integer_svd, nice_qr
from m4ml_exams.nice.matrices import (
    RankFactor,
    integer_eigen_2x2,
    integer_eigen_3x3,
    rank_factor,
    symmetric_integer_eigen,
    unimodular,
)
from m4ml_exams.nice.pairs import PairedData, paired_data
from m4ml_exams.nice.probability import (
    BayesSetting,
    Logits,
    LogOdds,
    MarkovChain,
    bayes_setting,
    composition,
    joint_table,
    log_odds,
    logits,
    markov_chain,
    weighted_walk,
)
from m4ml_exams.nice.samples import data_with, integer_mean_variance
from m4ml_exams.nice.tables import Relation, filled, hidden_cells, margins, open_cells, share, with_margins
from m4ml_exams.nice.vectors import Frame, frame, integer_norm_vector, orthogonal_pair

__all__ = [
    "QR",
    "BayesSetting",
    "Frame",
    "LeastSquares",
    "LogOdds",
    "Logits",
    "MarkovChain",
    "NiceError",
    "PairedData",
    "QuadraticDescent",
    "RankFactor",
    "Relation",
    "bayes_setting",
    "centred_gram",
    "composition",
    "data_with",
    "descend",
    "distinct",
    "filled",
    "frame",
    "gradient_descent_quadratic",
    "grouped_regression",
    "hidden_cells",
    "integer_eigen_2x2",
    "integer_eigen_3x3",
    "integer_gram",
    "integer_mean_variance",
    "integer_norm_vector",
    "integer_svd",
    "joint_table",
    "least_squares",
    "log_odds",
    "logits",
    "margins",
    "markov_chain",
    "nice_qr",
    "open_cells",
    "orthogonal_pair",
    "paired_data",
    "polynomial_with_critical_points",
    "rank_factor",
    "retry",
    "share",
    "symmetric_integer_eigen",
    "unimodular",
    "weighted_walk",
    "with_margins",
]
