"""The last backup and the last drill in two sentences, and the button to the page 安全."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.safekeeping.safety import OLD_DAYS, Level, age, ago
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.library.safekeeping.record import Record
from portfolio_desktop.messages import _


def backup_words(known: Record, now: datetime.datetime) -> tuple[Level, str]:
    """When and where the newest complete backup was made."""
    if not known.places:
        return "warning", _("還沒有完整的備份：作品現在只在這一臺電腦裡。")
    place = known.places[0]
    level: Level = "warning" if age(place.at, now) > OLD_DAYS else "ok"
    return level, _("上次完整備份：{when}，在「{place}」。").format(when=ago(place.at, now), place=place.place)


def drill_words(known: Record, now: datetime.datetime) -> str:
    """When a backup was last really restored, and whether it worked."""
    drill = known.drill
    if drill is None:
        return _("還沒有演練過還原。")
    if not drill.ok:
        return _("上次演練還原（{when}）沒有成功。").format(when=ago(drill.at, now))
    if not drill.complete:
        return _("上次演練還原（{when}）只試了資料庫。").format(when=ago(drill.at, now))
    return _("上次演練還原：{when}，全部還原得回來。").format(when=ago(drill.at, now))


class SafetyLine(QFrame):
    """The line at the end of the page."""

    asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("card")
        self._icons = icons
        self.picture = QLabel()
        self.backup = label(wrap=True, copy=True)
        self.drill = label(role="small", wrap=True)
        self.button = QPushButton(_("到「安全」"))
        self.button.setAccessibleName(_("到「安全」：備份、檢查、演練、救回"))
        self.button.clicked.connect(self.asked)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.backup)
        words.addWidget(self.drill)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 14, 20, 14)
        line.setSpacing(12)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_record(self, known: Record, now: datetime.datetime) -> None:
        """Show what is known."""
        level, words = backup_words(known, now)
        self._icons.dress(
            self.picture, "safety" if level == "ok" else level, level, max(22, self.fontMetrics().height())
        )
        self.backup.setText(words)
        self.drill.setText(drill_words(known, now))
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.drill.text())
