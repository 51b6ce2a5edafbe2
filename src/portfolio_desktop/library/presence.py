"""The stored files as the database expects them, and whether they are there: a look at names and sizes, no byte is read.

    connection -> expected -> Expected(path, size, sha256, pieces) … -> fault -> Problem | None

Cheap enough for the opening after a crash (some ten thousand a second); `safekeeping.verifying` reads the bytes too.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from portfolio_desktop.library.problems import Problem
from portfolio_desktop.library.store import FOLDER
from portfolio_desktop.library.tables import FILE, PIECE, STORED


@dataclass(frozen=True, slots=True)
class Expected:
    """A stored file: `path` below `files/`, with `/`; `pieces` the ids and titles of those that hold it, now or earlier."""

    sha256: str
    size: int
    path: str
    pieces: tuple[tuple[str, str], ...] = ()

    def problem(self, code: str, **values: object) -> Problem:
        """What is wrong with this file."""
        return Problem(code, f"{FOLDER}/{self.path}", self.sha256, self.pieces, values or None)


def expected(connection: Connection) -> list[Expected]:
    """Every stored file, by hash."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    held = select(FILE.c.sha256, PIECE.c.number, PIECE.c.title).join(PIECE, PIECE.c.number == FILE.c.piece)
    for sha256, number, title in connection.execute(held.order_by(PIECE.c.number)):
        owners[sha256][f"p{number}"] = title
    stored = select(STORED.c.sha256, STORED.c.size, STORED.c.path).order_by(STORED.c.sha256)
    return [
        Expected(sha256, size, path, tuple(owners[sha256].items()) if sha256 in owners else ())
        for sha256, size, path in connection.execute(stored)
    ]


def fault(folder: Path, file: Expected) -> Problem | None:
    """What a look at its name and size says about one file of the library in `folder`; None for nothing.

    A link is no file of ours, whatever it leads to: a copy of the folder would not hold the bytes.
    """
    try:
        there = os.lstat(f"{folder}{os.sep}{FOLDER}{os.sep}{file.path}")
    except (FileNotFoundError, NotADirectoryError):
        return file.problem("file.missing")
    except (OSError, ValueError):
        return file.problem("file.unreadable")
    if not stat.S_ISREG(there.st_mode):
        return file.problem("file.unreadable")
    return None if there.st_size == file.size else file.problem("file.size", size=file.size, found=there.st_size)


def faults(connection: Connection, folder: Path) -> tuple[Problem, ...]:
    """What a look at all of them says."""
    found = (fault(folder, file) for file in expected(connection))
    return tuple(problem for problem in found if problem is not None)
