"""Driving the real window: dialogs that answer by themselves, drops, input methods, and waiting until nothing runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from portfolio_desktop.gui.control import Control
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.widgets.banner import Banner

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "files"
PATIENCE = 20_000
"""Milliseconds that a loaded machine gets for anything."""


class Answers(Dialogs):
    """Dialogs that answer with what a test has laid ready, and keep what was shown."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.folder: Path | None = None
        self.new: Path | None = None
        self.shown: list[QDialog] = []
        self.asked: list[str] = []
        self.names = ""
        self.start: Path | None = None

    def choose_files(self, parent: QWidget, title: str, done: Callable[[list[Path]], None], names: str = "") -> None:
        self.asked.append(title)
        self.names = names
        if self.files:
            done(self.files)

    def choose_folder(self, parent: QWidget, title: str, done: Callable[[Path], None], start: Path | None) -> None:
        self.asked.append(title)
        self.start = start
        if self.folder is not None:
            done(self.folder)

    def choose_new(self, parent: QWidget, title: str, done: Callable[[Path], None], start: Path, names: str) -> None:
        self.asked.append(title)
        if self.new is not None:
            done(self.new)

    def show(self, dialog: QDialog) -> None:
        self.shown.append(dialog)
        super().show(dialog)


class Driver:
    """A window under test, with the few things that every test does with it."""

    def __init__(self, qtbot: Any, control: Control, answers: Answers) -> None:
        self.qtbot, self.control, self.answers = qtbot, control, answers

    @property
    def window(self) -> Any:
        return self.control.parts.window

    @property
    def editor(self) -> Any:
        return self.control.parts.editor

    @property
    def banner(self) -> str:
        """What the banner says; '' while it is hidden."""
        banner = self.window.banner
        return banner.text.text() if banner.isVisible() else ""

    @property
    def standing(self) -> str:
        """What is said above everything as long as the library is open; '' where nothing is."""
        line = self.standing_line
        return line.text.text() if line is not None and line.isVisible() else ""

    @property
    def standing_line(self) -> Any:
        """The line above everything; None where there was nothing to show in it yet."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return self.window.centralWidget().findChild(Banner, "banner", direct)

    def settle(self) -> None:
        """Wait until no job is running and what they brought has been shown."""
        session, known = self.control.session, self.control.pieces.known
        self.qtbot.waitUntil(
            lambda: not session.jobs.running() and (session.shelf is None or known.complete), timeout=PATIENCE
        )

    def open(self, folder: Path) -> None:
        self.control.begin(folder)
        self.settle()

    @property
    def bringing(self) -> Any:
        """The controller of what is brought in."""
        return self.control.pieces.intake

    def plan(self, *paths: Path) -> None:
        """Drop files and wait until the plan is there."""
        drop(self.window, paths)
        self.settle()

    def bring(self, *paths: Path) -> None:
        """Drop files and confirm the plan, where there is anything to confirm; drop it where not."""
        self.plan(*paths)
        self.confirm()

    def confirm(self) -> None:
        """Confirm the plan that is shown; drop it where there is nothing to confirm."""
        if self.control.session.read_only:
            return
        page = self.bringing.page
        (page.confirm if page.confirm.isEnabled() else page.discard).click()
        self.settle()

    def choose(self, title: str) -> str:
        """Choose the one piece whose title has these words; gives its id."""
        [row] = [row for row in self.control.pieces.known.rows.values() if title in row.piece.title]
        self.control.pieces.show(row.id)
        self.settle()
        return row.id

    def titles(self) -> list[str]:
        """The titles in the table, from top to bottom."""
        rows = self.control.pieces.known.rows
        return [rows[piece_id].piece.title for piece_id in self.control.parts.model.ids()]

    def box(self, name: str) -> Any:
        """The box of a field of the form that is shown."""
        return self.editor.form_view().boxes[name]

    def library(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Ask the library itself, on its lane."""
        return self.control.session.on_lane(lambda desk: work(desk.library, *arguments)).result(20)

    def piece(self, piece_id: str) -> Any:
        """A piece as the library has it."""
        return self.library(lambda library: library.piece(piece_id))

    def close(self) -> None:
        if not self.control.session._closed:
            if "intake" in self.control.pieces.__dict__:
                self.bringing.forget()  # a plan that is wanted would be asked about
            with self.qtbot.waitSignal(self.control.gone, timeout=PATIENCE):
                self.window.close()


def drop(widget: QWidget, paths: Any) -> bool:
    """Drag files over a widget and drop them; whether the widget wanted them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return drop_data(widget, data)


def drop_data(widget: QWidget, data: QMimeData) -> bool:
    """The same with any data."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    return True


def commit(widget: QWidget, text: str) -> None:
    """Write text as an input method does when it is done composing."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def compose(widget: QWidget, text: str) -> None:
    """Be in the middle of composing `text`; '' ends it without writing anything."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))
