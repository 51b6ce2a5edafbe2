"""The summary's page, as layout: the text in large, its countings below, questions or earlier texts beside it.

    ‹ 回到內容   水質調查報告
    ┌ the text, large ────────────┐ │ 怎麼寫 · 先前的簡述
    │                             │ │ questions, or what it once said
    └─────────────────────────────┘ │
    73 / 100 ✓ …   every counting   │

The text is the field of the editor itself, lent to this page while it is open: whatever is typed is kept as always.
"""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.pieces.findings import FindingsList
from portfolio_desktop.gui.pieces.held import Held
from portfolio_desktop.gui.pieces.mends import mend_words
from portfolio_desktop.gui.pieces.summary import SummaryField
from portfolio_desktop.gui.summary.guide import Guide
from portfolio_desktop.gui.summary.tally import Tally
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.gui.widgets.labels import elided, rule
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.past.texts import TextsView

TEXTS = "portfolio_desktop.gui.past.texts"
GUIDE, EARLIER = range(2)
BESIDE = 46
"""Characters of width from which on the questions stand beside the text, not below it."""
SHARES = (3, 2)
"""How text and questions share the room, until they are moved."""


class SummaryPage(QWidget):
    """The layout; `back_asked` by the button or Escape, `earlier_asked` when earlier texts come into view."""

    back_asked = Signal()
    earlier_asked = Signal()
    texts_made = Signal(object)

    def __init__(self, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._icons, self._theme = icons, theme
        self._field: SummaryField | None = None
        self.back = QPushButton(_("回到內容"))
        self.back.setProperty("plain", "true")
        icons.dress(self.back, "previous")
        self.back.setToolTip(_("回到這一件的其他欄位（Esc）"))
        self.back.clicked.connect(self.back_asked)
        self.heading = elided(role="heading")
        self.held = Held(icons)
        self.tally = Tally(icons)
        self.findings = FindingsList(icons, mend_words(), compact=True)
        self.guide = Guide()
        self.none = EmptyState(icons)
        self.none.say("document", _("還沒有先前的簡述"), _("開始寫之後，每次停筆的樣子都會留在這裡，隨時可以用回。"))
        self.bar = QTabBar()
        self.bar.setObjectName("inner")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(_("簡述旁邊的內容"))
        for words in (_("怎麼寫"), _("先前的簡述")):
            self.bar.addTab(words)
        self.beside = QStackedWidget()
        earlier = QScrollArea()
        earlier.setWidgetResizable(True)
        earlier.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (self.guide, earlier, self.none):
            self.beside.addWidget(page)
        self._earlier = earlier
        self.bar.currentChanged.connect(self._turn)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        desk = QWidget()
        desk.setObjectName("paper")
        self._desk = QVBoxLayout(desk)
        self._desk.setContentsMargins(4, 4, 24, 20)
        self._desk.setSpacing(14)
        self._desk.addWidget(rule())
        self._desk.addWidget(self.tally)
        self._desk.addWidget(self.findings)
        writing = QScrollArea()
        writing.setWidgetResizable(True)
        writing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        writing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        writing.setWidget(desk)
        side = QWidget()
        side.setObjectName("side")
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 4, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.bar)
        beside.addWidget(self.beside, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(writing)
        self.split.addWidget(side)
        for place, share in enumerate(SHARES):
            self.split.setStretchFactor(place, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 4, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.held)
        layout.addWidget(self.split, 1)

    @cached_property
    def texts(self) -> TextsView:
        """The earlier texts, made when they are first looked at."""
        made: TextsView = importlib.import_module(TEXTS).TextsView(self._icons, self._theme, only="summary")
        self._earlier.setWidget(made)
        self.texts_made.emit(made)
        return made

    @property
    def field(self) -> SummaryField | None:
        """The field that is lent to this page."""
        return self._field

    def take(self, field: SummaryField) -> None:
        """Have the text on this page."""
        self._field = field
        field.set_large(large=True)
        field.counted.connect(self.tally.show_breakdown)
        self._desk.insertWidget(0, field, 1)
        field.show()
        field.recount()

    def give_back(self) -> SummaryField | None:
        """Let go of the text, where there is one."""
        field, self._field = self._field, None
        if field is not None:
            field.counted.disconnect(self.tally.show_breakdown)
            self._desk.removeWidget(field)
            field.set_large(large=False)
        return field

    def show_beside(self, place: int) -> None:
        """Show the questions, or the earlier texts."""
        self.bar.setCurrentIndex(place)

    def show_earlier(self, *, some: bool) -> None:
        """Show the earlier texts, or that there are none, where they are wanted."""
        if self.bar.currentIndex() == EARLIER:
            self.beside.setCurrentWidget(self._earlier if some else self.none)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape, but not out of the middle of a word."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._field is None or not self._field.composing():
            self.back_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large letters, the questions stand below the text."""
        super().resizeEvent(event)
        wide = self.width() >= BESIDE * self.fontMetrics().horizontalAdvance("字")
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if orientation is not self.split.orientation() or not event.oldSize().isValid():
            self.split.setOrientation(orientation)
            room = self.width() if wide else self.height()
            self.split.setSizes([room * share // sum(SHARES) for share in SHARES])

    def _turn(self, place: int) -> None:
        if place == GUIDE:
            self.beside.setCurrentWidget(self.guide)
        else:
            self.earlier_asked.emit()
