"""Each kind of response, picture and option as a piece of the model, and what is refused in them."""

from __future__ import annotations

import pytest
from tiny_exam import faults, read

from m4ml_exams.model import (
    AnswerRef,
    Blank,
    Choice,
    OptionText,
    Picture,
    Piece,
    SolutionMark,
    Text,
    TrueFalse,
    Work,
)

QUESTION = "\\question[2]\n"


def pieces(tex: str) -> list[Piece | SolutionMark]:
    """The pieces of a problem without parts that begins on line 2, those that are not text."""
    return [piece for piece in read(QUESTION + tex).parts[0].body if not isinstance(piece, Text)]


def option(key: str, latex: str, line: int, correct: bool | None = None) -> OptionText:
    text = Text(latex, tuple(range(line, line + latex.count("\n") + 1)))
    return OptionText(key, text, correct, (text,))


@pytest.mark.parametrize(
    ("tex", "blank"),
    [
        (r"\blank{x}", Blank("a1", 2, AnswerRef("x"), anchored=True)),
        (r"so $x = \blank{x}$", Blank("a1", 2, AnswerRef("x"))),
        (r"$\blank{p[2]}$", Blank("a1", 2, AnswerRef("p", (2,)))),
        (r"$\blank{ M [1, 2] }$", Blank("a1", 2, AnswerRef("M", (1, 2)))),
        (r"$\blank[width=2cm, height=7mm]{x}$", Blank("a1", 2, AnswerRef("x"), width="2cm", height="7mm")),
        (r"\blank[label=$f(1,2)=$]{x}", Blank("a1", 2, AnswerRef("x"), label="$f(1,2)=$", anchored=True)),
        (r"It is \fillin[42].", Blank("a1", 2, None, literal="42")),
        (r"It is \fillin[$\frac{1}{2}$][3cm].", Blank("a1", 2, None, literal=r"$\frac{1}{2}$", width="3cm")),
        (r"So \answerline[$x = 2$]", Blank("a1", 2, None, literal="$x = 2$")),
    ],
)
def test_a_blank(tex: str, blank: Blank) -> None:
    assert pieces(tex) == [blank]


@pytest.mark.parametrize(
    ("tex", "answer", "literal"),
    [(r"\truefalse{t}", "t", None), (r"\truefalse{true}", None, True), (r"\truefalse{ false }", None, False)],
)
def test_a_true_false(tex: str, answer: str | None, literal: bool | None) -> None:
    assert pieces(tex) == [TrueFalse("a1", 2, answer, literal)]


@pytest.mark.parametrize(
    ("tex", "work"),
    [
        (r"\begin{work}[5cm, answer=proof]\end{work}", Work("a1", 2, "5cm", answer="proof")),
        (r"\begin{work}[answer=proof, height=2in] \end{work}", Work("a1", 2, "2in", answer="proof")),
        (
            "\\begin{work}[5cm] %\n  \\blank[label=$x$]{x}\n\n  \\blank{v[1]}\n\\end{work}",
            Work(
                "a1",
                2,
                "5cm",
                (
                    Blank("a2", 3, AnswerRef("x"), label="$x$", anchored=True),
                    Blank("a3", 5, AnswerRef("v", (1,)), anchored=True),
                ),
            ),
        ),
    ],
)
def test_a_work_box(tex: str, work: Work) -> None:
    assert pieces(tex) == [work]


@pytest.mark.parametrize(
    ("environment", "pieces_"),
    [
        ("\\begin{solution}x\\end{solution}", [SolutionMark(0)]),
        (
            "\\begin{solution}[5cm]x\\end{solution}",
            [Work("a1", 2, "5cm", framed=False, solution=0), SolutionMark(0)],
        ),
        (
            "\\begin{solutionorbox}[5cm]\nx\n\\end{solutionorbox}",
            [Work("a1", 2, "5cm", framed=True, solution=0), SolutionMark(0)],
        ),
        (
            "\\begin{solutionbox}{5cm}x\\end{solutionbox}",
            [Work("a1", 2, "5cm", framed=True, solution=0), SolutionMark(0)],
        ),
    ],
)
def test_a_solution_leaves_its_mark_and_with_a_height_a_place_to_work_in(environment: str, pieces_: object) -> None:
    assert pieces(environment) == pieces_


