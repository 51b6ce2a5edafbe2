"""Opening: one owner, readers that change no byte, upgrades behind a checked backup, and polite refusals."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from helpers import library_writer
from helpers.libraries import PROFILE, new_library, picture, write_work
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library import database, ladder
from portfolio_desktop.library.database import _uri, open_database
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.library.records import Edit

RELEASED = Path(__file__).parents[2] / "data" / "libraries"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library with two pieces."""
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"水質.txt": "1", "影像.txt": "2"}))
    return tmp_path / "library"


def change(database: Path, *statements: str) -> None:
    connection = sqlite3.connect(database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_what_is_in_a_library(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"library.sqlite3", "files", "catalog.json", "lock", "backups"}
    connection = sqlite3.connect(folder / "library.sqlite3")
    settings = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "journal_mode")
    }
    connection.close()
    assert settings == {
        "application_id": ladder.APPLICATION_ID,
        "user_version": len(ladder.steps()),
        "journal_mode": "delete",
    }


def test_how_the_database_is_used(folder: Path) -> None:
    with Library.open(folder) as library:
        raw = library._holding.database._raw
        kept = {
            name: raw.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "synchronous", "journal_mode")
        }
        assert kept == {"foreign_keys": 1, "synchronous": 3, "journal_mode": "delete"}
        begun: list[str] = []
        raw.set_trace_callback(begun.append)
        library.edit("p1", Edit(summary="新"))
        assert begun[0] == "BEGIN IMMEDIATE"
        begun.clear()
        library.courses()
        assert begun[0] == "BEGIN"
        raw.set_trace_callback(None)


def test_one_owner_at_a_time(folder: Path) -> None:
    with Library.open(folder), pytest.raises(LockedError) as caught:
        Library.open(folder)
    assert caught.value.note is not None
    assert caught.value.note.process == os.getpid()
    Library.open(folder).close()


@pytest.mark.parametrize("beside_an_owner", [False, True])
def test_reading_only_changes_no_byte(folder: Path, beside_an_owner: bool) -> None:
    owner = Library.open(folder) if beside_an_owner else None
    before = picture(folder)
    reader = Library.open(folder, read_only=True)
    assert reader.read_only
    assert [piece.title for piece in reader.pieces()] == ["水質", "影像"]
    assert reader.find("水質").total == 1
    assert reader.history()
    reader.dump()
    for attempt in (
        lambda: reader.edit("p1", Edit(summary="新")),
        lambda: reader.add([folder]),
        reader.undo,
        lambda: reader.record_looks([]),
        lambda: reader.attach("p1", folder / "lock"),
    ):
        with pytest.raises(PortfolioError, match="唯讀"):
            attempt()
    reader.close()
    assert picture(folder) == before
    if owner is not None:
        owner.edit("p1", Edit(summary="寫得進去"))
        owner.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "lock").chmod(0o444)
    folder.chmod(0o555)
    try:
        with pytest.raises(PortfolioError, match="權限"):
            Library.open(folder)
        Library.open(folder, read_only=True).close()
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_owner_locks_nobody_out_and_is_noticed(folder: Path, tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, library_writer.__file__, str(folder), str(tmp_path / "work"), "1"], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"open\n"
    with pytest.raises(LockedError) as caught:
        Library.open(folder)
    assert caught.value.note is not None
    assert caught.value.note.process == writer.pid
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with Library.open(folder) as library:
        assert library.pieces()
    assert (folder / "lock").read_text() == ""


