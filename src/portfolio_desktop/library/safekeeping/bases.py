"""What a database can be rebuilt from: the one that lies there, a copy of it, the catalog; which of them can be trusted.

    library.sqlite3 (+ journal)  -> standing   sound: nothing to rebuild           Base(path, content, stored, …)
    backups/*.sqlite3            -> newest     the copy with the most work that is sound: it has the log, undo and earlier texts
    catalog.json                 -> catalog_of a state without a log; not of another library, not one that the copy passed through

Looking changes nothing: a journal is tried out on copies, since SQLite would write it into whatever lies beside it.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library import bounded, dump, ladder, rows, written
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.database import is_library, open_copy
from portfolio_desktop.library.dump import Contents
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.safekeeping import backups, lineage
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.copied import BackedFile, files_of, reading
from portfolio_desktop.library.safekeeping.lineage import Lineage
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.safekeeping.verifying import database_problems
from portfolio_desktop.library.store import Store
from portfolio_desktop.library.tables import META, PIECE
from portfolio_desktop.library.troubles import damaged_words, plain_words
from portfolio_desktop.messages import _

JOURNALS = ("-journal", "-wal", "-shm")
TRIES = 2
"""A disk may fail once; what fails twice is damaged."""
_USER_VERSION = slice(60, 64)  # https://www.sqlite.org/fileformat2.html#the_database_header
_MD5 = re.compile(r"[0-9a-f]{32}")
_MOST = 1 << 53


@dataclass(frozen=True, slots=True)
class Base:
    """A sound database: where it lies, its dump, the files that it knows, and what tells whose catalog a catalog is.

    born     number and moment of making of every piece that it ever had;  next_piece the first number it never gave
    lineage  which work is in it
    """

    path: Path
    content: bytes
    files: Mapping[str, BackedFile]
    born: frozenset[tuple[int, str]]
    next_piece: int
    lineage: Lineage


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """catalog.json as it was read: its bytes, what it says, with md5 and size of each file by hash."""

    content: bytes
    contents: Contents
    sizes: Mapping[str, tuple[str, int]]


def examine(path: Path) -> Base:
    """A database file looked at to its last row. Raises DamageError when anything of it is not sound."""
    with reading(path) as database, database.read() as connection:
        if problems := database_problems(connection):
            raise DamageError(problems[0].message)
        content = dump_of(connection)
        try:
            dump.read(content)
        except PortfolioError as error:
            raise DamageError(damaged_words()) from error
        files = {file.sha256: file for file in files_of(connection)}
        store = Store(path.parent)
        for file in files.values():
            store.path(file.path)
        next_piece = int(connection.execute(select(META.c.value).where(META.c.name == "next_piece")).scalar_one())
        return Base(path, content, files, _born(connection), next_piece, lineage.read(connection))


def standing(library: Path) -> Base | None:
    """The library's own database where it is sound; raises PortfolioError when it is a newer program's."""
    path = library / DATABASE
    if not path.is_file():
        return None
    if _is_newer(path):
        raise PortfolioError(_("這個學習歷程庫由較新版的程式建立。請先更新程式再開啟；資料沒有更動。"))
    journals = [path.with_name(path.name + end) for end in JOURNALS]
    if not any(journal.exists() for journal in journals):
        return sound(path)
    alone = sound(path)
    with tempfile.TemporaryDirectory(prefix="portfolio-desktop-") as name:
        together = Path(name) / DATABASE
        for source in (path, *journals):
            if source.exists():
                shutil.copyfile(source, together.with_name(source.name))
        _roll_back(together)
        settled = sound(together)
    # A journal of another moment spoils a sound database when it is rolled back, or makes it another sound one.
    if settled and alone and alone.content != settled.content and alone.content == _bytes(library / CATALOG):
        return None
    return settled


def newest(library: Path, known: Iterable[Backup] = ()) -> Base | None:
    """The newest copy that is sound: the database without its journal, else of `backups/` and the `known` ones elsewhere."""
    if (base := sound(library / DATABASE)) is not None:
        return base
    return next((base for path in _copies(library, known) if (base := sound(path)) is not None), None)


def catalog_of(library: Path) -> CatalogFile | None:
    """What catalog.json says; None where it is gone or makes no sense. Raises PortfolioError when it is a newer program's."""
    content = _bytes(library / CATALOG)
    if content is None:
        return None
    try:
        contents = dump.read(content)
        data = json.loads(content)
    except PortfolioError:
        if _claims_newer(content):
            raise
        return None
    files = [file for piece in data["pieces"] for file in piece["files"]]
    with contextlib.suppress(KeyError, TypeError, ValueError):
        sizes = {file["sha256"]: (file["md5"], file["size"]) for file in files}
        if dump.is_consistent(contents) and all(_is_told(*told) for told in sizes.values()):
            return CatalogFile(content, contents, sizes)
    return None


