"""Attention to the library's safety: what checks and drills found, and how old the backups are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portfolio_desktop.year.item import Aim, Item
from portfolio_desktop.year.situation import Situation

BACKUP_DAYS = 30
"""Days after which a complete backup is called old; our own measure, the same as on the page 安全."""

DRILL_DAYS = 180
"""Days after which a drill proves little any more; our own measure."""

SAFETY = Aim("safety")
BACK_UP = Aim("safety", deed="back_up")


def _newer(case: Situation) -> Iterator[Item]:
    if case.care.newer:
        yield Item("care.newer", "now", {}, SAFETY)


def _faults(case: Situation) -> Iterator[Item]:
    if case.care.faults and not case.care.newer:
        yield Item("care.faults", "now", {"count": case.care.faults}, SAFETY)


def _drill_failed(case: Situation) -> Iterator[Item]:
    if case.care.drill_failed:
        yield Item("care.drill-failed", "now", {}, SAFETY)


def _copies(case: Situation) -> Iterator[Item]:
    if case.care.trouble:
        yield Item("care.copies", "soon", {"reason": case.care.trouble}, SAFETY)


def _backup(case: Situation) -> Iterator[Item]:
    made = case.care.backed_up
    if made is None:
        if case.pieces:
            yield Item("care.never", "soon", {}, BACK_UP)
        return
    days = (case.today - made).days
    if days > BACKUP_DAYS:
        yield Item("care.old", "soon", {"count": days}, BACK_UP)
    elif case.care.same_disk:
        yield Item("care.same-disk", "soon", {}, SAFETY)


def _drill(case: Situation) -> Iterator[Item]:
    """A drill that is owed: only where there is something to try out, and nothing worse to be said of it."""
    if case.care.backed_up is None or case.care.drill_failed:
        return
    if case.care.drilled is None:
        yield Item("care.untried", "later", {}, SAFETY)
        return
    days = (case.today - case.care.drilled).days
    if days > DRILL_DAYS:
        yield Item("care.drill-old", "later", {"count": days}, SAFETY)


CARE_RULES: tuple[Callable[[Situation], Iterator[Item]], ...] = (
    _newer,
    _faults,
    _drill_failed,
    _copies,
    _backup,
    _drill,
)
"""The rules of this file, in the order in which they are told."""
