"""The safe reader: ordinary notation to exact values, without evaluating code.

A text is cut into numbers, names and signs; a small parser builds the value with the functions of
:mod:`m4ml_exams.answers.functions` and nothing else. What could grow without bound is refused before it is computed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from m4ml_exams.answers.functions import CONSTANTS, FUNCTIONS, SHORTHANDS, UnknownSizeError, approximate
from m4ml_exams.answers.values import AnswerError, exact_set, is_scalar
from m4ml_exams.errors import did_you_mean

_TOKEN = re.compile(
    r"(?P<number>\d+\.?\d*|\.\d+)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),\[\]{}<>=])"
)
_POWER_OF_TEN = re.compile(r"[eE][-+]?\d", re.ASCII)
_RELATIONS: Mapping[str, Any] = {
    "<": sp.Lt,
    "<=": sp.Le,
    ">": sp.Gt,
    ">=": sp.Ge,
    "=": sp.Eq,
    "==": sp.Eq,
    "!=": sp.Ne,
}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_HOW = "Write ordinary notation, such as 3/4, sqrt(2)/2, 2x + 1, (1, 2) or [[1, 2], [3, 4]]."


@dataclass(frozen=True)
class Limits:
    """How large a text may be: characters, depth of nesting, digits of a number, arguments of a function."""

    length: int = 2000
    depth: int = 40
    digits: int = 1000
    arguments: int = 20


STUDENT = Limits()
LOCK = Limits(length=100_000, depth=60, digits=4000, arguments=400)


def read_value(text: str, symbols: Mapping[str, Any] | None = None) -> Any:
    """Read a value in ordinary notation.

    Numbers are exact (``0.75`` is 3/4), ``2x`` is a product, ``^`` and ``**`` are powers, ``e``, ``pi``, ``i``, ``oo``
    are constants unless ``symbols`` has these names. ``(1, 2)`` gives a tuple, ``[1, 2]`` a list, ``{1, 2}`` a
    ``FiniteSet``, ``[0, 1)`` an ``Interval``, ``x <= 3`` a relation, ``true`` a truth value. Products and quotients
    are read from the left, so ``1/2x`` is half of x.

    Args:
        text: the text, ASCII.
        symbols: the symbols that the text may name.

    Returns:
        A sympy object, a truth value, or a (nested) list or tuple of these.

    Raises:
        AnswerError: when the text is malformed, too large, or names what is not known.
    """
    return parse(text, Names(dict(symbols or {})), STUDENT)


@dataclass(frozen=True)
class Names:
    """What names mean.

    Attributes:
        symbols: by name.
        functions: functions to call by name, beside the usual ones.
        open: True when an unknown name is a new symbol; products need their sign then.
        evaluate: False to build functions and relations as they are written.
    """

    symbols: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]] | None = None
    open: bool = False
    evaluate: bool = True

    def function(self, name: str) -> Callable[..., Any] | None:
        """The function of this name, or None."""
        if name in self.symbols:
            return None
        return (self.functions or {}).get(name) or FUNCTIONS.get(name) or SHORTHANDS.get(name)

    def value(self, name: str) -> Any:
        """What a name stands for: a symbol, a constant, a product of one-letter symbols."""
        if name in self.symbols:
            return self.symbols[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in ("true", "false", "True", "False"):
            return name in ("true", "True")
        if self.open:
            return sp.Symbol(name)
        if all(letter in self.symbols for letter in name):
            return sp.Mul(*(self.symbols[letter] for letter in name))
        known = did_you_mean(name, [*self.symbols, *FUNCTIONS, *SHORTHANDS]) if len(name) < 40 else ""
        raise AnswerError(f"The name '{name[:40]}' is not known here.", known or _HOW)


def parse(text: str, names: Names, limits: Limits) -> Any:
    """Read a text with given names and limits; see :func:`read_value`."""
    tokens = _tokens(text, limits)
    try:
        return _Parser(tokens, names, limits).whole()
    except AnswerError:
        raise
    except (ArithmeticError, TypeError, ValueError, AttributeError, RecursionError, NotImplementedError) as error:
        raise AnswerError(f"'{_short(text)}' has no value ({type(error).__name__}).", _HOW) from error


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _tokens(text: str, limits: Limits) -> list[tuple[str, str]]:
    if len(text) > limits.length:
        raise AnswerError(f"A value of {len(text)} characters is too long.", f"At most {limits.length} are read.")
    tokens, position = [], 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position) if text[position].isascii() else None
        if not match:
            raise AnswerError(f"The sign {text[position]!a} has no meaning in '{_short(text)}'.", _HOW)
        tokens.append((str(match.lastgroup), match[0]))
        position = match.end()
        if match.lastgroup == "number" and (ten := _POWER_OF_TEN.match(text, position)):
            raise AnswerError(
                f"'{_short(match[0] + ten[0])}' may be a power of ten or the number e.",
                "Write 0.002, 2*10^-3 or 2*e - 3.",
            )
    return [*tokens, ("end", "")]


class _Parser:
    """Precedence climbing; each method reads one level of the grammar and leaves the position behind it."""

    def __init__(self, tokens: Sequence[tuple[str, str]], names: Names, limits: Limits) -> None:
        self._tokens = tokens
        self._names = names
        self._limits = limits
        self._at = 0
        self._depth = 0

    def whole(self) -> Any:
        items = self._list_until("")
        return items[0] if len(items) == 1 else tuple(items)

    def _peek(self) -> str:
        return self._tokens[self._at][1]

    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _next(self) -> str:
        token = self._tokens[self._at][1]
        self._at += 1
        return token

    def _took(self, *signs: str) -> str:
        return self._next() if self._kind() == "sign" and self._peek() in signs else ""

    def _fault(self) -> AnswerError:
        seen = f"'{self._peek()[:40]}'" if self._kind() != "end" else "the end"
        return AnswerError(f"There is something else expected where {seen} stands.", _HOW)

    def _list_until(self, closing: str) -> list[Any]:
        """Values separated by commas up to one of the closing signs, or to the end; that stays unread."""
        items = [self._relation()]
        while self._took(","):
            items.append(self._relation())
        ended = self._kind() == "sign" and self._peek() in closing if closing else self._kind() == "end"
        if not ended:
            raise self._fault()
        return items

    def _relation(self) -> Any:
        left = self._sum()
        sign = self._took(*_RELATIONS)
        if not sign:
            return left
        related = _RELATIONS[sign](_scalar(left), _scalar(self._sum()), evaluate=self._names.evaluate)
        return bool(related) if related in (sp.true, sp.false) else related

    def _sum(self) -> Any:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise AnswerError("A value is nested too deeply.", "Write it with fewer brackets.")
        terms = [self._product()]
        while sign := self._took("+", "-"):
            term = _finite(self._product())
            terms.append(term if sign == "+" else -term)
        self._depth -= 1
        return terms[0] if len(terms) == 1 else _checked(sp.Add(*map(_finite, terms)))

    def _product(self) -> Any:
        left = self._signed()
        while True:
            sign = self._took("*", "/")
            if not sign and (self._names.open or not self._starts_factor()):
                return left
            right = _finite(self._signed())
            if sign == "/" and right == 0:
                raise AnswerError("A division by zero.", "Write a number that is defined.")
            left = _checked(_finite(left) / right if sign == "/" else _finite(left) * right)

    def _starts_factor(self) -> bool:
        """Whether a factor follows without a sign, as in ``2x`` or ``x(x + 1)``."""
        return self._kind() == "name" or (self._kind() == "sign" and self._peek() == "(")

    def _signed(self) -> Any:
        negative = False
        while sign := self._took("+", "-"):
            negative ^= sign == "-"
            if self._kind() == "end":
                raise self._fault()
        value = self._power()
        return -_scalar(value) if negative else value

    def _power(self) -> Any:
        base = self._atom()
        if not self._took("^", "**"):
            return base
        self._depth += 1
        if self._depth > self._limits.depth:
            raise AnswerError("A value is nested too deeply.", "Write it with fewer powers.")
        exponent = self._signed()
        self._depth -= 1
        return _checked(safe_power(_finite(base), _finite(exponent)))

    def _atom(self) -> Any:
        kind = self._kind()
        if kind == "number":
            return self._number()
        if kind == "name":
            return self._named()
        if kind == "sign" and self._peek() in _CLOSING:
            return self._bracketed()
        raise self._fault()

    def _number(self) -> Any:
        token = self._next()
        if len(token) > self._limits.digits:
            raise AnswerError(f"A number of {len(token)} digits is too long.", "Write it as a power or a quotient.")
        if self._kind() == "number":
            raise self._fault()
        whole, _, part = token.partition(".")
        return sp.Rational(int(whole + part or "0"), 10 ** len(part))

    def _named(self) -> Any:
        name = self._next()
        function = self._names.function(name)
        if function is None:
            return self._names.value(name)
        if not self._took("("):
            raise AnswerError(f"The function '{name}' has no brackets.", f"Write {name}(x).")
        arguments = self._list_until(")")
        self._next()
        return self._called(name, function, arguments)

    def _called(self, name: str, function: Callable[..., Any], arguments: list[Any]) -> Any:
        if len(arguments) > self._limits.arguments:
            raise AnswerError(
                f"'{name}' has {len(arguments)} arguments.", f"At most {self._limits.arguments} are read."
            )
        if name not in (self._names.functions or {}):
            arguments = [_finite(argument) for argument in arguments]
        options = {} if self._names.evaluate or name in SHORTHANDS else {"evaluate": False}
        if name in FUNCTIONS and not options:
            _check_size(FUNCTIONS[name], arguments)
        return _checked(function(*arguments, **options))

    def _bracketed(self) -> Any:
        opening = self._next()
        closing = _CLOSING[opening]
        if self._took(closing):
            if opening == "(":
                raise AnswerError("There is nothing in the brackets.", _HOW)
            return sp.S.EmptySet if opening == "{" else []
        items = self._list_until(")]" if opening in "([" else closing)
        closed = self._next()
        if closed != closing:
            return _interval(items, opening, closed)
        if opening == "{":
            return exact_set(items)
        return items if opening == "[" else tuple(items) if len(items) > 1 else items[0]


def _interval(items: list[Any], opening: str, closing: str) -> Any:
    if len(items) != 2:
        raise AnswerError(f"The bracket '{opening}' is closed by '{closing}'.", "Close each bracket with its like.")
    low, high = (_scalar(item) for item in items)
    return sp.Interval(low, high, left_open=opening == "(", right_open=closing == ")")


def _scalar(value: Any) -> Any:
    if is_scalar(value):
        return value
    raise AnswerError("Arithmetic is read for numbers and expressions only.", _HOW)


def _finite(value: Any) -> Any:
    if _scalar(value).has(sp.oo, -sp.oo):
        raise AnswerError("Arithmetic is read for finite numbers only.", "Write oo alone, as an end of an interval.")
    return value


def _checked(value: Any) -> Any:
    """The value, when it is defined and of bounded size."""
    if value in (sp.zoo, sp.nan):
        raise AnswerError("A value is undefined.", "Write a number that is defined.")
    if getattr(value, "is_Rational", False) and max(int(value.p).bit_length(), int(value.q).bit_length()) > 20_000:
        raise _too_large()
    return value


def safe_power(base: Any, exponent: Any) -> Any:
    """``base ** exponent`` when its size is bounded.

    Raises:
        AnswerError: for an exponent beyond 2000, a number beyond e^700 or below e^-700.
    """
    _check_size(sp.Pow, [base, exponent])
    return sp.Pow(base, exponent)


_LARGEST = {sp.exp: 700, sp.sinh: 700, sp.cosh: 700, sp.factorial: 170, sp.gamma: 170, sp.binomial: 500}
_LARGEST |= {sp.floor: 1e15, sp.ceiling: 1e15}
_COUNTING = (sp.factorial, sp.gamma, sp.binomial)
_REAL = (sp.Max, sp.Min, sp.floor, sp.ceiling, sp.sign, sp.erf, sp.Heaviside, sp.atan2)


def _check_size(function: Any, arguments: Sequence[Any]) -> None:
    """Raise when a function is given numbers for which it becomes huge, or which are not for it."""
    if function is sp.Pow and not arguments[0].is_number:
        arguments = [sp.S.One, arguments[1]]
    if function is sp.exp and arguments[0].has(sp.log) and any(n > 2000 for n in arguments[0].atoms(sp.Integer)):
        raise _too_large()
    if not all(argument.is_number for argument in arguments):
        return
    if function in _COUNTING and not all(argument.is_Rational for argument in arguments):
        raise AnswerError("A counting function of a number that is not rational.", "Give it integers.")
    try:
        if function is sp.Pow:
            approximate(sp.Pow(*arguments, evaluate=False), {})
            return
        sizes = [approximate(argument, {}) for argument in arguments]
    except OverflowError:
        raise _too_large() from None
    except (UnknownSizeError, ZeroDivisionError):
        return
    if any(abs(size) > _LARGEST.get(function, math.inf) for size in sizes):
        raise _too_large()
    if function in _REAL and any(size.imag for size in sizes):
        raise AnswerError("A function of real numbers is given a complex one.", "Give it a real number.")


def _too_large() -> AnswerError:
    return AnswerError("A number is too large.", "Write a number of at most a few hundred digits.")
