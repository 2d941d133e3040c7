"""The papers of a build again, from its archive alone."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from m4ml_exams.build import Request, build
from m4ml_exams.cli import main

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
WORDS = r"""\question[2] Größe: \includegraphics[width=1cm]{dot} \fillin[yes][2cm]
\begin{solution}
Compare \includegraphics[width=1cm]{dot}.
\end{solution}
"""
EXAM = 'title = "Quiz"\ncourse = "C"\nterm = "T"\ndate = "D"\nseed = 1\n[[entry]]\nuse = "a/b"\n'
KINDS = ("exam", "key", "solutions")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build."""
    root = tmp_path_factory.mktemp("reprint")
    for name, data in {
        "problems/a/b/problem.tex": WORDS.encode(),
        "problems/a/b/dot.png": DOT,
        "exams/quiz.toml": EXAM.encode(),
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    made = build(Request(root / "exams" / "quiz.toml"))
    assert made.findings == ()
    return made.out


@pytest.fixture
def archive(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its archive in an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "quiz.zip"
    path.write_bytes((built / "sources.zip").read_bytes())
    return path


def reprint(*words: str) -> Result:
    result = CliRunner().invoke(main, ["reprint", "quiz.zip", *words], catch_exceptions=False)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def edited(archive: Path, file: str, edit: Callable[[str], str]) -> None:
    """Change a file in an archive."""
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name).decode("latin-1") for name in old.namelist()}
    assert edit(files[file]) != files[file]
    with zipfile.ZipFile(archive, "w") as new:
        for name, text in {**files, file: edit(files[file])}.items():
            new.writestr(name, text.encode("latin-1"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_archive_gives_the_same_pdfs(built: Path, archive: Path) -> None:
    result = reprint()
    table = "".join(f"A/{kind}.pdf".ljust(17) + "the same\n" for kind in KINDS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\n".join(line.rstrip() for line in result.stdout.split("\n")) == (
        "file             bytes\n" + table + "in reprint/\n"
    )
    assert files(archive.parent / "reprint") == {
        f"A/{kind}.pdf": (built / "A" / f"{kind}.pdf").read_bytes() for kind in KINDS
    }


def test_an_edited_source_is_told_and_set_all_the_same(archive: Path) -> None:
    edited(archive, "A/key.tex", lambda text: text.replace("yes", "no"))
    result = reprint("--out", "again", "--json")
    told = json.loads(result.stdout)
    assert [(paper["file"], paper["same"]) for paper in told["papers"]] == [
        ("A/exam.pdf", True),
        ("A/key.pdf", False),
        ("A/solutions.pdf", True),
    ]
    assert (result.exit_code, result.stderr) == (
        6,
        "quiz.zip: 1 of 3 papers are not those of the build byte for byte: A/key.pdf.\n"
        "  Compare them with the build's: a package of TeX has changed, or the archive was edited.\n",
    )
    assert sorted(files(archive.parent / "again")) == [f"A/{kind}.pdf" for kind in KINDS]


def test_another_pdftex_is_no_fault(archive: Path) -> None:
    with zipfile.ZipFile(archive) as read:
        about = json.loads(read.read("archive.json"))
    edited(archive, "archive.json", lambda text: text.replace(about["pdftex"], "pdfTeX 9"))
    edited(archive, "A/key.tex", lambda text: text.replace("yes", "no"))
    result = reprint("--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        f"note: the build used pdfTeX 9, here is {about['pdftex']}: the bytes of the PDFs may differ.\n",
    )


def test_the_date_of_the_runs_is_that_of_the_archive(archive: Path) -> None:
    edited(archive, "archive.json", lambda text: text.replace('"epoch": 1000000000', '"epoch": 1100000000'))
    edited(archive, "A/key.tex", lambda text: text.replace("yes", r"\number\year"))
    assert reprint("--quiet").exit_code == 6
    assert "2004" in "".join(page.extract_text() for page in PdfReader("reprint/A/key.pdf").pages)


def test_faults_of_tex_stand_at_the_lines_of_the_sources_and_nothing_is_written(archive: Path) -> None:
    edited(archive, "A/key.tex", lambda text: text.replace(r"\begin{document}", "\\begin{document}\n\\nosuchmacro"))
    with zipfile.ZipFile(archive) as read:
        line = read.read("A/key.tex").decode().split("\n").index(r"\nosuchmacro") + 1
    result = reprint()
    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr.startswith(f"quiz.zip/A/key.tex:{line}: TeX says: Undefined control sequence \\nosuchmacro.\n")
    assert files(archive.parent) == {"quiz.zip": archive.read_bytes()}


def test_a_source_reaches_no_shell(archive: Path) -> None:
    attack = rf"\begin{{document}}\immediate\write18{{touch {archive.parent}/SHELL}}"
    edited(archive, "A/key.tex", lambda text: text.replace(r"\begin{document}", attack))
    assert reprint("--quiet").exit_code == 0
    assert sorted(path.name for path in archive.parent.iterdir()) == ["quiz.zip", "reprint"]


def test_a_source_reads_no_file_of_the_machine(archive: Path) -> None:
    secret = archive.parent / "secret.tex"
    secret.write_text("secret")
    attack = rf"\begin{{document}}\input{{{secret}}}"
    edited(archive, "A/key.tex", lambda text: text.replace(r"\begin{document}", attack))
    result = reprint()
    assert result.exit_code == 6
    assert "secret.tex" in result.stderr
    assert not (archive.parent / "reprint").exists()


def test_a_corrupt_archive_is_told_and_nothing_is_written(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-100])
    result = reprint()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "quiz.zip: The archive cannot be read: File is not a zip file.\n"
        "  Take the sources.zip that a build wrote, as it was.\n"
    )
    assert sorted(files(archive.parent)) == ["quiz.zip"]
