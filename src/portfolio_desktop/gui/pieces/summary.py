"""The summary editor: room to write, a live count with one clear verdict, and nothing that cuts or blocks.

    text -> pieces.summary.count -> 「73 / 100」 + a bar + words: fits | nearly full | too long, and who would refuse it

What an input method is still composing is neither counted nor stored; the count follows when it is committed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout

from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.gui.widgets.field import Field, is_left, leave_files, leave_undo
from portfolio_desktop.gui.widgets.labels import label, mark
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.summary import SummaryCount

LEVELS = {"green": "ok", "amber": "warning", "red": "error"}


class SummaryText(QPlainTextEdit):
    """Plain text that knows when it is left and when an input method is composing; undo belongs to the window."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("summary")
        self.setTabChangesFocus(True)
        self.composing = False

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
    """The editor as a field; `count` and `tidy` are the program's own counting and cleaning."""

    def __init__(
        self, name: str, icons: Icons, count: Callable[[str], SummaryCount], tidy: Callable[[str], str]
    ) -> None:
        super().__init__()
        self._icons = icons
        self._count = count
        self._tidy = tidy
        self._last = ""
        self.text = SummaryText()
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(_("做了什麼——我做了哪些、學到什麼——接下來往哪裡走"))
        self.text.setMinimumHeight(132)
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
        self._lay_out()
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._text_changed)
        self.text.left.connect(self.left)
        self._recount()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addWidget(self.picture)
        head.addWidget(self.verdict, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.details, 1)
        foot.addWidget(self.tidy_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        layout.addLayout(head)
        layout.addLayout(foot)

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
        self._recount()

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
        self._recount()
        self.changed.emit()

    def _tidy_up(self) -> None:
        text = self._tidy(self.value())
        if text == self.value():
            return
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.left.emit()

    def _recount(self) -> None:
        counted = self._count(self.value())
        level = LEVELS[counted.level]
        self.number.setText(f"{counted.strict} / {counted.limit}")
        mark(self.number, "level", level)
        self._icons.dress(self.picture, level, level, 18)
        self.verdict.setText(self._words(counted))
        mark(self.verdict, "level", level)
        self.bar.setRange(0, counted.limit)
        self.bar.setValue(min(counted.strict, counted.limit))
        mark(self.bar, "level", level)
        self.details.setText("・".join(_countings(counted)))
        self.tidy_button.setEnabled(self._tidy(self.value()) != self.value())

    @staticmethod
    def _words(counted: SummaryCount) -> str:
        if not counted.strict:
            return _("還沒寫")
        if counted.level == "red":
            over = counted.strict - counted.limit
            return _("超過 {over} 字，有的平臺會退回；請自己刪到 {limit} 字以內").format(over=over, limit=counted.limit)
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
