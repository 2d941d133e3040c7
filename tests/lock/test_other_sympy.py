"""A lock under another sympy, one that sorts, prints, simplifies or names its matrices otherwise: the same papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cmp_to_key
from typing import Any

import pytest
import sympy as sp
from sympy.core.cache import clear_cache
from tiny_exam import TinyExam, everything, problem, use

from m4ml_exams.assemble import Version
from m4ml_exams.course import Course
from m4ml_exams.lock import Lock, lock_of, lock_text
from m4ml_exams.render import Printer, Setting
from m4ml_exams.report import answers_csv

Change = Callable[[pytest.MonkeyPatch], None]
MANY_TEX = r"""\question[3] $\VAR{f}$ \blank{p} \blank{r} \blank{v} \blank{v[2]} \blank{B} \blank{m}
\begin{solution}$\VAR{p}$, $\VAR{r}$, $\VAR{v}$\end{solution}
"""
MANY_PY = """
def draw(rng):
    x, y = sp.symbols("x y")
    n = rng.randint(2, 9)
    return {"n": n, "f": 3 * x**2 * y - x * y / 2 + sp.sqrt(n) * y + sp.exp(x) + n}

def solve(n, f):
    x, y = sp.symbols("x y")
    return {
        "p": Expression(sp.factor(x**2 + 2 * n * x + n**2), "x"),
        "r": Exact(sp.expand((1 + sp.sqrt(n * n + 1)) ** 2)),
        "v": UpToScale(sp.Matrix([[n, -1], [2 * n, -2]]).nullspace()[0]),
        "B": Exact(sp.Matrix([[sp.Rational(1, n), x + y], [x * y, sp.sqrt(2) * n]])),
        "m": Exact(sp.Max(x, y, n)),
    }

def verify():
    pass
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> TinyExam:
    root = tmp_path_factory.mktemp("sympy")
    everything(root)
    return TinyExam(root, problem("a/many", MANY_TEX, MANY_PY), use("a/all", "a/many"))


@pytest.fixture(scope="module")
def lock(exam: TinyExam) -> Lock:
    return exam.lock(2)


@pytest.fixture(scope="module")
def papers(exam: TinyExam, lock: Lock) -> list[str]:
    return printed(exam, exam.restore(lock, 2))


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing that one sympy computed is known to the other."""
    clear_cache()
    yield
    clear_cache()


def printed(exam: TinyExam, versions: tuple[Version, ...]) -> list[str]:
    """The sources of all papers, and the table of answers."""
    printer = Printer.of(exam.blueprint, Course(exam.root))
    sources = [answers_csv(versions, printer.words)]
    for version in versions:
        paper = printer.exam(version, Setting())
        sources += [paper.latex, printer.key(paper, version).latex, printer.solutions(version).latex]
    return sources


def sorts(patch: pytest.MonkeyPatch) -> None:
    def backwards(items: list[Any]) -> None:
        items.sort(key=cmp_to_key(sp.Basic.compare), reverse=True)

    patch.setattr("sympy.core.add._addsort", backwards)
    patch.setattr("sympy.core.mul._mulsort", backwards)
    x, y = sp.symbols("x y")
    assert ((x + y).args, (x * y).args) == ((y, x), (y, x))


def prints(patch: pytest.MonkeyPatch) -> None:
    for printer in ("str.StrPrinter", "repr.ReprPrinter"):
        patch.setattr(f"sympy.printing.{printer}.doprint", lambda self, expr: f"<{type(expr).__name__}>")
    assert (str(sp.sqrt(2)), sp.srepr(sp.pi), str(sp.Matrix([1]))) == ("<Pow>", "<Pi>", "Matrix([[<One>]])")


def names_matrices(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sp, "Matrix", sp.SparseMatrix)
    patch.setattr(sp, "ImmutableMatrix", sp.ImmutableSparseMatrix)


def simplifies(patch: pytest.MonkeyPatch) -> None:
    nullspace = sp.Matrix.nullspace
    patch.setattr(sp, "factor", lambda expr: expr)
    patch.setattr(sp, "expand", lambda expr: expr)
    patch.setattr(sp, "simplify", lambda expr, **options: expr)
    patch.setattr(sp.Matrix, "nullspace", lambda matrix: [-6 * vector for vector in nullspace(matrix)])


@pytest.mark.parametrize("other", [sorts, prints, names_matrices, simplifies])
def test_a_lock_gives_the_same_papers_under_another_sympy(
    exam: TinyExam, lock: Lock, papers: list[str], monkeypatch: pytest.MonkeyPatch, other: Change
) -> None:
    other(monkeypatch)
    restored = exam.restore(lock, 2)
    assert printed(exam, restored) == papers
    assert lock_text(lock_of(restored, lock, lambda letter, question: False)) == lock_text(lock)


@pytest.mark.parametrize("other", [sorts, prints, names_matrices])
def test_a_lock_is_written_the_same_under_another_sympy(
    exam: TinyExam, lock: Lock, monkeypatch: pytest.MonkeyPatch, other: Change
) -> None:
    other(monkeypatch)
    assert lock_text(exam.lock(2)) == lock_text(lock)


def test_other_forms_of_the_answers_would_print_otherwise(
    exam: TinyExam, lock: Lock, papers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    simplifies(monkeypatch)
    drawn = exam.draw(2)
    assert lock_text(exam.lock(2)) != lock_text(lock)
    assert [source == before for source, before in zip(printed(exam, drawn), papers, strict=True)] == [
        False,
        *(True, False, False),
        *(True, False, False),
    ]


def test_a_rekey_keeps_what_todays_rules_accept(exam: TinyExam, lock: Lock, monkeypatch: pytest.MonkeyPatch) -> None:
    simplifies(monkeypatch)
    [version] = exam.restore(lock, 1)
    drawn = lock_of((version,), lock, lambda letter, question: True)
    assert [question.answers for question in drawn.versions["A"]] == [
        question.answers for question in lock.versions["A"]
    ]
