"""Is everything as it was written? The database, the files, the catalog; nothing is changed by looking.

Library -> expect -> Expectation   what the database says, and what is wrong with it       on the library's thread
                  -> compare -> Verified          names and sizes, or every byte            on any thread
folder  -> the same, also of a library whose database is gone: then catalog.json says what should be there

rolling: due -> compare -> rolled      the next fiftieth of the files by hash, so that fifty starts read them all
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import OperationalError

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library import bounded, dump, presence, search
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.dump import Contents
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import LARGEST_NOTE
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.names import safe_name
from portfolio_desktop.library.presence import Expected
from portfolio_desktop.library.problems import DatabaseDamageError, Problem
from portfolio_desktop.library.safekeeping import outstanding, record
from portfolio_desktop.library.safekeeping.reading_through import digest, each
from portfolio_desktop.library.store import FOLDER, below
from portfolio_desktop.library.tables import META, METADATA
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

Depth = Literal["quick", "full", "rolling"]
ROUNDS = 50
"""Rolling checks in which every file is read once: two in a hundred each."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a library should hold: `files`, and the problems that were found without looking at them.

    `complete` says that these are all of its files: then whatever else lies there is not the library's.
    """

    folder: Path
    files: tuple[Expected, ...]
    problems: tuple[Problem, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check found: how many files and bytes it covered, how long it took, every problem by its kind and place."""

    depth: Depth
    files: int
    bytes: int
    seconds: float
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written; files that are not ours are only told."""
        return all(problem.only_told for problem in self.problems)


def verify(library: Library | Path, depth: Depth = "full", progress: Progress | None = None) -> Verified:
    """Check a library: open already, or by its folder. `quick` compares names and sizes, `full` reads every byte.

    By its folder it is opened as its owner where that is possible, else only to read, changing no byte. A database that
    cannot be opened is a problem like others. Raises PortfolioError for what is no library or a newer program's,
    Cancelled when stopped.
    """
    began, progress = time.perf_counter(), progress or Progress()
    if isinstance(library, Path):
        found = _by_folder(library, depth, progress)
    else:
        found = _noted(library, compare(expect(library), depth, progress))
    return replace(found, seconds=time.perf_counter() - began)


def expect(library: Library) -> Expectation:
    """What an open library should hold, and what is wrong with its database and catalog; on the library's thread."""
    holding, problems = library._holding, list[Problem]()
    try:
        with holding.reading() as connection:
            problems += database_problems(connection)
            files = tuple(presence.expected(connection))
            for file in files:
                holding.store.path(file.path)
        problems += _search_problems(library) if not library.read_only else ()
        content = holding.dump()
    except DamageError as error:
        return _without_database(library.folder, error, tuple(problems))
    if not _is_readable(content):
        return _without_database(library.folder, DamageError("dump"), tuple(problems))
    fresh = not holding.catalog.stale if not library.read_only else not _is_in_use(library.folder)
    problems += catalog_problems(library.folder, content, fresh=fresh)
    if (reason := record.failing(library.folder)) is not None:
        problems.append(Problem("copies.failing", record.FOLDER, values={"reason": reason}))
    return Expectation(library.folder, files, tuple(problems))


def compare(expectation: Expectation, depth: Depth, progress: Progress) -> Verified:
    """Look at the files of an expectation, on several threads; none of them needs the database."""
    began, folder = time.perf_counter(), expectation.folder

    def look(file: Expected, stop: Progress) -> Problem | None:
        problem = presence.fault(folder, file)
        return problem if problem is not None or depth == "quick" else _content_fault(folder, file, stop)

    found = each(expectation.files, look, progress, _name, lambda file: file.size)
    problems = [*expectation.problems, *(problem for problem in found if problem is not None)]
    if expectation.complete:
        problems += foreign(folder, expectation.files)
    size = sum(file.size for file in expectation.files)
    return Verified(depth, len(expectation.files), size, time.perf_counter() - began, tuple(problems))


def due(library: Library) -> Expectation:
    """The next fiftieth of the files, by hash, after those of the last rolling check; on the library's thread."""
    with library._holding.reading() as connection:
        files = presence.expected(connection)
        last = str(connection.execute(select(META.c.value).where(META.c.name == "rolled")).scalar_one())
    rest = [file for file in files if file.sha256 > last]
    return Expectation(library.folder, tuple((rest + files)[: ceil(len(files) / ROUNDS)]), complete=False)


