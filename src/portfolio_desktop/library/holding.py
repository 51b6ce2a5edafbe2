"""A library folder while it is held open: its lock, database, store and catalog, and the ways to work with them.

hold(folder)  ->  Holding
    .reading()       one consistent picture
    .changing()      one intention: transaction, log, search index in it; then the catalog
    .bringing_in()   files into the store first, the transaction after; neither without the other
"""

from __future__ import annotations

import contextlib
import datetime
import getpass
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library import adding, changes, dump, intake, presence, remains, rows, search, written
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.catalog import Catalog
from portfolio_desktop.library.changes import Group, Touched
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.database import Database, is_library, open_database
from portfolio_desktop.library.intake import Batch
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.lock import Lock
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import PieceFilter, Travelled
from portfolio_desktop.library.safekeeping import copies, layout
from portfolio_desktop.library.store import Store
from portfolio_desktop.library.system_words import reason_words
from portfolio_desktop.library.tables import STORED
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

Clock = Callable[[], datetime.datetime]


class Holding:
    """One library folder, held by one thread until `close`. `profile` is the student as last committed.

    `start_problems` is what a look at the stored files' names and sizes found, after an owner that ended without letting go,
    and what backups and the catalog hold that the database lacks (safekeeping.newer, which sets `as_left` and `leaving` too).
    """

    def __init__(self, folder: Path, database: Database, lock: Lock | None, clock: Clock) -> None:
        self.folder = folder
        self.store = Store(folder)
        self.database = database
        self._lock = lock
        self._clock = clock
        self._thread = threading.get_ident()
        self._touched = False
        self.as_left = False
        """Whether the files were found as the last owner left them, with all of it in a copy."""
        self.leaving: Callable[[], None] = lambda: None
        """Notes how the files are left; called last by an owner's close."""
        crashed = lock is not None and lock.left_behind
        self.catalog = Catalog(folder, self.dump, self.note_catalog, stale=crashed or not (folder / CATALOG).exists())
        with self.reading() as connection:
            self.profile = rows.profile(connection)
            self.start_problems: tuple[Problem, ...] = presence.faults(connection, folder) if crashed else ()

    def moment(self) -> datetime.datetime:
        """Now, with its offset."""
        return self._clock()

    def time(self) -> str:
        """Now, ISO 8601 with offset."""
        return self._clock().isoformat(timespec="seconds")

    def today(self) -> datetime.date:
        """The day it is."""
        return self._clock().date()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only looks."""
        self._assert_own_thread()
        with self.database.read() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction on what is not a person's change: facts about files, the index."""
        self._assert_own_thread()
        with self.database.write() as connection:
            yield connection

    @contextlib.contextmanager
    def changing(self, pieces: int = 1) -> Iterator[Group]:
        """One intention of the user, logged; all of it happens or nothing. A copy is made before it where it is on many pieces."""
        self._before(pieces)
        with self.writing() as connection:
            with changes.group(connection, self.time(), account()) as change:
                yield change
            profile = self._follow(change)
        self._committed(profile)

    def travel(self, there: Callable[[Connection, int], tuple[list[str], Touched]], steps: int) -> Travelled:
        """Undo or redo; what was travelled over, and which pieces that reached."""
        self._before(steps)
        with self.writing() as connection:
            sentences, touched = there(connection, steps)
            profile = self._follow(touched)
            reach = touched.reach()
        self._committed(profile)
        return Travelled(tuple(sentences), reach)

    @contextlib.contextmanager
    def bringing_in(self, paths: Iterable[Path], progress: Progress) -> Iterator[Batch]:
        """Files read and placed in the store; the caller's transaction inside makes them the library's."""
        if self.database.read_only:
            raise PortfolioError(_("學習歷程庫以唯讀方式開啟，不能修改。"))
        with self.reading() as connection:
            held = adding.held_files(connection)
        with plain_words():
            self.clear_up()
            try:
                yield intake.bring_in(self.store, paths, held, progress)
            except BaseException:
                self.clear_up()
                raise
            self.store.done()

    def clear_up(self) -> None:
        """Take away what a bringing-in left that never reached the database."""
        with self.reading() as connection:
            self.store.clear_up(lambda path: _is_stored(connection, path))

    def look_over(self) -> None:
        """Right after opening: undo a half-done bringing-in, leave no journal, and index anew when the folding changed or it is torn."""
        self.database.settle_journal()
        with contextlib.suppress(
            OSError
        ):  # a restoring that was killed at its very end: from now on it is a library like any other
            (self.folder / layout.RESTORING).unlink(missing_ok=True)
        if self._lock is not None and self._lock.left_behind:
            copies.clear_up(self.folder)
        self.clear_up()
        with self.reading() as connection:
            current = search.is_current(connection) and search.is_usable(connection)
        if not current:
            with self.writing() as connection:
                search.rebuild(connection)

    def dump(self) -> bytes:
        """The whole library as canonical JSON."""
        with self.reading() as connection:
            return dump_of(connection)

    def note_catalog(self, content: bytes) -> None:
        """Remember that `content` was this library's catalog. Raises PortfolioError."""
        with self.reading() as connection:
            if written.is_known(connection, content):
                return
        with self.writing() as connection:
            written.note(connection, content)

    def close(self) -> None:
        """Refresh the catalog and let go; closing twice does no harm. A held library is let go even when that fails."""
        self._assert_own_thread()
        lock, self._lock = self._lock, None
        current = False
        try:
            if lock is not None:
                current = self.catalog.attempt()
                copies.at_close(self.folder, self.database, self.moment(), touched=self._touched or not self.as_left)
                self.leaving()
        finally:
            self.database.close()
            if lock is not None and current:
                lock.release()
            elif lock is not None:
                lock.abandon()  # the note stays, so that the next owner looks the library over and writes the catalog

    def refresh_catalog(self) -> None:
        """Write catalog.json when it lags behind; raises PortfolioError that says what is safe and what is not done."""
        try:
            self.catalog.refresh()
        except (OSError, PortfolioError) as error:
            reason = reason_words(error) if isinstance(error, OSError) else error
            raise PortfolioError(
                _("變更都存好了，只有 catalog.json 沒有更新（{reason}）。請檢查磁碟空間，程式稍後會再試。").format(
                    reason=reason
                )
            ) from error

    def copy_database(self, target: Path) -> None:
        """Copy the database to `target`, whole or not at all, and check the copy."""
        self._assert_own_thread()
        self.database.backup(target)

    def _before(self, count: int) -> None:
        if count >= copies.BULK and not self.database.read_only:
            self._assert_own_thread()
            copies.before_bulk(self.folder, self.database, self.moment())

    def _follow(self, touched: Touched) -> Profile:
        search.refresh(touched.connection, touched.pieces())
        return rows.profile(touched.connection)

    def _committed(self, profile: Profile) -> None:
        self.profile = profile
        self._touched = True
        self.catalog.changed()

    def _assert_own_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise AssertionError("a library is used from the thread that opened it")


