"""Whatever the world does - a kill, a full disk, a call that fails - the library is as before or as after, never between."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.libraries import PROFILE, Clock, new_library, picture, stored_files, write_work
from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import Edit
from portfolio_desktop.progress import Cancelled, Progress


def faults(library: Library) -> list[str]:
    """Everything that is not as it should be: structure, foreign keys, lost or changed files, orphans."""
    connection = sqlite3.connect(library.folder / "library.sqlite3")
    found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"foreign key {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    for table in ("search_words", "search_text"):
        checked = connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        found += [f"{table} {row}" for row in checked]
    connection.close()
    known = set()
    for file in library.files():
        known.add(str(file.path.relative_to(library.folder / "files")))
        if not file.path.is_file():
            found.append(f"lost {file.path.name}")
        elif hashlib.sha256(file.path.read_bytes()).hexdigest() != file.sha256:
            found.append(f"corrupt {file.path.name}")
    return found + [f"orphan {name}" for name in stored_files(library.folder) if name not in known]


class NthCall:
    """Makes the n-th of the file-system's writing calls fail, once; `failed` tells whether it came so far."""

    NAMES = ("fsync", "replace", "mkdir", "fchmod")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.left = number
        self.failed = False
        self.guard = threading.Lock()
        for name in self.NAMES:
            monkeypatch.setattr(os, name, self.wrapped(getattr(os, name)))
        opened = Path.open

        def open_(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
            if set(mode) & set("wx"):
                self.count()
            return opened(path, mode, *rest, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", open_)

    def wrapped(self, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **more: object) -> object:
            self.count()
            return call(*arguments, **more)

        return counted

    def count(self) -> None:
        with self.guard:
            self.left -= 1
            if self.left == 0:
                self.failed = True
                raise OSError(random.Random(id(self)).choice([errno.ENOSPC, errno.EIO, errno.EACCES]), "injected")


OPERATIONS: dict[str, Callable[[Library, Path], object]] = {
    "add": lambda library, work: library.add([work]),
    "attach": lambda library, work: library.attach("p1", work / "新.png"),
    "edit": lambda library, work: library.edit("p1", Edit(summary="新")),
    "undo": lambda library, work: library.undo(),
    "catalog": lambda library, work: (library.edit("p1", Edit(summary="新")), library.refresh_catalog()),
    "from dump": lambda library, work: Library.from_dump(
        library.folder.with_name("second"), library.dump(), library.file_path, clock=Clock()
    ).close(),
    "create": lambda library, work: Library.create(library.folder.with_name("second"), PROFILE).close(),
    "open again": lambda library, work: (library.close(), Library.open(library.folder, clock=Clock()).close()),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_call_that_can_fail_leaves_before_or_after(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = set()
    for number in range(1, 60):
        folder = tmp_path / str(number)
        with new_library(folder / "library") as library:
            library.add(write_work(folder / "work", {"一.txt": "1"}))
            before = library.dump()
            write_work(folder / "new", {"甲.txt": "2", "新.png": b"\x89PNG\r\n\x1a\n", "丙.txt": "1"})
            with pytest.MonkeyPatch.context() as patch:
                calls = NthCall(patch, number)
                try:
                    OPERATIONS[name](library, folder / "new")
                    outcome = "done"
                except PortfolioError as error:
                    outcome = "told" if str(error).endswith("。") else f"told badly: {error}"
        outcomes.add(outcome)
        if calls.failed and name in ("from dump", "create"):
            assert not (folder / "second").exists() or outcome == "done" or picture(folder / "second") == {}, number
        with Library.open(folder / "library", clock=Clock()) as library:
            assert faults(library) == []
            after = library.dump()
            if after != before:
                library.undo() if name != "undo" else library.redo()
                assert library.dump() == before, "a change happened in part"
        if not calls.failed:
            break
    assert not calls.failed, "the operation never came through"
    assert outcomes == ({"done", "told"} if number > 1 else {"done"})


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
