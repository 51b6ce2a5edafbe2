"""The school year that the pages of ticks and of exporting show: one choice for both, of the student's own years."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.library.profile import Profile
from portfolio_desktop.terms import school_year_of


class Years(QObject):
    """Which school years there are, and which one is shown; `changed` tells of either."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offered: tuple[int, ...] = ()
        self.year = 0

    def offer(self, profile: Profile) -> None:
        """Offer the years of another student, the present one first."""
        self.offered = tuple(sorted({term.year for term in profile.terms}))
        self.year = present_year(self.offered)
        self.changed.emit()

    def choose(self, year: int) -> None:
        """Show another year."""
        if year in self.offered and year != self.year:
            self.year = year
            self.changed.emit()

    def prefer(self, years: Iterable[int]) -> None:
        """Show the present year if it is among these, the years that have pieces, else the latest of them before it."""
        there = set(years)
        earlier = [year for year in there if year < self.year]
        if self.year not in there and earlier:
            self.choose(max(earlier))


def present_year(years: Iterable[int], today: datetime.date | None = None) -> int:
    """The school year that today falls in, or the student's nearest one."""
    now = school_year_of(today or datetime.datetime.now().astimezone().date())
    return min(years, key=lambda year: abs(year - now))
