"""Whether a library was once in a state: its log is walked back, and what was undone forward, row by row.

    rows now  <- image before <- image before …     every state that it passed through      equal to the catalog's rows?
              -> undone, dropped ->                 those that were left behind too

    of(connection, contents)  ->  "now"     the catalog says what the database does
                                  "passed"  it is of an earlier moment: the log has all of it
                                  "other"   it says something that the log does not know

The clock is never asked: a catalog that was copied, synced or put back has the time of that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection

from portfolio_desktop.errors import PortfolioError
from portfolio_desktop.library import dump
from portfolio_desktop.library.dump import Contents, rules_image
from portfolio_desktop.library.holding import dump_of
from portfolio_desktop.library.names import storable
from portfolio_desktop.library.safekeeping.lineage import rows
from portfolio_desktop.library.tables import COURSE, FILE, LOGGED, PIECE, PROFILE, TICK

Passed = Literal["now", "passed", "other"]
Key = tuple[Any, ...]
Image = tuple[Key, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A row's key, and the row before and after a change."""

_KEYS = {name: [column.name for column in table.primary_key.columns] for name, table in LOGGED.items()}


def of(connection: Connection, contents: Contents) -> Passed:
    """Whether the database is, or ever was, in the state that a catalog tells."""
    walk = _Walk(rows_of(dump.read(dump_of(connection))), rows_of(contents))
    if walk.is_there():
        return "now"
    groups = list(rows(connection, "SELECT number, state FROM change_group ORDER BY number"))
    # What redo leads through is known exactly; what was left behind between its changes is no part of it.
    if walk.finds_on(images_of(connection, number) for number, state in groups if state == "undone"):
        return "passed"
    done = [number for number, state in groups if state == "done"]
    aside = [number for number, state in groups if state != "done"]
    for number in reversed([0, *done]):
        branch = [other for other in aside if other > number]
        aside = aside[: len(aside) - len(branch)]
        if walk.finds_on(images_of(connection, other) for other in branch):
            return "passed"
        walk.back(images_of(connection, number))
        if walk.is_there():
            return "passed"
    return "other"


def says(connection: Connection, content: bytes) -> Passed | None:
    """The same for a catalog's bytes; None where they make no sense."""
    try:
        return of(connection, dump.read(content))
    except PortfolioError:
        return None


def rows_of(contents: Contents) -> dict[Key, dict[str, Any]]:
    """Every row that a catalog tells, by table and key."""
    tables = (
        (COURSE, contents.courses),
        (PIECE, contents.pieces),
        (FILE, contents.files),
        (TICK, contents.ticks),
    )
    found = {_key(table.name, row): dict(row) for table, rows in tables for row in rows}
    profile = contents.profile
    found[PROFILE.name, 1] = {
        "number": 1,
        "school_type": profile.school_type,
        "entry_year": profile.entry_year,
        "name": storable(profile.name),
        "school": storable(profile.school),
        "rules": rules_image(contents.rules),
    }
    return found


def images_of(connection: Connection, number: int) -> list[Image]:
    """What a group of the log did, in order."""
    question = "SELECT row_table, before, after FROM change WHERE change_group = ? ORDER BY number"
    found = list[Image]()
    for name, *images in rows(connection, question, number):
        before, after = (None if image is None else json.loads(image) for image in images)
        found.append((_key(name, after or before or {}), before, after))
    return found


class _Walk:
    """Rows that go from state to state, and in how many they differ from those that are looked for."""

    def __init__(self, rows: dict[Key, dict[str, Any]], wanted: Mapping[Key, Mapping[str, Any]]) -> None:
        self._rows = rows
        self._wanted = wanted
        self._different = {key for key in rows.keys() | wanted.keys() if rows.get(key) != wanted.get(key)}

    def is_there(self) -> bool:
        return not self._different

    def back(self, images: Sequence[Image]) -> None:
        for key, before, _after in reversed(images):
            self._set(key, before)

    def finds_on(self, branch: Iterator[list[Image]]) -> bool:
        """Whether a state is one of those that were left behind here; the rows are as they were afterwards."""
        trail = list[list[Image]]()
        found = False
        for images in branch:
            while trail and not self._fits(images):
                self.back(trail.pop())
            if not self._fits(images):
                continue
            for key, _before, after in images:
                self._set(key, after)
            trail.append(images)
            if self.is_there():
                found = True
                break
        while trail:
            self.back(trail.pop())
        return found

    def _fits(self, images: Sequence[Image]) -> bool:
        """Whether a change can have been made to these rows: the first image of each is as the row is."""
        first = dict[Key, Mapping[str, Any] | None]()
        for key, before, _after in images:
            first.setdefault(key, before)
        return all(_agrees(self._rows.get(key), before) for key, before in first.items())

    def _set(self, key: Key, image: Mapping[str, Any] | None) -> None:
        """An image of an older schema speaks for the columns that it names."""
        if image is None:
            self._rows.pop(key, None)
        else:
            self._rows[key] = {**self._rows.get(key, {}), **image}
        (self._different.discard if self._rows.get(key) == self._wanted.get(key) else self._different.add)(key)


def _agrees(row: Mapping[str, Any] | None, image: Mapping[str, Any] | None) -> bool:
    if row is None or image is None:
        return row is image
    return all(row.get(name) == value for name, value in image.items())


def _key(table: str, row: Mapping[str, Any]) -> Key:
    return (table, *(row[name] for name in _KEYS[table]))
