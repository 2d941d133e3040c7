"""A problem's words as parts, points, responses and pieces of text, each with its line; what is not read is told."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_exam import TEX, faults, read

from m4ml_exams.errors import M4mlError, ProblemError, collected
from m4ml_exams.latex import render_source
from m4ml_exams.model import Blank, Part, Picture, Response, SolutionMark, Statement, Text, Work
from m4ml_exams.problem_text import parts_with_labels, read_statement, responses, split

OUTLINE = r"""% an old problem
Let $A$ be a matrix.
\begin{parts}  % the parts
  \part[4] One \blank{x}
    \begin{work}[3cm] \blank{x} \blank{y} \end{work}
  \part[2.5] Two \truefalse{t}
  % Three is longer
  \part Three \blank{y}
    \begin{subparts}
      \subpart[1/2] three-one
      \begin{solution}
        secret
      \end{solution}
      \blank{z}
      \subpart[3] three-two \begin{choices}[w]\end{choices}
        \blank{z}
    \end{subparts}
  \part[0] Four
\end{parts}
"""


def test_parts_have_letters_points_and_lines() -> None:
    found = [(label, part.line, part.points, part.lettered) for label, part in parts_with_labels(read(OUTLINE))]
    assert found == [
        ("a", 4, Fraction(4), True),
        ("b", 6, Fraction(5, 2), True),
        ("c", 8, Fraction(0), True),
        ("c.i", 10, Fraction(1, 2), True),
        ("c.ii", 15, Fraction(3), True),
        ("d", 18, Fraction(0), True),
    ]


def test_responses_have_neutral_ids_by_part_and_place() -> None:
    found = [(label, response.id, type(response).__name__) for label, response in responses(read(OUTLINE))]
    assert found == [
        ("a", "a1", "Blank"),
        ("a", "a2", "Work"),
        ("a", "a3", "Blank"),
        ("a", "a4", "Blank"),
        ("b", "b1", "TrueFalse"),
        ("c", "c1", "Blank"),
        ("c.i", "ci1", "Blank"),
        ("c.ii", "cii1", "Choice"),
        ("c.ii", "cii2", "Blank"),
    ]


def test_the_words_before_the_parts_are_the_preamble() -> None:
    assert read(OUTLINE).preamble == (Text("%\nLet $A$ be a matrix.\n", (1, 2, 3)),)


def test_a_problem_without_parts_has_one_that_has_no_letter() -> None:
    statement = read("% old\n\\question[5]\nFind $x$: \\fillin[2]")
    blank = Blank("a1", 3, None, literal="2")
    assert statement == Statement(
        (), (Part("a", 2, Fraction(5), (Text("\nFind $x$: ", (2, 3)), blank), lettered=False),)
    )


def test_a_question_without_points_may_stand_before_parts() -> None:
    statement = read("\\question\nLet $x = 1$.\n\\begin{parts}\\part[1] \\fillin[1]\\end{parts}")
    assert statement.preamble == (Text("Let $x = 1$.\n", (2, 3)),)
    assert [part.points for part in statement.parts] == [Fraction(1)]


def test_parts_go_on_after_z_and_subparts_after_ten() -> None:
    parts = "".join(rf"\part[1] \fillin[{number}]" for number in range(28))
    statement = read(rf"\begin{{parts}}{parts}\end{{parts}}")
    assert [part.letter for part in statement.parts][24:] == ["y", "z", "aa", "ab"]
    subparts = "".join(rf"\subpart[1] \fillin[{number}]" for number in range(41))
    [part] = read(rf"\begin{{parts}}\part \begin{{subparts}}{subparts}\end{{subparts}}\end{{parts}}").parts
    assert len(part.parts) == 41
    assert [part.parts[number - 1].letter for number in (9, 10, 14, 19, 40, 41)] == [
        "ix",
        "x",
        "xiv",
        "xix",
        "xl",
        "xli",
    ]


@pytest.mark.parametrize(
    "tex",
    [
        r"\[ Ax = \begin{bmatrix} \blank{p[1]} \\[6pt] \blank{p[2]} \end{bmatrix} \]",
        r"$\frac{\blank{p[1]}}{\sqrt[3]{\blank{p[2]}}}$",
        r"\begin{tabular}{|c|c|} \hline \blank{p[1]} & \blank{p[2]} \\ \hline \end{tabular}",
        r"\begin{itemize} \item[(1)] \blank{p[1]} \item \textbf{so $x_{\blank{p[2]}}$} \end{itemize}",
        r"\begin{align*} x &= \left( \blank{p[1]} \right) \\ y &= \text{or \blank{p[2]}} \end{align*}",
        r"\( \blank{p[1]} \) \begin{minipage}{4cm} {\small \blank{p[2]}} \end{minipage}",
        r"\ourmacro{\blank{p[1]}}[\blank{p[2]}]",
    ],
)
def test_responses_are_found_at_any_depth(tex: str) -> None:
    [part] = read(f"\\question[2]\n{tex}").parts
    blanks = [piece for piece in part.body if isinstance(piece, Blank)]
    assert [(blank.id, str(blank.answer)) for blank in blanks] == [("a1", "p[1]"), ("a2", "p[2]")]


def written(statement: Statement) -> str:
    """The words of all pieces, with a short name where something was cut out."""

    def words(body: tuple[object, ...]) -> str:
        return "".join(piece.latex if isinstance(piece, Text) else f"<{type(piece).__name__}>" for piece in body)

    return words(statement.preamble) + "".join(words(part.body) for _, part in parts_with_labels(statement))


def test_what_is_no_response_stays_as_it_was_written() -> None:
    tex = r"\question[2] \emph{Let} $x \le \{1\}$, \[ \begin{cases} a & b \\ c \end{cases} \] \blank{x} \ldots~end"
    assert written(read(tex)) == (
        r" \emph{Let} $x \le \{1\}$, \[ \begin{cases} a & b \\ c \end{cases} \] <Blank> \ldots~end"
    )


def test_code_is_not_read() -> None:
    code = "\\begin{lstlisting}[language=Python]\nf = {'$': \\blank{x}}[0] # {\n\\end{lstlisting} \\verb|\\part{$|"
    assert written(read(f"\\question[2] {code} \\fillin[x]")) == f" {code} <Blank>"


SECRET = "\\begin{solution}\nSECRET $\\VAR{answer}$ \\blank{x} \\item\n\\end{solution}"


def test_no_text_of_a_solution_is_in_any_piece() -> None:
    statement = read(f"Words. {SECRET}\n\\begin{{parts}}\\part[1] a {SECRET} b \\blank{{x}}\n{SECRET}\\end{{parts}}")
    assert "SECRET" not in repr(statement)
    assert [mark.index for part in statement.parts for mark in part.body if isinstance(mark, SolutionMark)] == [1, 2]
    assert written(statement).replace("%", "").split() == [
        "Words.",
        "<SolutionMark>",
        "a",
        "<SolutionMark>",
        "b",
        "<Blank>",
        "<SolutionMark>",
    ]


SNIPPETS = (
    "word{n} goes on",
    "",
    "% no{n}",
    "word{n} % no{n}",
    "word{n} \\textbf{{word{n}}} % no{n}",
    "\\blank{{n{n}}}",
    "text word{n} $x = \\blank{{n{n}}}$, and \\fillin[$n$] word{n}",
    "\\begin{{work}}[3cm]\n\\blank{{m{n}}} % no{n}\n\\end{{work}} word{n}",
    "\\begin{{solution}}\nno{n}\n\\end{{solution}}word{n}",
    "\\begin{{solutionorbox}}[2cm] no{n} \\end{{solutionorbox}} word{n}",
    "\\begin{{center}}\nword{n}\n\\includegraphics{{n{n}}}\n\\end{{center}}",
)


def pieces_of(statement: Statement) -> list[object]:
    bodies = [statement.preamble, *(part.body for _, part in parts_with_labels(statement))]
    return [piece for body in bodies for piece in body]


@given(st.lists(st.sampled_from(SNIPPETS)), st.lists(st.sampled_from(SNIPPETS)))
def test_every_piece_knows_its_lines(first: list[str], second: list[str]) -> None:
    """Each snippet's words carry its number; their lines must be those on which that number stands in the file."""
    texts = [text.format(n=number) for number, text in enumerate([*first, *second])]
    parts = ["\\begin{parts}", "\\part[1]", *texts[: len(first)], "\\part[2]", *texts[len(first) :], "\\end{parts}"]
    tex = "\n".join(parts)
    source = tex.split("\n")
    for piece in pieces_of(read(tex)):
        if isinstance(piece, Text):
            rows = piece.latex.split("\n")
            assert len(rows) == len(piece.lines)
            for row, line in zip(rows, piece.lines, strict=True):
                assert "no" not in row
                assert row.rstrip("%") in source[line - 1]
        elif isinstance(piece, Blank) and piece.answer:
            assert str(piece.answer) in source[piece.line - 1]
        elif isinstance(piece, Picture):
            assert piece.file in source[piece.line - 1]
        elif isinstance(piece, Work):
            assert source[piece.line - 1].startswith(("\\begin{work}", "\\begin{solutionorbox}"))
            assert all(str(blank.answer) in source[blank.line - 1] for blank in piece.blanks)


