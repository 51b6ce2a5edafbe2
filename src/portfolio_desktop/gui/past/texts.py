"""Every text that a piece had: which field, which of its texts, and that text with what has changed since then marked.

Struck out: stands only in the earlier text. Underlined: stands only in the present one. The colours only repeat that.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QTextCharFormat
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.past.difference import Part
from portfolio_desktop.gui.past.work import Past
from portfolio_desktop.gui.widgets.choice import Choice
from portfolio_desktop.gui.widgets.labels import label
from portfolio_desktop.gui.widgets.rows import foot
from portfolio_desktop.gui.words import when_words
from portfolio_desktop.library.records import TextVersion
from portfolio_desktop.messages import _

SHOWN_AT_ONCE = 6
FIRST = ("summary", "title")
"""Fields that are offered before the others."""


class TextsView(QWidget):
    """Shows the texts, or those of `only` one field; asks with signals.

    `compare_asked` wants `show_parts` with the difference of the two texts.
    """

    compare_asked = Signal(str, str)
    use_asked = Signal(object)

    def __init__(self, icons: Icons, theme: Theme, only: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._only = only
        self._past: Past | None = None
        self._parts: Sequence[Part] = ()
        self._shown: list[TextVersion] = []
        self.field = Choice(_("欄位"))
        self.field.currentIndexChanged.connect(lambda _place: self._fill())
        self.list = QListWidget()
        self.list.setObjectName("versions")
        self.list.setAccessibleName(_("歷來的文字"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.marked = QCheckBox(_("標出和現在不同的地方"))
        self.marked.setChecked(True)
        self.marked.setToolTip(_("刪除線：現在沒有了。底線：後來才有的。"))
        self.marked.toggled.connect(lambda _on: self._show())
        self.legend = label(_("刪除線＝現在沒有了　底線＝後來才有的"), "small", wrap=True)
        self.text = QTextEdit()
        self.text.setObjectName("reading")
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setAccessibleName(_("那時的文字"))
        self.copy_button = QPushButton(_("複製"))
        self.copy_button.setToolTip(_("複製那時的整段文字"))
        icons.dress(self.copy_button, "copy")
        self.copy_button.clicked.connect(self._copy)
        self.use_button = QPushButton(_("用回這段文字"))
        icons.dress(self.use_button, "restore")
        self.use_button.clicked.connect(self._use)
        theme.changed.connect(self._redraw)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        name = label(_("欄位"))
        name.setBuddy(self.field)
        for widget in (name, self.field):
            widget.setVisible(not self._only)
        head.addWidget(name)
        head.addWidget(self.field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addWidget(self.marked)
        layout.addWidget(self.legend)
        layout.addWidget(self.text, 1)
        layout.addLayout(foot(self.copy_button, self.use_button))
        for before, after in pairwise(
            (self.field, self.list, self.marked, self.text, self.copy_button, self.use_button)
        ):
            self.setTabOrder(before, after)

    def show_past(self, past: Past) -> None:
        """Offer the fields that had texts; the field and the text that are shown stay shown where they are still there."""
        chosen = self._chosen()
        self._past = past
        fields = dict.fromkeys(text.field for text in past.texts if self._only in ("", text.field))
        ordered = [*(name for name in FIRST if name in fields), *(name for name in fields if name not in FIRST)]
        counts = {name: sum(text.field == name for text in past.texts) for name in ordered}
        self.field.fill(
            (name, _("{field}（{count}）").format(field=past.names.field(name), count=counts[name])) for name in ordered
        )
        if self.field.code() not in fields:
            self.field.choose(ordered[0] if ordered else "")
        self._fill(chosen.id if chosen else "")

    def show_text(self, text_id: str) -> None:
        """Show one text by its id."""
        self.field.choose(text_id.rpartition("@")[0])
        self._fill(text_id)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show a text with its marks; nothing is marked where all parts are the same."""
        self._parts = parts
        self.text.clear()
        cursor = self.text.textCursor()
        for part in parts:
            cursor.insertText(visible(part.text, lines=True), self._look(part))
        chosen = self._chosen()
        self.text.setAccessibleDescription(_said(parts) if chosen and not chosen.current else "")
        self.text.moveCursor(cursor.MoveOperation.Start)

    def _redraw(self) -> None:
        self.show_parts(self._parts)

    def _look(self, part: Part) -> QTextCharFormat:
        form, colours = QTextCharFormat(), self._theme.colours
        if part.kind == "gone":
            form.setFontStrikeOut(True)
            form.setForeground(QColor(colours.error))
            form.setBackground(QColor(colours.error_soft))
        elif part.kind == "come":
            form.setFontUnderline(True)
            form.setForeground(QColor(colours.ok))
            form.setBackground(QColor(colours.ok_soft))
        else:
            form.setForeground(QColor(colours.text))
        return form

    def _fill(self, chosen: str = "") -> None:
        past, field = self._past, self.field.code()
        if past is None:
            return
        blocked = self.list.blockSignals(True)
        self.list.clear()
        texts = self._shown = [text for text in past.texts if text.field == field]
        for text in texts:
            item = QListWidgetItem(_words(text, past.names.value(field, text.text)))
            self.list.addItem(item)
        place = next((at for at, text in enumerate(texts) if text.id == chosen), None)
        earlier = next((at for at, text in enumerate(texts) if not text.current), 0)
        self.list.setCurrentRow(earlier if place is None else place)
        self.list.blockSignals(blocked)
        rows = max(1, min(SHOWN_AT_ONCE, len(texts)))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 8) + 8)
        self._show()

    def _show(self) -> None:
        chosen = self._chosen()
        earlier = chosen is not None and not chosen.current
        self.use_button.setEnabled(earlier and self._past is not None and not self._past.locked)
        self.copy_button.setEnabled(chosen is not None)
        self.marked.setEnabled(earlier)
        self.legend.setVisible(earlier and self.marked.isChecked())
        if chosen is None:
            self.show_parts(())
        elif earlier and self.marked.isChecked():
            self.compare_asked.emit(chosen.text, self._present())
        else:
            self.show_parts((Part("same", chosen.text),))

    def _present(self) -> str:
        field = self.field.code()
        return next((t.text for t in self._past.texts if t.field == field and t.current), "") if self._past else ""

    def _chosen(self) -> TextVersion | None:
        place = self.list.currentRow()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _use(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.use_asked.emit(chosen)

    def _copy(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            QGuiApplication.clipboard().setText(chosen.text)


def moment_words(when: str) -> str:
    """When something came; before the log began nobody wrote it down."""
    return when_words(when) if when else _("一開始")


def _words(text: TextVersion, value: str) -> str:
    when = moment_words(text.when)
    shown = _("現在的（{when}）").format(when=when) if text.current else when
    return _("{when}　{count} 字　{start}").format(when=shown, count=len(value), start=_start(value))


def _start(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= 16 else f"{line[:16]}…"


def _said(parts: Sequence[Part]) -> str:
    """The marks in words, for whoever cannot see them."""
    marks = {"gone": _("現在沒有了：{text}"), "come": _("後來才有的：{text}")}
    return "；".join(marks[part.kind].format(text=part.text) for part in parts if part.kind in marks)
