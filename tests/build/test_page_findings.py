"""What the build finds wrong with pages: each course breaks one thing, and the whole message is compared."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from m4ml_exams.build import Built, Request, build

Course = Callable[[dict[str, str]], Path]
TEMPLATES = Path(__file__).parents[2] / "templates"
HEAD = 'title = "Quiz"\ncourse = "C"\nterm = "T"\ndate = "D"\nseed = 3\n'
ENTRY = '[[entry]]\nuse = "a/b"\n'
SOUND = "\\question[2] Word: \\fillin[yes][2cm]\n\n"
META = 'from m4ml_exams.authoring import Exact, Meta\nMETA = Meta(title="t", topics=["T"], difficulty=1, minutes=1)\n'
LONG = "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww" * 3


def built(course: Course, problem: str, exam: str = HEAD + ENTRY, **more: str) -> Built:
    files = {"problems/a/b/problem.tex": problem, "exams/quiz.toml": exam, **more}
    return build(Request(course(files) / "exams" / "quiz.toml"))


def told(made: Built) -> list[str]:
    """Place, fault and remedy of each finding."""
    return [
        f"{fault.place.path.name if fault.place.path else '-'}:{fault.place.line} [{fault.place.version}] "
        f"{fault.what} {fault.remedy}"
        for fault in made.findings
    ]


def test_a_cover_with_too_many_rules(course: Course) -> None:
    rules = ", ".join(f'"Rule {number} of the many rules."' for number in range(60))
    made = built(course, SOUND, f"{HEAD}[cover]\nrules = [{rules}]\n{ENTRY}")
    assert made.drafts
    assert [line for line in told(made) if "cover" in line] == [
        "quiz.toml:6 [A] The cover takes 2 pages, not 1. Shorten its rules and notes, or name fewer fields and rooms."
    ]


def test_a_problem_whose_text_goes_on_behind_its_last_place(course: Course) -> None:
    made = built(course, SOUND + "Then read on.\n\n" * 60)
    assert made.drafts
    assert told(made) == [
        "problem.tex:None [A] Problem 1 takes 2 pages, its text asks for 1. "
        "Lower its work boxes (heights of the entry), or put \\newpage before the part that goes overleaf."
    ]


LABELLED = """\\question
\\begin{parts}
  \\part[1] \\blank[label=%s]{two} \\blank[label=$n =$]{three}
  \\part[1] \\begin{work}[2cm] \\blank[label=$n =$]{four} \\blank[label=%s]{five} \\end{work}
\\end{parts}
"""
NUMBERS = """
def draw(rng):
    return {"n": rng.randint(2, 9)}

def solve(n):
    return {"two": Exact(2), "three": Exact(3), "four": Exact(4), "five": Exact(n)}

def verify(n, two, three, four, five):
    assert (two, three, four, five) == (2, 3, 4, n)
