"""A build with grids, shared lists, options with blanks, sketches, programs, restated givens and notes for graders."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from m4ml_exams.build import Built, Request, build
from m4ml_exams.errors import flatten

BANK = Path(__file__).parents[1] / "banks" / "more_responses"
LETTERS = ("A", "B", "C")
NOTE = "Follow through: accept what is right for the answer given in part"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("course") / "course"
    shutil.copytree(BANK, root)
    return build(Request(root / "exams" / "exam.toml"))


def source(made: Built, letter: str, kind: str) -> str:
    return (made.out / letter / f"{kind}.tex").read_text()


def text(made: Built, letter: str, kind: str) -> str:
    pages = PdfReader(made.out / letter / f"{kind}.pdf").pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def rows(made: Built, letter: str) -> dict[str, str]:
    table = csv.DictReader(io.StringIO((made.out / "answers.csv").read_text()))
    return {row["response"]: row["answer"] for row in table if row["version"] == letter}


def filled(made: Built, letter: str) -> set[str]:
    return set(re.findall(r"\\deffilled\{(\w+)\}", source(made, letter, "key")))


def answered(made: Built, letter: str) -> set[str]:
    return set(re.findall(r"\\defanswer\{(\w+)\}", source(made, letter, "key")))


def regions(made: Built, letter: str) -> list[dict[str, object]]:
    layout = json.loads((made.out / "layout.json").read_text())["versions"][letter]["regions"]
    assert isinstance(layout, list)
    return layout


def locked(made: Built, letter: str) -> dict[str, list[str]]:
    """The printed order of the keys of each choice and list of the first problem."""
    lock = json.loads((made.out.parents[1] / "exams" / "exam.lock.json").read_text())
    options = lock["versions"][letter][0]["options"]
    return {name: [option["key"] for option in listed] for name, listed in options.items()}


def given(made: Built, letter: str) -> dict[str, object]:
    values = next(version for version in made.versions if version.letter == letter).questions[0].variant.given
    return dict(values)


def test_nothing_is_found_wrong_so_that_keys_agree_with_their_exams(made: Built) -> None:
    assert made.findings == ()
    assert made.offset < 0.01
    assert {made.pages[letter, kind] for letter in LETTERS for kind in ("exam", "key")} == {8}


def test_every_anchored_place_agrees_over_the_versions(made: Built) -> None:
    places = [
        {tuple(region[name] for name in ("id", "page", "x0", "y0", "x1", "y1"))
         for region in regions(made, letter) if region["anchored"]}
        for letter in LETTERS
    ]  # fmt: skip
    assert places[0] == places[1] == places[2]
    names = {str(place[0]) for place in places[0]}
    grid = {f"p1a{row}o{column}" for row in (1, 2) for column in (1, 2, 3, 4)}
    picks = {f"p1{part}1o{option}" for part in "bc" for option in (1, 2, 3)}
    assert grid | picks | {"p2a1", "p1d1o1", "p3a1"} <= names


def test_the_bubbles_of_a_grid_stand_in_columns_and_rows(made: Built) -> None:
    places = {str(region["id"]): region for region in regions(made, "A")}
    for column in (1, 2, 3, 4):
        assert places[f"p1a1o{column}"]["x0"] == places[f"p1a2o{column}"]["x0"]
    for row in (1, 2):
        assert len({places[f"p1a{row}o{column}"]["y0"] for column in (1, 2, 3, 4)}) == 1


def test_the_kind_and_size_of_a_sketch_are_measured(made: Built) -> None:
    sketch = next(region for region in regions(made, "A") if region["id"] == "p2a1")
    assert sketch["kind"] == "sketch"
    assert float(str(sketch["x1"])) - float(str(sketch["x0"])) > 140


@pytest.mark.parametrize("letter", LETTERS)
def test_the_rows_of_a_grid_are_filled_by_column(made: Built, letter: str) -> None:
    assert {name for name in filled(made, letter) if name.startswith("p1a")} == {"p1a1o3", "p1a2o1"}
    assert (rows(made, letter)["p1a1"], rows(made, letter)["p1a2"]) == ("Guaranteed", "Impossible")


@pytest.mark.parametrize("letter", LETTERS)
def test_picks_are_filled_by_the_order_of_the_list(made: Built, letter: str) -> None:
    order = locked(made, letter)["list risks"]
    median, mean = order.index("median"), order.index("mean")
    assert {f"p1b1o{median + 1}", f"p1c1o{mean + 1}"} <= filled(made, letter)
    assert (rows(made, letter)["p1b1"], rows(made, letter)["p1c1"]) == ("ABC"[median], "ABC"[mean])


def test_lists_are_shuffled(made: Built) -> None:
    assert len({tuple(locked(made, letter)["list risks"]) for letter in LETTERS}) > 1


@pytest.mark.parametrize("letter", LETTERS)
def test_only_the_blanks_of_the_right_option_are_filled(made: Built, letter: str) -> None:
    blanks = {"has": {"p1d2", "p1d3"}, "many": {"p1d4", "p1d5"}}
    right = str(given(made, letter)["right"])
    assert {name for name in answered(made, letter) if name.startswith("p1d")} == blanks[right]
    assert {name for name in rows(made, letter) if name.startswith("p1d")} == {"p1d1", *blanks[right]}
    assert all(rf"\answerblank{{{name}}}" in source(made, letter, "exam") for both in blanks.values() for name in both)


def test_both_options_are_right_in_some_version(made: Built) -> None:
    assert {given(made, letter)["right"] for letter in LETTERS} == {"has", "many"}


def test_a_curve_that_moves_what_follows_is_found(made: Built, tmp_path: Path) -> None:
    """The comparison bites: with a macro that lets the curve have a size of its own, the key differs."""
    shutil.copytree(made.out.parents[1], tmp_path / "course")
    shipped = (Path(__file__).parents[2] / "templates" / "macros.tex").read_text()
    moving = shipped.replace(
        r"\sbox\m@answer{\csname answer@#1\endcsname}%", r"\raise1cm\hbox{\csname answer@#1\endcsname}%"
    )
    assert moving != shipped
    (tmp_path / "course" / "templates" / "macros.tex").write_text(moving)
    again = build(Request(tmp_path / "course" / "exams" / "exam.toml", only=("A",)))
    assert any(fault.what.startswith("Part b: the blank stands") for fault in again.findings)


def test_the_curve_is_on_the_key_only(made: Built) -> None:
    curve = source(made, "A", "key").count("axis") - source(made, "A", "exam").count("axis")
    assert curve > 0
    assert "p2a1" in answered(made, "A")


def test_outputs_are_typed_line_for_line(made: Built) -> None:
    k = next(question.variant.given["k"] for question in made.versions[0].questions if "k" in question.variant.given)
    output = rows(made, "A")["p3a1"].split("\n")
    assert len(output) == 4
    assert output[2].startswith(f"sum: {2 * k + 1} -- ")
    assert r"\begin{tabular}[t]{@{}l@{}}" in source(made, "A", "key")


def test_programs_are_printed_as_they_are(made: Built) -> None:
    exam = source(made, "A", "exam")
    assert '\n          print("odd")\n' in exam
    assert "# 100% sure\n" in exam
    assert "\n    for row in A:\n        print(" in exam


def test_givens_are_restated_from_one_source(made: Built) -> None:
    lines = [line for line in source(made, "A", "exam").split("\n") if "be a constant" in line]
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert text(made, "A", "exam").count("be a constant.") == 2
    assert text(made, "A", "key").count("be a constant.") == 2


def test_solutions_do_not_restate_givens(made: Built) -> None:
    for letter in LETTERS:
        assert text(made, letter, "solutions").count("be a constant.") == 1


def test_notes_for_graders_are_on_the_key_only(made: Built) -> None:
    for letter in LETTERS:
        assert NOTE not in text(made, letter, "exam") + text(made, letter, "solutions")
        key = text(made, letter, "key")
        assert f"{NOTE} (d)." in key
        assert f"{NOTE} (f)." in key


def test_a_second_build_keeps_the_order_of_lists(made: Built, tmp_path: Path) -> None:
    shutil.copytree(made.out.parents[1], tmp_path / "course")
    again = build(Request(tmp_path / "course" / "exams" / "exam.toml", only=("B",)))
    assert (again.out / "B" / "exam.tex").read_bytes() == (made.out / "B" / "exam.tex").read_bytes()


def test_a_list_that_lost_an_option_disagrees_with_its_lock(made: Built, tmp_path: Path) -> None:
    shutil.copytree(made.out.parents[1], tmp_path / "course")
    words = tmp_path / "course" / "problems" / "kinds" / "judged" / "problem.tex"
    words.write_text(words.read_text().replace(r"\choice[range]", r"\choice[widest]"))
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(tmp_path / "course" / "exams" / "exam.toml", only=("A",)))
    assert next(fault.what for fault in flatten(caught.value)) == (
        "The structure of kinds/judged has changed: locked 'list risks mean median range'; "
        "today 'list risks mean median widest'."
    )
