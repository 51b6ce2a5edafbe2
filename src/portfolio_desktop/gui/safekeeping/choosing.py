"""Which backup, and what of it: the two dialogs of the card 救回. Layout; what is in them comes from the controller.

ReviveDialog    a backup -> its pieces, beside the library's own -> the one to bring back
RestoreDialog   a backup -> a new folder
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.safekeeping.safety import ago
from portfolio_desktop.gui.safekeeping.work import Opened
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.dialog import Dialog
from portfolio_desktop.gui.widgets.labels import label, mark, plain_tip
from portfolio_desktop.gui.widgets.rows import named
from portfolio_desktop.gui.words import when_words
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.reviving import Candidate
from portfolio_desktop.library.sentences import LABELS
from portfolio_desktop.messages import _

LOOKS = {"gone": "add", "different": "replace", "same": "ok"}
ORDER = ("gone", "different", "same")


class BackupDialog(Dialog):
    """What both have: which backup."""

    backup_chosen = Signal(str)
    other_asked = Signal()

    def __init__(self, heading: str, words: str, parent: QWidget) -> None:
        super().__init__(heading, parent, columns=36)
        self.backup = Choice(_("備份"))
        self.backup.setMinimumContentsLength(28)
        self.backup.currentIndexChanged.connect(lambda _place: self.backup_chosen.emit(self.backup.code()))
        self.other = QPushButton(_("其他備份…"))
        self.other.setToolTip(_("選放備份的資料夾，或另一個學習歷程庫"))
        self.other.setAutoDefault(False)
        self.other.clicked.connect(self.other_asked)
        self.trouble = label(wrap=True, copy=True)
        mark(self.trouble, "level", "error")
        self.trouble.hide()
        self.buttons = QDialogButtonBox()
        self.deed = QPushButton()
        self.deed.setProperty("primary", "true")
        self.deed.setDefault(True)
        self.deed.setEnabled(False)
        self.buttons.addButton(self.deed, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(_("關閉"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        self.buttons.rejected.connect(self.reject)
        which = named(_("備份"), self.backup, self.other)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 18, 20, 16)
        self.column.setSpacing(10)
        self.column.addWidget(label(heading, "heading", wrap=True))
        self.column.addWidget(label(words, "quiet", wrap=True))
        self.column.addLayout(which)

    def show_backups(self, backups: Sequence[Backup], now: datetime.datetime, chosen: Path | None = None) -> None:
        """Offer these, the newest first."""
        self.backup.fill((str(one.path), backup_words(one, now)) for one in backups)
        self.backup.choose(str(chosen) if chosen is not None else str(backups[0].path) if backups else "")

    def show_trouble(self, text: str) -> None:
        """Show what is in the way; '' for nothing."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


