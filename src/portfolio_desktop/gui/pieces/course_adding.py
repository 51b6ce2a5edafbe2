"""Decides what happens to the student's list of courses from a piece: one is added and chosen, corrected, taken off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces import course_work
from portfolio_desktop.gui.pieces.courses import CourseCard, CourseField
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.writing import Writing
from portfolio_desktop.gui.session import Session
from portfolio_desktop.pieces.piece import Course


class CourseAdding(QObject):
    """The controller of the card below the list of courses; `changed` when there is another course, or one less."""

    changed = Signal()

    def __init__(self, session: Session, editor: Editor, writing: Writing, known: Known) -> None:
        super().__init__(editor)
        self._session, self._editor, self._writing, self._known = session, editor, writing, known
        editor.course_asked.connect(self.ask)
        editor.course_edit_asked.connect(self.edit)

    def ask(self) -> None:
        """Ask for a course, in the piece's term to begin with."""
        self._open(None)

    def edit(self) -> None:
        """Let the chosen course be corrected; a new one be added where none is chosen."""
        field = self._editor.course_field()
        chosen = field.value() if field is not None else ""
        self._open(next((course for course in self._known.courses if course.id == chosen), None))

    def _open(self, course: Course | None) -> None:
        shelf, row, form = self._session.shelf, self._writing.row, self._session.form("course")
        field = self._editor.course_field()
        if shelf is None or row is None or form is None or field is None or shelf.read_only:
            return
        card = CourseCard(form.categories, shelf.profile.terms, row.piece.term, course)
        card.decided.connect(partial(self._decided, field, card, row.id))
        card.remove_asked.connect(partial(self._remove, field, card))
        field.show_card(card)
        self._editor.show_inside(card)

    def _decided(self, field: CourseField, card: CourseCard, piece_id: str, course: Course) -> None:
        card.setEnabled(False)
        if course.id:
            self._session.ask(
                "",
                course_work.edit,
                course,
                done=partial(self._changed, field, card),
                failed=partial(_not_taken, card),
            )
        else:
            self._session.ask(
                "",
                errands.add_course,
                course,
                done=partial(self._added, field, card, piece_id),
                failed=partial(_not_taken, card),
            )

    def _remove(self, field: CourseField, card: CourseCard, course: Course) -> None:
        card.setEnabled(False)
        self._session.ask(
            "",
            course_work.remove,
            course.id,
            done=partial(self._changed, field, card),
            failed=partial(_not_taken, card),
        )

    def _added(
        self, field: CourseField, card: CourseCard, piece_id: str, answer: tuple[Course, tuple[Course, ...]]
    ) -> None:
        course, courses = answer
        self._list(courses)
        if self._writing.row is not None and self._writing.row.id == piece_id:
            self._editor.put({"course_id": course.id})
            self._writing.flush()
        _close(field, card)

    def _changed(
        self, field: CourseField, card: CourseCard, answer: tuple[tuple[Course, ...], tuple[Row, ...]]
    ) -> None:
        courses, rows = answer
        self._list(courses)
        for row in rows:
            self._writing.changed.emit(row)
        _close(field, card)

    def _list(self, courses: tuple[Course, ...]) -> None:
        self._known.courses = courses
        self._editor.show_courses(courses)
        self.changed.emit()


def _not_taken(card: CourseCard, error: Exception) -> None:
    if isValid(card):
        card.setEnabled(True)
        card.say(str(error))


def _close(field: CourseField, card: CourseCard) -> None:
    if isValid(field) and field.card is card:
        field.close_card()
        field.list.setFocus()
