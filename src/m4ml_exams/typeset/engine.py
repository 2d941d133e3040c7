"""A paper's LaTeX into a PDF: one run of pdflatex in a folder of its own."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from m4ml_exams.errors import OutputError, Place, TexError, ToolError, raise_all
from m4ml_exams.render import Document
from m4ml_exams.typeset.log import faults_of, origin_of, overfull
from m4ml_exams.typeset.process import environment, run, strangers
from m4ml_exams.typeset.regions import Measured, read_measured

EPOCH = 1_000_000_000
"""SOURCE_DATE_EPOCH of a run, in seconds: the date in every PDF, so that the same source gives the same bytes."""
SECONDS = 120.0
"""How long one run may take before it is stopped."""
_MARKED_SECONDS = 10.0
"""How long a second run may take that finds the line of the first one's hang."""
_MARK = re.compile(rb"m4ml-line-(\d+)\s")
_PAGE = re.compile(rb"\[\d+(?=[\]{<\s])")


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


def typeset(document: Document, *, epoch: int = EPOCH, seconds: float | None = None) -> Typeset:
    """Set a paper in one run; nothing in a paper needs a second one.

    TeX runs without the shell, and reads nothing but the paper's own files and those of the TeX tree.

    Args:
        document: the source, with the origin of each line.
        epoch: the date in the PDF, in seconds since 1970.
        seconds: how long TeX may take; SECONDS when it is not given.

    Raises:
        ToolError: there is no pdflatex.
        OutputError: there is no room for TeX's own files.
        ExceptionGroup: one fault for each of TeX's errors, at the author's lines.
    """
    pdflatex = find_pdflatex()
    seconds = SECONDS if seconds is None else seconds
    with _told_when_full(), _folder(document) as folder:
        code, shown = _run(pdflatex, folder, epoch, seconds)
        if code is None:
            raise _endless(pdflatex, document, epoch, seconds, shown)
        log = _log(folder)
        raise_all(faults_of(log, document.origins, document.latex))
        raise_all(_foreign(folder, document))
        _refuse_half(folder, code)
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
def _told_when_full() -> Iterator[None]:
    """Faults of the disk, on which TeX's own files need some room."""
    try:
        yield
    except OSError as error:
        what = f"TeX's files cannot be written or read: {error.strerror}."
        remedy = "Free some space in the folder for temporary files, or name another one in TMPDIR."
        place = Place(Path(error.filename)) if error.filename else None
        raise OutputError(what, remedy, place) from None


@contextmanager
def _folder(document: Document) -> Iterator[Path]:
    """A folder with nothing but the paper's source and pictures, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="m4ml-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / "paper.tex").write_text(document.latex, encoding="utf-8")
        for picture, data in document.pictures.items():
            (folder / picture).write_bytes(data)
        yield folder


def _run(pdflatex: str, folder: Path, epoch: int, seconds: float) -> tuple[int | None, bytes]:
    """One run; the exit code (None when it was stopped), and what TeX wrote to the terminal."""
    options = ["-interaction=nonstopmode", "-file-line-error", "-no-shell-escape", "-recorder"]
    return run([pdflatex, *options, "paper.tex"], folder, environment(folder, epoch), seconds)


def _log(folder: Path) -> str:
    log = folder / "paper.log"
    if not log.is_file():
        raise TexError("TeX left no log.", "Run 'pdflatex --version' to see whether TeX itself works.")
    return log.read_text(encoding="utf-8", errors="replace")


def _refuse_half(folder: Path, code: int) -> None:
    """Raise when there is no PDF, or one that TeX did not finish because the disk was full or it was killed."""
    pdf = folder / "paper.pdf"
    if code:
        raise TexError(
            "TeX stopped in the middle of its work without an error of its own.",
            "Free some space in the folder for temporary files; look for a loop that makes pages without end.",
        )
    if not pdf.is_file():
        raise TexError("TeX made no pages.", "Look for a macro that ends the document or swallows its pages.")


def _endless(pdflatex: str, document: Document, epoch: int, seconds: float, shown: bytes) -> TexError:
    """A run that was stopped: on which page, and at which line, which a second run with a mark in each line finds."""
    rows = enumerate(document.latex.split("\n"), start=1)
    marked = "\n".join(rf"\message{{m4ml-line-{number} }}{row}" for number, row in rows)
    with _folder(Document(marked, document.origins, document.pictures)) as folder:
        code, again = _run(pdflatex, folder, epoch, min(seconds, _MARKED_SECONDS))
    lines = _MARK.findall(again) if code is None else []
    return TexError(
        f"TeX did not finish within {seconds:g} seconds; it was on page {len(_PAGE.findall(shown)) + 1}.",
        "Look for a macro that calls itself, or a loop without an end.",
        origin_of(int(lines[-1]), document.origins) if lines else None,
    )


def _foreign(folder: Path, document: Document) -> Iterator[TexError]:
    """Files that TeX read and that are neither the paper's own nor TeX's."""
    rows = document.latex.split("\n")
    for name in strangers(folder):
        line = next((number for number, row in enumerate(rows, start=1) if name in row), 0)
        yield TexError(
            f"The paper reads {name}, which is neither its own file nor one of TeX's.",
            "Put pictures into the problem's folder; write text into problem.tex or the templates.",
            origin_of(line, document.origins),
        )
