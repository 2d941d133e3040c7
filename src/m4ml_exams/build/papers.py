"""All papers of all versions: measured, made equal, set, and proved to agree."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from m4ml_exams import layout
from m4ml_exams.assemble import Version
from m4ml_exams.build.characters import at_their_keys
from m4ml_exams.check import not_allowed
from m4ml_exams.errors import M4mlError, Place, collected, each_once, located
from m4ml_exams.render import PAPERS, Document, Printer, Setting
from m4ml_exams.typeset import EPOCH, Typeset, drawn, find_pdflatex, stop_all, stopped_together, typeset

Key = tuple[str, str]
"""A version's letter and a kind of paper."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SetPapers:
    """The papers that may be published, and what keeps the others back.

    Attributes:
        published: PDFs by version letter and kind; a kind is there for all versions or for none.
        documents: their sources.
        findings: what is wrong with those that are not there, or stamped as drafts.
        offset: largest distance in big points between places that must agree.
        drafts: whether exams and keys are stamped as drafts.
    """

    published: Mapping[Key, Typeset]
    documents: Mapping[Key, Document]
    findings: tuple[M4mlError, ...]
    offset: float
    drafts: bool = False


def set_papers(
    printer: Printer,
    versions: Sequence[Version],
    chosen: Sequence[Version],
    progress: Progress,
    found: Sequence[M4mlError] = (),
) -> SetPapers:
    """Set exam, key and solutions of the chosen versions, the exams at equal heights over all versions.

    Findings, those already ``found`` included, stamp every page as a draft.

    Raises:
        ToolError: there is no pdflatex.
        ExceptionGroup: an exam cannot be set; nothing can be published then.
    """
    find_pdflatex()
    settings = _settings(printer, versions, progress)
    stamped = {letter: _as_draft(setting) for letter, setting in settings.items()}
    made = _set_all(printer, chosen, stamped if found else settings, progress)
    faults = tuple(not_allowed(_proof(printer, chosen, made)))
    if faults and not found:
        made = _set_all(printer, chosen, stamped, progress)
    findings = (*found, *faults, *_solutions_outside(chosen, made), *made.findings)
    drafts = bool(found or faults)
    return SetPapers(made.whole_kinds(), made.documents, findings, _offset(printer, chosen, made), drafts)


@dataclass(frozen=True)
class _Made:
    """Papers set in one go, and the faults of those that could not be."""

    papers: Mapping[Key, Typeset]
    documents: Mapping[Key, Document]
    findings: tuple[M4mlError, ...]
    broken: frozenset[str]

    def whole_kinds(self) -> Mapping[Key, Typeset]:
        """The papers of the kinds that came out for every version."""
        return {key: paper for key, paper in self.papers.items() if key[1] not in self.broken}


def _settings(printer: Printer, versions: Sequence[Version], progress: Progress) -> Mapping[str, Setting]:
    """Measure the exams of all versions; the room that each place needs, and the pages that all will have."""
    exams = _Written(versions, {"exam": lambda version: printer.exam(version, Setting())})
    measured, wrong = typeset_all(exams, "measuring", progress, measure=True)
    if exams.faults or wrong:
        solutions = _Written(versions, {"solutions": printer.solutions})
        besides = typeset_all(solutions, "looking further", progress)[1]
        raise ExceptionGroup("faults found", _told(printer, [*exams.faults, *wrong, *solutions.faults, *besides]))
    papers = [layout.Paper(version, "exam", measured[version.letter, "exam"].measured) for version in versions]
    pages = {paper.version.letter: paper.measured.pages for paper in papers}
    most, multiple = max(pages.values()), printer.blueprint.pages_multiple
    if printer.blueprint.layout == "flow":
        whole = {letter: _rounded_up(own, multiple) for letter, own in pages.items()}
        return {letter: Setting(whole[letter], whole[letter] - own) for letter, own in pages.items()}
    gives, shifts, total = layout.gives(papers), layout.shifts(papers), _rounded_up(most, multiple)
    return {letter: Setting(total, total - own, gives[letter], shifts[letter]) for letter, own in pages.items()}


class _Written:
    """Papers that are written one by one as they are asked for, so that TeX sets the first while others are written.

    Args:
        versions: all of them are gone through for each kind.
        kinds: how the papers of each kind are written.

    Attributes:
        documents: those that have been written, in the order of ``kinds``.
        faults: of those that cannot be.
    """

    def __init__(self, versions: Sequence[Version], kinds: Mapping[str, Callable[[Version], Document]]) -> None:
        self._papers = [((version.letter, kind), make, version) for kind, make in kinds.items() for version in versions]
        self.documents: dict[Key, Document] = {}
        self._faults: list[M4mlError] = []

    @property
    def faults(self) -> tuple[M4mlError, ...]:
        return each_once(self._faults)

    def __len__(self) -> int:
        return len(self._papers)

    def __iter__(self) -> Iterator[tuple[Key, Document]]:
        for key, make, version in self._papers:
            with collected(self._faults), located(Place(version=version.letter)):
                self.documents[key] = make(version)
            if key in self.documents:
                yield key, self.documents[key]


