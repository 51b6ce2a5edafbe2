"""What a BACKUP argument means, and which backups a library has.

    find(path)         a copy of the database                 its files come from the library beside it
                       a library or its backups/              the newest copy there
                       a backup place, or the folder with it  the newest snapshot; a snapshot itself
    known(folder)      every own copy, every snapshot of this library in the places that can be reached, newest first
    Backup             .moment .path .dump() .files .source(sha256)

Nothing here is proved: whoever uses the bytes compares their hashes.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.files import is_library
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.safekeeping import layout, record
from portfolio_desktop.library.safekeeping.copied import BackedFile, State, files_of, reading, state_in
from portfolio_desktop.library.safekeeping.layout import FACTS, OBJECTS, SNAPSHOTS, USUAL, is_place
from portfolio_desktop.library.safekeeping.record import FOLDER as BACKUPS
from portfolio_desktop.library.store import Store
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _


@dataclass(frozen=True)
class Backup:
    """One backup: `path` is what it is called by, `database` the file in it.

    libraries   folders whose `files/` may hold its files;  objects   folders with bytes by their hash;  asked in this order
    complete    whether the files are in it, and not only the database
    """

    path: Path
    database: Path
    moment: datetime.datetime
    complete: bool
    libraries: tuple[Path, ...] = ()
    objects: tuple[Path, ...] = ()

    @cached_property
    def files(self) -> tuple[BackedFile, ...]:
        """Every stored file that belongs to it, by hash. Raises DamageError."""
        with reading(self.database) as database, database.read() as connection:
            return files_of(connection)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What a snapshot says of itself; empty for a copy, or where it cannot be read."""
        try:
            data = json.loads((self.path / FACTS).read_bytes()) if self.complete else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    @cached_property
    def state(self) -> State:
        """How far the library's work had come in it. Raises DamageError."""
        return state_in(self.database)

    def dump(self) -> bytes:
        """The library's dump at that moment. Raises DamageError."""
        with reading(self.database) as database, database.read() as connection:
            return dump_of(connection)

    def source(self, sha256: str) -> Path | None:
        """Where the bytes of a hash may lie: there, and of the right length. None where they are nowhere."""
        file = self._by_hash.get(sha256)
        if file is None:
            return None
        for path in self.places(file):
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_size == file.size:
                    return path
        return None

    def places(self, file: BackedFile) -> Iterator[Path]:
        """Every place where a file's bytes may lie. Raises DamageError for a path that leads out of them."""
        yield from (Store(library).path(file.path) for library in self.libraries)
        yield from (layout.object_path(objects, file.sha256) for objects in self.objects)

    @cached_property
    def _by_hash(self) -> dict[str, BackedFile]:
        return {file.sha256: file for file in self.files}


def find(path: Path) -> Backup:
    """The backup that a path means. Raises PortfolioError when there is none."""
    with plain_words():
        for folder in (path, path / USUAL):
            if is_place(folder):
                return _newest_in(folder)
        if path.is_dir():
            if _is_snapshot(path):
                return _snapshot(path)
            if path.name == SNAPSHOTS and is_place(path.parent):
                return _newest_in(path.parent)
            for folder in (path, path / BACKUPS):
                if found := layout.copies(folder):
                    return copy(found[0][1])
            raise PortfolioError(_("「{path}」裡沒有備份。").format(path=path))
        if path.name == layout.MARKER:
            return _newest_in(path.parent)
        if path.is_file():
            return _snapshot(path.parent) if _is_snapshot(path.parent) and path.name == DATABASE else copy(path)
        raise PortfolioError(_("找不到備份「{path}」。請確認路徑，外接磁碟要先接上。").format(path=path))


def known(folder: Path) -> list[Backup]:
    """Every backup of the library in `folder`, newest first; a place that cannot be reached is passed over."""
    found = list[Backup]()
    with contextlib.suppress(OSError):
        found += [copy(path) for _moment, path in layout.copies(folder / BACKUPS)]
    for place in record.read(folder).places:
        with contextlib.suppress(OSError, PortfolioError):
            layout.check_marker(place.place)
            found += [_snapshot(path) for path in _of_identity(place.place, place.snapshot[-layout.IDENTITY :])]
    return sorted(found, key=lambda backup: (backup.moment, backup.complete), reverse=True)


def newest(folder: Path) -> Backup | None:
    """The newest backup of the library in `folder`. A complete one goes before a newer copy that holds the same work."""
    found = known(folder)
    if not found or found[0].complete:
        return found[0] if found else None
    for backup in found:
        if backup.complete:
            with contextlib.suppress(PortfolioError):
                return backup if backup.state == found[0].state else found[0]
    return found[0]


def copy(path: Path) -> Backup:
    """A copy of the database; its files come from the library beside it, or from the places which that one knows."""
    library = path.absolute().parent.parent
    beside = (library,) if path.absolute().parent.name == BACKUPS else ()
    objects = tuple(known.place / OBJECTS for one in beside for known in record.read(one).places)
    moment = layout.moment_of(path.name)
    if moment is None:
        with plain_words():
            moment = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    return Backup(path, path, moment, complete=False, libraries=beside, objects=objects)


def _snapshot(path: Path) -> Backup:
    moment = layout.moment_of(path.absolute().name)
    if moment is None:
        moment = datetime.datetime.fromtimestamp((path / DATABASE).stat().st_mtime, datetime.UTC)
    return Backup(path, path / DATABASE, moment, complete=True, objects=(path.absolute().parent.parent / OBJECTS,))


def _is_snapshot(path: Path) -> bool:
    inside = layout.SNAPSHOT.fullmatch(path.absolute().name) is not None and path.absolute().parent.name == SNAPSHOTS
    return (path / DATABASE).is_file() and not is_library(path) and (inside or (path / FACTS).is_file())


def _newest_in(place: Path) -> Backup:
    """The newest snapshot of a place; raises UsageError where several libraries have theirs there."""
    layout.check_marker(place)
    found = layout.snapshots(place)
    if not found:
        raise PortfolioError(_("「{path}」裡還沒有完成的備份。").format(path=place))
    latest = {one.name[-layout.IDENTITY :]: one for one in reversed(found)}
    if len(latest) > 1:
        raise UsageError(
            _("「{path}」裡有 {count} 個學習歷程庫的備份，請指定其中一份：{choices}").format(
                path=place, count=len(latest), choices=_("、").join(_told(latest.values()))
            )
        )
    return _snapshot(found[0])


def _told(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in sorted(paths, key=lambda path: path.name, reverse=True)]


def _of_identity(place: Path, identity: str) -> list[Path]:
    return [one for one in layout.snapshots(place) if one.name.endswith(f"-{identity}")]
