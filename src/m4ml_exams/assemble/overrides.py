"""What an entry of an exam file changes in a statement: chosen parts, points, heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from m4ml_exams.blueprint import Overrides
from m4ml_exams.errors import BlueprintError, did_you_mean
from m4ml_exams.model import (
    Blank,
    Choice,
    FollowThrough,
    Grid,
    GridRow,
    OptionText,
    Part,
    Pick,
    Piece,
    Sketch,
    SolutionMark,
    Statement,
    TrueFalse,
    Work,
)
from m4ml_exams.problem_text import part_letters

Body = tuple[Piece | SolutionMark, ...]


def overridden(statement: Statement, entry: Overrides) -> tuple[Statement, Mapping[str, str]]:
    """The statement as an entry wants it.

    Args:
        statement: as the problem has it.
        entry: what to change; letters are the problem's own.

    Returns:
        The statement with its parts lettered anew, and new response id -> the problem's own id.

    Raises:
        BlueprintError: a letter or a number of points does not fit the problem.
    """
    _refuse_unknown(statement, entry)
    kept = [part for part in statement.parts if not entry.parts or part.letter in entry.parts]
    pointed = _with_points(kept, entry)
    ids: dict[str, str] = {}
    parts = tuple(
        _relettered(_with_height(part, entry.heights.get(part.letter)), letter, ids)
        for part, letter in zip(pointed, part_letters(), strict=False)
    )
    return replace(statement, parts=parts), ids


def _refuse_unknown(statement: Statement, entry: Overrides) -> None:
    letters = [part.letter for part in statement.parts]
    named = [*entry.parts, *entry.heights, *(entry.part_points if isinstance(entry.part_points, Mapping) else ())]
    for letter in named:
        if letter not in letters:
            raise BlueprintError(f"The problem has no part {letter}.", did_you_mean(letter, letters))
    for letter in entry.heights:
        part = next(part for part in statement.parts if part.letter == letter)
        if not any(isinstance(piece, Work) for inner in (part, *part.parts) for piece in inner.body):
            raise BlueprintError(f"Part {letter} has no work box.", "Drop its height.")


def _with_points(parts: list[Part], entry: Overrides) -> list[Part]:
    wanted = entry.part_points
    if wanted is None:
        return parts
    if not isinstance(wanted, Mapping):
        if len(wanted) != len(parts):
            raise BlueprintError(
                f"part_points has {len(wanted)} numbers for {len(parts)} parts.", "Give one number for each part."
            )
        wanted = {part.letter: points for part, points in zip(parts, wanted, strict=True)}
    return [_scaled(part, wanted[part.letter]) if part.letter in wanted else part for part in parts]


def _scaled(part: Part, points: Fraction) -> Part:
    """The part with these points; subparts share them as they did."""
    if not part.parts:
        return replace(part, points=points)
    total = sum((inner.points for inner in part.parts), Fraction(0)) or Fraction(1)
    return replace(part, parts=tuple(replace(inner, points=inner.points * points / total) for inner in part.parts))


def _with_height(part: Part, height: str | None) -> Part:
    if height is None:
        return part
    body = tuple(replace(piece, height=height) if isinstance(piece, Work) else piece for piece in part.body)
    return replace(part, body=body, parts=tuple(_with_height(inner, height) for inner in part.parts))


def _relettered(part: Part, letter: str, ids: dict[str, str], prefix: str = "") -> Part:
    old, new = prefix + part.letter, prefix + letter
    body = tuple(_renamed(piece, old, new, ids) for piece in part.body)
    inner = tuple(_subpart(sub, part.letter, letter, ids) for sub in part.parts)
    return replace(part, letter=letter, body=body, parts=inner)


def _subpart(sub: Part, old: str, new: str, ids: dict[str, str]) -> Part:
    body = tuple(_renamed(piece, old + sub.letter, new + sub.letter, ids) for piece in sub.body)
    return replace(sub, body=body)


def _renamed(piece: Piece | SolutionMark, old: str, new: str, ids: dict[str, str]) -> Piece | SolutionMark:
    if isinstance(piece, Grid):
        return replace(piece, rows=tuple(_renamed_row(row, old, new, ids) for row in piece.rows))
    if not isinstance(piece, Blank | Choice | TrueFalse | Work | Pick | Sketch | FollowThrough):
        return piece
    name = new + piece.id.removeprefix(old)
    ids[name] = piece.id
    if isinstance(piece, Work):
        blanks = tuple(replace(blank, id=new + blank.id.removeprefix(old)) for blank in piece.blanks)
        ids.update({blank.id: own.id for blank, own in zip(blanks, piece.blanks, strict=True)})
        return replace(piece, id=name, blanks=blanks)
    if isinstance(piece, Choice):
        options = tuple(_renamed_option(option, old, new, ids) for option in piece.options)
        return replace(piece, id=name, options=options)
    return replace(piece, id=name)


def _renamed_row(row: GridRow, old: str, new: str, ids: dict[str, str]) -> GridRow:
    if not row.id:
        return row
    name = new + row.id.removeprefix(old)
    ids[name] = row.id
    return replace(row, id=name)


def _renamed_option(option: OptionText, old: str, new: str, ids: dict[str, str]) -> OptionText:
    blanks = {piece.id: new + piece.id.removeprefix(old) for piece in option.pieces if isinstance(piece, Blank)}
    ids.update({name: own for own, name in blanks.items()})
    pieces = tuple(
        replace(piece, id=blanks[piece.id]) if isinstance(piece, Blank) else piece for piece in option.pieces
    )
    return replace(option, pieces=pieces)
