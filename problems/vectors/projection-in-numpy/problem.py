"""A short numpy program around a projection: its output, its output after one change, and its formula.

The function projects one of its arguments on the other and returns the projection, what it leaves, or the mirror image;
it divides by y @ y or by x @ x. Every coefficient is a half-integer, or one over 2 or 4, so that all floats are exact.

* part a: both lines that the program prints;
* part b: the first line after one line is changed: an argument scaled, the arguments swapped, or / replaced by //;
* part c: the formula of the function for any x and y; the wrong ones swap the roles, drop the square or the division.

Space: 6 functions, 4 changes (with three factors where one scales), and for each of them hundreds of pairs of vectors.
"""

from fractions import Fraction
from math import floor

import numpy as np
import sympy as sp

from m4ml_exams.authoring import Exact, Latex, Meta, Option, nice, output_of

META = Meta(
    title="Projection in numpy",
    topics=["C5", "K1"],
    difficulty=2,
    minutes=8,
    skills=["trace-code", "compute", "recognise"],
)

PROGRAM = """import numpy as np

def f(x, y):
{quotient}
    z = c * {onto}
    return {result}

u = np.array({u})
v = np.array({v})
{call}
print(w.tolist())
print(w @ v)"""
QUOTIENT = "    c = (x @ y) {sign} ({onto} @ {onto})"
QUOTIENT_LINE, CALL_LINE = 4, 10
RETURNS = {"projection": "z", "rest": "{other} - z", "mirror": "2 * z - {other}"}

SHORT = [(1, 1), (1, 2), (1, 3), (2, 2), (1, 1, 1), (1, 1, 2), (1, 2, 2), (1, 1, 3), (1, 2, 3), (2, 2, 2)]
SMALL = [n for n in range(-6, 7) if n]


def draw(rng):
    kind, onto = rng.choice(sorted(RETURNS)), rng.choice("xy")
    change = rng.choice(("floor", "first", "second", "swap"))
    factor = rng.choice((-2, 2, 4)) if change in ("first", "second") else 1
    setting = {"kind": kind, "onto": onto, "change": change, "factor": factor}

    def make(r):
        """The vector that is projected on is a short one."""
        short = [r.choice((-1, 1)) * entry for entry in r.choice(SHORT)]
        r.shuffle(short)
        other = [r.choice(SMALL) for _ in short]
        u, v = (short, other) if onto == "x" else (other, short)
        return {"u": u, "v": v, **setting}

    return nice.retry(rng, make, _is_fine, "two vectors with short exact outputs", tries=20000)


def _is_fine(given):
    before, after = _runs(**given)
    c = before["c"]
    if abs(c) > 4 or c in (0, 1, -1) or c.denominator > 2 or (given["change"] == "floor") == (c.denominator == 1):
        return False
    entries = [*before["w"], *after["w"]]
    if before["dot"] ** 2 == before["square"] * _dot(before["other"], before["other"]):  # parallel
        return False
    exact = after["c"].denominator in (1, 2, 4, 8) and all(entry.denominator <= 2 for entry in entries)
    quiet = all(0 < abs(entry) <= 12 for entry in before["w"]) and all(0 < abs(entry) <= 30 for entry in entries)
    return exact and quiet and after["c"] != 0 and before["product"].denominator <= 2 and abs(before["product"]) <= 60


def _runs(u, v, kind, onto, change, factor):
    """The values of the variables in the program as it stands, and after its change."""
    arguments = {
        "first": ([factor * entry for entry in u], v),
        "second": (u, [factor * entry for entry in v]),
        "swap": (v, u),
        "floor": (u, v),
    }[change]
    runs = _values(u, v, kind, onto, False), _values(*arguments, kind, onto, change == "floor")
    return [{**run, "product": _dot(run["w"], v)} for run in runs]


def _values(x, y, kind, onto, rounded):
    base, other = (x, y) if onto == "x" else (y, x)
    dot, square = _dot(x, y), _dot(base, base)
    c = Fraction(floor(Fraction(dot, square))) if rounded else Fraction(dot, square)
    z = [c * entry for entry in base]
    pairs = list(zip(z, other, strict=True))
    w = {"projection": z, "rest": [o - p for p, o in pairs], "mirror": [2 * p - o for p, o in pairs]}[kind]
    return {"base": base, "other": other, "dot": dot, "square": square, "c": c, "z": z, "w": w}


def _dot(a, b):
    return sum(s * t for s, t in zip(a, b, strict=True))


