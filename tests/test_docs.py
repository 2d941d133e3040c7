r"""The pages of docs/ and the README say what is: their examples build, their tables name what the code has.

A fence such as ```` ```toml file=exams/quiz.toml ```` is a file of a small course, one course for each page. A fence
such as ```` ```json part=exams/quiz.lock.json ```` is a piece of a file that a build of that course leaves; in it "..."
stands for any text, and decimal numbers may differ.
"""

from __future__ import annotations

import inspect
import json
import re
import signal
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from m4ml_exams import authoring
from m4ml_exams.answers import Answer
from m4ml_exams.assemble import choose, letters
from m4ml_exams.bank import Bank, Meta
from m4ml_exams.blueprint import Cover, PickEntry, TopicEntry, UseEntry, load_blueprint
from m4ml_exams.blueprint.schema import KINDS, ExamFile, Table
from m4ml_exams.build import Built, Request, build
from m4ml_exams.check import check_draws
from m4ml_exams.course import Course, shipped
from m4ml_exams.errors import M4mlError
from m4ml_exams.problem_text import grammar
from m4ml_exams.report.answers import COLUMNS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
BUILT = "exams/quiz.toml"
DRAWS = 20

_FENCE = re.compile(r"^```\w+ (file|part)=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)

page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)


def fences(text: str, kind: str) -> dict[str, str]:
    """Marked fences of a page: name of the file -> its text."""
    return {name: body for word, name, body in _FENCE.findall(text) if word == kind}


def write_course(page: Path, root: Path) -> Path:
    (root / "templates").mkdir(parents=True)
    for name, body in fences(page.read_text(encoding="utf-8"), "file").items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return root


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next heading of any level."""
    return re.split(r"^#+ ", text.split(f"# {title}\n")[1], flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, heads left out."""
    lines = [line for line in text.split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rules = [at for at, row in enumerate(cells) if all(set(cell) <= {"-"} for cell in row)]
    return [row for at, row in enumerate(cells) if at not in rules and at + 1 not in rules]


def names(text: str) -> set[str]:
    """The code words in the first column of the tables of a text."""
    return {name for row in rows(text) for name in re.findall(r"`([^`]+)`", row[0])}


def anchors(page: Path) -> set[str]:
    """The anchors that the headings of a page get."""
    text = _ANY_FENCE.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text)}


# Links


@page
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for file, anchor in _LINK.findall(_ANY_FENCE.sub("", page.read_text(encoding="utf-8"))):
        target = (page.parent / file).resolve() if file else page
        if not target.exists():
            lost.append(file)
        elif anchor and anchor not in anchors(target):
            lost.append(f"{file}#{anchor}")
    assert lost == []


# Examples


@page
def test_example_problems_pass_their_check(page: Path, tmp_path: Path) -> None:
    root = write_course(page, tmp_path / "course")
    bank = Bank(Course(root).problem_folders)
    for folder in sorted({path.parent for path in root.glob("problems/*/*/*")}):
        checked = check_draws(bank.problem(folder.relative_to(root / "problems").as_posix()), range(DRAWS))
        assert [str(finding) for finding in checked.findings] == []


@page
def test_example_exams_find_their_problems(page: Path, tmp_path: Path) -> None:
    root = write_course(page, tmp_path / "course")
    bank = Bank(Course(root).problem_folders)
    for path in root.glob("exams/*.toml"):
        blueprint = load_blueprint(path)
        assert len(choose(blueprint, bank, letters(blueprint.versions))) == blueprint.versions


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = write_course(ROOT / "docs" / "formats.md", tmp_path_factory.mktemp("docs") / "course")
    return build(Request(root / BUILT))


def test_the_example_exam_builds_without_findings(made: Built) -> None:
    assert made.findings == ()
    assert set(made.pages) == {(letter, kind) for letter in "AB" for kind in ("exam", "key", "solutions")}
    assert "Question" in (made.out / "A" / "exam.tex").read_text(encoding="utf-8")  # the words.toml of the page


@pytest.mark.parametrize("name", sorted(fences(FORMATS, "part")))
def test_shown_pieces_are_in_what_the_build_leaves(made: Built, name: str) -> None:
    shown, real = fences(FORMATS, "part")[name], (made.out.parents[1] / name).read_text(encoding="utf-8")
    if name.endswith(".csv"):
        lines = iter(real.split("\n"))
        assert [line for line in shown.strip().split("\n") if line not in lines] == []
    else:
        assert list(missing(json.loads(shown), json.loads(real), name)) == []


def missing(shown: Any, real: Any, where: str) -> list[str]:
    """The paths at which the real data does not have what is shown."""
    if isinstance(shown, Mapping) and isinstance(real, Mapping):
        inner = [missing(value, real[key], f"{where}.{key}") for key, value in shown.items() if key in real]
        return [f"{where}.{key}" for key in shown if key not in real] + [path for paths in inner for path in paths]
    if isinstance(shown, list) and isinstance(real, list):
        return [f"{where}: {item}" for item in shown if all(missing(item, other, "") for other in real)]
    same = type(shown) is type(real) and (shown == "..." or isinstance(shown, float) or shown == real)
    return [] if same else [f"{where}: {real}"]


def test_a_wrong_piece_would_be_seen() -> None:
    real = {"a": [{"b": 1, "c": 2.5}], "d": "text"}
    assert missing({"a": [{"b": 1, "c": 2.0}], "d": "..."}, real, "") == []
    assert missing({"a": [{"b": 2}]}, real, "") == [".a: {'b': 2}"]
    assert missing({"e": 1, "d": 3}, real, "") == [".e", ".d: text"]


# Tables


