"""Which backup is newest is said by the work in it: older databases put back, wrong clocks, two libraries that were one."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
from pathlib import Path

import pytest

from helpers.libraries import TAIPEI, Clock, new_library, write_work
from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.library import bounded
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import backups, copied, layout, lineage, newer, outstanding, record
from portfolio_desktop.library.safekeeping.deciding import keep_present
from portfolio_desktop.library.safekeeping.drill import drill
from portfolio_desktop.library.safekeeping.rebuilding import Rebuilt, rebuild
from portfolio_desktop.library.safekeeping.restoring import restore
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


def test_a_copy_that_cannot_be_read_is_not_thinned(folder: Path) -> None:
    edit(folder, "一")
    torn = folder / "backups" / "20200101T000000Z-close.sqlite3"
    torn.write_bytes((folder / "library.sqlite3").read_bytes()[:5000])
    for number in range(1, 20):
        for hour in range(3):
            edit(folder, str(number), NOON + 40 * number * DAY + datetime.timedelta(hours=hour))
    assert torn.exists()
    assert backups.known(folder)[-1].path == torn


def test_a_damaged_newest_snapshot_is_not_passed_over(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    edit(folder, "一", NOON, place)
    newest = edit(folder, "二", NOON + DAY, place)
    assert newest is not None
    (newest / "library.sqlite3").write_bytes(b"SQLite format 3")
    assert backups.find(place).path == newest
    assert not drill(folder).ok


def rebuilt(folder: Path) -> tuple[Rebuilt, str]:
    """The library rebuilt without its database, and the summary that it has then."""
    (folder / "library.sqlite3").unlink(missing_ok=True)
    done = rebuild(folder, clock=Clock(NOON + 500 * DAY))
    with Library.open(folder) as library:
        return done, library.piece("p1").summary


@pytest.mark.parametrize("wrong", [2015, 2028])
def test_rebuilding_finds_the_work_after_a_day_with_a_wrong_clock(folder: Path, wrong: int) -> None:
    edit(folder, "時鐘錯的那天", NOON.replace(year=wrong))
    edit(folder, "後來", NOON)
    (folder / "catalog.json").unlink()
    assert rebuilt(folder)[1] == "後來"


@pytest.mark.parametrize("wrong", [2015, 2028])
def test_a_catalog_with_newer_work_is_used_whatever_the_clock_said(folder: Path, wrong: int) -> None:
    edit(folder, "時鐘錯的那天", NOON.replace(year=wrong))
    copy_of = (folder / "backups", folder.with_name("copies"))
    shutil.copytree(*copy_of)
    edit(folder, "後來", NOON)
    shutil.rmtree(folder / "backups")
    shutil.copytree(*reversed(copy_of))
    os.utime(folder / "catalog.json", (NOON.timestamp(), NOON.timestamp()))
    done, text = rebuilt(folder)
    assert text == "後來"
    assert [(one.id, one.did) for one in done.changed] == [("p1", "changed")]


def test_a_stale_catalog_with_a_new_moment_takes_nothing_away(folder: Path) -> None:
    edit(folder, "舊的")
    stale = (folder / "catalog.json").read_bytes()
    with Library.open(folder, clock=Clock(NOON + DAY)) as library:
        library.add(write_work(folder.with_name("more"), {"c.txt": "333"}))
        library.edit("p1", Edit(summary="後來不要的"))
        library.undo()
        library.edit("p1", Edit(summary="新的"))
    (folder / "catalog.json").write_bytes(stale)
    done, text = rebuilt(folder)
    assert (text, done.changed, done.pieces, done.filed) == ("新的", (), 3, ())
    assert any("catalog.json" in sentence for sentence in done.told)


def test_what_the_catalog_takes_away_is_listed_and_comes_back_by_undo(folder: Path) -> None:
    edit(folder, "原來的")
    content = (folder / "catalog.json").read_text(encoding="utf-8")
    other = "".join(line for line in content.splitlines(True) if '"id":"p2"' not in line)
    (folder / "catalog.json").write_text(other.replace("原來的", "手改的").replace("},\n]", "}\n]"), encoding="utf-8")
    done, text = rebuilt(folder)
    assert text == "手改的"
    assert [(one.id, one.title, one.did) for one in done.changed] == [("p1", "a", "changed"), ("p2", "b", "removed")]
    with Library.open(folder) as library:
        library.undo()
        assert [piece.summary for piece in library.pieces()] == ["原來的", ""]


def test_rebuilding_takes_nothing_from_the_twin(folder: Path, tmp_path: Path) -> None:
    twin = twins(folder, tmp_path / "disk")
    (folder / "catalog.json").unlink()
    assert rebuilt(folder)[1] == "甲的"
    shutil.rmtree(twin / "backups", ignore_errors=True)
    assert rebuilt(twin)[1] == "乙後來的"


def test_an_older_database_says_so_at_each_start_until_it_is_settled(folder: Path, tmp_path: Path) -> None:
    older, catalog = (folder / "library.sqlite3").read_bytes(), folder / "catalog.json"
    edit(folder, "三年的心血")
    content = catalog.read_bytes()
    put_back(folder, older)
    done = rebuild(folder)
    assert not done.rebuilt
    assert "restore" in done.told[0]
    for _start in range(2):
        with Library.open(folder, clock=Clock(NOON + DAY)) as library:
            assert [problem.code for problem in library.start_problems] == ["work.newer", "catalog.newer"]
    assert catalog.read_bytes() == content, "nothing was changed, and so nothing written over"
    with Library.open(folder, clock=Clock(NOON + DAY)) as library:
        backup = library.start_problems[0].path
        library.edit("p2", Edit(summary="不知道的時候寫的"))
    assert content in [path.read_bytes() for path in (folder / "kept-aside").rglob("catalog.json")]
    restore(backups.find(Path(backup)), tmp_path / "restored")
    with Library.open(tmp_path / "restored") as library:
        assert library.piece("p1").summary == "三年的心血"
        assert library.start_problems == ()
    Path(backup).rename(tmp_path / "away.sqlite3")
    with Library.open(folder, clock=Clock(NOON + 2 * DAY)) as library:
        assert library.start_problems == ()


def test_the_present_state_can_be_taken_for_the_right_one(folder: Path) -> None:
    older, catalog = (folder / "library.sqlite3").read_bytes(), folder / "catalog.json"
    edit(folder, "不要了的")
    content = catalog.read_bytes()
    put_back(folder, older)
    with Library.open(folder, clock=Clock(NOON + DAY)) as library:
        copies = [problem.path for problem in library.start_problems if problem.code == "work.newer"]
        outstanding.note(folder, "start", 0, library.start_problems)
        kept = keep_present(library)
        assert library.piece("p1").summary == ""
    assert copies
    held = [folder / path for path in kept]
    assert [path.parts[0] for path in map(Path, kept)] == ["kept-aside"] * len(kept)
    assert content in [path.read_bytes() for path in held]
    assert "不要了的" in [summary(path) for path in held if path.suffix == ".sqlite3"], "kept, not deleted"
    assert not any(Path(path).exists() for path in copies)
    known = record.read(folder).check
    assert known is not None
    assert known.problems == ()
    for day in range(2, 4):
        with Library.open(folder, clock=Clock(NOON + day * DAY)) as library:
            assert library.start_problems == ()
            assert keep_present(library) == (), "nothing is left to be decided"


def test_a_library_that_is_only_read_decides_nothing(folder: Path) -> None:
    with Library.open(folder, read_only=True) as library, pytest.raises(PortfolioError, match="唯讀"):
        keep_present(library)


def test_what_was_left_as_it_is_is_not_compared_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder, "新的")

    def never(*_arguments: object) -> None:
        raise AssertionError("compared")

    monkeypatch.setattr(newer, "problems", never)
    for _start in range(2):
        with Library.open(folder) as library:
            assert library.start_problems == ()
    os.utime(folder / "library.sqlite3")
    with pytest.raises(AssertionError, match="compared"):
        Library.open(folder)


def test_a_crash_is_no_older_database(folder: Path) -> None:
    edit(folder, "新的")
    catalog = (folder / "catalog.json").read_bytes()
    with Library.open(folder) as library:
        library.edit("p1", Edit(summary="沒有來得及寫進 catalog 的"))
    (folder / "catalog.json").write_bytes(catalog)
    (folder / "lock").write_text("{}")
    with Library.open(folder) as library:
        assert library.start_problems == ()
    assert not (folder / "kept-aside").exists()


def crash(folder: Path, catalog: bytes) -> None:
    """Leave it as a kill does: the last changes are in the database, the catalog is of an earlier moment."""
    (folder / "catalog.json").write_bytes(catalog)
    (folder / "lock").write_text("{}")


def test_no_catalog_of_a_branch_that_was_left_is_newer(folder: Path) -> None:
    """Undo and work on leave states behind that no walk through the log leads to."""
    catalogs = [(folder / "catalog.json").read_bytes()]

    def state(library: Library) -> None:
        library.refresh_catalog()
        catalogs.append((folder / "catalog.json").read_bytes())

    with Library.open(folder) as library:
        for text in ("甲", "乙"):
            library.edit("p1", Edit(summary=text))
            library.edit("p2", Edit(summary=text))
            state(library)
            library.undo()
            state(library)
            library.edit("p2", Edit(title=text))
            library.redo()
            state(library)
            library.undo(2)
            state(library)
    assert len(set(catalogs)) > 5
    for content in catalogs:
        crash(folder, content)
        with Library.open(folder) as library:
            assert library.start_problems == ()
    assert not (folder / "kept-aside").exists()


def test_the_catalog_of_a_restored_library_is_its_own(folder: Path, tmp_path: Path) -> None:
    edit(folder, "備份的", NOON, tmp_path / "disk")
    restore(backups.find(tmp_path / "disk"), tmp_path / "restored")
    catalog = (tmp_path / "restored" / "catalog.json").read_bytes()
    edit(tmp_path / "restored", "之後")
    crash(tmp_path / "restored", catalog)
    with Library.open(tmp_path / "restored") as library:
        assert library.start_problems == ()


def test_a_rebuilt_library_knows_its_catalog(folder: Path) -> None:
    edit(folder, "舊的")
    rebuilt(folder)
    catalog = (folder / "catalog.json").read_bytes()
    edit(folder, "之後")
    crash(folder, catalog)
    with Library.open(folder) as library:
        assert library.start_problems == ()


def test_a_drill_takes_the_newest_complete_backup(folder: Path, tmp_path: Path) -> None:
    alone = drill(folder)
    assert (alone.ok, alone.complete) == (True, False)
    noted = record.read(folder).drill
    assert noted is not None
    assert not noted.complete
    edit(folder, "備份的", NOON, tmp_path / "disk")
    edit(folder, "還沒備份的", NOON + DAY)
    done = drill(folder)
    assert done.complete
    assert summary(done.backup.database) == "備份的"
    noted = record.read(folder).drill
    assert noted is not None
    assert noted.complete


def test_a_drill_never_takes_the_twins_backup(folder: Path, tmp_path: Path) -> None:
    twins(folder, tmp_path / "disk")
    assert summary(drill(folder).backup.database) == "甲的"


def test_what_cloud_sync_put_beside_the_database_is_told_and_can_be_restored(folder: Path, tmp_path: Path) -> None:
    """Two computers wrote into one synced library: the one's database got another name."""
    shutil.copytree(folder, tmp_path / "other")
    with Library.open(tmp_path / "other", clock=Clock(NOON + DAY)) as other:
        other.add(write_work(tmp_path / "more", {"c.txt": "333"}))
        dump = other.dump()
    edit(folder, "這一臺")
    stray = folder / "library-另一臺電腦的衝突.sqlite3"
    shutil.copy(tmp_path / "other" / "library.sqlite3", stray)
    shutil.copytree(tmp_path / "other" / "files", folder / "files", dirs_exist_ok=True)
    for _time in range(2):
        with Library.open(folder) as library:
            assert [(one.code, one.path) for one in library.start_problems] == [("work.newer", str(stray))]
    done = restore(backups.find(stray), tmp_path / "new")
    assert done.missing == ()
    with Library.open(tmp_path / "new") as restored:
        assert restored.dump() == dump
    stray.write_bytes((folder / "library.sqlite3").read_bytes())
    with Library.open(folder) as library:
        assert library.start_problems == (), "a mere copy holds no other work"


def test_a_catalog_that_could_not_be_read_at_the_start_is_kept_before_it_is_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = (folder / "library.sqlite3").read_bytes()
    edit(folder, "比較新的")
    newest = (folder / "catalog.json").read_bytes()
    for copy in (folder / "backups").iterdir():
        copy.unlink()
    put_back(folder, older)
    read, fails = bounded.content, [errno.EIO]

    def once(path: Path, most: int) -> bytes:
        if path.name == "catalog.json" and fails:
            raise OSError(fails.pop(), "injected", str(path))
        return read(path, most)

    monkeypatch.setattr(bounded, "content", once)
    edit(folder, "在舊的上面繼續")
    assert not fails
    kept = [path.read_bytes() for path in (folder / "kept-aside").rglob("catalog.json")]
    assert kept == [newest]
