"""Emptying the trash: asked for first, one step that undo takes back; the files stay in the library."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.errands import Contents
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.messages import _

SHOWN_TITLES = 8


class Emptying(QObject):
    """The controller; `said` for the banner."""

    said = Signal(str, str, object)

    def __init__(self, session: Session, pieces: Pieces, dialogs: Dialogs, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._pieces, self._dialogs, self._window = session, pieces, dialogs, window

    def ask(self) -> None:
        """Ask whether the trash shall be emptied; nothing to ask where nothing lies in it."""
        titles = [row.piece.title for row in self._pieces.known.rows.values() if row.piece.trashed]
        shelf = self._session.shelf
        if not titles or shelf is None or shelf.read_only:
            return
        named = "\n".join(f"・{title}" for title in titles[:SHOWN_TITLES])
        if len(titles) > SHOWN_TITLES:
            named += "\n" + _("……還有 {count} 件").format(count=len(titles) - SHOWN_TITLES)
        words = _("清空後清單裡就看不到了；檔案還留在學習歷程庫裡，按「復原」可以全部拿回來。")
        self._dialogs.show(
            Question(
                _("要清空垃圾桶的 {count} 件嗎？").format(count=len(titles)),
                f"{words}\n\n{named}",
                [Answer(_("清空垃圾桶"), partial(self._empty, shelf.number))],
                self._window,
            )
        )

    def _empty(self, asked_of: int) -> None:
        if self._session.shelf is None or self._session.shelf.number != asked_of:
            return  # the question was about another library
        self._session.ask(_("正在清空垃圾桶"), errands.empty_trash, done=self._emptied)

    def _emptied(self, result: tuple[int, Contents]) -> None:
        count, contents = result
        self._pieces.listing.fill(contents)
        self.said.emit("ok", _("垃圾桶清空了，共 {count} 件。").format(count=count), (_("復原"), self._pieces.undo))
