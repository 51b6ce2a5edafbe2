"""The table in the middle: looks and keys only. Sorting is asked for, not done."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from portfolio_desktop.gui.pieces.lines import Column
from portfolio_desktop.gui.pieces.model import HEIGHT, Index, PieceModel
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.readiness import STATE_NAMES

WIDTHS = {Column.STATE: 112, Column.CATEGORY: 124, Column.TERM: 66, Column.FILES: 130, Column.CHANGED: 104}
NARROWEST_TITLE = 150
WIDEST_STATE, ICON_AND_AIR = 170, 44
FIRST_HIDDEN = (Column.FILES, Column.CHANGED)
"""Columns that are shown only when they are asked for."""
FIRST_TO_GO = (Column.CHANGED, Column.FILES, Column.TERM, Column.CATEGORY)
"""Columns that make room for the title in a narrow window, in this order."""


class PieceTable(QTableView):
    """Pieces, one a line; several can be selected. `sorted(column, descending)` asks for another order."""

    picked = Signal()
    sorted = Signal(int, bool)
    menu_asked = Signal(QPoint)

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
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(Column.STATE, self._state_width())
        self._wanted = {column for column in Column if column not in FIRST_HIDDEN}
        self._fit_columns()
        header.sortIndicatorChanged.connect(self._ask_order)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self._quiet = False
        self.selectionModel().selectionChanged.connect(self._tell)

    def selected_ids(self) -> list[str]:
        """The selected pieces, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.id(place) for place in places]

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

    def _state_width(self) -> int:
        """Wide enough for every state in the language in use, within reason."""
        metrics = self.fontMetrics()
        words = (
            *map(_, STATE_NAMES.values()),
            _("{state} {count} 項").format(state=_(STATE_NAMES["needs-work"]), count=9),
        )
        widest = max(metrics.horizontalAdvance(word) for word in words)
        return min(WIDEST_STATE, max(WIDTHS[Column.STATE], widest + ICON_AND_AIR))

    def _fit_columns(self) -> None:
        shown = set(self._wanted)
        for column in FIRST_TO_GO:
            needed = sum(max(self.columnWidth(one), WIDTHS[one]) for one in shown if one is not Column.TITLE)
            if needed + NARROWEST_TITLE <= self.viewport().width():
                break
            shown.discard(column)
        for column in Column:
            if self.isColumnHidden(column) is (column in shown):
                self.setColumnHidden(column, column not in shown)

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
