"""What the table paints of a piece, and no more: what can be shown before the library is open.

Row (piece, findings, state)  ->  line_of  ->  Line  ->  model, or kept for the next start (glimpse.py)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.rows import Row
    from portfolio_desktop.pieces.readiness import State

ALL, TRASH = "all", "trash"
"""The sections of every piece, and of those in the trash."""
Grouping = Literal["", "term", "category"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
View = Literal["table", "cards"]


class Column(IntEnum):
    """The table's columns, in their order."""

    STATE = 0
    TITLE = 1
    CATEGORY = 2
    TERM = 3
    FILES = 4
    CHANGED = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, in no language: `kinds` and `size` (bytes) are those of the current files.

    `term` is like "113-1", "" where there is none; `changed` an ISO 8601 moment; `errors` and `warnings` are counts.
    """

    id: str
    title: str
    category: str | None
    term: str
    state: State
    errors: int
    warnings: int
    kinds: tuple[str, ...]
    size: int
    changed: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a group of pieces: its words, and how many pieces are in it."""

    words: str
    count: int


def line_of(row: Row) -> Line:
    """What is painted of a row."""
    piece, severities = row.piece, [finding.severity for finding in row.findings]
    current = [file for file in piece.files if file.current]
    return Line(
        piece.id,
        piece.title,
        piece.category,
        str(piece.term) if piece.term else "",
        row.state,
        severities.count("error"),
        severities.count("warning"),
        tuple(file.kind for file in current),
        sum(file.size for file in current),
        piece.changed,
    )
