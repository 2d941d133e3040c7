"""What pylatexenc must know of the exam class and of our own responses to parse a problem's words."""

from __future__ import annotations

from functools import cache
from typing import Any

from pylatexenc.latexwalker import get_default_latex_context_db
from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

from m4ml_exams.problem_text.source import SOLUTION_MARK

UNSUPPORTED_MACROS = {
    "question": "Keep one question per folder; exam files put problems together.",
    "droppoints": "Points stand after their label in all papers; delete it.",
    "bonuspart": "Write \\part and set bonus = true on the entry of the exam file.",
    "bonusquestion": "Write \\question and set bonus = true on the entry of the exam file.",
    "titledquestion": "Write \\question; the title stands in META.",
    "subsubpart": "Points nest one level below the lettered part at most; write \\subpart.",
    "fillwithlines": "Write \\begin{work}[5cm, answer=...].",
    "fillwithdottedlines": "Write \\begin{work}[5cm, answer=...].",
    "fillwithgrid": "Write \\begin{work}[5cm, answer=...].",
    "makeemptybox": "Write \\begin{work}[5cm, answer=...].",
    "answerlines": "Write \\answerline[x] or \\blank{...}.",
}
"""Macros of the exam class that would be set, but not keyed or measured, with what to write instead."""

UNSUPPORTED_ENVIRONMENTS = {
    "questions": "The exam file makes the list of questions; keep one question per folder and drop this line.",
    "solutionorlines": "Write solutionorbox.",
    "solutionordottedlines": "Write solutionorbox.",
    "solutionorgrid": "Write solutionorbox.",
    "subsubparts": "Points nest one level below the lettered part at most; write subparts.",
    "EnvFullwidth": "Drop it; the statement has the full width already.",
}
"""Environments of the exam class that are not read, with what to write instead."""

CHOICE_ENVIRONMENTS = {
    "choices": (False, 1),
    "oneparchoices": (False, 0),
    "checkboxes": (True, 1),
    "oneparcheckboxes": (True, 0),
}
"""Environment -> (several may be right, options per row; 0 for all in one line)."""

PIECE_ENVIRONMENTS = ("work", "grid", "optionlist", "sketch", "givens", *CHOICE_ENVIRONMENTS)
"""Environments that are cut out of the text as pieces of their own."""

PIECE_MACROS = (
    *("blank", "fillin", "answerline", "truefalse", "includegraphics", SOLUTION_MARK),
    *("pick", "restate", "followthrough"),
)
"""Macros that are cut out of the text as pieces of their own."""

OPTION_MACROS = ("choice", "CorrectChoice", "correctchoice")
"""Macros that begin an option; the exam class knows both spellings."""


class _Context(LatexContextDb):  # type: ignore[misc]
    """pylatexenc's database, which looks for specials (``~``, ``--``) only where one can begin."""

    @classmethod
    def default(cls) -> _Context:
        """pylatexenc's own macros, environments and specials."""
        database = cls()
        database.__dict__.update(get_default_latex_context_db().__dict__)
        database.beginnings = frozenset(spec.specials_chars[0] for spec in database.iter_specials_specs())
        return database

    def test_for_specials(self, s: str, pos: int, parsing_state: Any = None) -> Any:
        """The special that stands there; None when there is none."""
        return super().test_for_specials(s, pos, parsing_state) if s[pos : pos + 1] in self.beginnings else None


@cache
def context() -> LatexContextDb:
    """The macros with arguments that the reader follows, on top of pylatexenc's own list."""
    macros = [
        MacroSpec("part", "["),
        MacroSpec("subpart", "["),
        MacroSpec("question", "["),
        *(MacroSpec(name, "") for name in OPTION_MACROS),
        MacroSpec("blank", "[{"),
        MacroSpec("truefalse", "{"),
        MacroSpec("row", "{"),
        MacroSpec("samplerow", "["),
        MacroSpec("pick", "{{"),
        MacroSpec("restate", ""),
        MacroSpec("followthrough", "{"),
        MacroSpec("fillin", "[["),
        MacroSpec("answerline", "["),
        MacroSpec("includegraphics", "*[{"),
        MacroSpec(SOLUTION_MARK, "{{{"),
    ]
    environments = [
        EnvironmentSpec("parts", ""),
        EnvironmentSpec("subparts", ""),
        EnvironmentSpec("work", "["),
        EnvironmentSpec("givens", ""),
        *(EnvironmentSpec(name, "[") for name in ("grid", "optionlist", "sketch")),
        *(EnvironmentSpec(name, "[") for name in CHOICE_ENVIRONMENTS),
    ]
    database = _Context.default()
    database.add_context_category("m4ml", macros=macros, environments=environments, prepend=True)
    return database
