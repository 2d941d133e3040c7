"""Exam files of any content are read, or refused with located faults; nothing else happens."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from m4ml_exams.blueprint import load_blueprint
from m4ml_exams.blueprint.schema import ENTRY_MODELS, Cover, ExamFile
from m4ml_exams.errors import BlueprintError, flatten

FULL = (Path(__file__).parent / "blueprint" / "full.toml").read_text(encoding="utf-8")


def survives(path: Path, text: str) -> None:
    """Reading gives a blueprint or a group of located faults, nothing else."""
    path.write_text(text, encoding="utf-8", newline="")
    try:
        load_blueprint(path)
    except ExceptionGroup as group:
        for fault in flatten(group):
            assert isinstance(fault, BlueprintError)
            assert fault.what
            assert fault.remedy
            assert fault.place.path == path


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "exam.toml"


@settings(deadline=None)
@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_or_refused(scratch: Path, text: str) -> None:
    survives(scratch, text)


@settings(deadline=None)
@given(st.data())
def test_any_edit_of_a_good_file_is_read_or_refused(scratch: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(FULL)))
    end = data.draw(st.integers(start, min(start + 12, len(FULL))))
    patch = data.draw(st.text("\"'[]{}=.,#\n\\-+e0_x ", max_size=6))
    survives(scratch, FULL[:start] + patch + FULL[end:])


KEYS = sorted({key for model in (ExamFile, Cover, *ENTRY_MODELS.values()) for key in model.model_fields} | {"entry"})
VALUES = st.recursive(
    st.sampled_from(
        [
            "0",
            "-1",
            "3",
            "2.5",
            "1e400",
            "nan",
            "true",
            '""',
            '"a"',
            '"a/b"',
            '"5cm"',
            '"\\u0000"',
            "0x" + "f" * 9000,
            "2026-10-14",
            "2026-10-14 10:00:00",
            "10:00:00",
            '"/"',
            '"' + "x" * 300 + '"',
            "9" * 30,
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.dictionaries(st.sampled_from(["a", "b", "AB", "'[key]'", "list", "use"]), inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6).map(
    lambda table: "".join(f"{key} = {value}\n" for key, value in table.items())
)


@settings(deadline=None, max_examples=300)
@given(top=TABLES, cover=TABLES, entries=st.lists(TABLES, max_size=4))
def test_any_values_under_known_keys_are_read_or_refused(
    scratch: Path, top: str, cover: str, entries: list[str]
) -> None:
    survives(scratch, f"{top}[cover]\n{cover}" + "".join(f"[[entry]]\n{entry}" for entry in entries))
