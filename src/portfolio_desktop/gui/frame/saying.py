"""Decides how long a message stays below the page: it must never push, cover or outlive what it is about.

    ok, hint       gone when another page comes; good news with nothing to do about them leave by themselves
    wait           something waits for an answer: stays on every page until it is answered or replaced
    warning        gone when another page comes
    error          stays until it is closed or replaced

What is said in the same turn as a page comes belongs to that page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from portfolio_desktop.gui.frame.sections import Sections
from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.messages import _

GOOD_NEWS_MILLISECONDS = 9000
LASTING = frozenset({"wait", "error"})
AROUND = 24
"""Pixels that stay to be seen above and below the place of writing."""


class Saying(QObject):
    """The controller of the message below the page."""

    def __init__(self, window: MainWindow, sections: Sections) -> None:
        super().__init__(window)
        self._window, self._sections, self._banner = window, sections, window.banner
        self._level = ""
        self._page: tuple[object, ...] | None = None
        self._steps: tuple[object, object] | None = None
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self._leave)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle)
        sections.chosen.connect(lambda _name: self._turn())
        window.pages.currentChanged.connect(lambda _place: self._turn())
        window.root.currentChanged.connect(lambda _place: self._turn())

    def say(self, level: str, text: str, deed: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show a sentence, in place of the one before."""
        seen = None if self._banner.isVisible() else self._in_sight()
        self._level, self._page, self._steps = level, None, None
        self._banner.say(text, level, deed)
        self._announce(text)
        self._settling.start(0)
        if level == "ok" and deed is None:
            self._leaving.start(GOOD_NEWS_MILLISECONDS)
        else:
            self._leaving.stop()
        if seen is not None:
            QTimer.singleShot(0, self, lambda: self._keep_in_sight(seen))

    def changed(self) -> None:
        """Something was changed by hand: what an offered undo would take back is not what the sentence says any more."""
        if self._banner.button.text() in (_("復原"), _("重做")):
            self._banner.drop_deed()
            if self._level == "ok":
                self._leaving.start(GOOD_NEWS_MILLISECONDS)

    def steps(self, undo: object, redo: object) -> None:
        """What undo and redo would do now: the first told after a sentence is its own, any other comes of another change."""
        if self._steps is not None and self._steps != (undo, redo):
            self.changed()
        self._steps = undo, redo

    def _announce(self, text: str) -> None:
        """Tell those who do not see it: it takes no focus, so that nothing else would."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._banner, text))

    def _leave(self) -> None:
        if self._banner.underMouse():  # it is being read
            self._leaving.start(GOOD_NEWS_MILLISECONDS)
        else:
            self._banner.hide()

    def _here(self) -> tuple[object, ...]:
        window = self._window
        return window.root.currentWidget(), window.pages.currentWidget(), self._sections.section()

    def _settle(self) -> None:
        self._page = self._here()

    def _turn(self) -> None:
        if self._page is not None and self._level not in LASTING and self._page != self._here():
            self._banner.hide()

    def _in_sight(self) -> QWidget | None:
        """What has the focus on the page, where it can be seen: the message makes the page a little lower."""
        one = QApplication.focusWidget()
        if one is None or not self._window.pages.isAncestorOf(one):
            return None
        return one if one.visibleRegion().contains(_middle(one)) else None

    def _keep_in_sight(self, one: QWidget) -> None:
        if one is not QApplication.focusWidget():
            return
        if isinstance(one, QAbstractItemView):
            one.scrollTo(one.currentIndex())
        for area, inside in _areas(one):
            at = one.mapTo(inside, _middle(one))
            area.ensureVisible(area.horizontalScrollBar().value(), at.y(), 0, AROUND)


def _middle(one: QWidget) -> QPoint:
    """Where in a widget one is: at the cursor, at the chosen line, else in its middle."""
    if isinstance(one, QAbstractItemView):
        return one.visualRect(one.currentIndex()).center()
    if one.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
        place = one.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        if isinstance(place, QRectF):
            return place.toRect().center()
        if isinstance(place, QRect):
            return place.center()
    return one.rect().center()


def _areas(one: QWidget) -> Iterator[tuple[QScrollArea, QWidget]]:
    """The areas that a widget is scrolled in, each with what it scrolls."""
    parent = one.parentWidget()
    while parent is not None:
        inside = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inside is not None:
            yield parent, inside
        parent = parent.parentWidget()
