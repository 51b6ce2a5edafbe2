"""From arrivals to pieces: the rows of a bringing-in.

Batch + NewPiece | Incoming  ->  ToAdd, one for each piece  ->  stored rows (not in the log: a file that was brought in stays),
                                                               piece and file rows (in the log)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from portfolio_desktop.library.changes import Group, take_numbers
from portfolio_desktop.library.intake import Arrival, Batch, Held, role_of
from portfolio_desktop.library.looks import image
from portfolio_desktop.library.names import exact_name, guess_title, storable, title_line
from portfolio_desktop.library.records import Duplicate, Incoming, NewPiece
from portfolio_desktop.library.rows import number_of
from portfolio_desktop.library.tables import FILE, PIECE, STORED
from portfolio_desktop.pieces.piece import Role
from portfolio_desktop.terms import Term

_AT_ONCE = 500  # hashes in one query


def held_files(connection: Connection) -> dict[str, Held]:
    """Every stored file, with the first piece that has it, by SHA-256."""
    piece = func.min(FILE.c.piece)
    statement = (
        select(STORED.c.sha256, STORED.c.size, STORED.c.path, piece)
        .join(FILE, FILE.c.sha256 == STORED.c.sha256, isouter=True)
        .group_by(STORED.c.sha256)
    )
    return {row[0]: Held(*row) for row in connection.execute(statement)}


def add_stored(connection: Connection, batch: Batch) -> None:
    """Tell the database of the files that were placed."""
    values = [
        {
            "sha256": arrival.sha256,
            "md5": arrival.copy.md5,
            "size": arrival.copy.size,
            "path": batch.placed[arrival.sha256],
            "inspection": image(arrival.inspection),
            "deep": 0,
        }
        for arrival in batch.arrivals
        if arrival.sha256 in batch.placed and arrival.copy and arrival.inspection
    ]
    if values:
        connection.execute(insert(STORED), values)


@dataclass(frozen=True, slots=True)
class ToAdd:
    """One piece to write: what is known of it, and the files that arrived for it."""

    new: NewPiece
    arrivals: tuple[Arrival, ...] = ()


def one_each(batch: Batch, new: NewPiece, term: Term | None) -> list[ToAdd]:
    """A piece for every file, all alike."""
    return [ToAdd(replace(new, term=term), (arrival,)) for arrival in batch.arrivals]


def as_told(batch: Batch, wanted: Sequence[Incoming]) -> list[ToAdd]:
    """The pieces that were told, with those of their files that arrived; none where all were twins or refused."""
    arrived = {arrival.path: arrival for arrival in batch.arrivals}
    pieces = list[ToAdd]()
    for one in wanted:
        arrivals = tuple(arrived.pop(path) for path in one.paths if path in arrived)
        if arrivals or not one.paths:
            pieces.append(ToAdd(one.new, arrivals))
    # A file became a folder meanwhile: what was in it is in the store, and no file stays without a piece.
    return pieces + [ToAdd(NewPiece(), (arrival,)) for arrival in arrived.values()]


def add_pieces(change: Group, pieces: Sequence[ToAdd], now: str) -> range:
    """Write the pieces and their files; returns the pieces' numbers."""
    numbers = take_numbers(change.connection, "piece", len(pieces))
    kinds = _kinds(change.connection, [arrival for piece in pieces for arrival in piece.arrivals])
    change.insert(PIECE, [_piece_row(number, piece, now) for number, piece in zip(numbers, pieces, strict=True)])
    placed = [
        (number, arrival, role)
        for number, piece in zip(numbers, pieces, strict=True)
        for arrival, role in _in_slots(piece.arrivals, kinds)
    ]
    files = take_numbers(change.connection, "file", len(placed))
    change.insert(FILE, [file_row(file, *one) for file, one in zip(files, placed, strict=True)])
    return numbers


def _in_slots(arrivals: Sequence[Arrival], kinds: Mapping[str, str]) -> list[tuple[Arrival, Role]]:
    """Each file with its slot; where one is taken already, the next of its kind is kept beside as a source."""
    taken, placed = set[Role](), list[tuple[Arrival, Role]]()
    for arrival in arrivals:
        role = role_of(kinds[arrival.sha256])
        placed.append((arrival, "source" if role in taken else role))
        taken.add(role)
    return placed


def duplicates(connection: Connection, batch: Batch) -> list[Duplicate]:
    """The twins of a batch, each with the piece that has its bytes: one in use rather than one in the trash."""
    owners = dict[str, tuple[int, bool]]()
    digests = list(dict.fromkeys(twin.sha256 for twin in batch.twins))
    for start in range(0, len(digests), _AT_ONCE):
        statement = (
            select(FILE.c.sha256, PIECE.c.number, PIECE.c.trashed)
            .join(PIECE, FILE.c.piece == PIECE.c.number)
            .where(FILE.c.sha256.in_(digests[start : start + _AT_ONCE]))
            .order_by(PIECE.c.trashed.is_not(None), PIECE.c.number)
        )
        for sha256, piece, trashed in connection.execute(statement):
            owners.setdefault(sha256, (piece, trashed is not None))
    return [
        Duplicate(twin.path, f"p{owners[twin.sha256][0]}", twin.sha256, owners[twin.sha256][1]) for twin in batch.twins
    ]


def file_row(
    number: int, piece: int, arrival: Arrival, role: str, made_from: int | None = None, sealed: str | None = None
) -> dict[str, Any]:
    """The row of a piece's file."""
    return {
        "number": number,
        "piece": piece,
        "role": role,
        "name": exact_name(arrival.path.name),
        "sha256": arrival.sha256,
        "current": 1,
        "made_from": made_from,
        "sealed": sealed,
    }


def kind_of_stored(connection: Connection, sha256: str) -> str:
    """The kind of a stored file, by its content."""
    stored = connection.execute(select(STORED.c.inspection).where(STORED.c.sha256 == sha256)).scalar_one()
    return str(json.loads(stored)["kind"])


def _kinds(connection: Connection, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
    return {
        one.sha256: one.inspection.kind if one.inspection else kind_of_stored(connection, one.sha256)
        for one in arrivals
    }


def _piece_row(number: int, piece: ToAdd, now: str) -> dict[str, Any]:
    new = piece.new
    return {
        "number": number,
        "title": title_line(new.title) if new.title else guess_title(piece.arrivals[0].path.name),
        "category": new.category,
        "year": new.term.year if new.term else None,
        "semester": new.term.semester if new.term else None,
        "summary": "",
        "link": storable(new.link),
        "fields": "{}",
        "course": None if new.course_id is None else number_of(new.course_id, "c"),
        "certification": "editing",
        "certification_note": "",
        "added": now,
        "changed": now,
        "trashed": None,
    }
