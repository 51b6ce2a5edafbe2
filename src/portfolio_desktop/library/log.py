"""Reading the log of changes: what happened to the library, or to one piece, in words and value by value.

change_group, change  ->  ChangeEntry(when, sentence, state, details: field, before, after)   newest first
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from portfolio_desktop.library.records import ChangeEntry, Detail
from portfolio_desktop.library.sentences import Sentence
from portfolio_desktop.library.tables import CHANGE, CHANGE_GROUP

_QUIET = frozenset({"number", "changed", "piece", "sha256"})  # follows from the rest, or says nothing to a person


def history(connection: Connection, piece: int | None, limit: int | None) -> list[ChangeEntry]:
    """The log, newest first: of one piece, or of the whole library."""
    groups = select(CHANGE_GROUP).order_by(CHANGE_GROUP.c.number.desc()).limit(limit)
    if piece is not None:
        groups = groups.where(
            CHANGE_GROUP.c.number.in_(select(CHANGE.c.change_group).where(CHANGE.c.piece == piece).distinct())
        )
    entries = []
    for row in connection.execute(groups).mappings().all():
        changes = select(CHANGE).where(CHANGE.c.change_group == row["number"]).order_by(CHANGE.c.number)
        if piece is not None:
            changes = changes.where(CHANGE.c.piece == piece)
        details = [detail for change in connection.execute(changes).mappings() for detail in _details(dict(change))]
        sentence = str(Sentence(row["message"], json.loads(row["parameters"])))
        entries.append(ChangeEntry(row["number"], row["at"], row["who"], sentence, row["state"], tuple(details)))
    return entries


def _details(change: dict[str, Any]) -> Iterator[Detail]:
    before, after = (json.loads(image) if image else {} for image in (change["before"], change["after"]))
    either = before | after
    match change["row_table"]:
        case "piece":
            about = f"p{either['number']}"
            yield from _values(about, "", before, after)
        case "file":
            about, role = f"p{either['piece']}", f"file.{either['role']}"
            held = [row.get("name", "") if row.get("current") else "" for row in (before, after)]
            if held[0] != held[1]:
                yield Detail(about, role, held[0], held[1])
        case "tick":
            about = f"p{either['piece']}"
            yield Detail(about, "ticked", *(str(row.get("year", "")) for row in (before, after)))
        case "course":
            yield from _values(f"c{either['number']}", "", before, after)
        case name:
            yield from _values(name, "", before, after)


def _values(about: str, prefix: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Detail]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new or (not prefix and name in _QUIET):
            continue
        if name == "fields" and not prefix:
            yield from _values(about, "fields.", json.loads(old or "{}"), json.loads(new or "{}"))
        elif (old or new) is not None:
            yield Detail(about, prefix + name, _plain(old), _plain(new))


def _plain(value: object) -> str:
    return "" if value is None else str(value)
