"""Bringing files in: read by several threads, made safe on disk, then one transaction for all of them.

    paths -> walk -> [ known size? hash only : copy + hash + look at the structure ]  on THREADS threads
          -> sort out: refused, duplicates (of the library, or twins in this batch), new
          -> place (files/) -> the caller's transaction -> done

Until `place` nothing but `files/.incoming/` is touched, so cancelling leaves no trace; after it, an error takes the placed
files away again. The deep look, text and thumbnails come later (deep.py) and never delay safety.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from portfolio_desktop.files import Unreadable, open_source, walk
from portfolio_desktop.inspection.facts import DOCUMENT_KINDS, MEDIA_KINDS, Inspection
from portfolio_desktop.inspection.structure import inspect_structure
from portfolio_desktop.library.names import guess_title
from portfolio_desktop.library.records import AddPlan, PlannedFile, Refused
from portfolio_desktop.library.store import Copy, Store, digest, digest_beside
from portfolio_desktop.pieces.piece import Role
from portfolio_desktop.progress import Progress

THREADS = 4
HANDFUL = 50
"""Files brought in together up to which the stored twin of each is read to its last byte too, and mended when it has
rotted: whoever brings in a few again may well do it for that. A whole year again would take half as long again; there
only sizes are compared, and rot is what `verify` is for."""


@dataclass(frozen=True, slots=True)
class Held:
    """A stored file as the database knows it; `piece` is the number of a piece that has it, None where none does."""

    sha256: str
    size: int
    path: str
    piece: int | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One path after it was read: a fresh `copy` with its structural facts, or only the hash of bytes already held."""

    path: Path
    sha256: str
    copy: Copy | None = None
    inspection: Inspection | None = None


@dataclass(slots=True)
class Batch:
    """One bringing-in, sorted out.

    arrivals  bytes that no piece has yet, once each; `placed` has the stored name of each one's fresh copy, by SHA-256
    twins     bytes that a piece has, or an earlier arrival of this batch
    """

    arrivals: list[Arrival] = field(default_factory=list)
    twins: list[Arrival] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)


def plan(paths: Iterable[Path], library: Path, progress: Progress) -> AddPlan:
    """What adding these paths would read and at most copy; only sizes are looked at. Raises Cancelled."""
    files, refused = list[PlannedFile](), list[Refused]()
    for path in _walked(paths, progress):
        try:
            if isinstance(path, Unreadable):
                raise path
            with open_source(path) as stream:
                size = stream.seek(0, 2)
        except Unreadable as fault:
            refused.append(Refused(fault.path, fault.reason))
        else:
            files.append(PlannedFile(path, size, guess_title(path.name)))
    free = shutil.disk_usage(library).free
    return AddPlan(tuple(files), tuple(refused), sum(file.size for file in files), free)


def bring_in(store: Store, paths: Iterable[Path], held: Mapping[str, Held], progress: Progress) -> Batch:
    """Read all paths and put the bytes that are new into the store; nothing is in the database yet.

    Raises Cancelled or OSError. The caller calls `store.done()` after its transaction, or `store.clear_up` when that or
    this failed.
    """
    known = dict[int, list[Held]]()
    for one in held.values():
        known.setdefault(one.size, []).append(one)
    store.begin()
    batch = _sorted_out(_read_all(store, list(_walked(paths, progress)), known, progress), held)
    for arrival in [*batch.arrivals, *batch.twins]:
        if (
            arrival.copy and arrival.sha256 in held
        ):  # the stored file was lost, cut short or has rotted: here it is again
            store.mend(arrival.copy, held[arrival.sha256].path)
    fresh = [arrival.copy for arrival in batch.arrivals if arrival.copy and arrival.sha256 not in held]
    batch.placed = dict(zip((copy.sha256 for copy in fresh), store.place(fresh), strict=True))
    return batch


