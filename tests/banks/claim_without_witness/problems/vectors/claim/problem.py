"""A claim about all admissible cases."""

import numpy as np

from m4ml_exams.authoring import Always, Exact, Meta, Must, Never, Option, Sometimes, samplers

META = Meta(title="A claim", topics=["C1"], difficulty=1, minutes=2)


def claims():
    return {"claim": Sometimes(lambda u, v: (u @ v) ** 2 > (u @ u) * (v @ v), samplers.vectors(2, count=2))}
