"""Decides how large the text is and in which colours the window is: chosen in a menu, by keys or in the settings, remembered here.

larger | smaller | usual ─▶ wanted ─▶ Theme ─▶ chosen ─▶ the menu's ticks, the settings file
                            dress ─▶

Every widget is styled anew for a size: presses that follow each other closely are gathered, the last one counts.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QActionGroup

from portfolio_desktop import settings
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.frame.actions import APPEARANCE
from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.session import Session

SIZES = (100, 110, 125, 150, 175, 200)
"""Sizes of text in percent of the usual one."""
GATHERING_MILLISECONDS = 60


class Dressing(QObject):
    """The controller of how the window looks."""

    def __init__(self, session: Session, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._theme, self._actions = session, theme, window.actions_
        appearances = QActionGroup(self)
        for name in APPEARANCE:
            appearances.addAction(self._actions[name])
        for name in ("larger", "smaller"):
            self._actions[name].setAutoRepeat(False)
        self._wanted = theme.percent
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(GATHERING_MILLISECONDS)
        self._gathering.timeout.connect(self._enlarge)
        theme.chosen.connect(self._chosen)
        self._show()

    def larger(self) -> None:
        """Show text in the next larger size."""
        self._want(next((size for size in SIZES if size > self._wanted), self._wanted))

    def smaller(self) -> None:
        """Show text in the next smaller size."""
        self._want(next((size for size in reversed(SIZES) if size < self._wanted), self._wanted))

    def usual(self) -> None:
        """Show text in its usual size."""
        self._want(100)

    def dress(self, name: str) -> None:
        """Put on what an action of the menu names."""
        self._theme.use(APPEARANCE[name])

    def _want(self, percent: int) -> None:
        self._wanted = percent
        self._show()
        self._gathering.start()

    def _enlarge(self) -> None:
        if self._wanted != self._theme.percent:
            self._theme.enlarge(self._wanted)

    def _chosen(self) -> None:
        if not self._gathering.isActive():
            self._wanted = self._theme.percent
        self._show()
        wanted = {"appearance": self._theme.appearance, "text_size": self._theme.percent}
        ground = self._session.ground
        if any(getattr(ground.settings, name) != value for name, value in wanted.items()):
            # At once, though the disk may take a moment: the window may be closed the next instant.
            kept = settings.remember(ground.places.settings, **wanted)
            self._session.ground = replace(ground, settings=kept)

    def _show(self) -> None:
        self._actions.enable("larger", self._wanted < SIZES[-1])
        self._actions.enable("smaller", self._wanted > SIZES[0])
        self._actions.enable("usual_size", self._wanted != 100)
        for name, appearance in APPEARANCE.items():
            self._actions[name].setChecked(appearance == self._theme.appearance)
