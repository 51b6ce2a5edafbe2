"""Decides what the window shows while a library comes or goes: its pieces, the welcome page, or why it does not open.

begin ─▶ opening ─▶ opened(Shelf) ─▶ pieces, years, owner          left | not_opened ─▶ nothing, and the welcome page
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.rooms import Crew, Rooms
from portfolio_desktop.gui.session import Shelf
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.messages import _


class Coming(QObject):
    """The controller; `changed` when there is another library, or none."""

    changed = Signal()

    def __init__(self, crew: Crew, rooms: Rooms, chosen: Callable[[], str]) -> None:
        """`chosen` gives the id of the piece that was chosen in the library that was open last."""
        super().__init__(crew.parts.window)
        self._crew, self._rooms, self._chosen = crew, rooms, chosen
        crew.session.opened.connect(self._opened)
        crew.session.changed.connect(self._changed)
        crew.opening.busy.connect(self._busy)
        crew.opening.slow.connect(self._opening_slowly)
        crew.opening.damaged.connect(crew.care.offer)
        crew.opening.locked.connect(self._locked)
        crew.opening.not_opened.connect(self._not_opened)
        crew.care.open_asked.connect(crew.opening.open)
        crew.care.leave_asked.connect(self._put_aside)

    def begin(self, library: Path | None) -> None:
        """Open the library that was asked for or used last; the welcome page where there is none."""
        crew = self._crew
        last = crew.session.ground.settings.last_library
        folder = library or (Path(last) if last else None)
        if folder is None or (library is None and not folder.is_dir()):
            self.welcome()
            return
        crew.parts.window.show_body()
        crew.parts.page.show_list(empty=False)
        crew.opening.open(folder)

    def welcome(self) -> None:
        """Show the page for the first day."""
        page = self._rooms.welcome
        last = self._crew.session.ground.settings.last_library
        page.offer_again(Path(last) if last and Path(last).is_dir() else None)
        self._crew.parts.window.root.setCurrentWidget(page)
        page.begin()

    def left(self) -> None:
        """The library was closed: what was said of it is over."""
        self._crew.parts.window.banner.hide()
        self._show_nothing()
        self.welcome()

    def _opened(self, shelf: Shelf) -> None:
        crew, window = self._crew, self._crew.parts.window
        self._show_owner(shelf)
        window.show_body()
        window.banner.hide()
        crew.years.offer(shelf.profile)
        crew.pieces.open(shelf, self._chosen())
        self.changed.emit()
        self._rooms.where.opened(shelf)
        if shelf.read_only and shelf.place is not None:
            settling = self._rooms.where.settling
            words = _("先決定學習歷程庫要放在哪裡，才能修改。")
            window.stand(words, (_("決定位置…"), lambda: settling.decide(shelf)))
        elif shelf.read_only:
            window.stand(_("這個學習歷程庫以唯讀開啟：可以看、可以匯出，不能修改。"))
        else:
            window.stand("")

    def _changed(self, shelf: Shelf) -> None:
        """The student, or what their school has set, was changed: here, or by undoing that."""
        self._show_owner(shelf)
        self._crew.years.offer(shelf.profile)
        self._crew.pieces.changed(shelf)

    def _show_owner(self, shelf: Shelf) -> None:
        self._crew.parts.window.show_owner(shelf.profile.name or shelf.folder.name, str(shelf.folder))

    def _show_nothing(self) -> None:
        self._crew.care.watch.left()
        self._crew.pieces.clear()
        self._crew.parts.window.show_owner("", "")
        self._crew.parts.window.stand("")
        self.changed.emit()

    def _busy(self, busy: bool) -> None:
        """Keep hands off the library that is on its way out; where there is none yet, nothing can be done to it anyway."""
        resting = busy and self._crew.session.shelf is not None
        self._crew.parts.window.body.setDisabled(resting)
        self._rooms.rest(resting)

    def _not_opened(self, text: str) -> None:
        self.left()
        self._rooms.welcome.show_trouble(text)

    def _opening_slowly(self, heading: str, more: str) -> None:
        """Say so in place of a table that has nothing yet; above one that has lines."""
        parts = self._crew.parts
        if self._crew.session.shelf is None and not parts.model.rowCount():
            parts.page.empty.say("all", heading, more)
            parts.page.show_list(empty=True)
        else:
            self._crew.say("hint", f"{heading}{more}", None)

    def _locked(self, folder: Path, error: LockedError) -> None:
        self._rooms.where.locked(folder, error)

    def _put_aside(self) -> None:
        """Back from a damaged library: to the one that is open, else to the welcome page."""
        if self._crew.session.shelf is not None:
            self._crew.parts.window.show_body()
        else:
            self.left()
