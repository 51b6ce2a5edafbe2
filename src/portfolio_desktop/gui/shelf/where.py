"""Where the library is, and who else has it: what is said and offered before it is written to, and at a second start.

locked(folder, error) ─▶ second ─▶ the other window (beckoning) | read only
opened(shelf)         ─▶ settling ─▶ another place | stay         create(folder, profile) ─▶ the same, before it is made
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from portfolio_desktop.gui.firstrun.opening import Opening
from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.shelf.beckoning import Beckoning
from portfolio_desktop.gui.shelf.second import Second
from portfolio_desktop.gui.shelf.settling import Settle, Settling
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.messages import _

Say = Callable[[str, str, object], None]


class Where(QObject):
    """The controllers of both, and what they have to do with the window."""

    def __init__(
        self, session: Session, window: MainWindow, dialogs: Dialogs, opening: Opening, settle: Settle, say: Say
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._opening, self._say = session, window, opening, say
        windows = session.ground.places.cache / "windows"
        self.settling = Settling(session, dialogs, window, opening, settle)
        self.beckoning = Beckoning(windows, self)
        self.second = Second(dialogs, window, windows, partial(opening.open, read_only=True))
        self.settling.said.connect(lambda level, text: say(level, text, None))
        self.second.shown.connect(self._other_came)
        self.second.silent.connect(self._say_locked)
        self.beckoning.beckoned.connect(window.come_forward)

    def opened(self, shelf: Shelf) -> None:
        """A library is open: its place is looked at, and other windows may call this one when they want it."""
        self.settling.look(shelf)
        if not shelf.read_only:
            self.beckoning.listen()

    def move(self) -> None:
        """Ask where the open library is to be moved to, and move it."""
        if self._session.shelf is not None:
            self.settling.choose(self._session.shelf.folder)

    def locked(self, folder: Path, error: LockedError) -> None:
        """Somebody else has it."""
        self._say_locked(folder, str(error))
        self.second.offer(folder, error)

    def close(self) -> None:
        """Nobody can call this window any more."""
        self.beckoning.close()

    def _say_locked(self, folder: Path, text: str) -> None:
        self._say("warning", text, (_("唯讀開啟"), lambda: self._opening.open(folder, read_only=True)))

    def _other_came(self) -> None:
        """The other window is in front: this one goes, unless it has work of its own."""
        if self._session.shelf is None:
            self._window.close()
        else:
            self._window.banner.hide()
