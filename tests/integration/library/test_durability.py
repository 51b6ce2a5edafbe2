"""Whatever the world does - a kill, a full disk, a call that fails - the library is as before or as after, never between."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from helpers.libraries import new_library, picture, write_work
from helpers.soundness import faults
from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.progress import Cancelled, Progress


def test_a_full_disk_is_told_and_nothing_changes(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1"}))
        before, files = library.dump(), picture(library.folder / "files")
        raw = library._holding.database._raw
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")  # SQLite then answers SQLITE_FULL, as on a full disk
        work = write_work(tmp_path / "work", {f"{n}.txt": f"new {n}" for n in range(200)})
        for change in (lambda: library.add(work), lambda: library.edit("p1", Edit(summary="長" * 100_000))):
            with pytest.raises(PortfolioError, match="磁碟空間不足"):
                change()
        assert library.dump() == before
        assert picture(library.folder / "files") == files
        raw.execute("PRAGMA max_page_count = 1000000")
        assert len(library.add(work).added) == 200
        assert faults(library) == []


def test_a_stored_change_is_never_told_as_not_stored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = [1000.0]

    def full(path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: clock[0])
        with new_library(tmp_path / "library") as library:
            library.add(write_work(tmp_path / "work", {"一.txt": "1"}))
            patch.setattr(durable, "write", full)
            clock[0] += 60
            assert library.edit("p1", Edit(summary="新")).summary == "新"
            clock[0] += 60
            library.undo()
            assert len(library.redo()) == 1
            with pytest.raises(PortfolioError, match=r"變更都存好了，只有 catalog\.json 沒有更新"):
                library.refresh_catalog()
            dump = library.dump()
    assert (tmp_path / "library" / "catalog.json").read_bytes() != dump
    assert (tmp_path / "library" / "lock").read_text(), "the next opening must know"
    Library.open(tmp_path / "library").close()
    assert (tmp_path / "library" / "catalog.json").read_bytes() == dump
    assert (tmp_path / "library" / "lock").read_text() == ""
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_interrupting_the_program_leaves_nothing_half_done(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        before = picture(library.folder / "files")
        work = write_work(tmp_path / "work", {f"{n}.txt": f"new {n}" for n in range(20)})
        with pytest.MonkeyPatch.context() as patch:
            replace = os.replace
            seen: list[object] = []

            def interrupted(source: Path, target: Path) -> None:
                seen.append(target)
                if len(seen) == 5:
                    raise KeyboardInterrupt
                replace(source, target)

            patch.setattr(os, "replace", interrupted)
            with pytest.raises(KeyboardInterrupt):
                library.add(work)
        assert picture(library.folder / "files") == before
        assert library.pieces() == []


def test_a_dump_whose_files_are_not_there_makes_no_library(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1", "二.txt": "2"}))
        dump = library.dump()
        (tmp_path / "wrong").write_text("other bytes")
        for source in (lambda _sha256: tmp_path / "nowhere", lambda _sha256: tmp_path / "wrong"):
            with pytest.raises(PortfolioError) as caught:
                Library.from_dump(tmp_path / "second", dump, source)
            assert caught.value.exit_code == 3
            assert picture(tmp_path / "second") == {}


def test_cancelling_an_import_leaves_nothing(tmp_path: Path) -> None:
    with new_library(tmp_path / "library") as library:
        library.add(write_work(tmp_path / "work", {"一.txt": "1", "二.txt": "2"}))
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            Library.from_dump(tmp_path / "second", library.dump(), library.file_path, progress)
        assert picture(tmp_path / "second") == {}
