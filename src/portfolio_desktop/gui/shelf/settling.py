"""Before the first change of a library that lies in a cloud folder, on a share or a stick: a clear warning, and another place.

    a new one       create -> asked first        換一個位置 | 仍然放在這裡
    one that opens  look   -> only read at first  搬到電腦自己的資料夾… | 仍然放在這裡      moved: copied, proved, opened; the old stays

What was accepted is remembered by library, and not asked again. The disks are looked at beside the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.bootstrap.settling import accepted, unsettled
from portfolio_desktop.gui.firstrun.opening import Opening
from portfolio_desktop.gui.problems import Dialogs
from portfolio_desktop.gui.session import Session, Shelf
from portfolio_desktop.gui.widgets.question import Answer, Question
from portfolio_desktop.library.place import Place, warning
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

if TYPE_CHECKING:
    from portfolio_desktop.library.moving import Moved

MOVE = "portfolio_desktop.bootstrap.moving:move"
Settle = Callable[[Callable[[Exception | None], None]], None]


class Settling(QObject):
    """The controller; `said` for the banner, `elsewhere` when a new library shall get another place."""

    said = Signal(str, str)
    elsewhere = Signal()

    def __init__(self, session: Session, dialogs: Dialogs, window: QWidget, opening: Opening, settle: Settle) -> None:
        super().__init__(window)
        self._session, self._dialogs, self._window = session, dialogs, window
        self._opening, self._settle = opening, settle
        self._moved: Moved | None = None

    def create(self, folder: Path, profile: Profile) -> None:
        """Make a library, once it is clear that it may lie there."""

        def make() -> None:
            self._opening.create(folder, profile)

        def stay(place: Place) -> None:
            self._accept(folder, place, make)

        def looked(place: Place | None) -> None:
            self._opening.busy.emit(False)
            if place is None:
                make()
            else:
                self._ask(folder, place, Answer(_("換一個位置"), self.elsewhere.emit), lambda: stay(place))

        self._opening.busy.emit(True)
        self._look(folder, looked)

    def look(self, shelf: Shelf) -> None:
        """Look where a library lies that was just opened; say it where it was moved to that place."""
        moved, self._moved = self._moved, None
        if moved is not None and moved.folder == shelf.folder:
            self._tell(moved)
        if shelf.place is not None:
            self.decide(shelf)

    def decide(self, shelf: Shelf) -> None:
        """Ask where the library shall lie; what is open meanwhile is only read, and written to when it may stay."""
        folder, place = shelf.folder, shelf.place
        if place is None:
            return

        def stay() -> None:
            self._accept(folder, place, again if shelf.read_only else lambda: None)

        def again() -> None:
            if self._session.shelf is shelf:
                self._opening.open(folder)

        move = Answer(_("搬到電腦自己的資料夾…"), lambda: self.choose(folder))
        self._ask(folder, place, move, stay)

    def move(self, folder: Path) -> None:
        """Move the open library into a folder, keeping what is typed; then open it there."""

        def free() -> None:
            self._opening.busy.emit(False)

        def failed(error: Exception) -> None:
            free()
            self._session.jobs.failed.emit(error)

        def settled(trouble: Exception | None) -> None:
            if trouble is not None:
                free()
                return
            label = _("正在搬移學習歷程庫")
            self._session.ask(label, MOVE, folder, done=self._open, failed=failed, cancelled=free, progress=True)

        self._opening.busy.emit(True)  # what is written from here on would stay in the old one
        self._settle(settled)

    def _open(self, moved: Moved) -> None:
        self._moved = moved
        self._opening.open(moved.folder)

    def _tell(self, moved: Moved) -> None:
        said = _("搬好了，現在用的是「{folder}」。原來的「{old}」沒有動；確定沒問題以後，再自己刪掉。")
        level = "ok"
        if moved.problems:
            level = "error"
            said += _("搬之前就有 {count} 個檔案壞了或不見了，請檢查一次。").format(count=len(moved.problems))
        self.said.emit(level, said.format(folder=moved.folder, old=moved.old))

    def choose(self, library: Path) -> None:
        """Ask for a folder that the open library is to be moved to, and move it."""

        def chosen(folder: Path) -> None:
            try:
                is_empty = not any(folder.iterdir())
            except OSError:  # gone since it was chosen, or closed to us: the moving says so
                is_empty = False
            self.move(folder if is_empty else folder / library.name)

        title = _("學習歷程庫要搬到哪個資料夾裡")
        self._dialogs.choose_folder(self._window, title, chosen, self._session.ground.places.default_library.parent)

    def _ask(self, folder: Path, place: Place, other: Answer, stay: Callable[[], object]) -> None:
        heading = {
            "cloud": _("這個位置會自動同步到網路上"),
            "network": _("這個位置在網路磁碟上"),
            "removable": _("這個位置在可以拔下的磁碟上"),
        }[place.kind]
        answers = [other, Answer(_("仍然放在這裡"), stay)]
        self._dialogs.show(Question(heading, warning(folder, place), answers, self._window))

    def _look(self, folder: Path, done: Callable[[Place | None], None]) -> None:
        self._session.outside("", _unsettled, self._session.ground, folder, done=done)

    def _accept(self, folder: Path, place: Place, then: Callable[[], object]) -> None:
        def done(ground: Ground) -> None:
            self._session.ground = ground
            then()

        self._session.outside("", _accepted, self._session.ground, folder, place, done=done)


def _unsettled(ground: Ground, folder: Path, _way: Progress) -> Place | None:
    return unsettled(ground, folder)


def _accepted(ground: Ground, folder: Path, place: Place, _way: Progress) -> Ground:
    return accepted(ground, folder, place)
