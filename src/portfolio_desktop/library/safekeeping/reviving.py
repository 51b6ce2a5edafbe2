"""One piece brought back out of a backup: as it was then, by one change, which undo takes back.

a backup's database -> held_in -> Held(pieces, courses)              read where it lies; nothing of it is changed
library + Held      -> compared -> Candidate(piece, gone | different | same, what is different)
                    -> revive -> Revived(piece, missing)              bytes by hash into the store, then the rows

A piece that the library still has becomes what it was then, and is taken out of the trash; its other files stay as earlier
versions. One that the library has no more comes as a new piece, with all its files, and without ticks.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from portfolio_desktop.errors import DamageError, PortfolioError, UsageError
from portfolio_desktop.files import Unreadable
from portfolio_desktop.inspection.structure import inspect_structure
from portfolio_desktop.library import adding, rows, student
from portfolio_desktop.library.changes import Group, take_numbers
from portfolio_desktop.library.changes import rows as rows_of
from portfolio_desktop.library.database import open_copy
from portfolio_desktop.library.dump import fields_image
from portfolio_desktop.library.holding import Holding
from portfolio_desktop.library.intake import Arrival, Batch
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.library.rows import number_of
from portfolio_desktop.library.safekeeping.copied import identity_of, reading
from portfolio_desktop.library.sentences import Sentence
from portfolio_desktop.library.tables import FILE, PIECE
from portfolio_desktop.library.troubles import plain_words
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course, Piece, PieceFile
from portfolio_desktop.progress import Progress

Source = Callable[[str], Path | None]
"""Where the bytes of a SHA-256 lie, None where the backup has them not."""

VALUES = ("title", "category", "term", "summary", "link", "fields", "certification", "certification_note")
"""What of a piece is compared by its value."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup's database holds; `identity` tells whose it is, None where it is of before there were any."""

    identity: str | None
    pieces: tuple[Piece, ...]
    courses: tuple[Course, ...]

    def piece(self, identity: str) -> Piece:
        """One piece; raises UsageError when the backup has none of that id."""
        found = next((piece for piece in self.pieces if piece.id == identity), None)
        if found is None:
            raise UsageError(_("這份備份裡沒有「{id}」這一件。").format(id=identity))
        return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece as the backup has it, beside the library: `different` names what would become other (`files` among it)."""

    piece: Piece
    state: Literal["gone", "different", "same"]
    different: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revived:
    """The piece as it is in the library now; `missing` are the names of files whose bytes were nowhere to be found."""

    piece: Piece
    missing: tuple[str, ...]


def held_in(database: Path) -> Held:
    """What a database copy holds, the trash too; on any thread. Raises DamageError or PortfolioError as `reading` does."""
    with reading(database) as opened, opened.read() as connection:
        # Asked of the copy itself: upgrading an older one to read it gives it an identity of its own.
        with contextlib.closing(open_copy(database)) as plain, plain.read() as untouched:
            identity = identity_of(untouched)
        pieces = tuple(rows.pieces(connection, PieceFilter(trashed=None)))
        return Held(identity, pieces, tuple(rows.courses(connection)))


def compared(library: Library, held: Held) -> tuple[Candidate, ...]:
    """Every piece of a backup beside the library's own; on the library's thread."""
    own = {piece.id: piece for piece in library.pieces(PieceFilter(trashed=None))} if _is_own(library, held) else {}
    return tuple(_candidate(piece, _same(own, piece)) for piece in held.pieces)


def revive(library: Library, held: Held, identity: str, source: Source, progress: Progress | None = None) -> Revived:
    """Bring a piece back as one change. Files whose bytes are gone everywhere are left out and named.

    On the library's thread. Raises UsageError for a piece that the backup has not, PortfolioError where nothing can be
    written, Cancelled when stopped: then nothing of it remains.
    """
    if library.read_only:
        raise PortfolioError(_("學習歷程庫以唯讀方式開啟，不能修改。"))
    wanted = held.piece(identity)
    own = {piece.id: piece for piece in library.pieces(PieceFilter(ids=(identity,), trashed=None))}
    present = _same(own, wanted) if _is_own(library, held) else None
    files = tuple(file for file in wanted.files if file.current or present is None)
    holding = library._holding
    with plain_words():
        holding.clear_up()
        try:
            batch, missing = _bring_in(holding, files, source, progress or Progress())
            with holding.changing() as change:
                adding.add_stored(change.connection, batch)
                number = _write(change, held, wanted, present, files, frozenset(missing), holding.time())
        except BaseException:
            holding.clear_up()
            raise
        holding.store.done()
    return Revived(library.piece(f"p{number}"), tuple(dict.fromkeys(missing.values())))


def _is_own(library: Library, held: Held) -> bool:
    """Whether the backup is of this library; one of before there were identities may be."""
    with library._holding.reading() as connection:
        return held.identity in (None, identity_of(connection))


def _same(own: Mapping[str, Piece], piece: Piece) -> Piece | None:
    """The library's own piece that this was: ids are never given again, but a backup may be another library's."""
    found = own.get(piece.id)
    return found if found is not None and found.added == piece.added else None


def _candidate(then: Piece, now: Piece | None) -> Candidate:
    if now is None:
        return Candidate(then, "gone")
    different = [name for name in VALUES if getattr(then, name) != getattr(now, name)]
    if then.course_id != now.course_id:
        different.append("course")
    if _files(then) != _files(now):
        different.append("files")
    if now.trashed:
        different.append("trashed")
    return Candidate(then, "different" if different else "same", tuple(different))


def _files(piece: Piece) -> set[tuple[str, str]]:
    return {(file.role, file.sha256) for file in piece.files if file.current}


def _bring_in(
    holding: Holding, files: Sequence[PieceFile], source: Source, progress: Progress
) -> tuple[Batch, dict[str, str]]:
    """The bytes that the store has not, or not as they were; and the names of the files that are nowhere, by hash."""
    with holding.reading() as connection:
        held = adding.held_files(connection)
    store, batch, missing = holding.store, Batch(), dict[str, str]()
    store.begin()
    wanted = {file.sha256: file for file in files}
    for done, (sha256, file) in enumerate(wanted.items(), 1):
        progress.step(done, len(wanted), file.name)
        known = held.get(sha256)
        if known is not None and store.holds(known.path, known.size) and store.is_sound(known.path, sha256, progress):
            continue
        path = source(sha256)
        try:
            if path is None:
                raise DamageError(file.name)
            copy = replace(store.copy_in(path, done, progress), name=file.name)
            if copy.sha256 != sha256:
                raise DamageError(file.name)
        except (Unreadable, DamageError):
            missing[sha256] = file.name
            continue
        if known is not None:
            store.mend(copy, known.path)
        else:
            facts = inspect_structure(copy.temporary, copy.kind)
            batch.arrivals.append(Arrival(copy.temporary, sha256, copy, facts))
    copies = [arrival.copy for arrival in batch.arrivals if arrival.copy]
    batch.placed = dict(zip((copy.sha256 for copy in copies), store.place(copies), strict=True))
    return batch, missing


def _write(
    change: Group,
    held: Held,
    wanted: Piece,
    present: Piece | None,
    files: Sequence[PieceFile],
    missing: frozenset[str],
    now: str,
) -> int:
    """The piece's rows as they were; returns its number."""
    values = _values(wanted) | {"course": _course(change, held, wanted), "changed": now, "trashed": None}
    found = [file for file in files if file.sha256 not in missing]
    if present is None:
        number = take_numbers(change.connection, "piece")[0]
        change.insert(PIECE, [{"number": number, **values}])
        _insert_files(change, number, found)
    else:
        number = number_of(present.id, "p")
        row = rows_of(change.connection, PIECE, PIECE.c.number == number)[0]
        change.update(PIECE, row, row | values)
        _exchange_files(change, number, found, frozenset(file.role for file in files if file.sha256 in missing))
    change.sentence = Sentence("revive", {"title": wanted.title})
    return number


