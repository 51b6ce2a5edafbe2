"""Decides on the page 安全: one deed at a time, how far it is, what is said when it is done.

backup check mend drill restore revive ──▶ work.py ──▶ said, and everything looked up anew
faults_changed ──▶ the alarm          changed(row) ──▶ the pieces          open_asked(folder) ──▶ another library
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Signal

from portfolio_desktop.gui.jobs import Job
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.safekeeping import work
from portfolio_desktop.gui.safekeeping.page import SafetyPage
from portfolio_desktop.gui.safekeeping.restoring import Restoring
from portfolio_desktop.gui.safekeeping.reviving import Reviving
from portfolio_desktop.gui.safekeeping.safety import Safety
from portfolio_desktop.gui.session import Session, Work
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.gui.words import size_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Step

if TYPE_CHECKING:
    from portfolio_desktop.gui.appearance.icons import Icons
    from portfolio_desktop.gui.pieces.known import Known
    from portfolio_desktop.library.safekeeping.drill import Drilled
    from portfolio_desktop.library.safekeeping.mending import Mended
    from portfolio_desktop.library.safekeeping.verifying import Verified
    from portfolio_desktop.library.safekeeping.whole import BackedUp


def now() -> datetime.datetime:
    """The moment that ages are counted from."""
    return datetime.datetime.now().astimezone()


class Safekeeping(QObject):
    """The controller of the page."""

    said = Signal(str, str, object)
    faults_changed = Signal(object)
    changed = Signal(object)
    open_asked = Signal(object)
    piece_asked = Signal(str)

    def __init__(self, session: Session, dialogs: Dialogs, page: SafetyPage, icons: Icons, known: Known) -> None:
        super().__init__(page)
        self._session, self._dialogs, self._known = session, dialogs, known
        self.page = page
        self._job: Job | None = None
        self._safety: Safety | None = None
        self._wanted = False
        self.reviving = Reviving(session, dialogs, page, icons)
        self.restoring = Restoring(session, dialogs, page)
        self.reviving.revived.connect(self._revived)
        self.restoring.wanted.connect(self._restore)
        self.restoring.open_asked.connect(self.open_asked)
        session.opened.connect(lambda _shelf: self._forget())
        page.backup_asked.connect(self.back_up)
        page.elsewhere_asked.connect(self._ask_place)
        page.check_asked.connect(self.check)
        page.mend_asked.connect(self.mend)
        page.drill_asked.connect(self.drill)
        page.revive_asked.connect(self.reviving.begin)
        page.restore_asked.connect(self.restoring.begin)
        page.newer_asked.connect(self.restoring.begin_with)
        page.present_asked.connect(self._ask_present)
        page.cancel_asked.connect(self._cancel)
        page.piece_asked.connect(self.piece_asked)

    def refresh(self) -> None:
        """Look up how everything is."""
        shelf = self._session.shelf
        if shelf is not None:
            # Not read yet: nobody shall feel safe by that.
            has_pieces = bool(self._known.rows) or not self._known.complete
            self._session.outside(
                "",
                work.look,
                shelf.folder,
                shelf.read_only,
                has_pieces,
                done=self._show,
                failed=self._unseen,
                resumes=True,
            )

    def back_up(self) -> None:
        """Back up to the last place where it can be reached, else ask where to."""
        safety = self._safety
        if safety is None:  # not known yet which places there are
            self._wanted = True
            self.refresh()
            return
        place = next((one.path for one in safety.places if one.there), None)
        if place is not None:
            self.back_up_to(place)
        else:
            self._ask_place()

    def back_up_to(self, to: Path) -> None:
        """Back up to a place."""
        self._run("backup", _("正在備份"), work.back_up, self._session.asker(), to, done=self._backed_up)

    def check(self) -> None:
        """Read every file to its end."""
        self._run("check", _("正在檢查檔案"), work.check, self._session.asker(), "full", done=self._checked)

    def mend(self) -> None:
        """Put back what is wrong, from every backup that can be reached."""
        if not self._session.read_only:
            self._run("check", _("正在從備份救回"), work.mend, done=self._mended, lane=True)

    def drill(self) -> None:
        """Try out whether the newest backup gives everything back."""
        shelf = self._session.shelf
        if shelf is not None:
            ask = self._session.asker()
            self._run("drill", _("正在演練還原"), work.drill, ask, shelf.folder, done=self._drilled)

    def _ask_present(self) -> None:
        words = _(
            "現在的資料庫沒有那些內容，之後也不再提醒。有那些內容的副本會移到學習歷程庫裡的 kept-aside 資料夾，不會刪除；"
            "拿不定主意的話，先把較新的還原到旁邊看看。"
        )
        keep = Answer(_("留用現在這一份"), self._keep_present)
        self._dialogs.show(Question(_("確定現在這一份才是對的嗎？"), words, [keep], self.page))

    def _keep_present(self) -> None:
        self._run("check", _("正在收起較新的副本"), work.keep_present, done=self._kept_present, lane=True)

    def _kept_present(self, kept: int) -> None:
        words = _("好，留用現在這一份。{count} 個副本移到了 kept-aside，沒有刪除。").format(count=kept)
        self.said.emit("ok", words, None)

    def _restore(self, backup: str, new: Path) -> None:
        self._run("back", _("正在還原"), work.restore, Path(backup), new, done=self.restoring.restored)

    def _run(
        self, name: str, label: str, deed: Work, *arguments: Any, done: Callable[[Any], None], lane: bool = False
    ) -> None:
        """Have one deed done, beside the lane or on it; another one waits for the student to ask again."""
        if self._job is not None or self._session.shelf is None:
            return

        def stepped(step: Step) -> None:
            self.page.show_progress(name, step.what.rpartition("/")[2] or label, step.done, step.total)

        self.page.show_progress(name, label, 0, 0)
        run = partial(self._session.ask, progress=True) if lane else self._session.outside
        self._job = run(
            label,
            deed,
            *arguments,
            done=lambda result: self._over(lambda: done(result)),
            failed=lambda error: self._over(lambda: self._session.jobs.failed.emit(error)),
            cancelled=lambda: self._over(lambda: self.said.emit("hint", _("已停止，沒有留下做到一半的東西。"), None)),
        )
        self._job.stepped.connect(stepped)

    def _over(self, then: Callable[[], None]) -> None:
        self._job = None
        self.page.show_idle()
        then()
        self.refresh()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show(self, safety: Safety) -> None:
        shelf = self._session.shelf
        if shelf is None or shelf.folder != safety.folder:
            return
        self._safety = safety
        self.page.show_safety(safety, now())
        self.faults_changed.emit(safety.faults)
        if self._wanted:
            self._wanted = False
            self.back_up()

    def _forget(self) -> None:
        """Another library: what is known is not its."""
        self._safety, self._wanted = None, False

    def _unseen(self, error: Exception) -> None:
        self._session.jobs.failed.emit(error)

    def _ask_place(self) -> None:
        safety = self._safety
        last = safety.places[0].path.parent if safety is not None and safety.places else None
        start = last or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation))
        self._dialogs.choose_folder(self.page, _("備份要放在哪個磁碟或資料夾"), self.back_up_to, start)

    def _backed_up(self, done: BackedUp) -> None:
        if done.problems:
            self.said.emit(
                "error",
                _(
                    "備份好了，但有 {count} 個檔案在學習歷程庫裡就已經壞了或不見了，備份不到。請按「檢查全部檔案」。"
                ).format(count=len(done.problems)),
                None,
            )
            return
        words = _("備份好了：{files} 個檔案（{size}），這次新寫 {new} 個，寫完都讀回核對過。放在「{place}」。").format(
            files=done.files, size=size_words(done.bytes), new=done.new_files, place=done.place
        )
        self.said.emit("ok", words, None)

    def _checked(self, verified: Verified) -> None:
        if verified.ok:
            words = _("{files} 個檔案（{size}）都從頭讀過，和存進來時一模一樣。").format(
                files=verified.files, size=size_words(verified.bytes)
            )
            self.said.emit("ok", words, None)

    def _mended(self, mended: Mended) -> None:
        count, still = len(mended.restored), len(mended.still)
        if not still:
            self.said.emit("ok", _("{count} 個問題都救回來了，內容核對過。").format(count=count), None)
            return
        self.said.emit(
            "error",
            _("救回了 {count} 個；還有 {still} 個在接得到的備份裡都找不到。接上放備份的磁碟，再試一次。").format(
                count=count, still=still
            ),
            None,
        )

    def _drilled(self, tried: Drilled) -> None:
        if tried.ok and not tried.complete:
            self.said.emit(
                "warning",
                _("只試了資料庫，它還原得回來；檔案只有一份，沒有完整的備份可以演練。請接上磁碟，按「現在備份」。"),
                None,
            )
        elif tried.ok:
            words = _("演練成功：{files} 個檔案（{size}）都還原得回來，一個位元組不差。").format(
                files=tried.files, size=size_words(tried.bytes)
            )
            self.said.emit("ok", words, None)
        else:
            self.said.emit(
                "error",
                _("演練沒有成功：{problem}請再做一份新的備份。").format(problem=tried.problems[0].message),
                None,
            )

    def _revived(self, back: work.Back) -> None:
        self.changed.emit(back.row)
        title = back.row.piece.title
        if back.missing:
            words = _("「{title}」救回來了，但有檔案在備份裡也找不到：{names}").format(
                title=title, names=_("、").join(back.missing)
            )
            self.said.emit("warning", words, (_("看這一件"), lambda: self.piece_asked.emit(back.row.id)))
        else:
            words = _("「{title}」救回來了。不要的話可以復原。").format(title=title)
            self.said.emit("ok", words, (_("看這一件"), lambda: self.piece_asked.emit(back.row.id)))
