"""Decides about the history panel: read it when it is looked at, use an earlier text or file again, open a copy of one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.past import work
from portfolio_desktop.gui.past.bringing_back import BringingBack
from portfolio_desktop.gui.past.view import PastView
from portfolio_desktop.gui.past.work import Past
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.records import FileVersion
from portfolio_desktop.messages import _


class History(QObject):
    """The controller of the panel; `changed` brings the piece as it is now, `said` a sentence with the way back."""

    changed = Signal(object)
    said = Signal(str, str, object)

    def __init__(
        self,
        session: Session,
        view: PastView,
        flush: Callable[[], None],
        undo: Callable[[], None],
        open_copy: Callable[[str], None],
    ) -> None:
        super().__init__(view)
        self._session, self._flush = session, flush
        self.view = view
        self._row: Row | None = None
        self._fresh = False
        self._texts = BringingBack(session, view.texts, self._changeable, flush, undo)
        self._texts.changed.connect(self.changed)
        self._texts.said.connect(self.said)
        view.looked_at.connect(self.look)
        view.files.use_asked.connect(self._use_file)
        view.files.open_asked.connect(lambda version: open_copy(version.file.sha256))

    def show(self, row: Row | None) -> None:
        """Show another piece's past, or that of the same one after a change."""
        self._row, self._fresh = row, False
        if self.view.isVisible():
            self.look()

    def look(self) -> None:
        """The panel is looked at: read what it is to show, where that is not fresh."""
        if self._row is not None and not self._fresh and self._session.shelf is not None:
            self._fresh = True
            piece_id = self._row.id
            self._session.ask("", work.read, piece_id, done=self._show)

    def _changeable(self) -> str | None:
        return self._row.id if self._row is not None and not self._session.read_only else None

    def _show(self, past: Past) -> None:
        if self._row is not None and past.id == self._row.id:
            self.view.show_past(past)

    def _use_file(self, version: FileVersion) -> None:
        piece_id = self._changeable()
        if piece_id is None:
            return
        self._flush()
        words = _("已用回檔案「{name}」。").format(name=version.file.name)
        self._session.ask("", work.use_file, piece_id, version.file.id, done=lambda row: self._texts.used(row, words))
