"""Parts side by side where there is room, else one below the other.

    wide    [ category ▾ ] [ term ▾ ]          narrow, or large letters    [ category ▾ ]
                                                                           [ term ▾ ]

Its smallest width is that of its widest part: a row of them would keep a page wider than its window.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

WHOLE = Qt.AlignmentFlag(0)
"""A part takes all the room that it gets."""


class Fold(QWidget):
    """The parts, in a row from so many `characters` of width on."""

    def __init__(self, characters: int, spacing: int = 8) -> None:
        super().__init__()
        self._characters = characters
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)

    def add(self, part: QWidget, stretch: int = 0, beside: Qt.AlignmentFlag = WHOLE) -> None:
        """Add a part with its share of the width, and how it stands in it."""
        self._box.addWidget(part, stretch, beside)

    @property
    def folded(self) -> bool:
        """Whether the parts stand one below the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as the widest part."""
        items = [self._box.itemAt(place) for place in range(self._box.count())]
        widest = max((item.minimumSize().width() for item in items if item is not None), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold, or unfold."""
        super().resizeEvent(event)
        room = self._characters * self.fontMetrics().horizontalAdvance("字")
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if self.width() >= room else down)
