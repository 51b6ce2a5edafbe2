"""Automatic copies: made when there is something new, sound, thinned, and never in anybody's way."""

from __future__ import annotations

import datetime
import errno
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.libraries import TAIPEI, Clock, new_library, write_work
from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, Look
from portfolio_desktop.library.safekeeping import backups, copied, copies, layout, record

MORNING = datetime.datetime(2025, 3, 1, 8, tzinfo=TAIPEI)


def names(folder: Path) -> list[str]:
    return [path.name for _moment, path in layout.copies(folder / "backups")]


def reasons(folder: Path) -> list[str]:
    return [name.partition("-")[2].removesuffix(".sqlite3") for name in names(folder)]


def opened(descriptor: int) -> Path:
    """The file that a descriptor is open on."""
    return Path(f"/proc/self/fd/{descriptor}").readlink()


def is_copy(descriptor: int) -> bool:
    """Whether it is a copy of the database being written."""
    return opened(descriptor).name.endswith("-close.sqlite3.new")


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells which file is written")


def with_pieces(folder: Path, count: int = 2) -> Library:
    library = new_library(folder)
    library.add(write_work(folder.with_name("work"), {f"{number}.txt": f"work {number}" for number in range(count)}))
    return library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with_pieces(tmp_path / "library").close()
    return tmp_path / "library"


def test_closing_leaves_a_sound_copy_of_all_of_it(folder: Path) -> None:
    (name,) = names(folder)
    with Library.open(folder, read_only=True) as library, copied.reading(folder / "backups" / name) as copy:
        assert copy.fault() is None
        with copy.read() as connection:
            assert copied.files_of(connection)
            assert copied.identity_of(connection) is not None
    backup = backups.find(folder)
    with Library.open(folder, read_only=True) as library:
        assert backup.dump() == library.dump()
        for file in library.files():
            assert backup.source(file.sha256) == file.path
    assert record.read(folder).copy == record.Copied(layout.moment_of(name), name)  # type: ignore[arg-type]


def test_an_empty_library_leaves_none(tmp_path: Path) -> None:
    new_library(tmp_path / "library").close()
    assert not (tmp_path / "library" / "backups").exists()


def test_only_what_no_copy_has_is_copied(folder: Path) -> None:
    Library.open(folder).close()
    with Library.open(folder) as library:
        library.pieces()
        sha256 = library.files()[0].sha256
        library.record_looks([Look(sha256, library.pieces()[0].files[0].inspection, "")])
    assert len(names(folder)) == 1, "looking is no work"
    with Library.open(folder, clock=Clock(MORNING.replace(hour=9))) as library:
        library.edit("p1", Edit(summary="新"))
    assert len(names(folder)) == 2
    with Library.open(folder, clock=Clock(MORNING.replace(hour=10))) as library:
        library.undo()
    assert len(names(folder)) == 3
    with Library.open(folder, clock=Clock(MORNING.replace(hour=11))) as library:
        library.redo()
        library.undo()
    assert len(names(folder)) == 3, "where it was before"


def test_two_in_a_second_stand_beside_each_other(folder: Path) -> None:
    def clock() -> datetime.datetime:
        return MORNING

    for number in range(1, 3):
        with Library.open(folder, clock=clock) as library:
            library.edit("p1", Edit(summary=str(number)))
    found = names(folder)
    assert len(found) == 3
    with copied.reading(folder / "backups" / found[0]) as copy, copy.read() as connection:
        assert connection.exec_driver_sql("SELECT summary FROM piece WHERE number = 1").scalar_one() == "2"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda library, ids: library.edit_all(ids, Edit(link="https://x")), True),
        (lambda library, ids: library.edit_all(ids[:-1], Edit(link="https://x")), False),
        (lambda library, ids: library.remove(ids), True),
        (lambda library, ids: library.remove(ids[:-1]), False),
        (lambda library, _ids: library.undo(copies.BULK), True),
        (lambda library, _ids: library.undo(copies.BULK - 1), False),
    ],
)
def test_many_pieces_change_behind_a_copy(
    tmp_path: Path, change: Callable[[Library, list[str]], object], expected: bool
) -> None:
    with with_pieces(tmp_path / "library", copies.BULK) as library:
        before = library.dump()
        change(library, [piece.id for piece in library.pieces()])
        assert reasons(library.folder) == (["bulk"] if expected else [])
        if expected:
            assert backups.find(library.folder).dump() == before


def test_emptying_a_full_trash_is_preceded_by_a_copy(tmp_path: Path) -> None:
    with with_pieces(tmp_path / "library", copies.BULK) as library:
        for piece in library.pieces():
            library.remove([piece.id])
        assert names(library.folder) == []
        library.empty_trash()
        assert reasons(library.folder) == ["bulk"]
        library.undo()
        library.empty_trash()
        assert len(names(library.folder)) == 2, "the log went on meanwhile"


