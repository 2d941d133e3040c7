"""Answers made of claims: for each response the key that follows, and the faults that can be seen without a case."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_exam import TinyExam, faults, problem, use

from m4ml_exams.answers import Option, Options
from m4ml_exams.assemble import Variant
from m4ml_exams.check import ON_PAPER, apply

TEX = r"""\begin{parts}
  \part[1] \truefalse{yes}
  \part[1] \truefalse{no}
  \part[3] \begin{grid}[impossible, possible, guaranteed]
    \row{always} a
    \row{never} n
    \row{both} s
  \end{grid}
  \part[3] \begin{grid}[sure={Of course}, maybe={Perhaps}]
    \row{own} o
    \row{mine} m
  \end{grid}
  \part[1] \begin{checkboxes}[must]\choice[a] A\choice[s] S\choice[n] N\end{checkboxes}
  \part[1] \begin{checkboxes}[could]\choice[a] A\choice[s] S\choice[n] N\end{checkboxes}
  \part[1] \begin{checkboxes}[nothing]\choice[a] A\choice[s] S\choice[*] None of the above\end{checkboxes}
  \part[1] \begin{choices}[one]\choice[a] A\choice[n] N\choice[*] None of these\end{choices}
  \part[1] \begin{choices}[none]\choice[a] A\choice[s] S\choice[*] None of these\end{choices}
  \part[1] \begin{choices}[verdict]\choice[proof] P\choice[counter] C\end{choices}
\end{parts}
"""
PY = r"""
NUMBERS = samplers.integers(low=-200, high=200)
TRIED = []

def tried(n):
    TRIED.append(n)
    return n % 2 == 0

A, S, N = Always(lambda n: n == n, NUMBERS), Sometimes(tried, NUMBERS), Never(lambda n: n != n, NUMBERS)

def draw(rng):
    return {"d": rng.randint(1, 1)}

def claims(d):
    return {
        "yes": A, "no": S, "always": A, "never": N, "both": S, "own": {"sure": A}, "mine": {"maybe": S},
        "must": Must(a=A, s=S, n=N), "could": Could(a=A, s=S, n=N), "nothing": Impossible(a=A, s=S),
        "one": Impossible(a=A, n=N), "none": Impossible(a=A, s=S), "verdict": {"counter": S},
    }
"""


def drawn(root: Path, tex: str = TEX, py: str = PY) -> Variant:
    return TinyExam(root, problem("a/c", tex, py), use("a/c")).draw()[0].questions[0].variant


def test_each_response_gets_the_key_that_follows(tmp_path: Path) -> None:
    variant = drawn(tmp_path)
    assert variant.answers == {
        "yes": Option("true"),
        "no": Option("false"),
        "always": Option("guaranteed"),
        "never": Option("impossible"),
        "both": Option("possible"),
        "own": Option("sure"),
        "mine": Option("maybe"),
        "must": Options("a"),
        "could": Options("a", "s"),
        "nothing": Options(),
        "one": Option("n"),
        "none": Option("*"),
        "verdict": Option("counter"),
    }
    assert variant.claimed == variant.answers.keys()
    assert [option.key for option in variant.options["g1"] if option.correct] == ["*"]


def test_no_case_is_tried_before_the_rules_ask_and_none_twice(tmp_path: Path) -> None:
    variant = drawn(tmp_path)
    tried = variant.problem.functions["claims"].__globals__["TRIED"]
    assert tried == []
    assert list(apply(ON_PAPER, variant)) == []
    assert tried == [0, 1]
    again = drawn(tmp_path)
    assert list(apply(ON_PAPER, variant)) == []
    assert tried == [0, 1]
    assert again.claims.keys() == variant.claims.keys()


def test_the_same_given_gets_the_same_claims(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/c", TEX, PY), use("a/c"))
    one, two = (version.questions[0].variant for version in exam.draw(2))
    assert one.claims["both"] is two.claims["both"]


def test_claims_alone_make_a_problem(tmp_path: Path) -> None:
    variant = drawn(tmp_path, TEX, PY.replace("def draw", "def unused").replace("claims(d)", "claims()"))
    assert variant.problem.static
    assert variant.answers["both"] == Option("possible")
    assert list(apply(ON_PAPER, variant)) == []


def test_solve_may_give_the_same_answer_and_others(tmp_path: Path) -> None:
    tex = "\\begin{parts}\\part[1] \\truefalse{yes}\\part[1] \\blank{x}\\end{parts}\n"
    py = "\ndef claims():\n    return {'yes': Always(lambda n: n == n, samplers.integers(low=-200, high=200))}\n"
    both = py + "\ndef solve():\n    return {'yes': True, 'x': Exact(1)}\n"
    with pytest.raises(ExceptionGroup) as caught:
        drawn(tmp_path / "a", tex, both)
    assert faults(caught.value)[0].split("\n")[0] == (
        "problem.py: problem.py has no verify, and claims does not make 'x'."
    )
    variant = drawn(tmp_path / "b", tex, both + "\ndef verify(yes, x):\n    assert yes == 'true' and x == 1\n")
    assert variant.claimed == {"yes"}
    assert list(apply(ON_PAPER, variant)) == []


UNSUITED = "which does not suit this response."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"yes": A', '"yes": Must(a=A)', f"claims gives Must for 'yes', {UNSUITED}"),
        ('"must": Must(a=A, s=S, n=N)', '"must": A', f"claims gives Always for 'must', {UNSUITED}"),
        ('{"sure": A}', "A", "No column of the grid stands for Always, which claims gives for 'own'."),
        ('"both": S', '"both": {"guaranteed": S}',
         "claims gives Sometimes for the key 'guaranteed' of 'both', which says something else."),
        ('"one": Impossible(a=A, n=N)', '"one": Could(a=A, n=S)',
         "claims makes the options a and n of 'one' right, where one is due."),
        ('{"sure": A}', '{"shure": A}', f"'own' is an answer of type Option, {UNSUITED}"),
        ('"yes": A', '"yes": True', "claims gives a bool for 'yes', where a claim, Must, ... is due."),
        ('"yes": A', '"yes": {"a": A, "b": A}', "claims gives a dict for 'yes', where a claim, Must, ... is due."),
    ],
)  # fmt: skip
def test_claims_that_do_not_fit_are_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert PY.count(old) == 1
    with pytest.raises(ExceptionGroup) as caught:
        drawn(tmp_path, TEX, PY.replace(old, new))
    (fault,) = faults(caught.value)
    assert fault.split("\n")[0].split(": ", 1)[1] == told


def test_a_locked_problem_whose_claims_ask_for_a_new_given_is_told(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, problem("a/c", TEX, PY), use("a/c"))
    lock = exam.lock()
    exam.edit("problems/a/c/problem.py", "def claims(d):", "def claims(d, e):")
    exam.edit("problems/a/c/problem.py", '"d": rng.randint(1, 1)', '"d": 1, "e": 2')
    with pytest.raises(ExceptionGroup) as caught:
        exam.restore(lock)
    assert [fault.split("\n")[0].split(": ", 1)[1] for fault in faults(caught.value)] == [
        "The lock has no given 'e' of a/c, which today's claims asks for."
    ]
