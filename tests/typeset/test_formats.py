"""A format changes the time that a paper takes and nothing else."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from tiny_exam import faults

from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.build import Request, choose_problems, make_versions
from m4ml_exams.cache import Cache
from m4ml_exams.course import Course
from m4ml_exams.errors import Place
from m4ml_exams.lock import lock_path, read_lock
from m4ml_exams.render import OWN, Document, Printer, Setting
from m4ml_exams.typeset import EPOCH, Typeset, drawn, find_pdflatex, formats, typeset
from m4ml_exams.typeset.formats import format_of

ROOT = Path(__file__).parents[2]
HEAD = "\\documentclass{article}\n\\newcommand\\ownsettings{}\n\\usepackage{xcolor}"


def document(body: str, head: str = HEAD) -> Document:
    """A paper with a head that papers share; all its lines come from problem.tex."""
    latex = f"{head}\n{OWN}\n\\begin{{document}}\n{body}\n\\end{{document}}"
    count = latex.count("\n") + 1
    return Document(latex, tuple(Place(Path("/course/problem.tex"), line + 1, "a/p") for line in range(count)))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))


def ready(paper: Document) -> Path | None:
    found = format_of(paper, find_pdflatex(), EPOCH, 60)
    return found.path if found else None


def plain(paper: Document, monkeypatch: pytest.MonkeyPatch) -> Typeset:
    """The paper, set without a format."""
    with monkeypatch.context() as patched:
        patched.setattr("m4ml_exams.typeset.engine.format_of", lambda *_: None)
        return typeset(paper)


def streams(pdf: bytes) -> Iterator[bytes]:
    """What each page draws, but for black being set at its top as often as packages keep stacks of colours."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        contents = page.get_contents()
        yield re.sub(rb"\A(0 g 0 G\n)*", b"", contents.get_data() if contents else b"")


@pytest.fixture(scope="module")
def papers() -> list[Document]:
    """Exam, key and solutions of a version of the sample midterm."""
    exam = ROOT / "exams" / "midterm1.toml"
    course, blueprint = Course(ROOT), load_blueprint(exam)
    blueprint = blueprint.model_copy(update={"versions": 1})
    lock = read_lock(lock_path(exam))
    choices = choose_problems(blueprint, Bank(course.problem_folders), lock, Request(exam))
    versions = make_versions(blueprint, choices, lock, Request(exam), lambda *_: None)
    printer = Printer.of(blueprint, course)
    paper = printer.exam(versions[0], Setting(pages=12))
    return [paper, printer.key(paper, versions[0]), printer.solutions(versions[0])]


def test_the_midterm_is_drawn_the_same_as_without(papers: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    for paper in papers:
        assert ready(paper) is not None
        quick, slow = typeset(paper), plain(paper, monkeypatch)
        assert list(streams(quick.pdf)) == list(streams(slow.pdf))
        assert list(drawn(quick.pdf)) == list(drawn(slow.pdf))
        assert (quick.measured, quick.overfull, quick.pages) == (slow.measured, slow.overfull, slow.pages)


def test_exam_and_key_share_a_format_and_versions_too(papers: list[Document]) -> None:
    exam, key, solutions = (paper.latex.partition(f"\n{OWN}\n")[0] for paper in papers)
    assert exam == key != solutions
    assert "Version" not in exam


def test_measuring_tells_the_same_and_makes_no_pdf(papers: list[Document]) -> None:
    measured = typeset(papers[0], measure=True)
    assert measured.pdf == b""
    assert measured.measured == typeset(papers[0]).measured


def test_it_is_made_once_and_loaded_after_that(monkeypatch: pytest.MonkeyPatch) -> None:
    first = typeset(document("one")).pdf
    monkeypatch.setattr(formats, "_dumped", lambda *_: pytest.fail("dumped again"))
    assert typeset(document("one")).pdf == first
    assert typeset(document("two")).pages == 1


@pytest.mark.parametrize("change", ["the preamble", "a package", "the epoch", "pdflatex", "a new file in a TeX tree"])
def test_each_thing_that_it_depends_on_makes_another_one(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = tmp_path / "package.sty"
    read.write_text("one")
    lists = tmp_path / "ls-R"
    lists.write_text("")
    monkeypatch.setattr(formats, "_lists", lambda: (str(lists),))
    monkeypatch.setattr(formats, "files_read", lambda _: (str(read),))
    made = []
    run = formats.run
    monkeypatch.setattr(formats, "run", lambda *given: made.append(given) or run(*given))
    pdflatex, epoch, head = find_pdflatex(), EPOCH, HEAD
    assert format_of(document("x"), pdflatex, epoch, 60)
    assert format_of(document("x"), pdflatex, epoch, 60)
    assert len(made) == 1
    match change:
        case "the preamble":
            head += "\n\\newcommand\\x{}"
        case "a package":
            os.utime(read, ns=(1, 1))
        case "the epoch":
            epoch += 1
        case "pdflatex":
            (tmp_path / "pdflatex").symlink_to(pdflatex)
            pdflatex = str(tmp_path / "pdflatex")
        case _:
            lists.write_text("one more")
    assert format_of(document("x", head), pdflatex, epoch, 60)
    assert len(made) == 2


@pytest.mark.parametrize(
    "line",
    [
        "\\pdfinfo{/Title (T)}",
        "\\usepackage{hyperref}",
        "\\pdfmapline{=ptmr8r NimbusRomNo9L-Regu <8r.enc <utmr8a.pfb}",
        "\\newwrite\\x",
        "\\newsavebox\\x\\sbox\\x{\\pdfximage{a.png}}",
        "\\nosuchmacro",
        "\\input{/etc/hostname}",
    ],
)
def test_what_a_format_cannot_hold_is_read_in_each_run(line: str) -> None:
    assert ready(document("x", f"{HEAD}\n{line}")) is None
    assert Cache.of_user().sizes() == {}


def test_a_paper_without_a_shared_part_has_none() -> None:
    paper = document("x")
    assert ready(Document(paper.latex.replace(OWN, ""), paper.origins)) is None


def told(paper: Document) -> list[str]:
    """What setting a paper tells."""
    with pytest.raises(ExceptionGroup) as caught:
        typeset(paper)
    return faults(caught.value)


def test_faults_stand_at_the_lines_at_which_they_stand_without(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = document("fine\n\n\\nosuch\n\n$x")
    quick = told(paper)
    monkeypatch.setattr("m4ml_exams.typeset.engine.format_of", lambda *_: None)
    assert quick == told(paper)
    assert "problem.tex:8: TeX says: Undefined control sequence \\nosuch." in "".join(quick)


def test_a_paper_that_only_fails_with_a_format_is_set_without(monkeypatch: pytest.MonkeyPatch) -> None:
    head = f"{HEAD}\n\\newtoks\\kept\n\\ifx\\dump\\relax\\else\\everyjob{{\\def\\spoilt{{}}}}\\fi"
    paper = document("\\ifdefined\\spoilt\\errmessage{read from a format}\\fi Fine.", head)
    assert ready(paper) is not None
    assert typeset(paper).pages == 1


def test_a_format_that_is_cut_short_is_passed_over() -> None:
    paper = document("x")
    path = ready(paper)
    assert path is not None
    path.write_bytes(path.read_bytes()[:1000])
    assert typeset(paper).pages == 1


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "file"))
    assert ready(document("x")) is None
    assert typeset(document("x")).pages == 1