def described(model: type[Table], leave_out: Sequence[str] = ()) -> dict[str, Any]:
    """Keys of a table of exam files with their defaults; ``...`` where one is required."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    return {
        key: ... if info.is_required() else info.get_default() for key, info in fields.items() if key not in leave_out
    }


def same_default(written: str, default: Any) -> bool:
    """Whether a cell names the default; words such as "all" are taken for what they are."""
    code = re.fullmatch(r"`(.*)`", written)
    if not code:
        return (written == "required") == (default is ...)
    value = tomllib.loads(f"value = {code[1]}")["value"]
    return bool(tuple(value) == default if isinstance(value, list) else value == default)


@pytest.mark.parametrize(
    ("title", "model", "column"), [("Keys at the top", ExamFile, 2), ("[cover]", Cover, 2)], ids=["top", "cover"]
)
def test_keys_of_exam_files_are_all_described(title: str, model: type[Table], column: int) -> None:
    known = described(model)
    written = {row[0].strip("`"): row[column] for row in rows(section(FORMATS, title))}
    assert written.keys() == known.keys()
    assert [key for key, cell in written.items() if not same_default(cell, known[key])] == []


def test_keys_of_entries_are_all_described() -> None:
    table = rows(section(FORMATS, "[[entry]]"))
    kinds = [row for row in table if len(row) == 3]
    others = {row[0].strip("`"): row for row in table if len(row) == 5}
    assert [row[0].strip("`") for row in kinds] == sorted(KINDS, key=("use", "pick", "topic", "heading", "text").index)
    models = {"use": UseEntry, "pick": PickEntry, "topic": TopicEntry}
    keys = {kind: described(model, leave_out=[kind]) for kind, model in models.items()}
    assert others.keys() == {key for known in keys.values() for key in known}
    for key, row in others.items():
        having = {kind for kind in models if key in keys[kind]}
        assert row[1] == (f"`{having.pop()}`" if len(having) == 1 else "problems")
        assert same_default(row[3], next(known[key] for known in keys.values() if key in known))


def test_fields_of_meta_are_all_described() -> None:
    written = {row[0].strip("`"): row[2] for row in rows(section(FORMATS, "META"))}
    assert written.keys() == Meta.model_fields.keys()
    required = {name for name, field in Meta.model_fields.items() if field.is_required()}
    assert {name for name, cell in written.items() if cell == "required"} == required


def test_answer_types_are_all_described() -> None:
    types = {name for name in authoring.__all__ if issubclass_of_answer(getattr(authoring, name))}
    assert {name.partition("(")[0] for name in names(section(FORMATS, "Answers"))} == types


def signature_of(name: str, value: object) -> str:
    """A name as docs/authoring.md lists it: with its parameters and their defaults."""
    if not callable(value):
        return name
    if isinstance(value, type) and issubclass(value, str):
        return f"{name}(text)"
    known = inspect.signature(value)
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in known.parameters.values()]
    return name + str(inspect.Signature(bare)).replace("<factory>", "{}")


MODULES = {
    authoring: ("Answers", "Claims", "Facts, texts and forms"),
    authoring.nice: ("nice",),
    authoring.samplers: ("samplers",),
    authoring.figures: ("figures",),
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_names_that_problems_may_import_are_all_described(module: ModuleType) -> None:
    text = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    table = [row[0].strip("`") for title in MODULES[module] for row in rows(section(text, title))]
    listed = [name for name in table if not name.startswith(".") and name not in OPERATORS]
    assert sorted(listed) == sorted(signature_of(name, getattr(module, name)) for name in module.__all__)


OPERATORS = ("a * b", r"a \| b")
"""What samplers do besides being called."""


def test_rules_of_answers_are_told_in_the_words_of_the_key() -> None:
    text = (ROOT / "docs" / "howto-answers.md").read_text(encoding="utf-8")
    rules = tomllib.loads((shipped("templates") / "words.toml").read_text(encoding="utf-8"))["rules"]
    told = [re.split(r"\$?{", rules[name])[0].strip() for name in rules if name != "rubric_step"]
    written = [row[3].split(" *")[0] for row in rows(section(text, "How to ask for answers that are not unique"))]
    assert [words for words in told if words not in written] == []


def issubclass_of_answer(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Answer)


def test_exit_codes_are_all_described() -> None:
    codes = {int(row[0]) for row in rows(section(FORMATS, "Exit codes"))}
    assert codes == {0, 130, 128 + signal.SIGVTALRM} | {kind.exit_code for kind in M4mlError.__subclasses__()}


def test_markup_that_is_not_read_is_all_described() -> None:
    text = section(FORMATS, "What is refused")
    words = {*grammar.UNSUPPORTED_MACROS, *grammar.UNSUPPORTED_ENVIRONMENTS}
    assert [word for word in sorted(words) if not re.search(rf"(?<![a-z]){word}(?![a-z])", text)] == []


def test_columns_and_rules_are_all_described() -> None:
    assert [row[0].strip("`") for row in rows(section(FORMATS, "answers.csv"))] == list(COLUMNS)
    rules = tomllib.loads((shipped("templates") / "words.toml").read_text(encoding="utf-8"))["rules"]
    assert [name for name in rules if f"`{name}`" not in section(FORMATS, "Templates and words")] == []


def test_the_floors_are_all_there() -> None:
    source = ROOT / "src" / "m4ml_exams"
    modules = {path.stem for path in source.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    listed = re.findall(r"^ (\w+)  ", section(ARCHITECTURE, "The floors"), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == {name for name in modules if not name.startswith("__")}
    told = set(re.findall(r"\*\*(\w+)\*\*", section(ARCHITECTURE, "The floors")))
    assert told == set(listed)
