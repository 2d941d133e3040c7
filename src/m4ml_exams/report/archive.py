"""sources.zip: the rendered sources of the papers, with what it takes to make the same PDFs of them again."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from m4ml_exams.errors import Place, UsageError
from m4ml_exams.typeset import EPOCH

ARCHIVE = "sources.zip"
"""Its name in the build folder."""
FORMAT = 1
LARGEST = 10**9
"""Bytes that all files of an archive may have together."""
_CONTENTS = "archive.json"
_PDF = re.compile(r"[A-Z]{1,2}/(exam|key|solutions)\.pdf")
_SOURCE = re.compile(r"[A-Z]{1,2}/((exam|key|solutions)\.tex|(p\d{1,4}[fs]|k)\d{1,4}\.\w{1,9})", re.ASCII)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_REMEDY = "Take the sources.zip that a build wrote, as it was."


class Contents(BaseModel):
    """What an archive says of itself.

    Attributes:
        format: of the archive.
        exam: name of the exam file.
        pdftex: what ``pdflatex --version`` said.
        epoch: SOURCE_DATE_EPOCH of the TeX runs, in seconds.
        papers: SHA-256 of each PDF by its name, such as ``A/exam.pdf``; its source is ``A/exam.tex``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: int
    exam: str
    pdftex: str
    epoch: int = Field(ge=0, lt=2**33)
    papers: dict[str, str]


@dataclass(frozen=True)
class Archive:
    """An archive that was read: what it says of itself, and the sources and pictures by their names."""

    contents: Contents
    files: Mapping[str, bytes]

    def pictures(self, paper: str) -> Mapping[str, bytes]:
        """The pictures of a paper's version, by the names that its source uses."""
        folder = paper.split("/")[0] + "/"
        return {
            name.removeprefix(folder): data
            for name, data in self.files.items()
            if name.startswith(folder) and not name.endswith(".tex")
        }


def archive_zip(exam: str, pdftex: str, outputs: Mapping[str, bytes]) -> bytes:
    """The archive of the papers among a build's outputs; equal outputs give equal bytes.

    Args:
        exam: name of the exam file.
        pdftex: what ``pdflatex --version`` said.
        outputs: all outputs by name: the PDFs, and beside each its source and the pictures.
    """
    papers = {
        name: digest(data)
        for name, data in sorted(outputs.items())
        if _PDF.fullmatch(name) and source_of(name) in outputs
    }
    sources = {source_of(name): outputs[source_of(name)] for name in papers}
    pictures = {
        name: data
        for name, data in outputs.items()
        if _SOURCE.fullmatch(name) and not name.endswith(".tex") and _included(name, sources)
    }
    contents = Contents(format=FORMAT, exam=exam, pdftex=pdftex, epoch=EPOCH, papers=papers)
    about = json.dumps(contents.model_dump(), indent=1, ensure_ascii=False) + "\n"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:  # stored: the bytes of compressed data depend on the library
        for name, data in [(_CONTENTS, about.encode()), *sorted({**sources, **pictures}.items())]:
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return made.getvalue()


def source_of(paper: str) -> str:
    """The name of a PDF's source."""
    return paper.removesuffix("pdf") + "tex"


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _included(picture: str, sources: Mapping[str, bytes]) -> bool:
    """Whether a source of the same version names a picture; others were left by an earlier build."""
    folder, name = picture.split("/")
    return any(f"{{{name}}}".encode() in data for source, data in sources.items() if source.startswith(folder + "/"))


def read_archive(path: Path) -> Archive:
    """Read an archive; nothing is unpacked to disk, and only names that a build writes are read.

    Raises:
        UsageError: there is no such file, or it is not an archive as a build writes it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path)
    except FileNotFoundError:
        raise UsageError("There is no such archive.", "Name the sources.zip of a build.", Place(path)) from None
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else str(error).split("\n")[0]
        raise _unreadable(what.rstrip("."), path) from None


def _unreadable(what: str, path: Path) -> UsageError:
    return UsageError(f"The archive cannot be read: {what}.", _REMEDY, Place(path))


def _read(archive: zipfile.ZipFile, path: Path) -> Archive:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    strange = next((name for name in names if name != _CONTENTS and not _SOURCE.fullmatch(name)), None)
    if strange is not None:
        raise _unreadable(f"it has a file named {strange[:60]!r}, which no build writes", path)
    if len(set(names)) < len(names):
        raise _unreadable("it has two files of one name", path)
    if sum(info.file_size for info in infos) > LARGEST:
        raise _unreadable(f"its files have more than {LARGEST} bytes", path)
    if _CONTENTS not in names:
        raise _unreadable(f"it has no {_CONTENTS}", path)
    files = {info.filename: archive.read(info) for info in infos}
    contents = _contents(files.pop(_CONTENTS), path)
    lacking = next((name for name in contents.papers if source_of(name) not in files), None)
    if lacking is not None:
        raise _unreadable(f"it has no source of {lacking}", path)
    return Archive(contents, files)


def _contents(data: bytes, path: Path) -> Contents:
    try:
        read = json.loads(data)
        if isinstance(read, dict) and isinstance(read.get("format"), int) and read["format"] != FORMAT:
            told = f"The archive has format {read['format']}, known is {FORMAT}."
            raise UsageError(told, "Update m4ml.", Place(path))
        contents = Contents.model_validate(read)
    except (ValueError, RecursionError) as error:
        fault = error.errors()[0] if isinstance(error, ValidationError) else None
        what = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" if fault else str(error).split("\n")[0]
        raise _unreadable(f"{_CONTENTS}: {what}", path) from None
    strange = next((name for name in contents.papers if not _PDF.fullmatch(name)), None)
    if strange is not None:
        raise _unreadable(f"{_CONTENTS} names a paper {strange[:60]!r}", path)
    return contents
