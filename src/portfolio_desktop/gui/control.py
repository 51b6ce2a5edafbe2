"""The window's controllers, put together: who hears of what, and which section is shown.

deeds (what actions do)   enabling (what can be done now)   coming (a library opens, closes)   rooms (pages, made lazily)
pieces ── filled ──▶ the page that is shown                 every sentence ──▶ saying ──▶ banner
every error ──▶ problems ──▶ saying or dialog
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.firstrun.opening import Opening
from portfolio_desktop.gui.frame import deeds
from portfolio_desktop.gui.frame.enabling import Enabling
from portfolio_desktop.gui.frame.returning import Returning
from portfolio_desktop.gui.frame.saying import Saying
from portfolio_desktop.gui.frame.sections import EXPORT, OVERVIEW, PIECE_SECTIONS, SAFETY, TICKS
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.lines import TRASH
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.problems import Dialogs, Problems
from portfolio_desktop.gui.rooms import Crew, Rooms
from portfolio_desktop.gui.safekeeping.care import Care
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.shelf.catalog import CatalogCare
from portfolio_desktop.gui.shelf.coming import Coming
from portfolio_desktop.gui.shelf.leaving import Leaving
from portfolio_desktop.gui.starting.keeping import Keeping
from portfolio_desktop.gui.starting.recall import left, remember
from portfolio_desktop.gui.years import Years

if TYPE_CHECKING:
    from portfolio_desktop.gui.export.controller import Export
    from portfolio_desktop.gui.firstrun.page import FirstRunPage
    from portfolio_desktop.gui.overview.controller import Overview
    from portfolio_desktop.gui.shelf.where import Where
    from portfolio_desktop.gui.year.controller import Ticks


BRINGING = ("add", "add_folder", "paste")
SECTION_MENUS = {
    TRASH: ("empty_trash",),
    TICKS: ("export",),
    EXPORT: ("export",),
    SAFETY: ("back_up",),
}
"""What can be done in a section by its context menu; work can be brought into all others."""


class Control(QObject):
    """The controller of the window; `gone` when everything is put away."""

    gone = Signal()

    def __init__(self, session: Session, parts: Parts, dialogs: Dialogs) -> None:
        super().__init__(parts.window)
        self.session, self.parts, self.memory, self.dialogs = session, parts, parts.memory, dialogs
        self._new = False
        self.problems = Problems(dialogs, parts.window)
        self.saying = Saying(parts.window, parts.sections)
        self.years = Years(self)
        self.pieces = Pieces(session, parts, dialogs)
        self.opening = Opening(session, dialogs, parts.window, self.pieces.settle)
        self.leaving = Leaving(
            session, parts.window, self.pieces.writing, self.pieces.settle_plan, dialogs, self.say, self._remember
        )
        self.catalog = CatalogCare(session, lambda: self.pieces.writing.typing, self)
        self.care = Care(session, parts, dialogs, self.pieces.known, self.leaving.let_go)
        self.keeping = Keeping(session, self.pieces.known, parts)
        self.crew = Crew(
            session, parts, dialogs, self.years, self.pieces, self.opening, self.care, self.say, self.visit
        )
        self.rooms = Rooms(self.crew)
        self.returning = Returning(parts, self.pieces.arranging.bar)
        self.enabling = Enabling(self.crew)
        self.coming = Coming(self.crew, self.rooms, lambda: self.memory.text("piece"))
        self._connect()
        was = left(parts.memory)
        self.pieces.listing.begin(was, parts.glimpse)
        self.go(parts.sections.section())

    @property
    def overview(self) -> Overview:
        """The page 總覽."""
        return self.rooms.overview

    @property
    def ticks(self) -> Ticks:
        """The page 勾選."""
        return self.rooms.ticks

    @property
    def export(self) -> Export:
        """The page 匯出."""
        return self.rooms.export

    @property
    def where(self) -> Where:
        """Where the library is, and who else has it."""
        return self.rooms.where

    @property
    def welcome(self) -> FirstRunPage:
        """The page for the first day."""
        return self.rooms.welcome

    def begin(self, library: Path | None) -> None:
        """Open the library that was asked for or used last; the welcome page where there is none."""
        self.coming.begin(library)

    def say(self, level: str, text: str, deed: object = None) -> None:
        """Show a sentence below the page."""
        self.saying.say(level, text, deed if isinstance(deed, tuple) else None)

    def _remember(self) -> None:
        """Take down how everything is, for the next time."""
        row = self.pieces.writing.row
        remember(self.memory, self.parts, self.pieces.known, row.id if row else "")
        self.memory.keep(self.session.ground.settings.last_library)

    def _connect(self) -> None:
        parts, window = self.parts, self.parts.window
        self.session.jobs.failed.connect(self.problems.tell)
        self.problems.sentence.connect(lambda text: self.say("error", text))
        self.pieces.listing.said.connect(self.say)
        self.pieces.said.connect(self.say)
        self.pieces.listing.filled.connect(self._filled)
        self.pieces.writing.changed.connect(lambda _row: self.saying.changed())
        self.pieces.courses.changed.connect(self.saying.changed)
        self.rooms.changed.connect(self.saying.changed)
        self.pieces.steps_changed.connect(self.saying.steps)
        self.opening.created.connect(partial(parts.sections.go, OVERVIEW))
        self.care.said.connect(self.say)
        self.care.section_asked.connect(partial(parts.sections.go, SAFETY))
        self.care.piece_asked.connect(lambda piece: self.visit(Destination(piece=piece)))
        self.care.changed.connect(lambda _row: self.pieces.reload())
        self.coming.changed.connect(self._renewed)
        parts.sections.chosen.connect(self.go)
        parts.sections.again.connect(self._uncover)
        parts.page.table.menu_asked.connect(self._menu)
        parts.sections.menu_asked.connect(self._section_menu)
        window.close_asked.connect(self.leaving.close)
        window.uncovered.connect(lambda: self.go(parts.sections.section()))
        self.leaving.gone.connect(self.rooms.closing)
        self.leaving.gone.connect(self.gone)
        self.leaving.left.connect(self.coming.left)
        deeds.connect(self.crew, self.rooms, self.coming, self.leaving)

    def go(self, section: str) -> None:
        """Show a section."""
        self.pieces.writing.flush()
        window = self.parts.window
        window.show_section(self.parts.sections.name(), trash=section == TRASH)
        if section in PIECE_SECTIONS:
            window.pages.setCurrentWidget(self.parts.page)
            self.pieces.listing.go(section)
        else:
            room = self.rooms.of(section)
            window.pages.setCurrentWidget(room.page)
            room.refresh()
        self.enabling.look()
        self.enabling.say_shown()

    def _uncover(self) -> None:
        """Show the section that one is in, where another page lies over it."""
        section = self.parts.sections.section()
        page = self.parts.page if section in PIECE_SECTIONS else self.rooms.of(section).page
        if self.parts.window.pages.currentWidget() is not page:
            self.go(section)

    def visit(self, place: Destination) -> None:
        """Go somewhere in the window; from a page that is not one of pieces there is a way back."""
        came = self.returning.here()
        self._visit(place)
        self.returning.offer(came if self.parts.window.pages.currentWidget() is self.parts.page else None)
        if place.about:
            self.parts.editor.go_to(place.about)

    def _visit(self, place: Destination) -> None:
        if place.piece:
            self.pieces.show(place.piece)
            return
        self.parts.window.search.clear()  # what is looked for elsewhere would hide some of it
        self.parts.sections.go(place.section)
        self.pieces.narrowed.emit(place)

    def _renewed(self) -> None:
        self._new = self.session.shelf is not None
        self.enabling.look()
        self.rooms.renew()

    def _filled(self) -> None:
        if self._new:
            self._new = False
            self.keeping.read()
            self.years.prefer(row.piece.term.year for row in self.pieces.known.rows.values() if row.piece.term)
        self.care.watch.filled()
        section = self.parts.sections.section()
        if section not in PIECE_SECTIONS:
            self.rooms.of(section).refresh()

    def _menu(self, at: QPoint) -> None:
        self.parts.window.show_menu(at, ("open_file", "copy_file", "reveal", "", "remove", "restore"))

    def _section_menu(self, section: str, at: QPoint) -> None:
        self.parts.sections.go(section)
        self.parts.window.show_menu(at, SECTION_MENUS.get(section, BRINGING))
