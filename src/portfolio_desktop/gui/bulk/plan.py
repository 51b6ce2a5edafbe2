"""What setting some values for several pieces would do, piece by piece. Pure.

    plan(rows, {"category": "competition"}, forms, names)  ->  BulkPlan(edits, changes, locked)

A choice that means something else in the new category goes, as it does when one piece is changed; the plan tells that too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio_desktop.gui.bulk.offer import FormOf
from portfolio_desktop.gui.pieces.values import FIELD, edit, values
from portfolio_desktop.library.records import Edit
from portfolio_desktop.pieces.course_checks import locked_findings
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.pieces.values import edited_fields

Words = Callable[[str, str, str], tuple[str, str]]
"""What a value is called, and how it is read: of its name, the value, and the category of the piece that has it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one piece that would be another one, all in words; `before` and `after` are "" for none."""

    title: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """The edits by the piece's id, every change that they make, and how many pieces a platform holds and will not follow."""

    edits: tuple[tuple[str, Edit], ...] = ()
    changes: tuple[Change, ...] = ()
    locked: int = 0


def plan(pieces: Sequence[Piece], wish: Mapping[str, str], form_of: FormOf, words: Words) -> BulkPlan:
    """Work out what the wish changes; pieces that are so already are left out."""
    edits, changes, locked = list[tuple[str, Edit]](), list[Change](), 0
    for piece in pieces:
        held = values(piece)
        wanted = edit(held, held | dict(wish))
        if wanted is None:
            continue
        category = wish.get("category", held["category"]) or None
        fields = edited_fields(form_of(piece.category), form_of(category), piece.fields, wanted.fields)
        made = edit(held, held | dict(wish) | {f"{FIELD}{name}": text for name, text in fields.items()})
        if made is None:
            continue
        after = _after(piece, held | dict(wish), made)
        edits.append((piece.id, made))
        changes += _changes(piece, held, values(after), words)
        locked += bool(locked_findings(piece, after))
    return BulkPlan(tuple(edits), tuple(changes), locked)


def _after(piece: Piece, held: Mapping[str, str], made: Edit) -> Piece:
    """The piece as the edit makes it."""
    fields = {name: text for name, text in {**piece.fields, **made.fields}.items() if text}
    return replace(
        piece,
        term=made.term if made.term is not None or "term" in made.clear else piece.term,
        category=held["category"] or None,
        course_id=held["course_id"] or None,
        certification=made.certification or piece.certification,
        fields=fields,
    )


def _changes(piece: Piece, held: Mapping[str, str], then: Mapping[str, str], words: Words) -> list[Change]:
    made = []
    for name in dict.fromkeys((*held, *then)):
        if held.get(name, "") != then.get(name, ""):
            label, before = words(name, held.get(name, ""), held["category"])
            label, after = words(name, then.get(name, ""), then["category"]) if then.get(name, "") else (label, "")
            made.append(Change(piece.title, label, before, after))
    return made
