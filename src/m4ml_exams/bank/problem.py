"""One problem of the bank: its words, and its mathematics as functions whose arguments are filled by name."""

from __future__ import annotations

import ast
import hashlib
import inspect
import os
import re
import shlex
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from m4ml_exams import limits
from m4ml_exams.answers import Answer, AnswerError
from m4ml_exams.bank.asserted import values_asserted
from m4ml_exams.bank.meta import Meta, meta_faults
from m4ml_exams.bank.quoted import quoted
from m4ml_exams.errors import M4mlError, Place, ProblemError, did_you_mean, flatten, located
from m4ml_exams.limits import TooLongError, limited
from m4ml_exams.problem_text import Source, read_source

FUNCTIONS = ("draw", "show", "solve", "claims", "mistakes", "verify")
"""The functions that problem.py may define; any other name in it is the author's own business."""


@dataclass(frozen=True)
class Problem:
    """A problem, loaded.

    Attributes:
        name: its folder below the bank, such as ``eigen/stretch``.
        folder: where it lies.
        meta: what it says of itself.
        source: its words.
        functions: those of FUNCTIONS that problem.py defines; empty for a static problem.
        digests: SHA-256 of each file of the folder, by file name.
    """

    name: str
    folder: Path
    meta: Meta
    source: Source
    functions: Mapping[str, Callable[..., Any]]
    digests: Mapping[str, str]

    @property
    def static(self) -> bool:
        """True when there is no mathematics: problem.py is missing or gives only META."""
        return "draw" not in self.functions and "solve" not in self.functions

    @property
    def files(self) -> tuple[Path, ...]:
        """Those of problem.tex and problem.py that are there."""
        return tuple(self.folder / name for name in ("problem.tex", "problem.py") if name in self.digests)

    def call(self, function: str, names: Mapping[str, Any], seed: str | None = None) -> Any:
        """Call a function of problem.py, its arguments filled by name.

        Args:
            function: one of FUNCTIONS.
            names: values for its arguments, and others.
            seed: what brings this draw back, for the message of an assertion that fails.

        Raises:
            ProblemError: an argument has no value, or the function raised; the place is the author's line.
        """
        arguments = self._arguments(function, names)
        try:
            with limited(limits.SECONDS):
                return self.functions[function](**arguments)
        except (Exception, SystemExit) as error:
            raise _told(error, function, self.place(function), seed) from error

    def raises(self, function: str, names: Mapping[str, Any]) -> bool:
        """Whether a function of problem.py raises or returns something; quicker than :meth:`call` to tell what."""
        try:
            with limited(limits.SECONDS):
                return self.functions[function](**self._arguments(function, names)) is not None
        except (Exception, SystemExit):
            return True

    def _arguments(self, function: str, names: Mapping[str, Any]) -> dict[str, Any]:
        wanted = parameters_of(self.functions[function])
        for name, parameter in wanted.items():
            if name not in names and parameter.default is inspect.Parameter.empty:
                remedy = did_you_mean(name, names) or "Let draw return it."
                raise ProblemError(f"{function} asks for '{name}', which is not there.", remedy, self.place(function))
        return {name: quoted(names[name]) for name in wanted if name in names}

    def place(self, function: str) -> Place:
        """Where a function of problem.py begins."""
        code = self.functions[function].__code__
        return Place(Path(code.co_filename), code.co_firstlineno, self.name)


