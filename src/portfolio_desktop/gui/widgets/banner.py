"""One sentence above the page: what was done, what is in the way, with at most one thing to do about it.

It takes no focus and stops nothing; good news leave by themselves, bad news stay until they are closed or replaced.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _

GOOD_NEWS_MILLISECONDS = 9000


class Banner(QFrame):
    """The line; hidden while there is nothing to say."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._icons = icons
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
        self.close_button.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 8, 7)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.hide()

    def say(self, text: str, level: str = "hint", deed: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a sentence; `level` is ok, hint, warning or error; `deed` is a button's words and what it does."""
        mark(self, "level", level)
        self._icons.dress(self._picture, level, level, 18)
        self.text.setText(text)
        self.setAccessibleName(text)
        self._deed = deed[1] if deed else None
        self.button.setText(deed[0] if deed else "")
        self.button.setVisible(deed is not None)
        self.show()
        if level == "ok":
            self._timer.start(GOOD_NEWS_MILLISECONDS)
        else:
            self._timer.stop()

    def drop_deed(self) -> None:
        """Take the button away: what it would do is not what it says any more."""
        self._deed = None
        self.button.hide()

    def _act(self) -> None:
        deed = self._deed
        self.hide()
        if deed is not None:
            deed()
