"""Decides how the window, or its library, is let go: nothing that would be lost is lost without being asked for.

    close ─▶ work under way?  wait for it | stop it  ─▶ a plan with the student's work in it?  bring it in | drop it
          ─▶ typed text not kept?  say why, try again
          ─▶ still not kept?       copy it and close all the same ─▶ away, off the window's thread ─▶ gone
    let_go                         copy it and go on, at once: a damaged database will not take it at a second try either

A disk that was pulled out must never keep the window on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.pieces.writing import Writing
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.gui.widgets.farewell import Farewell
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.messages import _

SLOW_MILLISECONDS = 800
"""How long putting away may take before it is shown: the copy of a large database, a slow disk."""
Say = Callable[[str, str, object], None]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to go: which jobs that would end, and the going."""

    losing: Callable[[], tuple[Job, ...]]
    go: Callable[[], None]


class Leaving(QObject):
    """The controller of going: `gone` when the window is away, `left` when its library is."""

    gone = Signal()
    left = Signal()

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        writing: Writing,
        settle_plan: Callable[[Callable[[Exception | None], None]], None],
        dialogs: Dialogs,
        say: Say,
        remember: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._writing, self._dialogs = session, window, writing, dialogs
        self._settle_plan, self._say, self._remember = settle_plan, say, remember
        self._going = False
        self._asked = False
        self._waiting: _Way | None = None
        self._turn = 0  # another one as soon as somebody else waits for the plan: the earlier way is not gone any more
        self._failures = 0
        self._farewell: Farewell | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MILLISECONDS)
        self._slow.timeout.connect(self._say_slow)
        session.jobs.ended.connect(self._ended)
        writing.changed.connect(lambda _row: self._forgive())
        session.opened.connect(lambda _shelf: self._forgive())

    def close(self) -> None:
        """Close the window; where work would be lost, ask first whether to wait for it."""
        self._try(_Way(self._session.jobs.losing, lambda: self._plan_first(self._close)))

    def close_library(self) -> None:
        """Close the library only, asking the same; what is being exported does not need it any more and goes on."""

        def losing() -> tuple[Job, ...]:
            return tuple(job for job in self._session.jobs.losing() if job.of_library)

        self._try(_Way(losing, lambda: self._plan_first(lambda: self._settle_for(self._let_go))))

    def let_go(self, then: Callable[[], None]) -> None:
        """Let go of the library whose database is to be made anew, with nothing lost that was planned or typed."""

        def go() -> None:
            self._session.leave()
            then()

        def settled(trouble: Exception | None) -> None:
            self._going = False
            if trouble is None:
                go()
            else:
                words = _("{reason} 先複製還沒存的文字，資料庫重建好以後再貼回去。").format(reason=trouble)
                self._offer_to_copy(words, lambda: self._settle(settled), _("複製文字並繼續"), go)

        if not (self._going or self._asked):
            self._plan_first(lambda: self._settle(settled))

    def _try(self, way: _Way) -> None:
        if self._going or self._asked:
            return
        losing = way.losing()
        if losing:
            self._ask_about(losing, way)
        else:
            way.go()

    def _plan_first(self, go: Callable[[], None]) -> None:
        """What was planned with care is asked about; it says by itself why it stays."""
        turn = self._turn

        def settled(trouble: Exception | None) -> None:
            if turn == self._turn:
                self._waiting = None
                if trouble is None:
                    go()

        self._settle_plan(settled)

    def _close(self) -> None:
        self._waiting = None
        try:
            self._remember()
        finally:
            # Whatever goes wrong with remembering a splitter: it is no reason to stay.
            self._settle_for(self._put_away)

    def _settle_for(self, then: Callable[[], None]) -> None:
        self._settle(lambda trouble: self._settled(trouble, then))

    def _settle(self, settled: Callable[[Exception | None], None]) -> None:
        self._going, asked = True, False
        try:
            self._writing.settle(settled)
            asked = True
        finally:
            self._going = self._going and asked

    def _settled(self, trouble: Exception | None, then: Callable[[], None]) -> None:
        self._going = False
        if trouble is None:
            then()
            return
        self._failures += 1
        if self._failures == 1:
            words = _("還不能關閉：剛才寫的存不進學習歷程庫。{reason}").format(reason=trouble)
            self._say("error", words, (_("再試一次"), lambda: self._settle_for(then)))
        else:
            words = _("{reason} 磁碟接好後可以再試一次；也可以複製還沒存的文字，關閉以後貼到別的地方。")
            again = partial(self._settle_for, then)
            self._offer_to_copy(words.format(reason=trouble), again, _("複製文字並關閉"), then)

    def _offer_to_copy(self, words: str, again: Callable[[], None], copy: str, then: Callable[[], None]) -> None:
        text = self._writing.unsaved()

        def copy_and_go() -> None:
            QGuiApplication.clipboard().setText(text)
            self._writing.forget()
            then()

        self._ask(
            Question(
                _("剛才寫的存不進學習歷程庫"),
                words,
                [Answer(_("再試一次"), again), Answer(copy, copy_and_go)],
                self._window,
                text=text,
                text_name=_("還沒存的文字"),
            )
        )

    def _ask_about(self, losing: tuple[Job, ...], way: _Way) -> None:
        what = _("、").join(dict.fromkeys(job.label for job in losing if job.label))
        self._ask(
            Question(
                _("{what}，還沒做完").format(what=what or _("還有工作")),
                _("現在停止的話，這次就不會完成，也不會留下做到一半的檔案。"),
                [
                    Answer(_("做完再關閉"), lambda: self._wait(way)),
                    Answer(_("停止並關閉"), way.go),
                ],
                self._window,
            )
        )

    def _ask(self, question: Question) -> None:
        self._asked = True
        question.finished.connect(self._answered)
        self._dialogs.show(question)

    def _answered(self) -> None:
        self._asked = False

    def _wait(self, way: _Way) -> None:
        losing = way.losing()
        if not losing:
            way.go()
            return
        self._waiting = way
        self._turn += 1
        for job in losing:
            # Only good ends close the window: what went wrong has to be read first.
            job.failed.connect(self._stay)
            job.cancelled.connect(self._stay)
        self._say("wait", _("做完就會關閉。"), (_("先不關閉"), self._stay))

    def _ended(self, _job: Job) -> None:
        if self._waiting is not None and not self._waiting.losing():
            way, self._waiting = self._waiting, None
            way.go()

    def _stay(self) -> None:
        self._waiting = None

    def _forgive(self) -> None:
        self._failures = 0

    def _put_away(self) -> None:
        self._going = True
        self._window.hide()
        self._slow.start()
        self._session.finish(self._away)

    def _say_slow(self) -> None:
        self._farewell = Farewell(self._window)
        self._farewell.show()

    def _away(self) -> None:
        self._slow.stop()
        if self._farewell is not None:
            self._farewell.leave()
        self._window.may_close = True
        self._window.close()
        self.gone.emit()

    def _let_go(self) -> None:
        self._session.leave()
        self.left.emit()
