"""The rows that the window knows, and what of them is shown: section, search, order. Plain data, no widgets."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio_desktop.gui.pieces.lines import ALL, Column
from portfolio_desktop.gui.pieces.rows import Row, choose, matching, order
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

    def fill(self, rows: Iterable[Row], *, complete: bool) -> None:
        """Know exactly these rows from now on."""
        self.rows = {row.id: row for row in rows}
        self.complete = complete

    def put(self, rows: Iterable[Row]) -> None:
        """Know these rows too, in place of older ones."""
        for row in rows:
            self.rows[row.id] = row

    def clear(self) -> None:
        """Know nothing: no library is open."""
        self.rows = {}
        self.courses = ()
        self.text, self.found = "", frozenset()
        self.complete = False

    def of_section(self) -> list[Row]:
        """The rows of the section, unordered."""
        return choose(self.rows.values(), self.section)

    def shown(self) -> list[Row]:
        """The rows to show, in order."""
        rows = self.of_section()
        if self.text.strip():
            rows = matching(rows, self.text, self.found)
        return order(rows, self.column, self.descending)
