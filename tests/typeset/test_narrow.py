"""Runs that look only where earlier ones found something give the same papers; what they would miss is found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from m4ml_exams.cache import Cache
from m4ml_exams.errors import Place
from m4ml_exams.render import OWN, Document
from m4ml_exams.typeset import EPOCH, engine, find_pdflatex, typeset
from m4ml_exams.typeset.formats import Format, format_of
from m4ml_exams.typeset.narrow import FONT_MAP, Narrow, learn, narrow

HEAD = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\\usepackage{lmodern,amssymb}\n\\newcommand\\ownsettings{}"


def document(body: str) -> Document:
    latex = f"{HEAD}\n{OWN}\n\\pdfinfoomitdate=1 \\pdftrailerid{{}}\\begin{{document}}\n{body}\n\\end{{document}}"
    count = latex.count("\n") + 1
    return Document(latex, tuple(Place(Path("/course/problem.tex"), line + 1, "a/p") for line in range(count)))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs of TeX: where they look, and ``again`` for those without a format."""
    made: list[str] = []
    run = engine._How.run

    def noted(how: object, folder: Path, *more: str, where: Mapping[str, str] | None = None) -> object:
        made.append("narrow" if where else "wide" if more else "again")
        return run(how, folder, *more, where=where or {})  # type: ignore[arg-type]

    monkeypatch.setattr(engine._How, "run", noted)
    return made


def format_for(paper: Document) -> Format:
    ready = format_of(paper, find_pdflatex(), EPOCH, 60)
    assert ready is not None
    return ready


def test_later_runs_are_narrow_and_give_the_same_bytes(runs: list[str]) -> None:
    paper = document("Words, $x^2 \\in \\mathbb{R}$, \\textbf{bold}, {\\Large large}.")
    first = typeset(paper)
    assert [typeset(paper).pdf, typeset(paper, measure=True).measured] == [first.pdf, first.measured]
    assert runs == ["wide", "narrow", "narrow"]


def test_a_font_that_no_run_has_used_is_found(runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    typeset(document("Words."))
    other = document("Words, $\\mathbb{R}$, \\texttt{code}, $\\mathcal{L}$.")
    found = typeset(other)
    assert runs[1:3] == ["narrow", "wide"]
    assert typeset(other).pdf == found.pdf
    assert runs[3:] == ["narrow"]
    monkeypatch.setattr(engine, "narrow", lambda _: None)
    assert typeset(other).pdf == found.pdf


def test_a_shape_whose_file_lies_elsewhere_is_not_replaced(runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    typeset(document("Words."))
    known = narrow(format_for(document("")))
    assert known is not None
    less = Narrow(tuple(file for file in known.files if not file.endswith(".fd")), known.font_map)
    with monkeypatch.context() as patched:
        patched.setattr(engine, "narrow", lambda _: less)
        quick = typeset(document("\\texttt{code}"))
    assert quick.pdf == typeset(document("\\texttt{code}")).pdf
    assert runs.count("wide") >= 2


def test_a_map_without_its_lines_does_not_change_a_paper(runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    paper = document("Words.")
    first = typeset(paper)
    known = narrow(format_for(paper))
    assert known is not None
    monkeypatch.setattr(engine, "narrow", lambda _: Narrow(known.files, ""))
    assert typeset(paper).pdf == first.pdf
    assert runs == ["wide", "narrow", "wide"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"files": 3}', b'{"files": ["/no/such/file.tfm"], "map": ""}'])
def test_an_entry_that_does_not_read_or_help_does_no_harm(data: bytes) -> None:
    paper = document("Words.")
    first = typeset(paper)
    (entry,) = Cache.of_user().folder.glob("*.narrow")
    entry.write_bytes(data)
    assert typeset(paper).pdf == first.pdf


def test_a_file_that_lies_in_two_places_is_taken_from_the_usual_one() -> None:
    known = Narrow(("/a/x.sty", "/b/y.sty"), "")
    assert known.suffices(["/a/x.sty", "paper.tex", "/c/format.fmt", "/c/texmf.cnf"], "fine")
    assert not known.suffices(["/b/x.sty"], "fine")


@pytest.mark.parametrize("log", ["No file t1pzc.fd.", "LaTeX Font Warning: Font shape `T1/pzc/m/it' undefined"])
def test_what_a_narrow_run_missed_counts(log: str) -> None:
    assert not Narrow((), "").suffices([], log)
    assert Narrow((), "").suffices([], "No file paper.aux.")


def test_only_files_of_the_trees_are_learnt(tmp_path: Path) -> None:
    ready = Format(tmp_path / "format-1.fmt", "")
    font_map, metrics = tmp_path / "pdftex.map", tmp_path / "fonts"
    metrics.mkdir()
    for name in ("one.tfm", "two.tfm", "two.vf"):
        (metrics / name).touch()
    font_map.write_text("one One <one.pfb\nother Other <other.pfb\ntwo Two <two.pfb\n")
    read = ["paper.tex", "./paper.aux", str(font_map), str(metrics / "one.tfm"), "/t/texmf.cnf", "/t/a.sty"]
    learn(ready, read)
    learn(ready, ["/t/b.sty"])
    known = narrow(ready)
    assert known == Narrow((str(metrics / "one.tfm"), "/t/a.sty", "/t/b.sty"), "one One <one.pfb\ntwo Two <two.pfb\n")
    assert known.environment()["TEXINPUTS"] == ".:/t"
    assert known.environment()["TFMFONTS"] == f".:{metrics}"


def test_the_map_stands_in_the_first_line_so_that_lines_keep_their_numbers(runs: list[str]) -> None:
    typeset(document("Words."))
    paper = document("fine\n\n\\nosuch")
    with pytest.raises(ExceptionGroup) as told:
        typeset(paper)
    assert runs[1:] == ["narrow", "wide", "again"]
    assert str(told.value.exceptions[0]).startswith("/course/problem.tex:8: TeX says: Undefined control sequence")
    assert engine._mapped("%\n%\nx") == f"\\pdfmapfile{{{FONT_MAP}}}%\n%\nx"


def test_what_is_learnt_is_kept_as_json(runs: list[str]) -> None:
    typeset(document("Words."))
    (entry,) = Cache.of_user().folder.glob("*.narrow")
    assert set(json.loads(entry.read_text())) == {"files", "map"}


def test_a_paper_with_more_macros_than_others_gets_its_room(runs: list[str]) -> None:
    typeset(document("Words."))
    body = "\\loop\\advance\\count255 1 \\expandafter\\gdef\\csname x\\the\\count255\\endcsname{}"
    many = document(f"\\count255=0 {body}\\ifnum\\count255<120000\\repeat Words.")
    assert typeset(many).pages == 1
    assert runs == ["wide", "narrow", "wide"]
