"""Decides how a library comes to be open: a new one, one from before, or the sample; and what is said when it does not.

create | open | sample  ->  session  ->  opened        or  not_opened(sentence)  |  locked(folder, error)
                             │ half a second later: slow(sentence, more), so that nobody takes it for an empty library
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

SLOW_MILLISECONDS = 500
DEMO = "portfolio_desktop.sample.demo"


class Opening(QObject):
    """The controller of opening; `busy` while it is going on."""

    busy = Signal(bool)
    slow = Signal(str, str)
    locked = Signal(object, object)
    not_opened = Signal(str)
    damaged = Signal(object)
    created = Signal()
    """A library was opened that its student has never seen: a new one, or the sample."""

    def __init__(
        self,
        session: Session,
        dialogs: Dialogs,
        window: QWidget,
        settle: Callable[[Callable[[Exception | None], None]], None],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settle = settle
        self._dialogs = dialogs
        self._window = window
        self._upgrading = self._new = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MILLISECONDS)
        self._slow.timeout.connect(self._say_slow)
        session.upgrading.connect(self._note_upgrade, Qt.ConnectionType.QueuedConnection)
        session.opened.connect(lambda _shelf: self._opened())

    def create(self, folder: Path, profile: Profile) -> None:
        """Make a library and open it."""

        def make() -> None:
            self._new = True
            self._session.create(folder, profile, self._failed)

        self._begin(make)

    def ask_library(self) -> None:
        """Ask for a library's folder and open it."""
        last = self._session.ground.settings.last_library
        beside = Path(last).parent if last else None
        self._dialogs.choose_folder(self._window, _("選學習歷程庫的資料夾"), self.open, beside)

    def open(self, folder: Path, *, read_only: bool = False) -> None:
        """Open a library; one that another program has can be read meanwhile."""

        def ask() -> None:
            self._upgrading = self._new = False
            self._slow.start()
            self._session.open(folder, read_only=read_only, failed=lambda error: self._refused(folder, error))

        self._begin(ask)

    def sample(self) -> None:
        """Open the sample library, built the first time."""
        self._begin(
            lambda: self._session.outside(
                _("正在準備範例"),
                self._build,
                self._session.ground.places.cache / "sample",
                done=self._open_sample,
                failed=self._failed,
                cancelled=lambda: self.busy.emit(False),
            )
        )

    def _begin(self, deed: Callable[[], object]) -> None:
        def settled(trouble: Exception | None) -> None:
            if trouble is None:
                deed()
            else:
                self.busy.emit(False)

        self.busy.emit(True)
        self._settle(settled)

    def _open_sample(self, folder: Path) -> None:
        self._new = True
        self._session.open(folder, failed=self._failed)

    def _build(self, folder: Path, progress: Progress) -> Path:
        """On a thread beside the lane: the sample's own library is made there and closed again."""
        library, bundle = folder / _("範例學習歷程庫"), folder / _("範例成果包")
        if not (library / "library.sqlite3").is_file():
            ground = self._session.ground
            sample = ground.resources / "sample"
            importlib.import_module(DEMO).build(library, bundle, sample, ground.forms, ground.rules, progress)
        return library

    def _opened(self) -> None:
        self._end()
        if self._new:
            self._new = False
            self.created.emit()

    def _end(self) -> None:
        self._slow.stop()
        self.busy.emit(False)

    def _note_upgrade(self) -> None:
        self._upgrading = True
        if not self._slow.isActive():
            self._say_slow()

    def _say_slow(self) -> None:
        if self._upgrading:
            self.slow.emit(
                _("正在更新學習歷程庫的格式…"), _("新版程式第一次開啟時要花一點時間；更新前的資料已另外備份。")
            )
        else:
            self.slow.emit(_("正在開啟學習歷程庫…"), "")

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, PortfolioError) and self._session.shelf is None:
            self.not_opened.emit("" if isinstance(error, LockedError) else str(error))
        else:
            self._session.jobs.failed.emit(error)

    def _refused(self, folder: Path, error: Exception) -> None:
        if isinstance(error, DatabaseDamageError):
            self._end()
            self.damaged.emit(folder)
            return
        self._failed(error)
        if isinstance(error, LockedError):
            self.locked.emit(folder, error)
