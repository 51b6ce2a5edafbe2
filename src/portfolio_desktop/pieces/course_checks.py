"""Course results: the course they belong to, its code, and the teacher's certification.

PieceCase (with its course) -> COURSE_CHECKS -> Finding …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.course_code import CourseCode, CourseCodeError
from portfolio_desktop.pieces.file_checks import uploaded
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.pieces.piece import Course, Piece
from portfolio_desktop.pieces.piece_case import PieceCase, PieceCheck


def course_findings(course: Course, form: Form) -> tuple[Finding, ...]:
    """What is wrong with an entry of the course list; `form` is the form of course results."""
    return (*_category(course, form), *_code(course, form))


def locked_findings(before: Piece, after: Piece) -> tuple[Finding, ...]:
    """What to say to an edit of a course result that platforms keep locked: while it is sent, and once it is certified.

    The piece is free again as soon as its certification is changed.
    """
    locked = before.kind == "course" and before.certification in ("sent", "certified")
    if not locked or before.certification != after.certification or handed_over(before) == handed_over(after):
        return ()
    return (Finding("certification.locked", {"state": before.certification}, "certification"),)


def handed_over(piece: Piece) -> tuple[object, ...]:
    """What a platform holds of a course result: another one would have to be uploaded and certified again."""
    files = tuple((file.role, file.sha256) for file in uploaded(piece))
    return piece.title, piece.category, piece.term, piece.course_id, piece.summary, dict(piece.fields), files


def _missing(case: PieceCase) -> Iterator[Finding]:
    if case.piece.kind == "course" and case.course is None:
        yield Finding("course.missing", {}, "course")


def _term(case: PieceCase) -> Iterator[Finding]:
    piece, course = case.piece, case.course
    if piece.kind != "course" or course is None or course.term is None or piece.term is None:
        return
    if course.term != piece.term:
        yield Finding("course.term", {"course_term": str(course.term), "term": str(piece.term)}, "course")


def _listed(case: PieceCase) -> Iterator[Finding]:
    if case.form is not None and case.form.kind == "course" and case.course is not None:
        yield from course_findings(case.course, case.form)


def _certification(case: PieceCase) -> Iterator[Finding]:
    code = CERTIFICATION_CODES.get(case.piece.certification)
    if case.piece.kind == "course" and code is not None:
        yield Finding(code, {}, "certification")


def _ticked(case: PieceCase) -> Iterator[Finding]:
    # Only a certified one can be ticked; this one was changed afterwards.
    if case.piece.kind == "course" and case.piece.ticked and case.piece.certification != "certified":
        yield Finding("certification.ticked", {"years": sorted(case.piece.ticked)}, "certification")


def _certified_bytes(case: PieceCase) -> Iterator[Finding]:
    # A teacher certifies bytes, not a title: platforms make a changed file go through certification again.
    if case.piece.kind == "course" and case.piece.certification == "certified":
        for file in case.piece.files:
            if file.current and file.role != "source" and file.sealed is None:
                yield Finding("certification.bytes-changed", {"name": file.name}, file.role)


COURSE_CHECKS: tuple[PieceCheck, ...] = (_missing, _term, _listed, _certification, _ticked, _certified_bytes)
"""Every rule on course results only, in the order in which they are told."""

CERTIFICATION_CODES: Mapping[str, str] = {
    "editing": "certification.not-sent",
    "sent": "certification.waiting",
    "failed": "certification.failed",
}


def _category(course: Course, form: Form) -> Iterator[Finding]:
    known = {category.code for category in form.categories}
    if course.category and course.category not in known:
        choices = [category.label for category in form.categories]
        numbers = {"name": course.name, "category": course.category, "choices": choices}
        yield Finding("course.category", numbers, "course")


def _code(course: Course, form: Form) -> Iterator[Finding]:
    if not course.code.strip() or form.codes is None:
        return
    try:
        code = form.codes.parse(course.code)
    except CourseCodeError as error:
        numbers = {"code": course.code, "length": error.length, "limit": form.codes.length, "part": error.part}
        yield Finding("course.code-part" if error.part else "course.code", numbers, "course")
        return
    yield from _code_meaning(code, course, form)


def _code_meaning(code: CourseCode, course: Course, form: Form) -> Iterator[Finding]:
    label = {"label": code.category.label}
    if code.category.activity:
        yield Finding("course.code-activity", label, "course")
    elif course.category and course.category not in code.candidates(form.school_type):
        yield Finding("course.code-differs", label, "course")