def test_a_crash_is_followed_by_a_look_at_the_database(folder: Path) -> None:
    content = bytearray((folder / "library.sqlite3").read_bytes())
    content[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    (folder / "library.sqlite3").write_bytes(content)
    (folder / "lock").write_text('{"host": "x", "process": 1, "since": "2025-01-01"}')
    for _attempt in range(2):
        with pytest.raises(DamageError):
            Library.open(folder)
        assert (folder / "lock").read_text(), "the note stays until the library was looked over"


@pytest.mark.parametrize("size", [0, 10, 100, 5000])
def test_a_shortened_database_is_damage_or_no_library(folder: Path, size: int) -> None:
    content = (folder / "library.sqlite3").read_bytes()
    (folder / "library.sqlite3").write_bytes(content[:size])
    with pytest.raises(PortfolioError) as caught:
        Library.open(folder)
    assert caught.value.exit_code in (3, 4)
    (folder / "library.sqlite3").write_bytes(content)
    Library.open(folder).close()


def test_a_missing_database_beside_the_work_is_damage(folder: Path) -> None:
    (folder / "library.sqlite3").unlink()
    with pytest.raises(DamageError, match="rebuild"):
        Library.open(folder)


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for make in (
        lambda: None,
        lambda: (other / "library.sqlite3").write_text("not a database at all" * 100),
        lambda: (other / "library.sqlite3").unlink() or change(other / "library.sqlite3", "CREATE TABLE piece (x)"),
    ):
        make()
        before = picture(other)
        with pytest.raises(PortfolioError):
            Library.open(other)
        assert picture(other) == before
    with pytest.raises(PortfolioError):
        Library.open(tmp_path / "nowhere")
    with pytest.raises(PortfolioError):
        Library.open(other / "library.sqlite3")


def test_a_newer_library_is_refused_and_stays_as_it_is(folder: Path) -> None:
    change(folder / "library.sqlite3", f"PRAGMA user_version = {len(ladder.steps()) + 1}")
    before = (folder / "library.sqlite3").read_bytes()
    for read_only in (False, True):
        with pytest.raises(PortfolioError, match="較新版"):
            Library.open(folder, read_only=read_only)
    assert (folder / "library.sqlite3").read_bytes() == before


def test_making_a_library_needs_an_empty_place(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PortfolioError, match="已經有學習歷程庫"):
        Library.create(folder, PROFILE)
    with pytest.raises(PortfolioError, match="不是空的"):
        Library.create(tmp_path / "work", PROFILE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".DS_Store").write_text("x")
    Library.create(tmp_path / "empty", PROFILE).close()


def test_a_making_that_was_killed_does_not_stand_in_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "library" / "files").mkdir(parents=True)
    (tmp_path / "library" / "library.sqlite3.new").write_bytes(b"half a database")
    (tmp_path / "library" / "library.sqlite3.new-journal").write_bytes(b"half a journal")
    Library.create(tmp_path / "library", PROFILE).close()
    assert {path.name for path in (tmp_path / "library").iterdir()} >= {"library.sqlite3", "files", "catalog.json"}
    assert not list((tmp_path / "library").glob("*.new*"))
    (tmp_path / "mine" / "files").mkdir(parents=True)
    (tmp_path / "mine" / "files" / "報告.pdf").write_bytes(b"mine")
    with pytest.raises(PortfolioError, match="不是空的"):
        Library.create(tmp_path / "mine", PROFILE)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/學生/a?b#c%d"), "file:///home/%E5%AD%B8%E7%94%9F/a%3Fb%23c%25d?mode=rw"),
        (PureWindowsPath("C:/Users/a b"), "file:///C:/Users/a%20b?mode=rw"),
        (PureWindowsPath(r"\\server\share\lib"), "file:////server/share/lib?mode=rw"),
    ],
)
def test_how_sqlite_is_told_a_path(path: PurePath, uri: str) -> None:
    assert _uri(path, "rw") == uri


def test_a_path_that_sqlite_cannot_use_is_told_in_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_uri", lambda path, mode: f"file://server{path}?mode={mode}")
    with pytest.raises(PortfolioError, match="無法開啟"):
        Library.open(folder)


