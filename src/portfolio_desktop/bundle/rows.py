"""A piece and its form become rows: what goes into each field of the platform, in the platform's order.

    FieldSpec(date) + "2024-02-29"   ->  Row(copies: 1130229 民國, 2024-02-29 西元)
    FieldSpec(choice) + "3"          ->  Row(copies: 全國, 3 代碼)
    FieldSpec(course) + Course       ->  Row(copies: name, term, category, credits, teacher, code)
    FieldSpec(document) + Target     ->  Row(copies: the file's new name)

A copy is the student's text to the character. Only line breaks of other systems become plain ones, as every browser makes
them, and what no clipboard can carry (NUL, unpaired halves of characters) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio_desktop.bundle.entries import Copy, Row, Target
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import FieldSpec, Form
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.pieces.summary import count, normal_newlines
from portfolio_desktop.pieces.values import raw_value, read_day, regular
from portfolio_desktop.terms import minguo


def rows(
    piece: Piece, form: Form, course: Course | None, targets: Mapping[str, Target], rules: Rules
) -> tuple[Row, ...]:
    """Every field of the form, filled or not; `targets` are the piece's files by role."""
    return tuple(_row(spec, piece, form, course, targets, rules) for spec in form.fields)


def _row(
    spec: FieldSpec, piece: Piece, form: Form, course: Course | None, targets: Mapping[str, Target], rules: Rules
) -> Row:
    target = targets.get(spec.type)
    value = plain(_value(spec, piece, course))
    if target is not None:
        copies: tuple[Copy, ...] = (Copy(target.name, _("檔名")),)
    elif spec.type == "course" and course is not None:
        copies = tuple(_course_copies(course, form))
    elif spec.type == "summary" and value:
        copies = (Copy(value, _("{count} 字").format(count=count(value, rules).strict)),)
    else:
        copies = tuple(_copies(spec, value)) if value else ()
    return Row(spec.name, spec.label, spec.type, spec.required, copies, value, target)


def _value(spec: FieldSpec, piece: Piece, course: Course | None) -> str:
    """What is stored for a field, dates and choices made regular; a file has its own row."""
    if spec.type in ("document", "media"):
        return ""
    value = raw_value(piece, spec, course)
    return regular(spec, value) if spec.in_fields and spec.type != "text" else value


def _copies(spec: FieldSpec, value: str) -> Iterator[Copy]:
    choice = spec.choice(value)
    if choice is not None:
        yield Copy(choice.label)
        yield Copy(choice.code, _("代碼"))
        return
    day = read_day(value) if spec.type == "date" else None
    if day is None:  # not a date where one belongs: a finding says so, and the text is handed on as it stands
        yield Copy(value)
        return
    yield Copy(minguo(day), _("民國"))
    yield Copy(day.isoformat(), _("西元"))


def _course_copies(course: Course, form: Form) -> Iterator[Copy]:
    labels = {category.code: category.label for category in form.categories}
    parts = (
        (course.name, ""),
        (str(course.term) if course.term else "", _("修課學期")),
        (labels.get(course.category, course.category), _("課程類別")),
        (course.credits, _("學分")),
        (course.teacher, _("任課教師")),
        (course.code, _("課程代碼")),
    )
    return (Copy(plain(text), note) for text, note in parts if text)


def plain(text: str) -> str:
    """The text with plain line breaks, without NUL and unpaired halves of characters."""
    return normal_newlines(text).replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
