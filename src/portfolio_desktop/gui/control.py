"""Decides for the whole window: which page, which library, what an action does; everything else has a controller of its own.

    opening ── opened ──▶ pieces, years        ticks ── changed ──▶ pieces ── filled ──▶ the page that is shown
    every sentence ──▶ banner                  every error ──▶ problems ──▶ banner or dialog

Pages never talk to each other: what one changes comes to the others from here. A page that is not needed for the first
look (ticks, export, welcome) is imported and made when it is first wanted.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.actions import NEED_LIBRARY, NEED_WRITING
from portfolio_desktop.gui.catalog import CatalogCare
from portfolio_desktop.gui.destination import Destination
from portfolio_desktop.gui.firstrun.opening import Opening
from portfolio_desktop.gui.keeping import Keeping
from portfolio_desktop.gui.leaving import Leaving
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.lines import ALL, TRASH
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.problems import Dialogs, Problems
from portfolio_desktop.gui.recall import left, remember
from portfolio_desktop.gui.safekeeping.care import Care
from portfolio_desktop.gui.sections import EXPORT, OVERVIEW, PIECE_SECTIONS, SAFETY, TICKS
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.widgets.labels import plain_tip
from portfolio_desktop.gui.years import Years
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.export.controller import Export
    from portfolio_desktop.gui.firstrun.page import FirstRunPage
    from portfolio_desktop.gui.overview.controller import Overview
    from portfolio_desktop.gui.where import Where
    from portfolio_desktop.gui.year.controller import Ticks

ROOM = "portfolio_desktop.gui"
LONGEST_STEP = 40
"""Characters of a change's sentence that the menu shows; the tool tip has all of it."""


