"""What samplers share: names, sizes, limits, and rows of simple values put together."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import Any

import numpy as np

from m4ml_exams.claims.cases import Cases, simplest_first
from m4ml_exams.errors import ProblemError

Array = np.ndarray[Any, Any]
Sizes = int | Iterable[int]

LISTED = 250
"""Cases of each size that a sampler lists."""
MOST = 100_000
"""Cases of an enumeration that can still be run through."""
SIGNS = (0, 1, -1)


def words_of(text: str, count: int | None = None) -> tuple[str, ...]:
    words = tuple(text.replace(",", " ").split())
    if not words or len({*words}) < len(words) or (count is not None and len(words) != count):
        due = "words are" if count is None else "1 name is" if count == 1 else f"{count} different names are"
        raise ProblemError(f"A sampler has names={text!r}, where {due} due.", 'Write words, as in names="u v".')
    return words


def word_of(text: str) -> tuple[str, ...]:
    return words_of(text, 1)


def numbered(letter: str, count: int) -> str:
    return " ".join(f"{letter}{number}" for number in range(1, count + 1))


def sizes_of(size: Sizes, sampler: str) -> tuple[int, ...]:
    sizes = (size,) if isinstance(size, int) else tuple(size)
    if not sizes or min(sizes) < 1:
        raise ProblemError(f"samplers.{sampler} is asked for the sizes {list(sizes)}.", "Sizes are 1, 2, ...")
    return sizes


def refuse_many(count: int, sampler: str) -> None:
    if count > MOST:
        what = f"samplers.{sampler} would list {count} cases."
        raise ProblemError(what, f"Ask for fewer values or smaller sizes; {MOST} are the most.")


def of_arrays(
    word: tuple[str, ...], simple: Callable[[], Iterable[Array]], drawn: Callable[[Random], Array] | None = None
) -> Cases:
    """A sampler with one array in each case."""
    one = None if drawn is None else lambda rng: (drawn(rng),)
    return Cases(word, lambda: simplest_first((array,) for array in simple()), one)


def each(make: Callable[..., Iterable[Array]], shapes: Iterable[tuple[int, int]]) -> Iterator[Array]:
    for shape in shapes:
        yield from make(*shape)


@lru_cache(maxsize=16)
def signs(n: int) -> tuple[Array, ...]:
    """Vectors of zeros, ones and minus ones, the simplest first; of those with many entries some."""
    if n <= 5:
        return tuple(row for (row,) in simplest_first((np.array(e),) for e in itertools.product(SIGNS, repeat=n)))
    eye, ones = np.eye(n, dtype=int), np.ones(n, dtype=int)
    return (np.zeros(n, dtype=int), *eye, *-eye, ones, -ones, ones - 2 * eye[0], ones - eye[0])


def together(row: Sequence[Any], count: int) -> Iterator[tuple[Any, ...]]:
    """Tuples from a row, those with members in front first; from the front of the row when there are many."""
    front = next(size for size in range(len(row), 0, -1) if size**count <= 20_000 or size == 1)
    for places in sorted(itertools.product(range(front), repeat=count), key=sum):
        yield tuple(row[place] for place in places)


def drawn_integers(rng: Random, n: int, largest: int) -> Array:
    return np.array([rng.randint(-largest, largest) for _ in range(n)], dtype=int)


def chosen(rng: Random, arrays: Sequence[Array]) -> Array:
    return arrays[rng.randrange(len(arrays))]
