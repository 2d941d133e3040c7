"""Pictures without what they say of themselves: titles, authors, comments, layers, notes of the program that drew them.

pdfTeX takes much of that into a paper, such as the Exif of photographs. Segments and chunks as in ITU-T T.81 (JPEG) and
ISO 15948 (PNG); for PDF see :mod:`~m4ml_exams.render.bare_pdf`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD"}
_JPEG_APPLICATION, _JPEG_COMMENT, _JPEG_SCAN, _JPEG_END = range(0xE0, 0xF0), 0xFE, 0xDA, 0xD9
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that say how large, and in which colours, a picture is."""


@lru_cache(maxsize=64)
def bare(data: bytes) -> bytes:
    """A PDF, PNG or JPEG picture that draws the same and says nothing else; the same bytes each time.

    Raises:
        ValueError: it cannot be read as any of these; why.
    """
    if data.startswith(_PNG_HEAD):
        return _PNG_HEAD + b"".join(_chunks(data))
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd8" + b"".join(_segments(data))
    if b"%PDF-" in data[:1024]:
        from m4ml_exams.render.bare_pdf import bare_pdf  # pypdf takes a while to import, and few papers need it

        return bare_pdf(data)
    raise ValueError("it is no PDF, PNG or JPEG")


def _chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG_HEAD)
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if end > len(data):
            raise ValueError("it is cut off")
        if kind in _PNG_KEPT:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
    raise ValueError("it is cut off")


def _segments(data: bytes) -> Iterator[bytes]:
    """The segments up to the first scan that are needed, and the scans as they are, to the end of the picture."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if kind == _JPEG_SCAN:
            end = data.rfind(bytes((0xFF, _JPEG_END)))
            yield data[at : end + 2 if end > at else len(data)]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if _is_kept(kind, data[at + 4 : end]):
            yield data[at:end]
        at = end
    raise ValueError("it is cut off")


def _is_kept(kind: int, content: bytes) -> bool:
    if kind in _JPEG_APPLICATION:
        return kind in _JPEG_KEPT and content.startswith(_JPEG_KEPT[kind])
    return kind != _JPEG_COMMENT
