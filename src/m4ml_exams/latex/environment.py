r"""Values into words: the Jinja environment with ``\VAR`` and ``\BLOCK``, and a problem's text rendered with it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import jinja2
from jinja2 import meta, nodes
from jinja2.ext import Extension
from jinja2.utils import missing

from m4ml_exams.errors import M4mlError, Place, ProblemError, did_you_mean, flatten, raise_all
from m4ml_exams.latex import context
from m4ml_exams.latex.forms import augmented, coef, linear_combination, paren, row, signed, system
from m4ml_exams.latex.placing import placed
from m4ml_exams.latex.source import TAG, Marked, check_tags, mark_value, marked, read_marks, strip_comments
from m4ml_exams.latex.values import show
from m4ml_exams.model import Latex, Text

_MEND = "Mend the expression, or compute the value in problem.py."


class _NameError(ProblemError):
    """A name of the text that nothing gives a value."""


class _Missing(jinja2.StrictUndefined):
    """A name, attribute or entry that is not there; any use of it raises a ProblemError that says so."""

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None) -> None:
        fault = partial(_fault_of_missing, hint, obj, name)
        super().__init__(hint, obj, name, cast(type[jinja2.TemplateRuntimeError], fault))


def _fault_of_missing(hint: str | None, owner: object, name: object, _message: object) -> ProblemError:
    if hint:
        return ProblemError(f"An expression in a tag has no value: {hint.rstrip('.')}.", _MEND)
    if owner is missing:
        return _NameError(f"The text uses the name '{name}', which is not there.", _MEND)
    if isinstance(owner, Mapping):
        remedy = did_you_mean(str(name), map(str, owner)) or "Print an entry that problem.py gives."
        return ProblemError(f"The text takes the entry '{name}' of a dict, which does not have it.", remedy)
    if isinstance(owner, (list, tuple)) and isinstance(name, int):
        return ProblemError(
            f"The text takes entry {name} of a list of {len(owner)}.", "Indices in tags count from 0, as in Python."
        )
    return ProblemError(
        f"The text takes '{name}' of a {type(owner).__name__}, which does not have it.",
        _MEND,
    )


class _Spaced(Extension):
    """Spaces inside the braces of every tag, since Jinja takes a minus beside a brace for a wish about blanks."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return TAG.sub(lambda tag: rf"\{tag['kind']}{{ {tag['inside']} }}", source)


def _finalize(value: object) -> str:
    return str(value) if isinstance(value, jinja2.Undefined) else show(value)


def _strict(look: Callable[..., Latex]) -> Callable[..., Latex]:
    """A filter that refuses what is not there, and leaves empty what an ``if`` without ``else`` left out."""

    @wraps(look)
    def filtered(*values: Any, **named: Any) -> Latex:
        absent = [value for value in (*values, *named.values()) if isinstance(value, jinja2.Undefined)]
        return Latex(absent[0]) if absent else look(*values, **named)

    return filtered


_FILTERS: dict[str, Callable[..., Latex]] = {"signed": signed, "paren": paren, "row": row, "coef": coef, "tex": Latex}


def environment() -> jinja2.Environment:
    r"""A fresh environment: ``\VAR{...}``, ``\BLOCK{...}``, values printed by :func:`show`, missing names refused.

    There are no template comments, since ``\#{`` is ordinary LaTeX.
    """
    made = jinja2.Environment(
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string="\ue002",
        comment_end_string="\ue003",
        undefined=_Missing,
        finalize=_finalize,
        autoescape=False,
        keep_trailing_newline=True,
        extensions=[_Spaced],
    )
    made.filters.update({name: _strict(look) for name, look in _FILTERS.items()})
    made.globals.pop("lipsum", None)
    forms: dict[str, Callable[..., Latex]]
    forms = {"linear_combination": linear_combination, "system": system, "augmented": augmented}
    made.globals.update({name: _strict(form) for name, form in forms.items()})
    return made


@lru_cache(maxsize=512)
def names_used(source: str) -> Mapping[str, int]:
    """The names that a source takes from outside, each with the first line that uses it, counted from 1.

    Raises:
        ProblemError: when a tag is malformed; its place has the line.
    """
    made = environment()
    tree = _parsed(made, strip_comments(source))
    outside = meta.find_undeclared_variables(tree) - set(made.globals)
    lines: dict[str, int] = {}
    for name in tree.find_all(nodes.Name):
        if name.name in outside and name.ctx == "load":
            lines[name.name] = min(name.lineno, lines.get(name.name, name.lineno))
    return MappingProxyType(dict(sorted(lines.items(), key=lambda item: (item[1], item[0]))))


