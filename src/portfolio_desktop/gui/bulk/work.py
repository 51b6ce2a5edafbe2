"""What changing several pieces asks of the library, on the lane: a plan in words, then the same plan carried out.

plan(desk, ids, wish) -> BulkPlan        carry_out(desk, ids, wish, seen) -> Done(rows), or the plan as it is by now
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.bulk import plan as planning
from portfolio_desktop.gui.bulk.offer import COURSE, TERM
from portfolio_desktop.gui.bulk.plan import BulkPlan
from portfolio_desktop.gui.past.work import Names, names
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.words import term_words
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.terms import Term

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk


@dataclass(frozen=True, slots=True)
class Done:
    """What was carried out: the pieces as they are now. `anew` is the plan instead, where it is another one than was seen."""

    rows: tuple[Row, ...] = ()
    anew: BulkPlan | None = None


def plan(desk: Desk, ids: Sequence[str], wish: Mapping[str, str]) -> BulkPlan:
    """What the wish would change, of these pieces as they are now."""
    pieces = desk.library.pieces(PieceFilter(ids=tuple(ids), trashed=False))
    at = {piece_id: place for place, piece_id in enumerate(ids)}
    pieces.sort(key=lambda piece: at[piece.id])
    entry_year = desk.library.profile.entry_year

    def form_of(category: str | None) -> Form | None:
        return desk.form(category) if category else None

    @cache
    def names_of(category: str | None) -> Names:
        return names(desk, category)

    def words(name: str, value: str, category: str) -> tuple[str, str]:
        known = names_of(category or None)
        label = known.field(name.removesuffix("_id"))
        if name == TERM and value:
            return label, term_words(Term.parse(value), entry_year)
        if name == COURSE:
            return label, known.value("course", value.removeprefix("c"))
        return label, known.value(name, value)

    return planning.plan(pieces, wish, form_of, words)


def carry_out(desk: Desk, ids: Sequence[str], wish: Mapping[str, str], seen: BulkPlan) -> Done:
    """Carry out the plan that was seen, as one step for undo; nothing where the pieces are others by now."""
    now = plan(desk, ids, wish)
    if now != seen:
        return Done(anew=now)
    pieces = desk.library.edit_each(now.edits)
    return Done(errands.some_rows(desk, [piece.id for piece in pieces]))
