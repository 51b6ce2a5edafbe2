"""The lines of the panel: a value each, with a box that says whether it is to be set, and what the pieces have now.

[x] 學期   [113-1　高一上 ▾]
現在：113-1　高一上（3 件）、還沒定（2 件）
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from portfolio_desktop.gui.bulk.offer import Value
from portfolio_desktop.gui.widgets.field import Field
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.messages import _

MOST = 3
"""So many different values are told, the most frequent first."""


class ValueLine(QWidget):
    """One value; it counts as wished for once something was chosen or typed, or the box was ticked."""

    wished = Signal()

    def __init__(self, value: Value, field: Field, words: Callable[[str], str]) -> None:
        super().__init__()
        self.name, self.field, self._words = value.name, field, words
        self.box = QCheckBox(value.label)
        self.box.setToolTip(_("把選的每一件都改成這個值"))
        self.have = label(role="small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box)
        layout.addWidget(field)
        layout.addWidget(self.have)
        field.changed.connect(self._typed)
        self.box.toggled.connect(lambda _on: self.wished.emit())

    def show_value(self, value: Value) -> None:
        """Show what the pieces have; the field begins with it where all have the same, and keeps what was wished for."""
        if not self.box.isChecked():
            only = next(iter(value.have), "") if len(value.have) == 1 else ""
            self.field.show_value(only)
        self.have.setText(_("現在：{values}").format(values=self.told(value.have)))

    def told(self, have: Mapping[str, int]) -> str:
        """How many pieces have what."""
        often = sorted(have.items(), key=lambda pair: -pair[1])
        words = [
            _("{value}（{count} 件）").format(value=self._words(value) or _("沒有填"), count=count)
            for value, count in often[:MOST]
        ]
        if len(often) > MOST:
            words.append(_("另有 {count} 種").format(count=len(often) - MOST))
        return "、".join(words)

    def reset(self) -> None:
        """Wish for nothing."""
        self.box.setChecked(False)

    def _typed(self) -> None:
        self.box.setChecked(True)
        self.wished.emit()
