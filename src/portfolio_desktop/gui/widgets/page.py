"""A page that is read like a letter: one column, no wider than lines can be read, scrolled where there is more of it.

page = Letter(); page.fill(column)        in the middle of a wide window, or at its left (beside the sections)
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QWidget

LETTERS = 52
"""The width of the column, in letters: it grows with the text."""
MIDDLE, LEFT = QMargins(28, 36, 28, 28), QMargins(20, 4, 20, 16)


class Letter(QScrollArea):
    """The page; what is in the column is its owner's."""

    def __init__(self, *, middle: bool = True, letters: int = LETTERS) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._middle, self._letters = middle, letters
        self._sheet = QWidget()

    def fill(self, column: QLayout) -> None:
        """Put the column in, once."""
        self._sheet.setLayout(column)
        self._measure()
        page = QWidget()
        page.setObjectName("page")
        outer = QHBoxLayout(page)
        outer.setContentsMargins(MIDDLE if self._middle else LEFT)
        if self._middle:
            outer.addStretch(1)
        outer.addWidget(self._sheet, 1000)  # all the room there is, up to its widest
        outer.addStretch(1)
        self.setWidget(page)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        self._sheet.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * self._letters)
