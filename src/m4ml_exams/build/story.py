"""The story of a build: read, assemble or restore, verify, measure, set, prove, publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from m4ml_exams import layout
from m4ml_exams.assemble import Question, Repeat, Version, letters, repeats
from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import Blueprint, Overrides, TextEntry, load_blueprint
from m4ml_exams.build.drawing import Progress, Request, choose_problems, make_versions, slips
from m4ml_exams.build.guard import only_one
from m4ml_exams.build.papers import SetPapers, set_papers
from m4ml_exams.build.publish import files_of, papers_of_others, publish, recover
from m4ml_exams.build.spaces import counting
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, UsageError, raise_all
from m4ml_exams.lock import (
    Lock,
    Rekeyed,
    drifted,
    lock_of,
    lock_path,
    lock_text,
    looks,
    read_lock,
    rekeyed,
)
from m4ml_exams.render import PAPERS, Printer
from m4ml_exams.report import (
    ARCHIVE,
    Remarks,
    answers_csv,
    archive_zip,
    layout_json,
    manifest_json,
    pdftex_version,
    report_html,
)


@dataclass(frozen=True)
class Built:
    """What a build made.

    Attributes:
        out: the folder.
        versions: the versions that were published.
        papers: the papers that were published, by version letter and kind, with their pages.
        files: names of all files written, relative to ``out``.
        findings: faults that kept some papers from being published, or made them drafts.
        notes: what the author should know; no fault.
        offset: largest distance in big points between places that must agree.
        drafts: whether exams and keys are stamped as drafts.
        read: files that the exam file names: texts, and locks of earlier exams.
    """

    out: Path
    versions: tuple[Version, ...]
    pages: Mapping[tuple[str, str], int]
    files: tuple[str, ...]
    findings: tuple[M4mlError, ...]
    notes: tuple[str, ...] = ()
    offset: float = 0.0
    drafts: bool = False
    read: tuple[Path, ...] = ()


def build(request: Request, progress: Progress = lambda what, done, of: None) -> Built:
    """Build an exam.

    Raises:
        M4mlError, ExceptionGroup: nothing could be published; all faults that were found.
    """
    with only_one(request.exam):
        return _built(request, progress)


def _built(request: Request, progress: Progress) -> Built:
    blueprint = _blueprint(request)
    course = Course.around(blueprint.source_path)
    out = _out(request, blueprint, course)
    recover(out)
    printer = Printer.of(blueprint, course)
    lock = read_lock(lock_path(blueprint.source_path)).numbered(problem_entries(blueprint))
    choices = choose_problems(blueprint, Bank(course.problem_folders), lock, request)
    with counting(blueprint, choices.uses) as counted:
        versions = make_versions(blueprint, choices, lock, request, progress)
        chosen = tuple(version for version in versions if not request.only or version.letter in request.only)
        papers = set_papers(printer, versions, chosen, progress, slips(blueprint, versions))
        raise_all(papers.findings if not papers.published else ())
        spaces = counted()
    regrade = rekeyed(versions, lock, lock_path(blueprint.source_path)) if request.rekey else ()
    text = lock_text(new_lock(versions, lock, request, regrade))
    stale = [*_withheld(papers, versions), *papers_of_others(out, [version.letter for version in versions])]
    kept = files_of(out, [version.letter for version in versions if version not in chosen])
    kept = {name: data for name, data in kept.items() if name not in stale}
    notes = (*_notes(lock, versions, request), *told_repeats(repeats(versions)), *map(told, regrade))
    remarks = Remarks(papers.findings, notes, papers.offset, spaces)
    files = _files(printer, versions, papers, remarks, text, kept)
    publish(out, files, stale, {lock_path(blueprint.source_path): text.encode()})
    pages = {key: paper.pages for key, paper in papers.published.items()}
    made = (chosen, pages, tuple(files), papers.findings, notes, papers.offset, papers.drafts)
    return Built(out, *made, read=_named_files(blueprint))


def _named_files(blueprint: Blueprint) -> tuple[Path, ...]:
    """The files that the exam file names."""
    texts = [entry.text for entry in blueprint.entries if isinstance(entry, TextEntry)]
    return tuple(blueprint.source_path.parent / name for name in (*blueprint.avoid, *texts))


def _blueprint(request: Request) -> Blueprint:
    path = request.exam.resolve()
    blueprint = load_blueprint(path, Bank(Course.around(path).problem_folders).folders)
    if request.versions is not None:
        blueprint = blueprint.model_copy(update={"versions": request.versions})
    known = letters(blueprint.versions)
    for letter in request.only:
        if letter not in known:
            raise UsageError(f"There is no version '{letter}'.", f"Versions: {', '.join(known)}.")
    return blueprint


def problem_entries(blueprint: Blueprint) -> list[int]:
    """Numbers of the entries that are problems, from 1."""
    return [number for number, entry in enumerate(blueprint.entries, start=1) if isinstance(entry, Overrides)]


def _out(request: Request, blueprint: Blueprint, course: Course) -> Path:
    """The folder for the results; raises UsageError where the exam file itself lies in it, as it is replaced whole."""
    out = request.out or default_out(blueprint, course)
    if blueprint.source_path.is_relative_to(out.resolve()):
        raise UsageError(f"The results would replace the folder {out}, in which the exam file lies.", _OWN_FOLDER)
    return out


_OWN_FOLDER = "Name a folder of their own with --out."


def default_out(blueprint: Blueprint, course: Course) -> Path:
    """The path of the exam file below ``exams/``, without its ending, below ``build/`` of the course."""
    name = blueprint.source_path.with_suffix("")
    exams = course.root / "exams"
    return course.root / "build" / (name.relative_to(exams) if name.is_relative_to(exams) else name.name)


def new_lock(versions: tuple[Version, ...], lock: Lock, request: Request, regrade: Sequence[Rekeyed]) -> Lock:
    """The lock after a build: what was drawn or rekeyed now has a new record."""
    anew = {(item.version, item.entry) for item in regrade}
    return lock_of(
        versions,
        lock,
        lambda letter, question: (letter, question.entry + 1) in anew or _redraws(request, letter, question),
        [item.record() for item in regrade],
    )


def _redraws(request: Request, letter: str, question: Question) -> bool:
    return request.redraws(letter, question.entry, question.variant.problem.name)


def told(item: Rekeyed) -> str:
    """What graders have to look at again after a rekey."""
    was, now = looks(item.was, item.now)
    places = ", ".join(f"part {label} ({region})" for label, region in item.places)
    return f"regrade version {item.version}, problem {item.number}, {places}: '{item.answer}' was {was}, is {now}."


def told_repeats(found: Sequence[Repeat]) -> tuple[str, ...]:
    """For each problem in which something is drawn, which versions share a whole answer."""
    return tuple(_told_repeats(list(alike)) for _, alike in groupby((one for one in found if one.free), _PROBLEM))


def _told_repeats(alike: Sequence[Repeat]) -> str:
    entries = sorted({entry for one in alike for _, entry in one.uses})
    where = f"entry {entries[0]}" if len(entries) == 1 else f"entries {', '.join(map(str, entries))}"
    groups = "; ".join(
        ", ".join(letter if len(entries) == 1 else f"{letter} (entry {entry})" for letter, entry in one.uses)
        for one in alike
    )
    return f"{alike[0].problem} ({where}): versions with the same whole answer: {groups}. Draws bring no other."


_PROBLEM = attrgetter("problem")


def _files(
    printer: Printer,
    versions: Sequence[Version],
    papers: SetPapers,
    remarks: Remarks,
    lock: str,
    kept: Mapping[str, bytes],
) -> dict[str, bytes]:
    """All outputs by their names in the build folder; ``kept`` are papers of versions that are not made now."""
    blueprint, course = printer.blueprint, printer.course
    files: dict[str, bytes] = {}
    for (letter, kind), paper in papers.published.items():
        document = papers.documents[letter, kind]
        files[f"{letter}/{kind}.pdf"] = paper.pdf
        files[f"{letter}/{kind}.tex"] = document.latex.encode()
        files.update({f"{letter}/{name}": data for name, data in document.pictures.items()})
    exams = [
        layout.Paper(version, "exam", papers.published[version.letter, "exam"].measured)
        for version in versions
        if (version.letter, "exam") in papers.published
    ]
    files["answers.csv"] = answers_csv(versions, printer.words).encode()
    files["layout.json"] = layout_json(blueprint, exams, kept.get("layout.json")).encode()
    files[ARCHIVE] = archive_zip(blueprint.source_path.name, pdftex_version(), {**kept, **files})
    page = report_html(blueprint, course, printer.words, versions, remarks, {**kept, **files})
    files["report.html"] = page.encode()
    files["manifest.json"] = manifest_json(blueprint, course, versions, {**kept, **files}, lock).encode()
    return files


def _withheld(papers: SetPapers, versions: Sequence[Version]) -> list[str]:
    """Files of paper kinds that are not published now: older ones would not fit what is."""
    kinds = {kind for _, kind in papers.published}
    return [
        f"{version.letter}/{kind}.{end}"
        for version in versions
        for kind in PAPERS
        for end in ("pdf", "tex")
        if kind not in kinds
    ]


def _notes(lock: Lock, versions: Sequence[Version], request: Request) -> tuple[str, ...]:
    names = {
        question.variant.problem.name
        for version in versions
        for question in version.questions
        if not _redraws(request, version.letter, question) and drifted(lock, question, version.letter)
    }
    return tuple(
        f"{name}: problem.py has changed since the lock; the locked values stand (--relock {name} draws anew)."
        for name in sorted(names)
    )
