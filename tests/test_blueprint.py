"""Exam files: what they give, and the whole message of each kind of fault."""

import datetime
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from m4ml_exams.blueprint import (
    Blueprint,
    HeadingEntry,
    PickEntry,
    TextEntry,
    TopicEntry,
    UseEntry,
    load_blueprint,
)
from m4ml_exams.blueprint.lines import line_at, lines_of
from m4ml_exams.errors import BlueprintError, flatten

HEAD = 'title = "Midterm 1"\ncourse = "Mathematics"\nterm = "Fall 2026"\ndate = 2026-10-14\nseed = 7\n'
ENTRY = '[[entry]]\nuse = "eigen/stretch"\n'
FULL = (Path(__file__).parent / "blueprint" / "full.toml").read_text(encoding="utf-8")


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """A folder with all that FULL names; the exam file itself is written by the tests."""
    (tmp_path / "formulas.tex").touch()
    (tmp_path / "old.lock.json").touch()
    return tmp_path / "exam.toml"


def load(path: Path, text: str | bytes) -> Blueprint:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_blueprint(path)


def faults(path: Path, text: str | bytes) -> list[str]:
    """The whole messages of a bad file, the folder cut off."""
    with pytest.raises(ExceptionGroup) as caught:
        load(path, text)
    found = flatten(caught.value)
    assert all(isinstance(fault, BlueprintError) for fault in found)
    return [str(fault).replace(str(path.parent) + "/", "") for fault in found]


def test_full_file_is_read_exactly(exam: Path) -> None:
    blueprint = load(exam, FULL)
    assert (blueprint.title, blueprint.course, blueprint.term) == ("Midterm 1", "Mathematics", "Fall 2026")
    assert blueprint.date == datetime.date(2026, 10, 14)
    assert (blueprint.minutes, blueprint.paper, blueprint.seed, blueprint.versions) == (80, "a4", 7, 702)
    assert (blueprint.template, blueprint.layout, blueprint.pages_multiple) == ("homework", "flow", 4)
    assert blueprint.points == Fraction(205, 2)
    assert (blueprint.shuffle, blueprint.avoid) == (("short",), ("old.lock.json",))
    assert blueprint.cover.rules == ("No # phones.",)
    assert blueprint.cover.honour == "I did\nthis alone."
    assert blueprint.source_path == exam
    assert list(blueprint.raw)[:3] == ["title", "course", "term"]


def test_entries_keep_their_order_kinds_and_overrides(exam: Path) -> None:
    use, pick, topic, heading, text = load(exam, FULL).entries
    assert use == UseEntry(
        use="eigen/stretch",
        part_points=(4, Decimal("2.5")),
        heights={"a": "5cm", "b": ".5 in"},
        parts=("a", "b"),
        given={"n": 3, "A": ((1, 2), (3, 4)), "name": "Ann", "on": True},
        bonus=True,
        title="Stretching",
        tags=("Midterm 1",),
    )
    assert use.part_points == (Fraction(4), Fraction(5, 2))
    assert isinstance(pick, PickEntry)
    assert pick.pick == ("eigen/a", "eigen/b")
    assert pick.part_points == {"b": Fraction(1, 10)}
    assert isinstance(topic, TopicEntry)
    assert (topic.topic, topic.difficulty, topic.points, topic.each, topic.zone) == ("B1", 2, 12, True, "short")
    assert heading == HeadingEntry(heading="Part II")
    assert text == TextEntry(text="formulas.tex")


def test_defaults(exam: Path) -> None:
    blueprint = load(exam, HEAD + ENTRY)
    assert (blueprint.minutes, blueprint.paper, blueprint.versions, blueprint.points) == (None, "letter", 1, None)
    assert (blueprint.template, blueprint.layout, blueprint.pages_multiple) == ("exam", "pages", 2)
    assert (blueprint.shuffle, blueprint.avoid, blueprint.cover.fields) == ((), (), ())
    assert blueprint.entries == (UseEntry(use="eigen/stretch"),)


