"""A whole build of a tiny course with every kind of response, looked at from outside."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from m4ml_exams.build import Built, Request, build
from m4ml_exams.errors import OutputError, UsageError, flatten
from m4ml_exams.lock import Redraw

BANK = Path(__file__).parents[1] / "banks" / "every_response"
GOLDEN = Path(__file__).parent / "golden"
LETTERS = ("A", "B", "C")
KINDS = ("exam", "key", "solutions")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("course") / "course"
    shutil.copytree(BANK, root)
    return build(Request(root / "exams" / "exam.toml"))


@pytest.fixture
def again(made: Built, tmp_path: Path) -> Path:
    """A copy of the built course that a test may change."""
    root = tmp_path / "course"
    shutil.copytree(made.out.parents[1], root)
    return root


def exam_file(root: Path) -> Path:
    return root / "exams" / "exam.toml"


def lock_of(root: Path) -> dict[str, list[dict[str, object]]]:
    versions: dict[str, list[dict[str, object]]] = json.loads((root / "exams" / "exam.lock.json").read_text())[
        "versions"
    ]
    return versions


def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_nothing_is_found_wrong_and_all_papers_are_there(made: Built) -> None:
    assert made.findings == ()
    papers = {f"{letter}/{kind}.{end}" for letter in LETTERS for kind in KINDS for end in ("pdf", "tex")}
    present = {path.relative_to(made.out).as_posix() for path in made.out.rglob("*") if path.is_file()}
    assert (
        present
        == papers | {"answers.csv", "layout.json", "manifest.json", "report.html", "sources.zip"}
        == set(made.files)
    )


def test_exams_and_keys_have_equal_even_page_counts(made: Built) -> None:
    counts = {len(PdfReader(made.out / letter / f"{kind}.pdf").pages) for letter in LETTERS for kind in ("exam", "key")}
    assert counts == {6}
    assert {made.pages[letter, kind] for letter in LETTERS for kind in ("exam", "key")} == {6}


def test_every_anchored_place_agrees_over_all_papers(made: Built) -> None:
    assert made.offset < 0.01
    versions = json.loads((made.out / "layout.json").read_text())["versions"]
    anchored = [
        {(region["id"], region["page"], region["x0"], region["y0"], region["x1"], region["y1"])
         for region in versions[letter]["regions"] if region["anchored"]}
        for letter in LETTERS
    ]  # fmt: skip
    assert anchored[0] == anchored[1] == anchored[2]
    assert len(anchored[0]) > 30


def test_statements_differ_in_length_between_versions_so_that_the_test_above_means_something(made: Built) -> None:
    lengths = {text(made.out / letter / "exam.pdf").count("make the statement longer") for letter in LETTERS}
    assert len(lengths) > 1


def test_versions_differ_in_their_answers(made: Built) -> None:
    rows = list(csv.DictReader(io.StringIO((made.out / "answers.csv").read_text())))
    drawn = [
        [row["answer"] for row in rows if row["version"] == letter and row["problem"] == "1"] for letter in LETTERS
    ]
    assert drawn[0] != drawn[1] != drawn[2] != drawn[0]


def test_a_key_is_the_exams_source_and_one_block_before_the_document(made: Built) -> None:
    exam = (made.out / "A" / "exam.tex").read_text().split("\n")
    key = (made.out / "A" / "key.tex").read_text().split("\n")
    start = next(at for at, pair in enumerate(zip(exam, key, strict=False)) if pair[0] != pair[1])
    added = len(key) - len(exam)
    assert key[:start] + key[start + added :] == exam
    assert exam[start] == r"\begin{document}"
    assert all(line.startswith((r"\def", r"\renewcommand\papermark")) for line in key[start : start + added])


def test_student_sources_hold_no_comment_and_no_solution(made: Built) -> None:
    for letter in LETTERS:
        source = (made.out / letter / "exam.tex").read_text()
        for word in (
            "must not be printed",
            "Because",
            "Counting",
            "half of",
            "parity",
            "the right one",
            "drawn",
            "CorrectChoice",
        ):
            assert word not in source


def test_keys_and_solutions_hold_what_exams_do_not(made: Built) -> None:
    assert "parity of a sum" not in text(made.out / "A" / "exam.pdf")
    assert "parity of a sum" in text(made.out / "A" / "key.pdf")
    assert "Because" in text(made.out / "A" / "solutions.pdf")


def test_a_source_compiles_by_hand(made: Built, tmp_path: Path) -> None:
    shutil.copy(made.out / "B" / "key.tex", tmp_path)
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "key.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    assert run.returncode == 0
    assert len(PdfReader(tmp_path / "key.pdf").pages) == 6


def test_the_manifest_has_the_digest_of_each_file(made: Built) -> None:
    manifest = json.loads((made.out / "manifest.json").read_text())
    digests = {
        name: hashlib.sha256((made.out / name).read_bytes()).hexdigest()
        for name in made.files
        if name != "manifest.json"
    }
    assert manifest["outputs"] == digests
    assert set(manifest["inputs"]["problems"]) == {"kinds/drawn", "kinds/pasted"}


@pytest.mark.parametrize("kind", KINDS)
def test_sources_are_golden(made: Built, kind: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{kind}.tex", (made.out / "A" / f"{kind}.tex").read_text())


def test_answers_and_layout_are_golden(made: Built, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "answers.csv", (made.out / "answers.csv").read_text())


def test_the_lock_is_golden(made: Built, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "exam.lock.json", (made.out.parents[1] / "exams" / "exam.lock.json").read_text())


def test_a_second_build_gives_the_same_bytes_elsewhere(made: Built, again: Path) -> None:
    second = build(Request(exam_file(again)))
    for name in made.files:
        assert (second.out / name).read_bytes() == (made.out / name).read_bytes(), name


def test_only_one_version_is_replaced_and_the_others_stay(again: Path) -> None:
    out = again / "build" / "exam"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (out / "B" / "exam.pdf").write_bytes(b"old")
    built = build(Request(exam_file(again), only=("B",)))
    assert [version.letter for version in built.versions] == ["B"]
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_more_versions_extend_the_lock(again: Path) -> None:
    before = lock_of(again)
    built = build(Request(exam_file(again), versions=4, only=("D",)))
    after = lock_of(again)
    assert {letter: after[letter] for letter in LETTERS} == before
    assert list(after) == ["A", "B", "C", "D"]
    assert (built.out / "D" / "key.pdf").is_file()


def test_relock_draws_just_what_it_names(again: Path) -> None:
    problem = again / "problems" / "kinds" / "drawn" / "problem.py"
    problem.write_text(problem.read_text().replace("range(2, 9)", "range(20, 60)"))
    before = lock_of(again)
    kept = build(Request(exam_file(again)))
    assert lock_of(again) == before
    told = "problem.py has changed since the lock; the locked values stand (--relock kinds/drawn draws anew)."
    assert kept.notes == (f"kinds/drawn: {told}",)
    build(Request(exam_file(again), relock=Redraw.parse("kinds/drawn:B")))
    after = lock_of(again)
    assert (after["A"], after["C"]) == (before["A"], before["C"])
    assert after["B"][0]["sources"] != before["B"][0]["sources"]
    assert after["B"][0]["given"] != before["B"][0]["given"]
    assert after["B"][1] == before["B"][1]


def test_an_unknown_version_is_refused_before_anything_is_written(again: Path) -> None:
    with pytest.raises(UsageError, match="There is no version 'Z'"):
        build(Request(exam_file(again), only=("Z",)))


def test_an_unwritable_folder_leaves_all_as_it_was(again: Path) -> None:
    blocked = again / "blocked"
    blocked.write_text("a file where the folder should go")
    lock = (again / "exams" / "exam.lock.json").read_bytes()
    with pytest.raises(OutputError):
        build(Request(exam_file(again), out=blocked / "exam"))
    assert blocked.read_text() == "a file where the folder should go"
    assert (again / "exams" / "exam.lock.json").read_bytes() == lock
    assert sorted(path.name for path in again.iterdir()) == ["blocked", "build", "exams", "problems", "templates"]


def test_a_key_that_moves_the_page_is_found_and_stamped(again: Path) -> None:
    """The proof bites: macros that give an answer height make the key differ from the exam."""
    shipped = (Path(__file__).parents[2] / "templates" / "macros.tex").read_text()
    moving = shipped.replace(r"\newcommand\defanswer[2]{", r"\newcommand\defanswer[2]{\AtBeginDocument{\topskip=40pt}")
    assert moving != shipped
    (again / "templates" / "macros.tex").write_text(moving)
    built = build(Request(exam_file(again), versions=1))
    assert any("on the key A than on the exam A" in fault.what for fault in built.findings)
    assert {fault.exit_code for fault in built.findings} == {7}
    assert "Draft" in text(built.out / "A" / "exam.pdf")


def test_faults_of_all_versions_come_together(again: Path) -> None:
    words = again / "problems" / "kinds" / "drawn" / "problem.tex"
    words.write_text(words.read_text().replace("Sum and difference", r"\nosuchmacro and \nosuchother"))
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(exam_file(again)))
    assert [fault.what for fault in flatten(caught.value)] == [
        r"TeX says: Undefined control sequence \nosuchmacro.",
        r"TeX says: Undefined control sequence \nosuchother.",
    ]
