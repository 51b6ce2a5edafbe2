"""A snapshot whose database is damaged or gone: its catalog.json still says every piece, and its objects are proved by hash.

    snapshot.json  what the others should be      -> CatalogOf(files, contents, base, told)
    catalog.json   the works as they were          -> make(database)     base + one change "rebuild", or a log that begins anew
    older snapshots of the same library            the newest sound one before it: log, undo, earlier texts until then

A catalog that is not the one that snapshot.json names is not believed, unless the database itself, sound to its last row, says
the same. Where there is no snapshot.json either, that is told: a text that a bit was turned in would look like any other.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from portfolio_desktop.errors import DamageError
from portfolio_desktop.library import dump
from portfolio_desktop.library.database import open_copy, open_database
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.safekeeping import backups, bases, layout, placement
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.bases import Base, CatalogFile
from portfolio_desktop.library.safekeeping.copied import BackedFile
from portfolio_desktop.library.safekeeping.placement import Wanted
from portfolio_desktop.library.safekeeping.remaking import remake, sound_row
from portfolio_desktop.library.safekeeping.scanning import scan
from portfolio_desktop.library.store import Store
from portfolio_desktop.library.tables import META
from portfolio_desktop.library.troubles import damaged_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress

_IDENTITY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class CatalogOf:
    """What a snapshot can give back without its database.

    files   every file, with the place below `files/` that it gets;  base  a sound database of the same library, of then or earlier
    told    what is not as it was: sentences for people
    """

    catalog: CatalogFile
    files: tuple[BackedFile, ...]
    base: Base | None
    identity: str | None
    told: tuple[str, ...]


def catalog_of(backup: Backup) -> CatalogOf | None:
    """What the catalog of a snapshot can give back; None where it has none that can be believed.

    Raises PortfolioError when a newer program wrote it.
    """
    catalog = bases.catalog_of(backup.path) if backup.complete else None
    if catalog is None:
        return None
    own = bases.sound(backup.database)
    said = backup.facts.get("dump_sha256")
    is_same = own is not None and own.content == catalog.content
    if not is_same and said is not None and said != hashlib.sha256(catalog.content).hexdigest():
        return None
    base = own if own is not None else _earlier(backup, catalog)
    identity = str(backup.facts.get("identity"))
    return CatalogOf(
        catalog,
        tuple(_files(backup, catalog, base)),
        base,
        identity if _IDENTITY.fullmatch(identity) else None,
        (_told(backup, base),) if said is not None or is_same else (_told(backup, base), _unproved()),
    )


def make(snapshot: CatalogOf, new: Path, folder: Path, progress: Progress) -> bytes:
    """Make the database of the library in `folder`, whose files are in their places, at `new`; returns its dump.

    Raises DamageError where it does not say what the catalog says.
    """
    contents = snapshot.catalog.contents
    found = placement.plan(
        (Wanted(file.sha256, file.md5, file.size, file.name, file.path) for file in snapshot.files),
        scan(folder, progress),
    )
    rows = [sound_row(folder, found, sha256) for sha256 in found.places]
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    base = snapshot.base.path if snapshot.base is not None else None
    remake(new, base, contents, contents.profile, rows, (), now, snapshot.catalog.content)
    if base is None and snapshot.identity is not None:
        with contextlib.closing(open_database(new)) as database, database.write() as connection:
            connection.execute(update(META).where(META.c.name == "identity").values(value=snapshot.identity))
    with contextlib.closing(open_copy(new)) as database, database.read() as connection:
        content = dump_of(connection)
    if dump.read(content) != contents:
        raise DamageError(damaged_words())
    return content


def _earlier(backup: Backup, catalog: CatalogFile) -> Base | None:
    """The newest sound snapshot of the same library before this one."""
    for one in backups.before(backup):
        base = bases.sound(one.database)
        if base is not None and not bases.is_others(catalog, base, frozenset()):
            return base
    return None


def _files(backup: Backup, catalog: CatalogFile, base: Base | None) -> Iterator[BackedFile]:
    """Every file that the catalog names, and those that the base's log still holds."""
    titles = {row["number"]: str(row["title"]) for row in catalog.contents.pieces}
    names, owners = dict[str, str](), dict[str, dict[str, str]]()
    for row in catalog.contents.files:
        names.setdefault(row["sha256"], row["name"])
        owners.setdefault(row["sha256"], {})[f"p{row['piece']}"] = titles[row["piece"]]
    wanted = {
        file.sha256: Wanted(file.sha256, file.md5, file.size, file.name, file.path)
        for file in (base.files.values() if base is not None else ())
    }
    paths = _paths(backup, {str(file.path) for file in wanted.values()})
    for sha256, name in names.items():
        wanted.setdefault(sha256, Wanted(sha256, *catalog.sizes[sha256], name, paths.get(sha256)))
    places = placement.plan(wanted.values(), ()).places
    for file in wanted.values():
        pieces = tuple(owners.get(file.sha256, {}).items())
        yield BackedFile(file.sha256, file.md5, file.size, places[file.sha256], file.name, pieces)


def _paths(backup: Backup, taken: set[str]) -> Mapping[str, str]:
    """Where the snapshot says that files lay, by hash: none of those that are `taken`, none twice, none that leads out."""
    found, store, files = dict[str, str](), Store(backup.path), backup.facts.get("files")
    for file in files if isinstance(files, list) else ():
        with contextlib.suppress(DamageError, KeyError, TypeError):
            sha256, path = str(file["sha256"]), str(file["path"])
            if store.path(path) and path not in taken:
                taken.add(path)
                found[sha256] = path
    return found


def _unproved() -> str:
    return _("它的 snapshot.json 也不見了或讀不懂，所以文字的內容沒有東西可以核對；檔案都照雜湊值核對過。")


def _told(backup: Backup, base: Base | None) -> str:
    if base is None:
        return _(
            "這份備份的資料庫損壞了：作品照它的 catalog.json 還原，都是備份時的樣子；"
            "修改紀錄、可以復原的步驟和先前的簡述沒有了。"
        )
    if base.path == backup.database:
        return _("這份備份的資料庫和備份時記下的不同：作品照它的 catalog.json 還原；修改紀錄可能有出入。")
    moment = layout.moment_of(base.path.parent.name)
    when = moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment is not None else base.path.parent.name
    return _(
        "這份備份的資料庫損壞了：作品照它的 catalog.json 還原，都是備份時的樣子；"
        "修改紀錄和先前的簡述只到較早的一份備份（{moment}）為止。"
    ).format(moment=when)
