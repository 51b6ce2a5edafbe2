"""The page of exporting, as layout: school year, what will be in the bundle and what is wrong, where to, how far, done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.bundle.entries import BundlePlan, Entry
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.export.overall import Overall, amount_words
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import elided, label, mark, plain_tip
from portfolio_desktop.gui.widgets.year import YearChoice
from portfolio_desktop.gui.words import severity_words, size_words
from portfolio_desktop.messages import _

PIECE_ROLE = Qt.ItemDataRole.UserRole
BUTTONS, PROGRESS, DONE = 0, 1, 2
"""What stands at the foot of the page."""
ICON = 18
SUM_LETTERS = 34
"""The width from which two things stand beside each other at the top: year and kind, the sum and how it comes about."""
DONE_LETTERS = 56
"""The width from which what was exported stands beside what can be done with it."""


class ExportPage(QWidget):
    """Shows a plan and how far its writing is; asks with signals."""

    year_chosen = Signal(int)
    everything_chosen = Signal(bool)
    folder_asked = Signal()
    zip_asked = Signal()
    cancel_asked = Signal()
    open_asked = Signal()
    sheet_asked = Signal()
    visit_asked = Signal(object)

    def __init__(self, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self._icons, self._theme = icons, theme
        self._stage = ""
        self._has_pieces = False
        self.year = YearChoice()
        self.year.year_chosen.connect(self.year_chosen)
        self.everything = QCheckBox(_("完整備份（可以再匯入）"))
        self.everything.setToolTip(_("所有作品和歷來的檔案都在內"))
        self.everything.toggled.connect(self.everything_chosen)
        self.summary = label(role="heading", wrap=True)
        self.amount = label(role="small", wrap=True)
        self._sums = Fold(SUM_LETTERS, spacing=10)
        self.overall = Overall(icons)
        self.overall.visit_asked.connect(self.visit_asked)
        self.trouble = label(wrap=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("會匯出的內容"))
        self.tree.setHeaderLabels([_("內容"), _("檔案"), _("提醒")])
        self._size_icons()
        self.tree.setUniformRowHeights(False)
        self.tree.setWordWrap(True)
        self.tree.setRootIsDecorated(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.header().setStretchLastSection(True)
        self.tree.itemActivated.connect(self._activated)
        self.empty = EmptyState(icons)
        self.plan = QStackedWidget()
        self.plan.addWidget(self.tree)
        self.plan.addWidget(self.empty)
        self.folder_button = self._button(_("匯出成資料夾…"), "folder", primary=True)
        self.zip_button = self._button(_("匯出成 ZIP…"), "export")
        self.folder_button.clicked.connect(self.folder_asked)
        self.zip_button.clicked.connect(self.zip_asked)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("匯出的進度"))
        self.step = elided(role="small")
        self.cancel_button = self._button(_("取消"), "close")
        self.cancel_button.clicked.connect(self.cancel_asked)
        self.done = label(wrap=True, copy=True)
        self.open_button = self._button(_("開啟資料夾"), "folder", primary=True)
        self.sheet_button = self._button(_("開啟複製單"), "copy")
        self.open_button.clicked.connect(self.open_asked)
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.again_button = self._button(_("再匯出一次"), "export")
        self.again_button.clicked.connect(self.show_buttons)
        self.foot: QStackedWidget = QStackedWidget()
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Let the drawings grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._size_icons()

    def _size_icons(self) -> None:
        side = self._icons.grown(ICON)
        self.tree.setIconSize(QSize(side, side))

    def _button(self, words: str, icon: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        self._icons.dress(button, icon, "on_accent" if primary else "text")
        if primary:
            button.setProperty("primary", "true")
        return button

    def _lay_out(self) -> None:
        year = QWidget()
        year.setLayout(self.year.head)
        self.year.head.setContentsMargins(0, 0, 0, 0)
        self.year.head.addStretch(1)
        head = Fold(SUM_LETTERS, spacing=14)
        head.add(year)
        head.add(self.everything, 1)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.plan)
        self._add_foot(self.folder_button, self.zip_button)
        self._add_foot(self.bar, self.step, self.cancel_button)
        ways = QWidget()
        line = QHBoxLayout(ways)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for button in (self.open_button, self.sheet_button, self.again_button):
            line.addWidget(button)
        exported = Fold(DONE_LETTERS, spacing=10)
        exported.add(self.done, 1)
        exported.add(ways, 0, Qt.AlignmentFlag.AlignRight)
        self.foot.addWidget(exported)
        self.foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        self._sums.add(self.summary)
        self._sums.add(self.amount, 1)
        layout.addWidget(self._sums)
        layout.addWidget(self.overall)
        layout.addWidget(self.trouble)
        layout.addWidget(card, 1)
        layout.addWidget(self.foot)

    def _add_foot(self, *widgets: QWidget) -> None:
        """A line at the bottom; its bar takes the room that is left."""
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        for widget in widgets:
            line.addWidget(widget, 1 if widget is self.bar else 0)
        if self.folder_button in widgets:
            line.addStretch(1)
        self.foot.addWidget(page)

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer the student's school years."""
        self.year.show_years(years, chosen)

    def show_plan(self, plan: BundlePlan) -> None:
        """Show what will be exported, in the platforms' order, and what is wrong with it."""
        self.summary.setText(
            _("{pieces} 件作品、{files} 個檔案，共 {size}").format(
                pieces=len(plan.entries), files=len(plan.targets), size=size_words(plan.size)
            )
        )
        self._sums.setVisible(bool(plan.entries or plan.left_out or plan.everything))
        self.amount.setText(amount_words(plan))
        self.overall.show_plan(plan)
        self._has_pieces = bool(plan.entries or plan.left_out)
        self._turn_to(self.foot.currentIndex())
        self.trouble.setText("\n".join(finding.in_full for finding in plan.findings))
        self.trouble.setVisible(bool(plan.findings) and bool(plan.entries or plan.left_out))
        mark(self.trouble, "level", "error" if any(f.severity == "error" for f in plan.findings) else "warning")
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for entry in plan.entries:
            if entry.folder not in groups:
                groups[entry.folder] = self._group(entry.label)
            groups[entry.folder].addChild(self._entry(entry))
        if plan.left_out:
            group = self._group(_("不會匯出"))
            for left in plan.left_out:
                item = QTreeWidgetItem([visible(left.title) or _("（沒有標題）"), "", left.finding.message])
                item.setIcon(2, self._icons.icon(left.finding.severity, left.finding.severity))
                item.setData(0, PIECE_ROLE, left.id)
                group.addChild(item)
        self.tree.expandAll()
        self.tree.setColumnWidth(0, max(220, self.tree.viewport().width() * 2 // 5))
        self.tree.setColumnWidth(1, max(160, self.tree.viewport().width() // 4))
        something = bool(plan.entries or plan.left_out or plan.everything)
        self.plan.setCurrentWidget(self.tree if something else self.empty)
        self.folder_button.setEnabled(something)
        self.zip_button.setEnabled(something)

    def show_stage(self, words: str) -> None:
        """Show what the following steps are of."""
        self._stage = words
        self.show_progress(0, 0, "")

    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show how far the writing is."""
        self._turn_to(PROGRESS)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        name = what.rpartition("/")[2]
        self.step.setText("　".join(part for part in (self._stage, name) if part))

    def show_done(self, words: str, *, folder: bool) -> None:
        """Show that it is written, and where; the copy sheet can only be opened where it is not inside a ZIP."""
        self.done.setText(words)
        self.sheet_button.setVisible(folder)
        self._turn_to(DONE)

    def show_buttons(self) -> None:
        """Show the way to export again."""
        self._stage = ""
        self._turn_to(BUTTONS)

    def _turn_to(self, foot: int) -> None:
        """What is wrong as a whole is said before it is written; afterwards its room is wanted for where it lies."""
        self.foot.setCurrentIndex(foot)
        self.overall.setVisible(self._has_pieces and foot != DONE)

    def _group(self, words: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setFirstColumnSpanned(True)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(item)
        item.setFirstColumnSpanned(True)
        return item

    def _entry(self, entry: Entry) -> QTreeWidgetItem:
        names = "\n".join(target.name for target in entry.targets) or _("沒有檔案")
        worst = _worst(entry.findings)
        words = ""
        if worst is not None:
            more = len(entry.findings) - 1
            words = f"{severity_words(worst.severity)}：{worst.message}"
            words += _("　另有 {count} 項").format(count=more) if more else ""
        item = QTreeWidgetItem([f"{entry.number:02d}　{visible(entry.title) or _('（沒有標題）')}", names, words])
        item.setToolTip(2, plain_tip("\n".join(finding.message for finding in entry.findings)))
        item.setToolTip(1, plain_tip(names))
        item.setData(0, PIECE_ROLE, entry.id)
        item.setToolTip(0, _("點兩下，或按 Enter：到這件作品"))
        if worst is not None:
            item.setIcon(2, self._icons.icon(worst.severity, worst.severity))
        return item

    def _activated(self, item: QTreeWidgetItem) -> None:
        piece_id = item.data(0, PIECE_ROLE)
        if piece_id:
            self.visit_asked.emit(Destination(piece=str(piece_id)))


def _worst(findings: Sequence[Finding]) -> Finding | None:
    return next((f for level in ("error", "warning", "hint") for f in findings if f.severity == level), None)
