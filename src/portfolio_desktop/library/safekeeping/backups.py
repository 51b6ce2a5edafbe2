"""What a BACKUP argument means, and which backups a library has.

    find(path)         a copy of the database                 its files come from the library beside it
                       a library or its backups/              the newest copy there
                       a backup place, or the folder with it  the newest snapshot; a snapshot itself
    known(folder)      every own copy, every snapshot of this library in the places that can be reached, newest first
    reachable(folder)  those, and snapshots of other lines of its work: bytes for mending, by their hash
    Backup             .moment .path .dump() .files .source(sha256)

Newest is what has the most work (`lineage`): the clock in a name only decides between equals. Of a library that was copied
and worked on in both, each has a line of its own, and takes nothing from the other's.

Nothing here is proved: whoever uses the bytes compares their hashes.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio_desktop.errors import PortfolioError, UsageError
from portfolio_desktop.files import is_library
from portfolio_desktop.findings.characters import visible
from portfolio_desktop.library import bounded
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.database import is_library as is_database
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.safekeeping import layout, lineage, record
from portfolio_desktop.library.safekeeping.copied import BackedFile, files_of, reading
from portfolio_desktop.library.safekeeping.layout import FACTS, OBJECTS, SNAPSHOTS, USUAL, is_place
from portfolio_desktop.library.safekeeping.lineage import Lineage
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
            data = json.loads(bounded.content(self.path / FACTS, bounded.FACTS)) if self.complete else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    @cached_property
    def lineage(self) -> Lineage | None:
        """Which work is in it; None where it cannot be read."""
        return lineage.of_any(self.database)

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
                    copies = [copy(one) for _moment, one in found]
                    return _ranked(copies, _tip(copies[0].database.absolute().parent.parent, copies))[0]
            raise PortfolioError(_("「{path}」裡沒有備份。").format(path=path))
        if path.name == layout.MARKER:
            return _newest_in(path.parent)
        if path.is_file():
            return _snapshot(path.parent) if _is_snapshot(path.parent) and path.name == DATABASE else copy(path)
        raise PortfolioError(_("找不到備份「{path}」。請確認路徑，外接磁碟要先接上。").format(path=path))


def all_in(path: Path) -> list[Backup]:
    """Every backup that a path holds, newest first; several libraries may have theirs there. Raises PortfolioError without one."""
    with plain_words():
        for folder in (path, path / USUAL):
            if is_place(folder):
                layout.check_marker(folder)
                return _ranked([_snapshot(one) for one in layout.snapshots(folder)], None)
        for folder in (path, path / BACKUPS):
            if found := layout.copies(folder) if folder.is_dir() else []:
                return _ranked([copy(one) for _moment, one in found], None)
    return [find(path)]


def may_be_one(backup: Backup) -> bool:
    """Whether it is named or begins as a backup does, however damaged; any other file was not meant as one."""
    with contextlib.suppress(OSError):
        return backup.complete or backup.database.suffix == ".sqlite3" or is_database(backup.database)
    return True


def before(backup: Backup) -> list[Backup]:
    """The older snapshots of the same library in the same place, newest first. Raises OSError when it cannot be read."""
    if not backup.complete:
        return []
    path = backup.path.absolute()
    found = _of_identity(path.parent.parent, path.name[-layout.IDENTITY :])
    return [_snapshot(one) for one in found if one.name < path.name]


def fuller(backup: Backup, pieces: int) -> tuple[Path, int] | None:
    """The newest older snapshot of the same library that holds more pieces, the trash too, and how many; None without one."""
    for one in before(backup):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            count = len(json.loads(bounded.content(one.path / CATALOG, bounded.DUMP))["pieces"])
            if count > pieces:
                return one.path, count
    return None


def bytes_in(path: Path) -> Callable[[str], Path | None]:
    """Where the bytes of a SHA-256 may lie in what a path means: of a place every object, whichever snapshot named it.

    Raises PortfolioError when it means no backup.
    """
    with plain_words():
        place = next((folder for folder in (path, path / USUAL) if is_place(folder)), None)
    if place is None:
        return find(path).source
    layout.check_marker(place)

    def source(sha256: str) -> Path | None:
        there = layout.object_path(place / OBJECTS, sha256)
        return there if there.is_file() else None

    return source


def known(folder: Path) -> list[Backup]:
    """Every backup of the library in `folder`, newest first; a place that cannot be reached is passed over.

    A snapshot is this library's when it made it, or when its work is contained in what it did make: another library that
    began as a copy of this one may have its own in the same place.
    """
    own, noted, others = _own(folder), list[Backup](), list[Backup]()
    for there, name in _snapshots(folder):
        (noted if there.path.name == name else others).append(there)
    lines = [one.lineage for one in (*own, *noted) if one.lineage is not None]
    if lines:
        found = [one for one in others if one.lineage is None or lineage.is_held(one.lineage, lines)]
    else:  # nothing else is left: then it is ours as long as it is all of one line
        found = others if _is_one_line(others) else []
    return _ranked([*own, *noted, *found], _tip(folder, own))


def reachable(folder: Path) -> list[Backup]:
    """Every backup that may have bytes of the library in `folder`, whoever made it; newest first."""
    own = _own(folder)
    return _ranked([*own, *(there for there, _name in _snapshots(folder))], _tip(folder, own))


def newest(folder: Path) -> Backup | None:
    """The newest backup of the library in `folder`. A complete one goes before a newer copy that holds the same work."""
    found = known(folder)
    return next((one for one in found if one.complete and _is_same(one, found[0])), found[0] if found else None)


def newest_complete(folder: Path) -> Backup | None:
    """The newest backup that has the files too."""
    return next((one for one in known(folder) if one.complete), None)


def beyond(folder: Path, state: Lineage, *, places: bool = True) -> list[Backup]:
    """The backups of the library in `folder` with work that `state` has not: its own copies, what it noted itself, and what cloud
    sync put beside its database.

    places  whether disks and shares are asked too, which may take long to answer
    """
    noted = [there for there, name in _snapshots(folder) if there.path.name == name] if places else []
    own = [*_own(folder), *map(copy, strays(folder)), *noted]
    own[1:] = [
        one for one in own[1:] if not lineage.ends_in(one.database, state)
    ]  # thirty copies, each of the whole log
    return _ranked((one for one in own if one.lineage is not None and not state.contains(one.lineage)), state)


def strays(folder: Path) -> list[Path]:
    """Databases of a library that lie beside the one in `folder`: where two computers wrote at once, cloud sync keeps one of them
    under another name.
    """
    with contextlib.suppress(OSError):
        found = [path for path in sorted(folder.glob("*.sqlite3")) if path.name != DATABASE and path.is_file()]
        return [path for path in found if is_database(path)]
    return []


def ranked(folder: Path, found: Iterable[Backup]) -> list[Backup]:
    """These backups of the library in `folder`, newest first."""
    return _ranked(found, _tip(folder, _own(folder)))


def copy(path: Path) -> Backup:
    """A copy of the database; its files come from the library beside it, or from the places which that one knows."""
    folder = path.absolute().parent
    beside = (folder.parent,) if folder.name == BACKUPS else (folder,) if is_library(folder) else ()
    objects = tuple(known.place / OBJECTS for one in beside for known in record.read(one).places)
    moment = layout.moment_of(path.name)
    if moment is None:
        with plain_words():
            moment = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    return Backup(path, path, moment, complete=False, libraries=beside, objects=objects)


def _snapshot(path: Path) -> Backup:
    moment = layout.moment_of(path.absolute().name)
    if moment is None:
        moment = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    return Backup(path, path / DATABASE, moment, complete=True, objects=(path.absolute().parent.parent / OBJECTS,))


def _is_snapshot(path: Path) -> bool:
    inside = layout.SNAPSHOT.fullmatch(path.absolute().name) is not None and path.absolute().parent.name == SNAPSHOTS
    has_work = (path / DATABASE).is_file() or (path / CATALOG).is_file()
    return has_work and not is_library(path) and (inside or (path / FACTS).is_file())


def _newest_in(place: Path) -> Backup:
    """The newest snapshot of a place; raises UsageError where several libraries have theirs there, or several lines of one."""
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
    ranked = _ranked([_snapshot(one) for one in found], None)
    last = ends(ranked)
    if len(last) > 1:
        raise UsageError(
            _("「{path}」裡有同一個學習歷程庫各自修改過的 {count} 份備份，請指定其中一份：{choices}").format(
                path=place, count=len(last), choices=_("、").join(_told(one.path for one in last))
            )
        )
    return ranked[0]


def _own(folder: Path) -> list[Backup]:
    """The automatic copies of the database."""
    with contextlib.suppress(OSError):
        return [copy(path) for _moment, path in layout.copies(folder / BACKUPS)]
    return []


def _snapshots(folder: Path) -> Iterator[tuple[Backup, str]]:
    """The snapshots under its name in the places that the library knows, each with the one that it noted there."""
    for place in record.read(folder).places:
        with contextlib.suppress(OSError, PortfolioError):
            layout.check_marker(place.place)
            for path in _of_identity(place.place, place.snapshot[-layout.IDENTITY :]):
                yield _snapshot(path), place.snapshot


def _tip(folder: Path, own: Sequence[Backup]) -> Lineage | None:
    """Where the library's own line had come to when it was last copied."""
    noted = record.read(folder).copy
    return next((one.lineage for one in own if noted is not None and one.path.name == noted.name), None)


