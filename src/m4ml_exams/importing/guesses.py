"""Titles, names and the facts of an exam, guessed from its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from m4ml_exams.importing.preamble import Statement

_MATH = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|\\\[.*?\\\]|\\\(.*?\\\)", re.DOTALL)
_MARKUP = re.compile(
    r"\\(?:begin|end|(?:eq|page)?ref|label|includegraphics|hspace|vspace)\*?(?:\[[^\]]*\])?\{[^{}]*\}|\\\\"
)
_ASIDE = re.compile(
    r"\\begin\s*\{(?P<name>solution\w*|choices|checkboxes|onepar\w+|figure|tikzpicture|tabular)\}.*?"
    r"\\end\s*\{(?P=name)\}"
    r"|\\ifprintanswers.*?\\fi(?![a-z])",
    re.DOTALL,
)
"""What a title is not made from."""

_MACRO = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])*|\\.|[{}~^_&%#]")
_SMALL = re.compile(
    r"a|an|and|are|as|at|be|below|by|consider|each|find|following|for|from|given|has|have|if|in|is|it|"
    r"its|let|not|of|on|or|shown|suppose|that|the|their|then|these|this|to|two|we|which|where|with|you|your|compute"
)
_KIND = re.compile(
    r"\b(?:(?:First|Second|Third|Final|Midterm|Practice|Sample|Mock)\s+)?"
    r"(?:Midterm|Final|Exam(?:ination)?|Quiz|Test|Homework|Worksheet)\b(?:\s+(?:Exam(?:ination)?|Quiz|Test)\b)?"
    r"(?:\s+(?:\#\s*)?(?:\d+|I{1,3}|IV|[A-C])\b)?",
    re.IGNORECASE,
)
_COURSE = re.compile(r"\b[A-Z]{2,5}[ ~-]?\d{2,4}[A-Z]?\b")
_COURSE_LINE = re.compile(
    r"(?!(?:Midterm|Final|Exam|Quiz|Test|Homework|Worksheet|Page|Question|Problem|Part|Section|Room|Version|Form|Total|"
    r"Fall|Spring|Winter|Summer|Autumn|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b)([A-Z][A-Za-z]{1,11}[ ~-]?\d{2,4}[A-Z]?)(?:\s*(?::|,|-+)\s.*)?"
)
"""A line, or an argument of a header, that begins with a course such as Math 217: Linear Algebra."""

_TERM = re.compile(r"\b(?:Fall|Spring|Winter|Summer|Autumn)\s+(?:19|20)\d\d\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:{_MONTHS})\s+\d{{1,2}},?\s+(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")
_MINUTES = re.compile(r"\b(\d{2,3})[\s~-]*min(?:ute)?s?\b", re.IGNORECASE)
_NAMED = {
    "title": ("examnum", "examname", "examtitle", "exam"),
    "course": ("class", "course", "coursename", "classname"),
    "term": ("term", "semester"),
    "date": ("examdate", "date"),
}
"""Fact -> macros that old templates keep it in."""

FACT_MACROS = tuple(f"\\{name}" for names in (*_NAMED.values(), ("timelimit", "examlength")) for name in names)
"""Macros that say something of one exam, not of its course."""


@dataclass(frozen=True)
class Facts:
    """What an exam file asks for; ``unknown`` names those that nothing told: empty, a title the file's name."""

    title: str
    course: str
    term: str
    date: str
    minutes: int | None
    paper: str
    unknown: tuple[str, ...]


def exam_facts(path: Path, masked: str, outside: str, found: Sequence[Statement]) -> Facts:
    """Guess the facts of an exam.

    Args:
        path: the old file.
        masked: its text without comments.
        outside: the text that stands outside of its questions.
        found: its definitions.
    """
    named = {each.name.lstrip("\\"): plain(_body(each.text)) for each in found if each.kind in ("newcommand", "def")}
    words = re.sub(r"\\(?:documentclass|usepackage)(?:\[[^\]]*\])?\{[^{}]*\}", " ", outside)
    words = plain(words)
    title = re.search(r"\\title\s*\{((?:[^{}]|\{[^{}]*\})*)\}", masked)
    guesses = {
        "title": plain(title[1]) if title else _first(_KIND, words),
        "course": _first(_COURSE, words) or _course_line(outside),
        "term": _first(_TERM, words),
        "date": _first(_DATE, words),
    }
    for fact, names in _NAMED.items():
        guesses[fact] = next((named[name] for name in names if named.get(name)), guesses[fact])
    unknown = tuple(fact for fact, guess in guesses.items() if not guess)
    guesses["title"] = guesses["title"] or path.stem.replace("-", " ").replace("_", " ") or "Exam"
    minutes = _MINUTES.search(words) or _MINUTES.search(" ".join(named.values()))
    a4 = re.search(r"\\documentclass\s*\[[^\]]*a4paper", masked)
    return Facts(
        **guesses, minutes=int(minutes[1]) if minutes else None, paper="a4" if a4 else "letter", unknown=unknown
    )


def _body(definition: str) -> str:
    match = re.search(r"\{((?:[^{}]|\{[^{}]*\})*)\}$", definition)
    return match[1] if match else ""


def _course_line(outside: str) -> str:
    lines = (plain(line) for line in re.split(r"[\n{}]|\\\\", outside))
    return next((found[1] for line in lines if (found := _COURSE_LINE.fullmatch(line))), "")


def _first(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words)
    return match[0] if match else ""


def plain(latex: str) -> str:
    """The words of a piece of LaTeX without formulas and markup."""
    text = re.sub(r"(?<!\\)%.*", " ", latex)
    return " ".join(_MACRO.sub(" ", _MARKUP.sub(" ", _MATH.sub(" ", text))).split())


def title_of(latex: str, number: int) -> str:
    """A title for a question: the first words that say something, without formulas."""
    asked = _ASIDE.sub(" ", latex)
    lead = re.split(r"\\begin\s*\{parts\}", asked)[0]
    latex = lead if len(plain(lead).split()) > 2 else asked
    bold = re.match(r"\s*\\(?:textbf|textsc|emph)\s*\{([^{}]{3,60})\}", latex)
    text = plain(bold[1] if bold else latex)
    for sentence in re.split(r"(?:(?<=[a-z]{2})|(?<=\s))[.:?!](?:\s|$)", text):
        words = _trimmed([word for word in sentence.split() if re.search(r"\w", word)][:9])
        if len(words) > 1:
            title = " ".join(words)[:70].strip(" .,;:(")
            return title[:1].upper() + title[1:]
    return f"Question {number}"


def _trimmed(words: list[str]) -> list[str]:
    """The words without small ones at both ends."""
    small = [bool(_SMALL.fullmatch(word.strip(",;:()").lower())) for word in words]
    if all(small):
        return []
    return words[small.index(False) : len(small) - small[::-1].index(False)]


def slug(text: str, most: int = 4) -> str:
    """A name for a folder: the first words that say something; empty when there are none."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", ascii_) if not _SMALL.fullmatch(word) and len(word) > 1]
    return "-".join(words[:most])


def free_name(wanted: str, taken: Container[str]) -> str:
    """The name, with a number when it is taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
