"""Keeps an eye on the open library: what a dirty end left behind, a fiftieth of the bytes at each start, and the alarm.

    filled ─▶ started (lane): problems after a crash, or of an earlier check     ─▶ alarm
           ─▶ roll (beside): the next fiftieth of the bytes                      ─▶ alarm
    the page 安全 ── faults_changed ──▶ alarm: on, or off after a clean check

All of it is quiet unless something is wrong, and late enough to be in nobody's way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.gui.parts import Parts
from portfolio_desktop.gui.session import Session
from portfolio_desktop.messages import _

if TYPE_CHECKING:
    from portfolio_desktop.gui.safekeeping.safety import Fault
    from portfolio_desktop.gui.widgets.alarm import Alarm

# By name: the checks' modules are not wanted at the start.
WORK = "portfolio_desktop.gui.safekeeping.work"
STARTED_MILLISECONDS = 400
ROLLING_MILLISECONDS = 20_000
NAMED = 3
"""Pieces that the alarm names."""


class Watch(QObject):
    """The controller of the alarm; `mend_asked` and `show_asked` are its two ways out."""

    mend_asked = Signal()
    show_asked = Signal()

    def __init__(self, session: Session, parts: Parts, alarm: Callable[[], Alarm]) -> None:
        super().__init__(parts.window)
        self._session, self._parts, self._make = session, parts, alarm
        self._alarm: Alarm | None = None
        self._new = False
        self._started, self._rolling = QTimer(self), QTimer(self)
        for timer, pause, deed in (
            (self._started, STARTED_MILLISECONDS, self._look),
            (self._rolling, ROLLING_MILLISECONDS, self._roll),
        ):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(deed)
        session.opened.connect(lambda _shelf: self._opened())

    def filled(self) -> None:
        """The library's pieces are on the screen: from now on there is time."""
        if self._new:
            self._new = False
            self._started.start()
            self._rolling.start()

    def left(self) -> None:
        """No library is open any more."""
        self._started.stop()
        self._rolling.stop()
        self.show(())

    def show(self, faults: Sequence[Fault]) -> None:
        """Sound the alarm, or let it be over."""
        if not faults:
            if self._alarm is not None:
                self._alarm.hide()
            return
        alarm = self._there()
        writable = not self._session.read_only
        mendable = writable and any(fault.mendable for fault in faults)
        alarm.say(_("檢查發現 {count} 個問題").format(count=len(faults)), _words(faults), mendable=mendable)

    def _there(self) -> Alarm:
        if self._alarm is None:
            self._alarm = self._make()
            self._alarm.mend_asked.connect(self.mend_asked)
            self._alarm.show_asked.connect(self.show_asked)
            centre = self._parts.window.centralWidget()
            layout = centre.layout() if centre is not None else None
            if isinstance(layout, QBoxLayout):
                layout.insertWidget(0, self._alarm)
        return self._alarm

    def _opened(self) -> None:
        self.left()
        self._new = True

    def _look(self) -> None:
        if self._session.shelf is not None:
            self._session.ask("", f"{WORK}:started", done=self.show, failed=self._quiet)

    def _roll(self) -> None:
        if self._session.shelf is not None and not self._session.read_only:
            ask = self._session.asker()
            self._session.outside("", f"{WORK}:roll", ask, done=self.show, failed=self._quiet, resumes=True)

    def _quiet(self, error: Exception) -> None:
        """A look that could not be taken (a disk pulled out, a database that is locked) is taken the next time."""
        if isinstance(error, DamageError) or not isinstance(error, OSError | PortfolioError):
            self._session.jobs.failed.emit(error)


def _words(faults: Sequence[Fault]) -> str:
    titles = list(dict.fromkeys(title for fault in faults for _id, title in fault.pieces))
    named = "".join(_("「{title}」").format(title=_short(title)) for title in titles[:NAMED])
    if len(titles) > NAMED:
        named = _("{named}等 {count} 件").format(named=named, count=len(titles))
    if not named:
        return _("{message}先別刪任何東西；在「安全」可以看到是哪些、怎麼救回。").format(message=faults[0].message)
    return _("{named}的檔案壞了或不見了。先別刪任何東西，多半可以從備份救回。").format(named=named)


def _short(title: str) -> str:
    title = visible(title) or _("（沒有標題）")
    return title if len(title) <= 24 else f"{title[:24]}…"
