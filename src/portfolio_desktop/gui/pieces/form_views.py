"""The forms that were looked at, one view a category: built when first wanted, then only filled anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.pieces.form_view import FormView
from portfolio_desktop.gui.pieces.summary import Look
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Course


class FormViews(QWidget):
    """Shows one form at a time; its signals are those of the form that is shown."""

    edited = Signal(str)
    left = Signal()
    course_asked = Signal()
    course_edit_asked = Signal()
    enlarge_asked = Signal()
    mend_asked = Signal(object)

    def __init__(self, icons: Icons, look: Look, tidy: Callable[[str], str]) -> None:
        super().__init__()
        self.current: FormView | None = None
        self._icons, self._look, self._tidy = icons, look, tidy
        self._made: dict[str, FormView] = {}
        self._courses: Sequence[Course] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_courses(self, courses: Sequence[Course]) -> None:
        """Offer the student's courses."""
        self._courses = tuple(courses)
        if self.current is not None:
            self.current.show_courses(self._courses)

    def show_form(self, form: Form | None) -> None:
        """Show another form, or none."""
        wanted = self._view_of(form) if form is not None else None
        if wanted is self.current:
            return
        if self.current is not None:
            self.current.hide()
        self.current = wanted
        if wanted is not None:
            wanted.show_courses(self._courses)
            wanted.show()

    def _view_of(self, form: Form) -> FormView:
        view = self._made.get(form.category)
        if view is None or view.form != form:
            if view is not None:
                view.deleteLater()
            view = FormView(form, self._icons, self._look, self._tidy)
            view.edited.connect(self.edited)
            view.left.connect(self.left)
            view.course_asked.connect(self.course_asked)
            view.course_edit_asked.connect(self.course_edit_asked)
            view.enlarge_asked.connect(self.enlarge_asked)
            view.mend_asked.connect(self.mend_asked)
            self._made[form.category] = view
            self._layout.addWidget(view)
        return view
