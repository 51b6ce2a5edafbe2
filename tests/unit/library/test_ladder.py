from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio_desktop.library import ladder


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    yield opened
    opened.close()


def write(folder: Path, *scripts: str) -> tuple[Path, ...]:
    for number, script in enumerate(scripts, 1):
        (folder / f"{number:04d}.sql").write_text(script, encoding="utf-8")
    return ladder.steps(folder)


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_new_database_climbs_every_step(tmp_path: Path, connection: sqlite3.Connection) -> None:
    steps = write(tmp_path, "CREATE TABLE a (x);", "ALTER TABLE a ADD COLUMN y;\nINSERT INTO a VALUES ('1; 2', 3);")
    ladder.climb(connection, steps)
    assert version(connection) == 2
    assert connection.execute("SELECT * FROM a").fetchall() == [("1; 2", 3)]
    assert connection.execute("PRAGMA application_id").fetchone()[0] == ladder.APPLICATION_ID


def test_an_older_database_climbs_the_rest(tmp_path: Path, connection: sqlite3.Connection) -> None:
    steps = write(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x);")
    ladder.climb(connection, steps[:1])
    ladder.climb(connection, steps)
    assert version(connection) == 2


def test_a_step_that_fails_leaves_everything_as_it_was(tmp_path: Path, connection: sqlite3.Connection) -> None:
    steps = write(tmp_path, "CREATE TABLE a (x);", "CREATE TABLE b (x); DROP TABLE a; CREATE TABLE b (x);")
    ladder.climb(connection, steps[:1])
    before = connection.execute("SELECT * FROM sqlite_schema").fetchall()
    with pytest.raises(sqlite3.OperationalError):
        ladder.climb(connection, steps)
    assert version(connection) == 1
    assert connection.execute("SELECT * FROM sqlite_schema").fetchall() == before


def test_steps_are_numbered_without_a_gap(tmp_path: Path) -> None:
    (tmp_path / "0001.sql").write_text("CREATE TABLE a (x);")
    (tmp_path / "0003.sql").write_text("CREATE TABLE a (x);")
    with pytest.raises(FileNotFoundError):
        ladder.steps(tmp_path)


def test_the_program_s_own_steps_are_there() -> None:
    assert [path.name for path in ladder.steps()][:1] == ["0001.sql"]


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("", 0),
        ("-- only words; and more\n", 0),
        ("CREATE TABLE a (x); -- said\nCREATE TABLE b (y);", 2),
        ("CREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;", 1),
        ("INSERT INTO a VALUES ('one;\ntwo');", 1),
    ],
)
def test_scripts_are_cut_at_the_ends_of_statements(script: str, count: int) -> None:
    assert len(list(ladder.statements(script))) == count


def test_a_statement_without_its_end_is_our_bug() -> None:
    with pytest.raises(ValueError, match="CREATE TABLE a"):
        list(ladder.statements("CREATE TABLE a (x)"))
