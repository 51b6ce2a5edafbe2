"""The deep look in the background: every page and packet of what was brought in, read in guarded processes.

    library.pending_looks (lane) -> look_at (beside the lane, own readers) -> record_looks (lane) -> rows anew

It starts after adding and after opening, never twice at a time, shows itself in the status line and can be stopped; what
was not looked at is looked at the next time.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.session import READERS, Session
from portfolio_desktop.library.records import Look
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

if TYPE_CHECKING:
    from portfolio_desktop.inspection.readers import Readers


class Looking(QObject):
    """Keeps the looking going; `seen` brings the hashes of the files that were looked at."""

    seen = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._running = False
        self._again = False

    def start(self) -> None:
        """Look at what was not looked at yet; while that is going on, once more after it."""
        if self._session.read_only:
            return
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._session.ask("", errands.pending_looks, done=self._look, failed=self._ended_badly)

    def _look(self, pending: Sequence[tuple[str, Path]]) -> None:
        if not pending:
            self._running = False
            return
        self._session.outside(
            _("正在細看檔案"),
            self._work,
            list(pending),
            done=lambda _count: self._ended(),
            failed=self._ended_badly,
            cancelled=self._stopped,
            resumes=True,
        )

    def _work(self, pending: list[tuple[str, Path]], progress: Progress) -> int:
        """On a thread beside: a wish to stop ends the readers from there, since ending them may take a moment."""
        readers: Readers = importlib.import_module(READERS).Readers()
        with readers:
            look_at = importlib.import_module("portfolio_desktop.library.deep").look_at
            return int(look_at(pending, readers, self._record, progress))

    def _record(self, looks: Sequence[Look]) -> None:
        """On the worker's thread: have the lane record, and wait, so that looking never runs ahead of recording."""
        self.seen.emit(self._session.on_lane(errands.record_looks, list(looks)).result())

    def _ended(self) -> None:
        self._running = False
        if self._again:
            self.start()

    def _stopped(self) -> None:
        self._running = self._again = False

    def _ended_badly(self, error: Exception) -> None:
        self._stopped()
        self._session.jobs.failed.emit(error)
