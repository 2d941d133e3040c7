"""Optional arguments of the responses: ``[5cm, answer=proof]`` as words and ``key=value`` pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from m4ml_exams.errors import M4mlError, ProblemError, did_you_mean
from m4ml_exams.model import Column

_LENGTH = re.compile(r"\d*\.?\d+ *(pt|bp|mm|cm|in|em|ex)")


@dataclass(frozen=True)
class Options:
    """What stood in the brackets: plain words in order, and pairs."""

    words: tuple[str, ...]
    pairs: dict[str, str]


def is_length(text: str) -> bool:
    """Whether the text is a positive TeX length such as ``5cm``."""
    match = _LENGTH.fullmatch(text.strip())
    return match is not None and float(re.sub(r"[a-z ]", "", text)) > 0


def read_options(text: str, keys: frozenset[str]) -> Options:
    """Read the inside of a pair of brackets; raises ProblemError on a key that is not in ``keys``."""
    words: list[str] = []
    pairs: dict[str, str] = {}
    for item in _split(text):
        key, equals, value = item.partition("=")
        key = key.strip()
        if not equals or not re.fullmatch(r"[a-z]+", key):
            words.append(item)
        elif key not in keys:
            raise ProblemError(f"There is no option '{key}' here.", did_you_mean(key, keys))
        elif key in ("height", "width") and not is_length(value):
            raise no_length(value)
        else:
            pairs[key] = _unbraced(value.strip())
    return Options(tuple(words), pairs)


def read_columns(text: str) -> tuple[Column, ...]:
    """The columns of a grid, ``[possible, mine={words}]``; raises ProblemError when they cannot be told apart."""
    columns = []
    for item in _split(text):
        key, equals, words = (piece.strip() for piece in item.partition("="))
        if not re.fullmatch(r"[A-Za-z][\w -]*", key):
            raise ProblemError(f"'{item}' is not the key of a column.", "Write a word, or word={what is printed}.")
        columns.append(Column(key, _unbraced(words) if equals else None))
    keys = [column.key for column in columns]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise ProblemError(f"Two columns have the key '{twice}'.", "Give each column a key of its own.")
    if len(columns) < 2:
        raise ProblemError("A grid needs at least two columns.", "Name them, as in [impossible, possible].")
    return tuple(columns)


def no_length(text: str) -> M4mlError:
    """The fault of a text, or of nothing, where a length is due."""
    what = f"'{text}' is not a length." if text else "A length is missing."
    return ProblemError(what, "Write a positive TeX length such as 5cm, 40mm or 2in.")


def _unbraced(text: str) -> str:
    """The text without a pair of braces round the whole of it."""
    match = re.fullmatch(r"\{((?:[^{}]|\{[^{}]*\})*)\}", text)
    return match[1] if match else text


def _split(text: str) -> Iterator[str]:
    """The items between commas that stand outside braces, brackets and dollars."""
    depth, math, item = 0, False, ""
    for sign in re.findall(r"\\.|.", text, re.DOTALL):
        if sign in ("$", r"\(", r"\)"):
            math = not math
        elif sign in ("{", "[", "(") and not math:
            depth += 1
        elif sign in ("}", "]", ")") and not math:
            depth -= 1
        if sign == "," and depth <= 0 and not math:
            yield item.strip()
            item = ""
        else:
            item += sign
    if item.strip():
        yield item.strip()
