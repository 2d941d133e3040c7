"""A claim about all admissible cases."""

import numpy as np

from m4ml_exams.authoring import Always, Exact, Meta, Must, Never, Option, Sometimes, samplers

META = Meta(title="A claim", topics=["C1"], difficulty=1, minutes=2)


def claims():
    data = samplers.data_sets(n=3).where(lambda x: x.min() == x.max() == 4)
    return {"claim": Always(lambda x: np.median(x) == 4, data)}
