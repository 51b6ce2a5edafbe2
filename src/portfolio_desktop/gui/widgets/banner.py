"""One sentence with at most one thing to do about it: below the page what was done, above it what is true of everything.

It takes no focus and stops nothing. When it goes is decided by whoever says it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _

LEVELS = {"wait": "hint"}
"""How those levels look that have no look of their own."""


class Banner(QFrame):
    """The line; hidden while there is nothing to say. `answered` just before it goes by one of its own buttons."""

    answered = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None, *, name: str = "banner") -> None:
        """`name` is how it looks: `banner`, a line from side to side, or `message`, which lies on the page."""
        super().__init__(parent)
        self.setObjectName(name)
        self._icons = icons
        self.level = ""
        self._deed: Callable[[], None] | None = None
        self._picture = QLabel()
        self.text = label(wrap=True, copy=True)
        self.button = QPushButton()
        self.button.setProperty("plain", "true")
        self.button.clicked.connect(self._act)
        self.close_button = QToolButton()
        self.close_button.setProperty("plain", "true")
        icons.dress(self.close_button, "close", side=16)
        self.close_button.setAccessibleName(_("關閉這則訊息"))
        self.close_button.clicked.connect(self._go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 8, 7)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.hide()

    def say(self, text: str, level: str = "hint", deed: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a sentence; `level` is ok, hint, wait, warning or error; `deed` is a button's words and what it does."""
        self.level = level
        look = LEVELS.get(level, level)
        mark(self, "level", look)
        self._icons.dress(self._picture, look, look, 18)
        self.text.setText(text)
        self.setAccessibleName(text)
        self._deed = deed[1] if deed else None
        self.button.setText(deed[0] if deed else "")
        self.button.setVisible(deed is not None)
        self.show()

    def drop_deed(self) -> None:
        """Take the button away: what it would do is not what it says any more."""
        self._deed = None
        self.button.hide()

    def _go(self) -> None:
        self.answered.emit()
        self.hide()

    def _act(self) -> None:
        deed = self._deed
        self._go()
        if deed is not None:
            deed()
