"""Filling a stage: whichever way bytes are copied, what was written is read back and proven."""

from __future__ import annotations

import errno
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from helpers.bundles import Shelf, noise, small_plan, tree
from portfolio_desktop.bundle import archive, staging
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import DamageError
from portfolio_desktop.progress import Cancelled, Progress

ENDINGS = pytest.mark.parametrize("ending", ["", ".zip"])
SIZE = 3 * staging.CHUNK + 17


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


def refuse(code: int, after: int = 0) -> Callable[..., int]:
    """A system copy that fails after so many bytes, as on another file system."""
    done = {"bytes": 0}

    def copy(source: int, sink: int, count: int, *_offsets: Any) -> int:
        if done["bytes"] >= after:
            raise OSError(code, os.strerror(code))
        data = os.read(source, min(count, after - done["bytes"]))
        done["bytes"] += len(data)
        return os.write(sink, data)

    return copy


@ENDINGS
@pytest.mark.parametrize("code", [errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL])
@pytest.mark.parametrize("after", [0, 1000])
def test_where_the_system_cannot_copy_by_itself(
    shelf: Shelf, tmp_path: Path, ending: str, code: int, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "copy_file_range", refuse(code, after), raising=False)
    written = archive.write(small_plan(shelf, 2, SIZE), shelf.path, tmp_path / f"out{ending}")
    assert verify(written.path).sound


def test_where_there_is_no_such_call(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "copy_file_range", raising=False)
    assert verify(archive.write(small_plan(shelf, 2, SIZE), shelf.path, tmp_path / "out").path).sound


@ENDINGS
def test_both_ways_give_the_same_bytes(
    shelf: Shelf, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_plan(shelf, 3, SIZE)
    one = archive.write(plan, shelf.path, tmp_path / f"one{ending}").path
    monkeypatch.delattr(os, "copy_file_range", raising=False)
    two = archive.write(plan, shelf.path, tmp_path / f"two{ending}").path
    assert (tree(one) == tree(two)) if one.is_dir() else (one.read_bytes() == two.read_bytes())


@ENDINGS
def test_a_medium_that_writes_other_bytes_is_found_out(
    shelf: Shelf, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = staging._copy

    def copy(source: BinaryIO, sink: BinaryIO, size: int, progress: Progress) -> None:
        at = sink.tell()
        real(source, sink, size, progress)
        sink.seek(at + size // 2)
        sink.write(b"\x00\xff")

    monkeypatch.setattr(staging, "_copy", copy)
    (tmp_path / "desk").mkdir()
    with pytest.raises(DamageError, match="讀回來不一樣"):
        archive.write(small_plan(shelf, 2, SIZE), shelf.path, tmp_path / "desk" / f"out{ending}")
    assert list((tmp_path / "desk").iterdir()) == []


@pytest.mark.parametrize("name", ["header", "central"])
def test_a_zip_whose_frame_was_written_wrong_is_found_out(
    shelf: Shelf, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(staging.stored_zip.Slot, name)

    def other(self: Any, crc: int) -> bytes:
        content: bytes = real(self, crc)
        return content.replace("清單".encode(), "清淡".encode())

    monkeypatch.setattr(staging.stored_zip.Slot, name, other)
    with pytest.raises(DamageError):
        archive.write(small_plan(shelf), shelf.path, tmp_path / "out.zip")


def test_it_can_be_stopped_in_the_middle_of_a_file(shelf: Shelf, tmp_path: Path) -> None:
    sha256, _md5, size = shelf.put(noise(SIZE))

    class StopsSoon(Progress):
        looks = 0

        def check(self) -> None:
            self.looks += 1
            if self.looks > 2:
                self.cancel()
            super().check()

    sink_path = tmp_path / "sink"
    with shelf.path(sha256).open("rb", buffering=0) as source, sink_path.open("x+b", buffering=0) as sink:
        staging._copy(source, sink, size, Progress())
        with pytest.raises(Cancelled):
            staging._digest(sink, 0, size, StopsSoon())


def test_files_are_on_their_way_before_anything_else_is_known(shelf: Shelf, tmp_path: Path) -> None:
    """A sheet takes a while to be made: meanwhile the files are copied."""
    plan = small_plan(shelf, 2)
    files = {target.path: target for target in plan.targets}
    places = {target.sha256: shelf.path(target.sha256) for target in plan.targets}
    (tmp_path / "stage").mkdir()
    with staging.Filling(staging.FolderStage(tmp_path / "stage"), places, Progress()) as filling:
        filling.add(files)
        while not all((tmp_path / "stage" / path).exists() for path in files):
            threading.Event().wait(0.01)
        filling.add({"清單.csv": b"x"})
        assert list(filling.finish()) == [*files, "清單.csv"]


def test_what_has_not_begun_is_dropped_when_filling_is_left(shelf: Shelf, tmp_path: Path) -> None:
    plan = small_plan(shelf, 40)
    files = {target.path: target for target in plan.targets}
    (tmp_path / "stage").mkdir()
    begun = threading.Event()

    class Held(Progress):
        def check(self) -> None:
            begun.set()
            left.wait()
            super().check()

    left = threading.Event()
    places = {target.sha256: shelf.path(target.sha256) for target in plan.targets}

    def leave_early() -> None:
        with staging.Filling(staging.FolderStage(tmp_path / "stage"), places, Held()) as filling:
            filling.add(files)
            begun.wait()
            threading.Timer(0.05, left.set).start()
            raise LookupError

    with pytest.raises(LookupError):
        leave_early()
    assert 0 < sum(path.is_file() for path in (tmp_path / "stage").rglob("*")) < len(files)


def test_members_are_made_durable_as_they_come(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "SYNC_EVERY", 2 * SIZE)
    synced: list[int] = []
    monkeypatch.setattr(staging.durable, "sync_file", lambda file: synced.append(file.fileno()))
    archive.write(small_plan(shelf, 6, SIZE), shelf.path, tmp_path / "out.zip")
    assert len(synced) == 3 + 1


def test_the_manifest_is_the_last_member_of_a_zip(shelf: Shelf, tmp_path: Path) -> None:
    plan = small_plan(shelf, 3)
    with zipfile.ZipFile(archive.write(plan, shelf.path, tmp_path / "out.zip").path) as file:
        names = file.namelist()
    files, made = names[: len(plan.targets)], names[len(plan.targets) : -1]
    assert files == sorted(target.path for target in plan.targets)
    assert made == sorted(made)
    assert names[-1] == "manifest.json"


def test_members_lie_one_behind_the_other(shelf: Shelf, tmp_path: Path) -> None:
    path = archive.write(small_plan(shelf, 3), shelf.path, tmp_path / "out.zip").path
    with zipfile.ZipFile(path) as file:
        at = 0
        for info in file.infolist():
            assert info.header_offset == at
            at += 30 + len(info.filename.encode()) + info.file_size
        assert file.start_dir == at
