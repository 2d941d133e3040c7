"""Homework and worksheets: problems that flow, every place still there, keys that agree, a course's own templates."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader

from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.build import Built, Request, build
from m4ml_exams.errors import BlueprintError

BANK = Path(__file__).parents[1] / "banks" / "every_response"
TEMPLATES = Path(__file__).parents[2] / "templates"
GOLDEN = Path(__file__).parent / "golden"
SHEET = """title = "Sheet 1"
course = "Course"
term = "Fall 2026"
date = 2026-09-18
seed = 7
versions = 2
template = "{template}"
layout = "{layout}"

[cover]
rules = ["Ask."]

[[entry]]
heading = "First part"

[[entry]]
use = "kinds/drawn"

[[entry]]
use = "kinds/pasted"
"""


def sheet(root: Path, template: str, layout: str = "flow", more: str = "") -> Path:
    """An exam file in a copy of the bank of all kinds of responses."""
    if not (root / "problems").is_dir():
        shutil.copytree(BANK, root, dirs_exist_ok=True)
    path = root / "exams" / f"{template}.toml"
    path.write_text(more + SHEET.format(template=template, layout=layout))
    return path


@pytest.fixture(scope="module", params=["homework", "worksheet"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(Request(sheet(tmp_path_factory.mktemp("course") / "course", request.param)))


def regions(built: Built, letter: str = "A") -> Mapping[str, dict[str, object]]:
    found = json.loads((built.out / "layout.json").read_text())["versions"][letter]["regions"]
    return {region["id"]: region for region in found}


def height(region: Mapping[str, object]) -> float:
    return float(str(region["y1"])) - float(str(region["y0"]))


def told(caught: pytest.ExceptionInfo[BlueprintError]) -> str:
    fault = caught.value
    assert fault.place.path is not None
    return f"{fault.place.path.name}:{fault.place.line}: {fault.what} {fault.remedy}"


def test_a_sheet_and_its_key_agree_and_nothing_is_found_wrong(made: Built) -> None:
    assert made.findings == ()
    assert made.offset < 0.01
    assert {made.pages[letter, "exam"] - made.pages[letter, "key"] for letter in "AB"} == {0}


def test_the_source_is_golden(made: Built, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{made.out.name}.tex", (made.out / "A" / "exam.tex").read_text())


def test_every_place_of_an_exam_is_on_a_sheet_and_none_is_anchored(made: Built, tmp_path: Path) -> None:
    exam = build(Request(sheet(tmp_path / "course", "exam", "pages"), versions=1))
    on_exam = {name for name in regions(exam) if name[:2] in ("p1", "p2")}
    assert {name for name in regions(made) if name[:2] in ("p1", "p2")} == on_exam
    assert not any(region["anchored"] for region in regions(made).values())


def test_page_breaks_of_a_problem_are_dropped(made: Built) -> None:
    source = (made.out / "A" / "exam.tex").read_text()
    assert r"\newpage" in source[source.index(r"\begin{questions}") :]
    assert regions(made)["p1g5"]["page"] == regions(made)["p1h1"]["page"]


def test_the_proof_bites_in_flow_too(tmp_path: Path) -> None:
    exam = sheet(tmp_path / "course", "homework")
    macros = (TEMPLATES / "macros.tex").read_text()
    moving = macros.replace(r"\newcommand\defanswer[2]{", r"\newcommand\defanswer[2]{\AtBeginDocument{\topskip=40pt}")
    assert moving != macros
    (exam.parents[1] / "templates" / "macros.tex").write_text(moving)
    built = build(Request(exam, versions=1))
    assert any("on the key A than on the exam A" in fault.what for fault in built.findings)


def test_homework_leaves_no_room_to_work_in_unless_a_course_says_so(tmp_path: Path) -> None:
    exam = sheet(tmp_path / "course", "homework")
    none = regions(build(Request(exam, versions=1)))
    shipped = (TEMPLATES / "homework.tex").read_text()
    (exam.parents[1] / "templates" / "homework.tex").write_text(shipped.replace(r"\openwork{0}", r"\openwork{0.5}"))
    half = build(Request(exam, versions=1))
    assert half.findings == ()
    assert height(none["p1f2"]) == pytest.approx(14 * 72 / 72.27, abs=0.01)
    assert height(regions(half)["p1f2"]) == pytest.approx(72 / 2.54, abs=0.01)


def test_a_key_says_where_to_look_when_its_text_has_no_room(tmp_path: Path) -> None:
    exam = sheet(tmp_path / "course", "homework")
    pasted = exam.parents[1] / "problems" / "kinds" / "pasted" / "problem.tex"
    pasted.write_text(pasted.read_text().replace("Counting.", "Counting. " * 40))
    built = build(Request(exam, versions=1))
    pages = {kind: PdfReader(built.out / "A" / f"{kind}.pdf").pages for kind in ("exam", "key")}
    words = {kind: "\n".join(page.extract_text() for page in pages[kind]) for kind in pages}
    assert built.findings == ()
    assert "See the solutions." not in words["exam"]
    assert "See the solutions." in words["key"]
    assert "Counting" not in words["key"]
    assert "Because" in words["key"]


def test_pages_are_padded_only_where_the_file_asks(tmp_path: Path) -> None:
    exam = sheet(tmp_path / "course", "homework")
    assert load_blueprint(exam).pages_multiple == 1
    built = build(Request(sheet(tmp_path / "course", "homework", more="pages_multiple = 4\n"), versions=1))
    assert (built.pages["A", "exam"], built.pages["A", "key"]) == (4, 4)


PROBLEM = r"""\question[2] Alpha \rule{0pt}{%dpt} beta.
\[ 1 + 1 \]
Which one?
\smallskip
\begin{choices}
  \CorrectChoice right
  \choice wrong
  \choice third
