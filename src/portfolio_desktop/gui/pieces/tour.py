"""From one thing that is wrong to the next: a button that counts them, and brings each into view in turn.

    places of the editor from top to bottom + findings -> stops -> 「還有 3 處要處理」, F8

Errors and warnings are stops; where there are none, hints are. A place with several of them is one stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.icons import Icons
from portfolio_desktop.messages import _


def stops(places: Sequence[str], findings: Iterable[Finding]) -> tuple[str, ...]:
    """The places with something to mend, from top to bottom."""
    told = [finding for finding in findings if finding.about in places]
    serious = {finding.about for finding in told if finding.severity != "hint"}
    wanted = serious or {finding.about for finding in told}
    return tuple(place for place in places if place in wanted)


class Tour(QPushButton):
    """The button; `stop_asked` names the place to go to. Its key works anywhere in `around`."""

    stop_asked = Signal(str)

    def __init__(self, icons: Icons, around: QWidget) -> None:
        super().__init__()
        self._stops: tuple[str, ...] = ()
        self._last = ""
        self.setProperty("plain", "true")
        icons.dress(self, "down", side=16)
        self.setToolTip(_("到下一個要處理的地方（F8）"))
        self.clicked.connect(self.go_on)
        key = QShortcut(QKeySequence(Qt.Key.Key_F8), around)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.go_on)
        self.hide()

    def show_stops(self, places: tuple[str, ...], *, anew: bool) -> None:
        """Count other places; `anew` begins at the top again."""
        self._stops = places
        if anew:
            self._last = ""
        self.setText(_("還有 {count} 處可以看看").format(count=len(places)))
        self.setVisible(bool(places))

    def go_on(self) -> None:
        """Ask for the place after the one that was shown last, the first one after the last."""
        if not self._stops:
            return
        place = self._stops.index(self._last) + 1 if self._last in self._stops else 0
        self._last = self._stops[place % len(self._stops)]
        self.stop_asked.emit(self._last)
