"""Nothing that only graders may know is in a student's PDF, in whatever object it might hide."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from m4ml_exams.build import Request, build

PROBLEM = r"""% MARKERCOMMENT
Let $x = \VAR{x}$. \includegraphics{markerdrawing} \includegraphics{markerphoto} \includegraphics{markerpixels}
\begin{optionlist}[markerlist]
  \choice[markerfirst] one
  \choice[markersecond] two
\end{optionlist}
\begin{parts}
  \part[1] A word: % MARKERINNER

  \blank[label=w:]{word}
  \begin{solution} MARKERSOLUTION \VAR{word} \VAR{hidden} \includegraphics{markersolved} \end{solution}
  \part[1] Work.
  \begin{work}[2cm, answer=proof]\end{work}
  \part[1] One of the numbers.
  \begin{choices}[number, count=3]\end{choices}
  \part[1] One sentence.
  \begin{choices}[sentence]
    \choice[markerright] It is \blank{filled}.
    \choice[markerwrong] It is \blank{unasked}.
  \end{choices}
  \part[1] All that hold.
  \begin{checkboxes}[several]
    \choice[markertrue] first
    \choice[markertoo] second
    \choice[markernot] third
  \end{checkboxes}
  \newpage
  \part[1] Which one? \pick{picked}{markerlist}
  \part[1] Judge.
  \begin{grid}[no, yes]
    \row{markerrow} This row.
    \row{markerother} That row.
  \end{grid}
  \part[1] Sketch.
  \begin{sketch}[axes=axes, answer=curve]\end{sketch}
  \newpage
  \part[1] What does it print?
  \begin{code}
  print(7 * 6)
  \end{code}
  \begin{work}[2cm, answer=output]\end{work}
  \part[1] Again. \followthrough{word}
  \begin{work}[2cm] \blank[label=a:,width=6cm]{any} \blank[label=s:,width=4cm]{steps} \end{work}
  \part[1] True or false? \truefalse{markertruth}
\end{parts}
"""
PYTHON = '''"""MARKERDOC"""
import sympy as sp
from m4ml_exams.authoring import AnyOf, Exact, Meta, Option, Options, Rubric, figures
META = Meta(title="MARKERTITLE", topics=["T1"], difficulty=1, minutes=1)
t = sp.Symbol("t")
def draw(rng):
    return {"x": rng.randint(1, 99)}
def show(x):
    return {"axes": figures.empty_axes(x=(-1, 1), y=(-1, 1), size=(3, 3))}
def solve(x):
    return {
        "word": Exact("MARKERANSWER"), "proof": Rubric(("MARKERRUBRIC", 1)), "hidden": "MARKERPLAIN",
        "number": Exact(77770), "sentence": Option("markerright"), "filled": Exact("MARKERFILLED"),
        "several": Options("markertrue", "markertoo"), "picked": Option("markersecond"),
        "markerrow": Option("no"), "markerother": Option("yes"), "markertruth": True,
        "curve": figures.function_plot(t**2, x=(-1, 1), y=(-1, 1), size=(3, 3)),
        "output": Exact("MARKEROUTPUT"), "any": AnyOf("MARKERANY", "MARKERELSE"), "steps": Exact("MARKERFOOT"),
    }
def mistakes(number):
    return {"number": {f"MARKERMISTAKE{n}": 77770 + n for n in range(1, 7)}}
def verify(word, number, filled, output, any, steps):
    assert word == "MARKERANSWER"
'''
STATIC = r"""\question[6] Old: \fillin[MARKERFILLIN][5cm] % MARKERPASTED
\begin{choices}
  \CorrectChoice right % MARKERRIGHTONE
  \choice wrong
\end{choices}
\answerline[MARKERLINE]
\begin{solution}[2cm] MARKERSPACE \end{solution}
\begin{solutionorbox}[2cm] MARKERBOX \end{solutionorbox}
\begin{solution} MARKERWORKED \end{solution}
"""
CLAIM = r"""\begin{parts}
  \part[1] True or false: two vectors in the plane are dependent. \truefalse{dependent}
  \begin{solution} $\VAR{witness.dependent}$ \end{solution}
\end{parts}
"""
CLAIMS = """from m4ml_exams.authoring import Meta, Sometimes, samplers
META = Meta(title="MARKERCLAIM", topics=["T1"], difficulty=1, minutes=1)
def claims():
    pairs = samplers.vectors(2, count=2)
    return {"dependent": Sometimes(lambda u, v: u[0] * v[1] == u[1] * v[0], pairs, witness=([654321, 0], [0, 0]))}
