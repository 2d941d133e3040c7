"""Results appear whole or not at all, whatever happens to the disk or to the build."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tiny_exam import faults

from m4ml_exams.build import publish as module
from m4ml_exams.build.guard import in_turn, only_one
from m4ml_exams.build.publish import publish, recover, write_bytes
from m4ml_exams.errors import OutputError

OLD = {"A/exam.pdf": b"old exam", "A/key.pdf": b"old key", "manifest.json": b"old"}
NEW = {"A/exam.pdf": b"new exam", "B/exam.pdf": b"another", "manifest.json": b"new"}
MERGED = {**OLD, **NEW}
REMEDY = "Make the folder writable, free some disk space, or build elsewhere with --out."


def tree(root: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def whole(root: Path, lock: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """What lies in the place when all went as it should."""
    return {"exam.lock.json": lock.encode(), **{f"build/exam/{name}": data for name, data in files.items()}}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A course with a lock and results of an earlier build."""
    (tmp_path / "exam.lock.json").write_bytes(b"old lock")
    publish(tmp_path / "build" / "exam", OLD)
    return tmp_path


def again(place: Path) -> None:
    """The build that is disturbed."""
    publish(place / "build" / "exam", NEW, (), {place / "exam.lock.json": b"new lock"})


def test_files_are_replaced_added_and_removed(place: Path) -> None:
    again(place)
    assert tree(place) == whole(place, "new lock", MERGED)
    publish(place / "build" / "exam", {}, ["A/key.pdf", "missing"])
    assert "build/exam/A/key.pdf" not in tree(place)


def test_a_folder_that_is_a_link_stays_one(place: Path, tmp_path: Path) -> None:
    (place / "build" / "exam").rename(place / "elsewhere")
    (place / "build" / "exam").symlink_to(place / "elsewhere")
    again(place)
    assert (place / "build" / "exam").is_symlink()
    assert tree(place / "elsewhere") == MERGED


def test_where_there_are_no_links_files_are_copied(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refusing)
    again(place)
    assert tree(place) == whole(place, "new lock", MERGED)


@pytest.mark.parametrize("number", range(4))
def test_a_full_disk_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The disk is full at one file after the other; the last one is the lock."""
    before, written = tree(place), []
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == number + 1:
            write(path, data[:2])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError) as caught:
        again(place)
    assert tree(place) == before
    assert faults(caught.value) == [
        "exam.lock.json: The file cannot be written: No space left on device.\n"
        "  Make its folder writable, or free some disk space."
        if number == 3
        else f"exam: The results cannot be written: No space left on device.\n  {REMEDY}"
    ]
    assert not list(place.rglob(".*"))


@pytest.mark.parametrize("error", [OSError(errno.EBUSY, "Device or resource busy"), KeyboardInterrupt()], ids=str)
@pytest.mark.parametrize("last", ["exam", "old"])
def test_a_renaming_that_fails_is_undone_and_so_is_the_lock(
    place: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, last: str
) -> None:
    before = tree(place)
    replace = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == last and path.name != "old":
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        again(place)
    assert tree(place) == before
    assert not list(place.rglob(".*"))


def killed(place: Path, count: int) -> bool:
    """Kill a build before its step of that number; whether there was one."""
    child = os.fork()
    if not child:
        left = iter(range(count))
        for name in ("write_bytes", "replace", "unlink"):
            setattr(Path, name, dying(getattr(Path, name), left))
        try:
            again(place)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def dying(step: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    """The step, or the end of the process when none is left."""

    def dying_step(*args: object, **named: object) -> object:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*args, **named)

    return dying_step


def test_a_killed_build_leaves_old_results_and_no_litter_for_the_next(place: Path, tmp_path: Path) -> None:
    """Killed before each of its steps in turn, until it comes through."""
    locks, folders = [], []
    for count in range(40):
        root = tmp_path / f"copy{count}"
        shutil.copytree(place, root, ignore=shutil.ignore_patterns("copy*"))
        if not killed(root, count):
            break
        locks.append((root / "exam.lock.json").read_bytes())
        recover(root / "build" / "exam")
        folders.append(tree(root / "build"))
        again(root)
        assert tree(root) == whole(root, "new lock", MERGED)
    before = {f"exam/{name}": data for name, data in OLD.items()}
    after = {f"exam/{name}": data for name, data in MERGED.items()}
    assert all(folder in (before, after) for folder in folders)
    assert all(lock in (b"old lock", b"new lock") for lock in locks)
    assert not any(folder == after and lock == b"old lock" for folder, lock in zip(folders, locks, strict=True))
    assert len(folders) > 8
    assert b"new lock" in locks


def test_a_file_is_whole_and_what_a_killed_write_left_goes(tmp_path: Path) -> None:
    (tmp_path / ".a.pdf.m4ml-x").mkdir()
    (tmp_path / ".a.pdf.m4ml-x" / "new").write_bytes(b"ha")
    (tmp_path / ".b.pdf.m4ml-x").mkdir()
    write_bytes(tmp_path / "a.pdf", b"half and half")
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", ".b.pdf.m4ml-x"}


def test_a_second_build_of_an_exam_is_told_and_the_first_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "exam.toml"
    file.write_text("title = 'x'")
    with only_one(file):
        with pytest.raises(OutputError) as caught, only_one(file):
            pass
        assert faults(caught.value) == [
            "exam.toml: Another build of exam.toml is under way; this one has changed nothing.\n"
            "  Wait until the other one has ended, then build again."
        ]
    with only_one(file):
        pass


def test_a_build_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "exam.toml"
    file.write_text("title = 'x'")
    holding = (
        "import sys, time; from pathlib import Path; from m4ml_exams.build.guard import only_one\n"
        "with only_one(Path(sys.argv[1])): print('held', flush=True); time.sleep(300)"
    )
    child = subprocess.Popen([sys.executable, "-c", holding, str(file)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(OutputError), only_one(file):
        pass
    child.send_signal(signal.SIGKILL)
    child.communicate()
    with only_one(file):
        pass


def test_those_who_write_into_one_folder_wait_for_one_another(tmp_path: Path) -> None:
    steps: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.set()
        with in_turn(tmp_path):
            steps.append("second")

    with in_turn(tmp_path):
        other = threading.Thread(target=second)
        other.start()
        inside.wait()
        other.join(0.3)
        steps.append("first")
    other.join()
    assert steps == ["first", "second"]


def test_two_at_once_leave_each_its_own_files_whole(tmp_path: Path) -> None:
    out = tmp_path / "exam"
    kinds = [{f"{number}/a": bytes([number]) * 50_000, f"{number}/b": bytes([number])} for number in range(6)]
    threads = [threading.Thread(target=publish, args=(out, files)) for files in kinds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tree(tmp_path) == {f"exam/{name}": data for files in kinds for name, data in files.items()}


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can make a tiny disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        publish(disk / "exam", OLD)
        with pytest.raises(OutputError) as caught:
            publish(disk / "exam", {**NEW, "B/key.pdf": bytes(200_000)})
        assert faults(caught.value) == [f"exam: The results cannot be written: No space left on device.\n  {REMEDY}"]
        assert tree(disk) == {f"exam/{name}": data for name, data in OLD.items()}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_the_module_under_test_has_no_other_door() -> None:
    """The steps that are disturbed above are all that it does to a disk."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    assert not [word for word in ("os.rename", "shutil.move", "write_text", "open(") if word in source]
