"""Who holds a library, and where to find them: the words of a lock that is held."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from portfolio_desktop.library.lock import LockedError, Note
from portfolio_desktop.library.owner import is_alive, whereabouts

SINCE = "2025-03-01T08:00:00+08:00"


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_running_process_is_here(ended: int) -> None:
    assert whereabouts(platform.node(), os.getpid()) == "here"
    assert whereabouts(platform.node().upper(), os.getpid()) == "here"
    assert whereabouts(platform.node(), ended) == "gone"
    assert whereabouts(f"{platform.node()}-2", os.getpid()) == "elsewhere"


@pytest.mark.parametrize("process", [0, -1, 2**31, 2**70])
def test_numbers_that_no_process_has(process: int) -> None:
    assert not is_alive(process)


def test_somebody_else_s_process_is_alive_too() -> None:
    assert is_alive(1) or sys.platform == "win32"


def test_each_is_told_in_its_own_words(ended: int) -> None:
    here = LockedError(Note(platform.node(), os.getpid(), SINCE))
    gone = LockedError(Note(platform.node(), ended, SINCE))
    elsewhere = LockedError(Note("圖書館-07", 12, SINCE))
    unknown = LockedError(None)
    assert [error.where for error in (here, gone, elsewhere, unknown)] == ["here", "gone", "elsewhere", None]
    assert len({str(error) for error in (here, gone, elsewhere, unknown)}) == 4
    assert "圖書館-07" in str(elsewhere)
    assert "已經不在" in str(gone)
    for error in (here, gone, elsewhere, unknown):
        assert "唯讀" in str(error)
