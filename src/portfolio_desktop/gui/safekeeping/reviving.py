"""Decides about bringing one piece back: which backup, read beside the lane, compared on it, one piece revived.

begin ─▶ backups known ─▶ dialog ─▶ the newest is opened ─▶ a piece is chosen ─▶ revived(Back)
"""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.safekeeping import work
from portfolio_desktop.gui.safekeeping.choosing import ReviveDialog, still_open
from portfolio_desktop.gui.safekeeping.work import Opened
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.reviving import Held
from portfolio_desktop.messages import _


class Reviving(QObject):
    """The controller of the dialog; `revived` brings the piece as it is in the library then."""

    revived = Signal(object)

    def __init__(self, session: Session, dialogs: Dialogs, parent: QWidget, icons: Icons) -> None:
        super().__init__(parent)
        self._session, self._dialogs, self._parent, self._icons = session, dialogs, parent, icons
        self._backups: list[Backup] = []
        self._dialog: ReviveDialog | None = None
        self._wanted = ""

    def begin(self) -> None:
        """Look which backups there are, and ask."""
        shelf = self._session.shelf
        if shelf is None or shelf.read_only or self._there() is not None:
            return
        dialog = ReviveDialog(self._icons, self._parent)
        dialog.backup_chosen.connect(self._open)
        dialog.other_asked.connect(self._ask_other)
        dialog.revive_asked.connect(self._revive)
        self._dialog = dialog
        self._dialogs.show(dialog)
        self._session.outside("", work.known, shelf.folder, done=self._show, failed=self._trouble, resumes=True)

    def _there(self) -> ReviveDialog | None:
        return still_open(self._dialog)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        dialog = self._there()
        if dialog is not None:
            self._backups = list(backups)
            self._offer(dialog, backups[0].path if backups else None)

    def _offer(self, dialog: ReviveDialog, chosen: Path | None) -> None:
        dialog.show_backups(self._backups, datetime.datetime.now().astimezone(), chosen)
        if chosen is None:
            dialog.show_opened(None)
        else:
            self._open(str(chosen))

    def _open(self, path: str) -> None:
        dialog = self._there()
        if dialog is not None and path:
            self._wanted = path
            dialog.show_trouble("")
            dialog.show_reading()
            self._session.outside("", work.open_backup, Path(path), done=self._read, failed=self._trouble, resumes=True)

    def _read(self, found: tuple[Backup, Held]) -> None:
        backup, held = found
        if self._there() is not None and self._session.shelf is not None:
            self._session.ask("", work.compared, backup, held, done=self._compared, failed=self._trouble)

    def _compared(self, opened: Opened) -> None:
        dialog = self._there()
        if dialog is None:
            return
        if str(opened.backup.path) not in {str(one.path) for one in self._backups}:  # an other one, that was asked for
            self._backups.insert(0, opened.backup)
            dialog.show_backups(self._backups, datetime.datetime.now().astimezone(), opened.backup.path)
        elif dialog.backup.code() != str(opened.backup.path):
            return  # another one was chosen meanwhile
        dialog.show_opened(opened)

    def _ask_other(self) -> None:
        dialog = self._there()
        if dialog is not None:
            self._dialogs.choose_folder(dialog, _("選放備份的資料夾"), lambda path: self._open(str(path)), None)

    def _revive(self, opened: Opened, piece_id: str) -> None:
        dialog = self._there()
        if dialog is None:
            return
        dialog.setEnabled(False)
        self._session.ask(
            _("正在救回"),
            work.revive,
            opened,
            piece_id,
            done=self._done,
            failed=self._trouble,
            cancelled=lambda: dialog.setEnabled(True) if isValid(dialog) else None,
            progress=True,
        )

    def _done(self, back: object) -> None:
        dialog = self._there()
        if dialog is not None:
            dialog.accept()
        self.revived.emit(back)

    def _trouble(self, error: Exception) -> None:
        dialog = self._there()
        if dialog is None or not isinstance(error, PortfolioError):
            self._session.jobs.failed.emit(error)
            return
        dialog.setEnabled(True)
        dialog.show_opened(None)
        dialog.show_trouble(str(error))
