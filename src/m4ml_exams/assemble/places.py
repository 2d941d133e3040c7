"""Where the right options stand: as often at each place of a choice over the versions, in no pattern on a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random

from m4ml_exams.assemble.options import PrintedOption
from m4ml_exams.model import Choice
from m4ml_exams.problem_text import PINNED

DEALS = 64
"""How many ways of dealing are compared."""
_PERIODS = (2, 3, 4)
"""Lengths after which letters may not come again at once: 2 stands for AAAA and ABAB, 3 for ABCABC."""
_RUN = 4
"""So many letters may not follow one another as in the alphabet: ABCD, DCBA."""
_REACH = max(2 * max(_PERIODS), _RUN)
"""The longest pattern."""


@dataclass(frozen=True)
class Seat:
    """The right option of a single choice on one version's paper.

    Attributes:
        slot: names the choice in all versions.
        at: the place where it stands, from 0.
        room: at how many places it may stand; 0 when it may not be moved.
    """

    slot: str
    at: int
    room: int = 0


def seat(slot: str, choice: Choice, options: Sequence[PrintedOption], free: bool) -> Seat | None:
    """The seat of a choice; None where not exactly one option is right.

    Args:
        slot: names the choice in all versions.
        choice: the place in the statement.
        options: its options in printed order.
        free: whether they may still be moved.
    """
    right = [at for at, option in enumerate(options) if option.correct]
    if choice.multiple or len(right) != 1:
        return None
    movable = free and not choice.fixed and options[right[0]].key not in PINNED
    return Seat(slot, right[0], sum(option.key not in PINNED for option in options) if movable else 0)


def moved(options: Sequence[PrintedOption], place: int) -> tuple[PrintedOption, ...]:
    """The options with the right one at a place from 0; it changes places with what stood there."""
    result = list(options)
    right = next(at for at, option in enumerate(options) if option.correct)
    result[right], result[place] = result[place], result[right]
    return tuple(result)


def deal(rows: Sequence[Sequence[Seat]], seed: str) -> tuple[tuple[int, ...], ...]:
    """A place for the right option of each seat.

    Over the rows, the places of a slot come as evenly as those that are fixed allow: their numbers differ by one at
    most where none is fixed. Among several such ways, one is taken with few patterns in a row, and with the places of
    a row as even as can be had.

    Args:
        rows: the seats of each version in the order of its paper.
        seed: names the stream of random numbers; the same seed and rows give the same places.
    """
    if not any(one.room for row in rows for one in row):
        return tuple(tuple(one.at for one in row) for row in rows)
    ways = (_dealt(rows, Random(f"{seed}|places {number}")) for number in range(DEALS))
    return min(ways, key=_faults)


def _dealt(rows: Sequence[Sequence[Seat]], rng: Random) -> tuple[tuple[int, ...], ...]:
    """One way: row after row, each seat the place that is rarest in its slot, then in its row, then by chance."""
    in_slot: Counter[tuple[str, int]] = Counter((one.slot, one.at) for row in rows for one in row if not one.room)
    dealt: list[tuple[int, ...]] = []
    for row in rows:
        in_row = Counter(one.at for one in row if not one.room)
        places: list[int] = []
        for one in row:
            last = places[1 - _REACH :]
            chances = [
                (in_slot[one.slot, at], _ending((*last, at)), in_row[at], rng.random(), at) for at in range(one.room)
            ]
            at = min(chances)[-1] if chances else one.at
            places.append(at)
            if one.room:
                in_slot[one.slot, at] += 1
                in_row[at] += 1
        dealt.append(tuple(places))
    return tuple(dealt)


def _faults(rows: Sequence[Sequence[int]]) -> tuple[int, int]:
    """How many patterns there are, and how uneven the rows are."""
    return sum(map(patterns, rows)), sum(count**2 for row in rows for count in Counter(row).values())


def patterns(places: Sequence[int]) -> int:
    """How often letters come again at once, or run through the alphabet: AAAA, ABAB, ABCABC, ABCD, DCBA."""
    return sum(_ending(tuple(places[max(0, end - _REACH) : end])) for end in range(1, len(places) + 1))


@lru_cache(maxsize=2**16)
def _ending(places: tuple[int, ...]) -> int:
    """How many patterns end with the last place; the last ``_REACH`` places are enough to tell."""
    again = sum(len(places) >= 2 * p and places[-p:] == places[-2 * p : -p] for p in _PERIODS)
    steps = {after - before for before, after in pairwise(places[-_RUN:])}
    return again + (len(places) >= _RUN and steps in ({1}, {-1}))
