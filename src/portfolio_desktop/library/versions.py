"""Earlier versions: every text that a piece ever had and every file that it ever held, told from the log.

images of the piece's row   ->  texts  ->  TextVersion    summary@12: the summary as change 12 left it
images of its files' rows   ->  files  ->  FileVersion    f7, also where an undo took its row away

A text that was undone and left behind is an earlier text as well: nothing that a person wrote is ever out of reach.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from portfolio_desktop.errors import UsageError
from portfolio_desktop.library.records import Edit, FileVersion, TextVersion
from portfolio_desktop.library.rows import files_of, piece_file
from portfolio_desktop.library.tables import CHANGE, CHANGE_GROUP, FILE, PIECE, STORED
from portfolio_desktop.messages import _
from portfolio_desktop.pieces.piece import PieceFile

Row = Mapping[str, Any]
TEXTS = ("title", "summary", "link", "certification_note")
FIELD = "fields."
"""What a form's own field is called in front of its name, as in the log's details."""
BEFORE_THE_LOG = 0
"""The change that stands for none: a library that was imported begins its log anew."""


class _Image(NamedTuple):
    group: int
    when: str
    who: str
    before: Row | None
    after: Row | None


def texts(connection: Connection, piece: int) -> tuple[TextVersion, ...]:
    """Every text that the piece had, the newest first; an empty one is none. Unknown pieces have none."""
    images = list(_images(connection, "piece", piece))
    now = _texts(_row(connection, piece))
    first = _texts(images[0].before) if images else now
    found = [TextVersion(field, BEFORE_THE_LOG, "", "", text) for field, text in first.items()]
    for image in images:
        before, after = _texts(image.before), _texts(image.after)
        found += [
            TextVersion(field, image.group, image.when, image.who, text)
            for field, text in after.items()
            if before.get(field) != text
        ]
    told, newest_first = dict(now), list[TextVersion]()
    for version in reversed(found):
        current = told.get(version.field) == version.text
        if current:
            del told[version.field]
        newest_first.append(TextVersion(version.field, version.group, version.when, version.who, version.text, current))
    return tuple(newest_first)


def text(connection: Connection, piece: int, identity: str) -> TextVersion:
    """One earlier text by its id, `summary@12`; raises UsageError when the piece has none of that id."""
    found = next((version for version in texts(connection, piece) if version.id == identity), None)
    if found is None:
        raise UsageError(
            _("「p{piece}」沒有「{text}」這段先前的文字；有哪些見 history p{piece}。").format(
                piece=piece, text=identity
            )
        )
    return found


def as_edit(version: TextVersion) -> Edit:
    """The edit that brings a text back."""
    if version.field.startswith(FIELD):
        return Edit(fields={version.field.removeprefix(FIELD): version.text})
    if version.field not in TEXTS:
        raise AssertionError(f"no text of a piece: {version.field}")
    return replace(Edit(), **{version.field: version.text})  # type: ignore[arg-type]  # one of TEXTS


def files(connection: Connection, piece: int) -> tuple[FileVersion, ...]:
    """Every file that the piece ever held, by number: its current ones, those replaced, those that were undone."""
    brought = dict[int, _Image]()
    for image in _images(connection, "file", piece):
        brought.setdefault((image.after or image.before or {})["number"], image)
    of_piece = files_of(connection, select(PIECE.c.number).where(PIECE.c.number == piece))
    here = {int(file.id[1:]): file for file in of_piece.get(piece, ())}
    found = []
    for number in sorted(brought.keys() | here.keys()):
        file = here.get(number) or _gone(connection, piece, number)
        came = brought.get(number)
        found.append(FileVersion(file, *(came[:3] if came and came.before is None else (BEFORE_THE_LOG, "", ""))))
    return tuple(found)


def gone_file(connection: Connection, piece: int, number: int) -> dict[str, Any] | None:
    """The row of a file as it came to the piece, from the log, not in use; None where the log knows none of that number.

    What it was made from is named only where that is still there.
    """
    for image in _images(connection, "file", piece):
        row = image.after or image.before or {}
        if row["number"] == number:
            made_from = row.get("made_from")
            there = connection.execute(select(FILE.c.number).where(FILE.c.number == made_from)).first()
            kept = {column.name: row.get(column.name) for column in FILE.columns}
            return kept | {"current": 0, "made_from": made_from if there else None}
    return None


def _gone(connection: Connection, piece: int, number: int) -> PieceFile:
    row = gone_file(connection, piece, number) or {}
    facts = select(STORED.c.md5, STORED.c.size, STORED.c.inspection).where(STORED.c.sha256 == row["sha256"])
    return piece_file(list(row.values()), connection.execute(facts).one())


def _images(connection: Connection, table: str, piece: int) -> Iterator[_Image]:
    """The images of a piece's rows of one table, the earliest first."""
    statement = (
        select(CHANGE.c.change_group, CHANGE_GROUP.c.at, CHANGE_GROUP.c.who, CHANGE.c.before, CHANGE.c.after)
        .join(CHANGE_GROUP, CHANGE_GROUP.c.number == CHANGE.c.change_group)
        .where(CHANGE.c.piece == piece, CHANGE.c.row_table == table)
        .order_by(CHANGE.c.number)
    )
    for group, when, who, before, after in connection.execute(statement):
        yield _Image(group, when, who, *(json.loads(image) if image else None for image in (before, after)))


def _row(connection: Connection, piece: int) -> Row | None:
    found = connection.execute(select(PIECE).where(PIECE.c.number == piece)).mappings().one_or_none()
    return None if found is None else dict(found)


def _texts(row: Row | None) -> dict[str, str]:
    """The texts in a piece's row by their names, those that are not empty."""
    if row is None:
        return {}
    named = {name: row.get(name) or "" for name in TEXTS}
    named |= {FIELD + name: value for name, value in json.loads(row.get("fields") or "{}").items()}
    return {name: value for name, value in named.items() if value}
