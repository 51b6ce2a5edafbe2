"""What is asked for before the window can do it: a key, a menu or the cross, while the start is still unfolding.

    Ctrl+Q, Ctrl+I, … ─▶ noted ─▶ hand_over(control): what can be done by now ─▶ the opening is over: the rest that can be

A window that is on the screen is one that people use. What they press in its first second waits for it to be ready.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from portfolio_desktop.gui.frame.window import MainWindow

if TYPE_CHECKING:
    from portfolio_desktop.gui.control import Control

CLOSING = "quit"
"""What the cross of the window's frame stands for."""


class Early(QObject):
    """Notes what is asked of a window whose controller is not there yet, in its order."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked: list[QAction] = []
        self._without_deed = True
        for _menu, name, action in window.actions_.listed():
            action.triggered.connect(partial(self._note_deedless, name))
        window.close_asked.connect(partial(self._note_deedless, CLOSING))
        window.installEventFilter(self)

    def hand_over(self, control: Control) -> None:
        """The actions have their deeds now: do what was asked for, up to the first that has to wait for the library."""
        self._without_deed = False
        control.opening.busy.connect(self._opening)
        while self._asked and self._asked[0].isEnabled():
            self._asked.pop(0).trigger()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the keys of actions that cannot be done yet: Qt gives those to the window as any other key."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination())
            for _menu, _name, action in self._window.actions_.listed():
                if not action.isEnabled() and keys in action.shortcuts():
                    self._asked.append(action)
                    return True
        return False

    def _note_deedless(self, name: str, _checked: bool = False) -> None:
        if self._without_deed:
            self._asked.append(self._window.actions_[name])

    def _opening(self, busy: bool) -> None:
        if not busy:
            self._window.removeEventFilter(self)
            QTimer.singleShot(
                0, self, self._settle
            )  # whoever hears of the library after this one enables what can be done

    def _settle(self) -> None:
        """The opening is over, however it went: do what can be done, and forget the rest, which nobody expects any more."""
        asked, self._asked = self._asked, []
        for action in asked:
            if action.isEnabled():
                action.trigger()
