from __future__ import annotations

import errno
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import lock as lock_module
from portfolio_desktop.library.lock import Lock, LockedError, read_note

HOLD = """
import sys
from pathlib import Path
from portfolio_desktop.library.lock import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def hold_elsewhere(path: Path) -> subprocess.Popen[bytes]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()
    process.wait()


def test_the_note_says_who_holds_it(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock")
    note = json.loads((tmp_path / "lock").read_text())
    assert (note["host"], note["process"]) == (platform.node(), os.getpid())
    assert not lock.left_behind
    lock.release()
    lock.release()
    assert (tmp_path / "lock").read_text() == ""


def test_a_second_owner_is_told_who_the_first_is(tmp_path: Path) -> None:
    first = hold_elsewhere(tmp_path / "lock")
    with pytest.raises(LockedError) as caught:
        Lock(tmp_path / "lock")
    assert caught.value.note is not None
    assert caught.value.note.process == first.pid
    assert str(first.pid) in str(caught.value)
    end(first)
    Lock(tmp_path / "lock").release()


def test_the_same_program_cannot_have_it_twice(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock")
    with pytest.raises(LockedError):
        Lock(tmp_path / "lock")
    lock.release()


def test_a_killed_owner_leaves_its_note_and_no_lock(tmp_path: Path) -> None:
    first = hold_elsewhere(tmp_path / "lock")
    first.kill()
    first.wait()
    lock = Lock(tmp_path / "lock")
    assert lock.left_behind
    assert lock.left_note is not None
    assert lock.left_note.process == first.pid
    lock.release()
    end(first)
    again = Lock(tmp_path / "lock")
    assert not again.left_behind
    again.abandon()
    third = Lock(tmp_path / "lock")
    assert third.left_behind
    third.release()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"host": "a"}', '{"host": "a", "process": "x", "since": "y"}'])
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "lock").write_text(content)
    assert read_note(tmp_path / "lock") is None
    assert str(LockedError(None))


@pytest.mark.parametrize("content", ["{", '{"host": "a", "proc', "\x00" * 40])
def test_a_note_that_was_torn_is_one_that_was_left(tmp_path: Path, content: str) -> None:
    (tmp_path / "lock").write_text(content)
    lock = Lock(tmp_path / "lock")
    assert lock.left_behind
    assert lock.left_note is None
    assert read_note(tmp_path / "lock") == lock_module.Note.of_this_process()
    lock.release()


def test_the_note_is_on_disk_before_anything_else_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _descriptor: synced.append((tmp_path / "lock").read_text()))
    lock = Lock(tmp_path / "lock")
    assert [json.loads(text)["process"] for text in synced] == [os.getpid()]
    lock.release()


def test_a_note_that_cannot_be_written_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="full"):
            Lock(tmp_path / "lock")
    Lock(tmp_path / "lock").release()  # nobody holds it


@pytest.mark.parametrize(
    ("number", "kind", "word"),
    [
        (errno.EWOULDBLOCK, LockedError, "開啟"),
        (errno.EACCES, LockedError, "開啟"),
        (errno.EDEADLK, LockedError, "開啟"),
        (errno.ENOLCK, PortfolioError, "不能鎖定"),
        (errno.EOPNOTSUPP, PortfolioError, "不能鎖定"),
        (errno.EIO, OSError, "words"),
    ],
)
def test_what_keeps_it_from_being_taken_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception], word: str
) -> None:
    def fail(_file: object) -> None:
        raise OSError(number, "words")

    monkeypatch.setattr(lock_module, "_take", fail)
    with pytest.raises(kind, match=word) as caught:
        Lock(tmp_path / "lock")
    assert (type(caught.value) is LockedError) == (kind is LockedError)


@pytest.mark.parametrize("note", [b"[" * 100_000, b'{"host": "x", "process": 1e400, "since": ""}', b"\0" * (1 << 20)])
def test_a_strange_note_is_no_note_and_left_behind(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "lock").write_bytes(note)
    assert read_note(tmp_path / "lock") is None
    held = Lock(tmp_path / "lock")
    assert held.left_behind
    assert held.left_note is None
    held.release()
    assert (tmp_path / "lock").read_bytes() == b""
