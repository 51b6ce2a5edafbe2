"""What lies where: names of copies and snapshots, and how a backup place is told from any other folder.

<library>/backups/20261123T191111Z-close.sqlite3                    a copy of the database: COPY
PLACE/portfolio-backup.json                                         MARKER
PLACE/objects/ab/ab01…                                              bytes by their SHA-256: object_path
PLACE/snapshots/20261123T191111Z-0f1e2d3c/library.sqlite3 …         SNAPSHOT: moment and start of the library's identity

Moments in names are UTC, so that sorting by name is sorting by time. docs/backup-format.md has all of it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.messages import _

FORMAT = "portfolio-desktop-backup"
VERSION = 1
MARKER = "portfolio-backup.json"
USUAL = "學習歷程備份"
"""The folder that is made in a place which holds other things."""
RESTORING = ".restoring"
"""Lies in a folder while a library is restored or imported into it; whoever opens one as its owner takes it away."""
ASIDE = "kept-aside"
"""Where in a library whatever is damaged or in the way is kept."""
OBJECTS, SNAPSHOTS, FACTS = "objects", "snapshots", "snapshot.json"
IDENTITY = 8
"""Hex digits of the library's identity that stand in a snapshot's name."""
COPY = re.compile(r"(\d{8}T\d{6}Z)-[a-z]+\.sqlite3")
SNAPSHOT = re.compile(rf"(\d{{8}}T\d{{6}}Z)-([0-9a-f]{{{IDENTITY}}})")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_IDENTITY = re.compile(r"[0-9a-f]{32}")
_STAMP = "%Y%m%dT%H%M%SZ"
_MOST = 4096  # bytes of a marker that are read


def stamp(moment: datetime.datetime) -> str:
    """A moment as it stands in names."""
    return moment.astimezone(datetime.UTC).strftime(_STAMP)


def short(identity: str | None) -> str:
    """A library's identity as it stands in names; any text is made harmless."""
    known = identity or ""
    return known[:IDENTITY] if _IDENTITY.fullmatch(known) else hashlib.sha256(known.encode()).hexdigest()[:IDENTITY]


def moment_of(name: str) -> datetime.datetime | None:
    """The moment in the name of a copy or snapshot; None where there is none."""
    found = COPY.fullmatch(name) or SNAPSHOT.fullmatch(name)
    try:
        return found and datetime.datetime.strptime(found[1], _STAMP).replace(tzinfo=datetime.UTC)
    except ValueError:  # the 31st of February
        return None


def object_path(objects: Path, sha256: str) -> Path:
    """Where the bytes of a hash lie; raises DamageError for what is no hash, so that no path leads out."""
    if not _SHA256.fullmatch(sha256):
        raise DamageError(_("備份裡的雜湊值「{sha256}」不正常，可能已損壞。").format(sha256=sha256[:80]))
    return objects / sha256[:2] / sha256


def is_place(folder: Path) -> bool:
    """Whether a folder is a backup place; one whose marker was lost still is."""
    return (folder / MARKER).is_file() or ((folder / SNAPSHOTS).is_dir() and (folder / OBJECTS).is_dir())


def check_marker(place: Path) -> bool:
    """Whether the marker is there and says what it should; raises PortfolioError when a newer program wrote it."""
    try:
        with (place / MARKER).open("rb") as file:
            data = json.loads(file.read(_MOST))
        sound = data["format"] == FORMAT and type(data["version"]) is int
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return False
    if sound and data["version"] > VERSION:
        raise PortfolioError(_("「{path}」裡的備份由較新版的程式寫成。請先更新程式。").format(path=place))
    return sound


def snapshots(place: Path) -> list[Path]:
    """The snapshots of a place, newest first; raises OSError when it cannot be read."""
    try:
        found = [one for one in (place / SNAPSHOTS).iterdir() if moment_of(one.name) and SNAPSHOT.fullmatch(one.name)]
    except FileNotFoundError:
        return []
    return sorted((one for one in found if one.is_dir()), key=lambda one: one.name, reverse=True)


def copies(folder: Path) -> list[tuple[datetime.datetime, Path]]:
    """The automatic copies in a `backups/` folder with their moments, newest first; raises OSError."""
    try:
        found = [(moment_of(one.name), one) for one in folder.iterdir() if COPY.fullmatch(one.name) and one.is_file()]
    except FileNotFoundError:
        return []
    return sorted(
        ((moment, one) for moment, one in found if moment is not None), key=lambda pair: pair[1].name, reverse=True
    )
