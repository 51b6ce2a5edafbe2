"""What is there instead of a library whose database is gone or damaged: the offer to rebuild it, and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.safekeeping.safety import backup_named
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.page import Letter
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.library.safekeeping.rebuilding import Rebuilt

NAMED = 8


class RebuildPage(Letter):
    """The offer, the progress, the result; asks with signals."""

    rebuild_asked = Signal()
    cancel_asked = Signal()
    open_asked = Signal()
    leave_asked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.picture = QLabel()
        self.heading = label(role="title", wrap=True)
        self.text = label(wrap=True, copy=True)
        self.place = label(role="quiet", wrap=True, copy=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("重建的進度"))
        self.step = label(role="small", wrap=True)
        self.cancel_button = self._button(_("停止"))
        self.rebuild_button = self._button(_("重建資料庫"), primary=True)
        self.open_button = self._button(_("開啟學習歷程庫"), primary=True)
        self.leave_button = self._button("")
        for button, signal in (
            (self.cancel_button, self.cancel_asked),
            (self.rebuild_button, self.rebuild_asked),
            (self.open_button, self.open_asked),
            (self.leave_button, self.leave_asked),
        ):
            button.clicked.connect(signal)
        self._lay_out()

    @staticmethod
    def _button(words: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        if primary:
            button.setProperty("primary", "true")
        return button

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        inside.addLayout(head)
        for widget in (self.place, self.text, self.bar, self.step):
            inside.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.leave_button, self.cancel_button, self.rebuild_button, self.open_button):
            foot.addWidget(button)
        inside.addLayout(foot)
        column = QVBoxLayout()
        column.addWidget(card)
        column.addStretch(1)
        self.fill(column)

    def show_offer(self, folder: str) -> None:
        """Say what is wrong and what would be done."""
        self._icons.dress(self.picture, "error", "error", 34)
        self.heading.setText(_("這個學習歷程庫的資料庫壞了，或不見了"))
        self.place.setText(folder)
        self.text.setText(
            _(
                "作品的檔案是分開收著的，通常都還在。「重建資料庫」會用最新的備份、catalog.json 和收著的檔案，"
                "把作品、簡述和勾選拼回來。\n\n"
                "不知道屬於哪一件的檔案會各自成為一件，還沒分類。壞掉的原檔只會移到旁邊的 kept-aside 資料夾，不會刪除。"
            )
        )
        self.leave_button.setText(_("先不要"))
        self._show(self.rebuild_button, self.leave_button)
        self.rebuild_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.step.setText((f"{done} / {total}　" if total else "") + words)
        self._show(self.bar, self.step, self.cancel_button)

    def show_done(self, done: Rebuilt) -> None:
        """Say what came back, what is to be filed, and what is kept aside."""
        level = "warning" if done.missing else "ok"
        self._icons.dress(self.picture, level, level, 34)
        self.heading.setText(_("資料庫重建好了") if done.rebuilt else _("資料庫是好的，沒有動任何東西"))
        self.text.setText("\n".join(f"・{line}" for line in result_words(done)))
        self.leave_button.setText(_("關閉"))
        self._show(self.open_button, self.leave_button)
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *wanted: QWidget) -> None:
        parts = (
            self.bar,
            self.step,
            self.cancel_button,
            self.rebuild_button,
            self.open_button,
            self.leave_button,
        )
        for part in parts:
            part.setVisible(part in wanted)


def result_words(done: Rebuilt) -> list[str]:
    """What a rebuilding did, a sentence each."""
    lines = [_("{pieces} 件作品、{files} 個檔案都在。").format(pieces=done.pieces, files=done.files)]
    if not done.rebuilt:
        return [*lines, *done.told]
    if done.base is not None:
        base = backup_named(done.folder / done.base, datetime.datetime.now().astimezone())
        lines.append(_("以{base}為底，修改紀錄和先前的文字也在。").format(base=base))
    else:
        lines.append(_("沒有可用的備份，修改紀錄從現在重新開始。"))
    lines += done.told
    if done.changed:
        lines.append(
            _("{count} 項照 catalog.json 改成了備份之後的樣子（其中移除 {removed} 項），可以復原：{names}").format(
                count=len(done.changed),
                removed=sum(one.did == "removed" for one in done.changed),
                names=_named([one.title for one in done.changed]),
            )
        )
    if done.filed:
        lines.append(
            _("{count} 個檔案不知道屬於哪一件，各自成了一件，還沒分類：{names}").format(
                count=len(done.filed), names=_named([title for _id, title in done.filed])
            )
        )
    if done.missing:
        lines.append(
            _("還缺 {count} 個檔案：{names}。接上放備份的磁碟，可以在「安全」救回。").format(
                count=len(done.missing), names=_named([problem.path.rpartition("/")[2] for problem in done.missing])
            )
        )
    if done.aside:
        places = list(dict.fromkeys("/".join(path.split("/")[:2]) for path in done.aside))
        lines.append(
            _("壞掉的、被換下的原檔共 {count} 個，都沒有刪，移到了學習歷程庫裡的「{places}」。").format(
                count=len(done.aside), places=_("、").join(places)
            )
        )
    return lines


def _named(names: Sequence[str]) -> str:
    shown = _("、").join(names[:NAMED])
    more = len(names) - NAMED
    return _("{names}，另外 {count} 個").format(names=shown, count=more) if more > 0 else shown
