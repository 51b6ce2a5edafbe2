"""Attention to ticks 勾選: too many, such as cannot be handed in, such as are not finished, and places that are left.

Looked at are the school years that ticks can still be for; what was handed in is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.pieces.piece import Kind
from portfolio_desktop.year.item import Aim, Item, Urgency, about
from portfolio_desktop.year.situation import Judged, Situation
from portfolio_desktop.year.ticks import TickPlan, plan_ticks

KINDS: tuple[Kind, ...] = ("course", "activity")
FREE: Mapping[Kind, str] = {"course": "ticks.free-course", "activity": "ticks.free-activity"}


def _ticked(case: Situation, year: int) -> list[Judged]:
    """The pieces ticked for a school year, in their order."""
    some = [one for one in case.pieces if year in one.piece.ticked]
    return sorted(some, key=lambda one: one.piece.ticked[year])


def _over(case: Situation) -> Iterator[Item]:
    for year in case.tick_years:
        ticked, rules = _ticked(case, year), case.rules(year)
        for kind in KINDS:
            count, limit = sum(one.piece.kind == kind for one in ticked), rules.quota(kind)
            if count > limit:
                numbers = {"year": year, "kind": [kind], "count": count, "limit": limit}
                yield Item("ticks.over", "now", numbers, Aim("ticks", year=year))


def replanned(case: Situation, year: int, ticked: Sequence[Judged]) -> TickPlan:
    """What would become of the ticks of a school year were they made now: much may have changed since."""
    before = [replace(one.piece, ticked=_without(one.piece.ticked, year)) for one in ticked]
    findings = {one.piece.id: one.findings for one in ticked}
    return plan_ticks(before, year, findings, case.rules(year), findings, case.entry_year)


def _without(ticked: Mapping[int, int], year: int) -> dict[int, int]:
    return {one: place for one, place in ticked.items() if one != year}


def _broken(case: Situation) -> Iterator[Item]:
    for year in case.tick_years:
        ticked = _ticked(case, year)
        plan = replanned(case, year, ticked)
        some = [(one, reason) for one in ticked if (reason := _worst(plan, one)) is not None]
        if some:
            urgency: Urgency = "now" if case.in_tick_season(year) else "soon"
            item = about("ticks.broken", urgency, [one for one, _reason in some], reason=some[0][1].message)
            yield item if len(some) == 1 else replace(item, aim=Aim("ticks", year=year))


def _worst(plan: TickPlan, one: Judged) -> Finding | None:
    """Why a tick would be refused; a quota that is too small for all of them is told as a whole."""
    return next((reason for reason in plan.reasons(one.piece.id) if reason.code != "tick.quota"), None)


def _unfinished(case: Situation) -> Iterator[Item]:
    for year in case.tick_years:
        ticked = _ticked(case, year)
        lacking = replanned(case, year, ticked).unfinished
        some = [one for one in ticked if one.piece.id in lacking]
        if some:
            item = about("ticks.unfinished", "now" if case.in_tick_season(year) else "soon", some)
            yield item if len(some) == 1 else replace(item, aim=Aim("ticks", year=year))


def _free(case: Situation) -> Iterator[Item]:
    """Places that are left while there are pieces for them; from the second semester on, when there is something to weigh."""
    for year in case.tick_years:
        if not case.in_tick_season(year) and (case.term is None or case.term.semester == 1):
            continue
        ticked = [one.piece for one in _ticked(case, year)]
        ready = [one for one in case.pieces if not one.piece.ticked and one.state in ("ready", "certified")]
        findings = {one.piece.id: one.findings for one in ready}
        pieces = [*ticked, *(one.piece for one in ready)]
        plan = plan_ticks(pieces, year, findings, case.rules(year), findings, case.entry_year)
        fits = {piece.id: piece.kind for piece in pieces}
        for kind in KINDS:
            count = sum(fits[piece_id] == kind for piece_id in plan.accepted)
            if count:
                urgency: Urgency = "soon" if case.in_tick_season(year) else "later"
                yield Item(FREE[kind], urgency, {"year": year, "count": count}, Aim("ticks", year=year))


TICK_RULES: tuple[Callable[[Situation], Iterator[Item]], ...] = (_over, _broken, _unfinished, _free)
"""The rules of this file, in the order in which they are told."""
