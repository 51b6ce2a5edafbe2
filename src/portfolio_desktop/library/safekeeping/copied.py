"""A copy of the database, read where it lies: what it holds, whose it is, how far its log goes. Nothing of it is changed.

    path -> reading -> Database          of an older schema: a temporary copy of it, upgraded
            files_of(connection)         every stored file, with the name it came with and the pieces that hold it
            identity_of, state_of        which library; equal states hold equal work

An older schema has no identity: what has none may be any library's.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from portfolio_desktop.library import ladder, presence
from portfolio_desktop.library.database import NAME, Database, ask_copy, open_copy, upgrade
from portfolio_desktop.library.tables import FILE, META, STORED
from portfolio_desktop.library.troubles import plain_words

State = tuple[int, int, int]
"""The newest group of changes, the newest that is in force, and how many files are stored."""
NOTHING: State = (0, 0, 0)
STATE = (
    "SELECT (SELECT coalesce(max(number), 0) FROM change_group),"
    " (SELECT coalesce(max(number), 0) FROM change_group WHERE state = 'done'), (SELECT count(*) FROM stored)"
)


@dataclass(frozen=True, slots=True)
class BackedFile:
    """A stored file as a backup knows it: `path` is its place below a library's `files/`, `name` the one it came with.

    pieces   ids and titles of the pieces that hold it, now or as an earlier version
    """

    sha256: str
    md5: str
    size: int
    path: str
    name: str
    pieces: tuple[tuple[str, str], ...] = ()


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Database]:
    """A database copy, of the present schema while it is open.

    Raises DamageError when it is no library's database or malformed, PortfolioError when it is a newer program's.
    """
    with plain_words(), contextlib.ExitStack() as opened:
        database = opened.enter_context(closing(open_copy(path)))
        if database.version < len(ladder.steps()):
            upgraded = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="portfolio-desktop-"))) / NAME
            shutil.copyfile(path, upgraded)
            upgrade(upgraded)
            database = opened.enter_context(closing(open_copy(upgraded)))
        yield database


def files_of(connection: Connection) -> tuple[BackedFile, ...]:
    """Every stored file, by hash."""
    more = {
        sha256: (md5, name)
        for sha256, md5, name in connection.execute(
            select(STORED.c.sha256, STORED.c.md5, func.min(FILE.c.name))
            .join(FILE, FILE.c.sha256 == STORED.c.sha256, isouter=True)
            .group_by(STORED.c.sha256)
        )
    }
    found = []
    for file in presence.expected(connection):
        md5, name = more[file.sha256]
        plain = name if name is not None else file.path.rpartition("/")[2]  # no piece has it any more
        found.append(BackedFile(file.sha256, md5, file.size, file.path, plain, file.pieces))
    return tuple(found)


def identity_of(connection: Connection) -> str | None:
    """Which library it is, 32 hex digits."""
    found = connection.execute(select(META.c.value).where(META.c.name == "identity")).scalar_one_or_none()
    return None if found is None else str(found)


def state_of(connection: Connection) -> State:
    """How far the library's work had come."""
    last, in_force, stored = connection.exec_driver_sql(STATE).one()
    return last, in_force, stored


def state_in(copy: Path) -> State:
    """The same of a copy, of any schema. Raises PortfolioError."""
    with plain_words():
        last, in_force, stored = ask_copy(copy, STATE)
        return int(str(last)), int(str(in_force)), int(str(stored))
