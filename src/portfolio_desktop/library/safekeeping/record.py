"""What a library knows of its own safety: `backups/record.json`.

Record
  places    where complete backups lie, and the newest snapshot in each          note_backup
  copy      the newest automatic copy; why the last attempt failed, if it did    note_copy note_trouble
  check     the last verify                                                      note_check
  drill     the last restore that was tried out                                  note_drill
  left      what tells that database and catalog are as they were left           note_left
  doubted   places that gave back wrong bytes: the next backup there reads all   note_doubt

Facts of this machine: never in the dump. Written whole or not at all, by the library's owner only (`as_owner` for who does
not hold it); a file that is gone or cannot be read is an empty record, never an error.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from portfolio_desktop import durable
from portfolio_desktop.library import bounded, lock
from portfolio_desktop.library.place_facts import place_of
from portfolio_desktop.messages import _

T = TypeVar("T")

FOLDER = "backups"
NAME = "record.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Known:
    """A place with complete backups of this library: the folder, the newest snapshot's moment and its folder's name.

    same_disk  when it was made it lay on the library's own disk, which takes both along when it breaks; None where nobody
               looked: records did not say so at first
    """

    place: Path
    at: datetime.datetime
    snapshot: str
    same_disk: bool | None = None


@dataclass(frozen=True, slots=True)
class Copied:
    """The newest automatic copy: when, and the file's name in `backups/`."""

    at: datetime.datetime
    name: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """An automatic copy that was not made: when, and the sentence that says why."""

    at: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The last verify: `depth` is quick or full, `files` how many were looked at, `problems` what was found."""

    at: datetime.datetime
    depth: str
    files: int
    problems: tuple[Mapping[str, Any], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Drilled:
    """The last drill: which backup was restored, and whether all of it came back as it was.

    complete  False when it was a copy of the database: its files came from the library itself, and that proves no backup
    """

    at: datetime.datetime
    backup: Path
    ok: bool
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known; `places` newest first."""

    places: tuple[Known, ...] = ()
    copy: Copied | None = None
    trouble: Trouble | None = None
    check: Checked | None = None
    drill: Drilled | None = None
    doubted: tuple[Path, ...] = ()
    left: tuple[str, ...] = ()


def read(folder: Path) -> Record:
    """The record of the library in `folder`; what cannot be read is left out."""
    try:
        return _read(folder)
    except OSError:
        return Record()


def _read(folder: Path) -> Record:
    """The same, to be written anew with a note more. Raises OSError for one that only cannot be read now: its places stay known."""
    try:
        data = json.loads(bounded.content(folder / FOLDER / NAME, bounded.RECORD))
    except OSError as error:
        if error.errno in bounded.FOR_NOW:
            raise
        return Record()
    except (ValueError, RecursionError):
        return Record()
    if not isinstance(data, dict):
        return Record()
    places = data.get("places")
    known = [_part(_known, one) for one in places] if isinstance(places, list) else []
    return Record(
        places=tuple(one for one in known if one is not None),
        copy=_part(lambda one: Copied(_moment(one["at"]), str(one["name"])), data.get("copy")),
        trouble=_part(lambda one: Trouble(_moment(one["at"]), str(one["reason"])), data.get("trouble")),
        check=_part(_checked, data.get("check")),
        drill=_part(_drilled, data.get("drill")),
        left=_part(lambda texts: tuple(str(text) for text in texts), data.get("left")) or (),
        doubted=_part(lambda paths: tuple(Path(path) for path in paths), data.get("doubted")) or (),
    )


def note_backup(folder: Path, place: Path, at: datetime.datetime, snapshot: str, *, all_read: bool = False) -> None:
    """Note a complete backup; `all_read`: nothing there is in doubt any more.

    Raises OSError, as every note does when it cannot be written.
    """
    record = _read(folder)
    others = tuple(known for known in record.places if known.place != place)
    doubted = tuple(one for one in record.doubted if not (all_read and one == place))
    known = Known(place, at, snapshot, on_same_disk(folder, place))
    _write(folder, replace(record, places=(known, *others), doubted=doubted))


def note_doubt(folder: Path, places: Iterable[Path]) -> None:
    """Note places whose objects turned out not to hold what they should."""
    record = _read(folder)
    new = [place for place in dict.fromkeys(places) if place not in record.doubted]
    if new:
        _write(folder, replace(record, doubted=(*record.doubted, *new)))


def note_copy(folder: Path, at: datetime.datetime, name: str) -> None:
    """Note an automatic copy of the database; earlier trouble is over."""
    _write(folder, replace(_read(folder), copy=Copied(at, name), trouble=None))


