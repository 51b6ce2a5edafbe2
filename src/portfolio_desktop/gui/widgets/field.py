"""What a form's field is typed in: every kind of widget behind one face.

    Field   changed()  at every change by the student    left()  when the focus goes away
            value() -> str   show_value(str)             composing() -> bool

`show_value` never emits `changed`. While an input method is composing, `composing` is True: its unfinished text is not in
`value`, and nobody may set the field meanwhile, since that would break off the composing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from portfolio_desktop.gui.widgets.labels import plain_tip

TEXT_MARGIN = 2
"""Pixels that Qt leaves beside the text of a line."""


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


def leave_undo(event: QEvent) -> bool:
    """Leave undo and redo to the window, where a text widget is about to take them: there is one history, the library's."""
    undo_or_redo = (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
    )
    if undo_or_redo:
        event.ignore()
    return undo_or_redo


def leave_files(event: QDragEnterEvent) -> bool:
    """Let dropped files pass to the window, where they are dragged over a text widget; only text may be dropped there."""
    if event.mimeData().hasUrls():
        event.ignore()
    return event.mimeData().hasUrls()


def is_left(event: QFocusEvent) -> bool:
    """Whether losing the focus means that the field was left: not when only a menu or another window came above it."""
    return event.reason() is not Qt.FocusReason.PopupFocusReason


class Line(QLineEdit):
    """A line of text that knows when it is left and when an input method is composing.

    Text that is longer than the line is shortened in its middle until the cursor is in it; its tool tip has the whole.
    """

    left = Signal()
    composing_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window; tell the whole text where it is shortened."""
        if event.type() is QEvent.Type.ToolTip and self.shortened():
            self.setToolTip(plain_tip(self.text()))
        elif event.type() is QEvent.Type.ToolTip and self.toolTip() == plain_tip(self.text()):
            self.setToolTip("")
        return leave_undo(event) or super().event(event)

    def shortened(self) -> str:
        """What is shown of a text that has no room; nothing where it has, or while the cursor is in it."""
        if self.hasFocus() or not self.text():
            return ""
        room = self._room().width()
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= room
        return "" if fits else self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a text that has no room with both its ends."""
        words = self.shortened()
        if not words:
            super().paintEvent(event)
            return
        painter, option = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(self._room(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        end = self.height() if self.isClearButtonEnabled() else TEXT_MARGIN  # the button is as wide as the line is high
        return inside.marginsRemoved(self.textMargins()).adjusted(TEXT_MARGIN, 0, -end, 0)

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
        if is_left(event):
            self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let dropped files pass to the window."""
        if not leave_files(event):
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
