"""Values and answers to JSON and back: exact, reviewable, and without evaluating code.

=====================  =====================================================================================
int, bool, str, None   themselves
Fraction               ``{"fraction": "3/4"}``
sympy numbers          ``{"integer": "3"}``, ``{"rational": "3/4"}``
expression, relation   ``{"expr": "sqrt(2)/2"}``; ``{"tree": "Mul(2, Add(x, 1))"}`` where evaluation would change it
truth of sympy         becomes a bool
matrix                 ``{"matrix": [["1", "2/3"]]}``
array                  ``{"array": [[1, 2]]}``
set                    ``{"set": [...]}``, ``{"interval": ["0", "1", true, false]}`` (closed ends), ``{"union": [...]}``
Latex, Code            ``{"latex": "..."}``, ``{"code": "..."}``
list, dict             themselves, ``{"dict": [[key, value], ...]}``
declared float         ``{"float": "0.1"}``
=====================  =====================================================================================

Symbols with assumptions, or with names that are no plain words, stand beside in ``"symbols"``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from sympy.core.relational import Relational
from sympy.matrices import MatrixBase

from m4ml_exams.answers.reader import LOCK, Names, parse
from m4ml_exams.answers.values import AnswerError, exact_value, is_scalar
from m4ml_exams.answers.writer import PIECES, TREE, aliases, legend, text_of, tree_of, whole
from m4ml_exams.model import Code, Latex


def write_value(value: object, *, floats: bool = False) -> Any:
    """A value as JSON-able data from which :func:`load_value` makes the same value.

    Args:
        value: a given or plain value; tuples become lists, other forms as in :func:`exact_value`.
        floats: True where the author declared floats.

    Raises:
        AnswerError: for a float that was not declared, for an object that is no value, and when reading the data back
            would give another value.
    """
    exact = exact_value(value, floats=floats)
    data = _encode(exact)
    if not same(load_value(data), exact):
        raise AnswerError(
            f"A value of type {type(value).__name__} cannot be kept exactly.",
            "Simplify it (.doit(), sympy.simplify), or make it Latex when it is only printed.",
        )
    return data


def same(a: Any, b: Any) -> bool:
    """Whether two exact values are the same in type and structure, not only equal."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and bool((a == b).all())
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return bool(a == b)


def _encode(value: Any) -> Any:
    if isinstance(value, Latex):
        return {"latex": str(value)}
    if isinstance(value, Code):
        return {"code": str(value)}
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        whole(value)
        return value
    if isinstance(value, Fraction):
        return {"fraction": f"{whole(value.numerator)}/{whole(value.denominator)}"}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, np.ndarray):
        return _encode_array(value)
    if isinstance(value, list):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return {"dict": [[_encode(key), _encode(item)] for key, item in value.items()]}
    return _encode_sympy(value)


def _encode_array(array: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"array": _encode(array.tolist())}
    if array.size == 0:
        data |= {"shape": list(array.shape), "kind": str(array.dtype)}
    return data


def _encode_sympy(value: Any) -> dict[str, Any]:
    if isinstance(value, sp.Rational):
        digits = whole(int(value.p))
        return {"integer": digits} if value.q == 1 else {"rational": f"{digits}/{whole(int(value.q))}"}
    named = aliases(value.free_symbols)
    if isinstance(value, MatrixBase):
        data = _encode_matrix(value, named)
    elif isinstance(value, sp.Set):
        data = _encode_set(value, named)
    else:
        text = _scalar_text(value, named)
        data = text if isinstance(text, dict) else {"expr": text}
    notes = legend(named)
    return data | {"symbols": notes} if notes else data


def _encode_matrix(value: Any, named: Mapping[Any, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"matrix": [[_scalar_text(entry, named) for entry in row] for row in value.tolist()]}
    return data | {"shape": list(value.shape)} if 0 in value.shape else data


def _encode_set(value: Any, named: Mapping[Any, str]) -> dict[str, Any]:
    if isinstance(value, sp.Interval):
        ends = [_scalar_text(value.start, named), _scalar_text(value.end, named)]
        return {"interval": [*ends, not value.left_open, not value.right_open]}
    if isinstance(value, sp.Union):
        return {"union": sorted((_encode_set(part, named) for part in value.args), key=repr)}
    return {"set": [_encode_member(member, named) for member in sorted(value.args, key=_member_order(named))]}


def _encode_member(member: Any, named: Mapping[Any, str]) -> Any:
    if isinstance(member, MatrixBase):
        return _encode_matrix(member, named)
    if isinstance(member, sp.Set):
        return _encode_set(member, named)
    return _scalar_text(member, named)


def _member_order(named: Mapping[Any, str]) -> Callable[[Any], Any]:
    def order(member: Any) -> tuple[float, str]:
        size = float(member) if is_scalar(member) and member.is_number and member.is_real else math.inf
        return size, repr(_encode_member(member, named))

    return order


def _scalar_text(value: Any, named: Mapping[Any, str]) -> Any:
    """A scalar or relation as text, or as ``{"tree": ...}`` where the text would be evaluated to something else."""
    if isinstance(value, sp.Integer):
        return whole(int(value))
    text = text_of(value, named)
    try:
        if same(parse(text, Names(_by_name(named), PIECES), LOCK), value):
            return text
    except AnswerError:
        pass
    return {"tree": tree_of(value, named)}


def _by_name(named: Mapping[Any, str]) -> dict[str, Any]:
    return {name: symbol for symbol, name in named.items()}


def load_value(data: Any) -> Any:
    """The value that :func:`write_value` wrote.

    Raises:
        AnswerError: when the data is not of that form.
    """
    if data is None or isinstance(data, bool | str | int):
        return data
    if isinstance(data, list):
        return [load_value(item) for item in data]
    if isinstance(data, dict):
        for key, decode in _DECODERS.items():
            if key in data and data.keys() <= {key, "symbols", "shape", "kind"}:
                return _decoded(decode, data, key)
    raise _malformed(data)


def _malformed(data: Any) -> AnswerError:
    shown = repr(data)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return AnswerError(f"This is not a value as it was written: {shown}", "Restore the file from version control.")


def _decoded(decode: Callable[[Any, dict[str, Any], Any], Any], data: dict[str, Any], key: str) -> Any:
    try:
        return decode(data[key], _symbols(data.get("symbols", {})), data)
    except AnswerError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError, IndexError) as error:
        raise _malformed(data) from error


