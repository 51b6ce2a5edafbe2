"""A library goes elsewhere whole and proved, or not at all; the old one stays as it is."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.libraries import new_library, picture, write_work
from portfolio_desktop import durable
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library import moving
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.moving import move
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.safekeeping.verifying import verify
from portfolio_desktop.progress import Cancelled, Progress, Step


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two pieces, one with an earlier file; something in backups/, and rubbish of a killed bringing-in."""
    work = write_work(tmp_path / "work", {"水質.txt": "1", "影像.txt": "2", "新.txt": "3"})
    with new_library(tmp_path / "here" / "library") as library:
        library.add(work[:2])
        library.attach("p1", work[2], "document")
        library.edit("p1", Edit(summary="改過"))
        (library.folder / "backups").mkdir(exist_ok=True)
        (library.folder / "backups" / "old.sqlite3").write_bytes(b"x" * 100)
        yield library


def untouched(library: Library) -> dict[str, str]:
    return {name: value for name, value in picture(library.folder).items() if name != "lock"}


@pytest.mark.parametrize("there", [False, True])
def test_the_whole_library_is_there_and_the_old_one_stays(library: Library, tmp_path: Path, there: bool) -> None:
    new = tmp_path / "elsewhere" / "庫"
    if there:
        new.mkdir(parents=True)
    library.refresh_catalog()
    before = untouched(library)
    steps: list[Step] = []
    moved = move(library, new, Progress(steps.append))
    assert untouched(library) == before
    assert (moved.folder, moved.old, moved.problems) == (new, library.folder, ())
    assert [step.done for step in steps] == list(range(1, moved.files + 1))
    held = untouched_of(new)
    assert {name: value for name, value in before.items() if name != "library.sqlite3"} == {
        name: value for name, value in held.items() if name != "library.sqlite3"
    }
    with Library.open(new) as other:
        assert other.dump() == library.dump()
        assert other.start_problems == ()
        assert len(other.history()) == len(library.history())
        other.undo()
        assert other.piece("p1").summary == ""
        for file in other.files():
            assert (file.path.stat().st_mode & 0o200 == 0) or os.name != "posix"
    assert [path.name for path in new.parent.iterdir()] == ["庫"]


def untouched_of(folder: Path) -> dict[str, str]:
    return {name: value for name, value in picture(folder).items() if name != "lock"}


def test_one_that_is_only_read_can_be_moved_too(library: Library, tmp_path: Path) -> None:
    library.refresh_catalog()
    with Library.open(library.folder, read_only=True) as reader:
        move(reader, tmp_path / "new")
    with Library.open(tmp_path / "new", read_only=True) as other:
        assert other.dump() == library.dump()


@pytest.mark.skipif(os.name != "posix", reason="links")
@pytest.mark.parametrize("linked", ["files", "a folder", "a file", "backups"])
def test_what_lies_behind_a_link_is_moved_as_files(library: Library, tmp_path: Path, linked: str) -> None:
    stored = next(file for file in library.files() if file.path.read_bytes() == b"1")
    away = tmp_path / "away"
    what = {
        "files": library.folder / "files",
        "a folder": stored.path.parent,
        "a file": stored.path,
        "backups": library.folder / "backups",
    }[linked]
    what.rename(away)
    what.symlink_to(away)
    moved = move(library, tmp_path / "new")
    assert moved.problems == ()
    assert not any(path.is_symlink() for path in moved.folder.rglob("*"))
    assert (moved.folder / "backups" / "old.sqlite3").read_bytes() == b"x" * 100
    away.rename(tmp_path / "unplugged")
    with Library.open(moved.folder) as other:
        found = verify(other)
        assert found.ok
        assert found.files == 3
    (tmp_path / "unplugged").rename(away)


def test_a_file_behind_a_link_to_nowhere_is_told(library: Library, tmp_path: Path) -> None:
    stored = next(file for file in library.files() if file.path.read_bytes() == b"1")
    shutil.rmtree(stored.path.parent)
    stored.path.parent.symlink_to(tmp_path / "gone")
    moved = move(library, tmp_path / "new")
    assert [(problem.code, problem.sha256, problem.pieces) for problem in moved.problems] == [
        ("file.missing", stored.sha256, (("p1", "水質"),))
    ]


@pytest.mark.parametrize("linked", ["files", "a folder"])
def test_a_check_tells_links_that_the_files_lie_behind(library: Library, tmp_path: Path, linked: str) -> None:
    what = library.folder / "files" if linked == "files" else library.files()[0].path.parent
    what.rename(tmp_path / "away")
    what.symlink_to(tmp_path / "away")
    found = verify(library)
    assert [(problem.code, problem.path) for problem in found.problems] == [
        ("folder.link", what.relative_to(library.folder).as_posix())
    ]
    assert found.ok
    assert "move" in found.problems[0].message


