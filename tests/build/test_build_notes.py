"""What a build tells of answers that versions share."""

from __future__ import annotations

import pytest

from m4ml_exams.assemble import Repeat
from m4ml_exams.build.story import told_repeat


@pytest.mark.parametrize(
    ("uses", "told"),
    [
        ((("A", 2), ("C", 2)), "a/one (entry 2): the same whole answer in versions A, C: draws bring no other."),
        (
            (("A", 1), ("B", 4)),
            "a/one (entries 1, 4): the same whole answer in versions A (entry 1), B (entry 4): draws bring no other.",
        ),
    ],
)
def test_versions_that_share_an_answer_are_told_with_their_entries(
    uses: tuple[tuple[str, int], ...], told: str
) -> None:
    assert told_repeat(Repeat("a/one", uses, free=True)) == told