def test_lines_are_those_of_the_file_when_values_have_been_put_in() -> None:
    tex = "\n".join(
        [
            "% by hand",  # 1
            "\\BLOCK{if long}",
            "Words.",
            "More words \\VAR{name}.",
            "\\BLOCK{endif}",  # 5
            "\\begin{parts}",
            "\\BLOCK{for x in values}",
            "  \\part[1] Now $\\VAR{x}$:",
            "  \\begin{solution}",
            "  \\end{solution}",  # 10
            "",
            "  \\blank{b}",
            "\\BLOCK{endfor}",
            "  \\part[2] \\VAR{wide}",
            "  \\truefalse{t}",  # 15
            "\\end{parts}",
        ]
    )
    names = {"long": True, "name": "Ada", "values": [3, 4], "wide": "much"}
    statement = read_statement(render_source(split(tex, TEX).statement, names, TEX), TEX)
    assert [(label, part.line) for label, part in parts_with_labels(statement)] == [("a", 8), ("b", 8), ("c", 14)]
    assert [response.line for _, response in responses(statement)] == [12, 12, 15]
    words = [piece for piece in pieces_of(statement) if isinstance(piece, Text)]
    found = {row.strip(): line for text in words for row, line in zip(text.latex.split("\n"), text.lines, strict=True)}
    assert (found["Words."], found["More words Ada."], found["much"]) == (3, 4, 14)
    assert (found["Now $3$:"], found["Now $4$:"]) == (8, 8)