def _symbols(notes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    symbols = {}
    for name, note in notes.items():
        assumptions = {key: truth for key, truth in note.items() if key != "name"}
        if not all(isinstance(truth, bool) for truth in assumptions.values()):
            raise _malformed(notes)
        symbols[name] = sp.Symbol(note.get("name", name), **assumptions)
    return symbols


def _load_scalar(data: Any, symbols: Mapping[str, Any]) -> Any:
    if isinstance(data, dict) and data.keys() == {"tree"}:
        return _load_tree(data["tree"], symbols)
    if not isinstance(data, str):
        raise _malformed(data)
    if _INTEGER.fullmatch(data):
        return sp.Integer(data)
    value = parse(data, Names(symbols, PIECES, open=True), LOCK)
    if is_scalar(value) or isinstance(value, Relational | bool):
        return value
    if isinstance(value, sp.logic.boolalg.BooleanFunction):
        return value
    raise _malformed(data)


def _load_tree(text: str, symbols: Mapping[str, Any]) -> Any:
    return parse(text, Names(symbols, TREE, open=True, evaluate=False), LOCK)


_INTEGER = re.compile(r"-?[0-9]{1,300}", re.ASCII)
_QUOTIENT = re.compile(r"-?[0-9]+(/[0-9]+)?\Z", re.ASCII)


def _load_fraction(data: Any) -> Fraction:
    if not (isinstance(data, str) and len(data) < 9000 and _QUOTIENT.match(data)):
        raise _malformed(data)
    return Fraction(data)


def _load_rational(data: Any, *_: Any) -> Any:
    ratio = _load_fraction(data)
    return sp.Rational(ratio.numerator, ratio.denominator)


def _load_float(data: Any, *_: Any) -> float:
    if isinstance(data, str) and len(data) < 40 and math.isfinite(float(data)):
        return float(data)
    raise _malformed(data)


def _load_matrix(rows: Any, symbols: Mapping[str, Any], data: Mapping[str, Any]) -> Any:
    if "shape" in data:
        return sp.ImmutableMatrix(*data["shape"], [])
    if not rows or len({len(row) for row in rows}) != 1:
        raise _malformed(data)
    return sp.ImmutableMatrix([[_load_scalar(entry, symbols) for entry in row] for row in rows])


def _load_array(items: Any, _: Mapping[str, Any], data: Mapping[str, Any]) -> Any:
    if "kind" in data and data["kind"] in ("int64", "bool", "float64") and 0 in data["shape"]:
        return np.zeros(data["shape"], dtype=data["kind"])
    array = np.array(load_value(items))
    if array.size and array.dtype.kind in "ibf":
        return array.astype({"i": np.int64, "b": np.bool_, "f": np.float64}[array.dtype.kind])
    raise _malformed(data)


def _load_set(members: Sequence[Any], symbols: Mapping[str, Any], _: Any) -> Any:
    return sp.FiniteSet(*(_load_member(member, symbols) for member in members))


def _load_member(member: Any, symbols: Mapping[str, Any]) -> Any:
    if isinstance(member, dict):
        if "matrix" in member:
            return _load_matrix(member["matrix"], symbols, member)
        for key, decode in (("set", _load_set), ("interval", _load_interval), ("union", _load_union)):
            if key in member:
                return decode(member[key], symbols, member)
    return _load_scalar(member, symbols)


def _load_interval(ends: Sequence[Any], symbols: Mapping[str, Any], _: Any) -> Any:
    low, high, left, right = ends
    if not (isinstance(left, bool) and isinstance(right, bool)):
        raise _malformed(ends)
    start, end = _load_scalar(low, symbols), _load_scalar(high, symbols)
    return sp.Interval(start, end, left_open=not left, right_open=not right)


def _load_union(parts: Sequence[Any], symbols: Mapping[str, Any], _: Any) -> Any:
    return sp.Union(*(_load_member(part, symbols) for part in parts))


def _load_latex(data: Any, *_: Any) -> Latex:
    if isinstance(data, str):
        return Latex(data)
    raise _malformed(data)


def _load_code(data: Any, *_: Any) -> Code:
    if isinstance(data, str):
        return Code(data)
    raise _malformed(data)


def _load_dict(pairs: Sequence[Any], *_: Any) -> dict[Any, Any]:
    return {load_value(key): load_value(item) for key, item in pairs}


_DECODERS: Mapping[str, Callable[[Any, dict[str, Any], Any], Any]] = {
    "integer": _load_rational,
    "rational": _load_rational,
    "fraction": lambda data, *_: _load_fraction(data),
    "float": _load_float,
    "expr": lambda data, symbols, _: _load_scalar(data, symbols),
    "tree": lambda data, symbols, _: _load_tree(data, symbols),
    "matrix": _load_matrix,
    "array": _load_array,
    "set": _load_set,
    "interval": _load_interval,
    "union": _load_union,
    "latex": _load_latex,
    "code": _load_code,
    "dict": _load_dict,
}
