"""What the tool itself prints on paper: templates/words.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from m4ml_exams.answers import Answer, Rubric, rule_of
from m4ml_exams.course import Course, read_toml
from m4ml_exams.errors import M4mlError, Place, UsageError
from m4ml_exams.latex import escape, show
from m4ml_exams.model import Column, Latex

FILE = "words.toml"


@dataclass(frozen=True)
class Words:
    """The sentences, as LaTeX.

    Attributes:
        paper: words of the papers by name.
        rules: for graders, what else is accepted, by kind of rule.
        grid: heads of the columns of grids, by key.
        report: words of report.html by name, plain text.
        place: the file that they come from.
    """

    paper: Mapping[str, Latex]
    rules: Mapping[str, str]
    grid: Mapping[str, Latex]
    report: Mapping[str, str]
    place: Place

    def head(self, column: Column) -> Latex:
        """What stands above a column of a grid: words of its own, those of its key, or the key itself."""
        return Latex(column.words) if column.words is not None else self.grid.get(column.key, Latex(escape(column.key)))

    def rule(self, answer: Answer) -> Latex | None:
        """What is accepted besides the printed answer; None when there is nothing else."""
        rule = rule_of(answer)
        if rule is None or isinstance(answer, Rubric):
            return None
        kind, values = rule
        return self.filled("rules", kind, {name: show(value) for name, value in values.items()})

    def filled(self, table: str, name: str, values: Mapping[str, Any]) -> Latex:
        """A sentence with its ``{names}`` filled in; raises UsageError when the sentence or a name is missing."""
        try:
            return Latex(_filled((self.rules if table == "rules" else self.paper)[name], values))
        except KeyError as error:
            remedy = f"Compare [{table}] of {FILE} with the shipped file."
            raise _missing(f"The words {table}.{name} lack {error}.", remedy, self.place) from None


def _filled(sentence: str, values: Mapping[str, Any]) -> str:
    for name, value in values.items():
        sentence = sentence.replace(f"{{{name}}}", str(value))
    return sentence


def _missing(what: str, remedy: str, place: Place) -> M4mlError:
    return UsageError(what, remedy, place)


def _refuse_no_words(found: Mapping[str, Any], path: Path) -> None:
    """Raise UsageError where a table is none, a sentence is no string, or there are not twelve months."""
    for table in ("paper", "rules", "grid"):
        sentences = found.get(table, {})
        if not isinstance(sentences, dict):
            raise UsageError(f"'{table}' is not a table of words.", f"Write it as a line: [{table}]", Place(path))
        for name, text in sentences.items():
            if not isinstance(text, str):
                remedy = f'Write {name} = "..." under [{table}], as in the shipped {FILE}.'
                raise UsageError(f"The words {table}.{name} are no string.", remedy, Place(path))
    months = found.get("paper", {}).get("months")
    if months is not None and len(months.split()) != 12:
        remedy = "Write the names of the twelve months, with blanks between them."
        raise UsageError(f"The words paper.months are {len(months.split())} words.", remedy, Place(path))


def load_words(course: Course) -> Words:
    """The words of a course; what its own file leaves out comes from the shipped one.

    Raises:
        UsageError: a file is malformed.
    """
    tables: dict[str, dict[str, str]] = {"paper": {}, "rules": {}, "grid": {}, "report": {}}
    for folder in reversed(course.template_folders):
        path = folder / FILE
        if not path.is_file():
            continue
        try:
            found = read_toml(path)
        except ValueError as error:
            raise UsageError(f"The words do not read: {error}.", "Mend the TOML.", Place(path)) from None
        _refuse_no_words(found, path)
        for table, sentences in tables.items():
            sentences.update(found.get(table, {}))
    paper = {name: Latex(text) for name, text in tables["paper"].items()}
    grid = {key: Latex(text) for key, text in tables["grid"].items()}
    return Words(paper, tables["rules"], grid, tables["report"], Place(course.template(FILE)))
