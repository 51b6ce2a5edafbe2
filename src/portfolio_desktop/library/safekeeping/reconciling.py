"""A database brought to what the catalog says and what lies in `files/`: rows put in, changed and taken away by their keys.

    with_log      a copy: as one group of the log, "rebuild", so that history and undo go on       changes.Group
    without_log   a new database: the catalog's rows as they are, there is nothing to undo
    file_pieces   files that nothing names: a piece each, to be filed

What the database should be is said by `dump.Contents`; stored rows come first, since files refer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, insert, select, update

from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library import adding, changes, filling, search
from portfolio_desktop.library.changes import Group
from portfolio_desktop.library.dump import Contents, rules_image
from portfolio_desktop.library.intake import Arrival, Batch
from portfolio_desktop.library.looks import image
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import NewPiece
from portfolio_desktop.library.store import Copy
from portfolio_desktop.library.tables import COURSE, FILE, META, PIECE, PROFILE, STORED, TICK

Row = Mapping[str, Any]
Did = Literal["added", "changed", "removed"]
_NOUNS = (("course", COURSE), ("piece", PIECE), ("file", FILE))


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A stored file as the database is to know it; `inspection` is None where its bytes are not there to be looked at."""

    sha256: str
    md5: str
    size: int
    path: str
    kind: str
    inspection: Inspection | None


@dataclass(frozen=True, slots=True)
class Brought:
    """A piece (or course) that the catalog tells otherwise than the copy did, and what became of it."""

    id: str
    title: str
    did: Did


def add_stored(connection: Connection, files: Sequence[StoredRow]) -> None:
    """Tell the database of stored files that it does not know."""
    values = [
        {
            "sha256": file.sha256,
            "md5": file.md5,
            "size": file.size,
            "path": file.path,
            "inspection": image(file.inspection or Inspection("unknown")),
            "deep": 0,
        }
        for file in files
    ]
    if values:
        connection.execute(insert(STORED), values)


def with_log(change: Group, contents: Contents) -> None:
    """Make every row what the catalog says; rows that it does not name go. Ids that it gave are not given again."""
    connection = change.connection
    _bring_profile(change, contents.profile, contents.rules)
    tables: Sequence[tuple[Table, Iterable[Row]]] = (
        (COURSE, contents.courses),
        (PIECE, contents.pieces),
        (FILE, contents.files),
        (TICK, contents.ticks),
    )
    leaving = list[tuple[Table, Row]]()
    for table, wanted in tables:
        keys = [column.name for column in table.primary_key.columns]
        before = {_key(row, keys): row for row in changes.rows(connection, table)}
        after = {_key(row, keys): dict(row) for row in wanted}
        change.insert(table, [after[key] for key in sorted(after.keys() - before.keys())])
        for key in sorted(after.keys() & before.keys()):
            change.update(table, before[key], after[key])
        leaving += [(table, before[key]) for key in sorted(before.keys() - after.keys())]
    for table, row in reversed(leaving):  # ticks before files, the made before what it was made from, courses last
        change.delete(table, row)
    for noun, table in _NOUNS:
        _never_below(connection, noun, table)


def told(change: Group) -> tuple[Brought, ...]:
    """What the catalog made other, for people: each piece and course once."""
    found = dict[str, Brought]()
    for table, before, after in change.images:
        row = after or before or {}
        if table is PIECE or table is COURSE:
            identity = f"{'p' if table is PIECE else 'c'}{row['number']}"
            did: Did = "changed" if before and after else "added" if after else "removed"
            found[identity] = Brought(identity, str(row["title" if table is PIECE else "name"]), did)
        elif table is not PROFILE and (identity := f"p{row['piece']}") not in found:
            found[identity] = Brought(identity, _title(change.connection, row["piece"]), "changed")
    return tuple(found[identity] for identity in sorted(found, key=lambda one: (one[0], int(one[1:]))))


def without_log(connection: Connection, contents: Contents) -> None:
    """Write the catalog's rows into a database that has none."""
    filling.write(connection, contents)


def file_pieces(change: Group, files: Sequence[StoredRow], now: str) -> range:
    """A piece without a category for each of these files, titled by its name; returns the pieces' numbers."""
    batch = Batch(arrivals=[_arrival(file) for file in files], placed={file.sha256: file.path for file in files})
    return adding.add_pieces(change, adding.one_each(batch, NewPiece(), None), now)


def index_anew(connection: Connection, touched: Iterable[int] | None) -> None:
    """Bring the search index to what the rows say: for the pieces touched, or the whole (None, not current, not sound)."""
    if touched is not None and search.is_current(connection) and search.is_sound(connection):
        search.refresh(connection, set(touched))
    else:
        search.rebuild(connection)


def _bring_profile(change: Group, profile: Profile, rules: Mapping[str, Any]) -> None:
    row = changes.rows(change.connection, PROFILE)[0]
    values = {
        "school_type": profile.school_type,
        "entry_year": profile.entry_year,
        "name": storable(profile.name),
        "school": storable(profile.school),
        "rules": rules_image(rules),
    }
    change.update(PROFILE, row, row | values)


def _never_below(connection: Connection, noun: str, table: Table) -> None:
    last = connection.execute(select(func.max(table.c.number))).scalar_one() or 0
    name = META.c.name == f"next_{noun}"
    if int(connection.execute(select(META.c.value).where(name)).scalar_one()) <= last:
        connection.execute(update(META).where(name).values(value=str(last + 1)))


def _arrival(file: StoredRow) -> Arrival:
    name = file.path.rpartition("/")[2]
    copy = Copy(Path(file.path), name, file.sha256, file.md5, file.size, file.kind)
    return Arrival(Path(name), file.sha256, copy, file.inspection)


def _title(connection: Connection, piece: int) -> str:
    return str(connection.execute(select(PIECE.c.title).where(PIECE.c.number == piece)).scalar_one_or_none() or "")


def _key(row: Row, names: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in names)
