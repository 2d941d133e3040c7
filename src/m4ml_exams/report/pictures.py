"""Pages as small pictures that a web page holds in itself."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Sequence

import pypdfium2

from m4ml_exams.workers import workers

DPI = 60
"""Dots per inch: enough to see where things stand."""
_GREYS = 15
"""The lightest of the 16 greys."""
_MANY = 12
"""So many PDFs are worth processes."""
Addresses = tuple[str, ...]
"""The pages of a PDF."""


def pictures_of(pdfs: Sequence[bytes]) -> list[Addresses]:
    """For each PDF what :func:`pictures` gives; many of them side by side."""
    if len(pdfs) < _MANY:
        return [pictures(pdf) for pdf in pdfs]
    with workers(os.cpu_count() or 1) as pool:
        return list(pool.map(pictures, pdfs, chunksize=4))


def pictures(pdf: bytes) -> Addresses:
    """The pages of a PDF in 16 greys, each as a ``data:`` address of a PNG; none when it does not read as a PDF.

    The same PDF and versions of pypdfium2 and Pillow give the same addresses.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_picture(page) for page in document)
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage) -> str:
    image = page.render(scale=DPI / 72, grayscale=True).to_pil()
    image = image.point([level * _GREYS // 255 for level in range(256)])
    data = io.BytesIO()
    image.save(data, "PNG", bits=4, compress_level=3)
    return f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"
