"""Every change, with the rows before and after it, in the same transaction: undo, redo and history come from here.

    with group(connection, at, who) as change:      one intention of the user
        change.update(PIECE, before, after)         written, and both images kept
        change.sentence = Sentence("edit", …)       what undo and history will call it

    change_group   done done done undone undone      undo: the last `done`; redo: the first `undone`
                                  dropped dropped    a new change after an undo leaves them behind; nothing is deleted

Only this module writes to the tables of `tables.LOGGED`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from portfolio_desktop.library.sentences import Sentence
from portfolio_desktop.library.tables import CHANGE, CHANGE_GROUP, COURSE, LOGGED, META, PIECE

Row = Mapping[str, Any]


class Touched:
    """Rows that became others: table, image before, image after."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.images: list[tuple[Table, Row | None, Row | None]] = []

    def pieces(self) -> set[int]:
        """The numbers of the pieces whose words may be others now; a course's name is a word of its pieces."""
        pieces, courses = set[int](), set[int]()
        for table, before, after in self.images:
            row = after or before or {}
            if table is COURSE:
                courses.add(row["number"])
            elif (piece := _piece_of(table, row)) is not None:
                pieces.add(piece)
        if courses:
            pieces.update(self.connection.execute(select(PIECE.c.number).where(PIECE.c.course.in_(courses))).scalars())
        return pieces

    def reach(self) -> frozenset[str] | None:
        """The ids of the pieces that are others now, or are judged otherwise; None when that may be all (profile, rules)."""
        for table, before, after in self.images:
            if table is not COURSE and _piece_of(table, after or before or {}) is None:
                return None
        return frozenset(f"p{number}" for number in self.pieces())


class Group(Touched):
    """One intention's changes while they are being made; `sentence` says what they are."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.sentence: Sentence | None = None

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Write new rows; each must name every column."""
        if rows:
            self.connection.execute(insert(table), [dict(row) for row in rows])
            self.images.extend((table, None, row) for row in rows)

    def update(self, table: Table, before: Row, after: Row) -> None:
        """Write a row's new values over its old ones; equal rows are no change."""
        if before != after:
            _put(self.connection, table, before, after)
            self.images.append((table, before, after))

    def delete(self, table: Table, row: Row) -> None:
        """Take a row away; its image stays in the log."""
        _put(self.connection, table, row, None)
        self.images.append((table, row, None))


@contextlib.contextmanager
def group(connection: Connection, at: str, who: str) -> Iterator[Group]:
    """One intention: what is done to the group inside is logged under its sentence; nothing done, nothing logged."""
    change = Group(connection)
    yield change
    if change.images:
        _log(change, at, who)


def take_numbers(connection: Connection, noun: str, count: int = 1) -> range:
    """The next `count` numbers of `noun` (piece, course, file), never given again: undoing does not bring them back."""
    name = f"next_{noun}"
    first = int(connection.execute(select(META.c.value).where(META.c.name == name)).scalar_one())
    connection.execute(update(META).where(META.c.name == name).values(value=str(first + count)))
    return range(first, first + count)


def rows(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> list[dict[str, Any]]:
    """The rows that meet the conditions, whole, in the order of their keys."""
    found = connection.execute(select(table).where(*conditions).order_by(*table.primary_key.columns))
    return [dict(row) for row in found.mappings()]


def undo(connection: Connection, steps: int) -> tuple[list[str], Touched]:
    """Take the last `steps` changes back; what was taken back, the latest first, and the rows touched."""
    return _travel(connection, steps, back=True)


def redo(connection: Connection, steps: int) -> tuple[list[str], Touched]:
    """Do what was undone again, up to `steps` changes; what was done, the earliest first, and the rows touched."""
    return _travel(connection, steps, back=False)


def next_steps(connection: Connection) -> tuple[Sentence | None, Sentence | None]:
    """What `undo` and `redo` would take back and do again now."""
    found = [_next(connection, back=back) for back in (True, False)]
    sentences = [Sentence(row["message"], json.loads(row["parameters"])) if row else None for row in found]
    return sentences[0], sentences[1]


def _log(change: Group, at: str, who: str) -> None:
    if change.sentence is None:
        raise AssertionError("a change without a sentence")
    connection, values = change.connection, dict(change.sentence.values)
    connection.execute(update(CHANGE_GROUP).where(CHANGE_GROUP.c.state == "undone").values(state="dropped"))
    connection.execute(
        insert(CHANGE_GROUP).values(
            at=at, who=who, message=change.sentence.code, parameters=_json(values), state="done"
        )
    )
    number = connection.execute(select(func.max(CHANGE_GROUP.c.number))).scalar_one()
    connection.execute(
        insert(CHANGE),
        [
            {
                "change_group": number,
                "row_table": table.name,
                "piece": _piece_of(table, after or before or {}),
                "before": _image(before),
                "after": _image(after),
            }
            for table, before, after in change.images
        ],
    )


def _piece_of(table: Table, row: Row) -> int | None:
    """The number of the piece that a row belongs to, or None."""
    number: int | None = row.get("number") if table is PIECE else row.get("piece")
    return number


def _travel(connection: Connection, steps: int, *, back: bool) -> tuple[list[str], Touched]:
    travelled, touched = list[str](), Touched(connection)
    for _step in range(steps):
        entry = _next(connection, back=back)
        if entry is None:
            break
        order = CHANGE.c.number.desc() if back else CHANGE.c.number.asc()
        images = connection.execute(
            select(CHANGE.c.row_table, CHANGE.c.before, CHANGE.c.after)
            .where(CHANGE.c.change_group == entry["number"])
            .order_by(order)
        ).all()
        for name, before, after in images:
            table, old, new = LOGGED[name], _row(after if back else before), _row(before if back else after)
            _put(connection, table, old, new)
            touched.images.append((table, old, new))
        connection.execute(
            update(CHANGE_GROUP)
            .where(CHANGE_GROUP.c.number == entry["number"])
            .values(state="undone" if back else "done")
        )
        travelled.append(str(Sentence(entry["message"], json.loads(entry["parameters"]))))
    return travelled, touched


def _next(connection: Connection, *, back: bool) -> Row | None:
    edge = func.max(CHANGE_GROUP.c.number) if back else func.min(CHANGE_GROUP.c.number)
    of_state = select(edge).where(CHANGE_GROUP.c.state == ("done" if back else "undone")).scalar_subquery()
    found = connection.execute(select(CHANGE_GROUP).where(CHANGE_GROUP.c.number == of_state)).mappings().one_or_none()
    return None if found is None else dict(found)


def _put(connection: Connection, table: Table, old: Row | None, new: Row | None) -> None:
    """Make the row `old` the row `new`; None means that there is none.

    The row must be there exactly as `old` says, value by value, so that nothing that is not in the log is ever lost. An
    image of an older schema speaks for the columns that it names (docs/decisions/0004): others stay as they are, have
    their defaults in a row that comes back, and what it names that is gone is left out.
    """
    old, new = (None if row is None else {name: row[name] for name in row if name in table.c} for row in (old, new))
    if old is None:
        connection.execute(insert(table).values(**(new or {})))
        return
    as_it_was = and_(*(table.c[name].is_(value) for name, value in old.items()))
    statement = table.delete().where(as_it_was) if new is None else update(table).where(as_it_was).values(**new)
    if connection.execute(statement).rowcount != 1:
        raise AssertionError(f"a row of {table.name} is not where the log says")


def _image(row: Row | None) -> str | None:
    return None if row is None else _json(row)


def _row(image: str | None) -> Row | None:
    return None if image is None else json.loads(image)


def _json(value: Row) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
