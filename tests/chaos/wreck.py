"""A look at what a kill left behind: before anybody opens it, opened, and closed again.

look(life, may_be, targets) -> Wreck(lost, orphans, corrupt: sentences; dump: the state found; seen: traces of the kill)
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from chaos.intentions import BACKUPS
from chaos.writer import Clock, Life, digest
from portfolio_desktop.bundle.verify import verify
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import dump as dumps
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import backups, layout

LEAVINGS = (".new", ".new-journal", "-journal", "-wal", "-shm")


@dataclass
class Wreck:
    """What was found: sentences on what is lost, orphaned or corrupt, and the traces that tell where the kill struck."""

    lost: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    dump: str = ""

    @property
    def sound(self) -> bool:
        return not (self.lost or self.orphans or self.corrupt)


def look(life: Life, may_be: frozenset[str], targets: frozenset[str], first: str = "") -> Wreck:
    """Look at a library that nobody has open; `may_be` are the states that it may be in, `targets` what must be exported.

    With `first`, the state in which its life began: everything is undone and done again as well.
    """
    wreck = Wreck()
    _closed(life, wreck)
    try:
        with Library.open(life.library, clock=Clock()) as library:
            wreck.dump = digest(library)
            if wreck.dump not in may_be:
                wreck.lost.append("the library is neither as before nor as after the step under way")
            wreck.lost += [f"told at the opening: {problem}" for problem in library.start_problems]
            _opened(library, wreck)
            if first:
                _there_and_back(library, first, wreck)
            final = library.dump()
    except PortfolioError as error:
        wreck.corrupt.append(f"the library does not open: {error}")
        return wreck
    if (life.library / "catalog.json").read_bytes() != final:
        wreck.corrupt.append("catalog.json is not the library's state after closing")
    if (life.library / "lock").read_bytes():
        wreck.corrupt.append("the lock says that nobody closed the library")
    wreck.orphans += [f"left behind: {name}" for name in _names(life.library) if name.endswith(LEAVINGS)]
    for copy in sorted((life.library / "backups").glob("*.sqlite3")):
        wreck.corrupt += [f"{copy.name}: {problem}" for problem in _problems(copy)]
    _outside(life, targets, wreck)
    return wreck


def _names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*")]


def _closed(life: Life, wreck: Wreck) -> None:
    """What can be seen before any recovery: traces of where the kill struck, and a catalog that is whole at every moment."""
    names = _names(life.library)
    traces = {"/.incoming/": "copies under way", "/placing": "placing", "catalog.json.new": "catalog under way"}
    wreck.seen += [what for part, what in traces.items() if any(part in f"/{name}" for name in names)]
    journal = life.library / "library.sqlite3-journal"
    if journal.exists() and journal.stat().st_size:
        wreck.seen.append("journal")
    if list(life.outside.glob(".portfolio-bundle-*")):
        wreck.seen.append("export under way")
    try:
        dumps.read((life.library / "catalog.json").read_bytes())
    except (OSError, PortfolioError) as error:
        wreck.corrupt.append(f"catalog.json cannot be read: {error}")


def _opened(library: Library, wreck: Wreck) -> None:
    folder = library.folder
    wreck.corrupt += _problems(folder / "library.sqlite3")
    known = set()
    for file in library.files():
        known |= {file.path, file.path.parent}
        if not file.path.is_file():
            wreck.lost.append(f"no bytes for {file.path.name}")
        elif hashlib.sha256(file.path.read_bytes()).hexdigest() != file.sha256:
            wreck.corrupt.append(f"other bytes in {file.path.name}")
    store = folder / "files"
    wreck.orphans += [f"nobody's: {path.relative_to(folder)}" for path in store.rglob("*") if path not in known]


def _problems(database: Path) -> list[str]:
    """What is wrong with a database's structure, its references, its search index."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"foreign key {row}" for row in connection.execute("PRAGMA foreign_key_check")]
            for table in ("search_words", "search_text"):
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')").fetchall()
            connection.rollback()
    except sqlite3.DatabaseError as error:
        return [f"{database.name}: {error}"]
    return found


def _there_and_back(library: Library, first: str, wreck: Wreck) -> None:
    final = library.dump()
    steps = len(library.undo(1_000_000))
    if digest(library) != first:
        wreck.lost.append("undoing everything does not lead to where the life began")
    library.redo(steps)
    if library.dump() != final:
        wreck.lost.append("redoing everything does not lead back")


def _outside(life: Life, targets: frozenset[str], wreck: Wreck) -> None:
    for name in targets:
        if not (life.outside / name).exists():
            wreck.lost.append(f"a finished export is gone: {name}")
    for path in life.outside.iterdir():
        if path.name.startswith("."):
            continue
        if path.name in BACKUPS:
            _backup_place(path, path.name in targets, wreck)
            continue
        try:
            problems = verify(path).problems
        except PortfolioError as error:
            wreck.corrupt.append(f"{path.name} is no whole bundle: {error}")
        else:
            wreck.corrupt += [
                f"{path.name}: {json.dumps(problem.to_json(), ensure_ascii=False)}" for problem in problems
            ]


def _backup_place(place: Path, done: bool, wreck: Wreck) -> None:
    """Every snapshot that has its name is whole: its database, every file of it, its dump; and every object is what it says."""
    objects = {path.name: path for path in (place / "objects").rglob("*") if path.is_file()}
    for sha256, path in objects.items():
        if len(sha256) == 64 and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            wreck.corrupt.append(f"{place.name}: other bytes in {path.name}")
    snapshots = layout.snapshots(place)
    if done and not snapshots:
        wreck.lost.append(f"a finished backup is gone: {place.name}")
    for snapshot in snapshots:
        wreck.corrupt += [f"{snapshot.name}: {problem}" for problem in _problems(snapshot / "library.sqlite3")]
        try:
            backup = backups.find(snapshot)
            facts = json.loads((snapshot / "snapshot.json").read_bytes())
            if hashlib.sha256(backup.dump()).hexdigest() != facts["dump_sha256"]:
                wreck.corrupt.append(f"{snapshot.name} is another state than it says")
            absent = [file.sha256 for file in backup.files if file.sha256 not in objects]
            wreck.corrupt += [f"{snapshot.name} lacks {sha256}" for sha256 in absent]
        except (PortfolioError, OSError, ValueError, KeyError) as error:
            wreck.corrupt.append(f"{snapshot.name} cannot be used: {error!r}")
