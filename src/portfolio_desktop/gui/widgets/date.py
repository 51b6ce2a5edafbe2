"""A date: typed in any usual way, 民國 or Gregorian, or picked from a calendar; stored ISO, shown in both notations.

    113.2.29 | 1130229 | 2024/2/29  ->  value() "2024-02-29"   beside it 「民國 113年2月29日（1130229）」

What cannot be read as a day stays as it was typed.
"""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.field import Field, Line
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _
from portfolio_desktop.terms import minguo, minguo_long, parse_date


class DateField(Field):
    """A day; what cannot be read as one is kept as it was typed, and said."""

    def __init__(self, name: str, icons: Icons) -> None:
        super().__init__()
        self.line = Line()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(_("例如 1130229 或 2024-02-29"))
        self.pick = QToolButton()
        icons.dress(self.pick, "calendar")
        self.pick.setAccessibleName(_("從月曆選{name}").format(name=name))
        self.pick.setToolTip(_("從月曆選"))
        self.pick.clicked.connect(self._open_calendar)
        self.both = label(role="small", wrap=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.both)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._say_both)
        self.line.textEdited.connect(self.changed)
        self.line.left.connect(self._tidy)
        self.line.left.connect(self.left)
        self._say_both()

    def value(self) -> str:
        """The day as ISO, or what was typed where it cannot be read as a day."""
        day = self._day()
        return day.isoformat() if day else self.line.text().strip()

    def show_value(self, value: str) -> None:
        """Put a day in."""
        if value != self.value():
            self.line.show_text(value)
            self._say_both()

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self.line.composing

    def set_read_only(self, read_only: bool) -> None:
        """Let the day be copied but not changed."""
        self.line.setReadOnly(read_only)
        self.pick.setEnabled(not read_only)

    def note(self) -> str:
        """Said when the text cannot be read as a day."""
        return _("看不懂這個日期") if self.line.text().strip() and self._day() is None else ""

    def _day(self) -> datetime.date | None:
        try:
            return parse_date(self.line.text())
        except ValueError:
            return None

    def _say_both(self) -> None:
        day = self._day()
        self.both.setText(_("民國 {long}（{short}）").format(long=minguo_long(day), short=minguo(day)) if day else "")
        self.both.setVisible(day is not None)

    def _tidy(self) -> None:
        self.line.show_text(self.value())

    def _open_calendar(self) -> None:
        calendar = Calendar(self._day() or datetime.date.today())  # noqa: DTZ011 - the student's own today
        calendar.calendar.clicked.connect(self._picked)
        calendar.calendar.activated.connect(self._picked)
        calendar.calendar.clicked.connect(calendar.close)
        calendar.calendar.activated.connect(calendar.close)
        calendar.setParent(self, Qt.WindowType.Popup)
        calendar.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        calendar.show()
        calendar.calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.line.show_text(datetime.date(day.year(), day.month(), day.day()).isoformat())
        self._say_both()
        self.changed.emit()
        self.left.emit()


class Calendar(QWidget):
    """A month to pick a day from, gone when it has been picked."""

    def __init__(self, day: datetime.date) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("月曆"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)