\end{choices}
\begin{solution} Omega. \end{solution}
"""


def test_pages_end_between_problems_not_inside_short_ones(course: Callable[[dict[str, str]], Path]) -> None:
    """Twenty short problems of different heights, each under a heading: any page break inside one would show."""
    problems = {f"problems/short/p{at}/problem.tex": PROBLEM % (3 * at) for at in range(20)}
    entries = "".join(f'[[entry]]\nheading = "Section {at}"\n[[entry]]\nuse = "short/p{at}"\n' for at in range(20))
    exam = SHEET[: SHEET.index("[cover]")].format(template="homework", layout="flow") + entries
    root = course({**problems, "problems/topics.toml": "", "exams/sheet.toml": exam})
    built = build(Request(root / "exams" / "sheet.toml", versions=1))
    assert built.findings == ()
    pages = [page.extract_text() for page in PdfReader(built.out / "A" / "exam.pdf").pages]
    assert len(pages) > 4
    for page in pages:
        counts = [page.count(word) for word in ("Section", "Problem", "Alpha", "Which", "wrong", "third")]
        assert len(set(counts)) == 1, page


def test_an_unknown_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BlueprintError) as caught:
        build(Request(sheet(tmp_path / "course", "homewrok")))
    assert told(caught) == ("homewrok.toml:7: There is no paper with the template 'homewrok'. Did you mean 'homework'?")


def test_templates_that_are_no_papers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BlueprintError) as caught:
        build(Request(sheet(tmp_path / "course", "solutions")))
    assert told(caught) == (
        "solutions.toml:7: There is no paper with the template 'solutions'. Known: exam, homework, worksheet."
    )


@pytest.mark.parametrize(
    ("template", "layout", "due"),
    [("homework", "pages", "flow"), ("exam", "flow", "pages"), ("worksheet", "pages", "flow")],
)
def test_a_template_for_the_other_layout_is_refused(template: str, layout: str, due: str, tmp_path: Path) -> None:
    with pytest.raises(BlueprintError) as caught:
        build(Request(sheet(tmp_path / "course", template, layout)))
    assert told(caught) == (
        f'{template}.toml:8: The template \'{template}\' is for the layout "{due}", the exam has "{layout}". '
        f'Write layout = "{due}", or take another template; there are exam, homework, worksheet.'
    )


def test_a_course_brings_templates_of_its_own(tmp_path: Path) -> None:
    exam = sheet(tmp_path / "course", "practice")
    shipped = (TEMPLATES / "homework.tex").read_text().replace("% layout: flow\n", "")
    (exam.parents[1] / "templates" / "practice.tex").write_text(
        shipped.replace(r"\VAR{words.homework_rule}", "Our own rule.")
    )
    built = build(Request(exam, versions=1))
    assert built.findings == ()
    assert "Our own rule." in PdfReader(built.out / "A" / "exam.pdf").pages[0].extract_text()
