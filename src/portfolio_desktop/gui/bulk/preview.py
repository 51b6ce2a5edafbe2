"""Every change that was planned, as a table, before anything is done: which piece, which value, from what to what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.bulk.plan import BulkPlan, Change
from portfolio_desktop.gui.widgets.labels import label, plain_tip
from portfolio_desktop.messages import _

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TITLE, LABEL, BEFORE, AFTER = range(4)
AIR = 14
BESIDE = 34
"""From so many characters (as wide as 國) on there are four columns; in less room two, with two lines in each row."""


class ChangesModel(QAbstractTableModel):
    """The changes of a plan, a line each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._changes: tuple[Change, ...] = ()
        self.narrow = False

    def show(self, changes: tuple[Change, ...]) -> None:
        """Show other changes."""
        self.beginResetModel()
        self._changes = changes
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Piece, value, before, after."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A column's heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        names = [_("作品"), _("欄位"), _("原來"), _("改成")]
        if self.narrow:
            names[BEFORE] = _("原來 → 改成")
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        change = self._changes[index.row()]
        title, after = visible(change.title) or _("（沒有標題）"), visible(change.after) or _("（拿掉）")
        before = visible(change.before) or _("（沒有）")
        cells = (title, change.label, before, after)
        if self.narrow:
            cells = (f"{title}\n{change.label}", change.label, f"{before}\n→ {after}", after)
        words = cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else None


class PlanView(QWidget):
    """The plan and its one confirmation."""

    confirmed = Signal()
    back_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("page")
        self.heading = label(role="heading", wrap=True)
        self.about = label(role="quiet", wrap=True)
        self.warning = label(wrap=True)
        self.warning.setProperty("level", "warning")
        self.changes = ChangesModel(self)
        self.table = table = QTableView()
        table.setAccessibleName(_("會改的地方"))
        table.setModel(self.changes)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(LABEL, QHeaderView.ResizeMode.ResizeToContents)
        self.confirm = QPushButton()
        self.confirm.setProperty("primary", "true")
        self.confirm.clicked.connect(self.confirmed)
        self.back = QPushButton(_("返回"))
        icons.dress(self.back, "previous", "text", 18)
        self.back.clicked.connect(self.back_asked)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(10)
        for widget in (self.heading, self.about, self.warning):
            layout.addWidget(widget)
        layout.addWidget(table, 1)
        layout.addLayout(buttons)
        self._fit_text()

    def show_plan(self, plan: BulkPlan, chosen: int, said: str = "") -> None:
        """Show every change; `said` is what else there is to say about it."""
        self.changes.show(plan.changes)
        count = len(plan.edits)
        same = chosen - count
        self.heading.setText(
            _("會改 {count} 件作品，共 {places} 個地方").format(count=count, places=len(plan.changes))
            if count
            else _("沒有要改的")
        )
        about = [said] if said else []
        if count:
            about.append(_("還沒有改；看過再按下面的按鈕。改完可以一次復原。"))
            if same:
                about.append(_("另外 {count} 件本來就是這樣，不會動。").format(count=same))
        else:
            about.append(_("選的作品本來就是這樣。"))
        self.about.setText("\n".join(about))
        self.warning.setText(
            _("其中 {count} 件已經送出認證或認證成功：平臺上的內容不會跟著改。").format(count=plan.locked)
        )
        self.warning.setVisible(bool(plan.locked))
        self.table.setVisible(bool(count))
        self.confirm.setVisible(bool(count))
        self.confirm.setText(_("照這樣改 {count} 件").format(count=count))

    def set_busy(self, busy: bool) -> None:
        """Keep hands off while it is being done."""
        self.confirm.setDisabled(busy)
        self.back.setDisabled(busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with escape."""
        if event.key() == Qt.Key.Key_Escape and self.back.isEnabled():
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Give larger text higher rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "table"):
            self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room, put two lines into each row instead of four columns."""
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        metrics = self.table.fontMetrics()
        narrow = self.width() < BESIDE * metrics.horizontalAdvance("國")
        self.table.verticalHeader().setDefaultSectionSize(metrics.height() * (2 if narrow else 1) + AIR)
        if narrow is not self.changes.narrow:
            self.changes.narrow = narrow
            for column in (LABEL, AFTER):
                self.table.setColumnHidden(column, narrow)
            self.changes.headerDataChanged.emit(Qt.Orientation.Horizontal, TITLE, AFTER)
            self.table.viewport().update()
