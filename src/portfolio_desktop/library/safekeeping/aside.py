"""What is damaged is kept: moved out of the way below `kept-aside/`, never deleted.

files/0a1b2c3d4e5f6071/報告.pdf   ->   kept-aside/20261123T191111Z/files/0a1b2c3d4e5f6071/報告.pdf
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from portfolio_desktop import durable
from portfolio_desktop.files import Unreadable
from portfolio_desktop.library.safekeeping import layout
from portfolio_desktop.library.store import digest

FOLDER = layout.ASIDE


class Aside:
    """The place for what one mending or rebuilding moves out of the way; `kept` are the new paths below the library."""

    def __init__(self, library: Path, now: datetime.datetime) -> None:
        self._library = library
        self._folder = library / FOLDER / layout.stamp(now)
        self.kept: list[str] = []

    def move(self, path: Path) -> Path:
        """Move whatever lies at `path` (a file, a folder, a link) out of the way; on disk when this returns."""
        target = self._place_for(path)
        durable.move(path, target)
        durable.sync_folder(target.parent)
        durable.sync_folder(path.parent)
        self._note(target)
        return target

    def copy(self, path: Path) -> Path:
        """Keep the bytes of a file that is about to be written anew, whole or not at all."""
        target = self._place_for(path)
        unfinished = target.with_name(f"{target.name}.new")
        try:
            with path.open("rb") as source, unfinished.open("wb") as sink:
                shutil.copyfileobj(source, sink)
                durable.sync_file(sink)
            durable.replace(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
        self._note(target)
        return target

    def _place_for(self, path: Path) -> Path:
        target = self._folder / path.relative_to(self._library)
        made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        for folder in made:
            durable.sync_folder(folder.parent)
        attempt, name = 1, target.name
        while lies_at(target):
            attempt += 1
            target = target.with_name(f"{attempt} {name}")
        return target

    def _note(self, target: Path) -> None:
        self.kept.append(target.relative_to(self._library).as_posix())


def lies_at(path: Path) -> bool:
    """Whether anything lies at a path, a link to nowhere too. Raises OSError where that cannot be told: a name that only
    seems to be free would be written over.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def kept_bytes(library: Path) -> Callable[[str], Path | None]:
    """Where among all that was ever kept aside the bytes of a SHA-256 lie; everything is read when first asked."""
    known: dict[str, Path] | None = None

    def source(sha256: str) -> Path | None:
        nonlocal known
        if known is None:
            known = dict(_hashed(library / FOLDER))
        return known.get(sha256)

    return source


def _hashed(folder: Path) -> Iterator[tuple[str, Path]]:
    for root, _folders, names in os.walk(folder):
        for path in (Path(root, name) for name in sorted(names)):
            try:
                yield digest(path), path
            except (Unreadable, OSError):
                continue  # what cannot be read mends nothing
