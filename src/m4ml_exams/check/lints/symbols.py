"""Symbols that an answer has and the words do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import sympy as sp

from m4ml_exams.answers import Answer, Expression, Option, Options, Rubric, value_of
from m4ml_exams.assemble import Question
from m4ml_exams.check.lints.words import passages
from m4ml_exams.errors import M4mlError, Place, ProblemError
from m4ml_exams.latex import show
from m4ml_exams.model import Blank, Work
from m4ml_exams.problem_text import answers_used, in_body, parts_with_labels

_FORMULA = re.compile(r"\$(.+?)\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\\begin\{(\w+\*?)\}(.+?)\\end\{\4\}", re.DOTALL)


def unintroduced_symbol(question: Question) -> Iterator[M4mlError]:
    """Symbols of answers that stand in no formula of the statement, nor in a label or unit of the answer's place."""
    formulas = _formulas(question)
    told: set[tuple[str, str]] = set()
    for label, part in parts_with_labels(question.statement):
        for response in in_body(part.body):
            for name in answers_used(response):
                answer = question.variant.answers.get(name)
                for symbol in _symbols(answer):
                    if _stands_in(symbol, formulas) or (name, symbol) in told:
                        continue
                    told.add((name, symbol))
                    what = (
                        f"Part {label}: the answer '{name}' has the symbol ${symbol}$, which the words never mention."
                    )
                    remedy = f"Introduce it, as in: in terms of ${symbol}$."
                    path = question.variant.problem.source.path
                    yield ProblemError(what, remedy, Place(path, response.line), "unintroduced-symbol")


def _symbols(answer: Answer | None) -> list[str]:
    """The free symbols of an answer as they print, the arguments of an Expression that it does not use left out."""
    if answer is None or isinstance(answer, Option | Options | Rubric):
        return []
    value = answer.expr if isinstance(answer, Expression) else value_of(answer)
    return sorted({show(symbol) for symbol in _free(value)})


def _free(value: Any) -> set[sp.Symbol]:
    if isinstance(value, list | tuple):
        return {symbol for item in value for symbol in _free(item)}
    return getattr(value, "free_symbols", set())


def _formulas(question: Question) -> str:
    """All formulas of the statement, labels of blanks included; pictures count whole."""
    words = [passage.latex for passage in passages(question.statement)]
    for _, part in parts_with_labels(question.statement):
        for response in in_body(part.body):
            if isinstance(response, Blank):
                words.append(response.label)
            elif isinstance(response, Work):
                words.extend(blank.label for blank in response.blanks)
    return "\n".join(match[0] for text in words for match in _FORMULA.finditer(text))


def _stands_in(symbol: str, formulas: str) -> bool:
    """Whether a symbol stands in formulas, ``x_1`` also as ``x_{1}`` and as ``x_i`` with an index."""
    if re.search(rf"(?<![A-Za-z\\]){re.escape(symbol)}(?![A-Za-z])", _bare(formulas)):
        return True
    base, _, index = _bare(symbol).partition("_")
    return bool(index) and bool(re.search(rf"(?<![A-Za-z\\]){re.escape(base)}_", _bare(formulas)))


def _bare(text: str) -> str:
    return re.sub(r"_\{(\w+)\}", r"_\1", text)
