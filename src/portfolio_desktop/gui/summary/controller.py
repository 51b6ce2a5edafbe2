"""Decides about the summary in large: lend it the editor's own field, follow the piece, go back when it is another one.

    F2 · 放大來寫 ─▶ open ─▶ the field moves to the page        Escape · another piece, page or form ─▶ close ─▶ it is back

What is typed goes the way of every field (pieces/writing.py): nothing is kept, counted or undone here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from portfolio_desktop.gui.past import work
from portfolio_desktop.gui.past.work import Past
from portfolio_desktop.gui.pieces.editor import Editor
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.summary.page import EARLIER, SummaryPage
from portfolio_desktop.gui.summary.versions import worth_showing
from portfolio_desktop.messages import _

SUMMARY = "summary"


class SummaryDesk(QObject):
    """The controller of the page; `pages` is the stack that it stands in, `home` the page to go back to."""

    def __init__(
        self,
        session: Session,
        page: SummaryPage,
        editor: Editor,
        pages: QStackedWidget,
        home: QWidget,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._session, self.page, self._editor = session, page, editor
        self._pages, self._home, self._flush = pages, home, flush
        self._row: Row | None = None
        self._stale = True
        page.back_asked.connect(self.close)
        page.earlier_asked.connect(self._read)
        page.findings.mend_asked.connect(editor.mend_asked)
        pages.currentChanged.connect(self._turned)
        editor.form_shown.connect(self._form_changed)

    @property
    def is_open(self) -> bool:
        """Whether the summary is written in large now."""
        return self.page.field is not None

    def open(self) -> None:
        """Write the summary of the piece that is shown in large, where it has one."""
        if self._row is None or self.is_open or not self._borrow():
            return
        self._show_row(self._row)
        self._pages.setCurrentWidget(self.page)
        field = self.page.field
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.begin_writing()

    def close(self) -> None:
        """Put the text back into its form, and go back to it."""
        if self.is_open:
            self._leave()
            self._editor.go_to(SUMMARY)

    def _leave(self) -> None:
        here = self._pages.currentWidget() is self.page
        self._flush()
        self._give_back()
        if here:
            self._pages.setCurrentWidget(self._home)

    def show(self, row: Row | None) -> None:
        """Follow the piece that is chosen; another one closes the page."""
        other = row is None or self._row is None or row.id != self._row.id
        self._row, self._stale = row, True
        if not self.is_open:
            return
        if other or row is None or row.piece.trashed:
            self._leave()
        else:
            self._show_row(row)

    def _show_row(self, row: Row) -> None:
        page = self.page
        page.heading.setText(row.piece.title or _("（沒有標題）"))
        page.held.show_piece(row.piece)
        page.guide.show_category(row.piece.category)
        page.findings.show_findings(self._editor.shown_findings(SUMMARY))
        page.findings.set_read_only(self._session.read_only)
        if page.bar.currentIndex() == EARLIER:
            self._read()

    def _borrow(self) -> bool:
        field = self._editor.lend_summary()
        if field is not None:
            self.page.take(field)
        return field is not None

    def _give_back(self) -> None:
        if self.page.give_back() is not None:
            self._editor.take_summary_back()

    def _form_changed(self) -> None:
        """The piece is of another category now: its summary stands in another form."""
        if self.is_open:
            self._give_back()
            if not self._borrow():
                self._pages.setCurrentWidget(self._home)

    def _turned(self, _place: int) -> None:
        if self.is_open and self._pages.currentWidget() is not self.page:
            self._give_back()

    def _read(self) -> None:
        """Earlier texts are looked at: what is being typed is kept first, and so is the first of them."""
        if self._row is None or self._session.shelf is None:
            return
        if self._stale:
            self._stale = False
            self._session.ask("", work.read, self._row.id, done=self._show_past)
        else:
            self.page.show_earlier(some=self.page.texts.list.count() > 0)

    def _show_past(self, past: Past) -> None:
        if self._row is not None and past.id == self._row.id:
            texts = worth_showing([text for text in past.texts if text.field == SUMMARY])
            self.page.texts.show_past(replace(past, texts=texts))
            self.page.show_earlier(some=bool(texts))
