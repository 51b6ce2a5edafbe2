"""A form as widgets, generated from its data: a box a field, in the platforms' order.

    Form + Piece -> boxes       values() -> {"fields.award": "金牌獎", "link": …, "summary": …}

Adding a field to resources/forms adds it here without a line of code. The view is built once a category and then only
filled anew, so that going from piece to piece costs nothing. The first time it is shown from the top down, some fields a
turn of the event loop: to show all of them at once would hold the window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.courses import CourseField
from portfolio_desktop.gui.pieces.fields import BUILDERS, FieldBox, build
from portfolio_desktop.gui.pieces.summary import Look, SummaryField
from portfolio_desktop.gui.pieces.values import FIELD
from portfolio_desktop.gui.widgets.field import Field
from portfolio_desktop.gui.widgets.line import TextField
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import FieldSpec, Form
from portfolio_desktop.pieces.piece import Course

TOLD_LIVE = frozenset({"summary.missing", "summary.near", "summary.over", "summary.refused", "summary.spaces"})
"""Findings that the summary's own count says already, and at every key instead of a moment later."""
FIRST, THEN = 3, 2
"""Fields that are shown in the first turn, and in each one that follows."""
PLACES = {"course": "course_id", "summary": "summary", "link": "link"}
"""Where the value of a field that is not among `Piece.fields` stands, by the field's type."""


class FormView(QWidget):
    """All fields of one form that are typed or chosen; files, term and category have places of their own."""

    edited = Signal(str)
    left = Signal()
    course_asked = Signal()
    course_edit_asked = Signal()
    enlarge_asked = Signal()
    mend_asked = Signal(object)

    def __init__(
        self,
        form: Form,
        icons: Icons,
        look: Look,
        tidy: Callable[[str], str],
    ) -> None:
        super().__init__()
        self.form = form
        self.boxes: dict[str, FieldBox] = {}
        self.keys: dict[str, str] = {}
        self._look, self._tidy, self._icons = look, tidy, icons
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for spec in form.fields:
            field = self._field(spec)
            if field is None:
                continue
            box = FieldBox(_(spec.called), field, icons, required=spec.required, hint=_hint(spec))
            key = f"{FIELD}{spec.name}" if spec.in_fields else PLACES[spec.type]
            self.boxes[spec.name] = box
            self.keys[spec.name] = key
            box.edited.connect(lambda key=key: self.edited.emit(key))
            box.left.connect(self.left)
            box.mend_asked.connect(self.mend_asked)
            layout.addWidget(box)
            if isinstance(field, SummaryField):
                box.add_tool(field.enlarge_button)
        self._unseen = deque(list(self.boxes.values())[FIRST:])
        for box in self._unseen:
            box.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to show what is still unseen."""
        super().showEvent(event)
        self._go_on()

    def show_all(self) -> None:
        """Show every field at once: somebody wants to go to one."""
        while self._unseen:
            self._unseen.popleft().show()

    def _go_on(self) -> None:
        if self._unseen:
            QTimer.singleShot(0, self, self._show_some)

    def _show_some(self) -> None:
        for _turn in range(min(THEN, len(self._unseen))):
            self._unseen.popleft().show()
        self._go_on()

    def _field(self, spec: FieldSpec) -> Field | None:
        if spec.type == "summary":
            summary = SummaryField(_(spec.called), self._icons, self._look, self._tidy, required=spec.required)
            summary.enlarge_asked.connect(self.enlarge_asked)
            return summary
        if spec.type == "course":
            courses = CourseField(_(spec.called))
            courses.asked.connect(self.course_asked)
            courses.edit_asked.connect(self.course_edit_asked)
            return courses
        return build(spec, self._icons) if spec.type in BUILDERS else None

    def values(self) -> dict[str, str]:
        """What is in the fields."""
        return {self.keys[name]: box.field.value() for name, box in self.boxes.items()}

    def show_values(self, values: Mapping[str, str], keep: frozenset[str], *, anew: bool = False) -> None:
        """Fill the fields, but not those in `keep`, which hold something newer."""
        for name, box in self.boxes.items():
            key = self.keys[name]
            spec = self.form.field(name)
            if "title" in values and spec is not None and spec.from_title and isinstance(box.field, TextField):
                # While it is empty the title stands in for it, on the copy sheet too; said, or it looks filled in.
                title = values.get("title", "").strip()
                box.field.line.setPlaceholderText(_("沒填就用標題：{title}").format(title=title) if title else "")
            if key not in keep and (anew or not box.field.composing()):
                box.field.show_value(values.get(key, ""))

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Offer the student's courses."""
        for box in self.boxes.values():
            if isinstance(box.field, CourseField):
                box.field.show_courses(courses)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show beside each field what is wrong with it."""
        for name, box in self.boxes.items():
            box.show_findings([one for one in findings if one.about == name and one.code not in TOLD_LIVE])

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word in one of the fields."""
        return any(box.field.composing() for box in self.boxes.values())

    def set_read_only(self, read_only: bool) -> None:
        """Let everything be seen and copied but not changed."""
        for box in self.boxes.values():
            box.set_read_only(read_only)


def _hint(spec: FieldSpec) -> str:
    """What stands below a field; the summary's count says more than its hint."""
    return _(spec.hint) if spec.hint and spec.type != "summary" else ""
