"""What is wrong with a library: its structure, its references, its index, its files."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

from helpers.libraries import stored_files
from portfolio_desktop.library.library import Library


def faults(library: Library) -> list[str]:
    """Everything that is not as it should be: structure, foreign keys, lost or changed files, orphans."""
    with closing(sqlite3.connect(library.folder / "library.sqlite3")) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"foreign key {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        for table in ("search_words", "search_text"):
            checked = connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            found += [f"{table} {row}" for row in checked]
    known = set()
    for file in library.files():
        known.add(str(file.path.relative_to(library.folder / "files")))
        if not file.path.is_file():
            found.append(f"lost {file.path.name}")
        elif hashlib.sha256(file.path.read_bytes()).hexdigest() != file.sha256:
            found.append(f"corrupt {file.path.name}")
    return found + [f"orphan {name}" for name in stored_files(library.folder) if name not in known]
