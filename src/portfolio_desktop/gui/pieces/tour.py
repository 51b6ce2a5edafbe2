"""From one thing that is wrong to the next: a button that brings each into view in turn.

    places of the editor from top to bottom + findings -> stops -> 「到下一個要補的地方」, F8

Errors and warnings are stops; where there are none, hints are. A place with several of them is one stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from portfolio_desktop.findings.finding import Finding
from portfolio_desktop.gui.appearance.icons import Icons
from portfolio_desktop.messages import _


def stops(places: Sequence[str], findings: Iterable[Finding]) -> tuple[str, ...]:
    """The places with something to mend, from top to bottom."""
    wanted = {finding.about for finding in findings}
    return tuple(place for place in places if place in wanted)


class Tour(QPushButton):
    """The button; `stop_asked` names the place to go to."""

    stop_asked = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._stops: tuple[str, ...] = ()
        self._last = ""
        self.setProperty("plain", "true")
        icons.dress(self, "down", side=16)
        self.setText(_("到下一個要補的地方"))
        self.clicked.connect(self.go_on)
        self.hide()

    def show_findings(self, places: Sequence[str], findings: Sequence[Finding], *, anew: bool) -> None:
        """Count other places; `anew` begins at the top again."""
        serious = stops(places, (finding for finding in findings if finding.severity != "hint"))
        self._stops = serious or stops(places, findings)
        if anew:
            self._last = ""
        words = (
            _("還有 {count} 個地方要補；到下一個（F8）") if serious else _("有 {count} 個地方可以更好；到下一個（F8）")
        )
        self.setToolTip(words.format(count=len(self._stops)))
        self.setVisible(bool(self._stops))

    def go_on(self) -> None:
        """Ask for the place after the one that was shown last, the first one after the last."""
        if not self._stops:
            return
        place = self._stops.index(self._last) + 1 if self._last in self._stops else 0
        self._last = self._stops[place % len(self._stops)]
        self.stop_asked.emit(self._last)