"""
TOPICS = '[T]\ntitle = "T"\narea = "T"\n'
POOL = 'versions = 2\n[[entry]]\npick = ["a/b", "a/c"]\n'


def of_two(course: Course, label: str) -> Built:
    """An exam of a pool of two problems that differ in labels only."""
    more = {f"problems/a/{name}/problem.py": META + NUMBERS for name in ("b", "c")}
    words = {"problems/a/c/problem.tex": LABELLED % (label, label), "problems/topics.toml": TOPICS}
    return built(course, LABELLED % ("$m =$", "$m =$"), HEAD + POOL, **words, **more)


def test_blanks_with_labels_of_other_width_stand_in_the_same_place(course: Course) -> None:
    made = of_two(course, "largest:")
    assert (told(made), made.offset) == ([], 0)


def test_blanks_whose_labels_differ_much_are_told(course: Course) -> None:
    found = told(of_two(course, "the largest of all possible lengths:"))
    assert len(found) > 0
    assert {line.partition(" bp ")[2] for line in found} <= {
        f"further {way} on the exam B than on the exam A. Give blanks in this place labels of about the same width, at "
        "most 40 bp apart."
        for way in ("left", "right")
    }


def test_options_in_other_columns_are_told(course: Course) -> None:
    words = "\\question[2] One?\n\\begin{choices}[one, %s]\n\\choice[a] A\n\\choice[b] B\n\\end{choices}\n"
    numbers = META + 'def solve():\n    return {"one": Option("a")}\n\ndef verify(one):\n    assert one == "a"\n'
    more = {f"problems/a/{name}/problem.py": numbers.replace("Exact", "Option") for name in ("b", "c")}
    more |= {"problems/a/c/problem.tex": words % "columns=2", "problems/topics.toml": TOPICS}
    found = told(built(course, words % "columns=1", HEAD + POOL, **more))
    assert [line.partition(" bp ")[2].partition(". ")[2] for line in found if "further" in line] == [
        "Set options in this place in the same number of columns (columns=)."
    ]


def test_a_page_break_of_the_text_is_no_finding(course: Course) -> None:
    made = built(course, "\\begin{parts}\n\\part[1] \\fillin[a]\n\\newpage\n\\part[1] \\fillin[b]\n\\end{parts}\n")
    assert told(made) == []


def test_solutions_that_stick_out_do_not_stamp_exams(course: Course) -> None:
    made = built(course, SOUND + f"\\begin{{solution}}\n\\mbox{{{LONG}}}\n\\end{{solution}}\n")
    assert not made.drafts
    assert "Draft" not in (made.out / "A" / "exam.tex").read_text()
    (line,) = told(made)
    assert line.startswith("problem.tex:3 [A] Text of the solutions sticks out by ")
    assert line.endswith(" pt. Break the line, shorten the text, or choose smaller values.")


def test_an_answer_that_sticks_out_of_its_box_on_the_key_stamps_both(course: Course) -> None:
    made = built(course, f"\\question[2] Why?\n\\begin{{solution}}[3cm]\n\\mbox{{{LONG}}}\n\\end{{solution}}\n")
    assert made.drafts
    assert {paper: "textbf{Draft" in (made.out / "A" / f"{paper}.tex").read_text() for paper in ("exam", "key")} == {
        "exam": True,
        "key": True,
    }
    assert [line.split(" by ")[0] for line in told(made)][:1] == ["problem.tex:2 [A] Text sticks out"]


@pytest.mark.parametrize(("multiple", "pages"), [(1, 4), (5, 5), (6, 6)])
def test_pages_are_filled_up_to_the_multiple(course: Course, multiple: int, pages: int) -> None:
    made = built(course, SOUND, f"pages_multiple = {multiple}\n{HEAD}{ENTRY}")
    assert told(made) == []
    assert {made.pages["A", "exam"], made.pages["A", "key"]} == {pages}


def test_what_hides_from_tex_beyond_the_margin(course: Course) -> None:
    made = built(course, "\\question[2] Word: \\fillin[yes][2cm]\\rlap{\\hspace*{12cm}hidden}\n")
    (line,) = told(made)
    assert made.drafts
    assert line.startswith("problem.tex:None [A] Page 3 of the exam: text stands ")
    assert line.endswith(
        " bp outside the right margin. "
        "Make it smaller, or move it: \\makebox, \\hspace and \\vspace keep TeX from seeing how large it is."
    )


SHUFFLED = (
    "versions = 4\n" + HEAD + 'shuffle = ["z"]\n'
    + "".join(f'[[entry]]\nuse = "a/{name}"\nzone = "z"\n' for name in ("b", "c", "d"))
)  # fmt: skip


def shuffled(course: Course, macros: str = "") -> Built:
    bodies = {name: SOUND + f"\\vspace{{{at}cm}}\\truefalse{{true}}\n" for name, at in (("b", 2), ("c", 4), ("d", 6))}
    files = {f"problems/a/{name}/problem.tex": body for name, body in bodies.items()}
    if macros:
        files["templates/macros.tex"] = macros
    return build(Request(course({**files, "exams/quiz.toml": SHUFFLED}) / "exams" / "quiz.toml"))


def test_shuffled_versions_agree_problem_by_problem(course: Course) -> None:
    made = shuffled(course)
    orders = {tuple(question.variant.problem.name for question in version.questions) for version in made.versions}
    assert len(orders) > 1
    assert told(made) == []
    assert made.offset < 0.01


def test_shuffled_versions_do_not_pass_by_shuffling(course: Course) -> None:
    """The comparison bites: a problem that is set lower where it comes second is found, in its own part."""
    shipped = (TEMPLATES / "macros.tex").read_text()
    moving = shipped.replace(
        r"\newcommand\beginproblem{", r"\newcommand\beginproblem{\ifnum\value{question}=2 \vspace*{9pt}\fi"
    )
    without = moving.replace(r"\vskip\csname give@#1\endcsname", r"\vskip0pt")
    assert shipped != moving != without
    made = shuffled(course, without)
    assert made.drafts
    assert {fault.place.problem for fault in made.findings} <= {"a/b", "a/c", "a/d"}
    assert any("bp" in line for line in told(made))


def test_the_offset_is_told_in_words_and_as_json(course: Course) -> None:
    root = course({"problems/a/b/problem.tex": SOUND, "exams/quiz.toml": HEAD + ENTRY})
    exam = str(root / "exams" / "quiz.toml")
    command = [sys.executable, "-m", "m4ml_exams", "build", exam]
    words = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "places agree within 0.00 bp" in " ".join(words.stdout.split())
    as_json = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    assert json.loads(as_json.stdout)["largest_offset_bp"] == 0.0


def test_an_old_template_without_marks_still_builds(course: Course) -> None:
    """Marks only tell of covers and last pages; without them the rest is found as before."""
    exam = (TEMPLATES / "exam.tex").read_text()
    old = "\n".join(line for line in exam.split("\n") if not line.startswith(r"\startmark"))
    assert old != exam
    made = built(course, SOUND, f'template = "old"\n{HEAD}{ENTRY}', **{"templates/old.tex": old})
    assert told(made) == []
