"""catalog.json: the canonical dump beside the database, written whole or not at all.

It is refreshed after changes, but never so often that writing it takes more than a fiftieth of the time, and at close.
With `files/` it is enough to rebuild the database, so it lags behind by seconds at most while the program lives.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

NAME = "catalog.json"
SHORTEST = 2.0  # seconds between two writings
SHARE = 50


class Catalog:
    """The file of one library; `dump` makes its content. `stale` while a change is not in it."""

    def __init__(self, folder: Path, dump: Callable[[], bytes], *, stale: bool) -> None:
        self.path = folder / NAME
        self.stale = stale
        self._dump = dump
        self._written = time.monotonic()
        self._cost = 0.0

    def changed(self) -> None:
        """Something changed: write now when it is time, otherwise at a later change or at close."""
        self.stale = True
        if time.monotonic() - self._written >= max(SHORTEST, SHARE * self._cost):
            self.refresh()

    def refresh(self) -> None:
        """Write the file when it is stale; raises OSError when it cannot be written, and the old one stays."""
        if not self.stale:
            return
        began = time.monotonic()
        unfinished = self.path.with_name(f"{NAME}.new")
        try:
            with unfinished.open("wb") as file:
                file.write(self._dump())
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, self.path)  # noqa: PTH105 - the one call whose atomicity is documented
        finally:
            unfinished.unlink(missing_ok=True)
            self._written = time.monotonic()
            self._cost = self._written - began
        self.stale = False