def _programs(u, v, kind, onto, change, factor):
    """The program, its changed form, and the changed line."""
    other = "y" if onto == "x" else "x"
    lines = {
        "quotient": QUOTIENT.format(sign="/", onto=onto),
        "onto": onto,
        "result": RETURNS[kind].format(other=other),
        "u": list(map(int, u)),
        "v": list(map(int, v)),
        "call": "w = f(u, v)",
    }
    changed = {
        "floor": {"quotient": QUOTIENT.format(sign="//", onto=onto)},
        "first": {"call": f"w = f({factor} * u, v)"},
        "second": {"call": f"w = f(u, {factor} * v)"},
        "swap": {"call": "w = f(v, u)"},
    }[change]
    return PROGRAM.format(**lines), PROGRAM.format(**{**lines, **changed}), "".join(changed.values()).strip()


def show(u, v, kind, onto, change, factor):
    program, _, replacement = _programs(u, v, kind, onto, change, factor)
    return {
        "program": program,
        "replacement": replacement,
        "line": QUOTIENT_LINE if change == "floor" else CALL_LINE,
        "options": {
            "right": _formula(kind, onto),
            "swapped": _formula(kind, "y" if onto == "x" else "x"),
            "unsquared": _formula(kind, onto, r"\norm{%s}"),
            "undivided": _formula(kind, onto, None),
            **{name: _formula(name, onto) for name in RETURNS if name != kind},
        },
        "kinds": [name for name in sorted(RETURNS) if name != kind],
    }


def _formula(kind, onto, divisor=r"\norm{%s}^2"):
    base, other = (rf"\vec {name}" for name in (onto, "y" if onto == "x" else "x"))
    top = r"\vec x \cdot \vec y"
    z = rf"({top})\,{base}" if divisor is None else rf"\dfrac{{{top}}}{{{divisor % base}}}\,{base}"
    return Latex({"projection": z, "rest": rf"{other} - {z}", "mirror": rf"2\,{z} - {other}"}[kind])


def solve(u, v, kind, onto, change, factor):
    program, changed, _ = _programs(u, v, kind, onto, change, factor)
    before, after = _runs(u, v, kind, onto, change, factor)
    other = "y" if onto == "x" else "x"
    return {
        "output": Exact(output_of(program)),
        "first_line": Exact(output_of(changed.rsplit("\n", 1)[0])),
        "formula": Option("right"),
        "before": {**before, "quotient": _quotient(**before)},
        "after": {**after, "quotient": _quotient(**after)},
        "other": other,
        "base_name": "u" if onto == "x" else "v",
        "other_name": "v" if onto == "x" else "u",
        "base_is_scaled": (change, onto) in (("first", "x"), ("second", "y")),
        "unrounded": Fraction(after["dot"], after["square"]),
    }


def _quotient(dot, square, c, **_):
    """The quotient as it comes, then in lowest terms when it looks different."""
    reduced = "" if c.denominator == square else rf" = {sp.latex(sp.Rational(c))}"
    return Latex(rf"\frac{{{dot}}}{{{square}}}{reduced}")


def verify(u, v, kind, onto, change, factor, program, options, output, first_line, formula):
    # a, b: the projection is the multiple k/8 of the short vector that is nearest to the other one, found by trying.
    u, v = np.array(u), np.array(v)
    first, second = {"first": (factor * u, v), "second": (u, factor * v), "swap": (v, u), "floor": (u, v)}[change]
    w = _search(u, v, kind, onto, 1)
    assert output == f"{w.tolist()}\n{float(w @ v)}"
    w = _search(first, second, kind, onto, 8 if change == "floor" else 1)
    assert first_line == str(w.astype(int).tolist() if change == "floor" else w.tolist())
    # c: the function of the program and the formulas of the options at the same vectors.
    space = {}
    exec(program.split("\nu =")[0], space)
    x, y = np.array([3, 1, -2]), np.array([1, 4, 2])
    assert np.allclose(space["f"](x, y), _option(formula, kind, onto, x, y))


def _search(x, y, kind, onto, step):
    """What the function returns, with its coefficient rounded down to a multiple of step / 8."""
    base, other = (x, y) if onto == "x" else (y, x)
    k = min(range(-400, 401), key=lambda n: int(((8 * other - n * base) ** 2).sum()))
    z = (k - k % step) / 8 * base
    return {"projection": z, "rest": other - z, "mirror": z - (other - z)}[kind]


def _option(key, kind, onto, x, y):
    """The value of an option's formula."""
    base, other = (x, y) if (onto == "x") != (key == "swapped") else (y, x)
    divisor = {"unsquared": np.sqrt(base @ base), "undivided": 1}.get(key, base @ base)
    z = (x @ y) / divisor * base
    return {"projection": z, "rest": other - z, "mirror": 2 * z - other}[key if key in RETURNS else kind]