def note_trouble(folder: Path, at: datetime.datetime, reason: str) -> None:
    """Note that an automatic copy could not be made, and why."""
    _write(folder, replace(_read(folder), trouble=Trouble(at, reason)))


def note_check(
    folder: Path, at: datetime.datetime, depth: str, files: int, problems: tuple[Mapping[str, Any], ...] = ()
) -> None:
    """Note a verify; `problems` are JSON objects."""
    _write(folder, replace(_read(folder), check=Checked(at, depth, files, problems)))


def note_left(folder: Path, left: tuple[str, ...]) -> None:
    """Note how database and catalog are left."""
    _write(folder, replace(_read(folder), left=left))


def note_drill(folder: Path, at: datetime.datetime, backup: Path, *, ok: bool, complete: bool = True) -> None:
    """Note a drill."""
    _write(folder, replace(_read(folder), drill=Drilled(at, backup, ok, complete)))


def failing(folder: Path) -> str | None:
    """Why automatic copies cannot be made now; None where nothing is known to be in the way."""
    there = folder / FOLDER
    if (there.exists() or there.is_symlink()) and not there.is_dir():
        return _("「{name}」不是資料夾").format(name=FOLDER)
    trouble = read(folder).trouble
    return None if trouble is None else trouble.reason.rstrip("。")


def on_same_disk(folder: Path, place: Path) -> bool | None:
    """Whether two folders are on one file system, and not in one that a service copies elsewhere; None where that is unknown."""
    try:
        return folder.stat().st_dev == place.stat().st_dev and place_of(place).kind != "cloud"
    except OSError:
        return None


def looked_up(folder: Path, known: Record) -> Record:
    """The same record; on which disk a place is, where it does not say so, as far as that can be seen now."""
    places = tuple(
        one if one.same_disk is not None else replace(one, same_disk=on_same_disk(folder, one.place))
        for one in known.places
    )
    return replace(known, places=places)


def is_kept(folder: Path) -> bool:
    """Whether there is a library, or what is left of one, that a record can be kept in."""
    return (folder / lock.NAME).is_file() or (folder / FOLDER).is_dir()


@contextlib.contextmanager
def as_owner(folder: Path) -> Iterator[bool]:
    """Own the library in `folder` for the moment of a note, without opening it; False when another program owns it."""
    with lock.borrowed(folder / lock.NAME) as free:
        yield free


def _write(folder: Path, record: Record) -> None:
    data = {
        "version": VERSION,
        "places": [
            {
                "place": str(known.place),
                "at": known.at.isoformat(),
                "snapshot": known.snapshot,
                "same_disk": known.same_disk,
            }
            for known in record.places
        ],
        "copy": record.copy and {"at": record.copy.at.isoformat(), "name": record.copy.name},
        "trouble": record.trouble and {"at": record.trouble.at.isoformat(), "reason": record.trouble.reason},
        "check": record.check
        and {
            "at": record.check.at.isoformat(),
            "depth": record.check.depth,
            "files": record.check.files,
            "problems": [dict(problem) for problem in record.check.problems],
        },
        "drill": record.drill
        and {
            "at": record.drill.at.isoformat(),
            "backup": str(record.drill.backup),
            "ok": record.drill.ok,
            "complete": record.drill.complete,
        },
        "left": list(record.left),
        "doubted": [str(place) for place in record.doubted],
    }
    (folder / FOLDER).mkdir(exist_ok=True)
    # A path of stray bytes holds lone surrogates: only as JSON's escapes are they valid UTF-8.
    durable.write(folder / FOLDER / NAME, json.dumps(data, indent=1).encode())


def _part(make: Callable[[Any], T], data: Any) -> T | None:
    """One part of a record, or None where it is not what it should be."""
    try:
        return make(data)
    except (KeyError, TypeError, ValueError):
        return None


def _known(data: Any) -> Known:
    return Known(Path(data["place"]), _moment(data["at"]), str(data["snapshot"]), _whether(data.get("same_disk")))


def _whether(data: Any) -> bool | None:
    return data if isinstance(data, bool) else None


def _drilled(data: Any) -> Drilled:
    return Drilled(_moment(data["at"]), Path(data["backup"]), data["ok"] is True, data.get("complete") is not False)


def _checked(data: Any) -> Checked:
    problems = tuple(problem for problem in data["problems"] if isinstance(problem, dict))
    return Checked(_moment(data["at"]), str(data["depth"]), int(data["files"]), problems)


def _moment(text: Any) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
