"""What a finished PDF draws, read from its content streams and not from TeX: rules, paths, pictures, text.

Operators as in ISO 32000-1, annex A. A clipping path counts by its bounding box; a stroke by its path, except a
straight horizontal or vertical line, which counts with its width: that is how pdfTeX draws thin rules.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

Corners = tuple[float, float, float, float]
"""x0, y0, x1, y1 in big points from the lower left corner of the page."""
_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1, 0, 0, 1, 0, 0)
_EVERYWHERE: Corners = (-1e9, -1e9, 1e9, 1e9)
_PAINTING = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_STROKING = {b"S", b"s"}
_ENDING = {*_PAINTING, b"n"}
_KERNS_PER_SIZE = 1000


@dataclass(frozen=True)
class Ink:
    """Something drawn on a page.

    Attributes:
        page: counted from 1.
        kind: what it is; a rule is a filled rectangle or a straight line.
        box: what it covers; text from its first to its last glyph's advance, on its baseline.
    """

    page: int
    kind: Literal["rule", "curve", "square", "picture", "text"]
    box: Corners


def drawn(pdf: bytes) -> Iterator[Ink]:
    """All that a PDF draws, page by page, in the order of drawing."""
    reader = PdfReader(io.BytesIO(pdf))
    for number, page in enumerate(reader.pages, start=1):
        contents, resources = page.get_contents(), page.get("/Resources")
        if contents is not None:
            walk = _Walk(number, reader)
            yield from walk.over(contents, _dictionary(resources), _State())


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


@dataclass(frozen=True)
class _State:
    """The graphics state, as far as it says where something is drawn."""

    matrix: _Matrix = _UNIT
    clip: Corners = _EVERYWHERE
    line: float = 1.0
    font: str = ""
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _around(points: Sequence[tuple[float, float]], matrix: _Matrix) -> Corners:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _within(box: Corners, clip: Corners) -> Corners | None:
    x0, y0, x1, y1 = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


class _Walk:
    """Goes through the content streams of a page."""

    def __init__(self, page: int, reader: PdfReader) -> None:
        self.page, self.reader = page, reader
        self.widths: dict[int, tuple[DictionaryObject, Mapping[int, float]]] = {}  # holds the fonts: ids stay theirs

    def over(self, contents: Any, resources: DictionaryObject, state: _State) -> Iterator[Ink]:
        """The ink of a content stream that begins in a state."""
        stack: list[_State] = []
        path: list[tuple[float, float]] = []
        shape, clipping = "", False
        text = line = _UNIT
        for operands, operator in ContentStream(contents, self.reader).operations:
            if operator == b"q":
                stack.append(state)
            elif operator == b"Q":
                state = stack.pop() if stack else state
            elif operator == b"cm":
                state = replace(state, matrix=_times(_numbers(operands), state.matrix))
            elif operator in (b"m", b"l", b"c", b"v", b"y", b"re", b"h"):
                shape += operator.decode()
                path += _points(operator, operands)
            elif operator in (b"W", b"W*"):
                clipping = True
            elif operator in _ENDING:
                if path and operator in _PAINTING:
                    yield from self.painted(path, shape, operator in _STROKING, state)
                if path and clipping:
                    box = _within(_around(path, state.matrix), state.clip)
                    state = replace(state, clip=box or (1e9, 1e9, -1e9, -1e9))
                path, shape, clipping = [], "", False
            elif operator == b"Do":
                yield from self.placed(str(operands[0]), resources, state)
            elif operator == b"BT":
                text = line = _UNIT
            elif operator in (b"Td", b"TD", b"Tm", b"T*"):
                state = replace(state, leading=-float(operands[1])) if operator == b"TD" else state
                text = line = _moved(operator, operands, line, state.leading)
            elif operator in (b"Tj", b"TJ", b"'", b'"'):
                if operator in (b"'", b'"'):
                    text = line = _moved(b"T*", [], line, state.leading)
                advance = self.advance(operands[-1], resources, state)
                yield from self.written(advance, text, state)
                text = _times((1, 0, 0, 1, advance, 0), text)
            else:
                state = _changed(state, operator, operands)

    def painted(self, path: Sequence[tuple[float, float]], shape: str, stroked: bool, state: _State) -> Iterator[Ink]:
        x0, y0, x1, y1 = _around(path, state.matrix)
        kind: Literal["rule", "curve", "square"] = "curve"
        if shape == "ml" and stroked and (x0 == x1 or y0 == y1):
            a, b, c, d, _, _ = state.matrix
            half = state.line * abs(a * d - b * c) ** 0.5 / 2
            x0, x1 = (x0 - half, x1 + half) if x0 == x1 else (x0, x1)
            y0, y1 = (y0 - half, y1 + half) if y0 == y1 else (y0, y1)
            kind = "rule"
        elif shape == "re":
            kind = "square" if stroked else "rule"
        yield from self.ink(kind, (x0, y0, x1, y1), state)

    def ink(self, kind: Any, box: Corners, state: _State) -> Iterator[Ink]:
        seen = _within(box, state.clip)
        if seen is not None:
            yield Ink(self.page, kind, seen)

    def placed(self, name: str, resources: DictionaryObject, state: _State) -> Iterator[Ink]:
        """A picture, or what a form draws."""
        thing = _dictionary(_dictionary(resources.get("/XObject")).get(name))
        if thing.get("/Subtype") != "/Form":
            yield from self.ink("picture", _around([(0, 0), (1, 0), (0, 1), (1, 1)], state.matrix), state)
        elif isinstance(thing, StreamObject):
            matrix = _times(_numbers(thing.get("/Matrix", _UNIT)), state.matrix)
            x0, y0, x1, y1 = (float(number) for number in thing["/BBox"])  # type: ignore[attr-defined]
            seen = _within(_around([(x0, y0), (x1, y0), (x0, y1), (x1, y1)], matrix), state.clip)
            if seen is not None:
                inner = _dictionary(thing.get("/Resources")) or resources
                yield from self.over(thing, inner, replace(state, matrix=matrix, clip=seen))

    def written(self, advance: float, text: _Matrix, state: _State) -> Iterator[Ink]:
        if advance:
            matrix = _times(text, state.matrix)
            yield from self.ink("text", _around([(0, state.rise), (advance, state.rise)], matrix), state)

    def advance(self, shown: Any, resources: DictionaryObject, state: _State) -> float:
        """How far a string, or an array of strings and kerns, goes in text space."""
        widths = self.font(resources, state.font)
        total = 0.0
        for item in shown if isinstance(shown, list) else [shown]:
            if isinstance(item, int | float):
                total -= float(item) / _KERNS_PER_SIZE * state.size
                continue
            codes = item.original_bytes if hasattr(item, "original_bytes") else bytes(item)
            for code in codes:
                total += widths.get(code, 0.0) * state.size + state.spacing + (state.word_spacing if code == 32 else 0)
        return total * state.stretch

    def font(self, resources: DictionaryObject, name: str) -> Mapping[int, float]:
        """Widths of a simple font's glyphs by code, for size 1; none for composite fonts."""
        font = _dictionary(_dictionary(resources.get("/Font")).get(name))
        if id(font) not in self.widths:
            scale = float(font["/FontMatrix"][0]) if "/FontMatrix" in font else 1 / _KERNS_PER_SIZE  # type: ignore[index]
            widths = font.get("/Widths")
            listed = [float(width) * scale for width in (widths.get_object() if widths is not None else [])]
            self.widths[id(font)] = font, dict(enumerate(listed, start=int(font.get("/FirstChar", 0))))
        return self.widths[id(font)][1]


def _numbers(operands: Any) -> _Matrix:
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f


def _points(operator: bytes, operands: Sequence[Any]) -> list[tuple[float, float]]:
    numbers = [float(number) for number in operands]
    if operator == b"re":
        x, y, width, height = numbers
        return [(x, y), (x + width, y + height)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _moved(operator: bytes, operands: Sequence[Any], line: _Matrix, leading: float) -> _Matrix:
    if operator == b"Tm":
        return _numbers(operands)
    x, y = (0.0, -leading) if operator == b"T*" else (float(operands[0]), float(operands[1]))
    return _times((1, 0, 0, 1, x, y), line)


def _changed(state: _State, operator: bytes, operands: Sequence[Any]) -> _State:
    match operator:
        case b"Tf":
            return replace(state, font=str(operands[0]), size=float(operands[1]))
        case b"w":
            return replace(state, line=float(operands[0]))
        case b"Tc":
            return replace(state, spacing=float(operands[0]))
        case b"Tw":
            return replace(state, word_spacing=float(operands[0]))
        case b"Tz":
            return replace(state, stretch=float(operands[0]) / 100)
        case b"TL":
            return replace(state, leading=float(operands[0]))
        case b"Ts":
            return replace(state, rise=float(operands[0]))
    return state
