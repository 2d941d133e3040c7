"""Text among the givens stays text: sympy evaluates strings, and a lock or an exam file may supply one."""

from __future__ import annotations

from typing import Any

from sympy.core.sympify import CantSympify

from m4ml_exams.model import Code, Latex


class Quoted(str, CantSympify):  # type: ignore[misc]
    """A string that sympy refuses to read as code; in every other way the string that it is."""

    __slots__ = ()


class QuotedLatex(Latex, CantSympify):  # type: ignore[misc]
    """The same for LaTeX."""

    __slots__ = ()


class QuotedCode(Code, CantSympify):  # type: ignore[misc]
    """The same for a program, which runs in a process of its own or not at all."""

    __slots__ = ()


def quoted(value: Any) -> Any:
    """The value with each string in it, at any depth of lists and dicts, as one that sympy does not evaluate."""
    match value:
        case Latex():
            return QuotedLatex(value)
        case Code():
            return QuotedCode(value)
        case str():
            return Quoted(value)
        case list():
            return [quoted(item) for item in value]
        case dict():
            return {quoted(key): quoted(item) for key, item in value.items()}
        case _:
            return value
