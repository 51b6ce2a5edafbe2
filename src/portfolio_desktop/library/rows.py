"""Rows become records: pieces with their files and ticks, courses, the profile. A row never leaves this folder."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from portfolio_desktop.errors import UsageError
from portfolio_desktop.findings.rules import school_value
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.library.tables import COURSE, FILE, PIECE, PROFILE, STORED, TICK
from portfolio_desktop.library.troubles import plain_rows
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course, Piece, PieceFile
from portfolio_desktop.terms import Term

logger = logging.getLogger(__name__)


def number_of(identity: str, letter: str) -> int:
    """The number in an id such as p12; raises UsageError for anything that is no id of that kind."""
    digits = identity[1:]
    if identity[:1] != letter or not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise UsageError(_("沒有「{id}」這個編號。").format(id=identity))
    return int(digits)


def pieces(connection: Connection, wanted: PieceFilter) -> list[Piece]:
    """The pieces that a filter asks for, in the order of their ids."""
    order = PIECE.c.number.desc() if wanted.newest else PIECE.c.number.asc()
    return _pieces(connection, select(PIECE).where(*_conditions(wanted)).order_by(order).limit(wanted.limit))


def numbered(connection: Connection, numbers: range) -> list[Piece]:
    """The pieces of a range of numbers."""
    chosen = select(PIECE).where(PIECE.c.number >= numbers.start, PIECE.c.number < numbers.stop)
    return _pieces(connection, chosen.order_by(PIECE.c.number))


def courses(connection: Connection) -> list[Course]:
    """The student's courses: by term, then as they were added; those without a term last."""
    with plain_rows():
        found = [_course(row) for row in connection.execute(select(COURSE).order_by(COURSE.c.number))]
    return sorted(found, key=lambda course: (course.term is None, course.term or Term(1, 1)))


def profile(connection: Connection) -> Profile:
    """Whose library it is."""
    with plain_rows():
        row = connection.execute(select(PROFILE)).one_or_none()
        if row is None:
            raise KeyError(PROFILE.name)
        return Profile(row.school_type, row.entry_year, row.name, row.school)


def school_rules(connection: Connection) -> Mapping[str, Any]:
    """The school's own settings, which lie over the rules. What this program cannot use is told in the log and left out:
    a setting of a newer program must not keep a student from their work.
    """
    with plain_rows():
        return dict(_usable(connection.execute(select(PROFILE.c.rules)).scalar_one()))


def stored_rules(connection: Connection) -> Mapping[str, Any]:
    """The school's own settings as they travel with the library, also those that this program cannot use."""
    with plain_rows():
        stored: dict[str, Any] = json.loads(connection.execute(select(PROFILE.c.rules)).scalar_one())
        return stored


@lru_cache(maxsize=16)
def _usable(stored: str) -> Mapping[str, Any]:
    """Read once, so that the log tells it once."""
    usable = dict[str, Any]()
    for name, value in json.loads(stored).items():
        try:
            school_value(name, value)
        except UsageError as error:
            logger.warning("a setting of the school is left out: %s", error)
        else:
            usable[name] = value
    return usable


def _pieces(connection: Connection, chosen: Select[Any]) -> list[Piece]:
    found = connection.execute(chosen).all()
    numbers = select(chosen.with_only_columns(PIECE.c.number).subquery().c.number)
    with plain_rows():
        files = files_of(connection, numbers)
    ticks: dict[int, dict[int, int]] = defaultdict(dict)
    for piece, year, position in connection.execute(
        select(TICK).where(TICK.c.piece.in_(numbers)).order_by(TICK.c.year)
    ):
        ticks[piece][year] = position
    with plain_rows():
        return [_piece(row, tuple(files.get(row[0], ())), ticks.get(row[0], {})) for row in found]


def _conditions(wanted: PieceFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind == "course":
        conditions.append(PIECE.c.category == "course")
    elif wanted.kind == "activity":
        conditions.append(PIECE.c.category != "course")
    if wanted.category is not None:
        conditions.append(PIECE.c.category == wanted.category)
    if wanted.year is not None:
        conditions.append(PIECE.c.year == wanted.year)
    if wanted.term is not None:
        conditions += [PIECE.c.year == wanted.term.year, PIECE.c.semester == wanted.term.semester]
    if wanted.trashed is not None:
        conditions.append(PIECE.c.trashed.is_not(None) if wanted.trashed else PIECE.c.trashed.is_(None))
    if wanted.ids is not None:
        conditions.append(PIECE.c.number.in_([number_of(identity, "p") for identity in wanted.ids]))
    if wanted.ticked is not None:
        conditions.append(PIECE.c.number.in_(select(TICK.c.piece).where(TICK.c.year == wanted.ticked)))
    if wanted.course_id is not None:
        conditions.append(PIECE.c.course == number_of(wanted.course_id, "c"))
    return conditions


def files_of(connection: Connection, numbers: Select[tuple[int]]) -> dict[int, list[PieceFile]]:
    """The files of the pieces with these numbers, earlier versions too, in the order of their ids, by piece."""
    found: dict[int, list[PieceFile]] = defaultdict(list)
    statement = (
        select(FILE, STORED.c.md5, STORED.c.size, STORED.c.inspection)
        .join(STORED, STORED.c.sha256 == FILE.c.sha256)
        .where(FILE.c.piece.in_(numbers))
        .order_by(FILE.c.number)
    )
    for row in connection.execute(statement).all():
        found[row[1]].append(piece_file(row[:8], row[8:]))
    return found


def piece_file(row: Sequence[Any], stored: Sequence[Any]) -> PieceFile:
    """One file from its row, in the columns' order, and what is stored of its bytes: MD5, size, inspection."""
    # Unpacked by position: with ten thousand pieces, asking each row for its columns by name takes longer than the query.
    number, _piece, role, name, sha256, current, made_from, sealed = row
    md5, size, inspection = stored
    return PieceFile(
        id=f"f{number}",
        role=role,
        name=name,
        sha256=sha256,
        md5=md5,
        size=size,
        inspection=_inspection(inspection),
        current=bool(current),
        made_from=None if made_from is None else f"f{made_from}",
        sealed=sealed,
    )


@lru_cache(maxsize=4096)
def _inspection(stored: str) -> Inspection:
    return Inspection.from_json(json.loads(stored))


def _piece(row: Any, files: tuple[PieceFile, ...], ticked: Mapping[int, int]) -> Piece:
    number, title, category, year, semester, summary, link, fields, course, state, note, added, changed, trashed = row
    return Piece(
        id=f"p{number}",
        title=title,
        category=category,
        term=_term(year, semester),
        summary=summary,
        link=link,
        fields={} if fields == "{}" else json.loads(fields),
        course_id=None if course is None else f"c{course}",
        certification=state,
        certification_note=note,
        files=files,
        ticked=ticked,
        added=added,
        changed=changed,
        trashed=trashed,
    )


def _course(row: Any) -> Course:
    number, name, year, semester, category, credit, teacher, code = row
    return Course(f"c{number}", name, _term(year, semester), category, credit, teacher, code)


@lru_cache(maxsize=256)
def _term(year: int | None, semester: int | None) -> Term | None:
    return None if year is None or semester is None else Term(year, semester)