def _ranked(found: Iterable[Backup], tip: Lineage | None) -> list[Backup]:
    """Newest first: the line of `tip`, then the most work, then the clock. What cannot be read stands where its moment says:
    to pass over a damaged newest backup would make all seem well.
    """

    def key(one: Backup) -> tuple[bool, int, datetime.datetime, bool]:
        line = one.lineage
        is_ours = line is not None and (tip is None or not tip.diverges(line))
        return is_ours, len(line.groups) if line else 0, one.moment, one.complete

    backups = list(found)
    ranked = sorted((one for one in backups if one.lineage is not None), key=key, reverse=True)
    for torn in sorted((one for one in backups if one.lineage is None), key=lambda one: one.moment):
        at = next((at for at, one in enumerate(ranked) if one.moment < torn.moment), len(ranked))
        ranked.insert(at, torn)
    return ranked


def _is_same(one: Backup, other: Backup) -> bool:
    return one is other or (one.lineage is not None and one.lineage == other.lineage)


def _is_one_line(found: Sequence[Backup]) -> bool:
    return len(ends(_ranked(found, None))) <= 1


def ends(ranked: Iterable[Backup]) -> list[Backup]:
    """The newest backup of each line, of those that can be read."""
    found = list[Backup]()
    for one in ranked:
        if one.lineage is not None and not lineage.is_held(one.lineage, (end.lineage for end in found)):
            found.append(one)
    return found


def _told(paths: Iterable[Path]) -> list[str]:
    return [_with_owner(_snapshot(path)) for path in sorted(paths, key=lambda path: path.name, reverse=True)]


def _with_owner(backup: Backup) -> str:
    """A snapshot with whose it is and of which day, as it says itself."""
    student = backup.facts.get("student")
    known = student if isinstance(student, dict) else {}
    names = [visible(str(known[key])) for key in ("name", "school") if known.get(key)]
    day = backup.moment.astimezone().strftime("%Y-%m-%d %H:%M")
    return _("{path}（{owner}，{day}）").format(path=backup.path, owner=" ".join(names) or _("沒有姓名"), day=day)


def _of_identity(place: Path, identity: str) -> list[Path]:
    return [one for one in layout.snapshots(place) if one.name.endswith(f"-{identity}")]
