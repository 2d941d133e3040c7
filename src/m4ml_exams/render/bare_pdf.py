"""PDF pictures without what they say of themselves: XMP, private data of drawing programs, comments, layers.

pdfTeX takes much of that into a paper, from a page and from the forms on it. Keys as in ISO 32000-1.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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


def bare_pdf(data: bytes) -> bytes:
    """A PDF that draws the same and says nothing else; the same bytes each time.

    Raises:
        ValueError: it cannot be read; why.
    """
    try:
        return _redrawn(data)
    except (PyPdfError, LookupError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
        raise ValueError(str(error) or type(error).__name__) from None


def _redrawn(data: bytes) -> bytes:
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
