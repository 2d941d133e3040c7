"""Comments go, tags and verbatim text stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.errors import ProblemError
from m4ml_exams.latex import strip_comments
from m4ml_exams.latex.source import check_tags

NAMES = [
    "%",
    "\\",
    "{",
    "}",
    "|",
    "\n",
    " ",
    "a",
    r"\verb",
    r"\VAR{n % 2}",
    r"\begin{verbatim}",
    r"\end{verbatim}",
    "'",
]


@pytest.mark.parametrize(
    ("source", "stripped"),
    [
        ("foo % c", "foo %"),
        ("foo% c\nbar", "foo%\nbar"),
        ("% only\nbar", "%\nbar"),
        ("  \t% only\nbar", "%\nbar"),
        (r"50\% of", r"50\% of"),
        (r"a \\% c", r"a \\%"),
        (r"a \\\% c", r"a \\\% c"),
        ("a % b % c", "a %"),
        ("a\r\nb % c\r\n", "a\nb %\n"),
        (r"\VAR{n % 2} % c", r"\VAR{n % 2} %"),
        ("\\BLOCK{if n % 2\n  == '%}'} % c", "\\BLOCK{if n % 2\n  == '%}'} %"),
        (r"% \BLOCK{if n}", "%"),
        (r"\VAR{ {'a': {'b': n % 2}}['a'] } % c", r"\VAR{ {'a': {'b': n % 2}}['a'] } %"),
        ("\\begin{verbatim}\n % kept\n\\end{verbatim} % c", "\\begin{verbatim}\n % kept\n\\end{verbatim} %"),
        (
            "\\begin{lstlisting}[language=C]\nx % y\n\\end{lstlisting}",
            "\\begin{lstlisting}[language=C]\nx % y\n\\end{lstlisting}",
        ),
        ("\\begin{Verbatim}\n% k\n\\end{Verbatim}% c", "\\begin{Verbatim}\n% k\n\\end{Verbatim}%"),
        (r"\verb|%| % c", r"\verb|%| %"),
        (r"\verb*+%+% c", r"\verb*+%+%"),
        (r"\verb|\VAR{a|tex}%| % c", r"\verb|\VAR{a|tex}%| %"),
        (r"\lstinline|x % y| % c", r"\lstinline|x % y| %"),
        (r"\lstinline[style=a]{x % {y}} % c", r"\lstinline[style=a]{x % {y}} %"),
        (r"\url{http://a/%20b} % c", r"\url{http://a/%20b} %"),
        (r"\href{http://a/%20b}{text} % c", r"\href{http://a/%20b}{text} %"),
    ],
)
def test_comments_are_stripped(source: str, stripped: str) -> None:
    assert strip_comments(source) == stripped


@given(st.lists(st.sampled_from(NAMES)).map("".join))
def test_stripping_keeps_the_lines_and_ends_where_it_began(source: str) -> None:
    once = strip_comments(source)
    assert once.count("\n") == source.count("\n")
    assert strip_comments(once) == once


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("a\n\\VAR {n}", 2, r"A tag cannot be read: \VAR has no braces right after it, or they do not close."),
        ("\\BLOCK{if n", 1, r"A tag cannot be read: \BLOCK has no braces right after it, or they do not close."),
        ("\\VAR{it's}", 1, r"A tag cannot be read: \VAR has no braces right after it, or they do not close."),
        ("\n\n a \\\\VAR{n}", 3, r"A backslash stands right before \VAR."),
    ],
)
def test_what_only_looks_like_a_tag_is_refused(source: str, line: int, what: str) -> None:
    with pytest.raises(ProblemError) as caught:
        check_tags(source)
    assert caught.value.what == what
    assert caught.value.place.line == line


@pytest.mark.parametrize("source", [r"\VAR{n}", r"\\\VAR{n}", r"\VARIANCE", r"\BLOCKS{a}", r"\BLOCK{if '}'}"])
def test_tags_and_other_commands_pass(source: str) -> None:
    check_tags(source)
