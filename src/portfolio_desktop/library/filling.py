"""A new library filled from a dump: every file copied and its hash compared, then all rows in one transaction.

    Contents + source(sha256) -> store (files/) -> profile, courses, pieces, files, ticks -> equal dump

Nothing of it is in the log: there is nothing to undo in a library that begins like this.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.files import Unreadable
from portfolio_desktop.library import adding, search
from portfolio_desktop.library.database import open_database
from portfolio_desktop.library.dump import Contents, rules_image
from portfolio_desktop.library.intake import Arrival, Batch, first_look
from portfolio_desktop.library.store import Copy, Store
from portfolio_desktop.library.tables import COURSE, FILE, META, PIECE, PROFILE, TICK
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress


def fill(folder: Path, database: Path, contents: Contents, source: Callable[[str], Path], progress: Progress) -> None:
    """Fill the files of the library in `folder`, and its new `database`. Raises DamageError, PortfolioError or Cancelled."""
    store = Store(folder)
    with plain_words():
        batch = _bring_in(store, contents, source, progress)
        with contextlib.closing(open_database(database)) as opened, opened.write() as connection:
            adding.add_stored(connection, batch)
            write(connection, contents)
            search.refresh(connection, connection.execute(select(PIECE.c.number)).scalars().all())
        store.done()


def _bring_in(store: Store, contents: Contents, source: Callable[[str], Path], progress: Progress) -> Batch:
    names = {row["sha256"]: row["name"] for row in reversed(contents.files)}
    batch = Batch()
    store.begin()
    for done, sha256 in enumerate(contents.digests, 1):
        progress.step(done, len(contents.digests), names[sha256])
        copy = _copy(store, source(sha256), done, sha256, names[sha256])
        batch.arrivals.append(Arrival(copy.temporary, sha256, copy, first_look(copy)))
    copies = [arrival.copy for arrival in batch.arrivals if arrival.copy]
    batch.placed = dict(zip(contents.digests, store.place(copies), strict=True))
    return batch


def _copy(store: Store, path: Path, number: int, sha256: str, name: str) -> Copy:
    try:
        copy = store.copy_in(path, number, Progress())
    except Unreadable as fault:
        raise DamageError(_("缺少檔案「{name}」，或無法讀取。").format(name=name)) from fault
    if copy.sha256 != sha256:
        raise DamageError(_("檔案「{name}」的內容和記錄的不同，可能已損壞。").format(name=name))
    return replace(copy, name=name)


def write(connection: Connection, contents: Contents) -> None:
    """Write all rows into a database that has none, whose stored files are told already; raises PortfolioError for rows that
    do not go together.
    """
    connection.execute(update(PROFILE).values(rules=rules_image(contents.rules)))
    tables: Sequence[tuple[Table, Sequence[Mapping[str, Any]]]] = (
        (COURSE, contents.courses),
        (PIECE, contents.pieces),
        (FILE, sorted(contents.files, key=lambda row: int(row["number"]))),
        (TICK, contents.ticks),
    )
    try:
        for table, rows in tables:
            if rows:
                connection.execute(insert(table), [dict(row) for row in rows])
    except IntegrityError as error:
        raise PortfolioError(_("這份資料前後不一致，可能已損壞。請換一份完整的成果包。")) from error
    for noun, table in (("course", COURSE), ("piece", PIECE), ("file", FILE)):
        last = connection.execute(select(func.max(table.c.number))).scalar_one() or 0
        connection.execute(update(META).where(META.c.name == f"next_{noun}").values(value=str(last + 1)))
