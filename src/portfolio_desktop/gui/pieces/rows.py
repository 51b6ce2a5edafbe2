"""The table's rows as plain records, and the three pure things done with them: choose, find, order.

    Row      a piece as the lane hands it over, with its findings and state
    choose   the rows of a section            matching   those with a text in them            order   by a column

Sorting 10,000 rows here takes some milliseconds; a proxy model that asks the table's cells for it takes seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.pieces.lines import ALL, TRASH, Column
from portfolio_desktop.library.folding import fold
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES, Piece
from portfolio_desktop.pieces.readiness import STATES, State


@dataclass(frozen=True, slots=True)
class Row:
    """One piece in the table; `haystack` is everything that a search in it looks at, folded."""

    piece: Piece
    findings: tuple[Finding, ...] = ()
    state: State = "draft"
    haystack: str = field(default="", repr=False)

    @property
    def id(self) -> str:
        """The piece's id."""
        return self.piece.id


def haystack(piece: Piece) -> str:
    """Title, summary, fields and file names of a piece, folded; a piece without a title is found by what stands in its place."""
    names = [file.name for file in piece.files if file.current]
    if not piece.title:
        names.append(_("（沒有標題）"))
    return "\n".join(map(fold, (piece.title, piece.summary, *piece.fields.values(), *names)))


def choose(rows: Iterable[Row], section: str) -> list[Row]:
    """The rows of a section: `all`, `trash`, `course`, `activity` (its ten categories together) or a category's code."""
    if section == TRASH:
        return [row for row in rows if row.piece.trashed]
    live = (row for row in rows if not row.piece.trashed)
    if section == ALL:
        return list(live)
    if section in ("course", "activity"):
        return [row for row in live if row.piece.kind == section]
    return [row for row in live if row.piece.category == section]


def counts(rows: Iterable[Row]) -> Mapping[str, int]:
    """How many rows each section has."""
    found: dict[str, int] = dict.fromkeys((ALL, TRASH, "course", "activity", *CATEGORIES), 0)
    for row in rows:
        if row.piece.trashed:
            found[TRASH] += 1
            continue
        found[ALL] += 1
        if row.piece.category is not None:
            found[row.piece.category] = found.get(row.piece.category, 0) + 1
            if row.piece.category != "course":
                found["activity"] += 1
    return found


def matching(rows: Iterable[Row], text: str, also: frozenset[str] = frozenset()) -> list[Row]:
    """The rows in which every word of a text stands, and those that `also` names by id (found inside documents)."""
    # Split first: folding closes the gap between Chinese words.
    words = [fold(word) for word in text.split()]
    if also:
        return [row for row in rows if row.piece.id in also or all(word in row.haystack for word in words)]
    found = rows if isinstance(rows, list) else list(rows)
    for word in words:
        found = [row for row in found if word in row.haystack]
    return found


def order(rows: Iterable[Row], column: Column, descending: bool = False) -> list[Row]:
    """The rows by a column; equal ones by title, then by age."""
    return by_column(by_title(rows), column, descending)


def by_title(rows: Iterable[Row]) -> list[Row]:
    """The rows by title, then by age: what every other order begins with."""
    return sorted(rows, key=lambda row: (row.piece.title, row.piece.added))


def by_column(rows: Iterable[Row], column: Column, descending: bool) -> list[Row]:
    """The rows by a column; equal ones as they came."""
    return sorted(rows, key=KEYS[column], reverse=descending)


_STATES = {state: place for place, state in enumerate(STATES)}
_PLACES = {category: place for place, category in enumerate(CATEGORIES)}


def _term(row: Row) -> tuple[int, int]:
    term = row.piece.term
    return (0, 0) if term is None else (term.year, term.semester)


def _bytes(row: Row) -> int:
    return sum(file.size for file in row.piece.files if file.current)


KEYS: Mapping[Column, Callable[[Row], Any]] = {
    Column.STATE: lambda row: (_STATES[row.state], -len(row.findings)),
    Column.TITLE: lambda row: row.haystack.partition("\n")[0] or fold(row.piece.title),  # folding again takes longest
    Column.CATEGORY: lambda row: _PLACES.get(row.piece.category or "", -1),
    Column.TERM: _term,
    Column.FILES: _bytes,
    Column.CHANGED: lambda row: row.piece.changed,
}
"""What each column is sorted by."""
