"""A snapshot whose database is damaged: its works come back by catalog.json, and what does not is said."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.backups import facts, worked_library
from helpers.damage import spoil_pages
from helpers.libraries import picture, write_work
from portfolio_desktop.errors import DamageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.library.safekeeping import backups
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.restoring import restore
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.library.safekeeping.whole import BackedUp, back_up
from portfolio_desktop.progress import Cancelled, Progress, Step

DATABASE = "library.sqlite3"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with worked_library(tmp_path / "library") as library:
        yield library


@pytest.fixture
def backup(library: Library, tmp_path: Path) -> BackedUp:
    return back_up(library, tmp_path / "disk")


def flip_a_text(database: Path) -> None:
    """As a dying disk does it: SQLite finds nothing wrong."""
    content = database.read_bytes()
    assert "第二版的簡述".encode() in content
    database.write_bytes(content.replace("第二版的簡述".encode(), "第三版的簡述".encode()))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "pages spoilt": spoil_pages,
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_text("no database" * 999),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:5000]),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_every_work_comes_back_without_the_database(
    library: Library, backup: BackedUp, tmp_path: Path, what: str
) -> None:
    dump, files, identity = library.dump(), library.files(), facts(backup.snapshot)["identity"]
    library.close()
    DAMAGE[what](backup.snapshot / DATABASE)
    before = picture(backup.place)
    found = backups.find(backup.place)
    assert found.path == backups.find(backup.snapshot).path == backup.snapshot
    done = restore(found, tmp_path / "new")
    assert picture(backup.place) == before
    assert (done.pieces, done.missing) == (4, ())
    assert len(done.told) == 1
    assert "修改紀錄" in done.told[0]
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == dump
        assert restored.find("水質").total == 1
        here = {file.sha256: file for file in restored.files()}
        for file in files:
            if file.sha256 in here:
                assert here[file.sha256].path.read_bytes() == file.path.read_bytes()
                assert here[file.sha256].path.name == file.path.name
        assert {file.sha256 for piece in restored.pieces(PieceFilter(trashed=None)) for file in piece.files} == set(
            here
        )
        assert restored.piece("p1").files[0].kind == "txt" or restored.pending_looks()
        assert [entry.sentence for entry in restored.history()] == []
        raw = sqlite3.connect(tmp_path / "new" / DATABASE)
        assert raw.execute("SELECT value FROM meta WHERE name = 'identity'").fetchone() == (identity,)
        raw.close()
        restored.edit("p1", Edit(title="接著做"))
        restored.undo()
        assert restored.dump() == dump
    assert verify(tmp_path / "new").ok


def test_an_older_snapshot_gives_the_log(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    library.add(write_work(tmp_path / "more", {"後來.txt": "later"}))
    library.edit("p1", Edit(summary="第三版的簡述"))
    second = back_up(library, backup.place)
    dump, old = library.dump(), len(library.history()) - 2
    spoil_pages(second.snapshot / DATABASE)
    done = restore(backups.find(second.snapshot), tmp_path / "new")
    assert "較早的一份備份" in done.told[0]
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == dump
        history = restored.history()
        assert [entry.sentence for entry in history[1:]] == [entry.sentence for entry in library.history()[2:]]
        assert len(history) == old + 1
        assert {"第一版的簡述", "第二版的簡述", "第三版的簡述"} <= {text.text for text in restored.texts("p1")}
        restored.undo()
        assert restored.piece("p1").summary == "第二版的簡述"
    assert verify(tmp_path / "new").ok


def test_a_flipped_text_is_as_the_catalog_says_and_the_log_stays(
    library: Library, backup: BackedUp, tmp_path: Path
) -> None:
    dump, history = library.dump(), len(library.history())
    flip_a_text(backup.snapshot / DATABASE)
    done = restore(backups.find(backup.snapshot), tmp_path / "new")
    assert done.told
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == dump
        assert len(restored.history()) >= history


def test_a_snapshot_that_says_wrong_things_of_itself_while_the_others_agree(
    library: Library, backup: BackedUp, tmp_path: Path
) -> None:
    said = facts(backup.snapshot)
    said["dump_sha256"] = said["database"]["sha256"] = "0" * 64
    (backup.snapshot / "snapshot.json").write_text(json.dumps(said))
    done = restore(backups.find(backup.snapshot), tmp_path / "new")
    assert done.told
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == library.dump()


@pytest.mark.parametrize("name", ["catalog.json", "snapshot.json"])
def test_a_catalog_that_nothing_proves_is_not_believed(backup: BackedUp, tmp_path: Path, name: str) -> None:
    spoil_pages(backup.snapshot / DATABASE)
    path = backup.snapshot / name
    if name == "catalog.json":
        path.write_text(path.read_text().replace("第二版", "改過的"))
    else:
        path.write_text(json.dumps(facts(backup.snapshot) | {"dump_sha256": "0" * 64}))
    with pytest.raises(DamageError, match="沒有還原任何東西"):
        restore(backups.find(backup.snapshot), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_paths_that_lead_out_are_refused_before_the_catalog_is_asked(backup: BackedUp, tmp_path: Path) -> None:
    spoil_pages(backup.snapshot / DATABASE)
    said = facts(backup.snapshot)
    said["files"][0]["path"] = "../../../../out"
    (backup.snapshot / "snapshot.json").write_text(json.dumps(said))
    with pytest.raises(DamageError):
        restore(backups.find(backup.snapshot), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_lost_objects_are_named_with_their_pieces(backup: BackedUp, library: Library, tmp_path: Path) -> None:
    spoil_pages(backup.snapshot / DATABASE)
    lost = library.piece("p2").files[0]
    (backup.place / "objects" / lost.sha256[:2] / lost.sha256).unlink()
    done = restore(backups.find(backup.snapshot), tmp_path / "new")
    (problem,) = done.missing
    assert (problem.code, problem.sha256, problem.pieces) == (
        "file.missing",
        lost.sha256,
        (("p2", library.piece("p2").title),),
    )
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == library.dump()
    assert {one.sha256 for one in verify(tmp_path / "new").problems} == {lost.sha256}


def test_a_drill_of_it_fails_all_the_same(library: Library, backup: BackedUp) -> None:
    spoil_pages(backup.snapshot / DATABASE)
    done = drill(library.folder, backups.find(backup.snapshot), owner=True)
    assert [problem.code for problem in done.problems] == ["backup.damaged"]


def test_stopping_and_a_killed_attempt_leave_nothing_in_the_way(backup: BackedUp, tmp_path: Path) -> None:
    spoil_pages(backup.snapshot / DATABASE)
    progress = Progress()

    def stop(step: Step) -> None:
        if step.done == 3:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        restore(backups.find(backup.snapshot), tmp_path / "new", progress)
    assert not (tmp_path / "new").exists()
    restore(backups.find(backup.snapshot), tmp_path / "whole")
    shutil.copytree(tmp_path / "whole" / "files", tmp_path / "new" / "files")
    (tmp_path / "new" / ".restoring").write_text("{}")
    for name in (f"{DATABASE}.new", f"{DATABASE}.new.new", "catalog.json"):
        (tmp_path / "new" / name).write_text("half")
    restore(backups.find(backup.snapshot), tmp_path / "new")
    assert picture(tmp_path / "new").keys() == picture(tmp_path / "whole").keys()


def test_without_anything_to_prove_it_by_that_is_said(library: Library, backup: BackedUp, tmp_path: Path) -> None:
    spoil_pages(backup.snapshot / DATABASE)
    (backup.snapshot / "snapshot.json").write_bytes(b"{")
    done = restore(backups.find(backup.snapshot), tmp_path / "new")
    assert len(done.told) == 2
    assert "核對" in done.told[1]
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == library.dump()
