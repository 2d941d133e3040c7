"""Old exam-class files into a course: what is kept, what is told, what is refused."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from m4ml_exams.bank import load_problem
from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.build import Request, build
from m4ml_exams.check import check_draws
from m4ml_exams.cli import main
from m4ml_exams.errors import M4mlError, OutputError, ProblemError, UsageError
from m4ml_exams.importing import Imported, import_exam
from m4ml_exams.importing.guesses import slug, title_of
from m4ml_exams.importing.points import Piece, assign, read_points, shared
from m4ml_exams.importing.room import height_of

EXAMS = Path(__file__).parent / "exams"
NAMES = ("midterm-2019", "final-old", "quiz")
TOKEN = re.compile(r"\\[A-Za-z]+|[^\s\\{}\[\]%$&~]+")


MESSY = (
    "\\question\r\nWhy?\r\n\\begin{parts}\r\n\\part a \\vfill\r\n\\part b\\end{parts}\r\n",
    "\\question[3]\\begin{parts}\\end{parts} Hm",
    "\\question \\begin{parts}\\part\\part[3]\\part \\begin{subparts}\\end{subparts}\\end{parts}",
    "\\begin{multicols}{2}\\question[1] A \\fillin[3]\n\\question[2] B\\end{multicols}\\question C",
    "\\question[3] $x = \\fillin$ and \\[ \\begin{bmatrix} \\underline{\\hspace{1cm}} \\\\ 2 \\end{bmatrix} \\]",
    "\\question[4] Über ∇f: \\begin {solution} So \\end {solution} \\vspace*{3in}",
    "\\question[4] x \\begin {solutionorlines}[2in] So \\end {solutionorlines}",
    "\\question[4] \\newcommand{\\zz}[1]{<#1>} \\zz{3} \\newenvironment{q}{\\begin{center}}{\\end{center}} "
    "\\begin{q} w \\end{q}",
    "\\newcommand{\\zz}[1]{<#1>}\n\\question[4] \\zz{3}",
    "\\question[4] \\begin{parts} \\part[1] x \\begin{subparts} lead \\subpart y \\end{subparts} tail "
    "\\begin{subparts}\\subpart z\\end{subparts} end \\vfill \\end{parts} more text % c",
    "\\question[2] x \\ifprintanswers A \\ifx\\a\\b no \\else yes \\fi \\else B \\fi z",
    "\\question[2] \\begin{choices}\\choice \\ifprintanswers \\CorrectChoice \\fi x \\choice y \\end{choices}",
    "\\question[2] \\begin{choices}\\ifprintanswers\\CorrectChoice\\else\\choice\\fi x \\choice y \\end{choices}",
    "\\question[2] \\begin{solution} \\ifprintanswers a\\else b \\fi \\iffalse gone \\fi \\end{solution}",
    "\\question[a] foo \\VAR{x} \\BLOCK",
    "\\question[2] \\begin{figure} \\caption[short]{Long} \\includegraphics{x} \\end{figure}",
    "\\uplevel{Intro} \\question[2] a \\begin{EnvUplevel} for next \\end{EnvUplevel} \\question[2] b \\uplevel{end}",
    "{\\question[2] a } \\section*{Hello} \\question[1] b",
    "\\question \\part[1] lonely part",
    "\\titledquestion{A $x$ \\emph{b}} \\begin{parts}\\bonuspart[2] v \\fillin[2]\\end{parts} \\fullwidth{z} tail",
    "\\question[2] See \\iff and $a \\iff b$ \\ifprintanswers sol \\fi \\newpage \\clearpage",
    "\\question[2] \\begin{parts}\\part[2] a\n% comment end\n\\end{parts} tail % comment",
    "\\question[1/2] foo \\droppoints \\noaddpoints \\begin{center} \\question[3] inner \\end{center} ",
    "\\question[0.333] foo \\begin{parts}\\part x\\part y\\end{parts}",
    "\\question[3] \\verb|\\question[2]| and \\url{a%b} \\lstinline!x % y!",
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The old files in a folder of their own."""
    return Path(shutil.copytree(EXAMS, tmp_path / "old"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "course" / "problems").mkdir(parents=True)
    return tmp_path / "course"


def write(root: Path, text: str, name: str = "old.tex") -> Path:
    path = root.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(root: Path, body: str) -> Imported:
    text = f"\\begin{{questions}}\n{body}\n\\end{{questions}}\n"
    return import_exam(write(root, text), None, root)


def rows(made: Imported) -> list[str]:
    """The table without what every import says."""
    return [
        f"{note.kind} {note.place.line}: {note.what} {note.done}" for note in made.notes if note.kind != "to be set"
    ]


def words_of(root: Path, made: Imported, number: int = 0) -> str:
    """The words of a problem without the comments behind them."""
    text = (root / "problems" / made.problems[number] / "problem.tex").read_text(encoding="utf-8")
    return text.split("% From ")[0]


def filled(root: Path, made: Imported) -> Path:
    """The exam file with words where the old file told none."""
    path = root / made.exam
    path.write_text(path.read_text(encoding="utf-8").replace('= ""', '= "filled in"'), encoding="utf-8")
    return path


def tokens(text: str) -> Counter[str]:
    return Counter(TOKEN.findall(text))


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_body_is_lost(name: str, old: Path, root: Path) -> None:
    made = import_exam(old / f"{name}.tex", None, root)
    source = (old / f"{name}.tex").read_text(encoding="utf-8")
    source = re.sub(r"\\input\{([\w-]+)\}", lambda found: (old / f"{found[1]}.tex").read_text(encoding="utf-8"), source)
    body = source.partition(r"\begin{document}")[2] or source
    files = [root / file for file in made.files if file.endswith(".tex") and file != "templates/preamble.tex"]
    output = tokens("\n".join(file.read_text(encoding="utf-8") for file in files))
    assert tokens(body) - output == Counter()


@pytest.mark.parametrize("body", MESSY)
def test_no_word_of_a_messy_question_is_lost(body: str, root: Path) -> None:
    made = imported(root, body)
    files = [root / file for file in made.files if file.endswith(".tex")]
    output = tokens("\n".join(file.read_text(encoding="utf-8") for file in files))
    assert tokens(body) - output == Counter()


@pytest.mark.parametrize("name", NAMES)
def test_the_exam_file_uses_the_problems_in_order(name: str, old: Path, root: Path) -> None:
    made = import_exam(old / f"{name}.tex", "old", root)
    blueprint = load_blueprint(filled(root, made))
    assert tuple(entry.use for entry in blueprint.entries if hasattr(entry, "use")) == made.problems
    assert len(made.problems) == 3


def test_facts_are_guessed(old: Path, root: Path) -> None:
    midterm = load_blueprint(root / import_exam(old / "midterm-2019.tex", None, root).exam)
    assert (midterm.title, midterm.course, midterm.term, midterm.date, midterm.minutes) == (
        "Midterm 1",
        "Math 217",
        "Winter 2019",
        "February 14, 2019",
        90,
    )
    final = load_blueprint(filled(root, import_exam(old / "final-old.tex", None, root)))
    assert (final.title, final.course, final.term, final.minutes, final.paper) == (
        "Final Exam",
        "STAT 541",
        "Fall 2014",
        120,
        "a4",
    )


@pytest.mark.parametrize(
    ("lead", "course"),
    [
        (r"\firstpageheader{Math 217}{Midterm 12}{May 10}", "Math 217"),
        (r"{\Large\bfseries Math 217: Linear Algebra}\\[2mm] Room 101", "Math 217"),
        (r"Midterm 12\\ Section 002\\ All 10 questions", ""),
    ],
)
def test_courses_are_read_from_headers_and_cover_lines(lead: str, course: str, root: Path) -> None:
    text = f"\\begin{{document}}\n{lead}\n\\begin{{questions}}\n\\question[1] \\fillin[2]\n\\end{{questions}}\n"
    made = import_exam(write(root, text), None, root)
    assert f'course = "{course}"\n' in (root / made.exam).read_text(encoding="utf-8")


def test_the_table_of_the_midterm(old: Path, root: Path) -> None:
    made = import_exam(old / "midterm-2019.tex", None, root)
    assert rows(made) == [
        "not kept 2: The package geometry sets pages or fonts. The templates do that; add it to templates/preamble.tex "
        "if you need it.",
        r"changed 3: The course's preamble lacks cancel, \ip, \trace, \eps, hint. Appended to "
        "templates/preamble.tex, for all problems.",
        r"look at 12: \norm is in templates/preamble.tex already, with another meaning. The course's stays: "
        r"\newcommand{\norm}[1]{\lVert #1 \rVert}",
        r"not kept 16: \renewcommand of \vec would change all problems of the course. Add it to templates/preamble.tex "
        "if that is right.",
        r"not kept 23: Outside of questions: \fbox{\parbox{5.5in}{Answer the questions in the spaces provided. "
        r"Scored by 100\% humans.}} \end{center} % Grading table is on page two. \gradetable[h][questions] \newpage "
        r"\begin{questions} It is in "
        "problems/midterm-2019/leftover.tex; the cover is made from the exam file.",
        r"look at 35: \part has no points. It has 5 now, a share of the points above.",
        r"changed 36: \vspace{4cm} is the room of a solution. It is \begin{solution}[4cm] now.",
        r"look at 40: \part has no points. It has 5 now, a share of the points above.",
        r"not kept 40: \droppoints is not for a problem. It is a comment now.",
        r"changed 47: \ifprintanswers with a line by hand. It is \fillin[3] now.",
        r"not kept 49: \newpage at the end of the question. Templates say where pages begin.",
        "changed 53: A figure floats. It is centred where it stands; a caption has no number.",
        r"changed 61: solutionorlines has the height 3cm. It is \begin{solutionorbox}[3cm] now.",
        r"changed 65: solutionorbox has the height \stretch{1}. It is \begin{solutionorbox}[5cm] now.",
        r"not kept 79: Outside of questions: Do not write below this line. \end{document} Text after the end is "
        "never set. It is in "
        "problems/midterm-2019/leftover.tex; the cover is made from the exam file.",
    ]


def test_macros_go_behind_those_of_the_course(old: Path, root: Path) -> None:
    (root / "templates").mkdir()
    preamble = root / "templates" / "preamble.tex"
    preamble.write_text("\\newcommand{\\ip}[2]{#1 \\cdot #2}\n", encoding="utf-8")
    import_exam(old / "midterm-2019.tex", None, root)
    assert preamble.read_text(encoding="utf-8") == (
        "\\newcommand{\\ip}[2]{#1 \\cdot #2}\n"
        "% From midterm-2019.tex:\n"
        "\\usepackage{amsmath,amssymb,cancel}\n"
        "\\usepackage{graphicx}\n"
        "\\newcommand{\\R}{\\mathbb{R}}\n"
        "\\newcommand{\\norm}[1]{\\left\\| #1 \\right\\|}\n"
        "\\DeclareMathOperator{\\trace}{tr}\n"
        "\\def\\eps{\\varepsilon}\n"
        "\\newenvironment{hint}{\\par\\emph{Hint.} }{\\par}\n"
    )


def test_the_final_becomes_problems(old: Path, root: Path) -> None:
    made = import_exam(old / "final-old.tex", "final", root)
    assert words_of(root, made) == (
        "\\label{q:grad}\nLet $f(x, y) = x^2 y + \\eps y$, see Question~\\ref{q:ls}.\n\n"
        "All parts use the point $(1, 2)$.\n\\begin{parts}\n"
        "\\part[3] $\\grad{f} = $ \\fillin[][1in]\n\\part[2.5] True or false: $f$ is convex.\n"
        "\\begin{oneparchoices}\n\\choice True\n\\choice False\n\\end{oneparchoices}\n"
        "For the rest, let $\\eps = 0$.\n\\part\n\\begin{subparts}\n\\subpart[0] Compute the Hessian.\n\n"
        "\\begin{work}[2in]\\end{work}\n\n\\subpart[3] Is it positive definite?\n\\begin{solution}[1.5in]\n"
        "No: its determinant is $-4x^2$, \\textit{not} positive.\n"
        "\\begin{tikzpicture}\\draw (0,0) -- (1,1);\\end{tikzpicture}\n\\end{solution}\n"
        "\\begin{enumerate}\n\\item  Anywhere?\n\\end{enumerate}\n\n\n"
        "Remember the units.\n\\end{subparts}\n\\end{parts}\n"
    )
    assert "bonus = true" in (root / made.exam).read_text(encoding="utf-8")
    assert (root / "exams/final-old-text2.tex").read_text(encoding="utf-8") == "\\textbf{Part II.} Long answers.\n"


def test_what_needs_an_answer_is_what_check_tells(old: Path, root: Path) -> None:
    made = import_exam(old / "final-old.tex", None, root)
    needed = [note for note in made.notes if note.kind == "needs an answer"]
    assert [(note.place.line, note.what) for note in needed] == [
        (14, r"\fillin has no answer."),
        (16, "No option is correct."),
        (24, "The work box has no answer."),
        (50, r"\fillin has no answer."),
        (59, "There is no place to answer."),
    ]
    found: list[str] = []
    for name in made.problems:
        result = check_draws(load_problem(name, root / "problems" / name), range(1))
        found += [finding.what for finding in result.findings]
    assert found == [note.what for note in needed[:-1]]  # the last one is told once its problem reads


def test_a_page_with_three_questions_becomes_an_exam_with_key(old: Path, root: Path) -> None:
    made = import_exam(old / "quiz.tex", None, root)
    built = build(Request(filled(root, made)))
    assert built.findings == ()
    exam, key = (
        "".join(page.extract_text() for page in PdfReader(built.out / f"A/{kind}.pdf").pages)
        for kind in ("exam", "key")
    )
    assert "Minimise the mean squared error" in exam
    assert "Adding gives" not in exam
    assert "Adding gives" in key


def test_what_the_file_does_not_tell_is_asked_for_and_not_printed(old: Path, root: Path) -> None:
    made = import_exam(old / "quiz.tex", None, root)
    exam = root / made.exam
    with pytest.raises(ExceptionGroup) as caught:
        build(Request(exam))
    assert [str(fault) for fault in caught.value.exceptions] == [
        f"{exam}:3: 'course' is empty.\n  Write for example: course = \"Mathematics for Machine Learning\"",
        f"{exam}:4: 'term' is empty.\n  Write for example: term = \"Fall 2026\"",
        f"{exam}:5: 'date' is empty.\n  Write for example: date = 2026-10-14",
    ]
    assert next((note.what, note.done) for note in made.notes if note.kind == "to be set") == (
        "The file does not tell its title, course, term, date.",
        "Write it into exams/quiz.toml; what is empty there does not build.",
    )


def test_pictures_lie_beside_their_problem(old: Path, root: Path) -> None:
    made = import_exam(old / "midterm-2019.tex", None, root)
    picture = root / "problems" / made.problems[1] / "points.png"
    assert picture.read_bytes() == (old / "figs" / "points.png").read_bytes()
    assert r"\includegraphics[width=5cm]{points.png}" in words_of(root, made, 1)


OLD_COVER = r"""\documentclass{exam}
\newcommand{\R}{\mathbb{R}}
\newcommand{\norm}[1]{\left\| #1 \right\|}
\begin{document}
Name: \underline{\hspace{3in}} \quad Student ID: \hrulefill

\begin{itemize}
\item No calculators.
\item Show \textbf{all} work.
\item There are \numpages\ pages.
\end{itemize}
\begin{enumerate}
\item Use $\pi = 3$.
\end{enumerate}
\begin{questions}
\question[3] Find $\norm{x}$ on $\R$ and
$\norm{y}$.
\begin{choices}
\CorrectChoice 1
\CorrectChoice 2
\end{choices}
\newpage
\question[2] \begin{parts} \part[2] Solve. \fillin \end{parts} \clearpage
\end{questions}
\end{document}
"""


def test_cover_macros_breaks_and_two_right_options(root: Path) -> None:
    made = import_exam(write(root, OLD_COVER), None, root)
    assert rows(made) == [
        r"look at 3: \norm is in templates/preamble.tex already, with another meaning; lines 16, 17 use it. "
        r"The course's stays: \newcommand{\norm}[1]{\lVert #1 \rVert}",
        r"not kept 10: A rule of the cover is more than plain words: \item There are \numpages\ pages. "
        "Say it in plain words in rules of exams/old.toml, if it is needed.",
        r"not kept 13: A rule of the cover is more than plain words: \item Use $\pi = 3$. "
        "Say it in plain words in rules of exams/old.toml, if it is needed.",
        r"look at 18: 2 options are correct in a single choice. Keep one \CorrectChoice, or write checkboxes.",
        r"not kept 22: \newpage at the end of the question. Templates say where pages begin.",
        r"not kept 23: \clearpage at the end of the question. Templates say where pages begin.",
        r"needs an answer 23: \fillin has no answer. Write it as \fillin[answer].",
    ]
    cover = load_blueprint(filled(root, made)).cover
    assert (cover.fields, cover.rules) == (("Name", "Student ID"), ("No calculators.", "Show all work."))


def test_pictures_of_solutions_are_kept(old: Path, root: Path) -> None:
    shutil.copytree(old / "figs", root.parent / "figs")
    made = imported(
        root, "\\question[1] Draw.\n\\begin{solution}[2cm] \\includegraphics[width=2cm]{figs/points} \\end{solution}"
    )
    assert rows(made) == []
    assert r"\includegraphics[width=2cm]{points.png}" in words_of(root, made)
    assert f"problems/{made.problems[0]}/points.png" in made.files


def test_a_formula_that_runs_away_is_told_where_it_opens(root: Path) -> None:
    path = write(root, "\\begin{questions}\n\\question[3] Is $a + b\n\\input{gap}\npositive?\n\\end{questions}\n")
    other = write(root, "\n  \nand $c$\n", "gap.tex")
    with pytest.raises(ProblemError) as caught:
        import_exam(path, None, root)
    assert str(caught.value) == (
        f"{path}:2: A formula that begins with $ is not closed before the blank line in line 1 of {other.name}.\n"
        "  Close it with $, or look for one too many or too few up to there; a formula holds no blank line."
    )


def test_an_unclosed_group_is_told_and_nothing_is_written(root: Path) -> None:
    path = write(root, "\\begin{questions}\n\\question[3] What is $\\frac{1{2}$?\n\\end{questions}\n")
    with pytest.raises(ProblemError) as caught:
        import_exam(path, None, root)
    assert str(caught.value) == (
        f"{path}:2: A {{ in a formula is not closed before $ in line 2.\n  Close it with }}, or delete it."
    )
    assert [file.name for file in root.rglob("*")] == ["problems"]


def test_a_fault_in_an_input_is_told_at_the_inputs_line(root: Path) -> None:
    other = write(root, "one\n\\begin{center} two\n", "other.tex")
    path = write(root, "\\begin{questions}\n\\question[3] Three.\n\\input{other}\n\\end{questions}\n")
    with pytest.raises(ProblemError) as caught:
        import_exam(path, None, root)
    assert str(caught.value) == (
        f"{other}:2: \\begin{{center}} is not closed before \\end{{questions}} in line 4 of old.tex.\n"
        "  Close it with \\end{center}, in the reverse order of opening."
    )


def test_an_unclosed_definition_is_told(root: Path) -> None:
    path = write(root, "\n\\newcommand{\\x}{1\n\\begin{document}\\begin{questions}\\question[1] x\\end{questions}")
    with pytest.raises(M4mlError) as caught:
        import_exam(path, None, root)
    assert str(caught.value) == f"{path}:2: An argument of \\newcommand does not close.\n  Close it."


def test_a_file_without_questions_is_refused(root: Path) -> None:
    path = write(root, "Hello % \\question\n")
    with pytest.raises(ProblemError, match=r"There is no \\question in the file\."):
        import_exam(path, None, root)


def test_an_exam_file_that_exists_is_refused(old: Path, root: Path) -> None:
    made = import_exam(old / "quiz.tex", None, root)
    with pytest.raises(UsageError) as caught:
        import_exam(old / "quiz.tex", "other", root)
    assert str(caught.value) == (
        f"{root / made.exam}: There is an exam file of that name already.\n"
        "  Rename the file to import, or delete what an earlier import made."
    )
    assert not (root / "problems" / "other").exists()


def test_folders_that_exist_stay_as_they_are(old: Path, root: Path) -> None:
    first = import_exam(old / "quiz.tex", "quiz", root)
    before = {file: (root / file).read_bytes() for file in first.files}
    second = import_exam(
        write(root, (old / "quiz.tex").read_text().replace("quiz-last", "old/quiz-last")), "quiz", root
    )
    assert second.problems == tuple(f"{name}-2" for name in first.problems)
    leftover = "problems/quiz/leftover.tex"
    assert {file: (root / file).read_bytes() for file in first.files if file != leftover} == {
        file: data for file, data in before.items() if file != leftover
    }
    assert (root / leftover).read_bytes().startswith(before[leftover])


def test_what_cannot_be_written_leaves_no_trace(old: Path, root: Path) -> None:
    (root / "exams").write_text("in the way")
    with pytest.raises(OutputError) as caught:
        import_exam(old / "quiz.tex", None, root)
    assert caught.value.place.path == root
    assert sorted(path.name for path in root.rglob("*")) == ["exams", "problems"]


def test_room_without_an_answer(root: Path) -> None:
    made = imported(root, "\\question[5] Prove it.\n\\vspace{6cm}\n\\question[2] Say \\underline{\\hspace{2cm}}.")
    assert words_of(root, made) == "\\question[5] Prove it.\n\n\\begin{work}[6cm]\\end{work}\n"
    assert words_of(root, made, 1) == "\\question[2] Say \\fillin[][2cm].\n"
    assert rows(made) == [
        r"changed 3: \vspace{6cm} is room without an answer. It is a work box of 6cm.",
        "needs an answer 3: The work box has no answer. In a problem without solve write \\begin{solution}[3cm] ... "
        "\\end{solution} in its place, or solutionorbox. With solve name the answer, as in \\begin{work}[5cm, "
        "answer=proof], or put a labelled \\blank in the box.",
        r"changed 4: A line to write on is made by hand: \underline{\hspace{2cm}} It is \fillin[][2cm] now; write the "
        "answer between the first brackets.",
        r"needs an answer 4: \fillin has no answer. Write it as \fillin[answer].",
    ]


def test_references_to_parts_are_told_those_to_formulas_work(root: Path) -> None:
    made = imported(
        root,
        "\\question\n\\begin{parts}\n\\part[1] $1 =$ \\fillin[1]\n\\part[1] \\label{two} $2 =$ \\fillin[2]\n"
        "\\begin{equation}\\label{eq} x \\end{equation}\n\\part[1] Use \\ref{two}\nand \\eqref{eq}. "
        "\\fillin[3]\n\\end{parts}",
    )
    assert rows(made) == [
        r"look at 7: \ref{two} points into part (b). Write (b) in its place; questions and parts have no labels "
        "here.",
    ]


def test_points_that_disagree_are_told(root: Path) -> None:
    made = imported(
        root, "\\question[5]\n\\begin{parts}\n\\part[3] $1 + 1 =$ \\fillin[2]\n\\end{parts}\n\\question Why?"
    )
    assert rows(made) == [
        "look at 2: The question has 5 points, its parts 3. The points of the parts stay.",
        r"look at 6: The question has no points. It has 0 now: \question[0].",
        r"needs an answer 6: There is no place to answer. Add choices, \fillin[x], or \begin{solution}[5cm] ... "
        r"\end{solution}.",
    ]


def test_answers_behind_ifprintanswers_become_solutions(root: Path) -> None:
    made = imported(root, "\\question[1] Why?\n\\ifprintanswers Because. \\else \\vspace{2cm} \\fi")
    assert words_of(root, made) == "\\question[1] Why?\n\\begin{solution}[2cm]\nBecause.\n\\end{solution}\n"


def piece(pos: int, points: int | None, *pieces: Piece) -> Piece:
    head = type("Head", (), {"pos": pos})()
    return Piece(head, [], None if points is None else Fraction(points), list(pieces))


def test_points_are_shared_over_what_has_none() -> None:
    assert assign([piece(1, None), piece(2, 4), piece(3, None)], Fraction(9)) == {1: 3, 2: 4, 3: 2}
    assert assign([piece(1, 5, piece(2, None), piece(3, None))], None) == {2: 3, 3: 2}
    assert assign([piece(1, None)], None) == {1: 0}
    assert shared(Fraction(5, 2), 2) == [Fraction(3, 2), 1]


@pytest.mark.parametrize(
    ("text", "points"), [("4", 4), ("2.5", Fraction(5, 2)), (r"2\half", Fraction(5, 2)), ("x", None)]
)
def test_points_as_the_exam_class_writes_them(text: str, points: Fraction | None) -> None:
    assert read_points(text) == points


@pytest.mark.parametrize(
    ("text", "height"),
    [("3cm", ("3cm", True)), (r"\stretch{1}", ("5cm", False)), (r"0.5\textheight", ("4.5in", False))],
)
def test_heights(text: str, height: tuple[str, bool]) -> None:
    assert height_of(text) == height


def test_titles_and_names() -> None:
    assert title_of("Let $A$ be the Gram matrix of $X$. Why?", 2) == "Gram matrix"
    assert title_of(r"\textbf{Gradient descent.} Start at $0$.", 2) == "Gradient descent"
    assert title_of("$x = ?$", 2) == "Question 2"
    assert slug("Über den Gradienten of a Function, again and again") == "uber-den-gradienten-function"


def test_the_command_tells_and_ends_well(old: Path, root: Path) -> None:
    done = CliRunner().invoke(main, ["import", str(old / "final-old.tex"), "--area", "f", "--into", str(root)])
    assert done.exit_code == 0
    assert r"\fillin[answer]" in done.output
    kinds = re.findall(r"^(needs an answer|changed|not kept|look at|to be set) ", done.output, re.MULTILINE)
    assert [kind == "needs an answer" for kind in kinds] == [True] * 5 + [False] * (len(kinds) - 5)
    assert "5 places need an answer before it builds; m4ml check tells them too." in done.output
    bad = CliRunner().invoke(main, ["import", str(old / "none.tex"), "--into", str(root)])
    assert bad.exit_code == 2
    assert (
        bad.output == f"{old / 'none.tex'}: The file cannot be read: No such file or directory.\n  Name a .tex file.\n"
    )