def is_others(catalog: CatalogFile, base: Base | None, found: frozenset[str]) -> bool:
    """Whether a catalog is another library's: it has nothing in common with the copy, or with the files that are there."""
    if base is None:
        return bool(catalog.contents.digests and found) and not found & set(catalog.contents.digests)
    named = {(int(piece["number"]), str(piece["added"])) for piece in catalog.contents.pieces}
    clash = any(number < base.next_piece for number, _added in named)
    return bool(base.born) and clash and not named & base.born


def is_behind(catalog: CatalogFile, base: Base | None) -> bool:
    """Whether a catalog was written by the copy's library before the copy: all of it is in the copy's log. Raises DamageError."""
    if base is None or catalog.content == base.content:
        return False
    with reading(base.path) as database, database.read() as connection:
        return written.is_known(connection, catalog.content)


def told_profile(library: Path, known: Iterable[Backup] = ()) -> Profile | None:
    """Whose library it was, as far as any database file can still say, however damaged."""
    for path in (library / DATABASE, *_copies(library, known)):
        with (
            contextlib.suppress(PortfolioError, OSError),
            contextlib.closing(open_copy(path)) as database,
            database.read() as connection,
        ):
            return rows.profile(connection)
    return None


def sound(path: Path) -> Base | None:
    """A database file where it is sound to its last row; None where it is not, twice."""
    for _try in range(TRIES):
        with contextlib.suppress(PortfolioError, OSError):
            return examine(path)
    return None


def _roll_back(path: Path) -> None:
    """Let SQLite do with a copy and its journal what it would do with the originals."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _is_newer(path: Path) -> bool:
    with plain_words(), path.open("rb") as file:
        header = file.read(100)
        return is_library(path) and int.from_bytes(header[_USER_VERSION], "big") > len(ladder.steps())


def _is_told(md5: object, size: object) -> bool:
    """Whether these can be a file's MD5 and size."""
    return isinstance(md5, str) and _MD5.fullmatch(md5) is not None and type(size) is int and 0 <= size < _MOST


def _claims_newer(content: bytes) -> bool:
    try:
        data = json.loads(content)
        return bool(data["format"] == dump.FORMAT and data["version"] > dump.VERSION)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _born(connection: Connection) -> frozenset[tuple[int, str]]:
    pieces = {(number, added) for number, added in connection.execute(select(PIECE.c.number, PIECE.c.added))}
    logged = connection.exec_driver_sql(
        "SELECT json_extract(image, '$.number'), json_extract(image, '$.added') FROM"
        " (SELECT coalesce(after, before) AS image FROM change WHERE row_table = 'piece')"
    )
    return frozenset(pieces | {(number, added) for number, added in logged})


def _copies(library: Path, known: Iterable[Backup]) -> list[Path]:
    """Every copy, those with the most work first; also those that an upgrade made, and what a person put there."""
    found = list(known)
    named = {backup.database for backup in found}
    for path in sorted((library / BACKUPS).glob("*.sqlite3")):
        with contextlib.suppress(OSError, PortfolioError):
            found += [] if path in named else [backups.copy(path)]
    return [backup.database for backup in backups.ranked(library, found)]


def _bytes(path: Path) -> bytes | None:
    for _try in range(TRIES):
        with contextlib.suppress(OSError):
            return bounded.content(path, bounded.DUMP)
    return None
