"""Decides how the pieces are seen: as a table or cards, filtered, ordered, grouped. The bar asks, the list follows.

bar ── view, filter, order, grouping ──▶ known ──▶ listing.refresh ──▶ bar (chips, counts)
"""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from portfolio_desktop.gui.pieces.bar import Bar
from portfolio_desktop.gui.pieces.filters import NO_TERM, Filter
from portfolio_desktop.gui.pieces.lines import GROUPINGS, Grouping
from portfolio_desktop.gui.pieces.listing import Listing
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.starting.recall import left
from portfolio_desktop.gui.words import term_words
from portfolio_desktop.messages import _
from portfolio_desktop.terms import Term

if TYPE_CHECKING:
    from portfolio_desktop.gui.destination import Destination
    from portfolio_desktop.gui.parts import Parts
    from portfolio_desktop.gui.pieces.cards import Cards
    from portfolio_desktop.gui.pieces.known import Known

CARDS = "portfolio_desktop.gui.pieces.card_view"


class Arranging(QObject):
    """The controller of the bar."""

    def __init__(self, session: Session, parts: Parts, known: Known, listing: Listing) -> None:
        super().__init__(parts.page)
        self._session, self._parts, self._known, self._listing = session, parts, known, listing
        self.bar = bar = Bar(parts.icons)
        parts.page.put_bar(bar)
        known.heading_words = self._heading
        bar.facets, bar.term_words = known.facets, self._term
        bar.view_asked.connect(self.see)
        bar.filter_asked.connect(self.filter)
        bar.order_asked.connect(listing.order)
        bar.grouping_asked.connect(self.group)
        listing.shown.connect(self._follow)
        listing.counted.connect(lambda _counts: bar.show_attention(known.facets().attention))
        if left(parts.memory).view == "cards":
            self.see("cards")

    @cached_property
    def cards(self) -> Cards:
        """The cards, made when they are first wanted."""
        made: Cards = importlib.import_module(CARDS).make(self._parts, self._session)
        return made

    def see(self, view: str) -> None:
        """See the pieces in the table, or as cards."""
        cards = view == "cards" and self.cards is not None
        self.bar.show_view("cards" if cards else "table")
        self._parts.page.show_view(cards=cards)

    def narrow(self, place: Destination) -> None:
        """Show only what was asked for from elsewhere."""
        terms = frozenset({place.term} if place.term else ())
        self.filter(Filter(terms, only=place.only, called=place.called))

    def filter(self, wanted: Filter) -> None:
        """Show only what is wanted."""
        if wanted != self._known.filter:
            self._known.filter = wanted
            self._listing.refresh()

    def group(self, grouping: str) -> None:
        """Put the pieces under headings, or not."""
        wanted: Grouping = next((one for one in GROUPINGS if one == grouping), "")
        if wanted != self._known.grouping:
            self._known.grouping = wanted
            self._listing.refresh()

    def _follow(self) -> None:
        known, bar = self._known, self.bar
        bar.show_filter(known.filter)
        bar.show_attention(known.facets().attention)
        bar.show_order(known.column, known.descending, known.grouping)
        bar.setEnabled(known.complete)
        # Nothing to arrange: an empty section has its own words, and they come with what to do.
        bar.setVisible(known.narrowed() or not known.complete or bool(known.of_section()))

    def _heading(self, by: Grouping, name: str) -> str:
        if by == "term":
            return self._term(name)
        return self._parts.category_name(name or None)

    def _term(self, term: str) -> str:
        shelf = self._session.shelf
        if term == NO_TERM:
            return _("還沒定學期")
        return term_words(Term.parse(term), shelf.profile.entry_year) if shelf is not None else term
