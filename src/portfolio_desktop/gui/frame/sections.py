"""The sections at the left: where in the library one is. Each is known by a short name that settings can remember."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.pieces.lines import ALL, TRASH
from portfolio_desktop.gui.words import short_category
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES

OVERVIEW, TICKS, EXPORT, SAFETY = "overview", "ticks", "export", "safety"
PIECE_SECTIONS = (ALL, "course", "activity", *CATEGORIES[1:], TRASH)
"""The sections that show the table of pieces."""

SECTION_ROLE = Qt.ItemDataRole.UserRole
ICON_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
SIDE, GAP = 20, 8
LEAST_AIR, AIR = 5, 13
"""Pixels around a line's text: as many as there is room for, so that a small window has all sections in sight."""


class SectionDelegate(QStyledItemDelegate):
    """Draws a section: its drawing, its name, and at the right how many pieces it has."""

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, theme
        self.air = AIR

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with air."""
        return QSize(0, option.fontMetrics.height() + self.air)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        shown.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        area = option.rect.adjusted(GAP, 0, -GAP, 0)
        count = str(index.data(COUNT_ROLE) or "")
        name = index.data(ICON_ROLE)
        painter.save()
        painter.setPen(self._theme.colours.quiet)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
        area.setRight(area.right() - option.fontMetrics.horizontalAdvance(count) - GAP)
        if name:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            ratio = painter.device().devicePixelRatioF()
            side = max(SIDE, option.fontMetrics.height())  # it grows with the text
            picture = self._icons.pixmap(str(name), side, "accent" if selected else "quiet", ratio)
            top = area.top() + (area.height() - side) // 2
            painter.drawPixmap(QRect(area.left(), top, side, side), picture)
        if name or index.parent().isValid():  # a category's name begins where the name above it does
            area.setLeft(area.left() + max(SIDE, option.fontMetrics.height()) + GAP)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        words = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


class Sections(QTreeWidget):
    """A quiet tree with counts."""

    chosen = Signal(str)
    again = Signal()
    """The section that one is in already is wanted: another page may lie over it."""
    menu_asked = Signal(str, object)
    """The context menu of a section is wanted, at a point of the screen."""

    def __init__(
        self, icons: Icons, theme: Theme, category_name: Callable[[str | None], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName(_("頁面"))
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setHeaderHidden(True)
        self._lines = SectionDelegate(icons, theme, self)
        self.setIndentation(0)  # the delegate moves the names in: what is chosen is one line from edge to edge
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(self._lines)
        self._add(OVERVIEW, _("總覽"), "overview")
        self._add(ALL, _("全部作品"), "all")
        self._add("course", category_name("course"), "course")
        activity = self._add("activity", _("多元表現"), "activity")
        for category in CATEGORIES[1:]:
            # What stands in brackets explains the name; there is no room for it here.
            self._add(category, category_name(category), None, activity)
        activity.setExpanded(True)
        self._add(TICKS, _("勾選"), "ticks")
        self._add(EXPORT, _("匯出"), "export")
        self._add(SAFETY, _("安全"), "safety")
        self._add(TRASH, _("垃圾桶"), "trash")
        self.currentItemChanged.connect(self._tell)
        self.itemClicked.connect(lambda _item, _column: self.again.emit())
        self.itemActivated.connect(lambda _item, _column: self.again.emit())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def _add(self, name: str, words: str, icon: str | None, parent: QTreeWidgetItem | None = None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([short_category(words)])
        item.setData(0, SECTION_ROLE, name)
        item.setData(0, ICON_ROLE, icon)
        item.setToolTip(0, words)
        self._items[name] = item
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def changeEvent(self, event: QEvent) -> None:
        """Give the lines the air that the size of the text leaves."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._space()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the lines nearer to each other where they would not all be seen."""
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        room = self.viewport().height() // max(len(self._items), 1) - self.fontMetrics().height()
        air = min(max(room, LEAST_AIR), AIR)
        if air != self._lines.air:
            self._lines.air = air
            self.scheduleDelayedItemsLayout()

    def section(self) -> str:
        """The section that is shown."""
        item = self.currentItem()
        return str(item.data(0, SECTION_ROLE)) if item is not None else ALL

    def go(self, name: str) -> None:
        """Show a section; an unknown one means all pieces."""
        self.setCurrentItem(self._items.get(name, self._items[ALL]))
        self.again.emit()

    def name(self) -> str:
        """The section's name as it is read."""
        item = self.currentItem()
        return item.toolTip(0) if item is not None else ""

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many pieces each section has; none is shown as nothing."""
        for name, item in self._items.items():
            count = counts.get(name, 0)
            item.setData(0, COUNT_ROLE, count)
            said = _("{section}，{count} 件").format(section=item.toolTip(0), count=count) if count else item.toolTip(0)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)

    def _ask_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is not None:
            self.menu_asked.emit(str(item.data(0, SECTION_ROLE)), self.viewport().mapToGlobal(at))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, SECTION_ROLE)))
