"""catalog.json: the canonical dump beside the database, written whole or not at all.

With `files/` it is enough to rebuild the database. Writing it takes half a second with ten thousand pieces, so a change
does not wait for it: the window asks for it when nobody works (`Library.refresh_catalog`), closing writes it, and a change
does when it has been due for half a minute.

What a person changed is safe in the database before: a catalog that cannot be written is told in the log, tried again
later, and never reported as a change that was not stored.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError

NAME = "catalog.json"
OVERDUE = 30.0  # seconds

logger = logging.getLogger(__name__)


class Catalog:
    """The file of one library; `dump` makes its content, `note` remembers it before it is written. `stale` while a change is not in it."""

    def __init__(self, folder: Path, dump: Callable[[], bytes], note: Callable[[bytes], None], *, stale: bool) -> None:
        self.path = folder / NAME
        self._dump = dump
        self._note = note
        self._due = time.monotonic() + OVERDUE if stale else None
        self.keep: Callable[[], None] | None = None
        """Keeps what lies there, before it is written over for the first time: where that may hold what the database lacks."""

    @property
    def stale(self) -> bool:
        """Whether a change is not in it yet."""
        return self._due is not None

    def changed(self) -> None:
        """Something changed: write only when that is overdue. Never raises for a disk that cannot take it."""
        now = time.monotonic()
        if self._due is None or (now >= self._due and not self.attempt()):
            self._due = now + OVERDUE

    def attempt(self) -> bool:
        """Write the file when it is stale; whether it is up to date now. A failure goes into the log."""
        try:
            self.refresh()
        except (OSError, PortfolioError) as error:
            logger.warning("%s was not written and is tried again later: %s", self.path, error)
        return not self.stale

    def refresh(self) -> None:
        """Write the file when it is stale; raises OSError or PortfolioError when it cannot be written, and the old one stays."""
        if self._due is not None:
            self.rewrite()

    def rewrite(self) -> None:
        """Write the file whether it is stale or not; raises OSError or PortfolioError when it cannot be written."""
        if self.keep is not None:
            self.keep()
            self.keep = None
        content = self._dump()
        self._note(content)
        durable.write(self.path, content)
        self._due = None
