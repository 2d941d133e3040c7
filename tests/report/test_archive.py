"""The archive of a build's sources: the same bytes for the same papers, and no trust in what comes back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from m4ml_exams.errors import UsageError
from m4ml_exams.report import archive, archive_zip, digest, read_archive

OUTPUTS = {
    "A/exam.pdf": b"pdf",
    "A/exam.tex": rb"\includegraphics{p1f1.png}",
    "A/key.pdf": b"key",
    "A/key.tex": b"key",
    "A/p1f1.png": b"picture",
    "A/p1s1.png": b"left by an earlier build",
    "A/solutions.tex": b"withheld",
    "AB/key.pdf": b"no source",
    "answers.csv": b"",
    "manifest.json": b"",
}
ABOUT = {
    "format": 1,
    "exam": "quiz.toml",
    "pdftex": "pdfTeX 1",
    "epoch": 1000000000,
    "papers": {"A/exam.pdf": digest(b"pdf"), "A/key.pdf": digest(b"key")},
}


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return made.getvalue()


def about(**changes: object) -> dict[str, bytes]:
    return {"archive.json": json.dumps({**ABOUT, **changes}).encode(), "A/exam.tex": b"", "A/key.tex": b""}


def told(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "sources.zip"
    path.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        read_archive(path)
    return str(caught.value).replace(str(tmp_path), "")


def test_an_archive_holds_the_sources_of_the_papers_and_the_pictures_in_them(tmp_path: Path) -> None:
    path = tmp_path / "sources.zip"
    path.write_bytes(archive_zip("quiz.toml", "pdfTeX 1", OUTPUTS))
    read = read_archive(path)
    assert read.contents.model_dump() == ABOUT
    assert dict(read.files) == {name: OUTPUTS[name] for name in ("A/exam.tex", "A/key.tex", "A/p1f1.png")}
    assert dict(read.pictures("A/key.pdf")) == {"p1f1.png": b"picture"}
    assert dict(read.pictures("AB/key.pdf")) == {}


def test_its_bytes_depend_on_the_papers_only() -> None:
    turned = dict(reversed(OUTPUTS.items()))
    data = archive_zip("quiz.toml", "pdfTeX 1", OUTPUTS)
    assert archive_zip("quiz.toml", "pdfTeX 1", turned) == data
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert {(info.date_time, info.external_attr, info.create_system) for info in made.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o644 << 16, 3)
        }
        assert {info.compress_type for info in made.infolist()} == {zipfile.ZIP_STORED}


BACK = "\n  Take the sources.zip that a build wrote, as it was."
READ = "/sources.zip: The archive cannot be read: "


@pytest.mark.parametrize(
    ("data", "due"),
    [
        (b"", "File is not a zip file"),
        (b"PK\x03\x04 cut", "File is not a zip file"),
        (archive_zip("quiz.toml", "pdfTeX 1", OUTPUTS)[:-400], "File is not a zip file"),
        (
            archive_zip("quiz.toml", "pdfTeX 1", OUTPUTS).replace(b"includegraphics", b"includegrafics!"),
            "Bad CRC-32 for file 'A/exam.tex'",
        ),
        (zipped({"../../evil.tex": b""}), "it has a file named '../../evil.tex', which no build writes"),
        (zipped({"/etc/evil.tex": b""}), "it has a file named '/etc/evil.tex', which no build writes"),
        (zipped({"A/../B/exam.tex": b""}), "it has a file named 'A/../B/exam.tex', which no build writes"),
        (zipped({"A/exam.cls": b""}), "it has a file named 'A/exam.cls', which no build writes"),
        (zipped({"A/": b""}), "it has a file named 'A/', which no build writes"),
        (zipped({"A/exam.tex": b""}), "it has no archive.json"),
        (zipped({**about(), "A/p1f1.png": b"0" * 5000}, zipfile.ZIP_DEFLATED), "its files have more than 4000 bytes"),
        (zipped({"archive.json": about()["archive.json"]}), "it has no source of A/exam.pdf"),
        (zipped({"archive.json": b"{"}), "archive.json: Expecting property name enclosed in double quotes: line 1 "
         "column 2 (char 1)"),
        (zipped({"archive.json": b"[" * 100_000}), None),
        (zipped(about(epoch=-1)), "archive.json: epoch: Input should be greater than or equal to 0"),
        (zipped(about(epoch="1")), "archive.json: epoch: Input should be a valid integer"),
        (zipped(about(shell=True)), "archive.json: shell: Extra inputs are not permitted"),
        (zipped(about(papers={"../exam.pdf": ""})), "archive.json names a paper '../exam.pdf'"),
    ],
)  # fmt: skip
def test_what_is_no_archive_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, due: str | None
) -> None:
    monkeypatch.setattr(archive, "LARGEST", 4000)
    if due is None:
        assert told(tmp_path, data).startswith(READ)
    else:
        assert told(tmp_path, data) == READ + due + "." + BACK


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("A/exam.tex", b"")
        with pytest.warns(UserWarning, match="Duplicate name"):
            out.writestr("A/exam.tex", b"other")
    assert told(tmp_path, made.getvalue()) == READ + "it has two files of one name." + BACK


def test_an_archive_of_a_later_format_is_told(tmp_path: Path) -> None:
    due = "/sources.zip: The archive has format 2, known is 1.\n  Update m4ml."
    assert told(tmp_path, zipped(about(format=2, news=1))) == due


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "due"),
    [
        (lambda path: None, "There is no such archive.\n  Name the sources.zip of a build."),
        (folder, "The archive cannot be read: Is a directory." + BACK),
    ],
)
def test_what_is_no_file_is_told(tmp_path: Path, make: Callable[[Path], Any], due: str) -> None:
    path = tmp_path / "sources.zip"
    make(path)
    with pytest.raises(UsageError) as caught:
        read_archive(path)
    assert str(caught.value) == f"{path}: {due}"
