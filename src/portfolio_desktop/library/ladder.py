"""The ladder of schemas: numbered SQL files, climbed one after the other in one exclusive transaction.

    user_version 0 --0001.sql--> 1 --0002.sql--> 2 …      new libraries climb the same ladder

A step that fails leaves everything as it was: SQLite's schema changes are transactional, as is `user_version`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from portfolio_desktop.errors import DamageError
from portfolio_desktop.messages import _

APPLICATION_ID = 0x506F446B  # "PoDk"; stands in the file's header, so that `file` and we know it
FOLDER = Path(__file__).with_name("migrations")


def steps(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The SQL files in order; they must be numbered 1, 2, 3 … without a gap."""
    found = sorted(folder.glob("[0-9]*.sql"))
    if [int(path.stem) for path in found] != list(range(1, len(found) + 1)):
        raise FileNotFoundError(f"migrations are not numbered without a gap: {[path.name for path in found]}")
    return tuple(found)


def climb(connection: sqlite3.Connection, ladder: Sequence[Path]) -> None:
    """Take the database from its `user_version` to the top; all or nothing. `connection` must be in autocommit."""
    connection.execute("BEGIN EXCLUSIVE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for path in ladder[version:]:
            for statement in statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise DamageError(
                _("升級學習歷程庫時發現不一致的資料，已保留原狀。請先把整個資料夾複製一份，再回報這個問題。")
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(ladder)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The script's statements one by one: sqlite3's own `executescript` would commit before it begins."""
    collected = ""
    *parts, rest = script.split(";")
    for part in parts:
        collected += f"{part};"
        if sqlite3.complete_statement(collected):
            yield collected.strip()
            collected = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in (collected + rest).splitlines()):
        raise ValueError(f"a statement without its end: {(collected + rest).strip()[:60]}")
