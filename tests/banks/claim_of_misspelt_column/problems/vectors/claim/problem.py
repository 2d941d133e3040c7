"""A claim about all admissible cases."""

import numpy as np

from m4ml_exams.authoring import Always, Exact, Meta, Must, Never, Option, Sometimes, samplers

META = Meta(title="A claim", topics=["C1"], difficulty=1, minutes=2)


def claims():
    numbers = samplers.integers()
    low = Never(lambda n: n * n < n, numbers)
    named = {"impossible": Never(lambda n: n * n < 0, numbers)}
    return {"kernel": low, "image": Always(lambda n: n * n >= n, numbers), "root": named}
