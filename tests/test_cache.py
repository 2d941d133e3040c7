"""The cache: entries are whole or not there, old ones go first, and anybody may delete any of it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from m4ml_exams.cache import Cache, key


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "cache")
    assert cache.read("a-1") is None
    cache.write("a-1", b"one")
    assert cache.read("a-1") == b"one"
    assert cache.file("a-1") == tmp_path / "deep" / "cache" / "a-1"
    assert cache.sizes() == {"a-1": 3}


def test_the_entries_that_were_not_used_for_longest_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10)
    for at, name in enumerate(("old", "used", "new")):
        cache.write(name, b"1234")
        os.utime(tmp_path / name, (at, at))
        if name == "new":
            cache.read("used")
    cache.write("last", b"1234")
    assert set(cache.sizes()) == {"used", "last"}


def test_an_entry_that_is_larger_than_the_limit_is_kept_until_the_next_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=3)
    cache.write("large", b"1234")
    assert cache.read("large") == b"1234"
    cache.write("next", b"1")
    assert set(cache.sizes()) == {"next"}


def test_clearing_frees_all_of_it_half_written_entries_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("a", b"12")
    (tmp_path / ".new-left").write_bytes(b"123")
    assert cache.clear() == 5
    assert list(tmp_path.iterdir()) == []
    assert Cache(tmp_path / "never made").clear() == 0


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    cache.write("a", b"1")
    assert cache.read("a") is None


def test_many_writers_at_once_leave_whole_entries(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=50_000)
    with ThreadPoolExecutor(8) as pool:
        for at in range(200):
            pool.submit(cache.write, f"e-{at % 20}", bytes([at % 20]) * 5_000)
    assert all(cache.read(name) == bytes([int(name[2:])]) * 5_000 for name in cache.sizes())
    assert 0 < sum(cache.sizes().values()) <= 50_000


def test_the_folder_is_the_users_or_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M4ML_CACHE", str(tmp_path))
    assert Cache.of_user().folder == tmp_path
    monkeypatch.setenv("M4ML_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert Cache.of_user().folder.name == "m4ml"


def test_a_key_tells_its_inputs_apart_and_not_their_order_in_a_dict() -> None:
    assert key("a", {"x": 1, "y": 2}) == key("a", {"y": 2, "x": 1})
    assert len({key("a", "b"), key("b", "a"), key("a", ["b"]), key("a", "b", 1), key("a", "c")}) == 5
