"""The cards, made when they are first wanted: the view and what gets its pictures."""

from __future__ import annotations

from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.cards import Cards
from portfolio_desktop.gui.pieces.thumbnails import Thumbnails
from portfolio_desktop.gui.session import Session


def make(parts: Parts, session: Session) -> Cards:
    """Cards beside the table, put into the page."""
    thumbnails = Thumbnails(session, parts.page)
    cards = Cards(parts.page.table, parts.model, parts.icons, thumbnails.picture)

    def want(hashes: list[str]) -> None:
        thumbnails.fit(cards.picture_size(), cards.devicePixelRatioF())
        thumbnails.want(hashes)

    cards.pictures_wanted.connect(want)
    thumbnails.came.connect(cards.redraw)
    cards.menu_asked.connect(parts.page.table.menu_asked)
    cards.drag_asked.connect(parts.page.table.drag_asked)
    cards.doubleClicked.connect(parts.page.table.doubleClicked)
    parts.page.put_cards(cards)
    return cards
