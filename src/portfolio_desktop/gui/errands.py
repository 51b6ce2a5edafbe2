"""What the window asks of the library: one function an intention, run on the lane, plain records back.

    window -> session.ask(label, errands.edit, piece_id, change) -> lane: edit(desk, piece_id, change) -> Row -> window

Nothing here decides anything: the library, the rules and the forms do. The errands only put their answers together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio_desktop.gui.pieces.rows import Row, haystack
from portfolio_desktop.gui.starting.glimpse import SCREENFUL, Mark, mark
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import Added, Edit, Found, PieceFilter, Travelled
from portfolio_desktop.pieces.piece import Course, Role

if TYPE_CHECKING:
    from portfolio_desktop.bootstrap.desk import Desk
    from portfolio_desktop.pieces.piece import Piece


MANY = 1000
"""Above so many pieces, reading all of them is as quick."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the table shows, and whose it is; `taken` tells the state of the library that all of it is of."""

    rows: tuple[Row, ...]
    courses: tuple[Course, ...]
    profile: Profile
    school: Mapping[str, Any]
    taken: Mark | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What adding did, with the new pieces as rows."""

    added: Added
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone or redone, in sentences, and the pieces that it reached as they are now: `gone` are there no more.

    `contents` is everything anew, where what was undone may have reached every piece.
    """

    sentences: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    gone: frozenset[str] = frozenset()
    courses: tuple[Course, ...] = ()
    contents: Contents | None = None


def first_rows(desk: Desk, ids: Sequence[str] = ()) -> tuple[Row, ...]:
    """Enough for a first screenful: these pieces, or else the newest."""
    wanted = PieceFilter(ids=tuple(ids), trashed=None) if ids else PieceFilter(limit=SCREENFUL, newest=True)
    return _rows(desk, desk.library.pieces(wanted))


def contents(desk: Desk) -> Contents:
    """All pieces, those in the trash too."""
    taken = mark(desk.library.folder)
    library = desk.library
    rows = _rows(desk, library.pieces(PieceFilter(trashed=None)))
    return Contents(rows, tuple(library.courses()), library.profile, dict(library.school_rules()), taken)


def some_rows(desk: Desk, ids: Sequence[str]) -> tuple[Row, ...]:
    """These pieces as they are now."""
    return _rows(desk, desk.library.pieces(PieceFilter(ids=tuple(ids), trashed=None)))


def edit(desk: Desk, piece_id: str, change: Edit) -> Row:
    """Change a piece."""
    return _row(desk, desk.library.edit(piece_id, desk.regular(piece_id, change)))


def attach(desk: Desk, piece_id: str, path: Path, role: Role | None) -> Row:
    """Put a file into one of a piece's places."""
    return _row(desk, desk.library.attach(piece_id, path, role))


def detach(desk: Desk, piece_id: str, role: Role) -> Row:
    """Take a file out of its place."""
    return _row(desk, desk.library.detach(piece_id, role))


def remove(desk: Desk, ids: Sequence[str]) -> tuple[Row, ...]:
    """Move pieces to the trash."""
    return _rows(desk, desk.library.remove(list(ids)))


def restore(desk: Desk, ids: Sequence[str]) -> tuple[Row, ...]:
    """Take pieces out of the trash."""
    return _rows(desk, desk.library.restore(list(ids)))


def empty_trash(desk: Desk) -> tuple[int, Contents]:
    """Take away what lies in the trash: how many, and what is left."""
    return desk.library.empty_trash(), contents(desk)


def set_profile(desk: Desk, profile: Profile) -> Contents:
    """Write down another student: every piece is judged anew."""
    desk.library.set_profile(profile)
    return contents(desk)


def set_school(desk: Desk, rules: Mapping[str, Any]) -> Contents:
    """Lay a school's own values over the rules, or none: every piece is judged anew."""
    desk.library.set_school_rules(rules)
    return contents(desk)


def undo(desk: Desk) -> Undone:
    """Undo the last intention."""
    return _undone(desk, desk.library.step_back())


def redo(desk: Desk) -> Undone:
    """Redo what was undone last."""
    return _undone(desk, desk.library.step_on())


def _undone(desk: Desk, travelled: Travelled) -> Undone:
    reached = travelled.pieces
    if reached is None or len(reached) > MANY:
        return Undone(travelled.sentences, contents=contents(desk))
    rows = some_rows(desk, tuple(reached)) if reached else ()
    return Undone(travelled.sentences, rows, reached - {row.id for row in rows}, tuple(desk.library.courses()))


def next_steps(desk: Desk) -> tuple[str | None, str | None]:
    """What undo would take back and redo do again, in words."""
    return desk.library.next_steps()


def find(desk: Desk, text: str) -> Found:
    """Search everything, document texts too."""
    return desk.library.find(text, limit=1000)


def add_course(desk: Desk, course: Course) -> tuple[Course, tuple[Course, ...]]:
    """Put a course on the student's list; the course as stored, and the whole list."""
    return desk.library.add_course(desk.coded(course)), tuple(desk.library.courses())


def pending_looks(desk: Desk) -> list[tuple[str, Path]]:
    """The files that the deep readers have not seen."""
    return desk.library.pending_looks()


def file_path(desk: Desk, sha256: str) -> Path:
    """Where a stored file lies."""
    return desk.library.file_path(sha256)


def _row(desk: Desk, piece: Piece) -> Row:
    return _rows(desk, [piece])[0]


def _rows(desk: Desk, pieces: Sequence[Piece]) -> tuple[Row, ...]:
    return tuple(
        Row(judged.piece, judged.findings, judged.state, haystack(judged.piece)) for judged in desk.judged(pieces)
    )
