"""Versions from a lock: what was printed stays, words may change, and what would change an answer is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_exam import TinyExam, faults, problem, use

from m4ml_exams.answers import Answer, AnyIn, AnyOf, Exact, SameSpan, UpToScale
from m4ml_exams.assemble import Version, letters
from m4ml_exams.errors import UsageError
from m4ml_exams.lock import EMPTY, Lock, Redraw, drifted, lock_of, lock_text

PY = "problems/a/sum/problem.py"
TEX = "problems/a/sum/problem.tex"


def relocked(lock: Lock, change: Callable[[dict[str, Any]], object]) -> Lock:
    """The lock with the first question of version A changed in its text."""
    data = json.loads(lock_text(lock))
    change(data["versions"]["A"][0])
    return Lock.model_validate(data)


def told(exam: TinyExam, lock: Lock, count: int = 1) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        exam.restore(lock, count)
    return faults(caught.value)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in messages name files as seen from the course."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def sums(tmp_path: Path) -> TinyExam:
    return TinyExam(tmp_path, problem("a/sum"), use("a/sum"))


def test_restoring_never_draws(sums: TinyExam) -> None:
    drawn, lock = sums.draw(3), sums.lock(3)
    sums.edit(PY, 'return {"a": rng', 'raise RuntimeError("drawn")\n    return {"a": rng')
    restored = sums.restore(lock, 3)
    assert [version.questions[0].variant.given for version in restored] == [
        version.questions[0].variant.given for version in drawn
    ]
    assert [version.questions[0].statement for version in restored] == [
        version.questions[0].statement for version in drawn
    ]


def test_another_seed_or_another_draw_changes_nothing(sums: TinyExam) -> None:
    lock = sums.lock(2)
    sums.say(use("a/sum"), seed='"another"')
    sums.edit(PY, '"b": rng.randint(1, 9)', '"b": rng.randint(100, 900)')
    restored = sums.restore(lock, 2)
    assert lock_text(lock_of(restored, lock, lambda letter, question: False)) == lock_text(lock)
    assert all(question.variant.given["b"] < 10 for version in restored for question in version.questions)


def test_versions_that_the_lock_lacks_are_drawn(sums: TinyExam) -> None:
    lock = sums.lock(2)
    versions = sums.restore(lock, 4)
    assert [version.questions[0].number for version in versions] == [1, 1, None, None]


def test_words_may_be_mended(sums: TinyExam) -> None:
    lock = sums.lock()
    sums.edit(TEX, "What is", "% mended\nHow much is")
    sums.edit(TEX, "\\blank{total}\n", "\\blank[label=$=$]{total}\n\\begin{solution}Add.\\end{solution}\n")
    [version] = sums.restore(lock)
    [part] = version.questions[0].statement.parts
    assert "How much is" in part.body[0].latex


def one(root: Path, tex: str, solve: str, mistakes: str = "{}") -> TinyExam:
    """An exam with a problem that draws n = 7."""
    py = f"""
def draw(rng):
    return {{"n": 7}}

def solve(n):
    return {solve}

def mistakes(n):
    return {mistakes}

def verify(n):
    pass
