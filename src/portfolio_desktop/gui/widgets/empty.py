"""What stands on a page that has nothing to show: a drawing, what this is, and what to do, with the button for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label

Way = tuple[str, Callable[[], None]]
"""What a button says, and what it does."""


class EmptyState(QWidget):
    """Centred words; `say` changes them."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._deed: Callable[[], None] | None = None
        self._other: Callable[[], None] | None = None
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = label(role="heading", wrap=True)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = label(role="quiet", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        self.second = QPushButton()
        self.second.setProperty("plain", "true")
        self.second.clicked.connect(self._act_otherwise)
        self.second.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(10)
        layout.addStretch(2)
        for widget in (self.picture, self.heading, self.text):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.second, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, icon: str, heading: str, text: str, deed: Way | None = None, other: Way | None = None) -> None:
        """Show a drawing, a heading, a sentence, a button where there is something to do, and another way below it."""
        self._icons.dress(self.picture, icon, "edge", 52)
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self._deed = deed[1] if deed else None
        self.button.setText(deed[0] if deed else "")
        self.button.setVisible(deed is not None)
        self._other = other[1] if other else None
        self.second.setText(other[0] if other else "")
        self.second.setVisible(other is not None)

    def _act(self) -> None:
        if self._deed is not None:
            self._deed()

    def _act_otherwise(self) -> None:
        if self._other is not None:
            self._other()
