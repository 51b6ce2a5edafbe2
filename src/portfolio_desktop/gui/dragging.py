"""Files on their way out: dragged to a browser or a file manager, or put on the clipboard; always as copies.

    Grip(widget, files)  moved with the button down ─▶ Handing.drag(widget, sha256s) ─▶ copies (beside the lane) ─▶ QDrag
    Ctrl+C                                         ─▶ Handing.clip(sha256s)          ─▶ copies                   ─▶ clipboard

Copies are read-only, each under its own name in a folder to itself (preview/copies.py): the kept original never leaves. They
are made when the drag begins, off the window's thread; a drag whose button was let go meanwhile does not begin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QPixmap
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.preview import copies
from portfolio_desktop.gui.session import Session
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

COPIES = "opened"
"""The folder of the cache in which copies for other programs lie until the next day."""
GNOME_FILES = "x-special/gnome-copied-files"
"""What GNOME's and XFCE's file managers paste; every other one takes the list of addresses."""


class Handing(QObject):
    """Hands copies of stored files to other programs."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._dragging = False

    def copy(self, hashes: Sequence[str], done: Callable[[list[Path]], None]) -> None:
        """Copy stored files, in this order, and tell where the copies are; what goes wrong reaches everyone's `failed`."""
        if self._session.shelf is None or not hashes:
            return
        self._session.ask("", _stored, list(hashes), done=lambda stored: self._copy(stored, done))

    def drag(self, source: QWidget, hashes: Sequence[str], picture: QPixmap | None = None) -> None:
        """Begin dragging these files out of `source`, with `picture` under the mouse; the button must be down and stay down."""
        if not self._dragging:
            # A drag waits for the mouse: it begins when the job that copied is put away.
            self.copy(hashes, lambda made: QTimer.singleShot(0, source, lambda: self._begin(source, made, picture)))

    def clip(self, hashes: Sequence[str], done: Callable[[list[Path]], None] | None = None) -> None:
        """Put these files on the clipboard, to be pasted in a file manager, a message or a browser."""

        def put(made: list[Path]) -> None:
            QGuiApplication.clipboard().setMimeData(mime_data(made))
            if done is not None:
                done(made)

        self.copy(hashes, put)

    def clear_out(self) -> None:
        """Take the copies of earlier days away."""
        self._session.outside("", lambda folder, _way: copies.clear_out(folder), self._folder(), resumes=True)

    def _copy(self, stored: list[Path], done: Callable[[list[Path]], None]) -> None:
        self._session.outside(
            _("正在複製檔案"),
            _copy_all,
            stored,
            self._folder(),
            done=done,
            resumes=True,
        )

    def _folder(self) -> Path:
        return self._session.ground.places.cache / COPIES

    def _begin(self, source: QWidget, made: list[Path], picture: QPixmap | None) -> None:
        if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton or not source.isVisible():
            return
        drag = QDrag(source)
        drag.setMimeData(mime_data(made))
        if picture is not None:
            drag.setPixmap(picture)
        self._dragging = True
        try:
            drag.exec(Qt.DropAction.CopyAction)
        finally:
            self._dragging = False


class Grip(QObject):
    """Lets files be dragged out of a widget: `files(place)` tells which ones are under the mouse, none where there are none."""

    def __init__(
        self,
        widget: QWidget,
        files: Callable[[QPoint], Sequence[str]],
        begin: Callable[[QWidget, Sequence[str]], None],
    ) -> None:
        super().__init__(widget)
        self._widget, self._files, self._begin = widget, files, begin
        self._pressed: QPoint | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin when the mouse has moved far enough with its button down; everything else goes its way."""
        if isinstance(event, QMouseEvent) and watched is self._widget:
            place = event.position().toPoint()
            if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
                self._pressed = place
            elif event.type() is QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() is QEvent.Type.MouseMove and self._pressed is not None:
                self._moved(place)
        return False

    def _moved(self, place: QPoint) -> None:
        begun = self._pressed
        if begun is None or (place - begun).manhattanLength() < QGuiApplication.styleHints().startDragDistance():
            return
        self._pressed = None
        files = self._files(begun)
        if files:
            self._begin(self._widget, files)


def mime_data(paths: Sequence[Path]) -> QMimeData:
    """Files as other programs take them: addresses, and what file managers call copied files."""
    urls = [QUrl.fromLocalFile(str(path)) for path in paths]
    data = QMimeData()
    data.setUrls(urls)
    lines = ["copy", *(bytes(url.toEncoded().data()).decode("ascii") for url in urls)]
    data.setData(GNOME_FILES, "\n".join(lines).encode())
    return data


def _stored(desk: Desk, hashes: list[str]) -> list[Path]:
    """On the lane: where stored files lie."""
    return [errands.file_path(desk, sha256) for sha256 in hashes]


def _copy_all(stored: list[Path], folder: Path, progress: Progress) -> list[Path]:
    return [copies.copy_out(path, folder, progress) for path in stored]
