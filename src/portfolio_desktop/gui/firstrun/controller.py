"""Decides how the student begins: a new library, one from before, or the sample."""

from __future__ import annotations

import importlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.firstrun.page import FirstRunPage
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.lock import LockedError
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

DEMO = "portfolio_desktop.sample.demo"


class FirstRun(QObject):
    """The controller of the welcome page."""

    locked = Signal(object, str)
    not_opened = Signal(str)

    def __init__(self, session: Session, dialogs: Dialogs, page: FirstRunPage, window: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._dialogs = dialogs
        self._page = page
        self._window = window
        page.create_asked.connect(self.create)
        page.place_asked.connect(self._ask_place)
        page.open_asked.connect(self.ask_library)
        page.sample_asked.connect(self.sample)
        session.opened.connect(lambda _shelf: self._page.set_busy(False))

    def create(self, folder: Path, profile: Profile) -> None:
        """Make a library and open it."""
        self._begin()
        self._session.create(folder, profile, self._failed)

    def ask_library(self) -> None:
        """Ask for a library's folder and open it."""
        self._dialogs.choose_folder(self._window, _("選學習歷程庫的資料夾"), self.open, None)

    def open(self, folder: Path, *, read_only: bool = False) -> None:
        """Open a library; one that another program has can be read meanwhile."""
        self._begin()
        self._session.open(folder, read_only=read_only, failed=lambda error: self._not_opened(folder, error))

    def sample(self) -> None:
        """Open the sample library, built the first time."""
        self._begin()
        folder = self._session.ground.places.cache / "sample"
        self._session.outside(
            _("正在準備範例"),
            self._build,
            folder,
            done=self._open_sample,
            failed=self._failed,
            cancelled=lambda: self._page.set_busy(False),
        )

    def _open_sample(self, folder: Path) -> None:
        self._session.open(folder, failed=self._failed)

    def _build(self, folder: Path, progress: Progress) -> Path:
        """On a thread beside the lane: the sample's own library is made there and closed again."""
        library, bundle = folder / _("範例學習歷程庫"), folder / _("範例上傳包")
        if not (library / "library.sqlite3").is_file():
            ground = self._session.ground
            sample = ground.resources / "sample"
            importlib.import_module(DEMO).build(library, bundle, sample, ground.forms, ground.rules, progress)
        return library

    def _begin(self) -> None:
        self._page.show_trouble("")
        self._page.set_busy(True)

    def _failed(self, error: Exception) -> None:
        self._page.set_busy(False)
        if isinstance(error, PortfolioError) and self._session.shelf is None:
            self.not_opened.emit("" if isinstance(error, LockedError) else str(error))
        else:
            self._session.jobs.failed.emit(error)

    def _not_opened(self, folder: Path, error: Exception) -> None:
        self._failed(error)
        if isinstance(error, LockedError):
            self.locked.emit(folder, str(error))

    def _ask_place(self) -> None:
        self._dialogs.choose_folder(
            self._window,
            _("學習歷程庫要放在哪個資料夾裡"),
            lambda folder: self._page.show_place(folder / _("學習歷程")),
            None,
        )