class ReviveDialog(BackupDialog):
    """Which piece to bring back."""

    revive_asked = Signal(object, str)

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(
            _("把一件作品救回來"),
            _("選一件：庫裡沒有了的會變成新的一件；還在的會變回那時的樣子，現在的檔案留作先前的版本。可以復原。"),
            parent,
        )
        self.resize(620, 560)
        self._icons = icons
        self._opened: Opened | None = None
        self._shown: list[Candidate] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("找標題或簡述"))
        self.search.setAccessibleName(_("在備份裡找"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setAccessibleName(_("備份裡的作品"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.itemActivated.connect(lambda _item: self.deed.click())
        self.told = label(wrap=True, copy=True)
        self.deed.setText(_("救回這一件"))
        self.deed.clicked.connect(self._ask)
        for widget in (self.search, self.list, self.told, self.trouble, self.buttons):
            self.column.addWidget(widget)
        self.column.setStretchFactor(self.list, 1)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_reading()

    def show_reading(self) -> None:
        """Show that a backup is being read."""
        self._opened = None
        self._fill()
        self.told.setText(_("正在讀這份備份…"))

    def show_opened(self, opened: Opened | None) -> None:
        """Show what a backup holds; None where there is no backup at all."""
        self._opened = opened
        self._fill()
        if opened is None:
            self.told.setText(_("還沒有備份可以救回。接上放備份的磁碟，或按「其他備份…」選一份。"))

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        found = [one for one in (self._opened.candidates if self._opened else ()) if _matches(one, words)]
        self._shown = sorted(found, key=lambda one: ORDER.index(one.state))
        self.list.clear()
        for one in self._shown:
            title = visible(one.piece.title) or _("（沒有標題）")
            item = QListWidgetItem(f"{title}　—　{state_words(one)}")
            item.setIcon(self._icons.icon(LOOKS[one.state], "quiet" if one.state == "same" else "accent"))
            item.setToolTip(plain_tip(one.piece.title))
            self.list.addItem(item)
        if self._shown:
            self.list.setCurrentRow(0)
        self._show()

    def _show(self) -> None:
        one = self._chosen()
        self.deed.setEnabled(one is not None and one.state != "same")
        if one is None:
            self.told.setText(_("沒有符合的作品。"))
        elif self._opened is not None and all(other.state == "same" for other in self._opened.candidates):
            self.told.setText(_("這份備份裡的每一件都和現在一樣。要拿回更早的，請換一份較早的備份。"))
        else:
            self.told.setText(told_words(one))

    def _chosen(self) -> Candidate | None:
        place = self.list.currentRow()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _ask(self) -> None:
        one = self._chosen()
        if one is not None and self._opened is not None:
            self.revive_asked.emit(self._opened, one.piece.id)


class RestoreDialog(BackupDialog):
    """Where everything is to be restored to."""

    place_asked = Signal()
    restore_asked = Signal(str, object)

    def __init__(self, place: Path, parent: QWidget) -> None:
        super().__init__(
            _("在新的位置還原全部"),
            _("整份備份會還原到一個新的資料夾，逐一核對過。現在的學習歷程庫不會動；還原好以後再決定要不要改用它。"),
            parent,
        )
        self.setMinimumWidth(580)
        self.place = QLineEdit(str(place))
        self.place.setAccessibleName(_("放在"))
        self.place.textChanged.connect(lambda _text: self._enable())
        self.choose = QPushButton(_("換地方…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.place_asked)
        self.deed.setText(_("開始還原"))
        self.deed.clicked.connect(self._ask)
        self.backup_chosen.connect(lambda _path: self._enable())
        self.column.addLayout(named(_("放在"), self.place, self.choose))
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.buttons)

    def show_backups(self, backups: Sequence[Backup], now: datetime.datetime, chosen: Path | None = None) -> None:
        """Offer these, the newest first."""
        super().show_backups(backups, now, chosen)
        self.show_trouble("" if backups else _("還沒有備份可以還原。接上放備份的磁碟，或按「其他備份…」選一份。"))
        self._enable()

    def show_place(self, place: Path) -> None:
        """Show where it will be."""
        self.place.setText(str(place))

    def _enable(self) -> None:
        self.deed.setEnabled(bool(self.backup.code() and self.place.text().strip()))

    def _ask(self) -> None:
        self.accept()
        self.restore_asked.emit(self.backup.code(), Path(self.place.text().strip()).expanduser())


Asked = TypeVar("Asked", bound=BackupDialog)


def still_open(dialog: Asked | None) -> Asked | None:
    """A dialog while it is open: answers may come when it has been closed."""
    return dialog if dialog is not None and isValid(dialog) and dialog.isVisible() else None


def backup_words(backup: Backup, now: datetime.datetime) -> str:
    """When a backup was made and what kind it is."""
    when = ago(backup.moment, now)
    if backup.complete:
        return _("{when}　完整備份，在「{place}」").format(when=when, place=backup.path.parent.parent)
    return _("{when}　自動副本（只有資料庫，檔案用現在庫裡的）").format(when=when)


def state_words(one: Candidate) -> str:
    """How a piece in a backup stands to the library."""
    if one.state == "gone":
        return _("庫裡沒有了")
    if one.state == "same":
        return _("和現在一樣")
    if one.different == ("trashed",):
        return _("在垃圾桶裡")
    names = {**LABELS, "trashed": ""}
    told = _("、").join(_(names[name]) for name in one.different if names.get(name))
    return _("不同的有：{what}").format(what=told)


def told_words(one: Candidate) -> str:
    """What would be brought back, in a few lines."""
    piece = one.piece
    files = _("、").join(file.name for file in piece.files if file.current) or _("沒有檔案")
    summary = " ".join(piece.summary.split())
    lines = [
        _("最後更動：{when}　檔案：{files}").format(when=when_words(piece.changed) or _("不明"), files=files),
        _("簡述：{text}").format(text=(summary if len(summary) <= 60 else f"{summary[:60]}…") or _("還沒寫")),
    ]
    return "\n".join(lines)


def _matches(one: Candidate, words: Sequence[str]) -> bool:
    text = f"{one.piece.title} {one.piece.summary}".casefold()
    return all(word in text for word in words)
