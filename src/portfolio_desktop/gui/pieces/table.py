"""The table in the middle: looks and keys only. Sorting is asked for, not done."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from portfolio_desktop.gui.pieces.headings import heading_at, paint_heading
from portfolio_desktop.gui.pieces.lines import Column, Heading
from portfolio_desktop.gui.pieces.model import Index, PieceModel, heading_words
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.readiness import STATE_NAMES

WIDTHS = {Column.STATE: 8.0, Column.CATEGORY: 8.9, Column.TERM: 4.8, Column.FILES: 9.3, Column.CHANGED: 7.5}
"""In characters as wide as 國, so that they grow with the text."""
NARROWEST_TITLE = 10.7
LEAST_TITLE = 7.0
"""A title with less room than this tells nothing: the state gives up its words for it and keeps its drawing."""
DRAWING_ALONE = 3.4
WIDEST_STATE, ICON, ICON_AND_AIR = 12.0, 1.2, 3.2
LEAST_HEIGHT, AIR = 36, 14
FIRST_HIDDEN = (Column.FILES, Column.CHANGED)
"""Columns that are shown only when they are asked for."""
FIRST_TO_GO = (Column.CHANGED, Column.FILES, Column.TERM, Column.CATEGORY)
"""Columns that make room for the title in a narrow window, in this order."""


class Bare(QStyledItemDelegate):
    """Draws a cell's drawing without its words: a shortened word tells nothing, and its tool tip all."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Leave the words out."""
        super().initStyleOption(option, index)
        option.text = ""


