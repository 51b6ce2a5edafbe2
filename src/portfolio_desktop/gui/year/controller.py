"""Decides about ticks: that a wish becomes a tick or a reason, on the board of the school year that is shown.

pieces known ─▶ board (beside) ─▶ page          wish ─▶ lane ─▶ changed(rows) ─▶ pieces known ─▶ board

While the page is shown its lines stay where they are; it is put in order anew when it was left. To look at one of its pieces
is not to leave it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.year import board as boards
from portfolio_desktop.gui.year.board import Board, Carried
from portfolio_desktop.gui.year.page import TicksPage
from portfolio_desktop.gui.year.told import Step, Told, answer
from portfolio_desktop.gui.years import Years
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.jobs import Job


class Ticks(QObject):
    """The controller of the ticks' page; `changed` tells the rows of pieces that were ticked or are no more.

    visit_asked(Destination)   one of the pieces, a place of its form, or those that are not filed
    """

    changed = Signal(object)
    said = Signal(str, str, object)
    visit_asked = Signal(object)

    def __init__(self, session: Session, page: TicksPage, known: Known, years: Years) -> None:
        super().__init__(page)
        self._session, self._known, self._years = session, known, years
        self._job: Job | None = None
        self._arranged: tuple[int, int] | None = None
        self._visiting = False
        self._unfiled: tuple[str, ...] = ()
        self.page = page
        page.year_chosen.connect(years.choose)
        page.tick_asked.connect(self._wish)
        page.open_asked.connect(lambda piece: self._visit(Destination(piece=piece)))
        page.step_asked.connect(self._take)
        page.arrange_asked.connect(self._arrange)
        page.unfiled_asked.connect(self._show_unfiled)
        page.left.connect(self._left)
        years.changed.connect(self._follow)

    def refresh(self) -> None:
        """Work the board out anew."""
        self.page.forget()
        self._work_out(None)

    def _work_out(self, told: Told | None) -> None:
        """Show the board, and what became of a wish."""
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
            done=partial(self._show, told, shelf.number),
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
        self._session.ask("", work, piece_id, self._years.year, done=partial(self._carried_out, ticked))

    def _carried_out(self, wished: bool, carried: Carried) -> None:
        if not carried.refused:
            self.changed.emit(carried.rows)
        [row] = carried.rows
        lacking = [one for one in row.findings if one.severity == "error"]
        self._work_out(answer(row.piece, wished, carried.refused, lacking))

    def _show(self, told: Told | None, number: int, board: Board) -> None:
        shelf = self._session.shelf
        if shelf is not None and shelf.number == number and board.year == self._years.year:
            self._unfiled = board.unfiled
            self.page.show_board(board, told, keep=self._arranged == (number, board.year))
            self._arranged = (number, board.year)

    def _arrange(self) -> None:
        self._arranged = None
        self._work_out(None)

    def _left(self) -> None:
        self.page.forget()
        if not self._visiting:
            self._arranged = None
        self._visiting = False

    def _take(self, step: Step) -> None:
        if step.year:
            self._years.choose(step.year)
        else:
            self._visit(Destination(piece=step.piece, about=step.about))

    def _show_unfiled(self) -> None:
        self._visit(Destination(only=frozenset(self._unfiled), called=_("還沒分類")))

    def _visit(self, place: Destination) -> None:
        self._visiting = True
        self.visit_asked.emit(place)
