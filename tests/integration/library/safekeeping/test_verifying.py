"""Every kind of damage is found by its code, with its file and its pieces; a sound library has no problem, and none is changed."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from math import ceil
from pathlib import Path

import pytest

from helpers import damage
from helpers.damage import DATABASE, flip, rich_library, spoil_pages, stored_path, truncate
from helpers.libraries import Clock, new_library, picture, write_work
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import bounded
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import NEWER, SENTENCES
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import record
from portfolio_desktop.library.safekeeping.rebuilding import rebuild
from portfolio_desktop.library.safekeeping.verifying import ROUNDS, compare, due, expect, rolling, verify
from portfolio_desktop.progress import Cancelled, Progress, Step


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_library(tmp_path_factory.mktemp("made") / "library")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


def codes(folder: Path, depth: str = "full") -> list[str]:
    return [problem.code for problem in verify(folder, depth).problems]


def behind_a_link(folder: Path) -> None:
    folder.rename(folder.with_name("away"))
    folder.symlink_to(folder.with_name("away"))


def execute(folder: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(folder / DATABASE, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement, values)
    connection.close()


def replaced_by_folder(folder: Path) -> None:
    path = stored_path(folder, "水質.txt")
    path.unlink()
    path.mkdir()


def replaced_by_link(folder: Path) -> None:
    path = stored_path(folder, "水質.txt")
    shutil.move(path, folder.with_name("elsewhere.txt"))
    path.symlink_to(folder.with_name("elsewhere.txt"))


def folder_replaced_by_file(folder: Path) -> None:
    place = stored_path(folder, "水質.txt").parent
    shutil.rmtree(place)
    place.write_text("no folder")


# What was done, the code that `full` finds for it, and the one that `quick` finds (None: it cannot).
DAMAGE: dict[str, tuple[Callable[[Path], object], str, str | None]] = {
    "a bit flipped in the middle": (lambda f: flip(stored_path(f, "水質.txt")), "file.hash", None),
    "the last byte changed": (lambda f: flip(stored_path(f, "水質.txt"), -1), "file.hash", None),
    "cut off": (lambda f: truncate(stored_path(f, "水質.txt")), "file.size", "file.size"),
    "emptied": (lambda f: truncate(stored_path(f, "水質.txt"), 0), "file.size", "file.size"),
    "deleted": (lambda f: stored_path(f, "水質.txt").unlink(), "file.missing", "file.missing"),
    "its folder deleted": (
        lambda f: shutil.rmtree(stored_path(f, "水質.txt").parent),
        "file.missing",
        "file.missing",
    ),
    "a folder in its place": (replaced_by_folder, "file.unreadable", "file.unreadable"),
    "a link in its place": (replaced_by_link, "file.unreadable", "file.unreadable"),
    "a file in its folder's place": (folder_replaced_by_file, "file.missing", "file.missing"),
    "catalog gone": (lambda f: (f / "catalog.json").unlink(), "catalog.missing", "catalog.missing"),
    "catalog cut off": (lambda f: truncate(f / "catalog.json"), "catalog.damaged", "catalog.damaged"),
    "catalog a folder": (
        lambda f: ((f / "catalog.json").unlink(), (f / "catalog.json").mkdir()),
        "catalog.damaged",
        "catalog.damaged",
    ),
    "catalog edited": (
        lambda f: (f / "catalog.json").write_text((f / "catalog.json").read_text().replace("第二版簡述", "改過")),
        "catalog.differs",
        "catalog.differs",
    ),
    "database pages spoilt": (lambda f: spoil_pages(f / DATABASE), "database.damaged", "database.damaged"),
    "database cut off": (lambda f: truncate(f / DATABASE), "database.damaged", "database.damaged"),
    "database empty": (lambda f: truncate(f / DATABASE, 0), "database.damaged", "database.damaged"),
    "database a text": (
        lambda f: (f / DATABASE).write_text("not a database" * 999),
        "database.damaged",
        "database.damaged",
    ),
    "database gone": (lambda f: (f / DATABASE).unlink(), "database.missing", "database.missing"),
    "a row whose text is no JSON": (
        lambda f: execute(f, "UPDATE piece SET fields = '{' WHERE number = 2"),
        "database.damaged",
        "database.damaged",
    ),
    "a row that is no UTF-8": (
        lambda f: execute(f, "UPDATE piece SET title = CAST(x'ff41' AS TEXT) WHERE number = 2"),
        "database.damaged",
        "database.damaged",
    ),
    "a category that is none": (
        lambda f: execute(f, "UPDATE piece SET category = 'coursf' WHERE number = 2"),
        "database.damaged",
        "database.damaged",
    ),
    "an image of the log that is no JSON": (
        lambda f: execute(f, "UPDATE change SET after = '{' WHERE number = 3"),
        "database.damaged",
        "database.damaged",
    ),
    "a school type that is none": (
        lambda f: execute(f, "UPDATE profile SET school_type = 'generam'"),
        "database.damaged",
        "database.damaged",
    ),
    "a profile that is gone": (lambda f: execute(f, "DELETE FROM profile"), "database.damaged", "database.damaged"),
    "a path that leads out": (
        lambda f: execute(f, "UPDATE stored SET path = '../../' || path"),
        "database.damaged",
        "database.damaged",
    ),
    "a row that refers to nothing": (
        lambda f: execute(f, "DELETE FROM course"),
        "database.keys",
        "database.keys",
    ),
    "a search index that is spoilt": (
        lambda f: execute(f, damage.SPOIL_INDEX),
        "database.search",
        "database.search",
    ),
    "a title changed by another hand": (
        lambda f: execute(f, "UPDATE piece SET title = 'other' WHERE number = 2"),
        "catalog.differs",
        "catalog.differs",
    ),
    "a file that is not ours": (
        lambda f: (f / "files" / "mine.txt").write_text("x"),
        "file.foreign",
        "file.foreign",
    ),
    "copies cannot be made": (
        lambda f: record.note_trouble(f, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "磁碟空間不足。"),
        "copies.failing",
        "copies.failing",
    ),
    "a folder behind a link": (lambda f: behind_a_link(f / "files"), "folder.link", "folder.link"),
}
TOLD = ("file.foreign", "folder.link")


@pytest.mark.parametrize("depth", ["quick", "full"])
def test_a_sound_library_has_no_problem(folder: Path, depth: str) -> None:
    found = verify(folder, depth)
    assert (found.ok, found.problems, found.depth, found.files) == (True, (), depth, 7)
    assert found.bytes == sum(path.stat().st_size for path in (folder / "files").rglob("*") if path.is_file())
    assert found.seconds > 0


@pytest.mark.parametrize("depth", ["quick", "full"])
@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_by_its_code(folder: Path, name: str, depth: str) -> None:
    spoil, full, quick = DAMAGE[name]
    spoil(folder)
    before = {path: content for path, content in picture(folder).items() if path.startswith("files")}
    found = verify(folder, depth)
    wanted = full if depth == "full" else quick
    of_interest = [problem for problem in found.problems if problem.code != "file.foreign" or wanted == "file.foreign"]
    if wanted is None:
        assert of_interest == []
        return
    assert wanted in {problem.code for problem in of_interest}
    assert found.ok == (wanted in TOLD)
    for problem in found.problems:
        assert problem.message.endswith("。")
        assert "Error" not in problem.message, "no student knows our classes"
        assert problem.to_json()["message"] == problem.message
        if problem.code.startswith("file.") and problem.code != "file.foreign":
            assert problem.pieces == (("p1", "水質"),)
            assert problem.sha256 is not None
            assert problem.path.endswith("水質.txt")
    assert {path: content for path, content in picture(folder).items() if path.startswith("files")} == before


def test_every_code_has_a_case_that_fails() -> None:
    found = {code for _spoil, full, quick in DAMAGE.values() for code in (full, quick) if code is not None}
    assert found == {code for code in SENTENCES if not code.startswith("backup.")} - NEWER  # test_lines.py has these


@pytest.mark.parametrize(
    ("statement", "pieces"),
    [
        ("UPDATE piece SET title = 'other' WHERE number = 2", (("p2", "other"),)),
        ("UPDATE tick SET position = 9 WHERE piece = 1", (("p1", "水質"),)),
        ("UPDATE file SET name = 'other' WHERE piece = 3", (("p3", "社團"),)),
        ("UPDATE profile SET name = 'other'", ()),
    ],
)
def test_what_catalog_and_database_tell_differently_is_named(
    folder: Path, statement: str, pieces: tuple[tuple[str, str], ...]
) -> None:
    execute(folder, statement)
    (problem,) = verify(folder).problems
    assert (problem.code, problem.pieces) == ("catalog.differs", pieces)


def test_a_file_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, place = os.open, stored_path(folder, "影像.txt")

    def failing(path: object, *rest: int) -> int:
        if str(path) == str(place):
            raise OSError(5, "Input/output error", str(path))
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", failing)
    (problem,) = verify(folder).problems
    assert (problem.code, problem.pieces) == ("file.unreadable", (("p2", "影像"),))


def test_the_files_of_a_lost_database_are_still_checked(folder: Path) -> None:
    (folder / DATABASE).unlink()
    flip(stored_path(folder, "影像.txt"))
    stored_path(folder, "社團.txt").unlink()
    found = {problem.code: problem for problem in verify(folder).problems}
    assert set(found) == {"database.missing", "file.hash", "file.missing"}
    assert found["file.hash"].pieces == (("p2", "影像"),)
    assert found["file.missing"].pieces == (("p3", "社團"),)


def test_nothing_of_a_library_is_changed_by_looking(folder: Path) -> None:
    assert verify(folder).ok  # the record of checks is made
    before = picture(folder)
    assert verify(folder, "quick").ok
    after = picture(folder)
    assert before.pop("backups/record.json") != after.pop("backups/record.json")
    assert after == before


def test_the_check_is_noted(folder: Path) -> None:
    verify(folder)
    noted = record.read(folder).check
    assert noted is not None
    assert (noted.depth, noted.files, noted.ok) == ("full", 7, True)
    flip(stored_path(folder, "水質.txt"))
    with Library.open(folder) as library:
        verify(library)
    noted = record.read(folder).check
    assert noted is not None
    assert [problem["code"] for problem in noted.problems] == ["file.hash"]
    (folder / DATABASE).write_bytes(b"")
    verify(folder, "quick")
    noted = record.read(folder).check
    assert noted is not None
    assert (noted.depth, noted.problems[0]["code"]) == ("quick", "database.damaged")
    assert json.loads((folder / "backups" / "record.json").read_text())["check"]["files"] == 5


@pytest.mark.parametrize("owner_changes", [False, True])
def test_a_library_that_is_open_elsewhere_is_checked_without_changing_it(folder: Path, owner_changes: bool) -> None:
    with Library.open(folder, clock=Clock()) as owner:
        if owner_changes:
            owner.edit("p2", Edit(summary="catalog.json 還沒有這個"))
        before = picture(folder)
        assert verify(folder).problems == ()
        assert picture(folder) == before
        assert verify(owner).problems == ()


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_a_medium_that_cannot_be_written_is_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = picture(folder)
    real = os.open

    def refusing(path: object, flags: int, *rest: int) -> int:
        if str(path).startswith(str(folder)) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(30, "Read-only file system", str(path))
        return real(path, flags, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    with damage.read_only_tree(folder):
        assert verify(folder).ok
        flipped = stored_path(folder, "水質.txt")
        content = flipped.read_bytes()
        flip(flipped)
        assert codes(folder) == ["file.hash"]
        flipped.write_bytes(content)
    assert picture(folder) == before


def test_after_a_crash_a_catalog_may_lag_behind(folder: Path) -> None:
    execute(folder, "UPDATE piece SET title = 'not in the catalog' WHERE number = 2")
    (folder / "lock").write_text('{"host": "x", "process": 1, "since": "2025-01-01"}')
    assert verify(folder).ok
    assert verify(folder).ok, "and was written by the first check's owner"


def test_what_is_no_library_or_a_newer_one_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PortfolioError, match="不是學習歷程庫"):
        verify(tmp_path / "empty")
    execute(folder, "PRAGMA user_version = 999")
    with pytest.raises(PortfolioError, match="較新版"):
        verify(folder)


def test_names_that_a_system_decomposed_are_not_foreign(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"Café.txt": "x"}))
        stored = library.files()[0].path
        stored.parent.chmod(0o755)
        stored.rename(stored.with_name("Cafe\u0301.txt"))
        assert [problem.code for problem in verify(library).problems] == ["file.missing"]


def test_the_systems_own_files_are_nobodys_business(folder: Path) -> None:
    (folder / "files" / ".DS_Store").write_text("x")
    (stored_path(folder, "水質.txt").parent / "Thumbs.db").write_text("x")
    assert verify(folder).problems == ()


def test_a_check_can_be_stopped(folder: Path) -> None:
    progress = Progress(lambda _step: progress.cancel())
    with pytest.raises(Cancelled):
        verify(folder, "full", progress)


def test_a_check_tells_how_far_it_is(folder: Path) -> None:
    steps: list[Step] = []
    verify(folder, "full", Progress(steps.append))
    assert [(step.done, step.total) for step in steps] == [(number, 7) for number in range(1, 8)]
    assert {step.what for step in steps} >= {"水質.txt", "第二版.txt"}


def test_the_files_are_compared_without_the_database(folder: Path) -> None:
    with Library.open(folder) as library:
        expectation = expect(library)
    flip(stored_path(folder, "水質.txt"))
    (folder / DATABASE).unlink()
    assert [problem.code for problem in compare(expectation, "full", Progress()).problems] == ["file.hash"]


@pytest.mark.parametrize("count", [0, 1, 7, 49, 50, 51, 120])
def test_fifty_starts_read_every_file(tmp_path: Path, count: int) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {f"{number}.txt": f"work {number}" for number in range(count)}))
        read: list[str] = []
        for _start in range(ROUNDS):
            turn = [file.sha256 for file in due(library).files]
            assert len(turn) == ceil(count / ROUNDS)
            found = rolling(library)
            assert (found.ok, found.files, found.depth) == (True, len(turn), "rolling")
            read += turn
        assert set(read) == {file.sha256 for file in library.files()}


def test_rolling_finds_rot_within_its_rounds_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    names = {f"{number:02}.txt": f"work {number}" for number in range(60)}
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", names))
        flip(library.files()[37].path)
    found = list[str]()
    for _start in range(ROUNDS):
        with Library.open(tmp_path / "library") as library:
            found += [problem.pieces[0][1] for problem in rolling(library).problems]
    assert len(found) in (1, 2)
    with Library.open(tmp_path / "library", read_only=True) as library:
        assert due(library) == due(library)
        rolling(library)
        assert rolling(library).files == 2


def test_a_dirty_start_looks_at_the_files_and_a_clean_one_does_not(folder: Path) -> None:
    stored_path(folder, "水質.txt").unlink()
    truncate(stored_path(folder, "影像.txt"))
    with Library.open(folder) as library:
        assert library.start_problems == ()
    (folder / "lock").write_text('{"host": "x", "process": 1, "since": "2025-01-01"}')
    with Library.open(folder) as library:
        assert sorted(problem.code for problem in library.start_problems) == ["file.missing", "file.size"]
        assert {problem.pieces[0][1] for problem in library.start_problems} == {"水質", "影像"}
    with Library.open(folder) as library:
        assert library.start_problems == ()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a named pipe")
def test_a_pipe_in_a_files_place_never_hangs(folder: Path) -> None:
    path = stored_path(folder, "水質.txt")
    path.unlink()
    os.mkfifo(path)
    assert codes(folder) == ["file.unreadable"]


def too_long(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" " * (1 << 20))  # JSON still, of the same content


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("spoil", [too_long, a_pipe])
@pytest.mark.parametrize("name", ["catalog.json", "backups/record.json"])
def test_what_was_put_in_place_of_a_small_file_is_neither_read_nor_waited_for(
    folder: Path, name: str, spoil: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "DUMP", 1 << 20)
    monkeypatch.setattr(bounded, "RECORD", 1 << 20)
    with Library.open(folder, read_only=True) as library:
        dump = library.dump()
    spoil(folder / name)
    with Library.open(folder) as library:
        assert library.dump() == dump
        assert not library.start_problems
    found = {problem.code for problem in verify(folder).problems}
    assert found == ({"catalog.damaged"} if name == "catalog.json" else set())
    (folder / DATABASE).unlink()
    assert "database.missing" in codes(folder)
    done = rebuild(folder)
    assert done.rebuilt
    with Library.open(folder) as library:
        assert library.dump() == dump, "the copy of the database has all of it"


def test_what_the_database_says_of_itself_is_one_line(folder: Path) -> None:
    """SQLite begins a new line before each fault of a page."""
    content = bytearray((folder / DATABASE).read_bytes())
    size = int.from_bytes(content[16:18], "big")
    leaves = [page for page in range(size, len(content), size) if content[page] == 0x0D]
    for page in leaves:
        content[page + 7] ^= 1  # how many bytes are lost between the cells
    (folder / DATABASE).write_bytes(content)
    (problem,) = (one for one in verify(folder).problems if one.code == "database.damaged")
    assert "Fragmentation" in problem.message
    assert "\n" not in problem.message
