"""Decides about restoring everything: which backup, to which new folder; and what then becomes of it.

begin ─▶ dialog ─▶ wanted(backup, folder) ─▶ … ─▶ restored ─▶ question ─▶ open_asked(folder), or it just lies there
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.safekeeping import work
from portfolio_desktop.gui.safekeeping.choosing import RestoreDialog, still_open
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.reviving import Held
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.library.safekeeping.restoring import Restored


class Restoring(QObject):
    """The controller of the dialog and of the question after it."""

    wanted = Signal(str, object)
    open_asked = Signal(object)

    def __init__(self, session: Session, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._dialogs, self._parent = session, dialogs, parent
        self._backups: list[Backup] = []
        self._dialog: RestoreDialog | None = None
        self._chosen: Path | None = None

    def begin_with(self, path: str) -> None:
        """The same, with the backup at `path` chosen."""
        self.begin(Path(path))

    def begin(self, chosen: Path | None = None) -> None:
        """Look which backups there are, and ask."""
        shelf = self._session.shelf
        if shelf is None or self._there() is not None:
            return
        dialog = RestoreDialog(_free(shelf.folder), self._parent)
        dialog.other_asked.connect(self._ask_other)
        dialog.place_asked.connect(self._ask_place)
        dialog.restore_asked.connect(self.wanted)
        self._dialog, self._chosen = dialog, chosen
        self._dialogs.show(dialog)
        self._session.outside("", work.known, shelf.folder, done=self._show, failed=self._trouble, resumes=True)

    def restored(self, back: Restored) -> None:
        """Everything is back, in a folder of its own: offer to use it from now on."""
        words = _("{pieces} 件、{files} 個檔案都還原在「{path}」，逐一核對過。現在的學習歷程庫沒有動。").format(
            pieces=back.pieces, files=back.files, path=back.folder
        )
        if back.missing:
            words = _("還原在「{path}」，但有 {count} 個檔案在備份裡也沒有：{names}").format(
                path=back.folder,
                count=len(back.missing),
                names=_("、").join(problem.path.rpartition("/")[2] for problem in back.missing[:5]),
            )
        is_whole = not back.missing and not back.told
        self._dialogs.show(
            Question(
                _("還原好了") if is_whole else _("還原好了，但不是全部"),
                "\n".join([words, *back.told]),
                [
                    Answer(_("改用還原的這一份"), lambda: self.open_asked.emit(back.folder)),
                    Answer(_("繼續用現在的"), lambda: None),
                ],
                self._parent,
            )
        )

    def _there(self) -> RestoreDialog | None:
        return still_open(self._dialog)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        dialog = self._there()
        if dialog is not None:
            self._backups = list(backups)
            dialog.show_backups(self._backups, datetime.datetime.now().astimezone(), self._chosen)

    def _ask_other(self) -> None:
        dialog = self._there()
        if dialog is not None:
            self._dialogs.choose_folder(dialog, _("選放備份的資料夾"), self._open, None)

    def _open(self, path: Path) -> None:
        self._session.outside("", work.open_backup, path, done=self._opened, failed=self._trouble, resumes=True)

    def _opened(self, found: tuple[Backup, Held]) -> None:
        dialog, backup = self._there(), found[0]
        if dialog is not None:
            if backup.path not in [one.path for one in self._backups]:
                self._backups.insert(0, backup)
            dialog.show_backups(self._backups, datetime.datetime.now().astimezone(), backup.path)

    def _ask_place(self) -> None:
        dialog, shelf = self._there(), self._session.shelf
        if dialog is not None and shelf is not None:
            name = _free(shelf.folder).name
            self._dialogs.choose_folder(
                dialog, _("要還原到哪個資料夾裡"), lambda folder: dialog.show_place(folder / name), shelf.folder.parent
            )

    def _trouble(self, error: Exception) -> None:
        dialog = self._there()
        if dialog is None or not isinstance(error, PortfolioError):
            self._session.jobs.failed.emit(error)
        else:
            dialog.show_trouble(str(error))


def _free(library: Path) -> Path:
    """A folder beside the library that is not there yet."""
    name = _("{name}（還原）").format(name=library.name)
    number, folder = 1, library.with_name(name)
    while folder.exists():
        number += 1
        folder = library.with_name(f"{name} {number}")
    return folder
