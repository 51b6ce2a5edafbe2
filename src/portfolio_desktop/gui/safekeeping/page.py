"""The page 安全, as layout: what is to be said first, then a card each for backing up, checking, trying out, bringing back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.safekeeping import safety as told
from portfolio_desktop.gui.safekeeping.card import BESIDE_LETTERS, SafetyCard
from portfolio_desktop.gui.safekeeping.faults import FaultList
from portfolio_desktop.gui.safekeeping.safety import Safety
from portfolio_desktop.gui.safekeeping.verdict import Deed, verdict
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.gui.widgets.page import Letter
from portfolio_desktop.messages import _


class SafetyPage(Letter):
    """Shows a Safety, and how far the one deed is that is under way; asks with signals."""

    backup_asked = Signal()
    elsewhere_asked = Signal()
    check_asked = Signal()
    mend_asked = Signal()
    rebuild_asked = Signal()
    drill_asked = Signal()
    revive_asked = Signal()
    restore_asked = Signal()
    cancel_asked = Signal()
    piece_asked = Signal(str)
    newer_asked = Signal(str)
    present_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__(middle=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icons = icons
        self._busy = ""
        self._safety: Safety | None = None
        self.verdict = QFrame()
        self.verdict.setObjectName("finding")
        self.picture = QLabel()
        self.heading = label(role="heading", wrap=True)
        self.advice = label(wrap=True)
        self.state = label()
        self.state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.next_button = QPushButton()
        self.next_button.setProperty("primary", "true")
        self.next_button.clicked.connect(self._go_on)
        self._deed: Deed = ""
        self.backup = SafetyCard(
            icons, "backup", _("備份"), _("把資料庫和所有檔案存到另一個磁碟，做好會逐一讀回核對。")
        )
        self.check = SafetyCard(icons, "check", _("檢查"), _("看每個檔案還在不在，內容和存進來時是不是一模一樣。"))
        self.drill = SafetyCard(
            icons,
            "drill",
            _("演練"),
            _("把備份真的還原一次來比對（先試另一個磁碟上的），再清掉；學習歷程庫不會動。"),
        )
        self.back = SafetyCard(icons, "restore", _("救回"), _("從備份拿回作品。現在的學習歷程庫不會被蓋掉。"))
        self.back.facts.hide()
        self.backup_button = self.backup.button(_("現在備份"), _("備份到上次的地方；還沒有的話會先問要放哪裡"))
        self.elsewhere_button = self.backup.button(_("備份到別的地方…"), _("選一個資料夾或磁碟"))
        self.check_button = self.check.button(_("檢查全部檔案"), _("每個檔案都從頭讀到尾，檔案多時要一點時間"))
        self.mend_button = self.check.button(_("從備份救回"), _("用備份裡一模一樣的內容換掉壞掉的"), primary=True)
        self.rebuild_button = self.check.button(
            _("重建資料庫…"), _("用備份、catalog.json 和收著的檔案重做資料庫；壞掉的原檔會留著"), primary=True
        )
        self.drill_button = self.drill.button(_("演練還原"), _("不會改變任何作品"))
        self.revive_button = self.back.button(_("把一件作品救回來…"), _("選一份備份和其中的一件；可以復原"))
        self.restore_button = self.back.button(_("在新的位置還原全部…"), _("還原到新的資料夾，核對過才問要不要改用它"))
        self.faults = FaultList(icons)
        self.faults.piece_asked.connect(self.piece_asked)
        self.faults.newer_asked.connect(self.newer_asked)
        self.faults.present_asked.connect(self.present_asked)
        self.check.extra.addWidget(self.faults)
        self.cards = {"backup": self.backup, "check": self.check, "drill": self.drill, "back": self.back}
        for button, signal in (
            (self.backup_button, self.backup_asked),
            (self.elsewhere_button, self.elsewhere_asked),
            (self.check_button, self.check_asked),
            (self.mend_button, self.mend_asked),
            (self.rebuild_button, self.rebuild_asked),
            (self.drill_button, self.drill_asked),
            (self.revive_button, self.revive_asked),
            (self.restore_button, self.restore_asked),
        ):
            button.clicked.connect(signal)
        for card in self.cards.values():
            card.cancel.clicked.connect(self.cancel_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.state)
        words.addWidget(self.heading)
        words.addWidget(self.advice)
        head = QHBoxLayout(self.verdict)
        head.setContentsMargins(18, 14, 18, 14)
        head.setSpacing(14)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        folded = Fold(BESIDE_LETTERS, spacing=14)
        folded.add(said, 1)
        folded.add(self.next_button, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        head.addWidget(folded, 1)
        self._column = column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.verdict)
        for card in self.cards.values():
            column.addWidget(card)
        column.addStretch(1)
        self.fill(column)
        for before, after in pairwise((self.next_button, *self._buttons())):
            self.setTabOrder(before, after)

    def _buttons(self) -> Sequence[QPushButton]:
        return (
            self.backup_button,
            self.elsewhere_button,
            self.check_button,
            self.mend_button,
            self.rebuild_button,
            self.drill_button,
            self.revive_button,
            self.restore_button,
        )

    def show_safety(self, safety: Safety, now: datetime.datetime) -> None:
        """Show how things are."""
        self._safety = safety
        level, heading, advice, state, self._deed, _is_news = verdict(safety, now)
        mark(self.verdict, "level", level)
        mark(self.state, "level", level)
        self.state.setText(state)
        deed = self._deeds().get(self._deed)
        self.next_button.setVisible(deed is not None)
        self.next_button.setText(deed.text() if deed is not None else "")
        self.next_button.setAccessibleDescription(advice)
        self._icons.dress(self.picture, level, level, 28)
        self.heading.setText(heading)
        self.advice.setText(advice)
        self.verdict.setAccessibleName(_("{state}：{heading}").format(state=state, heading=heading))
        self.verdict.setAccessibleDescription(advice)
        self.backup.show_facts(*told.backup_chip(safety, now), told.backup_words(safety, now))
        self.check.show_facts(*told.check_chip(safety), told.check_words(safety, now))
        self.drill.show_facts(*told.drill_chip(safety), told.drill_words(safety, now))
        self.faults.show_faults(safety.faults)
        # The alarm says it already, above; what is wrong comes right below it.
        self.verdict.setVisible(not safety.faults)
        first = self.check if safety.faults else self.backup
        if self._column.indexOf(first) != 1:
            self._column.removeWidget(first)
            self._column.insertWidget(1, first)
        self._enable()

    def _deeds(self) -> Mapping[str, QPushButton]:
        """The button of each deed: the next step is one of them, and does what it does."""
        return {
            "back_up": self.backup_button,
            "elsewhere": self.elsewhere_button,
            "check": self.check_button,
            "drill": self.drill_button,
        }

    def _go_on(self) -> None:
        button = self._deeds().get(self._deed)
        if button is not None:
            button.click()

    def show_progress(self, name: str, words: str, done: int, total: int) -> None:
        """Show how far a deed is, on its card; the buttons wait meanwhile."""
        if self._busy != name:
            self._busy = name
            for other, card in self.cards.items():
                card.show_progress(shown=other == name)
            self._enable()
        self.cards[name].show_step(words, done, total)

    def show_idle(self) -> None:
        """Show that nothing is under way."""
        self._busy = ""
        self._enable()
        for card in self.cards.values():
            card.show_progress(shown=False)

    def _enable(self) -> None:
        safety = self._safety
        free = not self._busy and safety is not None
        writable = free and safety is not None and not safety.read_only
        for button in self._buttons():
            button.setEnabled(free)
        for button in (self.mend_button, self.rebuild_button, self.revive_button):
            button.setEnabled(writable)
        has_backup = safety is not None and (safety.copy is not None or any(place.there for place in safety.places))
        self.drill_button.setEnabled(free and has_backup)
        following = self._deeds().get(self._deed)
        self.next_button.setEnabled(following is not None and following.isEnabled())
        faults = safety.faults if safety is not None else ()
        self.mend_button.setVisible(any(fault.mendable for fault in faults))
        self.rebuild_button.setVisible(any(fault.needs_rebuilding for fault in faults))
        self.faults.let_decide(writable)