LIST = "Keep it directly in its own list (parts, subparts, choices or checkboxes)."
NEST = "Keep parts directly in the problem and subparts directly in a part."
BOX = "Write \\begin{work}[5cm, answer=...]."
BONUS = "and set bonus = true on the entry of the exam file."
DEEP = "Points nest one level below the lettered part at most; write"


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        (r"\droppoints", r"\droppoints", "Points stand after their label in all papers; delete it."),
        (r"\bonuspart[2] x", r"\bonuspart", f"Write \\part {BONUS}"),
        (r"\bonusquestion[2] x", r"\bonusquestion", f"Write \\question {BONUS}"),
        (r"\titledquestion{Old}[2] x", r"\titledquestion", "Write \\question; the title stands in META."),
        (r"\subsubpart[2] x", r"\subsubpart", f"{DEEP} \\subpart."),
        (r"\fillwithlines{2cm}", r"\fillwithlines", BOX),
        (r"\fillwithdottedlines{2cm}", r"\fillwithdottedlines", BOX),
        (r"\fillwithgrid{2cm}", r"\fillwithgrid", BOX),
        (r"\makeemptybox{2cm}", r"\makeemptybox", BOX),
        (r"\answerlines[2]", r"\answerlines", "Write \\answerline[x] or \\blank{...}."),
        (r"\question[2] x", r"\question", "Keep one question per folder; exam files put problems together."),
        (r"\part[2] x", r"\part", LIST),
        (r"\textbf{\subpart[2] x}", r"\subpart", LIST),
        (r"\choice x", r"\choice", LIST),
        (r"\CorrectChoice x", r"\CorrectChoice", LIST),
        (r"\begin{subparts}\end{subparts}", r"\begin{subparts}", NEST),
        (r"\begin{center}\begin{parts}\end{parts}\end{center}", r"\begin{parts}", NEST),
        (
            r"\begin{questions}\end{questions}",
            r"\begin{questions}",
            "The exam file makes the list of questions; keep one question per folder and drop this line.",
        ),
        (r"\begin{solutionorlines}[2cm]x\end{solutionorlines}", r"\begin{solutionorlines}", "Write solutionorbox."),
        (
            r"\begin{solutionordottedlines}[2cm]x\end{solutionordottedlines}",
            r"\begin{solutionordottedlines}",
            "Write solutionorbox.",
        ),
        (r"\begin{solutionorgrid}[2cm]x\end{solutionorgrid}", r"\begin{solutionorgrid}", "Write solutionorbox."),
        (r"\begin{subsubparts}\end{subsubparts}", r"\begin{subsubparts}", f"{DEEP} subparts."),
        (
            r"\begin{EnvFullwidth}x\end{EnvFullwidth}",
            r"\begin{EnvFullwidth}",
            "Drop it; the statement has the full width already.",
        ),
    ],
)
def test_markup_that_is_not_read_is_told_at_its_line_with_what_to_write(line: str, what: str, remedy: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read(f"\\question[5]\nWords.\n{line}\n\\fillin[2]")
    assert faults(caught.value) == [f"problem.tex:3: {what} is not read here.\n  {remedy}"]


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        (
            "\nFind $x$: \\fillin[2]",
            "1: The problem has no points.\n  Write \\question[5] first, or \\part[5] in parts.",
        ),
        ("\n\\question Find", "2: The problem has no points.\n  Write \\question[5] first, or \\part[5] in parts."),
        ("x\n\\question[5] Find", "2: There is text before \\question.\n  Put it behind \\question."),
        ("\\question[two] x", "1: 'two' is not a number of points.\n  Write a number such as 4 or 2.5."),
        ("\\question[-2] x", "1: '-2' is not a number of points.\n  Write a number such as 4 or 2.5."),
        ("\\question[1/0] x", "1: '1/0' is not a number of points.\n  Write a number such as 4 or 2.5."),
        (
            "\n\\question[5]\n\\begin{parts}\\part[5] x\\end{parts}",
            "2: \\question has points although there are parts.\n  Keep points on the parts only.",
        ),
        ("\\begin{parts}\n\\part x\\end{parts}", "2: Part a has no points.\n  Write them as \\part[4]."),
        (
            "\\begin{parts}\\part\\begin{subparts}\n\\subpart x\\end{subparts}\\end{parts}",
            "2: Part ai has no points.\n  Write them as \\part[4].",
        ),
        (
            "\\begin{parts}\n\\part[4]\\begin{subparts}\\subpart[4] x\\end{subparts}\\end{parts}",
            "2: Part a has points and subparts.\n  Keep points on the subparts only.",
        ),
        ("\n\\begin{parts}\\end{parts}", "2: The parts environment is empty.\n  Write \\part[4] and its text."),
        (
            "\\begin{parts}\\part\n\\begin{subparts}\\end{subparts}\\end{parts}",
            "2: The subparts environment is empty.\n  Write \\subpart[4] and its text.",
        ),
        (
            "\\begin{parts}\nwords\n\\part[4] x\\end{parts}",
            "1: There is text before the first \\part.\n  Put it behind \\part[...].",
        ),
        (
            "\\begin{parts}\\part[4] x\\end{parts}\n\\begin{parts}\\part[4] x\\end{parts}",
            "2: There are two parts environments.\n  Keep all parts in one.",
        ),
        (
            "\\begin{parts}\\part[4] x\\end{parts}%\n\nwords\n",
            "1: There is text after the last part.\n  Move it into a part or the preamble.",
        ),
        (
            "\\begin{parts}\\part\\begin{subparts}\\subpart[4] x\\end{subparts}\n\\textbf{words}\\end{parts}",
            "2: There is text after the last part.\n  Move it into a part or the preamble.",
        ),
        (
            "\\begin{parts}\\part[4] x\\end{parts}\n\\begin{solution}x\\end{solution}",
            "2: There is text after the last part.\n  Move it into a part or the preamble.",
        ),
        (
            "Words.\n$\\blank{x}$\n\\begin{parts}\\part[4] x\\end{parts}",
            "2: There is a response before the first part.\n  Move it into a part; a preamble has no points.",
        ),
    ],
)
def test_a_structure_that_does_not_hold_is_told_at_its_line(tex: str, told: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read(tex)
    assert faults(caught.value) == [f"problem.tex:{told}"]


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        (
            "a\nb $x",
            "2: A formula that begins with $ is never closed.\n"
            "  Close it with $, or look for one too many or too few up to there.",
        ),
        (
            "a\n\\begin{center}\nb {\n\\end{center}",
            "3: A { is not closed before \\end{center} in line 4.\n  Close it with }, or delete it.",
        ),
        ("a\nb }", "2: } closes nothing.\n  Delete it, or open what it is to close."),
    ],
)
def test_latex_that_does_not_close_is_told_where_it_opens(tex: str, told: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read(tex)
    assert str(caught.value) == f"problem.tex:{told}"


def test_all_faults_of_a_problem_are_told_at_once() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read("\\question[5]\n\\begin{parts}\n\\part \\blank{2}\n\\part[x] \\droppoints\n\\end{parts}\nmore")
    assert [re.sub(r"\n.*", "", told) for told in faults(caught.value)] == [
        "problem.tex:1: \\question has points although there are parts.",
        "problem.tex:5: There is text after the last part.",
        "problem.tex:3: Part a has no points.",
        "problem.tex:3: '2' does not name an answer.",
        "problem.tex:4: 'x' is not a number of points.",
        "problem.tex:4: \\droppoints is not read here.",
    ]


PIECES = st.sampled_from(
    [
        *(
            r"\question[5]",
            r"\begin{parts}",
            r"\end{parts}",
            r"\part[4]",
            r"\part",
            r"\begin{subparts}",
            r"\subpart[1]",
        ),
        *(r"\end{subparts}", r"\blank{x}", r"\blank[width=2cm]{x[1]}", r"\begin{work}[3cm]", r"\end{work}", "$", "{"),
        *("}", "\n", r"\begin{choices}", r"\end{choices}", r"\choice", r"\CorrectChoice", "words", r"\fillin[a]", "["),
        *("]", r"\begin{checkboxes}[must]", r"\end{checkboxes}", r"\choice[*]", r"\truefalse{t}", "%", r"\(", r"\]"),
        *(r"\begin{solution}", r"\end{solution}", r"\begin{solution}[3cm]", r"\verb|", "|", r"\includegraphics"),
    ]
)


@given(st.lists(PIECES).map("".join))
def test_whatever_is_written_is_read_or_told(tex: str) -> None:
    told: list[M4mlError] = []
    found: list[Response] = []
    with collected(told):
        found.extend(response for _, response in responses(read(tex)))
    assert all(re.match(r"problem\.tex:\d+: ", str(fault)) for fault in told)
    ids = [response.id for response in found]
    assert len(set(ids)) == len(ids)
