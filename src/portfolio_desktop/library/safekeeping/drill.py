"""The drill: a backup is really restored, compared to the last byte, and taken away again.

    backup (the newest complete one) -> restoring -> a temporary folder -> opened, its dump compared, every file hashed -> gone
                                                                 -> noted in the library's record

Whoever has never restored a backup does not know whether they have one.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop.errors import DamageError, PortfolioError
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.safekeeping import backups, places, record, transfer
from portfolio_desktop.library.safekeeping import scratch as scratches
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.copied import BackedFile
from portfolio_desktop.library.safekeeping.reading_through import each
from portfolio_desktop.library.safekeeping.restoring import Restored, restore
from portfolio_desktop.library.store import Store
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill proved: how many files and bytes came back as they were, and what did not."""

    backup: Backup
    files: int
    bytes: int
    seconds: float
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """Whether the files came from the backup; those of a copy come from the library itself, and exist once."""
        return self.backup.complete

    @property
    def ok(self) -> bool:
        """Whether all of it came back."""
        return not self.problems


def drill(
    library: Path,
    backup: Backup | None = None,
    scratch: Path | None = None,
    progress: Progress | None = None,
    *,
    owner: bool = False,
) -> Drilled:
    """Restore a backup into a folder of its own below `scratch`, and compare it. Without one: the newest complete one that the
    library knows and can reach, else the newest copy of its database.

    Needs no open library. `owner` says that the caller holds it: then the result is noted here, else where nobody holds it.
    Raises PortfolioError when there is no backup or no room, LyingDiskError when the temporary place is damaged, Cancelled when
    stopped; damage of the backup is no error but a problem.
    """
    began, progress = time.perf_counter(), progress or Progress()
    backup = backup or backups.newest_complete(library) or backups.newest(library)
    if backup is None:
        raise PortfolioError(_("還沒有備份可以演練。請先用 backup --to 做一份。"))
    try:
        with _folder(backup, scratch, library) as folder:
            restored = restore(backup, folder / "library", progress, strictly=True)
            with transfer.told(folder):
                _compare(backup, restored, progress)
    except transfer.LyingDiskError:
        raise  # the temporary place is to blame, and says nothing of the backup
    except DamageError as error:
        damage = Problem("backup.damaged", str(backup.path), values={"reason": str(error)})
        done = Drilled(backup, 0, 0, time.perf_counter() - began, (damage,))
    else:
        done = Drilled(backup, restored.files, restored.bytes, time.perf_counter() - began, restored.missing)
    _note(library, done, owner=owner)
    return done


def _compare(backup: Backup, restored: Restored, progress: Progress) -> None:
    """Read the restored library once more, from the disk; raises LyingDiskError where it is not as the backup says."""
    lost = {problem.sha256 for problem in restored.missing}
    store = Store(restored.folder)

    def one(file: BackedFile, stop: Progress) -> None:
        if file.sha256 not in lost and not transfer.holds(store.path(file.path), file.sha256, stop):
            raise transfer.lying(store.path(file.path))

    each(backup.files, one, progress, lambda file: file.name, lambda file: file.size)
    content = backup.dump()
    with transfer.blaming(restored.folder), Library.open(restored.folder, read_only=True) as library:
        if library.dump() != content:
            raise transfer.lying(restored.folder)


@contextlib.contextmanager
def _folder(backup: Backup, scratch: Path | None, library: Path) -> Iterator[Path]:
    """A folder with room for a library, gone afterwards: where it was asked for, beside the library, or the system's usual place."""
    needed = _size(backup)
    candidates = [scratch] if scratch else scratches.usual(library)
    refused: PortfolioError | None = None
    scratches.clear_up_all(library, *candidates)
    with contextlib.ExitStack() as opened:
        for place in candidates:
            try:
                with transfer.told(place):
                    places.check_room(place, needed)
                    folder = opened.enter_context(scratches.folder(place))
            except PortfolioError as error:
                refused = refused or error
                continue
            yield folder
            return
    if refused is not None:
        raise refused


def _size(backup: Backup) -> int:
    with transfer.told(backup.path):
        return backup.database.stat().st_size + sum(file.size + places.CLUSTER for file in backup.files)


def _note(library: Path, done: Drilled, *, owner: bool) -> None:
    now = datetime.datetime.now().astimezone()
    with contextlib.suppress(OSError), contextlib.ExitStack() as opened:
        if owner or (record.is_kept(library) and opened.enter_context(record.as_owner(library))):
            record.note_drill(library, now, done.backup.path.absolute(), ok=done.ok, complete=done.backup.complete)
            if not done.ok:  # the next backup there reads everything
                record.note_doubt(library, (objects.parent for objects in done.backup.objects))
