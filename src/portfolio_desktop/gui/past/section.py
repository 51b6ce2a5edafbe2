"""The panel 修改紀錄, made when it is first looked at: view and controller."""

from __future__ import annotations

from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.past.controller import History
from portfolio_desktop.gui.past.view import PastView
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.session import Session


def make(parts: Parts, session: Session, pieces: Pieces) -> History:
    """The panel, put into its tab, and its controller, following the piece that is chosen."""
    view = PastView(parts.icons, parts.theme)
    history = History(session, view, pieces.writing.flush, pieces.undo, pieces.preview.open_copy)
    history.show(pieces.writing.row)
    pieces.listing.picked.connect(history.show)
    history.changed.connect(pieces.writing.changed)
    history.said.connect(pieces.listing.said)
    parts.page.past.addWidget(view)
    parts.page.past.setCurrentWidget(view)
    return history
