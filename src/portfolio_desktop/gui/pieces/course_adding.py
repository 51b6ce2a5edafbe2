"""Decides what happens when a course is added from a piece: asked for, put on the list, chosen for that piece."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.courses import CourseDialog
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.writing import Writing
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.pieces.piece import Course


class CourseAdding(QObject):
    """The controller of the dialog for a new course."""

    def __init__(
        self, session: Session, dialogs: Dialogs, window: QWidget, editor: Editor, writing: Writing, known: Known
    ) -> None:
        super().__init__(window)
        self._session, self._dialogs, self._window = session, dialogs, window
        self._editor, self._writing, self._known = editor, writing, known
        editor.course_asked.connect(self.ask)

    def ask(self) -> None:
        """Ask for a course, in the piece's term to begin with."""
        shelf, row, form = self._session.shelf, self._writing.row, self._session.form("course")
        if shelf is None or row is None or form is None or shelf.read_only:
            return
        dialog = CourseDialog(form.categories, shelf.profile.terms, row.piece.term, self._window)
        dialog.decided.connect(lambda course: self._add(dialog, row.id, course))
        self._dialogs.show(dialog)

    def _add(self, dialog: CourseDialog, piece_id: str, course: Course) -> None:
        self._session.ask(
            "",
            errands.add_course,
            course,
            done=lambda answer: self._added(dialog, piece_id, *answer),
            failed=lambda error: dialog.say(str(error)),
        )

    def _added(self, dialog: CourseDialog, piece_id: str, course: Course, courses: tuple[Course, ...]) -> None:
        self._known.courses = courses
        self._editor.show_courses(courses)
        if self._writing.row is not None and self._writing.row.id == piece_id:
            self._editor.put({"course_id": course.id})
            self._writing.flush()
        dialog.accept()
