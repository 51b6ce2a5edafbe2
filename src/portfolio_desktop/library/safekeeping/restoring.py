"""A backup becomes a library again, in a new folder; the live one is never touched.

    backup -> proved (structure, hashes it tells, paths) -> room -> marker
           -> files/…  each hashed on the way and read back -> library.sqlite3.new: upgraded, checked, its dump compared
           -> catalog.json -> library.sqlite3, by one rename, last -> opened -> marker gone

Of a snapshot whose database is damaged the works come back by its catalog (`by_catalog`), and that is told.
A kill leaves the marker: the next attempt goes on with what is sound, and keeps aside what is not of the backup. An error or a
cancel takes away what was made. Where a library was opened the marker is gone, and nothing is restored into it.
Files that the backup has lost are named, and all the others come back.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from portfolio_desktop import durable
from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.files import is_library
from portfolio_desktop.library import ladder
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.database import open_copy, upgrade
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.presence import Expected
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.library.safekeeping import copied, layout, places, transfer
from portfolio_desktop.library.safekeeping.aside import Aside, lies_at
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.by_catalog import CatalogOf, catalog_of, make
from portfolio_desktop.library.safekeeping.copied import BackedFile
from portfolio_desktop.library.safekeeping.reading_through import each
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.store import FOLDER as FILES
from portfolio_desktop.library.store import INCOMING, Store
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

MARKER = layout.RESTORING
_STAGED = f"{DATABASE}.new"
_OURS = (
    DATABASE,
    *(f"{_STAGED}{end}" for end in ("", "-journal", ".part", ".new", ".new-journal")),
    *(CATALOG, f"{CATALOG}.new", f"{MARKER}.new", MARKER),
)


class BrokenError(DamageError):
    """The database of a backup is damaged or gone."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored library: how many pieces (the trash too), files and bytes came back, and what did not.

    told  what is not as it was in the backup's library, though every work is: sentences for people
    """

    folder: Path
    pieces: int
    files: int
    bytes: int
    seconds: float
    missing: tuple[Problem, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proved:
    """A backup whose database was read to its last page: the files it names, its dump, its own SHA-256.

    catalog  what it is made of instead where the database is damaged; `sha256` is empty then
    """

    files: tuple[BackedFile, ...]
    content: bytes
    sha256: str
    size: int
    catalog: CatalogOf | None = None


def restore(backup: Backup, new: Path, progress: Progress | None = None, *, strictly: bool = False) -> Restored:
    """Restore a backup into `new`: a new or empty folder, or one whose restoring was interrupted. Progress counts files.

    strictly  a damaged database ends it, even where a catalog could stand in: a drill asks whether all is as it was
    Raises DamageError when the backup's database is damaged, and its catalog no help, or the new disk is; PortfolioError when
    the folder cannot be used or a newer program made the backup; Cancelled when stopped. Then nothing of it is left.
    """
    began, progress = time.perf_counter(), progress or Progress()
    new = Path(os.path.abspath(new))  # noqa: PTH100 - a link to a disk stays the name that the student knows
    with transfer.told(new):
        is_done = (new / MARKER).is_file() and (new / DATABASE).is_file()
        if not is_done:
            _check_folder(new)
    with transfer.told(backup.path):
        proved = prove(backup) if strictly else _proved_or_catalog(backup)
    with transfer.told(new):
        if is_done:
            return _finished(new, proved, began)
        places.check_room(new, proved.size + sum(file.size + places.CLUSTER for file in proved.files))
        aside = _keep_strangers(new, {Store(new).path(file.path) for file in proved.files})
        with _taken_away_on_failure(new):
            _mark(new, backup)
            missing = _carry_files(backup, proved, new, aside, progress)
            proved = _place_database(backup, proved, new, progress)
            pieces = _opened(new, proved)
        _unmark(new)
    return _told(new, proved, pieces, missing, began)


def prove(backup: Backup) -> Proved:
    """Read a backup's database to its last page, and compare it with what the backup says of itself.

    Raises DamageError, also for paths that lead out of a library; PortfolioError when it is a newer program's.
    """
    try:
        with backup.database.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = backup.database.stat().st_size
    except FileNotFoundError as error:
        if backup.complete and backup.path.is_dir():
            raise _damaged(backup) from error
        raise PortfolioError(
            _("找不到備份「{path}」。請確認路徑，外接磁碟要先接上。").format(path=backup.path)
        ) from error
    said = _said(backup)
    with _broken():
        with contextlib.closing(open_copy(backup.database)) as original:
            if (said and said != sha256) or original.fault() is not None:
                raise _damaged(backup)
            is_present = original.version == len(ladder.steps())
        with copied.reading(backup.database) as database, database.read() as connection:
            files, content = copied.files_of(connection), dump_of(connection)
    store = Store(backup.path)
    for path in (*(file.path for file in files), *_paths(backup)):
        store.path(path)
    told = backup.facts.get("dump_sha256")
    if is_present and told is not None and told != hashlib.sha256(content).hexdigest():
        raise _damaged(backup)
    return Proved(files, content, sha256, size)


@contextlib.contextmanager
def _broken() -> Iterator[None]:
    """Damage that is met inside is a dying disk's, where a path that leads out was put there by somebody."""
    try:
        yield
    except DamageError as error:
        raise BrokenError(str(error)) from error


