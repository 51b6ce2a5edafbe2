"""Decides what 總覽 shows, each time it is shown and each time the pieces were read anew; where a click on it leads."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.frame.sections import SAFETY, TICKS
from portfolio_desktop.gui.overview.page import OverviewPage
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import ALL
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.years import Years
from portfolio_desktop.terms import terms_of_student
from portfolio_desktop.year.picture import place_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from portfolio_desktop.gui.jobs import Job
    from portfolio_desktop.gui.overview.cells import Spot
    from portfolio_desktop.gui.overview.work import Prospect
    from portfolio_desktop.year.item import Item

LOOK = "portfolio_desktop.gui.overview.work:look"
FOLLOW_MILLISECONDS = 200
"""How long the pieces have to be left alone before the page is worked out anew: files that are looked into come one by one."""


class Overview(QObject):
    """The controller of the page.

    visit_asked(Destination)   somewhere in the window: a section, with a filter or one piece
    deed_asked(str)            an action of the window by its name (actions.py), like "add" or "back_up"
    """

    visit_asked = Signal(object)
    deed_asked = Signal(str)

    def __init__(self, session: Session, known: Known, years: Years, page: OverviewPage) -> None:
        super().__init__(page)
        self._session, self._known, self._years = session, known, years
        self._job: Job | None = None
        self._again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FOLLOW_MILLISECONDS)
        self._pause.timeout.connect(self._follow)
        self.page = page
        page.item_asked.connect(self._go)
        page.cell_asked.connect(self._open_cell)
        page.year_asked.connect(self._open_year)
        page.safety_asked.connect(lambda: self.visit_asked.emit(Destination(SAFETY)))
        page.add_asked.connect(lambda: self.deed_asked.emit("add"))
        page.sample_asked.connect(lambda: self.deed_asked.emit("sample"))
        session.opened.connect(lambda _shelf: page.show_waiting())

    def refresh(self) -> None:
        """Show the library as it is known now; what is shown stays until that is worked out."""
        shelf, known = self._session.shelf, self._known
        if shelf is None or not known.complete:
            self.page.show_waiting()
        elif all(row.piece.trashed for row in known.rows.values()):
            self.page.show_beginning(writable=not shelf.read_only)
        elif self._job is not None:
            self._again = True
        else:
            self._look(shelf)

    def follow(self) -> None:
        """The pieces changed: show it, where anyone is looking, once they are left alone."""
        if self.page.isVisible():
            self._pause.start()

    def _follow(self) -> None:
        if self.page.isVisible():
            self.refresh()

    def _look(self, shelf: Shelf) -> None:
        self._job = self._session.outside(
            "",
            LOOK,
            tuple(self._known.rows.values()),
            self._rules(shelf),
            shelf.profile.entry_year,
            shelf.folder,
            datetime.datetime.now().astimezone(),
            done=self._show,
            resumes=True,
        )
        self._job.ended.connect(self._over)

    def _rules(self, shelf: Shelf) -> Callable[[int], Rules]:
        """The rules by school year, for another thread: of the library as it is at this moment."""
        book = self._session.ground.rules
        return cache(lambda year: book.for_year(max(year, book.first_year), shelf.school))

    def _show(self, prospect: Prospect) -> None:
        shelf = self._session.shelf
        if shelf is None or shelf.folder != prospect.folder or not self._known.complete:
            return
        rules = {year: self._session.rules(year) for year in prospect.picture.used}
        limits = {year: (one.quota_course, one.quota_activity) for year, one in rules.items()}
        self.page.show_prospect(prospect, shelf.profile.entry_year, limits)

    def _over(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.refresh()

    def _go(self, item: Item) -> None:
        aim = item.aim
        if aim.year:
            self._years.choose(aim.year)
        if aim.deed == "back_up" or (aim.deed and not self._session.read_only):
            self.deed_asked.emit(aim.deed)
        else:
            self.visit_asked.emit(self._place(item))

    def _place(self, item: Item) -> Destination:
        """Where an item leads: one piece, exactly the pieces that it counts, or another page."""
        aim = item.aim
        if aim.piece or len(item.pieces) < 2 or aim.section in (TICKS, SAFETY):
            return Destination(aim.section, aim.piece)
        return Destination(aim.section, only=frozenset(item.pieces), called=item.called)

    def _open_cell(self, spot: Spot) -> None:
        section, shelf = spot.category or ALL, self._session.shelf
        if shelf is None or not spot.is_loose:
            self.visit_asked.emit(Destination(section, term=str(spot.term) if spot.term else ""))
            return
        terms = terms_of_student(shelf.profile.entry_year)
        live = (row for row in self._known.rows.values() if not row.piece.trashed)
        there = ((row.id, *place_of(row.piece, terms)) for row in live)
        only = frozenset(
            one
            for one, category, term in there
            if (spot.every_category or category == spot.category) and (spot.every_term or term == spot.term)
        )
        if only:
            self.visit_asked.emit(Destination(section, only=only, called=spot.where))

    def _open_year(self, year: int) -> None:
        self._years.choose(year)
        self.visit_asked.emit(Destination(TICKS))
