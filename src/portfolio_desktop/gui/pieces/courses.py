"""Choosing a course from the student's own list; putting one on it, correcting and removing one, in place.

課程  [113-1 自然科學探究與實作 ▾] [修改…] [新增課程…]
┌ card: name, term, category, … ─ [新增] [取消] ┐     below it while one is added or corrected
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QPushButton, QVBoxLayout

from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.field import Field
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.line import NumberField
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import CourseCategory
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.terms import Term

ROOM = 26
"""Characters of width from which on the buttons stand beside the list."""


MOST_CREDITS = Decimal(99)


class CourseCard(QFrame):
    """A course to be put on the list, or one that is corrected; `typed` at every change by the student."""

    typed = Signal()
    decided = Signal(object)
    remove_asked = Signal(object)
    given_up = Signal()

    def __init__(
        self, categories: Sequence[CourseCategory], terms: Sequence[Term], term: Term | None, course: Course | None
    ) -> None:
        """A card for a course of `term`, or one on which `course` is corrected."""
        super().__init__()
        self.setObjectName("card")
        self.course = course
        self.setAccessibleName(_("修改課程") if course else _("新增課程"))
        self.name = QLineEdit()
        self.term = Choice(_("學期"))
        self.term.fill([("", _("（還沒定）")), *((str(each), _("{term} 學期").format(term=each)) for each in terms)])
        self.category = Choice(_("課程類別"))
        self.category.fill(
            [
                ("", _("（還沒選）")),
                *((entry.code, f"{_(entry.group)}・{_(entry.label)}") for entry in categories),
            ]
        )
        self.credits = NumberField(_("學分數"), Decimal(0), MOST_CREDITS)
        self.teacher = QLineEdit()
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("可不填；學校課程計畫上的 23 碼"))
        self.put(course or Course("", "", term))
        self.credits_trouble = label(wrap=True)
        self.credits_trouble.setProperty("level", "error")
        self.credits_trouble.hide()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, widget in (
            (_("課程名稱 ＊"), self.name),
            (_("學期"), self.term),
            (_("課程類別"), self.category),
            (_("學分數"), self.credits),
            (_("任課教師"), self.teacher),
            (_("課程代碼"), self.code),
        ):
            widget.setAccessibleName(words)
            form.addRow(words, widget)
            if widget is self.credits:
                form.addRow("", self.credits_trouble)
        for line in (self.name, self.teacher, self.code):
            line.textChanged.connect(self.typed)
        for choice in (self.term, self.category):
            choice.currentIndexChanged.connect(self.typed)
        self.credits.changed.connect(self._mended)
        self.credits.changed.connect(self.typed)
        self.credits.left.connect(self._say_credits)
        self.trouble = label(wrap=True)
        self.trouble.setProperty("level", "error")
        self.trouble.hide()
        self.accept_button = QPushButton(_("改好了") if course else _("新增"))
        self.accept_button.setProperty("primary", "true")
        self.accept_button.clicked.connect(self._decide)
        self.cancel_button = QPushButton(_("取消"))
        self.cancel_button.clicked.connect(self.given_up)
        self.remove_button = QPushButton(_("從清單拿掉"))
        self.remove_button.setProperty("plain", "true")
        self.remove_button.setToolTip(_("這門課的作品會留著，只是沒有課程；可以復原"))
        self.remove_button.setVisible(course is not None)
        self.remove_button.clicked.connect(lambda: self.remove_asked.emit(self.course))
        buttons = Fold(ROOM)
        buttons.add(self.remove_button, 1, Qt.AlignmentFlag.AlignLeft)
        buttons.add(self.cancel_button, 1, Qt.AlignmentFlag.AlignRight)
        buttons.add(self.accept_button, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.trouble)
        layout.addWidget(buttons)

    def value(self) -> Course:
        """The course as it stands on the card."""
        return Course(
            id=self.course.id if self.course else "",
            name=self.name.text().strip(),
            term=Term.parse(self.term.code()) if self.term.code() else None,
            category=self.category.code(),
            credits=self.credits.value(),
            teacher=self.teacher.text().strip(),
            code=self.code.text().strip(),
        )

    def put(self, course: Course) -> None:
        """Show a course as if it had been typed."""
        self.name.setText(course.name)
        self.term.choose(str(course.term) if course.term else "")
        self.category.choose(course.category)
        self.credits.show_value(course.credits)
        self.teacher.setText(course.teacher)
        self.code.setText(course.code)

    def complete(self) -> bool:
        """Whether the course can be taken as it is."""
        return bool(self.value().name) and not self.credits.note()

    def say(self, text: str) -> None:
        """Show why the course was not taken."""
        self.trouble.setText(text)
        self.trouble.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with Return, give up with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._decide()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _decide(self) -> None:
        self._say_credits()
        if not self.name.text().strip():
            self.say(_("請填課程名稱。"))
            self.name.setFocus()
        elif self.credits.note():
            self.credits.setFocus()
        else:
            self.decided.emit(self.value())

    def _say_credits(self) -> None:
        self.credits_trouble.setText(self.credits.note())
        self.credits_trouble.setVisible(bool(self.credits.note()))

    def _mended(self) -> None:
        """An objection goes as soon as it is met; it comes only when the field is left."""
        if not self.credits.note():
            self._say_credits()


class CourseField(Field):
    """The list of courses, buttons to add one and to correct the chosen one, and the card for that below them."""

    asked = Signal()
    edit_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.card: CourseCard | None = None
        self.list = Choice(name)
        self.add = QPushButton(_("新增課程…"))
        self.add.clicked.connect(self.asked)
        self.edit = QPushButton(_("修改…"))
        self.edit.setAccessibleName(_("修改選好的課程"))
        self.edit.clicked.connect(self.edit_asked)
        row = Fold(ROOM)
        row.add(self.list, 1)
        row.add(self.edit)
        row.add(self.add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(row)
        self.setFocusProxy(self.list)
        self.list.currentIndexChanged.connect(self._chosen)
        self.list.left.connect(self.left)
        self.show_courses(())

    def value(self) -> str:
        """The chosen course's id."""
        return self.list.code()

    def show_value(self, value: str) -> None:
        """Show a course as chosen."""
        self.list.choose(value)
        self.edit.setEnabled(bool(value))

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Offer these courses, the latest term first."""
        ordered = sorted(courses, key=lambda course: course.name)
        ordered.sort(
            key=lambda course: (course.term.year, course.term.semester) if course.term else (0, 0), reverse=True
        )
        none = _("（還沒選）") if courses else _("（課程清單還是空的，請先新增課程）")
        self.list.fill([("", none), *((course.id, course_words(course)) for course in ordered)])
        self.edit.setEnabled(bool(self.value()))

    def show_card(self, card: CourseCard, *, write: bool = True) -> None:
        """Have a course added or corrected below the list; `write`: at once."""
        self.close_card()
        self.card = card
        card.given_up.connect(self._give_up)
        self._layout.addWidget(card)
        card.show()
        if write:
            card.name.setFocus()

    def close_card(self) -> None:
        """Take the card away."""
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None

    def _give_up(self) -> None:
        self.close_card()
        self.list.setFocus()

    def _chosen(self) -> None:
        self.edit.setEnabled(bool(self.value()))
        self.changed.emit()


def course_words(course: Course) -> str:
    """A course in one line."""
    parts = [str(course.term) if course.term else "", course.name, course.teacher]
    return "　".join(part for part in parts if part)
