"""The last backup and the last drill in two sentences, and the button to the page 安全."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _


class SafetyLine(QFrame):
    """The line at the end of the page."""

    asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("card")
        self._icons = icons
        self.picture = QLabel()
        self.backup = label(wrap=True, copy=True)
        self.drill = label(role="small", wrap=True)
        self.button = QPushButton(_("到「安全」"))
        self.button.setAccessibleName(_("到「安全」：備份、檢查、演練、救回"))
        self.button.clicked.connect(self.asked)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.backup)
        words.addWidget(self.drill)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 14, 20, 14)
        line.setSpacing(12)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_words(self, level: str, backup: str, drill: str) -> None:
        """Show what is known of the last backup, and of the last drill."""
        self._icons.dress(
            self.picture, "safety" if level == "ok" else level, level, max(22, self.fontMetrics().height())
        )
        self.backup.setText(backup)
        self.drill.setText(drill)
        self.setAccessibleName(backup)
        self.setAccessibleDescription(drill)
