"""A paper's LaTeX into a PDF: one run of pdflatex in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from m4ml_exams.errors import Place, TexError, ToolError, raise_all
from m4ml_exams.render import Document
from m4ml_exams.typeset.log import faults_of, overfull
from m4ml_exams.typeset.regions import Measured, read_measured

SECONDS = 120
"""How long one run may take before it is stopped."""
EPOCH = 1_000_000_000
"""SOURCE_DATE_EPOCH of a run, in seconds: the date in every PDF, so that the same source gives the same bytes."""


@dataclass(frozen=True)
class Typeset:
    """A paper, set.

    Attributes:
        pdf: the file's bytes.
        pages: how many pages it has.
        measured: where its places stand, and how its answers fit.
        overfull: what sticks out to the side or below: by how many points, and where it came from.
    """

    pdf: bytes
    pages: int
    measured: Measured
    overfull: tuple[tuple[float, Place], ...] = ()


def typeset(document: Document, epoch: int = EPOCH) -> Typeset:
    """Set a paper in one run; nothing in a paper needs a second one.

    Args:
        document: the source, with the origin of each line.
        epoch: the date in the PDF, in seconds since 1970.

    Raises:
        ToolError: there is no pdflatex.
        ExceptionGroup: one fault for each of TeX's errors, at the author's lines.
    """
    pdflatex = find_pdflatex()
    with _folder(document) as folder:
        log = _run(pdflatex, folder, epoch)
        raise_all(faults_of(log, document.origins, document.latex))
        if not (folder / "paper.pdf").is_file():
            raise TexError("TeX made no pages.", "Look for a macro that ends the document or swallows its pages.")
        measured = read_measured((folder / "paper.aux").read_text(encoding="utf-8", errors="replace"))
        sticking_out = tuple(overfull(log, document.origins))
        return Typeset((folder / "paper.pdf").read_bytes(), measured.pages, measured, sticking_out)


def find_pdflatex() -> str:
    """The path of pdflatex; raises ToolError when there is none."""
    found = shutil.which("pdflatex")
    if found is None:
        raise ToolError(
            "There is no pdflatex on the PATH.",
            "Install TeX: 'make exam' does it on Debian and Ubuntu; elsewhere MacTeX, TeX Live or MiKTeX.",
        )
    return found


@contextmanager
def _folder(document: Document) -> Iterator[Path]:
    """A folder with nothing but the paper's source and pictures, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="m4ml-") as name:
        folder = Path(name)
        (folder / "paper.tex").write_text(document.latex, encoding="utf-8")
        for picture, source in document.pictures.items():
            shutil.copyfile(source, folder / picture)
        yield folder


def _run(pdflatex: str, folder: Path, epoch: int) -> str:
    """One run; returns TeX's log."""
    command = [pdflatex, "-interaction=nonstopmode", "-file-line-error", "-no-shell-escape", "paper.tex"]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": "2000",
        "error_line": "254",
        "half_error_line": "238",
        "openin_any": "p",
        "openout_any": "p",
        "TEXMFOUTPUT": str(folder),
    }
    try:
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise TexError(
            f"TeX did not finish within {SECONDS} seconds; it was on page {_last_page(folder)}.",
            "Look for a macro that calls itself, or a loop without an end.",
        ) from None
    log = folder / "paper.log"
    if not log.is_file():
        raise TexError("TeX left no log.", "Run 'pdflatex --version' to see whether TeX itself works.")
    return log.read_text(encoding="utf-8", errors="replace")


def _last_page(folder: Path) -> int:
    log = folder / "paper.log"
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    return text.count("\n[") + 1
