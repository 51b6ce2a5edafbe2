"""A start in steps: the window is painted, then what stands behind it is made, a turn of the event loop for each step.

    watch(window) ── first painting ──▶ step ─▶ step ─▶ … ─▶ made(result)

Between two steps the window moves, scrolls and is painted. One that is never painted (started minimised) unfolds as well.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

UNSEEN_MILLISECONDS = 400


class Unfolding(QObject):
    """Takes the steps of a generator; `made` brings what it returns."""

    made = Signal(object)

    def __init__(self, steps: Generator[None, None, Any], window: QWidget) -> None:
        super().__init__(window)
        self._steps, self._window = steps, window
        self._begun = False
        window.installEventFilter(self)
        QTimer.singleShot(UNSEEN_MILLISECONDS, self, self._begin)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin when the window is painted, and let that happen first."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._window.removeEventFilter(self)
            self._step()

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration as end:
            self.made.emit(end.value)
        else:
            QTimer.singleShot(0, self, self._step)


def at_once(steps: Generator[None, None, Any]) -> Any:
    """Take all steps now, for a window that is not on the screen; what the generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
