"""Which backups there are, to choose one: of a library, in every place that it knows; or in one place, whoever made them.

    of_library(folder) -> Listing(places, backups)     own copies, and the snapshots of the places that can be reached
    in_place(path)     -> Listing((), backups)         what `restore PATH` could mean

What a snapshot says of itself is told, not proved: that is what a drill is for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio_desktop.library.safekeeping import backups, layout, record
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.record import Known


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup as it can be told.

    files bytes   how many it has, and their size with the database; None where it has none, or does not say
    missing       files that the library had lost already when it was made
    readable      whether its database can be read
    newest        whether it is what is restored where nothing else is said
    """

    backup: Backup
    files: int | None
    bytes: int | None
    missing: int
    student: tuple[str, str]
    readable: bool
    newest: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the library noted, and whether it can be reached now."""

    known: Known
    reachable: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """Places, the last one used first, and backups, newest first."""

    places: tuple[Place, ...]
    backups: tuple[Listed, ...]


def of_library(folder: Path) -> Listing:
    """What the library in `folder` has; its database is not asked, and may be gone."""
    places = tuple(Place(one, _is_reachable(one.place)) for one in record.read(folder).places)
    return Listing(places, _listed(backups.reachable(folder), backups.newest(folder)))


def in_place(path: Path) -> Listing:
    """What a path holds. Raises PortfolioError when that is none."""
    found = backups.all_in(path)
    newest = found[0] if len(backups.ends(found)) <= 1 else None  # of several lines none stands for the others
    return Listing((), _listed(found, newest))


def _listed(found: Sequence[Backup], newest: Backup | None) -> tuple[Listed, ...]:
    return tuple(_of(one, is_newest=newest is not None and one.path == newest.path) for one in found)


def _of(backup: Backup, *, is_newest: bool) -> Listed:
    facts = backup.facts
    files = _list(facts.get("files"))
    sizes = [one["size"] for one in files if isinstance(one, dict) and type(one.get("size")) is int]
    is_told = not backup.complete or ("files" in facts and len(sizes) == len(files))
    said = facts.get("student")
    student: Mapping[str, Any] = said if isinstance(said, dict) else {}
    return Listed(
        backup,
        len(sizes) if is_told and backup.complete else None,
        sum(sizes) + _size(backup.database) if is_told else None,
        len(_list(facts.get("missing"))),
        (str(student.get("name") or ""), str(student.get("school") or "")),
        backup.lineage is not None,
        is_newest,
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def _is_reachable(place: Path) -> bool:
    try:
        return layout.is_place(place)
    except OSError:
        return False
