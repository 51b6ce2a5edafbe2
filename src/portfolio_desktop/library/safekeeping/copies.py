"""Automatic copies of the database: `backups/20261123T191111Z-close.sqlite3`, checked, thinned, never in anybody's way.

    close   a change that the newest copy has not     -> SQLite's backup -> integrity_check -> fsync -> rename -> thin -> note
    bulk    before twenty pieces change at once          a database that is large: at closing only once an hour

A copy that cannot be made is told in the log and in the record, and keeps nobody from closing or from working. Copies that
an upgrade made (`before-schema-…`) are never thinned, nor is one whose work is nowhere else. With `files/` beside them,
copies are backups like any other.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
from pathlib import Path

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library.database import Database
from portfolio_desktop.library.safekeeping import copied, layout, lineage, record, thinning
from portfolio_desktop.library.troubles import plain_words

BULK = 20
"""Pieces, or steps of undo, from which on a change is preceded by a copy."""
LARGE = 32 << 20
"""Bytes from which on a database is not copied at each closing: checking the copy takes up to half a second then."""
SELDOM = datetime.timedelta(hours=1)
SETTING = datetime.timedelta(days=1)
"""How far a clock may be put back."""

logger = logging.getLogger(__name__)


def at_close(library: Path, database: Database, now: datetime.datetime, *, touched: bool = True) -> bool:
    """Copy the database before it is closed, when something changed that no copy has; whether a copy was made.

    touched  False when it is known to be as a copy holds it: then only that there is one is asked
    """
    try:
        size = database.path.stat().st_size
    except OSError:
        size = 0
    return _attempt(library, database, now, "close", rest=SELDOM if size > LARGE else None, touched=touched)


def before_bulk(library: Path, database: Database, now: datetime.datetime) -> bool:
    """Copy the database before much of it changes, when something changed that no copy has; whether a copy was made."""
    return _attempt(library, database, now, "bulk")


def _attempt(
    library: Path,
    database: Database,
    now: datetime.datetime,
    reason: str,
    rest: datetime.timedelta | None = None,
    *,
    touched: bool = True,
) -> bool:
    folder = library / record.FOLDER
    try:
        with plain_words():
            last = newest(library)
            made = None if last is None else layout.moment_of(last.name)
            if rest is not None and made is not None and datetime.timedelta() <= now - made < rest:
                return False
            if not _has_news(database, last, touched=touched):
                return False
            moment, path = _free_name(folder, now, reason)
            database.backup(path)
            thin(folder, now, path)
            record.note_copy(library, moment, path.name)
    except PortfolioError as error:
        logger.warning("no copy of the database was made in %s: %s", folder, error)
        with contextlib.suppress(OSError):
            record.note_trouble(library, now, str(error))
        return False
    return True


def clear_up(library: Path) -> None:
    """Take away what a killed copying left unfinished; what cannot be taken away is in nobody's way."""
    with contextlib.suppress(OSError):
        for path in (library / record.FOLDER).glob("*.new"):
            path.unlink()


def thin(folder: Path, now: datetime.datetime, made: Path | None = None) -> int:
    """Take away the copies that thinning does not keep; returns how many. Raises OSError.

    made  the one that was just made of the library: it stays
    None goes whose work is in none that stays: an older database may have been put back, and this be all that is left of it.
    """
    found = layout.copies(folder)
    kept = thinning.keep((moment for moment, _path in found), now)
    staying = [path for moment, path in found if moment in kept or path == made]
    gone = [path for moment, path in found if path not in staying]
    if not gone:
        return 0
    staying.sort(key=lambda path: (path == made, path.name), reverse=True)
    taken = 0
    for line, path in sorted(((lineage.of_any(path), path) for path in gone), key=_most_work, reverse=True):
        if line is None:
            continue
        if lineage.is_held(line, map(lineage.of_any, staying)):
            path.unlink(missing_ok=True)
            taken += 1
        else:
            staying.append(path)
    return taken


def _most_work(of: tuple[lineage.Lineage | None, Path]) -> tuple[int, str]:
    line, path = of
    return (len(line.groups) if line is not None else 0), path.name


def newest(library: Path) -> Path | None:
    """The copy of the library as it was last copied: the one that it noted, else the one with the most work."""
    noted = record.read(library).copy
    if noted is not None and layout.COPY.fullmatch(noted.name) and (library / record.FOLDER / noted.name).is_file():
        return library / record.FOLDER / noted.name
    found = [(lineage.of_any(path), path) for _moment, path in layout.copies(library / record.FOLDER)]
    return max(found, key=_most_work)[1] if found else None


def _has_news(database: Database, newest: Path | None, *, touched: bool) -> bool:
    """Whether the database holds work that the newest copy has not; a copy that cannot be read holds none."""
    with database.read() as connection:
        state = copied.state_of(connection)
    if newest is None:
        return state != copied.NOTHING
    try:
        # Three numbers say that there is news in half a millisecond; only the logs say that there is none.
        if copied.state_in(newest) != state:
            return True
        return touched and _is_other(database, lineage.of_copy(newest))
    except PortfolioError:
        return True


def _is_other(database: Database, held: lineage.Lineage) -> bool:
    """Whether the database's log is not the copy's; one that is damaged has nothing to be copied."""
    try:
        with database.read() as connection:
            line = lineage.read(connection)
        return line != held and database.fault() is None
    except PortfolioError:
        return False


def _free_name(folder: Path, now: datetime.datetime, reason: str) -> tuple[datetime.datetime, Path]:
    """A moment that no copy has: none is ever written over, and the last one made is the newest by name.

    A clock that is put back keeps that order for a day; one that was wrong by more is believed now.
    """
    moment = now.astimezone(datetime.UTC).replace(microsecond=0)
    taken = {other for other, _path in layout.copies(folder) if other - moment < SETTING}
    if taken:
        moment = max(moment, max(taken) + datetime.timedelta(seconds=1))
    return moment, folder / f"{layout.stamp(moment)}-{reason}.sqlite3"
