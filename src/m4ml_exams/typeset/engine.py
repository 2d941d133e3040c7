"""A paper's LaTeX into a PDF: one run of pdflatex in a folder of its own, its preamble read from a format."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from m4ml_exams.errors import OutputError, Place, TexError, ToolError, raise_all
from m4ml_exams.render import Document
from m4ml_exams.typeset.formats import OPTIONS, Format, format_of
from m4ml_exams.typeset.log import faults_of, origin_of, overfull
from m4ml_exams.typeset.narrow import FONT_MAP, Narrow, learn, narrow
from m4ml_exams.typeset.process import environment, files_read, run, strangers
from m4ml_exams.typeset.regions import Measured, read_measured

EPOCH = 1_000_000_000
"""SOURCE_DATE_EPOCH of a run, in seconds: the date in every PDF, so that the same source gives the same bytes."""
SECONDS = 120.0
"""How long one run may take before it is stopped."""
_MARKED_SECONDS = 10.0
"""How long a second run may take that finds the line of the first one's hang."""
_ANYWHERE: Mapping[str, str] = {}
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


def typeset(document: Document, *, epoch: int = EPOCH, seconds: float | None = None, measure: bool = False) -> Typeset:
    """Set a paper in one run; nothing in a paper needs a second one.

    TeX runs without the shell, and reads nothing but the paper's own files and those of the TeX tree. A run with a
    format (:mod:`~m4ml_exams.typeset.formats`) that does not come out clean is made again without, so that a format
    changes the time that a paper takes and nothing else.

    Args:
        document: the source, with the origin of each line.
        epoch: the date in the PDF, in seconds since 1970.
        seconds: how long TeX may take; SECONDS when it is not given.
        measure: whether only places and sizes are wanted, and no bytes of a PDF.

    Raises:
        ToolError: there is no pdflatex.
        OutputError: there is no room for TeX's own files.
        ExceptionGroup: one fault for each of TeX's errors, at the author's lines.
    """
    pdflatex = find_pdflatex()
    how = _How(pdflatex, epoch, SECONDS if seconds is None else seconds, measure)
    with _told_when_full():
        ready = format_of(document, pdflatex, epoch, how.seconds)
        if ready is not None:
            known = narrow(ready)
            if known is not None:
                with suppress(_NotCleanError):
                    return _set_from(ready, document, how, known)
            with suppress(_NotCleanError):
                return _set_from(ready, document, how)
        return _set(document, how)


@dataclass(frozen=True)
class _How:
    """How a run goes: the program, the date, how long it may take, and whether it leaves out the PDF."""

    pdflatex: str
    epoch: int
    seconds: float
    measure: bool

    def run(self, folder: Path, *more: str, where: Mapping[str, str] = _ANYWHERE) -> tuple[int | None, bytes]:
        """One run on paper.tex; the exit code (None when it was stopped), and what TeX wrote to the terminal."""
        options = [*OPTIONS, *(["-draftmode"] if self.measure else []), *more]
        env = {**environment(folder, self.epoch), **where}
        return run([self.pdflatex, *options, "paper.tex"], folder, env, self.seconds)


class _NotCleanError(Exception):
    """A run with a format was not as it should be."""


def _set(document: Document, how: _How) -> Typeset:
    with _folder(document, document.latex) as folder:
        code, shown = how.run(folder)
        if code is None:
            raise _endless(document, how, shown)
        log = _log(folder)
        raise_all(faults_of(log, document.origins, document.latex))
        raise_all(_foreign(folder, document))
        _refuse_half(folder, code, how)
        return _read(folder, log, document)


def _set_from(ready: Format, document: Document, how: _How, known: Narrow | None = None) -> Typeset:
    """Set a paper whose preamble is in a format; raises _NotCleanError on whatever is not as it should be.

    Args:
        ready: the format.
        document: the paper.
        how: how TeX runs.
        known: where TeX is to look for files; everywhere when None.
    """
    with _folder(document, _mapped(ready.latex) if known else ready.latex) as folder:
        if known:
            (folder / FONT_MAP).write_text(known.font_map, encoding="latin-1")
        code, shown = how.run(folder, f"-fmt={ready.path}", where=known.environment() if known else {})
        if code is None and known:
            raise _NotCleanError
        if code is None:
            raise _endless(document, how, shown)
        if code or not (how.measure or (folder / "paper.pdf").is_file()):
            raise _NotCleanError
        read = files_read(folder)
        log = _log(folder)
        bitmaps = any(name.endswith("pk") for name in read)  # a font whose map the preamble had loaded
        if bitmaps or faults_of(log, document.origins, document.latex) or {*strangers(folder)} > {str(ready.path)}:
            raise _NotCleanError
        if known is None:
            learn(ready, read)
        elif not known.suffices(read, log):
            raise _NotCleanError
        return _read(folder, log, document)


def _mapped(latex: str) -> str:
    """A paper from a format, with its own map of fonts in the first line, which is empty."""
    return latex.replace("%", rf"\pdfmapfile{{{FONT_MAP}}}%", 1)


def _read(folder: Path, log: str, document: Document) -> Typeset:
    """What a run left."""
    measured = read_measured((folder / "paper.aux").read_text(encoding="utf-8", errors="replace"))
    sticking_out = tuple(overfull(log, document.origins))
    pdf = folder / "paper.pdf"
    return Typeset(pdf.read_bytes() if pdf.is_file() else b"", measured.pages, measured, sticking_out)


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
def _folder(document: Document, latex: str) -> Iterator[Path]:
    """A folder with nothing but a source and the paper's pictures, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="m4ml-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / "paper.tex").write_text(latex, encoding="utf-8")
        for picture, data in document.pictures.items():
            (folder / picture).write_bytes(data)
        yield folder


def _log(folder: Path) -> str:
    log = folder / "paper.log"
    if not log.is_file():
        raise TexError("TeX left no log.", "Run 'pdflatex --version' to see whether TeX itself works.")
    return log.read_text(encoding="utf-8", errors="replace")


def _refuse_half(folder: Path, code: int, how: _How) -> None:
    """Raise when there is no PDF, or one that TeX did not finish because the disk was full or it was killed."""
    pdf = folder / "paper.pdf"
    if code:
        raise TexError(
            "TeX stopped in the middle of its work without an error of its own.",
            "Free some space in the folder for temporary files; look for a loop that makes pages without end.",
        )
    if not (pdf.is_file() or how.measure):
        raise TexError("TeX made no pages.", "Look for a macro that ends the document or swallows its pages.")


def _endless(document: Document, how: _How, shown: bytes) -> TexError:
    """A run that was stopped: on which page, and at which line, which a second run with a mark in each line finds."""
    rows = enumerate(document.latex.split("\n"), start=1)
    marked = "\n".join(rf"\message{{m4ml-line-{number} }}{row}" for number, row in rows)
    with _folder(document, marked) as folder:
        code, again = replace(how, seconds=min(how.seconds, _MARKED_SECONDS)).run(folder)
    lines = _MARK.findall(again) if code is None else []
    return TexError(
        f"TeX did not finish within {how.seconds:g} seconds; it was on page {len(_PAGE.findall(shown)) + 1}.",
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
