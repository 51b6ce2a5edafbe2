"""What is seen while a library takes long to be put away: the window has gone, the automatic copy is still being made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

WIDTH = 380


class Farewell(QWidget):
    """A small window in the middle of where the large one was; it goes by itself, and not before."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self._done = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("學習歷程工作臺"))
        self.setWindowIcon(window.windowIcon())
        self.words = label(_("正在收好學習歷程庫：另存一份資料庫的副本，馬上就好。"), wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("正在收好"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        self.move(window.frameGeometry().center() - self.rect().center())

    def leave(self) -> None:
        """Everything is put away."""
        self._done = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay until then: nobody should switch the computer off now."""
        if self._done:
            super().closeEvent(event)
        else:
            event.ignore()
