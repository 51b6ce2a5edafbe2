"""The pages of a document as small pictures, one below the other; drawn only where they can be seen.

show_pages(count) ─▶ wanted([pages in sight]) ─▶ put(page, image)        chosen(page)
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPainter, QPalette, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from portfolio_desktop.messages import _

SIDE = 88
"""Pixels, not of text: the longer side of a small picture."""
PAUSE_MILLISECONDS = 40

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Pages(QAbstractListModel):
    """The pages by number, with what has been drawn of them."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._drawn: dict[int, QPixmap] = {}

    def begin(self, count: int) -> None:
        """Another document."""
        self.beginResetModel()
        self._count, self._drawn = count, {}
        self.endResetModel()

    def put(self, page: int, image: QImage, ratio: float) -> None:
        """A page has been drawn."""
        if 0 <= page < self._count:
            side = round(SIDE * ratio)
            small = QPixmap.fromImage(
                image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
            small.setDevicePixelRatio(ratio)
            self._drawn[page] = small
            place = self.index(page, 0)
            self.dataChanged.emit(place, place, [Qt.ItemDataRole.DecorationRole])

    def has(self, page: int) -> bool:
        """Whether a page has been drawn."""
        return page in self._drawn

    def keep(self, pages: range) -> None:
        """Forget what is far from these pages."""
        for page in [page for page in self._drawn if page not in pages]:
            del self._drawn[page]

    def rowCount(self, parent: Index = ROOT) -> int:
        """One a page."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Its number, its small picture, and what it is called."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(index.row() + 1)
            case Qt.ItemDataRole.DecorationRole:
                return self._drawn.get(index.row())
            case Qt.ItemDataRole.AccessibleTextRole:
                return _("第 {page} 頁").format(page=index.row() + 1)
        return None


class PageDelegate(QStyledItemDelegate):
    """A small picture in the middle, its number below, an edge around the one that is read."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are of one size."""
        return QSize(SIDE, SIDE + 2 * option.fontMetrics.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a page."""
        colours, box = option.palette, option.rect.adjusted(3, 2, -3, -2)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(colours.color(QPalette.ColorRole.Highlight))
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Accent), 2 if focused else 1))
            painter.drawRoundedRect(box, 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        line = option.fontMetrics.height()
        picture: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        if picture is not None:
            size = picture.deviceIndependentSize().toSize()
            place = QPoint(box.center().x() - size.width() // 2, box.top() + line // 2 + (SIDE - size.height()) // 2)
            painter.drawPixmap(place, picture)
            painter.setPen(colours.color(QPalette.ColorRole.Dark))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(place, size).adjusted(0, 0, -1, -1))  # white paper on a white ground has no edge
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        below = QRect(box.left(), box.bottom() - line - 1, box.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class Strip(QListView):
    """All pages beside the one that is read."""

    wanted = Signal(object)
    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pages = Pages()
        self.setModel(self.pages)
        self.setAccessibleName(_("頁面縮圖"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(PageDelegate(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._quiet = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._want)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._pause.start())
        self.selectionModel().currentChanged.connect(self._tell)

    def show_pages(self, count: int) -> None:
        """Show a document of so many pages."""
        self.pages.begin(count)
        self._pause.start()

    def mark(self, page: int) -> None:
        """Show which page is read."""
        if self.currentIndex().row() != page and page < self.pages.rowCount():
            self._quiet = True
            self.setCurrentIndex(self.pages.index(page, 0))
            self._quiet = False

    def put(self, page: int, image: QImage) -> None:
        """A page has been drawn."""
        self.pages.put(page, image, self.devicePixelRatioF())

    def in_sight(self) -> range:
        """The pages that can be seen now."""
        count, high = self.pages.rowCount(), max(1, self.sizeHintForRow(0))
        top = self.verticalScrollBar().value()
        return range(min(count, max(0, top // high)), min(count, (top + self.viewport().height()) // high + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw what can be seen now."""
        super().resizeEvent(event)
        self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        """The same."""
        super().showEvent(event)
        self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copying is of the file, not of the page's number."""
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """A picture, some air and the bar."""
        return QSize(SIDE + 2 * self.fontMetrics().height() + self.verticalScrollBar().sizeHint().width(), 10 * SIDE)

    def _want(self) -> None:
        seen = self.in_sight()
        self.pages.keep(range(seen.start - 100, seen.stop + 100))
        if self.isVisible():
            self.wanted.emit([page for page in seen if not self.pages.has(page)])

    def _tell(self, current: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.chosen.emit(current.row())
