"""Decides about one view of earlier texts: compare one with the present text, use one again with a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui.past import work
from portfolio_desktop.gui.past.difference import difference
from portfolio_desktop.gui.past.texts import TextsView, moment_words
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.records import TextVersion
from portfolio_desktop.messages import _


class BringingBack(QObject):
    """The controller; `piece_id` tells whose texts are shown, None where nothing may be changed.

    `changed` brings the piece as it is now, `said` a sentence with the way back.
    """

    changed = Signal(object)
    said = Signal(str, str, object)

    def __init__(
        self,
        session: Session,
        view: TextsView,
        piece_id: Callable[[], str | None],
        flush: Callable[[], None],
        undo: Callable[[], None],
    ) -> None:
        super().__init__(view)
        self._session, self._view, self._piece_id = session, view, piece_id
        self._flush, self._undo = flush, undo
        self._asked = 0
        view.compare_asked.connect(self._compare)
        view.use_asked.connect(self._use)

    def used(self, row: Row, words: str) -> None:
        """Tell that something earlier is in force again."""
        self.changed.emit(row)
        self.said.emit("ok", words, (_("復原"), self._undo))

    def _compare(self, older: str, newer: str) -> None:
        self._asked += 1
        asked, jobs = self._asked, self._session.jobs

        def show(parts: object) -> None:
            if asked == self._asked and isinstance(parts, tuple):
                self._view.show_parts(parts)

        jobs.run("", lambda _way: jobs.aside(difference, older, newer), show)

    def _use(self, text: TextVersion) -> None:
        piece_id = self._piece_id()
        if piece_id is None:
            return
        self._flush()
        words = _("已用回 {when} 的文字。").format(when=moment_words(text.when))
        self._session.ask("", work.use_text, piece_id, text.id, done=lambda row: self.used(row, words))
