"""The words of the exam class that an import follows, on top of those of our own problems."""

from __future__ import annotations

from functools import cache

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode, get_default_latex_context_db
from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

from m4ml_exams.problem_text import grammar

QUESTIONS = ("question", "bonusquestion", "titledquestion", "bonustitledquestion")
PARTS = {"parts": ("part", "bonuspart"), "subparts": ("subpart", "bonussubpart")}
"""List -> the macros that begin one of its pieces."""

SUBSUBPARTS = ("subsubpart", "bonussubsubpart")
SOLUTIONS = ("solution", "solutionorbox", "solutionbox")
LINED_SOLUTIONS = ("solutionorlines", "solutionordottedlines", "solutionorgrid")
LINES = ("fillwithlines", "fillwithdottedlines", "fillwithgrid", "makeemptybox", "answerlines")
SPACES = ("vspace", "vfill", *LINES)
"""Room to write that has no answer of its own."""

PAGE_BREAKS = ("newpage", "clearpage", "cleardoublepage", "pagebreak")
ACROSS = ("uplevel", "fullwidth")
ACROSS_ENVIRONMENTS = ("EnvUplevel", "EnvFullwidth")
HEADINGS = ("section", "subsection")
SETTINGS = (
    "droppoints", "addpoints", "noaddpoints", "printanswers", "noprintanswers", "gradetable", "bonusgradetable",
    "pointtable", "pointsinmargin", "nopointsinmargin", "pointsinrightmargin", "bracketedpoints", "boxedpoints",
    "noboxedpoints", "nobracketedpoints", "nopagebreak", "qformat", "stepcounter",
)  # fmt: skip
"""What an exam file or template says here; it goes."""

RESPONSES = ("blank", "fillin", "answerline", "truefalse")


@cache
def context() -> LatexContextDb:
    """The macros with arguments of an exam-class file."""
    macros = [
        *(MacroSpec(name, "[") for names in PARTS.values() for name in names),
        *(MacroSpec(name, "[") for name in (*SUBSUBPARTS, "question", "bonusquestion", "pagebreak", "answerline")),
        *(MacroSpec(name, "{[") for name in ("titledquestion", "bonustitledquestion")),
        *(MacroSpec(name, "{") for name in (*ACROSS, *LINES[:4], "underline")),
        MacroSpec("caption", "*[{"),
        *(MacroSpec(name, "*[{") for name in (*HEADINGS, "includegraphics")),
        *(MacroSpec(name, "") for name in grammar.OPTION_MACROS),
        *(MacroSpec(name, "") for name in ("vfill", "newpage", "clearpage", "droppoints", "answerlines")),
        MacroSpec("gradetable", "[["),
        MacroSpec("bonusgradetable", "[["),
        MacroSpec("pointtable", "[["),
        MacroSpec("vspace", "*{"),
        MacroSpec("fillin", "[["),
    ]
    environments = [
        *(EnvironmentSpec(name, "[") for name in (*SOLUTIONS[:2], *LINED_SOLUTIONS, "figure")),
        EnvironmentSpec("solutionbox", "{"),
        *(EnvironmentSpec(name, "") for name in (*PARTS, "subsubparts", *ACROSS_ENVIRONMENTS)),
        *(EnvironmentSpec(name, "") for name in grammar.CHOICE_ENVIRONMENTS),
    ]
    database = get_default_latex_context_db()
    database.add_context_category("exam class", macros=macros, environments=environments, prepend=True)
    return database


def name_of(node: object) -> str:
    """The name of a macro or environment; empty for text."""
    if isinstance(node, LatexEnvironmentNode | LatexMacroNode):
        return str(getattr(node, "environmentname", None) or getattr(node, "macroname", ""))
    return ""


def is_environment(node: object, *names: str) -> bool:
    """Whether the node is an environment of one of the names."""
    return isinstance(node, LatexEnvironmentNode) and node.environmentname in names


def is_macro(node: object, *names: str) -> bool:
    """Whether the node is a macro of one of the names."""
    return isinstance(node, LatexMacroNode) and node.macroname in names
