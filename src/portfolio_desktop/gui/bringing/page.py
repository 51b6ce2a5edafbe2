"""The page of a plan, as layout: what it comes to, its rows, the chosen ones at the right, and the one confirmation.

15 件要收，2 個已經有了                  [ progress ─────── 停止 ]
3 組檔案同名，各是一件嗎？  各合成一件
☑ title │ files │ term │ category │ what becomes of it   ║ the chosen rows
會複製 23 MB                                     全部不要   收進 15 件
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.bringing.details import Details
from portfolio_desktop.gui.bringing.rows import Counts
from portfolio_desktop.gui.bringing.table import PlanTable
from portfolio_desktop.gui.bringing.words import counts_words, size_line
from portfolio_desktop.gui.widgets.labels import elided, label, mark
from portfolio_desktop.messages import _

CONFIRM_KEYS = QKeySequence("Ctrl+Return")
BESIDE = 46
"""Han characters that the page has to be wide for table and panel beside each other."""
ROWS = 5
"""Rows of the table that are seen at least, where the panel stands below it and the page scrolls."""


class BringingPage(QWidget):
    """Shows a plan and how far the work on it is; asks with signals."""

    confirmed = Signal()
    discarded = Signal()
    stop_asked = Signal()
    groups_asked = Signal()
    left = Signal()
    """Escape, where nothing on the page had another use for it."""
    back_asked = Signal()
    on_asked = Signal()

    def __init__(self, icons: Icons, table: PlanTable, details: Details) -> None:
        super().__init__()
        self.setObjectName("page")
        self._icons = icons
        self.table, self.details = table, details
        self.summary = label(role="heading", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("進度"))
        self.step = elided(role="small")
        self.stop = QPushButton(_("停止"))
        icons.dress(self.stop, "close")
        self.stop.clicked.connect(self.stop_asked)
        self.working = QWidget()
        self.groups = QFrame()
        self.groups_words = label(wrap=True)
        self.groups_button = QPushButton(_("各合成一件"))
        self.groups_button.clicked.connect(self.groups_asked)
        self.room = label(role="quiet", wrap=True)
        self.discard = QPushButton(_("都不收"))
        self.discard.clicked.connect(self.discarded)
        self.confirm = QPushButton()
        self.confirm.setProperty("primary", "true")
        icons.dress(self.confirm, "import", "on_accent")
        self.confirm.clicked.connect(self.confirmed)
        self.confirm.setToolTip(CONFIRM_KEYS.toString(QKeySequence.SequenceFormat.NativeText))
        keys = QShortcut(CONFIRM_KEYS, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.confirm.click)
        self._lay_out()
        self.show_idle()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self.working)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.bar, 1)
        line.addWidget(self.step, 1)
        line.addWidget(self.stop)
        self.groups.setObjectName("finding")
        self.groups.setProperty("level", "hint")
        picture = QLabel()
        self._icons.dress(picture, "hint", "hint", 18)
        offer = QHBoxLayout(self.groups)
        offer.setContentsMargins(12, 8, 8, 8)
        offer.setSpacing(10)
        offer.addWidget(picture)
        offer.addWidget(self.groups_words, 1)
        offer.addWidget(self.groups_button)
        self.groups.hide()
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.addWidget(self.table)
        self.parts.addWidget(self.details)
        self.parts.setStretchFactor(0, 7)
        self.parts.setStretchFactor(1, 3)
        self.parts.setSizes([700, 300])
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.parts)
        above = QWidget()
        above.setObjectName("page")
        content = QVBoxLayout(above)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(12)
        content.addWidget(self.summary)
        content.addWidget(self.working)
        content.addWidget(self.groups)
        content.addWidget(card, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(above)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.room, 1)
        foot.addWidget(self.discard)
        foot.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 6, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        QWidget.setTabOrder(self.stop, self.groups_button)
        QWidget.setTabOrder(self.groups_button, self.table)

    def show_counts(self, counts: Counts, free: int | None) -> None:
        """Show what the plan comes to; nothing can be confirmed while nothing is wanted."""
        self.summary.setText(counts_words(counts))
        self.room.setText(size_line(counts, free))
        mark(self.room, "level", "warning" if free is not None and counts.size > free else None)
        self.confirm.setText(_("收進 {count} 件").format(count=counts.wanted))
        self.confirm.setEnabled(bool(counts.wanted) and not self.working.isVisibleTo(self))
        self.discard.setText(_("都不收") if counts.wanted or counts.left_out else _("關閉"))

    def show_groups(self, count: int) -> None:
        """Offer to make one piece of each group of files with the same name."""
        self.groups_words.setText(_("有 {count} 組檔案同名，各是同一件作品嗎？").format(count=count))
        self.groups.setVisible(count > 0)

    def show_working(self, words: str, done: int, total: int) -> None:
        """Show how far the looking or the adding is; nothing can be confirmed meanwhile."""
        self.working.show()
        self.confirm.setEnabled(False)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.step.setText(words)

    def show_idle(self) -> None:
        """Show that nothing is under way."""
        self.working.hide()

    def hold(self, held: bool) -> None:
        """Let nothing be changed while it is being added."""
        self.parts.setDisabled(held)
        self.groups.setDisabled(held)
        self.discard.setDisabled(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chosen rows below the table where there is no room beside it."""
        super().resizeEvent(event)
        wide = self.width() >= BESIDE * self.fontMetrics().horizontalAdvance("學")
        self.parts.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.table.setMinimumHeight(0 if wide else ROWS * self.table.verticalHeader().defaultSectionSize())
        self.details.show_whole(not wide)

    def event(self, event: QEvent) -> bool:
        """Take undo and redo for the plan, as long as one works on it: the library's are not seen from here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _steps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back and on among the changes of the plan, or away."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.back_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.on_asked.emit()
        else:
            super().keyPressEvent(event)


def _steps(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
