"""The loudest message there is: a failed check. It stands above every page and cannot be closed, only mended.

!  檢查發現 2 個問題        「水質調查」「校慶海報」的檔案壞了 …        [從備份救回]  [看是哪些]
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _


class Alarm(QFrame):
    """The bar; hidden while nothing is wrong."""

    mend_asked = Signal()
    show_asked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm")
        picture = QLabel()
        icons.dress(picture, "error", "on_error", 30)
        self.heading = label(role="heading", wrap=True)
        self.text = label(wrap=True, copy=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.text)
        self.mend_button = QPushButton(_("從備份救回"))
        self.mend_button.setToolTip(_("用備份裡一模一樣的內容換掉壞掉的"))
        self.mend_button.clicked.connect(self.mend_asked)
        self.show_button = QPushButton(_("看是哪些"))
        self.show_button.clicked.connect(self.show_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 12, 14, 12)
        layout.setSpacing(14)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.mend_button)
        layout.addWidget(self.show_button)
        self.hide()

    def say(self, heading: str, text: str, *, mendable: bool) -> None:
        """Show what is wrong and what to do."""
        self.heading.setText(heading)
        self.text.setText(text)
        self.setAccessibleName(f"{heading} {text}")
        self.mend_button.setVisible(mendable)
        self.show()
