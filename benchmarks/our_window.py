"""Our window on a library, ended as soon as rows stand on the screen: what goal 6 times.

The program's own way to start (gui/app.py), with one pair of eyes added: the first painting of the table that has rows
ends the process. Bare (without --home) it would be the program's `main`.

    python -m benchmarks.our_window HOME LIBRARY
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.app import application, build
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.problems import Dialogs


class Eyes(QObject):
    """Watches the table; rows that were painted end the process."""

    def __init__(self, control: Control) -> None:
        super().__init__()
        self.control = control
        control.parts.page.table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """After a painting with rows, let the screen have it, and end."""
        if event.type() == QEvent.Type.Paint and self.control.parts.model.rowCount():
            QTimer.singleShot(0, self, lambda: os._exit(0))
        return False


def main() -> int:
    """Open the window as the program does."""
    home, library = map(Path, sys.argv[1:3])
    app = application()
    control = build(app, lay(home), Dialogs())
    eyes = Eyes(control)
    control.parts.window.show()
    QTimer.singleShot(0, control, lambda: control.begin(library))
    code = app.exec()
    eyes.deleteLater()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
