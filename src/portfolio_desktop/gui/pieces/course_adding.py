"""Decides what happens to the student's list of courses from a piece: one is added and chosen, corrected, taken off.

新增課程… | 修改… ─▶ card ─▶ asked of the library ─▶ chosen for the piece, the card goes
                     │ another piece: what is on it is kept, and there again when one comes back to its piece
                     └ window, library goes: add it first, or leave it out; or stay
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces import course_work
from portfolio_desktop.gui.pieces.courses import CourseCard, CourseField
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.known import Known
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.pieces.writing import Writing
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session, Work
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.progress import Cancelled

Settled = Callable[[Exception | None], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is on the card: for which piece it was asked for, the course that is corrected, how it began and stands now."""

    piece_id: str
    course: Course | None
    begun: Course
    typed: Course
    complete: bool = False

    @property
    def filled(self) -> bool:
        """Whether there is anything on it that would be lost."""
        return self.typed != self.begun


class CourseAdding(QObject):
    """The controller of the card below the list of courses; `changed` when there is another course, or one less."""

    changed = Signal()
    piece_asked = Signal(str)
    """The piece is to be shown whose card waits."""

    def __init__(self, session: Session, editor: Editor, writing: Writing, known: Known, dialogs: Dialogs) -> None:
        super().__init__(editor)
        self._session, self._editor, self._writing, self._known = session, editor, writing, known
        self._dialogs = dialogs
        self._draft: Draft | None = None
        self._sent = self._asking = False
        self._then: Settled | None = None  # who waits for the answer of the library
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

    def show(self, row: Row | None) -> None:
        """Another piece is shown: with the card that was left there, as it was left."""
        field, draft = self._editor.course_field(), self._draft
        back = row is not None and draft is not None and draft.filled and draft.piece_id == row.id
        if field is not None and field.card is None and draft is not None and back and not self._session.read_only:
            self._show(field, draft, write=False)

    def forget(self) -> None:
        """Another library is open, or none."""
        self._draft, self._sent, self._then = None, False, None
        self._close_card()

    def settle(self, then: Settled, *, closing: bool) -> None:
        """Have no course on the card that would be lost with the library; `then` hears None, or what is in the way.

        `closing` is for the words: whether the library is closed, or another one opened or this one moved.
        """
        draft = self._draft
        if self._asking:
            then(Cancelled())
        elif self._session.shelf is None or draft is None or not draft.filled:
            then(None)
        elif self._sent:
            self._then = then
        else:
            self._ask_before_going(draft, then, closing=closing)

    def _ask_before_going(self, draft: Draft, then: Settled, *, closing: bool) -> None:
        def send() -> None:
            self._then = then
            self._send(draft.typed)

        def leave_out() -> None:
            self.forget()
            then(None)

        def stay() -> None:
            then(Cancelled())  # first: nothing on a page at rest can have the focus
            self.piece_asked.emit(draft.piece_id)

        new = draft.course is None
        if new:
            heading = _("有一門課程還沒新增")
            add, drop = (_("新增並關閉"), _("不新增，關閉")) if closing else (_("新增並繼續"), _("不新增，繼續"))
        else:
            heading = _("有一門課程改了一半")
            add, drop = (_("改好並關閉"), _("不改，關閉")) if closing else (_("改好並繼續"), _("不改，繼續"))
        name = draft.typed.name or draft.begun.name or _("（沒有名稱）")
        words = _("「{name}」填在表格裡的，還沒有存進學習歷程庫，不存就沒有了。").format(name=name)
        first = Answer(add, send) if draft.complete else Answer(_("回去填完"), stay)
        question = Question(heading, words, [first, Answer(drop, leave_out)], self._editor.window())
        question.rejected.connect(lambda: then(Cancelled()))
        question.finished.connect(self._asked)
        self._asking = True
        self._dialogs.show(question)

    def _asked(self) -> None:
        self._asking = False

    def _open(self, course: Course | None) -> None:
        row, field, kept = self._writing.row, self._editor.course_field(), self._draft
        if self._session.shelf is None or row is None or field is None or self._session.read_only:
            return
        if kept is not None and kept.filled:
            self._show(field, replace(kept, piece_id=row.id))
            if field.card is not None and kept.course != course:
                field.card.say(_("這門課程還沒存：先存好或取消，再做下一門。"))
        else:
            begun = course or Course("", "", row.piece.term)
            self._show(field, Draft(row.id, course, begun, begun))

    def _show(self, field: CourseField, draft: Draft, *, write: bool = True) -> None:
        shelf, form = self._session.shelf, self._session.form("course")
        if shelf is None or form is None:
            return
        card = CourseCard(form.categories, shelf.profile.terms, draft.begun.term, draft.course)
        card.put(draft.typed)
        card.typed.connect(lambda: self._typed(card))
        card.decided.connect(self._send)
        card.remove_asked.connect(self._remove)
        card.given_up.connect(self._drop)
        card.setDisabled(self._sent)
        self._draft = draft
        field.show_card(card, write=write)
        if write:
            self._editor.show_inside(card)

    def _typed(self, card: CourseCard) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, typed=card.value(), complete=card.complete())

    def _drop(self) -> None:
        self._draft = None

    def _send(self, course: Course) -> None:
        if course.id:
            self._ask(course_work.edit, course, self._changed)
        else:
            self._ask(errands.add_course, course, self._added)

    def _remove(self, course: Course) -> None:
        self._ask(course_work.remove, course.id, self._changed)

    def _ask(self, work: Work, what: Course | str, done: Callable[[Any], None]) -> None:
        self._sent = True
        card = self._card()
        if card is not None:
            card.setEnabled(False)
        self._session.ask(
            "", work, what, done=done, failed=self._not_taken, cancelled=lambda: self._answered(Cancelled())
        )

    def _added(self, answer: tuple[Course, tuple[Course, ...]]) -> None:
        course, courses = answer
        self._list(courses)
        row, draft = self._writing.row, self._draft
        if row is not None and draft is not None and row.id == draft.piece_id:
            self._editor.put({"course_id": course.id})
            self._writing.flush()
        self._end()

    def _changed(self, answer: tuple[tuple[Course, ...], tuple[Row, ...]]) -> None:
        courses, rows = answer
        self._list(courses)
        for row in rows:
            self._writing.changed.emit(row)
        self._end()

    def _list(self, courses: tuple[Course, ...]) -> None:
        self._known.courses = courses
        self._editor.show_courses(courses)
        self.changed.emit()

    def _end(self) -> None:
        self._draft = None
        field = self._editor.course_field()
        if self._close_card() and field is not None:
            field.list.setFocus()
        self._answered(None)

    def _not_taken(self, error: Exception) -> None:
        card = self._card()
        if card is not None and card.isVisible():
            card.say(str(error))
        else:
            self._session.jobs.failed.emit(error)
        self._answered(error)

    def _answered(self, trouble: Exception | None) -> None:
        self._sent = False
        card = self._card()
        if card is not None:
            card.setEnabled(True)
        then, self._then = self._then, None
        if then is not None:
            then(trouble)

    def _card(self) -> CourseCard | None:
        field = self._editor.course_field()
        return field.card if field is not None else None

    def _close_card(self) -> bool:
        """Take the card away; whether there was one."""
        field, card = self._editor.course_field(), self._card()
        if field is not None and card is not None:
            field.close_card()
        return card is not None
