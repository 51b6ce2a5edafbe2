"""The picture of three years: a table of cells, terms across, categories down, all of them together at the end of either.

    Picture -> YearsModel -> YearsTable (delegate paints number and shapes)      cell_asked(Spot)

A real table: arrow keys walk it, Enter opens a cell, and a screen reader is told each cell in words.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.overview.cells import CELL_ROLE, NOW_ROLE, Index, YearsModel
from portfolio_desktop.gui.overview.shapes import paint_stages
from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term
from portfolio_desktop.year.picture import Cell, Picture

AIR, GAP = 11, 8
NARROWEST = 5
"""A column, in characters as wide as 國."""


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
    """The table, as high as its cells; `cell_asked(Spot)` asks to see what is in one of them."""

    cell_asked = Signal(object)

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
        self.cell_asked.emit(self.cells.spot(index))

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
