"""A dialog that is always large enough for its words, however large the text is and however they wrap.

    style, text or layout changes -> as wide as so many characters -> as high as the words are at that width

Qt asks a window's layout for its least height at no width in particular, and cuts wrapped words when that is too little.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

SHARE = 0.95
"""Of the screen that a dialog may take."""


class Dialog(QDialog):
    """The base of our dialogs; `columns` is how many Han characters stand in a line at the least."""

    def __init__(self, title: str, parent: QWidget | None, columns: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._columns = columns
        self.finished.connect(self.deleteLater)

    def event(self, event: QEvent) -> bool:
        """Grow with the words."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.Show):
            self._make_room()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower one has to be higher."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        most = self.screen().availableGeometry().size() * SHARE
        width = max(self.fontMetrics().horizontalAdvance("國") * self._columns, layout.minimumSize().width())
        self.setMinimumWidth(min(width, most.width()))
        shown = max(self.width(), self.minimumWidth())
        needed = layout.minimumHeightForWidth(shown) if layout.hasHeightForWidth() else layout.minimumSize().height()
        self.setMinimumHeight(min(needed, most.height()))

    def sizeHint(self) -> QSize:
        """As wide as its lines, as high as that needs."""
        layout, hint = self.layout(), super().sizeHint()
        width = max(hint.width(), self.minimumWidth())
        if layout is None or not layout.hasHeightForWidth():
            return QSize(width, hint.height())
        return QSize(width, layout.totalHeightForWidth(width))
