"""The deep look in the background: every page and packet of what was brought in, read in guarded processes.

    library.pending_looks (lane) -> look_deeper (beside the lane, own readers) -> recorded (lane) -> rows anew

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
from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.session import Session
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.deeper import Ask

DEEPER = "portfolio_desktop.bootstrap.deeper"


class Looking(QObject):
    """Keeps the looking going; `seen` brings the hashes of the files that were looked at."""

    seen = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._running = False
        self._again = False
        session.opened.connect(lambda _shelf: self.rest())

    def start(self) -> None:
        """Look at what was not looked at yet; while that is going on, once more after it."""
        if self._session.read_only:
            return
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._session.ask("", errands.pending_looks, done=self._look, failed=self._ended_badly, cancelled=self._stopped)

    def rest(self) -> None:
        """Stop for now: the library is another one, or an export looks at the same files; `start` goes on."""
        if self._job is not None:
            self._job.cancel()
            self._running, self._job = False, None

    def _look(self, pending: Sequence[tuple[str, Path]]) -> None:
        if not pending:
            self._running = False
            return
        ask = self._session.asker()
        self._job = job = self._session.outside(
            _("正在逐頁檢查檔案"),
            self._work,
            lambda work: ask(work).result(),
            done=lambda _count: self._ended(),
            failed=self._ended_badly,
            cancelled=lambda: self._stopped(job),
            resumes=True,
        )

    def _work(self, ask: Ask, progress: Progress) -> int:
        """On a thread beside, where a wish to stop also ends the readers: that may take a moment."""
        return int(importlib.import_module(DEEPER).look_deeper(ask, progress, self.seen.emit))

    def _ended(self) -> None:
        self._running, self._job = False, None
        if self._again:
            self.start()

    def _stopped(self, job: Job | None = None) -> None:
        if job is self._job:
            self._running = self._again = False
            self._job = None

    def _ended_badly(self, error: Exception) -> None:
        self._stopped(self._job)
        self._session.jobs.failed.emit(error)
