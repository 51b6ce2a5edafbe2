"""The tables as SQLAlchemy sees them; migrations/*.sql makes them, and a test holds the two equal.

profile   course   piece -< file >- stored - stored_text        LOGGED: written through changes.py only
                   piece -< tick
change_group -< change                                          the log
meta   catalog   indexed   (search_words search_text)           the library's own
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text

METADATA: Final = MetaData()


def _table(name: str, *parts: Column[int] | Column[str] | CheckConstraint | Index) -> Table:
    return Table(name, METADATA, *parts, sqlite_strict=True)


def _number(*parts: CheckConstraint) -> Column[int]:
    return Column("number", Integer, *parts, primary_key=True, nullable=False)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _integer(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


PROFILE = _table(
    "profile",
    _number(),
    _text("school_type"),
    _integer("entry_year"),
    _text("name"),
    _text("school"),
    _text("rules"),
    CheckConstraint("number = 1"),
)

COURSE = _table(
    "course",
    _number(),
    _text("name"),
    _integer("year", null=True),
    _integer("semester", null=True),
    _text("category"),
    _text("credits"),
    _text("teacher"),
    _text("code"),
)

PIECE = _table(
    "piece",
    _number(),
    _text("title"),
    _text("category", null=True),
    _integer("year", null=True),
    _integer("semester", null=True),
    _text("summary"),
    _text("link"),
    _text("fields"),
    Column("course", Integer, ForeignKey("course.number"), index=False),
    _text("certification"),
    _text("certification_note"),
    _text("added"),
    _text("changed"),
    _text("trashed", null=True),
    Index("piece_course", "course"),
)

STORED = _table(
    "stored",
    Column("sha256", Text, primary_key=True, nullable=False),
    _text("md5"),
    _integer("size"),
    Column("path", Text, nullable=False, unique=True),
    _text("inspection"),
    _integer("deep"),
    Index("stored_size", "size"),
)

STORED_TEXT = _table(
    "stored_text",
    Column("sha256", Text, ForeignKey("stored.sha256"), primary_key=True, nullable=False),
    _text("text"),
)

FILE = _table(
    "file",
    _number(),
    Column("piece", Integer, ForeignKey("piece.number"), nullable=False),
    _text("role"),
    _text("name"),
    Column("sha256", Text, ForeignKey("stored.sha256"), nullable=False),
    _integer("current"),
    Column("made_from", Integer, ForeignKey("file.number")),
    _text("sealed", null=True),
    Index("file_piece", "piece"),
    Index("file_sha256", "sha256"),
)

TICK = _table(
    "tick",
    Column("piece", Integer, ForeignKey("piece.number"), primary_key=True, autoincrement=False, nullable=False),
    Column("year", Integer, primary_key=True, autoincrement=False, nullable=False),
    _integer("position"),
)

CHANGE_GROUP = _table(
    "change_group",
    _number(),
    _text("at"),
    _text("who"),
    _text("message"),
    _text("parameters"),
    _text("state"),
    CheckConstraint("state IN ('done', 'undone', 'dropped')"),
    Index("change_group_state", "state", "number"),
)

CHANGE = _table(
    "change",
    _number(),
    Column("change_group", Integer, ForeignKey("change_group.number"), nullable=False),
    _text("row_table"),
    _integer("piece", null=True),
    _text("before", null=True),
    _text("after", null=True),
    Index("change_of_group", "change_group"),
    Index("change_of_piece", "piece"),
)

META = _table("meta", Column("name", Text, primary_key=True, nullable=False), _text("value"))

WRITTEN = Table(
    "catalog",
    METADATA,
    Column("digest", Text, primary_key=True, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

INDEXED = _table(
    "indexed", _number(), _text("title"), _text("summary"), _text("fields"), _text("files"), _text("texts")
)

LOGGED: Mapping[str, Table] = {table.name: table for table in (PROFILE, COURSE, PIECE, FILE, TICK)}
"""The tables that a person changes: nothing but `changes` writes to them."""
