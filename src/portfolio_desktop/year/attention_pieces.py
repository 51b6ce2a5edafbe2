"""Attention to pieces of any kind: what is not filed, what a platform would not take, what is not finished.

A piece stands in at most one item of this file, and in none where attention_courses or attention_ticks tell of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portfolio_desktop.year.attention_courses import stage
from portfolio_desktop.year.item import Item, about
from portfolio_desktop.year.situation import Judged, Situation


def _open(case: Situation) -> Iterator[Judged]:
    """The filed pieces that something can still be done about, and that are not told of as ticked or with their teacher."""
    for one in case.pieces:
        if _filed(one) and not one.piece.ticked and stage(one) not in ("certifying", "failed"):
            yield one


def _filed(one: Judged) -> bool:
    return one.piece.category is not None and one.piece.term is not None


def _unfiled(case: Situation) -> Iterator[Item]:
    some = [one for one in case.pieces if not _filed(one) and not one.piece.ticked]
    if some:
        yield about("piece.unfiled", "soon", some)


def _errors(case: Situation) -> Iterator[Item]:
    some = [one for one in _open(case) if one.state == "needs-work"]
    if some:
        yield about("piece.errors", "soon", some)


def _many(case: Situation) -> Iterator[Item]:
    """More activities than the school takes in a year, where it has said how many that is."""
    year = case.term.year if case.term is not None else 0
    limit = case.rules(year).uploads_activity if year else 0
    some = [one for one in case.pieces if _is_activity_of(one, year)] if limit else []
    if len(some) > limit:
        yield about("activity.many", "soon", some, year=year, limit=limit)


def _is_activity_of(one: Judged, year: int) -> bool:
    return one.piece.kind == "activity" and one.piece.term is not None and one.piece.term.year == year


def _drafts(case: Situation) -> Iterator[Item]:
    some = [one for one in _open(case) if one.state == "draft" and not _told_as_course(case, one)]
    if some:
        yield about("piece.drafts", "later", some)


def _told_as_course(case: Situation, one: Judged) -> bool:
    return one.piece.kind == "course" and one.piece.term in case.open_terms


def _warnings(case: Situation) -> Iterator[Item]:
    """Activities that could go out as they are, and would be better for a change; courses have their certification to say."""
    some = [
        one
        for one in _open(case)
        if one.state == "ready" and any(finding.severity == "warning" for finding in one.findings)
    ]
    if some:
        yield about("piece.warnings", "later", some)


PIECE_RULES: tuple[Callable[[Situation], Iterator[Item]], ...] = (_errors, _unfiled, _many, _drafts, _warnings)
"""The rules of this file, in the order in which they are told."""
