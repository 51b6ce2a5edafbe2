"""The database file: opened, known, climbed to the newest schema, and used in transactions that are whole or nothing.

    open_database(path)  ->  Database
        with .write() as connection:   BEGIN IMMEDIATE … COMMIT      any exception: ROLLBACK
        with .read() as connection:    BEGIN … COMMIT                one consistent picture

Rollback journal, synchronous EXTRA, foreign keys on. No WAL: see docs and design for why. One connection, one thread.
SQLAlchemy's own transaction mode for SQLite begins late and commits early, so BEGIN is ours (`isolation_level = None`).
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from portfolio_desktop import durable
from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.files import Unreadable
from portfolio_desktop.library import ladder
from portfolio_desktop.library.folding import VERSION as FOLDING
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.problems import DatabaseDamageError
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.store import digest
from portfolio_desktop.library.troubles import damaged_words, plain_words
from portfolio_desktop.messages import _

NAME = "library.sqlite3"
BUSY_SECONDS = 5.0
# Filled only as far as pages are read; a smaller one reads pages of a search over 10,000 pieces twice.
CACHE_KIB = 32_768
CHECK_KIB = 2_048
# https://www.sqlite.org/fileformat2.html#the_database_header
_HEADER = 100
_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID = slice(68, 72)


class Database:
    """One open database. Use from the thread that opened it, one transaction at a time."""

    def __init__(self, raw: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._raw = raw
        self._connection = _connected(raw)

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may change things: it all happens, or nothing of it."""
        if self.read_only:
            raise PortfolioError(_("學習歷程庫以唯讀方式開啟，不能修改。"))
        with plain_words():
            self._connection.info["begin"] = "BEGIN IMMEDIATE"
            with self._connection.begin():
                yield self._connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only looks: everything in it is of one moment."""
        with plain_words():
            self._connection.info["begin"] = "BEGIN"
            with self._connection.begin():
                yield self._connection

    def backup(self, target: Path) -> None:
        """Copy the database to `target` with SQLite's own backup, check the copy, read it back, then give it its name."""
        with plain_words():
            _backup(self._raw, target)

    @property
    def version(self) -> int:
        """The schema's number."""
        return int(self._raw.execute("PRAGMA user_version").fetchone()[0])

    def fault(self) -> str | None:
        """What is wrong with its structure, in SQLite's words; None when it is sound. Every page is read."""
        with plain_words():
            problem = str(self._raw.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if problem != "ok":
                return problem
            key = self._raw.execute("PRAGMA foreign_key_check").fetchone()
            return None if key is None else f"foreign key of {key[0]} {key[1]}"

    def settle_journal(self) -> None:
        """Take away a journal that a kill left before it counted: SQLite leaves it there until the next change, which this is.

        Nothing is changed by it, and nothing is wrong when the disk cannot take it.
        """
        if self.path.with_name(f"{self.path.name}-journal").exists():
            with contextlib.suppress(PortfolioError), self.write() as connection:
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(
                    f"PRAGMA user_version = {version}"
                )  # a row that stays as it is writes no page

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._connection.close()
        self._raw.close()


def create_database(path: Path, profile: Profile) -> None:
    """Make a new database of the newest schema at `path`, for this student; it appears whole or not at all."""
    unfinished = path.with_name(f"{path.name}.new")
    with plain_words():
        unfinished.unlink(missing_ok=True)
        try:
            raw = _connect(unfinished, "rwc")
            try:
                ladder.climb(raw, ladder.steps())
                raw.execute(
                    "INSERT INTO profile VALUES (1, ?, ?, ?, ?, '{}')",
                    (profile.school_type, profile.entry_year, storable(profile.name), storable(profile.school)),
                )
                raw.execute("UPDATE meta SET value = ? WHERE name = 'search'", (FOLDING,))
            finally:
                raw.close()
            durable.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


def is_library(path: Path) -> bool:
    """Whether a file's header says that it is a library's database; it is only read. Raises OSError."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    number = int.from_bytes(header[_APPLICATION_ID], "big")
    return len(header) == _HEADER and header.startswith(_MAGIC) and number == ladder.APPLICATION_ID


def open_database(
    path: Path, *, read_only: bool = False, look_over: bool = False, migrations: Path = ladder.FOLDER
) -> Database:
    """Open the database, climbing to the newest schema when it is older (after a checked backup in `backups/`).

    look_over    check its structure first, after a shutdown that was not clean
    Raises PortfolioError when it is a newer program's, DamageError when it is malformed.
    """
    with plain_words():
        raw = _connect(path, "ro" if read_only else "rw")
        try:
            _settle(raw, path, read_only=read_only, look_over=look_over, migrations=migrations)
            return Database(raw, path, read_only=read_only)
        except BaseException:
            raw.close()
            raise


def open_copy(path: Path) -> Database:
    """Open a finished copy that nobody writes to: without locks, and without a journal that lies beside it by accident.

    It may be of an older schema (`version`, `upgrade`). Raises DamageError when it is no library's database or malformed,
    PortfolioError when it is a newer program's.
    """
    with plain_words():
        if not is_library(path):
            raise DamageError(_("「{path}」不是學習歷程庫的備份，或已經損壞。").format(path=path))
        raw = _connect(path, "ro&immutable=1")
        try:
            _refuse_newer(raw, len(ladder.steps()))
            return Database(raw, path, read_only=True)
        except BaseException:
            raw.close()
            raise


def ask_copy(path: Path, question: str) -> tuple[object, ...]:
    """One row out of a finished copy, without the cost of opening it as a database of ours.

    Raises DamageError for what is none, else as `open_copy` does.
    """
    with plain_words(), contextlib.closing(sqlite3.connect(_uri(path.absolute(), "ro&immutable=1"), uri=True)) as raw:
        try:
            return tuple(raw.execute(question).fetchone())
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            raise DamageError(_("「{path}」不是學習歷程庫的備份，或已經損壞。").format(path=path)) from error


def upgrade(path: Path) -> None:
    """Take a copy that nobody has open to the newest schema; the caller has another one. Raises as `open_database` does."""
    with plain_words(), contextlib.closing(_connect(path, "rw")) as raw:
        steps = ladder.steps()
        if _refuse_newer(raw, len(steps)) < len(steps):
            _climb(raw, steps)


def _refuse_newer(raw: sqlite3.Connection, newest: int) -> int:
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if version > newest:
        raise PortfolioError(_("這個學習歷程庫由較新版的程式建立。請先更新程式再開啟；資料沒有更動。"))
    return version


def _climb(raw: sqlite3.Connection, steps: Sequence[Path]) -> None:
    raw.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table; the ladder checks the keys itself
    ladder.climb(raw, steps)
    raw.execute("PRAGMA foreign_keys = ON")


def _settle(raw: sqlite3.Connection, path: Path, *, read_only: bool, look_over: bool, migrations: Path) -> None:
    steps = ladder.steps(migrations)
    version = _refuse_newer(raw, len(steps))
    if look_over:
        # Every page is looked at once: to keep them all would fill the memory with what nobody asks for again.
        raw.execute(f"PRAGMA cache_size = -{CHECK_KIB}")
        problem = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
        raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if problem != "ok":
            raise DatabaseDamageError(damaged_words())
    if version < len(steps):
        if read_only:
            raise PortfolioError(_("這個學習歷程庫是舊版格式，需要先以正常方式開啟一次來升級。"))
        _keep(raw, path.parent / "backups", f"before-schema-{len(steps)}-from-{version}")
        _climb(raw, steps)


def _keep(raw: sqlite3.Connection, folder: Path, name: str) -> None:
    """A copy that is never written over: an older database may be put back and upgraded once more. Equal ones are kept once."""
    earlier = [folder / f"{name}.sqlite3"]
    while earlier[-1].exists():
        earlier.append(folder / f"{name}-{len(earlier) + 1}.sqlite3")
    made = earlier.pop()
    _backup(raw, made)
    with contextlib.suppress(OSError):  # one that cannot be read is none that this one could stand for
        if any(_digest(made) == _digest(one) for one in earlier):
            made.unlink()


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    try:
        raw = sqlite3.connect(_uri(path.absolute(), mode), uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise PortfolioError(  # no statement of ours was wrong yet: SQLite cannot use such a path
            _("無法開啟資料庫檔案「{path}」。請把學習歷程庫移到電腦本身的磁碟，再開啟一次。").format(path=path)
        ) from error
    raw.execute("PRAGMA foreign_keys = ON")
    # FULL, and the folder is synced once the journal is gone: else a power cut could take back what was told as done.
    raw.execute("PRAGMA synchronous = EXTRA")
    raw.execute("PRAGMA fullfsync = ON")  # macOS: reach the disk, not only its cache; nothing elsewhere
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return raw


def _uri(path: PurePath, mode: str) -> str:
    """SQLite's name for an absolute path. A network share has four slashes: with two, its server would be a host name.

    https://www.sqlite.org/uri.html
    """
    plain = path.as_posix()
    slashes = "//" if plain.startswith("/") else "///"
    return f"file:{slashes}{quote(os.fsencode(plain), safe='/:')}?mode={mode}"


_handed = threading.local()


@functools.cache
def _engine() -> Engine:
    """One for all databases of this process: a statement is then compiled once, not once a database."""
    engine = create_engine("sqlite+pysqlite://", creator=lambda: _handed.raw, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(connection.info["begin"]))
    return engine


def _connected(raw: sqlite3.Connection) -> Connection:
    _handed.raw = raw
    try:
        return _engine().connect()
    finally:
        del _handed.raw


def _backup(raw: sqlite3.Connection, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_name(f"{target.name}.new")
    unfinished.unlink(missing_ok=True)
    try:
        copy = sqlite3.connect(unfinished, isolation_level=None)
        try:
            # A file that has no name yet needs no journal, and one call at the end brings it all to the disk.
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            raw.backup(copy)
            problem = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            copy.close()
        written = _digest(unfinished)
        with unfinished.open("r+b") as file:
            durable.sync_file(file)
        durable.read_anew(unfinished)
        if _digest(unfinished) != written:
            raise DamageError(_("「{path}」寫入後讀回來的內容不同，這個磁碟不可靠。").format(path=target))
        if problem != "ok":
            raise DamageError(_("備份檢查沒有通過，資料庫可能已損壞；沒有再做任何更動。"))
        durable.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    try:
        return digest(path)
    except Unreadable as fault:
        raise OSError(errno.EIO, fault.reason, str(path)) from fault
