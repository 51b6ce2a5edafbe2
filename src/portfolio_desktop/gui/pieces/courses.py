"""Choosing a course from the student's own list, and putting one on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.field import Field
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import CourseCategory
from portfolio_desktop.pieces.piece import Course
from portfolio_desktop.terms import Term


class CourseField(Field):
    """The list of courses, and a button to add one."""

    asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.list = Choice(name)
        self.add = QPushButton(_("新增課程…"))
        self.add.clicked.connect(self.asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.add)
        self.setFocusProxy(self.list)
        self.list.currentIndexChanged.connect(self.changed)
        self.list.left.connect(self.left)
        self.show_courses(())

    def value(self) -> str:
        """The chosen course's id."""
        return self.list.code()

    def show_value(self, value: str) -> None:
        """Show a course as chosen."""
        self.list.choose(value)

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Offer these courses, the latest term first."""
        ordered = sorted(courses, key=lambda course: course.name)
        ordered.sort(
            key=lambda course: (course.term.year, course.term.semester) if course.term else (0, 0), reverse=True
        )
        none = _("（還沒選）") if courses else _("（修課清單還是空的，請先新增課程）")
        self.list.fill([("", none), *((course.id, course_words(course)) for course in ordered)])


class CourseDialog(QDialog):
    """A new course for the student's list."""

    decided = Signal(object)

    def __init__(
        self, categories: Sequence[CourseCategory], terms: Sequence[Term], term: Term | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("新增課程"))
        self.name = QLineEdit()
        self.term = Choice(_("學期"))
        self.term.fill([("", _("（還沒定）")), *((str(each), _("{term} 學期").format(term=each)) for each in terms)])
        self.term.choose(str(term) if term else "")
        self.category = Choice(_("課程類別"))
        self.category.fill(
            [
                ("", _("（還沒選）")),
                *((entry.code, f"{_(entry.group)}・{_(entry.label)}") for entry in categories),
            ]
        )
        self.credits = QLineEdit()
        self.teacher = QLineEdit()
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("可不填；學校課程計畫上的 23 碼"))
        form = QFormLayout()
        form.setVerticalSpacing(10)
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
        self.trouble = label(wrap=True)
        self.trouble.setProperty("level", "error")
        self.trouble.hide()
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(_("新增"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("primary", "true")
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._decide)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self.trouble)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)
        self.finished.connect(self.deleteLater)

    def say(self, text: str) -> None:
        """Show why the course was not taken."""
        self.trouble.setText(text)
        self.trouble.show()

    def _decide(self) -> None:
        if not self.name.text().strip():
            self.say(_("請填課程名稱。"))
            self.name.setFocus()
            return
        self.decided.emit(
            Course(
                id="",
                name=self.name.text().strip(),
                term=Term.parse(self.term.code()) if self.term.code() else None,
                category=self.category.code(),
                credits=self.credits.text().strip(),
                teacher=self.teacher.text().strip(),
                code=self.code.text().strip(),
            )
        )


def course_words(course: Course) -> str:
    """A course in one line."""
    parts = [str(course.term) if course.term else "", course.name, course.teacher]
    return "　".join(part for part in parts if part)
