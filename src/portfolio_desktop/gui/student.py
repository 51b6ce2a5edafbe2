"""Who the student is, as four fields: of the welcome page, where a library is made, and of the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.library.profile import Profile, SchoolType
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import SCHOOL_TYPES

YEARS_BACK = 4


class StudentFields(QObject):
    """The fields; they lie where their owner puts them. `changed` when one of them is another by the student's hand."""

    changed = Signal()

    def __init__(self, school_types: Mapping[str, str], this_year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._this_year = this_year
        self.school_type = Choice(_("學校類型"))
        self.school_type.fill((code, _(school_types[code])) for code in SCHOOL_TYPES)
        self.entry_year = Choice(_("入學年"))
        self.name = QLineEdit()
        self.school = QLineEdit()
        for line in (self.name, self.school):
            line.setPlaceholderText(_("可不填"))
            line.textChanged.connect(self.changed)
        for choice in (self.school_type, self.entry_year):
            choice.currentIndexChanged.connect(self.changed)
        self.show(Profile("general", this_year))

    def rows(self) -> tuple[tuple[str, QWidget], ...]:
        """The names of the fields, and the fields."""
        return (
            (_("學校類型"), self.school_type),
            (_("入學年"), self.entry_year),
            (_("學生姓名"), self.name),
            (_("學校"), self.school),
        )

    def profile(self) -> Profile:
        """What stands in the fields."""
        code = self.school_type.code()
        return Profile(
            next(known for known in get_args(SchoolType) if known == code),
            int(self.entry_year.code()),
            self.name.text().strip(),
            self.school.text().strip(),
        )

    def show(self, profile: Profile) -> None:
        """Put a student in."""
        years = sorted(
            {profile.entry_year, *range(self._this_year - YEARS_BACK + 1, self._this_year + 2)}, reverse=True
        )
        self.entry_year.fill(
            (str(year), _("{year} 學年度（{western} 年 8 月入學）").format(year=year, western=year + 1911))
            for year in years
        )
        self.school_type.choose(profile.school_type)
        self.entry_year.choose(str(profile.entry_year))
        for line, text in ((self.name, profile.name), (self.school, profile.school)):
            if line.text().strip() != text:
                line.setText(text)

    def set_read_only(self, read_only: bool) -> None:
        """Let them be changed, or not."""
        for choice in (self.school_type, self.entry_year):
            choice.setEnabled(not read_only)
        for line in (self.name, self.school):
            line.setReadOnly(read_only)


def grid(rows: Sequence[tuple[str, QWidget]], beside: QWidget | None = None) -> QGridLayout:
    """Fields below each other, their names at the left and for those who do not see them; `beside` the last one."""
    made = QGridLayout()
    made.setVerticalSpacing(10)
    made.setHorizontalSpacing(14)
    for at, (words, entry) in enumerate(rows):
        name = label(words)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setBuddy(entry)
        entry.setAccessibleName(words)
        made.addWidget(name, at, 0)
        is_alone = beside is None or at < len(rows) - 1
        made.addWidget(entry, at, 1, 1, 2 if is_alone else 1)
    if beside is not None:
        made.addWidget(beside, len(rows) - 1, 2)
    made.setColumnStretch(1, 1)
    return made
