"""School time: the school year in 民國 years, its two terms, and dates in both notations.

    113 學年度 = 2024-08-01 … 2025-07-31      113-1 from 1 August, 113-2 from 1 February
    entry year 113:  113-1 113-2 114-1 114-2 115-1 115-2  =  semesters 1 … 6

Dates are stored ISO (2024-02-29) and computed in the Gregorian calendar; 民國 is only a way to write them (1130229).
The term boundaries are our own reading of the school calendar.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import total_ordering

ERA = 1911  # 民國 year 1 is 1912


@total_ordering
@dataclass(frozen=True, slots=True)
class Term:
    """One term of a school year: `Term(113, 1)` is written 113-1."""

    year: int
    semester: int

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 999 or self.semester not in (1, 2):
            raise ValueError(f"no such term: {self.year}-{self.semester}")

    def __str__(self) -> str:
        return f"{self.year}-{self.semester}"

    def __lt__(self, other: Term) -> bool:
        return (self.year, self.semester) < (other.year, other.semester)

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read 113-1 (also full-width); raises ValueError for anything else."""
        match = re.fullmatch(r"\s*(\d{1,3})\s*[-\uff0d\u2013]\s*([12\uff11\uff12])\s*", text)
        if match is None:
            raise ValueError(f"not a term: {text}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: datetime.date) -> Term:
        """The term that a day falls in."""
        return cls(school_year_of(day), 1 if day.month >= 8 or day.month == 1 else 2)

    @property
    def first_day(self) -> datetime.date:
        """The first day: 1 August or 1 February."""
        return datetime.date(self.year + ERA, 8, 1) if self.semester == 1 else datetime.date(self.year + ERA + 1, 2, 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day: 31 January or 31 July."""
        return datetime.date(self.year + ERA + 1, *((1, 31) if self.semester == 1 else (7, 31)))

    def semester_of_student(self, entry_year: int) -> int:
        """1 to 6 for the three years from `entry_year` on; other numbers for terms before or after them."""
        return (self.year - entry_year) * 2 + self.semester


def terms_of_student(entry_year: int) -> tuple[Term, ...]:
    """The six terms of a student who entered in `entry_year`."""
    return tuple(Term(entry_year + n // 2, n % 2 + 1) for n in range(6))


def school_year_of(day: datetime.date) -> int:
    """The school year (民國) that a day falls in; it changes on 1 August."""
    return day.year - ERA - (0 if day.month >= 8 else 1)


def minguo(day: datetime.date) -> str:
    """A date from 1912 on as the platforms take it: seven digits, 1130229."""
    return f"{day.year - ERA:03d}{day.month:02d}{day.day:02d}"


def minguo_long(day: datetime.date) -> str:
    """A date as people read it: 113 年 2 月 29 日 without spaces."""
    return f"{day.year - ERA}年{day.month}月{day.day}日"


def parse_date(text: str) -> datetime.date:
    """Read 2024-02-29, 2024/2/29, 20240229, 1130229, 113/2/29, 113.2.29 or 113年2月29日; raises ValueError otherwise.

    A year below 1000 is a 民國 year; days before 民國 1 are no dates of a student and are refused. Full-width digits and
    separators are read too.
    """
    plain = text.strip().translate(_HALF_WIDTH)
    match = re.fullmatch(r"(\d{2,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", plain) or re.fullmatch(
        r"(\d{3,4})(\d{2})(\d{2})", plain
    )
    if match is None:
        raise ValueError(f"not a date: {text}")
    year, month, day = (int(part) for part in match.groups())
    date = datetime.date(year + ERA if year < 1000 else year, month, day)
    if date.year <= ERA:
        raise ValueError(f"before 民國 1: {text}")
    return date


_HALF_WIDTH = {ord(full): half for full, half in zip("０１２３４５６７８９－／．", "0123456789-/.", strict=True)}
