"""Samplers of vectors, matrices, data and probabilities that begin with the degenerate ones.

Values are numpy arrays of integers wherever there is a choice, so that comparisons are exact; orthogonal matrices have
fractions in them and need ``np.isclose``. Every sampler takes ``names``, the names of its values, as words with blanks
between them. Sizes are a number or several: ``n=3``, ``n=(1, 2, 3)``, ``n=range(1, 5)``.
"""

from m4ml_exams.claims.samplers.data import data_sets, designs, joint_probabilities, probabilities
from m4ml_exams.claims.samplers.matrices import all_matrices, matrices, orthogonal, square, symmetric
from m4ml_exams.claims.samplers.vectors import all_vectors, integers, listed, vectors

__all__ = [
    "all_matrices",
    "all_vectors",
    "data_sets",
    "designs",
    "integers",
    "joint_probabilities",
    "listed",
    "matrices",
    "orthogonal",
    "probabilities",
    "square",
    "symmetric",
    "vectors",
]
