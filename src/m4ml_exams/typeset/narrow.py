"""Runs that look for files and fonts only where earlier runs found them.

A full TeX tree has a list of some 100,000 files and a map of some 30,000 fonts, which each run reads before its first
word: that takes longer than the paper. A run told where to look, and given the lines of the map for the fonts that lie
there, reads neither. It counts only when it read nothing but files that runs of the usual kind had read, and missed
nothing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from m4ml_exams.cache import Cache
from m4ml_exams.typeset.formats import Format

FONT_MAP = "paper.map"
"""The map of fonts of a narrow run, in its own folder."""
_MAP = "pdftex.map"
_PLACES = {".tfm": "TFMFONTS", ".pfb": "T1FONTS", ".enc": "ENCFONTS", ".vf": "VFFONTS"}
_NOWHERE = {"TEXMFDBS": "/dev/null", "TEXFONTMAPS": ".", "MKTEXPK": "0", "MKTEXTFM": "0"}
_SMALLER = {"hash_extra": "100000"}
"""Room for names of macros, twice what a paper has: TeX goes through all of its room at each start."""
_MISSED = re.compile(r"No file (?!paper\.aux)|Font Warning|\(file not found\)")
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Narrow:
    """What runs from a format have needed until now.

    Attributes:
        files: all that they read of the TeX trees, by their absolute paths.
        font_map: the lines of pdfTeX's map for all fonts beside those that they used.
    """

    files: tuple[str, ...]
    font_map: str

    def environment(self) -> Mapping[str, str]:
        """The variables that make TeX look in the folders of the files only, and take no more room than papers need."""
        places: dict[str, list[str]] = {"TEXINPUTS": ["."], **{variable: ["."] for variable in _PLACES.values()}}
        for file in map(Path, self.files):
            places[_PLACES.get(file.suffix, "TEXINPUTS")].append(str(file.parent))
        return {
            **_NOWHERE,
            **_SMALLER,
            **{name: os.pathsep.join(dict.fromkeys(folders)) for name, folders in places.items()},
        }

    def suffices(self, read: Iterable[str], log: str) -> bool:
        """Whether a run that read these files, and wrote this log, did what a usual one would have done."""
        return {name for name in read if _of_tree(name)} <= {*self.files} and not _MISSED.search(log)


def narrow(ready: Format) -> Narrow | None:
    """What is known of runs from a format; None when there was none."""
    with suppress(ValueError, TypeError, KeyError):
        told = json.loads(Cache.of_user().read(_entry(ready)) or b"null")
        if told is not None:
            return Narrow(tuple(map(str, told["files"])), str(told["map"]))
    return None


def learn(ready: Format, read: Iterable[str]) -> None:
    """Remember what a clean run of the usual kind read."""
    with _one_at_a_time:
        known = narrow(ready)
        before = known.files if known else ()
        files = tuple(dict.fromkeys([*before, *filter(_of_tree, read)]))
        if set(files) == set(before):
            return
        found = known.font_map if known else ""
        maps = [name for name in read if Path(name).name == _MAP]
        if maps:
            found = _lines_for(Path(maps[0]), {Path(file).parent for file in files if file.endswith(".tfm")})
        told = {"files": files, "map": found}
        Cache.of_user().write(_entry(ready), json.dumps(told).encode())


def _entry(ready: Format) -> str:
    return f"{ready.path.stem}.narrow"


def _of_tree(name: str) -> bool:
    """Whether a file is one that TeX looks for: not a paper's own, no format, no setting, no map."""
    return Path(name).is_absolute() and Path(name).suffix not in (".fmt", ".cnf", ".map")


def _lines_for(font_map: Path, folders: Iterable[Path]) -> str:
    """The lines of a map for the fonts in some folders of metrics."""
    names = {file.stem for folder in folders for file in folder.glob("*.tfm")}
    with font_map.open(encoding="latin-1") as lines:
        return "".join(line for line in lines if line.split(" ", 1)[0] in names)
