"""The lines of the panel: a value each, with a box that says whether it is to be set, and what the pieces have now.

[x] 學期   [113-1　高一上 ▾]
現在：113-1　高一上（3 件）、還沒定（2 件）
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from portfolio_desktop.gui.bulk.offer import Value
from portfolio_desktop.gui.widgets.choice import ChoiceField
from portfolio_desktop.gui.widgets.field import Field
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.line import TextField
from portfolio_desktop.messages import _

MOST = 3
"""So many different values are told, the most frequent first."""
MIXED = "*"
"""Chosen in a list while the pieces have different values; it is no wish."""


class ValueLine(QWidget):
    """One value; it counts as wished for once something was chosen or typed, or the box was ticked.

    Where the pieces have different values, the ticked box alone is no wish in a list: to have none is one of its choices.
    """

    wished = Signal()

    def __init__(self, value: Value, field: Field, choices: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.name, self.field, self._choices = value.name, field, choices or {}
        self._only: str | None = None  # what all the pieces have
        self._words: Callable[[str], str] = lambda code: self._choices.get(code, code)
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
        self.box.toggled.connect(self._ticked)

    @property
    def wish(self) -> str | None:
        """The value that is to be set; None for none."""
        return self.field.value() if self.box.isChecked() and self.field.value() != MIXED else None

    @property
    def undecided(self) -> bool:
        """Whether the box is ticked but no value was chosen yet."""
        return self.box.isChecked() and self.field.value() == MIXED

    def show_value(self, value: Value) -> None:
        """Show what the pieces have; the field begins with it where all have the same, and keeps what was wished for."""
        self._only = next(iter(value.have)) if len(value.have) == 1 else None
        if self.wish is None and not self.field.composing():
            self._begin(self._only)
        self.have.setText(_("現在：{values}").format(values=self.told(value.have)))

    def _begin(self, only: str | None) -> None:
        if isinstance(self.field, ChoiceField):
            self._offer(self.field, mixed=only is None)
            self.field.show_value(MIXED if only is None else only)
        else:
            self.field.show_value(only or "")
            if isinstance(self.field, TextField):
                self.field.line.setPlaceholderText("" if only is not None else _("（各不相同）"))

    def _offer(self, field: ChoiceField, *, mixed: bool) -> None:
        words = _("（選一個值）") if self.box.isChecked() else _("（各不相同）")
        field.offer([*([(MIXED, words)] if mixed else []), *self._choices.items()])

    def told(self, have: Mapping[str, int]) -> str:
        """How many pieces have what."""
        often = sorted(have.items(), key=lambda pair: -pair[1])
        words = [
            _("{value}（{count} 件）").format(value=self._words(value) or _("沒有填"), count=count)
            for value, count in often[:MOST]
        ]
        if len(often) > MOST:
            words.append(_("另有 {count} 種").format(count=len(often) - MOST))
        return _("、").join(words)

    def reset(self) -> None:
        """Wish for nothing, and show again what the pieces have."""
        self.box.setChecked(False)
        if not self.field.composing():
            self._begin(self._only)

    def _typed(self) -> None:
        self.box.setChecked(self.field.value() != MIXED)
        self.wished.emit()

    def _ticked(self, on: bool) -> None:
        if isinstance(self.field, ChoiceField) and self.field.value() == MIXED:
            self._offer(self.field, mixed=True)
            if on:
                self.field.list.setFocus()
        elif isinstance(self.field, TextField) and self._only is None:
            self.field.line.setPlaceholderText(_("（全部清空）") if on else _("（各不相同）"))
        self.wished.emit()