def dump_of(connection: Connection) -> bytes:
    """The whole library as canonical JSON, out of one open database."""
    return dump.dump(
        rows.profile(connection),
        rows.stored_rules(connection),
        rows.courses(connection),
        rows.pieces(connection, PieceFilter(trashed=None)),
    )


def hold(folder: Path, clock: Clock, *, read_only: bool = False) -> Holding:
    """Open a library folder: as its one owner, or reading only, without changing a byte of it.

    Raises LockedError when another program has it, DamageError when it is malformed, PortfolioError when it is
    not a library or a newer program's.
    """
    with plain_words():
        if not (folder / DATABASE).is_file() or not is_library(folder / DATABASE):
            raise remains.refusal(folder)
        if read_only:
            return _held(folder, None, clock)
        lock = Lock(folder / LOCK)
        try:
            return _held(folder, lock, clock)
        except BaseException as error:
            if lock.left_behind or not isinstance(error, PortfolioError) or isinstance(error, DamageError):
                lock.abandon()  # the note stays: this library still has to be looked over
            else:
                lock.release()
            raise


def _held(folder: Path, lock: Lock | None, clock: Clock) -> Holding:
    crashed = lock is not None and lock.left_behind
    database = open_database(folder / DATABASE, read_only=lock is None, look_over=crashed)
    try:
        holding = Holding(folder, database, lock, clock)
        if lock is not None:
            holding.look_over()
    except BaseException:
        database.close()
        raise
    return holding


def _is_stored(connection: Connection, path: str) -> bool:
    return connection.execute(select(STORED.c.sha256).where(STORED.c.path == path)).first() is not None


def account() -> str:
    """The name of the computer's account, for the log; empty where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