@pytest.mark.no_cover
def test_copies_are_thinned_and_those_of_upgrades_are_not(folder: Path) -> None:
    (folder / "backups" / "before-schema-3-from-2.sqlite3").write_bytes(b"kept")
    (folder / "backups" / "mine.sqlite3").write_bytes(b"kept")
    for day in range(40):
        for hour in (9, 10):
            clock = Clock(MORNING.replace(hour=hour) + datetime.timedelta(days=day))
            with Library.open(folder, clock=clock) as library:
                library.edit("p1", Edit(summary=f"{day} {hour}"))
    kept = names(folder)
    assert len(kept) <= 3 + 14 + 8 + 12
    days = [layout.moment_of(name).astimezone(TAIPEI).date() for name in kept]  # type: ignore[union-attr]
    assert len(set(days)) > 14
    assert {path.name for path in (folder / "backups").iterdir()} == {
        *kept,
        "record.json",
        "before-schema-3-from-2.sqlite3",
        "mine.sqlite3",
    }


def test_a_large_database_is_copied_once_an_hour_when_closing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "LARGE", 1)
    for minute, count in ((30, 1), (50, 1), (61, 2), (-600, 3)):
        with Library.open(folder, clock=Clock(MORNING + datetime.timedelta(minutes=minute))) as library:
            library.edit("p1", Edit(summary=str(minute)))
        assert len(names(folder)) == count, minute
    assert record.read(folder).trouble is None


@on_linux
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_copy_that_cannot_be_made_keeps_nobody_from_closing(
    folder: Path, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        if is_copy(descriptor):
            raise OSError(number, os.strerror(number))
        fsync(descriptor)

    before = names(folder)
    library = Library.open(folder)
    library.edit("p1", Edit(summary="新"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        library.close()
    assert names(folder) == before
    assert not list((folder / "backups").glob("*.new*"))
    trouble = record.read(folder).trouble
    assert trouble is not None
    assert trouble.reason.endswith("。")
    assert [entry.levelname for entry in caplog.records] == ["WARNING"]
    assert (folder / "lock").read_text() == "", "closed properly all the same"
    Library.open(folder).close()
    assert len(names(folder)) == 2, "made up for at the next closing"
    assert record.read(folder).trouble is None


def test_a_folder_in_the_copies_way_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = with_pieces(tmp_path / "library")
    (tmp_path / "library" / "backups").write_text("a file")
    library.close()
    assert [entry.levelname for entry in caplog.records] == ["WARNING"]
    Library.open(tmp_path / "library", read_only=True).close()


@on_linux
def test_a_disk_that_keeps_other_bytes_is_found_out(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Bytes change on the disk after they were written and synced: no mock of ours, the file itself is spoilt."""
    fsync = os.fsync

    def lying(descriptor: int) -> None:
        fsync(descriptor)
        if is_copy(descriptor):
            path = opened(descriptor)
            content = bytearray(path.read_bytes())
            content[-100] ^= 1
            path.write_bytes(content)

    library = Library.open(folder)
    library.edit("p1", Edit(summary="新"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lying)
        library.close()
    assert len(names(folder)) == 1
    assert "磁碟不可靠" in str(record.read(folder).trouble)
    assert caplog.records


def test_a_damaged_database_is_never_copied_over_sound_ones(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = Library.open(folder)
    library.edit("p1", Edit(summary="新"))
    page = 4096
    with (folder / "library.sqlite3").open("r+b") as file:
        file.seek(page * 20)
        file.write(os.urandom(page * 4))
    library.close()
    for name in names(folder):
        with copied.reading(folder / "backups" / name) as copy:
            assert copy.fault() is None


def test_a_stale_journal_beside_a_copy_is_not_played_back(folder: Path) -> None:
    (name,) = names(folder)
    path = folder / "backups" / name
    other = folder / "other.sqlite3"
    raw = sqlite3.connect(other, isolation_level=None)
    raw.execute("CREATE TABLE x (y)")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO x SELECT randomblob(3000) FROM (VALUES (1), (2), (3))")
    raw.execute("PRAGMA cache_spill = 1")
    journal = other.with_name("other.sqlite3-journal")
    path.with_name(f"{name}-journal").write_bytes(journal.read_bytes() if journal.exists() else os.urandom(4096))
    raw.close()
    before = path.read_bytes()
    with copied.reading(path) as copy, copy.read() as connection:
        assert copied.files_of(connection)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"x" * 5000])
def test_what_is_no_copy_is_damage(folder: Path, content: bytes) -> None:
    path = folder / "backups" / names(folder)[0]
    path.write_bytes(content)
    with pytest.raises(DamageError), copied.reading(path):
        pass
    with Library.open(folder, clock=Clock(MORNING.replace(hour=12))) as library:
        library.pieces()
    assert len(names(folder)) == 2, "a copy that cannot be read is none"
