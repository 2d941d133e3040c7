"""What an author is told of each fault: file and line, problem, version and seed, what was found, what to do.

The banks are tests/banks/FAULT, the messages tests/banks/messages.txt; both are whole, and both are all it takes to add
a fault. Nothing that a fault touches is published.
"""

from __future__ import annotations

import contextlib
import errno
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from m4ml_exams.cli.main import main

BANKS = Path(__file__).parent / "banks"
BUILD = ("build", "--quiet", "exams/exam.toml")
CHECK = ("check", "--quiet", "--no-tex", "--jobs", "1", "--draws", "5", "algebra")
WORDS = Path("problems", "algebra", "sum", "problem.tex")
FOUND_ONCE = ("undefined_name_in_statement", "draw_raises", "verify_raises", "tex_error_in_statement", "points_sum")
"""Banks whose exam has three versions with the same fault."""


def messages(withheld: bool = False, command: str = "") -> dict[str, tuple[int, str]]:
    """Bank -> exit code and message of a command; of those that withhold some papers only, or of all others."""
    text = re.sub(r"^#.*\n", "", (BANKS / "messages.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = re.findall(rf"^== (\w+) (\d){command}\n(.*?)\s*(?=^==|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    return {
        bank: (int(code), f"{message}\n")
        for bank, code, message in entries
        if message.startswith("Withheld") == withheld
    }


STOPPING, WITHHOLDING, CHECKED = messages(), messages(withheld=True), messages(command=" check")
Bank = Callable[[str], Path]


def run(*args: str) -> Result:
    """Run m4ml; whatever goes wrong ends in an exit code, never in an exception."""
    result = CliRunner().invoke(main, args)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return result


def tree(root: Path) -> dict[str, bytes | None]:
    """All that lies in a folder: the bytes of files, None for folders."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def papers(root: Path) -> set[str]:
    """The PDFs in the output folder."""
    out = root / "build" / "exam"
    return {path.relative_to(out).as_posix() for path in out.rglob("*.pdf")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The sound bank and its build."""
    root = tmp_path_factory.mktemp("course") / "sound"
    shutil.copytree(BANKS / "sound", root)
    with contextlib.chdir(root):
        return root, run(*BUILD)


@pytest.fixture
def rebuilt(built: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """Put the words of another bank into a copy of the built one, go there, and build again."""

    def build(name: str) -> Result:
        root = tmp_path / "sound"
        shutil.copytree(built[0], root)
        monkeypatch.chdir(root)
        shutil.copy(BANKS / name / WORDS, root / WORDS)
        return run(*BUILD)

    return build


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """Copy a bank and go there."""

    def copy(name: str) -> Path:
        root = tmp_path / name
        shutil.copytree(BANKS / name, root)
        monkeypatch.chdir(root)
        return root

    return copy


@pytest.mark.parametrize("name", STOPPING)
def test_a_fault_is_told_whole_and_nothing_is_written(name: str, bank: Bank) -> None:
    root = bank(name)
    before = tree(root)
    result = run(*BUILD)
    assert (result.exit_code, result.stderr) == STOPPING[name]
    assert result.stdout == ""
    assert tree(root) == before


@pytest.mark.parametrize("name", WITHHOLDING)
def test_faulty_solutions_are_withheld_and_exams_and_keys_appear(name: str, bank: Bank) -> None:
    root = bank(name)
    result = run(*BUILD)
    assert (result.exit_code, result.stderr) == WITHHOLDING[name]
    letters = "AB" if name == "undefined_name_in_solution" else "A"
    assert papers(root) == {f"{letter}/{kind}.pdf" for letter in letters for kind in ("exam", "key")}
    assert (root / "exams" / "exam.lock.json").is_file()


@pytest.mark.parametrize("name", CHECKED)
def test_a_fault_that_shows_over_many_draws_is_told_whole_by_check(name: str, bank: Bank) -> None:
    root = bank(name)
    before = tree(root)
    result = run(*CHECK)
    assert (result.exit_code, result.stderr, result.stdout) == (*CHECKED[name], "")
    assert tree(root) == before


@pytest.mark.parametrize("name", FOUND_ONCE)
def test_banks_whose_fault_is_told_once_have_it_in_three_versions(name: str) -> None:
    assert "versions = 3" in (BANKS / name / "exams" / "exam.toml").read_text(encoding="utf-8")
    assert STOPPING[name][1].count("version A") == 1
    assert "version B" not in STOPPING[name][1]


def test_solutions_of_an_earlier_build_go_when_todays_are_faulty(
    built: tuple[Path, Result], rebuilt: Callable[[str], Result]
) -> None:
    result = rebuilt("undefined_name_in_solution")
    assert (result.exit_code, result.stderr) == WITHHOLDING["undefined_name_in_solution"]
    before, after = tree(built[0] / "build" / "exam"), tree(Path("build", "exam"))
    assert before.keys() - after.keys() == {f"{letter}/solutions.{end}" for letter in "AB" for end in ("pdf", "tex")}
    assert {name for name in after if after[name] != before[name]} == {"manifest.json", "report.html", "sources.zip"}


def test_all_papers_of_an_earlier_build_stay_when_todays_exam_is_faulty(
    built: tuple[Path, Result], rebuilt: Callable[[str], Result]
) -> None:
    result = rebuilt("tex_error_in_statement")
    assert (result.exit_code, result.stderr) == STOPPING["tex_error_in_statement"]
    assert tree(built[0] / "build") == tree(Path("build"))


@pytest.mark.parametrize("name", ["build", "build/exam"])
def test_a_file_where_the_results_should_go_is_told(name: str, bank: Bank) -> None:
    root = bank("sound")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("mine")
    result = run(*BUILD, "--versions", "1")
    assert (result.exit_code, result.stderr) == (
        8,
        f"{name}: A file stands where a folder for the results is due.\n  Move it, or build elsewhere with --out.\n",
    )
    assert (root / name).read_text() == "mine"


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        (
            "build",
            "build/exam: The results cannot be written: Permission denied.\n"
            "  Make the folder writable, free some disk space, or build elsewhere with --out.\n",
        ),
        (
            "exams",
            "exams/exam.lock.json: The file cannot be written: Permission denied.\n"
            "  Make its folder writable, or free some disk space.\n",
        ),
    ],
)
def test_a_folder_that_cannot_be_written_is_told(
    folder: str, message: str, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write everywhere, so the refusal is simulated."""
    root = bank("sound")
    make = tempfile.mkdtemp

    def refusing(suffix: str | None = None, prefix: str | None = None, dir: str | None = None) -> str:  # noqa: A002
        if dir is not None and Path(dir) == root / folder:
            raise PermissionError(errno.EACCES, "Permission denied")
        return make(suffix, prefix, dir)

    monkeypatch.setattr(tempfile, "mkdtemp", refusing)
    result = run(*BUILD, "--versions", "1")
    assert (result.exit_code, result.stderr) == (8, message)
    assert papers(root) == set()


@pytest.mark.parametrize("args", [BUILD, ("check", "--quiet", "algebra/sum")], ids=["build", "check"])
def test_a_missing_pdflatex_is_told_once_and_nothing_is_written(
    args: tuple[str, ...], bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = bank("sound")
    before = tree(root)
    monkeypatch.setenv("PATH", str(root))
    result = run(*args)
    assert (result.exit_code, result.stderr) == (
        9,
        "There is no pdflatex on the PATH.\n"
        "  Install TeX: 'make exam' does it on Debian and Ubuntu; elsewhere MacTeX, TeX Live or MiKTeX.\n",
    )
    assert tree(root) == before


@pytest.mark.parametrize(
    ("name", "args", "code", "message"),
    [
        (
            "sound",
            ("build", "exams/exams.toml"),
            3,
            "exams/exams.toml: There is no exam file 'exams.toml'.\n  Did you mean 'exam.toml'?\n",
        ),
        ("sound", (*BUILD, "--only", "Z"), 2, "There is no version 'Z'.\n  Versions: A, B.\n"),
        (
            "sound",
            ("show", "algebra/sums"),
            2,
            "There is no problem 'algebra/sums' in the bank.\n  Did you mean 'algebra/sum'?\n",
        ),
        (
            "sound",
            ("check", "--quiet", "algebra/sums"),
            2,
            "There is no problem or folder 'algebra/sums' in the bank.\n  Did you mean 'algebra/sum'?\n",
        ),
        (
            "sound",
            ("check", "--quiet", "algebr"),
            2,
            "There is no problem or folder 'algebr' in the bank.\n  Did you mean 'algebra'?\n",
        ),
        ("sound", ("list", "--topic", "A11"), 2, "There is no topic 'A11'.\n  Did you mean 'A1'?\n"),
        (
            "draw_raises",
            ("show", "algebra/sum", "--seed", "7-B"),
            4,
            "problems/algebra/sum/problem.py:9: draw raised TypeError: cannot unpack non-iterable int object.\n"
            "  in problem algebra/sum, seed 7-B\n"
            "  Mend draw; m4ml show with this seed brings the draw back.\n",
        ),
        (
            "verify_raises",
            ("check", "--quiet", "--no-tex", "--draws", "5", "algebra/sum"),
            4,
            "problems/algebra/sum/problem.py:18: verify rejects the answers: assert total == a - b.\n"
            "  in problem algebra/sum, seed check-0\n"
            "  Here total = 7, a = 2, b = 5. Find out which is wrong, solve or verify; "
            "'m4ml show algebra/sum --seed check-0' brings the draw back.\n",
        ),
        (
            "tex_error_in_solution",
            ("check", "--quiet", "--draws", "3", "algebra/sum"),
            6,
            "problems/algebra/sum/problem.tex:6: TeX says: Undefined control sequence \\emhp.\n"
            "  in problem algebra/sum, version A, seed check-0\n"
            "  Check its spelling, or define it in templates/preamble.tex.\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_other_commands_tell_a_fault_as_a_build_does(
    name: str, args: tuple[str, ...], code: int, message: str, bank: Bank
) -> None:
    bank(name)
    result = run(*args)
    assert (result.exit_code, result.stderr, result.stdout) == (code, message, "")


def test_check_notes_parts_without_a_solution(bank: Bank) -> None:
    (bank("sound") / WORDS).write_text(
        "\\begin{parts}\n\\part[1] A \\blank{total}\n\\part B \\begin{subparts}\\subpart[1] C \\fillin[1]\n"
        "\\subpart[1] D \\begin{solution}E\\end{solution}\\end{subparts}\n\\end{parts}\n"
    )
    result = run("check", "--no-tex", "--draws", "5", "algebra/sum")
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [" ".join(row.split()) for row in result.stdout.splitlines()]
    assert rows == [
        "problem draws accepted distinct givens distinct answers findings",
        "algebra/sum 5 100% 5 5 none",
        "algebra/sum: no solution: a, b.i",
    ]


def test_a_sound_bank_builds_without_a_word(built: tuple[Path, Result]) -> None:
    """Else every test here could pass for a reason of its own."""
    root, result = built
    assert (result.exit_code, result.stderr) == (0, "")
    assert papers(root) == {f"{letter}/{kind}.pdf" for letter in "AB" for kind in ("exam", "key", "solutions")}
