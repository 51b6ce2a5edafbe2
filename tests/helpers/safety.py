"""The page 安全 and the alarm under test, and what can befall a library: bits that flip, days that pass."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from helpers.window import Driver
from portfolio_desktop.library.library import Library
from portfolio_desktop.library.safekeeping import record


def at_safety(driver: Driver) -> Driver:
    driver.control.parts.sections.go("safety")
    driver.settle()
    return driver


def page(driver: Driver) -> Any:
    return driver.control.care.safekeeping.page


def alarm(driver: Driver) -> Any:
    """The alarm while it sounds, else None."""
    made = driver.control.care.watch._alarm
    return made if made is not None and made.isVisible() else None


def stored(folder: Path, title: str) -> Path:
    """Where the first file of a piece lies."""
    with Library.open(folder, read_only=True) as library:
        [piece] = [piece for piece in library.pieces() if title in piece.title]
        return library.file_path(piece.files[0].sha256)


def rot(path: Path) -> bytes:
    """Let a bit flip in a file; what it was before."""
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    return content


def backdate(folder: Path, days: int) -> None:
    """Let the backup have been made that many days ago."""
    [place] = record.read(folder).places
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    record.note_backup(folder, place.place, moment, place.snapshot)
