"""The story of a build: read, assemble or restore, verify, measure, set, prove, publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from m4ml_exams import layout
from m4ml_exams.assemble import (
    Chosen,
    Question,
    Repeat,
    Taken,
    Version,
    assemble,
    choose,
    draw_question,
    letters,
    repeats,
)
from m4ml_exams.bank import Bank
from m4ml_exams.blueprint import Blueprint, Overrides, PickEntry, TextEntry, TopicEntry, load_blueprint
from m4ml_exams.build.guard import only_one
from m4ml_exams.build.papers import SetPapers, set_papers
from m4ml_exams.build.publish import files_of, papers_of_others, publish, recover
from m4ml_exams.build.spaces import counting
from m4ml_exams.check import (
    ON_PAPER,
    apply,
    letter_pattern,
    lint,
    malformed_allowances,
    not_allowed,
    points_sum,
)
from m4ml_exams.course import Course
from m4ml_exams.errors import M4mlError, Place, UsageError, collected, each_once, located, raise_all
from m4ml_exams.lock import (
    Lock,
    Redraw,
    Rekeyed,
    drifted,
    lock_of,
    lock_path,
    lock_text,
    looks,
    read_lock,
    rekeyed,
    restore,
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
class Request:
    """What to build.

    Attributes:
        exam: the exam file.
        versions: how many versions, when not as many as the file says.
        only: letters of the versions to publish; empty for all. All are measured, so that pages agree.
        out: where to, when not to ``build/`` of the course.
        relock: what to draw anew although it is locked; None for nothing.
        rekey: whether today's answers are taken for what is locked, instead of stopping where they differ.
    """

    exam: Path
    versions: int | None = None
    only: tuple[str, ...] = ()
    out: Path | None = None
    relock: Redraw | None = None
    rekey: bool = False

    def redraws(self, letter: str, question: Question) -> bool:
        """Whether a version's question is drawn anew although it is locked."""
        return self.relock is not None and self.relock.covers(question.entry + 1, question.variant.problem.name, letter)


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


Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


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
    lock = read_lock(lock_path(blueprint.source_path)).numbered(_problem_entries(blueprint))
    versions = make_versions(blueprint, Bank(course.problem_folders), lock, request, progress)
    chosen = tuple(version for version in versions if not request.only or version.letter in request.only)
    with counting(blueprint, versions) as counted:
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


def _problem_entries(blueprint: Blueprint) -> list[int]:
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


def make_versions(
    blueprint: Blueprint, bank: Bank, lock: Lock, request: Request, progress: Progress
) -> tuple[Version, ...]:
    """All versions, locked values first, each variant verified.

    Raises:
        ExceptionGroup: all faults of the exam file and its problems.
    """
    names = letters(blueprint.versions)
    path = lock_path(blueprint.source_path)
    taken = _taken(blueprint, lock, request)
    faults: list[M4mlError] = []
    choices = choose(blueprint, bank, names, frozenset(problem for problem, _ in taken.givens), faults)
    choices = _as_locked(choices, blueprint, bank, lock, request)
    problems = {chosen.problem.name for row in choices.values() for chosen in row.values()}
    if request.relock is not None and not faults:
        request.relock.refuse_unknown(blueprint, problems, names)
    done = 0

    def question(letter: str, entry: int, chosen: Chosen) -> Question:
        nonlocal done
        done += 1
        progress("drawing", done, sum(map(len, choices.values())))
        locked = lock.question(letter, entry + 1)
        fresh = request.relock is not None and request.relock.covers(entry + 1, chosen.problem.name, letter)
        if locked is None or fresh:
            made = draw_question(blueprint, entry, chosen, letter, taken)
        else:
            made = restore(blueprint, entry, chosen, locked, path, request.rekey)
        with located(Place(version=letter)):
            raise_all(apply(ON_PAPER, made.variant))
        return made

    versions = assemble(blueprint, choices, question, faults)
    raise_all(not_allowed(points_sum(blueprint, versions)))
    return versions


def slips(blueprint: Blueprint, versions: Sequence[Version]) -> tuple[M4mlError, ...]:
    """What lints find on the papers of these versions, but for what is allowed in place."""
    questions = [question for version in versions for question in version.questions]
    files = dict.fromkeys(file for question in questions for file in question.variant.problem.files)
    findings = [*lint(questions), *letter_pattern(blueprint, versions)]
    return each_once([*not_allowed(findings), *malformed_allowances(blueprint.source_path, *files)])


def _as_locked(
    choices: Mapping[str, Mapping[int, Chosen]], blueprint: Blueprint, bank: Bank, lock: Lock, request: Request
) -> Mapping[str, Mapping[int, Chosen]]:
    """The choices, with the locked problem where a pool or topic was asked: a larger bank changes no locked paper."""

    def kept(letter: str, entry: int, chosen: Chosen) -> Chosen:
        locked = lock.question(letter, entry + 1)
        free = isinstance(blueprint.entries[entry], PickEntry | TopicEntry)
        if not free or locked is None or locked.problem not in bank.folders:
            return chosen
        redraw = request.relock is not None and request.relock.covers(entry + 1, locked.problem, letter)
        return chosen if redraw else replace(chosen, problem=bank.problem(locked.problem))

    return {letter: {entry: kept(letter, entry, one) for entry, one in row.items()} for letter, row in choices.items()}


def _taken(blueprint: Blueprint, lock: Lock, request: Request) -> Taken:
    """The locked answers that stay, and the givens of earlier exams, none of which must come again."""
    givens: set[tuple[str, str]] = set()
    faults: list[M4mlError] = []
    for name in blueprint.avoid:
        with collected(faults), located(blueprint.place("avoid")):
            givens |= read_lock(blueprint.source_path.parent / name).givens()
    raise_all(faults)
    redraw = request.relock
    stays = lock.answers(
        lambda letter, question: redraw is None or not redraw.covers(question.entry, question.problem, letter)
    )
    return Taken(answers=stays, givens=frozenset(givens))


def new_lock(versions: tuple[Version, ...], lock: Lock, request: Request, regrade: Sequence[Rekeyed]) -> Lock:
    """The lock after a build: what was drawn or rekeyed now has a new record."""
    anew = {(item.version, item.entry) for item in regrade}
    return lock_of(
        versions,
        lock,
        lambda letter, question: request.redraws(letter, question) or (letter, question.entry + 1) in anew,
        [item.record() for item in regrade],
    )


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
        if not request.redraws(version.letter, question) and drifted(lock, question, version.letter)
    }
    return tuple(
        f"{name}: problem.py has changed since the lock; the locked values stand (--relock {name} draws anew)."
        for name in sorted(names)
    )
