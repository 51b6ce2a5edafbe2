"""Which automatic copies stay: a pure function of their moments.

    now  the newest 3 · the newest of each of the last 14 days, 8 weeks and 12 months that have one   years ago
    ▮▮▮   ▮ ▮ ▮ ▮  ▮ ▮ ▮ ▮ ▮ ▮ ▮ ▮ ▮ ▮     ▮      ▮      ▮       ▮           ▮            ▮              (gone)

Days, weeks and months that have no copy take no place: a library that rested for a year keeps its copies.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

NEWEST, DAYS, WEEKS, MONTHS = 3, 14, 8, 12

Period = Callable[[datetime.datetime], tuple[int, ...]]


def keep(moments: Iterable[datetime.datetime], now: datetime.datetime) -> frozenset[datetime.datetime]:
    """The moments of the copies that stay; all have an offset, and days are those of `now`'s.

    Copies from the future were made by a clock that was wrong, or `now` is: they take no other's place, and are thinned among
    themselves. Which work is in which copy is not asked here, but by whoever takes them away.
    """
    local = {moment: moment.astimezone(now.tzinfo) for moment in moments}
    past = sorted((moment for moment in local if moment <= now), reverse=True)
    future = sorted((moment for moment in local if moment > now), reverse=True)
    return _leading(past, local) | _leading(future, local)


def _leading(
    moments: list[datetime.datetime], local: Mapping[datetime.datetime, datetime.datetime]
) -> frozenset[datetime.datetime]:
    kept = set(moments[:NEWEST])
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        seen = dict[tuple[int, ...], datetime.datetime]()
        for moment in moments:
            seen.setdefault(period(local[moment]), moment)
        kept.update(list(seen.values())[:count])
    return frozenset(kept)


def _day(moment: datetime.datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime.datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar())[:2]


def _month(moment: datetime.datetime) -> tuple[int, ...]:
    return moment.year, moment.month
