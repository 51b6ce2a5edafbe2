"""Restoring and drilling: all of it comes back, or what does not is named; the live library is never touched."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.backups import facts, worked_library
from helpers.libraries import Clock, new_library, picture, write_work
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.library import ladder
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import backups, record
from portfolio_desktop.library.safekeeping import scratch as scratches
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.restoring import restore
from portfolio_desktop.library.safekeeping.whole import BackedUp, back_up
from portfolio_desktop.progress import Cancelled, Progress, Step

RELEASED = Path(__file__).parents[3] / "data" / "libraries"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with worked_library(tmp_path / "library") as library:
        yield library


@pytest.fixture
def backup(library: Library, tmp_path: Path) -> BackedUp:
    return back_up(library, tmp_path / "disk")


def spoil(path: Path, content: bytes | None = None) -> None:
    """Turn a bit of a file over, or write something else into it."""
    path.chmod(0o644)
    old = path.read_bytes()
    middle = len(old) // 2
    path.write_bytes(content if content is not None else old[:middle] + bytes([old[middle] ^ 1]) + old[middle + 1 :])


def change(database: Path, *statements: str) -> None:
    raw = sqlite3.connect(database)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def without_facts(snapshot: Path) -> None:
    """Let a snapshot say nothing of itself, so that only what stands in the database is looked at."""
    (snapshot / "snapshot.json").unlink()


@pytest.mark.parametrize("kind", ["snapshot", "copy"])
def test_all_of_it_comes_back_with_undo_and_history(
    library: Library, backup: BackedUp, tmp_path: Path, kind: str
) -> None:
    dump, history, texts = library.dump(), library.history(), library.files()
    library.close()
    disk, live = picture(tmp_path / "disk"), picture(library.folder)
    seen: list[Step] = []
    found = backups.find(backup.place if kind == "snapshot" else library.folder)
    assert found.complete is (kind == "snapshot")
    done = restore(found, tmp_path / "new", Progress(seen.append))
    assert picture(tmp_path / "disk") == disk
    assert picture(library.folder) == live, "the live library is never touched"
    assert (done.pieces, done.files, done.missing) == (4, len(texts), ())
    assert seen[-1].done == seen[-1].total == len(texts)
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"library.sqlite3", "catalog.json", "files"}
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == dump
        assert restored.history() == history
        assert {(file.sha256, file.md5, file.path.name) for file in restored.files()} == {
            (file.sha256, file.md5, file.path.name) for file in texts
        }
        for file in texts:
            assert restored.file_path(file.sha256).read_bytes() == file.path.read_bytes()
        assert len(restored.redo()) == 1
        assert restored.piece("p2").title == "後來不要的標題"
        restored.undo()
        assert len(restored.undo(100)) == len([entry for entry in history if not entry.undone])
        assert restored.pieces() == []
        restored.redo(100)
        assert restored.find("水質").total == 1


def test_into_an_empty_folder_and_a_new_one(backup: BackedUp, tmp_path: Path) -> None:
    found = backups.find(backup.place)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".DS_Store").write_text("x")
    restore(found, tmp_path / "empty")
    restore(found, tmp_path / "a" / "b")
    for folder in ("empty", "a/b"):
        Library.open(tmp_path / folder, read_only=True).close()


def test_where_it_must_not_go(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    found = backups.find(backup.place)
    write_work(tmp_path / "mine", {"照片.jpg": "mine"})
    before = picture(tmp_path)
    for new, error in (
        (library.folder, UsageError),
        (library.folder / "files" / "new", UsageError),
        (backup.place, UsageError),
        (backup.place / "snapshots" / "new", UsageError),
        (tmp_path / "mine", PortfolioError),
        (tmp_path / "mine" / "照片.jpg", PortfolioError),
    ):
        with pytest.raises(error):
            restore(found, new)
    assert picture(tmp_path) == before


def test_what_the_backup_has_lost_is_named_and_the_rest_comes_back(
    library: Library, backup: BackedUp, tmp_path: Path
) -> None:
    files = {file.path.name: file for file in library.files()}
    lost, rotten = files["水質調查.txt"], files["新.png"]
    (backup.place / "objects" / lost.sha256[:2] / lost.sha256).unlink()
    spoil(backup.place / "objects" / rotten.sha256[:2] / rotten.sha256)
    done = restore(backups.find(backup.place), tmp_path / "new")
    assert {(problem.code, problem.sha256) for problem in done.missing} == {
        ("file.missing", lost.sha256),
        ("file.hash", rotten.sha256),
    }
    assert all(problem.pieces == (("p1", "水質調查"),) for problem in done.missing)
    assert done.files == len(files) - 2
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == library.dump()
        there = {file.path.name for file in restored.files() if file.path.exists()}
        assert there == files.keys() - {"水質調查.txt", "新.png"}


def test_a_copy_takes_files_that_its_library_lost_from_a_known_place(
    library: Library, backup: BackedUp, tmp_path: Path
) -> None:
    for file in library.files():
        file.path.unlink() if file.size % 2 else spoil(file.path, b"x")
    library.close()
    (copy,) = (library.folder / "backups").glob("*-close.sqlite3")
    assert restore(backups.find(copy), tmp_path / "new").missing == ()


def test_a_copy_that_was_carried_away_has_no_files(library: Library, tmp_path: Path) -> None:
    library.close()
    (copy,) = (library.folder / "backups").glob("*-close.sqlite3")
    (tmp_path / "away").mkdir()
    shutil.copy(copy, tmp_path / "away" / "mine.db")
    done = restore(backups.find(tmp_path / "away" / "mine.db"), tmp_path / "new")
    assert done.files == 0
    assert {problem.code for problem in done.missing} == {"file.missing"}


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda snapshot: spoil(snapshot / "library.sqlite3", b""),
    "cut short": lambda snapshot: spoil(
        snapshot / "library.sqlite3", (snapshot / "library.sqlite3").read_bytes()[:-9000]
    ),
    "a bit turned": lambda snapshot: spoil(snapshot / "library.sqlite3"),
    "no database at all": lambda snapshot: spoil(snapshot / "library.sqlite3", b"x" * 100_000),
    "another text": lambda snapshot: change(snapshot / "library.sqlite3", "UPDATE piece SET summary = 'x'"),
    "empty, and says nothing": lambda snapshot: (without_facts(snapshot), spoil(snapshot / "library.sqlite3", b"")),
    "cut short, and says nothing": lambda snapshot: (
        without_facts(snapshot),
        spoil(snapshot / "library.sqlite3", (snapshot / "library.sqlite3").read_bytes()[:20_000]),
    ),
    "a path that climbs": lambda snapshot: (
        without_facts(snapshot),
        change(snapshot / "library.sqlite3", "UPDATE stored SET path = '../../evil' WHERE size = 1"),
    ),
    "an absolute path": lambda snapshot: (
        without_facts(snapshot),
        change(snapshot / "library.sqlite3", "UPDATE stored SET path = '/tmp/evil' WHERE size = 1"),
    ),
    "a path with a backslash": lambda snapshot: (
        without_facts(snapshot),
        change(snapshot / "library.sqlite3", "UPDATE stored SET path = '0000000000000000/..\\evil' WHERE size = 1"),
    ),
    "a hash that climbs": lambda snapshot: (
        without_facts(snapshot),
        change(
            snapshot / "library.sqlite3",
            "PRAGMA foreign_keys = OFF",
            "UPDATE stored SET sha256 = '../../evil' WHERE size = 1",
            "UPDATE file SET sha256 = '../../evil' WHERE sha256 NOT IN (SELECT sha256 FROM stored)",
        ),
    ),
    "a path that climbs in what it says": lambda snapshot: (snapshot / "snapshot.json").write_text(
        json.dumps(facts(snapshot) | {"files": [{"path": "../../evil"}]})
    ),
    "a list of files that is none": lambda snapshot: (snapshot / "snapshot.json").write_text(
        json.dumps(facts(snapshot) | {"files": [None]})
    ),
}


HOSTILE = {name for name in DAMAGE if "path" in name or "climbs" in name or "list" in name}
"""No disk does this: refused, though the catalog beside it could stand in for a database that is merely damaged."""


@pytest.mark.parametrize(
    ("damage", "catalog"),
    [*((name, "without a catalog") for name in DAMAGE), *((name, "") for name in sorted(HOSTILE))],
)
def test_a_damaged_or_hostile_backup_is_refused_and_leaves_nothing(
    library: Library, backup: BackedUp, tmp_path: Path, damage: str, catalog: str
) -> None:
    DAMAGE[damage](backup.snapshot)
    if catalog:
        (backup.snapshot / "catalog.json").unlink()
    before = picture(tmp_path)
    with pytest.raises(DamageError) as caught:
        restore(backups.find(backup.place), tmp_path / "new")
    assert str(caught.value).endswith("。")
    assert picture(tmp_path) == before
    done = drill(library.folder, backups.find(backup.place), owner=True)
    assert [problem.code for problem in done.problems] == ["backup.damaged"]
    assert picture(tmp_path / "library" / "files") == {
        name.removeprefix("library/files/"): content
        for name, content in before.items()
        if name.startswith("library/files/")
    }


def test_a_backup_of_a_newer_program_is_refused(backup: BackedUp, tmp_path: Path) -> None:
    change(backup.snapshot / "library.sqlite3", f"PRAGMA user_version = {len(ladder.steps()) + 1}")
    with pytest.raises(PortfolioError, match="較新版") as caught:
        restore(backups.find(backup.place), tmp_path / "new")
    assert caught.value.exit_code == 4
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("released", sorted(path.name for path in RELEASED.iterdir() if path.is_dir()))
def test_a_backup_of_an_older_schema_comes_back_upgraded(released: str, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(RELEASED / released, old)
    (old / "backups").mkdir(exist_ok=True)
    shutil.copy(old / "library.sqlite3", old / "backups" / "before-schema-9-from-1.sqlite3")
    expected = (old / "catalog.json").read_bytes()
    before = picture(old)
    found = backups.find(old / "backups" / "before-schema-9-from-1.sqlite3")
    assert found.dump() == expected
    done = restore(found, tmp_path / "new")
    assert done.missing == ()
    assert picture(old) == before
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == expected
        assert restored.find("水質").total >= 1
        restored.redo(100)
        assert restored.undo(len(restored.history()))
    assert not list((tmp_path / "new").glob("*.new*"))


def test_a_stale_journal_beside_a_snapshot_is_not_played_back(
    backup: BackedUp, tmp_path: Path, library: Library
) -> None:
    database = backup.snapshot / "library.sqlite3"
    work = tmp_path / "journal.sqlite3"
    shutil.copy(database, work)
    raw = sqlite3.connect(work, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE piece SET summary = hex(randomblob(5000))")
    raw.execute("UPDATE indexed SET texts = hex(randomblob(50000))")
    journal = work.with_name("journal.sqlite3-journal").read_bytes()
    assert len(journal) > 512, "a hot journal, with pages"
    database.with_name("library.sqlite3-journal").write_bytes(journal)
    raw.execute("ROLLBACK")
    raw.close()
    restore(backups.find(backup.place), tmp_path / "new")
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == library.dump()
    assert database.with_name("library.sqlite3-journal").read_bytes() == journal


@pytest.mark.parametrize("at", range(1, 6))
@pytest.mark.parametrize("empty", [True, False])
def test_cancelling_leaves_nothing(backup: BackedUp, tmp_path: Path, at: int, empty: bool) -> None:
    def stop(step: Step) -> None:
        if step.done == at:
            progress.cancel()

    progress = Progress(stop)
    if empty:
        (tmp_path / "new").mkdir()
    with pytest.raises(Cancelled):
        restore(backups.find(backup.place), tmp_path / "new", progress)
    assert (tmp_path / "new").exists() is empty
    assert picture(tmp_path / "new") == {}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child that kills itself")
def test_an_interrupted_restoring_goes_on(backup: BackedUp, library: Library, tmp_path: Path) -> None:
    found = backups.find(backup.place)

    def kill(step: Step) -> None:
        if step.done == 4:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        restore(found, tmp_path / "new", Progress(kill))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert (tmp_path / "new" / ".restoring").exists()
    with pytest.raises(PortfolioError):
        Library.open(tmp_path / "new")
    there = {path: path.stat().st_ino for path in (tmp_path / "new" / "files").glob("?*/*.*") if path.is_file()}
    assert len(there) >= 4
    spoiled = next(path for path in there if path.stat().st_size)
    spoil(spoiled)
    stranger = tmp_path / "new" / "files" / "0000000000000000"
    stranger.mkdir()
    (stranger / "x.txt").write_text("of another attempt")
    assert restore(found, tmp_path / "new").missing == ()
    assert not (stranger / "x.txt").exists()
    kept = {path.name: path.read_bytes() for path in (tmp_path / "new" / "kept-aside").rglob("*") if path.is_file()}
    assert kept["x.txt"] == b"of another attempt"
    assert spoiled.name in kept, "what was not as it should be is kept, too"
    for path, node in there.items():
        assert (path.stat().st_ino == node) or path == spoiled, "what was sound is not copied again"
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == library.dump()


def test_interrupted_in_the_very_last_step(backup: BackedUp, tmp_path: Path) -> None:
    found = backups.find(backup.place)
    restore(found, tmp_path / "new")
    (tmp_path / "new" / ".restoring").write_text("{}")
    assert restore(found, tmp_path / "new").missing == ()
    assert not (tmp_path / "new" / ".restoring").exists()
    (tmp_path / "new" / ".restoring").write_text("{}")
    with Library.open(tmp_path / "new") as restored:
        restored.edit("p1", Edit(summary="已經在用了"))
    with pytest.raises(PortfolioError, match="已經有學習歷程庫"):
        restore(found, tmp_path / "new")
    with Library.open(tmp_path / "new") as restored:
        assert restored.piece("p1").summary == "已經在用了"


def test_work_done_in_a_folder_that_a_killed_restoring_marked_is_never_touched(
    backup: BackedUp, tmp_path: Path
) -> None:
    """Killed at its very end; the library was used; its database was lost; restored into it once more."""
    found, new = backups.find(backup.place), tmp_path / "new"
    restore(found, new)
    (new / ".restoring").write_text("{}")
    with Library.open(new) as restored:
        assert not (new / ".restoring").exists(), "an owner takes the mark away"
        added = restored.add(write_work(tmp_path / "more", {"新的心血.txt": "new"})).added[0]
        path = restored.file_path(added.files[0].sha256)
    (new / "library.sqlite3").unlink()
    for mark in (False, True):  # an older program left it
        if mark:
            (new / ".restoring").write_text("{}")
        before = picture(new)
        with pytest.raises(PortfolioError):
            restore(found, new)
        assert picture(new) == before
    assert path.read_bytes() == b"new"


def test_only_objects_and_snapshots_of_a_place_are_closed(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    found = backups.find(backup.place)
    (tmp_path / "door").symlink_to(backup.place / "objects")
    for new in (backup.place / "objects" / "new", tmp_path / "door" / "new", backup.place / "snapshots" / "new"):
        with pytest.raises(UsageError, match="備份資料夾"):
            restore(found, new)
    assert restore(found, backup.place / "還原的").missing == ()
    with Library.open(backup.place / "還原的", read_only=True) as restored:
        assert restored.dump() == library.dump()
    assert backups.find(backup.place).path == found.path


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells which file is written")
def test_a_lying_disk_is_caught(backup: BackedUp, tmp_path: Path) -> None:
    fsync, turned = os.fsync, set[str]()
    for victim in ("file", "library.sqlite3.new.part", "catalog.json.new"):

        def lying(descriptor: int, victim: str = victim) -> None:
            fsync(descriptor)
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            kind = "file" if ".incoming" in str(path) and path.is_file() else path.name
            if kind == victim and path.stat().st_size:
                spoil(path)
                turned.add(kind)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", lying)
            with pytest.raises(DamageError, match="磁碟不可靠"):
                restore(backups.find(backup.place), tmp_path / "new")
        assert not (tmp_path / "new").exists()
    assert len(turned) == 3


def test_a_drill_proves_takes_away_and_notes(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    disk, files = picture(backup.place), picture(library.folder / "files")
    done = drill(library.folder, scratch=scratch, owner=True)
    assert done.ok
    assert (done.backup.path, done.files) == (backup.snapshot, len(library.files()))
    assert list(scratch.iterdir()) == []
    assert picture(backup.place) == disk
    assert picture(library.folder / "files") == files
    noted = record.read(library.folder).drill
    assert noted is not None
    assert (noted.backup, noted.ok) == (backup.snapshot, True)


def test_a_drill_finds_what_is_lost(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    file = library.files()[0]
    (backup.place / "objects" / file.sha256[:2] / file.sha256).unlink()
    library.close()
    done = drill(library.folder, backups.find(backup.place))
    assert not done.ok
    assert [problem.sha256 for problem in done.problems] == [file.sha256]
    noted = record.read(library.folder).drill
    assert noted is not None
    assert not noted.ok, "noted, since nobody else holds the library"


def test_a_drill_beside_the_owner_notes_nothing(library: Library, backup: BackedUp) -> None:
    before = record.read(library.folder)
    assert drill(library.folder).ok
    assert record.read(library.folder) == before


def test_a_drill_without_room_or_backup_is_told(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    with pytest.raises(PortfolioError, match="沒有完成"):
        drill(library.folder, scratch=tmp_path / "nowhere" / "x" / "y")
    with new_library(tmp_path / "second") as second, pytest.raises(PortfolioError, match="還沒有備份"):
        drill(second.folder)


def test_a_drill_needs_no_database(library: Library, backup: BackedUp) -> None:
    library.close()
    (library.folder / "library.sqlite3").unlink()
    done = drill(library.folder)
    assert done.ok
    assert done.backup.path == backup.snapshot, "a complete one of the same work goes before the newer copy"


def test_which_backup_a_path_means(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    library.close()
    place, snapshot = backup.place, backup.snapshot
    for path in (place, place / "portfolio-backup.json", place / "snapshots", snapshot, snapshot / "library.sqlite3"):
        assert backups.find(path).path == snapshot
    (tmp_path / "stick").mkdir()
    place.rename(tmp_path / "stick" / "學習歷程備份")
    assert backups.find(tmp_path / "stick").path.name == snapshot.name
    (copy,) = (library.folder / "backups").glob("*.sqlite3")
    for path in (library.folder, library.folder / "backups", copy):
        assert backups.find(path).path == copy
    assert backups.find(copy).moment == datetime.datetime.strptime(copy.name[:16], "%Y%m%dT%H%M%S%z")
    (tmp_path / "empty").mkdir()
    for nothing in (tmp_path / "empty", tmp_path / "nowhere", tmp_path / "library-work"):
        with pytest.raises(PortfolioError):
            backups.find(nothing)
    (tmp_path / "place" / "objects").mkdir(parents=True)
    (tmp_path / "place" / "snapshots" / "20259999T999999Z-00000000").mkdir(parents=True)
    with pytest.raises(PortfolioError, match="還沒有完成"):
        backups.find(tmp_path / "place")


def test_the_newest_known(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    assert backups.newest(library.folder).path == backup.snapshot  # type: ignore[union-attr]
    library.close()
    assert [one.complete for one in backups.known(library.folder)] == [False, True]
    assert backups.newest(library.folder).path == backup.snapshot  # type: ignore[union-attr]
    later = datetime.datetime(2025, 4, 1, tzinfo=datetime.UTC)
    with Library.open(library.folder, clock=Clock(later)) as again:
        again.edit("p1", Edit(summary="新的"))
    newest = backups.newest(library.folder)
    assert newest is not None
    assert not newest.complete, "a copy that holds newer work"
    shutil.rmtree(backup.place)
    assert len(backups.known(library.folder)) == 2, "a disk that is not there is passed over"
    with new_library(tmp_path / "empty") as empty:
        assert backups.newest(empty.folder) is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child that kills itself")
def test_what_a_killed_drill_left_is_cleared_up_by_the_next(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    found, scratch = backups.find(backup.place), tmp_path / "scratch"
    scratch.mkdir()

    def kill(step: Step) -> None:
        if step.done == 4:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        drill(library.folder, found, scratch, Progress(kill))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    (left,) = (path for path in scratch.iterdir() if path.is_dir())
    assert left.stat().st_mode & 0o077 == 0, "nobody else may read a minor's portfolio"
    assert any(path.is_file() for path in left.rglob("*"))
    with scratches.folder(scratch) as alive:
        assert drill(library.folder, found, scratch).ok
        assert [path for path in scratch.iterdir() if path.is_dir()] == [alive], "one that is at work is let alone"
    assert list(scratch.iterdir()) == []


def test_a_drill_works_beside_the_library(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    seen = set[Path]()

    def look(_step: Step) -> None:
        seen.update(tmp_path.glob(".portfolio-drill-*"))

    assert drill(library.folder, backups.find(backup.place), progress=Progress(look)).ok
    assert seen
    assert not list(tmp_path.glob(".portfolio-drill-*"))
