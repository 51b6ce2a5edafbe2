"""What the page 安全 and the watch ask for: on the lane what touches the library, beside it what only reads files.

look (beside)            -> Safety               expect (lane) · compare (beside) · note (lane)    a check
started due rolled (lane), read_turn (beside)    mend revive (lane)    known held (beside) compared (lane)
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.gui import errands
from portfolio_desktop.gui.pieces.rows import Row
from portfolio_desktop.gui.safekeeping.safety import Fault, Place, Safety
from portfolio_desktop.library.problems import NEWER
from portfolio_desktop.library.safekeeping import (
    backups,
    deciding,
    mending,
    outstanding,
    rebuilding,
    record,
    restoring,
    reviving,
    verifying,
    whole,
)
from portfolio_desktop.library.safekeeping import drill as trying
from portfolio_desktop.library.safekeeping.backups import Backup
from portfolio_desktop.library.safekeeping.drill import Drilled
from portfolio_desktop.library.safekeeping.mending import Mended
from portfolio_desktop.library.safekeeping.rebuilding import Rebuilt
from portfolio_desktop.library.safekeeping.restoring import Restored
from portfolio_desktop.library.safekeeping.reviving import Candidate, Held
from portfolio_desktop.library.safekeeping.verifying import Depth, Expectation, Verified
from portfolio_desktop.library.safekeeping.whole import BackedUp, Begun
from portfolio_desktop.messages import _
from portfolio_desktop.progress import Cancelled, Progress

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk

Ask = Callable[..., "Future[Any]"]
"""Session.asker: has work done on the lane."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was read: its pieces beside the library's own."""

    backup: Backup
    held: Held
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """A piece that was brought back, and the files that were nowhere to be found."""

    row: Row
    missing: tuple[str, ...]


def look(folder: Path, read_only: bool, has_pieces: bool, _progress: Progress) -> Safety:
    """What the library's record says, and which of its backup places can be reached; beside the lane: disks may be slow.

    `has_pieces`: some are known, and a text is work too. Files that no piece has any more are still something to lose.
    """
    known = record.looked_up(folder, record.read(folder))
    return Safety(
        folder,
        read_only,
        tuple(
            Place(one.place, one.at, _is_there(one.place / "snapshots" / one.snapshot), one.same_disk)
            for one in known.places
        ),
        known.copy,
        known.trouble,
        known.check,
        known.drill,
        faults(folder),
        has_pieces or _has_some(folder / "files"),
    )


def faults(folder: Path) -> tuple[Fault, ...]:
    """What is wrong with a library as far as it was seen."""
    check = record.read(folder).check
    return tuple(map(Fault.from_json, check.problems)) if check is not None else ()


def started(desk: Desk) -> tuple[Fault, ...]:
    """What a look after a dirty end found, and what earlier checks did; on the lane."""
    library = desk.library
    found = library.start_problems
    known = record.read(library.folder).check
    is_settled = known is not None and any(one.get("code") in NEWER for one in known.problems)
    if (found or is_settled) and not library.read_only:
        outstanding.note(library.folder, "start", len(library.files()), found)
    elif found:
        return (*(Fault.from_json(problem.to_json()) for problem in found), *faults(library.folder))
    return faults(library.folder)


def roll(ask: Ask, progress: Progress) -> tuple[Fault, ...]:
    """Read the files whose turn it is, remember how far that came, and tell everything that is wrong now."""
    turn: Expectation = ask(_due).result()
    verified = verifying.compare(turn, "rolling", progress)
    if not _is_there(turn.folder):  # the disk was pulled out: nothing of that is damage
        raise Cancelled
    return tuple(ask(_rolled, turn, verified).result())


def check(ask: Ask, depth: Depth, progress: Progress) -> Verified:
    """Check everything: the database on the lane, the files beside it; the result is kept in the record."""
    expectation: Expectation = ask(_expect).result()
    verified = verifying.compare(expectation, depth, progress)
    if not _is_there(expectation.folder):
        raise PortfolioError(
            _("學習歷程庫的資料夾「{path}」現在讀不到，檢查不了。請確認磁碟還接著。").format(path=expectation.folder)
        )
    _keep(
        ask,
        expectation.folder,
        lambda folder: outstanding.note(folder, verified.depth, verified.files, verified.problems),
    )
    return verified