def _proved_or_catalog(backup: Backup) -> Proved:
    """The same; where the database is damaged, what the catalog beside it says instead."""
    try:
        return prove(backup)
    except BrokenError:
        for path in _paths(backup):
            Store(backup.path).path(path)  # no accident: nothing of this backup is believed
        instead = catalog_of(backup)
        if instead is None:
            raise
    content = instead.catalog.content
    return Proved(instead.files, content, "", 2 * len(content), instead)


def _check_folder(new: Path) -> None:
    if is_library(new) and not (new / MARKER).is_file():
        raise _taken(new)
    places.refuse_inside(new)
    real = Path(os.path.realpath(new))
    for folder in (real, *real.parents):
        inside = folder.name in (layout.OBJECTS, layout.SNAPSHOTS) and layout.is_place(folder.parent)
        if inside or (folder == real and layout.is_place(folder)):
            raise UsageError(_("「{path}」在備份資料夾裡面。請選備份以外的地方。").format(path=new))
    if new.exists() and not new.is_dir():
        raise PortfolioError(_("「{path}」是檔案，不是資料夾。請選一個新的資料夾。").format(path=new))
    if (new / MARKER).is_file():
        if any(lies_at(new / name) for name in (LOCK, BACKUPS)):
            raise _taken(new)  # it was opened since: whatever happened to its database, work may be in it
    elif new.is_dir() and not places.is_empty(new):
        raise PortfolioError(_("「{path}」不是空的資料夾，請選一個新的資料夾。").format(path=new))


def _taken(new: Path) -> UsageError:
    return UsageError(_("「{path}」裡已經有學習歷程庫，請直接開啟它。").format(path=new))


def _mark(new: Path, backup: Backup) -> None:
    """Make the folder this restoring's own; what an interrupted one left is looked at again, but for its database."""
    new.mkdir(parents=True, exist_ok=True)
    note = {"backup": str(backup.path), "moment": backup.moment.isoformat()}
    durable.write(new / MARKER, json.dumps(note).encode())
    for name in _OURS:
        if name != MARKER:
            (new / name).unlink(missing_ok=True)
    (new / FILES).mkdir(exist_ok=True)


def _unmark(new: Path) -> None:
    """The library is there, whole and proved: a disk that will not let the marker go is no reason to take it away again.

    A marker that stays, or is back after a power cut, goes when the library is opened or restored once more.
    """
    with contextlib.suppress(OSError):
        (new / MARKER).unlink(missing_ok=True)
        durable.sync_folder(new)


def _keep_strangers(new: Path, wanted: Collection[Path]) -> Aside:
    """Move aside what lies in `files/` and is not of this backup: an earlier attempt never leaves such, a student may."""
    aside = Aside(new, datetime.datetime.now(datetime.UTC))
    transfer.take_away(new / FILES / INCOMING)
    for path in sorted((new / FILES).rglob("*")):
        if path not in wanted and (path.is_symlink() or not path.is_dir()):
            aside.move(path)
    return aside


