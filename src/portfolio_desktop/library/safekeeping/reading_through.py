"""Many files read through at once: hashing lets go of Python's lock, so each core does its share.

items -> work(item, stop) on THREADS threads -> results, in the order of the items      each
path -> SHA-256                                                                         digest
"""

from __future__ import annotations

import errno
import functools
import hashlib
import io
import operator
import os
import stat
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from portfolio_desktop.progress import Cancelled, Progress

Item = TypeVar("Item")
Result = TypeVar("Result")

THREADS = max(2, min(4, os.cpu_count() or 2))
BLOCK = 1 << 20
"""Bytes read at once: each read costs a turn of the interpreter, for which the other threads wait."""
_FLAGS = functools.reduce(
    operator.or_, (getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_NOFOLLOW", "O_BINARY", "O_CLOEXEC"))
)
"""A pipe that took a file's place meanwhile is not waited for, a link not followed."""


class Stop(Progress):
    """Carries the wish to stop into the work on one item, and none of its steps out; can be stopped by itself too."""

    def __init__(self, outer: Progress) -> None:
        super().__init__()
        self._outer = outer

    def check(self) -> None:
        """Raise Cancelled when either was stopped."""
        self._outer.check()
        super().check()


def each(
    items: Sequence[Item],
    work: Callable[[Item, Progress], Result],
    progress: Progress,
    name: Callable[[Item], str],
    size: Callable[[Item], int],
) -> list[Result]:
    """Do the work on every item, the largest first so that no thread waits for the last; progress counts items.

    Raises Cancelled when stopped, and whatever the work raises; the other threads then end at their next block.
    """
    results: dict[int, Result] = {}
    waiting = iter(sorted(range(len(items)), key=lambda number: -size(items[number])))
    guard, stop = threading.Lock(), Stop(progress)

    def take_turns() -> None:
        try:
            while not stop.cancelled:
                with guard:
                    number = next(waiting, None)
                if number is None:
                    return
                done = work(items[number], stop)
                with guard:
                    results[number] = done
                    progress.step(len(results), len(items), name(items[number]))
        except BaseException:
            stop.cancel()
            raise

    with ThreadPoolExecutor(THREADS, thread_name_prefix="reading") as pool:
        turns = [pool.submit(take_turns) for _thread in range(min(THREADS, len(items)))]
        try:
            failures = [error for error in (turn.exception() for turn in turns) if error is not None]
        except BaseException:  # interrupted while waiting
            stop.cancel()
            raise
    for error in sorted(failures, key=lambda error: isinstance(error, Cancelled) and not progress.cancelled):
        raise error  # what stopped the others comes before what they said to it
    progress.check()  # the wish came with the last item
    return [results[number] for number in range(len(items))]


class _Buffers(threading.local):
    """Each thread's own: a fresh block for every file would cost more than hashing some."""

    def __init__(self) -> None:
        self.block = bytearray(BLOCK)


_buffers = _Buffers()


def digest(path: str, stop: Progress) -> str:
    """The SHA-256 of a regular file. Raises OSError, for what is no file too, and Cancelled."""
    sha256, block = hashlib.sha256(), _buffers.block
    view = memoryview(block)
    with io.FileIO(os.open(path, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        while size := file.readinto(block):
            stop.check()
            sha256.update(view[:size])
    return sha256.hexdigest()
