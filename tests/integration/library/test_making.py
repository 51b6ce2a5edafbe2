"""A library that is being made from another one's dump: all of it, or nothing that could be taken for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import killed_filler
from helpers.killed_filler import fill
from helpers.libraries import new_library, picture, write_work
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import remains
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import Lock, LockedError
from portfolio_desktop.library.records import Edit

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forks")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1" * 3000, "二.txt": "2"}))
        library.edit("p1", Edit(summary="簡述"))
    return library.folder


def unfinished(library: Path, folder: Path) -> None:
    """What a kill leaves in the middle: some of the files, the mark, no database."""
    fill(library, folder)
    for path in sorted(folder.rglob("*"), reverse=True):
        if "files" not in path.relative_to(folder).parts:
            path.unlink() if path.is_file() else path.rmdir()
    (folder / ".restoring").write_text("{}")


@posix
def test_a_kill_leaves_no_library_that_opens_and_lacks_anything(library: Path, tmp_path: Path) -> None:
    dump = (library / "catalog.json").read_bytes()
    (tmp_path / "scratch").mkdir()
    ran = subprocess.run(
        [sys.executable, killed_filler.__file__, str(library), str(tmp_path / "scratch")],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(killed_filler.__file__).parents[1])},
    )
    assert ran.returncode == 0, ran.stderr
    count, opened = int(ran.stdout), 0
    assert count > 30
    for number in range(1, count + 1):
        folder = tmp_path / "scratch" / str(number)
        if remains.is_unfinished(folder) or not (folder / "library.sqlite3").exists():
            with pytest.raises(PortfolioError, match=r"中途停了|不是學習歷程庫"):
                Library.open(folder)
            if number % 3:  # a making that begins where any of them stopped, and not all of those that are alike
                continue
            fill(library, folder)
        else:
            opened += 1
        with Library.open(folder) as made:
            assert made.dump() == dump, number
            assert {file.path.name for file in made.files() if file.path.is_file()} == {"一.txt", "二.txt"}
        assert not (folder / ".restoring").exists(), number
    assert 0 < opened < count


def test_it_says_what_it_is_and_can_be_made_again(library: Path, tmp_path: Path) -> None:
    unfinished(library, tmp_path / "new")
    assert remains.is_unfinished(tmp_path / "new")
    before = picture(tmp_path / "new")
    for read_only in (False, True):
        with pytest.raises(PortfolioError, match="中途停了"):
            Library.open(tmp_path / "new", read_only=read_only)
    assert picture(tmp_path / "new") == before
    fill(library, tmp_path / "new")
    assert not remains.is_unfinished(tmp_path / "new")


def test_a_strangers_file_among_the_unfinished_is_kept(library: Path, tmp_path: Path) -> None:
    unfinished(library, tmp_path / "new")
    (tmp_path / "new" / "files" / "我的.txt").write_text("only here")
    changed = next((tmp_path / "new" / "files").glob("*/二.txt"))
    changed.chmod(0o644)
    changed.write_text("written over")
    fill(library, tmp_path / "new")
    kept = {path.read_text() for path in (tmp_path / "new" / "kept-aside").rglob("*") if path.is_file()}
    assert kept == {"only here", "written over"}


def test_what_a_killed_restoring_of_another_one_left_is_kept(library: Path, tmp_path: Path) -> None:
    """The stick that it came from may be gone by now."""
    for name in ("import", "init"):
        unfinished(library, tmp_path / name)
    with new_library(tmp_path / "other") as other:
        pass
    fill(other.folder, tmp_path / "import")
    new_library(tmp_path / "init").close()
    for name in ("import", "init"):
        kept = {path.name: path.read_text() for path in (tmp_path / name / "kept-aside").rglob("*") if path.is_file()}
        assert kept == {"一.txt": "1" * 3000, "二.txt": "2"}
        with Library.open(tmp_path / name) as made:
            assert made.pieces() == []


def test_a_library_that_was_opened_since_is_never_made_anew(library: Path, tmp_path: Path) -> None:
    """Its database is gone, and a mark of long ago lies there still: whatever is in it is somebody's work."""
    (library / ".restoring").write_text("{}")
    (library / "library.sqlite3").unlink()
    before = picture(library)
    with new_library(tmp_path / "other") as other:
        pass
    with pytest.raises(PortfolioError, match="rebuild"):
        fill(other.folder, library)
    assert picture(library) == before


def test_a_library_that_somebody_opened_first_is_not_taken_away(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the making and the opening another program was faster."""
    others: list[Lock] = []
    release = Lock.release

    def faster(lock: Lock) -> None:
        release(lock)
        others.append(Lock(lock.path))

    with monkeypatch.context() as patch:
        patch.setattr(Lock, "release", faster)
        with pytest.raises(LockedError):
            fill(library, tmp_path / "new")
    for other in others:
        other.release()
    with Library.open(tmp_path / "new") as made:
        assert made.dump() == (library / "catalog.json").read_bytes()
