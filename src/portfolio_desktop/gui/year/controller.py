"""Decides about ticks: which school year, and that a wish becomes a tick or a reason."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.year import board as boards
from portfolio_desktop.gui.year.board import Board
from portfolio_desktop.gui.year.page import TicksPage
from portfolio_desktop.messages import _
from portfolio_desktop.terms import school_year_of


class Ticks(QObject):
    """The controller of the ticks' page."""

    changed = Signal()
    said = Signal(str, str, object)

    def __init__(self, session: Session, page: TicksPage) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self.year = 0
        page.year_chosen.connect(self._choose)
        page.tick_asked.connect(self._wish)

    def open(self, shelf: Shelf) -> None:
        """Offer the school years of this library's student."""
        years = sorted({term.year for term in shelf.profile.terms})
        self.year = present_year(years)
        self._page.show_years(years, self.year)

    def prefer(self, years: set[int]) -> None:
        """Show the present school year if there are pieces of it, else the latest that has some."""
        earlier = [year for year in years if year < self.year]
        if self.year not in years and earlier:
            self.year = max(earlier)
            self._page.year.choose(str(self.year))

    def follow(self, year: int) -> None:
        """Take the school year that was chosen on another page."""
        if year:
            self.year = year
            self._page.year.choose(str(year))

    def refresh(self) -> None:
        """Work the board out anew."""
        if self._session.shelf is not None:
            self._session.ask("", boards.board, self.year, done=self._show)

    def _choose(self, year: int) -> None:
        if year:
            self.year = year
            self.refresh()

    def _wish(self, piece_id: str, ticked: bool) -> None:
        if self._session.read_only:
            self.said.emit("warning", _("這個學習歷程庫是唯讀開啟的，不能勾選。"), None)
            return
        work = boards.tick if ticked else boards.untick
        self._session.ask("", work, piece_id, self.year, done=self._carried_out)

    def _carried_out(self, board: Board) -> None:
        self._show(board)
        if not board.refused:
            self.changed.emit()

    def _show(self, board: Board) -> None:
        if board.year == self.year:
            self._page.show_board(board)


def present_year(years: list[int], today: datetime.date | None = None) -> int:
    """The school year that today falls in, or the student's nearest one."""
    now = school_year_of(today or datetime.datetime.now().astimezone().date())
    return min(years, key=lambda year: abs(year - now))
