"""Decides what becomes of a plan that was not confirmed: nothing that is still wanted goes without a question.

Escape on its page        what is being typed ─▶ the looking ─▶ the plan
window, library goes      bring it in first (meanwhile: stay after all, or stop), or drop it; or stay

Escape asks only where work of the student's is in it: else it drops the plan at once, and the message after it has it back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Cancelled

if TYPE_CHECKING:
    from portfolio_desktop.gui.bringing.controller import Bringing

Settled = Callable[[Exception | None], None]


class Parting(QObject):
    """The controller of the plan's end."""

    def __init__(self, bringing: Bringing, dialogs: Dialogs, window: MainWindow) -> None:
        super().__init__(bringing)
        self._bringing, self._dialogs, self._window = bringing, dialogs, window
        self._asking = False
        self._then: Settled | None = None  # who waits for the plan to be carried out
        self._resting = False  # whether the page under the window was at rest before that
        bringing.left.connect(self.leave)
        bringing.added.connect(self._added)

    def settle(self, then: Settled, *, closing: bool) -> None:
        """Have nothing left that would be lost with the library; `then` hears None, or Cancelled where it is to stay.

        `closing` is for the words: whether the library is closed, or another one opened or this one moved.
        """
        self._bringing.page.details.flush()
        if self._asking:
            then(Cancelled())
        elif self._bringing.adding:
            self._added(False)  # who waited for it before is not the last to have been asked
            then(None)
        elif not self._bringing.is_waiting():
            then(None)
        else:
            self._ask_before_going(then, closing=closing)

    def leave(self) -> None:
        """Let go, a step at a time; the plan can be had back, but hardly anybody who pressed Escape by mistake knows."""
        bringing = self._bringing
        if bringing.page.details.is_typing():
            bringing.changing.forget_title()
        elif bringing.looking:
            bringing.stop()
        elif bringing.adding or self._asking:
            return
        elif bringing.has_work():
            heading = _("{count} 件都不收嗎？").format(count=bringing.plan.counts().wanted)
            words = _("改好的標題、學期和類別會跟著放棄。電腦裡原來的檔案不會動。")
            self._ask(Question(heading, words, [Answer(_("都不收"), bringing.discard)], self._window))
        else:
            bringing.discard()

    def _ask_before_going(self, then: Settled, *, closing: bool) -> None:
        bringing = self._bringing
        count = bringing.plan.counts().wanted

        def add() -> None:
            self._add(then, closing=closing)

        def leave_out() -> None:
            bringing.forget()
            bringing.uncover()
            then(None)

        def stay() -> None:
            then(Cancelled())  # first: nothing on a page at rest can have the focus
            bringing.show()

        able = count and not bringing.looking
        first = Answer(_("先收進 {count} 件").format(count=count), add) if able else Answer(_("回去看"), stay)
        waiting = _("還有 {count} 件等你確認要不要收").format(count=count)
        words = _("還沒有收進學習歷程庫；現在不收，以後要再放一次。電腦裡原來的檔案不會動。")
        if bringing.has_work():
            words = _("你在這裡改的、貼上的，還沒有收進學習歷程庫，不收就沒有了。電腦裡原來的檔案不會動。")
        answers = [first, Answer(_("都不收"), leave_out)]
        if not bringing.has_library:
            # It was let go of to be made anew: there is nothing to bring anything into, and no page under the question.
            words = _("要收進的學習歷程庫沒有開著，現在收不進去。電腦裡原來的檔案不會動，開啟以後可以再放一次。")
            del answers[0]
        question = Question(waiting if count else _("貼上的還沒有收進來"), words, answers, self._window)
        question.rejected.connect(lambda: then(Cancelled()))
        self._ask(question)

    def _ask(self, question: Question) -> None:
        question.finished.connect(self._answered)
        self._asking = True
        self._dialogs.show(question)

    def _answered(self) -> None:
        self._asking = False

    def _add(self, then: Settled, *, closing: bool) -> None:
        """Carry the plan out, and say what comes after it; the page is there to stop it, or to stay after all."""
        bringing, body = self._bringing, self._window.body
        self._then, self._resting = then, not body.isEnabled()
        body.setEnabled(True)
        bringing.confirm()
        if not bringing.adding:
            self._added(False)
            return
        words, stay = (_("收好就會關閉。"), _("先不關閉")) if closing else (_("收好就會繼續。"), _("先不繼續"))
        bringing.said.emit("wait", words, (stay, lambda: self._added(False)))

    def _added(self, whole: bool) -> None:
        then, self._then = self._then, None
        if then is not None:
            self._window.body.setDisabled(self._resting)
            then(None if whole else Cancelled())
