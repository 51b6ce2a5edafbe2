"""Which backup is newest is said by the work in it: older databases put back, wrong clocks, two libraries that were one."""

from __future__ import annotations

import datetime
import os
import shutil
from pathlib import Path

import pytest

from helpers.libraries import TAIPEI, Clock, new_library, write_work
from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import backups, copied, copies, layout, lineage
from portfolio_desktop.library.safekeeping.whole import back_up

NOON = datetime.datetime(2025, 3, 1, 12, tzinfo=TAIPEI)
DAY = datetime.timedelta(days=1)


def frozen() -> datetime.datetime:
    """A clock that stands still."""
    return NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"a.txt": "1", "b.txt": "22"}))
    return tmp_path / "library"


def edit(folder: Path, text: str, at: datetime.datetime = NOON, place: Path | None = None) -> Path | None:
    """Write a summary as if it were then; and a complete backup where a place is given."""
    with Library.open(folder, clock=Clock(at)) as library:
        library.edit("p1", Edit(summary=text))
        return back_up(library, place).snapshot if place else None


def summary(database: Path) -> str:
    with copied.reading(database) as opened, opened.read() as connection:
        return str(connection.exec_driver_sql("SELECT summary FROM piece WHERE number = 1").scalar_one())


def names(folder: Path) -> list[str]:
    return [path.name for _moment, path in layout.copies(folder / "backups")]


def put_back(folder: Path, older: bytes) -> None:
    """What cloud sync and Time Machine do: an older file in the place of the newer one."""
    (folder / "library.sqlite3").write_bytes(older)
    os.utime(folder / "library.sqlite3", (NOON.timestamp(), NOON.timestamp()))


def test_other_work_of_the_same_second_is_copied_too(folder: Path) -> None:
    older = (folder / "library.sqlite3").read_bytes()
    with Library.open(folder, clock=frozen) as library:
        library.edit("p1", Edit(summary="第一次"))
    put_back(folder, older)
    with Library.open(folder, clock=frozen) as library:
        library.edit("p1", Edit(summary="第二次"))
    assert {summary(folder / "backups" / name) for name in names(folder)} == {"", "第一次", "第二次"}
    newest = backups.newest(folder)
    assert newest is not None
    assert summary(newest.database) == "第二次", "what the library held when it was last closed"


def test_a_snapshot_of_other_work_does_not_stand_for_a_copy(folder: Path, tmp_path: Path) -> None:
    older = (folder / "library.sqlite3").read_bytes()
    with Library.open(folder, clock=frozen) as library:
        library.edit("p1", Edit(summary="第一次"))
        back_up(library, tmp_path / "disk")
    put_back(folder, older)
    with Library.open(folder, clock=lambda: NOON + DAY) as library:
        library.edit("p1", Edit(summary="第二次"))
    newest = backups.newest(folder)
    assert newest is not None
    assert not newest.complete
    assert summary(newest.database) == "第二次"


def test_nothing_is_thinned_whose_work_is_nowhere_else(folder: Path) -> None:
    older = (folder / "library.sqlite3").read_bytes()
    for hour in range(3):
        edit(folder, f"三年的心血 {hour}", NOON + datetime.timedelta(hours=hour))
    put_back(folder, older)
    for day in range(1, 40):
        for hour in range(4):
            edit(folder, f"{day} {hour}", NOON + day * DAY + datetime.timedelta(hours=hour))
    texts = {summary(folder / "backups" / name) for name in names(folder)}
    assert "三年的心血 2" in texts
    assert "39 3" in texts
    assert len(names(folder)) <= 3 + 14 + 8 + 12 + 1


@pytest.mark.parametrize("wrong", [2015, 2028])
def test_a_day_with_a_wrong_clock_hides_no_later_work(folder: Path, tmp_path: Path, wrong: int) -> None:
    place = tmp_path / "disk"
    edit(folder, "先前", NOON, place)
    edit(folder, "時鐘錯的那天", NOON.replace(year=wrong), place)
    edit(folder, "後來", NOON + DAY, place)
    newest, found = backups.newest(folder), backups.find(place)
    assert newest is not None
    assert summary(newest.database) == summary(found.database) == "後來"
    assert summary(backups.find(folder).database) == "後來"
    edit(folder, "沒有備份的", NOON + 2 * DAY)
    newest = backups.newest(folder)
    assert newest is not None
    assert summary(newest.database) == "沒有備份的"


@pytest.mark.parametrize("wrong", [2015, 2028])
def test_a_wrong_clock_makes_no_copy_of_nothing(folder: Path, wrong: int) -> None:
    edit(folder, "先前", NOON)
    edit(folder, "時鐘錯的那天", NOON.replace(year=wrong))
    for moment in (NOON.replace(year=wrong), NOON, NOON + DAY):
        before = names(folder)
        Library.open(folder, clock=Clock(moment)).close()
        assert names(folder) == before


def test_copies_of_a_wrong_clock_are_thinned(folder: Path) -> None:
    for hour in range(12):
        edit(folder, str(hour), NOON.replace(year=2028) + datetime.timedelta(hours=hour))
    edit(folder, "後來", NOON)
    assert len([name for name in names(folder) if name.startswith("2028")]) <= 5
    assert summary(backups.find(folder).database) == "後來"


def twins(folder: Path, place: Path) -> Path:
    """A copy of the library's folder, and work in both: the twin's is later, and more. Both are backed up in one place."""
    edit(folder, "共同的", NOON, place)
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    edit(folder, "甲的", NOON + DAY, place)
    edit(twin, "乙的", NOON + 2 * DAY, place)
    edit(twin, "乙後來的", NOON + 3 * DAY, place)
    return twin


def test_two_libraries_that_were_one_keep_their_backups_apart(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    twin = twins(folder, place)
    for one, text in ((folder, "甲的"), (twin, "乙後來的")):
        newest = backups.newest(one)
        assert newest is not None
        assert newest.complete
        assert summary(newest.database) == text
    with pytest.raises(UsageError) as refused:
        backups.find(place)
    assert str(backups.newest(folder).path) in str(refused.value)  # type: ignore[union-attr]
    assert str(backups.newest(twin).path) in str(refused.value)  # type: ignore[union-attr]
    texts = {summary(one.database) for one in backups.known(folder)}
    assert texts == {"", "共同的", "甲的"}


def test_an_idle_library_takes_nothing_from_the_one_that_began_as_its_copy(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    edit(folder, "共同的", NOON, place)
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    edit(twin, "乙的", NOON + DAY, place)
    assert {summary(one.database) for one in backups.known(folder)} == {"", "共同的"}
    for path in (folder / "backups").glob("*.sqlite3"):
        path.unlink()
    assert {summary(one.database) for one in backups.known(folder)} == {"共同的"}


def test_work_of_a_line_that_ended_is_found(folder: Path) -> None:
    older = (folder / "library.sqlite3").read_bytes()
    edit(folder, "新的")
    state = lineage.of_copy(folder / "library.sqlite3")
    assert backups.beyond(folder, state) == []
    put_back(folder, older)
    (first,) = backups.beyond(folder, lineage.of_copy(folder / "library.sqlite3"))
    assert summary(first.database) == "新的"


def test_a_copy_that_is_torn_is_not_taken_away_as_if_it_were_known(folder: Path) -> None:
    torn = folder / "backups" / "20200101T000000Z-close.sqlite3"
    torn.write_bytes((folder / "library.sqlite3").read_bytes()[:5000])
    copies.thin(folder / "backups", NOON)
    assert torn.exists()
    assert backups.known(folder)[-1].path == torn
