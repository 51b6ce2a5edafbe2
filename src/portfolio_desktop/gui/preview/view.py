"""The preview's layout: whose file, its size against the limit, ways out of the program, and one of three below:

reader.py   pages and images        playing/view.py   sound and film (made when the first one is shown)        a sentence
"""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.preview.reader import Reader
from portfolio_desktop.gui.preview.size_bar import SizeBar, Weight
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.playing.view import PlayerView

PLAYER = "portfolio_desktop.gui.playing.view"
FACTS = 12
"""Letters that what is told of a file has beside the ways out of the program; less would be a column of scraps."""


class PreviewView(QWidget):
    """Shows what it is given; asks with signals."""

    file_chosen = Signal(int)
    open_asked = Signal()
    reveal_asked = Signal()
    copy_asked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._icons = icons
        self.files = QTabBar()
        self.files.setAccessibleName(_("這一件的檔案"))
        self.files.setExpanding(False)
        self.files.setDrawBase(False)
        self.files.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setUsesScrollButtons(True)
        self.files.currentChanged.connect(self.file_chosen)
        self.facts = label(role="small", wrap=True)
        self.size_bar = SizeBar(icons)
        self.grip = QLabel()
        icons.dress(self.grip, "drag", side=20)
        self.grip.setCursor(Qt.CursorShape.OpenHandCursor)
        self.grip.setToolTip(_("按住拖到瀏覽器、郵件或資料夾：拖出去的是副本"))
        self.grip.setAccessibleName(_("拖出檔案"))
        self.copy_button = self._tool("copy", _("複製檔案"), _("複製檔案（Ctrl+C），再貼到資料夾、郵件或瀏覽器"))
        self.copy_button.clicked.connect(self.copy_asked)
        self.reveal_button = self._tool("folder", _("在資料夾中顯示"), _("在資料夾中顯示副本；收好的那一份不會動"))
        self.reveal_button.clicked.connect(self.reveal_asked)
        self.open_button = QPushButton(_("開啟"))
        icons.dress(self.open_button, "open")
        self.open_button.setToolTip(_("用系統的程式開啟副本；收好的那一份不會動"))
        self.open_button.clicked.connect(self.open_asked)
        self.reader = Reader(icons)
        self.message = label(role="quiet", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(24)
        self.body = QStackedWidget()
        self.body.addWidget(self.message)
        self.body.addWidget(self.reader)
        self._lay_out()

    def _tool(self, icon: str, words: str, tip: str) -> QToolButton:
        button = QToolButton()
        self._icons.dress(button, icon)
        button.setAccessibleName(words)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        told = QHBoxLayout()
        told.addWidget(self.grip)
        told.addWidget(self.facts, 1)
        self._ways = QHBoxLayout()
        self._ways.addStretch(1)
        for button in (self.copy_button, self.reveal_button, self.open_button):
            self._ways.addWidget(button)
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setContentsMargins(16, 8, 16, 0)
        self.top.addLayout(told, 1)
        self.top.addLayout(self._ways)
        size = QHBoxLayout()
        size.setContentsMargins(16, 0, 16, 0)
        size.addWidget(self.size_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.files)
        layout.addLayout(self.top)
        layout.addLayout(size)
        layout.addWidget(self.body, 1)

    @cached_property
    def player(self) -> PlayerView:
        """The player's view, made when the first sound or film is shown."""
        made: PlayerView = importlib.import_module(PLAYER).PlayerView(self._icons)
        self.body.addWidget(made)
        return made

    def show_files(self, names: list[str], chosen: int) -> None:
        """Offer the piece's files as tabs."""
        blocked = self.files.blockSignals(True)
        while self.files.count():
            self.files.removeTab(0)
        for place, name in enumerate(names):
            self.files.addTab(name)
            self.files.setTabToolTip(place, name)
        self.files.setCurrentIndex(chosen)
        self.files.blockSignals(blocked)
        for part in (self.files, self.grip, self.facts, self.size_bar):
            part.setVisible(bool(names))
        for button in (self.copy_button, self.reveal_button, self.open_button):
            button.setVisible(bool(names))

    def show_facts(self, words: str, weight: Weight) -> None:
        """Show what matters about the file, and how large it is."""
        self.facts.setText(words)
        self.size_bar.show_weight(weight)

    def show_message(self, text: str) -> None:
        """Show a sentence where the picture would be."""
        self.message.setText(text)
        self.body.setCurrentWidget(self.message)

    def show_picture(self, image: QImage, largest: int | None) -> None:
        """Show a page or an image; `largest` as in Canvas."""
        self.reader.canvas.show_picture(image, largest)
        self.body.setCurrentWidget(self.reader)

    def show_player(self) -> None:
        """Show the player."""
        self.body.setCurrentWidget(self.player)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the ways out below what is told of the file where there is little room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """The same where the text has grown."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        needed = self._ways.sizeHint().width() + FACTS * self.facts.fontMetrics().horizontalAdvance("字")
        directions = QBoxLayout.Direction
        self.top.setDirection(directions.LeftToRight if needed <= self.width() else directions.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the file with the keyboard, wherever the focus is in here."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)
