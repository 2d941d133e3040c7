"""Pictures without what they say of themselves: titles, authors, comments, layers, notes of the program that drew them.

pdfTeX takes much of that into a paper: the XMP of a page and of forms on it, private data of drawing programs, the
comments of content streams, the Exif of photographs. Segments, chunks and keys as in ITU-T T.81 (JPEG), ISO 15948
(PNG) and ISO 32000-1 (PDF).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, StreamObject

_PAGE_KEYS = {f"/{name}Box" for name in ("Media", "Crop", "Bleed", "Trim", "Art")} | {
    *("/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/Group", "/UserUnit")
}
_TELLING = {
    *("/Metadata", "/PieceInfo", "/LastModified", "/Properties", "/OC", "/OPI", "/AF", "/Alternates", "/Thumb", "/Ref"),
    *("/StructParent", "/StructParents", "/Measure", "/PtData", "/ProcSet"),
}
"""Keys of forms, pictures and resources that are not drawn."""
_MARKS = {b"BMC", b"BDC", b"EMC", b"MP", b"DP"}
"""Operators that say what is drawn, and draw nothing."""
_MAY_TELL = re.compile(rb"%|BMC|BDC|MP|DP")
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
        try:
            return _pdf(data)
        except (PyPdfError, LookupError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
            raise ValueError(str(error) or type(error).__name__) from None
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


def _pdf(data: bytes) -> bytes:
    reader, writer = PdfReader(io.BytesIO(data)), PdfWriter()
    for page in reader.pages:
        for key in [key for key in page if key not in _PAGE_KEYS]:
            del page[key]
        _silence(page.get("/Resources"), set())
        _draw_only(writer.add_page(page), writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _silence(value: Any, seen: set[int]) -> None:
    """Drop the telling keys of a dictionary and of all that it leads to."""
    thing = value.get_object() if value is not None else None
    if id(thing) in seen or not isinstance(thing, DictionaryObject | ArrayObject):
        return
    seen.add(id(thing))
    if isinstance(thing, ArrayObject):
        for item in thing:
            _silence(item, seen)
        return
    for key in [key for key in thing if key in _TELLING or key.startswith("/PTEX.")]:
        del thing[key]
    for key in thing:
        if key != "/Parent":
            _silence(thing.raw_get(key), seen)


def _draw_only(page: PageObject, writer: PdfWriter) -> None:
    """Take comments and marks out of the content streams of a page and its forms."""
    contents = page.get_contents()
    if contents is not None and _MAY_TELL.search(contents.get_data()):
        page.replace_contents(_drawing(contents, writer))
    for form in _forms(page.get("/Resources"), set()):
        if _MAY_TELL.search(form.get_data()):
            form.set_data(_drawing(form, writer).get_data())


def _drawing(stream: StreamObject, writer: PdfWriter) -> ContentStream:
    content = ContentStream(stream, writer)
    content.operations = [(operands, operator) for operands, operator in content.operations if operator not in _MARKS]
    return content


def _forms(value: Any, seen: set[int]) -> Iterator[StreamObject]:
    """The forms and tiling patterns that a dictionary of resources leads to."""
    resources = value.get_object() if value is not None else None
    if not isinstance(resources, DictionaryObject):
        return
    for kind in ("/XObject", "/Pattern"):
        found = resources.get(kind)
        for thing in (item.get_object() for item in (found.get_object() if found is not None else {}).values()):
            if isinstance(thing, StreamObject) and thing.get("/Subtype") != "/Image" and id(thing) not in seen:
                seen.add(id(thing))
                yield thing
                yield from _forms(thing.get(NameObject("/Resources")), seen)
