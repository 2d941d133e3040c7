r"""What stands round each ``\VAR``: whether TeX would take only a part of the value, or bind it to its neighbours.

One walk from left to right over the author's source keeps a stack of open groups and, in each, how many arguments the
last command still waits for, whether it is mathematics, and what kind of thing came last.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from m4ml_exams.errors import Place, ProblemError
from m4ml_exams.latex import commands
from m4ml_exams.latex.source import TAG, VERBATIM


@dataclass(frozen=True)
class Spot:
    r"""The surroundings of one ``\VAR``.

    Attributes:
        verbatim: in verbatim text, where values are code.
        indent: the blanks before it on its line of verbatim text, when there is nothing else.
        braces: ``sure`` where the value is an argument without braces, ``maybe`` after an unknown command.
        optional: inside the brackets of an optional argument.
        before: what it follows in mathematics: ``+``, ``-``, ``*`` (product or function), ``/``, ``factor``, ``digit``.
        after: what follows it: ``^``, ``_``, ``!``, ``/``, ``factor`` (a product goes on).
    """

    verbatim: bool = False
    braces: str = ""
    optional: bool = False
    before: str = ""
    after: str = ""
    indent: str = ""


@dataclass
class _Group:
    opener: str
    math: bool
    is_factor: bool = False
    command: str = ""
    pending: int = 0
    sure: bool = False
    brackets: bool = False
    before: str = ""


_TOKEN = re.compile(
    rf"(?P<tag>{TAG.pattern})"
    rf"|(?P<verbatim>{VERBATIM.pattern})"
    r"|(?P<paragraph>[ \t]*\n[ \t]*\n\s*)"
    r"|(?P<skip>\s+|%[^\n]*\n[ \t]*|\\[,;:! >]|~)"
    r"|\\(?P<edge>begin|end)\s*\{(?P<environment>[^{}]*)\}"
    r"|\\(?P<command>[A-Za-z@]+)\*?"
    r"|(?P<math>\$\$?|\\[()\[\]])"
    r"|(?P<char>\\.|.)",
    re.DOTALL,
)
_AFTER_MATH = re.compile(
    r"(?:\s|\\[,;:! ])*"
    rf"(?:(?P<tag>{TAG.pattern})|(?P<mark>[!/])|(?P<letter>[A-Za-z0-9(])|\\(?P<command>[A-Za-z]+))"
)
_SCRIPT = re.compile(r"\s*([\^_])")
_SIGNED = re.compile(r"\|\s*signed\b")
_KEYWORD = re.compile(r"\s*(\w+)")


@dataclass
class _Walk:
    spots: dict[int, Spot] = field(default_factory=dict)
    stack: list[_Group] = field(default_factory=lambda: [_Group("", math=False)])
    branches: list[list[_Group]] = field(default_factory=list)

    @property
    def here(self) -> _Group:
        return self.stack[-1]


def spots(source: str) -> dict[int, Spot]:
    r"""The surroundings of each ``\VAR`` of a source without comments, by the offset of the tag.

    Raises:
        ProblemError: where a ``\BLOCK`` stands in the place of an argument; its place has the line.
    """
    walk = _Walk()
    for token in _TOKEN.finditer(source):
        _step(walk, token, source)
    return walk.spots


def _step(walk: _Walk, token: re.Match[str], source: str) -> None:
    if token["tag"]:
        _tag(walk, token, source)
    elif token["verbatim"]:
        inner = TAG.finditer(source, token.start(), token.end())
        walk.spots.update({tag.start(): _in_verbatim(source, tag) for tag in inner if tag["kind"] == "VAR"})
        walk.here.pending, walk.here.before = 0, ""
    elif token["paragraph"]:
        walk.here.pending, walk.here.before = 0, ""
        walk.here.math = walk.here.math and len(walk.stack) > 1
    elif token["edge"]:
        _environment(walk, token["edge"], token["environment"])
    elif token["command"]:
        _command(walk.here, token["command"])
    elif token["math"]:
        here = walk.here
        here.math = not here.math if "$" in token["math"] else token["math"] in (r"\(", r"\[")
        here.pending, here.before = 0, ""
    elif token["char"]:
        _character(walk, token["char"])


def _in_verbatim(source: str, tag: re.Match[str]) -> Spot:
    before = source[source.rfind("\n", 0, tag.start()) + 1 : tag.start()]
    return Spot(verbatim=True, indent=before if not before.strip() else "")


def _tag(walk: _Walk, token: re.Match[str], source: str) -> None:
    here = walk.here
    if token["kind"] == "VAR":
        braces = "" if not here.pending else "sure" if here.sure else "maybe"
        before = here.before if here.math and not braces else ""
        after = "" if braces else _after(source, token.end(), here.math)
        walk.spots[token.start()] = Spot(False, braces, here.opener == "[", before, after)
        _argument(here, "factor")
        return
    keyword = _KEYWORD.match(token["inside"])
    word = keyword[1] if keyword else ""
    if here.pending and here.sure and word in ("if", "for"):
        command = here.command if here.command in "^_" else "\\" + here.command
        raise ProblemError(
            rf"A \BLOCK stands where the argument of {command} is due.",
            "Put the whole argument in braces.",
            Place(line=source.count("\n", 0, token.start()) + 1),
        )
    if word == "if":
        walk.branches.append(copy.deepcopy(walk.stack))
    elif word in ("elif", "else") and walk.branches:
        walk.stack = copy.deepcopy(walk.branches[-1])
    elif word == "endif" and walk.branches:
        walk.branches.pop()
    if not here.sure:
        here.pending = 0


def _after(source: str, position: int, math: bool) -> str:
    script = _SCRIPT.match(source, position)
    if script:
        return script[1]
    found = _AFTER_MATH.match(source, position) if math else None
    if not found:
        return ""
    if found["tag"]:
        return "factor" if found["kind"] == "VAR" and not _SIGNED.search(found["inside"]) else ""
    if found["command"]:
        known = found["command"]
        return "factor" if known in commands.FACTORS | commands.PRODUCTS or known in ("left", "bigl", "Bigl") else ""
    return found["mark"] or "factor"


def _environment(walk: _Walk, edge: str, name: str) -> None:
    if edge == "begin":
        group = _Group(name, math=commands.is_math(name) or (walk.here.math and name != "minipage"), is_factor=True)
        group.pending, group.sure, group.brackets = commands.environment_arguments(name), True, True
        group.command = f"begin{{{name}}}"
        walk.here.pending = 0
        walk.stack.append(group)
    elif any(group.opener == name for group in walk.stack[1:]):
        while walk.here.opener != name:
            walk.stack.pop()
        walk.stack.pop()
        walk.here.before = "factor"


def _command(here: _Group, name: str) -> None:
    arity = commands.arguments(name)
    waits = here.pending and arity == 0 and name not in ("left", "right")
    if waits:
        _argument(here, "factor")
        return
    here.command, here.brackets = name, True
    here.pending, here.sure = (3, False) if arity is None else (arity, True)
    if name in commands.FUNCTIONS or name in commands.PRODUCTS:
        here.before = "*"
    elif name in ("pm", "mp"):
        here.before = "-"
    else:
        here.before = "factor" if arity == 0 and name in commands.FACTORS else ""


def _argument(here: _Group, kind: str) -> None:
    """Something of one kind stands here: the next argument of a command that waits, or a thing of its own."""
    here.brackets = False
    if not here.pending:
        here.before = kind
        return
    here.pending -= 1
    here.before = _made_by(here.command) if not (here.pending and here.sure) else ""


def _made_by(command: str) -> str:
    if command in ("^", "_") or command in commands.FACTORS:
        return "factor"
    return "*" if command in commands.FUNCTIONS else ""


def _character(walk: _Walk, char: str) -> None:
    here = walk.here
    if char == "{":
        argument = bool(here.pending)
        math = commands.math_within(here.command, here.math) if argument else here.math
        if argument:
            _argument(here, "")
        walk.stack.append(_Group("{", math, is_factor=not argument))
    elif char == "}":
        _close(walk, "{")
    elif char == "[" and here.brackets:
        walk.stack.append(_Group("[", here.math))
    elif char == "]" and here.opener == "[":
        _close(walk, "[")
        walk.here.brackets = True
    elif char in "^_":
        here.command, here.pending, here.sure, here.brackets, here.before = char, 1, True, False, ""
    elif char not in "'!" or here.pending:
        _argument(here, _kind(char, here.before))


def _close(walk: _Walk, opener: str) -> None:
    """Leave the innermost group that ``opener`` began, and what was left open in it."""
    if not any(group.opener == opener for group in walk.stack[1:]):
        return
    while walk.here.opener != opener:
        walk.stack.pop()
    closed = walk.stack.pop()
    if closed.is_factor:
        walk.here.before = "factor"


def _kind(char: str, before: str) -> str:
    if char in "+-/":
        return char
    if char == "*":
        return "*"
    if char.isdigit():
        return "digit"
    if char == "." and before == "digit":
        return ""
    return "factor" if char.isalpha() or char in (")", r"\}") else ""
