"""Tiny exams in a folder, for tests of what stands between a problem on disk and a version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from m4ml_exams.assemble import Question, Taken, Version, assemble, choose, draw_question, letters
from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import Blueprint, load_blueprint
from m4ml_exams.errors import M4mlError, flatten
from m4ml_exams.lock import EMPTY, Lock, lock_of, lock_path, restore
from m4ml_exams.model import Statement, Text
from m4ml_exams.problem_text import read_statement, split

TEX = Path("problem.tex")

HEAD = 'title = "T"\ncourse = "C"\nterm = "W"\ndate = "D"\n'
IMPORTS = "import numpy as np\nimport sympy as sp\nfrom m4ml_exams.authoring import *\n"
META = 'META = Meta(title="t", topics=["T"], difficulty=1, minutes=1)\n'
TOPICS = '[T]\ntitle = "Tests"\narea = "Tests"\n'

SUM_TEX = "\\question[4]\nWhat is $\\VAR{a} + \\VAR{b}$?\n\n\\blank{total}\n"
SUM_PY = """
def draw(rng):
    return {"a": rng.randint(1, 9), "b": rng.randint(1, 9)}

def solve(a, b):
    return {"total": Exact(a + b)}

def verify(a, b, total):
    assert total - b == a
"""


ALL_TEX = r"""Let $\VAR{n}$, $\VAR{q}$, $\VAR{A}$, $\VAR{f}$, \VAR{word}.
\begin{parts}
  \part[2] \blank{number} \blank{list}
  \part[1] \begin{choices}[number, count=3]\choice[*] None of these\end{choices}
  \part[1.5] \begin{checkboxes}[some]\choice[a] $a$\choice[b] $b$\choice[*] None of these\end{checkboxes}
  \part \begin{subparts}\subpart[1] \truefalse{sure}\subpart[1] \begin{work}[3cm, answer=why]\end{work}\end{subparts}
  \part[1] \begin{choices}[one]\choice[p] $p$\choice[q] $q$\choice[r] $r$\end{choices}
  \part[9] \blank{any} \blank{between} \blank{set} \blank{scale} \blank{span} \blank{function} \blank{where}
\end{parts}
"""
ALL_PY = r"""
from fractions import Fraction

def draw(rng):
    n = rng.randint(2, 10**6)
    x, t = sp.Symbol("x"), sp.Symbol("t", positive=True)
    return {
        "n": n, "q": Fraction(n, 7), "r": sp.Rational(n, 3), "A": sp.Matrix([[n, sp.sqrt(2)], [sp.pi, 1]]),
        "f": n * x**2 + sp.exp(t), "members": sp.FiniteSet(*range(n % 5), sp.sqrt(n), t), "word": "größer",
        "tex": Latex("$x$"), "flag": n % 2 == 0, "nothing": None, "table": {"k": [1, (2, n)], 3: "v"},
        "array": np.array([[1, n], [3, 4]]), "interval": sp.Interval.open(0, n),
    }

def solve(n, f):
    x = sp.Symbol("x")
    return {
        "number": Exact(n), "list": Exact([1, n]), "some": Options("b"), "sure": n % 2 == 0,
        "why": Rubric(("says $why$", 2), ("and how", Fraction(1, 2))), "one": Option("q"),
        "any": AnyOf(n, -n), "between": AnyIn(0, n, (True, False)), "set": SetOf(1, n, sp.sqrt(3)),
        "scale": UpToScale([n, 1]), "span": SameSpan(sp.Matrix([1, 0, 0]), sp.Matrix([0, n, 1])),
        "function": Expression(f, "x", "t"), "where": Where("is even", 2 * n, lambda v: v % 2 == 0),
        "plain": 3 * n,
    }

def mistakes(n):
    return {"number": {"m%d" % k: n + sp.sqrt(k) for k in range(1, 6)}}

def verify(n):
    pass
"""


def read(tex: str) -> Statement:
    """The structure of a problem.tex without values in it."""
    statement = split(tex, TEX).statement
    return read_statement(Text(statement, tuple(range(1, statement.count("\n") + 2))), TEX)


def problem(name: str, tex: str = SUM_TEX, py: str | None = SUM_PY, meta: str = META) -> dict[str, str]:
    """The files of a problem; without ``py`` it is static. ``problem.py`` begins with IMPORTS and META."""
    files = {f"problems/{name}/problem.tex": tex}
    return files if py is None else {**files, f"problems/{name}/problem.py": IMPORTS + meta + py}


def use(*names: str, more: str = "") -> str:
    """Entries that use these problems; ``more`` goes into each."""
    return "".join(f'[[entry]]\nuse = "{name}"\n{more}\n' for name in names)


def faults(error: BaseException) -> list[str]:
    """The faults in an error as a person reads them, paths cut to their file name."""
    return [_told(fault) for fault in flatten(error)]


def _told(fault: M4mlError) -> str:
    path = fault.place.path
    return str(fault) if path is None else str(fault).replace(str(path), path.name, 1)


class TinyExam:
    """An exam file with its bank; files may be changed between two looks at it."""

    def __init__(self, root: Path, files: dict[str, str], entries: str, **head: object) -> None:
        self.root = root
        self.file = root / "exams" / "exam.toml"
        for name, text in files.items():
            self.write(name, text)
        self.say(entries, **head)

    def write(self, name: str, text: str) -> None:
        """Write a file of the course."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place where ``old`` stands in a file."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def say(self, entries: str, seed: object = 1, **head: object) -> None:
        """Write the exam file."""
        keys = "".join(f"{key} = {value}\n" for key, value in {"seed": seed, **head}.items())
        self.write("exams/exam.toml", HEAD + keys + entries)

    @property
    def blueprint(self) -> Blueprint:
        return load_blueprint(self.file)

    @property
    def bank(self) -> Bank:
        return Bank((self.root / "problems",))

    @property
    def lock_path(self) -> Path:
        return lock_path(self.file)

    def draw(self, count: int = 1, taken: Taken | None = None) -> tuple[Version, ...]:
        """All versions, drawn."""
        return self.versions(count, EMPTY, lambda letter, entry: True, taken)

    def restore(self, lock: Lock, count: int = 1) -> tuple[Version, ...]:
        """All versions, given back by a lock where it has them."""
        return self.versions(count, lock, lambda letter, entry: lock.question(letter, entry + 1) is None)

    def versions(
        self, count: int, lock: Lock, fresh: Callable[[str, int], bool], taken: Taken | None = None
    ) -> tuple[Version, ...]:
        blueprint, names = self.blueprint, letters(count)
        taken = Taken() if taken is None else taken

        def question(letter: str, entry: int, chosen: object) -> Question:
            if fresh(letter, entry):
                return draw_question(blueprint, entry, chosen, letter, taken)
            return restore(blueprint, entry, chosen, lock.question(letter, entry + 1), self.lock_path)

        return assemble(blueprint, choose(blueprint, self.bank, names), question)

    def lock(self, count: int = 1) -> Lock:
        """The lock of versions drawn now."""
        return lock_of(self.draw(count), EMPTY, lambda letter, question: True)


def everything(root: Path) -> TinyExam:
    """An exam with every kind of given, answer and option."""
    entries = use("a/all", "a/sum", "a/sum", more='zone = "z"')
    return TinyExam(root, {**problem("a/all", ALL_TEX, ALL_PY), **problem("a/sum")}, entries, shuffle='["z"]')
