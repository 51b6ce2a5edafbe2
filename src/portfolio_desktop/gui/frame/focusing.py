"""Decides where the keyboard is when what had it has gone: where one was before, else at what the page is about.

message answered, several pieces changed, search given up, piece found by the palette ─▶ back to where one was | the list
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from portfolio_desktop.gui.parts import Parts


class Focusing(QObject):
    """The controller of the keyboard's place."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._before: QWidget | None = None
        self._chosen: list[str] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        parts.window.banner.answered.connect(self._back)
        parts.window.search_left.connect(self._leave_search)

    def home(self) -> None:
        """Be at what the page is about: the list of pieces where it has any, else the sections."""
        page = self._parts.page
        at = page.view() if page.view().isVisible() else self._parts.sections
        at.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_search(self) -> None:
        """Be where one was before something was looked for, unless something that was found is chosen."""
        self.home()
        there = [id_ for id_ in self._chosen if self._parts.model.place(id_) is not None]
        if there and not self._parts.page.table.selected_ids():
            self._parts.page.table.select(there)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        banner = self._parts.window.banner
        if new is self._parts.window.search:
            self._chosen = self._parts.page.table.selected_ids()
        if new is not None and banner.isAncestorOf(new) and (old is None or not banner.isAncestorOf(old)):
            self._before = old

    def _back(self) -> None:
        window, before = self._parts.window, self._before
        now = window.focusWidget()
        if not window.banner.isAncestorOf(now):
            return
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.home()
