"""The window's side of safekeeping, put together: page, watch and alarm, and the way out of a damaged database.

    section 安全 ─▶ page (made when it is first shown)        filled ─▶ watch ─▶ alarm ─▶ page, mending
    damaged(folder) ─▶ rebuild page ─▶ rebuilt ─▶ opened

What the whole window has to do (open a library, show a page, say a sentence) it is asked for with signals.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.safekeeping.watch import WORK, Watch
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Step

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.known import Known
    from portfolio_desktop.gui.safekeeping.controller import Safekeeping
    from portfolio_desktop.gui.safekeeping.rebuild_page import RebuildPage
    from portfolio_desktop.gui.widgets.alarm import Alarm

ROOM = "portfolio_desktop.gui"


class Care(QObject):
    """The controller over the controllers of safekeeping."""

    said = Signal(str, str, object)
    section_asked = Signal()
    piece_asked = Signal(str)
    changed = Signal(object)
    open_asked = Signal(object)
    leave_asked = Signal()

    def __init__(
        self,
        session: Session,
        parts: Parts,
        dialogs: Dialogs,
        known: Known,
        let_go: Callable[[Callable[[], None]], None],
    ) -> None:
        """`let_go` closes the library once nothing would be lost by it, and goes on then."""
        super().__init__(parts.window)
        self._session, self._parts, self._dialogs, self._known = session, parts, dialogs, known
        self._let_go = let_go
        self._folder = Path()
        self._job: Job | None = None
        self.watch = Watch(session, parts, self._alarm)
        self.watch.show_asked.connect(self.section_asked)
        self.watch.mend_asked.connect(self._mend)
        # Queued: after the sentence that everyone's errors get, which this one replaces.
        session.jobs.failed.connect(self._failed, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def safekeeping(self) -> Safekeeping:
        """The page 安全 and its controller."""
        made: Safekeeping = importlib.import_module(f"{ROOM}.safekeeping.section").make(
            self._parts, self._session, self._dialogs, self._known
        )
        made.said.connect(self.said)
        made.faults_changed.connect(self.watch.show)
        made.piece_asked.connect(self.piece_asked)
        made.changed.connect(self.changed)
        made.open_asked.connect(self.open_asked)
        made.page.rebuild_asked.connect(self._offer_for_open)
        return made

    @cached_property
    def rebuilding(self) -> RebuildPage:
        """The page that is there instead of a damaged library."""
        made: RebuildPage = importlib.import_module(f"{ROOM}.safekeeping.rebuild_page").RebuildPage(self._parts.icons)
        self._parts.window.root.addWidget(made)
        made.rebuild_asked.connect(self._rebuild)
        made.cancel_asked.connect(self._cancel)
        made.open_asked.connect(lambda: self.open_asked.emit(self._folder))
        made.leave_asked.connect(self.leave_asked)
        return made

    def show(self) -> None:
        """Show the page."""
        self._parts.window.pages.setCurrentWidget(self.safekeeping.page)
        self.safekeeping.refresh()

    def back_up(self) -> None:
        """Back up now, seen from the page."""
        self.section_asked.emit()
        self.safekeeping.back_up()

    def offer(self, folder: Path) -> None:
        """A library's database is gone or damaged: offer to make it anew."""
        self._folder = folder
        self.rebuilding.show_offer(str(folder))
        self._parts.window.root.setCurrentWidget(self.rebuilding)

    def _alarm(self) -> Alarm:
        made: Alarm = importlib.import_module(f"{ROOM}.widgets.alarm").Alarm(self._parts.icons)
        return made

    def _mend(self) -> None:
        self.section_asked.emit()
        self.safekeeping.mend()

    def _failed(self, error: Exception) -> None:
        """Damage that shows itself while the library is open; the sentence in the banner gets a way out."""
        if isinstance(error, DatabaseDamageError) and self._session.shelf is not None:
            words = _("資料庫讀到了壞掉的地方。作品的檔案是分開收著的；先別再改東西，重建資料庫就好。")
            self.said.emit("error", words, (_("重建資料庫…"), self._offer_for_open))

    def _offer_for_open(self) -> None:
        """The library that is open has to be let go first: its owner is the one who rebuilds."""
        shelf = self._session.shelf

        def offer() -> None:
            self.watch.left()
            self.offer(folder)

        if shelf is not None:
            folder = shelf.folder
            self._let_go(offer)

    def _rebuild(self) -> None:
        if self._job is not None:
            return
        page, label = self.rebuilding, _("正在重建資料庫")
        page.show_progress(label, 0, 0)
        self._job = self._session.outside(
            label,
            f"{WORK}:rebuild",
            self._folder,
            done=self._rebuilt,
            failed=self._not_rebuilt,
            cancelled=self._stopped,
        )
        self._job.stepped.connect(self._stepped)

    def _stepped(self, step: Step) -> None:
        words = step.what.rpartition("/")[2] or _("正在重建資料庫")
        self.rebuilding.show_progress(words, step.done, step.total)

    def _rebuilt(self, done: Any) -> None:
        self._job = None
        self.rebuilding.show_done(done)

    def _not_rebuilt(self, error: Exception) -> None:
        self._stopped()
        self._session.jobs.failed.emit(error)

    def _stopped(self) -> None:
        self._job = None
        self.rebuilding.show_offer(str(self._folder))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
