"""Decides what 總覽 shows: taken from the rows that the window knows already, each time it is shown or they change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.overview.page import OverviewPage
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import ALL


class Overview(QObject):
    """The controller of the page.

    visit_asked(Destination)   somewhere in the window: a section, with a filter or one piece
    deed_asked(str)            an action of the window by its name (actions.py), like "add" or "back_up"
    said(level, text, deed)    a sentence for the banner
    """

    visit_asked = Signal(object)
    deed_asked = Signal(str)
    said = Signal(str, str, object)

    def __init__(self, known: Known, page: OverviewPage) -> None:
        super().__init__(page)
        self._known = known
        self.page = page
        page.all_asked.connect(partial(self.visit_asked.emit, Destination(ALL)))
        page.add_asked.connect(partial(self.deed_asked.emit, "add"))

    def refresh(self) -> None:
        """Show the library as it is known now."""
        self.page.show_count(sum(not row.piece.trashed for row in self._known.rows.values()))
