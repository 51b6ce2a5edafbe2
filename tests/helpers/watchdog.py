"""How long the window's thread is held: by one deed, and by each turn of the event loop that follows it.

    watch = Watchdog()   watch.turn("sorted", deed)  …  watch.longest  ->  (0.021, "sorted")

In the thread's own processor time, which a loaded machine does not stretch; `LIMIT` is what no turn
may take here, in a build that others run on slower machines; the benchmark of goal 7 holds it to 0.1.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

LIMIT = 0.2
"""Seconds."""
IDLE = 0.0005
MOST_TURNS = 200


class Watchdog:
    """Takes down the longest turn and what was being done."""

    def __init__(self) -> None:
        self.longest = (0.0, "")

    def turn(self, what: str, deed: Callable[[], object]) -> float:
        """Do something, and let the loop turn until it is idle; the longest that this held the thread."""
        longest = self._time(deed)
        for _turn in range(MOST_TURNS):
            took = self._time(lambda: QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 0))
            longest = max(longest, took)
            if took < IDLE:
                break
        self.longest = max(self.longest, (longest, what))
        return longest

    def _time(self, deed: Callable[[], object]) -> float:
        began = time.thread_time()
        deed()
        return time.thread_time() - began
