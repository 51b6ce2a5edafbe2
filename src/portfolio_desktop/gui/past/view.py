"""The panel 修改紀錄, as layout: what happened, the texts, the files, a page each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.past.days import MOST, days
from portfolio_desktop.gui.past.files import FilesView
from portfolio_desktop.gui.past.texts import TextsView
from portfolio_desktop.gui.past.timeline import Timeline
from portfolio_desktop.gui.past.work import Past
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

TIMELINE, TEXTS, FILES = range(3)


class PastView(QWidget):
    """Shows a piece's past; `looked_at` each time that the panel comes into view."""

    looked_at = Signal()

    def __init__(self, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.timeline = Timeline(theme)
        self.texts = TextsView(icons, theme)
        self.files = FilesView(icons)
        self.bar = QTabBar()
        self.bar.setObjectName("inner")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(_("修改紀錄的內容"))
        for words in (_("每次修改"), _("歷來的文字"), _("歷來的檔案")):
            self.bar.addTab(words)
        self.pages = QStackedWidget()
        for page in (self.timeline, self.texts, self.files):
            self.pages.addWidget(page)
        self.bar.currentChanged.connect(self.pages.setCurrentIndex)
        self.locked = label(role="small", wrap=True)
        self.locked.setContentsMargins(16, 4, 16, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.locked)
        layout.addWidget(self.pages, 1)
        self.timeline.text_asked.connect(self._show_text)
        self.timeline.file_asked.connect(self._show_file)

    def show_past(self, past: Past) -> None:
        """Show what is known."""
        self.timeline.show_days(days(past), len(past.entries) - MOST)
        self.texts.show_past(past)
        self.files.show_past(past)
        self.locked.setText(_("這一件現在只能看；從垃圾桶放回、或以可以修改的方式開啟後，才能用回先前的內容。"))
        self.locked.setVisible(past.locked)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the panel is looked at."""
        super().showEvent(event)
        self.looked_at.emit()

    def _show_text(self, text_id: str) -> None:
        self.bar.setCurrentIndex(TEXTS)
        self.texts.show_text(text_id)

    def _show_file(self, file_id: str) -> None:
        self.bar.setCurrentIndex(FILES)
        self.files.show_file(file_id)