def back_up(ask: Ask, to: Path, progress: Progress) -> BackedUp:
    """A complete backup; one that is stopped or fails leaves nothing half."""
    begun: Begun = ask(_begin_backup, to).result()
    done = whole.finish(begun, progress)
    _keep(ask, begun.library, lambda folder: record.note_backup(folder, done.place, done.moment, done.snapshot.name))
    return done


def drill(ask: Ask, folder: Path, progress: Progress) -> Drilled:
    """Restore the newest backup to a temporary place, compare, take it away again; the result is kept in the record.

    The newest on another disk where one can be reached: that is the one which is left when the library's own disk breaks.
    """
    done = trying.drill(folder, _elsewhere(folder), progress=progress)
    now = datetime.datetime.now().astimezone()
    _keep(
        ask,
        folder,
        lambda own: record.note_drill(own, now, done.backup.path.absolute(), ok=done.ok, complete=done.complete),
    )
    return done


def _elsewhere(folder: Path) -> Backup | None:
    """The newest complete backup on another disk than the library's; None where none can be reached."""
    places = record.looked_up(folder, record.read(folder)).places
    away = [one.place for one in places if one.same_disk is False and _is_there(one.place)]
    found = (one for one in (backups.known(folder) if away else ()) if one.complete)
    return next((one for one in found if any(one.path.is_relative_to(place) for place in away)), None)


def restore(path: Path, new: Path, progress: Progress) -> Restored:
    """Restore a backup into a new folder, every byte compared."""
    return restoring.restore(backups.find(path), new, progress)


def rebuild(folder: Path, progress: Progress) -> Rebuilt:
    """Make the database of a library anew that cannot be opened; beside the lane, which does not hold it.

    What could not be found anywhere is noted as wrong, so that the alarm goes on when the library is opened.
    """
    done = rebuilding.rebuild(folder, progress)
    if done.missing:
        with record.as_owner(folder) as owner:
            if owner:
                outstanding.note(folder, "start", done.files + len(done.missing), done.missing)
    return done


def mend(desk: Desk, progress: Progress) -> Mended:
    """Put right what is known to be wrong, from every backup that can be reached; on the lane."""
    library = desk.library
    sources = [backup.source for backup in backups.reachable(library.folder)]
    return mending.mend(library, [fault.problem for fault in faults(library.folder)], sources, progress)


def keep_present(desk: Desk, _progress: Progress) -> int:
    """Take the library as it is for the right one; how many copies of other work were put aside. On the lane."""
    return len(deciding.keep_present(desk.library))


def known(folder: Path, _progress: Progress) -> tuple[Backup, ...]:
    """Every backup that can be reached, the newest first; beside the lane."""
    return tuple(backups.known(folder))


def open_backup(path: Path, _progress: Progress) -> tuple[Backup, Held]:
    """What lies in the backup that a path means; beside the lane."""
    backup = backups.find(path)
    return backup, reviving.held_in(backup.database)


def compared(desk: Desk, backup: Backup, held: Held) -> Opened:
    """Its pieces beside the library's own; on the lane."""
    return Opened(backup, held, reviving.compared(desk.library, held))


def revive(desk: Desk, opened: Opened, piece_id: str, progress: Progress) -> Back:
    """Bring a piece back; on the lane."""
    done = reviving.revive(desk.library, opened.held, piece_id, opened.backup.source, progress)
    return Back(errands.some_rows(desk, [done.piece.id])[0], done.missing)


def _due(desk: Desk) -> Expectation:
    return verifying.due(desk.library)


def _rolled(desk: Desk, turn: Expectation, verified: Verified) -> tuple[Fault, ...]:
    library = desk.library
    verifying.rolled(library, turn)
    if verified.problems:
        outstanding.note(library.folder, "rolling", verified.files, verified.problems)
    return faults(library.folder)


def _expect(desk: Desk) -> Expectation:
    return verifying.expect(desk.library)


def _begin_backup(desk: Desk, to: Path) -> Begun:
    return whole.begin(desk.library, to)


def _keep(ask: Ask, folder: Path, note: Callable[[Path], object]) -> None:
    """Have a result written into the library's record, by the lane while the library is open, by whoever may else.

    That it cannot be written is no reason to call what was done a failure; a library that is only read remembers nothing.
    """

    def on_lane(desk: Desk) -> None:
        if not desk.library.read_only:
            note(folder)

    with contextlib.suppress(OSError):
        try:
            ask(on_lane).result()
        except Cancelled:  # the library was closed meanwhile
            with record.as_owner(folder) as owner:
                if owner:
                    note(folder)


def _has_some(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
