"""Attention to course results 課程學習成果: too late is lost for that semester, so the term's end decides how urgent it is.

saved -> sent -> certified or failed: a piece that got stuck on the way stands in exactly one item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from portfolio_desktop.pieces.readiness import State
from portfolio_desktop.terms import Term
from portfolio_desktop.year.item import Aim, Item, about
from portfolio_desktop.year.situation import Judged, Situation


def stage(one: Judged) -> State:
    """How far a course result is: with its teacher, or come back from there, whatever is still to be written in it."""
    if one.piece.kind == "course" and one.piece.certification in ("sent", "failed"):
        return "certifying" if one.piece.certification == "sent" else "failed"
    return one.state


def _courses(case: Situation, *states: State, over: bool = False) -> Iterator[tuple[Term, Sequence[Judged]]]:
    """The course results in these states by term: of terms that are open, or of those that are `over`."""

    def term_of(one: Judged) -> Term:
        assert one.piece.term is not None
        return one.piece.term

    chosen = [
        one
        for one in case.pieces
        if one.piece.kind == "course"
        and stage(one) in states
        and one.piece.term is not None
        and not one.piece.ticked  # those are told of with the ticks
        and (one.piece.term in case.open_terms) is not over
        and one.piece.term.first_day <= case.today
    ]
    for term, some in groupby(sorted(chosen, key=term_of), term_of):
        yield term, list(some)


def _failed(case: Situation) -> Iterator[Item]:
    for _term, some in _courses(case, "failed"):
        yield about("course.failed", "now", some)


def _unsent(case: Situation) -> Iterator[Item]:
    for term, some in _courses(case, "to-certify"):
        yield about("course.unsent", "now" if case.closing(term) else "soon", some)


def _waiting(case: Situation) -> Iterator[Item]:
    for term, some in _courses(case, "certifying"):
        late = case.closing(term)
        yield about("course.waiting-late" if late else "course.waiting", "soon" if late else "later", some)


def _drafts(case: Situation) -> Iterator[Item]:
    for term, some in _courses(case, "draft"):
        late = case.closing(term)
        code = "course.drafts-late" if late else "course.drafts"
        yield about(code, "now" if late else "soon", some, term=str(term))


def _none(case: Situation) -> Iterator[Item]:
    """A term that ends without a course result."""
    term = case.term
    if term is None or not case.pieces or not case.closing(term):
        return
    if not any(one.piece.kind == "course" and one.piece.term == term for one in case.pieces):
        yield Item("course.none", "soon", {"term": str(term)}, Aim("course", deed="add"))


def _many(case: Situation) -> Iterator[Item]:
    """More than the school takes in a term, where it has said how many that is."""
    term = case.term
    limit = case.rules(term.year).uploads_course if term is not None else 0
    if term is None or not limit:
        return
    some = [one for one in case.pieces if one.piece.kind == "course" and one.piece.term == term]
    if len(some) > limit:
        yield about("course.many", "soon", some, term=str(term), limit=limit)


def _unrecorded(case: Situation) -> Iterator[Item]:
    """Terms that are over: what became of these was decided long ago, and is only not written down."""
    some = [one for _term, those in _courses(case, "to-certify", "certifying", over=True) for one in those]
    if some:
        yield about("course.unrecorded", "later", some)


COURSE_RULES: tuple[Callable[[Situation], Iterator[Item]], ...] = (
    _failed,
    _unsent,
    _drafts,
    _waiting,
    _none,
    _many,
    _unrecorded,
)
"""The rules of this file, in the order in which they are told."""
