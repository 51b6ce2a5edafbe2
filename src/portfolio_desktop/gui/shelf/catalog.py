"""Keeps catalog.json near the truth while the window is open, so that even a crash leaves a fresh one.

    some work ended ─▶ quiet for a few seconds, nobody typing ─▶ Library.refresh_catalog on the lane (nothing where nothing changed)

Writing it takes half a second with ten thousand pieces: an edit never waits for it, and it never comes between two words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.session import Session

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

QUIET_MILLISECONDS = 5_000
AGAIN_MILLISECONDS = 60_000


class CatalogCare(QObject):
    """The controller; `typing` tells whether something is being written at the moment."""

    def __init__(self, session: Session, typing: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._typing = typing
        self._own: Job | None = None
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        session.jobs.ended.connect(self._ended)

    def _ended(self, job: Job) -> None:
        if job is self._own:
            self._own = None
        elif not self._session.read_only and self._own is None:
            self._timer.start(QUIET_MILLISECONDS)

    def _refresh(self) -> None:
        if self._session.read_only:
            return
        if self._typing():
            self._timer.start(QUIET_MILLISECONDS)
            return
        self._own = self._session.ask("", _write, done=self._written, failed=self._failed)

    def _written(self, _nothing: object) -> None:
        self._told = False

    def _failed(self, error: Exception) -> None:
        """Say it once; every change is safe in the database all the same."""
        self._timer.start(AGAIN_MILLISECONDS)
        if not self._told:
            self._told = True
            self._session.jobs.failed.emit(error)


def _write(desk: Desk) -> None:
    desk.library.refresh_catalog()
