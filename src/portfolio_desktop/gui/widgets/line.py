"""Fields of one line: text with a soft length, whole and decimal numbers with bounds.

Nothing that is typed is refused or cut: an input method commits several characters at once, and full-width digits are
what a Chinese keyboard gives. What does not fit is said beside the field.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel

from portfolio_desktop.gui.widgets.field import Field, Line
from portfolio_desktop.messages import _

FULL_WIDTH_NUMBERS = {ord(full): half for full, half in zip("０１２３４５６７８９．－", "0123456789.-", strict=True)}


class TextField(Field):
    """One line of text; near and over its usual length the count stands beside it."""

    def __init__(self, name: str, max_length: int | None = None, placeholder: str = "") -> None:
        super().__init__()
        self._longest = max_length
        self.line = Line()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(placeholder)
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self._count.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._count)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._recount)
        self.line.textEdited.connect(self.changed)
        self.line.left.connect(self.left)

    def offer(self, completer: QCompleter) -> None:
        """Offer words while typing; anything else may be typed too."""
        self.line.setCompleter(completer)
        completer.activated.connect(self.changed)

    def value(self) -> str:
        """The text without blanks around it."""
        return self.line.text().strip()

    def show_value(self, value: str) -> None:
        """Put text in."""
        if value != self.value():
            self.line.show_text(value)
            self._recount()

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self.line.composing

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be copied but not changed."""
        self.line.setReadOnly(read_only)

    def _recount(self) -> None:
        if self._longest is None:
            return
        count = len(self.value())
        self._count.setText(f"{count} / {self._longest}")
        self._count.setVisible(count > self._longest * 0.8)
        self._count.setProperty("level", "warning" if count > self._longest else None)
        self._count.style().polish(self._count)


class NumberField(Field):
    """A number within bounds; the arrow keys step it, and a number out of bounds is said, not refused."""

    def __init__(
        self, name: str, minimum: Decimal | None, maximum: Decimal | None, decimals: int | None = None
    ) -> None:
        super().__init__()
        self._minimum = minimum
        self._maximum = maximum
        self._decimals = decimals
        self.line = _NumberLine(self)
        self.line.setAccessibleName(name)
        bounds = QLabel(self._bounds())
        bounds.setProperty("role", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 2)
        layout.addWidget(bounds, 3)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.changed)
        self.line.left.connect(self._tidy)
        self.line.left.connect(self.left)

    def value(self) -> str:
        """The number's text in half-width digits."""
        return self.line.text().strip().translate(FULL_WIDTH_NUMBERS)

    def show_value(self, value: str) -> None:
        """Put a number in."""
        if value != self.value():
            self.line.show_text(value)

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self.line.composing

    def set_read_only(self, read_only: bool) -> None:
        """Let the number be copied but not changed."""
        self.line.setReadOnly(read_only)

    def note(self) -> str:
        """What keeps the text from being a number within bounds."""
        text = self.value()
        if not text:
            return ""
        number = _number(text)
        if number is None:
            return _("這裡要填數字")
        if self._decimals == 0 and number != number.to_integral_value():
            return _("這裡要填整數")
        low = self._minimum is not None and number < self._minimum
        high = self._maximum is not None and number > self._maximum
        return _("超出範圍（{bounds}）").format(bounds=self._bounds()) if low or high else ""

    def step(self, by: int) -> None:
        """Go up or down within the bounds."""
        number = (_number(self.value()) or Decimal(0)) + by
        if self._minimum is not None:
            number = max(number, self._minimum)
        if self._maximum is not None:
            number = min(number, self._maximum)
        self.line.setText(f"{number.normalize():f}")
        self.changed.emit()

    def _tidy(self) -> None:
        self.line.show_text(self.value())

    def _bounds(self) -> str:
        if self._minimum is not None and self._maximum is not None:
            return f"{self._minimum.normalize():f}–{self._maximum.normalize():f}"
        if self._maximum is not None:
            return _("最多 {number}").format(number=f"{self._maximum.normalize():f}")
        return _("最少 {number}").format(number=f"{self._minimum.normalize():f}") if self._minimum is not None else ""


class _NumberLine(Line):
    def __init__(self, field: NumberField) -> None:
        super().__init__(field)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.isReadOnly():
            self._field.step(1 if event.key() == Qt.Key.Key_Up else -1)
            return
        super().keyPressEvent(event)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
