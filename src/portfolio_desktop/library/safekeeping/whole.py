"""The complete backup: database and every file, in a folder of its own, each byte read back.

    library -> begin -> Begun      the place, and in it a copy of the database          on the library's thread
            -> finish -> BackedUp  objects/ab/<sha256> that are not there yet           on any thread
                                   snapshots/<moment>-<identity>/ appears by one rename, last
            -> note                into the library's record                            on the library's thread

What was there before is looked at by its size, and a fiftieth of it read to the last byte each time (`turns`); all of it where
that was asked for, where something in that place turned out to be wrong since, or does now. A kill at any moment leaves sound objects and
no snapshot. A file that the library itself has lost is told, and the rest is backed up.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.library import presence
from portfolio_desktop.library.catalog import NAME as CATALOG
from portfolio_desktop.library.database import NAME as DATABASE
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.safekeeping import copied, layout, places, record, scratch, transfer, turns
from portfolio_desktop.library.safekeeping.copied import BackedFile
from portfolio_desktop.library.safekeeping.reading_through import each
from portfolio_desktop.library.store import Store
from portfolio_desktop.progress import Progress

Outcome = int | Problem | None
"""Of a file: how many bytes were copied, None where its object was there, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A backup whose database is copied: `stage` is the snapshot before it has its name.

    doubted  files that the last check did not find as they were: what the place has of them is perhaps all that is left
    """

    library: Path
    place: Path
    stage: Path
    moment: datetime.datetime
    identity: str | None
    profile: Profile
    began: float
    full: bool
    doubted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A finished backup.

    files bytes           all that the snapshot can give back, the database's bytes too
    new_files new_bytes   what had to be copied of the files
    read                  how many of those that were there were read to the last byte
    replaced              how many of these were wrong, and are among the new ones
    problems              files of the library that are lost or damaged, and in no earlier backup there either
    """

    place: Path
    snapshot: Path
    moment: datetime.datetime
    files: int
    bytes: int
    new_files: int
    new_bytes: int
    seconds: float
    problems: tuple[Problem, ...]
    read: int = 0
    replaced: int = 0

    @property
    def all_read(self) -> bool:
        """Whether nothing in it was taken on trust."""
        return self.new_files - self.replaced + self.read >= self.files


def back_up(library: Library, to: Path, progress: Progress | None = None, *, full: bool = False) -> BackedUp:
    """Write a complete backup into `to`, from beginning to end; see `begin`, `finish` and `note`."""
    done = finish(begin(library, to, full=full), progress)
    note(library, done)
    return done


def begin(library: Library, to: Path, *, full: bool = False) -> Begun:
    """Find and make the place, and copy the database into it. On the library's thread; the student may go on working then.

    `full` reads every object that is there, as a place does that gave back wrong bytes to a drill or a mending.
    Raises UsageError inside the library, DamageError when the database or the disk is damaged, PortfolioError when the
    place cannot be used.
    """
    began, holding = time.perf_counter(), library._holding
    scratch.clear_up_all(
        library.folder
    )  # whoever drills seldom backs up more often: a killed drill takes room, and is private
    moment = holding.moment().astimezone(datetime.UTC).replace(microsecond=0)
    with holding.reading() as connection:
        identity = copied.identity_of(connection)
    with transfer.told(to):
        place = places.chosen(to, library.folder)
        places.check_room(place, holding.database.path.stat().st_size)
        with places.made(place):
            name = _free_name(place, moment, identity)
            stage = place / layout.SNAPSHOTS / f".{name}.{secrets.token_hex(4)}{places.UNFINISHED}"
            with _removed_on_failure(stage):
                stage.mkdir()
                holding.copy_database(stage / DATABASE)
    known = record.read(library.folder)
    doubted = frozenset(str(one.get("sha256")) for one in (known.check.problems if known.check else ()))
    full = full or place in known.doubted
    return Begun(library.folder, place, stage, moment, identity, library.profile, began, full, doubted)


def finish(begun: Begun, progress: Progress | None = None) -> BackedUp:
    """Copy what is new, and give the snapshot its name. On any thread; progress counts files.

    Raises Cancelled when stopped, PortfolioError or DamageError when the place failed: then there is no snapshot.
    """
    progress = progress or Progress()
    with transfer.told(begun.place), _removed_on_failure(begun.stage):
        with copied.reading(begun.stage / DATABASE) as database, database.read() as connection:
            files, content = copied.files_of(connection), dump_of(connection)
        there = places.objects(begun.place)
        missing = [file for file in files if there.get(file.sha256) != file.size]
        places.check_room(begun.place, sum(file.size + places.CLUSTER for file in missing))
        sizes = {file.sha256: file.size for file in files}
        known = [sha256 for sha256, size in there.items() if sizes.get(sha256) == size]
        turn = turns.begin(
            begun.place, layout.short(begun.identity), known, everything=begun.full, doubted=begun.doubted
        )
        outcomes, read = _carried(begun, files, there, turn.due, progress)
        problems = tuple(outcome for outcome in outcomes if isinstance(outcome, Problem))
        size = (begun.stage / DATABASE).stat().st_size
        _describe(begun, files, content, problems)
        snapshot = _publish(begun)
        turn.end()
    lost = {problem.sha256 for problem in problems}
    sound = [file for file in files if file.sha256 not in lost]
    new = [outcome for outcome in outcomes if isinstance(outcome, int)]
    return BackedUp(
        begun.place,
        snapshot,
        begun.moment,
        files=len(sound),
        bytes=sum(file.size for file in sound) + size,
        new_files=len(new),
        new_bytes=sum(new),
        seconds=time.perf_counter() - begun.began,
        problems=problems,
        read=len(read),
        replaced=sum(isinstance(did, int) and file.sha256 in read for file, did in zip(files, outcomes, strict=True)),
    )


