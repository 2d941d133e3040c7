"""The papers of an earlier build again, from the sources that it left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from m4ml_exams.build.papers import Key, Progress, typeset_all
from m4ml_exams.build.publish import publish
from m4ml_exams.errors import M4mlError, Place, TexError, raise_all
from m4ml_exams.render import Document
from m4ml_exams.report import Archive, digest, pdftex_version, read_archive, source_of


@dataclass(frozen=True)
class Reprinted:
    """What a reprint made.

    Attributes:
        out: the folder.
        papers: for each PDF by its name whether it has the bytes that the build's had.
        findings: papers that differ although pdfTeX is that of the build.
        notes: that pdfTeX is another one, so that bytes may differ.
    """

    out: Path
    papers: Mapping[str, bool]
    findings: tuple[M4mlError, ...]
    notes: tuple[str, ...]


def reprint(archive: Path, out: Path | None = None, progress: Progress = lambda what, done, of: None) -> Reprinted:
    """Set all papers of an archive, without a problem, a lock or a template.

    Args:
        archive: the ``sources.zip`` of a build.
        out: where the PDFs go; ``reprint/`` beside the archive when it is None.
        progress: told what is being done.

    Raises:
        UsageError: the archive does not read.
        ToolError: there is no pdflatex.
        OutputError: the PDFs cannot be written.
        ExceptionGroup: TeX's errors at the lines of the sources; nothing is written then.
    """
    read = read_archive(archive)
    today = pdftex_version()
    papers, faults = typeset_all(_documents(archive, read), "setting", progress, read.contents.epoch)
    raise_all(faults)
    out = out or archive.parent / "reprint"
    pdfs = {f"{letter}/{kind}.pdf": paper.pdf for (letter, kind), paper in papers.items()}
    publish(out, pdfs)
    same = {name: digest(data) == read.contents.papers[name] for name, data in pdfs.items()}
    if today != read.contents.pdftex:
        note = f"the build used {read.contents.pdftex}, here is {today}: the bytes of the PDFs may differ."
        return Reprinted(out, same, (), (note,))
    return Reprinted(out, same, tuple(_differing(same, archive)), ())


def _documents(path: Path, archive: Archive) -> list[tuple[Key, Document]]:
    """The papers as TeX needs them."""
    documents: list[tuple[Key, Document]] = []
    for name in archive.contents.papers:
        letter, kind = name.removesuffix(".pdf").split("/")
        source = source_of(name)
        latex = archive.files[source].decode(errors="replace")
        origins = tuple(Place(path / source, line) for line in range(1, latex.count("\n") + 2))
        documents.append(((letter, kind), Document(latex, origins, dict(archive.pictures(name)))))
    return documents


def _differing(same: Mapping[str, bool], archive: Path) -> Iterator[M4mlError]:
    names = [name for name, equal in same.items() if not equal]
    if names:
        listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if names[6:] else "")
        yield TexError(
            f"{len(names)} of {len(same)} papers are not those of the build byte for byte: {listed}.",
            "Compare them with the build's: a package of TeX has changed, or the archive was edited.",
            Place(archive),
        )
