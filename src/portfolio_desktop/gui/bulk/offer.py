"""What can be set for several pieces together, and what they have now. Pure.

    rows, forms  ->  (Value("term", 學期, have {113-1: 3, "": 2}), Value("category", …), Value("fields.hours", 時數, …) …)

Only what every piece has: a field stands in the form of each, under the same name, with the same choices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.values import FIELD
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import FieldSpec, Form
from portfolio_desktop.pieces.piece import Piece

TERM, CATEGORY, COURSE, CERTIFICATION = "term", "category", "course_id", "certification"
FormOf = Callable[[str | None], Form | None]


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that can be set: its name as in values.py, its label, its field in the form, and how many pieces have what."""

    name: str
    label: str
    have: Mapping[str, int]
    spec: FieldSpec | None = None


def offer(rows: Sequence[Row], form_of: FormOf) -> tuple[Value, ...]:
    """What can be set for these pieces, in the order of the editor."""
    pieces = [row.piece for row in rows]
    made = [
        Value(CATEGORY, _("類別"), Counter(piece.category or "" for piece in pieces)),
        Value(TERM, _("學期"), Counter(str(piece.term) if piece.term else "" for piece in pieces)),
    ]
    if all(piece.kind == "course" for piece in pieces):
        made += [
            Value(COURSE, _("課程"), Counter(piece.course_id or "" for piece in pieces)),
            Value(CERTIFICATION, _("認證狀態"), Counter(piece.certification for piece in pieces)),
        ]
    for spec in shared_fields({piece.category for piece in pieces}, form_of):
        made.append(Value(f"{FIELD}{spec.name}", _(spec.called), _have(pieces, spec), spec))
    return tuple(made)


def shared_fields(categories: Iterable[str | None], form_of: FormOf) -> tuple[FieldSpec, ...]:
    """The fields that all these categories have, meaning the same in each; none where a piece has no category."""
    forms = [form_of(category) for category in categories]
    if not forms or any(form is None for form in forms):
        return ()
    first, *others = (form for form in forms if form is not None)
    return tuple(spec for spec in first.own_fields if all(_same(spec, other.field(spec.name)) for other in others))


def _same(one: FieldSpec, other: FieldSpec | None) -> bool:
    return other is not None and (one.label, one.type, one.choices) == (other.label, other.type, other.choices)


def _have(pieces: Iterable[Piece], spec: FieldSpec) -> Mapping[str, int]:
    return Counter(piece.fields.get(spec.name, "") for piece in pieces)
