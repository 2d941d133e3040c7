"""distinct, pick and retry."""

import os
import random
import subprocess
import sys

import pytest

from m4ml_exams.errors import ProblemError
from m4ml_exams.nice import NiceError, distinct, retry
from m4ml_exams.nice.draws import pick


@pytest.mark.parametrize("seed", range(50))
def test_distinct_values_differ_and_come_from_the_pool(seed):
    drawn = distinct(random.Random(seed), range(-4, 6), 4)
    assert len(set(drawn)) == 4
    assert set(drawn) <= set(range(-4, 6))


def test_every_ordered_choice_comes_up():
    rng = random.Random(0)
    assert len({tuple(distinct(rng, "abc", 2)) for _ in range(200)}) == 6


def test_repeated_values_count_once():
    assert sorted(distinct(random.Random(1), [2, 2, 3, 3], 2)) == [2, 3]
    assert sorted(distinct(random.Random(1), [[2], [2], [3]], 2)) == [[2], [3]]


def test_a_set_may_be_drawn_from():
    assert sorted(distinct(random.Random(1), {3, 1, 2}, 3)) == [1, 2, 3]


def test_distinct_names_what_is_missing():
    with pytest.raises(NiceError, match="4 distinct values are asked for, but only 2 are there") as caught:
        distinct(random.Random(0), [1, 1, 2], 4)
    assert caught.value.remedy
    assert isinstance(caught.value, ProblemError)
    with pytest.raises(NiceError, match="-1 distinct"):
        distinct(random.Random(0), [1], -1)


def test_a_set_of_strings_is_drawn_from_in_the_same_order_in_every_process():
    code = "import random; from m4ml_exams.nice import distinct; print(distinct(random.Random(3), set('abcdefgh'), 5))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for salt in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_retry_gives_the_first_accepted_candidate():
    mirror = random.Random(5)
    expected = next(x for x in iter(lambda: mirror.randint(0, 99), None) if x > 90)
    assert retry(random.Random(5), lambda r: r.randint(0, 99), lambda x: x > 90, "number above 90") == expected


def test_retry_is_bounded_and_names_the_constraint():
    calls = []
    with pytest.raises(NiceError, match=r"No even prime above 2 came up in 25 draws") as caught:
        retry(random.Random(0), calls.append, lambda _: False, "even prime above 2", tries=25)
    assert len(calls) == 25
    assert "tries" in caught.value.remedy


def test_pick_from_nothing_names_the_constraint():
    with pytest.raises(NiceError, match="There is no unicorn"):
        pick(random.Random(0), [], "unicorn")