def test_places_of_keys(exam: Path) -> None:
    blueprint = load(exam, FULL)
    assert blueprint.place().line == 1
    assert blueprint.place("shuffle", 0).line == 14
    assert blueprint.place("entry", 1).line == FULL[: FULL.index("[[entry]]\npick")].count("\n") + 1
    assert blueprint.place("entry", 1, "part_points", "b").line == blueprint.place("entry", 1).line + 3
    assert blueprint.place("entry", 1, "title") == blueprint.place("entry", 1)
    assert blueprint.place("entry", 1).path == exam


@pytest.mark.parametrize("change", [("\n", "\r\n"), (HEAD, "\ufeff" + HEAD)])
def test_windows_files(exam: Path, change: tuple[str, str]) -> None:
    blueprint = load(exam, FULL.replace(*change))
    assert blueprint.title == "Midterm 1"
    assert blueprint.place("shuffle", 0).line == 14


def test_nothing_can_be_changed_later(exam: Path) -> None:
    blueprint = load(exam, FULL)
    with pytest.raises(ValueError, match="frozen"):
        blueprint.title = "Final"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'versions = "two"',
            "exam.toml:6: 'versions' is the string \"two\", where a whole number from 1 to 702 is due.\n"
            "  Write for example: versions = 2",
        ),
        (
            "versions = 703",
            "exam.toml:6: 'versions' is the number 703, where a whole number from 1 to 702 is due.\n"
            "  Write for example: versions = 2",
        ),
        (
            "minutes = true",
            "exam.toml:6: 'minutes' is true, where a whole number from 1 to 10000 is due.\n"
            "  Write for example: minutes = 80",
        ),
        (
            'paper = "A4"',
            'exam.toml:6: \'paper\' is the string "A4", where "letter" or "a4" is due.\n'
            '  Write for example: paper = "letter"',
        ),
        (
            "points = -1",
            "exam.toml:6: 'points' is the number -1, where the points of the exam, from 0 to 10000, is due.\n"
            "  Write for example: points = 100",
        ),
        (
            'template = "../exam"',
            "exam.toml:6: 'template' is the string \"../exam\", where the name of a template, without folder or ending "
            'is due.\n  Write for example: template = "exam"',
        ),
        (
            'shuffle = ["shrt"]',
            "exam.toml:6: 'shuffle' names the zone \"shrt\", which no entry is in.\n"
            "  Give the entries to shuffle this zone, or take it out of 'shuffle'.",
        ),
        (
            'avoid = ["olf.lock.json"]',
            "exam.toml:6: There is no lock \"olf.lock.json\" beside the exam file.\n  Did you mean 'old.lock.json'?",
        ),
        ("version = 2", "exam.toml:6: The key \"version\" is not known.\n  Did you mean 'versions'?"),
        ('rooms = ["Hall"]', "exam.toml:6: The key \"rooms\" is not known.\n  'rooms' belongs under [cover]."),
        ('zone = "x"', "exam.toml:6: The key \"zone\" is not known.\n  'zone' belongs under an [[entry]]."),
        (
            "[cover]\npoints = 3",
            'exam.toml:7: In [cover], the key "points" is not known.\n'
            "  'points' belongs at the top of the file, before the first line in brackets.",
        ),
        (
            '[cover]\nrooms = [\n  "Hall",\n  3,\n]',
            "exam.toml:9: In [cover], 'rooms' (item 2) is the number 3; 'rooms' takes a list of strings.\n"
            '  Write for example: rooms = ["Hall 1", "Hall 2"]',
        ),
        ("cover = 3", "exam.toml:6: 'cover' is the number 3, where a table is due.\n  Write for example: [cover]"),
    ],
)
def test_fault_at_the_top(exam: Path, line: str, message: str) -> None:
    assert faults(exam, HEAD + line + "\n" + ENTRY) == [message]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            'use = "stretch"',
            "exam.toml:7: In entry 1, 'use' is the string \"stretch\", where the name of a problem as area/name is due."
            '\n  Write for example: use = "eigen/stretch"',
        ),
        (
            'use = "a/b"\npick = ["a/c"]',
            "exam.toml:8: Entry 1 says both 'use' and 'pick'.\n  Keep one of them, or make two [[entry]] tables.",
        ),
        (
            "bonus = true",
            "exam.toml:6: Entry 1 does not say what it brings.\n"
            '  Give it one of use, pick, topic, heading, text: use = "eigen/stretch"',
        ),
        ('usee = "a/b"', "exam.toml:7: In entry 1, the key \"usee\" is not known.\n  Did you mean 'use'?"),
        (
            'pick = ["a/b"]\ngiven = { n = 3 }',
            "exam.toml:8: In entry 1, the key \"given\" is not known.\n  'given' goes only with 'use'.",
        ),
        (
            'pick = ["a/b", "a/b"]',
            'exam.toml:7: In entry 1, \'pick\' is the list ["a/b", "a/b"], where a list of different problem names, '
            'each as area/name is due.\n  Write for example: pick = ["eigen/stretch", "eigen/shear"]',
        ),
        (
            'use = "a/b"\nheights = { a = "5cm",  b = "-1cm" }',
            "exam.toml:8: In entry 1, 'heights.b' is the string \"-1cm\"; 'heights' takes a table of positive TeX "
            'lengths by part letter.\n  Write for example: heights = { a = "5cm", c = "80pt" }',
        ),
        (
            'use = "a/b"\nheights.B = "1cm"',
            "exam.toml:8: In entry 1, 'heights' has the key \"B\"; 'heights' takes a table of positive TeX "
            'lengths by part letter.\n  Write for example: heights = { a = "5cm", c = "80pt" }',
        ),
        (
            'use = "a/b"\npart_points = [\n 1,\n -2.5]',
            "exam.toml:10: In entry 1, 'part_points' (item 2) is the number -2.5; 'part_points' takes a list of "
            "points, or a table of points by part letter, each from 0 to 10000.\n"
            "  Write for example: part_points = [4, 2.5] or part_points = { b = 2.5 }",
        ),
        (
            'use = "a/b"\ngiven = { A = [[1, 2],\n [3, 0.5]] }',
            "exam.toml:9: In entry 1, 'given.A' (item 2, item 2) is the number 0.5; 'given' takes a table of whole "
            "numbers, strings, true or false, or lists of these, by name.\n"
            "  Write for example: given = { n = 3, A = [[1, 2], [0, 1]] }",
        ),
        (
            'topic = "B1"\ndifficulty = 9',
            "exam.toml:8: In entry 1, 'difficulty' is the number 9, where a whole number from 1 to 3 is due.\n"
            "  Write for example: difficulty = 2",
        ),
        (
            'heading = "Part I"\nzone = "short"',
            'exam.toml:8: In entry 1, the key "zone" is not known.\n'
            "  'zone' goes only with 'use' or 'pick' or 'topic'.",
        ),
        (
            'text = "formula.tex"',
            'exam.toml:7: There is no file of LaTeX "formula.tex" beside the exam file.\n'
            "  Did you mean 'formulas.tex'?",
        ),
        (
            'use = "a/b"\nzone = "z"\n[[entry]]\nheading = "x"\n[[entry]]\nuse = "a/c"\nzone = "z"',
            'exam.toml:13: Entry 3 is in zone "z" again, after other entries came between.\n'
            "  Put it right after entry 1, or name another zone.",
        ),
    ],
)
def test_fault_in_an_entry(exam: Path, entry: str, message: str) -> None:
    assert faults(exam, f"{HEAD}[[entry]]\n{entry}\n") == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD,
            "exam.toml:1: 'entry' is missing.\n  Add for example: [[entry]]",
        ),
        (
            HEAD + "entry = [3]\n",
            "exam.toml:6: 'entry' (item 1) is the number 3; 'entry' takes one or more [[entry]] tables.\n"
            "  Write for example: [[entry]]",
        ),
        (
            "title = Midterm",
            'exam.toml:1: The file is not TOML at column 9: Invalid value.\n  Text needs quotes: title = "Midterm 1".',
        ),
        (
            HEAD + "seed = 8\n",
            "exam.toml:6: The file is not TOML at column 9: Cannot overwrite a value.\n"
            "  A key or table may stand only once; keep one of the two.",
        ),
        (
            HEAD + "points =",
            'exam.toml:6: The file is not TOML: Invalid value.\n  Text needs quotes: title = "Midterm 1".',
        ),
        (
            HEAD.encode() + b"\xe9",
            "exam.toml:6: The byte 0xe9 is not UTF-8.\n  Save the file as UTF-8 in your editor.",
        ),
        (
            HEAD + "points = " + "9" * 5000,
            "exam.toml:6: A number here has thousands of digits.\n  Shorten it.",
        ),
        (
            "x = " + "[" * 5000 + "]" * 5000,
            "exam.toml: The file nests lists or tables too deeply to be read.\n"
            "  An exam file needs three levels at most.",
        ),
        (
            ".".join("a" * 5000) + " = 1",
            "exam.toml: The file nests lists or tables too deeply to be read.\n"
            "  An exam file needs three levels at most.",
        ),
    ],
)
def test_fault_of_the_file(exam: Path, text: str | bytes, message: str) -> None:
    assert faults(exam, text) == [message]


