"""The window's door: makes the application, its appearance, its parts and its controller, and lets them run.

    main(home, library) -> exit code        selftest() -> 0 when a window with a piece in it could be drawn

Nothing of the library is imported here: the window is painted first, then the lane opens the library.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from portfolio_desktop import messages
from portfolio_desktop.bootstrap.ground import Ground, keep_log, lay
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui import parts, theme
from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.jobs import Jobs
from portfolio_desktop.gui.memory import Memory
from portfolio_desktop.gui.problems import BugDialog, Dialogs, catch_all, details
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.theme import Theme
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.summary import SummaryCount, count
from portfolio_desktop.places import NAME


def main(home: Path | None = None, library: Path | None = None) -> int:
    """Open the window on `library`, else on the last one used, else on the welcome page; returns when it is closed."""
    app = application()
    try:
        ground = lay(home)
        with keep_log(ground.places):
            control = build(app, ground, Dialogs())
            catch_all(control.problems)
            control.gone.connect(app.quit)
            control.parts.window.show()
            # Once the loop runs and the window has been painted, so that nobody looks at an empty screen.
            QTimer.singleShot(0, control, lambda: control.begin(library))
            try:
                return app.exec()
            finally:
                sys.excepthook = sys.__excepthook__
                control.session.close()
    except Exception as error:
        # A start that fails without a word is the worst bug report; what failed is raised on for the log and the exit code.
        BugDialog(details(error), start=str(error)).exec()
        raise


def application() -> QApplication:
    """The one application object, with its names and Qt's own words in Chinese."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setDesktopFileName(NAME)
    app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setQuitOnLastWindowClosed(False)  # the window hides first, then puts everything away, then tells
    return app


def build(app: QApplication, ground: Ground, dialogs: Dialogs) -> Control:
    """Make the window and its controller; nothing is shown and no library opened yet."""
    look = theme.prepare(app, ground.resources)
    speak(app)
    app.setApplicationDisplayName(_("學習歷程工作臺"))
    control = assemble(ground, look, dialogs)
    look.follow_system()
    return control


def assemble(ground: Ground, look: Theme, dialogs: Dialogs) -> Control:
    """The same on an application that has its appearance already."""
    jobs = Jobs()
    session = Session(ground, jobs)
    held: list[Control] = []

    def rules() -> Rules:
        row = held[0].pieces.writing.row if held else None
        return session.rules(row.piece.term.year if row and row.piece.term else None)

    def counted(text: str) -> SummaryCount:
        return count(text, rules())

    made = parts.make(ground, look, jobs, counted)
    control = Control(session, made, Memory(ground.places.settings, ground.settings.window), dialogs)
    held.append(control)
    return control


def speak(app: QApplication) -> None:
    """Let Qt's own dialogs, menus and calendars speak the language in use."""
    if messages.current() != messages.SOURCE_LANGUAGE:
        QLocale.setDefault(QLocale(QLocale.Language.English))
        return
    words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(QLocale(QLocale.Language.Chinese, QLocale.Country.Taiwan), "qtbase", "_", folder):
        app.installTranslator(words)


def selftest() -> int:
    """Open the window on a library of its own, show a piece, draw it, and go; 0 when all of that worked."""
    return int(importlib.import_module("portfolio_desktop.gui.selftest").run())
