"""Thinning on generated calendars: what must stay stays, and no more than that."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.library.safekeeping.thinning import DAYS, MONTHS, NEWEST, WEEKS, keep

UTC = datetime.UTC
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=TAIPEI)
hours = st.integers(0, 24 * 40) | st.integers(0, 24 * 1700)
moments = hours.map(lambda hour: (NOW - datetime.timedelta(hours=hour)).astimezone(UTC))
calendars = st.lists(moments, max_size=200, unique=True)


def by_plain_words(found: list[datetime.datetime], now: datetime.datetime) -> set[datetime.datetime]:
    """The rule once more, said another way: a copy stays when fewer than n periods lie between it and now, and it leads its own."""
    past = [moment for moment in found if moment <= now]
    kept = {moment for moment in found if moment > now}
    for moment in past:
        newer = [other for other in past if other > moment]
        if len(newer) < NEWEST:
            kept.add(moment)
        for words, count in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
            period = moment.astimezone(now.tzinfo).strftime(words)
            later = {other.astimezone(now.tzinfo).strftime(words) for other in newer}
            if period not in later and len(later) < count:
                kept.add(moment)
    return kept


@given(calendars)
def test_the_rule(found: list[datetime.datetime]) -> None:
    assert keep(found, NOW) == by_plain_words(found, NOW)


@given(calendars)
def test_what_stays_is_few_and_holds_the_newest(found: list[datetime.datetime]) -> None:
    kept = keep(found, NOW)
    assert kept <= set(found)
    assert len(kept) <= NEWEST + DAYS + WEEKS + MONTHS
    assert set(sorted(found)[-NEWEST:]) <= kept


@given(calendars, st.randoms(use_true_random=False))
def test_thinning_again_and_again_loses_nothing_more(found: list[datetime.datetime], chance: object) -> None:
    kept = keep(found, NOW)
    assert keep(kept, NOW) == kept
    chance.shuffle(found)  # type: ignore[attr-defined]
    assert keep(found, NOW) == kept


@given(calendars.filter(bool))
def test_each_copy_of_a_growing_calendar_is_kept_when_it_is_made(found: list[datetime.datetime]) -> None:
    held: set[datetime.datetime] = set()
    for moment in sorted(found):
        held = set(keep(held | {moment}, moment))
        assert moment in held
    days = {moment.date() for moment in found}
    assert {moment.date() for moment in held} >= set(sorted(days)[-DAYS:])


def test_two_years_of_five_copies_a_day() -> None:
    found = [NOW - datetime.timedelta(days=day, hours=hour) for day in range(730) for hour in (0, 1, 2, 3, 4)]
    kept = sorted(keep(found, NOW), reverse=True)
    assert kept[:NEWEST] == found[:NEWEST]
    days = sorted({moment.date() for moment in kept}, reverse=True)
    assert days[:DAYS] == [(NOW - datetime.timedelta(days=day)).date() for day in range(DAYS)]
    assert days[-1] == datetime.date(2025, 12, 31), "the newest of the twelfth month"
    assert len(kept) == 2 + DAYS + (WEEKS - 3) + (MONTHS - 1), "weeks and months share copies with what is finer"


def test_a_rest_of_years_takes_nothing_away() -> None:
    found = [NOW - datetime.timedelta(days=800 + day) for day in range(10)]
    assert keep(found, NOW) == frozenset(found)


def test_copies_from_the_future_take_no_place_and_are_thinned_among_themselves() -> None:
    future = [NOW + datetime.timedelta(days=700, hours=hour) for hour in range(500)]
    past = [NOW - datetime.timedelta(hours=hour) for hour in range(48)]
    kept = keep([*future, *past], NOW)
    assert kept == keep(future, max(future)) | keep(past, NOW)
    assert set(future[-NEWEST:]) <= kept
    assert len(kept) <= 2 * (NEWEST + DAYS + WEEKS + MONTHS)


def test_a_day_is_the_students_day() -> None:
    evening = datetime.datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # half past eleven at night in Taipei
    morning = datetime.datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight of the next day
    later = [NOW - datetime.timedelta(hours=hour) for hour in range(3)]
    assert {evening, morning} <= keep([evening, morning, *later], NOW)
    as_utc = keep([evening, morning, *later], NOW.astimezone(UTC))
    assert evening not in as_utc
    assert morning in as_utc


def test_clocks_that_are_put_back_do_no_harm() -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime.datetime(2026, 10, 26, 12, tzinfo=zone)
    twice = [datetime.datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    assert keep(twice, now) == frozenset(twice)
