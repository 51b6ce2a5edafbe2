"""The page of ticks, as layout: the school year, and side by side both kinds with their quota."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.theme import Theme
from portfolio_desktop.gui.widgets.empty import EmptyState
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.gui.widgets.year import YearChoice
from portfolio_desktop.gui.year.board import Board
from portfolio_desktop.gui.year.list import CandidateList, CandidateModel, lacking_words
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
        self.empty.say("ticks", _("這個學年度還沒有可以勾的"), empty)
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

    def show_board(self, board: Board, kind: Kind) -> None:
        """Show this kind's part of the board; the chosen line stays chosen."""
        used, limit = board.used.get(kind, 0), board.limits[kind]
        level = "error" if used > limit else "ok"
        self.number.setText(f"{used} / {limit}")
        mark(self.number, "level", level)
        self.bar.setRange(0, limit)
        self.bar.setValue(min(used, limit))
        mark(self.bar, "level", level)
        self.words.setText(
            _("超過名額 {count} 件，請先取消。").format(count=used - limit)
            if used > limit
            else _("名額滿了；要換一件，先取消另一件。")
            if used == limit
            else _("還可以勾 {count} 件。").format(count=limit - used)
        )
        place = self.list.currentIndex().row()
        candidates = board.candidates[kind]
        self.model.show(candidates)
        if 0 <= place < len(candidates):
            self.list.setCurrentIndex(self.model.index(place, 0))
        self.stack.setCurrentWidget(self.list if candidates else self._nothing)


class TicksPage(QWidget):
    """Shows a board; asks with signals."""

    year_chosen = Signal(int)
    tick_asked = Signal(str, bool)
    open_asked = Signal(str)

    def __init__(self, icons: Icons, theme: Theme, category_name: Callable[[str | None], str]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.year = YearChoice()
        self.year.year_chosen.connect(self.year_chosen)
        words = label(_("勾選的件會由學校提交到中央資料庫。要改，請在學校的期限以前。"), "quiet", wrap=True)
        self.refused = label(wrap=True)
        self.refused.setProperty("level", "warning")
        self.unfiled = label(role="small", wrap=True)
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
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for column in self.columns.values():
            columns.addWidget(column, 1)
            column.list.tick_asked.connect(self.tick_asked)
            column.list.open_asked.connect(self.open_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.refused)
        layout.addLayout(columns, 1)
        layout.addWidget(self.unfiled)
        self.refused.hide()

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer the student's school years."""
        self.year.show_years(years, chosen)

    def show_board(self, board: Board, refused: Sequence[Finding] = (), ticked: str | None = None) -> None:
        """Show what can be ticked, what is, why a wish was refused, or what the piece that was `ticked` last still lacks."""
        for kind, column in self.columns.items():
            column.show_board(board, kind)
        told = [reason.in_full for reason in refused]
        lacking = board.lacking(ticked)
        if lacking:
            told.append(_("勾選了。{lacking}").format(lacking=lacking_words(lacking)))
        self.refused.setText("　".join(told))
        self.refused.setVisible(bool(told))
        self.unfiled.setText(
            _("另有 {count} 件還沒有類別，所以沒有列出來。").format(count=board.unfiled) if board.unfiled else ""
        )
        self.unfiled.setVisible(bool(board.unfiled))
