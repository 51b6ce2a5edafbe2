"""A piece's values, field by field: what was typed, made regular, and what is copied into a platform.

    "113/2/29"  --regular-->  "2024-02-29"  --entry-->  Entry(text="1130229", iso="2024-02-29", minguo="1130229")
    "全國"       --regular-->  "3"           --entry-->  Entry(text="全國", code="3")

Dates are kept ISO, choices by their code, numbers with half-width digits; what cannot be understood is kept as it was
typed and becomes a finding, never a lost word.
"""

from __future__ import annotations

import datetime
import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio_desktop.errors import UsageError
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import FieldSpec, Form
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.terms import minguo, parse_date


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into one field of a platform: `text` exactly as it is copied (a choice's words, a date in 民國 digits).

    `raw` is the value as the piece keeps it; `code` a choice's code; `iso` and `minguo` a date in both notations. Each is
    empty where it does not apply, all of them where nothing was entered.
    """

    spec: FieldSpec
    raw: str
    text: str
    code: str = ""
    iso: str = ""
    minguo: str = ""


def entries(piece: Piece, form: Form, course: Course | None = None) -> tuple[Entry, ...]:
    """Every field of the form in the platform's order, with what the piece has for it."""
    return tuple(entry(piece, spec, course) for spec in form.fields)


def entry(piece: Piece, spec: FieldSpec, course: Course | None = None) -> Entry:
    """What the piece has for one field of its form."""
    raw = raw_value(piece, spec, course)
    if spec.type == "date" and (day := read_day(raw)) is not None:
        return Entry(spec, raw, minguo(day), iso=day.isoformat(), minguo=minguo(day))
    if spec.type == "choice" and (choice := spec.choice(raw)) is not None:
        return Entry(spec, raw, choice.label, code=choice.code)
    return Entry(spec, raw, raw)


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


def regular_fields(form: Form, typed: Mapping[str, str]) -> dict[str, str]:
    """Values typed for a form's own fields, as they are kept; raises UsageError for a name that the form does not have.

    An empty value stays in the mapping: it says that the field is to be emptied.
    """
    kept: dict[str, str] = {}
    for name, text in typed.items():
        spec = form.field(name)
        if spec is None or not spec.in_fields:
            raise UsageError(
                _("「{form}」沒有「{name}」這個欄位；欄位有：{known}。").format(
                    form=_(form.label), name=name, known=" ".join(field.name for field in form.own_fields)
                )
            )
        kept[name] = regular(spec, text)
    return kept


@functools.lru_cache(maxsize=8192)
def read_day(text: str) -> datetime.date | None:
    """The day that a text names in any notation, or None. Remembered, since a list of pieces asks for the same days often."""
    try:
        return parse_date(text)
    except ValueError:
        return None
