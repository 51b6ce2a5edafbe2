"""The picture of three years: a table of cells, terms across, categories down, all of them together at the end of either.

    Picture -> YearsModel -> YearsTable (delegate paints number and shapes)      cell_asked(category, term)

A real table: arrow keys walk it, Enter opens a cell, and a screen reader is told each cell in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from portfolio_desktop.gui.overview.shapes import paint_stages
from portfolio_desktop.gui.theme import Theme
from portfolio_desktop.gui.words import short_category, term_words
from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term
from portfolio_desktop.year.picture import Cell, Picture

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
NOW_ROLE = Qt.ItemDataRole.UserRole + 1
AIR, GAP = 11, 8
NARROWEST = 5
"""A column, in characters as wide as 國."""


class YearsModel(QAbstractTableModel):
    """A picture as cells; the last row and the last column are everything."""

    def __init__(self, category_name: Callable[[str | None], str], parent: QTableView) -> None:
        super().__init__(parent)
        self._category_name = category_name
        self._picture = Picture((), ())
        self._entry_year = 0
        self._now: Term | None = None

    def show(self, picture: Picture, entry_year: int, now: Term) -> None:
        """Show another picture; `now` is the present term."""
        same = (picture.terms, picture.categories) == (self._picture.terms, self._picture.categories)
        if not same:
            self.beginResetModel()
        self._picture, self._entry_year, self._now = picture, entry_year, now
        if not same:
            self.endResetModel()
        elif self.rowCount():
            # The cell that the keyboard is in stays.
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The categories, and all of them."""
        return len(self._picture.categories) + 1 if not parent.isValid() and self._picture.categories else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The terms, and all of them."""
        return len(self._picture.terms) + 1 if not parent.isValid() and self._picture.terms else 0

    def place(self, index: Index) -> tuple[str, str]:
        """The section and the term that a cell stands for; '' is every term."""
        row, column, shown = index.row(), index.column(), self._picture
        category = shown.categories[row] if row < len(shown.categories) else None
        term = shown.terms[column] if column < len(shown.terms) else None
        return category or "all", str(term) if term is not None else ""

    def cell(self, index: Index) -> Cell:
        """What is counted in a cell."""
        row, column, shown = index.row(), index.column(), self._picture
        if row == len(shown.categories):
            return shown.total if column == len(shown.terms) else shown.in_term(shown.terms[column])
        category = shown.categories[row]
        return shown.in_category(category) if column == len(shown.terms) else shown.cell(category, shown.terms[column])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and what is said of it."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.cell(index).count or "")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(index)
        if role == NOW_ROLE:
            terms = self._picture.terms
            return index.column() < len(terms) and terms[index.column()] == self._now
        return self.cell(index) if role == CELL_ROLE else None

    def words(self, index: Index) -> str:
        """A cell in words: 課程學習成果　113-1　高一上：5 件，其中寫好了 4 件 …."""
        cell = self.cell(index)
        where = f"{self._row_name(index.row(), short=False)}　{self._column_name(index.column())}"
        if not cell.count:
            return _("{where}：沒有作品").format(where=where)
        return _("{where}：{count} 件，其中寫好了 {ready} 件、認證成功 {certified} 件、已勾選 {ticked} 件").format(
            where=where, count=cell.count, ready=cell.ready, certified=cell.certified, ticked=cell.ticked
        )

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Terms above, categories at the left."""
        across = way is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section) if across else self._row_name(section)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._column_name(section) if across else self._row_name(section, short=False)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            middle = Qt.AlignmentFlag.AlignVCenter
            return int((Qt.AlignmentFlag.AlignHCenter if across else Qt.AlignmentFlag.AlignLeft) | middle)
        return None

    def _row_name(self, row: int, *, short: bool = True) -> str:
        categories = self._picture.categories
        if row >= len(categories):
            return _("全部")
        name = self._category_name(categories[row])
        return short_category(name) if short else name

    def _column_name(self, column: int) -> str:
        terms = self._picture.terms
        if column >= len(terms):
            return _("合計")
        term = terms[column]
        if term is None:
            return _("其他學期")
        return term_words(term, self._entry_year)

    def _heading(self, column: int) -> str:
        """A column's name in two short lines; the present term is called so."""
        terms = self._picture.terms
        term = terms[column] if column < len(terms) else None
        if term is None:
            return self._column_name(column)
        below = _("現在") if term == self._now else str(term)
        names = (
            _("高一上\n{below}"),
            _("高一下\n{below}"),
            _("高二上\n{below}"),
            _("高二下\n{below}"),
            _("高三上\n{below}"),
            _("高三下\n{below}"),
        )
        return names[column].format(below=below)


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: how many, and how far they are."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        cell: Cell = index.data(CELL_ROLE)
        colours, area = self._theme.colours, QRectF(option.rect)
        painter.save()
        if index.data(NOW_ROLE):
            painter.fillRect(area, QColor(colours.window))
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(colours.chosen))
        is_last = index.row() == index.model().rowCount() - 2  # what follows is the sum
        painter.setPen(QColor(colours.edge if is_last else colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inside = area.adjusted(GAP, 0, -GAP, 0)
        painter.setPen(QColor(colours.text if cell.count else colours.edge))
        words = str(cell.count) if cell.count else "·"
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        room = option.fontMetrics.horizontalAdvance(words) + GAP
        paint_stages(painter, cell.stages, inside.adjusted(room, 0, 0, 0), option.fontMetrics, colours)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()


class YearsTable(QTableView):
    """The table, as high as its cells; `cell_asked(section, term)` asks to see what is in one of them."""

    cell_asked = Signal(str, str)

    def __init__(self, theme: Theme, category_name: Callable[[str | None], str]) -> None:
        super().__init__()
        self.setObjectName("years")
        self.setAccessibleName(_("三年的作品，依學期和類別"))
        self.cells = YearsModel(category_name, self)
        self.setModel(self.cells)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._ask)

    def show_picture(self, picture: Picture, entry_year: int, now: Term) -> None:
        """Show another picture."""
        self.cells.show(picture, entry_year, now)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a cell with return or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as may be, as high as the cells."""
        return QSize(self.minimumWidth(), self.height())

    def _ask(self, index: Index) -> None:
        self.cell_asked.emit(*self.cells.place(index))

    def _widest_heading(self) -> int:
        """No heading is cut."""
        across, metrics = Qt.Orientation.Horizontal, self.horizontalHeader().fontMetrics()
        headings = (str(self.cells.headerData(column, across)) for column in range(self.cells.columnCount()))
        return max(metrics.horizontalAdvance(line) for words in headings for line in words.split("\n")) + 2 * GAP

    def _fit(self) -> None:
        """Rows as high as the text, columns of one width, no scrolling but sideways where the window is narrow."""
        columns = self.cells.columnCount()
        if not columns:
            return
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + AIR)
        header = self.horizontalHeader()
        header.setFixedHeight(2 * metrics.height() + AIR)
        room = self.width() - self.verticalHeader().sizeHint().width() - 1
        width = max(room // columns, metrics.horizontalAdvance("國") * NARROWEST, self._widest_heading())
        header.setMinimumSectionSize(width)
        header.setDefaultSectionSize(width)
        bar = self.horizontalScrollBar().sizeHint().height() if width * columns > room else 0
        high = header.height() + self.cells.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(high + bar + 2)
