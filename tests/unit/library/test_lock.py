from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert lock.left_behind is None
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
    assert lock.left_behind is not None
    assert lock.left_behind.process == first.pid
    lock.release()
    end(first)
    again = Lock(tmp_path / "lock")
    assert again.left_behind is None
    again.abandon()
    third = Lock(tmp_path / "lock")
    assert third.left_behind is not None
    third.release()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"host": "a"}', '{"host": "a", "process": "x", "since": "y"}'])
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "lock").write_text(content)
    assert read_note(tmp_path / "lock") is None
    assert str(LockedError(None))
