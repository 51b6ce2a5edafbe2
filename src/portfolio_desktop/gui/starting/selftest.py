"""The window tries itself: what the smoke test of a packaged program runs, with no screen and no home of its own.

a library in a temporary folder -> a picture planned and brought in -> its piece shown -> the window drawn -> closed -> 0
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QTimer
from PySide6.QtGui import QIcon

from portfolio_desktop.bootstrap.ground import lay
from portfolio_desktop.gui.app import application, build
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.library.profile import Profile

LONGEST_MILLISECONDS = 60_000


def run() -> int:
    """0 when a window with a piece in it could be drawn, 1 when not; what went wrong goes to standard error."""
    app = application()
    with tempfile.TemporaryDirectory(prefix="portfolio-selftest-") as folder:
        place = Path(folder)
        control = build(app, lay(place / "home"), Dialogs())
        window = control.parts.window
        picture = place / "自我測試.png"
        picture.write_bytes(_png(window.windowIcon()))
        outcome = [1]

        def look() -> None:
            if _is_drawn(control, picture.stem):
                outcome[0] = 0
                window.close()

        def failed(error: Exception) -> None:
            sys.stderr.write(f"selftest: {error}\n")
            window.close()

        control.session.jobs.failed.connect(failed)
        intake = (
            control.pieces.intake
        )  # made before the library opens: whatever plan there was goes with the one before
        intake.ready.connect(intake.confirm)
        control.session.opened.connect(lambda _shelf: intake.bring([picture]))
        control.pieces.listing.picked.connect(lambda _row: QTimer.singleShot(0, window, look))
        control.gone.connect(app.quit)
        QTimer.singleShot(LONGEST_MILLISECONDS, window, window.close)
        window.show()
        control.session.create(place / "library", Profile("general", 113))
        app.exec()
        control.session.close()
    return outcome[0]


def _is_drawn(control: Control, title: str) -> bool:
    row = control.pieces.writing.row
    return row is not None and row.piece.title == title and not control.parts.window.grab().toImage().isNull()


def _png(icon: QIcon) -> bytes:
    """The program's icon as a picture to bring in."""
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    icon.pixmap(128, 128).save(data, "PNG")
    return bytes(data.data().data())
