"""Judge pieces of a library, each by the rules of its own school year.

Judge(forms, rules, school type, courses, school's values) . findings(piece) . state(piece) . form(piece)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import RuleBook, Rules
from portfolio_desktop.pieces.checks import piece_findings
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.forms import FormBook
from portfolio_desktop.pieces.piece import CATEGORIES, Course, Piece
from portfolio_desktop.pieces.readiness import State, state


class Judge:
    """Everything that pieces of one student are judged by; pure, and cheap to make anew when something changes.

    `default_year` is the school year whose rules hold for a piece without a term, and for terms before the first rules;
    `entry_year` the one in which the student entered.
    """

    def __init__(
        self,
        forms: FormBook,
        book: RuleBook,
        school_type: str,
        courses: Iterable[Course],
        default_year: int,
        school: Mapping[str, Any] | None = None,
        entry_year: int | None = None,
    ) -> None:
        self._forms = forms
        self._book = book
        self._school_type = school_type
        self._courses = {course.id: course for course in courses}
        self._default_year = default_year
        self._school = school
        self._entry_year = entry_year
        self._rules: dict[int, Rules] = {}

    def rules(self, piece: Piece) -> Rules:
        """The rules of the piece's school year."""
        year = max(piece.term.year if piece.term else self._default_year, self._book.first_year)
        if year not in self._rules:
            self._rules[year] = self._book.for_year(year, self._school)
        return self._rules[year]

    def form(self, piece: Piece) -> Form | None:
        """The form of the piece's category; None while it has none, and for one that this program does not know."""
        if piece.category not in CATEGORIES:
            return None
        return self._forms.form(piece.category, self._school_type)

    def course(self, piece: Piece) -> Course | None:
        """The course that the piece belongs to, None when it names none or an unknown one."""
        return None if piece.course_id is None else self._courses.get(piece.course_id)

    def findings(self, piece: Piece) -> tuple[Finding, ...]:
        """Everything that is wrong with the piece."""
        return piece_findings(piece, self.form(piece), self.rules(piece), self.course(piece), self._entry_year)

    def state(self, piece: Piece, findings: Iterable[Finding] | None = None) -> State:
        """How far the piece is; its findings are worked out unless they are given."""
        return state(piece, self.findings(piece) if findings is None else findings)

    def all_findings(self, pieces: Iterable[Piece]) -> dict[str, tuple[Finding, ...]]:
        """The findings of several pieces, by id."""
        return {piece.id: self.findings(piece) for piece in pieces}
