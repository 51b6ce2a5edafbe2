"""The fields of a form: filled where they must be, of their type, within their bounds, in order.

PieceCase -> for each field of the form: FIELD_CHECKS[its type] -> Finding(about=the field's name) …
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.form import FieldSpec, FieldType
from portfolio_desktop.pieces.piece_case import PieceCase, PieceCheck
from portfolio_desktop.pieces.values import raw_value, read_day
from portfolio_desktop.terms import school_year_of

ValueCheck = Callable[[FieldSpec, str], Iterator[Finding]]


def _missing(case: PieceCase) -> Iterator[Finding]:
    if case.form is None:
        return
    for spec in case.form.own_fields:
        # Where the title stands in, a missing title is told as such.
        if spec.required and not spec.from_title and not raw_value(case.piece, spec).strip():
            yield Finding("field.missing", {"label": spec.called}, spec.name)


def _values(case: PieceCase) -> Iterator[Finding]:
    if case.form is None:
        return
    for spec in case.form.own_fields:
        value = raw_value(case.piece, spec).strip()
        if value:
            for check in FIELD_CHECKS.get(spec.type, ()):
                yield from check(spec, value)


def _date_order(case: PieceCase) -> Iterator[Finding]:
    if case.form is None:
        return
    for first, last in case.form.spans:
        start, end = (read_day(case.piece.fields.get(name, "")) for name in (first, last))
        labels = {spec.name: spec.called for spec in case.form.fields}
        if start is not None and end is not None and start > end:
            yield Finding("date.order", {"start": labels[first], "end": labels[last]}, last)


def _date_far(case: PieceCase) -> Iterator[Finding]:
    if case.form is None or case.piece.term is None:
        return
    term = case.piece.term
    for spec in case.form.own_fields:
        day = read_day(case.piece.fields.get(spec.name, "")) if spec.type == "date" else None
        if day is not None and abs(school_year_of(day) - term.year) > case.rules.school_years:
            numbers = {"label": spec.called, "value": day.isoformat(), "term": str(term)}
            yield Finding("date.far", numbers, spec.name)


def _unknown(case: PieceCase) -> Iterator[Finding]:
    if case.form is None:
        return
    own = {spec.name for spec in case.form.own_fields}
    names = sorted(name for name, value in case.piece.fields.items() if value.strip() and name not in own)
    if names:
        yield Finding("field.unknown", {"count": len(names), "names": names}, "category")


def _by_school(case: PieceCase) -> Iterator[Finding]:
    if case.form is None:
        return
    for spec in case.form.own_fields:
        choice = spec.choice(case.piece.fields.get(spec.name, ""))
        if choice is not None and choice.by_school:
            yield Finding("officer.by-school", {"level": choice.label}, spec.name)


PIECE_FIELD_CHECKS: tuple[PieceCheck, ...] = (_missing, _values, _date_order, _date_far, _by_school, _unknown)
"""Every rule on the fields of a piece's form, in the order in which they are told."""


def _long(spec: FieldSpec, value: str) -> Iterator[Finding]:
    if spec.max_length is not None and len(value) > spec.max_length:
        yield Finding("field.long", {"label": spec.called, "length": len(value), "limit": spec.max_length}, spec.name)


def _short(spec: FieldSpec, value: str) -> Iterator[Finding]:
    if spec.min_length is not None and len(value) < spec.min_length:
        yield Finding("field.short", {"label": spec.called, "length": len(value), "limit": spec.min_length}, spec.name)


def _separator(spec: FieldSpec, value: str) -> Iterator[Finding]:
    if spec.separator and re.search(r"[\uff0c\u3001;\uff1b]", value):
        yield Finding("field.separator", {"label": spec.called}, spec.name)


def _date(spec: FieldSpec, value: str) -> Iterator[Finding]:
    if read_day(value) is None:
        yield Finding("date.invalid", {"label": spec.called, "value": value}, spec.name)


def _choice(spec: FieldSpec, value: str) -> Iterator[Finding]:
    if spec.choice(value) is None:
        choices = [choice.label for choice in spec.choices]
        yield Finding("field.choice", {"label": spec.called, "value": value, "choices": choices}, spec.name)


def _number(spec: FieldSpec, value: str) -> Iterator[Finding]:
    number = read_number(value)
    if number is None:
        yield Finding("number.invalid", {"label": spec.called, "value": value}, spec.name)


def _bounds(spec: FieldSpec, value: str) -> Iterator[Finding]:
    number = read_number(value)
    numbers = {"label": spec.called, "value": value}
    if number is None:
        return
    if spec.minimum is not None and number < spec.minimum:
        yield Finding("number.small", numbers | {"limit": str(spec.minimum)}, spec.name)
    elif number < 0:
        yield Finding("number.negative", numbers, spec.name)
    if spec.maximum is not None and number > spec.maximum:
        yield Finding("number.large", numbers | {"limit": str(spec.maximum)}, spec.name)


def _whole(spec: FieldSpec, value: str) -> Iterator[Finding]:
    number = read_number(value)
    if number is not None and number != number.to_integral_value():
        yield Finding("number.whole", {"label": spec.called, "value": value}, spec.name)


def _decimals(spec: FieldSpec, value: str) -> Iterator[Finding]:
    number = read_number(value)
    if number is None or spec.decimals is None:
        return
    if number != round(number, spec.decimals):
        numbers = {"label": spec.called, "value": value, "limit": spec.decimals}
        yield Finding("number.decimals", numbers, spec.name)


FIELD_CHECKS: Mapping[FieldType, tuple[ValueCheck, ...]] = {
    "text": (_short, _long, _separator),
    "date": (_date,),
    "choice": (_choice,),
    "integer": (_number, _whole, _bounds, _long),
    "decimal": (_number, _decimals, _bounds, _long),
}
"""Every rule on one value that is not empty, by the type of its field."""


def read_number(text: str) -> Decimal | None:
    """The number that a text is, with full-width digits too, or None; no exponents and no thousands commas."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return Decimal(plain) if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]*)?|[+-]?\.[0-9]+", plain) else None
