"""A progress bar for long work: on a terminal only, and only after 0.3 s.

    [██████████··········]  50%  1,000/2,000  報告.pdf

Drawn on standard error, so that standard output holds results alone; wiped before anything else is printed there.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time

from portfolio_desktop.cli.width import clean, cut
from portfolio_desktop.progress import Step

PATIENCE = 0.3
"""Seconds before a bar appears: shorter work needs none."""
PERIOD = 0.1
"""Seconds between two drawings."""
CELLS = 20


class Bar:
    """Draws the steps that it is given; usable from several threads. Does nothing where `live` is False."""

    def __init__(self, *, live: bool) -> None:
        self._live = live
        self._next = time.monotonic() + PATIENCE
        self._drawn = False
        self._lock = threading.Lock()

    def show(self, step: Step) -> None:
        """Draw a step, if enough time went by."""
        if not self._live or time.monotonic() < self._next:
            return
        with self._lock:
            self._next = time.monotonic() + PERIOD
            line = drawing(step, shutil.get_terminal_size().columns - 1)
            sys.stderr.write(f"\r{line}\x1b[K")
            sys.stderr.flush()
            self._drawn = True

    def wipe(self) -> None:
        """Clear the line, so that something else can be printed."""
        with self._lock:
            if self._drawn:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                self._drawn = False


def drawing(step: Step, columns: int) -> str:
    """The bar's text for a step, at most `columns` wide."""
    what = clean(step.what)
    if step.total <= 0:
        return cut(f"{step.done:,}  {what}", columns)
    share = min(max(step.done / step.total, 0.0), 1.0)
    filled = round(share * CELLS)
    bar = "█" * filled + "·" * (CELLS - filled)
    return cut(f"[{bar}] {share:4.0%}  {step.done:,}/{step.total:,}  {what}", columns)
