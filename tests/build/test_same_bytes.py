"""The same tomorrow and elsewhere, with one worker or eight, cold or warm: a course gives the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfWriter
from tiny_exam import ALL_PY, ALL_TEX, HEAD, SUM_PY, TOPICS, problem

ROOMY_TEX = ALL_TEX.replace("} \\blank", "}\n\n\\blank").replace("\\part[9]", "\\newpage\n\\part[9]")
PICTURE_TEX = r"""\question[2] Look: \includegraphics[width=1cm]{frame} \fillin[größer][2cm]
\begin{solution} As in \includegraphics[width=1cm]{frame}. \end{solution}
"""
PLOT_TEX = "\\question[1] \\VAR{picture} \\blank{total}\n\\begin{solution}$\\VAR{total}$\\end{solution}\n"
PLOT_PY = SUM_PY + "\ndef show(a, b):\n    return {'picture': figures.plane_vectors([[a, b], [b, -a]])}\n"
EXAM = """date = 2026-10-14
seed = 3
versions = 2
shuffle = ["z"]
[cover]
fields = ["Name"]
rooms = ["Hörsaal 1"]
[[entry]]
use = "a/all"
[[entry]]
heading = "Übung"
[[entry]]
topic = "T"
points = 1
each = true
zone = "z"
[[entry]]
pick = ["b/one", "b/two"]
zone = "z"
[[entry]]
text = "formulas.tex"
"""
BUILD = """
import os
import sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
os.cpu_count = lambda: int(sys.argv[3])
from m4ml_exams.build import Request, build
findings = build(Request(Path(sys.argv[1]) / "exams" / "exam.toml")).findings
sys.exit("\\n".join(map(str, findings)) or None)
"""


@cache
def frame() -> bytes:
    """A PDF of one empty page."""
    pdf, data = PdfWriter(), io.BytesIO()
    pdf.add_blank_page(40, 40)
    pdf.write(data)
    return data.getvalue()


def course() -> dict[str, bytes]:
    """A course with every kind of value, a topic, a pool, a figure, a picture, a formula sheet and a shuffled zone."""
    texts = {
        **problem("a/all", ROOMY_TEX, ALL_PY),
        **problem("b/one", PICTURE_TEX, None),
        **problem("b/two", PICTURE_TEX, None),
        **problem("c/plot", PLOT_TEX, PLOT_PY),
        **problem("c/curve", PLOT_TEX, PLOT_PY),
        "problems/topics.toml": TOPICS,
        "exams/formulas.tex": "$a^2 + b^2 = c^2$\n",
        "exams/exam.toml": HEAD.replace('date = "D"\n', "") + EXAM,
    }
    pictures = {f"problems/b/{name}/frame.pdf": frame() for name in ("one", "two")}
    return {**{name: text.encode() for name, text in texts.items()}, **pictures}


@dataclass(frozen=True)
class Surroundings:
    """Where and how a build runs; ``cold`` with an empty cache of its own."""

    folder: str
    umask: str
    environment: Mapping[str, str] = field(default_factory=dict)
    backwards: bool = False
    cores: int = 1
    cold: bool = False


PLAIN = Surroundings("plain", "022", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"})
FAR_EAST = Surroundings(
    "some where/tief ünten/course",
    "077",
    {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    backwards=True,
    cores=8,
    cold=True,
)
FAR_WEST = Surroundings(
    "w", "002", {"PYTHONHASHSEED": "random", "TZ": "Pacific/Pago_Pago", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def built(root: Path, there: Surroundings, lock: bytes | None = None) -> dict[str, bytes]:
    """All files of the course, built in these surroundings; with a lock, when there is one."""
    files = {**course(), **({"exams/exam.lock.json": lock} if lock else {})}
    for name, data in reversed(files.items()) if there.backwards else files.items():
        path = root / there.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    command = [sys.executable, "-c", BUILD, str(root / there.folder), there.umask, str(there.cores)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment |= {**there.environment, **({"M4ML_CACHE": str(root / "cache")} if there.cold else {})}
    run = subprocess.run(command, env=environment, cwd="/", capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    return {name: data for name, data in tree(root / there.folder).items() if "__pycache__" not in name}


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a first build leaves in plain surroundings."""
    return built(tmp_path_factory.mktemp("plain"), PLAIN)


def test_the_course_has_what_could_differ(plain: dict[str, bytes]) -> None:
    papers = {f"build/exam/{letter}/{kind}.{end}" for letter in "AB" for kind in ("exam", "key", "solutions")
              for end in ("pdf", "tex")}  # fmt: skip
    names = ("answers.csv", "layout.json", "manifest.json", "report.html", "sources.zip")
    others = {f"build/exam/{name}" for name in names}
    pictures = {name for name in plain if name.startswith("build") and name.endswith(("f1.pdf", "s1.pdf"))}
    assert len(pictures) == 4
    assert plain.keys() - course().keys() == papers | others | pictures | {"exams/exam.lock.json"}
    assert b"tikzpicture" in plain["build/exam/A/exam.tex"]
    assert plain["build/exam/A/exam.tex"] != plain["build/exam/B/exam.tex"]


def test_a_first_build_elsewhere_draws_and_prints_the_same(plain: dict[str, bytes], tmp_path: Path) -> None:
    assert_same(built(tmp_path, FAR_EAST), plain)


def test_a_locked_build_elsewhere_prints_the_same(plain: dict[str, bytes], tmp_path: Path) -> None:
    assert_same(built(tmp_path, FAR_WEST, plain["exams/exam.lock.json"]), plain)


def assert_same(found: Mapping[str, bytes], due: Mapping[str, bytes]) -> None:
    assert found.keys() == due.keys()
    assert [name for name in due if found[name] != due[name]] == []
