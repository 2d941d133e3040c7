"""The story of an import: read, cut, rewrite, then put everything into the course at one stroke."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from m4ml_exams.bank import Bank
from m4ml_exams.course import Course
from m4ml_exams.errors import Place, UsageError
from m4ml_exams.importing import files
from m4ml_exams.importing.cover import Cover, read_cover
from m4ml_exams.importing.edits import Note, commented
from m4ml_exams.importing.guesses import FACT_MACROS, Facts, exam_facts, free_name, slug
from m4ml_exams.importing.preamble import Merged, located_statements, merge
from m4ml_exams.importing.problems import TOPIC, Problem, rewrite
from m4ml_exams.importing.reading import Source, blanked, read_exam_file
from m4ml_exams.importing.structure import Across, body_of, parsed, questions_of

_AREA = re.compile(r"\w[\w.-]*", re.ASCII)
_IDLE = re.compile(
    r"\\(?:begin|end)\s*\{(?:document|questions|center|multicols)\}(?:\{\d\})?"
    r"|\\(?:begin|end)\s*\{(?:EnvUplevel|EnvFullwidth)\}|\\(?:uplevel|fullwidth)\s*\{|[{}]"
    r"|\\(?:newpage|clearpage|pagebreak|maketitle|noindent|quad|qquad|vfill|hfill|addpoints|noaddpoints|printanswers|gradetable)"
    r"(?![a-z])(?:\[[^\]]*\])*|\\vspace\*?\{[^{}]*\}|%[^\n]*|\s"
)
_MOST_SHOWN = 400
_TOPIC_TABLE = f'[{TOPIC}]\ntitle = "Imported, topic not set yet"\narea = "Imported"\n'


@dataclass(frozen=True)
class Imported:
    """What an import made.

    Attributes:
        root: the course.
        exam: the exam file, below the root.
        problems: names of the new problems in the order of the old file.
        files: all files that were written, below the root.
        notes: the rows of the table, by place.
    """

    root: Path
    exam: str
    problems: tuple[str, ...]
    files: tuple[str, ...]
    notes: tuple[Note, ...]


def import_exam(path: Path, area: str | None, into: Path | None) -> Imported:
    """Cut an exam-class file into the problems of a course.

    Args:
        path: the old file.
        area: folder of the bank for its problems; the file's name when None.
        into: the course; the one around the current folder when None.

    Raises:
        UsageError: the file is not there, the area is no name, or the exam file exists already.
        ProblemError: the LaTeX does not close. In each case nothing is written.
    """
    course = Course(into.resolve()) if into else Course.around(Path.cwd())
    area = area or slug(path.stem, most=9) or "imported"
    if not _AREA.fullmatch(area):
        raise UsageError(f"'{area}' is not the name of an area.", "Use letters, digits, hyphens and underscores.")
    stem = re.sub(r"[^\w.-]+", "-", path.stem)
    exam = f"exams/{stem}.toml"
    if (course.root / exam).exists():
        remedy = "Rename the file to import, or delete what an earlier import made."
        raise UsageError("There is an exam file of that name already.", remedy, Place(course.root / exam))
    source = read_exam_file(path.resolve())
    return _Import(source, course, area, stem).run()


class _Import:
    """One import: the source, where it goes, and what it has found."""

    def __init__(self, source: Source, course: Course, area: str, stem: str) -> None:
        self.source = source
        self.course = course
        self.area = area
        self.stem = stem
        self.notes: list[Note] = []
        self.files: dict[str, bytes] = {}
        self.cover = Cover((), (), (), ())

    def run(self) -> Imported:
        found = located_statements(self.source)
        begin, _ = body_of(self.source)
        nodes = parsed(self.source, [(each.start, each.end) for each in found if each.start >= begin])
        questions, between = questions_of(nodes, self.source)
        spans = [(question.start, question.end) for question in questions]
        used = " ".join(self.source.masked[start:end] for start, end in spans)
        facts_only = [name for name in FACT_MACROS if not re.search(re.escape(name) + r"(?![A-Za-z])", used)]
        outer = [
            each
            for each in found
            if each.name not in facts_only and not any(start <= each.start < end for start, end in spans)
        ]
        preamble = self.course.template("preamble.tex").read_text(encoding="utf-8")
        merged = merge(outer, self.source, preamble)
        folders = self.picture_folders([each.text for each in found if each.kind == "graphicspath"])
        problems = [rewrite(each, number, self.source, folders) for number, each in enumerate(questions, start=1)]
        names = self.place_problems(problems)
        texts = self.place_texts(between)
        self.cover = read_cover(self.source.masked, begin, min(start for start, _ in spans))
        self.tell_rules()
        outside = self.leftover([*spans, *(stretch for each in between for stretch in each.inner), *merged.taken])
        self.merge_preamble(merged, preamble)
        facts = exam_facts(self.source.path, self.source.masked, outside, found)
        self.exam_file(facts, problems, names, texts)
        self.topics()
        self.tell_inputs()
        files.place(self.course.root, self.files)
        notes = tuple(sorted(self.notes, key=lambda note: (note.place.path != self.source.path, note.place.line or 0)))
        return Imported(self.course.root, f"exams/{self.stem}.toml", tuple(names), tuple(self.files), notes)

    def picture_folders(self, paths: Sequence[str]) -> list[Path]:
        base = self.source.path.parent
        named = [base / name for path in paths for name in re.findall(r"\{([^{}]+)\}", path)]
        return [base, *named]

    def place_problems(self, problems: Sequence[Problem]) -> list[str]:
        taken = set(Bank(self.course.problem_folders).folders)
        names: list[str] = []
        for number, problem in enumerate(problems, start=1):
            short = slug(problem.title)
            wanted = f"{self.area}/{short if short and short != f'question-{number}' else f'question-{number}'}"
            name = free_name(wanted, {*taken, *names, *self.existing(wanted)})
            names.append(name)
            self.files |= {f"problems/{name}/{file}": data for file, data in problem.files.items()}
            self.notes += [replace(note, place=replace(note.place, problem=name)) for note in problem.notes]
        return names

    def existing(self, wanted: str) -> set[str]:
        """Folders of the area that exist without being problems."""
        folder = self.course.root / "problems" / self.area
        return {f"{self.area}/{path.name}" for path in folder.iterdir()} if folder.is_dir() else set()

    def place_texts(self, between: Sequence[Across]) -> dict[int, str]:
        """Files for the words between questions, by where they stood."""
        texts: dict[int, str] = {}
        for number, each in enumerate(between, start=1):
            name = free_name(f"{self.stem}-text{number}", {path.stem for path in self.exam_folder()}) + ".tex"
            words = "\n\n".join(self.source.text[start:end].strip() for start, end in each.inner)
            self.files[f"exams/{name}"] = f"{words}\n".encode()
            texts[each.start] = name
            done = f"It is the entry exams/{name} of the exam file, on a page of its own."
            place = self.source.place(each.start)
            self.notes.append(Note("changed", place, "There is text between questions.", done))
        return texts

    def exam_folder(self) -> list[Path]:
        folder = self.course.root / "exams"
        return list(folder.iterdir()) if folder.is_dir() else []

    def leftover(self, placed: Sequence[tuple[int, int]]) -> str:
        """Write what stands nowhere else into a file of comments; return the part of it that is not commented out."""
        text, begin = self.source.text, body_of(self.source)[0]
        at, kept, outside = 0, [], ""
        for start, end in [*sorted(placed), (len(text), len(text))]:
            cuts = sorted({at, *([begin] if at < begin < start else []), max(start, at)})
            for first, last in pairwise(cuts):
                if not text[first:last].strip():
                    continue
                kept.append((self.source.place(first), text[first:last]))
                outside += self.source.masked[first:last]
                if first >= begin and _IDLE.sub("", self.source.masked[first:last]):
                    self.tell_leftover(first, last)
            at = max(at, end)
        title = f"From {self.source.path.name}: what no problem, preamble or exam file has."
        path = f"problems/{self.area}/leftover.tex"
        old = self.course.root / path
        before = old.read_bytes() if old.is_file() else b""
        self.files[path] = before + commented(title, tuple(kept)).encode()
        return outside

    def tell_leftover(self, start: int, end: int) -> None:
        masked, text = self.source.masked, self.source.text
        for stretch in self.cover.taken:
            masked, text = blanked(masked, *stretch), blanked(text, *stretch)
        if not _IDLE.sub("", masked[start:end]):
            return
        lead = re.match(rf"(?:{_IDLE.pattern})*", masked[start:end])
        pos = start + (lead.end() if lead else 0)
        words = " ".join(text[pos:end].split())
        shown = words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]} ..."
        done = f"It is in problems/{self.area}/leftover.tex; the cover is made from the exam file."
        self.notes.append(Note("not kept", self.source.place(pos), f"Outside of questions: {shown}", done))

    def tell_rules(self) -> None:
        for start, end in self.cover.dropped:
            what = f"A rule of the cover is more than plain words: {' '.join(self.source.text[start:end].split())}"
            done = f"Say it in plain words in rules of exams/{self.stem}.toml, if it is needed."
            self.notes.append(Note("not kept", self.source.place(start), what, done))

    def merge_preamble(self, merged: Merged, preamble: str) -> None:
        self.notes += merged.notes
        if merged.addition:
            text = f"{preamble.rstrip()}\n% From {self.source.path.name}:\n{merged.addition}"
            self.files["templates/preamble.tex"] = text.encode()

    def exam_file(self, facts: Facts, problems: Sequence[Problem], names: Sequence[str], texts: dict[int, str]) -> None:
        rows = [
            f"# Imported from {self.source.path.name}. Title, course, term, date and minutes are guesses.",
            *(f"{key} = {_toml(getattr(facts, key))}" for key in ("title", "course", "term", "date")),
            *([f"minutes = {facts.minutes}"] if facts.minutes else []),
            *([f'paper = "{facts.paper}"'] if facts.paper != "letter" else []),
            "seed = 1",
            "",
            "[cover]",
            f"fields = {_toml(self.cover.fields or ('Name',))}",
            *([f"rules = {_toml(self.cover.rules)}"] if self.cover.rules else []),
        ]
        entries = [(start, f"[[entry]]\ntext = {_toml(name)}\n") for start, name in texts.items()]
        for problem, name in zip(problems, names, strict=True):
            bonus = "bonus = true\n" if problem.bonus else ""
            entries.append((problem.start, f"[[entry]]\nuse = {_toml(name)}\n{bonus}"))
        body = "\n".join(entry for _, entry in sorted(entries))
        self.files[f"exams/{self.stem}.toml"] = ("\n".join(rows) + "\n\n" + body).encode()
        if facts.unknown:
            what = f"The file does not tell its {', '.join(facts.unknown)}."
            done = f"Write it into exams/{self.stem}.toml; what is empty there does not build."
            self.notes.append(Note("to be set", Place(self.source.path, 1), what, done))
        what = f"No file tells topics: all problems have the topic '{TOPIC}'."
        done = f"Set topics, difficulty and minutes in problems/{self.area}/*/problem.py."
        self.notes.append(Note("to be set", Place(self.source.path, 1), what, done))

    def topics(self) -> None:
        """Let the bank know the topic of imported problems."""
        if TOPIC in Bank(self.course.problem_folders).topics:
            return
        path = self.course.root / "problems" / "topics.toml"
        before = path.read_text(encoding="utf-8").rstrip() + "\n\n" if path.is_file() else ""
        self.files["problems/topics.toml"] = (before + _TOPIC_TABLE).encode()

    def tell_inputs(self) -> None:
        for place, path in self.source.inputs:
            self.notes.append(Note("changed", place, f"The input {path.name} is put in place.", "Nothing to do."))
        for place, name in self.source.missing:
            self.notes.append(Note("look at", place, f"The input {name} is not there.", "Put its text in place."))


def _toml(text: str | Sequence[str]) -> str:
    return json.dumps(text, ensure_ascii=False)
