"""Answers that the words of their own part give away, seen over many draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from m4ml_exams.answers import Option, Options, Rubric, entry, value_of
from m4ml_exams.assemble import Variant
from m4ml_exams.check.lints.words import Passage, passages
from m4ml_exams.errors import M4mlError, Place, ProblemError
from m4ml_exams.latex import show
from m4ml_exams.model import AnswerRef, Blank
from m4ml_exams.problem_text import answers_used, responses

FEWEST = 10
"""Draws from which on it is no chance that a value stands in the words of each."""
LONG = 12
"""Characters from which on a printed value does not stand in the words by chance."""
_FIGURES = re.compile(r"\\begin\{(tikzpicture|tabular|array)\}.*?\\end\{\1\}", re.DOTALL)
"""Pictures and tables, among whose ticks and data small numbers stand by chance."""
_HINT = re.compile(r"\bhint\b.*?(?=\n[ \t]*\n|\Z)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class _Asked:
    """An answer at its place: the part, the line, and the value as it prints."""

    name: str
    label: str
    line: int
    look: str


def given_away(variants: Sequence[Variant]) -> Iterator[M4mlError]:
    """Answers whose values stand in their part, or in a hint, in draw after draw.

    A short value, such as a digit, stands in many texts by chance: it counts when it stands there in every one of many
    draws although it changes. A long one, such as a matrix, counts when every second draw has it.

    Args:
        variants: draws of one problem.
    """
    first = {asked.name: asked for variant in variants[:1] for asked in _asked(variant)}
    for name, asked in first.items():
        seen = [_seen(variant, name) for variant in variants]
        looks = {look for look, _, _ in seen if look}
        path = variants[0].problem.source.path
        place = Place(path, asked.line, variants[0].problem.name)
        if _always(looks, [hint for _, _, hint in seen]):
            what = f"Part {asked.label}: the hint gives the value of '{name}', say {sorted(looks)[0]}."
            yield ProblemError(what, "Hint at the way, not at the value.", place, "hint-gives-value")
        elif _always(looks, [words for _, words, _ in seen]):
            what = f"Part {asked.label}: the value of '{name}' stands in the words, say {sorted(looks)[0]}."
            remedy = "Ask for what is not printed, or take it out of the words."
            yield ProblemError(what, remedy, place, "answer-in-statement")


def _always(looks: set[str], stands: Sequence[bool]) -> bool:
    """Whether a value stands in the words more often than chance would have it."""
    if not looks or not any(stands):
        return False
    long = all(len(look) >= LONG for look in looks)
    if len(stands) == 1:
        return long
    return 2 * sum(stands) >= len(stands) if long else all(stands) and len(stands) >= FEWEST and len(looks) > 1


def _seen(variant: Variant, name: str) -> tuple[str, bool, bool]:
    """How an answer prints in a draw, and whether it stands in the words and in a hint of its part."""
    asked = next((one for one in _asked(variant) if one.name == name), None)
    if asked is None:
        return "", False, False
    words = [passage for passage in passages(variant.statement) if passage.label in ("", asked.label)]
    hints = "\n".join(match[0] for passage in words for match in _HINT.finditer(passage.latex))
    return asked.look, any(_stands(asked.look, passage) for passage in words), _stands_in(asked.look, hints)


def _asked(variant: Variant) -> Iterator[_Asked]:
    """The answers of a draw that are values, or entries of them, where they are asked for."""
    for label, response in responses(variant.statement):
        if isinstance(response, Blank) and response.literal is not None:
            yield _Asked(response.id, label, response.line, _bare(response.literal.strip("$")))
            continue
        for name in answers_used(response):
            answer = variant.answers.get(name)
            if answer is not None and not isinstance(answer, Option | Options | Rubric):
                asked = response.answer if isinstance(response, Blank) and response.answer else AnswerRef(name)
                value = value_of(entry(answer, asked.index) if asked.index else answer)
                with suppress(ProblemError):  # a value without a look stands in no words
                    yield _Asked(str(asked), label, response.line, _bare(show(value)))


def _stands(look: str, passage: Passage) -> bool:
    return _stands_in(look, passage.latex if len(look) >= LONG else _FIGURES.sub(" ", passage.latex))


def _stands_in(look: str, latex: str) -> bool:
    return bool(re.search(rf"(?<![\w.\\-]){re.escape(look)}(?![\w]|\.\d)", _bare(latex)))


def _bare(latex: str) -> str:
    """LaTeX without insignificant space."""
    return re.sub(r"\s+", " ", re.sub(r"\\[,;:!]|~", " ", latex)).strip()
