"""The rows that the window knows, and what of them is shown: section, filter, search, order, groups. Plain data, no widgets.

glimpse     lines kept from the last time, shown until there are rows     rows    those of the library

    rows  ─ section ─ order ─▶  kept until one of them changes  ─ filter ─ search ─ groups ─▶  shown
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from portfolio_desktop.gui.pieces.filters import EVERYTHING, Facets, facets
from portfolio_desktop.gui.pieces.groups import grouped
from portfolio_desktop.gui.pieces.lines import ALL, Column, Grouping, Heading, Line
from portfolio_desktop.gui.pieces.rows import Row, by_column, by_title, choose, counts, matching
from portfolio_desktop.gui.starting.glimpse import Glimpse, Mark
from portfolio_desktop.pieces.piece import Course


class Known:
    """All rows by id, and the present view on them."""

    def __init__(self) -> None:
        self.courses: tuple[Course, ...] = ()
        self.section = ALL
        self.filter = EVERYTHING
        self.text = ""
        self.found: frozenset[str] = frozenset()
        self.column = Column.CHANGED
        self.descending = True
        self.grouping: Grouping = ""
        self.complete = False
        self.glimpse: Glimpse | None = None
        self.taken: Mark | None = None
        self.heading_words: Callable[[Grouping, str], str] = lambda _by, name: name
        self._rows: dict[str, Row] = {}
        self._ordered: tuple[tuple[str, Column, bool], list[Row]] | None = None
        self._by_title: list[Row] | None = None
        self._facets: tuple[str, Facets] | None = None
        self._counts: Mapping[str, int] | None = None

    @property
    def rows(self) -> Mapping[str, Row]:
        """All rows by id."""
        return self._rows

    @rows.setter
    def rows(self, rows: Mapping[str, Row]) -> None:
        self._rows = dict(rows)
        self._forget()

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
            self._rows[row.id] = row
        self._forget()

    def drop(self, ids: Iterable[str]) -> None:
        """Forget pieces that are there no more."""
        for piece_id in ids:
            self._rows.pop(piece_id, None)
        self._forget()

    def clear(self, *, keep_glimpse: bool = False) -> None:
        """Know nothing: no library is open; with `keep_glimpse` what was kept of it stays, until it is read."""
        self.glimpse = self.glimpse if keep_glimpse else None
        self.rows = {}
        self.courses = ()
        self.filter = EVERYTHING
        self.text, self.found = "", frozenset()
        self.complete = False

    def narrowed(self) -> bool:
        """Whether less than the whole section is asked for."""
        return bool(self.filter) or bool(self.text.strip())

    def passes(self, row: Row) -> bool:
        """Whether a row is among those that are shown now, wherever it would stand."""
        in_section = bool(choose([row], self.section))
        return in_section and self.filter.passes(row) and bool(matching([row], self.text, self.found))

    def of_section(self) -> list[Row]:
        """The rows of the section, unordered."""
        return choose(self._rows.values(), self.section)

    def facets(self) -> Facets:
        """What there is to filter the section by."""
        if self._facets is None or self._facets[0] != self.section:
            self._facets = (self.section, facets(self.of_section()))
        return self._facets[1]

    def lines(self) -> tuple[Line, ...]:
        """What is shown while there are no rows: the lines kept from the last time, of the section and order they are of."""
        kept = self.glimpse
        if kept is None or self._rows or self.complete or self.narrowed() or self.grouping:
            return ()
        here = (self.section, self.column, self.descending)
        return kept.lines if here == (kept.section, kept.column, kept.descending) else ()

    def counts(self) -> Mapping[str, int]:
        """How many rows each section has, as far as that is known."""
        if self.glimpse is not None:
            return self.glimpse.counts
        if self._counts is None:
            self._counts = counts(self._rows.values())
        return self._counts

    def shown(self) -> Sequence[Row | Line | Heading]:
        """The rows to show, in order, under headings where groups are wanted."""
        lines = self.lines()
        if lines:
            return lines
        rows = self.ordered()
        if not self.grouping:
            return rows
        by = self.grouping
        return grouped(rows, by, lambda name: self.heading_words(by, name))

    def ordered(self, *, searched: bool = True) -> list[Row]:
        """The rows of the section in order; those that were asked for by filter and search, unless all are wanted."""
        here = (self.section, self.column, self.descending)
        if self._ordered is None or self._ordered[0] != here:
            if self._by_title is None:
                self._by_title = by_title(self._rows.values())
            self._ordered = (here, by_column(choose(self._by_title, self.section), self.column, self.descending))
        rows = self._ordered[1]
        if searched and self.filter:
            rows = [row for row in rows if self.filter.passes(row)]
        if searched and self.text.strip():
            rows = matching(rows, self.text, self.found)
        return rows

    def _forget(self) -> None:
        """Work out anew what follows from the rows."""
        self._ordered = self._by_title = self._facets = self._counts = None
