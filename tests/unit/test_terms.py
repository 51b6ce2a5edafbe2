"""School time: terms, school years, and dates in both notations, both ways."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_desktop.terms import (
    Term,
    minguo,
    minguo_long,
    parse_date,
    school_year_of,
    terms_of_student,
)

LEAP_DAY = datetime.date(2024, 2, 29)
DAYS = st.dates(datetime.date(1912, 1, 1), datetime.date(2199, 12, 31))
TERMS = st.builds(Term, st.integers(1, 287), st.sampled_from((1, 2)))

NOTATIONS = [
    "2024-02-29",
    "2024/2/29",
    "2024.2.29",
    "20240229",
    "1130229",
    "113/2/29",
    "113.02.29",
    "113-2-29",
    "113年2月29日",
    "113 年 2 月 29 日",
    "２０２４／２／２９",
    "１１３．２．２９",
    "１１３年２月２９日",
    "  1130229 ",
]


@pytest.mark.parametrize("text", NOTATIONS)
def test_every_notation_of_the_leap_day_is_read(text: str) -> None:
    assert parse_date(text) == LEAP_DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1120229",
        "2023-02-29",
        "113/13/1",
        "113/0/1",
        "113/2/30",
        "2024-02",
        "二月二十九",
        "1130229a",
        "130229",
        "3/5/12",
        "0000101",
        "1911-12-31",
        "1130/2/29",
        "113/2/29/1",
        "2024-02-29T00:00",
        "-113/2/29",
    ],
)
def test_what_is_no_day_of_a_student_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(text)


@given(DAYS)
def test_a_day_reads_back_from_both_notations(day: datetime.date) -> None:
    assert parse_date(minguo(day)) == day
    assert parse_date(day.isoformat()) == day
    if day.year >= 1921:  # a year of one digit is more likely a month
        assert parse_date(minguo_long(day)) == day
    assert minguo(day).isdigit()
    assert len(minguo(day)) == 7


def test_the_leap_day_both_ways() -> None:
    assert (minguo(LEAP_DAY), minguo_long(LEAP_DAY)) == ("1130229", "113年2月29日")
    assert minguo(datetime.date(2010, 1, 1)) == "0990101"


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    try:
        day = parse_date(text)
    except ValueError:
        return
    assert parse_date(minguo(day)) == day


@given(DAYS)
def test_a_day_lies_within_its_term_and_school_year(day: datetime.date) -> None:
    if day < datetime.date(1912, 8, 1):
        return
    term = Term.of(day)
    assert term.first_day <= day <= term.last_day
    assert term.year == school_year_of(day)


@given(TERMS)
def test_terms_follow_each_other_without_a_gap(term: Term) -> None:
    following = Term.of(term.last_day + datetime.timedelta(days=1))
    assert term < following
    assert following.first_day == term.last_day + datetime.timedelta(days=1)
    assert Term.parse(str(term)) == term


@pytest.mark.parametrize(
    ("day", "term"),
    [("2024-07-31", "112-2"), ("2024-08-01", "113-1"), ("2025-01-31", "113-1"), ("2025-02-01", "113-2")],
)
def test_where_a_term_begins(day: str, term: str) -> None:
    assert str(Term.of(datetime.date.fromisoformat(day))) == term


@pytest.mark.parametrize("text", ["113-1", "113－1", "１１３－１", " 113 - 1 ", "113–1"])
def test_a_term_is_read_as_people_write_it(text: str) -> None:
    assert Term.parse(text) == Term(113, 1)


@pytest.mark.parametrize("text", ["", "113", "113-3", "113-0", "2024-1", "0-1", "113-1-1", "上學期"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Term.parse(text)


@pytest.mark.parametrize(("year", "semester"), [(0, 1), (1000, 1), (113, 0), (113, 3)])
def test_there_is_no_such_term(year: int, semester: int) -> None:
    with pytest.raises(ValueError, match="no such term"):
        Term(year, semester)


def test_a_student_has_six_terms() -> None:
    terms = terms_of_student(113)
    assert [str(term) for term in terms] == ["113-1", "113-2", "114-1", "114-2", "115-1", "115-2"]
    assert [term.semester_of_student(113) for term in terms] == [1, 2, 3, 4, 5, 6]
    assert Term(116, 1).semester_of_student(113) == 7
    assert Term(112, 2).semester_of_student(113) == 0
