"""A database that is gone or damaged is made anew, from whatever is left; every byte that was there is still somewhere."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.damage import (
    DATABASE,
    all_hashes,
    copy_of_database,
    flip,
    hot_journal,
    later_work,
    rich_library,
    spoil_pages,
    stored_path,
    truncate,
)
from helpers.libraries import PROFILE, Clock, new_library, picture, write_work
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import ladder
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Edit, PieceFilter
from portfolio_desktop.library.safekeeping import bases
from portfolio_desktop.library.safekeeping.aside import FOLDER as ASIDE
from portfolio_desktop.library.safekeeping.rebuilding import Rebuilt, rebuild
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.progress import Cancelled, Progress


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A rich library with a copy of its database, then worked on; and its dump."""
    folder = rich_library(tmp_path_factory.mktemp("made") / "library")
    copy_of_database(folder)
    return folder, later_work(folder)


@pytest.fixture
def folder(made: tuple[Path, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "library"))


@pytest.fixture
def dump(made: tuple[Path, bytes]) -> bytes:
    return made[1]


def dump_of(folder: Path) -> bytes:
    with Library.open(folder, clock=Clock()) as library:
        assert verify(library).ok
        return library.dump()


def gone(folder: Path) -> None:
    (folder / DATABASE).unlink()


def no_copy(folder: Path) -> None:
    shutil.rmtree(folder / "backups")


