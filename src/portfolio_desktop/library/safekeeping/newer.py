"""A library that was put back to an older state: what a copy or the catalog holds and its database lacks, said at the start.

    facts (size, moment, counter of library.sqlite3; catalog.json) as at our own last close  -> nothing is asked
    else  database < backups.beyond (lineage)                                                -> Problem work.newer
          catalog.json is not the present state, and the database never wrote it (written)   -> Problem catalog.newer

Places on other disks are not asked at a start: a share that is gone would hold it up. Nothing is mended here: which of the
two is right only the student knows. What is about to be written over is kept aside.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import bounded, dump, written
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.holding import Holding, dump_of
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.safekeeping import backups, copied, copies, lineage, record
from portfolio_desktop.library.safekeeping.aside import Aside
from portfolio_desktop.library.safekeeping.backups import Backup

_COUNTER = slice(24, 28)  # https://www.sqlite.org/fileformat2.html#the_database_header


def told(found: Sequence[Backup]) -> tuple[str, ...]:
    """What is said of backups with work that the database has not: one sentence for the newest of them."""
    return tuple(problem.message for problem in _of_backups(found))


def look(holding: Holding) -> None:
    """Right after an owner's opening: compare, where the files are not as this program left them. Never keeps from opening."""
    holding.as_left = is_as_left(holding.folder)
    found, is_compared = tuple[Problem, ...](), holding.as_left
    if not holding.as_left:
        with contextlib.suppress(PortfolioError, OSError), holding.reading() as connection:
            found = problems(holding.folder, connection)
            is_compared = True
    holding.start_problems += found
    if not is_compared or any(problem.code == "catalog.newer" for problem in found):
        holding.catalog.keep = lambda: _keep(holding)  # what could not be looked at may be the newer one
    elif not holding.as_left:
        with contextlib.suppress(
            PortfolioError, OSError
        ):  # restored, rebuilt or copied: its catalog is its own from now on
            holding.note_catalog(bounded.content(holding.folder / CATALOG, bounded.DUMP))
    if is_compared and not found:
        holding.leaving = lambda: _note(holding)


def facts(folder: Path) -> tuple[str, ...]:
    """What tells that the database and the catalog are the very files of an earlier moment. Raises OSError."""
    database, catalog = (folder / DATABASE).stat(), (folder / CATALOG).stat()
    with (folder / DATABASE).open("rb") as file:
        counter = file.read(_COUNTER.stop)[_COUNTER].hex()
    return (
        f"{database.st_size} {database.st_mtime_ns} {counter}",
        f"{catalog.st_size} {catalog.st_mtime_ns}",
    )


def is_as_left(folder: Path) -> bool:
    """Whether database and catalog lie there as the last owner left them, with all of it in a copy."""
    left = record.read(folder).left
    try:
        return bool(left) and left == facts(folder) and not backups.strays(folder)
    except OSError:
        return False


def problems(folder: Path, connection: Connection) -> tuple[Problem, ...]:
    """What a backup or the catalog holds and the database lacks."""
    found = list(_of_backups(backups.beyond(folder, lineage.read(connection), places=False)))
    if holds_other(folder, connection):
        found.append(Problem("catalog.newer", CATALOG))
    return tuple(found)


def holds_other(folder: Path, connection: Connection) -> bool:
    """Whether catalog.json tells what the database never did. One that makes no sense tells nothing; the gone neither.

    Raises OSError for one that is there and cannot be read now.
    """
    try:
        content = bounded.content(folder / CATALOG, bounded.DUMP)
    except OSError as error:
        if error.errno in bounded.FOR_NOW:
            raise
        return False
    if content == dump_of(connection) or written.is_known(connection, content):
        return False
    try:
        dump.read(content)
    except PortfolioError:
        return False
    return True


def _keep(holding: Holding) -> None:
    """Keep the catalog that is about to be written over. Raises OSError: then it is not written over."""
    with contextlib.suppress(FileNotFoundError):
        Aside(holding.folder, holding.moment()).copy(holding.catalog.path)


def _note(holding: Holding) -> None:
    """Note how the files are left, where all of it is in a copy; that it cannot be noted only costs a look at the next start."""
    known = record.read(holding.folder)
    with contextlib.suppress(PortfolioError, OSError):
        newest = copies.newest(holding.folder)
        if newest is None or known.trouble is not None:
            return
        with holding.reading() as connection:
            is_copied = copied.state_in(newest) == copied.state_of(connection)
        left = facts(holding.folder)
        if is_copied and left != known.left:
            record.note_left(holding.folder, left)


def _of_backups(found: Iterable[Backup]) -> tuple[Problem, ...]:
    newest = next(iter(found), None)
    if newest is None:
        return ()
    return (Problem("work.newer", str(newest.path)),)