@pytest.mark.parametrize("place", ["inside", "itself", "taken", "a file", "files", "another library"])
def test_places_that_are_none(library: Library, tmp_path: Path, place: str) -> None:
    folder = library.folder
    taken, file = tmp_path / "taken", tmp_path / "file"
    write_work(taken, {"a.txt": "1"})
    file.write_text("x")
    new_library(tmp_path / "other").close()
    places = {
        "inside": folder / "new",
        "itself": folder,
        "taken": taken,
        "a file": file,
        "files": folder / "files" / "x",
        "another library": tmp_path / "other" / "new",
    }
    before = picture(tmp_path)
    with pytest.raises(PortfolioError):
        move(library, places[place])
    assert picture(tmp_path) == before


def test_a_cancel_leaves_nothing(library: Library, tmp_path: Path) -> None:
    library.refresh_catalog()
    before = picture(tmp_path)
    progress = Progress(lambda step: progress.cancel() if step.done == 2 else None)
    with pytest.raises(Cancelled):
        move(library, tmp_path / "new", progress)
    assert picture(tmp_path) == before


def test_a_killed_one_is_begun_anew(library: Library, tmp_path: Path) -> None:
    stage = tmp_path / f"new{moving.UNFINISHED}"
    write_work(stage, {moving.UNFINISHED: "", "files/half": "x"})
    move(library, tmp_path / "new")
    assert not stage.exists()
    assert not (tmp_path / "new" / moving.UNFINISHED).exists()


def test_a_folder_of_that_name_that_is_not_ours_stays(library: Library, tmp_path: Path) -> None:
    write_work(tmp_path / f"new{moving.UNFINISHED}", {"mine.txt": "x"})
    with pytest.raises(PortfolioError):
        move(library, tmp_path / "new")
    assert (tmp_path / f"new{moving.UNFINISHED}" / "mine.txt").read_text() == "x"


def test_what_was_damaged_before_is_moved_and_told(library: Library, tmp_path: Path) -> None:
    one, two, three = library.files()
    one.path.chmod(0o600)
    one.path.write_bytes(b"9")
    two.path.unlink()
    moved = move(library, tmp_path / "new")
    assert {(problem.code, problem.sha256) for problem in moved.problems} == {
        ("file.hash", one.sha256),
        ("file.missing", two.sha256),
    }
    assert (tmp_path / "new" / three.path.relative_to(library.folder)).is_file()


def test_a_disk_that_writes_other_bytes_is_found_out(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = durable.sync_file

    def spoil(file: object) -> None:
        real(file)  # type: ignore[arg-type]
        os.pwrite(file.fileno(), b"?", 0)  # type: ignore[attr-defined]

    library.refresh_catalog()
    before = picture(tmp_path)
    with monkeypatch.context() as spoilt:
        spoilt.setattr(durable, "sync_file", spoil)
        with pytest.raises(DamageError):
            move(library, tmp_path / "new")
    assert picture(tmp_path) == before


def test_a_disk_that_is_too_small(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.refresh_catalog()
    before = picture(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 1000))  # type: ignore[attr-defined]
    with pytest.raises(PortfolioError, match="磁碟空間不夠"):
        move(library, tmp_path / "new")
    assert picture(tmp_path) == before


@pytest.mark.no_cover
def test_whatever_fails_nothing_is_left_there(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th writing call fails, for every n until none does."""
    library.refresh_catalog()
    before = picture(tmp_path)
    names = ("fsync", "replace", "mkdir", "fchmod", "utime", "rmdir", "unlink")
    reals = {name: getattr(os, name) for name in names}
    left = [0]

    def counted(name: str) -> Callable[..., object]:
        def call(*arguments: object, **more: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, "injected")
            return reals[name](*arguments, **more)

        return call

    number = 0
    while left[0] <= 0:
        number += 1
        left[0] = number
        with monkeypatch.context() as patched:
            for name in names:
                patched.setattr(os, name, counted(name))
            try:
                move(library, tmp_path / "new")
            except PortfolioError:
                failed = True
            else:
                failed = False
        if failed:
            assert picture(tmp_path) == before, number
        else:
            with Library.open(tmp_path / "new", read_only=True) as other:
                assert other.dump() == library.dump()
            shutil.rmtree(tmp_path / "new")
    assert number > 10
