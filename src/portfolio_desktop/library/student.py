"""What belongs to the student and not to one piece: courses, the profile, the school's own settings.

As in commands.py: every function takes the open Group, changes rows through it, and leaves its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.rules import school_value
from portfolio_desktop.library.changes import Group, rows, take_numbers
from portfolio_desktop.library.dump import rules_image
from portfolio_desktop.library.editing import course_row
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.rows import number_of
from portfolio_desktop.library.sentences import Sentence
from portfolio_desktop.library.tables import COURSE, PIECE, PROFILE
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course

Row = dict[str, Any]


def add_course(change: Group, course: Course) -> int:
    """Write a course; its own id is ignored, the new number is returned."""
    number = take_numbers(change.connection, "course")[0]
    change.insert(COURSE, [course_row(number, course)])
    change.sentence = Sentence("course.add", {"name": storable(course.name)})
    return number


def edit_course(change: Group, course: Course) -> None:
    """Write a course's new values over the old ones, by its id."""
    row = _course(change, course.id)
    change.update(COURSE, row, course_row(row["number"], course))
    change.sentence = Sentence("course.edit", {"name": storable(course.name)})


def remove_course(change: Group, course_id: str, now: str) -> None:
    """Take a course away; its pieces stay, without a course."""
    row = _course(change, course_id)
    for piece in rows(change.connection, PIECE, PIECE.c.course == row["number"]):
        change.update(PIECE, piece, piece | {"course": None, "changed": now})
    change.delete(COURSE, row)
    change.sentence = Sentence("course.remove", {"name": row["name"]})


def set_profile(change: Group, profile: Profile) -> None:
    """Write the student's profile."""
    row = rows(change.connection, PROFILE)[0]
    values = {"school_type": profile.school_type, "entry_year": profile.entry_year}
    texts = {"name": storable(profile.name), "school": storable(profile.school)}
    change.update(PROFILE, row, row | values | texts)
    change.sentence = Sentence("profile")


def set_school_rules(change: Group, settings: Mapping[str, Any]) -> None:
    """Write the school's own settings; raises UsageError for one that is no rule, or cannot be its value."""
    for name, value in settings.items():
        school_value(name, value)
    row = rows(change.connection, PROFILE)[0]
    change.update(PROFILE, row, row | {"rules": rules_image(settings)})
    change.sentence = Sentence("rules")


def check_course_id(change: Group, course_id: str | None) -> None:
    """Raise UsageError for a course that does not exist."""
    if course_id is not None:
        _course(change, course_id)


def check_course(change: Group, number: int | None) -> None:
    """Raise UsageError for a course that does not exist, by its number; None is no course."""
    if number is not None:
        _course(change, f"c{number}")


def _course(change: Group, course_id: str) -> Row:
    found = rows(change.connection, COURSE, COURSE.c.number == number_of(course_id, "c"))
    if not found:
        raise UsageError(_("沒有「{id}」這門課程。").format(id=course_id))
    return found[0]