def test_all_faults_in_one_go_in_the_order_of_the_lines(exam: Path) -> None:
    text = 'titel = "x"\n' + HEAD.split("\n", 1)[1] + "minutes = 0\n[[entry]]\nuse = 3\nbonus = 1\n[[entry]]\n"
    lines = [message.split(":")[1] for message in faults(exam, text)]
    assert lines == ["1", "1", "6", "8", "9", "10"]


@pytest.mark.parametrize("points", ["inf", "nan", "1e999999999", "1e-999999999", "1e99999999999999999999", "true"])
def test_absurd_points_are_refused_at_once(exam: Path, points: str) -> None:
    (message,) = faults(exam, f"{HEAD}points = {points}\n{ENTRY}")
    assert message.startswith("exam.toml:6: 'points' is ")


@pytest.mark.parametrize("value", ["1", "1.5", "[]", '"0.00pt"', '"99999cm"', '"1 em x"', '"٣cm"', '"\\\\textheight"'])
def test_heights_that_tex_would_not_take(exam: Path, value: str) -> None:
    (message,) = faults(exam, f"{HEAD}{ENTRY}heights.a = {value}\n")
    assert message.startswith("exam.toml:8: In entry 1, 'heights.a' is ")


def test_file_that_is_not_there(exam: Path) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        load_blueprint(exam)
    assert str(flatten(caught.value)[0]) == (
        f"{exam}: There is no exam file 'exam.toml'.\n  Check the name and the folder."
    )
    load(exam, FULL)
    with pytest.raises(ExceptionGroup) as caught:
        load_blueprint(exam.with_name("exams.toml"))
    assert flatten(caught.value)[0].remedy == "Did you mean 'exam.toml'?"