def abandon(begun: Begun) -> None:
    """Take away a backup that was begun and is not going to be finished."""
    transfer.take_away(begun.stage)


def note(library: Library, done: BackedUp) -> None:
    """Remember in the library where its backup lies; one that is only read remembers nothing. On the library's thread."""
    if not library.read_only:
        with contextlib.suppress(OSError):  # the backup is there all the same
            record.note_backup(library.folder, done.place, done.moment, done.snapshot.name, all_read=done.all_read)


def _carried(
    begun: Begun, files: Sequence[BackedFile], there: Mapping[str, int], due: frozenset[str], progress: Progress
) -> tuple[list[Outcome], frozenset[str]]:
    """What became of each file, and the objects that were read: the `due` ones, all where one of them was wrong."""
    outcomes = _carry_all(begun, files, there, due, progress)
    done = {file.sha256: did for file, did in zip(files, outcomes, strict=True)}
    if all(done[sha256] is None for sha256 in due):
        return outcomes, due
    # Rot is seldom alone, and what this backup passes over now is not looked at again for fifty.
    rest = [file for file in files if there.get(file.sha256) == file.size and file.sha256 not in due]
    read = due | {file.sha256 for file in rest}
    done |= zip((file.sha256 for file in rest), _carry_all(begun, rest, there, read, progress), strict=True)
    return [done[file.sha256] for file in files], read


def _carry_all(
    begun: Begun, files: Sequence[BackedFile], there: Mapping[str, int], due: frozenset[str], progress: Progress
) -> list[Outcome]:
    """What became of each file; of the objects that are there those that are `due` are read."""
    objects, token = begun.place / layout.OBJECTS, secrets.token_hex(4)
    for bucket in sorted({file.sha256[:2] for file in files}):
        (objects / bucket).mkdir(exist_ok=True)

    def one(file: BackedFile, stop: Progress) -> Outcome:
        stop.check()
        target = layout.object_path(objects, file.sha256)
        is_there = there.get(file.sha256) == file.size
        if is_there and (file.sha256 not in due or transfer.holds(target, file.sha256, stop)):
            return None
        stop.check()
        try:
            source = Store(begun.library).path(file.path)
            return transfer.carry(source, file.sha256, target.with_name(f"{file.sha256}.{token}.new"), target, stop)
        except transfer.WrongBytesError as wrong:
            if file.sha256 in there:  # not what its name says, and nothing to put in its place
                durable.move(target, target.with_name(f"{file.sha256}.damaged"))
            return _problem(begun.library, file, wrong.code)

    outcomes = each(files, one, progress, lambda file: file.name, lambda file: file.size)
    buckets = {file.sha256[:2] for file, did in zip(files, outcomes, strict=True) if did is not None}
    transfer.sync_folders(objects / bucket for bucket in buckets)
    durable.sync_folder(objects)
    return outcomes


def _problem(library: Path, file: BackedFile, code: str) -> Problem:
    expected = presence.Expected(file.sha256, file.size, file.path, file.pieces)
    return presence.fault(library, expected) or expected.problem(code)


def _describe(begun: Begun, files: tuple[BackedFile, ...], content: bytes, problems: tuple[Problem, ...]) -> None:
    """Write what makes the snapshot readable without this program."""
    database = begun.stage / DATABASE
    facts = {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "moment": begun.moment.isoformat(),
        "identity": begun.identity,
        "student": {"name": begun.profile.name, "school": begun.profile.school},
        "dump_sha256": hashlib.sha256(content).hexdigest(),
        "database": {"sha256": _digest(database), "size": database.stat().st_size},
        "files": [
            {"sha256": file.sha256, "md5": file.md5, "size": file.size, "path": file.path, "name": file.name}
            for file in files
        ],
        "missing": sorted(problem.sha256 for problem in problems if problem.sha256),
    }
    transfer.put(begun.stage / CATALOG, content)
    transfer.put(begun.stage / layout.FACTS, json.dumps(facts, ensure_ascii=False, indent=1).encode())


def _publish(begun: Begun) -> Path:
    """Give the snapshot its name: the one step that makes it a backup."""
    durable.sync_folder(begun.stage)
    snapshot = begun.place / layout.SNAPSHOTS / _free_name(begun.place, begun.moment, begun.identity)
    durable.replace(begun.stage, snapshot)
    durable.sync_folder(begun.place)
    return snapshot


def _free_name(place: Path, moment: datetime.datetime, identity: str | None) -> str:
    """A snapshot's name that is not taken: never later than it is, but for two backups in the same second."""
    start = layout.short(identity)
    while (place / layout.SNAPSHOTS / (name := f"{layout.stamp(moment)}-{start}")).exists():
        moment += datetime.timedelta(seconds=1)
    return name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _removed_on_failure(stage: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        transfer.take_away(stage)
        raise
