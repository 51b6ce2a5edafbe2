"""The program's own way to start with a pair of eyes on it; see our_window.py.

run(home, library, whole)  ->  ends the process when rows were painted, or closes the window when everything is there
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.app import Start, application
from portfolio_desktop.gui.starting.first_look import First

if TYPE_CHECKING:
    from portfolio_desktop.gui.control import Control


class Eyes(QObject):
    """Watches the table; rows that were painted end the process."""

    def __init__(self, first: First) -> None:
        super().__init__()
        self.first = first
        first.page.table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """After a painting with rows, let the screen have it, and end."""
        if event.type() == QEvent.Type.Paint and self.first.model.rowCount():
            QTimer.singleShot(0, self, lambda: os._exit(0))
        return False


class Watched(Start):
    """A start with the eyes on it, or with a student who closes the window when everything is there."""

    whole = False

    def look(self) -> First:
        """The first look, watched."""
        first = super().look()
        if not self.whole:
            self.eyes = Eyes(first)
        return first

    def _made(self, control: Control) -> None:
        super()._made(control)
        if self.whole:
            control.pieces.listing.filled.connect(control.parts.window.close)


def run(home: Path, library: Path, *, whole: bool) -> int:
    """Open the window on a library; returns only when it was closed."""
    start = Watched(application(), lay(home), library)
    start.whole = whole
    return start.run()