def first_look(copy: Copy) -> Inspection:
    """The structural facts about a copy. Raises OSError: one that cannot be read is the store's fault, never its source's."""
    try:
        return inspect_structure(copy.temporary, copy.kind)
    except Unreadable as fault:
        reason = fault.__cause__ if isinstance(fault.__cause__, OSError) else None
        raise OSError(reason.errno if reason else errno.EIO, fault.reason, str(copy.temporary)) from fault


def role_of(kind: str) -> Role:
    """The slot that a file of this kind goes into."""
    return "document" if kind in DOCUMENT_KINDS else "media" if kind in MEDIA_KINDS else "source"


def _walked(paths: Iterable[Path], progress: Progress) -> Iterator[Path | Unreadable]:
    """The files that are meant; it can be stopped: a folder may be a whole disk, or a slow share."""
    for path in walk(paths, into_bundles=False):
        progress.check()
        yield path


def _read_all(
    store: Store, paths: Sequence[Path | Unreadable], known: Mapping[int, Sequence[Held]], progress: Progress
) -> Iterator[Arrival | Refused]:
    """Every path's outcome, in the order of the paths; progress is told as they are done, in any order."""
    stop = Progress()

    def read(number: int, path: Path | Unreadable) -> Arrival | Refused:
        try:
            if isinstance(path, Unreadable):
                raise path
            return _read(store, number, path, known, stop, thorough=len(paths) <= HANDFUL)
        except Unreadable as fault:
            return Refused(path.path if isinstance(path, Unreadable) else path, fault.reason)

    with ThreadPoolExecutor(THREADS, thread_name_prefix="intake") as pool:
        futures = [pool.submit(read, number, path) for number, path in enumerate(paths)]
        names: dict[Future[Arrival | Refused], str] = dict(zip(futures, map(_name, paths), strict=True))
        try:
            for done, future in enumerate(as_completed(futures), 1):
                future.result()
                progress.step(done, len(futures), names[future])
        except BaseException:
            stop.cancel()
            pool.shutdown(cancel_futures=True)
            raise
    return (future.result() for future in futures)


def _read(
    store: Store, number: int, path: Path, known: Mapping[int, Sequence[Held]], stop: Progress, *, thorough: bool
) -> Arrival:
    stop.check()
    with open_source(path) as stream:
        size = stream.seek(0, 2)
    if (alike := known.get(size)) and (sha256 := _twin(store, path, alike, stop, thorough=thorough)) is not None:
        return Arrival(path, sha256)
    copy = store.copy_in(path, number, stop)
    return Arrival(path, copy.sha256, copy, first_look(copy))


def _name(path: Path | Unreadable) -> str:
    return path.path.name if isinstance(path, Unreadable) else path.name


def _twin(store: Store, path: Path, alike: Sequence[Held], stop: Progress, *, thorough: bool) -> str | None:
    """The SHA-256 of a file that is stored already; None for one that must be copied.

    A stored file that was lost or shortened has no twin, nor has one that has rotted where `thorough`: the copy mends it.
    """
    try:
        if thorough and len(alike) == 1:
            sha256, sound = digest_beside(path, store.path(alike[0].path), stop)
            return sha256 if sound and sha256 == alike[0].sha256 else None
        sha256 = digest(path, stop)
    except OSError as error:
        raise Unreadable("io", path) from error
    held = next((one for one in alike if one.sha256 == sha256), None)
    if held is None or not store.holds(held.path, held.size):
        return None
    return sha256 if not thorough or store.is_sound(held.path, sha256, stop) else None


def _sorted_out(outcomes: Iterator[Arrival | Refused], held: Mapping[str, Held]) -> Batch:
    batch, seen = Batch(), set[str]()
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            batch.refused.append(outcome)
        elif outcome.sha256 in seen or (outcome.sha256 in held and held[outcome.sha256].piece is not None):
            batch.twins.append(outcome)
        else:
            seen.add(outcome.sha256)
            batch.arrivals.append(outcome)
    return batch
