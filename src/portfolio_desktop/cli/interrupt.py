"""Ctrl-C on the command line: the first asks the work to stop at its next step, the second stops it where it is.

Work that was stopped leaves nothing half-done: steps lie between transactions, files are written beside and renamed.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from portfolio_desktop.progress import Progress

INTERRUPTED = 130
"""The exit code that shells know for it."""


@contextmanager
def cancels(progress: Progress) -> Iterator[None]:
    """While the context lasts, Ctrl-C (and a polite end from outside) cancels `progress`; the second time it interrupts."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        if progress.cancelled:
            raise KeyboardInterrupt
        progress.cancel()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def at_once() -> Iterator[None]:
    """While the context lasts, Ctrl-C interrupts the first time: a question is waited for, and nothing is half done."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
