"""A piece's values, field by field: where each is kept, and what was typed made regular.

    "113/2/29"  --regular-->  "2024-02-29"        "全國"  --regular-->  "3"        "１２．５"  --regular-->  "12.5"
    edited_fields(old form, new form, kept, typed)  ->  what an edit writes, once a category changes what a code means

Dates are kept ISO, choices by their code, numbers with half-width digits; what cannot be understood is kept as it was
typed and becomes a finding, never a lost word.
"""

from __future__ import annotations

import datetime
import functools
import unicodedata
from collections.abc import Mapping

from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import FieldSpec, Form
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.terms import parse_date


def raw_value(piece: Piece, spec: FieldSpec, course: Course | None = None) -> str:
    """The value as the piece keeps it, empty when there is none; the title stands in where the form says so."""
    match spec.type:
        case "summary":
            return piece.summary
        case "link":
            return piece.link
        case "year":
            return str(piece.term.year) if piece.term else ""
        case "term":
            return str(piece.term.semester) if piece.term else ""
        case "course":
            return course.name if course else ""
        case "document" | "media":
            file = piece.file(spec.type)
            return file.name if file else ""
        case _:
            value = piece.fields.get(spec.name, "")
            return piece.title if spec.from_title and not value.strip() else value


def regular(spec: FieldSpec, text: str) -> str:
    """A value as it is kept: a date ISO, a choice by its code, a number with half-width digits; else as it was typed."""
    plain = text.strip()
    if spec.type == "date":
        day = read_day(plain)
        return day.isoformat() if day else plain
    if spec.type == "choice":
        folded = unicodedata.normalize("NFKC", plain)
        matches = (choice.code for choice in spec.choices if folded in (choice.code, choice.label, _(choice.label)))
        return next(matches, plain)
    if spec.type in ("integer", "decimal"):
        return unicodedata.normalize("NFKC", plain).strip()
    return plain


def edited_fields(
    before: Form | None, after: Form | None, kept: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """What an edit writes to a piece's fields: what was typed, regular; an empty text takes a value away.

    `before` and `after` are the forms that the piece has and is to have, None without a category. Where they differ, a
    choice that is not the same one in both (code and words) is taken away: 3 is 全國 of a competition, but 社團 of an
    officer. Every other value stays, also where the new form has no field for it.
    """
    written: dict[str, str] = {}
    if after is not None and (before is None or before.category != after.category):
        written = {name: "" for name, value in kept.items() if value and _means_else(name, value, before, after)}
    for name, text in typed.items():
        spec = (after.field(name) if after else None) or (before.field(name) if before else None)
        written[name] = regular(spec, text) if spec is not None and spec.in_fields else text
    return written


def _means_else(name: str, value: str, before: Form | None, after: Form) -> bool:
    old, new = before.field(name) if before else None, after.field(name)
    if not any(spec is not None and spec.type == "choice" for spec in (old, new)):
        return False
    words = [choice.label if spec and (choice := spec.choice(value)) else None for spec in (old, new)]
    return words[0] is None or words[0] != words[1]


@functools.lru_cache(maxsize=8192)
def read_day(text: str) -> datetime.date | None:
    """The day that a text names in any notation, or None. Remembered, since a list of pieces asks for the same days often."""
    try:
        return parse_date(text)
    except ValueError:
        return None