@lru_cache(maxsize=4096)
def parameters_of(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """The parameters of a function by name; looked up once: a check calls the same functions very often."""
    return inspect.signature(function).parameters


def _told(error: BaseException, function: str, place: Place, seed: str | None = None) -> BaseException:
    """The author's own exception as a fault at the author's line; faults of the library get that line too."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(place.path)]
    line = frames[-1].lineno if frames else place.line
    here = Place(place.path, line, place.problem)
    if isinstance(error, M4mlError | ExceptionGroup):
        if isinstance(error, AnswerError) and frames and (name := _name_at(frames[-1])):
            error.what = f"'{name}': {error.what}"
        try:
            with located(here):
                raise error
        except (M4mlError, ExceptionGroup) as filled:
            flatten(filled)
            return filled
    what, remedy = _in_words(error, function, frames[-1].line if frames else None)
    if isinstance(error, AssertionError) and function == "verify":
        remedy = f"{values_asserted(error, str(place.path))}{remedy}"
        if seed is not None:
            command = f"'m4ml show {place.problem} --seed {shlex.quote(seed)}'"
            remedy = remedy.replace("m4ml show with this seed", command)
    return ProblemError(what, remedy, here)


def _name_at(frame: traceback.FrameSummary) -> str | None:
    """What the value that a line was making is called: its key in a dict, or the name or keyword that it is given."""
    pairs: list[tuple[str, ast.expr]] = []
    for node in ast.walk(ast.parse(Path(frame.filename).read_bytes())):
        match node:
            case ast.Dict():
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant):
                        pairs.append((str(key.value), value))
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.keyword(arg=str(name), value=value):
                pairs.append((name, value))
    here = (frame.lineno or 0, frame.colno or 0)
    return next((name for name, value in reversed(pairs) if _covers(value, here)), None)


def _covers(code: ast.expr, here: tuple[int, int]) -> bool:
    end = (code.end_lineno or code.lineno, code.end_col_offset or 0)
    return (code.lineno, code.col_offset) <= here < end


def _in_words(error: BaseException, function: str, code: str | None) -> tuple[str, str]:
    """What an exception of the author's code says, and what to do about it."""
    if isinstance(error, TooLongError):
        remedy = "Look for a loop without an end, or a draw that hardly ever finds what it looks for."
        return f"{function} did not end within {limits.SECONDS:g} seconds.", remedy
    text = " ".join(str(error).split()).removesuffix(".")
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
    if isinstance(error, AssertionError) and not text and code:
        text = f"{code}{' ...' if code.count('(') > code.count(')') else ''}"
    again = "m4ml show with this seed brings the draw back."
    if isinstance(error, AssertionError) and function == "verify":
        return f"verify rejects the answers: {text}.", f"Find out which is wrong, solve or verify; {again}"
    if isinstance(error, ImportError):
        text = _OWN_PLACE.sub("", text)
    remedy = f"Mend {function}; {again}" if function in FUNCTIONS else _near_import(error) or f"Mend {function}."
    return f"{function} raised {type(error).__name__}{': ' if text else ''}{text}.", remedy


_LONGEST = 200
_OWN_PLACE = re.compile(r" \([^()]*\)$")
"""The path of a module that Python adds to the message of an ImportError."""


def _near_import(error: BaseException) -> str:
    """What a name that a module does not have may have meant."""
    wrong = re.search(r"cannot import name '(\w+)'", str(error))
    module = sys.modules.get(getattr(error, "name", None) or "")
    return did_you_mean(wrong[1], getattr(module, "__all__", dir(module))) if wrong and module else ""


def load_problem(name: str, folder: Path) -> Problem:
    """Load a problem folder.

    Raises:
        ProblemError, ExceptionGroup: problem.tex is missing or torn, problem.py does not import, META is at fault.
    """
    with located(Place(problem=name)):
        tex, python = folder / "problem.tex", folder / "problem.py"
        if not tex.is_file():
            remedy = "Write the words of the problem there, or delete the folder."
            raise ProblemError("There is no problem.tex.", remedy, Place(tex))
        source = read_source(tex)
        digests = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.iterdir())
            if path.is_file()
        }
        if not python.is_file():
            meta = Meta(title=name, topics=["static"], difficulty=1, minutes=1)
            return Problem(name, folder, meta, source, {}, digests)
        module = load_module(python)
        functions = {key: vars(module)[key] for key in FUNCTIONS if inspect.isfunction(vars(module).get(key))}
        if "verify" in functions:
            functions["verify"] = _without_solve(python)
        problem = Problem(name, folder, _meta(module, python), source, functions, digests)
        _refuse_halves(problem, python)
        return problem


def load_module(path: Path) -> ModuleType:
    """Run a problem.py in a module of its own; raises ProblemError at the author's line."""
    module = ModuleType(f"problem_{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}")
    module.__file__ = str(path)
    try:
        with limited(limits.SECONDS):
            exec(compile(path.read_bytes(), str(path), "exec"), vars(module))
    except SyntaxError as error:
        where = Place(path, error.lineno)
        raise ProblemError(f"problem.py does not compile: {error.msg}.", "Mend the Python.", where) from None
    except ValidationError as error:
        raise ExceptionGroup("META", meta_faults(error, Place(path, line_of_meta(path)))) from None
    except (Exception, SystemExit) as error:
        raise _told(error, "problem.py", Place(path, 1)) from error
    return module


def _without_solve(path: Path) -> Callable[..., Any]:
    """``verify`` from a second run of the module in which ``solve`` raises: a check must go another road.

    It raises under other names too (``answer = solve``, ``partial(solve)``), as do the answer types, so that a helper
    that makes the answers for ``solve`` cannot make them for ``verify``.
    """
    names = vars(load_module(path))
    solve = names.get("solve")
    while inspect.isfunction(solve):
        solve = _disabled(solve)
    names["solve"] = _calls_solve
    for name, value in list(names.items()):
        if isinstance(value, type) and issubclass(value, Answer):
            names[name] = _calls_solve
    verify: Callable[..., Any] = names["verify"]
    return verify


def _disabled(function: Any) -> Any:
    """Let a function raise, by whatever name it is called; what it was decorated from is returned."""
    if not function.__code__.co_freevars:
        function.__defaults__ = function.__kwdefaults__ = None
        function.__code__ = _calls_solve.__code__
    return getattr(function, "__wrapped__", None)


def _calls_solve(*_: object, **__: object) -> None:
    """Stand in for ``solve``, also with the globals of a problem.py, so that it imports what it needs."""
    from m4ml_exams.errors import ProblemError

    raise ProblemError(
        "verify calls solve, so that it would agree with any answer.",
        "Check the answers on another road: simulate, fit, enumerate or substitute.",
    )


def _meta(module: ModuleType, path: Path) -> Meta:
    meta = vars(module).get("META")
    if not isinstance(meta, Meta):
        remedy = "Write META = Meta(title=..., topics=[...], difficulty=..., minutes=...)."
        raise ProblemError("problem.py has no META.", remedy, Place(path))
    return meta


def line_of_meta(path: Path) -> int | None:
    """The line of problem.py that begins META."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if line.startswith("META")), None)


def _refuse_halves(problem: Problem, path: Path) -> None:
    have = problem.functions.keys()
    if not have & {"solve", "claims"} and have & {"draw", "mistakes", "verify", "show"}:
        raise ProblemError("problem.py has no solve.", "Write solve, which returns the answers.", Place(path))
    if "solve" in have and not have & {"verify", "claims"}:
        raise ProblemError(
            "problem.py has no verify.", "Write verify, which checks the answers on another road.", Place(path)
        )
