"""What needs attention, as a list: a line an item with its sentence, what to do, and the button that goes there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.labels import label, rule
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.year.item import Item, Urgency

AT_FIRST = 5
"""Items that are shown before one asks for more: a long list is read by nobody."""

LEVELS: Mapping[Urgency, str] = {"now": "error", "soon": "warning", "later": "hint"}


def urgency_words(urgency: Urgency) -> str:
    """How urgent an item is."""
    return {"now": _("現在"), "soon": _("這幾天"), "later": _("有空時")}[urgency]


def deed_words(item: Item) -> str:
    """What the button of an item does."""
    if item.aim.deed:
        return {"back_up": _("現在備份"), "add": _("收進檔案…")}[item.aim.deed]
    if item.aim.piece:
        return _("打開這一件")
    if item.aim.section in ("ticks", "safety"):
        return _("去勾選") if item.aim.section == "ticks" else _("到「安全」看")
    return _("看這 {count} 件").format(count=len(item.pieces)) if item.pieces else _("去看看")


class ItemLine(QWidget):
    """One item."""

    asked = Signal(object)

    def __init__(self, icons: Icons, item: Item) -> None:
        super().__init__()
        self.item = item
        level, urgency = LEVELS[item.urgency], urgency_words(item.urgency)
        picture = QLabel()
        icons.dress(picture, level, level)
        self.chip = label(urgency)
        self.chip.setProperty("chip", level)
        self.chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(item.message, wrap=True))
        words.addWidget(label(item.advice, "small", wrap=True))
        self.button = QPushButton(deed_words(item))
        self.button.setAccessibleName(f"{self.button.text()}：{item.message}")
        self.button.setAccessibleDescription(item.advice)
        self.button.clicked.connect(partial(self.asked.emit, item))
        self.setAccessibleName(_("{urgency}：{message}").format(urgency=urgency, message=item.message))
        self.setAccessibleDescription(item.advice)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)


class AttentionCard(QFrame):
    """The list; the first few, and the rest when it is asked for."""

    asked = Signal(object)
    filled = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("card")
        self._icons = icons
        self._items: tuple[Item, ...] = ()
        self._all = False
        self.lines: list[ItemLine] = []
        self.heading = label(role="heading", wrap=True)
        self.more = QPushButton()
        self.more.setProperty("plain", "true")
        self.more.clicked.connect(self._toggle)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addLayout(self._body)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items; the button that had the keyboard keeps it, where its item is still there."""
        if tuple(items) != self._items or not self.lines:
            self._items = tuple(items)
            self._fill()

    def _fill(self) -> None:
        code = next((line.item.code for line in self.lines if line.button.hasFocus()), None)
        while (taken := self._body.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = self._items if self._all else self._items[:AT_FIRST]
        self.lines = [ItemLine(self._icons, item) for item in shown]
        for place, line in enumerate(self.lines):
            line.asked.connect(self.asked)
            if place:
                self._body.addWidget(rule())
            self._body.addWidget(line)
            if line.item.code == code:
                line.button.setFocus()
        self._align()
        rest = len(self._items) - AT_FIRST
        self.more.setVisible(rest > 0)
        self.more.setText(_("收起來") if self._all else _("還有 {count} 項…").format(count=rest))
        urgent = sum(item.urgency == "now" for item in self._items)
        self.heading.setText(
            _("{count} 件事現在要處理").format(count=urgent)
            if urgent
            else _("接下來可以做的事")
            if self._items
            else _("沒有要趕的事，作品都收得好好的。")
        )
        self.filled.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Stay in line when the text grows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._align()

    def _align(self) -> None:
        """One width for all chips and one for all buttons, so that the sentences begin and end below each other."""
        for column in ([line.chip for line in self.lines], [line.button for line in self.lines]):
            for widget in column:
                widget.ensurePolished()
            widest = max((widget.sizeHint().width() for widget in column), default=0)
            for widget in column:
                widget.setMinimumWidth(widest)

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()
