"""Our window on a library, ended as soon as rows stand on the screen: what goal 6 times.

The program's own way to start (gui/app.py), with one pair of eyes added: the first painting of the table that has rows
ends the process. With `--whole` it ends by being closed, as soon as the library was read: what it keeps for its next
start is kept then.

    python -m benchmarks.our_window HOME LIBRARY [--whole]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.app import Start, application
from portfolio_desktop.gui.first_look import First

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


def main() -> int:
    """Open the window as the program does."""
    home, library = map(Path, sys.argv[1:3])
    start = Watched(application(), lay(home), library)
    start.whole = "--whole" in sys.argv
    return start.run()


if __name__ == "__main__":
    raise SystemExit(main())