def _exchange_files(change: Group, piece: int, files: Sequence[PieceFile], kept: frozenset[str]) -> None:
    """Make these the current files of a piece that is there; what was current stays as an earlier version.

    In the slots `kept` nothing is taken down: what belongs there could not be brought.
    """
    here = rows_of(change.connection, FILE, FILE.c.piece == piece)
    chosen = dict[int, PieceFile]()
    for file in files:
        alike = [row for row in here if (row["role"], row["sha256"]) == (file.role, file.sha256)]
        alike.sort(key=lambda row: (f"f{row['number']}" != file.id, not row["current"]))
        if alike:
            chosen[alike[0]["number"]] = file
    for row in here:
        again = chosen.get(row["number"])
        if again is not None:
            change.update(FILE, row, row | {"current": 1, "sealed": row["sealed"] or again.sealed})
        elif row["current"] and row["role"] not in kept:
            change.update(FILE, row, row | {"current": 0})
    there = {id(file) for file in chosen.values()}
    _insert_files(change, piece, [file for file in files if id(file) not in there])


def _insert_files(change: Group, piece: int, files: Iterable[PieceFile]) -> None:
    """New rows for files; which was made from which is kept where both come."""
    coming = sorted(files, key=lambda file: number_of(file.id, "f"))
    numbers = dict(zip((file.id for file in coming), take_numbers(change.connection, "file", len(coming)), strict=True))
    change.insert(
        FILE,
        [
            {
                "number": numbers[file.id],
                "piece": piece,
                "role": file.role,
                "name": file.name,
                "sha256": file.sha256,
                "current": int(file.current),
                "made_from": numbers.get(file.made_from or ""),
                "sealed": file.sealed,
            }
            for file in coming
        ],
    )


def _course(change: Group, held: Held, piece: Piece) -> int | None:
    """The number of the piece's course: the library's own where it still has it, else put back on the list."""
    then = next((course for course in held.courses if course.id == piece.course_id), None)
    if then is None:
        return None
    own = rows.courses(change.connection)
    found = next((one for one in own if one.id == then.id and one.name == then.name), None) or next(
        (one for one in own if (one.name, one.term) == (then.name, then.term)), None
    )
    return student.add_course(change, then) if found is None else number_of(found.id, "c")


def _values(piece: Piece) -> dict[str, Any]:
    return {
        "title": piece.title,
        "category": piece.category,
        "year": piece.term.year if piece.term else None,
        "semester": piece.term.semester if piece.term else None,
        "summary": piece.summary,
        "link": piece.link,
        "fields": fields_image(piece.fields),
        "certification": piece.certification,
        "certification_note": piece.certification_note,
        "added": piece.added,
    }
