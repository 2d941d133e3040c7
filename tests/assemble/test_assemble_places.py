"""Right options: as often at each place over the versions, in no pattern on a paper, and never moved once locked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_exam import TinyExam, problem, use

from m4ml_exams.assemble import PrintedOption, Version, patterns, seats_of
from m4ml_exams.assemble.places import Seat, deal, moved

ROOMS = st.lists(st.integers(2, 6), min_size=1, max_size=10)


def seats(rooms: list[int], count: int) -> list[list[Seat]]:
    return [[Seat(str(slot), 0, room) for slot, room in enumerate(rooms)] for _ in range(count)]


@given(ROOMS, st.integers(1, 13), st.text(max_size=3))
def test_each_place_of_a_choice_is_right_as_often_as_any_other(rooms: list[int], count: int, seed: str) -> None:
    dealt = deal(seats(rooms, count), seed)
    for room, column in zip(rooms, zip(*dealt, strict=True), strict=True):
        times = [column.count(place) for place in range(room)]
        assert sum(times) == count
        assert max(times) - min(times) <= 1


@given(ROOMS, st.integers(1, 6), st.integers(1, 6), st.text(max_size=3))
def test_what_is_fixed_stays_and_new_versions_make_up_for_it(
    rooms: list[int], before: int, more: int, seed: str
) -> None:
    fixed = [[Seat(str(slot), 0) for slot, _ in enumerate(rooms)] for _ in range(before)]
    dealt = deal([*fixed, *seats(rooms, more)], seed)
    assert dealt[:before] == tuple((0,) * len(rooms) for _ in range(before))
    for room, column in zip(rooms, zip(*dealt[before:], strict=True), strict=True):
        if more <= min(before, room - 1):
            assert sorted({*column}) == sorted(column)
            assert 0 not in column


@pytest.mark.parametrize("seed", range(40))
def test_a_paper_shows_no_pattern(seed: int) -> None:
    dealt = deal(seats([4] * 8, 3), str(seed))
    assert [patterns(row) for row in dealt] == [0, 0, 0]
    assert [sorted(Counter(row).values()) for row in dealt] == [[2, 2, 2, 2]] * 3


@pytest.mark.parametrize("seed", range(40))
def test_a_short_paper_shows_none_either(seed: int) -> None:
    assert [patterns(row) for row in deal(seats([4] * 4, 4), str(seed))] == [0, 0, 0, 0]


def test_seeds_deal_differently_and_each_the_same_again() -> None:
    ways = {deal(seats([4] * 8, 3), str(seed)) for seed in range(20)}
    assert len(ways) == 20
    assert deal(seats([4] * 8, 3), "1") == deal(seats([4] * 8, 3), "1")


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("AAAA", 1),
        ("ABAB", 1),
        ("CABABD", 1),
        ("ABCABC", 1),
        ("ABDCABDC", 1),
        ("ABCD", 1),
        ("FEDC", 1),
        ("ABCDE", 2),
        ("AAAAA", 2),
        ("AABB", 0),
        ("AAAB", 0),
        ("ABCBADC", 0),
        ("ABC", 0),
        ("", 0),
    ],
)
def test_patterns_are_letters_that_come_again_at_once_or_run_on(row: str, found: int) -> None:
    assert patterns([ord(letter) for letter in row]) == found


def test_a_moved_option_changes_places_with_what_stood_there() -> None:
    right, *wrong = (PrintedOption(key, key == "r") for key in "rxyz")
    assert moved((wrong[0], right, wrong[1], wrong[2]), 3) == (wrong[0], wrong[2], wrong[1], right)
    assert moved((right, *wrong), 0) == (right, *wrong)


TEX = r"""
\begin{parts}
  \part[1] Sum of $\VAR{a}$ and $\VAR{b}$
    \begin{choices}[total]\choice[*] None \end{choices}
  \part[1] Fixed
    \begin{choices}[word, fixed]\choice[p] $p$\choice[q] $q$\choice[r] $r$\choice[s] $s$\end{choices}
  \part[1] None of them
    \begin{choices}[gone]\choice[p] $p$\choice[q] $q$\choice[*] None\end{choices}
  \part[1] Words
    \begin{choices}[word]\choice[p] $p$\choice[q] $q$\choice[r] $r$\choice[s] $s$\end{choices}
\end{parts}
"""
PY = """
def draw(rng):
    return {"a": rng.randint(1, 99), "b": rng.randint(1, 99)}

def solve(a, b):
    return {"total": Exact(a + b), "word": Option("q"), "gone": Option("*")}

def mistakes(a, b):
    return {"total": {"difference": a + b + 1, "product": a + b + 2, "first": a + b + 3, "twice": a + b + 4}}

def verify(a, b, total, word):
    pass
"""


def exam(root: Path) -> TinyExam:
    return TinyExam(root, problem("a/one", TEX, PY), use("a/one"))


def columns(versions: tuple[Version, ...]) -> dict[str, list[int]]:
    """For each choice the places of its right option in the versions."""
    found: dict[str, list[int]] = {}
    for version in versions:
        for name, one in seats_of(version.questions[0]):
            found.setdefault(name, []).append(one.at)
    return found


def test_versions_have_the_right_option_at_each_place_equally_often(tmp_path: Path) -> None:
    found = columns(exam(tmp_path).draw(8))
    assert Counter(found["a1"]) == Counter(found["d1"]) == {0: 2, 1: 2, 2: 2, 3: 2}


def test_fixed_and_pinned_options_stay(tmp_path: Path) -> None:
    found = columns(exam(tmp_path).draw(8))
    assert found["b1"] == [1] * 8
    assert found["c1"] == [2] * 8


def test_options_are_those_of_the_draw(tmp_path: Path) -> None:
    for version in exam(tmp_path).draw(4):
        question = version.questions[0]
        given, options = question.variant.given, question.options("a1")
        assert options[-1].key == "*"
        assert sorted(option.value for option in options[:-1])[0] == given["a"] + given["b"]
        assert [option.value == given["a"] + given["b"] for option in options] == [one.correct for one in options]


def test_locked_orders_stay_and_new_versions_even_them_out(tmp_path: Path) -> None:
    course = exam(tmp_path)
    lock = course.lock(3)
    before, after = columns(course.restore(lock, 3)), columns(course.restore(lock, 8))
    assert {name: places[:3] for name, places in after.items()} == before == columns(course.draw(3))
    assert Counter(after["a1"]) == Counter(after["d1"]) == {0: 2, 1: 2, 2: 2, 3: 2}