def rolled(library: Library, expectation: Expectation) -> None:
    """Remember how far the rolling check came, for the next start; on the library's thread."""
    if expectation.files:
        with library._holding.writing() as connection:
            connection.execute(update(META).where(META.c.name == "rolled").values(value=expectation.files[-1].sha256))


def rolling(library: Library, progress: Progress | None = None) -> Verified:
    """Read the files whose turn it is, and remember how far that came where the library can be written."""
    turn = due(library)
    found = compare(turn, "rolling", progress or Progress())
    if not library.read_only:
        rolled(library, turn)
    return found


def database_problems(connection: Connection) -> list[Problem]:
    """What SQLite's own checks, the tables' columns, their texts and the log's images say."""
    said = [" ".join(str(row[0]).split()) for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")]
    if said != ["ok"]:
        return [_damaged("; ".join(said)[:300])]
    for table in METADATA.tables.values():
        there = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table.name})")}
        if not {column.name for column in table.columns} <= there:
            return [_damaged(table.name)]
        if not _is_legible(connection, table.name):
            return [_damaged(table.name)]
    problems = []
    if keys := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        named = ", ".join(sorted({f"{row[0]} -> {row[2]}" for row in keys}))
        problems.append(Problem("database.keys", DATABASE, values={"reason": named}))
    bad = " OR ".join(f"({image} IS NOT NULL AND NOT json_valid({image}))" for image in ("before", "after"))
    if connection.exec_driver_sql(f"SELECT count(*) FROM change WHERE {bad}").scalar_one():
        problems.append(_damaged("change"))
    return problems


def _is_legible(connection: Connection, table: str) -> bool:
    """Whether every text of a table is one: to SQLite, bytes that are no UTF-8 are as good as any, also inside JSON."""
    try:
        for _row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
            pass
    except OperationalError:
        return False
    return True


def catalog_problems(folder: Path, content: bytes, *, fresh: bool) -> list[Problem]:
    """What is wrong with catalog.json, where the dump is `content`; a catalog may lag behind unless it is `fresh`."""
    try:
        stored = bounded.content(folder / CATALOG, bounded.DUMP)
        if stored == content:
            return []
        told = dump.read(stored)
    except FileNotFoundError:
        return [Problem("catalog.missing", CATALOG)]
    except (OSError, PortfolioError):
        return [Problem("catalog.damaged", CATALOG)]
    if not fresh or told == (now := dump.read(content)):
        return []
    return [Problem("catalog.differs", CATALOG, pieces=_different(told, now))]


def foreign(folder: Path, files: Sequence[Expected]) -> list[Problem]:
    """What lies in `files/` and is not the library's; hidden files and the systems' own are left out."""
    known = {unicodedata.normalize("NFC", file.path) for file in files}
    found = list[str]()
    with contextlib.suppress(OSError):  # a folder that cannot be listed: the files in it are told already
        found += (path for path in below(folder / FOLDER) if unicodedata.normalize("NFC", path) not in known)
    places = {path.partition("/")[0] for path in known}
    linked = [FOLDER] if (folder / FOLDER).is_symlink() else []
    linked += [f"{FOLDER}/{path}" for path in sorted(found) if path in places and (folder / FOLDER / path).is_dir()]
    others = [f"{FOLDER}/{path}" for path in sorted(found) if f"{FOLDER}/{path}" not in linked]
    return [Problem("folder.link", path) for path in linked] + [Problem("file.foreign", path) for path in others]


def _by_folder(folder: Path, depth: Depth, progress: Progress) -> Verified:
    try:
        with _opened(folder) as library:
            return _noted(library, compare(expect(library), depth, progress))
    except DatabaseDamageError as error:
        found = compare(_without_database(folder, error), depth, progress)
        with record.as_owner(folder) as owner:
            if owner:
                outstanding.note(folder, found.depth, found.files, found.problems)
        return found


def _noted(library: Library, found: Verified) -> Verified:
    if not library.read_only:
        outstanding.note(library.folder, found.depth, found.files, found.problems)
    return found


