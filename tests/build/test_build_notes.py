"""What a build tells of answers that versions share."""

from __future__ import annotations

from m4ml_exams.assemble import Repeat
from m4ml_exams.build.story import told_repeats


def test_versions_that_share_an_answer_are_told_problem_by_problem() -> None:
    found = (
        Repeat("a/one", (("A", 2), ("C", 2)), free=True),
        Repeat("a/one", (("B", 2), ("D", 2), ("E", 2)), free=True),
        Repeat("a/static", (("A", 3), ("B", 3)), free=False),
        Repeat("a/two", (("A", 1), ("B", 4)), free=True),
    )
    assert told_repeats(found) == (
        "a/one (entry 2): versions with the same whole answer: A, C; B, D, E. Draws bring no other.",
        "a/two (entries 1, 4): versions with the same whole answer: A (entry 1), B (entry 4). Draws bring no other.",
    )