def _rounded_up(pages: int, multiple: int) -> int:
    return -(-pages // multiple) * multiple


def _as_draft(setting: Setting) -> Setting:
    return replace(setting, draft=True)


def _set_all(printer: Printer, chosen: Sequence[Version], settings: Mapping[str, Setting], progress: Progress) -> _Made:
    kinds: dict[str, Callable[[Version], Document]] = {
        "exam": lambda version: printer.exam(version, settings[version.letter]),
        "key": lambda version: printer.key(written.documents[version.letter, "exam"], version),
        "solutions": printer.solutions,
    }
    written = _Written(chosen, kinds)
    papers, wrong = typeset_all(written, "setting", progress)
    wanted = {(version.letter, kind) for version in chosen for kind in PAPERS}
    broken = frozenset(kind for letter, kind in wanted if (letter, kind) not in papers)
    return _Made(papers, written.documents, _told(printer, [*written.faults, *wrong]), broken)


def _told(printer: Printer, faults: Sequence[M4mlError]) -> tuple[M4mlError, ...]:
    """Faults of papers each once, those of characters at the keys of the exam file that have them."""
    return each_once(at_their_keys(faults, printer.blueprint))


class Papers(Protocol):
    """Papers to set: how many there are, and each with its key."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[tuple[Key, Document]]: ...


def typeset_all(
    documents: Papers, what: str, progress: Progress, epoch: int = EPOCH, measure: bool = False
) -> tuple[Mapping[Key, Typeset], tuple[M4mlError, ...]]:
    """Set documents side by side; those with faults are left out and their faults told."""
    papers: dict[Key, Typeset] = {}
    faults: list[M4mlError] = []
    setting = partial(typeset, epoch=epoch, measure=measure)
    with stopped_together(), ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            futures = {key: pool.submit(setting, document) for key, document in documents}
            for done, (key, future) in enumerate(futures.items(), start=1):
                with collected(faults), located(Place(version=key[0])):
                    papers[key] = future.result()
                progress(what, done, len(documents))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            stop_all()
            raise
    return papers, each_once(faults)


def _papers(chosen: Sequence[Version], made: _Made, kind: str) -> list[layout.Paper]:
    papers = made.whole_kinds()
    return [
        layout.Paper(version, kind, papers[version.letter, kind].measured)
        for version in chosen
        if (version.letter, kind) in papers
    ]


def _proof(printer: Printer, chosen: Sequence[Version], made: _Made) -> tuple[M4mlError, ...]:
    """Every difference between the papers that must not be there."""
    exams, keys = _papers(chosen, made, "exam"), _papers(chosen, made, "key")
    faults: list[M4mlError] = [fault for key in keys for fault in layout.cramped(key)]
    faults += [fault for paper in (*exams, *keys) for fault in layout.unmeasured(paper)]
    if printer.blueprint.layout == "pages":
        faults += [fault for paper in exams for fault in layout.spilled(paper, printer.blueprint.place("cover"))]
        faults += [fault for other in exams[1:] for fault in layout.compare(exams[0], other)]
    faults += [fault for exam, key in zip(exams, keys, strict=False) for fault in layout.compare(exam, key)]
    for paper in (*exams, *keys):
        made_paper = made.papers[paper.version.letter, paper.kind]
        faults += layout.outside(paper.version, made_paper.overfull)
        if paper.kind == "exam" and not made_paper.overfull:  # a key has notes for graders in its margins
            faults += layout.beyond(paper, drawn(made_paper.pdf))
    return each_once(faults)


def _solutions_outside(chosen: Sequence[Version], made: _Made) -> tuple[M4mlError, ...]:
    """What sticks out of the solutions only; no reason to stamp exams and keys."""
    papers = made.whole_kinds()
    faults: list[M4mlError] = []
    for version in chosen:
        exam, solutions = papers.get((version.letter, "exam")), papers.get((version.letter, "solutions"))
        if solutions:
            faults += layout.outside(version, solutions.overfull, "solutions", exam.overfull if exam else ())
    return each_once(faults)


def _offset(printer: Printer, chosen: Sequence[Version], made: _Made) -> float:
    """The largest distance between places that must agree: on all papers, or in flow on each exam and its key."""
    papers = [*_papers(chosen, made, "exam"), *_papers(chosen, made, "key")]
    if printer.blueprint.layout == "pages":
        return layout.largest_offset(papers) if papers else 0.0
    pairs = [[paper for paper in papers if paper.version is version] for version in chosen]
    return max((layout.largest_offset(pair) for pair in pairs if pair), default=0.0)