def test_an_older_library_is_upgraded_behind_a_backup(folder: Path, tmp_path: Path) -> None:
    newer = tmp_path / "migrations"
    shutil.copytree(ladder.FOLDER, newer)
    number = len(ladder.steps()) + 1
    (newer / f"{number:04d}.sql").write_text(
        "ALTER TABLE piece ADD COLUMN colour TEXT;\nUPDATE piece SET colour = 'blue';"
    )
    with pytest.raises(PortfolioError, match="升級"):
        open_database(folder / "library.sqlite3", read_only=True, migrations=newer)
    open_database(folder / "library.sqlite3", migrations=newer).close()
    connection = sqlite3.connect(folder / "library.sqlite3")
    assert connection.execute("SELECT DISTINCT colour FROM piece").fetchall() == [("blue",)]
    connection.close()
    (backup,) = (folder / "backups").glob("before-schema-*.sqlite3")
    connection = sqlite3.connect(backup)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == number - 1
    assert connection.execute("SELECT count(*) FROM piece").fetchone()[0] == 2
    connection.close()


def test_a_copy_of_before_an_upgrade_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    """A synced folder brought an older database back, and it was upgraded once more."""
    older = (folder / "library.sqlite3").read_bytes()
    with Library.open(folder) as library:
        library.edit("p1", Edit(summary="後來寫的"))
    migrations = tmp_path / "migrations"
    shutil.copytree(ladder.FOLDER, migrations)
    (migrations / f"{len(ladder.steps()) + 1:04d}.sql").write_text("ALTER TABLE piece ADD COLUMN colour TEXT;")
    open_database(folder / "library.sqlite3", migrations=migrations).close()
    for _time in range(2):
        (folder / "library.sqlite3").write_bytes(older)
        open_database(folder / "library.sqlite3", migrations=migrations).close()
    summaries = []
    for copy in sorted((folder / "backups").glob("before-schema-*.sqlite3")):
        connection = sqlite3.connect(copy)
        summaries.append(connection.execute("SELECT summary FROM piece WHERE number = 1").fetchone()[0])
        connection.close()
    assert sorted(summaries) == ["", "後來寫的"], "each once"


def test_an_upgrade_that_fails_leaves_the_library_as_it_was(folder: Path, tmp_path: Path) -> None:
    newer = tmp_path / "migrations"
    shutil.copytree(ladder.FOLDER, newer)
    broken = "UPDATE piece SET title = 'lost';\nDELETE FROM stored;"  # files then refer to nothing
    (newer / f"{len(ladder.steps()) + 1:04d}.sql").write_text(broken)
    before = (folder / "library.sqlite3").read_bytes()
    with pytest.raises(PortfolioError, match="升級"):
        open_database(folder / "library.sqlite3", migrations=newer)
    assert (folder / "library.sqlite3").read_bytes() == before


@pytest.mark.parametrize("released", sorted(path.name for path in RELEASED.iterdir() if path.is_dir()))
def test_every_released_library_opens(released: str, tmp_path: Path) -> None:
    shutil.copytree(RELEASED / released, tmp_path / "library")
    expected = (tmp_path / "library" / "catalog.json").read_bytes()
    with Library.open(tmp_path / "library") as library:
        assert library.dump() == expected
        assert library.find("水質").total >= 1
        for file in library.files():
            assert file.path.stat().st_size == file.size
        library.redo(100)
        assert library.undo(len(library.history()))
        assert library.pieces() == []


def test_every_schema_was_released_as_a_library() -> None:
    released = {path.name for path in RELEASED.iterdir() if path.is_dir()}
    assert {f"schema-{number}" for number in range(1, len(ladder.steps()) + 1)} <= released


def test_a_journal_that_a_kill_left_before_it_counted_is_taken_away(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1"}))
        dump = library.dump()
    journal = tmp_path / "library" / "library.sqlite3-journal"
    # Its first byte says that it does not count.
    journal.write_bytes(bytes(512) + b"pages that were never written to" * 100)
    before = picture(tmp_path / "library")
    with Library.open(tmp_path / "library", read_only=True) as library:
        assert library.dump() == dump
    assert picture(tmp_path / "library") == before, "a reader changes nothing"
    with Library.open(tmp_path / "library") as library:
        assert not journal.exists()
        assert library.dump() == dump
