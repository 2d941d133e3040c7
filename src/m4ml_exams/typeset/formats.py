r"""The part of the preamble that all papers of an exam share, kept as TeX has it in memory after reading it: a format.

Reading some twenty packages takes most of a run; a format takes their place. It is dumped uncompressed, since TeX
unpacks a compressed one at each start, which takes longer than all else in its start.

What a format would lose or freeze is not kept: a preamble that writes into the PDF itself, maps fonts or opens files
is read in each run. A kept one counts only while every file that TeX read for it, and the lists of files of the TeX
trees, are as they were.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from m4ml_exams.cache import Cache, key
from m4ml_exams.remembered import Stamps, stamp
from m4ml_exams.render import OWN, Document
from m4ml_exams.typeset.process import environment, files_read, run, strangers, trees

OPTIONS = ("-interaction=nonstopmode", "-file-line-error", "-no-shell-escape", "-recorder")
"""Of each run of pdflatex."""
_KIND = "format"
_LOST = re.compile(
    r"\\pdf(info|catalog|names|trailerid|map|obj|refobj|xform|ximage|outline|dest|colorstack)|\\hypersetup|\{hyperref\}"
    r"|\\openout|\\openin|\\newwrite|\\includegraphics|externalize|\\pgfdeclareimage"
)
"""What a format does not hold, or holds as it was when it was dumped."""
_LOST_PACKAGES = frozenset({"hyperref.sty", "tagpdf.sty"})
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Format:
    """A dumped preamble.

    Attributes:
        path: the file that TeX loads.
        latex: the paper without what the format holds; its lines have the same numbers.
    """

    path: Path
    latex: str


def format_of(document: Document, pdflatex: str, epoch: int, seconds: float) -> Format | None:
    """The format that a paper begins with, dumped now when it is not kept.

    Args:
        document: the paper; what comes before its line ``OWN`` is what papers share.
        pdflatex: the program.
        epoch: the date of the run, in seconds since 1970.
        seconds: how long the dump may take.

    Returns:
        None for a paper without that line, and for a preamble that a format cannot hold or that has errors.
    """
    head, found, own = document.latex.partition(f"\n{OWN}\n")
    if not found or _LOST.search(head) or sys.platform == "win32":
        return None
    cache = Cache.of_user()
    name = key(_KIND, head, tex_stamps(pdflatex), epoch)
    with _one_at_a_time:
        path = _kept(cache, name) or _dumped(cache, name, head, pdflatex, epoch, seconds)
    return Format(path, "%\n" * (head.count("\n") + 2) + own) if path else None


def _kept(cache: Cache, name: str) -> Path | None:
    """The format of that name, when all files that it was made of are as they were."""
    told = cache.read(f"{name}.json")
    with suppress(ValueError):
        if told is not None and _unchanged(json.loads(told)):
            return cache.file(f"{name}.fmt")
    return None


def _unchanged(stamps: Mapping[str, list[int]]) -> bool:
    return all([*stamp(path)] == was for path, was in stamps.items())


def _dumped(cache: Cache, name: str, head: str, pdflatex: str, epoch: int, seconds: float) -> Path | None:
    """Read the preamble and keep what TeX has then; None when it has errors, or reads what no paper may read."""
    with TemporaryDirectory(prefix="m4ml-", ignore_cleanup_errors=True) as made:
        folder = Path(made).resolve()
        (folder / "paper.tex").write_text(f"{head}\n\\dump\n", encoding="utf-8")
        command = [pdflatex, "-ini", *OPTIONS, "-jobname=paper", "&pdflatex", "paper.tex"]
        code, _ = run(command, folder, environment(folder, epoch), seconds)
        path = folder / "paper.fmt"
        if code != 0 or not path.is_file() or any(strangers(folder)):
            return None
        outside = [file for file in files_read(folder) if Path(file).is_absolute()]
        if _LOST_PACKAGES & {Path(file).name for file in outside}:
            return None
        data = path.read_bytes()
    cache.write(f"{name}.fmt", gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    cache.write(f"{name}.json", json.dumps(_stamps(outside)).encode())
    return cache.file(f"{name}.fmt")


def tex_stamps(pdflatex: str) -> Stamps:
    """The stamps of pdflatex and of the lists of files of its trees, which change when TeX or a package is updated."""
    return _stamps([pdflatex, *_lists()])


def _stamps(paths: Iterable[str]) -> Stamps:
    return {path: stamp(path) for path in paths}


@lru_cache(maxsize=1)
def _lists() -> tuple[str, ...]:
    """What changes when a file is added to a TeX tree: its list of files, or where it has none all of its folders."""
    return tuple(sorted(path for tree in trees() for path in _listing(tree)))


def _listing(tree: Path) -> Iterator[str]:
    listed = tree / "ls-R"
    if listed.is_file():
        yield str(listed)
    else:
        yield from (folder for folder, _, _ in os.walk(tree))
