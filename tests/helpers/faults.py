"""The n-th call to the file system goes wrong: it fails, or the process is killed right before it.

with failing(patch, 3, errno.ENOSPC) as calls: …     calls.came    whether it came so far
killing(7)                                             in a process of its own: SIGKILL before the seventh
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WRITES = ("fsync", "replace", "mkdir", "fchmod", "unlink", "rmdir")
"""Calls between which the disk differs: being killed elsewhere leaves the same."""
CALLS = (*WRITES, "open", "read", "scandir", "lstat")


class Calls:
    """Counts calls on paths below `folder` (those on an open file all count); `hit` happens at the n-th."""

    def __init__(self, folder: Path, number: int, hit: Callable[[], object]) -> None:
        self.folder = str(folder)
        self.left = number
        self.hit = hit
        self.came = False
        self._guard = threading.Lock()

    def wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            if self._is_ours(arguments):
                with self._guard:
                    self.left -= 1
                    now = self.left == 0
                if now:
                    self.came = True
                    self.hit()
            return call(*arguments, **more)

        return counted

    def _is_ours(self, arguments: tuple[Any, ...]) -> bool:
        if not arguments or isinstance(arguments[0], int):
            return True
        with contextlib.suppress(TypeError):
            return os.fsdecode(arguments[0]).startswith(self.folder)
        return False


def failing(patch: pytest.MonkeyPatch, folder: Path, number: int, code: int) -> Calls:
    """Make the n-th call fail, once."""

    def fail() -> None:
        raise OSError(code, os.strerror(code), "injected")

    calls = Calls(folder, number, fail)
    for name in CALLS:
        patch.setattr(os, name, calls.wrapped(getattr(os, name)))
    _streams(calls, lambda name, call: patch.setattr(Path, name, call))
    return calls


def killing(folder: Path, number: int) -> Calls:
    """Kill this process right before the n-th call that writes."""
    calls = Calls(folder, number, lambda: os.kill(os.getpid(), signal.SIGKILL))
    for name in WRITES:
        setattr(os, name, calls.wrapped(getattr(os, name)))
    _streams(calls, lambda name, call: setattr(Path, name, call))
    return calls


def _streams(calls: Calls, put: Callable[[str, Callable[..., Any]], None]) -> None:
    """`Path.open` does not pass by `os.open`."""
    put("open", calls.wrapped(Path.open))
