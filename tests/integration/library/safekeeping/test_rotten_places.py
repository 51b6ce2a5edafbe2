"""A place whose objects rot: found by turns, or at once after a drill or a mending that met them; never said to be read unread."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.backups import worked_library
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import backups, record, turns
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.mending import mend
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.library.safekeeping.whole import BackedUp, back_up
from portfolio_desktop.progress import Progress


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with worked_library(tmp_path / "library") as library:
        yield library


@pytest.fixture
def first(library: Library, tmp_path: Path) -> BackedUp:
    return back_up(library, tmp_path / "disk")


def rot(place: Path) -> int:
    """Turn the last byte of every object over."""
    found = [one for one in (place / "objects").glob("??/*") if one.stat().st_size]
    for one in found:
        one.chmod(0o644)
        one.write_bytes(one.read_bytes()[:-1] + b"?")
    return len(found)


def test_what_is_said_is_no_more_than_was_read(library: Library, first: BackedUp) -> None:
    assert (first.read, first.replaced, first.all_read) == (0, 0, True)
    second = back_up(library, first.place)
    assert (second.new_files, second.read, second.all_read) == (0, 1, False)


def test_the_turn_goes_on_when_snapshots_are_deleted(library: Library, first: BackedUp) -> None:
    count = rot(first.place)
    replaced = 0
    for _time in range(first.files):
        for snapshot in (first.place / "snapshots").iterdir():
            shutil.rmtree(snapshot)
        replaced += back_up(library, first.place).replaced
    assert replaced == count
    assert drill(library.folder, backups.find(first.place)).ok


def test_all_of_it_is_read_when_that_is_asked_for(library: Library, first: BackedUp) -> None:
    count = rot(first.place)
    done = back_up(library, first.place, full=True)
    assert (done.read, done.replaced, done.new_files, done.all_read) == (done.files, count, count, True)
    assert drill(library.folder, backups.find(first.place)).ok


def test_the_backup_after_a_failed_drill_mends_the_place(library: Library, first: BackedUp) -> None:
    count = rot(first.place)
    assert not drill(library.folder, owner=True).ok
    assert record.read(library.folder).doubted == (first.place,)
    done = back_up(library, first.place)
    assert (done.replaced, done.all_read) == (count, True)
    assert record.read(library.folder).doubted == ()
    assert drill(library.folder, owner=True).ok
    assert back_up(library, first.place).read == 1


def test_the_backup_after_a_mending_that_found_wrong_bytes_reads_all(library: Library, first: BackedUp) -> None:
    rot(first.place)
    lost = next(file for file in library.files() if file.size)
    kept = lost.path.read_bytes()
    lost.path.unlink()
    for copy in (library.folder / "backups").glob("*.sqlite3"):
        copy.unlink()
    found = verify(library, "quick")
    mended = mend(library, found.problems, [one.source for one in backups.known(library.folder)], Progress())
    assert [problem.sha256 for problem in mended.still] == [lost.sha256]
    assert record.read(library.folder).doubted == (first.place,)
    lost.path.write_bytes(kept)
    assert back_up(library, first.place).all_read
    assert turns.begin(first.place, "x", ["a"]).due == {"a"}


def test_one_wrong_object_in_a_turn_lets_all_of_them_be_read(library: Library, first: BackedUp) -> None:
    count = rot(first.place)
    done = back_up(library, first.place)
    assert (done.replaced, done.read, done.all_read, done.problems) == (count, first.files, True, ())
    assert drill(library.folder, backups.find(first.place)).ok


def test_the_backup_after_a_check_that_found_damage_reads_what_is_left_of_it(library: Library, first: BackedUp) -> None:
    """The object is perhaps all that is left: a backup that looks at its size would call it whole."""
    hashes = sorted(file.sha256 for file in library.files() if file.size)
    lost = next(file for file in library.files() if file.sha256 == hashes[-1])  # not the one whose turn it is
    lost.path.unlink()
    target = first.place / "objects" / lost.sha256[:2] / lost.sha256
    target.chmod(0o644)
    target.write_bytes(target.read_bytes()[:-1] + b"?")
    assert back_up(library, first.place).problems == (), "nobody has looked yet"
    assert not verify(library, "quick").ok
    (problem,) = back_up(library, first.place).problems
    assert (problem.code, problem.sha256) == ("file.missing", lost.sha256)


def test_a_mending_that_met_wrong_bytes_in_one_of_two_places_marks_that_one(
    library: Library, first: BackedUp, tmp_path: Path
) -> None:
    second = back_up(library, tmp_path / "second disk")
    rot(second.place)
    lost = next(file for file in library.files() if file.size)
    lost.path.unlink()
    found = verify(library, "quick")
    sources = [backups.find(place).source for place in (second.place, first.place)]
    assert mend(library, found.problems, sources, Progress()).still == ()
    assert record.read(library.folder).doubted == (second.place,)
