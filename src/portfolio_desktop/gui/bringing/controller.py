"""Decides about bringing work in: look at what came, plan it (changing.py), add it once it is confirmed.

    dropped, pasted, chosen ──▶ look (beside) ──▶ Plan ──▶ page ──confirmed──▶ add (lane) ──▶ brought

Until it is confirmed nothing is written, and leaving the page loses nothing: it can be gone back to. Before that is
lost with its library, it is asked about (parting.py).
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from portfolio_desktop.gui.bringing.changing import Changing
from portfolio_desktop.gui.bringing.clipboard import Pasted, clear_left, link_title, pasted
from portfolio_desktop.gui.bringing.hovering import hindrance
from portfolio_desktop.gui.bringing.parting import Parting
from portfolio_desktop.gui.bringing.plan import Plan
from portfolio_desktop.gui.bringing.words import brought_words
from portfolio_desktop.gui.frame.saying import LASTING
from portfolio_desktop.gui.frame.window import MainWindow
from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.pieces.filters import wants_attention
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session
from portfolio_desktop.library.planning import Proposal
from portfolio_desktop.library.records import NewPiece, Refused
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.guessing import Guess, Reason
from portfolio_desktop.pieces.piece import CATEGORIES
from portfolio_desktop.progress import Step
from portfolio_desktop.terms import Term, terms_of_student

if TYPE_CHECKING:
    from portfolio_desktop.gui.bringing.work import Source, Surroundings
    from portfolio_desktop.gui.errands import Brought

LOOK = "portfolio_desktop.gui.bringing.work:look"
ADD = "portfolio_desktop.gui.bringing.work:add"


class Bringing(QObject):
    """The controller of dropping, pasting and choosing."""

    brought = Signal(object, bool)
    said = Signal(str, str, object)
    piece_asked = Signal(str)
    overview_asked = Signal()
    left = Signal()
    """The page is to be left."""
    added = Signal(bool)
    """Carrying the plan out came to its end: whether all of it was brought in."""
    ready = Signal()
    """Everything that came was looked at: the plan can be confirmed."""
    _found = Signal(int, object, object)

    def __init__(
        self,
        session: Session,
        dialogs: Dialogs,
        window: MainWindow,
        changing: Changing,
        section: Callable[[], str],
        undo: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._session, self._dialogs, self._window = session, dialogs, window
        self.changing, self.page = changing, changing.page
        self._section, self._undo = section, undo
        self._pasted = session.ground.places.cache / "pasted" / str(os.getpid())
        self._turn = 0  # a new one for every plan: what comes late for an older one is dropped
        self._known: Surroundings | None = None
        self._job: Job | None = None
        self._waiting: list[Source] = []
        self._adding = False
        self._has_pasted = False  # what was pasted lies nowhere else
        self._dropped: tuple[Plan, Surroundings | None, int | None] | None = None
        self.parting = Parting(self, dialogs, window)
        self._found.connect(self._put, Qt.ConnectionType.QueuedConnection)
        self._connect()

    @property
    def plan(self) -> Plan:
        """What is planned now."""
        return self.changing.plan

    def _connect(self) -> None:
        page = self.page
        page.details.twin_asked.connect(self.piece_asked)
        page.confirmed.connect(self.confirm)
        page.discarded.connect(self.discard)
        page.left.connect(self.left)
        page.stop_asked.connect(self.stop)
        self._window.pages.currentChanged.connect(self._turned)
        self._session.opened.connect(lambda _shelf: self.forget())

    # What comes in

    def choose_files(self) -> None:
        """Ask for files and plan them."""
        if not self._session.read_only:
            self._dialogs.choose_files(self._window, _("選要收進來的檔案"), self.bring)

    def choose_folder(self) -> None:
        """Ask for a folder and plan everything in it."""
        if not self._session.read_only:
            self._dialogs.choose_folder(
                self._window, _("選要收進來的資料夾"), lambda folder: self.bring([folder]), None
            )

    def paste(self) -> None:
        """Plan what the clipboard holds: files, a link, a picture, a text."""
        if not self._may_bring():
            return
        found = pasted(QGuiApplication.clipboard().mimeData(), self._session.rules(None).link_schemes)
        if not found:
            self.said.emit("hint", _("剪貼簿裡沒有可以收進來的東西。"), None)
        elif found.link:
            self.show()
            self._put(self._turn, self._known, [self._link(found.link)])
        else:
            self._has_pasted = self._has_pasted or not found.paths
            self._look(lambda: self._written(found))

    def bring(self, paths: Sequence[Path]) -> None:
        """Plan files and folders; pieces get the category of the section that is shown, where it is one."""
        if paths and self._may_bring():
            self._look(lambda: list(paths))

    @property
    def looking(self) -> bool:
        """Whether files are looked at for the plan."""
        return self._job is not None and not self._adding

    @property
    def adding(self) -> bool:
        """Whether a plan is being carried out."""
        return self._adding

    @property
    def has_library(self) -> bool:
        """Whether there is a library to bring anything into."""
        return self._session.shelf is not None

    def _may_bring(self) -> bool:
        words = hindrance(self._session, adding=self._adding, resting=not self._window.body.isEnabled())
        if words:
            self.said.emit("warning" if self._session.shelf else "hint", words, None)
        return not words

    def _written(self, found: Pasted) -> list[Path]:
        return found.write(self._pasted, datetime.datetime.now().astimezone())

    def _link(self, link: str) -> Proposal:
        shelf, now = self._session.shelf, Term.of(datetime.datetime.now().astimezone().date())
        term = now if shelf is not None and now in terms_of_student(shelf.profile.entry_year) else None
        category = self._shown_category()
        category = None if category == "course" else category  # course results have no link
        guess = Guess(term, category, None, Reason("now" if term else ""), Reason("section" if category else ""))
        return Proposal((), NewPiece(term, category, None, link_title(link), link), guess)

    def _shown_category(self) -> str | None:
        section = self._section()
        return section if section in CATEGORIES else None

    # Looking

    def show(self) -> None:
        """Show the plan, over whatever page there is."""
        self._let_go()
        self._window.lay_over(self.page, _("要收進來的檔案"))
        self.page.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changing.show()

    def _look(self, source: Source) -> None:
        self._waiting.append(source)
        self.show()
        self._next()

    def _next(self) -> None:
        """Look at the next handful; one at a time, since later ones are compared with earlier ones."""
        if self._job is not None or not self._waiting:
            return
        turn, source = self._turn, self._waiting.pop(0)
        ask, pasted_by = self._session.asker(), self._pasted.parent

        def tidily() -> Sequence[Path]:
            clear_left(pasted_by)
            return source()

        self.page.show_working(_("正在看有哪些檔案"), 0, 0)
        self._job = self._session.outside(
            _("正在看要收的檔案"),
            LOOK,
            lambda work: ask(work).result(),
            lambda: self._session.readers,
            self._known,
            self._shown_category(),
            tidily,
            lambda around, found: self._found.emit(turn, around, found),
            done=lambda _around: self._looked(turn),
            failed=lambda error: self._failed(turn, error),
            cancelled=lambda: self._stopped(turn),
            resumes=True,  # nothing is lost by stopping: the files lie where they lay
        )
        self._job.stepped.connect(self._stepped)

    def _put(self, turn: int, around: Surroundings | None, found: Sequence[Proposal | Refused]) -> None:
        if turn != self._turn:
            return
        self._known = around or self._known
        self.changing.take(found, self._known.free if self._known else None)

    def _stepped(self, step: Step) -> None:
        count = _("{done} / {total}　{name}").format(done=step.done, total=step.total, name=step.what)
        self.page.show_working(count, step.done, step.total)

    def _looked(self, turn: int) -> None:
        if turn == self._turn:
            self._end()
            self._next()
            if self._job is None:
                self.ready.emit()

    def _stopped(self, turn: int) -> None:
        if turn == self._turn:
            self._waiting.clear()
            self._end()
            self.said.emit("hint", _("已停止，後面的檔案沒有看；前面的還可以收。"), None)

    def _failed(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self._end()
            self._session.jobs.failed.emit(error)
            self.added.emit(False)
            self._next()

    def _end(self) -> None:
        self._job, self._adding = None, False
        self.page.show_idle()
        self.page.hold(False)
        self.changing.show()

    def stop(self) -> None:
        """Stop looking, or adding."""
        if self._job is not None:
            self._job.cancel()

    # Its end

    def confirm(self) -> None:
        """Add what is planned, with the title that is being typed."""
        self.page.details.flush()
        wanted = self.plan.wanted()
        if self._job is not None or not wanted:
            return
        self._adding = True
        self.page.hold(True)
        self.page.show_working(_("正在收進檔案"), 0, 0)
        turn = self._turn
        self._job = self._session.ask(
            _("正在收進檔案"),
            ADD,
            wanted,
            done=self._done,
            failed=lambda error: self._failed(turn, error),
            cancelled=lambda: self._not_added(turn),
            progress=True,
        )
        self._job.stepped.connect(self._stepped)

    def discard(self) -> None:
        """Drop the plan; nothing was written. Until the next one it can be had back, with what was pasted for it."""
        # What was being looked at is known to the examiner, but no row yet: it must be looked at again.
        plan, known = self.plan, None if self._job is not None else self._known
        free = self._known.free if self._known else None
        self._clear()
        self._window.uncover()
        if any(row.can_be_wanted for row in plan.rows):
            self._dropped = plan, known, free
            self.said.emit("hint", _dropped_words(plan), (_("復原"), lambda: self._take_up(plan)))
        else:
            self._remove_pasted()

    def _take_up(self, plan: Plan) -> None:
        """Show a plan again that was dropped, unless another one has come since."""
        if self._dropped is None or self._dropped[0] is not plan:
            return
        (_same, self._known, free), self._dropped = self._dropped, None
        self.changing.begin(plan, free)
        self.show()
        self.page.table.choose([plan.rows[0].number])

    def _let_go(self) -> None:
        """Have no dropped plan any more: another one begins."""
        if self._dropped is not None:
            if self._window.banner.text.text() == _dropped_words(self._dropped[0]):
                self._window.banner.drop_deed()
            self._dropped = None
            self._remove_pasted()

    def _remove_pasted(self) -> None:
        shutil.rmtree(self._pasted, ignore_errors=True)

    def forget(self) -> None:
        """Drop the plan for good, where the library that it was for is gone too."""
        self._dropped = None
        self._clear()
        self._remove_pasted()

    def uncover(self) -> None:
        """Show the page under the plan."""
        if self._window.pages.currentWidget() is self.page:
            self._window.uncover()

    def is_waiting(self) -> bool:
        """Whether the student may still count on any of it: who does not know that it was not confirmed takes it for kept."""
        return bool(self.plan.counts().wanted) or self.has_work()

    def has_work(self) -> bool:
        """Whether the student changed something about what is wanted, or pasted it: other files lie where they lay."""
        wanted = self.plan.wanted()
        worked = bool(wanted) and (self.plan.edited or any(map(self._is_pasted, wanted)))
        return worked or (self._has_pasted and self.looking)

    def _is_pasted(self, proposal: Proposal) -> bool:
        return bool(proposal.new.link) or any(self._pasted in file.path.parents for file in proposal.files)

    def _clear(self) -> None:
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        self._job, self._known, self._adding, self._has_pasted = None, None, False, False
        self._waiting.clear()
        self.page.show_idle()
        self.page.hold(False)
        self.changing.begin()

    def _done(self, result: Brought) -> None:
        here = self._window.pages.currentWidget() is self.page
        self.forget()
        if here:
            self._window.uncover()
        self.brought.emit(result, here)
        added = result.added
        level = "warning" if added.refused else "ok" if added.added else "hint"
        undone = sum(map(wants_attention, result.rows))
        deed = None
        if added.added:
            # One new piece is there to be written; where several are, the next step is worth more than the way back.
            todo = _("看接下來要做的事"), self.overview_asked.emit
            deed = todo if undone and len(added.added) > 1 else (_("復原"), self._undo)
        self.said.emit(level, brought_words(added, undone), deed)
        self.added.emit(not added.refused)

    def _not_added(self, turn: int) -> None:
        if turn == self._turn:
            self._end()
            self.said.emit("hint", _("已取消，沒有收進任何檔案。"), None)
            self.added.emit(False)

    def _turned(self, _place: int) -> None:
        """Tell the way back where another page was gone to before the plan was confirmed.

        An error, or what waits for an answer itself, stays: the way back is told at a later page, they would be gone for good.
        """
        waiting, banner = self.plan.counts().wanted, self._window.banner
        own = banner.button.text() == _("回去看")
        if self._window.pages.currentWidget() is self.page:
            if own:
                banner.hide()
        elif waiting and not self._adding and (own or banner.isHidden() or banner.level not in LASTING):
            words = _("還有 {count} 件等你確認要不要收。").format(count=waiting)
            self.said.emit("wait", words, (_("回去看"), self.show))


def _dropped_words(plan: Plan) -> str:
    return _("{count} 件都沒有收。").format(count=sum(row.can_be_wanted for row in plan.rows))
