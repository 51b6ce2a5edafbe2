"""The summary in large, made when it is first wanted: page and controllers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.section import Pieces
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.summary.controller import SummaryDesk
from portfolio_desktop.gui.summary.page import SummaryPage

if TYPE_CHECKING:
    from portfolio_desktop.gui.past.texts import TextsView

BACK = "portfolio_desktop.gui.past.bringing_back"


def make(parts: Parts, session: Session, pieces: Pieces) -> SummaryDesk:
    """The page, put among the window's pages, following the piece that is chosen."""
    page = SummaryPage(parts.icons, parts.theme)
    parts.window.pages.addWidget(page)
    desk = SummaryDesk(session, page, parts.editor, parts.window.pages, parts.page, pieces.writing.flush)
    pieces.listing.picked.connect(desk.show)
    desk.show(pieces.writing.row)

    def changeable() -> str | None:
        row = pieces.writing.row
        return row.id if row is not None and not session.read_only and not row.piece.trashed else None

    def bring_back(texts: TextsView) -> None:
        back = importlib.import_module(BACK).BringingBack(session, texts, changeable, pieces.writing.flush, pieces.undo)
        back.changed.connect(pieces.writing.changed)
        back.said.connect(pieces.listing.said)

    page.texts_made.connect(bring_back)
    return desk