def _opened(folder: Path) -> Library:
    """The library as its owner, else to read only: it is open elsewhere, or its place or its database cannot be written."""
    try:
        library = Library.open(folder)
    except DatabaseDamageError:
        raise
    except PortfolioError:
        return Library.open(folder, read_only=True)
    try:
        with library._holding.database.write() as connection:  # SQLite opens a file that it cannot write without a word
            connection.execute(update(META).where(META.c.name == "").values(value=""))
        return library
    except DatabaseDamageError:
        return library
    except PortfolioError:
        library.close()
        return Library.open(folder, read_only=True)


def _without_database(folder: Path, error: Exception, problems: tuple[Problem, ...] = ()) -> Expectation:
    """What can be said without the database: the catalog knows what should be there."""
    if not (folder / DATABASE).exists():
        problems = (*problems, Problem("database.missing", DATABASE))
    elif not any(problem.code == "database.damaged" for problem in problems):
        problems = (*problems, _damaged(_reason(error)))
    try:
        content = bounded.content(folder / CATALOG, bounded.DUMP)
    except FileNotFoundError:
        return Expectation(folder, (), (*problems, Problem("catalog.missing", CATALOG)), complete=False)
    except OSError:
        content = b""
    if not _is_readable(content):
        return Expectation(folder, (), (*problems, Problem("catalog.damaged", CATALOG)), complete=False)
    return Expectation(folder, tuple(_of_catalog(folder, json.loads(content))), problems, complete=False)


def _of_catalog(folder: Path, catalog: Any) -> Iterator[Expected]:
    """The files that a catalog names, by hash. It does not say under which name they lie: whatever is in a file's folder."""
    owners = dict[str, tuple[dict[str, Any], dict[str, str]]]()
    for piece in catalog["pieces"]:
        for file in piece["files"]:
            owners.setdefault(file["sha256"], (file, {}))[1][piece["id"]] = piece["title"]
    for sha256, (file, pieces) in sorted(owners.items()):
        place = sha256[:16]
        there = sorted(path.split("/")[-1] for path in below(folder / FOLDER / place))
        name = there[0] if len(there) == 1 else safe_name(file["name"])
        yield Expected(sha256, int(file["size"]), f"{place}/{name}", tuple(pieces.items()))


def _is_readable(content: bytes) -> bool:
    """Whether a dump is one: a database whose texts were changed gives one that cannot be read back."""
    try:
        dump.read(content)
    except PortfolioError:
        return False
    return True


def _different(told: Contents, now: Contents) -> tuple[tuple[str, str], ...]:
    """Ids and titles of the pieces that two dumps do not tell alike, with their files and ticks."""
    before, after = _by_piece(told), _by_piece(now)
    numbers = sorted(number for number in before.keys() | after.keys() if before.get(number) != after.get(number))
    titles = {int(row["number"]): str(row["title"]) for contents in (told, now) for row in contents.pieces}
    return tuple((f"p{number}", titles[number]) for number in numbers if number in titles)


def _by_piece(contents: Contents) -> dict[int, list[Mapping[str, Any]]]:
    found = {int(row["number"]): [row] for row in contents.pieces}
    for row in (*contents.files, *contents.ticks):
        found.setdefault(int(row["piece"]), []).append(row)
    return found


def _search_problems(library: Library) -> list[Problem]:
    with library._holding.writing() as connection:
        return [] if search.is_sound(connection) else [Problem("database.search", DATABASE)]


def _content_fault(folder: Path, file: Expected, stop: Progress) -> Problem | None:
    """What reading all of a file says, which lay there as a file of its size a moment ago."""
    try:
        found = digest(f"{folder}{os.sep}{FOLDER}{os.sep}{file.path}", stop)
    except OSError:
        return file.problem("file.unreadable")
    return None if found == file.sha256 else file.problem("file.hash")


def _damaged(reason: str) -> Problem:
    return Problem("database.damaged", DATABASE, values={"reason": reason})


def _reason(error: Exception) -> str:
    """The fault in SQLite's words where they are at hand: for whoever is asked for help."""
    cause = error.__cause__ or error
    orig = getattr(cause, "orig", cause)
    return str(orig) if isinstance(orig, sqlite3.Error) else _("裡面的內容讀不懂")


def _is_in_use(folder: Path) -> bool:
    """Whether somebody works in the library, or crashed: its catalog may then lag behind."""
    try:
        return bool(bounded.content(folder / LOCK, LARGEST_NOTE).strip())
    except OSError:
        return False


def _name(file: Expected) -> str:
    return file.path.rpartition("/")[2]