@pytest.mark.parametrize(
    ("begin", "multiple", "columns", "fixed"),
    [
        (r"\begin{choices}", False, 1, False),
        (r"\begin{oneparchoices}", False, 0, False),
        (r"\begin{checkboxes}", True, 1, False),
        (r"\begin{oneparcheckboxes}", True, 0, False),
        (r"\begin{choices}[columns=2]", False, 2, False),
        (r"\begin{choices}[inline]", False, 0, False),
        (r"\begin{checkboxes}[fixed, columns=3]", True, 3, True),
    ],
)
def test_a_static_choice(begin: str, multiple: bool, columns: int, fixed: bool) -> None:
    end = begin.split("[")[0].replace("begin", "end")
    tex = f"{begin}\n  \\choice one\n  \\CorrectChoice two,\n  in two lines\n  \\choice{{}} three{end}"
    options = (
        option("1", "one\n  ", 3, False),
        option("2", "two,\n  in two lines\n  ", 4, True),
        option("3", "{} three", 6, False),
    )
    assert pieces(tex) == [Choice("a1", 2, None, multiple, columns, options, 4, fixed)]


def test_both_spellings_of_the_exam_class_mark_the_right_options() -> None:
    [choice] = pieces(r"\begin{checkboxes} \CorrectChoice a \correctchoice b \choice c \end{checkboxes}")
    assert [option.correct for option in choice.options] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("None of the above", "*"),
        ("none of these.", "*"),
        ("All of the above", "+"),
        ("All of these are right", "+"),
        ("[*] Nothing fits", "*"),
        ("[+] Everything fits", "+"),
        ("Nonesuch of the above", "1"),
        ("None of the vectors", "1"),
        ("[x] in brackets", "1"),
    ],
)
def test_none_and_all_of_the_above_are_known_by_their_words_or_keys(text: str, key: str) -> None:
    [choice] = pieces(rf"\begin{{choices}} \choice {text} \CorrectChoice two \end{{choices}}")
    assert [option.key for option in choice.options] == [key, "2"]


def test_a_choice_that_problem_py_answers_has_keys() -> None:
    tex = (
        "\\begin{checkboxes}[must, count=3]\n\\choice[e] $e$\n\\choice [x e] $xe$\n\\choice[*] None\n\\end{checkboxes}"
    )
    options = (option("e", " $e$\n", 3), option("x e", " $xe$\n", 4), option("*", " None\n", 5))
    assert pieces(tex) == [Choice("a1", 2, "must", True, 1, options, 3, False)]


def test_a_choice_made_from_values_has_no_texts_or_only_pinned_ones() -> None:
    assert pieces(r"\begin{choices}[v]  \end{choices}") == [Choice("a1", 2, "v", False, 1, (), 4, False)]
    assert pieces(r"\begin{choices}[v]\choice[*] None\end{choices}") == [
        Choice("a1", 2, "v", False, 1, (option("*", " None", 2),), 4, False)
    ]


def test_a_picture() -> None:
    assert pieces(r"\begin{center}\includegraphics[width=3cm, angle=9]{plot.pdf}\end{center}\includegraphics{b}") == [
        Picture(2, "plot.pdf", "width=3cm, angle=9"),
        Picture(2, "b", ""),
    ]


