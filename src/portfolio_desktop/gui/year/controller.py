"""Decides about ticks: that a wish becomes a tick or a reason, on the board of the school year that is shown.

pieces known ─▶ board (beside) ─▶ page          wish ─▶ lane ─▶ changed(rows) ─▶ pieces known ─▶ board
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.year import board as boards
from portfolio_desktop.gui.year.board import Board, Carried
from portfolio_desktop.gui.year.page import TicksPage
from portfolio_desktop.gui.years import Years
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.jobs import Job


class Ticks(QObject):
    """The controller of the ticks' page; `changed` tells the rows of pieces that were ticked or are no more."""

    changed = Signal(object)
    said = Signal(str, str, object)

    def __init__(self, session: Session, page: TicksPage, known: Known, years: Years) -> None:
        super().__init__(page)
        self._session, self._known, self._years = session, known, years
        self._last: str | None = None
        self._job: Job | None = None
        self.page = page
        page.year_chosen.connect(years.choose)
        page.tick_asked.connect(self._wish)
        years.changed.connect(self._follow)

    def refresh(self) -> None:
        """Work the board out anew."""
        self._work_out(())

    def _work_out(self, refused: Sequence[Finding]) -> None:
        """Show the board, with the reasons why a wish was refused."""
        self.page.show_years(self._years.offered, self._years.year)
        shelf, year = self._session.shelf, self._years.year
        if shelf is None or not self._known.complete:
            return
        if self._job is not None:
            self._job.cancel()
        job = self._job = self._session.outside(
            "",
            boards.board,
            tuple(self._known.rows.values()),
            year,
            self._session.rules(year),
            shelf.profile.entry_year,
            done=partial(self._show, refused, shelf.number),
            resumes=True,
        )
        job.ended.connect(partial(self._over, job))

    def _over(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _follow(self) -> None:
        if self.page.isVisible():
            self.refresh()

    def _wish(self, piece_id: str, ticked: bool) -> None:
        if self._session.read_only:
            self.said.emit("warning", _("這個學習歷程庫是唯讀開啟的，不能勾選。"), None)
            return
        work = boards.tick if ticked else boards.untick
        self._session.ask("", work, piece_id, self._years.year, done=partial(self._carried_out, piece_id))

    def _carried_out(self, piece_id: str, carried: Carried) -> None:
        self._last = piece_id
        if not carried.refused:
            self.changed.emit(carried.rows)
        self._work_out(carried.refused)

    def _show(self, refused: Sequence[Finding], number: int, board: Board) -> None:
        shelf = self._session.shelf
        if shelf is not None and shelf.number == number and board.year == self._years.year:
            self.page.show_board(board, refused, self._last)
