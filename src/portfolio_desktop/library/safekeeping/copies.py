"""Automatic copies of the database: `backups/20261123T191111Z-close.sqlite3`, checked, thinned, never in anybody's way.

    close   a change that the newest copy has not     -> SQLite's backup -> integrity_check -> fsync -> rename -> thin -> note
    bulk    before twenty pieces change at once          a database that is large: at closing only once an hour

A copy that cannot be made is told in the log and in the record, and keeps nobody from closing or from working. Copies that
an upgrade made (`before-schema-…`) are never thinned. With `files/` beside them, copies are backups like any other.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
from pathlib import Path

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.database import Database
from portfolio_desktop.library.safekeeping import copied, layout, record, thinning
from portfolio_desktop.library.troubles import plain_words

BULK = 20
"""Pieces, or steps of undo, from which on a change is preceded by a copy."""
LARGE = 32 << 20
"""Bytes from which on a database is not copied at each closing: checking the copy takes up to half a second then."""
SELDOM = datetime.timedelta(hours=1)
SETTING = datetime.timedelta(days=1)
"""How far a clock may be put back."""

logger = logging.getLogger(__name__)


def at_close(library: Path, database: Database, now: datetime.datetime) -> bool:
    """Copy the database before it is closed, when something changed that no copy has; whether a copy was made."""
    try:
        size = database.path.stat().st_size
    except OSError:
        size = 0
    return _attempt(library, database, now, "close", rest=SELDOM if size > LARGE else None)


def before_bulk(library: Path, database: Database, now: datetime.datetime) -> bool:
    """Copy the database before much of it changes, when something changed that no copy has; whether a copy was made."""
    return _attempt(library, database, now, "bulk")


def _attempt(
    library: Path, database: Database, now: datetime.datetime, reason: str, rest: datetime.timedelta | None = None
) -> bool:
    try:
        with plain_words():
            found = layout.copies(library / record.FOLDER)
            if rest is not None and found and datetime.timedelta() <= now - found[0][0] < rest:
                return False
            if not _has_news(database, found[0][1] if found else None):
                return False
            moment, path = _free_name(library / record.FOLDER, now, reason)
            database.backup(path)
            thin(library / record.FOLDER, now)
            record.note_copy(library, moment, path.name)
    except PortfolioError as error:
        logger.warning("no copy of the database was made in %s: %s", library / record.FOLDER, error)
        with contextlib.suppress(OSError):
            record.note_trouble(library, now, str(error))
        return False
    return True


def clear_up(library: Path) -> None:
    """Take away what a killed copying left unfinished; what cannot be taken away is in nobody's way."""
    with contextlib.suppress(OSError):
        for path in (library / record.FOLDER).glob("*.new"):
            path.unlink()


def thin(folder: Path, now: datetime.datetime) -> int:
    """Take away the copies that thinning does not keep; returns how many. Raises OSError."""
    found = layout.copies(folder)
    kept = thinning.keep((moment for moment, _path in found), now)
    gone = [path for moment, path in found if moment not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _has_news(database: Database, newest: Path | None) -> bool:
    """Whether the database holds work that the newest copy has not; a copy that cannot be read holds none."""
    with database.read() as connection:
        state = copied.state_of(connection)
    if newest is None:
        return state != copied.NOTHING
    with contextlib.suppress(PortfolioError):
        return copied.state_in(newest) != state
    return True


def _free_name(folder: Path, now: datetime.datetime, reason: str) -> tuple[datetime.datetime, Path]:
    """A moment that no copy has: none is ever written over, and the last one made is the newest by name.

    A clock that is put back keeps that order for a day; one that was wrong by more is believed now.
    """
    moment = now.astimezone(datetime.UTC).replace(microsecond=0)
    taken = {other for other, _path in layout.copies(folder) if other - moment < SETTING}
    if taken:
        moment = max(moment, max(taken) + datetime.timedelta(seconds=1))
    return moment, folder / f"{layout.stamp(moment)}-{reason}.sqlite3"
