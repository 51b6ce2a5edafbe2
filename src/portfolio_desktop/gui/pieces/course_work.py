"""What the course list asks of the library, on the lane: the list as it is then, and the pieces that a change reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.pieces.piece import Course

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk


def edit(desk: Desk, course: Course) -> tuple[tuple[Course, ...], tuple[Row, ...]]:
    """Correct a course, by its id."""
    ids = _of_course(desk, course.id)
    desk.library.edit_course(desk.coded(course))
    return tuple(desk.library.courses()), errands.some_rows(desk, ids)


def remove(desk: Desk, course_id: str) -> tuple[tuple[Course, ...], tuple[Row, ...]]:
    """Take a course off the list; its pieces stay, without a course."""
    ids = _of_course(desk, course_id)
    desk.library.remove_course(course_id)
    return tuple(desk.library.courses()), errands.some_rows(desk, ids)


def _of_course(desk: Desk, course_id: str) -> list[str]:
    return [piece.id for piece in desk.library.pieces(PieceFilter(course_id=course_id, trashed=None))]
