"""Rows become records: pieces with their files and ticks, courses, the profile. A row never leaves this folder."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from portfolio_desktop.errors import UsageError
from portfolio_desktop.inspection.facts import Inspection
from portfolio_desktop.library.profile import Profile
from portfolio_desktop.library.records import PieceFilter
from portfolio_desktop.library.tables import COURSE, FILE, PIECE, PROFILE, STORED, TICK
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import Course, Piece, PieceFile
from portfolio_desktop.terms import Term


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
    found = [_course(row) for row in connection.execute(select(COURSE).order_by(COURSE.c.number))]
    return sorted(found, key=lambda course: (course.term is None, course.term or Term(1, 1)))


def profile(connection: Connection) -> Profile:
    """Whose library it is."""
    row = connection.execute(select(PROFILE)).one()
    return Profile(row.school_type, row.entry_year, row.name, row.school)


def school_rules(connection: Connection) -> Mapping[str, Any]:
    """The school's own settings, which lie over the rules; they travel with the library."""
    stored: dict[str, Any] = json.loads(connection.execute(select(PROFILE.c.rules)).scalar_one())
    return stored


def _pieces(connection: Connection, chosen: Select[Any]) -> list[Piece]:
    found = connection.execute(chosen).all()
    numbers = select(chosen.with_only_columns(PIECE.c.number).subquery().c.number)
    files = _files(connection, numbers)
    ticks: dict[int, dict[int, int]] = defaultdict(dict)
    for piece, year, position in connection.execute(select(TICK).where(TICK.c.piece.in_(numbers))):
        ticks[piece][year] = position
    return [_piece(row, files.get(row.number, ()), ticks.get(row.number, {})) for row in found]


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


def _files(connection: Connection, numbers: Select[tuple[int]]) -> dict[int, tuple[PieceFile, ...]]:
    found: dict[int, list[PieceFile]] = defaultdict(list)
    statement = (
        select(FILE, STORED.c.md5, STORED.c.size, STORED.c.inspection)
        .join(STORED, STORED.c.sha256 == FILE.c.sha256)
        .where(FILE.c.piece.in_(numbers))
        .order_by(FILE.c.number)
    )
    for row in connection.execute(statement):
        found[row.piece].append(
            PieceFile(
                id=f"f{row.number}",
                role=row.role,
                name=row.name,
                sha256=row.sha256,
                md5=row.md5,
                size=row.size,
                inspection=_inspection(row.inspection),
                current=bool(row.current),
                made_from=None if row.made_from is None else f"f{row.made_from}",
                sealed=row.sealed,
            )
        )
    return {piece: tuple(files) for piece, files in found.items()}


@lru_cache(maxsize=4096)
def _inspection(stored: str) -> Inspection:
    return Inspection.from_json(json.loads(stored))


def _piece(row: Any, files: Iterable[PieceFile], ticked: Mapping[int, int]) -> Piece:
    return Piece(
        id=f"p{row.number}",
        title=row.title,
        category=row.category,
        term=_term(row),
        summary=row.summary,
        link=row.link,
        fields=json.loads(row.fields) if row.fields != "{}" else {},
        course_id=None if row.course is None else f"c{row.course}",
        certification=row.certification,
        certification_note=row.certification_note,
        files=tuple(files),
        ticked=dict(sorted(ticked.items())),
        added=row.added,
        changed=row.changed,
        trashed=row.trashed,
    )


def _course(row: Any) -> Course:
    return Course(f"c{row.number}", row.name, _term(row), row.category, row.credits, row.teacher, row.code)


def _term(row: Any) -> Term | None:
    return None if row.year is None else Term(row.year, row.semester)
