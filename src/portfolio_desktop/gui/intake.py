"""Bringing work in: what was dropped or chosen goes to the library, and what became of it is said in one sentence.

    paths -> library.add (progress, cancel) -> Brought -> the new pieces are chosen; duplicates and refusals are told

The file is safe first; the deep look follows in the background (looking.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.errands import Brought
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.widgets.drop import paths_of
from portfolio_desktop.library.records import Added, NewPiece
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES

SHOWN_NAMES = 3


class Intake(QObject):
    """The controller of dropping and choosing."""

    brought = Signal(object)
    said = Signal(str, str, object)

    def __init__(
        self, session: Session, dialogs: Dialogs, window: QWidget, section: Callable[[], str], undo: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._session = session
        self._dialogs = dialogs
        self._window = window
        self._section = section
        self._undo = undo

    def choose_files(self) -> None:
        """Ask for files and bring them in."""
        if not self._session.read_only:
            self._dialogs.choose_files(self._window, _("選要收進來的檔案"), self.bring)

    def choose_folder(self) -> None:
        """Ask for a folder and bring everything in it in."""
        if not self._session.read_only:
            self._dialogs.choose_folder(
                self._window, _("選要收進來的資料夾"), lambda folder: self.bring([folder]), None
            )

    def paste(self) -> None:
        """Bring in the files that the clipboard holds."""
        paths = paths_of(QGuiApplication.clipboard().mimeData() or QMimeData())  # none where nothing was ever copied
        if paths:
            self.bring(paths)
        else:
            self.said.emit("hint", _("剪貼簿裡沒有可以收進來的檔案。"), None)

    def bring(self, paths: Sequence[Path]) -> None:
        """Bring files and folders in; pieces get the category of the section that is shown, where it is one."""
        if not paths:
            return
        if self._session.shelf is None:
            self.said.emit("hint", _("先建立或開啟一個學習歷程庫，再把檔案拖進來。"), None)
            return
        if self._session.read_only:
            self.said.emit("warning", _("這個學習歷程庫是唯讀開啟的，不能收進檔案。"), None)
            return
        section = self._section()
        new = NewPiece(category=section if section in CATEGORIES else None)
        self._session.ask(
            _("正在收進檔案"),
            errands.add,
            list(paths),
            new,
            done=self._done,
            cancelled=lambda: self.said.emit("hint", _("已取消，沒有收進任何檔案。"), None),
            progress=True,
        )

    def _done(self, result: Brought) -> None:
        self.brought.emit(result)
        added = result.added
        level = "warning" if added.refused else "ok" if added.added else "hint"
        deed = (_("復原"), self._undo) if added.added else None
        self.said.emit(level, brought_words(added), deed)


def brought_words(added: Added) -> str:
    """What adding did, in a sentence or three."""
    said = []
    if added.added:
        said.append(_("收進 {count} 件。").format(count=len(added.added)))
    if added.duplicates:
        names = _names([twin.path for twin in added.duplicates])
        said.append(_("{count} 個檔案原來就有，沒有重複收：{names}。").format(count=len(added.duplicates), names=names))
    if added.refused:
        names = _names([refused.path for refused in added.refused])
        said.append(_("{count} 個收不進來：{names}。").format(count=len(added.refused), names=names))
        said.append(refusal_words(added.refused[0].reason))
    return " ".join(said) or _("裡面沒有可以收的檔案。")


def _names(paths: Sequence[Path]) -> str:
    shown = "、".join(path.name for path in paths[:SHOWN_NAMES])
    return _("{names} 等").format(names=shown) if len(paths) > SHOWN_NAMES else shown


def refusal_words(reason: str) -> str:
    """Why a path cannot be read, and what to do."""
    return {
        "missing": _("檔案已經不在那裡了。"),
        "directory": _("這是資料夾，裡面沒有可以收的檔案。"),
        "folder-link": _("這是指向另一個資料夾的捷徑，請放那個資料夾。"),
        "outside-link": _("這是指向資料夾外面的捷徑，請放原來的檔案。"),
        "too-deep": _("資料夾的層數太多了，請直接放裡面的資料夾。"),
        "library": _("這是學習歷程庫，裡面的檔案都收好了，不用再放一次。"),
        "bundle": _("這是匯出的成果包，請放裡面的檔案。"),
        "permission": _("沒有讀取它的權限，請先調整檔案的權限。"),
        "broken-link": _("這是失效的捷徑，請放原來的檔案。"),
        "link-loop": _("這是繞回自己的捷徑，請放原來的檔案。"),
        "vanished": _("讀到一半檔案不見了，請確認磁碟還接著。"),
        "io": _("讀取失敗，請確認磁碟沒有問題。"),
    }.get(reason, _("這不是一般的檔案。"))