"""
    return TinyExam(root, problem("a/one", tex, py), use("a/one"))


BLANK = r"\question[1] \blank{x}"
CHOICES = r"\question[1] \begin{choices}[x]\choice[p] $p$\choice[q] $q$\end{choices}"
BOXES = r"\question[1] \begin{checkboxes}[x]\choice[p] $p$\choice[q] $q$\choice[*] None\end{checkboxes}"
VECTOR = r"\begin{{bmatrix}} {} \\ {} \end{{bmatrix}}"
WORK = r"\question[1] \begin{work}[3cm, answer=x]\end{work}"


@pytest.mark.parametrize(
    ("tex", "before", "after", "was", "now"),
    [
        (BLANK, "Exact(n)", "Exact(n + 1)", "7", "8"),
        (BLANK, "Exact(n)", "Exact(sp.sqrt(n))", "7", r"\sqrt{7}"),
        (BLANK, "Exact(n)", "Exact([n, 1])", "7", VECTOR.format(7, 1)),
        (BLANK, "AnyOf(n, 1)", "Exact(n)", "AnyOf 7", "Exact 7"),
        (BLANK, "AnyIn(0, n)", "AnyIn(0, n - 1)", "[0, 7]", "[0, 6]"),
        (BLANK, "AnyIn(0, n)", "AnyIn(0, n, (False, True))", "[0, 7]", "(0, 7]"),
        (BLANK, "SetOf(1, n)", "SetOf(1, n, 2)", r"\{1, 7\}", r"\{1, 2, 7\}"),
        (BLANK, "UpToScale([n, 1])", "UpToScale([n, 2])", VECTOR.format(7, 1), VECTOR.format(7, 2)),
        (
            BLANK,
            "UpToScale([n, 1])",
            "Exact([n, 1])",
            "UpToScale " + VECTOR.format(7, 1),
            "Exact " + VECTOR.format(7, 1),
        ),
        (BLANK, "SameSpan([1, n])", "SameSpan([n, 1])", VECTOR.format(1, 7), VECTOR.format(7, 1)),
        (BLANK, "Expression(sp.Symbol('x') * n)", "Expression(sp.Symbol('x') + n)", "7x", "x + 7"),
        (
            BLANK,
            "Where('odd', n, lambda v: v % 2 == 1)",
            "Where('even', 8, lambda v: v % 2 == 0)",
            "7",
            "8",
        ),
        (CHOICES, "Option('p')", "Option('q')", "p", "q"),
        (BOXES, "Options('p')", "Options()", "p", "no option"),
        (BOXES, "Options('p')", "Options('p', 'q')", "p", "p, q"),
        (WORK, "Rubric(('says why', 2))", "Rubric(('says how', 2))", "says why (2)", "says how (2)"),
    ],
)
def test_an_answer_that_todays_rule_rejects_is_told_with_todays(
    tmp_path: Path, tex: str, before: str, after: str, was: str, now: str
) -> None:
    exam = one(tmp_path, tex, f"{{'x': {before}}}")
    lock = exam.lock()
    exam.edit("problems/a/one/problem.py", f"{{'x': {before}}}", f"{{'x': {after}}}")
    assert told(exam, lock) == [
        f"exam.lock.json: The answer 'x' of a/one was {was}, today's solve says {now}.\n"
        "  in problem a/one, version A\n"
        "  Mend problem.py, draw the problem anew ('m4ml build exams/exam.toml --relock 1'), or take today's answer "
        "for papers that are out (--rekey)."
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Exact(sp.sqrt(n**2))", "Exact(n)"),
        ("Exact(n)", "AnyOf(1, n)"),
        ("AnyIn(1, n)", "AnyIn(0, n)"),
        ("AnyIn(0, n, (False, False))", "AnyIn(0, n, (False, False))"),
        ("UpToScale([n, 1])", "UpToScale([-2 * n, -2])"),
        ("Exact([n, 1])", "UpToScale([n, 1])"),
        ("SetOf(1, n)", "SetOf(n, 1)"),
        ("SameSpan([1, n], [0, 1])", "SameSpan([1, 0], [0, 1])"),
        ("Expression((sp.Symbol('x') + n)**2)", "Expression(((sp.Symbol('x') + n)**2).expand())"),
        ("Exact(n)", "Where('odd', 9, lambda v: v % 2 == 1)"),
    ],
)
def test_an_answer_that_todays_rule_accepts_stays(tmp_path: Path, before: str, after: str) -> None:
    exam = one(tmp_path, BLANK, f"{{'x': {before}}}")
    lock = exam.lock()
    if before != after:
        exam.edit("problems/a/one/problem.py", before, after)
    assert len(exam.restore(lock)) == 1


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        ("UpToScale([n, 1])", "UpToScale([-2 * n, -2])", UpToScale([7, 1])),
        ("Exact([n, 1])", "UpToScale([3 * n, 3])", UpToScale([7, 1])),
        ("SameSpan([1, n], [0, 1])", "SameSpan([1, 0], [0, 1])", SameSpan([1, 7], [0, 1])),
        ("Exact(n)", "AnyOf(1, n)", AnyOf(7, 1)),
        ("AnyIn(1, n)", "AnyIn(0, n)", AnyIn(0, 7)),
        ("AnyIn(n, n)", "Exact(n)", Exact(7)),
    ],
)
def test_the_locked_value_is_printed_under_todays_rule(tmp_path: Path, before: str, after: str, due: Answer) -> None:
    exam = one(tmp_path, BLANK, f"{{'x': {before}}}")
    lock = exam.lock()
    exam.edit("problems/a/one/problem.py", before, after)
    [version] = exam.restore(lock)
    assert version.questions[0].variant.answers == {"x": due}


def test_the_changed_answers_of_all_problems_are_told_as_the_first_version_shows_them(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, {**problem("a/sum"), **problem("b/sum")}, use("a/sum", "b/sum"))
    lock = exam.lock(3)
    for name in ("a", "b"):
        exam.edit(f"problems/{name}/sum/problem.py", "Exact(a + b)", "Exact(a + b + 100)")
    givens = [lock.versions["A"][at].given for at in (0, 1)]
    assert told(exam, lock, 3) == [
        f"exam.lock.json: The answer 'total' of {name} was {sum(given.values())}, "
        f"today's solve says {sum(given.values()) + 100}.\n"
        f"  in problem {name}, version A\n"
        f"  Mend problem.py, draw the problem anew ('m4ml build exams/exam.toml --relock {entry}'), or take today's "
        "answer for papers that are out (--rekey)."
        for entry, (name, given) in enumerate(zip(("a/sum", "b/sum"), givens, strict=True), start=1)
    ]


STRUCTURE = (
    "  Undo the change (words may change, structure may not), or draw it anew: 'm4ml build exams/exam.toml --relock 1'."
)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("[4]", "[5]", "locked 'part a: 4 points'; today 'part a: 5 points'"),
        (
            "\\blank{total}\n",
            "\\blank{total}\n\\blank{total}",
            "locked nothing else; today 'part a: blank total'",
        ),
        (
            "\\blank{total}\n",
            "\\blank[width=9cm]{total}",
            "locked 'part a: blank total'; today 'part a: blank total 9cm'",
        ),
        (
            "\\blank{total}\n",
            "\\begin{work}[3cm]\\blank{total}\\end{work}",
            "locked nothing else; today 'part a: work 3cm'",
        ),
    ],
)
def test_a_changed_structure_is_told_at_the_problem(sums: TinyExam, old: str, new: str, change: str) -> None:
    lock = sums.lock()
    sums.edit(TEX, old, new)
    assert told(sums, lock) == [
        f"problem.tex:1: The structure of a/sum has changed: {change}.\n  in problem a/sum, version A\n{STRUCTURE}"
    ]


def test_a_changed_order_of_responses_is_a_changed_structure(tmp_path: Path) -> None:
    exam = one(tmp_path, r"\question[1] \blank{x} \blank{y}", "{'x': Exact(n), 'y': Exact(n)}")
    lock = exam.lock()
    exam.write("problems/a/one/problem.tex", r"\question[1] \blank{y} \blank{x}")
    assert told(exam, lock)[0].split("\n")[0] == ("problem.tex: The structure of a/one has changed: another order.")


@pytest.mark.parametrize(
    ("part", "place", "change"),
    [
        (r"\part[3] \blank{y}", "problem.tex:3", "locked 'part b: 1 points'; today 'part b: 3 points'"),
        ("", "problem.tex", "locked 'part b: 1 points'; 'part b: blank y'; today nothing else"),
    ],
)
def test_a_changed_part_is_told_at_its_line_while_it_is_there(
    part: str, place: str, change: str, tmp_path: Path
) -> None:
    both = "\\begin{{parts}}\n\\part[1] \\blank{{x}}\n{}\n\\end{{parts}}\n"
    exam = one(tmp_path, both.format(r"\part[1] \blank{y}"), "{'x': Exact(n), 'y': Exact(n)}")
    lock = exam.lock()
    exam.write("problems/a/one/problem.tex", both.format(part))
    if not part:
        exam.edit("problems/a/one/problem.py", ", 'y': Exact(n)", "")
    assert told(exam, lock) == [
        f"{place}: The structure of a/one has changed: {change}.\n  in problem a/one, version A\n{STRUCTURE}"
    ]


def test_overrides_of_the_entry_are_structure(sums: TinyExam) -> None:
    sums.say(use("a/sum", more="part_points = [2]"))
    lock = sums.lock()
    assert sums.restore(lock)[0].points == 2
    sums.say(use("a/sum"))
    assert told(sums, lock) == [
        "problem.tex:1: The structure of a/sum has changed: locked 'part a: 2 points'; today 'part a: 4 points'.\n"
        f"  in problem a/sum, version A\n{STRUCTURE}"
    ]


def test_an_entry_that_asks_for_another_problem_is_told_at_the_exam_file(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, {**problem("a/sum"), **problem("a/other")}, use("a/sum"))
    lock = exam.lock()
    exam.say(use("a/other"))
    assert told(exam, lock) == [
        "exam.toml:6: Entry 1 asks for a/other, the lock has a/sum.\n"
        "  in version A\n"
        "  Restore the entry, or draw it anew: 'm4ml build exams/exam.toml --relock 1'."
    ]


@pytest.mark.parametrize(
    ("old", "new", "function"),
    [
        ("def solve(a, b):", "def solve(a, b, c):", "solve"),
        ("def solve(a, b):", "def show(a, c):\n    return {}\n\ndef solve(a, b):", "show"),
    ],
)
def test_a_given_that_was_not_drawn_when_the_lock_was_made_is_told(
    sums: TinyExam, old: str, new: str, function: str
) -> None:
    lock = sums.lock()
    sums.edit(PY, old, new)
    sums.edit(PY, 'return {"a": rng', 'return {"c": 1, "a": rng')
    assert len(sums.draw()) == 1
    assert told(sums, lock) == [
        f"exam.lock.json: The lock has no given 'c' of a/sum, which today's {function} asks for.\n"
        "  in problem a/sum, version A\n"
        "  Mend problem.py, or draw the problem anew: 'm4ml build exams/exam.toml --relock 1'."
    ]


VALUES = r"\question[1] \begin{choices}[x, count=3]\choice[*] None of these\end{choices}"
MISTAKES = "{'x': {'more': n + 1, 'less': n - 1, 'twice': 2 * n}}"
OPTIONS = (
    "exam.lock.json: The options of a/one (a1) are not today's, or others are right.\n"
    "  in problem a/one, version A\n"
    "  Mend the problem, or draw it anew: 'm4ml build exams/exam.toml --relock 1'."
)


def chosen(version: Version) -> list[tuple[str, bool, object]]:
    return [(option.key, option.correct, option.value) for option in version.questions[0].options("a1")]


def test_options_stay_as_printed_when_mistakes_change(tmp_path: Path) -> None:
    exam = one(tmp_path, VALUES, "{'x': Exact(n)}", MISTAKES)
    [drawn], lock = exam.draw(), exam.lock()
    exam.edit("problems/a/one/problem.py", MISTAKES, "{'x': {'far': n + 50, 'further': n + 60}}")
    assert chosen(exam.restore(lock)[0]) == chosen(drawn)


def test_texts_of_options_stay_in_their_printed_order(tmp_path: Path) -> None:
    exam = one(tmp_path, CHOICES, "{'x': Option('p')}")
    drawn, lock = exam.draw(6), exam.lock(6)
    exam.say(use("a/one"), seed=99)
    exam.write("problems/a/one/problem.tex", CHOICES.replace("$q$", "quite other words"))
    assert [chosen(version) for version in exam.restore(lock, 6)] == [chosen(version) for version in drawn]
    assert len({tuple(chosen(version)) for version in drawn}) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda options: options.clear(),
        lambda options: options["a1"].pop(),
        lambda options: options["a1"].pop(0),
        lambda options: options["a1"].append(options["a1"][0]),
        lambda options: options["a1"].__setitem__(0, options["a1"][1]),
        lambda options: [option.update(correct=not option["correct"]) for option in options["a1"]],
        lambda options: options["a1"][-1].update(correct=True),
        lambda options: options["a1"][-1].update(key="+"),
        lambda options: [option.update(value=99) for option in options["a1"][:3]],
        lambda options: [option.update(value={"integer": "7"}) for option in options["a1"][:3]],
    ],
)
def test_options_that_do_not_hold_are_told(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    exam = one(tmp_path, VALUES, "{'x': Exact(n)}", MISTAKES)
    lock = relocked(exam.lock(), lambda question: change(question["options"]))
    assert told(exam, lock) == [OPTIONS]


def test_a_printed_distractor_that_todays_rule_accepts_is_told(tmp_path: Path) -> None:
    exam = one(tmp_path, VALUES.replace("count=3", "count=4"), "{'x': Exact(n)}", MISTAKES)
    lock = exam.lock()
    exam.edit("problems/a/one/problem.py", "{'x': Exact(n)}", "{'x': AnyOf(n, n + 1)}")
    exam.edit("problems/a/one/problem.py", MISTAKES, "{'x': {str(k): n + k for k in range(2, 9)}}")
    assert told(exam, lock) == [OPTIONS]


LIST = r"""\begin{optionlist}[names]
\choice[p] $p$
\choice[q] $q$
\choice[r] $r$
\choice[*] none
\end{optionlist}
\begin{parts}\part[1] \pick{x}{names}\part[1] \pick{y}{names}\end{parts}
"""


def test_the_letters_of_a_shared_list_stay_as_printed(tmp_path: Path) -> None:
    exam = one(tmp_path, LIST, "{'x': Option('p'), 'y': Option('*')}")
    drawn, lock = exam.draw(6), exam.lock(6)
    exam.say(use("a/one"), seed=99)
    exam.write("problems/a/one/problem.tex", LIST.replace("$q$", "other words"))
    letters_of = [[option.key for option in version.questions[0].listed("names")] for version in drawn]
    restored = exam.restore(lock, 6)
    assert [[option.key for option in version.questions[0].listed("names")] for version in restored] == letters_of
    assert len(set(map(tuple, letters_of))) > 2


@pytest.mark.parametrize(
    "change",
    [
        lambda options: options.pop("list names"),
        lambda options: options["list names"].pop(),
        lambda options: options["list names"].append(options["list names"][0]),
        lambda options: options["list names"].__setitem__(0, options["list names"][1]),
    ],
)
def test_a_shared_list_that_does_not_hold_is_told(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    exam = one(tmp_path, LIST, "{'x': Option('p'), 'y': Option('*')}")
    lock = relocked(exam.lock(), lambda question: change(question["options"]))
    assert told(exam, lock) == [OPTIONS.replace("(a1)", "(list names)").replace(", or others are right", "")]


ZONE = use("a/p0", "a/p1", "a/p2", "a/p3", more='zone = "z"')
FOUR = {file: text for number in range(4) for file, text in problem(f"a/p{number}").items()}


def order(version: Version) -> list[int]:
    return [question.entry for question in version.questions]


@pytest.mark.parametrize("head", [{"seed": 99, "shuffle": '["z"]'}, {"seed": 1}])
def test_the_printed_order_stays_when_seed_or_shuffling_change(tmp_path: Path, head: dict[str, Any]) -> None:
    exam = TinyExam(tmp_path, FOUR, ZONE, shuffle='["z"]')
    drawn, lock = exam.draw(6), exam.lock(6)
    assert len({tuple(order(version)) for version in drawn}) > 2
    exam.say(ZONE, **head)
    assert [order(version) for version in exam.restore(lock, 6)] == [order(version) for version in drawn]


def test_what_is_drawn_anew_leaves_the_order_of_the_others(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, FOUR, ZONE, shuffle='["z"]')
    drawn, lock = exam.draw(6), exam.lock(6)
    some = exam.versions(6, lock, lambda letter, entry: entry == 2)
    assert [order(version) for version in some] == [order(version) for version in drawn]
    exam.say(ZONE, seed=99, shuffle='["z"]')
    others = [[entry for entry in order(version) if entry != 2] for version in drawn]
    for version, before in zip(exam.versions(6, lock, lambda letter, entry: entry == 2), others, strict=True):
        assert [entry for entry in order(version) if entry != 2] == before
        assert sorted(order(version)) == [0, 1, 2, 3]


def test_entries_after_the_locked_ones_are_drawn_and_stand_where_the_file_has_them(tmp_path: Path) -> None:
    exam = TinyExam(tmp_path, {**FOUR, **problem("b/new")}, ZONE, shuffle='["z"]')
    drawn, lock = exam.draw(3), exam.lock(3)
    exam.say(ZONE + use("b/new"), shuffle='["z"]')
    assert [order(version) for version in exam.restore(lock, 3)] == [[*order(version), 4] for version in drawn]


def test_drift_is_told_of_mathematics_not_of_words(sums: TinyExam) -> None:
    lock = sums.lock()
    [version] = sums.restore(lock)
    assert not drifted(lock, version.questions[0], "A")
    sums.edit(TEX, "What is", "How much is")
    [version] = sums.restore(lock)
    assert not drifted(lock, version.questions[0], "A")
    sums.edit(PY, "rng.randint(1, 9), ", "rng.randint(1, 8), ")
    [version] = sums.restore(lock)
    assert drifted(lock, version.questions[0], "A")
    assert not drifted(lock, version.questions[0], "B")
    assert not drifted(EMPTY, version.questions[0], "A")


@pytest.mark.parametrize(
    ("text", "redraw"),
    [
        ("", Redraw()),
        ("2", Redraw("2")),
        ("a/sum", Redraw("a/sum")),
        ("a/sum:B", Redraw("a/sum", "B")),
        (":B", Redraw(None, "B")),
        ("2:", Redraw("2")),
    ],
)
def test_what_to_draw_anew_is_read_from_its_words(text: str, redraw: Redraw) -> None:
    assert Redraw.parse(text) == redraw


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("", {"1A", "1B", "2A", "2B"}),
        ("1", {"1A", "1B"}),
        ("a/two", {"2A", "2B"}),
        ("a/two:B", {"2B"}),
        ("1:A", {"1A"}),
        (":A", {"1A", "2A"}),
        ("3", set()),
        ("two", set()),
    ],
)
def test_a_redraw_covers_entries_by_number_or_name_and_versions_by_letter(text: str, covered: set[str]) -> None:
    entries = {1: "a/one", 2: "a/two"}
    redraw = Redraw.parse(text)
    assert {
        f"{entry}{letter}" for entry, name in entries.items() for letter in "AB" if redraw.covers(entry, name, letter)
    } == covered


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("3", "--relock names '3', which is no entry.\n  Entries: 1 to 2, or a/one, a/sum."),
        ("0", "--relock names '0', which is no entry.\n  Entries: 1 to 2, or a/one, a/sum."),
        ("sum", "--relock names 'sum', which is no entry.\n  Entries: 1 to 2, or a/one, a/sum."),
        ("1:D", "--relock names version 'D'.\n  Versions: A, B, C."),
        ("1:b", "--relock names version 'b'.\n  Versions: A, B, C."),
    ],
)
def test_a_redraw_of_what_is_not_there_is_told(tmp_path: Path, text: str, due: str) -> None:
    blueprint = TinyExam(tmp_path, {}, use("a/sum", "a/one")).blueprint
    with pytest.raises(UsageError) as caught:
        Redraw.parse(text).refuse_unknown(blueprint, {"a/sum", "a/one"}, letters(3))
    assert str(caught.value) == due


@pytest.mark.parametrize("text", ["", "1", "2:C", "a/sum", "a/one:A", ":B"])
def test_a_redraw_of_what_is_there_passes(tmp_path: Path, text: str) -> None:
    blueprint = TinyExam(tmp_path, {}, use("a/sum", "a/one")).blueprint
    Redraw.parse(text).refuse_unknown(blueprint, {"a/sum", "a/one"}, letters(3))
