"""The pages and dialogs that the first look does not need, each imported and made when it is first wanted.

    of(section) ─▶ overview | ticks | export | safety: a page and its controller
    welcome, where, settings, palette                     what is not a section

Pages never talk to each other: what one of them changes, or wants to have shown, comes to the others from here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.firstrun.opening import Opening
from portfolio_desktop.gui.frame.sections import OVERVIEW, SAFETY, TICKS
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.safekeeping.care import Care
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.years import Years

if TYPE_CHECKING:
    from portfolio_desktop.gui.export.controller import Export
    from portfolio_desktop.gui.firstrun.page import FirstRunPage
    from portfolio_desktop.gui.overview.controller import Overview
    from portfolio_desktop.gui.palette.controller import Palette
    from portfolio_desktop.gui.settings.controller import SettingsControl
    from portfolio_desktop.gui.shelf.trash import Emptying
    from portfolio_desktop.gui.shelf.where import Where
    from portfolio_desktop.gui.year.controller import Ticks

ROOM = "portfolio_desktop.gui"


@dataclass(frozen=True, slots=True)
class Crew:
    """The controllers that every window has from its start, and what the pages ask of the whole window.

    `say` puts a sentence below the page, `visit` goes somewhere.
    """

    session: Session
    parts: Parts
    dialogs: Dialogs
    years: Years
    pieces: Pieces
    opening: Opening
    care: Care
    say: Callable[[str, str, object], None]
    visit: Callable[[Destination], None]


class Room(Protocol):
    """The controller of a section that is not a list of pieces."""

    @property
    def page(self) -> QWidget:
        """What is shown."""

    def refresh(self) -> None:
        """Show it as it is now."""


class Rooms(QObject):
    """Makes them, and connects them with the rest; `changed` when one changed something, `closing` when the window goes."""

    changed = Signal()
    closing = Signal()

    def __init__(self, crew: Crew) -> None:
        super().__init__(crew.parts.window)
        self._crew = crew

    def of(self, section: str) -> Room:
        """The controller of a section that is not one of pieces."""
        if section == OVERVIEW:
            return self.overview
        if section == TICKS:
            return self.ticks
        return self._crew.care.safekeeping if section == SAFETY else self.export

    @cached_property
    def overview(self) -> Overview:
        """The page 總覽."""
        crew = self._crew
        made: Overview = importlib.import_module(f"{ROOM}.overview.section").make(
            crew.parts, crew.session, crew.dialogs, crew.pieces.known, crew.years
        )
        made.visit_asked.connect(crew.visit)
        made.deed_asked.connect(lambda name: crew.parts.window.actions_[name].trigger())
        crew.pieces.listing.counted.connect(made.follow)
        return made

    @cached_property
    def ticks(self) -> Ticks:
        """The page 勾選."""
        crew = self._crew
        made: Ticks = importlib.import_module(f"{ROOM}.year.section").make(
            crew.parts, crew.session, crew.dialogs, crew.pieces.known, crew.years
        )
        made.said.connect(crew.say)
        made.changed.connect(crew.pieces.listing.put)
        made.changed.connect(lambda _rows: self.changed.emit())
        made.visit_asked.connect(crew.visit)
        return made

    @cached_property
    def export(self) -> Export:
        """The page 匯出."""
        crew = self._crew
        made: Export = importlib.import_module(f"{ROOM}.export.section").make(
            crew.parts, crew.session, crew.dialogs, crew.years
        )
        made.said.connect(crew.say)
        made.ticks_asked.connect(partial(crew.parts.sections.go, TICKS))
        # An export reads the same files to their ends: not both at once.
        made.begun.connect(crew.pieces.looking.rest)
        made.seen.connect(crew.pieces.looking.seen)
        made.over.connect(crew.pieces.looking.start)
        made.page.visit_asked.connect(crew.visit)
        return made

    @cached_property
    def where(self) -> Where:
        """Where the library is, and who else has it."""
        crew = self._crew
        made: Where = importlib.import_module(f"{ROOM}.shelf.where").Where(
            crew.session, crew.parts.window, crew.dialogs, crew.opening, crew.pieces.settle, crew.say
        )
        self.closing.connect(made.close)
        return made

    @cached_property
    def welcome(self) -> FirstRunPage:
        """The page for the first day."""
        crew = self._crew
        made: FirstRunPage = importlib.import_module(f"{ROOM}.firstrun.section").make(
            crew.parts, crew.session, crew.dialogs, crew.opening, self.where.settling
        )
        return made

    @cached_property
    def trash(self) -> Emptying:
        """Emptying the trash."""
        crew = self._crew
        made: Emptying = importlib.import_module(f"{ROOM}.shelf.trash").Emptying(
            crew.session, crew.pieces, crew.dialogs, crew.parts.window
        )
        made.said.connect(crew.say)
        return made

    @cached_property
    def settings(self) -> SettingsControl:
        """The settings."""
        crew = self._crew
        made: SettingsControl = importlib.import_module(f"{ROOM}.settings.section").make(
            crew.parts, crew.session, crew.dialogs, crew.pieces
        )
        made.said.connect(crew.say)
        made.move_asked.connect(self.move)
        return made

    @cached_property
    def palette(self) -> Palette:
        """The palette of everything that can be chosen."""
        crew = self._crew
        made: Palette = importlib.import_module(f"{ROOM}.palette.section").make(crew.parts, crew.pieces.known)
        made.visit_asked.connect(crew.visit)
        return made

    def open_palette(self) -> None:
        """Bring the palette up, or let it go."""
        self.palette.open()

    def show_settings(self) -> None:
        """Show the settings."""
        self.settings.show()

    def show_student(self) -> None:
        """Show the student's part of the settings."""
        self.settings.show(student=True)

    def renew(self) -> None:
        """Another library is open, or none: what stays in sight beside the window follows."""
        if "settings" in vars(self):
            self.settings.refresh()

    def rest(self, resting: bool) -> None:
        """The library is on its way: what stays in sight beside the window must not change it."""
        if "settings" in vars(self):
            self.settings.dialog.setDisabled(resting)

    def empty_trash(self) -> None:
        """Ask whether the trash shall be emptied."""
        self.trash.ask()

    def move(self) -> None:
        """Ask where the library is to be moved to."""
        self.where.move()

    def about(self) -> None:
        """Show what the program is."""
        window = self._crew.parts.window
        self._crew.dialogs.show(importlib.import_module(f"{ROOM}.about").AboutDialog(window.windowIcon(), window))
