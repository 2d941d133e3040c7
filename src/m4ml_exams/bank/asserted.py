"""What the names in a failed assertion stood for."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

_MOST_NAMES = 6
_LONGEST = 60


def values_asserted(error: BaseException, file: str) -> str:
    """The values of an assertion's names, as a sentence: ``Here a = 2, total = 5. ``.

    Args:
        error: what the assertion raised.
        file: problem.py, whose innermost frame asserts.

    Returns:
        Nothing when the assertion names no values; at most six of them, long ones shortened.
    """
    frames = [
        (frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file
    ]
    if not frames:
        return ""
    frame, line = frames[-1]
    shown = [f"{name} = {_look(value)}" for name, value in _named(Path(file), line, frame.f_locals)]
    return f"Here {', '.join(shown[:_MOST_NAMES])}. " if shown else ""


def _named(path: Path, line: int, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The local values that the assertion on a line names, in the order in which it names them."""
    tree = ast.parse(path.read_bytes())
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    tests = [node.test for node in asserts if node.lineno <= line <= (node.end_lineno or node.lineno)]
    names = [node for test in tests for node in ast.walk(test) if isinstance(node, ast.Name)]
    names.sort(key=lambda node: (node.lineno, node.col_offset))
    for name in dict.fromkeys(node.id for node in names):
        if name in values and not callable(values[name]) and not isinstance(values[name], ModuleType):
            yield name, values[name]


def _look(value: Any) -> str:
    plain = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    text = " ".join(repr(plain).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