@pytest.mark.parametrize(("name", "what"), [(".", "This is a folder, not an exam file."), ("a\0b", "cannot be read")])
def test_path_that_is_no_file(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        load_blueprint(tmp_path / name)
    assert what in flatten(caught.value)[0].what


TRICKY = r'''
"a b" = { "c.d" = [1, 2], e = 'x]' } # [no]
t = """
[[not]] = "quoted"" """"
u = [ # one
  [ "]", '#' ],

  { k = 1979-05-27 07:32:00 },
]
[x . "y"]
z.w = 1
[[x.list]]
v = 1
[[x.list.deep]]
v = 2
[[x.list]]
[[x.list.deep]]
v = 3
'''


def test_lines_of_every_sort_of_toml() -> None:
    lines = lines_of(TRICKY)
    tomllib.loads(TRICKY)
    assert [lines["a b", "c.d", 1], lines["a b", "e"], lines["t",]] == [2, 2, 3]
    assert [lines["u", 0, 1], lines["u", 1, "k"], lines["x", "y", "z", "w"]] == [6, 8, 11]
    assert [lines["x", "list", 0, "v"], lines["x", "list", 0, "deep", 0, "v"]] == [13, 15]
    assert [lines["x", "list", 1], lines["x", "list", 1, "deep", 0, "v"]] == [16, 18]
    assert line_at(lines, ("x", "list", 1, "deep", 0, "v", 4)) == 18
    assert line_at(lines, ("nowhere",)) == 1
