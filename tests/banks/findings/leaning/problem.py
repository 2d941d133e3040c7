"""The sum of two whole numbers."""

import importlib.util
from pathlib import Path

from m4ml_exams.authoring import Exact, Meta

META = Meta(title="A sum", topics=["A1"], difficulty=1, minutes=2)

_SPEC = importlib.util.spec_from_file_location("sum", Path(__file__).parents[1] / "global_stream" / "problem.py")
SUM = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(SUM)


def draw(rng):
    return {"a": rng.randint(2, 50), "b": rng.randint(2, 50)}


def solve(a, b):
    return SUM.solve(a, b)


def verify(a, b, total):
    assert total - b == a