"""
EXAM = """title = "Quiz"
course = "Course"
term = "Fall"
date = "today"
seed = 1
[[entry]]
use = "markerfolder/markername"
[[entry]]
use = "markerfolder/markerstatic"
[[entry]]
use = "markerfolder/markerclaim"
"""
ON_KEYS = ["ANSWER", "RUBRIC", "FILLED", "OUTPUT", "ANY", "FOOT", "FILLIN", "LINE", "SPACE", "BOX"]
IN_SOLUTIONS = ["SOLUTION", "PLAIN", "ANSWER", "WORKED", "SPACE", "BOX", "FILLIN", "LINE"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("markerpath")
    names = root / "problems" / "markerfolder"
    for path, content in {
        names / "markername" / "problem.tex": PROBLEM,
        names / "markername" / "problem.py": PYTHON,
        names / "markerstatic" / "problem.tex": STATIC,
        names / "markerclaim" / "problem.tex": CLAIM,
        names / "markerclaim" / "problem.py": CLAIMS,
        root / "problems" / "topics.toml": '[T1]\ntitle = "T"\narea = "T"\n',
        root / "exams" / "quiz.toml": EXAM,
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    for name, data in {
        "markerdrawing.pdf": a_drawing(),
        "markerphoto.jpg": a_photograph(),
        "markerpixels.png": some_pixels(),
        "markersolved.png": some_pixels(),
    }.items():
        (names / "markername" / name).write_bytes(data)
    built = build(Request(root / "exams" / "quiz.toml"))
    assert [fault.what for fault in built.findings] == []
    return built.out / "A"


def a_drawing() -> bytes:
    """A PDF picture with markers wherever drawing programs leave notes."""
    writer = PdfWriter()
    page = writer.add_blank_page(50, 50)
    writer.add_metadata({"/Title": "MARKERINFO", "/Author": "MARKERAUTHOR"})
    writer.add_attachment("MARKERATTACHED.txt", b"MARKERATTACHMENT")

    def stream(data: bytes, more: dict[str, PdfObject]) -> PdfObject:
        made = DecodedStreamObject()
        made.set_data(data)
        made.update({NameObject(f"/{key}"): value for key, value in more.items()})
        return writer._add_object(made)

    def metadata(data: bytes) -> PdfObject:
        return stream(data, {"Type": NameObject("/Metadata"), "Subtype": NameObject("/XML")})

    layer = {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("MARKERLAYER")}
    form: dict[str, PdfObject] = {
        "Type": NameObject("/XObject"),
        "Subtype": NameObject("/Form"),
        "BBox": ArrayObject([NumberObject(number) for number in (0, 0, 9, 9)]),
        "Metadata": metadata(b"MARKERFORM"),
        "PTEX.FileName": TextStringObject("MARKERFILE"),
    }
    page[NameObject("/Metadata")] = metadata(b"MARKERXMP")
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Private"): TextStringObject("MARKERPRIVATE")})
    drawing = b"% MARKERNOTE\n/Span <</ActualText (MARKERACTUAL)>> BDC 10 10 9 9 re f EMC /OC /L BDC EMC /F Do"
    page[NameObject("/Contents")] = stream(drawing, {})
    forms = DictionaryObject({NameObject("/F"): stream(b"% MARKERINFORM\n0 0 3 3 re f", form)})
    layers = DictionaryObject({NameObject("/L"): writer._add_object(DictionaryObject(layer))})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Properties"): layers, NameObject("/XObject"): forms}
    )
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def a_photograph() -> bytes:
    exif = Image.Exif()
    exif[0x10E] = "MARKEREXIF"
    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "jpeg", comment=b"MARKERJPEG", exif=exif)
    return made.getvalue()


def some_pixels() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "MARKERPNG")
    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "png", pnginfo=info)
    return made.getvalue()


def everything_in(path: Path) -> str:
    """All text, all strings and names in all objects, all decompressed streams and the raw bytes of a PDF."""
    reader = PdfReader(path)
    found = [path.read_bytes().decode("latin-1"), *(page.extract_text() for page in reader.pages)]
    for number in range(1, (reader.xref_objStm and 2 + max((*reader.xref_objStm, *reader.xref[0]), default=0)) or 1):
        found.extend(strings_of(reader.get_object(IndirectObject(number, 0, reader))))
    return "\n".join(found)


def strings_of(value: object) -> list[str]:
    found: list[str] = []
    if isinstance(value, StreamObject):
        found.append(value.get_data().decode("latin-1"))
    if isinstance(value, DictionaryObject):
        found.extend(str(key) for key in value)
        for key in value:
            found.extend(strings_of(value.raw_get(key)))
    elif isinstance(value, ArrayObject):
        for item in value:
            found.extend(strings_of(item))
    elif isinstance(value, TextStringObject | ByteStringObject):
        found.append(str(value))
    return found


def markers_in(text: str) -> set[str]:
    return set(re.findall(r"MARKER\w*|654321", text.upper()))


def test_an_exam_has_no_marker(folder: Path) -> None:
    assert markers_in(everything_in(folder / "exam.pdf")) == set()
    assert markers_in((folder / "exam.tex").read_text()) == set()


def test_the_pictures_beside_an_exam_have_none(folder: Path) -> None:
    pictures = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix not in (".tex",)}
    pictures = {name: data for name, data in pictures.items() if not name.startswith(("exam", "key", "solutions"))}
    assert sorted(pictures) == ["p1f1.pdf", "p1f2.jpg", "p1f3.png", "p1s1.png"]
    assert markers_in(everything_in(folder / "p1f1.pdf")) == set()
    assert not any(b"MARKER" in data for data in pictures.values())


def test_only_the_mistakes_that_are_options_are_in_an_exam(folder: Path) -> None:
    exam = (folder / "exam.tex").read_text()
    assert len(set(re.findall(r"7777[1-6]", exam))) == 2


def test_an_exam_has_no_answer_of_its_key(folder: Path) -> None:
    exam, key = (folder / "exam.tex").read_text(), (folder / "key.tex").read_text()
    block = key[: key.index(r"\begin{document}")].removeprefix(exam[: exam.index(r"\begin{document}")]).split("\n")
    kinds = ("defanswer", "deffilled", "defgradernote", "defexample")
    assert all(any(line.startswith(rf"\{kind}{{") for line in block) for kind in kinds)
    body = exam[exam.index(r"\begin{document}") :]
    drawn = [line for line in block if "plot" in line]
    assert drawn
    assert [line for line in (*drawn, *block) if line.startswith((r"\def", r"\draw")) and line in exam] == []
    assert not any(rf"\{kind}" in body for kind in (*kinds, "defrule", "defnote"))


def test_right_and_wrong_options_are_alike_but_for_number_and_text(folder: Path) -> None:
    exam = (folder / "exam.tex").read_text()
    options = re.findall(r"\\beginoption\{(p\w+)o(\d+)\}(\{\w+\}\{[^}]*\})", exam)
    by_response = {name: [(int(at), rest) for other, at, rest in options if other == name] for name, _, _ in options}
    assert len(by_response) == 7
    for found in by_response.values():
        assert [at for at, _ in found] == [*range(1, len(found) + 1)]
        assert len({rest for _, rest in found}) == 1


def test_an_exam_has_nothing_beside_its_pages(folder: Path) -> None:
    reader = PdfReader(folder / "exam.pdf")
    catalog = reader.trailer["/Root"].get_object()
    assert isinstance(catalog, DictionaryObject)
    assert set(catalog) == {"/Type", "/Pages"}
    assert set(reader.metadata or {}) <= {"/Producer", "/Creator", "/Trapped"}
    assert reader.xmp_metadata is None
    assert not any("/Annots" in page for page in reader.pages)
    assert (reader.outline, reader.named_destinations, dict(reader.attachments)) == ([], {}, {})


def test_ids_in_the_layout_tell_nothing(folder: Path) -> None:
    text = (folder.parent / "layout.json").read_text()
    assert markers_in(text) == set()
    ids = {region["id"] for region in json.loads(text)["versions"]["A"]["regions"]}
    assert {name for name in ids if not re.fullmatch(r"p\d+[a-z]\d+(o\d+)?|drawing|sample[12]", name)} == set()


def test_the_search_finds_markers_where_they_belong(folder: Path) -> None:
    key, solutions = everything_in(folder / "key.pdf"), everything_in(folder / "solutions.pdf")
    assert [word for word in ON_KEYS if f"MARKER{word}" not in key] == []
    assert [word for word in IN_SOLUTIONS if f"MARKER{word}" not in solutions] == []
    assert "654321" in solutions
    told = {
        "MARKERCOMMENT",
        "MARKERINNER",
        "MARKERDOC",
        "MARKERTITLE",
        "MARKERPASTED",
        "MARKERRIGHTONE",
        "MARKERMISTAKE1",
    }
    assert not told & markers_in(key + solutions)


def test_the_pictures_had_markers_to_lose() -> None:
    assert b"MARKERXMP" in a_drawing()
    assert all(b"MARKER" in data for data in (a_photograph(), some_pixels()))
