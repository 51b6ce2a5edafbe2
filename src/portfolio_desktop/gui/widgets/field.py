"""What a form's field is typed in: every kind of widget behind one face.

    Field   changed()  at every change by the student    left()  when the focus goes away
            value() -> str   show_value(str)             composing() -> bool

`show_value` never emits `changed`. While an input method is composing, `composing` is True: its unfinished text is not in
`value`, and nobody may set the field meanwhile, since that would break off the composing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class Field(QWidget):
    """The face; the widgets below it fill it."""

    changed = Signal()
    left = Signal()

    def value(self) -> str:
        """What is in the field, as it is stored."""
        raise NotImplementedError

    def show_value(self, value: str) -> None:
        """Put a stored value into the field."""
        raise NotImplementedError

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return False

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be seen and copied but not changed."""
        self.setEnabled(not read_only)

    def note(self) -> str:
        """What the field itself has to say about what was typed (`讀不懂這個日期`), or nothing."""
        return ""


def is_undo_or_redo(event: QEvent) -> bool:
    """Whether a key press about to reach a text widget is undo or redo, which belong to the whole window."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
    )


class Line(QLineEdit):
    """A line of text that knows when it is left and when an input method is composing.

    Undo and redo go to the window: there is one history, the library's.
    """

    left = Signal()
    composing_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if is_undo_or_redo(event):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice when composing begins and ends."""
        super().inputMethodEvent(event)
        composing = bool(event.preeditString())
        if composing is not self.composing:
            self.composing = composing
            self.composing_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, unless only a menu or another window came above it."""
        super().focusOutEvent(event)
        self.composing = False
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let dropped files pass to the window; only text may be dropped here."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def show_text(self, text: str) -> None:
        """Put text in without telling it as a change; the cursor stays where it was."""
        if text == self.text():
            return
        place = self.cursorPosition()
        blocked = self.blockSignals(True)
        self.setText(text)
        self.blockSignals(blocked)
        self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)
