"""Which blanks stand on a line of their own: those can be held at the same place over all versions."""

from __future__ import annotations

import re
from dataclasses import replace

from m4ml_exams.model import Blank, Piece, SolutionMark, Text

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\\par\b")
_SPACING = re.compile(r"\\(quad|qquad|hfill|par|noindent|smallskip|medskip|bigskip)\b|[~\s%]|\\[,;: ]")
_SLOT = re.compile("\0(\\d+)\0")


def anchored(body: tuple[Piece | SolutionMark, ...]) -> tuple[Piece | SolutionMark, ...]:
    """Mark the blanks whose paragraph holds nothing but blanks and spacing."""
    whole = "".join(_placeholder(number, piece) for number, piece in enumerate(body))
    alone = {
        int(slot)
        for paragraph in _PARAGRAPH_END.split(whole)
        if not _SPACING.sub("", _SLOT.sub("", paragraph))
        for slot in _SLOT.findall(paragraph)
    }
    return tuple(
        replace(piece, anchored=True) if isinstance(piece, Blank) and number in alone else piece
        for number, piece in enumerate(body)
    )


def _placeholder(number: int, piece: Piece | SolutionMark) -> str:
    if isinstance(piece, Text):
        return piece.latex
    return f"\0{number}\0" if isinstance(piece, Blank) else "\n\n"
