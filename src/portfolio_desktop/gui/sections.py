"""The sections at the left: where in the library one is. Each is known by a short name that settings can remember."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.pieces.rows import ALL, TRASH
from portfolio_desktop.gui.theme import Theme
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES

TICKS, EXPORT = "ticks", "export"
PIECE_SECTIONS = (ALL, "course", "activity", *CATEGORIES[1:], TRASH)
"""The sections that show the table of pieces."""

SECTION_ROLE = Qt.ItemDataRole.UserRole


class Sections(QTreeWidget):
    """A quiet tree with counts."""

    chosen = Signal(str)

    def __init__(
        self, icons: Icons, theme: Theme, category_name: Callable[[str | None], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName(_("區段"))
        self._icons = icons
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setIndentation(14)
        self.setIconSize(QSize(20, 20))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._add(ALL, _("全部作品"), "all")
        self._add("course", category_name("course"), "course")
        activity = self._add("activity", _("多元表現"), "activity")
        for category in CATEGORIES[1:]:
            self._add(category, category_name(category), None, activity)
        activity.setExpanded(True)
        self._add(TICKS, _("勾選"), "ticks")
        self._add(EXPORT, _("匯出"), "export")
        self._add(TRASH, _("垃圾桶"), "trash")
        self.currentItemChanged.connect(self._tell)
        theme.changed.connect(self._draw)
        self._draw()

    def _add(self, name: str, words: str, icon: str | None, parent: QTreeWidgetItem | None = None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words, ""])
        item.setData(0, SECTION_ROLE, name)
        item.setData(1, SECTION_ROLE, icon)
        item.setToolTip(0, words)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._items[name] = item
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def section(self) -> str:
        """The section that is shown."""
        item = self.currentItem()
        return str(item.data(0, SECTION_ROLE)) if item is not None else ALL

    def go(self, name: str) -> None:
        """Show a section; an unknown one means all pieces."""
        self.setCurrentItem(self._items.get(name, self._items[ALL]))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many pieces each section has; none is shown as nothing."""
        for name, item in self._items.items():
            count = counts.get(name, 0)
            item.setText(1, str(count) if count else "")

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, SECTION_ROLE)))

    def _draw(self) -> None:
        for item in self._items.values():
            name = item.data(1, SECTION_ROLE)
            if name:
                item.setIcon(0, self._icons.icon(str(name), "quiet"))
