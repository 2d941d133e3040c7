"""A claim about all admissible cases."""

import numpy as np

from m4ml_exams.authoring import Always, Exact, Meta, Must, Never, Option, Sometimes, samplers

META = Meta(title="A claim", topics=["C1"], difficulty=1, minutes=2)


def claims():
    numbers = samplers.integers()
    return {"kernel": Never(lambda n: n * n < n, numbers), "image": Always(lambda n: n * n >= n, numbers)}


def solve():
    return {"clain": Option("true")}
