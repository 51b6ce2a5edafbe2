"""What is there to attend to, looked at from one day: the pieces, the school's calendar, how safe the library is. Pure.

    pieces (judged) + Rules by school year + Care + today  ->  Situation
        .term .open_terms .closing(term)          where the school year stands
        .tick_years .in_tick_season(year)         which years are being ticked 勾選 now

The days on which a school closes its windows are its own; until it has told them, the season is our own estimate.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.pieces.piece import Piece
from portfolio_desktop.pieces.readiness import State
from portfolio_desktop.terms import ERA, Term, school_year_of, terms_of_student

CLOSING: Mapping[int, tuple[int, int]] = {1: (12, 1), 2: (5, 15)}
"""From which day (month, day) on a term's course results get urgent, by its semester. Our own estimate: some seven weeks
before the closing ceremony 休業式, from which teachers have to certify."""

LAST_CLOSING = (4, 1)
"""The same in the last semester, where third-year students leave in June and no weeks are added after the ceremony."""

TICKS_UNTIL = (10, 31)
"""The last day in the year after on which a school year's ticks are still asked for. Our own estimate."""


class Judged(Protocol):
    """A piece with what is wrong with it, and how far it is."""

    @property
    def piece(self) -> Piece:
        """The piece."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with it."""

    @property
    def state(self) -> State:
        """How far it is."""


@dataclass(frozen=True, slots=True)
class Care:
    """How safe the library is: days of the newest complete backup and of the last drill, None where there was none.

    faults        how many problems the checks know of; newer: one of them says that the database is an older state
    drill_failed  the last drill did not bring everything back
    same_disk     every complete backup lies on the library's own disk
    trouble       why the automatic copies cannot be made, in words; empty while they can
    """

    backed_up: datetime.date | None = None
    drilled: datetime.date | None = None
    drill_failed: bool = False
    faults: int = 0
    newer: bool = False
    trouble: str = ""
    same_disk: bool = False


@dataclass(frozen=True)
class Situation:
    """Everything that the rules of attention look at. `pieces` are those that are not in the trash."""

    pieces: Sequence[Judged]
    rules: Callable[[int], Rules]
    entry_year: int
    today: datetime.date
    care: Care = field(default_factory=Care)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The student's six terms."""
        return terms_of_student(self.entry_year)

    @cached_property
    def term(self) -> Term | None:
        """The present term; None before and after the student's three years."""
        now = Term.of(self.today)
        return now if now in self.terms else None

    @cached_property
    def open_terms(self) -> frozenset[Term]:
        """The terms of which course results may still be uploaded or certified: the present one, and one just over."""
        return frozenset(term for term in self.terms if term.first_day <= self.today <= self._last_upload(term))

    def closing(self, term: Term) -> bool:
        """Whether a term that is open draws to its end, or is over."""
        month, day = LAST_CLOSING if term == self.terms[-1] else CLOSING[term.semester]
        return self.today >= datetime.date(term.year + ERA + term.semester - 1, month, day)

    @cached_property
    def tick_years(self) -> tuple[int, ...]:
        """The school years that ticks can still be for: the present one, and the last one until autumn."""
        year = school_year_of(self.today)
        there = {term.year for term in self.terms}
        return tuple(one for one in (year - 1, year) if one in there and self.today <= self._last_tick(one))

    def in_tick_season(self, year: int) -> bool:
        """Whether the ticks of a school year are due: from the end of its second semester on."""
        return year in self.tick_years and self.closing(Term(year, 2))

    def _last_upload(self, term: Term) -> datetime.date:
        return term.last_day + datetime.timedelta(weeks=self.rules(term.year).upload_weeks)

    def _last_tick(self, year: int) -> datetime.date:
        if year == self.terms[-1].year:
            return self.terms[-1].last_day
        return datetime.date(year + ERA + 1, *TICKS_UNTIL)
