"""Bad news and questions, each in its own form.

    PortfolioError   one sentence in the message below the page, never a box in the way
    anything else    our bug: logged, and a dialog with the details to copy
    questions        files to choose, folders to make: `Dialogs`, one object that tests replace

None of them waits: a question is answered by a call, an error needs no answer.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.widgets.dialog import Dialog
from portfolio_desktop.messages import _

log = logging.getLogger(__name__)


class Dialogs:
    """Everything that asks the student something outside the page; none of it blocks the window's thread."""

    def choose_files(self, parent: QWidget, title: str, done: Callable[[list[Path]], None], names: str = "") -> None:
        """Ask for files; `done` is called with them, not at all when it was cancelled."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        if names:
            dialog.setNameFilter(names)
        self._open(dialog, lambda: done([Path(name) for name in dialog.selectedFiles()]))

    def choose_folder(self, parent: QWidget, title: str, done: Callable[[Path], None], start: Path | None) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if start is not None:
            dialog.setDirectory(str(start))
        self._open(dialog, lambda: done(Path(dialog.selectedFiles()[0])))

    def choose_new(self, parent: QWidget, title: str, done: Callable[[Path], None], start: Path, names: str) -> None:
        """Ask for the name of a file to write; the system's own dialog asks before it replaces one."""
        dialog = QFileDialog(parent, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(names)
        dialog.setDirectory(str(start.parent))
        dialog.selectFile(start.name)
        self._open(dialog, lambda: done(Path(dialog.selectedFiles()[0])))

    def show(self, dialog: QDialog) -> None:
        """Show a dialog of ours above its window, without waiting for it."""
        dialog.open()

    def _open(self, dialog: QFileDialog, accepted: Callable[[], None]) -> None:
        # Where the system has no dialog of its own, Qt's shows; these two of its words have no translation in Chinese.
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("位置："))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("檔案類型："))
        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class Problems(QObject):
    """Where errors go: a sentence for the banner, or a dialog about our bug."""

    sentence = Signal(str)

    def __init__(self, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._window = parent

    def tell(self, error: Exception) -> None:
        """Show what went wrong, in the form that it deserves."""
        if isinstance(error, PortfolioError):
            self.sentence.emit(str(error))
            return
        log.error("unexpected error", exc_info=error)
        self._dialogs.show(BugDialog(details(error), self._window))


class BugDialog(Dialog):
    """Our bug: what happened in one sentence, that the work is safe, and the details to copy."""

    def __init__(self, text: str, parent: QWidget | None = None, *, start: str | None = None) -> None:
        """`start` is why the program could not even start, where that is what happened."""
        super().__init__(_("程式出了問題") if start is None else _("學習歷程工作臺打不開"), parent, columns=34)
        self.resize(640, 420)
        unexpected = _("程式遇到沒有料到的狀況，剛才的動作可能沒有完成。")
        self.heading = QLabel(unexpected if start is None else start or _("程式打不開。"))
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        advice = QLabel(
            _(
                "學習歷程庫裡的作品不受影響。請複製下面的內容交給協助你的人或開發者；裡面沒有作品的內容，但可能有檔案名稱。"
            )
        )
        advice.setWordWrap(True)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("錯誤的細節"))
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(_("複製細節"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close = buttons.addButton(_("關閉"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        for widget in (self.heading, advice, self.details, buttons):
            layout.addWidget(widget)


def details(error: BaseException) -> str:
    """A bug as text to pass on: versions, and where it happened."""
    head = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    return f"{head}\n\n{''.join(traceback.format_exception(error))}"


def catch_all(problems: Problems) -> None:
    """Send whatever escapes from a slot to the bug dialog; without this Qt would only print it."""

    def hook(kind: type[BaseException], error: BaseException, _trace: object) -> None:
        if isinstance(error, Exception):
            problems.tell(error)
        else:
            sys.__excepthook__(kind, error, error.__traceback__)

    sys.excepthook = hook
