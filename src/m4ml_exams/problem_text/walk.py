"""Ways through a statement: its responses in reading order, its points, its signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from string import ascii_lowercase

from m4ml_exams.model import (
    Blank,
    Choice,
    Grid,
    GridRow,
    OptionList,
    Part,
    Pick,
    Piece,
    Response,
    Sketch,
    SolutionMark,
    Statement,
    TrueFalse,
    Work,
)


def part_letters() -> Iterator[str]:
    """The letters of parts in order: a, b, ..., z, aa, ab, ..."""
    yield from ascii_lowercase
    yield from (first + second for first in ascii_lowercase for second in ascii_lowercase)


def leaf_parts(statement: Statement) -> Iterator[tuple[str, Part]]:
    """The pieces that carry points of their own, with their full labels: ``a``, ``b``, ``c.i``, ``c.ii``."""
    for part in statement.parts:
        if part.parts:
            for inner in part.parts:
                yield f"{part.letter}.{inner.letter}", inner
        else:
            yield part.letter, part


def parts_with_labels(statement: Statement) -> Iterator[tuple[str, Part]]:
    """All parts, those that only hold subparts included, with their full labels."""
    for part in statement.parts:
        yield part.letter, part
        for inner in part.parts:
            yield f"{part.letter}.{inner.letter}", inner


def unsolved(statement: Statement) -> tuple[str, ...]:
    """Labels of the leaf parts that no solution stands in, nor in what is around them."""
    if _has_solution(statement.preamble):
        return ()
    whole = {part.letter for part in statement.parts if _has_solution(part.body)}
    parts = [(label, part) for label, part in leaf_parts(statement) if label.split(".")[0] not in whole]
    return tuple(label for label, part in parts if not _has_solution(part.body))


def _has_solution(body: Iterable[Piece | SolutionMark]) -> bool:
    return any(isinstance(piece, SolutionMark) for piece in body)


def in_body(body: Iterable[Piece | SolutionMark]) -> Iterator[Response]:
    """The responses of a body, the blanks of a work box or of a choice's options right after it."""
    for piece in body:
        match piece:
            case Work():
                yield piece
                yield from piece.blanks
            case Choice():
                yield piece
                yield from option_blanks(piece)
            case Grid():
                yield from (row for row in piece.rows if row.answer)
            case Blank() | TrueFalse() | Pick() | Sketch():
                yield piece


def option_blanks(choice: Choice) -> Iterator[Blank]:
    """The blanks in the options of a choice, in the order of problem.tex."""
    for option in choice.options:
        yield from (piece for piece in option.pieces if isinstance(piece, Blank))


def option_lists(statement: Statement) -> Iterator[OptionList]:
    """The lettered lists that several parts share."""
    for body in (statement.preamble, *(part.body for part in statement.parts)):
        yield from (piece for piece in body if isinstance(piece, OptionList))


def responses(statement: Statement) -> Iterator[tuple[str, Response]]:
    """Every response with the label of its part; responses of a preamble belong to no part and are refused earlier."""
    for label, part in parts_with_labels(statement):
        for response in in_body(part.body):
            yield label, response


def total_points(statement: Statement) -> Fraction:
    """The sum over the parts."""
    return sum((part.points for _, part in leaf_parts(statement)), Fraction(0))


def answers_used(response: Response) -> tuple[str, ...]:
    """Names of the answers that a response shows in the key (blanks of a work box are responses of their own)."""
    if isinstance(response, Blank):
        return (response.answer.name,) if response.answer else ()
    if isinstance(response, Sketch):
        return ()
    return (response.answer,) if response.answer else ()


def signature(statement: Statement, names: bool = True) -> tuple[str, ...]:
    """The structure in words that stay when only words of the text are mended.

    Args:
        statement: what to describe: its parts, points, kinds and sizes of responses.
        names: whether names of answers and keys of options belong to it.
    """
    lines = [_describe_list(listed, names) for listed in option_lists(statement)]
    for label, part in parts_with_labels(statement):
        if not part.parts:
            lines.append(f"part {label}: {part.points} points")
        lines.extend(f"part {label}: {_describe(response, names)}" for response in in_body(part.body))
    return tuple(lines)


def _describe(response: Response, names: bool) -> str:
    match response:
        case Work():
            words = ["work", response.height, "open" if not response.framed else "", _name(response.answer, names)]
        case Blank():
            words = ["blank", _name(response.answer, names), response.width or "", response.height or ""]
        case TrueFalse():
            words = ["true-false", _name(response.answer, names)]
        case GridRow():
            columns = response.columns if names else [str(len(response.columns))]
            words = ["grid row", _name(response.answer, names), *columns]
        case Pick():
            words = ["pick", _name(response.answer, names), _name(response.listed, names)]
        case Sketch():
            words = ["sketch", _name(response.axes, names), _name(response.answer, names)]
        case Choice():
            kind = "checkboxes" if response.multiple else "choices"
            keys = [option.key for option in response.options]
            number = str(max(len(keys), response.count if response.answer and set(keys) <= {"*", "+"} else 0))
            words = [kind, _name(response.answer, names), *(keys if names and response.answer else []), number]
    return " ".join(filter(None, words))


def _describe_list(listed: OptionList, names: bool) -> str:
    keys = [option.key for option in listed.options]
    return " ".join(["list", *([listed.name, *keys] if names else [str(len(keys))])])


def _name(answer: object, names: bool) -> str:
    return str(answer) if answer and names else ""
