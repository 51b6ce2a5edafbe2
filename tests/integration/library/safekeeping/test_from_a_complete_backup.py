"""A disk with a complete backup that the library knows: the base of a rebuilding, and the bytes for what is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.damage import DATABASE, all_hashes, flip, later_work, rich_library, stored_path
from helpers.libraries import Clock
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import backups
from portfolio_desktop.library.safekeeping.mending import mend
from portfolio_desktop.library.safekeeping.rebuilding import rebuild
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.library.safekeeping.whole import back_up

NAMES = ("水質.txt", "影像.txt", "清掉.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library that was backed up to a disk."""
    folder = rich_library(tmp_path / "library")
    with Library.open(folder, clock=Clock()) as library:
        back_up(library, tmp_path / "disk")
    return folder


def spoil(folder: Path) -> dict[Path, bytes]:
    """Flip a file, lose one, and put a folder in the place of a third."""
    contents = {stored_path(folder, name): stored_path(folder, name).read_bytes() for name in NAMES}
    flipped, lost, replaced = contents
    flip(flipped)
    lost.unlink()
    replaced.unlink()
    replaced.mkdir()
    return contents


def test_damaged_files_are_mended_from_the_disk(folder: Path) -> None:
    contents = spoil(folder)
    before = all_hashes(folder)
    with Library.open(folder, clock=Clock()) as library:
        done = mend(library, verify(library).problems, [one.source for one in backups.known(folder)])
        assert (len(done.restored), done.still) == (3, ())
        assert verify(library).problems == ()
    assert {path: path.read_bytes() for path in contents} == contents
    assert before <= all_hashes(folder)


def test_a_database_is_rebuilt_from_the_disk_when_its_own_copies_are_gone(folder: Path, tmp_path: Path) -> None:
    dump = later_work(folder)
    contents = spoil(folder)
    (folder / DATABASE).unlink()
    for copy in (folder / "backups").glob("*.sqlite3"):
        copy.unlink()
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert done.base is not None
    assert Path(done.base).is_relative_to(tmp_path / "disk")
    assert (done.missing, done.filed, done.told) == ((), (), ())
    assert {path: path.read_bytes() for path in contents} == contents
    assert before <= all_hashes(folder)
    with Library.open(folder, clock=Clock()) as library:
        assert library.dump() == dump
        assert verify(library).ok
        assert library.undo() == ["重建資料庫"]


def test_a_disk_that_is_not_there_is_done_without(folder: Path, tmp_path: Path) -> None:
    dump = later_work(folder)
    (tmp_path / "disk").rename(tmp_path / "elsewhere")
    contents = spoil(folder)
    (folder / DATABASE).unlink()
    done = rebuild(folder, clock=Clock())
    assert len(done.missing) == 3
    assert done.base is not None
    assert done.base.startswith("backups/")
    (tmp_path / "elsewhere").rename(tmp_path / "disk")
    with Library.open(folder, clock=Clock()) as library:
        assert library.dump() == dump
        mend(library, verify(library).problems, [one.source for one in backups.known(folder)])
        assert verify(library).ok
    assert {path: path.read_bytes() for path in contents} == contents


def test_a_disk_that_rots_too_gives_nothing_wrong(folder: Path, tmp_path: Path) -> None:
    contents = spoil(folder)
    for path in (tmp_path / "disk").rglob("objects/*/*"):
        flip(path)
    (folder / DATABASE).unlink()
    done = rebuild(folder, clock=Clock())
    assert len(done.missing) == 3
    assert not any(path.is_file() for path in contents)