def _carry_files(backup: Backup, proved: Proved, new: Path, aside: Aside, progress: Progress) -> tuple[Problem, ...]:
    """Copy every file to its place; returns those that the backup has lost."""
    store = Store(new)
    wanted = {store.path(file.path) for file in proved.files}
    incoming = new / FILES / INCOMING
    incoming.mkdir(exist_ok=True)

    def one(file: BackedFile, stop: Progress) -> Problem | None:
        stop.check()
        target = store.path(file.path)
        if target.is_file() and transfer.holds(target, file.sha256, stop):
            return None
        if lies_at(target):
            aside.move(target)
        target.parent.mkdir(exist_ok=True)
        code = "file.missing"
        for source in backup.places(file):
            try:
                transfer.carry(source, file.sha256, incoming / file.sha256, target, stop)
            except transfer.WrongBytesError as wrong:
                code = wrong.code if code == "file.missing" else code
            else:
                return None
        with contextlib.suppress(OSError):
            target.parent.rmdir()
        return Expected(file.sha256, file.size, file.path, file.pieces).problem(code)

    outcomes = each(proved.files, one, progress, lambda file: file.name, lambda file: file.size)
    transfer.sync_folders(folder for folder in {path.parent for path in wanted} if folder.is_dir())
    incoming.rmdir()
    durable.sync_folder(new / FILES)
    return tuple(problem for problem in outcomes if problem is not None)


def _place_database(backup: Backup, proved: Proved, new: Path, progress: Progress) -> Proved:
    """The database beside its place: upgraded, proved once more, and given its name; what was proved, as it is there now."""
    staged = new / _STAGED
    if proved.catalog is not None:
        with transfer.blaming(staged):
            proved = replace(proved, content=make(proved.catalog, staged, new, progress))
    else:
        _carry_database(backup, proved, new)
    transfer.put(new / CATALOG, proved.content)
    progress.check()
    durable.replace(staged, new / DATABASE)
    return proved


def _carry_database(backup: Backup, proved: Proved, new: Path) -> None:
    staged = new / _STAGED
    try:
        transfer.carry(backup.database, proved.sha256, new / f"{_STAGED}.part", staged, Progress(), protect=False)
    except transfer.WrongBytesError as wrong:
        raise _damaged(backup) from wrong
    with transfer.blaming(staged):
        upgrade(staged)
        with contextlib.closing(open_copy(staged)) as database:
            fault = database.fault()
            with database.read() as connection:
                if fault is not None or dump_of(connection) != proved.content:
                    raise transfer.lying(staged)


def _opened(new: Path, proved: Proved) -> int:
    """Open the library as a reader does; how many pieces it has. Nothing of it is changed."""
    with transfer.blaming(new / DATABASE), Library.open(new, read_only=True) as library:
        if library.dump() != proved.content:
            raise transfer.lying(new / DATABASE)
        return len(library.pieces(PieceFilter(trashed=None)))


def _finished(new: Path, proved: Proved, began: float) -> Restored:
    """A restoring that was interrupted in its very last step; somebody may have worked in it since."""
    with Library.open(new, read_only=True) as library:
        is_same = library.dump() == proved.content
        pieces = len(library.pieces(PieceFilter(trashed=None)))
    _unmark(new)
    if not is_same:
        raise _taken(new)
    store, there = Store(new), list[Problem]()
    for file in proved.files:
        if not store.is_sound(file.path, file.sha256):
            there.append(Expected(file.sha256, file.size, file.path, file.pieces).problem("file.missing"))
    return _told(new, proved, pieces, tuple(there), began)


def _told(new: Path, proved: Proved, pieces: int, missing: tuple[Problem, ...], began: float) -> Restored:
    lost = {problem.sha256 for problem in missing}
    sound = [file.size for file in proved.files if file.sha256 not in lost]
    told = () if proved.catalog is None else proved.catalog.told
    return Restored(new, pieces, len(sound), sum(sound), time.perf_counter() - began, missing, told)


def _said(backup: Backup) -> Any:
    """The hash that a snapshot gives of its own database; None where it says none."""
    database = backup.facts.get("database")
    return database.get("sha256") if isinstance(database, dict) else None


def _paths(backup: Backup) -> Iterator[str]:
    """The paths that a snapshot tells of its files: nobody needs them here, but no honest backup has one that leads out."""
    files = backup.facts.get("files")
    for file in files if isinstance(files, list) else ():
        yield str(file.get("path")) if isinstance(file, dict) else ""


def _damaged(backup: Backup) -> BrokenError:
    return BrokenError(_("備份「{path}」的資料庫已損壞，沒有還原任何東西。請改用另一份備份。").format(path=backup.path))


@contextlib.contextmanager
def _taken_away_on_failure(new: Path) -> Iterator[None]:
    was_there = new.is_dir()
    try:
        yield
    except BaseException:
        transfer.take_away(new / FILES)
        for name in _OURS:
            with contextlib.suppress(OSError):
                (new / name).unlink(missing_ok=True)
        if not was_there:
            with contextlib.suppress(OSError):
                new.rmdir()
        raise
