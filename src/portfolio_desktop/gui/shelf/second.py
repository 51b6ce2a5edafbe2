"""A library that somebody has open already: show that window, or read only. Decides what is offered and what comes of it.

locked(folder, LockedError) -> Question:  顯示已開啟的視窗   (it is on this computer, and listens)
                                          以唯讀方式開啟
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.shelf import beckoning
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.messages import _

PATIENCE_MILLISECONDS = 3000
STEP_MILLISECONDS = 50

log = logging.getLogger(__name__)


class Second(QObject):
    """The controller: `shown` when the other window came, `silent(folder, sentence)` when it did not."""

    shown = Signal()
    silent = Signal(object, str)

    def __init__(self, dialogs: Dialogs, window: QWidget, places: Path, read: Callable[[Path], object]) -> None:
        """`places` is the folder of beckoning.py; `read` opens a library only to read."""
        super().__init__(window)
        self._dialogs, self._window, self._places, self._read = dialogs, window, places, read
        self._waiting = QTimer(self)
        self._waiting.setInterval(STEP_MILLISECONDS)
        self._waiting.timeout.connect(self._look)
        self._left = 0
        self._asked: tuple[Path, int] | None = None

    def offer(self, folder: Path, error: LockedError) -> None:
        """Ask what is wanted."""
        answers = [Answer(_("以唯讀方式開啟"), lambda: self._read(folder))]
        note = error.note
        if note is not None and error.where == "here" and beckoning.listens(self._places, note.process):
            answers.insert(0, Answer(_("顯示已開啟的視窗"), lambda: self.call(folder, note.process)))
        self._dialogs.show(Question(self._heading(error), str(error), answers, self._window))

    def call(self, folder: Path, process: int) -> None:
        """Ask the other window to come, and wait a moment for it."""
        try:
            beckoning.beckon(self._places, process)
        except OSError as trouble:
            log.info("the other window could not be called: %s", trouble)
            self._give_up(folder)
            return
        self._asked, self._left = (folder, process), PATIENCE_MILLISECONDS // STEP_MILLISECONDS
        self._waiting.start()

    def _look(self) -> None:
        if self._asked is None:
            return
        folder, process = self._asked
        self._left -= 1
        if beckoning.came(self._places, process):
            self._waiting.stop()
            self.shown.emit()
        elif self._left <= 0:
            self._waiting.stop()
            beckoning.call_off(self._places, process)
            self._give_up(folder)

    def _give_up(self, folder: Path) -> None:
        self.silent.emit(folder, _("那個視窗沒有回應；可能正忙著。請從工作列切換過去，或改以唯讀方式開啟。"))

    @staticmethod
    def _heading(error: LockedError) -> str:
        if error.where == "elsewhere":
            return _("學習歷程庫在另一臺電腦上開著")
        return _("學習歷程庫還鎖著") if error.where == "gone" else _("學習歷程庫已經開著了")
