"""The log of one piece as a page to read: days as headings, a line a change, links to the texts and files that it brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.appearance.theme import Theme
from portfolio_desktop.gui.past.days import Day, Deed, state_words
from portfolio_desktop.library.holding import account
from portfolio_desktop.messages import _

INDENT = 18
TEXT_LINK, FILE_LINK = "text:", "file:"


class Timeline(QTextBrowser):
    """Days and what was done on them; a link asks for a text or a file by its id."""

    text_asked = Signal(str)
    file_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: Sequence[Day] = ()
        self._more = 0
        self.setObjectName("timeline")
        self.setAccessibleName(_("修改紀錄"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(lambda url: self._follow(url.toString()))
        theme.changed.connect(self._redraw)

    def show_days(self, days: Sequence[Day], more: int = 0) -> None:
        """Show the log, and that `more` changes are older; where one reads stays where it is."""
        self._days, self._more = days, more
        place = self.verticalScrollBar().value()
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for number, day in enumerate(days):
            self._block(cursor, first=number == 0, top=14 if number else 2, bottom=4)
            cursor.insertText(day.heading, self._look("text", bold=True))
            for deed in day.deeds:
                self._write(cursor, deed)
        if more > 0:
            self._block(cursor, top=14)
            cursor.insertText(_("更早還有 {count} 筆修改。").format(count=more), self._look("quiet"))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(place)

    def _redraw(self) -> None:
        self.show_days(self._days, self._more)

    def _write(self, cursor: QTextCursor, deed: Deed) -> None:
        self._block(cursor, top=5, indent=INDENT)
        undone = state_words(deed.state)
        cursor.insertText(f"{deed.time}　", self._look("quiet"))
        cursor.insertText(visible(deed.sentence), self._look("quiet" if undone else "text"))
        if undone:
            cursor.insertText(_("　（{state}）").format(state=undone), self._look("quiet"))
        if deed.who and deed.who != account():  # who it was is worth a word only where it was somebody else
            cursor.insertText(_("　（電腦帳號：{who}）").format(who=deed.who), self._look("quiet"))
        for line in deed.lines:
            self._block(cursor, indent=INDENT * 3)
            cursor.insertText(visible(line), self._look("quiet"))
        links = [(TEXT_LINK + one, _("看這段文字")) for one in deed.texts]
        links += [(FILE_LINK + one, _("看這個檔案")) for one in deed.files]
        if links:
            self._block(cursor, indent=INDENT * 3)
        for place, (address, words) in enumerate(links):
            if place:
                cursor.insertText("　", self._look("quiet"))
            cursor.insertText(words, self._link(address))

    def _block(
        self, cursor: QTextCursor, *, first: bool = False, top: int = 0, bottom: int = 0, indent: int = 0
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(top)
        form.setBottomMargin(bottom)
        form.setLeftMargin(indent)
        form.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if first:
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form)

    def _look(self, tone: str, *, bold: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(QColor(getattr(self._theme.colours, tone)))
        if bold:
            form.setFontWeight(QFont.Weight.DemiBold)
        return form

    def _link(self, address: str) -> QTextCharFormat:
        form = self._look("accent")
        form.setAnchor(True)
        form.setAnchorHref(address)
        form.setFontUnderline(True)
        return form

    def _follow(self, address: str) -> None:
        if address.startswith(TEXT_LINK):
            self.text_asked.emit(address.removeprefix(TEXT_LINK))
        elif address.startswith(FILE_LINK):
            self.file_asked.emit(address.removeprefix(FILE_LINK))
