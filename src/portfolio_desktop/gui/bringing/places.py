"""Where a piece goes, as a list of choices: the student's terms, the categories, and each course with its name.

a proposal ──code──▶ "course:c3"  ──▶ 課程：生物（113-1）        a chosen code ──as_change──▶ what the plan is to change
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portfolio_desktop.gui.bringing.rows import PlanRow
from portfolio_desktop.gui.words import short_category, term_words
from portfolio_desktop.library.records import NewPiece
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import CATEGORIES, Course
from portfolio_desktop.terms import Term, terms_of_student

OF_COURSE = "course:"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class PlaceNames:
    """The choices for one student."""

    entry_year: int
    courses: Sequence[Course]
    category_name: Callable[[str | None], str]

    def terms(self) -> Pairs:
        """The terms that can be chosen, with their words; '' for none."""
        own = [(str(term), term_words(term, self.entry_year)) for term in terms_of_student(self.entry_year)]
        return [("", _("還沒定")), *own]

    def categories(self) -> Pairs:
        """The categories that can be chosen, each course below its own; '' for none."""
        courses = [(OF_COURSE + course.id, self._course(course)) for course in self.courses]
        first, *others = [(code, short_category(self.category_name(code))) for code in CATEGORIES]
        return [("", _("還沒分類")), first, *courses, *others]

    def shown(self, row: PlanRow, name: str) -> tuple[str, str]:
        """The code and the words of a row's `term` or `category`."""
        if row.proposal is None:
            return "", ""
        new = row.proposal.new
        if name == "term":
            return (str(new.term), str(new.term)) if new.term else ("", _("還沒定"))
        course = next((course for course in self.courses if course.id == new.course_id), None)
        if course is not None:
            return OF_COURSE + course.id, _("課程：{name}").format(name=course.name)
        return new.category or "", short_category(self.category_name(new.category)) if new.category else _("還沒分類")

    def as_change(self, name: str, code: str) -> tuple[NewPiece, frozenset[str]]:
        """What choosing a code, or typing a title, changes; a course that is chosen brings its term along."""
        if name == "title":
            return NewPiece(title=code), frozenset({"title"})
        if name == "term":
            return NewPiece(term=Term.parse(code) if code else None), frozenset({"term"})
        if not code.startswith(OF_COURSE):
            return NewPiece(category=code or None), frozenset({"category", "course_id"})
        course = next(course for course in self.courses if OF_COURSE + course.id == code)
        names = {"category", "course_id"} | ({"term"} if course.term else set())
        return NewPiece(course.term, "course", course.id), frozenset(names)

    def _course(self, course: Course) -> str:
        if course.term is None:
            return _("課程：{name}").format(name=course.name)
        return _("課程：{name}（{term}）").format(name=course.name, term=course.term)
