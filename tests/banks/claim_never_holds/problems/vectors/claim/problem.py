"""A claim about all admissible cases."""

import numpy as np

from m4ml_exams.authoring import Always, Exact, Meta, Must, Never, Option, Sometimes, samplers

META = Meta(title="A claim", topics=["C1"], difficulty=1, minutes=2)


def claims():
    square = samplers.square(2) * samplers.vectors(2)
    return {
        "claim": Never(lambda A, x: x.any() and not (A @ x).any(), square),
    }
