"""The pieces as cards: the table's model and selection, laid out in a grid of its own.

    model (with headings) ─▶ Grid ─▶ drawing.draw_card          pictures_wanted(sha256s)  what can be seen lacks a picture

Qt's own icon view asks for the size of every item and knows no headings; here only what can be seen is touched.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.drawing import Face, draw_card, words_height
from portfolio_desktop.gui.pieces.grid import Grid, Sizes
from portfolio_desktop.gui.pieces.headings import paint_heading
from portfolio_desktop.gui.pieces.lines import Column, Heading, Line
from portfolio_desktop.gui.pieces.model import Index, PieceModel, heading_words, look_of
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.shown_file import kind_icon, shown_file
from portfolio_desktop.gui.pieces.table import PieceTable
from portfolio_desktop.messages import _

NARROWEST = 12.5
"""The narrowest card, in characters as wide as 國."""
REST_MILLISECONDS = 60
"""How long the list stands still before pictures are asked for."""
Action = QAbstractItemView.CursorAction
Flag = QItemSelectionModel.SelectionFlag


class Cards(QListView):
    """Cards; what is chosen in them is chosen in the table."""

    pictures_wanted = Signal(object)
    menu_asked = Signal(QPoint)
    drag_asked = Signal()

    def __init__(
        self, table: PieceTable, model: PieceModel, icons: Icons, picture: Callable[[str], QImage | None]
    ) -> None:
        super().__init__()
        self._table, self._model, self._icons, self._picture = table, model, icons, picture
        self._grid: Grid | None = None
        self.setAccessibleName(_("作品卡片"))
        self.setModel(model)
        self.setModelColumn(Column.TITLE)
        self.setSelectionModel(table.selectionModel())
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._ask_pictures)
        model.modelReset.connect(self._lay_anew)

    @property
    def grid(self) -> Grid:
        """Where everything is now."""
        if self._grid is None:
            metrics = self.fontMetrics()
            sizes = Sizes(
                round(metrics.horizontalAdvance("國") * NARROWEST), words_height(metrics), metrics.height() + 16
            )
            # Without the scroll bar's width, whether it is there or not: it must not decide over itself.
            width = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()
            self._grid = Grid(self._model.rowCount(), self._model.headings(), width, sizes)
        return self._grid

    def picture_size(self) -> QSize:
        """The room for a picture on a card, in units."""
        return QSize(self.grid.card_width, self.grid.picture_height)

    def redraw(self) -> None:
        """Draw anew what can be seen: a picture came."""
        self.viewport().update()

    # What Qt asks an item view for

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Where a card is, seen from the visible part's corner."""
        if not index.isValid() or index.row() >= self._model.rowCount():
            return QRect()
        return QRect(*self.grid.rect(index.row())).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """The card at a point of the visible part; none for a heading."""
        place = self.grid.at(point.x(), point.y() + self.verticalOffset())
        if place is None or isinstance(self._model.row(place), Heading):
            return QModelIndex()
        return self._model.index(place, Column.TITLE)

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a card into view."""
        if not index.isValid() or index.row() >= self._model.rowCount():
            return
        area, room, bar = self.visualRect(index), self.viewport().height(), self.verticalScrollBar()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + area.center().y() - room // 2)
        elif area.top() < 0 or hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + area.top())
        elif area.bottom() > room:
            bar.setValue(bar.value() + min(area.top(), area.bottom() - room))

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """The card that a key goes to."""
        count = self._model.rowCount()
        if not self._model.count():
            return QModelIndex()
        first, last = self.grid.moved(0), self.grid.moved(count - 1)
        if isinstance(self._model.row(first), Heading):
            first += 1
        current = self.currentIndex()
        if not current.isValid() or current.row() >= count:
            return self._model.index(first, Column.TITLE)
        page = max(1, self.viewport().height() // self.grid.card_height)
        steps = {
            Action.MoveUp: (-1, 0),
            Action.MoveDown: (1, 0),
            Action.MoveLeft: (0, -1),
            Action.MoveRight: (0, 1),
            Action.MovePrevious: (0, -1),
            Action.MoveNext: (0, 1),
            Action.MovePageUp: (-page, 0),
            Action.MovePageDown: (page, 0),
        }
        if action in (Action.MoveHome, Action.MoveEnd):
            return self._model.index(first if action is Action.MoveHome else last, Column.TITLE)
        lines, cards = steps[action]
        return self._model.index(self.grid.moved(current.row(), lines, cards), Column.TITLE)

    def setSelection(self, rect: QRect, command: Flag) -> None:  # noqa: N802
        """Choose from the card at the rectangle's first corner to the one at its last, in reading order."""
        places = [self.grid.near(at.x(), at.y() + self.verticalOffset()) for at in (rect.topLeft(), rect.bottomRight())]
        begin, end = sorted(place for place in places if place is not None) if None not in places else (0, -1)
        wanted = QItemSelection()
        if begin <= end:
            first, last = self._model.index(begin, 0), self._model.index(end, len(Column) - 1)
            wanted.append(QItemSelectionRange(first, last))
        self.selectionModel().select(wanted, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """What is to be drawn anew where a selection changed: everything that can be seen."""
        return QRegion(self.viewport().rect())

    def horizontalOffset(self) -> int:  # noqa: N802
        """None: there is nothing beside."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        """How far it was scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802
        """None is."""
        return False

    def doItemsLayout(self) -> None:  # noqa: N802
        """Work out where everything is, when something needs to know."""
        self._grid = None
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:  # noqa: N802
        """Let the scroll bar reach over everything."""
        room, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setRange(0, max(0, self.grid.height - room))
        bar.setPageStep(room)
        bar.setSingleStep(max(1, self.grid.card_height // 4))
        QAbstractItemView.updateGeometries(self)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what can be seen, and have missing pictures asked for once the list stands still."""
        painter, top = QPainter(self.viewport()), self.verticalOffset()
        palette = QApplication.palette()  # the view's own one has the sheet's ground in place of the page's
        painter.fillRect(event.rect(), palette.window())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.selectionModel(), self.currentIndex().row() if self.hasFocus() else -1
        for place in self.grid.seen(top, top + self.viewport().height()):
            area = QRect(*self.grid.rect(place)).translated(0, -top)
            row = self._model.row(place)
            if isinstance(row, Heading):
                paint_heading(painter, area, heading_words(row), palette, self.font(), QPalette.ColorRole.Window)
            else:
                face = self._face(row, chosen.isRowSelected(place), place == focused)
                draw_card(painter, area, self.grid.picture_height, face, self._icons, palette)
        painter.end()
        self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for now; the card in view stays in view."""
        self._grid = None
        super().resizeEvent(event)
        self.updateGeometries()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_anew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a whole group by its heading."""
        at = event.position().toPoint()
        place = self.grid.at(at.x(), at.y() + self.verticalOffset())
        if (
            place is not None
            and isinstance(self._model.row(place), Heading)
            and event.button() is Qt.MouseButton.LeftButton
        ):
            self._table.select(self._model.of_heading(place))
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with return what is chosen, as a double click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def startDrag(self, supported: Qt.DropAction) -> None:  # noqa: N802
        """Ask for the chosen pieces' files to be dragged: they are elsewhere."""
        self.drag_asked.emit()

    def _face(self, row: Row | Line, chosen: bool, current: bool) -> Face:
        file = shown_file(row) if isinstance(row, Row) else None
        kinds = row.kinds if isinstance(row, Line) else tuple(one.kind for one in row.piece.files if one.current)
        return Face(
            self._model.title(row),
            look_of(row),
            self._model.below(row),
            kind_icon(kinds),
            self._picture(file.sha256) if file is not None else None,
            chosen,
            current,
            self._model.titled(row),
        )

    def _ask_pictures(self) -> None:
        if not self.isVisible():
            return
        top = self.verticalOffset()
        seen = (self._model.row(place) for place in self.grid.seen(top, top + self.viewport().height()))
        files = (shown_file(row) for row in seen if isinstance(row, Row))
        self.pictures_wanted.emit([file.sha256 for file in files if file is not None])

    def _lay_anew(self) -> None:
        self._grid = None
        self.scheduleDelayedItemsLayout()