def execute(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


RUIN: dict[str, Callable[[Path], object]] = {
    "deleted": gone,
    "pages spoilt": lambda f: spoil_pages(f / DATABASE),
    "cut off": lambda f: truncate(f / DATABASE),
    "cut to its header": lambda f: truncate(f / DATABASE, 100),
    "empty": lambda f: truncate(f / DATABASE, 0),
    "a text": lambda f: (f / DATABASE).write_text("not a database" * 999),
    "another program's database": lambda f: (gone(f), execute(f / DATABASE, "CREATE TABLE piece (x)")),
    "a folder": lambda f: (gone(f), (f / DATABASE).mkdir(), (f / DATABASE / "x").write_text("x")),
    "a link to nowhere": lambda f: (gone(f), (f / DATABASE).symlink_to(f / "nowhere")),
    "a row that is no JSON": lambda f: execute(f / DATABASE, "UPDATE piece SET fields = '{'"),
    "a row that refers to nothing": lambda f: execute(f / DATABASE, "DELETE FROM course"),
    "a table gone": lambda f: execute(f / DATABASE, "PRAGMA foreign_keys = OFF", "DROP TABLE tick"),
    "spoilt beside a journal of another time": lambda f: (hot_journal(f), spoil_pages(f / DATABASE)),
}


@pytest.mark.parametrize("ruin", RUIN)
def test_whatever_happened_to_the_database_all_of_it_comes_back(folder: Path, dump: bytes, ruin: str) -> None:
    RUIN[ruin](folder)
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert (done.rebuilt, done.base) == (True, "backups/20250401T000000Z-close.sqlite3")
    assert (done.filed, done.missing, done.told) == ((), (), ())
    assert before <= all_hashes(folder), "bytes are gone"
    assert dump_of(folder) == dump
    assert (folder / "catalog.json").read_bytes() == dump
    assert (folder / "lock").read_bytes() == b""
    assert {path.name for path in folder.iterdir()} <= {
        *("library.sqlite3", "files", "catalog.json", "backups", "lock", ASIDE)
    }


@pytest.mark.parametrize(
    "ruin", ["deleted", "pages spoilt", "cut off", "empty", "a text", "another program's database", "a folder"]
)
def test_opening_says_that_rebuild_is_the_way(folder: Path, ruin: str) -> None:
    RUIN[ruin](folder)
    (folder / "lock").write_text("somebody crashed")
    with pytest.raises(DatabaseDamageError, match="rebuild"):
        Library.open(folder)


def test_a_sound_database_is_left_alone(folder: Path, dump: bytes) -> None:
    before = picture(folder)
    done = rebuild(folder)
    assert (done.rebuilt, done.pieces, done.files, done.aside) == (False, 4, 8, ())
    assert picture(folder) == before
    assert dump_of(folder) == dump


def test_a_transaction_that_was_killed_is_no_damage(folder: Path, dump: bytes) -> None:
    hot_journal(folder)
    before = picture(folder)
    assert not rebuild(folder).rebuilt
    assert picture(folder) == before, "the next opening takes it back"
    assert dump_of(folder) == dump


def test_a_journal_of_another_time_is_put_aside(folder: Path, dump: bytes) -> None:
    """As when a backup was put in the database's place by hand, beside what a crash had left."""
    sound = (folder / DATABASE).read_bytes()
    hot_journal(folder)
    journal = (folder / f"{DATABASE}-journal").read_bytes()
    (folder / f"{DATABASE}-journal").unlink()
    (folder / DATABASE).write_bytes(sound)
    execute(
        folder / DATABASE,
        f"PRAGMA user_version = {len(ladder.steps())}",
        "UPDATE meta SET value = 'abc' WHERE name = 'rolled'",
    )
    with Library.open(folder, clock=Clock()) as library:
        library.edit("p2", Edit(summary="長" * 30_000))
        dump = library.dump()
    before = (folder / DATABASE).read_bytes()
    (folder / f"{DATABASE}-journal").write_bytes(journal)
    done = rebuild(folder, clock=Clock())
    assert (done.rebuilt, done.base) == (True, DATABASE)
    assert hashlib.sha256(before).hexdigest() in all_hashes(folder)
    assert hashlib.sha256(journal).hexdigest() in all_hashes(folder)
    assert dump_of(folder) == dump


def test_earlier_texts_and_undo_survive_with_a_copy(folder: Path, dump: bytes) -> None:
    gone(folder)
    rebuild(folder, clock=Clock())
    with Library.open(folder, clock=Clock()) as library:
        assert [entry.sentence for entry in library.history()][:2] == ["重建資料庫", "修改學校設定"]
        texts = {detail.after for entry in library.history("p1") for detail in entry.details}
        assert {"第一版簡述", "第二版簡述"} <= texts
        assert library.piece("p2").summary == "備份之後寫的"
        assert library.undo() == ["重建資料庫"]
        assert library.piece("p2").summary == ""
        assert [piece.id for piece in library.pieces(PieceFilter(trashed=True))] == ["p4"]
        library.redo()
        assert library.dump() == dump
        library.undo(len(library.history()))
        assert library.pieces(PieceFilter(trashed=None)) == []
        library.redo(100)
        assert library.dump() == dump
        added = library.add(write_work(folder.with_name("more"), {"新的.txt": "重建之後"})).added
        assert added[0].id not in {f"p{number}" for number in range(1, 8)}, "numbers are never given again"


def test_without_a_copy_the_catalog_gives_the_state_and_the_log_begins_anew(folder: Path, dump: bytes) -> None:
    gone(folder)
    no_copy(folder)
    done = rebuild(folder, clock=Clock())
    assert done.base is None
    assert done.missing == ()
    # Nothing tells now that these were thrown away on purpose.
    assert {title for _id, title in done.filed} == {"丟掉", "清掉", "復原"}
    with Library.open(folder, clock=Clock()) as library:
        assert library.undo() == ["重建資料庫"]
        assert library.dump() == dump
        assert library.undo() == []
        assert library.find("影像").total == 1


def test_without_a_catalog_the_copy_gives_its_state(folder: Path) -> None:
    gone(folder)
    (folder / "catalog.json").unlink()
    with contextlib.closing(sqlite3.connect(folder / "backups" / "20250401T000000Z-close.sqlite3")) as copy:
        titles = {row[0] for row in copy.execute("SELECT title FROM piece")}
    done = rebuild(folder, clock=Clock())
    assert {title for _id, title in done.filed} == {"之後"}, "it came after the copy"
    assert done.told == ("catalog.json 不見了或讀不懂，沒有用到。",)
    with Library.open(folder, clock=Clock()) as library:
        assert {piece.title for piece in library.pieces(PieceFilter(trashed=None))} == titles | {"之後"}
        assert library.find("之後").total == 1


def test_with_neither_every_file_is_to_be_filed(folder: Path) -> None:
    gone(folder)
    no_copy(folder)
    (folder / "catalog.json").write_text("{")
    (folder / "lock").touch()
    for path in (folder / "files").rglob("*.txt"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    done = rebuild(folder, clock=Clock())
    assert len(done.filed) == 8
    assert any("猜" in sentence for sentence in done.told)
    with Library.open(folder, clock=Clock()) as library:
        assert library.profile == Profile("general", 112), "the school year of November 2023"
        assert {piece.category for piece in library.pieces()} == {None}
        assert {file.sha256 for piece in library.pieces() for file in piece.files} == {
            file.sha256 for file in library.files()
        }
        assert all(library.file_path(file.sha256).is_file() for file in library.files())
        assert verify(library).ok


def test_whose_library_it_was_is_read_from_a_damaged_database_where_that_is_possible(folder: Path) -> None:
    no_copy(folder)
    (folder / "catalog.json").unlink()
    execute(folder / DATABASE, "UPDATE piece SET fields = '{'")
    rebuild(folder, clock=Clock())
    with Library.open(folder) as library:
        assert library.profile == PROFILE


@pytest.mark.parametrize("catalog", ["cut off", "text", "folder", "inconsistent", "twice"])
def test_a_catalog_that_makes_no_sense_is_kept_aside(folder: Path, catalog: str) -> None:
    gone(folder)
    path = folder / "catalog.json"
    match catalog:
        case "cut off":
            truncate(path)
        case "text":
            path.write_text("no catalog")
        case "folder":
            path.unlink()
            path.mkdir()
            (path / "x").write_text("x")
        case "inconsistent":
            path.write_text(path.read_text().replace('"course_id":"c1"', '"course_id":"c9"'))
        case "twice":
            path.write_text(path.read_text().replace('"id":"p2"', '"id":"p1"'))
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert done.told == ("catalog.json 不見了或讀不懂，沒有用到。",)
    assert done.base is not None
    assert before <= all_hashes(folder)
    assert dump_of(folder) == path.read_bytes()


def test_a_catalog_of_another_library_is_not_used(folder: Path, tmp_path: Path) -> None:
    gone(folder)
    with new_library(tmp_path / "other") as other:
        other.add(write_work(tmp_path / "work", {"別人的.txt": "別人的"}))
    execute(tmp_path / "other" / DATABASE, "UPDATE piece SET added = '2020-01-01T00:00:00+08:00'")
    (tmp_path / "other" / "catalog.json").unlink()
    Library.open(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / "catalog.json", folder / "catalog.json")
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert done.told == ("catalog.json 看來是另一個學習歷程庫的，沒有用到。",)
    assert {title for _id, title in done.filed} == {"之後"}
    assert before <= all_hashes(folder)
    with Library.open(folder) as library:
        assert {piece.title for piece in library.pieces(PieceFilter(trashed=None))} >= {"水質", "影像", "社團", "丟掉"}


def test_without_a_copy_a_catalog_of_another_library_is_told_by_the_files(folder: Path, tmp_path: Path) -> None:
    gone(folder)
    no_copy(folder)
    with new_library(tmp_path / "other") as other:
        other.add(write_work(tmp_path / "work", {"別人的.txt": "別人的"}))
    shutil.copy(tmp_path / "other" / "catalog.json", folder / "catalog.json")
    done = rebuild(folder, clock=Clock())
    assert done.told[0] == "catalog.json 看來是另一個學習歷程庫的，沒有用到。"
    assert len(done.filed) == 8


def test_a_catalog_that_is_older_than_the_copy_is_not_used(folder: Path) -> None:
    catalog = folder / "catalog.json"
    older = catalog.read_bytes()
    with Library.open(folder, clock=Clock()) as library:
        library.edit("p2", Edit(summary="更新的"))
        dump = library.dump()
    copy_of_database(folder, "20250901T000000Z-close.sqlite3")
    catalog.write_bytes(older)
    before = all_hashes(folder)
    gone(folder)
    done = rebuild(folder, clock=Clock())
    assert (done.base, done.told) == (
        "backups/20250901T000000Z-close.sqlite3",
        ("catalog.json 的內容是資料庫備份較早的樣子，沒有用到。",),
    )
    assert dump_of(folder) == dump
    assert before - all_hashes(folder) == set()
    with Library.open(folder) as library:
        assert library.history()[0].sentence != "重建資料庫", "there was nothing to bring up"


def test_the_newest_sound_copy_is_the_base(folder: Path, dump: bytes) -> None:
    spoil_pages(copy_of_database(folder, "20250903T000000Z-close.sqlite3"))
    copy_of_database(folder, "20250902T000000Z-bulk.sqlite3")
    (folder / "backups" / "20250904T000000Z-close.sqlite3").write_bytes(b"")
    execute(copy_of_database(folder, "20250905T000000Z-close.sqlite3"), "PRAGMA user_version = 999")
    gone(folder)
    assert rebuild(folder, clock=Clock()).base == "backups/20250902T000000Z-bulk.sqlite3"
    assert dump_of(folder) == dump


@pytest.mark.parametrize("released", ["schema-1", "schema-2", "schema-3", "schema-4"])
def test_a_copy_of_an_older_schema_is_upgraded(released: str, tmp_path: Path) -> None:
    old = Path(__file__).parents[3] / "data" / "libraries" / released
    folder = Path(shutil.copytree(old, tmp_path / "library"))
    expected = (folder / "catalog.json").read_bytes()
    copy_of_database(folder, f"before-schema-9-from-{released[-1]}.sqlite3")
    spoil_pages(folder / DATABASE)
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert done.base == f"backups/before-schema-9-from-{released[-1]}.sqlite3"
    assert (done.missing, done.filed) == ((), ())
    assert before <= all_hashes(folder)
    assert dump_of(folder) == expected
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == len(ladder.steps())


@pytest.mark.parametrize("what", ["database", "catalog"])
def test_what_a_newer_program_made_is_left_alone(folder: Path, what: str) -> None:
    if what == "database":
        execute(folder / DATABASE, "PRAGMA user_version = 999")
    else:
        gone(folder)
        catalog = folder / "catalog.json"
        catalog.write_text(catalog.read_text().replace('"version":1', '"version":99'))
    before = picture(folder)
    with pytest.raises(PortfolioError, match="較新版"):
        rebuild(folder)
    after = picture(folder)
    assert before | {"lock": ""} == after | {"lock": ""}


def test_a_library_that_somebody_has_open_is_not_rebuilt(folder: Path) -> None:
    with Library.open(folder), pytest.raises(LockedError):
        rebuild(folder)


def test_a_folder_that_is_no_library_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos" / "files").mkdir(parents=True)
    (tmp_path / "photos" / "files" / "a.jpg").write_text("x")
    before = picture(tmp_path)
    for path in (tmp_path / "photos", tmp_path / "photos" / "files" / "a.jpg"):
        with pytest.raises(PortfolioError, match="不是學習歷程庫"):
            rebuild(path)
    for use in (rebuild, Library.open):
        with pytest.raises(PortfolioError, match=r"找不到資料夾.*磁碟可能沒有接上"):
            use(tmp_path / "nowhere")
    assert picture(tmp_path) == before


def test_files_alone_are_a_damaged_library_to_everybody(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != "files":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    before = picture(folder)
    for use in (Library.open, lambda path: Library.create(path, PROFILE)):
        with pytest.raises(DatabaseDamageError, match="rebuild"):
            use(folder)
    assert picture(folder) == before
    assert {problem.code for problem in verify(folder).problems} == {"database.missing", "catalog.missing"}
    assert rebuild(folder).rebuilt
    with Library.open(folder) as library:
        assert len(library.pieces()) == len(library.files()) > 0
        assert verify(library).ok


# Files

FileRuin = Callable[[Path], object]


def as_folder(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.mkdir()
    (path / "inside.txt").write_bytes(content)


FILES: dict[str, tuple[FileRuin, bool]] = {
    "a bit flipped": (flip, False),
    "cut off": (truncate, False),
    "emptied": (lambda path: truncate(path, 0), False),
    "deleted": (lambda path: path.unlink(), False),
    "its folder deleted": (lambda path: shutil.rmtree(path.parent), False),
    "a folder in its place, with the bytes in it": (as_folder, True),
    "renamed": (lambda path: path.rename(path.with_name("renamed.txt")), True),
    "moved out of its folder": (lambda path: path.rename(path.parents[1] / "moved.txt"), True),
    "its folder renamed": (lambda path: path.parent.rename(path.parents[1] / "0123456789abcdef"), True),
    "a link in its place": (
        lambda path: (path.rename(path.parents[2] / "elsewhere"), path.symlink_to(path.parents[2] / "elsewhere")),
        True,
    ),
    "a link to nowhere": (lambda path: (path.unlink(), path.symlink_to("/nowhere/at/all")), False),
    "a file in its folder's place": (
        lambda path: (shutil.rmtree(path.parent), path.parent.write_text("no folder")),
        False,
    ),
}


@pytest.mark.parametrize("source", ["copy", "catalog"])
@pytest.mark.parametrize("ruin", FILES)
def test_a_damaged_file_is_kept_aside_and_put_back_where_its_bytes_are(
    folder: Path, dump: bytes, ruin: str, source: str
) -> None:
    path = stored_path(folder, "影像.txt")
    content = path.read_bytes()
    spoil, at_hand = FILES[ruin]
    spoil(path)
    before = all_hashes(folder)
    gone(folder)
    if source == "catalog":
        no_copy(folder)
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert before <= all_hashes(folder), "bytes are gone"
    if at_hand:
        assert done.missing == ()
        with Library.open(folder) as library:
            assert verify(library).ok
            (file,) = library.piece("p2").files
            assert library.file_path(file.sha256).read_bytes() == content
    else:
        (problem,) = done.missing
        assert (problem.code, problem.pieces) == ("file.missing", (("p2", "影像"),))
    with Library.open(folder, clock=Clock()) as library:
        if source == "catalog":
            library.undo()
        assert library.dump() == dump, "what is said of a lost file is kept"


def test_a_lost_file_is_put_back_from_a_backup(folder: Path, dump: bytes, tmp_path: Path) -> None:
    path = stored_path(folder, "影像.txt")
    shutil.copy(path, tmp_path / "backup")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    flip(path)
    gone(folder)
    asked: list[str] = []

    def source(wanted: str) -> Path | None:
        asked.append(wanted)
        return tmp_path / "backup"

    def wrong(_wanted: str) -> Path | None:
        return folder / "catalog.json"

    def broken(_wanted: str) -> Path | None:
        raise OSError(5, "the disk was pulled out")

    done = rebuild(folder, sources=[broken, wrong, source], clock=Clock())
    assert asked == [sha256]
    assert done.missing == ()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    assert any(kept.endswith("影像.txt") for kept in done.aside)
    assert dump_of(folder) == dump


def test_sound_files_that_nothing_names_come_back_as_pieces(folder: Path, dump: bytes) -> None:
    place = folder / "files"
    bytes_of = {"新的報告.pdf": b"%PDF-1.4 new", "另一個.txt": b"one more"}
    for name, content in bytes_of.items():
        target = place / hashlib.sha256(content).hexdigest()[:16]
        target.mkdir()
        (target / name).write_bytes(content)
    (place / "拖進來的").mkdir()
    (place / "拖進來的" / "手放的.txt").write_bytes(b"dropped in by hand")
    (place / "0123456789abcdef").mkdir()
    (place / "0123456789abcdef" / "壞的.txt").write_bytes(b"not of this folder")
    gone(folder)
    before = all_hashes(folder)
    done = rebuild(folder, clock=Clock())
    assert {title for _id, title in done.filed} == {"新的報告", "另一個", "手放的"}
    assert [kept for kept in done.aside if kept.endswith("壞的.txt")] != []
    assert before <= all_hashes(folder)
    with Library.open(folder, clock=Clock()) as library:
        assert verify(library).problems == ()
        for identity, title in done.filed:
            piece = library.piece(identity)
            assert (piece.title, piece.category, piece.term) == (title, None, None)
            assert library.find(title).total == 1
        assert {file.kind for identity, _title in done.filed for file in library.piece(identity).files} == {
            "pdf",
            "text",
        }
        library.remove([identity for identity, _title in done.filed])
        library.undo(2)
        assert library.piece("p2").summary == ""
        library.redo()
        assert {piece.id for piece in library.pieces()} >= {identity for identity, _title in done.filed}


def test_the_emptied_trash_does_not_come_back_when_the_log_tells(folder: Path) -> None:
    gone(folder)
    assert rebuild(folder, clock=Clock()).filed == ()
    with Library.open(folder) as library:
        titles = {piece.title for piece in library.pieces(PieceFilter(trashed=None))}
    assert not titles & {"丟掉", "清掉", "復原"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_stops_it(folder: Path) -> None:
    path = stored_path(folder, "影像.txt")
    path.chmod(0)
    gone(folder)
    before = picture(folder / "backups")
    with pytest.raises(PortfolioError, match="權限"):
        rebuild(folder)
    assert picture(folder / "backups") == before
    path.chmod(0o644)
    assert rebuild(folder, clock=Clock()).missing == ()


def test_a_read_that_fails_once_is_no_damage(folder: Path, dump: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failed = os.open, set[str]()

    def failing(path: object, *rest: int) -> int:
        if str(path).endswith(".txt") and str(path) not in failed:
            failed.add(str(path))
            raise OSError(5, "Input/output error", str(path))
        return real(path, *rest)  # type: ignore[arg-type]

    gone(folder)
    monkeypatch.setattr(os, "open", failing)
    done = rebuild(folder, clock=Clock())
    assert len(failed) == 8
    assert (done.missing, done.filed) == ((), ())
    assert dump_of(folder) == dump


@pytest.mark.parametrize("at", range(1, 9))
def test_stopping_it_changes_nothing(folder: Path, at: int) -> None:
    gone(folder)
    flip(stored_path(folder, "影像.txt"))
    before = picture(folder)
    steps: list[object] = []

    def report(step: object) -> None:
        steps.append(step)
        if len(steps) == at:
            progress.cancel()

    progress = Progress(report)
    with pytest.raises(Cancelled):
        rebuild(folder, progress, clock=Clock())
    after = picture(folder)
    assert after.pop("lock") != before.pop("lock")
    assert after == before


@pytest.mark.skipif(sys.platform != "linux", reason="needs a named pipe")
def test_pipes_and_links_in_the_store_do_not_hang_it(folder: Path, dump: bytes) -> None:
    os.mkfifo(folder / "files" / "pipe")
    (folder / "files" / "loop").symlink_to(folder / "files")
    path = stored_path(folder, "影像.txt")
    path.unlink()
    os.mkfifo(path)
    gone(folder)
    done = rebuild(folder, clock=Clock())
    assert [problem.code for problem in done.missing] == ["file.missing"]
    with Library.open(folder) as library:
        assert library.dump() == dump


def test_the_moment_in_a_copys_name_counts_more_than_its_file(folder: Path) -> None:
    old, new = (folder / "backups" / f"2025{month}01T000000Z-close.sqlite3" for month in ("03", "10"))
    shutil.copy(folder / DATABASE, new)
    shutil.copy(folder / DATABASE, old)
    os.utime(new, (0, 0))
    gone(folder)
    found = bases.newest(folder)
    assert found is not None
    assert found.path == new, "both hold the same work"


def test_what_was_done_is_a_record(folder: Path) -> None:
    gone(folder)
    done = rebuild(folder, clock=Clock())
    assert [(one.id, one.title, one.did) for one in done.changed] == [
        ("p2", "影像", "changed"),
        ("p4", "丟掉", "removed"),
        ("p7", "之後", "added"),
    ]
    done = replace(done, changed=())
    assert done == Rebuilt(folder, True, 4, 8, "backups/20250401T000000Z-close.sqlite3")


def test_the_catalog_that_it_was_made_from_is_no_news_afterwards(folder: Path, dump: bytes) -> None:
    """Killed between the database's rename and the new catalog, with a file that came back as a piece."""
    execute(folder / DATABASE, "PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name = 'piece'")
    (folder / "files" / "撿到的.txt").write_text("found")
    assert len(rebuild(folder).filed) == 1
    (folder / "catalog.json").write_bytes(dump)
    with Library.open(folder) as library:
        assert library.start_problems == ()
        assert len(library.pieces(PieceFilter(trashed=None))) == len(json.loads(dump)["pieces"]) + 1
