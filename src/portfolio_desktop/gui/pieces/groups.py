"""Rows under headings: those of one term, or of one category, together.

    [p3, p1, p2]  --grouped by term-->  [Heading 113-2 (1), p3, Heading 113-1 (2), p1, p2]

The order within a group is the one that the rows came in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from portfolio_desktop.gui.pieces.filters import NO_TERM, term_of
from portfolio_desktop.gui.pieces.lines import Grouping, Heading
from portfolio_desktop.pieces.piece import CATEGORIES

if TYPE_CHECKING:
    from portfolio_desktop.gui.pieces.rows import Row


def grouped(rows: Sequence[Row], by: Grouping, words: Callable[[str], str]) -> list[Row | Heading]:
    """The rows under headings; `words` makes them from a term or a category's code, "" for those that have none.

    What has none yet comes first: it waits to be filed. Then the latest term, or the platforms' first category.
    """
    key = term_of if by == "term" else _category
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    made: list[Row | Heading] = []
    for name in sorted(groups, key=_by_term if by == "term" else _by_category):
        made.append(Heading(words(name), len(groups[name])))
        made += groups[name]
    return made


def _category(row: Row) -> str:
    return row.piece.category or ""


def _by_term(term: str) -> tuple[int, int]:
    if term == NO_TERM:
        return (-10_000, 0)
    year, _dash, semester = term.partition("-")
    return (-int(year), -int(semester))


def _by_category(category: str) -> int:
    return CATEGORIES.index(category) if category in CATEGORIES else -1
