"""The school year that a page is about: its name, and the list to choose another one from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

SPACE = 14
SHORTEST = 3
"""Letters of room beside a year's name: those of Chinese are wider than what Qt counts by."""


class YearChoice(Choice):
    """The list of the student's school years; `head` is the top line of a page that begins with it."""

    year_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("學年度"))
        self.currentIndexChanged.connect(lambda _place: self.year_chosen.emit(int(self.code() or 0)))
        name = label(_("學年度"))
        name.setBuddy(self)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE)
        self.head.addWidget(name)
        self.head.addWidget(self)

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer these years, one of them chosen."""
        named = [(str(year), _("{year} 學年度").format(year=year)) for year in years]
        self.setMinimumContentsLength(max((len(words) for _year, words in named), default=0) + SHORTEST)
        self.fill(named)
        self.choose(str(chosen))
