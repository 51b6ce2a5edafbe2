"""The rows that the window knows, and what of them is shown: section, search, order. Plain data, no widgets.

glimpse     lines kept from the last time, shown until there are rows     rows    those of the library
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portfolio_desktop.gui.glimpse import Glimpse, Mark
from portfolio_desktop.gui.pieces.lines import ALL, Column, Line
from portfolio_desktop.gui.pieces.rows import Row, choose, counts, matching, order
from portfolio_desktop.pieces.piece import Course


class Known:
    """All rows by id, and the present view on them."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.courses: tuple[Course, ...] = ()
        self.section = ALL
        self.text = ""
        self.found: frozenset[str] = frozenset()
        self.column = Column.CHANGED
        self.descending = True
        self.complete = False
        self.glimpse: Glimpse | None = None
        self.taken: Mark | None = None

    def fill(self, rows: Iterable[Row], *, complete: bool, taken: Mark | None = None) -> None:
        """Know exactly these rows from now on; `taken` tells the state of the library that they are of."""
        self.taken = taken
        self.rows = {row.id: row for row in rows}
        self.complete = complete
        if complete:
            self.glimpse = None

    def put(self, rows: Iterable[Row]) -> None:
        """Know these rows too, in place of older ones."""
        for row in rows:
            self.rows[row.id] = row

    def drop(self, ids: Iterable[str]) -> None:
        """Forget pieces that are there no more."""
        for piece_id in ids:
            self.rows.pop(piece_id, None)

    def clear(self, *, keep_glimpse: bool = False) -> None:
        """Know nothing: no library is open; with `keep_glimpse` what was kept of it stays, until it is read."""
        self.glimpse = self.glimpse if keep_glimpse else None
        self.rows = {}
        self.courses = ()
        self.text, self.found = "", frozenset()
        self.complete = False

    def of_section(self) -> list[Row]:
        """The rows of the section, unordered."""
        return choose(self.rows.values(), self.section)

    def lines(self) -> tuple[Line, ...]:
        """What is shown while there are no rows: the lines kept from the last time, of the section and order they are of."""
        kept = self.glimpse
        if kept is None or self.rows or self.complete or self.text.strip():
            return ()
        here = (self.section, self.column, self.descending)
        return kept.lines if here == (kept.section, kept.column, kept.descending) else ()

    def counts(self) -> Mapping[str, int]:
        """How many rows each section has, as far as that is known."""
        return counts(self.rows.values()) if self.glimpse is None else self.glimpse.counts

    def shown(self) -> Sequence[Row | Line]:
        """The rows to show, in order."""
        return self.lines() or self.ordered()

    def ordered(self, *, searched: bool = True) -> list[Row]:
        """The rows of the section in order; those that have the searched text in them, unless all are wanted."""
        rows = self.of_section()
        if searched and self.text.strip():
            rows = matching(rows, self.text, self.found)
        return order(rows, self.column, self.descending)
