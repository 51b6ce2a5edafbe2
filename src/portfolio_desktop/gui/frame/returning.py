"""The way back: from a piece, or some of them, to the page that led there, and to where the keyboard was on it.

visit: came ─▶ … ─▶ offer ─▶ 「回到勾選」 above the list, Esc, Alt+Left, the mouse's button
                             another section chosen, another library ─▶ forgotten
"""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget

from portfolio_desktop.gui.frame.sections import PIECE_SECTIONS
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.pieces.bar import Bar
from portfolio_desktop.messages import _


@dataclass(frozen=True, slots=True)
class Came:
    """Where one was: the section, its name, and what had the keyboard."""

    section: str
    name: str
    focus: QWidget | None


class Returning(QObject):
    """The controller of the way back; there is one only while pieces are shown that another page led to."""

    def __init__(self, parts: Parts, bar: Bar) -> None:
        super().__init__(parts.page)
        self._parts, self._bar = parts, bar
        self._came: Came | None = None
        self._seen: QWindow | None = None
        bar.back_asked.connect(self.back)
        parts.sections.chosen.connect(lambda _section: self.forget())
        parts.page.installEventFilter(self)

    def here(self) -> Came | None:
        """Where one is now; None among pieces, where one can see the way already."""
        sections, page = self._parts.sections, self._parts.window.pages.currentWidget()
        if sections.section() in PIECE_SECTIONS or page is None:
            return None
        return Came(sections.section(), sections.name(), page.focusWidget())

    def offer(self, came: Came | None) -> None:
        """Offer the way back to where one was."""
        self._came = came
        self._listen()
        self._bar.show_back(_("回到「{section}」").format(section=came.name) if came is not None else "")
        if came is not None and not self._parts.page.isAncestorOf(self._parts.window.focusWidget()):
            self._parts.page.view().setFocus()

    def _listen(self) -> None:
        """Hear of the mouse's buttons before lists and fields do, which would keep them to themselves."""
        if self._seen is not None and shiboken6.isValid(self._seen):
            self._seen.removeEventFilter(self)
        self._seen = self._parts.window.windowHandle() if self._came is not None else None
        if self._seen is not None:
            self._seen.installEventFilter(self)

    def forget(self) -> None:
        """There is no way back any more: another one was taken."""
        self.offer(None)

    def back(self) -> None:
        """Go back."""
        came = self._came
        if came is None:
            return
        self._parts.sections.go(came.section)
        focus = came.focus
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back with the mouse's own button, and with Escape where nothing on the page had another use for it."""
        page = self._parts.page
        wanted = _is_escape(event) if watched is page else _is_back(event) and page.isVisible() and page.isEnabled()
        if self._came is not None and wanted:
            self.back()
            return True
        return super().eventFilter(watched, event)


def _is_back(event: QEvent) -> bool:
    is_press = isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress
    return is_press and isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.BackButton


def _is_escape(event: QEvent) -> bool:
    is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
    return is_press and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
