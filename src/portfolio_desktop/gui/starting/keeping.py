"""Keeps a glimpse of the table for the next start: when the library was read, and when it was closed.

listing.filled ─▶ beside the lane        session ends ─▶ after the library was closed, on the thread that ends it
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from portfolio_desktop.gui.frame.sections import PIECE_SECTIONS
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.lines import line_of
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.starting.first_look import First
from portfolio_desktop.gui.starting.glimpse import SCREENFUL, Glimpse, forms_mark, keep, mark


class Keeping(QObject):
    """Takes the glimpse on the window's thread, where the rows are; it is written elsewhere."""

    def __init__(self, session: Session, known: Known, parts: First) -> None:
        super().__init__(parts.window)
        self._session, self._known, self._parts = session, known, parts
        session.last_deed = self._last_deed

    def read(self) -> None:
        """The library was read: keep what is shown of it, as it was then."""
        shelf, glimpse = self._session.shelf, self._glimpse()
        if shelf is not None and glimpse is not None:
            self._session.jobs.aside(keep, self._session.ground.places.cache, shelf.folder, glimpse, self._known.taken)

    def _last_deed(self) -> Callable[[], None] | None:
        shelf, glimpse = self._session.shelf, self._glimpse()
        if shelf is None or glimpse is None:
            return None
        return partial(_keep_closed, self._session, shelf, glimpse)

    def _glimpse(self) -> Glimpse | None:
        known, shelf, parts = self._known, self._session.shelf, self._parts
        # Read only, another program may be changing it; and another page than the table's has no lines.
        if shelf is None or shelf.read_only or not known.complete or parts.sections.section() not in PIECE_SECTIONS:
            return None
        ground = self._session.ground
        return Glimpse(
            shelf.profile.name or shelf.folder.name,
            known.section,
            known.column,
            known.descending,
            known.counts(),
            tuple(map(line_of, known.ordered(searched=False)[:SCREENFUL])),
            {code: form.label for code, form in ground.forms.forms.items()},
            forms_mark(ground.resources / "forms"),
        )


def _keep_closed(session: Session, shelf: Shelf, glimpse: Glimpse) -> None:
    keep(session.ground.places.cache, shelf.folder, glimpse, mark(shelf.folder))
