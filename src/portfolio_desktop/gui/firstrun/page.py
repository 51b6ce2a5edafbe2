"""The welcome page, as layout: three ways to begin."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.widgets.card import Card
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.library.profile import Profile, SchoolType
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import SCHOOL_TYPES

WIDEST = 720


class FirstRunPage(QScrollArea):
    """Shows the ways to begin; asks with signals."""

    create_asked = Signal(object, object)
    place_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()

    def __init__(self, icons: Icons, school_types: Mapping[str, str], entry_year: int, place: Path) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.school_type = Choice(_("學校類型"))
        self.school_type.fill((code, _(school_types[code])) for code in SCHOOL_TYPES)
        self.school_type.choose(SCHOOL_TYPES[0])
        self.entry_year = Choice(_("入學年"))
        years = range(entry_year + 1, entry_year - 4, -1)
        self.entry_year.fill(
            (str(year), _("{year} 學年度（{western} 年 8 月入學）").format(year=year, western=year + 1911))
            for year in years
        )
        self.entry_year.choose(str(entry_year))
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("可不填"))
        self.school = QLineEdit()
        self.school.setPlaceholderText(_("可不填"))
        self.place = QLineEdit(str(place))
        self.place_button = QPushButton(_("換地方…"))
        self.create_button = QPushButton(_("建立並開始"))
        self.create_button.setProperty("primary", "true")
        self.trouble = label(wrap=True, copy=True)
        self.trouble.setProperty("level", "error")
        self.trouble.hide()
        self.open_button = QPushButton(_("開啟…"))
        self.sample_button = QPushButton(_("看看範例"))
        self.place_button.clicked.connect(self.place_asked)
        self.create_button.clicked.connect(self._create)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button.clicked.connect(self.sample_asked)
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
        column.addWidget(make)
        column.addLayout(others)
        column.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        middle.setLayout(column)
        page = QWidget()
        page.setObjectName("page")
        outer = QHBoxLayout(page)
        outer.setContentsMargins(28, 32, 28, 28)
        outer.addStretch(1)
        outer.addWidget(middle, 20)
        outer.addStretch(1)
        self.setWidget(page)
        inputs = (self.school_type, self.entry_year, self.name, self.school, self.place, self.place_button)
        buttons = (self.create_button, self.open_button, self.sample_button)
        for before, after in pairwise((*inputs, *buttons)):
            self.setTabOrder(before, after)

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(14)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("學校類型"), self.school_type),
            (_("入學年"), self.entry_year),
            (_("姓名"), self.name),
            (_("學校"), self.school),
            (_("放在"), self.place),
        )
        for at, (words, entry) in enumerate(rows):
            name = label(words)
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name.setBuddy(entry)
            entry.setAccessibleName(words)
            grid.addWidget(name, at, 0)
            grid.addWidget(entry, at, 1, 1, 1 if entry is self.place else 2)
        grid.addWidget(self.place_button, len(rows) - 1, 2)
        grid.setColumnStretch(1, 1)
        return grid

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.school_type.setFocus()

    def show_place(self, place: Path) -> None:
        """Show where the library will lie."""
        self.place.setText(str(place))

    def show_trouble(self, text: str) -> None:
        """Show why a library could not be made or opened; nothing hides it."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        """Take the buttons away while something is under way."""
        for button in (self.create_button, self.open_button, self.sample_button):
            button.setEnabled(not busy)

    def _create(self) -> None:
        code = self.school_type.code()
        school_type = next(known for known in get_args(SchoolType) if known == code)
        profile = Profile(
            school_type,
            int(self.entry_year.code()),
            self.name.text().strip(),
            self.school.text().strip(),
        )
        self.create_asked.emit(Path(self.place.text().strip()).expanduser(), profile)
