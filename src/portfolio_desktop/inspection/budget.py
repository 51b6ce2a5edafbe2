"""How long a reader may go on: a look that would take too long stops by itself and says `sampled`, long before it is killed."""

from __future__ import annotations

import time

SECONDS = 6.0


class Budget:
    """Seconds of wall time, counted from now."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._end = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() >= self._end
