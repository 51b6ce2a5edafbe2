"""Decides how large the text is and in which colours the window is: chosen in a menu, by keys or in the settings, remembered here.

larger | smaller | usual | dress  ─▶ Theme ─▶ chosen ─▶ the menu's ticks, the settings file
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from portfolio_desktop import settings
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.frame.actions import APPEARANCE
from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.session import Session

SIZES = (100, 110, 125, 150, 175, 200)
"""Sizes of text in percent of the usual one."""


class Dressing(QObject):
    """The controller of how the window looks."""

    def __init__(self, session: Session, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._theme, self._actions = session, theme, window.actions_
        appearances = QActionGroup(self)
        for name in APPEARANCE:
            appearances.addAction(self._actions[name])
        theme.chosen.connect(self._chosen)
        self._show()

    def larger(self) -> None:
        """Show text in the next larger size."""
        self._enlarge(next((size for size in SIZES if size > self._theme.percent), self._theme.percent))

    def smaller(self) -> None:
        """Show text in the next smaller size."""
        self._enlarge(next((size for size in reversed(SIZES) if size < self._theme.percent), self._theme.percent))

    def usual(self) -> None:
        """Show text in its usual size."""
        self._enlarge(100)

    def dress(self, name: str) -> None:
        """Put on what an action of the menu names."""
        self._theme.use(APPEARANCE[name])

    def _enlarge(self, percent: int) -> None:
        if percent != self._theme.percent:
            self._theme.enlarge(percent)

    def _chosen(self) -> None:
        self._show()
        wanted = {"appearance": self._theme.appearance, "text_size": self._theme.percent}
        ground = self._session.ground
        if any(getattr(ground.settings, name) != value for name, value in wanted.items()):
            # At once, though the disk may take a moment: the window may be closed the next instant.
            kept = settings.remember(ground.places.settings, **wanted)
            self._session.ground = replace(ground, settings=kept)

    def _show(self) -> None:
        percent = self._theme.percent
        self._actions.enable("larger", percent < SIZES[-1])
        self._actions.enable("smaller", percent > SIZES[0])
        self._actions.enable("usual_size", percent != 100)
        for name, appearance in APPEARANCE.items():
            self._actions[name].setChecked(appearance == self._theme.appearance)
