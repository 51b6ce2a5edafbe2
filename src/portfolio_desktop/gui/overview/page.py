"""The page 總覽, as layout: what needs attention, the three years, the last backup; before there is any work, how to begin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.overview.attention import AttentionCard
from portfolio_desktop.gui.overview.cells import unfinished_words
from portfolio_desktop.gui.overview.safety import SafetyLine
from portfolio_desktop.gui.overview.shapes import Legend
from portfolio_desktop.gui.overview.years import YearsTable
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.gui.widgets.flow import Flow
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.page import Letter
from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term

if TYPE_CHECKING:
    from portfolio_desktop.gui.overview.work import Prospect

LETTERS = 84
"""The width of the page, in letters: the picture has more to show than words."""


class YearsCard(QFrame):
    """The picture with its legend, what it comes to in words, and the ticks of each school year."""

    year_asked = Signal(int)

    def __init__(self, theme: Theme, category_name: Callable[[str | None], str]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.words = label(role="quiet", wrap=True)
        self.table = YearsTable(theme, category_name)
        self.years: list[QPushButton] = []
        self._line = Flow(spacing=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(label(_("三年的全貌"), "heading"))
        layout.addWidget(self.words)
        layout.addWidget(Legend(theme))
        layout.addWidget(self.table)
        layout.addLayout(self._line)

    def show_prospect(self, prospect: Prospect, entry_year: int, limits: dict[int, tuple[int, int]]) -> None:
        """Show the picture; `limits` are the quotas of each school year: course results, activities."""
        shown, total = prospect.picture, prospect.picture.total
        now = Term.of(prospect.now.date())
        self.words.setText(
            _("共 {count} 件：寫好了 {ready} 件，認證成功 {certified} 件，已勾選 {ticked} 件{but}。").format(
                count=total.count,
                ready=total.ready,
                certified=total.certified,
                ticked=total.ticked,
                but=unfinished_words(total),
            )
        )
        self.table.show_picture(shown, entry_year, now)
        self._offer(list(shown.used))
        for button, (year, used) in zip(self.years, shown.used.items(), strict=True):
            course, activity = limits[year]
            words = _("{year} 學年度勾選\n課程 {course} / {course_limit}，多元 {activity} / {activity_limit}")
            button.setText(
                words.format(
                    year=year,
                    course=used["course"],
                    course_limit=course,
                    activity=used["activity"],
                    activity_limit=activity,
                )
            )
            button.setAccessibleName(button.text().replace("\n", "　"))

    def _offer(self, years: list[int]) -> None:
        if [button.property("year") for button in self.years] == years:
            return
        while (taken := self._line.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.years = []
        for year in years:
            button = QPushButton()
            button.setProperty("year", year)
            button.clicked.connect(lambda _checked=False, year=year: self.year_asked.emit(year))
            self._line.addWidget(button)
            self.years.append(button)


class OverviewPage(QStackedWidget):
    """Shows a Prospect, or how to begin; asks with signals."""

    item_asked = Signal(object)
    cell_asked = Signal(object)
    year_asked = Signal(int)
    safety_asked = Signal()
    add_asked = Signal()
    sample_asked = Signal()

    def __init__(self, icons: Icons, theme: Theme, category_name: Callable[[str | None], str]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.attention = AttentionCard(icons)
        self.years = YearsCard(theme, category_name)
        self.safety = SafetyLine(icons)
        self.beginning = EmptyState(icons)
        self.waiting = EmptyState(icons)
        self.attention.asked.connect(self.item_asked)
        self.attention.filled.connect(self._order)
        self.years.table.cell_asked.connect(self.cell_asked)
        self.years.year_asked.connect(self.year_asked)
        self.safety.asked.connect(self.safety_asked)
        self.addWidget(self.waiting)
        self.addWidget(self.beginning)
        self.content = self._body()
        self.addWidget(self.content)

    def show_waiting(self) -> None:
        """Show that the pieces are being read."""
        self.waiting.say("overview", _("正在讀取作品"), "")
        self.setCurrentWidget(self.waiting)

    def show_beginning(self, *, writable: bool) -> None:
        """Show what to do with a library that has no pieces yet."""
        add = (_("收進檔案…"), self.add_asked.emit) if writable else None
        self.beginning.say(
            "import",
            _("從第一件作品開始"),
            _(
                "把報告、照片、影片拖進這個視窗就好，整個資料夾也可以；檔案會複製一份收好，原檔不會動。\n"
                "收進來以後，這裡會告訴你接下來要做什麼，也看得到三年的全貌。"
            ),
            add,
            (_("先看看範例"), self.sample_asked.emit),
        )
        self.setCurrentWidget(self.beginning)

    def show_prospect(self, prospect: Prospect, entry_year: int, limits: dict[int, tuple[int, int]]) -> None:
        """Show what there is."""
        self.attention.show_items(prospect.items)
        self.years.show_prospect(prospect, entry_year, limits)
        self.safety.show_words(*prospect.backup, prospect.drill)
        self.setCurrentWidget(self.content)
        self._order()

    def _order(self) -> None:
        """Let the tab key go from top to bottom: what was made anew would otherwise come last."""
        lines = [line.button for line in self.attention.lines]
        stops = [*lines, self.attention.more, self.years.table, *self.years.years, self.safety.button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _body(self) -> Letter:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self.attention, self.years, self.safety):
            column.addWidget(card)
        column.addStretch(1)
        made = Letter(middle=False, letters=LETTERS)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.fill(column)
        return made