LENGTH = "Write a positive TeX length such as 5cm, 40mm or 2in."
INSIDE = "Put it before or behind the list."


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        (r"\blank[5cm]{x}", "'5cm' says nothing to a blank.\n  Known: label=, width=, height=."),
        (r"\blank[with=5cm]{x}", "There is no option 'with' here.\n  Did you mean 'width'?"),
        (r"\blank[width=5]{x}", f"'5' is not a length.\n  {LENGTH}"),
        (r"\blank{}", "'' does not name an answer.\n  Write \\blank{name} or \\blank{name[1]}."),
        (r"\blank{2x}", "'2x' does not name an answer.\n  Write \\blank{name} or \\blank{name[1]}."),
        (r"\blank{p[i]}", "'p[i]' does not name an answer.\n  Write \\blank{name} or \\blank{name[1]}."),
        (r"\blank{p[0]}", "'p[0]' counts from 0.\n  Entries count from 1, as in mathematics."),
        (r"\fillin", "\\fillin has no answer.\n  Write it as \\fillin[answer]."),
        (r"\fillin{42}", "\\fillin has no answer.\n  Write it as \\fillin[answer]."),
        (r"\fillin[][2cm]", "\\fillin has no answer.\n  Write it as \\fillin[answer]."),
        (r"\fillin[42][wide]", f"'wide' is not a length.\n  {LENGTH}"),
        (r"\answerline", "\\answerline has no answer.\n  Write it as \\answerline[answer]."),
        (
            r"\truefalse{no way}",
            "'no way' does not name an answer.\n  Write \\truefalse{name}, {true} or {false}.",
        ),
        (r"\begin{work}\blank{x}\end{work}", f"A length is missing.\n  {LENGTH}"),
        (r"\begin{work}[5]\blank{x}\end{work}", f"'5' is not a length.\n  {LENGTH}"),
        (
            r"\begin{work}[5cm, 4cm]\blank{x}\end{work}",
            "'4cm' says nothing to a work box.\n  Known: a height, answer=.",
        ),
        (
            r"\begin{work}[height=5cm, 4cm]\blank{x}\end{work}",
            "'5cm' says nothing to a work box.\n  Known: a height, answer=.",
        ),
        (
            r"\begin{work}[5cm]\end{work}",
            "The work box has no answer.\n"
            "  In a problem without solve write \\begin{solution}[3cm] ... \\end{solution} in its place, or "
            "solutionorbox. With solve name the answer, as in \\begin{work}[5cm, answer=proof], or put a labelled "
            "\\blank in the box.",
        ),
        (
            r"\begin{work}[5cm, answer=p]\blank{x}\end{work}",
            "The work box has an answer and blanks.\n  Drop answer=; the blanks have the answers.",
        ),
        (r"\begin{work}[5cm] x \end{work}", "A work box holds blanks only.\n  Put the text before \\begin{work}."),
        (r"\begin{solution}[0cm]x\end{solution}", f"'0cm' is not a length.\n  {LENGTH}"),
        (r"\begin{solutionorbox}x\end{solutionorbox}", f"A length is missing.\n  {LENGTH}"),
        (r"\begin{solutionorbox}[\stretch{1}]x\end{solutionorbox}", f"'\\stretch{{1}}' is not a length.\n  {LENGTH}"),
        (
            r"\begin{choices}\end{choices}",
            "The choice has no options.\n  Write \\choice texts, or name an answer in brackets.",
        ),
        (
            r"\begin{choices}\choice a\end{choices}",
            "No option is correct.\n  Mark the right one with \\CorrectChoice.",
        ),
        (
            r"\begin{choices}\CorrectChoice a\CorrectChoice b\end{choices}",
            "2 options are correct in a single choice.\n  Keep one \\CorrectChoice, or write checkboxes.",
        ),
        (
            r"\begin{choices} x \CorrectChoice a\end{choices}",
            "There is text before the first \\choice.\n  Put it before the list.",
        ),
        (
            r"\begin{choices}\CorrectChoice None of these\choice None of the above\end{choices}",
            "Two options have the key '*'.\n  Give each option a key of its own.",
        ),
        (
            r"\begin{choices}[v]\choice[a] a\choice b\end{choices}",
            "Option 2 has no key.\n  Write \\choice[key] text; problem.py tells which keys are right.",
        ),
        (
            r"\begin{choices}[v]\choice[a] a\choice[a] b\end{choices}",
            "Two options have the key 'a'.\n  Give each option a key of its own.",
        ),
        (
            r"\begin{choices}[v]\choice[a] a\CorrectChoice[b] b\end{choices}",
            "Option 2 is marked as right, but problem.py tells which options are.\n  Write \\choice[key].",
        ),
        (
            r"\begin{choices}[v, w]\end{choices}",
            "'v, w' does not name an answer.\n  Known: one answer's name, columns=, count=, inline, fixed.",
        ),
        (
            r"\begin{choices}[a b]\end{choices}",
            "'a b' does not name an answer.\n  Known: one answer's name, columns=, count=, inline, fixed.",
        ),
        (
            r"\begin{choices}[v, columns=0]\end{choices}",
            "columns=0 is not a whole number from 1.\n  Write columns=2, say.",
        ),
        (
            r"\begin{choices}[v, count=many]\end{choices}",
            "count=many is not a whole number from 1.\n  Write count=2, say.",
        ),
        (r"\begin{choices}[v, colums=2]\end{choices}", "There is no option 'colums' here.\n  Did you mean 'columns'?"),
        (
            r"\begin{choices}[v, fixed]\choice[*] None\end{choices}",
            "Options made by problem.py have no order to keep.\n  Drop fixed.",
        ),
    ],
)
def test_what_no_response_can_be_is_told_at_its_line(tex: str, told: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read(QUESTION + tex)
    assert faults(caught.value) == [f"problem.tex:2: {told}"]


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        (r"$\fillin[x]$", r"\fillin"),
        (r"\truefalse{t}", r"\truefalse"),
        (r"\textbf{\includegraphics{plot}}", r"\includegraphics"),
        (r"\begin{work}[3cm, answer=x]\end{work}", r"\begin{work}"),
        (r"\begin{choices}\CorrectChoice x\end{choices}", r"\begin{choices}"),
        (r"\begin{solution}secret\end{solution}", r"\begin{solution}"),
        (r"\begin{solutionorbox}[3cm]secret\end{solutionorbox}", r"\begin{solutionorbox}"),
    ],
)
def test_an_option_holds_words_and_blanks_only(inside: str, name: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read(QUESTION + f"\\begin{{checkboxes}}\n\\CorrectChoice a\n\\choice {inside}\n\\end{{checkboxes}}")
    assert faults(caught.value) == [f"problem.tex:4: {name} stands inside an option.\n  {INSIDE}"]


def test_an_option_may_hold_blanks_of_its_own() -> None:
    [choice] = pieces("\\begin{choices}[w]\n\\choice[a] it is\n\\textbf{\\blank{x}}\n\\choice[b] b\n\\end{choices}")
    first, second = choice.options
    assert first.pieces == (
        Text(" it is\n\\textbf{", (3, 4)),
        Blank("a2", 4, AnswerRef("x"), in_option=True),
        Text("}\n", (4, 5)),
    )
    assert first.text == Text(" it is\n\\textbf{\\blank{x}}\n", (3, 4, 5))
    assert second == option("b", " b\n", 5)


def test_an_option_in_a_list_of_another_kind_is_told() -> None:
    tex = "\\begin{choices}\\CorrectChoice a\n\\begin{itemize}\\choice b\\end{itemize}\\end{choices}"
    with pytest.raises(ExceptionGroup) as caught:
        read(QUESTION + tex)
    assert faults(caught.value) == [
        "problem.tex:3: \\choice is not read here.\n"
        "  Keep it directly in its own list (parts, subparts, choices or checkboxes)."
    ]
