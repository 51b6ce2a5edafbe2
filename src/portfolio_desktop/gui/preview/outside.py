"""Ways out of the program for a stored file: opened by the system, shown in a folder, copied, dragged; always as a copy.

Outside(session, small picture of a file) ─▶ ../dragging.py Handing ─▶ QDesktopServices | clipboard | drag
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui.dragging import Grip, Handing
from portfolio_desktop.gui.session import Session
from portfolio_desktop.messages import _

UNDER_THE_MOUSE = 72
"""Pixels, not of text: the longer side of the picture that is dragged along."""


class Outside(QObject):
    """Hands files, by SHA-256, to other programs."""

    def __init__(self, session: Session, small: Callable[[str], QImage | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._small = session, small
        self.handing = Handing(session, self)
        session.opened.connect(lambda _shelf: self.handing.clear_out())

    def open(self, sha256: str) -> None:
        """Open a copy with the system's program."""
        self.handing.copy([sha256], lambda made: self._open(made[0]))

    def reveal(self, sha256: str) -> None:
        """Open a folder with a copy of the file.

        Not the folder of the original: people come here to drag the file into a browser or a message, which a copy
        serves as well, while a file manager makes renaming, moving and deleting the kept one a matter of one key.
        """
        self.handing.copy([sha256], lambda made: self._open(made[0].parent))

    def lend(self, widget: QWidget, files: Callable[[], Sequence[str]]) -> None:
        """Let these files be dragged out of a widget."""
        Grip(widget, lambda _at: files(), self.drag)

    def drag(self, source: QWidget, hashes: Sequence[str]) -> None:
        """Drag files out, with the small picture of the first one under the mouse, where it has been drawn."""
        small, ratio = self._small(hashes[0]), source.devicePixelRatioF()
        picture = None
        if small is not None:
            side = round(UNDER_THE_MOUSE * ratio)
            picture = QPixmap.fromImage(
                small.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
            picture.setDevicePixelRatio(ratio)
        self.handing.drag(source, hashes, picture)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            error = PortfolioError(_("這臺電腦沒有可以開啟「{name}」的程式。").format(name=path.name))
            self._session.jobs.failed.emit(error)
