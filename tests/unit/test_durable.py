from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from portfolio_desktop import durable


def failing(number: int) -> object:
    def call(*_arguments: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


def test_a_file_is_written_whole_and_synced_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    synced: list[str] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()) if sys.platform == "linux" else "")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    durable.write(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    if sys.platform == "linux":
        assert synced == [str(tmp_path / "a.new"), str(tmp_path)]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, call, failing(errno.ENOSPC))
    with pytest.raises(OSError, match="space"):
        durable.write(tmp_path / "a", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_that_cannot_sync_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    durable.write(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_disk_in_trouble_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match="put"):
        durable.sync_folder(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_protection_is_only_a_precaution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "a").open("wb") as file:
        durable.protect(file)
        assert (tmp_path / "a").stat().st_mode & 0o222 == 0
        monkeypatch.setattr(os, "fchmod", failing(errno.EPERM))
        durable.protect(file)
    monkeypatch.setattr(Path, "chmod", failing(errno.EPERM))
    durable.set_mode(tmp_path / "a", 0o644)


def test_a_name_that_is_held_for_a_moment_is_tried_again_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").write_bytes(b"new")
    replace, tries = os.replace, list[object]()

    def held_twice(source: Path, target: Path) -> None:
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "held")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held_twice)
    with pytest.raises(PermissionError):
        durable.move(tmp_path / "new", tmp_path / "a") if sys.platform != "win32" else held_twice(tmp_path, tmp_path)
    tries.clear()
    monkeypatch.setattr(durable, "PAUSES", (0.0,) * 4)
    monkeypatch.setattr(sys, "platform", "win32")
    durable.move(tmp_path / "new", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(tries) == 3
