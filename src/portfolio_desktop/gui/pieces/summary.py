"""The summary editor: room to write, a live count with one clear verdict, and nothing that cuts or blocks.

    text -> pieces.breakdown.look -> 「73 / 100」 + a bar + words: fits | nearly full | too long, and who would refuse it
                                     what runs over is underlined, from the first character on that has no room

What an input method is still composing is neither counted nor stored; the count follows when it is committed. The same
field is written in small, among the others of its form, and in large (gui/summary), where it is lent to.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QProgressBar, QPushButton, QTextEdit, QVBoxLayout

from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.widgets.field import Field, is_left, leave_files, leave_undo
from portfolio_desktop.gui.widgets.fold import Fold
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.breakdown import Breakdown
from portfolio_desktop.pieces.summary import SummaryCount

Look = Callable[[str], Breakdown]
LINES = 5
"""Lines that the small editor shows at least."""
ROOM = 30
"""Characters of width from which on the button stands beside the countings."""
LEVELS = {"green": "ok", "amber": "warning", "red": "error"}


class SummaryText(QPlainTextEdit):
    """Plain text that knows when it is left and when an input method is composing; undo belongs to the window."""

    left = Signal()
    enlarge_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("summary")
        self.setTabChangesFocus(True)
        self.composing = False
        self._beyond = -1

    def show_beyond(self, place: int) -> None:
        """Underline what stands behind a place, in UTF-16 units; nothing where the text ends before it."""
        self._beyond = place
        marked: list[QTextEdit.ExtraSelection] = []
        if 0 <= place < self.document().characterCount() - 1:
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(self.palette().color(QPalette.ColorRole.BrightText))
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, form
            marked.append(selection)
        self.setExtraSelections(marked)

    def changeEvent(self, event: QEvent) -> None:
        """Underline in the colours of the appearance in force, and be high enough for some lines of the letters in force."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.show_beyond(self._beyond)
        elif event.type() is QEvent.Type.FontChange:
            self.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for more room with F2."""
        if event.key() == Qt.Key.Key_F2:
            self.enlarge_asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        return leave_undo(event) or super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice when composing begins and ends."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text was left."""
        super().focusOutEvent(event)
        self.composing = False
        if is_left(event):
            self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let dropped files pass to the window."""
        if not leave_files(event):
            super().dragEnterEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text; pasted files are not text."""
        if source.hasText() and not source.hasUrls():
            super().insertFromMimeData(source)


