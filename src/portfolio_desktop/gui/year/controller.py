"""Decides about ticks: that a wish becomes a tick or a reason, on the board of the school year that is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.year import board as boards
from portfolio_desktop.gui.year.board import Board
from portfolio_desktop.gui.year.page import TicksPage
from portfolio_desktop.gui.years import Years
from portfolio_desktop.messages import _


class Ticks(QObject):
    """The controller of the ticks' page."""

    changed = Signal(str)
    said = Signal(str, str, object)

    def __init__(self, session: Session, page: TicksPage, years: Years) -> None:
        super().__init__(page)
        self._session = session
        self._years = years
        self._last: str | None = None
        self.page = page
        page.year_chosen.connect(years.choose)
        page.tick_asked.connect(self._wish)
        years.changed.connect(self._follow)

    def refresh(self) -> None:
        """Work the board out anew."""
        self.page.show_years(self._years.offered, self._years.year)
        if self._session.shelf is not None:
            self._session.ask("", boards.board, self._years.year, done=self._show)

    def _follow(self) -> None:
        if self.page.isVisible():
            self.refresh()

    def _wish(self, piece_id: str, ticked: bool) -> None:
        if self._session.read_only:
            self.said.emit("warning", _("這個學習歷程庫是唯讀開啟的，不能勾選。"), None)
            return
        work = boards.tick if ticked else boards.untick
        self._session.ask("", work, piece_id, self._years.year, done=partial(self._carried_out, piece_id))

    def _carried_out(self, piece_id: str, board: Board) -> None:
        self._last = piece_id
        self._show(board)
        if not board.refused:
            self.changed.emit(piece_id)

    def _show(self, board: Board) -> None:
        if board.year == self._years.year:
            self.page.show_board(board, self._last)
