"""The bar above the list: table or cards, what is shown, how it is ordered; and a chip for everything that narrows it.

    [回到「總覽」]  [list][cards]  要處理 5  篩選 ▾  排列 ▾      [有要修正的地方 ×] [113-1 ×] [草稿 ×] [全部顯示]

Looks only. What there is to choose from is asked for when a menu opens; how many need attention is told at every change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QToolButton, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.filters import EVERYTHING, NO_TERM, Facets, Filter
from portfolio_desktop.gui.pieces.lines import GROUPINGS, Column, Grouping, View
from portfolio_desktop.gui.widgets.flow import Flow
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.readiness import STATE_NAMES

MARGINS = (12, 2, 12, 8)


class Bar(QWidget):
    """The controls and the chips; `facets` and `term_words` are set by whoever knows the library."""

    view_asked = Signal(str)
    filter_asked = Signal(object)
    order_asked = Signal(int, bool)
    grouping_asked = Signal(str)
    back_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._filter = EVERYTHING
        self._order: tuple[Column, bool] = (Column.CHANGED, True)
        self._grouping: Grouping = ""
        self._chips: list[QPushButton] = []
        self.facets: Callable[[], Facets] = Facets
        self.term_words: Callable[[str], str] = str
        self._layout = Flow(self)
        self._layout.setContentsMargins(*MARGINS)
        self.back = QPushButton()
        self.back.setProperty("plain", "true")
        icons.dress(self.back, "previous", "accent", 18)
        self.back.clicked.connect(self.back_asked)
        self.back.hide()
        self._layout.addWidget(self.back)
        self.views: Mapping[str, QToolButton] = {
            "table": self._view("table", "list", _("清單")),
            "cards": self._view("cards", "cards", _("卡片")),
        }
        self.views["table"].setChecked(True)
        group = QButtonGroup(self)
        for view in self.views.values():
            group.addButton(view)
        self.attention = QPushButton()
        self.attention.setCheckable(True)
        self.attention.setProperty("plain", "true")
        icons.dress(self.attention, "warning", "accent", 18)
        self.attention.clicked.connect(lambda on: self.filter_asked.emit(self._filter.with_attention(on)))
        self.filter = self._menu("filter", _("篩選"), _("只看某些學期或狀態的作品"), self._offer_filters)
        self.arrange = self._menu("arrange", _("排列"), _("排序，或依學期、類別分組"), self._offer_orders)
        self.everything = QPushButton(_("全部顯示"))
        self.everything.setProperty("plain", "true")
        self.everything.clicked.connect(lambda: self.filter_asked.emit(EVERYTHING))
        for widget in (self.attention, self.filter, self.arrange, self.everything):
            self._layout.addWidget(widget)
        self.show_filter(EVERYTHING)
        self.show_attention(0)

    def show_back(self, words: str) -> None:
        """Offer the way back to the page that led here; '' where none did."""
        self.back.setText(words)
        self.back.setShortcut(QKeySequence(QKeySequence.StandardKey.Back))  # a new text takes the old one away
        self.back.setToolTip(_("{words}（Esc）").format(words=words))
        self.back.setVisible(bool(words))

    def show_view(self, view: str) -> None:
        """Show whether there is a table or cards."""
        self.views[view].setChecked(True)

    def show_attention(self, count: int) -> None:
        """Tell how many pieces of the section need attention."""
        self.attention.setText(_("要處理 {count}").format(count=count) if count else _("要處理"))
        self.attention.setToolTip(_("只看要修正、要補或要留意的作品"))
        self.attention.setEnabled(bool(count) or self._filter.attention)

    def show_order(self, column: Column, descending: bool, grouping: Grouping) -> None:
        """Remember the order, for the menu."""
        self._order, self._grouping = (column, descending), grouping

    def show_filter(self, shown: Filter) -> None:
        """Show what narrows the list, a chip each; the keyboard stays in the bar when the chip that had it goes."""
        had_focus = any(chip.hasFocus() for chip in self._chips) or self.everything.hasFocus()
        self._filter = shown
        self.attention.setChecked(shown.attention)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            *([self._chip(shown.called, shown.without_only())] if shown.only else []),
            *(self._chip(self._term(term), shown.with_term(term, False)) for term in sorted(shown.terms)),
            *(
                self._chip(_(words), shown.with_state(state, False))
                for state, words in STATE_NAMES.items()
                if state in shown.states
            ),
        ]
        self._layout.removeWidget(self.everything)
        for widget in (*self._chips, self.everything):
            self._layout.addWidget(widget)
            widget.setVisible(bool(shown))
        before: QWidget = self.arrange
        for widget in (*self._chips, self.everything):
            self.setTabOrder(before, widget)
            before = widget
        if had_focus:
            (self._chips[0] if self._chips else self.filter).setFocus()

    def words(self, shown: Filter) -> str:
        """A filter as it is read."""
        parts = [self._term(term) for term in sorted(shown.terms)]
        parts += [_(words) for state, words in STATE_NAMES.items() if state in shown.states]
        return _("、").join(
            [*([shown.called] if shown.only else []), *parts, *([_("要處理")] if shown.attention else [])]
        )

    def changeEvent(self, event: QEvent) -> None:
        """Put everything to its place anew when the text grows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _view(self, name: View, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("plain", "true")
        button.setAccessibleName(words)
        button.setToolTip(words)
        self._icons.dress(button, icon)
        button.clicked.connect(lambda: self.view_asked.emit(name))
        self._layout.addWidget(button)
        return button

    def _menu(self, icon: str, words: str, tip: str, offer: Callable[[QMenu], None]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("plain", "true")
        button.setToolTip(tip)
        self._icons.dress(button, icon, "accent", 18)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: offer(menu))
        button.setMenu(menu)
        return button

    def _chip(self, words: str, without: Filter) -> QPushButton:
        chip = QPushButton(words)
        chip.setProperty("chip", "true")
        chip.setAccessibleName(_("不再只看「{what}」").format(what=words))
        chip.setToolTip(_("不再只看「{what}」").format(what=words))
        self._icons.dress(chip, "close", "quiet", 14)
        chip.clicked.connect(lambda: self.filter_asked.emit(without))
        return chip

    def _term(self, term: str) -> str:
        return _("還沒定學期") if term == NO_TERM else self.term_words(term)

    def _offer_filters(self, menu: QMenu) -> None:
        """Terms and states that the section has, and those that are chosen, with how many pieces each stands for."""
        menu.clear()
        there = self.facets()
        self._head(menu, _("學期"))
        for term in [*there.terms, *sorted(self._filter.terms - there.terms.keys())]:
            action = self._entry(menu, self._term(term), there.terms.get(term, 0), term in self._filter.terms)
            action.toggled.connect(lambda on, term=term: self.filter_asked.emit(self._filter.with_term(term, on)))
        self._head(menu, _("狀態"))
        for state, words in STATE_NAMES.items():
            if state in there.states or state in self._filter.states:
                action = self._entry(menu, _(words), there.states.get(state, 0), state in self._filter.states)
                action.toggled.connect(lambda on, one=state: self.filter_asked.emit(self._filter.with_state(one, on)))

    def _entry(self, menu: QMenu, words: str, count: int, on: bool) -> QAction:
        action = menu.addAction(_("{what}（{count}）").format(what=words, count=count).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        return action

    def _offer_orders(self, menu: QMenu) -> None:
        menu.clear()
        column, descending = self._order
        self._head(menu, _("排序"))
        names = QActionGroup(menu)
        for one, words in order_names().items():
            action = self._choice(menu, names, words, one is column)
            action.triggered.connect(
                lambda _on, one=one: self.order_asked.emit(one, descending if one is column else one in NEWEST_FIRST)
            )
        menu.addSeparator()
        ways = QActionGroup(menu)
        for down, words in ((False, _("由小到大、由舊到新")), (True, _("由大到小、由新到舊"))):
            action = self._choice(menu, ways, words, down is descending)
            action.triggered.connect(lambda _on, down=down: self.order_asked.emit(column, down))
        self._head(menu, _("分組"))
        groupings = QActionGroup(menu)
        for grouping in GROUPINGS:
            words = {"": _("不分組"), "term": _("依學期"), "category": _("依類別")}[grouping]
            action = self._choice(menu, groupings, words, grouping == self._grouping)
            action.triggered.connect(lambda _on, by=grouping: self.grouping_asked.emit(by))

    def _head(self, menu: QMenu, words: str) -> None:
        """Words above some choices; a style sheet leaves a section's own ones out."""
        if menu.actions():
            menu.addSeparator()
        menu.addAction(words).setEnabled(False)

    def _choice(self, menu: QMenu, group: QActionGroup, words: str, on: bool) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(on)
        group.addAction(action)
        return action


NEWEST_FIRST = frozenset({Column.CHANGED, Column.TERM, Column.FILES})
"""What begins with the latest or largest when one first orders by it."""


def order_names() -> dict[Column, str]:
    """What can be ordered by, as the menu calls it."""
    return {
        Column.CHANGED: _("最近更動"),
        Column.TITLE: _("標題"),
        Column.STATE: _("狀態"),
        Column.CATEGORY: _("類別"),
        Column.TERM: _("學期"),
        Column.FILES: _("檔案大小"),
    }
