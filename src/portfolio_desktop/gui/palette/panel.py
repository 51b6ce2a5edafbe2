"""The palette, as layout: a line to type in and the entries below it, over the top of the window; no window of its own.

Being a part of the window, it lets an input method work as everywhere else. The cursor stays in the line: the keys that
move in a list move in this one. It goes with Escape, and when the focus goes elsewhere in the window.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.palette.matching import Entry
from portfolio_desktop.gui.widgets.field import Line
from portfolio_desktop.gui.widgets.labels import label, plain_tip
from portfolio_desktop.messages import _

Index = QModelIndex | QPersistentModelIndex
SIDE, GAP, AIR = 20, 10, 14
WIDE, LINES = 38, 9
"""Letters in a line, and entries that are seen at once."""
FROM_TOP, BESIDE, INSIDE = 56, 20, 12
MOVING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
ENTRY_ROLE = Qt.ItemDataRole.UserRole


class EntryModel(QAbstractListModel):
    """The entries that are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, place: int) -> Entry | None:
        """The one at a place."""
        return self._entries[place] if 0 <= place < len(self._entries) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """An entry's words; where it belongs and its keys too, for those who hear it or rest the mouse on it."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(entry.words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (visible(entry.words), entry.more, entry.keys)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(entry.words)
        return entry if role == ENTRY_ROLE else None


class EntryDelegate(QStyledItemDelegate):
    """Draws an entry: drawing, words, where it belongs, and at the right its keys."""

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One line with air."""
        return QSize(0, option.fontMetrics.height() + AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        shown.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        area, metrics = option.rect.adjusted(GAP, 0, -GAP, 0), option.fontMetrics
        side = max(SIDE, metrics.height())  # it grows with the text
        if entry.icon:
            top = area.top() + (area.height() - side) // 2
            picture = self._icons.pixmap(entry.icon, side, "quiet", painter.device().devicePixelRatioF())
            painter.drawPixmap(QRect(area.left(), top, side, side), picture)
        area.setLeft(area.left() + side + GAP)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.save()
        painter.setPen(self._theme.colours.quiet)
        painter.drawText(area, right, entry.keys)
        if entry.keys:
            area.setRight(area.right() - metrics.horizontalAdvance(entry.keys) - GAP)
        words = visible(entry.words)
        room = area.width() - min(metrics.horizontalAdvance(entry.more) + GAP, area.width() // 3)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        after = area.adjusted(metrics.horizontalAdvance(words) + GAP, 0, 0, 0)
        painter.drawText(after, left, metrics.elidedText(entry.more, Qt.TextElideMode.ElideRight, after.width()))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(area, left, words)
        painter.restore()


class Panel(QFrame):
    """The line and the entries; `typed` at every change, `chosen` with an Entry."""

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, icons: Icons, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("card")
        self.setAccessibleName(_("找指令或作品"))
        self._window = window
        self._before: QWidget | None = None
        self.line = Line()
        self.line.setPlaceholderText(_("輸入幾個字，找指令、頁面或作品"))
        self.line.setAccessibleName(_("找指令或作品"))
        self.model = EntryModel(self)
        self.list = QListView()
        self.list.setObjectName("picks")
        self.list.setAccessibleName(_("找到的"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(icons, theme, self.list))
        self.nothing = label(_("沒有這樣的指令、頁面或作品。"), "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        layout.setSpacing(8)
        for widget in (self.line, self.list, self.nothing):
            layout.addWidget(widget)
        self.line.textChanged.connect(self.typed)
        self.list.clicked.connect(lambda _index: self._choose())
        for widget in (self.line, self.list):
            widget.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Come up, with nothing typed."""
        self._before = QApplication.focusWidget()
        self.line.clear()
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Go, and put the cursor back where it was."""
        inside = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self.hide()
        if inside and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show what was found, the first one chosen."""
        self.model.show(entries)
        self.list.setVisible(bool(entries))
        self.nothing.setVisible(not entries)
        if entries:
            self.list.setCurrentIndex(self.model.index(0))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list from the line, choose, go; follow the window's size."""
        kind = event.type()
        if watched is self._window:
            if kind is QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if watched is self.list and kind is QEvent.Type.FontChange and self.isVisible():
            self._place()
        if kind is QEvent.Type.FocusOut and self.isVisible():
            self._look_where_the_focus_went()
        if kind is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key in MOVING and watched is self.line:
            QApplication.sendEvent(self.list, event)
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text while it is up."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.isVisible():
            QTimer.singleShot(0, self, self._place)  # the list and the line have their new size only then

    def _look_where_the_focus_went(self) -> None:
        now = QApplication.focusWidget()
        # None: another program's window, or an input method's; the palette waits for its own to come back.
        if now is not None and not self.isAncestorOf(now) and now.window() is self._window:
            self.end()

    def _choose(self) -> None:
        entry = self.model.entry(self.list.currentIndex().row())
        if entry is not None:
            self.end()
            self.chosen.emit(entry)

    def _place(self) -> None:
        """Be as wide as its words want, and as high as its entries, as far as the window has room."""
        metrics, room = self.list.fontMetrics(), self._window.rect()
        wide = min(metrics.horizontalAdvance("字") * WIDE, room.width() - 2 * BESIDE)
        line, frame = metrics.height() + AIR, 2 * self.list.frameWidth() + 6
        around = self.line.sizeHint().height() + 3 * INSIDE + frame
        lines = min(max(self.model.rowCount(), 1), LINES, (room.height() - FROM_TOP - BESIDE - around) // line)
        self.list.setFixedHeight(line * max(lines, 1) + frame)
        self.setFixedWidth(wide)
        self.adjustSize()
        self.move((room.width() - wide) // 2, FROM_TOP)
