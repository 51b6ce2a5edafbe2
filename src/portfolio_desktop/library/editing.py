"""What an edit does to a piece's or a course's row, as pure functions: row -> row, and the names of what changed.

Edit(summary="…", term=Term(113, 1))  +  row  ->  row with the new values, ("summary", "term")
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.dump import fields_image
from portfolio_desktop.library.names import storable, title_line
from portfolio_desktop.library.records import Edit
from portfolio_desktop.library.rows import number_of
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES, CERTIFICATIONS, Course

CLEARABLE = frozenset({"term", "category", "course_id"})


def edited(row: Mapping[str, Any], edit: Edit) -> dict[str, Any]:
    """The piece's row as the edit wants it; raises UsageError for a category or state that does not exist."""
    _check(edit)
    new = dict(row)
    for name in ("title", "summary", "link", "certification_note"):
        value = getattr(edit, name)
        if value is not None:
            new[name] = title_line(value) if name == "title" else storable(value)
    if edit.certification is not None:
        new["certification"] = edit.certification
    if edit.fields:
        given = {storable(name): storable(value) for name, value in edit.fields.items()}
        new["fields"] = fields_image(json.loads(row["fields"]) | given)
    if edit.term is not None or "term" in edit.clear:
        term = edit.term
        new |= {"year": term.year if term else None, "semester": term.semester if term else None}
    if edit.category is not None or "category" in edit.clear:
        new["category"] = edit.category
    if edit.course_id is not None or "course_id" in edit.clear:
        new["course"] = None if edit.course_id is None else number_of(edit.course_id, "c")
    return new


def what_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names (of sentences.LABELS) of what differs between two rows of a piece, in the form's order."""
    columns = {"term": ("year", "semester")}
    names = ("title", "category", "term", "course", "fields", "summary", "link", "certification", "certification_note")
    return [name for name in names if any(before[one] != after[one] for one in columns.get(name, (name,)))]


def course_row(number: int, course: Course) -> dict[str, Any]:
    """A course as a row."""
    return {
        "number": number,
        "name": storable(course.name),
        "year": course.term.year if course.term else None,
        "semester": course.term.semester if course.term else None,
        "category": storable(course.category),
        "credits": storable(course.credits),
        "teacher": storable(course.teacher),
        "code": storable(course.code),
    }


def check_category(category: str | None) -> None:
    """Raise UsageError for a category that does not exist; None means not filed yet."""
    if category is not None and category not in CATEGORIES:
        raise UsageError(_("沒有「{category}」這個類別。").format(category=category))


def _check(edit: Edit) -> None:
    check_category(edit.category)
    if edit.certification is not None and edit.certification not in CERTIFICATIONS:
        raise UsageError(_("沒有「{state}」這個認證狀態。").format(state=edit.certification))
    if not edit.clear <= CLEARABLE:
        raise UsageError(_("「{names}」不能清空。").format(names="、".join(sorted(edit.clear - CLEARABLE))))
