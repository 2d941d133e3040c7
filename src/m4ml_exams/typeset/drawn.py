"""What a finished PDF draws, as PDFium reads it and not by TeX's account."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Corners = tuple[float, float, float, float]
"""x0, y0, x1, y1 in big points from the lower left corner of the page."""
_EVERYWHERE: Corners = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True)
class Ink:
    """Something drawn on a page.

    Attributes:
        page: counted from 1.
        text: whether it is text.
        box: what it covers, within what clips it: glyphs by their boxes, strokes with their width.
    """

    page: int
    text: bool
    box: Corners


def drawn(pdf: bytes) -> Iterator[Ink]:
    """All that a PDF draws, page by page, in the order of drawing."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
                yield from _ink(pdfium.FPDFPage_GetObject(page.raw, index), number)
            page.close()
    finally:
        document.close()


def _ink(thing: Any, page: int) -> Iterator[Ink]:
    """The ink of an object, or of all that a form holds, in the coordinates in which it stands."""
    kind, clip = pdfium.FPDFPageObj_GetType(thing), _clip(thing)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, byref(matrix))
        for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
            for inner in _ink(pdfium.FPDFFormObj_GetObject(thing, index), page):
                yield from _seen(page, inner.text, _moved(inner.box, matrix), clip)
    else:
        box = [c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(thing, *map(byref, box))
        x0, y0, x1, y1 = (side.value for side in box)
        yield from _seen(page, kind == pdfium.FPDF_PAGEOBJ_TEXT, (x0, y0, x1, y1), clip)


def _seen(page: int, text: bool, box: Corners, clip: Corners) -> Iterator[Ink]:
    x0, y0, x1, y1 = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    if x0 <= x1 and y0 <= y1:
        yield Ink(page, text, (x0, y0, x1, y1))


def _clip(thing: Any) -> Corners:
    """The box outside which nothing of an object is seen: that of each path that clips it."""
    path = pdfium.FPDFPageObj_GetClipPath(thing)
    clip = _EVERYWHERE
    for number in range(pdfium.FPDFClipPath_CountPaths(path)):
        points = [_point(path, number, at) for at in range(pdfium.FPDFClipPath_CountPathSegments(path, number))]
        box = _around(points)
        clip = max(clip[0], box[0]), max(clip[1], box[1]), min(clip[2], box[2]), min(clip[3], box[3])
    return clip


def _point(path: Any, number: int, at: int) -> tuple[float, float]:
    x, y = c_float(), c_float()
    pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, number, at), byref(x), byref(y))
    return x.value, y.value


def _moved(box: Corners, by: Any) -> Corners:
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return _around([(by.a * x + by.c * y + by.e, by.b * x + by.d * y + by.f) for x, y in corners])


def _around(points: list[tuple[float, float]]) -> Corners:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys)) if points else (0.0, 0.0, 0.0, 0.0)
