"""The complete backup: whole, read back, content-addressed, honest about what the library has lost."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.backups import check_snapshot, facts, hashes, snapshots, worked_library
from helpers.libraries import Clock, new_library, picture, write_work
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping import backups, places, record, scratch, turns, whole
from portfolio_desktop.library.safekeeping.whole import back_up
from portfolio_desktop.progress import Cancelled, Progress, Step


@pytest.fixture
def library(tmp_path: Path):
    with worked_library(tmp_path / "library") as library:
        yield library


def test_everything_is_in_it_and_can_be_proved_without_us(library: Library, tmp_path: Path) -> None:
    seen: list[Step] = []
    done = back_up(library, tmp_path / "disk", Progress(seen.append))
    assert done.place == tmp_path / "disk"
    assert snapshots(done.place) == [done.snapshot]
    check_snapshot(done.snapshot)
    said = facts(done.snapshot)
    assert said["student"] == {"name": "測試學生", "school": "測試高中"}
    assert said["missing"] == []
    assert done.snapshot.name.endswith(said["identity"][:8])
    assert (done.snapshot / "catalog.json").read_bytes() == library.dump()
    files = library.files()
    assert (done.files, done.new_files) == (len(files), len(files))
    assert done.new_bytes == sum(file.size for file in files)
    assert done.bytes == done.new_bytes + (done.snapshot / "library.sqlite3").stat().st_size
    assert done.problems == ()
    assert {one["name"] for one in said["files"]} >= {"水質調查.txt", "🐟 ＡＩ.txt", "空.txt"}
    assert (seen[-1].done, seen[-1].total) == (len(files), len(files))
    assert json.loads((done.place / "portfolio-backup.json").read_text()) == {
        "format": "portfolio-desktop-backup",
        "version": 1,
    }
    assert {path.name for path in done.place.iterdir()} == {"portfolio-backup.json", "objects", "snapshots"}
    (known,) = record.read(library.folder).places
    assert known == record.Known(done.place, done.moment, done.snapshot.name, same_disk=True)


def test_a_second_backup_costs_only_new_bytes(library: Library, tmp_path: Path) -> None:
    first = back_up(library, tmp_path / "disk")
    objects = {path: path.stat() for path in (first.place / "objects").rglob("*") if path.is_file()}
    second = back_up(library, tmp_path / "disk")
    assert (second.new_files, second.new_bytes, second.files) == (0, 0, first.files)
    library.add(write_work(tmp_path / "more", {"多一件.txt": "x" * 1234}))
    third = back_up(library, tmp_path / "disk")
    assert (third.new_files, third.new_bytes) == (1, 1234)
    for path, before in objects.items():
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns) == (before.st_ino, before.st_mtime_ns), "written once"
    assert len(snapshots(first.place)) == 3
    for snapshot in snapshots(first.place):
        check_snapshot(snapshot)
    assert (first.snapshot / "catalog.json").read_bytes() == (second.snapshot / "catalog.json").read_bytes()


def test_where_it_goes(library: Library, tmp_path: Path) -> None:
    other = tmp_path / "stick"
    other.mkdir()
    (other / "System Volume Information").mkdir()
    (other / ".Trash-1000").mkdir()
    assert back_up(library, other).place == other, "empty but for what systems drop there"
    assert back_up(library, other).place == other
    full = tmp_path / "full"
    write_work(full, {"照片.jpg": "mine"})
    assert back_up(library, full).place == full / "學習歷程備份"
    assert back_up(library, full).place == full / "學習歷程備份"
    assert (full / "照片.jpg").read_text() == "mine"
    assert back_up(library, full / "a" / "b").place == full / "a" / "b"
    write_work(tmp_path / "taken" / "學習歷程備份", {"別的.txt": "mine"})
    with pytest.raises(PortfolioError, match="別的東西"):
        back_up(library, tmp_path / "taken")
    with pytest.raises(PortfolioError, match="是檔案"):
        back_up(library, full / "照片.jpg")


def test_never_inside_the_library(library: Library, tmp_path: Path) -> None:
    before = picture(library.folder)
    (tmp_path / "link").symlink_to(library.folder)
    for to in (
        library.folder,
        library.folder / "files",
        library.folder / "backups" / "new",
        tmp_path / "link" / "x",
        tmp_path / "other" / ".." / "library" / "x",
    ):
        with pytest.raises(UsageError, match="裡面"):
            back_up(library, to)
    with new_library(tmp_path / "second"), pytest.raises(UsageError):
        back_up(library, tmp_path / "second" / "files")
    assert picture(library.folder) == before


def test_a_place_of_a_newer_program_is_left_alone(library: Library, tmp_path: Path) -> None:
    place = back_up(library, tmp_path / "disk").place
    (place / "portfolio-backup.json").write_text('{"format": "portfolio-desktop-backup", "version": 2}')
    before = picture(place)
    with pytest.raises(PortfolioError, match="較新版"):
        back_up(library, place)
    with pytest.raises(PortfolioError, match="較新版"):
        backups.find(place)
    assert picture(place) == before


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 4000, b'{"format": 1}', None])
def test_a_place_whose_marker_is_lost_is_one_still(library: Library, tmp_path: Path, content: bytes | None) -> None:
    place = back_up(library, tmp_path / "disk").place
    marker = place / "portfolio-backup.json"
    marker.unlink() if content is None else marker.write_bytes(content)
    assert backups.find(place).complete
    assert back_up(library, place).new_files == 0
    assert json.loads(marker.read_bytes())["version"] == 1


def test_an_object_that_is_cut_short_or_rotten_is_written_anew(library: Library, tmp_path: Path) -> None:
    done = back_up(library, tmp_path / "disk")
    objects = [path for path in (done.place / "objects").rglob("*") if path.is_file() and path.stat().st_size]
    objects[0].chmod(0o644)
    objects[0].write_bytes(b"")
    assert back_up(library, tmp_path / "disk").new_files == 1
    check_snapshot(done.snapshot)
    for path in objects:
        content = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(bytes(len(content)))
    mended = sum(back_up(library, tmp_path / "disk").new_files for _turn in range(turns.ROUNDS))
    assert mended == len(objects), "fifty backups read every object once"
    check_snapshot(done.snapshot)


def test_what_the_library_has_lost_is_told_and_the_rest_is_backed_up(library: Library, tmp_path: Path) -> None:
    files = {file.path.name: file for file in library.files()}
    files["水質調查.txt"].path.unlink()
    files["新.png"].path.chmod(0o644)
    files["新.png"].path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500)
    files["🐟 AI.txt" if "🐟 AI.txt" in files else "🐟 ＡＩ.txt"].path.write_bytes(b"longer")
    done = back_up(library, tmp_path / "disk")
    told = {problem.sha256: problem for problem in done.problems}
    assert sorted(problem.code for problem in done.problems) == ["file.hash", "file.missing", "file.size"]
    lost = told[files["水質調查.txt"].sha256]
    assert lost.pieces == (("p1", "水質調查"),)
    assert "水質調查.txt" in lost.message
    check_snapshot(done.snapshot)
    assert set(facts(done.snapshot)["missing"]) == set(told)
    assert done.files == len(files) - 3


def test_what_the_place_has_already_is_not_lost(library: Library, tmp_path: Path) -> None:
    back_up(library, tmp_path / "disk")
    for file in library.files():
        file.path.unlink()
    done = back_up(library, tmp_path / "disk")
    assert done.problems == ()
    check_snapshot(done.snapshot)


def test_rot_on_both_sides_is_told_each_time(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = back_up(library, tmp_path / "disk")
    file = next(file for file in library.files() if file.size > 2)
    for path in (file.path, done.place / "objects" / file.sha256[:2] / file.sha256):
        path.chmod(0o644)
        path.write_bytes(b"x" * file.size)
    monkeypatch.setattr(turns, "ROUNDS", 1)
    for _again in range(2):
        done = back_up(library, tmp_path / "disk")
        assert [problem.sha256 for problem in done.problems] == [file.sha256]
        check_snapshot(done.snapshot)


def test_cancelling_leaves_no_snapshot(library: Library, tmp_path: Path) -> None:
    def stop(step: Step) -> None:
        if step.done == 2:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        back_up(library, tmp_path / "disk", progress)
    assert list((tmp_path / "disk" / "snapshots").iterdir()) == []
    assert not list((tmp_path / "disk" / "objects").rglob("*.new"))
    assert record.read(library.folder).places == ()
    done = back_up(library, tmp_path / "disk")
    assert done.new_files < done.files, "what was copied is sound and stays"
    check_snapshot(done.snapshot)


def test_a_backup_given_up_between_its_parts(library: Library, tmp_path: Path) -> None:
    begun = whole.begin(library, tmp_path / "disk")
    library.edit("p1", Edit(summary="寫在備份開始之後"))
    whole.abandon(begun)
    assert list((tmp_path / "disk" / "snapshots").iterdir()) == []
    begun = whole.begin(library, tmp_path / "disk")
    before = library.dump()
    library.edit("p1", Edit(summary="再改一次"))
    done = whole.finish(begun)
    whole.note(library, done)
    assert (done.snapshot / "catalog.json").read_bytes() == before, "of the moment when it began"


def test_a_reader_backs_up_beside_the_owner(library: Library, tmp_path: Path) -> None:
    library.refresh_catalog()
    before = picture(library.folder)
    with Library.open(library.folder, read_only=True) as reader:
        done = back_up(reader, tmp_path / "disk")
        library.edit("p1", Edit(summary="同時在改"))
        second = back_up(reader, tmp_path / "disk")
    check_snapshot(done.snapshot)
    check_snapshot(second.snapshot)
    assert (second.snapshot / "catalog.json").read_bytes() == library.dump()
    library.undo()
    after = picture(library.folder)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {"library.sqlite3"}, "a reader notes nothing"
    with Library.open(library.folder, read_only=True):
        back_up(library, tmp_path / "disk")


def test_two_students_share_a_disk(library: Library, tmp_path: Path) -> None:
    with new_library(tmp_path / "sister") as sister:
        sister.add(write_work(tmp_path / "hers", {"hers.txt": "hers", "水質調查.txt": "1" * 3000}))
        mine, hers = back_up(library, tmp_path / "disk"), back_up(sister, tmp_path / "disk")
        assert hers.new_files == 1, "the same bytes once"
        with pytest.raises(UsageError, match="2 個學習歷程庫") as caught:
            backups.find(tmp_path / "disk")
        assert str(mine.snapshot) in str(caught.value)
        assert backups.find(hers.snapshot).dump() == sister.dump()
        assert [backup.path for backup in backups.known(sister.folder)] == [hers.snapshot]
        assert [backup.path for backup in backups.known(library.folder)] == [mine.snapshot]


def test_what_a_killed_backup_left_goes_after_a_day(library: Library, tmp_path: Path) -> None:
    place = back_up(library, tmp_path / "disk").place
    stage = place / "snapshots" / ".20250101T000000Z-0f1e2d3c.aa.new"
    stage.mkdir()
    (stage / "library.sqlite3").write_bytes(b"half")
    half = next(path for path in (place / "objects").iterdir()) / "abc.dd.new"
    half.write_bytes(b"half")
    back_up(library, place)
    assert stage.exists()
    assert half.exists(), "another backup may be at work on it"
    old = time.time() - places.ABANDONED - 60
    os.utime(stage, (old, old))
    os.utime(half, (old, old))
    back_up(library, place)
    assert not stage.exists()
    assert not half.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells which file is written")
def test_a_lying_disk_is_caught_by_reading_back(library: Library, tmp_path: Path) -> None:
    """A byte flips in the real file after it was synced, in objects, the database and the small files one after the other."""
    fsync, turned = os.fsync, set[str]()
    clean = back_up(library, tmp_path / "clean")
    wanted = {"object", "library.sqlite3.new", "catalog.json.new", "snapshot.json.new", "portfolio-backup.json.new"}

    for victim in sorted(wanted):

        def lying(descriptor: int, victim: str = victim) -> None:
            fsync(descriptor)
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            kind = "object" if "/objects/" in str(path) and path.is_file() else path.name
            if kind == victim and path.stat().st_size and str(path).startswith(str(tmp_path / "disk")):
                content = bytearray(path.read_bytes())
                content[len(content) // 2] ^= 4
                path.chmod(0o644)
                path.write_bytes(content)
                turned.add(kind)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", lying)
            with pytest.raises(DamageError, match="磁碟不可靠"):
                back_up(library, tmp_path / "disk")
        assert snapshots(tmp_path / "disk") == []
        assert hashes(tmp_path / "disk" / "objects") <= hashes(clean.place / "objects")
        shutil.rmtree(tmp_path / "disk", ignore_errors=True)
    assert turned == wanted


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_really_full_disk(library: Library, tmp_path: Path) -> None:
    disk = tmp_path / "small"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        done = back_up(library, disk)
        big = write_work(tmp_path / "big", {"大.txt": os.urandom(3 << 20)})
        library.add(big)
        before = picture(disk)
        with pytest.raises(PortfolioError, match="空間不夠"):
            back_up(library, disk)
        assert picture(disk) == before, "seen before anything was written"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(places, "check_room", lambda _place, _needed: None)
            with pytest.raises(PortfolioError, match="空間不足"):
                back_up(library, disk)
        assert snapshots(disk) == [done.snapshot]
        check_snapshot(done.snapshot)
        assert not list(disk.rglob("*.new"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_names_tell_the_moment_and_never_clash(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1"}))
        moment = Clock()()
        library._holding._clock = lambda: moment
        done = [back_up(library, tmp_path / "disk").snapshot.name for _again in range(3)]
    assert [name[:16] for name in done] == ["20250301T000001Z", "20250301T000002Z", "20250301T000003Z"]


def test_a_strange_identity_makes_no_strange_path(library: Library, tmp_path: Path) -> None:
    with library._holding.database.write() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '../../evil' WHERE name = 'identity'")
    done = back_up(library, tmp_path / "disk")
    assert done.snapshot.parent == tmp_path / "disk" / "snapshots"
    assert done.snapshot.name.endswith(hashlib.sha256(b"../../evil").hexdigest()[:8])
    assert backups.newest(library.folder).path == done.snapshot  # type: ignore[union-attr]


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "other things"])
def test_a_backup_that_could_not_even_begin_leaves_nothing(
    library: Library, tmp_path: Path, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    if there != "nothing":
        disk.mkdir()
    if there == "other things":
        (disk / "照片.jpg").write_text("mine")
    before = picture(tmp_path)

    def full(_target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as spoilt:
        spoilt.setattr(library._holding, "copy_database", full)
        with pytest.raises(PortfolioError, match="空間不足"):
            back_up(library, disk / "deep" if there == "nothing" else disk)
    assert picture(tmp_path) == before


def test_what_a_killed_drill_left_is_cleared_up_by_a_backup_too(library: Library, tmp_path: Path) -> None:
    left = tmp_path / f"{scratch.PREFIX}{'0' * 16}"
    write_work(left / "library" / "files", {"整個學習歷程.txt": "private"})
    left.with_name(f"{left.name}.lock").touch()
    with scratch.folder(tmp_path) as alive:
        back_up(library, tmp_path / "disk")
        assert alive.is_dir()
        assert [path for path in tmp_path.glob(f"{scratch.PREFIX}*") if path.is_dir()] == [alive]