class PieceTable(QTableView):
    """Pieces, one a line; several can be selected. `sorted(column, descending)` asks for another order.

    Its selection is also that of the cards (cards.py): what is asked of it here holds for both.
    """

    picked = Signal()
    sorted = Signal(int, bool)
    menu_asked = Signal(QPoint)
    drag_asked = Signal()

    def __init__(self, model: PieceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("作品清單"))
        self.setModel(model)
        self._model = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # titles of one kind of work differ at their ends
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setDragEnabled(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # One of its own, always empty: with the table's, each painting asks of every row whether all of a column is chosen.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        self._em = 0
        self._bare = Bare(self)
        self._fit_text()
        self._wanted = {column for column in Column if column not in FIRST_HIDDEN}
        self._fit_columns()
        header.sortIndicatorChanged.connect(self._ask_order)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self._quiet = False
        self.selectionModel().selectionChanged.connect(self._tell)

    def selected_ids(self) -> list[str]:
        """The selected pieces, from top to bottom."""
        # By ranges: thousands may be selected, and asking for an index of each takes a hundred times as long.
        chosen, found, end = self.selectionModel().selection(), list[str](), -1
        for first, last in sorted((one.top(), one.bottom()) for one in map(chosen.at, range(chosen.count()))):
            found += self._model.ids_between(max(first, end + 1), last)
            end = max(end, last)
        return found

    def select(self, ids: list[str]) -> None:
        """Select pieces that are shown and make the first one visible; told as one change."""
        places = sorted(place for place in map(self._model.place, ids) if place is not None)
        self._quiet = True
        self.selectionModel().clear()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        last = len(Column) - 1
        wanted = QItemSelection()
        for _run, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
            run = [place for _at, place in group]  # neighbours as one range: thousands at once are usual after adding
            wanted.append(QItemSelectionRange(self._model.index(run[0], 0), self._model.index(run[-1], last)))
        self.selectionModel().select(wanted, flags)
        if places:
            first = self._model.index(places[0], Column.TITLE)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)
        self._quiet = False
        self.picked.emit()

    def show_order(self, column: Column, descending: bool) -> None:
        """Show by the arrow in the heading how the rows are ordered."""
        header = self.horizontalHeader()
        blocked = header.blockSignals(True)
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        header.blockSignals(blocked)

    def wanted_columns(self) -> list[int]:
        """The columns that the student wants to see, where there is room."""
        return sorted(self._wanted)

    def want_columns(self, columns: Iterable[int]) -> None:
        """Show these columns, where there is room; the title always."""
        self._wanted = {Column(column) for column in columns if column in list(Column)} | {Column.TITLE}
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up columns for the title, or take them back."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Give larger text more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_wanted"):
            self._fit_text()
            self._fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the headings over them: a span would follow the columns when they are moved."""
        super().paintEvent(event)
        areas = self._heading_areas()
        if areas:
            painter = QPainter(self.viewport())
            for place, area in areas.items():
                heading = self._model.row(place)
                if isinstance(heading, Heading):
                    paint_heading(painter, area, heading_words(heading), self.palette(), self.font())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a whole group by its heading."""
        place = heading_at(event.position().toPoint(), self._heading_areas())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.select(self._model.of_heading(place))
        else:
            super().mousePressEvent(event)

    def startDrag(self, supported: Qt.DropAction) -> None:  # noqa: N802
        """Ask for the chosen pieces' files to be dragged: they are elsewhere."""
        self.drag_asked.emit()

    def _heading_areas(self) -> dict[int, QRect]:
        """Where the headings are that can be seen."""
        places = self._model.headings()
        if not places:
            return {}
        height, width = self.viewport().height(), self.viewport().width()
        first, last = self.rowAt(0), self.rowAt(height - 1)
        last = last if last >= 0 else self._model.rowCount() - 1
        return {
            place: QRect(0, self.rowViewportPosition(place), width, self.rowHeight(place))
            for place in places
            if first <= place <= last
        }

    def _fit_text(self) -> None:
        """Give rows and columns the size of the text; columns that the student made wider stay so in proportion."""
        metrics = self.fontMetrics()
        before, self._em = self._em, metrics.horizontalAdvance("國")
        if before == self._em:
            return
        self.verticalHeader().setDefaultSectionSize(max(LEAST_HEIGHT, metrics.height() + AIR))
        self.horizontalHeader().setMinimumSectionSize(round(self._em * DRAWING_ALONE))
        self.setIconSize(QSize(round(self._em * ICON), round(self._em * ICON)))
        for column in WIDTHS:
            seen = before and not self.isColumnHidden(column)  # the width of one that is hidden is nothing
            self.setColumnWidth(
                column, round(self.columnWidth(column) * self._em / before) if seen else self._usual_width(column)
            )

    def _usual_width(self, column: Column) -> int:
        return self._state_width() if column is Column.STATE else round(WIDTHS[column] * self._em)

    def _state_width(self) -> int:
        """Wide enough for every state in the language in use, within reason."""
        metrics, unfinished = self.fontMetrics(), STATE_NAMES["needs-work"]
        words = (*map(_, STATE_NAMES.values()), _("{state} {count} 項").format(state=_(unfinished), count=9))
        widest = max(metrics.horizontalAdvance(word) for word in words)
        least, most = round(WIDTHS[Column.STATE] * self._em), round(WIDEST_STATE * self._em)
        return min(most, max(least, widest + round(ICON_AND_AIR * self._em)))

    def _fit_columns(self) -> None:
        shown = set(self._wanted)
        for column in FIRST_TO_GO:
            needed = sum(
                max(self.columnWidth(one), round(WIDTHS[one] * self._em)) for one in shown if one is not Column.TITLE
            )
            if needed + NARROWEST_TITLE * self._em <= self.viewport().width():
                break
            shown.discard(column)
        for column in Column:
            if self.isColumnHidden(column) is (column in shown):
                self.setColumnHidden(column, column not in shown)
        if Column.STATE in shown:
            self._fit_state(shown - {Column.STATE, Column.TITLE})

    def _fit_state(self, others: set[Column]) -> None:
        """Give the state its drawing alone where it would leave the title no room, and its words again where there is."""
        room = self.viewport().width() - sum(map(self.columnWidth, others)) - LEAST_TITLE * self._em
        width, alone, usual = self.columnWidth(Column.STATE), round(DRAWING_ALONE * self._em), self._state_width()
        if width > room and width > alone:
            self.setColumnWidth(Column.STATE, alone)
        elif width <= alone and usual <= room:
            self.setColumnWidth(Column.STATE, usual)
        bare = self._bare if self.columnWidth(Column.STATE) <= alone else self.itemDelegate()
        if self.itemDelegateForColumn(Column.STATE) is not bare:
            self.setItemDelegateForColumn(Column.STATE, bare)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Keep the line in view, not the cell's column."""
        if current.isValid():
            self.scrollTo(self._model.index(current.row(), max(self.columnAt(0), 0)))
        super().currentChanged(current, previous)

    def _ask_order(self, column: int, order: Qt.SortOrder) -> None:
        self.sorted.emit(column, order is Qt.SortOrder.DescendingOrder)

    def _choose_columns(self, at: QPoint) -> None:
        """Offer the columns; the title is always there."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in Column:
            if column is Column.TITLE:
                continue
            action = menu.addAction(str(self._model.headerData(column, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(column in self._wanted)
            action.toggled.connect(lambda _shown, column=column: self.want_columns(self._wanted ^ {column}))
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _tell(self) -> None:
        if not self._quiet:
            self.picked.emit()