class SummaryField(Field):
    """The editor as a field; `look` and `tidy` are the program's own counting and cleaning.

    `counted` tells the text taken apart, at every change; `enlarge_asked`, that somebody wants more room.
    """

    counted = Signal(object)
    enlarge_asked = Signal()

    def __init__(
        self, name: str, icons: Icons, look: Look, tidy: Callable[[str], str], *, required: bool = False
    ) -> None:
        super().__init__()
        self._icons = icons
        self._required = required
        self._large = self._blank = False
        self._look = look
        self._tidy = tidy
        self._last = ""
        self.text = SummaryText()
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(_("做了什麼——我做了哪些、學到什麼——接下來往哪裡走"))
        self.number = label(role="heading")
        self.picture = QLabel()
        self.verdict = label(wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("簡述的長度"))
        self.details = label(role="small", wrap=True)
        self.tidy_button = QPushButton(_("整理空白與換行"))
        icons.dress(self.tidy_button, "tidy")
        self.tidy_button.setToolTip(_("拿掉多餘的空白和換行，不動文字"))
        self.tidy_button.clicked.connect(self._tidy_up)
        self.enlarge_button = QPushButton(_("放大來寫"))
        self.enlarge_button.setProperty("plain", "true")
        icons.dress(self.enlarge_button, "expand")
        self.enlarge_button.setToolTip(_("用整個頁面寫簡述，旁邊有提示和先前的版本（F2）"))
        self.enlarge_button.clicked.connect(self.enlarge_asked)
        self._lay_out()
        self.set_large(large=False)
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._text_changed)
        self.text.left.connect(self.left)
        self.text.enlarge_asked.connect(self.enlarge_asked)
        self.recount()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addWidget(self.picture)
        head.addWidget(self.verdict, 1)
        foot = Fold(ROOM)
        foot.add(self.details, 1)
        foot.add(self.tidy_button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        layout.addLayout(head)
        layout.addWidget(foot)

    def set_large(self, *, large: bool) -> None:
        """Be written in large letters on a page of its own, which tells the countings itself, or among other fields."""
        mark(self.text, "large", "true" if large else None)
        mark(self.number, "role", "title" if large else "heading")
        self._large = large
        self._show_details()

    def _show_details(self) -> None:
        self.details.setVisible(not self._large and not self._blank)

    def begin_writing(self) -> None:
        """Go on where the text ends, unless the cursor stands somewhere in it."""
        if not self.text.textCursor().position():
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    def value(self) -> str:
        """The committed text, exactly as written."""
        return self.text.toPlainText()

    def show_value(self, value: str) -> None:
        """Put a text in; the cursor stays where it was as far as there is text."""
        if value == self.value():
            return
        place = self.text.textCursor().position()
        blocked = self.text.blockSignals(True)
        self.text.setPlainText(value)
        self.text.blockSignals(blocked)
        if self.text.hasFocus():
            cursor = self.text.textCursor()
            cursor.setPosition(min(place, len(value.encode("utf-16-le")) // 2))
            self.text.setTextCursor(cursor)
        self._last = value
        self.recount()

    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self.text.composing

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be copied but not changed."""
        self.text.setReadOnly(read_only)
        self.tidy_button.setVisible(not read_only)

    def _text_changed(self) -> None:
        # Composing also makes Qt report a change, though no text was committed.
        if self.value() == self._last:
            return
        self._last = self.value()
        self.recount()
        self.changed.emit()

    def _tidy_up(self) -> None:
        text = self._tidy(self.value())
        if text == self.value():
            return
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.left.emit()

    def recount(self) -> None:
        """Count again, by the rules in force: they may be those of another year."""
        seen = self._look(self.value())
        counted = seen.counted
        self._blank = seen.blank
        level = LEVELS[counted.level]
        shown = None if seen.blank else level
        self.number.setText(f"{counted.strict} / {counted.limit}")
        mark(self.number, "level", shown)
        self._icons.dress(self.picture, level, level, 18)
        self.picture.setVisible(not seen.blank)
        self.verdict.setText(self._words(seen))
        mark(self.verdict, "level", shown)
        mark(self.verdict, "role", "quiet" if seen.blank else None)
        self.bar.setRange(0, counted.limit)
        self.bar.setValue(min(counted.strict, counted.limit))
        mark(self.bar, "level", shown)
        self.details.setText("・".join(_countings(counted)))
        self._show_details()
        self.tidy_button.setEnabled(self._tidy(self.value()) != self.value())
        self.text.show_beyond(seen.fits)
        self.text.setAccessibleDescription(self.verdict.text())
        self.counted.emit(seen)

    def _words(self, seen: Breakdown) -> str:
        counted = seen.counted
        if seen.blank:
            return _("還沒寫，這一欄一定要寫") if self._required else _("還沒寫")
        if counted.level == "red":
            over = counted.strict - counted.limit
            return _("超過 {over} 字（畫線的部分），有的平臺會退回；要刪哪些由你決定").format(over=over)
        if counted.level == "amber":
            return _("快滿了，還能寫 {left} 字").format(left=counted.limit - counted.strict)
        return _("放得下，還能寫 {left} 字").format(left=counted.limit - counted.strict)


def _countings(counted: SummaryCount) -> list[str]:
    """Every known counting with its number, and a word where it would refuse the text."""
    numbers = {
        "code_points": _("逐字算 {count}").format(count=counted.code_points),
        "utf16": _("瀏覽器算 {count}").format(count=counted.utf16),
        "bytes": _("舊平臺算 {count}（{bytes} 位元組）").format(count=counted.thirds, bytes=counted.bytes),
    }
    return [
        _("{counting}，會退回").format(counting=words) if name in counted.refused_by else words
        for name, words in numbers.items()
    ]
