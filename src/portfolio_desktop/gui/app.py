"""The window's door: makes the application, its appearance, its first look and what stands behind it, and lets them run.

    main(home, library) -> exit code        selftest() -> 0 when a window with a piece in it could be drawn

    application, theme ─▶ first look, with the lines of the last time ─▶ painted ─▶ unfold: editor, controller ─▶ library

Nothing that the first look does not need is imported here: the window is painted first, then the rest is made in short
steps, then the lane opens the library.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Generator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from portfolio_desktop import messages
from portfolio_desktop.bootstrap.ground import Ground, keep_log, lay
from portfolio_desktop.gui.appearance import theme
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.starting import input_method
from portfolio_desktop.gui.starting.early import Early
from portfolio_desktop.gui.starting.first_look import First, first_look
from portfolio_desktop.gui.starting.unfolding import Unfolding, at_once
from portfolio_desktop.messages import _
from portfolio_desktop.places import NAME

if TYPE_CHECKING:
    from portfolio_desktop.gui.control import Control
    from portfolio_desktop.gui.problems import Dialogs

ROOM = "portfolio_desktop.gui"
BEHIND = ("pieces.fields", "pieces.form_view", "pieces.editor", "preview.view", "problems", "session", "pieces.section")
"""Modules that the first look does not need, in the order in which they are imported behind it; assembly is the last."""


def main(home: Path | None = None, library: Path | None = None) -> int:
    """Open the window on `library`, else on the last one used, else on the welcome page; returns when it is closed."""
    app = application()
    try:
        ground = lay(home)
        with keep_log(ground.places):
            return Start(app, ground, library).run()
    except Exception as error:
        # A start that fails without a word is the worst bug report; what failed is raised on for the log and the exit code.
        problems = importlib.import_module(f"{ROOM}.problems")
        problems.BugDialog(problems.details(error), start=str(error)).exec()
        raise


class Start:
    """One run of the window, from its first look until it is closed."""

    def __init__(self, app: QApplication, ground: Ground, library: Path | None) -> None:
        self._app, self._ground, self._library = app, ground, library
        self._control: Control | None = None
        self._early: Early | None = None
        self._trouble: BaseException | None = None

    def run(self) -> int:
        """Show the window and let it work; raises what kept it from being made."""
        sys.excepthook = self._give_up
        try:
            self.look()
            code = self._app.exec()
            if self._trouble is not None:
                raise self._trouble
            return code
        finally:
            sys.excepthook = sys.__excepthook__
            if self._control is not None:
                self._control.session.close()

    def look(self) -> First:
        """The first look on the screen, the rest behind it when it is painted; without a library all of it at once."""
        appearance = dress(self._app, self._ground)
        folder = last_library(self._ground, self._library)
        first = first_look(self._ground, appearance, folder)
        appearance.put_on()
        steps = unfold(self._ground, first)
        if folder is None:
            self._made(at_once(steps))
        else:
            self._early = Early(first.window)
            Unfolding(steps, first.window).made.connect(self._made)
        first.window.show()
        return first

    def _made(self, control: Control) -> None:
        self._control = control
        importlib.import_module(f"{ROOM}.problems").catch_all(control.problems)
        control.gone.connect(self._app.quit)
        QTimer.singleShot(0, control, self._begin)

    def _begin(self) -> None:
        if self._control is None:
            return
        self._control.begin(self._library)
        if self._early is not None:
            self._early.hand_over(self._control)

    def _give_up(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """What goes wrong while the window unfolds ends the start; afterwards problems.py takes it."""
        self._trouble = self._trouble or error
        self._app.exit(1)


def application() -> QApplication:
    """The one application object, with its names and Qt's own words in Chinese."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setDesktopFileName(NAME)
    with input_method.settled(os.environ):
        app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setQuitOnLastWindowClosed(False)  # the window hides first, then puts everything away, then tells
    return app


def dress(app: QApplication, ground: Ground) -> Theme:
    """Give the application its appearance and its language."""
    look = theme.prepare(app, ground.resources, ground.settings.appearance, ground.settings.text_size)
    speak(app)
    app.setApplicationDisplayName(_("學習歷程工作臺"))
    return look


def last_library(ground: Ground, asked: Path | None) -> Path | None:
    """The folder that the window is to open: the one asked for, else the last one used, as far as it is there."""
    last = ground.settings.last_library
    folder = asked or (Path(last) if last else None)
    return folder if folder is not None and folder.is_dir() else None


def unfold(ground: Ground, first: First, dialogs: Dialogs | None = None) -> Generator[None, None, Control]:
    """Import and make what stands behind the first look, in steps."""
    for name in BEHIND:
        importlib.import_module(f"{ROOM}.{name}")
        yield
    assembly = importlib.import_module(f"{ROOM}.starting.assembly")
    yield
    talking: Dialogs = dialogs or importlib.import_module(f"{ROOM}.problems").Dialogs()
    control: Control = yield from assembly.assemble(ground, first, talking)
    return control


def build(app: QApplication, ground: Ground, dialogs: Dialogs) -> Control:
    """Make the window and its controller at once; nothing is shown and no library opened yet."""
    look = dress(app, ground)
    control = assemble(ground, look, dialogs)
    look.put_on()
    return control


def assemble(ground: Ground, look: Theme, dialogs: Dialogs, folder: Path | None = None) -> Control:
    """The same on an application that has its appearance already, with what was kept of the library in `folder`."""
    control: Control = at_once(unfold(ground, first_look(ground, look, folder), dialogs))
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
    return int(importlib.import_module("portfolio_desktop.gui.starting.selftest").run())