def _parsed(made: jinja2.Environment, source: str) -> nodes.Template:
    check_tags(source)
    with _readable():
        tree = made.parse(source)
    for used in tree.find_all((nodes.Filter, nodes.Test)):
        kind, known = ("filter", made.filters) if isinstance(used, nodes.Filter) else ("test", made.tests)
        if used.name not in known:
            remedy = did_you_mean(used.name, known) or f"Filters are {', '.join(_FILTERS)}, and those of Jinja."
            raise ProblemError(
                f"The text uses the {kind} '{used.name}', which is not there.", remedy, Place(line=used.lineno)
            )
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Tuple) and any(isinstance(part, nodes.Slice) for part in item.arg.items):
            what, remedy = "A tag slices rows and columns at once.", "Let problem.py return that part by name."
            raise ProblemError(what, remedy, Place(line=item.lineno))
    return tree


@contextmanager
def _readable() -> Iterator[None]:
    """Tell of a malformed tag in the project's words."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        raise ProblemError(
            f"A tag cannot be read: {(error.message or 'malformed').rstrip('.')}.",
            r"Mend the expression in \VAR{...} or \BLOCK{...}; braces and quotes in it must be balanced.",
            Place(line=error.lineno),
        ) from None


def render_source(
    source: str, names: Mapping[str, Any], path: Path, first_line: int = 1, mark_values: bool = False
) -> Text:
    r"""A problem's text with the values put in.

    Comments are stripped first. Values get braces where they are arguments without braces (``x^\VAR{n}``), and
    parentheses where TeX would bind only a part of them (``\VAR{n}^2``, ``- \VAR{n}``, ``2\VAR{n}``). In verbatim text
    they print as code. A line that holds only ``\BLOCK`` tags, or whose tags print nothing, leaves no line behind.

    Args:
        source: LaTeX with tags.
        names: the values, by name.
        path: the author's file, for messages.
        first_line: line of that file at which ``source`` begins.
        mark_values: whether the values stand between marks (``VALUE``), for ``read_statement``.

    Returns:
        the text, each line (split at ``\n``) with its line in the author's file.

    Raises:
        ProblemError: a malformed tag, an expression that fails, a value without a look, a ``\BLOCK`` in the place of
            an argument; located at the author's line. Missing names are raised together.
    """
    with _located(path, first_line):
        template, form = _compiled(source, mark_values)
        return read_marks(_rendered(template, source, names), form.blank, first_line)


@contextmanager
def _located(path: Path, first_line: int) -> Iterator[None]:
    """Put the faults raised inside, whose lines count from the start of the source, at the author's file and line."""
    try:
        yield
    except (M4mlError, ExceptionGroup) as error:
        for fault in flatten(error):
            if fault.place.path is None and fault.place.line is not None:
                fault.place = replace(fault.place, line=fault.place.line + first_line - 1)
            fault.place = fault.place.filled(Place(path=path))
        raise


@lru_cache(maxsize=512)
def _compiled(source: str, mark_values: bool) -> tuple[jinja2.Template, Marked]:
    """A source as a template, with the places of its values tied to its tags."""
    bare = strip_comments(source)
    made = environment()
    _parsed(made, bare)
    places = context.spots(bare)
    look = (lambda text: Latex(mark_value(text))) if mark_values else (lambda text: text)
    made.filters["_at"] = _strict(lambda value, offset: look(placed(value, places[offset])))
    form = marked(bare)
    with _readable():
        return made.from_string(form.latex), form


def _rendered(template: jinja2.Template, source: str, names: Mapping[str, Any]) -> str:
    try:
        return template.render(dict(names))
    except _NameError as fault:
        fault.place = fault.place.filled(Place(line=_line_of(fault)))
        faults = _missing_names(source, names) or [fault]
        if len(faults) == 1:
            raise faults[0] from None
        raise_all(faults)
        raise
    except M4mlError as fault:
        fault.place = fault.place.filled(Place(line=_line_of(fault)))
        raise
    except Exception as error:
        raise ProblemError(
            f"An expression in a tag fails: {type(error).__name__}: {str(error).rstrip('.')}.",
            _MEND,
            Place(line=_line_of(error)),
        ) from None


def _missing_names(source: str, names: Mapping[str, Any]) -> list[ProblemError]:
    """A fault for each name that the text uses and nothing gives, at the first line that uses it."""
    faults = []
    for name, line in names_used(source).items():
        if name not in names:
            remedy = f"{did_you_mean(name, names)} Names are what problem.py returns.".lstrip()
            faults.append(
                ProblemError(f"The text uses the name '{name}', which is not there.", remedy, Place(line=line))
            )
    return faults


def _line_of(error: BaseException) -> int | None:
    """The line of the template that an error came through; None when it is not in its traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == "<template>"), None)
