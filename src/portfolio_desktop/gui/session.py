"""The open library as the window sees it: asked from here, answered from the lane.

    ask(label, work, …)   work(desk, …) runs on the lane's thread; its plain records come back as a Job's signal
    opened(Shelf)

Work may be named ("module:function") where importing its module would cost the window's start.

The desk lives on the lane and is never touched from the window's thread. The library's module, with SQLAlchemy behind it,
is imported on the lane too: the window has painted long before.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from portfolio_desktop.bootstrap.ground import Ground
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.findings.rules import Rules
from portfolio_desktop.gui.jobs import Job, Jobs
from portfolio_desktop.library.lane import Lane
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.form import Form
from portfolio_desktop.progress import Cancelled, Progress

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk
    from portfolio_desktop.inspection.readers import Readers
    from portfolio_desktop.library.place import Place

log = logging.getLogger(__name__)

DESK = "portfolio_desktop.bootstrap.desk"
LIBRARY = "portfolio_desktop.library.library"
SETTLING = "portfolio_desktop.bootstrap.settling"
OUTDATED = "portfolio_desktop.library.outdated"
READERS = "portfolio_desktop.inspection.readers"

Work = Callable[..., Any] | str
"""A function, or its name as "module:function"."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which library is open: `school` are its school's own values over the rules, `number` tells it from those before it.

    `place` is where it lies, where the student has to decide about that first: until then nothing of it is written to.
    """

    folder: Path
    profile: Profile
    read_only: bool
    school: Mapping[str, Any]
    number: int
    place: Place | None = None


class Session(QObject):
    """At most one open library, its lane and its readers."""

    opened = Signal(object)
    changed = Signal(object)
    """The student of the open library, or what their school has set, is another now: the Shelf that says so."""
    upgrading = Signal()
    """While opening: the library is of an older format, and is being changed to the present one."""

    def __init__(self, ground: Ground, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ground = ground
        self.jobs = jobs
        self.shelf: Shelf | None = None
        self._lane = Lane()
        self._desk: Desk | None = None  # touched on the lane's thread only, like the number
        self._number = 0
        self._readers: Readers | None = None
        self._closed = False
        self.last_deed: Callable[[], Callable[[], None] | None] = lambda: None
        """Asked on the window's thread when everything ends: what is to be done once the library is closed."""
        self._ending: Job | None = None
        self._ended: Future[None] | None = None

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed now."""
        return self.shelf is None or self.shelf.read_only

    @property
    def readers(self) -> Readers:
        """The guarded processes that look into files; asked for on the lane, which imports and makes them at first."""
        if self._readers is None:
            self._readers = importlib.import_module(READERS).Readers()
        return self._readers

    def open(self, folder: Path, *, read_only: bool = False, failed: Callable[[Exception], None] | None = None) -> Job:
        """Open a library in place of the present one, which is closed only when the new one is open."""
        return self._change(_("正在開啟學習歷程庫"), lambda: self._open_on_lane(folder, read_only), failed)

    def create(self, folder: Path, profile: Profile, failed: Callable[[Exception], None] | None = None) -> Job:
        """Make a library and open it."""
        return self._change(_("正在建立學習歷程庫"), lambda: self._create_on_lane(folder, profile), failed)

    def know(self, profile: Profile, school: Mapping[str, Any]) -> None:
        """Take what the open library says now of its student and school: somebody changed it, or undid a change."""
        if self.shelf is not None and (profile, school) != (self.shelf.profile, self.shelf.school):
            self.shelf = replace(self.shelf, profile=profile, school=school)
            self.changed.emit(self.shelf)

    def leave(self) -> None:
        """Close the library; another one can be opened."""
        self.shelf = None
        self.jobs.run(_("正在收好學習歷程庫"), lambda _way: self._lane.submit(self._close_on_lane))

    def ask(
        self,
        label: str,
        work: Work,
        *arguments: Any,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        progress: bool = False,
    ) -> Job:
        """Have `work(desk, *arguments)` done on the lane; with `progress` it gets one more argument and can be cancelled."""

        def start(way: Progress) -> Future[Any]:
            return self._lane.submit(self._work, self._present(), work, arguments, way if progress else None)

        return self.jobs.run(
            label, start, done, failed=failed, cancelled=cancelled, cancellable=progress, of_library=progress
        )

    def on_lane(self, work: Work, *arguments: Any) -> Future[Any]:
        """The same for whoever waits on another thread."""
        return self.asker()(work, *arguments)

    def asker(self) -> Callable[..., Future[Any]]:
        """`on_lane` for long work elsewhere: bound to the library that is open now, Cancelled once it is not any more."""
        number = self._present()

        def ask(work: Work, *arguments: Any) -> Future[Any]:
            return self._lane.submit(self._work, number, work, arguments, None)

        return ask

    def outside(
        self,
        label: str,
        work: Work,
        *arguments: Any,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        resumes: bool = False,
    ) -> Job:
        """Have `work(*arguments, progress)` done beside the lane: long work on files that the library does not take part in."""
        return self.jobs.run(
            label,
            lambda way: self.jobs.aside(lambda: named(work)(*arguments, way)),
            done,
            failed=failed,
            cancelled=cancelled,
            cancellable=True,
            resumes=resumes,
        )

    def rules(self, year: int | None) -> Rules:
        """The rules of a school year, the student's entry year where none is given."""
        shelf, book = self.shelf, self.ground.rules
        wanted = year or (shelf.profile.entry_year if shelf else book.first_year)
        return book.for_year(max(wanted, book.first_year), shelf.school if shelf else None)

    def form(self, category: str | None) -> Form | None:
        """The form of a category as the student's school type has it."""
        if category is None or self.shelf is None:
            return None
        return self.ground.forms.form(category, self.shelf.profile.school_type)

    def finish(self, done: Callable[[], None]) -> None:
        """Stop what is under way and close everything, on a thread of its own; `done` when nothing is left."""
        last = self._hush()
        self._ending = Job("", cancellable=False)
        self._ending.ended.connect(done)
        thread = ThreadPoolExecutor(1, thread_name_prefix="ending")
        self._ended = thread.submit(self._end, last)
        self._ending.follow(self._ended)
        thread.shutdown(wait=False)

    def close(self) -> None:
        """The same at once, waiting for it, also where `finish` is at it; does nothing when everything is closed."""
        if not self._closed:
            self._end(self._hush())
        elif self._ended is not None:
            self._ended.exception()

    def _hush(self) -> Callable[[], None] | None:
        last = self.last_deed()
        self._closed = True
        self.shelf = None
        self.jobs.hush()
        return last

    def _end(self, last: Callable[[], None] | None) -> None:
        """On any thread: threads and processes end in their own time."""
        trouble = self._lane.submit(self._close_on_lane).exception()
        if trouble is not None:
            log.error("the library did not close", exc_info=trouble)
        if self._readers is not None:
            self._readers.close(abandon=True)
        self.jobs.wait()
        self._lane.close()
        if last is not None and trouble is None:
            last()

    def _change(self, label: str, work: Callable[[], Shelf], failed: Callable[[Exception], None] | None) -> Job:
        return self.jobs.run(label, lambda _way: self._lane.submit(work), self._opened, failed=failed)

    def _opened(self, shelf: Shelf) -> None:
        self.ground = replace(self.ground, settings=replace(self.ground.settings, last_library=str(shelf.folder)))
        self.shelf = shelf
        self.opened.emit(shelf)

    def _open_on_lane(self, folder: Path, read_only: bool) -> Shelf:
        place: Place | None = None if read_only else importlib.import_module(SETTLING).unsettled(self.ground, folder)
        desk = self._open_desk(folder, read_only=read_only, careful=place is not None)
        read_only = desk.library.read_only
        # The new one is held before the old one goes: one that will not close must not leave the new one locked.
        self._put_on_lane(desk)
        library = desk.library
        rules = dict(library.school_rules())
        return Shelf(library.folder, library.profile, read_only, rules, self._number, place)

    def _open_desk(self, folder: Path, *, read_only: bool, careful: bool) -> Desk:
        """Open it; `careful`: only to read, where it can be read as it is."""
        open_desk: Callable[..., Desk] = importlib.import_module(DESK).open_desk
        if not read_only and importlib.import_module(OUTDATED).is_outdated(folder):
            self.upgrading.emit()
        elif careful:
            with contextlib.suppress(PortfolioError):  # a change was broken off, and has to be taken back first
                return open_desk(self.ground, folder, read_only=True)
        return open_desk(self.ground, folder, read_only=read_only)

    def _create_on_lane(self, folder: Path, profile: Profile) -> Shelf:
        importlib.import_module(LIBRARY).Library.create(folder, profile).close()
        return self._open_on_lane(folder, False)

    def _close_on_lane(self) -> None:
        self._put_on_lane(None)

    def _put_on_lane(self, desk: Desk | None) -> None:
        """Hold this desk from now on; what the one before cannot do at its end is done when it is opened again."""
        self._number += 1
        old, self._desk = self._desk, desk
        try:
            if old is not None:
                old.close()
        except (OSError, PortfolioError) as error:
            log.warning("a library did not close in good order: %s", error)

    def _present(self) -> int | None:
        return self.shelf.number if self.shelf else None

    def _work(self, number: int | None, work: Work, arguments: tuple[Any, ...], progress: Progress | None) -> Any:
        desk = self._desk
        if desk is None or number != self._number:
            # Asked of a library that was closed meanwhile: nothing of it may reach the one that is open now.
            raise Cancelled
        function = named(work)
        return function(desk, *arguments) if progress is None else function(desk, *arguments, progress)


def named(work: Work) -> Callable[..., Any]:
    """The function that is meant; a named one's module is imported on the thread that runs it."""
    if not isinstance(work, str):
        return work
    module, _colon, name = work.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function
