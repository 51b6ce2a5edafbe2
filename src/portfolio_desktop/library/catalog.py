"""catalog.json: the canonical dump beside the database, written whole or not at all.

With `files/` it is enough to rebuild the database. Writing it takes half a second with ten thousand pieces, so a change
does not wait for it: the window asks for it when nobody works (`Library.refresh_catalog`), closing writes it, and a change
does when it has been due for half a minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from portfolio_desktop import durable

NAME = "catalog.json"
OVERDUE = 30.0  # seconds


class Catalog:
    """The file of one library; `dump` makes its content. `stale` while a change is not in it."""

    def __init__(self, folder: Path, dump: Callable[[], bytes], *, stale: bool) -> None:
        self.path = folder / NAME
        self._dump = dump
        self._stale_since = time.monotonic() if stale else None

    @property
    def stale(self) -> bool:
        """Whether a change is not in it yet."""
        return self._stale_since is not None

    def changed(self) -> None:
        """Something changed: write only when that is overdue."""
        now = time.monotonic()
        if self._stale_since is None:
            self._stale_since = now
        elif now - self._stale_since >= OVERDUE:
            self.refresh()

    def refresh(self) -> None:
        """Write the file when it is stale; raises OSError when it cannot be written, and the old one stays."""
        if self._stale_since is None:
            return
        durable.write(self.path, self._dump())
        self._stale_since = None
