"""A grid, a shared list, options with blanks, a proof, and parts that use earlier answers."""

import numpy as np
from m4ml_exams.authoring import Exact, Meta, Option, Rubric

META = Meta(title="Judged", topics=["T1"], difficulty=1, minutes=10)


def draw(rng):
    return {"numbers": sorted(rng.sample(range(2, 30), 3)), "n": rng.randint(1, 3), "right": rng.choice(["has", "many"])}


def show(numbers, n):
    return {"lines": "This sentence is there to make the statement longer. " * n, "median": numbers[1]}


def solve(numbers, right):
    total = sum(numbers)
    has = {"total": Exact(total), "largest": Exact(max(numbers))}
    many = {"count": Exact(3), "squares": Exact(sum(x * x for x in numbers))}
    return {
        "positive": Option("guaranteed"),
        "zero": Option("impossible"),
        "least": Option("median"),
        "other": Option("mean"),
        "sentence": Option(right),
        "claim": Option("proof"),
        "steps": Rubric(("adds the numbers", 2), ("compares", 1)),
        "twice": Exact(2 * total),
        "fourfold": Exact(4 * total),
        **(has if right == "has" else many),
        "total": Exact(total),
    }


def verify(
    numbers, right, positive, zero, least, other, sentence, claim, twice, fourfold, total, largest=0, count=0, squares=0
):
    assert (positive, zero, least, other, claim) == ("guaranteed", "impossible", "median", "mean", "proof")
    assert sentence == right
    assert total == numbers[0] + numbers[1] + numbers[2]
    assert twice - total == total and fourfold - twice == twice
    if right == "has":
        assert largest == sorted(numbers)[-1]
    else:
        assert numbers[:count] == numbers != numbers[: count - 1] and squares == np.dot(numbers, numbers)
