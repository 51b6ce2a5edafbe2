"""Libraries for tests: work to bring in, a clock that stands where it is put, and a picture of a folder's bytes."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

from portfolio_desktop.library.library import Library
from portfolio_desktop.library.profile import Profile

PROFILE = Profile("general", 113, "測試學生", "測試高中")
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


class Clock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self, start: datetime.datetime = datetime.datetime(2025, 3, 1, 8, 0, tzinfo=TAIPEI)) -> None:
        self.time = start

    def __call__(self) -> datetime.datetime:
        self.time += datetime.timedelta(seconds=1)
        return self.time


def new_library(folder: Path) -> Library:
    """An empty library whose time is always the same."""
    return Library.create(folder, PROFILE, clock=Clock())


def write_work(folder: Path, names: dict[str, str | bytes]) -> list[Path]:
    """Files with these names and contents, in this order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in names.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    return paths


def picture(folder: Path) -> dict[str, str]:
    """Every path below a folder, with the hash of its bytes; folders too."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def stored_files(library: Path) -> list[str]:
    """The files in the store, the incoming ones included."""
    return sorted(str(path.relative_to(library / "files")) for path in (library / "files").rglob("*") if path.is_file())
