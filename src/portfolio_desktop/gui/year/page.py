"""The page of ticks, as layout: the school year, and side by side both kinds with their quota.

school year        重新排列
course results │ activities          a line stays where it was while one ticks: what one is looking at does not run away
what became of the last wish, with the next step
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.gui.widgets.year import YearChoice
from portfolio_desktop.gui.year.board import Board
from portfolio_desktop.gui.year.list import CandidateList, CandidateModel
from portfolio_desktop.gui.year.told import Step, Told
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Kind


class KindColumn(QFrame):
    """One kind: its name, its quota as number, bar and words, and its candidates."""

    def __init__(
        self, name: str, empty: str, icons: Icons, theme: Theme, category_name: Callable[[str | None], str]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._name = name
        self.model = CandidateModel(category_name, self)
        self.list = CandidateList(name, self.model, icons, theme)
        heading = label(name, "heading")
        self.number = label(role="heading")
        self.words = label(role="small", wrap=True)
        self.picture = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("{kind}已用的名額").format(kind=name))
        self.empty = EmptyState(icons)
        self.empty.say("ticks", _("這個學年度還沒有可以勾選的作品"), empty)
        self._nothing = QScrollArea()  # large text in a low window needs more room than there is
        self._nothing.setWidgetResizable(True)
        self._nothing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing.setWidget(self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self._nothing)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.number)
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 6)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self.bar)
        top.addWidget(self.words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)

    def show_board(self, board: Board, kind: Kind, *, keep: bool) -> bool:
        """Show this kind's part of the board, with `keep` each line where it was; whether that is another order than its own."""
        used, limit = board.used.get(kind, 0), board.limits[kind]
        level = "error" if used > limit else "ok"
        self.number.setText(f"{used} / {limit}")
        mark(self.number, "level", level)
        self.bar.setRange(0, limit)
        self.bar.setValue(min(used, limit))
        mark(self.bar, "level", level)
        words = (
            _("超過名額 {count} 件，請先取消。").format(count=used - limit)
            if used > limit
            else _("名額滿了；要換一件，先取消另一件。")
            if used == limit
            else _("還可以勾選 {count} 件。").format(count=limit - used)
        )
        unfinished = sum(one.ticked and bool(one.lacking) for one in board.candidates[kind])
        self.words.setText(words + (_("勾選的有 {count} 件還沒寫完。").format(count=unfinished) if unfinished else ""))
        place, scrolled = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        chosen = self.model.candidate(place).piece.id if place >= 0 else ""
        before, candidates = self.model.order(), board.candidates[kind]
        shown = candidates
        if keep:  # what is new comes last, in its own order
            shown = tuple(sorted(candidates, key=lambda one: before.get(one.piece.id, len(before))))
        self.model.show(shown)
        self.list.choose(chosen)
        if keep:
            self.list.verticalScrollBar().setValue(scrolled)
        self.stack.setCurrentWidget(self.list if candidates else self._nothing)
        return shown != candidates


class TicksPage(QWidget):
    """Shows a board; asks with signals."""

    year_chosen = Signal(int)
    tick_asked = Signal(str, bool)
    open_asked = Signal(str)
    step_asked = Signal(object)
    arrange_asked = Signal()
    unfiled_asked = Signal()
    left = Signal()

    def __init__(self, icons: Icons, theme: Theme, category_name: Callable[[str | None], str]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.year = YearChoice()
        self.year.year_chosen.connect(self.year_chosen)
        words = label(_("勾選的作品會由學校提交到中央資料庫。要改，請在學校的期限以前。"), "quiet", wrap=True)
        self._icons = icons
        self.arrange = QPushButton(_("重新排列"))
        self.arrange.setProperty("plain", "true")
        self.arrange.setToolTip(_("勾選的排到前面；勾的時候各行不會自己跑掉"))
        room = self.arrange.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.arrange.setSizePolicy(room)
        self.arrange.clicked.connect(self.arrange_asked)
        self.told = label(wrap=True)
        self.step = QPushButton()
        self.step.clicked.connect(self._go_on)
        self._step: Step | None = None
        self.strip = self._strip()
        self.unfiled = label(role="small")
        self.unfiled_button = QPushButton()
        self.unfiled_button.setProperty("link", "true")
        self.unfiled_button.clicked.connect(self.unfiled_asked)
        self.columns: dict[Kind, KindColumn] = {
            "course": KindColumn(
                _("課程學習成果"),
                _("課程學習成果要老師認證成功，而且是這個學年的課，才會出現在這裡。"),
                icons,
                theme,
                category_name,
            ),
            "activity": KindColumn(
                _("多元表現"), _("把作品的類別設成多元表現的其中一類，就會出現在這裡。"), icons, theme, category_name
            ),
        }
        head = self.year.head
        head.addWidget(words, 1)
        head.addWidget(self.arrange)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for column in self.columns.values():
            columns.addWidget(column, 1)
            column.list.tick_asked.connect(self.tick_asked)
            column.list.open_asked.connect(self.open_asked)
            column.list.step_asked.connect(self.step_asked)
        unfiled = QHBoxLayout()
        unfiled.setSpacing(8)
        unfiled.addWidget(self.unfiled)
        unfiled.addWidget(self.unfiled_button)
        unfiled.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(columns, 1)
        layout.addWidget(self.strip)
        layout.addLayout(unfiled)
        self.strip.hide()
        self.arrange.hide()

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer the student's school years."""
        self.year.show_years(years, chosen)

    def show_board(self, board: Board, told: Told | None = None, *, keep: bool = False) -> None:
        """Show what can be ticked and what is, with `keep` each line where it was, and what became of the last wish."""
        moved = [column.show_board(board, kind, keep=keep) for kind, column in self.columns.items()]
        self.arrange.setVisible(any(moved))
        self._show_told(told)
        count = len(board.unfiled)
        self.unfiled.setText(_("另有 {count} 件作品還沒分類，沒有列出來。").format(count=count))
        self.unfiled_button.setText(_("看這一件") if count == 1 else _("看這 {count} 件").format(count=count))
        self.unfiled_button.setAccessibleName(_("看還沒分類的 {count} 件").format(count=count))
        for widget in (self.unfiled, self.unfiled_button):
            widget.setVisible(bool(board.unfiled))

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the page was left; a window that is made small is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    def _show_told(self, told: Told | None) -> None:
        """It stands below the lists, and its room stays until the page is left: nothing above it moves."""
        self.strip.setVisible(told is not None or (self.strip.isVisible() and bool(self.told.text())))
        if told is None:
            return
        mark(self.strip, "level", told.level)
        self._icons.dress(self._picture, told.level, told.level, 20)
        self.told.setText(told.sentence)
        self.strip.setAccessibleName(told.sentence)
        self._step = told.step
        self.step.setVisible(told.step is not None)
        self.step.setText(told.step.words if told.step else "")

    def forget(self) -> None:
        """What became of the last wish is not said any more."""
        self.strip.hide()
        self.told.setText("")

    def _go_on(self) -> None:
        if self._step is not None:
            self.step_asked.emit(self._step)

    def _strip(self) -> QFrame:
        strip = QFrame()
        strip.setObjectName("finding")
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._picture = QLabel()
        line = QHBoxLayout(strip)
        line.setContentsMargins(14, 8, 8, 8)
        line.setSpacing(10)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.told, 1)
        line.addWidget(self.step, 0, Qt.AlignmentFlag.AlignVCenter)
        return strip
