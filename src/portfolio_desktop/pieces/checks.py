"""All rules on one piece, put to it one after another.

(Piece, Form, Rules, Course) -> place, files, fields, text, course -> piece_findings -> Finding(about=field or role) …
"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.pieces.course_checks import COURSE_CHECKS
from portfolio_desktop.pieces.field_checks import PIECE_FIELD_CHECKS
from portfolio_desktop.pieces.file_checks import FILE_CHECKS
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.pieces.piece_case import PieceCase, PieceCheck
from portfolio_desktop.pieces.summary import count
from portfolio_desktop.pieces.text_checks import TEXT_CHECKS
from portfolio_desktop.terms import terms_of_student


def piece_findings(
    piece: Piece, form: Form | None, rules: Rules, course: Course | None = None, entry_year: int | None = None
) -> tuple[Finding, ...]:
    """Everything that is wrong with a piece and its current files.

    `form` is the one of its category, None while it has none; `rules` those of its school year; `course` its course;
    `entry_year` the school year in which the student entered, where it is known.
    `Finding.about` names the field or the file's role. The order is that of the rules, errors not first.
    """
    case = PieceCase(piece, form, rules, course, count(piece.summary, rules), entry_year)
    return tuple(finding for check in PIECE_CHECKS for finding in check(case))


def _category(case: PieceCase) -> Iterator[Finding]:
    if case.piece.category is None:
        yield Finding("category.missing", {}, "category")


def _term(case: PieceCase) -> Iterator[Finding]:
    if case.piece.term is None:
        yield Finding("term.missing", {}, "term")


def _term_outside(case: PieceCase) -> Iterator[Finding]:
    term, entry = case.piece.term, case.entry_year
    if term is not None and entry is not None and term not in terms_of_student(entry):
        first, *_others, last = map(str, terms_of_student(entry))
        yield Finding("term.outside", {"term": str(term), "first": first, "last": last}, "term")


PIECE_CHECKS: tuple[PieceCheck, ...] = (
    _category,
    _term,
    _term_outside,
    *FILE_CHECKS,
    *PIECE_FIELD_CHECKS,
    *TEXT_CHECKS,
    *COURSE_CHECKS,
)
"""Every rule on a piece, in the order in which they are told."""
