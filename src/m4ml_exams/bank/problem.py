"""One problem of the bank: its words, and its mathematics as functions whose arguments are filled by name."""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from m4ml_exams.bank.meta import Meta, meta_faults
from m4ml_exams.errors import M4mlError, Place, ProblemError, did_you_mean, flatten, located
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

    def call(self, function: str, names: Mapping[str, Any]) -> Any:
        """Call a function of problem.py, its arguments filled by name.

        Raises:
            ProblemError: an argument has no value, or the function raised; the place is the author's line.
        """
        target = self.functions[function]
        code = target.__code__
        place = Place(Path(code.co_filename), code.co_firstlineno, self.name)
        wanted = inspect.signature(target).parameters
        for name, parameter in wanted.items():
            if name not in names and parameter.default is inspect.Parameter.empty:
                remedy = did_you_mean(name, names) or "Let draw return it."
                raise ProblemError(f"{function} asks for '{name}', which is not there.", remedy, place)
        try:
            return target(**{name: names[name] for name in wanted if name in names})
        except (Exception, SystemExit) as error:
            raise _told(error, function, place) from error


def _told(error: BaseException, function: str, place: Place) -> BaseException:
    """The author's own exception as a fault at the author's line; faults of the library get that line too."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(place.path)]
    line = frames[-1].lineno if frames else place.line
    here = Place(place.path, line, place.problem)
    if isinstance(error, M4mlError | ExceptionGroup):
        try:
            with located(here):
                raise error
        except (M4mlError, ExceptionGroup) as filled:
            flatten(filled)
            return filled
    what, remedy = _in_words(error, function, frames[-1].line if frames else None)
    return ProblemError(what, remedy, here)


def _in_words(error: BaseException, function: str, code: str | None) -> tuple[str, str]:
    """What an exception of the author's code says, and what to do about it."""
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
    module = ModuleType(f"problem_{hashlib.sha256(str(path).encode()).hexdigest()[:12]}")
    module.__file__ = str(path)
    try:
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
    """``verify`` from a second run of the module in which ``solve`` raises: a check must go another road."""
    module = load_module(path)

    def solve(*_: object, **__: object) -> None:
        raise ProblemError(
            "verify calls solve, so that it would agree with any answer.",
            "Check the answers on another road: simulate, fit, enumerate or substitute.",
        )

    vars(module)["solve"] = solve
    verify: Callable[..., Any] = vars(module)["verify"]
    return verify


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
