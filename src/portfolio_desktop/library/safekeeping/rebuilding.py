"""The database made anew, when it is gone or damaged: from the newest sound copy, catalog.json and files/.

    folder -> standing?  yes: nothing is done
           -> base (copy) + catalog + scan (files)        looking only, can be stopped
           -> placement: damaged, lost, new                a plan
           -> library.sqlite3.new                          base + one change "rebuild" = catalog + pieces to be filed
           -> kept-aside/<moment>/                         damaged files, the old database and its journal: never deleted
           -> files put back, then library.sqlite3         by one rename, last; then catalog.json

Killed anywhere it can be run again: until the rename there is no database, or the damaged one.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library import bounded, dump, presence, remains, rows
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.database import is_library, open_copy
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.library import now
from portfolio_desktop.library.lock import NAME as LOCK
from portfolio_desktop.library.lock import Lock
from portfolio_desktop.library.presence import Expected
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.library.safekeeping import backups, bases, newer
from portfolio_desktop.library.safekeeping.aside import Aside, kept_bytes, lies_at
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.bases import Base, CatalogFile
from portfolio_desktop.library.safekeeping.mending import Source, fresh_copy, keep_catalog, put
from portfolio_desktop.library.safekeeping.placement import Placement, Wanted, plan
from portfolio_desktop.library.safekeeping.reconciling import Brought, StoredRow
from portfolio_desktop.library.safekeeping.remaking import looked_at, remake, sound_row
from portfolio_desktop.library.safekeeping.scanning import scan
from portfolio_desktop.library.store import FOLDER as FILES
from portfolio_desktop.library.store import Copy, Store
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress
from portfolio_desktop.terms import school_year_of


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuilding did.

    rebuilt  False when the database was sound, and nothing was done
    base     the copy that it began from, below the library's folder; None without one
    pieces   how many the library has now, without the trash;  files  how many stored files lie in their places
    changed  what the catalog made other than the base has it: undo brings that back
    filed    ids and titles of the pieces made for files that nothing named
    aside    where damaged and replaced originals lie now, below the library's folder
    missing  stored files that are not there and that no known backup has
    told     sentences about what was guessed or not used
    """

    folder: Path
    rebuilt: bool
    pieces: int
    files: int
    base: str | None = None
    filed: tuple[tuple[str, str], ...] = ()
    aside: tuple[str, ...] = ()
    missing: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()
    changed: tuple[Brought, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a database is made from: with neither base nor catalog, an empty one for `profile`."""

    base: Base | None
    catalog: CatalogFile | None
    profile: Profile
    placement: Placement
    told: tuple[str, ...]


def rebuild(
    folder: Path,
    progress: Progress | None = None,
    *,
    sources: Sequence[Source] = (),
    clock: Callable[[], datetime.datetime] = now,
) -> Rebuilt:
    """Make the database of a library anew; nothing is done when it is sound.

    Files that are damaged or gone are put back from any backup that the library knows, or from `sources`. Raises LockedError
    when another program has the library, PortfolioError when the folder is none, a newer program's, or cannot be written,
    Cancelled when stopped: until then nothing was changed.
    """
    progress = progress or Progress()
    with plain_words():
        _refuse_what_is_none(folder)
        lock = Lock(folder / LOCK)
        try:
            done = _locked(folder, progress, sources, clock())
        except BaseException:
            lock.abandon()
            raise
        if lock.left_behind and not done.rebuilt:
            lock.abandon()  # the next owner still has to look the library over
        else:
            lock.release()
        return done


def _locked(folder: Path, progress: Progress, sources: Sequence[Source], moment: datetime.datetime) -> Rebuilt:
    if (sound := bases.standing(folder)) is not None:
        pieces = sum(piece["trashed"] is None for piece in dump.read(sound.content).pieces)
        files = [Expected(file.sha256, file.size, file.path) for file in sound.files.values()]
        told = newer.told(backups.beyond(folder, sound.lineage))
        missing = tuple(problem for file in files if (problem := presence.fault(folder, file)) is not None)
        return Rebuilt(folder, False, pieces, len(files) - len(missing), missing=missing, told=told)
    known = backups.known(folder)
    made, store = _planned(folder, progress, known, moment), Store(folder)
    store.begin()
    try:
        anywhere = (*sources, *(backup.source for backup in backups.reachable(folder)), kept_bytes(folder))
        mended = _at_hand(store, made.placement, anywhere, progress)
        new = _clear(folder)
        filed, changed = _make(new, folder, made, mended, moment)
        done = _put_in_place(folder, new, made, mended, filed, Aside(folder, moment))
        return replace(done, changed=changed)
    finally:
        _clear(folder)
        store.done()


def _planned(folder: Path, progress: Progress, known: Sequence[Backup], moment: datetime.datetime) -> _Plan:
    """Look at everything, and decide what the new database is made from."""
    base, catalog, told = bases.newest(folder, known), bases.catalog_of(folder), list[str]()
    found = scan(folder, progress) if (folder / FILES).exists() else []
    there = frozenset(one.sha256 for one in found if one.sha256 is not None)
    if catalog is None:
        told.append(_("catalog.json 不見了或讀不懂，沒有用到。"))
    elif bases.is_others(catalog, base, there):
        catalog = None
        told.append(_("catalog.json 看來是另一個學習歷程庫的，沒有用到。"))
    elif bases.is_behind(catalog, base):
        catalog = None
        told.append(_("catalog.json 的內容是資料庫備份較早的樣子，沒有用到。"))
    wanted = {
        file.sha256: Wanted(file.sha256, file.md5, file.size, file.name, file.path)
        for file in (base.files.values() if base else ())
    }
    for row in catalog.contents.files if catalog else ():
        md5, size = catalog.sizes[row["sha256"]] if catalog else ("", 0)
        wanted.setdefault(row["sha256"], Wanted(row["sha256"], md5, size, row["name"]))
    placement = plan(wanted.values(), found)
    if catalog is not None:
        profile = catalog.contents.profile
    elif (told_by := bases.told_profile(folder, known)) is not None:
        profile = told_by
    else:
        profile = Profile("general", _entry_year(folder, placement, moment))
        guessed = _("學校類型和入學年是猜的（普通型、{year} 學年度入學），請到學生資料改正。")
        told.append(guessed.format(year=profile.entry_year))
    return _Plan(base, catalog, profile, placement, tuple(told))


def _at_hand(
    store: Store, placement: Placement, sources: Sequence[Source], progress: Progress
) -> dict[str, tuple[Copy, Inspection]]:
    """A fresh copy of each lost file, by hash, from elsewhere in the store or from a backup; those that nobody has are left out."""
    copies = dict[str, tuple[Copy, Inspection]]()
    for number, wanted in enumerate(placement.lost):
        progress.step(number, len(placement.lost), wanted.name)
        here = placement.at_hand.get(wanted.sha256, placement.places[wanted.sha256])
        own = [store.folder / here]  # a link in its place may lead to the right bytes
        copy = fresh_copy(store, wanted.sha256, number, own, sources, progress)
        if copy is not None:
            copies[wanted.sha256] = copy, looked_at(copy.temporary, copy.kind)
    return copies


def _make(
    new: Path,
    folder: Path,
    made: _Plan,
    mended: Mapping[str, tuple[Copy, Inspection]],
    moment: datetime.datetime,
) -> tuple[range, tuple[Brought, ...]]:
    """The new database beside the old one; see `remake`."""
    stored = [_stored_row(folder, made.placement, sha256, mended.get(sha256)) for sha256 in made.placement.places]
    filed = [
        StoredRow(
            found.sha256 or "",
            found.md5,
            found.size,
            path,
            found.kind,
            looked_at(folder / FILES / found.path, found.kind),
        )
        for found, path in made.placement.new
    ]
    base = made.base.path if made.base is not None else None
    contents, content = (made.catalog.contents, made.catalog.content) if made.catalog is not None else (None, None)
    return remake(new, base, contents, made.profile, stored, filed, moment.isoformat(timespec="seconds"), content)


def _put_in_place(
    folder: Path,
    new: Path,
    made: _Plan,
    mended: Mapping[str, tuple[Copy, Inspection]],
    numbers: range,
    aside: Aside,
) -> Rebuilt:
    """What was planned is done: from here on nothing stops it but the world, and it can be run again."""
    placement, store = made.placement, Store(folder)
    for path in placement.damaged:
        aside.move(store.folder / path)
    for found, path in placement.new:
        if path != found.path:
            store.path(path).parent.mkdir(exist_ok=True)
            durable.replace(store.folder / found.path, store.path(path))
    for sha256, (copy, _inspection) in mended.items():
        put(store, copy, placement.places[sha256], aside)
    with contextlib.closing(open_copy(new)) as database, database.read() as connection:
        content = dump_of(connection)
        filed = tuple((piece.id, piece.title) for piece in rows.numbered(connection, numbers))
        pieces = len(rows.pieces(connection, PieceFilter()))
        expected = presence.expected(connection)
    if not bounded.holds(folder / CATALOG, content):
        keep_catalog(aside, folder / CATALOG)
    for name in (DATABASE, *(DATABASE + end for end in bases.JOURNALS)):
        if lies_at(folder / name):
            aside.move(folder / name)
    durable.replace(new, folder / DATABASE)
    durable.write(folder / CATALOG, content)
    missing = tuple(problem for file in expected if (problem := presence.fault(folder, file)) is not None)
    base = None if made.base is None else _relative(made.base.path, folder)
    files = len(expected) - len(missing)
    return Rebuilt(folder, True, pieces, files, base, filed, tuple(aside.kept), missing, made.told)


def _stored_row(folder: Path, placement: Placement, sha256: str, mended: tuple[Copy, Inspection] | None) -> StoredRow:
    """A wanted file as a new row; one that was lost here may have been brought from elsewhere."""
    if mended is None:
        return sound_row(folder, placement, sha256)
    copy, inspection = mended
    return StoredRow(sha256, copy.md5, copy.size, placement.places[sha256], copy.kind, inspection)


def _entry_year(folder: Path, placement: Placement, moment: datetime.datetime) -> int:
    """The school year of the oldest file: whoever keeps a portfolio begins when the school does."""
    times = [(folder / FILES / found.path).stat().st_mtime for found, _path in placement.new]
    first = min((datetime.datetime.fromtimestamp(time, moment.tzinfo) for time in times), default=moment)
    return school_year_of(min(first, moment).date())


def _refuse_what_is_none(folder: Path) -> None:
    """Raise PortfolioError for a folder in which no library ever was."""
    if remains.is_damaged(folder) or ((folder / DATABASE).is_file() and is_library(folder / DATABASE)):
        return
    if not folder.exists():
        raise remains.refusal(folder)
    raise PortfolioError(
        _("「{path}」不是學習歷程庫，沒有可以重建的東西。請選學習歷程庫的資料夾。").format(path=folder)
    )


def _clear(folder: Path) -> Path:
    """Take away what an interrupted making left, its journals too: SQLite would roll them back into the next one."""
    for path in folder.glob(f"{DATABASE}.new*"):
        path.unlink()
    return folder / f"{DATABASE}.new"


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