class Control(QObject):
    """The controller of the window; `gone` when everything is put away."""

    gone = Signal()

    def __init__(self, session: Session, parts: Parts, dialogs: Dialogs) -> None:
        super().__init__(parts.window)
        self.session, self.parts, self.memory, self.dialogs = session, parts, parts.memory, dialogs
        self._new = False
        self.problems = Problems(dialogs, parts.window)
        self.years = Years(self)
        self.pieces = Pieces(session, parts, dialogs)
        self.opening = Opening(session, dialogs, parts.window, self.pieces.writing.settle)
        self.leaving = Leaving(session, parts.window, self.pieces.writing, dialogs, self.say, self._remember)
        self.catalog = CatalogCare(session, lambda: self.pieces.writing.typing, self)
        self.care = Care(session, parts, dialogs)
        self.keeping = Keeping(session, self.pieces.known, parts)
        self._connect()
        self._connect_actions()
        was = left(parts.memory)
        self.pieces.listing.begin(was, parts.glimpse)
        self.go(parts.sections.section())

    @cached_property
    def overview(self) -> Overview:
        """The page 總覽."""
        made: Overview = importlib.import_module(f"{ROOM}.overview.section").make(
            self.parts, self.session, self.dialogs, self.pieces.known, self.years
        )
        made.said.connect(self.say)
        made.visit_asked.connect(self.visit)
        made.deed_asked.connect(lambda name: self.parts.window.actions_[name].trigger())
        return made

    @cached_property
    def ticks(self) -> Ticks:
        """The page 勾選."""
        made: Ticks = importlib.import_module(f"{ROOM}.year.section").make(
            self.parts, self.session, self.dialogs, self.years
        )
        made.said.connect(self.say)
        made.changed.connect(self.pieces.reload)
        made.page.open_asked.connect(self.pieces.show)
        return made

    @cached_property
    def export(self) -> Export:
        """The page 匯出."""
        made: Export = importlib.import_module(f"{ROOM}.export.section").make(
            self.parts, self.session, self.dialogs, self.years
        )
        made.said.connect(self.say)
        made.ticks_asked.connect(partial(self.parts.sections.go, TICKS))
        # An export reads the same files to their ends: not both at once.
        made.begun.connect(self.pieces.looking.rest)
        made.seen.connect(self.pieces.looking.seen)
        made.over.connect(self.pieces.looking.start)
        made.page.piece_asked.connect(self.pieces.show)
        return made

    @cached_property
    def where(self) -> Where:
        """Where the library is, and who else has it."""
        made: Where = importlib.import_module(f"{ROOM}.where").Where(
            self.session, self.parts.window, self.dialogs, self.opening, self.pieces.writing.settle, self.say
        )
        self.gone.connect(made.close)
        return made

    @cached_property
    def welcome(self) -> FirstRunPage:
        """The page for the first day."""
        made: FirstRunPage = importlib.import_module(f"{ROOM}.firstrun.section").make(
            self.parts, self.session, self.dialogs, self.opening, self.where.settling
        )
        return made

    def begin(self, library: Path | None) -> None:
        """Open the library that was asked for or used last; the welcome page where there is none."""
        last = self.session.ground.settings.last_library
        folder = library or (Path(last) if last else None)
        if folder is None or (library is None and not folder.is_dir()):
            self._welcome()
            return
        self.parts.window.show_body()
        self.parts.page.show_list(empty=False)
        self.opening.open(folder)

    def say(self, level: str, text: str, deed: object = None) -> None:
        """Show a sentence above the page."""
        self.parts.window.banner.say(text, level, deed if isinstance(deed, tuple) else None)

    def _remember(self) -> None:
        """Take down how everything is, for the next time."""
        row = self.pieces.writing.row
        remember(self.memory, self.parts, self.pieces.known, row.id if row else "")
        self.memory.keep(self.session.ground.settings.last_library)

    def _left(self) -> None:
        self._show_nothing()
        self._welcome()

    def _connect(self) -> None:
        parts, window = self.parts, self.parts.window
        self.session.opened.connect(self._opened)
        self.session.jobs.failed.connect(self.problems.tell)
        self.problems.sentence.connect(lambda text: self.say("error", text))
        self.pieces.listing.said.connect(self.say)
        self.pieces.said.connect(self.say)
        self.pieces.listing.filled.connect(self._filled)
        self.pieces.listing.counted.connect(lambda _counts: self._say_shown())
        self.pieces.chosen_changed.connect(self._enable)
        self.pieces.steps_changed.connect(self._say_steps)
        self.pieces.writing.changed.connect(lambda _row: window.banner.drop_deed())
        self.opening.busy.connect(self._busy)
        self.opening.created.connect(partial(parts.sections.go, OVERVIEW))
        self.opening.slow.connect(self._opening_slowly)
        self.opening.damaged.connect(self.care.offer)
        self.care.said.connect(self.say)
        self.care.section_asked.connect(partial(parts.sections.go, SAFETY))
        self.care.piece_asked.connect(self.pieces.show)
        self.care.changed.connect(lambda _row: self.pieces.reload())
        self.care.open_asked.connect(self.opening.open)
        self.care.leave_asked.connect(self._put_aside)
        self.opening.locked.connect(self._locked)
        self.opening.not_opened.connect(self._not_opened)
        parts.sections.chosen.connect(self.go)
        parts.page.table.menu_asked.connect(self._menu)
        window.close_asked.connect(self.leaving.close)
        window.uncovered.connect(lambda: self.go(parts.sections.section()))
        self.leaving.gone.connect(self.gone)
        self.leaving.left.connect(self._left)

    def _connect_actions(self) -> None:
        window, pieces, go = self.parts.window, self.pieces, self.parts.sections.go
        deeds: dict[str, Callable[[], object]] = {
            "new": self._welcome,
            "open": self.opening.ask_library,
            "sample": self.opening.sample,
            "add": pieces.choose_files,
            "add_folder": pieces.choose_folder,
            "paste": pieces.paste,
            "export": partial(go, EXPORT),
            "close": self.leaving.close_library,
            "quit": window.close,
            "undo": pieces.undo,
            "redo": pieces.redo,
            "remove": pieces.remove,
            "restore": pieces.listing.restore,
            "find": window.begin_search,
            "open_file": pieces.preview.open_outside,
            "reveal": pieces.preview.reveal,
            "show_overview": partial(go, OVERVIEW),
            "show_all": partial(go, ALL),
            "show_course": partial(go, "course"),
            "show_activity": partial(go, "activity"),
            "show_ticks": partial(go, TICKS),
            "show_export": partial(go, EXPORT),
            "show_safety": partial(go, SAFETY),
            "back_up": self.care.back_up,
            "show_trash": partial(go, TRASH),
            "about": self._about,
        }
        for name, deed in deeds.items():
            window.act(name, deed)

    def go(self, section: str) -> None:
        """Show a section."""
        self.pieces.writing.flush()
        window = self.parts.window
        window.heading.setText(self.parts.sections.name())
        if section in PIECE_SECTIONS:
            window.pages.setCurrentWidget(self.parts.page)
            self.pieces.listing.go(section)
        elif section == OVERVIEW:
            window.pages.setCurrentWidget(self.overview.page)
            self.overview.refresh()
        elif section == TICKS:
            window.pages.setCurrentWidget(self.ticks.page)
            self.ticks.refresh()
        elif section == SAFETY:
            self.care.show()
        else:
            window.pages.setCurrentWidget(self.export.page)
            self.export.refresh()
        self._enable()
        self._say_shown()

    def visit(self, place: Destination) -> None:
        """Go somewhere in the window."""
        if place.piece:
            self.pieces.show(place.piece)
        else:
            self.parts.sections.go(place.section)
            self.pieces.narrowed.emit(place)

    def _opened(self, shelf: Shelf) -> None:
        window = self.parts.window
        owner = shelf.profile.name or shelf.folder.name
        window.show_owner(owner, str(shelf.folder))
        window.show_body()
        window.banner.hide()
        self.years.offer(shelf.profile)
        self._new = True
        self.pieces.open(shelf, self.memory.text("piece"))
        self._enable()
        self.where.opened(shelf)
        if shelf.read_only:
            self.say("warning", _("這個學習歷程庫以唯讀開啟：可以看、可以匯出，不能修改。"))

    def _busy(self, busy: bool) -> None:
        """Keep hands off the library that is on its way out; where there is none yet, nothing can be done to it anyway."""
        self.parts.window.body.setDisabled(busy and self.session.shelf is not None)

    def _show_nothing(self) -> None:
        self.care.watch.left()
        self.pieces.clear()
        self.parts.window.show_owner("", "")
        self._enable()

    def _filled(self) -> None:
        if self._new:
            self._new = False
            self.keeping.read()
            self.years.prefer(row.piece.term.year for row in self.pieces.known.rows.values() if row.piece.term)
        self.care.watch.filled()
        section = self.parts.sections.section()
        if section == OVERVIEW:
            self.overview.refresh()
        elif section == TICKS:
            self.ticks.refresh()
        elif section == EXPORT:
            self.export.refresh()
        elif section == SAFETY:
            self.care.safekeeping.refresh()

    def _enable(self) -> None:
        """Enable what makes sense now, and only that."""
        window, actions = self.parts.window, self.parts.window.actions_
        there = self.session.shelf is not None
        writable = there and not self.session.read_only
        actions.enable(NEED_LIBRARY, there)
        actions.enable(NEED_WRITING, writable)
        window.add_button.setEnabled(writable)
        window.search.setEnabled(there)
        chosen = self.pieces.chosen() if self._on_pieces() else []
        actions.enable("remove", writable and any(not piece.trashed for piece in chosen))
        actions.enable("restore", writable and any(piece.trashed for piece in chosen))
        has_file = len(chosen) == 1 and any(file.current for file in chosen[0].files)
        actions.enable("open_file reveal", has_file)

    def _say_steps(self, undo: str | None, redo: str | None) -> None:
        """Say in the menu, and at the buttons, what would be taken back and done again."""
        for name, word, none, step in (
            ("undo", _("復原"), _("沒有可以復原的"), undo),
            ("redo", _("重做"), _("沒有可以重做的"), redo),
        ):
            action, what = self.parts.window.actions_[name], visible(step) if step else ""
            told = _("{deed}：{what}").format(deed=word, what=what)
            action.setToolTip(plain_tip(told) if what else none)
            # In a menu an ampersand would underline a key, and a whole long title would make it as wide as the screen.
            shown = what if len(what) <= LONGEST_STEP else f"{what[:LONGEST_STEP]}…"
            action.setText(_("{deed}：{what}").format(deed=word, what=shown).replace("&", "&&") if what else word)

    def _on_pieces(self) -> bool:
        return self.parts.window.pages.currentWidget() is self.parts.page

    def _say_shown(self) -> None:
        count = self.parts.model.rowCount()
        shown = self._on_pieces() and self.pieces.known.complete
        self.parts.window.shown.setText(_("{count} 件").format(count=count) if shown else "")

    def _not_opened(self, text: str) -> None:
        self._show_nothing()
        self._welcome()
        self.welcome.show_trouble(text)

    def _opening_slowly(self, heading: str, more: str) -> None:
        """Say so in place of a table that has nothing yet; above one that has lines."""
        page = self.parts.page
        if self.session.shelf is None and not self.parts.model.rowCount():
            page.empty.say("all", heading, more)
            page.show_list(empty=True)
        else:
            self.say("hint", f"{heading}{more}")

    def _locked(self, folder: Path, error: LockedError) -> None:
        self.where.locked(folder, error)

    def _put_aside(self) -> None:
        """Back from a damaged library: to the one that is open, else to the welcome page."""
        if self.session.shelf is not None:
            self.parts.window.show_body()
        else:
            self._left()

    def _welcome(self) -> None:
        self.parts.window.root.setCurrentWidget(self.welcome)
        self.welcome.begin()

    def _menu(self, at: QPoint) -> None:
        self.parts.window.show_menu(at, ("open_file", "reveal", "", "remove", "restore"))

    def _about(self) -> None:
        about = importlib.import_module(f"{ROOM}.about")
        self.dialogs.show(about.AboutDialog(self.parts.window.windowIcon(), self.parts.window))
