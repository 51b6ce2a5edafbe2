"""The schema that migrations/*.sql climb to is the one that SQLAlchemy believes in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine

from portfolio_desktop.library import ladder
from portfolio_desktop.library.tables import LOGGED, METADATA


def shape(connection: sqlite3.Connection) -> dict[str, object]:
    """Everything that a table is, but for the order in which its parts are written down."""
    tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    return {
        name: {
            "strict": strict,
            "columns": connection.execute(f"PRAGMA table_xinfo({name})").fetchall(),
            "keys": sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
            "indexes": sorted(
                (
                    row[1] if row[3] == "c" else "",
                    row[2],
                    tuple(connection.execute(f"PRAGMA index_info({row[1]})").fetchall()),
                )
                for row in connection.execute(f"PRAGMA index_list({name})")
            ),
        }
        for name, strict in tables
        if name != "sqlite_schema" and not name.startswith("search")
    }


def test_the_climbed_schema_equals_the_metadata(tmp_path: Path) -> None:
    climbed = sqlite3.connect(tmp_path / "climbed", isolation_level=None)
    ladder.climb(climbed, ladder.steps())
    engine = create_engine(f"sqlite:///{tmp_path / 'created'}")
    METADATA.create_all(engine)
    engine.dispose()
    created = sqlite3.connect(tmp_path / "created")
    try:
        assert shape(climbed) == shape(created)
        assert set(shape(climbed)) == set(METADATA.tables)
    finally:
        climbed.close()
        created.close()


def test_nothing_that_a_person_changes_is_outside_the_log() -> None:
    own = {"stored", "stored_text", "change_group", "change", "meta", "catalog", "indexed"}
    assert set(LOGGED) | own == set(METADATA.tables)
    assert not set(LOGGED) & own
