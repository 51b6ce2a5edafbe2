"""How long a reader may go on: a look that would take too long stops by itself and says `sampled`, long before it is killed.

Mostly the processor's time counts, so that a busy computer finds the same as an idle one.
"""

from __future__ import annotations

import time

WORK = 5.0
WAIT = 8.0


class Budget:
    """Seconds of processor time and of wall time, counted from now."""

    def __init__(self, work: float = WORK, wait: float = WAIT) -> None:
        self._work = time.process_time() + work
        self._wait = time.monotonic() + wait

    @property
    def over(self) -> bool:
        """Whether either is used up."""
        return time.process_time() >= self._work or time.monotonic() >= self._wait
