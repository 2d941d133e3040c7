"""The safe reader: ordinary notation, and nothing that runs or grows."""

import time

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from m4ml_exams.answers import AnswerError, read_value

x, y = sp.symbols("x y")
XY = {"x": x, "y": y}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", sp.Integer(3)),
        ("3/4", sp.Rational(3, 4)),
        ("-1/2", sp.Rational(-1, 2)),
        ("0.75", sp.Rational(3, 4)),
        (".5", sp.Rational(1, 2)),
        ("sqrt(2)/2", sp.sqrt(2) / 2),
        ("2^3", sp.Integer(8)),
        ("2**3", sp.Integer(8)),
        ("2^-1", sp.Rational(1, 2)),
        ("2^3^2", sp.Integer(512)),
        ("-2^2", sp.Integer(-4)),
        ("2 - -3", sp.Integer(5)),
        ("2*-3", sp.Integer(-6)),
        ("1 - 2 - 3", sp.Integer(-4)),
        ("8/2/2", sp.Integer(2)),
        ("pi", sp.pi),
        ("e^2", sp.exp(2)),
        ("2e", 2 * sp.E),
        ("1 + 2i", 1 + 2 * sp.I),
        ("-oo", -sp.oo),
        ("ln(2)", sp.log(2)),
        ("log2(8)", sp.log(8) / sp.log(2)),
        ("log10(1000)", sp.log(1000) / sp.log(10)),
        ("cbrt(8)", sp.Integer(2)),
        ("binomial(5, 2)", sp.Integer(10)),
        ("factorial(4)", sp.Integer(24)),
        ("max(0, x)", sp.Max(0, x)),
        ("2x + 1", 2 * x + 1),
        ("2x^2", 2 * x**2),
        ("x(x+1)", x * (x + 1)),
        ("(x+1)(x-1)", (x + 1) * (x - 1)),
        ("2sin(x)", 2 * sp.sin(x)),
        ("xy", x * y),
        ("1/2x", x / 2),
        ("x <= 3", x <= 3),
        ("x = 2y", sp.Eq(x, 2 * y)),
        ("1 < 2", True),
        ("true", True),
        ("False", False),
        ("(1, 2)", (1, 2)),
        ("1, 2", (1, 2)),
        ("[1, 2]", [1, 2]),
        ("[]", []),
        ("[[1,2],[3,4]]", [[1, 2], [3, 4]]),
        ("{1, 2}", sp.FiniteSet(1, 2)),
        ("{}", sp.S.EmptySet),
        ("{(1, 2), (3, 4)}", sp.FiniteSet(sp.ImmutableMatrix([1, 2]), sp.ImmutableMatrix([3, 4]))),
        ("[0, 1)", sp.Interval.Ropen(0, 1)),
        ("(0, 1]", sp.Interval.Lopen(0, 1)),
        ("(-oo, 1]", sp.Interval(-sp.oo, 1)),
        (" ( 3 ) ", sp.Integer(3)),
    ],
)
def test_reads_ordinary_notation(text: str, value: object) -> None:
    made = read_value(text, XY)
    assert made == value
    assert isinstance(made, bool) == isinstance(value, bool)


def test_symbols_go_before_constants_and_keep_assumptions() -> None:
    e, p = sp.Symbol("e"), sp.Symbol("p", positive=True)
    assert read_value("2e + p", {"e": e, "p": p}) == 2 * e + p


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "__import__('os').system('true')",
        "x.is_real",
        "().__class__",
        "open(x)",
        "eval(1)",
        "f(x)",
        "x[0]",
        "lambda x: x",
        "[i for i in x]",
        "x if x else y",
        "'word'",
        '"word"',
        "f'{x}'",
        "x; y",
        "x\n=\n=y z",
        "x := 3",
        "\\frac{1}{2}",
        "$x$",
        "x & y",
        "x @ y",
        "2 % 1",
        "1_000",
        "0x1F",
        "2j + k",
        "x'",
        "Symbol(x)",
        "Integer(3)",
        "Add(1, 2)",
        "piecewise((x, true))",
    ],
)
def test_evaluates_nothing(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_value(text, XY)
    assert caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["π", "x²", "½", "−1", "٣", "ⅷ", "ｘ", "x\u200b", "λ + 1", "1\u00a0000"])
def test_reads_ascii_only(text: str) -> None:
    with pytest.raises(AnswerError):
        read_value(text, XY)


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "+", "1 +", "*2", "2 3", "1..2", "1.2.3", "(1", "1)", "(1, 2", "[1}", "{1, 2)", "(1, 2, 3]"),
        *("()", "sin", "sin x", "sin()", "sqrt(1, 2)", ",", "1,,2", "x y z", "[1, 2] + 3", "2*(1, 2)", "true + 1"),
        *("1/0", "x/(x - x)", "0^-1", "log(0)", "1/(2 - 2)", "oo - oo", "0*oo", "sin(oo)", "2e-3", "2E5", "x < y < 3"),
        *("{true}", "{{1}, [true]}", "floor(i)", "max(i, 1)", "factorial(sqrt(2))", "sqrt(true)", "i < 2"),
    ],
)
def test_malformed_texts_are_faults_with_a_remedy(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_value(text, XY)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9",
        "9^9^9^9^9",
        "2^(2^30)",
        "x^(9^9)",
        "(x+1)^99999",
        "(1000001/1000000)^100000000",
        "((1+2^-600)^2000)^2000",
        "factorial(100000)",
        "factorial(factorial(factorial(9)))",
        "binomial(10^9, 500000000)",
        "gamma(10^9)",
        "exp(exp(exp(9)))",
        "exp(999999999log(x))",
        "floor(10^300log(9))",
        "cosh(9999)",
        "(" * 5000 + "3" + ")" * 5000,
        "(" * 500 + "3" + ")" * 500,
        "[" * 500 + "]" * 500,
        "-" * 1999,
        "sqrt(" * 300 + "2" + ")" * 300,
        "2^" * 500 + "2",
        "1" * 1500,
        "1+" * 4000 + "1",
        "1.1" * 600,
        "2^1000*" * 200 + "1",
        f"max({', '.join(f'x^{n}' for n in range(50))})",
    ],
)
def test_huge_texts_are_refused_quickly(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(AnswerError):
        read_value(text, XY)
    assert time.perf_counter() - start < 1


def test_a_misspelt_name_is_offered_its_neighbour() -> None:
    with pytest.raises(AnswerError, match="'sqr' is not known") as caught:
        read_value("sqr + 1", XY)
    assert "sqrt" in caught.value.remedy


_BITS = st.sampled_from(
    [*"0123456789xy+-*/^(),[]{}<=>. ", "sqrt(", "exp(", "oo", "pi", "**", "__", "'", "\\", "é", ":", "lambda"]
)


@given(st.lists(_BITS, max_size=10).map("".join) | st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_value(text, XY)
    except AnswerError as error:
        assert error.remedy  # noqa: PT017
