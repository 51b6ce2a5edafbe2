"""The welcome page, as layout: three ways to begin."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.student import StudentFields, grid
from portfolio_desktop.gui.widgets.card import Card
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.page import Letter
from portfolio_desktop.messages import _


class FirstRunPage(Letter):
    """Shows the ways to begin; asks with signals."""

    create_asked = Signal(object, object)
    place_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    again_asked = Signal(object)

    def __init__(self, icons: Icons, school_types: Mapping[str, str], entry_year: int, place: Path) -> None:
        super().__init__()
        self.student = StudentFields(school_types, entry_year, self)
        self.place = QLineEdit(str(place))
        self._creating = False
        self.place_button = QPushButton(_("換地方…"))
        self.create_button = QPushButton(_("建立並開始"))
        self.create_button.setProperty("primary", "true")
        self.trouble = label(wrap=True, copy=True)
        self.trouble.setProperty("level", "error")
        self.trouble.hide()
        self.open_button = QPushButton(_("開啟…"))
        self.sample_button = QPushButton(_("看看範例"))
        self.again_button = QPushButton()
        self.again_button.hide()
        self._last: Path | None = None
        self.place_button.clicked.connect(self.place_asked)
        self.create_button.clicked.connect(self._create)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button.clicked.connect(self.sample_asked)
        self.again_button.clicked.connect(lambda: self.again_asked.emit(self._last))
        self._lay_out(icons)

    def _lay_out(self, icons: Icons) -> None:
        make = Card(
            icons,
            "person",
            _("建立我的學習歷程庫"),
            _("一個資料夾，收好三年的作品。檔案只留在這臺電腦，程式不連網路。"),
        )
        make.inside.addLayout(self._form())
        make.inside.addWidget(self.trouble)
        make.inside.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignRight)
        others = QHBoxLayout()
        others.setSpacing(14)
        other = Card(icons, "folder", _("開啟已有的"), _("選從前建立的學習歷程庫資料夾。"))
        sample = Card(icons, "sample", _("先看看範例"), _("另外建一個有作品的學習歷程庫，隨便試，不影響自己的。"))
        for card, button in ((other, self.open_button), (sample, self.sample_button)):
            card.inside.addStretch(1)
            card.inside.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
            others.addWidget(card, 1)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(label(_("學習歷程工作臺"), "title"))
        column.addWidget(label(_("把作品收進來，檢查、寫好簡述、勾選，匯出成可以直接上傳的一包。"), "quiet", wrap=True))
        column.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(make)
        column.addLayout(others)
        column.addStretch(1)
        self.fill(column)
        inputs = (*(entry for _words, entry in self.student.rows()), self.place, self.place_button)
        buttons = (self.create_button, self.open_button, self.sample_button)
        for before, after in pairwise((*inputs, *buttons)):
            self.setTabOrder(before, after)

    def _form(self) -> QGridLayout:
        return grid((*self.student.rows(), (_("放在"), self.place)), self.place_button)

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.student.school_type.setFocus()

    def offer_again(self, last: Path | None) -> None:
        """Offer to open the library that was closed last, None where there is none."""
        self._last = last
        name = last.name if last is not None else ""
        self.again_button.setText(_("再開啟「{name}」").format(name=name.replace("&", "&&")))
        self.again_button.setVisible(last is not None)

    def show_place(self, place: Path) -> None:
        """Show where the library will lie."""
        self.place.setText(str(place))

    def show_trouble(self, text: str) -> None:
        """Show why a library could not be made or opened; nothing hides it."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        if text and self._creating:
            self.place.setFocus()  # what stands there is what it is about
            self.place.selectAll()
        self._creating = False

    def set_busy(self, busy: bool) -> None:
        """Take the buttons away while something is under way."""
        for button in (self.create_button, self.open_button, self.sample_button, self.again_button):
            button.setEnabled(not busy)

    def _create(self) -> None:
        self._creating = True
        self.create_asked.emit(Path(self.place.text().strip()).expanduser(), self.student.profile())
